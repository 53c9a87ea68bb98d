//! Where a name may begin: words told by their first eight bytes, before anything is cut or hashed.
//!
//! Only words of ASCII can be told so. Where another character stands in or beside a word, its place is always given.

use super::table::View;
use crate::text::blocks::{self, BLOCK, STRIDE, mask, view};

/// Walks a text from place to place.
pub struct Places<'g, 't> {
    table: &'t View<'g>,
    bytes: &'t [u8],
    /// Where the block at hand begins, and the next.
    at: usize,
    next: usize,
    /// 1 where a word, or a run of wide characters, goes on from the block before.
    inside: u64,
    inside_wide: u64,
    /// ASCII letters and digits, bytes of wide characters, and places where a name may begin for all that a first look tells, not yet
    /// looked at.
    letters: u64,
    wide: u64,
    places: u64,
}

/// Where a name may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The byte.
    pub at: usize,
    /// How many bytes of a word of ASCII stand there and no other character beside; 0 where that was not seen.
    pub ascii: usize,
}

impl<'g, 't> Places<'g, 't> {
    /// Of a text.
    pub fn of(table: &'t View<'g>, text: &'t str) -> Self {
        let bytes = text.as_bytes();
        Self { table, bytes, at: 0, next: 0, inside: 0, inside_wide: 0, letters: 0, wide: 0, places: 0 }
    }

    /// A byte from `from` on, such that no name begins between; `from` must lie behind a word. Calls must not go back.
    #[inline]
    pub fn next(&mut self, from: usize) -> Option<Place> {
        if self.bytes.get(from).is_some_and(|byte| !byte.is_ascii()) {
            return Some(Place { at: from, ascii: 0 });
        }
        loop {
            let seen = from.saturating_sub(self.at);
            self.places &= if seen < BLOCK { u64::MAX << seen } else { 0 };
            while self.places != 0 {
                let n = self.places.trailing_zeros();
                self.places &= self.places - 1;
                if let Some(ascii) = self.may_begin(n) {
                    return Some(Place { at: self.at + n as usize, ascii });
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
        let mut room = None;
        let block = view(self.bytes, self.at, &mut room);
        self.letters = mask(block, |b| b.is_ascii_digit() | (b | 0x20).is_ascii_lowercase());
        self.wide = mask(block, |b| b >= 0x80);
        let words = self.letters & !(self.letters << 1 | self.inside) & OWN;
        let wide = self.wide & !(self.wide << 1 | self.inside_wide) & OWN;
        self.inside = self.letters >> (STRIDE - 1) & 1;
        self.inside_wide = self.wide >> (STRIDE - 1) & 1;
        // Most words have no capital, and most of these begin like no name; in many corpora no name begins with a small letter. A word that reaches the end may go on behind it.
        let open = 1_u64.checked_shl(u64::BITS - self.letters.leading_ones()).unwrap_or_default();
        let mut small = if self.wide == 0 { words & !open & mask(block, |b| b & SMALL != 0) } else { 0 };
        self.places = words & !small | wide;
        let Some(begins) = self.table.lower_begins else { return };
        while small != 0 {
            let n = small.trailing_zeros() as usize;
            small &= small - 1;
            // Without a branch: what a word begins like changes from word to word.
            self.places |= u64::from(begins.may_have(block, n)) << n;
        }
    }

    /// Whether a name may begin with a word of the block, and what is known of that.
    fn may_begin(&self, n: u32) -> Option<usize> {
        let len = (self.letters >> n).trailing_ones();
        let behind = n + len;
        // A wide character, or one that goes on in one, or beyond the block.
        if len == 0 || behind as usize >= BLOCK || self.wide >> behind & 1 == 1 {
            return Some(0);
        }
        let (at, len) = (self.at + n as usize, len as usize);
        let capital = self.bytes.get(at).is_some_and(u8::is_ascii_uppercase);
        self.table.may_begin_so(blocks::head(self.bytes, at, len), capital).then_some(len)
    }
}

/// The bit that all letters and digits of ASCII have but capitals.
const SMALL: u8 = 0x20;

/// Bits of the bytes that a block shows as its own.
const OWN: u64 = u64::MAX >> (BLOCK - STRIDE);
