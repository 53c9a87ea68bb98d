//! What acts at a distance in a text: to read a part of it alone, these must be known.

use crate::text::Span;

/// Of one text.
#[derive(Clone, Debug, Default)]
pub(super) struct Summary {
    /// Places where `:::` stands, overlapping ones included: without any, paragraphs are read a shorter way.
    pub(super) fences: usize,
    /// Definitions of link references (`[label]: …`), the first of each label, in order.
    pub(super) definitions: Vec<Span>,
    /// Bytes of addresses and titles that references have been given, at least: the Markdown parser gives no more than a limit.
    pub(super) given: usize,
    /// Of plain text: lines that are not blank, and how many of them are too long to be wrapped by hand.
    pub(super) lines: usize,
    /// See `lines`.
    pub(super) long: usize,
}

/// `given` is a bound, not a fact of the text.
impl PartialEq for Summary {
    fn eq(&self, other: &Self) -> bool {
        let facts = |s: &Self| (s.fences, s.lines, s.long);
        facts(self) == facts(other) && self.definitions == other.definitions
    }
}

impl Eq for Summary {}

/// How often `:::` stands in some bytes; `::::` counts two.
pub(super) fn fences(bytes: &[u8]) -> usize {
    let Some(first) = memchr::memmem::find(bytes, b":::") else { return 0 };
    bytes[first..].windows(3).filter(|w| w == b":::").count()
}
