//! Answering "certainly not" quickly, for most words of a text, from tables that stay in the cache.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use rayon::prelude::*;

/// Some keys, of which it is told that they may be among them.
#[derive(Clone, Copy, Debug)]
pub struct Filter<'t> {
    bits: &'t [u64],
}

impl<'t> Filter<'t> {
    /// Of what [`bits_of`] made.
    pub fn of(bits: &'t [u64]) -> Self {
        Self { bits }
    }

    /// Whether the key may be among those added.
    pub fn may_have(self, key: u64) -> bool {
        self.bits.get(place(key, self.bits.len())).is_some_and(|word| word >> (key >> 34 & 63) & 1 == 1)
    }
}

/// The bits of a filter of hashes. So small that it stays in the cache: names begin with far fewer words than they are.
pub fn bits_of(mut keys: Vec<u64>) -> Vec<u64> {
    keys.par_sort_unstable();
    keys.dedup();
    let words = (keys.len().max(64) * 16).next_power_of_two() / 64;
    let mut bits = vec![0; words.min(1 << 18)];
    for key in keys {
        let at = place(key, bits.len());
        bits[at] |= 1 << (key >> 34 & 63);
    }
    bits
}

/// Where a key is among so many words of bits, a power of two.
fn place(key: u64, words: usize) -> usize {
    (key >> 40) as usize & words.wrapping_sub(1)
}

/// The hashes of whole names and of their beginnings, and where the entries of whole names begin: all told by one look.
///
/// Hashes are parted by their upper bits, as entries are sorted by them.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'t> {
    /// One for each part, and one behind.
    parts: &'t [Part],
    /// Upper bits of a hash, less those that tell its part.
    rest: u32,
}

/// One of the equal parts of all hashes.
#[derive(Clone, Copy, Debug, Default, Pod, Zeroable)]
#[repr(C)]
pub struct Part {
    /// Two bits for each beginning of a name that has more words.
    beginnings: u32,
    /// Two bits for each whole name.
    wholes: u32,
    /// How many entries lie in the parts before.
    from: u32,
}

/// So many entries are together in a part, one with another: they lie side by side, while every part takes room of its own.
const TOGETHER: usize = 3;

/// Bits of a hash that entries are sorted by.
pub const SORTED_BITS: u32 = 26;

/// The part of a hash that entries are sorted by.
pub fn sorted(hash: u64) -> u32 {
    (hash >> 16) as u32 & ((1 << SORTED_BITS) - 1)
}

/// Parts that are being made.
pub struct PartsToBe {
    parts: Vec<Part>,
    rest: u32,
}

impl PartsToBe {
    /// With room for so many names.
    pub fn with_room(names: usize) -> Self {
        let count = (names / TOGETHER).next_power_of_two().clamp(1 << 4, 1 << SORTED_BITS);
        Self { parts: vec![Part::default(); count + 1], rest: rest(count + 1) }
    }

    /// Adds the hash of the first words of a name, which has more.
    pub fn add_beginning(&mut self, hash: u64) {
        let place = self.place(sorted(hash));
        if let Some(part) = self.parts.get_mut(place) {
            part.beginnings |= bits(hash);
        }
    }

    /// Adds the hash of a whole name.
    pub fn add_whole(&mut self, hash: u64) {
        let place = self.place(sorted(hash));
        if let Some(part) = self.parts.get_mut(place) {
            part.wholes |= bits(hash);
        }
    }

    /// Takes in where the entries lie, whose hashes are told in their order; then they are made.
    pub fn divide(mut self, sorted: impl ExactSizeIterator<Item = u32>) -> Vec<Part> {
        let (mut from, count) = (0, sorted.len() as u32);
        for (number, hash) in (0..).zip(sorted) {
            let place = self.place(hash);
            self.parts[from..=place].iter_mut().for_each(|part| part.from = number);
            from = place + 1;
        }
        self.parts[from..].iter_mut().for_each(|part| part.from = count);
        self.parts
    }

    fn place(&self, sorted: u32) -> usize {
        (sorted >> self.rest) as usize
    }
}

impl<'t> Parts<'t> {
    /// Of what [`PartsToBe`] became.
    pub fn of(parts: &'t [Part]) -> Self {
        Self { parts, rest: rest(parts.len()) }
    }

    /// Whether more words may follow those of a hash in one name.
    #[inline]
    pub fn may_go_on(self, hash: u64) -> bool {
        self.parts.get(self.place(sorted(hash))).is_some_and(|part| !part.beginnings & bits(hash) == 0)
    }

    /// The numbers of the entries among which those of a hash are; of most that have none, none.
    #[inline]
    pub fn entries(self, hash: u64) -> Range<usize> {
        match self.parts.get(self.place(sorted(hash))..) {
            Some([part, next, ..]) if !part.wholes & bits(hash) == 0 => part.from as usize..next.from as usize,
            _ => 0..0,
        }
    }

    fn place(self, sorted: u32) -> usize {
        (sorted >> self.rest) as usize
    }
}

/// How many bits of a hash are left beside those that tell its part, when there are so many, a power of two, and one behind.
fn rest(parts: usize) -> u32 {
    SORTED_BITS.saturating_sub(parts.saturating_sub(1).max(1).ilog2())
}

fn bits(hash: u64) -> u32 {
    1 << (hash & 31) | 1 << (hash >> 5 & 31)
}
