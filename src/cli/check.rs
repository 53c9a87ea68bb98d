//! `vidimus check`

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Outcome;
use super::arguments::CheckArguments;
use super::corpora::{self, Instead, Job, Opened};
use super::fix;
use super::output::Output;
use super::progress::Progress;
use super::put_off::PutOff;
use super::selection::Selection;
use super::statistics::Statistics;
use super::terminal::Terminal;
use crate::config::Level;
use crate::corpus::{FileId, FileKind, Occasion};
use crate::prose::dates::Day;
use crate::report::{Baseline, Ending, Finding, Format, Report, Sources};
use crate::rules::{self, Allowed, Diagnostic, Fixing};
use crate::text::LineIndex;
use crate::workspace::revisions::changed_since;
use crate::workspace::{Listing, Trouble, load, today};

/// So many files are checked before their findings are written: enough to keep all cores busy, few enough that output flows and
/// no more than their findings is held.
const BATCH: usize = 256;

/// What one run carries from corpus to corpus.
struct Run<'a> {
    terminal: &'a Terminal,
    arguments: &'a CheckArguments,
    wanted: Selection,
    today: Option<Day>,
    report: Box<dyn Report>,
    out: Output,
    ending: Ending,
    statistics: Statistics,
    outcome: Outcome,
    put_off: Option<PutOff>,
    /// Where `--changed-since` is given: absolute, no link in the way.
    changed: Option<FxHashSet<PathBuf>>,
    /// Fixes made, and in how many files.
    fixed: (usize, usize),
}

pub(super) fn run(terminal: &Terminal, arguments: &CheckArguments) -> io::Result<Outcome> {
    if arguments.watch {
        return super::watch::run(terminal, arguments, || once(terminal, arguments));
    }
    once(terminal, arguments)
}

fn once(terminal: &Terminal, arguments: &CheckArguments) -> io::Result<Outcome> {
    let Some(wanted) = Selection::of(terminal, &arguments.select, &arguments.ignore) else { return Ok(Outcome::Failed) };
    let put_off = match &arguments.baseline {
        Some(file) => match PutOff::open(terminal, file, arguments.update_baseline) {
            Some(open) => Some(open),
            None => return Ok(Outcome::Failed),
        },
        None => None,
    };
    let changed = match arguments.changed_since.as_deref().map(|revision| changed_since(terminal.here(), revision)).transpose() {
        Ok(changed) => changed,
        Err(no_answer) => {
            terminal.fault(&no_answer.message, Some(no_answer.help));
            return Ok(Outcome::Failed);
        }
    };
    let out = match Output::open(terminal, arguments.output_file.as_deref()) {
        Ok(out) => out,
        Err(trouble) => {
            terminal.troubles(&[trouble]);
            return Ok(Outcome::Failed);
        }
    };
    let styled = if out.is_file() { terminal.styles_files() } else { terminal.is_styled() };
    let run = Run {
        terminal,
        arguments,
        wanted,
        today: arguments.today.or_else(today),
        report: Format::from(arguments.format).report(Terminal::width(), styled, !terminal.is_quiet()),
        out,
        ending: Ending::default(),
        statistics: Statistics::begin(),
        outcome: Outcome::Clean,
        put_off,
        changed,
        fixed: (0, 0),
    };
    run.whole()
}

