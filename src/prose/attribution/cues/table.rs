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

/// Words as numbers, each with what it tells. All that a text's words are looked up in is small, and lies close together:
/// between two texts much else passes through the caches.
pub struct Short<T> {
    /// A bit for each word: small enough to stay in the nearest cache.
    filter: Box<[u64; BITS / 64]>,
    /// Which of the words is looked at first, by the hash; 0 where none is.
    slots: Box<[u16; SLOTS]>,
    /// The first is no word.
    words: Vec<Word<T>>,
}

/// A word of a table.
#[derive(Clone, Copy, Debug, Default)]
struct Word<T> {
    /// Its first and second eight bytes, in small letters.
    low: u64,
    high: u64,
    tells: T,
}

impl<T: Copy + Default> Short<T> {
    /// Without words.
    pub fn new() -> Self {
        Self { filter: Box::new([0; BITS / 64]), slots: Box::new([0; SLOTS]), words: vec![Word::default()] }
    }

    /// Adds a word in small letters. Answers whether it fits. Those that come first are found soonest.
    pub fn insert(&mut self, word: &str, tells: T) -> bool {
        if word.is_empty() || word.len() > SHORT || !word.is_ascii() || self.words.len() > SLOTS / 2 {
            return false;
        }
        let Latin { low, high, .. } = Latin::new(word.as_bytes(), 0, word.len());
        let hash = hash(low, high);
        let mut at = slot(hash);
        while self.slots[at] != 0 {
            at = (at + 1) % SLOTS;
        }
        self.slots[at] = u16::try_from(self.words.len()).unwrap_or_default();
        self.filter[bit(hash) / 64] |= 1 << (bit(hash) % 64);
        self.words.push(Word { low, high, tells });
        true
    }

    /// What a word tells; of one that was not added, what none tells.
    #[inline]
    pub fn find(&self, word: Latin) -> &T {
        let hash = hash(word.low, word.high);
        if self.filter[bit(hash) / 64] >> (bit(hash) % 64) & 1 == 0 {
            return &self.words[0].tells;
        }
        let mut at = slot(hash);
        loop {
            let number = usize::from(self.slots[at % SLOTS]);
            let Word { low, high, ref tells } = self.words[number];
            if (low, high) == (word.low, word.high) || number == 0 {
                return tells;
            }
            at += 1;
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
        Self::of(blocks::eight(bytes, from), blocks::eight(bytes, from + 8), to.saturating_sub(from))
    }

    /// The word of `len` bytes that begins with the first of two eights.
    #[expect(clippy::inline_always, reason = "a few instructions for each word of what is read for speakers")]
    #[inline(always)]
    pub fn of(first: u64, second: u64, len: usize) -> Self {
        let [low, high] = KEPT[len % KEPT.len()];
        // Of letters and digits only capitals are without this bit. It is set in digits and signs already.
        Self { capital: first & 0x20 == 0, low: (first | SMALL) & low, high: (second | SMALL) & high }
    }
}

#[inline]
fn hash(low: u64, high: u64) -> u64 {
    (low ^ high.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The bit that makes a letter small, for eight.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// Of two eights the first so many bytes.
const KEPT: [[u64; 2]; 2 * SHORT] = {
    let mut kept = [[0, 0]; 2 * SHORT];
    let mut len = 1;
    while len <= SHORT {
        kept[len] = [u64::MAX >> (64 - 8 * if len < 8 { len } else { 8 }), if len > 8 { u64::MAX >> (128 - 8 * len) } else { 0 }];
        len += 1;
    }
    kept
};

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
            let mut table = Short::new();
            let mut known: Vec<&String> = Vec::new();
            for word in &words {
                if !known.contains(&word) {
                    known.push(word);
                    prop_assert!(table.insert(word, known.len()));
                }
            }
            for (number, word) in (1..).zip(&known) {
                for word in [(*word).clone(), word.to_ascii_uppercase()] {
                    let text = format!("Ж{word}");
                    prop_assert_eq!(table.find(Latin::new(text.as_bytes(), 2, text.len())), &number);
                    let text = format!("{text} and more of it");
                    prop_assert_eq!(table.find(Latin::new(text.as_bytes(), 2, word.len() + 2)), &number);
                }
            }
            prop_assert_eq!(*table.find(Latin::new(other.as_bytes(), 0, other.len())) > 0, known.contains(&&other));
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
