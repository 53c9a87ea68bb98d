//! Sentences.

use super::Language;
use crate::text::Span;

/// One sentence, without the space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the running text.
    pub span: Span,
    /// Index of its passage.
    pub passage: u32,
}

/// Appends the sentences of one passage.
pub fn split(text: &str, passage: Span, index: u32, language: Language, into: &mut Vec<Sentence>) {
    let _ = (text, language);
    into.push(Sentence { span: passage, passage: index });
}
