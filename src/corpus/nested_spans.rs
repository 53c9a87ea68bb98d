//! Spans that may lie in one another, asked which of them hold a place.

use crate::text::Span;

/// Spans in order of place, each knowing the one it lies in, so that a question costs their depth and not their number.
#[derive(Debug, Default)]
pub(super) struct NestedSpans {
    spans: Vec<Span>,
    /// Index of the nearest span before it that holds its beginning.
    outer: Vec<Option<u32>>,
}

impl NestedSpans {
    /// From spans in order of their beginnings.
    pub(super) fn of(spans: Vec<Span>) -> Self {
        let mut open: Vec<u32> = Vec::new();
        let mut outer = Vec::with_capacity(spans.len());
        for (index, span) in spans.iter().enumerate() {
            while open.last().is_some_and(|&o| spans[o as usize].end <= span.start) {
                open.pop();
            }
            outer.push(open.last().copied());
            open.push(Span::from(0..index).end);
        }
        Self { spans, outer }
    }

    /// The last one that begins at `offset` or before, and those that hold its beginning, the inner ones first.
    pub(super) fn back_from(&self, offset: u32) -> impl Iterator<Item = (usize, Span)> {
        let last = self.spans.partition_point(|s| s.start <= offset).checked_sub(1);
        std::iter::successors(last, |&i| self.outer[i].map(|o| o as usize)).map(|i| (i, self.spans[i]))
    }

    /// Indices of those that hold all of `span`, the inner ones first.
    pub(super) fn around(&self, span: Span) -> impl Iterator<Item = usize> {
        self.back_from(span.start).filter(move |(_, s)| s.covers(span)).map(|(i, _)| i)
    }

    /// Indices of those that lie in `span`, in order.
    pub(super) fn inside(&self, span: Span) -> impl Iterator<Item = usize> {
        let from = self.spans.partition_point(|s| s.start < span.start);
        let here = self.spans[from..].iter().take_while(move |s| s.start < span.end).enumerate();
        here.filter(move |(_, s)| span.covers(**s)).map(move |(i, _)| from + i)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_around_and_inside_are_found_in_their_order() {
        let nested = NestedSpans::of([(0, 9), (1, 4), (2, 3), (5, 8), (10, 12)].map(|(a, b)| Span::new(a, b)).into());
        let around = |a, b| nested.around(Span::new(a, b)).collect::<Vec<_>>();
        let inside = |a, b| nested.inside(Span::new(a, b)).collect::<Vec<_>>();
        assert_eq!(around(2, 3), [2, 1, 0]);
        assert_eq!(around(4, 6), [0]);
        assert_eq!(around(6, 7), [3, 0]);
        assert_eq!(around(9, 10), [0; 0]);
        assert_eq!(nested.back_from(9).map(|(i, _)| i).collect::<Vec<_>>(), [3, 0]);
        assert_eq!(inside(1, 9), [1, 2, 3]);
        assert_eq!(inside(6, 12), [4]);
    }

    #[test]
    fn a_thousand_neighbours_are_not_asked() {
        let nested = NestedSpans::of((0..1000).map(|i| Span::new(2 * i, 2 * i + 1)).collect());
        assert_eq!(nested.around(Span::new(998, 999)).collect::<Vec<_>>(), [499]);
        assert!(nested.outer.iter().all(Option::is_none));
    }
}
