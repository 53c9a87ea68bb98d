//! Where a number may begin: one scan over the bytes.

use std::sync::LazyLock;

use super::tables;

const OTHER: u8 = 0;
const DIGIT: u8 = 1;
const LETTER: u8 = 2;
/// First byte of the signs of two bytes: nbsp, guillemets, `£`.
const SIGN2: u8 = 3;
/// First byte of the signs of three bytes: dashes, quotation marks, `€`.
const SIGN3: u8 = 4;

static CLASSES: [u8; 256] = {
    let mut classes = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            0xC2 => SIGN2,
            0xE2 => SIGN3,
            0x80.. => LETTER,
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
    let mut key = [b' '; 8];
    let len = if bytes.first().is_some_and(|b| *b >= 0x80) { 6 } else { 4 }.min(bytes.len());
    key[..len].copy_from_slice(&bytes[..len]);
    let key = u64::from_le_bytes(key) | 0x2020_2020_2020_2020;
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as usize
}

/// The next byte from `at` on at which a digit stands or a word begins that may be a number word.
/// `at` must not lie inside a word.
pub(super) fn next(bytes: &[u8], mut at: usize) -> Option<usize> {
    let heads = &*HEADS;
    while at < bytes.len() {
        match CLASSES[bytes[at] as usize] {
            DIGIT => return Some(at),
            LETTER => {
                let bit = head(&bytes[at..]);
                if heads[bit / 64] & (1 << (bit % 64)) != 0 {
                    return Some(at);
                }
                at = behind_word(bytes, at);
            }
            class => at += usize::from(class.max(2) - 1).min(3),
        }
    }
    None
}

/// Where the letters at byte `at` end.
pub(super) fn behind_word(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&b| CLASSES[b as usize] != LETTER).unwrap_or(rest.len())
}