impl Run<'_> {
    fn whole(mut self) -> io::Result<Outcome> {
        let reports = !self.prints_texts();
        if reports {
            self.out.write_all(self.report.opening().as_bytes())?;
        }
        self.all()?;
        let (wanted, partial) = (&self.wanted, self.outcome == Outcome::Failed);
        if let Some(put_off) = self.put_off.take_if(|_| !partial)
            && !put_off.end(self.terminal, |rule| wanted.has(rule))
        {
            self.outcome = Outcome::Failed;
        }
        if self.outcome == Outcome::Findings && self.arguments.exit_zero {
            self.outcome = Outcome::Clean;
        }
        self.ending.status = self.outcome.status();
        if reports {
            self.out.write_all(self.report.closing(&self.ending).as_bytes())?;
        }
        self.out.flush()?;
        self.told_of_fixes();
        if let Err(trouble) = self.out.finish()? {
            self.terminal.troubles(&[trouble]);
            self.outcome = Outcome::Failed;
        }
        if self.arguments.statistics {
            self.statistics.step("writing the report");
            self.statistics.write(&mut io::stderr())?;
        }
        Ok(self.outcome)
    }

    fn all(&mut self) -> io::Result<()> {
        if let Some(name) = &self.arguments.stdin_filename {
            let path = corpora::absolute(self.terminal.here(), name);
            return match read_stdin(&path) {
                Ok(text) => self.corpus(corpora::job_of(&path), Some(&Instead { path, text })),
                Err(trouble) => {
                    self.told(&[trouble]);
                    Ok(())
                }
            };
        }
        if self.arguments.paths.iter().any(|path| path == Path::new("-")) {
            let help = "vidimus check --stdin-filename texts/a.md - < draft.md";
            self.terminal.fault("standard input needs a name, which says what it is and which corpus it belongs to", Some(help));
            self.outcome = Outcome::Failed;
            return Ok(());
        }
        let (jobs, troubles) = corpora::jobs(self.terminal, &self.arguments.paths);
        self.told(&troubles);
        jobs.into_iter().try_for_each(|job| self.corpus(job, None))
    }

    /// Whether texts are printed, or how they would change, and no findings.
    fn prints_texts(&self) -> bool {
        self.arguments.diff || self.arguments.fix && self.arguments.stdin_filename.is_some()
    }

    fn corpus(&mut self, job: Job, instead: Option<&Instead>) -> io::Result<()> {
        let listing = job.list_for(instead);
        self.statistics.step("listing files");
        let settings = if job.workspace.config_text.is_some() { "with its vidimus.toml" } else { "with defaults" };
        self.terminal.detail(&format!("corpus {} {settings}, {} files", self.terminal.shown(&job.workspace.root), listing.files.len()));
        let fail_on = self.arguments.fail_on.or(job.workspace.config.fail_on).unwrap_or(Level::Warning);
        let again = (self.arguments.fix && !self.arguments.diff && instead.is_none()).then(|| job.clone());
        let mut opened = self.open(job, &listing, instead);
        if self.arguments.fix || self.arguments.diff {
            let mended = self.mend(&opened, instead)?;
            self.statistics.step("fixing");
            if self.prints_texts() {
                return Ok(());
            }
            if let Some(job) = again.filter(|_| mended) {
                opened = self.open(job, &listing, None);
            }
        }
        self.told(&opened.troubles);
        if let Some(put_off) = &mut self.put_off {
            put_off.begin(&opened);
        }
        self.ending.summary.files += opened.count();
        self.files(&opened, fail_on)?;
        self.statistics.step("checking");
        self.told(&opened.texts.take_troubles());
        Ok(())
    }

    fn open(&mut self, job: Job, listing: &Listing, instead: Option<&Instead>) -> Opened {
        let occasion = Occasion { today: self.today, selected: self.wanted.asked_for(), ..Occasion::default() };
        let mut opened = job.open(self.terminal, listing, instead, occasion);
        if let Some(changed) = &self.changed {
            opened.only(changed);
        }
        self.statistics.read(opened.bytes);
        self.statistics.step("reading definitions");
        opened
    }

    /// Makes the fixes, or prints them. Whether a file changed.
    fn mend(&mut self, opened: &Opened, instead: Option<&Instead>) -> io::Result<bool> {
        let wanted = &self.wanted;
        let mended = fix::mend(opened, Fixing { wants: &|rule| wanted.has(rule), even_unsafe: self.arguments.unsafe_fixes });
        if self.arguments.diff {
            let styled = self.terminal.is_styled();
            mended.iter().try_for_each(|one| one.diff(styled, &mut self.out))?;
            self.outcome = self.outcome.max(if mended.is_empty() { Outcome::Clean } else { Outcome::Findings });
            return Ok(false);
        }
        if let Some(instead) = instead {
            let text = mended.first().map_or(&*instead.text, |one| &*one.after);
            self.out.write_all(text.as_bytes())?;
            return Ok(false);
        }
        fix::clear_left_behind(&mended);
        let mut changed = false;
        for one in &mended {
            match one.write() {
                Ok(()) => {
                    self.fixed = (self.fixed.0 + one.fixes, self.fixed.1 + 1);
                    self.terminal.detail(&format!("fixed {}", one.shown));
                    changed = true;
                }
                Err(trouble) => self.told(&[trouble]),
            }
        }
        Ok(changed)
    }

    fn told_of_fixes(&self) {
        let (fixes, files) = self.fixed;
        if fixes > 0 {
            let count = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
            self.terminal.note(&format!("made {} in {}", count(fixes, "fix", "fixes"), count(files, "file", "files")), None);
        }
    }

    /// Each text is read, understood, checked and let go; findings are written in order while the next are looked for.
    fn files(&mut self, opened: &Opened, fail_on: Level) -> io::Result<()> {
        let mut progress = Progress::new(opened.files.len(), self.terminal.shows_progress());
        for batch in opened.files.chunks(BATCH) {
            let look = Look { opened, fail_on, wanted: &self.wanted, report: &*self.report };
            let found: Vec<Found> = match &mut self.put_off {
                None => batch.par_iter().map(|id| look.at(*id).written(look)).collect(),
                // What is put off is sorted out in order, so that the answer is the same on every run.
                Some(put_off) => {
                    let mut seen: Vec<Seen> = batch.par_iter().map(|id| look.at(*id)).collect();
                    seen.iter_mut().for_each(|seen| seen.compare(|finding| put_off.tells(&opened.root, finding)));
                    seen.into_par_iter().map(|seen| seen.written(look)).collect()
                }
            };
            progress.advance(batch.len());
            progress.aside(|| found.into_iter().try_for_each(|found| self.write(found, fail_on)))?;
            self.out.flush()?;
        }
        progress.finish();
        Ok(())
    }

    fn write(&mut self, found: Found, fail_on: Level) -> io::Result<()> {
        if found.written.is_empty() {
            return Ok(());
        }
        for (rule, level) in &found.rules {
            self.ending.summary.count(*level);
            self.statistics.count(rule);
            if *level >= fail_on {
                self.outcome = self.outcome.max(Outcome::Findings);
            }
        }
        let before = if self.ending.wrote { self.report.between() } else { self.report.first() };
        self.ending.wrote = true;
        self.ending.files.push(found.path);
        self.out.write_all(before.as_bytes())?;
        self.out.write_all(found.written.as_bytes())
    }

    fn told(&mut self, troubles: &[Trouble]) {
        self.terminal.troubles(troubles);
        let grave = troubles.iter().filter(|t| t.grave).count();
        self.ending.summary.skipped += grave;
        self.ending.troubles.extend(troubles.iter().map(|t| (self.terminal.shown(&t.path), t.message.clone(), t.grave)));
        if grave > 0 {
            self.outcome = Outcome::Failed;
        }
    }
}

