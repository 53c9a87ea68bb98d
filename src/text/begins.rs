//! Which words a list may hold, told by their first three bytes: the cheapest look of all.
//!
//! Most words of a text are on no list. This tells so of most of them before it is known where they end; what passes is
//! looked at better, by its head (`blocks::head`) and then as a whole.

use super::blocks::BLOCK;

/// A filter of words: some that are not among them pass too. Letters of ASCII count in any case.
#[derive(Clone, Debug)]
pub struct Begins(Box<[u64; 1 << (BITS - 6)]>);

/// Of three bytes five bits each.
const BITS: u32 = 15;

/// All that a byte behind a short word may be, as far as it counts.
const ANY: std::ops::Range<u8> = 0..32;

impl Default for Begins {
    fn default() -> Self {
        Self(Box::new([0; 1 << (BITS - 6)]))
    }
}

impl Begins {
    /// Of some words. Shorter ones than three bytes stand for all that may follow them.
    pub fn of<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> Self {
        let mut begins = Self::default();
        for word in words {
            match *word.as_ref() {
                [] => {}
                [a] => ANY.for_each(|b| ANY.for_each(|c| begins.insert([a, b, c]))),
                [a, b] => ANY.for_each(|c| begins.insert([a, b, c])),
                [a, b, c, ..] => begins.insert([a, b, c]),
            }
        }
        begins
    }

    /// The bits it is made of.
    #[must_use]
    pub fn bits(&self) -> &[u64] {
        &*self.0
    }

    /// Of the bits of another; `None` when they are not as many.
    #[must_use]
    pub fn of_bits(bits: &[u64]) -> Option<Self> {
        Some(Self(Box::new(bits.try_into().ok()?)))
    }

    /// Whether a word that begins at byte `n` of a block may be among them. Where the block does not show three of its bytes, it may.
    #[inline]
    #[must_use]
    pub fn may_have(&self, block: &[u8; BLOCK], n: usize) -> bool {
        let Some(four) = block.get(n..n + 4).and_then(|four| four.first_chunk()) else { return true };
        let (cell, bit) = place(u32::from_le_bytes(*four));
        self.0[cell] & bit != 0
    }

    fn insert(&mut self, [a, b, c]: [u8; 3]) {
        let (cell, bit) = place(u32::from_le_bytes([a, b, c, 0]));
        self.0[cell] |= bit;
    }
}

/// The lower five bits of a letter are the same in both cases.
#[inline]
fn place(four: u32) -> (usize, u64) {
    let hash = (four & 0x001F_1F1F).wrapping_mul(0x9E37_79B1);
    ((hash >> (38 - BITS)) as usize, 1 << (hash >> (32 - BITS) & 63))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::blocks::block;

    proptest! {
        #[test]
        fn no_word_is_missed(words in prop::collection::vec("[a-zA-Z0-9жé]{0,5}", 0..5), which in 0..5_usize, behind in ".{0,3}", at in 0..BLOCK) {
            let begins = Begins::of(&words);
            if let Some(word) = words.get(which).filter(|word| !word.is_empty()) {
                let text = [" ".repeat(at), word.to_ascii_uppercase(), behind].concat();
                prop_assert!(begins.may_have(&block(text.as_bytes(), 0), at));
                prop_assert!(begins.may_have(&block(text.to_ascii_lowercase().as_bytes(), 0), at));
            }
        }
    }

    #[test]
    fn most_other_words_are_told() {
        let begins = Begins::of(["seven", "six", "of"]);
        let passes = |word: &str| begins.may_have(&block(word.as_bytes(), 0), 0);
        assert!(passes("Seven") && passes("sixty") && passes("of "));
        assert!(["the", "mission", "left", "Minsk", "on "].into_iter().all(|word| !passes(word)));
    }
}
