//! Findings that a team knows of and has put off: new ones are told, these are not.
//!
//! A baseline holds fingerprints, no lines: it outlives edits elsewhere in a text, and the moving of a file. What is mended
//! is reported, so that it can be taken out and never comes back unseen.
//!
//! Pure: whoever has read the file parses it here, matches finding after finding, and writes what is left.

use std::fmt::Write as _;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::Diagnostic;
use super::fingerprint::part_without_file;
use crate::prose::dates::{Day, parse_edtf};

/// The version of the file's shape.
const VERSION: u32 = 1;

/// One finding that was put off.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file, relative to the folder of the baseline, parts joined by `/`.
    pub path: String,
    /// The rule's name.
    pub rule: String,
    /// The finding's fingerprint.
    pub fingerprint: String,
    /// What was found when it was put off; for readers alone.
    #[serde(default)]
    pub message: String,
    /// The last day (`2027-03-31`) on which it is put off; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    version: u32,
    /// `null` ends the list, so that each entry's line ends alike.
    findings: Vec<Option<Entry>>,
}

/// How a finding stands to a baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not in it.
    New,
    /// In it: it is not told.
    Known,
    /// In it, and the day is past: it is told.
    Expired,
}

/// What a baseline holds, and which of it was met.
#[derive(Debug, Default)]
pub struct Baseline {
    entries: Vec<Entry>,
    met: Vec<bool>,
    expired: Vec<bool>,
    /// By file and fingerprint.
    here: FxHashMap<(String, String), usize>,
    /// Entries of files that are gone, by what stays of a fingerprint when a file is moved; the first last.
    moved: FxHashMap<String, Vec<usize>>,
}

impl Baseline {
    /// Reads the characters of a baseline. `today` says what has expired. The error says what is wrong with them.
    pub fn parse(text: &str, today: Option<Day>) -> Result<Self, String> {
        if let Some(line) = text.lines().position(|line| line.starts_with("<<<<<<< ")) {
            return Err(format!("was merged, and its line {} is still to be decided", line + 1));
        }
        let shape: Shape = serde_json::from_str(text).map_err(|error| format!("is no baseline: {error}"))?;
        if shape.version != VERSION {
            return Err(format!("is a baseline of version {}, and this program knows {VERSION}", shape.version));
        }
        let findings: Vec<Entry> = shape.findings.into_iter().flatten().collect();
        let badly = findings.iter().find(|e| e.until.as_deref().is_some_and(|until| day(until).is_none()));
        if let Some(Entry { path, until: Some(day), .. }) = badly {
            return Err(format!("has an entry of {path} until `{day}`, which is no day as in 2027-03-31"));
        }
        let mut this = Self::default();
        for entry in findings {
            let at = this.entries.len();
            // Written twice by a merge: once is enough.
            if let Some(first) = this.here.insert((entry.path.clone(), entry.fingerprint.clone()), at) {
                this.here.insert((entry.path, entry.fingerprint), first);
                continue;
            }
            let until = entry.until.as_deref().and_then(day);
            this.expired.push(until.zip(today).is_some_and(|(until, today)| until < today));
            this.entries.push(entry);
        }
        this.met = vec![false; this.entries.len()];
        Ok(this)
    }

    /// Tells which files are there, for the entries of those that are not may belong to files that were moved.
    pub fn knows_files(&mut self, is_there: impl Fn(&str) -> bool) {
        let mut there: FxHashMap<&str, bool> = FxHashMap::default();
        for (at, entry) in self.entries.iter().enumerate().rev() {
            if !*there.entry(&entry.path).or_insert_with(|| is_there(&entry.path)) {
                self.moved.entry(part_without_file(&entry.fingerprint).to_owned()).or_default().push(at);
            }
        }
    }

    /// How a finding in the file at `path` stands; each entry is met once. Asked in order of path and place, so that the answer
    /// is the same on every run.
    pub fn meet(&mut self, path: &str, finding: &Diagnostic) -> Standing {
        let here = self.here.get(&(path.to_owned(), finding.fingerprint.clone())).copied().filter(|at| !self.met[*at]);
        let moved = || self.moved.get_mut(part_without_file(&finding.fingerprint))?.pop();
        let Some(at) = here.or_else(moved) else { return Standing::New };
        self.met[at] = true;
        if self.expired[at] { Standing::Expired } else { Standing::Known }
    }

    /// The entries that were met by no finding, of those that `looked_for` says could have been.
    pub fn mended<'b>(&'b self, looked_for: impl Fn(&Entry) -> bool + 'b) -> impl Iterator<Item = &'b Entry> {
        self.entries.iter().zip(&self.met).filter(move |(entry, met)| !**met && looked_for(entry)).map(|(entry, _)| entry)
    }

    /// How many entries were met though their day is past.
    #[must_use]
    pub fn expired(&self) -> usize {
        self.met.iter().zip(&self.expired).filter(|(met, expired)| **met && **expired).count()
    }

    /// Its entries without those that `mended` names.
    #[must_use]
    pub fn left(&self, looked_for: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let stays = |(entry, met): &(&Entry, &bool)| **met || !looked_for(entry);
        self.entries.iter().zip(&self.met).filter(stays).map(|(entry, _)| entry.clone()).collect()
    }

    /// The same, and all of `found`. What had a day that is not past keeps it.
    #[must_use]
    pub fn left_and(&self, found: Vec<Entry>, looked_for: impl Fn(&Entry) -> bool) -> Vec<Entry> {
        let found_again: FxHashSet<(&str, &str)> = found.iter().map(Entry::key).collect();
        let stays = |at: usize| {
            let entry = &self.entries[at];
            if self.met[at] { !self.expired[at] && found_again.contains(&entry.key()) } else { !looked_for(entry) }
        };
        let mut all: Vec<Entry> = (0..self.entries.len()).filter(|at| stays(*at)).map(|at| self.entries[at].clone()).collect();
        let kept: FxHashSet<(String, String)> = all.iter().map(|e| (e.path.clone(), e.fingerprint.clone())).collect();
        all.extend(found.into_iter().filter(|e| !kept.contains(&(e.path.clone(), e.fingerprint.clone()))));
        all
    }
}

