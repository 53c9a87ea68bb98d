//! Eight bytes as one number, the first lowest: which of them are letters or digits of ASCII.
//!
//! Most words are shorter than that, and their length is told so without a branch for each letter. Marks are the highest bit of each
//! byte of which something holds.

use super::blocks::all;

const HIGH: u64 = all(0x80);

/// Marks the bytes from one to another, both of ASCII: adding lifts their seven bits from a bound on past 0x7F, and carries nowhere.
const fn between(eight: u64, from: u8, to: u8) -> u64 {
    let low = eight & all(0x7F);
    (low + all(0x80 - from)) & !(low + all(0x7F - to)) & !eight & HIGH
}

/// Marks the letters.
#[inline]
#[must_use]
pub const fn letters(eight: u64) -> u64 {
    between(eight | all(0x20), b'a', b'z')
}

/// Marks the digits.
#[inline]
#[must_use]
pub const fn digits(eight: u64) -> u64 {
    between(eight, b'0', b'9')
}

/// Marks the bytes that are this one of ASCII.
#[inline]
#[must_use]
pub const fn equal(eight: u64, byte: u8) -> u64 {
    between(eight, byte, byte)
}

/// How many bytes are marked from the first on.
#[inline]
#[must_use]
pub const fn first(marks: u64) -> usize {
    (!marks & HIGH).trailing_zeros() as usize / 8
}

/// How many bytes are marked from the last back.
#[inline]
#[must_use]
pub const fn last(marks: u64) -> usize {
    (!marks & HIGH).leading_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_what_the_bytes_are(bytes: [u8; 8], plain in "[ -~]{8}") {
            for bytes in [bytes, *plain.as_bytes().first_chunk().expect("eight characters")] {
                let eight = u64::from_le_bytes(bytes);
                for (marks, is) in [
                    (letters(eight), u8::is_ascii_alphabetic as fn(&u8) -> bool),
                    (digits(eight), u8::is_ascii_digit),
                    (equal(eight, b'-'), |byte| *byte == b'-'),
                ] {
                    let of = |at: usize| marks >> (8 * at) & 0xFF;
                    prop_assert!((0..8).all(|at| of(at) == if is(&bytes[at]) { 0x80 } else { 0 }), "{bytes:?}");
                    prop_assert_eq!(first(marks), bytes.iter().take_while(|byte| is(byte)).count());
                    prop_assert_eq!(last(marks), bytes.iter().rev().take_while(|byte| is(byte)).count());
                }
            }
        }
    }
}
