//! Which of a text's annotations belong to a part of it.

use std::ops::Range;

use super::super::Annotations;
use super::super::part::Part;

/// Indices in the lists of annotations.
pub(super) struct Ranges {
    pub(super) sentences: Range<usize>,
    pub(super) quotes: Range<usize>,
    pub(super) figures: Range<usize>,
    pub(super) phrases: Range<usize>,
    pub(super) instruments: Range<usize>,
    pub(super) unsettled: Range<usize>,
    pub(super) mentions: Range<usize>,
    pub(super) citations: Range<usize>,
    pub(super) reported: Range<usize>,
    pub(super) claims: Range<usize>,
    pub(super) supported: Range<usize>,
}

impl Ranges {
    /// Of a part whose nodes had these indices.
    pub(super) fn of(notes: &Annotations, part: &Part, nodes: Range<usize>) -> Self {
        let prose = &notes.prose;
        let sentences = part.by_passage(&prose.sentences, |s| s.passage);
        Self {
            quotes: part.by_passage(&prose.quotes, |q| q.passage),
            figures: part.in_words(&prose.figures, |f| f.span.start),
            phrases: part.in_words(&prose.phrases, |p| p.span.start),
            instruments: part.in_words(&prose.instruments, |i| i.span.start),
            unsettled: part.in_words(&prose.unsettled, |span| span.start),
            mentions: part.in_file(&notes.mentions, |m| m.span.start),
            citations: of_sentences(&notes.citations, nodes, |c| c.node),
            reported: of_sentences(&notes.reported, sentences.clone(), |r| r.0),
            claims: part.in_file(&notes.claims, |c| c.span.start),
            supported: of_sentences(&notes.supported, sentences.clone(), |s| *s),
            sentences,
        }
    }
}

/// Those of a list that belong to some sentences (or other things counted), by their index of one.
pub(super) fn of_sentences<T>(list: &[T], these: Range<usize>, index: impl Fn(&T) -> u32) -> Range<usize> {
    let at = |place: usize| list.partition_point(|one| (index(one) as usize) < place);
    at(these.start)..at(these.end)
}
