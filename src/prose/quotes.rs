//! Quotations.

use crate::syntax::Passage;
use crate::text::Span;

/// One quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// With its marks; for a block quotation all its passages but the attribution line.
    pub span: Span,
    /// The words between the marks.
    pub words: Span,
    /// How it is marked.
    pub kind: QuoteKind,
    /// Index of the passage it begins in.
    pub passage: u32,
    /// Index of the quotation it lies in.
    pub within: Option<u32>,
    /// Index of the quotation in the passage before, of which it is the continuation (a paragraph that
    /// opens with a mark after one that never closed).
    pub continues: Option<u32>,
    /// The attribution line of a block quotation: its passage.
    pub attribution_line: Option<u32>,
    /// Number of words.
    pub word_count: u32,
    /// A title, nickname or scare quote rather than speech: fewer than four words, or all capitalised, or after "called", "the so-called".
    pub is_speech: bool,
}

/// How a quotation is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteKind {
    /// By quotation marks.
    Marks,
    /// By `>`.
    Block,
}

/// Appends all quotations of a text.
pub fn find(text: &str, passages: &[Passage], into: &mut Vec<Quote>) {
    let _ = (text, passages, into);
}
