//! A passage as numbers of words, read where a phrase may begin and no further than it may go.

use crate::prose::heads::capitalised;
use crate::text::blocks;

/// One word of a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// First byte in the passage.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// Its number; [`UNKNOWN`] when no pattern names it.
    pub id: u16,
    /// Whether a mark stands between it and the word before: a comma, a bracket, a full stop.
    pub behind_mark: bool,
}

/// The number of every word that no pattern names.
pub(super) const UNKNOWN: u16 = 0;

/// The number of every word that begins with a digit; patterns write it `0`.
pub(super) const DIGITS: u16 = 1;

/// The words that patterns name, by number.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// Their hashes, each at its place or right behind: at most half of all places are taken.
    places: Vec<Known>,
    /// How many are taken.
    taken: usize,
    written: Vec<String>,
}

/// A word of a hash.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    hash: u64,
    /// [`UNKNOWN`] where none is.
    id: u16,
    /// Whether it has at most [`STEP`] bytes.
    short: bool,
}

/// Bytes that one step of a hash takes up. It loses nothing of them: two words of no more that have one hash are the same.
const STEP: usize = 8;

impl Vocabulary {
    pub(super) fn new() -> Self {
        let mut empty = Self { places: vec![Known::default(); 1 << 8], taken: 0, written: vec![String::new()] };
        empty.number("0");
        empty
    }

    /// The number of a word in lower case, which is made when it is new.
    pub(super) fn number(&mut self, word: &str) -> u16 {
        if let Some(known) = self.known(hash(word)) {
            return known.id;
        }
        let id = u16::try_from(self.written.len()).unwrap_or(UNKNOWN);
        self.written.push(word.to_owned());
        // Letters of ASCII are hashed in lower case; of the others a capital at the head is looked up as such.
        let capitalised = if word.is_ascii() { None } else { Some(capitalised(word)) };
        for form in [Some(word), capitalised.as_deref()].into_iter().flatten() {
            self.insert(Known { hash: hash(form), id, short: form.len() <= STEP });
        }
        id
    }

    fn insert(&mut self, known: Known) {
        if 2 * self.taken >= self.places.len() {
            let more = vec![Known::default(); 2 * self.places.len()];
            let all = std::mem::replace(&mut self.places, more);
            self.taken = 0;
            all.into_iter().filter(|known| known.id != UNKNOWN).for_each(|known| self.insert(known));
        }
        let mut at = self.place(known.hash);
        while self.places[at].id != UNKNOWN && self.places[at].hash != known.hash {
            at = (at + 1) % self.places.len();
        }
        self.taken += usize::from(self.places[at].id == UNKNOWN);
        self.places[at] = known;
    }

    /// The word of a hash.
    fn known(&self, hash: u64) -> Option<Known> {
        let mut at = self.place(hash);
        loop {
            let known = *self.places.get(at)?;
            if known.hash == hash || known.id == UNKNOWN {
                return Some(known).filter(|known| known.id != UNKNOWN);
            }
            at = if at + 1 < self.places.len() { at + 1 } else { 0 };
        }
    }

    #[inline]
    fn place(&self, hash: u64) -> usize {
        // Their number is a power of two; the upper bits are the better ones.
        usize::try_from(hash >> 40).unwrap_or_default() & (self.places.len() - 1)
    }

    /// The words by number.
    pub(super) fn words(&self) -> &[String] {
        &self.written
    }

    /// The next word from byte `at` on; a mark may stand before it already.
    fn word(&self, passage: &str, mut at: usize, mut behind_mark: bool) -> Option<Word> {
        let bytes = passage.as_bytes();
        loop {
            if at >= bytes.len() {
                return None;
            }
            let len = gap(bytes, at);
            if len == 0 {
                break;
            }
            behind_mark |= is_mark(bytes, at);
            at += len;
        }
        let start = at;
        let (hash, end) = read(bytes, at);
        at = end;
        let digits = bytes[start].is_ascii_digit();
        let id = if digits { DIGITS } else { self.id(hash, passage.get(start..at).unwrap_or_default()) };
        let place = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Some(Word { start: place(start), end: place(at), id, behind_mark })
    }

    /// The number of a written word whose hash is known.
    fn id(&self, hash: u64, word: &str) -> u16 {
        let Some(Known { id, short, .. }) = self.known(hash) else { return UNKNOWN };
        let is = |written: &String| written.eq_ignore_ascii_case(word) || *written == word.to_lowercase();
        // Two long words of one hash are a matter of ill will; they must still not be confused.
        if short && word.len() <= STEP || self.written.get(usize::from(id)).is_some_and(is) { id } else { UNKNOWN }
    }
}

/// The words of a passage from one of them on, read as far as they are asked for. One room serves all places of a passage.
pub(super) struct Ahead<'a> {
    vocabulary: &'a Vocabulary,
    passage: &'a str,
    words: [Word; MOST],
    known: usize,
}

