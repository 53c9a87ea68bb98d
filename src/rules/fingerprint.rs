//! What a finding is known by while other parts of its text change.
//!
//! A fingerprint is 24 hexadecimal digits: 8 of the file, 16 of what is found there. Who moves a file keeps the second part.

use std::io::Write as _;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use xxhash_rust::xxh3::xxh3_64;

use super::Diagnostic;
use crate::corpus::Annotations;
use crate::text::blocks::{BLOCK, block, mask};
use crate::text::{Span, letters};

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
    /// The file of the last one named, and what its fingerprint begins with.
    file: Option<(SmolStr, [u8; 8])>,
    /// Where words and keys are put together.
    scratch: Vec<u8>,
}

impl<'n> Subjects<'n> {
    pub(super) fn of(notes: Option<&'n Annotations>) -> Self {
        Self { notes, last: None, file: None, scratch: Vec::new() }
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
        Subject { words, hash: xxh3_64(&self.scratch) }
    }

    /// The fingerprint of a finding, the nth (from 0) of its subject.
    pub(super) fn fingerprint(&mut self, one: &Diagnostic, subject: Subject, nth: u32) -> String {
        let mut hash = subject.hash;
        if nth > 0 {
            key(one, subject.words, &mut self.scratch);
            // To memory: there is nothing that could go wrong.
            let _ = write!(self.scratch, "{nth}");
            hash = xxh3_64(&self.scratch);
        }
        let mut written = Vec::with_capacity(24);
        written.extend_from_slice(&self.file(&one.path));
        written.extend_from_slice(&hexadecimal(hash));
        String::from_utf8(written).unwrap_or_default()
    }

    /// What the fingerprints of a file begin with; nearly all that are named one after another are of one.
    fn file(&mut self, path: &SmolStr) -> [u8; 8] {
        match &self.file {
            Some((same, digits)) if same == path => *digits,
            _ => self.file.insert((path.clone(), eight_digits(upper_half(xxh3_64(path.as_bytes()))))).1,
        }
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

/// The part of a fingerprint that stays when the file is moved; all of it where it is none of ours.
pub(super) fn part_without_file(fingerprint: &str) -> &str {
    fingerprint.get(8..).unwrap_or(fingerprint)
}

/// What is hashed of a finding, in place of what `into` holds.
fn key(one: &Diagnostic, words: Option<u64>, into: &mut Vec<u8>) {
    into.clear();
    into.extend_from_slice(one.rule.as_bytes());
    into.push(0);
    match words {
        Some(words) => {
            into.extend_from_slice(&hexadecimal(words));
            into.push(0);
        }
        None => into.extend_from_slice(one.message.as_bytes()),
    }
}

/// A number in sixteen digits.
fn hexadecimal(number: u64) -> [u8; 16] {
    let mut digits = [0; 16];
    let (first, last) = digits.split_at_mut(8);
    first.copy_from_slice(&eight_digits(upper_half(number)));
    last.copy_from_slice(&eight_digits(upper_half(number << 32)));
    digits
}

fn upper_half(number: u64) -> u32 {
    u32::try_from(number >> 32).unwrap_or(0)
}

/// A number in eight digits, all of them worked out at once: each in a byte of its own.
fn eight_digits(number: u32) -> [u8; 8] {
    let spread = |bytes: u64, by: u32, kept: u64| (bytes << by | bytes) & kept;
    let four = spread(u64::from(number), 16, 0x0000_FFFF_0000_FFFF);
    let two = spread(four, 8, 0x00FF_00FF_00FF_00FF);
    let digits = spread(two, 4, 0x0F0F_0F0F_0F0F_0F0F);
    // Of ten and more six carry over; from `9` to `a` it is 39 further than to the next.
    let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101;
    (digits + 0x3030_3030_3030_3030 + letters * 39).to_be_bytes()
}

/// The words of a sentence alone, joined by single spaces, in lower case: their hash, or `None` when it has none.
fn sentence_words(notes: &Annotations, sentence: u32, into: &mut Vec<u8>) -> Option<u64> {
    let sentence = notes.prose.sentences.get(sentence as usize)?;
    words_alone(sentence.span.slice(notes.running()), into);
    (!into.is_empty()).then(|| xxh3_64(into))
}

fn words_alone(sentence: &str, into: &mut Vec<u8>) {
    // They are no longer than the sentence; blocks are put as a whole, and what is too much of one is put over.
    into.clear();
    into.resize(sentence.len() + BLOCK, 0);
    let mut words = Words { into, len: 0, in_gap: true, wide: false };
    let mut at = 0;
    while at < sentence.len() {
        at = words.plain(sentence.as_bytes(), at);
        at = words.others(sentence, at);
    }
    let (len, wide) = (words.len, words.wide);
    into.truncate(len);
    if into.last() == Some(&b' ') {
        into.pop();
    }
    // Other letters may become small as their neighbours have it.
    if wide && let Ok(words) = std::str::from_utf8(into) {
        *into = words.to_lowercase().into_bytes();
    }
}

/// Words put together: a gap before a word keeps its first byte, as a space.
struct Words<'w> {
    /// Room for a block behind those put.
    into: &'w mut [u8],
    len: usize,
    in_gap: bool,
    /// Whether letters were put that are in lower case only if they were.
    wide: bool,
}

impl Words<'_> {
    /// Puts the words of ASCII from a byte on, a block at a time: most bytes of a sentence are kept as they stand. Where it ended.
    fn plain(&mut self, sentence: &[u8], mut at: usize) -> usize {
        while at < sentence.len() {
            let bytes = block(sentence, at);
            let mut kept = [0; BLOCK];
            for (kept, byte) in kept.iter_mut().zip(&bytes) {
                *kept = if byte.is_ascii_digit() | (byte | 0x20).is_ascii_lowercase() { u8::MAX } else { 0 };
            }
            let gaps = mask(&kept, |kept| kept == 0);
            let others = mask(&bytes, |byte| byte >= 0x80);
            // With a block behind it, so that all of one can be put from any byte on. The bit that makes letters small is a space.
            let mut small = [b' '; 2 * BLOCK];
            for (small, (byte, kept)) in small.iter_mut().zip(bytes.iter().zip(&kept)) {
                *small = byte & kept | b' ';
            }
            let len = (sentence.len() - at).min(BLOCK).min(others.trailing_zeros() as usize);
            let here = !u64::MAX.checked_shl(Span::from(0..len).end).unwrap_or(0);
            let mut dropped = gaps & (gaps << 1 | u64::from(self.in_gap)) & here;
            let mut from = 0;
            while dropped != 0 {
                let to = dropped.trailing_zeros() as usize;
                self.piece(&small, from, to);
                from = to + 1;
                dropped &= dropped - 1;
            }
            self.piece(&small, from, len);
            if let Some(last) = len.checked_sub(1) {
                self.in_gap = gaps >> last & 1 == 1;
            }
            at += len;
            if others != 0 {
                break;
            }
        }
        at
    }

