//! Looking at one file: what its words mean, what the rules find, and what the report writes of it. In any thread.

use std::sync::Arc;

use super::corpora::Opened;
use super::known::Known;
use super::selection::Selection;
use super::statistics::{self, Lap, Times};
use crate::config::Level;
use crate::corpus::{Annotations, FileId, FileKind, Snapshot};
use crate::report::{Baseline, Finding, Home, Report, Sources};
use crate::rules::{self, Allowed, Diagnostic};
use crate::text::LineIndex;

/// What is written of one file.
pub(super) struct Found {
    pub(super) path: String,
    /// Rule and level of each finding; those that are silenced are none.
    pub(super) rules: Vec<(&'static str, Level)>,
    /// All of them as the report writes them.
    pub(super) written: String,
    /// What took how long, where that is measured.
    pub(super) times: Option<Times>,
}

/// What it takes to look at one file, in any thread.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) opened: &'a Opened,
    pub(super) wanted: &'a Selection,
    pub(super) report: &'a dyn Report,
    pub(super) fail_on: Level,
    pub(super) known: Option<&'a Known>,
    /// Whether findings are known by their fingerprints: to the report, to a baseline, or to a later run.
    pub(super) marked: bool,
    /// Whether somebody wants to know what takes how long.
    pub(super) measured: bool,
}

/// What was found in one file, and its text.
pub(super) struct Seen {
    id: FileId,
    list: Vec<Diagnostic>,
    /// What the text allows, for reports that list it.
    allowed: Vec<Allowed>,
    /// What a baseline holds, likewise; `None` where there is no baseline.
    known: Option<Vec<Diagnostic>>,
    text: Arc<str>,
    /// The clock, where time is measured.
    lap: Option<Lap>,
}

impl Look<'_> {
    pub(super) fn at(&self, id: FileId) -> Seen {
        let snapshot = &self.opened.snapshot;
        let mut lap = self.measured.then(Lap::begin);
        let known = self.known.and_then(|known| known.find(self.opened, id));
        // What is to be kept needs to be known by what it stands on.
        let watched = self.known.filter(|_| known.is_none() && Known::keeps(self.opened, id)).map(|_| snapshot.watched(id));
        let snapshot = watched.as_ref().map_or(snapshot, |(snapshot, _)| snapshot);
        let notes = match &mut lap {
            _ if known.is_some() => None,
            Some(lap) => snapshot.annotations_told(id, &mut |step| lap.step(step)),
            None => snapshot.annotations(id),
        };
        let (mut list, mut allowed) = match (known, &mut lap) {
            (Some(list), _) => (list, Vec::new()),
            (None, _) if self.report.lists_silenced() => rules::check_with_allowed(snapshot, id, notes.as_deref()),
            (None, Some(lap)) => (measured(snapshot, id, notes.as_deref(), lap), Vec::new()),
            (None, None) if !self.marked => (rules::check_unmarked(snapshot, id, notes.as_deref()), Vec::new()),
            (None, None) => (rules::check(snapshot, id, notes.as_deref()), Vec::new()),
        };
        if let (Some(known), Some(notes), Some((_, watch))) = (self.known, &notes, &watched) {
            known.put(self.opened, id, (notes, watch), &list);
        }
        list.retain(|d| self.wanted.has(d.rule));
        allowed.retain(|a| self.wanted.has(a.diagnostic.rule));
        let text = if list.is_empty() && allowed.is_empty() {
            Arc::default()
        } else {
            notes.map(|notes| notes.text.clone()).or_else(|| snapshot.text(id)).unwrap_or_default()
        };
        Seen { id, list, allowed, known: None, text, lap }
    }
}

/// All findings in one file, with a look at the clock after each rule.
fn measured(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>, lap: &mut Lap) -> Vec<Diagnostic> {
    let list = rules::check_around(snapshot, id, notes, &mut |rule, work| {
        work();
        lap.rule(rule.name);
    });
    lap.layer(statistics::ORDERING);
    list
}

impl Seen {
    /// Holds it against a baseline, which says what is to be told.
    pub(super) fn compare(&mut self, tells: impl FnMut(&Diagnostic) -> bool) {
        let (told, known) = std::mem::take(&mut self.list).into_iter().partition(tells);
        (self.list, self.known) = (told, Some(known));
    }

    pub(super) fn written(mut self, look: Look<'_>) -> Found {
        let Look { opened, report, .. } = look;
        let mut lap = self.lap.take();
        if let Some(lap) = &mut lap {
            lap.resume();
        }
        let own = opened.snapshot.path(self.id);
        let path = opened.shown(&own);
        let is_settings = opened.snapshot.file(self.id).is_some_and(|f| f.kind == FileKind::Config);
        let rules = self.list.iter().map(|d| (d.rule, d.level)).collect();
        let findings = self.findings(&own, look);
        let mut written = String::new();
        if !findings.is_empty() || report.lists_clean() && !is_settings {
            report.file(&path, &findings, &mut written);
        }
        let times = lap.map(|mut lap| {
            lap.layer(statistics::FORMATTING);
            lap.end()
        });
        Found { path, rules, written, times }
    }

    /// As the report takes them, in order of place.
    fn findings(self, path: &str, look: Look<'_>) -> Vec<Finding> {
        let Self { list, allowed, known, text, .. } = self;
        let lines = LineIndex::new(&text);
        let mut home = Home::new(path, &text, &lines, look.opened);
        if look.report.takes_bare() {
            home = home.bare();
        }
        let told = known.is_some().then_some(Baseline::New);
        let mut finding = |diagnostic: Diagnostic, baseline| {
            let fails = diagnostic.level >= look.fail_on;
            Finding { fails, baseline, ..home.finding(diagnostic) }
        };
        let mut all: Vec<Finding> = list.into_iter().map(|one| finding(one, told)).collect();
        if look.report.lists_silenced() {
            all.extend(allowed.into_iter().map(|one| finding(one.diagnostic, told).allowed(one.by, &text, &lines)));
            all.extend(known.into_iter().flatten().map(|one| finding(one, Some(Baseline::Unchanged))));
            all.sort_by(|a, b| (a.bytes, a.rule).cmp(&(b.bytes, b.rule)));
        }
        all
    }
}

impl Sources for Opened {
    fn text(&self, path: &str) -> Option<Arc<str>> {
        self.snapshot.text(self.snapshot.file_at(path)?)
    }

    fn shown(&self, path: &str) -> String {
        Self::shown(self, path)
    }
}
