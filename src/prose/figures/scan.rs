//! Where a number may begin: one scan over the bytes.

use std::sync::LazyLock;

use super::tables;

const OTHER: u8 = 0;
const DIGIT: u8 = 1;
const LETTER: u8 = 2;
/// A further byte of a letter or a sign: what the first was, it is.
const FURTHER: u8 = 3;

#[expect(clippy::cast_possible_truncation, reason = "the byte is below 256")]
static CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            0x80..=0xBF => FURTHER,
            // Dashes, quotation marks, nbsp and currency signs begin with these.
            0xC2 | 0xE2 => OTHER,
            0xC0.. => LETTER,
            _ => OTHER,
        };
        byte += 1;
    }
    classes
};

/// One bit for each hash of the first letters of a number word.
static HEADS: LazyLock<[u64; 64]> = LazyLock::new(|| {
    let mut heads = [0; 64];
    for word in tables::numerals() {
        let mut letters = word.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        for form in [word, &capital] {
            for tail in [" ", "-", "\n", "\r", "\u{a0}", "—", ",", "."] {
                let bit = head(&format!("{form}{tail}   ").into_bytes());
                heads[bit / 64] |= 1 << (bit % 64);
            }
        }
    }
    heads
});

/// A hash below 4096 of the first four bytes, of six where the word is not ASCII; ASCII in lower case.
fn head(bytes: &[u8]) -> usize {
    let eight = match bytes.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => (0..8).fold(0, |key, n| key | u64::from(*bytes.get(n).unwrap_or(&b' ')) << (8 * n)),
    };
    let mask = if eight & 0x80 == 0 { 0xFFFF_FFFF } else { 0xFFFF_FFFF_FFFF };
    let key = (eight | 0x2020_2020_2020_2020) & mask;
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as usize
}

/// First bytes of number words.
static FIRST: LazyLock<[bool; 256]> = LazyLock::new(|| {
    let mut first = [false; 256];
    for byte in tables::numerals().filter_map(|word| word.bytes().next()) {
        first[byte as usize] = true;
        first[byte.to_ascii_uppercase() as usize] = true;
    }
    first
});

/// The next byte from `at` on at which a digit stands or a word begins that may be a number word.
/// `at` must not lie inside a word.
pub(super) fn next(bytes: &[u8], at: usize) -> Option<usize> {
    let (heads, first) = (&*HEADS, &*FIRST);
    let mut in_word = false;
    for (n, &byte) in bytes.get(at..)?.iter().enumerate() {
        let class = CLASSES[byte as usize];
        if class == DIGIT {
            return Some(at + n);
        }
        if !in_word && first[byte as usize] {
            let bit = head(&bytes[at + n..]);
            if heads[bit / 64] & (1 << (bit % 64)) != 0 {
                return Some(at + n);
            }
        }
        in_word = class == LETTER || (class == FURTHER && in_word);
    }
    None
}

/// Where the letters at byte `at` end.
pub(super) fn behind_word(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&b| !matches!(CLASSES[b as usize], LETTER | FURTHER)).unwrap_or(rest.len())
}
