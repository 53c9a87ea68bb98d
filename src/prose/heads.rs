//! Which words a list may hold, told by their first eight bytes.
//!
//! Most words of a text are on no list. A few instructions tell so, where a look-up would hash the
//! whole word and compare letters.

use crate::text::blocks;

/// A filter of words: some that are not among them pass too.
#[derive(Clone, Debug)]
pub struct Heads([u64; CELLS]);

const CELLS: usize = 128;

impl Heads {
    /// Of words in lower case. They are also known with a capital and in capitals; in Latin letters in any case.
    pub fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut heads = Self([0; CELLS]);
        for word in words {
            for form in forms(word) {
                let (cell, bit) = place(blocks::head(form.as_bytes(), 0, form.len()));
                heads.0[cell] |= bit;
            }
        }
        heads
    }

    /// Whether a word may be among them.
    #[inline]
    #[must_use]
    pub fn may_have(&self, word: &str) -> bool {
        self.may_have_bytes(word.as_bytes())
    }

    /// The same of a word's bytes.
    #[inline]
    #[must_use]
    pub fn may_have_bytes(&self, word: &[u8]) -> bool {
        !word.is_empty() && self.may_have_head(blocks::head_whole(word))
    }

    /// The same of a word whose head is known.
    #[inline]
    #[must_use]
    pub fn may_have_head(&self, head: u64) -> bool {
        let (cell, bit) = place(head);
        self.0[cell] & bit != 0
    }
}

fn place(head: u64) -> (usize, u64) {
    ((head >> 57) as usize % CELLS, 1 << (head >> 51 & 63))
}

/// A word in lower case as it stands in a text: so, with a capital, in capitals.
#[must_use]
pub fn forms(word: &str) -> [String; 3] {
    [word.to_owned(), capitalised(word), word.to_uppercase()]
}

/// With its first letter a capital.
#[must_use]
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
