//! Answering "certainly not" quickly, for most words of a text, from tables that stay in the cache.

use rayon::prelude::*;

/// Some keys, of which it is told that they may be among them.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    /// Of hashes. So small that it stays in the cache: names begin with far fewer words than they are.
    pub fn of(mut keys: Vec<u64>) -> Self {
        keys.par_sort_unstable();
        keys.dedup();
        let words = (keys.len().max(64) * 16).next_power_of_two() / 64;
        let mut filter = Self { bits: vec![0; words.min(1 << 18)] };
        for key in keys {
            let at = filter.place(key);
            filter.bits[at] |= 1 << (key >> 34 & 63);
        }
        filter
    }

    /// Whether the key may be among those added.
    pub fn may_have(&self, key: u64) -> bool {
        self.bits.get(self.place(key)).is_some_and(|word| word >> (key >> 34 & 63) & 1 == 1)
    }

    fn place(&self, key: u64) -> usize {
        (key >> 40) as usize & self.bits.len().wrapping_sub(1)
    }
}

/// The hashes of whole names and of their beginnings, both told by one look.
#[derive(Clone, Debug, Default)]
pub struct Steps {
    /// Two bits of the lower half for a beginning, two of the upper half for a whole name.
    words: Vec<u64>,
}

impl Steps {
    /// With room for so many names.
    pub fn with_room(names: usize) -> Self {
        Self { words: vec![0; (names / 3).max(16).next_power_of_two()] }
    }

    /// Adds the hash of the first words of a name, which has more.
    pub fn add_beginning(&mut self, hash: u64) {
        self.add(hash, bits(hash));
    }

    /// Adds the hash of a whole name.
    pub fn add_whole(&mut self, hash: u64) {
        self.add(hash, bits(hash) << 32);
    }

    /// Whether the words of a hash may be a name, and whether more words may follow them in one.
    #[inline]
    pub fn at(&self, hash: u64) -> (bool, bool) {
        let word = self.words.get(self.place(hash)).copied().unwrap_or_default();
        let missing = |bits: u64| !word & bits;
        (missing(bits(hash) << 32) == 0, missing(bits(hash)) == 0)
    }

    fn add(&mut self, hash: u64, bits: u64) {
        let place = self.place(hash);
        if let Some(word) = self.words.get_mut(place) {
            *word |= bits;
        }
    }

    fn place(&self, hash: u64) -> usize {
        (hash >> 36) as usize & self.words.len().wrapping_sub(1)
    }
}

fn bits(hash: u64) -> u64 {
    1 << (hash & 31) | 1 << (hash >> 5 & 31)
}
