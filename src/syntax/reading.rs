//! The projections of a text to its words.

use std::borrow::Cow;

use super::Document;
use crate::text::Span;

/// A text with some bytes left out, and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection<'t> {
    /// The words. Borrowed when nothing was left out.
    pub text: Cow<'t, str>,
    /// From its bytes to those of the text it was made from, and back.
    pub map: OffsetMap,
}

/// Which runs of bytes were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// (offset in the projection, offset in the source) at which each kept run begins; lengths
    /// follow from the next run. Empty: nothing was left out.
    runs: Vec<(u32, u32, u32)>,
}

impl OffsetMap {
    /// From the kept runs, in order: offset in the projection, offset in the source, length; all in bytes.
    #[must_use]
    pub fn new(runs: Vec<(u32, u32, u32)>) -> Self {
        Self { runs }
    }

    /// The source's byte of a byte of the projection. Between two runs the earlier one's end is
    /// meant by [`end_to_source`](Self::end_to_source), the later one's start by this.
    #[must_use]
    pub fn start_to_source(&self, offset: u32) -> u32 {
        let i = self.runs.partition_point(|r| r.0 <= offset);
        match i.checked_sub(1).and_then(|i| self.runs.get(i)) {
            None => offset,
            Some(&(from, source, len)) => source + (offset - from).min(len),
        }
    }

    /// The source's byte of a byte of the projection that ends a span.
    #[must_use]
    pub fn end_to_source(&self, offset: u32) -> u32 {
        let i = self.runs.partition_point(|r| r.0 < offset);
        match i.checked_sub(1).and_then(|i| self.runs.get(i)) {
            None => self.start_to_source(offset),
            Some(&(from, source, len)) => source + (offset - from).min(len),
        }
    }

    /// The source's span of a span of the projection: from the first byte kept to the last.
    #[must_use]
    pub fn to_source(&self, span: Span) -> Span {
        Span::new(
            self.start_to_source(span.start),
            if span.is_empty() { self.start_to_source(span.end) } else { self.end_to_source(span.end) },
        )
    }

    /// The projection's byte of a byte of the source; for one that was left out, where it would stand.
    #[must_use]
    pub fn from_source(&self, offset: u32) -> u32 {
        if self.runs.is_empty() {
            return offset;
        }
        let i = self.runs.partition_point(|r| r.1 <= offset);
        match i.checked_sub(1).and_then(|i| self.runs.get(i)) {
            None => 0,
            Some(&(from, source, len)) => from + (offset - source).min(len),
        }
    }
}

/// A text's words without any sign of Markdown, told apart into passages: what `prose` reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningText<'t> {
    /// The words; marks, emphasis signs, line prefixes and opaque bytes are left out.
    pub projection: Projection<'t>,
    /// The passages, in order, by spans of the projection.
    pub passages: Vec<Passage>,
}

/// One run of words that sentences and quotations do not leave (quotations may be continued in the
/// next): a paragraph, heading, cell, caption or item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Bytes of the projection.
    pub span: Span,
    /// What it is part of.
    pub kind: PassageKind,
    /// Index into `Document::blocks`.
    pub block: u32,
    /// Number of the body paragraph, from 1, headline and dateline line excluded; 0 for none.
    pub paragraph: u32,
}

/// What a passage is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// A paragraph of the body, an item of a list included.
    Paragraph,
    /// A heading.
    Heading,
    /// A paragraph in a block quotation.
    Quotation,
    /// The attribution line of one.
    Attribution,
    /// A cell of a table.
    Cell,
    /// A caption.
    Caption,
    /// Words of a footnote.
    Footnote,
}

/// The text as a reader of the original would see it: no front matter, comments, wikilink targets and
/// brackets, citation groups with the space before them, attribute blocks, div fences, footnote
/// marks; escapes undone. All else, every line end included, is kept as it is.
///
/// `reading(annotate(t)) == t`, and front matter `verbatim:` is a hash of this.
#[must_use]
pub fn reading<'t>(text: &'t str, document: &Document) -> Projection<'t> {
    let _ = document;
    Projection { text: Cow::Borrowed(text), map: OffsetMap::default() }
}

/// The reading text without the remaining signs of Markdown, told apart into passages.
#[must_use]
pub fn running_text<'t>(text: &'t str, document: &Document) -> RunningText<'t> {
    RunningText { projection: reading(text, document), passages: Vec::new() }
}
