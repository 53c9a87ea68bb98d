//! Quotations: which words stand in quotation marks or in a block quotation.
//!
//! `marks` finds the characters that may be marks and tells which way each looks; `pairing` matches them
//! within one passage and mends what was never closed; `speech` counts words and tells speech from titles and
//! nicknames, `lifted` what is few words of speech from a term. Here the passages are put together: quotations continued over paragraphs, block quotations with
//! their attribution lines, and which quotation lies in which.
//!
//! Not here: who speaks (`attribution`).

mod lifted;
mod marks;
mod pairing;
mod speech;
#[cfg(test)]
mod tests;

pub use lifted::{begins_with_russian_preposition, is_lifted, is_russian_verb};
pub use speech::is_clause;

use std::ops::Range;

use crate::syntax::{Passage, PassageKind};
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
    /// A title, nickname or scare quote rather than speech when false: fewer than four words, or all capitalised,
    /// or after "titled", "the so-called".
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

/// Whether no quotation goes on from the passage before into the one at `index`. `quotes` are those of the text.
#[must_use]
pub fn are_apart(passages: &[Passage], quotes: &[Quote], index: usize) -> bool {
    let kind = |i: usize| passages.get(i).map(|p| p.kind);
    let before = index.checked_sub(1).and_then(kind);
    let in_block = before == Some(PassageKind::Quotation) && matches!(kind(index), Some(PassageKind::Quotation | PassageKind::Attribution));
    let number = Span::from(0..index).end;
    let first = quotes.partition_point(|q| q.passage < number);
    let continued = quotes[first..].iter().take(2).any(|q| q.passage == number && q.continues.is_some());
    !in_block && !continued
}

/// Appends all quotations of a text, in order of place; one within another follows it.
pub fn find(text: &str, passages: &[Passage], into: &mut Vec<Quote>) {
    find_part(text, passages, 0..passages.len(), into);
}

/// Appends the quotations of some of the passages. None may go on from before the first of them, or behind the last.
pub fn find_part(text: &str, passages: &[Passage], part: Range<usize>, into: &mut Vec<Quote>) {
    let first = into.len();
    let mut work = pairing::Work::default();
    // The quotation that ran to the end of the passage before, and the family of its marks.
    let mut open: Option<(usize, marks::Family)> = None;
    let mut block: Option<usize> = None;
    let (mut marked, until) = (marks::Next::default(), passages.get(..part.end).and_then(<[_]>::last).map_or(0, |last| last.span.end));
    for (index, passage) in passages.iter().enumerate().take(part.end).skip(part.start) {
        block = grow_block(text, passages, index, block, into);
        if !marked.may_stand_in(text, passage.span, until) {
            open = None;
            continue;
        }
        let next = || passages.get(index + 1).filter(|n| n.kind == passage.kind);
        let goes_on = || next().and_then(|n| marks::opens_with(n.span.slice(text)));
        let begun = into.len();
        let unclosed = work.passage(text, passage.span, Span::from(0..index).end, goes_on, into);
        if let (Some((before, family)), Some(quote)) = (open, into.get_mut(begun))
            && trim(text, passage.span).start == quote.span.start
            && marks::opens_with(passage.span.slice(text)) == Some(family)
        {
            quote.continues = Some(Span::from(0..before).end);
            quote.is_speech = true;
        }
        open = unclosed.and_then(|(family, start)| {
            let at = into[begun..].iter().rposition(|q| q.span.start == start)?;
            Some((begun + at, family))
        });
    }
    finish(text, first, into);
}

/// Begins or lengthens the block quotation that the passage is part of; answers which one is open.
fn grow_block(text: &str, passages: &[Passage], index: usize, open: Option<usize>, into: &mut Vec<Quote>) -> Option<usize> {
    let passage = passages.get(index)?;
    let before = index.checked_sub(1).and_then(|i| passages.get(i));
    // The blocks of two paragraphs of one quotation are the same or neighbours; between those of two quotations
    // stands the second quotation's own.
    let same = before.is_some_and(|b| passage.block.saturating_sub(b.block) <= 1 && b.kind == PassageKind::Quotation);
    let open = open.filter(|_| same);
    match (passage.kind, open) {
        (PassageKind::Quotation, Some(at)) => {
            if let Some(quote) = into.get_mut(at) {
                quote.span.end = quote.span.end.max(passage.span.end);
                quote.words = trim(text, quote.span);
            }
            Some(at)
        }
        (PassageKind::Quotation, None) => {
            into.push(Quote {
                span: passage.span,
                words: trim(text, passage.span),
                kind: QuoteKind::Block,
                passage: Span::from(0..index).end,
                within: None,
                continues: None,
                attribution_line: None,
                word_count: 0,
                is_speech: false,
            });
            Some(into.len() - 1)
        }
        (PassageKind::Attribution, Some(at)) => {
            if let Some(quote) = into.get_mut(at) {
                quote.attribution_line = Some(Span::from(0..index).end);
            }
            None
        }
        _ => None,
    }
}

/// Tells what lies in what, and counts the words of block quotations, now that their ends are known.
fn finish(text: &str, first: usize, into: &mut [Quote]) {
    let mut around: Vec<usize> = Vec::new();
    for index in first..into.len() {
        let span = into[index].span;
        while around.last().is_some_and(|&a| !into[a].span.covers(span)) {
            around.pop();
        }
        into[index].within = around.last().map(|&a| Span::from(0..a).end);
        around.push(index);
        if into[index].kind == QuoteKind::Block {
            into[index].word_count = speech::count_words(into[index].words.slice(text));
            into[index].is_speech = into[index].word_count >= speech::LEAST_WORDS;
        }
    }
}

/// The span without the space at its ends.
fn trim(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let trimmed = words.trim();
    if trimmed.is_empty() { Span::at(span.start) } else { Span::of(trimmed, text) }
}
