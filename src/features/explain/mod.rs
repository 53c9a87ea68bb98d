//! Everything found at a place, and why each rule speaks or is silent there.
//!
//! [`explain`] works for one place or line, from the annotations at hand: what stands there, smallest first ([`Thing`]), what the rules
//! came to ([`Reason`]), and which rules found nothing to judge.
//!
//! [`markdown`] writes it for an editor. Not here: what it looks like in a terminal (`cli`), the reasons in words (`why`).

mod instruments;
pub mod markdown;
mod marks;
mod mentions;
mod numbers;
mod quotations;
mod records;
mod sentence;

use super::why;
use super::{Fact, Reason};
use crate::config::Level;
use crate::corpus::{Annotations, FileId, Snapshot};
use crate::rules::{self, RULES};
use crate::text::Span;

/// What stands at a place and what the rules came to there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The file.
    pub file: FileId,
    /// What was asked about, in its bytes; empty for a place.
    pub asked: Span,
    /// What stands there: at a place the smallest first, in a stretch in order; the sentence and the text last.
    pub things: Vec<Thing>,
    /// What rules came to there.
    pub rules: Vec<Reason>,
    /// What they came to elsewhere in the same sentence.
    pub beside: Vec<Reason>,
    /// Rules that looked and found nothing to judge.
    pub silent: Vec<&'static str>,
}

/// Something that stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// What it is: `figure`, `name`.
    pub kind: &'static str,
    /// Where.
    pub span: Span,
    /// Its words, or what it is called.
    pub title: String,
    /// What is known of it.
    pub facts: Vec<Fact>,
}

impl Thing {
    fn new(kind: &'static str, span: Span, title: impl Into<String>) -> Self {
        Self { kind, span, title: title.into(), facts: Vec::new() }
    }

    fn fact(&mut self, name: &'static str, words: impl Into<String>) {
        let words = words.into();
        if !words.is_empty() {
            self.facts.push(Fact::new(name, words));
        }
    }
}

/// What is asked about: a text, and a stretch or place of it.
#[derive(Clone, Copy)]
struct Scene<'a> {
    snapshot: &'a Snapshot,
    file: FileId,
    notes: &'a Annotations,
    asked: Span,
}

impl Scene<'_> {
    /// Whether a span of the file is asked about.
    fn is_at(&self, span: Span) -> bool {
        is_at(self.asked, span)
    }

    /// The same for a span of the running text.
    fn has_words(&self, words: Span) -> bool {
        self.is_at(self.notes.words.to_file(words))
    }

    /// Words of the running text on one line.
    fn words(&self, words: Span) -> String {
        why::cut(words.slice(self.notes.running()))
    }

    /// What was asked about, in the running text.
    fn asked_words(&self) -> Span {
        let map = &self.notes.words.map;
        let start = map.from_source(self.asked.start);
        Span::new(start, map.from_source(self.asked.end).max(start))
    }
}

/// Whether a span holds the place, or touches the stretch, that is asked about.
fn is_at(asked: Span, span: Span) -> bool {
    if asked.is_empty() { span.contains(asked.start) } else { span.overlaps(asked) }
}

/// Explains a place (an empty span) or a stretch of a file, in bytes; `None` when the file is gone.
#[must_use]
pub fn explain(snapshot: &Snapshot, file: FileId, asked: Span) -> Option<Explanation> {
    let state = snapshot.file(file)?;
    let notes = snapshot.annotations(file);
    let mut things = Vec::new();
    let mut near = None;
    if let Some(notes) = notes.as_deref() {
        let scene = Scene { snapshot, file, notes, asked };
        mentions::add(&scene, &mut things);
        instruments::add(&scene, &mut things);
        quotations::add(&scene, &mut things);
        numbers::add(&scene, &mut things);
        marks::add(&scene, &mut things);
        if asked.is_empty() {
            things.sort_by_key(|t: &Thing| (t.span.len(), t.span.start));
        } else {
            things.sort_by_key(|t| (t.span.start, t.span.len()));
        }
        near = sentence::add(&scene, &mut things);
    }
    records::add(snapshot, file, asked, &mut things);
    // A place at the head of a block is the block's.
    let stretch = Span::new(asked.start, asked.end.max(asked.start + 1));
    let judged = rules::judged(snapshot, file, notes.as_deref(), stretch);
    // The year of an instrument, the pinpoint of a mention: what is judged inside the thing at the place is judged there.
    let thing = things.first().filter(|t| matches!(t.kind, "instrument" | "mention" | "marked span")).map(|t| t.span);
    let is_here = |j: &&rules::Judged| is_at(asked, j.span) || thing.is_some_and(|t| t.covers(j.span));
    let heard: Vec<&str> = judged.iter().filter(is_here).map(|j| j.rule.name).collect();
    let reason = |j: &rules::Judged| why::reason(snapshot, file, notes.as_deref(), j);
    let rules = judged.iter().filter(is_here).map(reason).collect();
    let in_sentence = |j: &&rules::Judged| !is_here(j) && near.is_some_and(|s: Span| s.overlaps(j.span));
    let beside = judged.iter().filter(in_sentence).map(reason).collect();
    let speaks = |rule: &&&rules::Rule| rule.level_in(state, snapshot.occasion()) != Level::Off;
    let silent = RULES.iter().filter(speaks).map(|r| r.name).filter(|name| !heard.contains(name)).collect();
    Some(Explanation { file, asked, things, rules, beside, silent })
}
