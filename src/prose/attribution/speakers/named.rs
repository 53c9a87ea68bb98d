//! What is named in a sentence.

use super::Sentence;
use crate::prose::attribution::{Named, NamedKind};
use crate::text::Span;

/// Names to look through one by one.
const NEAR_NAMES: usize = 8;

impl<'a> Sentence<'a> {
    /// The index of the first thing named behind it.
    pub fn named_end(&self) -> usize {
        self.here.1
    }

    /// Things named within a span of the sentence, in order.
    pub(super) fn named_in(&self, span: Span) -> impl DoubleEndedIterator<Item = (u32, Named)> + use<'a> {
        let named = self.named;
        let here = named.get(self.here.0..self.here.1).unwrap_or_default();
        let from = here.partition_point(|n| n.span.start < span.start);
        let to = from + here[from..].partition_point(|n| n.span.start < span.end);
        let (from, to) = (self.here.0 + from, self.here.0 + to);
        (from..to).filter_map(move |i| named.get(i).map(|n| (Span::from(0..i).end, *n))).filter(move |(_, n)| n.span.end <= span.end)
    }

    pub(super) fn is_person(&self, named: u32) -> bool {
        self.named.get(named as usize).is_some_and(|n| n.kind == NamedKind::Person)
    }

    pub(super) fn is_possessive(&self, named: Span, within: Span) -> bool {
        let rest = Span::new(named.end, within.end).slice(self.text);
        rest.starts_with("'s ") || rest.starts_with("’s ") || rest.starts_with("' ") || rest.starts_with("’ ")
    }
}

/// The first thing named from one byte to another, and the one behind the last; mostly they follow right behind the first `after` things.
pub(super) fn among(named: &[Named], after: usize, start: u32, end: u32) -> (usize, usize) {
    let known = after.checked_sub(1).and_then(|i| named.get(i)).is_none_or(|n| n.span.start < start);
    let skipped = if known { after.min(named.len()) } else { 0 };
    let from = skipped + ahead(&named[skipped..], start);
    (from, from + ahead(&named[from..], end))
}

/// How many begin before a byte; the first few are looked at first.
fn ahead(named: &[Named], at: u32) -> usize {
    let near = named.iter().take(NEAR_NAMES).take_while(|n| n.span.start < at).count();
    if near < NEAR_NAMES { near } else { named.partition_point(|n| n.span.start < at) }
}
