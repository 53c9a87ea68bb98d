//! What a finding is known by while other parts of its text change.
//!
//! A fingerprint is 24 hexadecimal digits: 8 of the file, 16 of what is found there. Who moves a file keeps the second part.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::Diagnostic;
use crate::corpus::Annotations;
use crate::text::Span;

/// What a finding is about: rule and the words of its sentence, or its message where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    words: Option<u64>,
    hash: u64,
}

/// Reads what findings are about. In order of place a sentence with a thousand findings is read once.
pub(super) struct Subjects<'n> {
    notes: Option<&'n Annotations>,
    last: Option<(u32, Option<u64>)>,
}

impl<'n> Subjects<'n> {
    pub(super) fn of(notes: Option<&'n Annotations>) -> Self {
        Self { notes, last: None }
    }

    /// What one is about.
    pub(super) fn read(&mut self, one: &Diagnostic) -> Subject {
        let words = self.notes.and_then(|notes| {
            let at = notes.sentence_at(notes.words.map.from_source(one.span.start))?;
            match self.last {
                Some((same, words)) if same == at => words,
                _ => self.last.insert((at, sentence_words(notes, at))).1,
            }
        });
        Subject { words, hash: xxh3_64(key(one, words).as_bytes()) }
    }

    /// The first byte of the sentence a finding is known by, in the file.
    pub(super) fn sentence(&self, one: &Diagnostic) -> Option<u32> {
        let notes = self.notes?;
        let at = notes.sentence_at(notes.words.map.from_source(one.span.start))?;
        Some(notes.sentence_span(at).start)
    }
}

/// Numbers equal subjects: findings must come in their order.
#[derive(Default)]
pub(super) struct Numbers(FxHashMap<u64, u32>);

impl Numbers {
    /// How many of that subject came before.
    pub(super) fn next(&mut self, subject: Subject) -> u32 {
        let count = self.0.entry(subject.hash).or_default();
        *count += 1;
        *count - 1
    }
}

/// The fingerprint of a finding, the nth (from 0) of its subject.
pub(super) fn fingerprint(one: &Diagnostic, subject: Subject, nth: u32) -> String {
    let hash = if nth == 0 { subject.hash } else { xxh3_64(format!("{}{nth}", key(one, subject.words)).as_bytes()) };
    let file = xxh3_64(one.path.as_bytes()) >> 32;
    format!("{file:08x}{hash:016x}")
}

/// The part of a fingerprint that stays when the file is moved; all of it where it is none of ours.
pub(super) fn part_without_file(fingerprint: &str) -> &str {
    fingerprint.get(8..).unwrap_or(fingerprint)
}

fn key(one: &Diagnostic, words: Option<u64>) -> String {
    match words {
        Some(words) => format!("{}\0{words:016x}\0", one.rule),
        None => format!("{}\0{}", one.rule, one.message),
    }
}

/// The words of a sentence alone, joined by single spaces, in lower case: their hash, or `None` when it has none.
fn sentence_words(notes: &Annotations, sentence: u32) -> Option<u64> {
    let sentence = notes.prose.sentences.get(sentence as usize)?;
    let words = sentence.span.slice(notes.running()).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let words = words.collect::<Vec<_>>().join(" ").to_lowercase();
    (!words.is_empty()).then(|| xxh3_64(words.as_bytes()))
}

/// Gives every finding its fingerprint; equal ones are numbered as they come.
pub(super) fn fingerprints<'d>(all: impl IntoIterator<Item = &'d mut Diagnostic>, notes: Option<&Annotations>) {
    let (mut subjects, mut numbers) = (Subjects::of(notes), Numbers::default());
    for one in all {
        let subject = subjects.read(one);
        one.fingerprint = fingerprint(one, subject, numbers.next(subject));
    }
}

/// A finding's place among others.
pub(super) type Place<'d> = (Span, &'static str, &'d str);

/// By place, then rule, then words.
pub(super) fn place(one: &Diagnostic) -> Place<'_> {
    (one.span, one.rule, &one.message)
}
