//! Where a number may begin: one scan over the passage's blocks.

use super::tables::{self, Sought};
use crate::text::blocks::{self, BLOCK, STRIDE, WordBits, block, mask};

/// Walks a passage from number to number.
pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    sought: &'static Sought,
    /// The block at hand, and the next.
    at: usize,
    next: usize,
    words: &'a WordBits,
    /// 1 where letters go on from the block before.
    inside: u64,
    block: [u8; BLOCK],
    /// The bytes of letters, and the places in the block not yet looked at: digits, and heads of words.
    letters: u64,
    places: u64,
}

impl<'a> Scan<'a> {
    /// Of a passage's bytes, whose words are known.
    pub(super) fn of(bytes: &'a [u8], words: &'a WordBits) -> Self {
        Self { bytes, sought: tables::sought(), at: 0, next: 0, words, inside: 0, block: [0; BLOCK], letters: 0, places: 0 }
    }

    /// The next byte from `from` on at which a digit stands or a word begins that may be a number word; so
    /// may what stands at `from` itself. Calls must not go back.
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        if self.bytes.get(from).is_some_and(|byte| !byte.is_ascii()) && self.may_be_numeral(from, letters(self.bytes, from)) {
            return Some(from);
        }
        loop {
            let seen = from.saturating_sub(self.at);
            self.places &= if seen < BLOCK { u64::MAX << seen } else { 0 };
            while self.places & (u64::MAX >> (BLOCK - STRIDE)) != 0 {
                let n = self.places.trailing_zeros() as usize;
                self.places &= self.places - 1;
                // A digit, or a word that may be a number.
                if self.letters >> n & 1 == 0 || self.sought.begins.may_have(&self.block, n) && self.may_be_numeral_in_block(n) {
                    return Some(self.at + n);
                }
            }
            if self.next >= self.bytes.len() {
                return None;
            }
            self.read();
        }
    }

    fn read(&mut self) {
        (self.at, self.next) = (self.next, self.next + STRIDE);
        self.block = block(self.bytes, self.at);
        let digits = mask(&self.block, |b| b.is_ascii_digit());
        self.letters = self.words.at(self.at) & !digits;
        self.places = digits | self.letters & !(self.letters << 1 | self.inside);
        self.inside = self.letters >> (STRIDE - 1) & 1;
    }

    fn may_be_numeral_in_block(&self, n: usize) -> bool {
        self.sought.heads.may_have_head(blocks::head_at(&self.block, self.letters, n))
    }

    fn may_be_numeral(&self, at: usize, len: usize) -> bool {
        len > 0 && self.sought.heads.may_have_head(blocks::head(self.bytes, at, len))
    }
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