    /// Puts some bytes of a block.
    fn piece(&mut self, block: &[u8; 2 * BLOCK], from: usize, to: usize) {
        let room = self.into.get_mut(self.len..).and_then(<[u8]>::first_chunk_mut::<BLOCK>);
        if let (Some(room), Some(bytes)) = (room, block.get(from..).and_then(<[u8]>::first_chunk::<BLOCK>)) {
            *room = *bytes;
            self.len += to.saturating_sub(from);
        }
    }

    /// Puts words letter by letter, until some letters or marks of ASCII follow each other, as they hardly do among others. Where it ended.
    fn others(&mut self, sentence: &str, mut at: usize) -> usize {
        let mut plain = 0;
        loop {
            if let Some(number) = letters::russian(sentence.as_bytes(), at) {
                let [first, second] = letters::small_russian(number);
                self.few([first, second, 0, 0], 2);
                (self.in_gap, plain) = (false, 0);
                at += 2;
                continue;
            }
            let Some(letter) = sentence.get(at..).and_then(|rest| rest.chars().next()) else { break };
            at += letter.len_utf8();
            plain = if letter.is_ascii() { plain + 1 } else { 0 };
            match letter {
                'a'..='z' | '0'..='9' | 'ѐ'..='џ' => self.put(letter),
                'A'..='Z' => self.put(letter.to_ascii_lowercase()),
                'Ѐ'..='Џ' => self.put(char::from_u32(u32::from(letter) + 0x50).unwrap_or(letter)),
                // Dashes and marks; what else is no letter is slow to tell.
                '\0'..='\u{7F}' | '\u{2000}'..='\u{206F}' => self.gap(),
                _ if letter.is_alphanumeric() => {
                    self.put(letter);
                    self.wide = true;
                }
                _ => self.gap(),
            }
            if plain == 4 {
                break;
            }
        }
        at
    }

    fn put(&mut self, letter: char) {
        let (mut four, len) = ([0; 4], letter.len_utf8());
        letter.encode_utf8(&mut four);
        self.few(four, len);
        self.in_gap = false;
    }

    fn gap(&mut self) {
        if !self.in_gap {
            self.few([b' '; 4], 1);
            self.in_gap = true;
        }
    }

    fn few(&mut self, bytes: [u8; 4], len: usize) {
        if let Some(room) = self.into.get_mut(self.len..).and_then(<[u8]>::first_chunk_mut) {
            *room = bytes;
            self.len += len;
        }
    }
}

/// Gives every finding its fingerprint; equal ones are numbered as they come.
pub(super) fn fingerprints<'d>(all: impl IntoIterator<Item = &'d mut Diagnostic>, notes: Option<&Annotations>) {
    let (mut subjects, mut numbers) = (Subjects::of(notes), Numbers::default());
    for one in all {
        let subject = subjects.read(one);
        one.fingerprint = subjects.fingerprint(one, subject, numbers.next(subject));
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
    use proptest::prelude::*;

    fn words(sentence: &str) -> String {
        let mut into = b"left over".to_vec();
        words_alone(sentence, &mut into);
        String::from_utf8(into).expect("characters")
    }

    #[test]
    fn words_are_the_same_whatever_stands_between_them() {
        assert_eq!(words("(The «Fourth» report -- of 2019.)"), "the fourth report of 2019");
        assert_eq!(words("Ёлка, ΟΔΟΣ!"), "ёлка οδος");
        assert_eq!(words("— ЏАК: «Я» -- 7"), "џак я 7");
        assert_eq!(words("…"), "");
        assert_eq!(words(""), "");
    }

    #[test]
    fn hexadecimal_is_written_with_all_its_digits() {
        assert_eq!(&hexadecimal(0x0012_3456_789A_BCDE), b"00123456789abcde");
        assert_eq!(&eight_digits(0x0A0B), b"00000a0b");
    }

    proptest! {
        #[test]
        fn digits_are_as_anybody_writes_them(number: u64) {
            prop_assert_eq!(hexadecimal(number).to_vec(), format!("{number:016x}").into_bytes());
        }

        #[test]
        fn words_are_what_splitting_makes_of_them(sentence in "([a-zA-Z0-9]{0,4}|[ΣЁжЖяџЏѠ中ªſİ]|\\PC| |-|«|…|\u{0}|[a-z ,]{60,70}){0,16}") {
            let split: Vec<&str> = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
            prop_assert_eq!(words(&sentence), split.join(" ").to_lowercase());
        }
    }
}
