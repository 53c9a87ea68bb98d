//! What one text's words say: sentences, quotations, figures, speakers, instruments.
//!
//! Everything here reads running text, the words without marks (`syntax::running_text`), and answers
//! with spans of that running text; `corpus` maps them back to the file. [`read`] does all that needs no
//! registry; [`attribution`] is told who was named, and says who speaks.
//!
//! English and Russian. Word lists are data files under `lexicon/`, each line with its reason.
//!
//! Not here: names of the registry (`registry::gazetteer`), what a citation covers (`corpus`),
//! what is wrong (`rules`).

pub mod attribution;
pub mod dates;
pub mod decreeing;
pub mod figures;
mod heads;
pub mod instruments;
pub mod lexicon;
pub mod past_events;
pub mod phrases;
pub mod quotes;
pub mod sentences;
pub mod signs;
pub mod supposing;
pub mod watch;
pub mod wording;

pub use attribution::{Attribution, Named, NamedKind, Said};
pub use figures::{Figure, NoFigure, numbers};
pub use instruments::{Body, Form, Instrument};
pub use phrases::{Phrase, PhraseKind};
pub use quotes::{Quote, QuoteKind};
pub use sentences::Sentence;

use std::ops::Range;

use crate::syntax::{Passage, PassageKind, RunningText};
use crate::text::blocks::WordBits;
use crate::text::{Span, letters};

/// The language whose rules are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English, and every language without rules of its own.
    #[default]
    English,
    /// Russian.
    Russian,
}

/// All that one text's words say without any registry. Lists are in order of place; spans are bytes of the running text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// Sentences.
    pub sentences: Vec<Sentence>,
    /// Quotations; one in marks within another follows it.
    pub quotes: Vec<Quote>,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Instruments by symbol or in words.
    pub instruments: Vec<Instrument>,
    /// Bare numbers that no body, year or earlier form explains: `resolution 181`.
    pub unsettled: Vec<Span>,
    /// Phrases of the lexicons: vague attributions, unnamed sources.
    pub phrases: Vec<Phrase>,
}

/// How many characters tell the language of a text.
const LOOKED_AT: usize = 1000;

/// Bytes of a sentence; most have more.
const SENTENCE: usize = 96;

/// Whether a letter of U+0400–04FF may be among some bytes.
fn may_hold_cyrillic(bytes: &[u8]) -> bool {
    memchr::memchr2(0xD0, 0xD1, bytes).or_else(|| memchr::memchr2(0xD2, 0xD3, bytes)).is_some()
}

impl Language {
    /// By a language tag (`en`, `ru-RU`), else by which alphabet has more letters in the first
    /// thousand characters.
    #[must_use]
    pub fn of(tag: Option<&str>, text: &str) -> Self {
        match tag.map(|t| t.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()).as_deref() {
            Some("ru" | "rus") => Self::Russian,
            Some(_) => Self::English,
            // Most texts begin so; the balance would be for the same.
            None if !may_hold_cyrillic(&text.as_bytes()[..text.len().min(4 * LOOKED_AT)]) => Self::English,
            None => {
                let letters = text.chars().take(LOOKED_AT).filter(|c| letters::is_alphabetic(*c));
                let balance: i32 = letters.map(|c| if ('\u{400}'..='\u{4ff}').contains(&c) { 1 } else { -1 }).sum();
                if balance > 0 { Self::Russian } else { Self::English }
            }
        }
    }
}

/// Reads a text's words.
#[must_use]
pub fn read(running: &RunningText<'_>, language: Language) -> Prose {
    read_part(&running.projection.text, &running.passages, 0..running.passages.len(), language, Vec::new())
}

/// Reads some of a text's passages, which no quotation may leave ([`quotes::are_apart`]). `earlier`: the instruments of
/// the passages before, which explain short forms; those found are appended to them. Indices of quotations count from
/// the first found.
#[must_use]
pub fn read_part(text: &str, passages: &[Passage], part: Range<usize>, language: Language, earlier: Vec<Instrument>) -> Prose {
    let mut prose = Prose { instruments: earlier, ..Prose::default() };
    let here = passages.get(part.clone()).unwrap_or_default();
    let bytes = all_of(here).len() as usize;
    prose.sentences.reserve(bytes / SENTENCE);
    // One thing is found in all passages before the next is: there is too much code to be fetched again for each.
    for (index, passage) in part.clone().zip(here) {
        sentences::split(text, passage.span, Span::from(0..index).end, language, &mut prose.sentences);
    }
    let mut search = instruments::Search::of(text, all_of(here));
    for passage in here {
        search.find_all(passage.span, &mut prose.instruments, &mut prose.unsettled);
    }
    let (mut bits, mut numbers) = (WordBits::default(), Vec::new());
    let (mut places, mut numerals) = (phrases::Places::default(), figures::Places::with_room(bytes));
    for sentences in prose.sentences.chunk_by_mut(|a, b| a.passage == b.passage) {
        let passage = passages[sentences[0].passage as usize];
        if passage.kind != PassageKind::Heading {
            bits.read(passage.span.slice(text));
            let mut look = watch::Look::new(text, passage.span.start, bits.is_ascii(), sentences, language, numbers);
            places.note(text, passage.span, &bits, language, |at, kinds| look.word(at, kinds));
            numbers = look.numbers;
            numerals.note(text, passage.span, &bits, &numbers);
        }
    }
    phrases::find_at(text, &places, language, &mut prose.phrases);
    figures::find(text, &numerals, &mut prose.figures);
    quotes::find_part(text, passages, part, &mut prose.quotes);
    figures::drop_within(&mut prose.figures, &prose.instruments);
    prose
}

/// From the first of some passages to the last.
fn all_of(passages: &[Passage]) -> Span {
    let (Some(first), Some(last)) = (passages.first(), passages.last()) else { return Span::at(0) };
    Span::new(first.span.start, last.span.end)
}
