//! Whether words stand in another text: quotations against what they quote.
//!
//! Texts are compared word by word. Space, punctuation, quotation marks, dashes and line ends do not count, nor does the case of a
//! quotation's first letter. An ellipsis (`…`, `...`, `[…]`) stands for words left out, and editorial brackets for words put in
//! place of others; `[T]he` is "The". All else must be the same: a number, a unit or a "not" that differs is never passed over.
//! [`words`] tells what one word is.
//!
//! Not here: which source a quotation cites (`corpus`), what is said of a difference (`rules`).

mod difference;
#[cfg(test)]
mod mutations;
mod omitted;
mod search;
#[cfg(test)]
mod tests;
mod words;

pub use difference::{Change, difference};
pub use search::{Found, Hidden};

use rustc_hash::FxHashMap;

use crate::text::Span;
use words::{begins_word, words_of};

/// A text as words that can be searched.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// The words, in order.
    words: Vec<Word>,
    /// Where each word stands, by its hash in small letters.
    places: FxHashMap<u64, Vec<u32>>,
}

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub span: Span,
    /// Hash of its letters.
    exact: u64,
    /// Hash of its letters in lower case.
    folded: u64,
    /// What matters of it where words are left out.
    role: omitted::Role,
}

/// Quoted words as they are searched for: parts between gaps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quoted {
    /// The parts, in order; none is empty.
    parts: Vec<Vec<Word>>,
    /// A negation that an editor put in brackets before each part, and behind the last.
    put: Vec<Option<Span>>,
}

impl Wording {
    /// Reads spans of a text in their order.
    #[must_use]
    pub fn of(text: &str, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut all = Self::default();
        for span in spans {
            words_of(text, span, &mut all.words);
        }
        for (at, word) in (0u32..).zip(&all.words) {
            all.places.entry(word.folded).or_default().push(at);
        }
        all
    }

    /// The words, in order.
    #[must_use]
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Index of the first word that begins at or behind a byte of the text.
    #[must_use]
    pub fn at(&self, byte: u32) -> usize {
        self.words.partition_point(|w| w.span.start < byte)
    }
}

impl Quoted {
    /// Reads quoted words: those of `spans` of a text, each a paragraph.
    #[must_use]
    pub fn of(text: &str, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut quoted = Self { parts: Vec::new(), put: vec![None] };
        for span in spans {
            for (piece, brackets) in pieces(text, span) {
                let mut words = Vec::new();
                words_of(text, brackets, &mut words);
                let put = words.iter().find(|w| omitted::negates(w)).map(|w| w.span);
                if let Some(before) = quoted.put.last_mut() {
                    *before = before.or(put);
                }
                words.clear();
                words_of(text, piece, &mut words);
                if !words.is_empty() {
                    quoted.parts.push(words);
                    quoted.put.push(None);
                }
            }
        }
        quoted
    }

    /// How many words are quoted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Whether no word is quoted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// A span without its gaps: ellipses, and brackets with what they hold. With each piece the brackets before it.
fn pieces(text: &str, span: Span) -> Vec<(Span, Span)> {
    let source = span.slice(text);
    let bytes = source.as_bytes();
    let (mut out, mut from, mut at, mut brackets) = (Vec::new(), 0, 0, 0..0);
    while at < bytes.len() {
        let gap = match bytes[at] {
            b'.' if source[at..].starts_with("...") => source[at..].bytes().take_while(|b| *b == b'.').count(),
            0xE2 if source[at..].starts_with('…') => '…'.len_utf8(),
            b'[' if !begins_word(&source[at + 1..]) => source[at..].find(']').map_or(0, |end| end + 1),
            _ => 0,
        };
        if gap == 0 {
            at += 1;
            continue;
        }
        let held = if bytes[at] == b'[' { at + 1..at + gap - 1 } else { at..at };
        let before = std::mem::replace(&mut brackets, held);
        out.push((Span::from(from..at).shift(span.start), Span::from(before).shift(span.start)));
        at += gap;
        from = at;
    }
    out.push((Span::from(from.min(source.len())..source.len()).shift(span.start), Span::from(brackets).shift(span.start)));
    out
}
