//! Sixty-four bytes at a time, each class of bytes as the bits of one number.
//!
//! Scans for word heads, digits or marks read a text so: classifying a block costs a few instructions
//! for sixteen bytes, and the places found are then taken bit by bit, without a branch for each byte.

use wide::u8x16;

use super::eight;

/// Bytes of a block.
pub const BLOCK: usize = 64;

/// How far a scan for words goes from block to block; the last eight bytes of a block show how the words go on that begin before.
pub const STRIDE: usize = 56;

/// The block at byte `at`; zeros behind the end.
#[inline]
#[must_use]
pub fn block(bytes: &[u8], at: usize) -> [u8; BLOCK] {
    let rest = bytes.get(at..).unwrap_or_default();
    if let Some(whole) = rest.first_chunk() {
        return *whole;
    }
    let mut block = [0; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// The same, without a copy where the text holds all of it; `room` takes up its last bytes.
#[inline]
#[must_use]
pub fn view<'a>(bytes: &'a [u8], at: usize, room: &'a mut Option<[u8; BLOCK]>) -> &'a [u8; BLOCK] {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk().unwrap_or_else(|| room.insert(block(rest, 0)))
}

/// One bit for each byte of a block of which `is` holds, the first byte's lowest.
#[expect(clippy::inline_always, reason = "only inlined the closure becomes instructions for sixteen bytes")]
#[inline(always)]
pub fn mask(block: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    let mut flags = [0_u8; BLOCK];
    for (flag, &byte) in flags.iter_mut().zip(block) {
        // As comparing sixteen at once leaves it: nothing is to be done for it.
        *flag = if is(byte) { u8::MAX } else { 0 };
    }
    let (sixteens, _) = flags.as_chunks();
    sixteens.iter().rev().fold(0, |mask, flags| mask << 16 | u64::from(u8x16::new(*flags).to_bitmask()))
}

/// Eight bytes from `at`, the first lowest; zeros behind the end.
#[inline]
#[must_use]
pub fn eight(bytes: &[u8], at: usize) -> u64 {
    let Some(rest) = bytes.get(at..) else { return 0 };
    rest.first_chunk().map_or_else(|| at_end(bytes, rest), |eight| u64::from_le_bytes(*eight))
}

/// The same of the last bytes, less than eight of them.
#[cold]
fn at_end(bytes: &[u8], rest: &[u8]) -> u64 {
    match bytes.last_chunk() {
        _ if rest.is_empty() => 0,
        // Those before them are shifted out.
        Some(last) => u64::from_le_bytes(*last) >> (64 - 8 * rest.len()),
        None => few(rest),
    }
}

/// The same of less than eight bytes: of those that are read twice both are the same.
#[inline]
fn few(bytes: &[u8]) -> u64 {
    let len = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (len - 4));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u16::from_le_bytes(*first)) | u64::from(u16::from_le_bytes(*last)) << (8 * (len - 2));
    }
    bytes.first().map_or(0, |&byte| u64::from(byte))
}

/// A byte in all eight places.
#[must_use]
pub const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// How many of eight bytes from the first on belong to one word, by the bytes alone: ASCII letters and digits, and all others beyond
/// ASCII but those that begin a mark ([`Words`]).
#[inline]
#[must_use]
pub const fn word_from(eight: u64) -> usize {
    eight::first(word_bytes(eight))
}

/// The same from the last one back.
#[inline]
#[must_use]
pub const fn word_before(eight: u64) -> usize {
    eight::last(word_bytes(eight))
}

/// Marks each byte that belongs to a word.
#[inline]
const fn word_bytes(eight: u64) -> u64 {
    // 0xC2 and 0xE2 begin marks; their lower bits but one are 0x42.
    let other = ((eight & all(0x7F) | all(0x20)) ^ all(0x62)) + all(0x7F);
    eight::letters(eight) | eight::digits(eight) | (other & eight)
}

/// A hash of a word's head: of the first eight of its `len` bytes from `at`, letters of ASCII in lower case. Its
/// upper bits are the better ones.
#[inline]
#[must_use]
pub fn head(bytes: &[u8], at: usize, len: usize) -> u64 {
    head_of(eight(bytes, at), len)
}