impl Entry {
    /// The entry of a finding in the file at `path`.
    #[must_use]
    pub fn of(path: String, finding: &Diagnostic) -> Self {
        let Diagnostic { rule, fingerprint, message, .. } = finding;
        Self { path, rule: (*rule).to_owned(), fingerprint: fingerprint.clone(), message: message.to_string(), until: None }
    }

    fn key(&self) -> (&str, &str) {
        (&self.path, &self.fingerprint)
    }
}

/// The characters of a baseline: sorted, one entry a line, each with a comma behind it, so that two branches merge, and a union of
/// their lines is a baseline as well.
#[must_use]
pub fn write(mut entries: Vec<Entry>) -> String {
    entries.sort();
    entries.dedup_by(|later, kept| later.path == kept.path && later.fingerprint == kept.fingerprint);
    let mut out = format!("{{\"version\": {VERSION},\n \"findings\": [");
    for entry in &entries {
        let line = serde_json::to_string(entry).unwrap_or_default();
        let _ = write!(out, "\n  {line},");
    }
    out.push_str("\n  null]}\n");
    out
}

fn day(word: &str) -> Option<Day> {
    let date = parse_edtf(word).filter(|date| date.earliest == date.latest && !date.qualified)?;
    date.earliest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Level;
    use crate::text::Span;

    const TODAY: Day = Day { year: 2027, month: 1, day: 15 };

    fn finding(path: &str, fingerprint: &str) -> Diagnostic {
        Diagnostic {
            path: path.into(),
            rule: "unsourced-figure",
            level: Level::Warning,
            span: Span::new(0, 1),
            message: "a figure".into(),
            help: None,
            related: Vec::new(),
            fix: None,
            alternatives: Vec::new(),
            fingerprint: fingerprint.into(),
        }
    }

    fn baseline(findings: &[(&str, &str, Option<&str>)]) -> Baseline {
        let entry = |(path, print, until): &(&str, &str, Option<&str>)| Entry {
            until: until.map(str::to_owned),
            ..Entry::of((*path).to_owned(), &finding(path, print))
        };
        let mut this = Baseline::parse(&write(findings.iter().map(entry).collect()), Some(TODAY)).expect("a baseline");
        this.knows_files(|path| path != "gone.md");
        this
    }

    #[test]
    fn a_known_finding_is_met_once_and_a_second_one_is_new() {
        let mut this = baseline(&[("a.md", "00000001aaaa", None), ("b.md", "00000002aaaa", None)]);
        let mut meet = |path: &str, print: &str| this.meet(path, &finding(path, print));
        assert_eq!(meet("a.md", "00000001aaaa"), Standing::Known);
        assert_eq!(meet("a.md", "00000001aaaa"), Standing::New);
        assert_eq!(meet("a.md", "00000001bbbb"), Standing::New);
        assert_eq!(meet("c.md", "00000003aaaa"), Standing::New, "b.md is there: nothing was moved");
        let mended: Vec<&str> = this.mended(|_| true).map(|e| e.path.as_str()).collect();
        assert_eq!(mended, ["b.md"]);
        assert_eq!(this.left(|_| true).len(), 1);
        assert_eq!(this.left(|e| e.path == "a.md").len(), 2, "b.md was not looked at");
    }

    #[test]
    fn a_file_that_moved_takes_its_entries_along() {
        let mut this = baseline(&[("gone.md", "00000001aaaa", None)]);
        assert_eq!(this.meet("new.md", &finding("new.md", "00000009aaaa")), Standing::Known);
        assert_eq!(this.meet("new.md", &finding("new.md", "00000009aaaa")), Standing::New);
        assert_eq!(this.mended(|_| true).count(), 0);
    }

    #[test]
    fn an_entry_expires_after_its_day() {
        let mut this = baseline(&[("a.md", "00000001aaaa", Some("2027-01-15")), ("a.md", "00000001bbbb", Some("2027-01-14"))]);
        assert_eq!(this.meet("a.md", &finding("a.md", "00000001aaaa")), Standing::Known);
        assert_eq!(this.meet("a.md", &finding("a.md", "00000001bbbb")), Standing::Expired);
        assert_eq!(this.expired(), 1);
        let found = ["00000001aaaa", "00000001bbbb"].map(|print| Entry::of("a.md".into(), &finding("a.md", print)));
        let again = this.left_and(found.to_vec(), |_| true);
        assert_eq!(again.iter().map(|e| e.until.as_deref()).collect::<Vec<_>>(), [Some("2027-01-15"), None]);
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        let told = |text: &str| Baseline::parse(text, Some(TODAY)).expect_err("refused");
        assert!(told("[]").starts_with("is no baseline: "));
        assert_eq!(told(r#"{"version": 2, "findings": []}"#), "is a baseline of version 2, and this program knows 1");
        let entry = r#"{"version": 1, "findings": [{"path": "a.md", "rule": "x", "fingerprint": "1", "until": "soon"}]}"#;
        assert_eq!(told(entry), "has an entry of a.md until `soon`, which is no day as in 2027-03-31");
        assert_eq!(told("{\"version\": 1,\n<<<<<<< HEAD\n"), "was merged, and its line 2 is still to be decided");
        assert_eq!(write(Vec::new()), "{\"version\": 1,\n \"findings\": [\n  null]}\n");
    }
}
