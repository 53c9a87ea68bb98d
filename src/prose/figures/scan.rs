//! Where a number may begin: digits block by block, and words that may be numbers, which are told.

use super::tables;
use crate::text::Span;
use crate::text::blocks::{self, BLOCK, STRIDE, WordBits, block};

/// Walks a passage from number to number.
pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    words: &'a WordBits,
    /// The words that may be numbers, from the next on.
    numerals: &'a [u32],
    /// The block at hand, and the next.
    at: usize,
    next: usize,
    /// 1 where letters, or digits, go on from the block before.
    inside: u64,
    inside_digits: u64,
    /// The places in the block not yet looked at: digits, and words that touch some.
    places: u64,
}

/// Bits of the bytes that a block shows as its own.
const OWN: u64 = u64::MAX >> (BLOCK - STRIDE);

impl<'a> Scan<'a> {
    /// Of a passage's bytes, whose words are known, and which of them may be numbers.
    pub(super) fn of(bytes: &'a [u8], words: &'a WordBits, numerals: &'a [u32]) -> Self {
        Self { bytes, words, numerals, at: 0, next: 0, inside: 0, inside_digits: 0, places: 0 }
    }

    /// The next byte from `from` on at which a digit stands or a word begins that may be a number word; so
    /// may what stands at `from` itself. Calls must not go back.
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        if self.bytes.get(from).is_some_and(|byte| !byte.is_ascii()) && may_be_numeral(self.bytes, from) {
            return Some(from);
        }
        while let [first, rest @ ..] = self.numerals
            && (*first as usize) < from
        {
            self.numerals = rest;
        }
        let numeral = self.numerals.first().map(|at| *at as usize);
        loop {
            let seen = from.saturating_sub(self.at);
            self.places &= if seen < BLOCK { u64::MAX << seen } else { 0 };
            let place = (self.places & OWN != 0).then(|| self.at + self.places.trailing_zeros() as usize);
            let ended = self.next >= self.bytes.len();
            if place.is_some() || ended || numeral.is_some_and(|at| at < self.next) {
                return place.into_iter().chain(numeral).min();
            }
            // Most blocks hold no digit.
            match self.words.without_digits(self.next) {
                quiet @ 1.. if self.inside_digits == 0 => self.pass_over(quiet),
                _ => self.read(),
            }
        }
    }

    /// Goes on behind some blocks without a digit, the first of which no digit goes on in.
    fn pass_over(&mut self, blocks: usize) {
        self.next += blocks * STRIDE;
        self.at = self.next - STRIDE;
        self.places = 0;
        self.inside = self.words.at(self.at) >> (STRIDE - 1) & 1;
    }

    fn read(&mut self) {
        (self.at, self.next) = (self.next, self.next + STRIDE);
        let digits = self.words.digits_at(self.at);
        let letters = self.words.at(self.at) & !digits;
        self.places = digits;
        if digits | self.inside_digits != 0 {
            let touching = touching(letters, letters & !(letters << 1 | self.inside), digits, digits << 1 | self.inside_digits) & OWN;
            self.places |= may_be_numerals(self.bytes, self.at, letters, touching);
        }
        self.inside = letters >> (STRIDE - 1) & 1;
        self.inside_digits = digits >> (STRIDE - 1) & 1;
    }
}

/// Of the places where letters begin those that stand right behind a digit, or whose letters a digit follows.
fn touching(letters: u64, starts: u64, digits: u64, behind_digits: u64) -> u64 {
    let (mut last, mut found) = (letters & digits >> 1, starts & behind_digits);
    while last != 0 {
        let before = !letters & ((last & last.wrapping_neg()) - 1);
        found |= starts & 1_u64.checked_shl(u64::BITS - before.leading_zeros()).unwrap_or_default();
        last &= last - 1;
    }
    found
}

/// Those of some places in the block at a byte where a word may begin that is a number word.
fn may_be_numerals(bytes: &[u8], at: usize, letters: u64, mut places: u64) -> u64 {
    let mut found = 0;
    if places != 0 {
        let (block, sought) = (block(bytes, at), tables::sought());
        while places != 0 {
            let n = places.trailing_zeros() as usize;
            let may_be = sought.begins.may_have(&block, n) && sought.heads.may_have_head(blocks::head_at(&block, letters, n));
            found |= u64::from(may_be) << n;
            places &= places - 1;
        }
    }
    found
}

/// Where the words of a passage begin that may be number words: for who looks at no other words.
#[must_use]
pub fn numerals(passage: &str, words: &WordBits) -> Vec<u32> {
    let (bytes, mut inside, mut found) = (passage.as_bytes(), 0, Vec::new());
    for at in (0..bytes.len()).step_by(STRIDE) {
        let letters = words.at(at) & !words.digits_at(at);
        let mut places = may_be_numerals(bytes, at, letters, letters & !(letters << 1 | inside) & OWN);
        inside = letters >> (STRIDE - 1) & 1;
        while places != 0 {
            found.push(Span::from(0..at).end + places.trailing_zeros());
            places &= places - 1;
        }
    }
    found
}

fn may_be_numeral(bytes: &[u8], at: usize) -> bool {
    let len = letters(bytes, at);
    len > 0 && tables::sought().heads.may_have_head(blocks::head(bytes, at, len))
}

/// How many of the eight bytes from `at` on are letters.
fn letters(bytes: &[u8], at: usize) -> usize {
    let eight = bytes.get(at..).unwrap_or_default().iter().take(8);
    eight.take_while(|b| b.is_ascii_alphabetic() || !b.is_ascii() && !matches!(b, 0xC2 | 0xE2)).count()
}

/// Where the letters at byte `at` end.
pub(super) fn behind_word(bytes: &[u8], at: usize) -> usize {
    let is_letter = |b: u8| b.is_ascii_alphabetic() || !b.is_ascii() && !matches!(b, 0xC2 | 0xE2);
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&b| !is_letter(b)).unwrap_or(rest.len())
}
