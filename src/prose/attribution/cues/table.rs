//! Short Latin words by their bytes, and which Cyrillic words need not be looked up.
//!
//! A word of sixteen bytes is two numbers; one bit each turns a letter small. That makes looking up cheaper than
//! reading the word a second time.

use crate::text::blocks;

/// Bytes of the longest word kept here.
pub const SHORT: usize = 16;

/// Slots; a power of two, a few times the number of words.
const SLOTS: usize = 1 << 13;
/// Bits of the filter in front of the slots.
const BITS: usize = 1 << 14;

/// Words as numbers: first and second eight bytes, in small letters.
pub struct Short {
    /// A bit for each word: small enough to stay in the nearest cache.
    filter: Box<[u64; BITS / 64]>,
    slots: Box<[(u64, u64, u16)]>,
    len: usize,
}

impl Short {
    /// Without words.
    pub fn new() -> Self {
        Self { filter: Box::new([0; BITS / 64]), slots: vec![(0, 0, 0); SLOTS].into_boxed_slice(), len: 0 }
    }

    /// Adds a word in small letters. Answers whether it fits.
    pub fn insert(&mut self, word: &str, index: u16) -> bool {
        if word.is_empty() || word.len() > SHORT || !word.is_ascii() || self.len > SLOTS / 2 {
            return false;
        }
        let word = Latin::new(word.as_bytes(), 0, word.len());
        let hash = word.hash();
        let mut at = slot(hash);
        while self.slots[at].0 != 0 {
            at = (at + 1) % SLOTS;
        }
        self.slots[at] = (word.low, word.high, index);
        self.filter[bit(hash) / 64] |= 1 << (bit(hash) % 64);
        self.len += 1;
        true
    }

    /// The index of a word.
    #[inline]
    pub fn find(&self, word: Latin) -> Option<u16> {
        let hash = word.hash();
        if self.filter[bit(hash) / 64] >> (bit(hash) % 64) & 1 == 0 {
            return None;
        }
        let mut at = slot(hash);
        loop {
            let (low, high, index) = self.slots[at];
            if (low, high) == (word.low, word.high) {
                return Some(index);
            }
            if low == 0 {
                return None;
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// A word of at most [`SHORT`] Latin letters, digits and signs, as two numbers.
#[derive(Clone, Copy)]
pub struct Latin {
    /// Whether it begins with a capital letter.
    pub capital: bool,
    low: u64,
    high: u64,
}

impl Latin {
    /// The word from one byte to another: letters, digits, `'`, `-` and `.` alone, [`SHORT`] bytes at most.
    #[inline]
    pub fn new(bytes: &[u8], from: usize, to: usize) -> Self {
        let len = to.saturating_sub(from);
        let second = if len > 8 { blocks::eight(bytes, from + 8) } else { 0 };
        Self::of(blocks::eight(bytes, from), second, len)
    }

    /// The word of `len` bytes that begins with the first of two eights.
    #[expect(clippy::inline_always, reason = "a few instructions for each word of what is read for speakers")]
    #[inline(always)]
    pub fn of(first: u64, second: u64, len: usize) -> Self {
        // Of letters and digits only capitals are without this bit.
        Self { capital: first & 0x20 == 0, low: fold(first, len), high: if len > 8 { fold(second, len - 8) } else { 0 } }
    }

    fn hash(self) -> u64 {
        (self.low ^ self.high.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// Letters made small: the bit that does it is set in digits and signs already. Only the first bytes are kept.
#[inline]
fn fold(word: u64, len: usize) -> u64 {
    (word | 0x2020_2020_2020_2020) & KEPT[len.min(8)]
}

/// So many bytes from the first on.
const KEPT: [u64; 9] =
    [0, u64::MAX >> 56, u64::MAX >> 48, u64::MAX >> 40, u64::MAX >> 32, u64::MAX >> 24, u64::MAX >> 16, u64::MAX >> 8, u64::MAX];

const _: () = assert!(SLOTS == 1 << (64 - 51) && BITS == 1 << (64 - 50));

// The upper bits of a product depend on all bytes; the slot is told by the first of those that tell the bit.

fn slot(hash: u64) -> usize {
    (hash >> 51) as usize % SLOTS
}

fn bit(hash: u64) -> usize {
    (hash >> 50) as usize % BITS
}

/// A bit for the first three letters of each Cyrillic word. No ending reaches into them.
pub struct Beginnings(Box<[u64]>);

impl Beginnings {
    /// Without words.
    pub fn new() -> Self {
        Self(vec![0; (1 << 15) / 64].into())
    }

    /// Adds a word.
    pub fn insert(&mut self, word: &str) {
        if let Some(at) = beginning(word.as_bytes())
            && let Some(bits) = self.0.get_mut(at / 64)
        {
            *bits |= 1 << (at % 64);
        }
    }

    /// Whether a word with this beginning was added, or the beginning is of another kind.
    pub fn may_hold(&self, word: &str) -> bool {
        beginning(word.as_bytes()).is_none_or(|at| self.0.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1))
    }
}

/// The first three letters as fifteen bits, whatever their case; `None` unless they are Cyrillic, or all there is.
fn beginning(word: &[u8]) -> Option<usize> {
    let mut at = 0;
    for letter in word.chunks(2).take(3) {
        let &[first @ (0xD0 | 0xD1), second] = letter else { return None };
        let letter = usize::from(first & 31) << 6 | usize::from(second & 63);
        // The large letters with a stroke, from Ѐ to Џ, stand five rows before the small ones.
        let letter = if letter < 0x410 { letter + 0x50 } else { letter };
        at = at << 5 | letter & 31;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_is_found_in_any_case_and_no_other_is(words in prop::collection::vec("[a-z][a-z'.-]{0,15}", 1..60), other in "[a-z0-9'.-]{1,16}") {
            let number = |n: usize| u16::try_from(n).expect("fewer than sixty words");
            let mut table = Short::new();
            let mut known: Vec<&String> = Vec::new();
            for word in &words {
                if !known.contains(&word) {
                    prop_assert!(table.insert(word, number(known.len())));
                    known.push(word);
                }
            }
            for (index, word) in known.iter().enumerate() {
                for word in [(*word).clone(), word.to_ascii_uppercase()] {
                    let text = format!("Ж{word}");
                    prop_assert_eq!(table.find(Latin::new(text.as_bytes(), 2, text.len())), Some(number(index)));
                    let text = format!("{text} and more of it");
                    prop_assert_eq!(table.find(Latin::new(text.as_bytes(), 2, word.len() + 2)), Some(number(index)));
                }
            }
            prop_assert_eq!(table.find(Latin::new(other.as_bytes(), 0, other.len())).is_some(), known.contains(&&other));
        }
    }

    #[test]
    fn cyrillic_words_are_told_apart_by_their_beginning() {
        let mut beginnings = Beginnings::new();
        for word in ["заявил", "ёлка", "он"] {
            beginnings.insert(word);
        }
        for word in ["Заявление", "ЗАЯВИТЬ", "Ёлки", "Он", "naïve", "по-русски", "за-", "Éc"] {
            assert!(beginnings.may_hold(word), "{word}");
        }
        for word in ["мост", "за", "она", "о", "его"] {
            assert!(!beginnings.may_hold(word), "{word}");
        }
    }
}
