//! The trie's edges: from a node over a token's key to the next node, eight bytes each.
//!
//! A table with open addressing, of which one step reads one line of the cache. It keeps half of a key;
//! two edges that agree in it become one, which does no harm: every find is compared with the text.

/// The edges.
#[derive(Clone, Debug, Default)]
pub struct Edges {
    /// Half a key above, the node below; 0 where nothing stands. A power of two long, and never full.
    slots: Vec<u64>,
    used: usize,
}

impl Edges {
    /// With room for so many.
    pub fn with_room(edges: usize) -> Self {
        Self { slots: vec![0; (edges.max(8) * 2).next_power_of_two()], used: 0 }
    }

    /// The node that a key leads to.
    #[inline]
    pub fn get(&self, key: u64) -> Option<u32> {
        let found = *self.slots.get(self.place(key)?)?;
        (found != 0).then_some(found as u32)
    }

    /// The node that a key leads to; `new`, which must not be 0, from now on if it led nowhere.
    pub fn insert(&mut self, key: u64, new: u32) -> u32 {
        if (self.used + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let Some(place) = self.place(key) else { return new };
        if self.slots[place] == 0 {
            self.slots[place] = key & HALF | u64::from(new);
            self.used += 1;
        }
        self.slots[place] as u32
    }

    /// Where a key stands, or should stand; `None` in a table of no length.
    #[inline]
    fn place(&self, key: u64) -> Option<usize> {
        let last = self.slots.len().checked_sub(1)?;
        let mut at = (key >> 32) as usize & last;
        while self.slots[at] != 0 && (self.slots[at] ^ key) & HALF != 0 {
            at = (at + 1) & last;
        }
        Some(at)
    }

    /// Twice as long. What stood is put in by what is kept of its key: its place depends on no other part.
    fn grow(&mut self) {
        let before = std::mem::take(self);
        *self = Self::with_room(before.slots.len());
        for slot in before.slots.into_iter().filter(|&slot| slot != 0) {
            if let Some(place) = self.place(slot) {
                self.slots[place] = slot;
                self.used += 1;
            }
        }
    }
}

/// The part of a key that is kept.
const HALF: u64 = !0 << 32;
