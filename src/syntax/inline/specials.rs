//! Where marks may begin or end, told for a block of bytes at once.

use crate::text::blocks::{BLOCK, mask, view};

/// Whether a mark may begin or end at a byte: one of `[\]^`, `:;<`, `@` and `$`.
#[expect(clippy::needless_bitwise_bool, reason = "without branches it becomes instructions for sixteen bytes")]
fn is_special(byte: u8) -> bool {
    (byte.wrapping_sub(b'[') < 4) | (byte.wrapping_sub(b':') < 3) | (byte == b'@') | (byte == b'$')
}

/// Where such bytes stand. Most of a text has none for many bytes, which are asked all at once.
#[derive(Default)]
pub(super) struct Specials {
    /// The block asked last, by the byte behind it, and one bit for each of its bytes.
    end: usize,
    bits: u64,
}

impl Specials {
    /// The first from one byte on, before another.
    pub(super) fn next(&mut self, bytes: &[u8], mut from: usize, stop: usize) -> Option<usize> {
        while from < stop {
            let place = from % BLOCK;
            let start = from - place;
            if start + BLOCK != self.end {
                *self = Self { end: start + BLOCK, bits: mask(view(bytes, start, &mut None), is_special) };
            }
            let bits = self.bits >> place;
            if bits != 0 {
                return Some(from + bits.trailing_zeros() as usize).filter(|&at| at < stop);
            }
            from = start + BLOCK;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn signs_are_found_where_they_stand(text in r"([a-z é]{0,40}|[\[\]^:;<@$\\]){0,8}", from in 0..200_usize, stop in 0..200_usize) {
            let (mut specials, mut at, mut found) = (Specials::default(), from, Vec::new());
            while let Some(next) = specials.next(text.as_bytes(), at, stop.min(text.len())) {
                found.push(next);
                at = next + 1;
            }
            let all = text.bytes().enumerate().filter(|&(at, byte)| at >= from && at < stop && b"[]^:;<@$\\".contains(&byte));
            prop_assert_eq!(found, all.map(|(at, _)| at).collect::<Vec<_>>());
        }
    }
}
