//! Where two versions of a text differ.

use super::Span;

/// One run of bytes that another replaced: all that two texts differ in lies inside.
///
/// It is found by comparing the texts from both ends, so that many changes sent at once cost no more than one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Bytes of the text before.
    pub old: Span,
    /// Bytes of the text after; they begin where the old ones did.
    pub new: Span,
}

impl Replaced {
    /// What differs: the smallest run, on boundaries of characters. Empty at the end when nothing does.
    #[must_use]
    pub fn between(old: &str, new: &str) -> Self {
        let (a, b) = (old.as_bytes(), new.as_bytes());
        let mut start = same_at_start(a, b);
        while !(old.is_char_boundary(start) && new.is_char_boundary(start)) {
            start -= 1;
        }
        let mut kept = same_at_end(&a[start..], &b[start..]);
        while !(old.is_char_boundary(a.len() - kept) && new.is_char_boundary(b.len() - kept)) {
            kept -= 1;
        }
        Self { old: Span::from(start..a.len() - kept), new: Span::from(start..b.len() - kept) }
    }

    /// Whether the texts are the same.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }

    /// Where a byte behind the replaced ones lies afterwards; a byte before them stays where it is.
    #[must_use]
    pub const fn moved(self, offset: u32) -> u32 {
        if offset < self.old.end { offset } else { offset.wrapping_sub(self.old.end).wrapping_add(self.new.end) }
    }

    /// The same of a span that touches no replaced byte.
    #[must_use]
    pub const fn moved_span(self, span: Span) -> Span {
        if span.start < self.old.end { span } else { Span::new(self.moved(span.start), self.moved(span.end)) }
    }
}

/// So many bytes are compared at once.
const RUN: usize = 256;

fn same_at_start(a: &[u8], b: &[u8]) -> usize {
    let runs = a.as_chunks::<RUN>().0.iter().zip(b.as_chunks::<RUN>().0).take_while(|(a, b)| a == b).count() * RUN;
    runs + a[runs..].iter().zip(&b[runs..]).take_while(|(a, b)| a == b).count()
}

fn same_at_end(a: &[u8], b: &[u8]) -> usize {
    let pairs = a.as_rchunks::<RUN>().1.iter().rev().zip(b.as_rchunks::<RUN>().1.iter().rev());
    let runs = pairs.take_while(|(a, b)| a == b).count() * RUN;
    let (a, b) = (&a[..a.len() - runs], &b[..b.len() - runs]);
    runs + a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_letter_within_a_character_of_several_bytes_replaces_all_of_it() {
        let found = Replaced::between("Лавров", "Ларров");
        assert_eq!((found.old, found.new), (Span::new(4, 6), Span::new(4, 6)));
    }

    #[test]
    fn a_doubled_letter_is_one_more() {
        let found = Replaced::between("aa", "aaa");
        assert_eq!((found.old, found.new), (Span::at(2), Span::new(2, 3)));
        assert!(Replaced::between("aa", "aa").is_nothing());
    }

    proptest! {
        #[test]
        fn the_replaced_run_is_all_that_differs(a in "(ab|Ж|𝕏|\n|x{200}){0,9}", b in "(ab|Ж|𝕏|\n|x{200}){0,9}") {
            let found = Replaced::between(&a, &b);
            let mut made = a.clone();
            made.replace_range(found.old.range(), found.new.slice(&b));
            prop_assert_eq!(&made, &b);
            prop_assert_eq!(found.moved(Span::from(0..a.len()).end) as usize, b.len());
            prop_assert_eq!(found.is_nothing(), a == b);
        }
    }
}
