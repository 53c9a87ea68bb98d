//! Where a name may begin: words told by their first eight bytes, before anything is cut or hashed.
//!
//! Only words of ASCII can be told so. Where another character stands in or beside a word, its place is always given.

use super::table::Table;
use crate::text::blocks::{self, BLOCK, STRIDE, block, mask};

/// Walks a text from place to place.
pub struct Places<'g, 't> {
    table: &'g Table,
    bytes: &'t [u8],
    /// The block at hand, and the next.
    at: usize,
    next: usize,
    /// 1 where a word, or a run of wide characters, goes on from the block before.
    inside: u64,
    inside_wide: u64,
    block: [u8; BLOCK],
    /// ASCII letters and digits, bytes of wide characters, and places not yet looked at.
    letters: u64,
    wide: u64,
    places: u64,
    /// Words of ASCII that the block shows as a whole.
    whole: u64,
}

impl<'g, 't> Places<'g, 't> {
    /// Of a text.
    pub fn of(table: &'g Table, text: &'t str) -> Self {
        let bytes = text.as_bytes();
        Self { table, bytes, at: 0, next: 0, inside: 0, inside_wide: 0, block: [0; BLOCK], letters: 0, wide: 0, places: 0, whole: 0 }
    }

    /// A byte from `from` on, such that no name begins between; `from` must lie behind a word. Calls must not go back.
    #[inline]
    pub fn next(&mut self, from: usize) -> Option<usize> {
        if self.bytes.get(from).is_some_and(|byte| !byte.is_ascii()) {
            return Some(from);
        }
        loop {
            let seen = from.saturating_sub(self.at);
            self.places &= if seen < BLOCK { u64::MAX << seen } else { 0 };
            while self.places & (u64::MAX >> (BLOCK - STRIDE)) != 0 {
                let n = self.places.trailing_zeros();
                self.places &= self.places - 1;
                if self.may_begin(n) {
                    return Some(self.at + n as usize);
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
        self.letters = mask(&self.block, |b| b.is_ascii_digit() | (b | 0x20).is_ascii_lowercase());
        self.wide = mask(&self.block, |b| b >= 0x80);
        self.places = self.letters & !(self.letters << 1 | self.inside) | self.wide & !(self.wide << 1 | self.inside_wide);
        // A word that reaches the end may go on behind it.
        let open = 1_u64.checked_shl(u64::BITS - self.letters.leading_ones()).unwrap_or_default();
        self.whole = if self.wide == 0 { !open } else { 0 };
        self.inside = self.letters >> (STRIDE - 1) & 1;
        self.inside_wide = self.wide >> (STRIDE - 1) & 1;
    }

    fn may_begin(&self, n: u32) -> bool {
        let capital = self.block[n as usize % BLOCK].is_ascii_uppercase();
        // Most words have no capital, and most of these begin like no name.
        if self.whole >> n & 1 == 1 && !capital && !self.table.lower_begins.may_have(&self.block, n as usize) {
            return false;
        }
        let len = (self.letters >> n).trailing_ones();
        let behind = n + len;
        // A wide character, or one that goes on in one, or beyond the block.
        if len == 0 || behind as usize >= BLOCK || self.wide >> behind & 1 == 1 {
            return true;
        }
        let n = n as usize;
        self.table.may_begin_so(blocks::head_in(&self.block, n, len as usize), capital)
    }
}
