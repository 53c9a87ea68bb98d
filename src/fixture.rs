//! The one notation of tests: a small corpus as a text.
//!
//! ```text
//! -- registry.yaml
//! - {id: lavrov, type: person, name: Sergey Lavrov}
//! -- text.md
//! [[lavrow|He]] said so.
//! ^^^^^^^^^^^^^ unknown-entity
//! ```
//!
//! A line `-- path` begins a file; what stands before the first is `text.md`. A line of spaces and carets marks the
//! span above it that a rule must find, and is no part of the file. `$0` is the cursor.

use std::sync::Arc;

use smol_str::SmolStr;

use crate::corpus::{Change, Corpus, FileInput, Occasion, Snapshot};
use crate::text::Span;

/// A small corpus, what must be found in it, and where the cursor stands.
pub(crate) struct Fixture {
    /// Paths and characters.
    pub(crate) files: Vec<(SmolStr, String)>,
    /// (path, span, rule) of every caret line.
    pub(crate) expected: Vec<(SmolStr, Span, String)>,
    /// Path and byte of `$0`.
    pub(crate) cursor: Option<(SmolStr, u32)>,
}

impl Fixture {
    /// Reads the notation.
    pub(crate) fn parse(notation: &str) -> Self {
        let mut fixture = Self { files: Vec::new(), expected: Vec::new(), cursor: None };
        for line in notation.split_inclusive('\n') {
            if let Some(path) = line.strip_prefix("-- ") {
                fixture.files.push((path.trim().into(), String::new()));
            } else {
                if fixture.files.is_empty() {
                    fixture.files.push(("text.md".into(), String::new()));
                }
                fixture.line(line);
            }
        }
        fixture
    }

    fn line(&mut self, line: &str) {
        let Some((path, text)) = self.files.last_mut() else { return };
        let trimmed = line.trim_start_matches(' ');
        if trimmed.starts_with('^') {
            let column = line.chars().count() - trimmed.chars().count();
            let carets = trimmed.chars().take_while(|c| *c == '^').count();
            let rule = trimmed.trim_start_matches('^').trim().to_owned();
            let start = text.trim_end_matches('\n').rfind('\n').map_or(0, |i| i + 1);
            let byte = |n: usize| start + text[start..].char_indices().nth(n).map_or(text.len() - start, |(i, _)| i);
            self.expected.push((path.clone(), Span::from(byte(column)..byte(column + carets)), rule));
            return;
        }
        if let Some(at) = line.find("$0") {
            self.cursor = Some((path.clone(), Span::from(0..text.len() + at).end));
            text.push_str(&line[..at]);
            text.push_str(&line[at + 2..]);
        } else {
            text.push_str(line);
        }
    }

    /// The corpus in memory; `vidimus.toml` is its settings. Asked as a check asks, on no day.
    pub(crate) fn snapshot(&self) -> Snapshot {
        self.snapshot_on(Occasion::default())
    }

    /// The same, asked on an occasion.
    pub(crate) fn snapshot_on(&self, occasion: Occasion) -> Snapshot {
        let names = crate::rules::rule_names();
        let settings = self.files.iter().find(|(path, _)| path == "vidimus.toml").map(|(_, text)| text.as_str()).unwrap_or_default();
        let (config, faults) = crate::config::Config::parse(settings, &names);
        let classifier = crate::workspace::Classifier::new(&config);
        let mut change = Change { config: Some(config), files: Vec::new() };
        for (path, text) in &self.files {
            let input = if path == "vidimus.toml" {
                FileInput::config(Arc::from(text.as_str()), faults.clone())
            } else {
                let Some(kind) = classifier.kind(path) else { panic!("{path} is no file of a corpus") };
                FileInput::open(path, kind, Arc::from(text.as_str()))
            };
            change.files.push((path.clone(), Some(input)));
        }
        let mut corpus = Corpus::new(Arc::new(()));
        corpus.set_occasion(occasion);
        corpus.apply(change);
        corpus.snapshot()
    }

    /// All findings: path, span, rule, in order.
    pub(crate) fn findings(&self) -> Vec<crate::rules::Diagnostic> {
        self.findings_on(Occasion::default())
    }

    /// The same, asked on an occasion.
    pub(crate) fn findings_on(&self, occasion: Occasion) -> Vec<crate::rules::Diagnostic> {
        let snapshot = self.snapshot_on(occasion);
        let mut all = Vec::new();
        for (id, _) in snapshot.files() {
            let notes = snapshot.annotations(id);
            all.extend(crate::rules::check(&snapshot, id, notes.as_deref()));
        }
        all
    }
}

/// Asserts that exactly what the carets mark is found.
#[track_caller]
pub(crate) fn check(notation: &str) {
    let fixture = Fixture::parse(notation);
    let mut found: Vec<_> = fixture.findings().into_iter().map(|d| (d.path, d.span, d.rule.to_owned())).collect();
    let mut wanted = fixture.expected.clone();
    found.sort();
    wanted.sort();
    let show = |all: &[(SmolStr, Span, String)]| {
        let words = |path: &SmolStr, span: Span| {
            fixture.files.iter().find(|(p, _)| p == path).map(|(_, t)| span.slice(t).to_owned()).unwrap_or_default()
        };
        all.iter().map(|(p, s, r)| format!("  {p} {s:?} {r}: {:?}", words(p, *s))).collect::<Vec<_>>().join("\n")
    };
    assert!(found == wanted, "found\n{}\nwanted\n{}\nin\n{notation}", show(&found), show(&wanted));
}