/// The same of a whole word, which nothing stands behind.
#[inline]
#[must_use]
pub fn head_whole(word: &[u8]) -> u64 {
    head_of(first_eight(word), word.len())
}

/// The first eight bytes, the first lowest; zeros behind fewer.
#[inline]
#[must_use]
pub fn first_eight(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or_else(|| few(bytes), |eight| u64::from_le_bytes(*eight))
}

/// The same of a word that begins at byte `n` of a block, which shows it as far as the block goes.
#[inline]
#[must_use]
pub fn head_in(block: &[u8; BLOCK], n: usize, len: usize) -> u64 {
    match block.get(n..n + 8).and_then(|eight| eight.first_chunk()) {
        Some(eight) => head_of(u64::from_le_bytes(*eight), len),
        None => head(block, n, len),
    }
}

/// The same where one bit for each byte of the block's words is known; `n` is at most 56.
#[inline]
#[must_use]
pub fn head_at(block: &[u8; BLOCK], words: u64, n: usize) -> u64 {
    let eight =
        block.get(n..n + 8).and_then(|eight| eight.first_chunk()).map_or_else(|| eight(block, n), |eight| u64::from_le_bytes(*eight));
    hash_of(eight, RUNS[usize::from((words >> (n % BLOCK)).to_le_bytes()[0])])
}

/// For each byte a byte of ones for every one of its lowest bits that are ones, the first always.
static RUNS: [u64; 256] = {
    let mut runs = [0; 256];
    let mut bits = 0_usize;
    while bits < 256 {
        let ones = bits.trailing_ones();
        runs[bits] = u64::MAX >> (64 - 8 * if ones == 0 { 1 } else { ones });
        bits += 1;
    }
    runs
};

