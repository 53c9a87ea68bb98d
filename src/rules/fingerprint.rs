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
    /// Where words and keys are put together.
    scratch: String,
}

impl<'n> Subjects<'n> {
    pub(super) fn of(notes: Option<&'n Annotations>) -> Self {
        Self { notes, last: None, scratch: String::new() }
    }

    /// What one is about.
    pub(super) fn read(&mut self, one: &Diagnostic) -> Subject {
        let words = self.notes.and_then(|notes| {
            let at = notes.sentence_at(notes.words.map.from_source(one.span.start))?;
            match self.last {
                Some((same, words)) if same == at => words,
                _ => self.last.insert((at, sentence_words(notes, at, &mut self.scratch))).1,
            }
        });
        key(one, words, &mut self.scratch);
        Subject { words, hash: xxh3_64(self.scratch.as_bytes()) }
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
    let mut hash = subject.hash;
    if nth > 0 {
        let mut numbered = String::new();
        key(one, subject.words, &mut numbered);
        numbered.push_str(&nth.to_string());
        hash = xxh3_64(numbered.as_bytes());
    }
    let mut written = String::with_capacity(24);
    push_hexadecimal(xxh3_64(one.path.as_bytes()) >> 32, 8, &mut written);
    push_hexadecimal(hash, 16, &mut written);
    written
}

/// The part of a fingerprint that stays when the file is moved; all of it where it is none of ours.
pub(super) fn part_without_file(fingerprint: &str) -> &str {
    fingerprint.get(8..).unwrap_or(fingerprint)
}

/// What is hashed of a finding, in place of what `into` holds.
fn key(one: &Diagnostic, words: Option<u64>, into: &mut String) {
    into.clear();
    into.push_str(one.rule);
    into.push('\0');
    match words {
        Some(words) => {
            push_hexadecimal(words, 16, into);
            into.push('\0');
        }
        None => into.push_str(&one.message),
    }
}

/// The last digits of a number, as many as asked for.
fn push_hexadecimal(number: u64, digits: u32, into: &mut String) {
    let digit = |place: u32| char::from_digit((number >> (4 * place) & 0xF) as u32, 16).unwrap_or('0');
    into.extend((0..digits).rev().map(digit));
}

/// The words of a sentence alone, joined by single spaces, in lower case: their hash, or `None` when it has none.
fn sentence_words(notes: &Annotations, sentence: u32, into: &mut String) -> Option<u64> {
    let sentence = notes.prose.sentences.get(sentence as usize)?;
    words_alone(sentence.span.slice(notes.running()), into);
    (!into.is_empty()).then(|| xxh3_64(into.as_bytes()))
}

fn words_alone(sentence: &str, into: &mut String) {
    into.clear();
    for word in sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !into.is_empty() {
            into.push(' ');
        }
        into.push_str(word);
    }
    if into.is_ascii() {
        into.make_ascii_lowercase();
    } else {
        *into = into.to_lowercase();
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_whatever_stands_between_them() {
        let words = |sentence: &str| {
            let mut into = String::from("left over");
            words_alone(sentence, &mut into);
            into
        };
        assert_eq!(words("(The «Fourth» report -- of 2019.)"), "the fourth report of 2019");
        assert_eq!(words("Ёлка, ΟΔΟΣ!"), "ёлка οδος");
        assert_eq!(words("…"), "");
    }

    #[test]
    fn hexadecimal_is_written_with_all_its_digits() {
        let mut written = String::new();
        push_hexadecimal(0x0012_3456_789A_BCDE, 16, &mut written);
        push_hexadecimal(0x0A0B, 8, &mut written);
        assert_eq!(written, "00123456789abcde00000a0b");
    }
}