/// What is written of one file.
struct Found {
    path: String,
    /// Rule and level of each finding; those that are silenced are none.
    rules: Vec<(&'static str, Level)>,
    /// All of them as the report writes them.
    written: String,
}

/// What it takes to look at one file, in any thread.
#[derive(Clone, Copy)]
struct Look<'a> {
    opened: &'a Opened,
    wanted: &'a Selection,
    report: &'a dyn Report,
    fail_on: Level,
}

/// What was found in one file, and its text.
struct Seen {
    id: FileId,
    list: Vec<Diagnostic>,
    /// What the text allows, for reports that list it.
    allowed: Vec<Allowed>,
    /// What a baseline holds, likewise; `None` where there is no baseline.
    known: Option<Vec<Diagnostic>>,
    text: Arc<str>,
}

impl Look<'_> {
    fn at(&self, id: FileId) -> Seen {
        let snapshot = &self.opened.snapshot;
        let notes = snapshot.annotations(id);
        let (mut list, mut allowed) = if self.report.lists_silenced() {
            rules::check_with_allowed(snapshot, id, notes.as_deref())
        } else {
            (rules::check(snapshot, id, notes.as_deref()), Vec::new())
        };
        list.retain(|d| self.wanted.has(d.rule));
        allowed.retain(|a| self.wanted.has(a.diagnostic.rule));
        let text = if list.is_empty() && allowed.is_empty() {
            Arc::default()
        } else {
            notes.map(|notes| notes.text.clone()).or_else(|| snapshot.text(id)).unwrap_or_default()
        };
        Seen { id, list, allowed, known: None, text }
    }
}

impl Seen {
    /// Holds it against a baseline, which says what is to be told.
    fn compare(&mut self, tells: impl FnMut(&Diagnostic) -> bool) {
        let (told, known) = std::mem::take(&mut self.list).into_iter().partition(tells);
        (self.list, self.known) = (told, Some(known));
    }

    fn written(self, look: Look<'_>) -> Found {
        let Look { opened, report, .. } = look;
        let path = opened.shown(&opened.snapshot.path(self.id));
        let is_settings = opened.snapshot.file(self.id).is_some_and(|f| f.kind == FileKind::Config);
        let rules = self.list.iter().map(|d| (d.rule, d.level)).collect();
        let findings = self.findings(look);
        let mut written = String::new();
        if !findings.is_empty() || report.lists_clean() && !is_settings {
            report.file(&path, &findings, &mut written);
        }
        Found { path, rules, written }
    }

    /// As the report takes them, in order of place.
    fn findings(self, look: Look<'_>) -> Vec<Finding> {
        let Self { list, allowed, known, text, .. } = self;
        let lines = LineIndex::new(&text);
        let told = known.is_some().then_some(Baseline::New);
        let finding = |diagnostic: Diagnostic, baseline| {
            let fails = diagnostic.level >= look.fail_on;
            Finding { fails, baseline, ..Finding::new(diagnostic, &text, &lines, look.opened) }
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

fn read_stdin(path: &Path) -> Result<Arc<str>, Trouble> {
    let mut bytes = Vec::new();
    let limit = load::TEXT_LIMIT + 1;
    io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|error| Trouble::of_io(path, &error))?;
    Ok(load::of_bytes(path, bytes)?.text.into())
}
