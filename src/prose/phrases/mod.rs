//! Phrases of the lexicons that attribute to nobody.
//!
//! The patterns stand in `lexicon/vague_*.txt`, whose heads explain their language; [`pattern`] compiles
//! them once into sets of word numbers. [`heads`] finds where one may begin by the first bytes of two
//! words; only there [`words`] turns words into such numbers, and [`find`] tries the patterns that may
//! begin so. Most words of a text are never read.
//!
//! Not here: whether the phrase stands in a quotation, or the paragraph names a source all the same (`rules`).

mod heads;
mod pattern;
#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

use super::watch::{self, Kinds};
use super::{Language, lexicon};
use crate::text::Span;
use crate::text::blocks::WordBits;
use pattern::Patterns;

/// One phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Bytes of the running text.
    pub span: Span,
    /// What is wrong with it.
    pub kind: PhraseKind,
}

/// What a phrase leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseKind {
    /// "It is widely believed": nobody is named.
    Vague,
    /// "In many cases", "perhaps the best known": which, how many or how sure is left open.
    Unspecific,
    /// "Sources said", "an official who …": somebody without a name.
    Anonymous,
    /// "The largest since the war", "never before": said of all the others.
    Superlative,
    /// "Two-thirds of", "twice as many", "has doubled": a figure without a number.
    Proportion,
    /// "Voted against", "vetoed": what a record must show.
    Event,
    /// "Yesterday", "this year": counts from the day of writing.
    Relative,
}

static ENGLISH: LazyLock<Patterns> = LazyLock::new(|| compile(&[lexicon::VAGUE[0], lexicon::SURPRISING[0]], Language::English));
static RUSSIAN: LazyLock<Patterns> = LazyLock::new(|| compile(&[lexicon::VAGUE[1], lexicon::SURPRISING[1]], Language::Russian));

fn compile(files: &[&'static str], language: Language) -> Patterns {
    Patterns::compile(files, &watch::words(language))
}

/// Why the lexicon lists a phrase of a passage; `None` where none is found there.
#[must_use]
pub fn reason(text: &str, passage: Span, phrase: Span, language: Language) -> Option<&'static str> {
    let span = Span::new(phrase.start.checked_sub(passage.start)?, phrase.end.checked_sub(passage.start)?);
    patterns(language).reason(passage.slice(text), span)
}

fn patterns(language: Language) -> &'static Patterns {
    match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    }
}

/// Where phrases may begin in a text: noted passage by passage while its words are read, and looked at behind them all. The patterns
/// are much code and many tables, which would have to be fetched again for each passage.
#[derive(Debug, Default)]
pub struct Places {
    /// The passages that hold any, and where theirs end in the list.
    passages: Vec<(Span, usize)>,
    /// Bytes of the passage.
    starts: Vec<u32>,
}

impl Places {
    /// Notes those of a passage, whose words `bits` tells. Each word is looked at once here: `watch` is told on the way where those begin
    /// that may be of some kinds, in order.
    pub fn note(&mut self, text: &str, passage: Span, bits: &WordBits, language: Language, watch: impl FnMut(u32, Kinds)) {
        self.note_with(patterns(language), text, passage, bits, watch);
    }

    /// The same with given patterns.
    fn note_with(&mut self, patterns: &Patterns, text: &str, passage: Span, bits: &WordBits, mut watch: impl FnMut(u32, Kinds)) {
        let begun = self.starts.len();
        patterns.places(passage.slice(text), bits, &mut self.starts, |at, kinds| watch(passage.start + at, kinds));
        if self.starts.len() > begun {
            self.passages.push((passage, self.starts.len()));
        }
    }
}

/// Appends the phrases of one passage, outside quotation marks or not: the caller knows the quotations.
/// They are in order of place and do not overlap.
pub fn find(text: &str, passage: Span, language: Language, into: &mut Vec<Phrase>) {
    let mut places = Places::default();
    places.note(text, passage, &WordBits::of(passage.slice(text)), language, |_, _| {});
    find_at(text, &places, language, into);
}

/// The same of a text's passages, of which it is known where phrases may begin.
pub fn find_at(text: &str, places: &Places, language: Language, into: &mut Vec<Phrase>) {
    find_with(patterns(language), text, places, into);
}

/// The same with given patterns.
fn find_with(patterns: &Patterns, text: &str, places: &Places, into: &mut Vec<Phrase>) {
    let mut begun = 0;
    for &(passage, end) in &places.passages {
        let found = |span: Span, kind: Option<PhraseKind>| into.extend(kind.map(|kind| Phrase { span: span.shift(passage.start), kind }));
        patterns.each(passage.slice(text), &places.starts[begun..end], found);
        begun = end;
    }
}