/// More words than this no pattern looks at.
pub(super) const MOST: usize = 24;

impl<'a> Ahead<'a> {
    /// Of a passage.
    pub(super) fn new(vocabulary: &'a Vocabulary, passage: &'a str) -> Self {
        let nothing = Word { start: 0, end: 0, id: UNKNOWN, behind_mark: false };
        Self { vocabulary, passage, words: [nothing; MOST], known: 0 }
    }

    /// Goes to the word that begins at byte `start`, and tells it.
    pub(super) fn begin(&mut self, start: usize) -> Option<Word> {
        self.words[0] = self.vocabulary.word(self.passage, start, false)?;
        self.known = 1;
        Some(self.words[0])
    }

    /// The word `n` words on.
    pub(super) fn word(&mut self, n: usize) -> Option<Word> {
        while self.known <= n.min(MOST - 1) {
            let last = self.words.get(self.known.checked_sub(1)?)?;
            self.words[self.known] = self.vocabulary.word(self.passage, last.end as usize, false)?;
            self.known += 1;
        }
        self.words.get(n).copied()
    }

    /// Tells the first word that a mark stands before it, if one does. Most patterns fail before they ask.
    pub(super) fn look_behind(&mut self) {
        self.words[0].behind_mark = behind_mark(self.passage, self.words[0].start as usize);
    }
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;

/// Eight bytes further, with zeros behind the word's end; letters of ASCII in lower case.
#[inline]
const fn step(hash: u64, eight: u64) -> u64 {
    // Bytes of ASCII have their highest bit free; digits have the bit that makes letters small.
    let small = eight | (!eight & blocks::all(0x80)) >> 2;
    let mixed = (hash ^ small).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ mixed >> 32
}

/// The hash of the word that begins at byte `at`, and where it ends. Eight bytes at a time: words are read often.
fn read(bytes: &[u8], mut at: usize) -> (u64, usize) {
    let mut hash = SEED;
    loop {
        let eight = blocks::eight(bytes, at);
        let len = blocks::word_from(eight);
        at += len;
        match len {
            0 => return (hash, at),
            8 => hash = step(hash, eight),
            _ => return (step(hash, eight & ((1 << (8 * len)) - 1)), at),
        }
    }
}

/// The hash of a whole word, whatever it holds.
fn hash(word: &str) -> u64 {
    (0..word.len()).step_by(8).fold(SEED, |hash, at| step(hash, blocks::eight(word.as_bytes(), at)))
}

/// Which ASCII bytes are no part of a word.
#[expect(clippy::cast_possible_truncation, reason = "the byte is below 256")]
static GAPS: [bool; 256] = {
    let mut gaps = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        gaps[byte] = !(byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    gaps[0xC2] = true;
    gaps[0xE2] = true;
    gaps
};

/// Length of the gap between words at byte `at`; 0 inside a word. The characters of U+0080–00BF (nbsp,
/// guillemets) and U+2000–2FFF (dashes, curly marks) are gaps; other letters beyond ASCII are words.
fn gap(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        byte if !GAPS[byte as usize] => 0,
        0xC2 => 2.min(bytes.len() - at),
        0xE2 => 3.min(bytes.len() - at),
        _ => 1,
    }
}

/// Whether the gap at byte `at` is a mark that parts phrases, and no space, hyphen or apostrophe.
fn is_mark(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b' ' | b'\n' | b'\r' | b'\t' | b'-' | b'\'' => false,
        0xC2 => bytes.get(at + 1) != Some(&0xA0),
        0xE2 => !matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x90 | 0x91 | 0x99 | 0xAF])),
        _ => true,
    }
}

/// Whether a mark stands between the word at byte `start` and the one before, or no word does.
fn behind_mark(passage: &str, start: usize) -> bool {
    let bytes = passage.as_bytes();
    let mut at = start;
    while at > 0 {
        at = passage.floor_char_boundary(at - 1);
        if gap(bytes, at) == 0 {
            return false;
        }
        if is_mark(bytes, at) {
            return true;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_word_is_read_as_far_as_no_gap_stands(text in "([a-zA-Z0-9]{1,12}|ж|É|—|\u{a0}|«|𝕏|中| |-|\u{0}|@|\\[|\\{|`|/|:){0,12}") {
            let bytes = text.as_bytes();
            for at in 0..=bytes.len() {
                let end = (at..bytes.len()).find(|&n| gap(bytes, n) > 0).unwrap_or(bytes.len());
                let (hashed, got) = read(bytes, at);
                prop_assert_eq!(got, end);
                if let Some(word) = text.get(at..end) {
                    prop_assert_eq!(hashed, hash(word));
                    prop_assert_eq!(hashed, hash(&word.to_ascii_uppercase()));
                }
            }
        }
    }
}
