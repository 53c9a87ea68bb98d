//! Some passages of a text that lie together, and what belongs to them.

use std::ops::Range;

use super::Annotations;
use crate::syntax::{BlockKind, Document, Passage, PassageKind};
use crate::text::Span;

/// Some passages of a text that lie together. Its bounds are where the first of them and the first behind them begin, so that
/// what stands between two passages belongs to the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Their indices.
    pub(super) passages: Range<usize>,
    /// Its bytes of the file; to the greatest number where the text's end is meant.
    pub(super) file: Span,
    /// Its bytes of the running text, likewise.
    pub(super) words: Span,
}

impl Part {
    /// All of a text.
    pub(super) fn whole(notes: &Annotations) -> Self {
        Self::of(&notes.document, &notes.words.passages, 0..notes.words.passages.len())
    }

    /// Those of `passages` with these indices.
    pub(super) fn of(document: &Document, passages: &[Passage], these: Range<usize>) -> Self {
        let bound = |index: usize| passages.get(index).map(|p| (block(document, *p), p.span.start));
        let (file, words) = if these.start == 0 { (0, 0) } else { bound(these.start).unwrap_or((u32::MAX, u32::MAX)) };
        let (file_end, words_end) = bound(these.end).unwrap_or((u32::MAX, u32::MAX));
        Self { passages: these, file: Span::new(file, file_end), words: Span::new(words, words_end) }
    }

    /// The same and one passage more behind it.
    pub(super) fn and_next(&self, document: &Document, passages: &[Passage]) -> Self {
        Self::of(document, passages, self.passages.start..(self.passages.end + 1).min(passages.len()))
    }

    /// The indices of those of `list` that begin in the part's bytes of the file; `list` is in order of place.
    pub(super) fn in_file<T>(&self, list: &[T], start: impl Fn(&T) -> u32) -> Range<usize> {
        cut(list, self.file, start)
    }

    /// The same by bytes of the running text.
    pub(super) fn in_words<T>(&self, list: &[T], start: impl Fn(&T) -> u32) -> Range<usize> {
        cut(list, self.words, start)
    }

    /// The indices of those of `list` that belong to its passages, by their index of a passage.
    pub(super) fn by_passage<T>(&self, list: &[T], passage: impl Fn(&T) -> u32) -> Range<usize> {
        let at = |index: usize| list.partition_point(|one| (passage(one) as usize) < index);
        at(self.passages.start)..at(self.passages.end)
    }

    /// Its sentences.
    pub(super) fn sentences(&self, notes: &Annotations) -> Range<usize> {
        self.by_passage(&notes.prose.sentences, |s| s.passage)
    }

    /// Its nodes.
    pub(super) fn nodes(&self, notes: &Annotations) -> Range<usize> {
        self.in_file(&notes.document.nodes, |n| n.span.start)
    }
}

fn cut<T>(list: &[T], span: Span, start: impl Fn(&T) -> u32) -> Range<usize> {
    let at = |place: u32| if place == u32::MAX { list.len() } else { list.partition_point(|one| start(one) < place) };
    let first = at(span.start);
    first..at(span.end).max(first)
}

/// Where the block of a passage begins in the file.
fn block(document: &Document, passage: Passage) -> u32 {
    document.blocks.get(passage.block as usize).map_or(passage.span.start, |b| b.span.start)
}

/// These passages (of `count`) and those beside them from which they are not `apart`, asked with the index of the second
/// of two.
pub(super) fn closed(these: Range<usize>, count: usize, apart: impl Fn(usize) -> bool) -> Range<usize> {
    let is_bound = |index: usize| index == 0 || index >= count || apart(index);
    let (mut start, mut end) = (these.start, these.end);
    while !is_bound(start) {
        start -= 1;
    }
    while !is_bound(end) {
        end += 1;
    }
    start..end
}

/// Whether a passage is a cell of the same table as the one before it.
pub(super) fn share_table(document: &Document, passages: &[Passage], index: usize) -> bool {
    let table = |index: usize| {
        let cell = passages.get(index).filter(|p| p.kind == PassageKind::Cell)?;
        document.ancestors(cell.block).find(|(_, b)| b.kind == BlockKind::Table).map(|(i, _)| i)
    };
    let before = index.checked_sub(1).and_then(table);
    before.is_some() && before == table(index)
}