#[inline]
fn hash_of(eight: u64, mask: u64) -> u64 {
    // Setting this bit folds the case of ASCII letters and leaves digits and spaces as they are.
    ((eight | 0x2020_2020_2020_2020) & mask).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The hash of a word's head that begins with these eight bytes, of so many.
#[inline]
#[must_use]
pub fn head_of(eight: u64, len: usize) -> u64 {
    hash_of(eight, u64::MAX >> (64 - 8 * len.clamp(1, 8)))
}

/// The words of a text, block by block.
///
/// A word is a run of ASCII letters and digits and of all characters beyond ASCII but those of
/// U+0080–00BF (nbsp, guillemets) and U+2000–2FFF (dashes, curly marks).
#[derive(Clone, Copy, Debug, Default)]
pub struct Words {
    /// Bits of the next block that belong to a mark at the end of this.
    spill: u64,
    /// All bytes beyond ASCII so far.
    beyond: u64,
}

impl Words {
    /// One bit for each byte of a word, of a block [`STRIDE`] bytes behind the one before; and one for each ASCII digit.
    #[inline]
    pub fn of(&mut self, block: &[u8; BLOCK]) -> (u64, u64) {
        let digits = mask(block, |b| b.is_ascii_digit());
        let letters = mask(block, |b| (b | 0x20).is_ascii_lowercase());
        let high = mask(block, |b| b >= 0x80);
        self.beyond |= high;
        if high | self.spill == 0 {
            return (letters | digits, digits);
        }
        (self.without_marks(block, letters | digits | high), digits)
    }

    /// The words of a block that holds characters beyond ASCII, all of which are counted in yet.
    fn without_marks(&mut self, block: &[u8; BLOCK], words: u64) -> u64 {
        let wide = mask(block, |b| b & 0xDF == 0xC2);
        let three = mask(block, |b| b == 0xE2);
        let spill = (wide << 1) | (three << 2);
        let gaps = wide | spill | self.spill;
        self.spill = spill >> STRIDE;
        words & !gaps
    }
}

/// The same, worked out once for all scans over a text.
#[derive(Clone, Debug, Default)]
pub struct WordBits {
    /// Of each block its words, and its digits.
    blocks: Vec<(u64, u64)>,
    /// Whether any character is beyond ASCII.
    is_wide: bool,
}

impl WordBits {
    /// Of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut bits = Self::default();
        bits.read(text);
        bits
    }

    /// Takes up another text, in the room of the one before.
    pub fn read(&mut self, text: &str) {
        let mut words = Words::default();
        self.blocks.clear();
        let mut room = None;
        let of_blocks = (0..text.len()).step_by(STRIDE).map(|at| words.of(view(text.as_bytes(), at, &mut room)));
        self.blocks.extend(of_blocks);
        self.is_wide = words.beyond != 0;
    }

    /// Whether all of the text is ASCII.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        !self.is_wide
    }

    /// One bit for each byte of a word, of the block at a byte, which a stride begins with.
    #[inline]
    #[must_use]
    pub fn at(&self, byte: usize) -> u64 {
        self.blocks.get(byte / STRIDE).map_or(0, |(words, _)| *words)
    }

    /// How many blocks from the one at a byte on hold no ASCII digit.
    #[must_use]
    pub fn without_digits(&self, byte: usize) -> usize {
        let rest = self.blocks.get(byte / STRIDE..).unwrap_or_default();
        rest.iter().take_while(|(_, digits)| *digits == 0).count()
    }

    /// The same for each ASCII digit.
    #[inline]
    #[must_use]
    pub fn digits_at(&self, byte: usize) -> u64 {
        self.blocks.get(byte / STRIDE).map_or(0, |(_, digits)| *digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_are_what_the_bytes_are(bytes in proptest::collection::vec(any::<u8>(), 0..100), at in 0..100_usize) {
            let block = block(&bytes, at);
            let mut room = None;
            prop_assert_eq!(&block, view(&bytes, at, &mut room));
            let mask = mask(&block, |b| b > 100);
            for (n, found) in block.iter().enumerate() {
                let byte = bytes.get(at + n).copied().unwrap_or_default();
                prop_assert_eq!(*found, byte);
                prop_assert_eq!(mask >> n & 1 == 1, byte > 100);
            }
            prop_assert_eq!(head(&bytes, at, 5), head_in(&block, 0, 5));
            let word = bytes.get(at..).unwrap_or_default();
            prop_assert_eq!(head(&bytes, at, word.len()), head_whole(word));
            prop_assert_eq!(head(&bytes, at + 20, 9), head_in(&block, 20, 9));
            for (n, len) in [(0, 3), (7, 8), (21, 1), (40, 20), (56, 8)] {
                let words = ((1 << len) - 1) << n;
                prop_assert_eq!(head_at(&block, words, n), head_in(&block, n, len));
            }
            let first = eight(&bytes, at).to_le_bytes();
            prop_assert_eq!(&first[..], &block[..8]);
            let few = eight(bytes.get(at..).unwrap_or_default(), 0).to_le_bytes();
            prop_assert_eq!(few, first);
        }

        #[test]
        fn words_are_told_by_eight_bytes(eight in proptest::array::uniform8(prop_oneof![any::<u8>(), Just(b'z'), Just(0xC2), Just(0xE2), Just(b'0')])) {
            let is_word = |b: &&u8| b.is_ascii_alphanumeric() || !b.is_ascii() && !matches!(b, 0xC2 | 0xE2);
            let number = u64::from_le_bytes(eight);
            prop_assert_eq!(word_from(number), eight.iter().take_while(is_word).count());
            prop_assert_eq!(word_before(number), eight.iter().rev().take_while(is_word).count());
        }

        #[test]
        fn words_are_told_across_blocks(text in "(a|9|ж|é|—|\u{a0}|«|𝕏| |-){0,120}") {
            let mut got = Vec::new();
            let words = WordBits::of(&text);
            prop_assert_eq!(words.is_ascii(), text.is_ascii());
            for at in (0..text.len()).step_by(STRIDE) {
                let mask = words.at(at);
                got.extend((0..STRIDE.min(text.len() - at)).map(|n| mask >> n & 1 == 1));
            }
            let is_word = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() && !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{2FFF}');
            let want: Vec<bool> = text.chars().flat_map(|c| std::iter::repeat_n(is_word(c), c.len_utf8())).collect();
            prop_assert_eq!(got, want);
        }
    }
}
