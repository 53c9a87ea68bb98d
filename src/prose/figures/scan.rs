//! Where a number may begin: digits block by block, and words that may be numbers, which are told.
//!
//! Both are noted while a text's words are read, and the numbers are read behind all of its passages: what reads them is much code,
//! which would have to be fetched again for each passage.

use super::tables;
use crate::text::Span;
use crate::text::blocks::{self, BLOCK, STRIDE, WordBits, block};

/// Where numbers may begin in a text: noted passage by passage while its words are read, and looked at behind them all.
#[derive(Debug, Default)]
pub struct Places {
    /// The passages that hold any, and where theirs end in each list.
    passages: Vec<(Span, usize, usize)>,
    /// Blocks with digits, or with words that touch some: the byte of the passage, and a bit for each such place.
    blocks: Vec<(u32, u64)>,
    /// Where words begin that may be numbers: bytes of the passage.
    numerals: Vec<u32>,
}

/// Those of one passage.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    /// The passage.
    pub span: Span,
    blocks: &'a [(u32, u64)],
    numerals: &'a [u32],
}

impl Places {
    /// Without any yet, with room for those of so many bytes: in most texts every fourth block holds a digit, or fewer.
    #[must_use]
    pub fn with_room(bytes: usize) -> Self {
        Self { passages: Vec::new(), blocks: Vec::with_capacity(bytes / (4 * STRIDE)), numerals: Vec::new() }
    }

    /// Of a text of one passage.
    pub(super) fn of(words: &str) -> Self {
        let (mut places, bits) = (Self::default(), WordBits::of(words));
        places.note(words, Span::from(0..words.len()), &bits, &numerals(words, &bits));
        places
    }

    /// Notes those of a passage, whose words `bits` tells. `numerals`: its bytes where words begin that may be
    /// [`number_words`](super::number_words), in order.
    pub fn note(&mut self, text: &str, passage: Span, bits: &WordBits, numerals: &[u32]) {
        let (bytes, begun) = (passage.slice(text).as_bytes(), self.blocks.len());
        // 1 where letters, or digits, go on from the block before.
        let (mut at, mut inside, mut inside_digits) = (0, 0, 0);
        while at < bytes.len() {
            // Most blocks hold no digit.
            let quiet = if inside_digits == 0 { bits.without_digits(at) } else { 0 };
            if quiet > 0 {
                at += quiet * STRIDE;
                inside = bits.at(at - STRIDE) >> (STRIDE - 1) & 1;
                continue;
            }
            let digits = bits.digits_at(at);
            let letters = bits.at(at) & !digits;
            let touching = touching(letters, letters & !(letters << 1 | inside), digits, digits << 1 | inside_digits) & OWN;
            let places = digits & OWN | may_be_numerals(bytes, at, letters, touching);
            if places != 0 {
                self.blocks.push((Span::from(0..at).end, places));
            }
            (inside, inside_digits) = (letters >> (STRIDE - 1) & 1, digits >> (STRIDE - 1) & 1);
            at += STRIDE;
        }
        self.numerals.extend_from_slice(numerals);
        if self.blocks.len() > begun || !numerals.is_empty() {
            self.passages.push((passage, self.blocks.len(), self.numerals.len()));
        }
    }

    /// Passage by passage.
    pub(super) fn passages(&self) -> impl Iterator<Item = Here<'_>> {
        let (mut block, mut numeral) = (0, 0);
        self.passages.iter().map(move |&(span, blocks, numerals)| {
            let here = Here { span, blocks: &self.blocks[block..blocks], numerals: &self.numerals[numeral..numerals] };
            (block, numeral) = (blocks, numerals);
            here
        })
    }
}

/// Walks a passage from number to number.
pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    /// What was not passed yet.
    blocks: &'a [(u32, u64)],
    numerals: &'a [u32],
}

/// Bits of the bytes that a block shows as its own.
const OWN: u64 = u64::MAX >> (BLOCK - STRIDE);

impl<'a> Scan<'a> {
    /// Of a passage's bytes.
    pub(super) fn of(bytes: &'a [u8], here: Here<'a>) -> Self {
        Self { bytes, blocks: here.blocks, numerals: here.numerals }
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
        numeral.into_iter().chain(self.next_in_blocks(from)).min()
    }

    fn next_in_blocks(&mut self, from: usize) -> Option<usize> {
        while let [(at, places), rest @ ..] = self.blocks {
            let at = *at as usize;
            let seen = from.saturating_sub(at);
            let left = if seen < BLOCK { places & u64::MAX << seen } else { 0 };
            if left != 0 {
                return Some(at + left.trailing_zeros() as usize);
            }
            self.blocks = rest;
        }
        None
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
