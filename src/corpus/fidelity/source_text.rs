//! One text as a source: its words, paragraphs, speakers and numbers.

use crate::corpus::{Annotations, EntityId, FileId};
use crate::prose::wording::{Found, Wording};
use crate::prose::{Figure, Language, QuoteKind, numbers};
use crate::syntax::OffsetMap;
use crate::text::Span;

/// A text that others cite.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// Its file.
    pub file: FileId,
    /// Its language.
    pub language: Language,
    /// How many numbered paragraphs it has.
    pub paragraphs: u32,
    pub(super) wording: Wording,
    /// From its running text to its file.
    pub(super) map: OffsetMap,
    /// The number of each passage's paragraph, and where its words begin.
    pub(super) numbered: Vec<(usize, u32)>,
    /// Quotations with a speaker: first word, word after the last.
    said: Vec<(usize, usize, EntityId)>,
    /// Every number, with the number of its paragraph.
    numbers: Vec<(f64, u32)>,
    /// Its figures, with the number of their paragraph and their number's place in the file.
    figures: Vec<(Figure, u32, Span)>,
}

/// A figure of a source, which may be the one that was meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureThere {
    /// Its value.
    pub value: f64,
    /// Its number as written, in the source's file.
    pub number: Span,
    /// The number of its paragraph; 0 for words outside the body.
    pub paragraph: u32,
}

impl SourceText {
    /// Of a text that is annotated.
    pub(super) fn of(notes: &Annotations) -> Self {
        let passages = &notes.words.passages;
        let wording = Wording::of(notes.running(), passages.iter().map(|p| p.span));
        let numbered: Vec<(usize, u32)> = passages.iter().map(|p| (wording.at(p.span.start), p.paragraph)).collect();
        let said = notes.prose.quotes.iter().zip(&notes.quotes).filter_map(|(quote, at)| {
            let speaker = at.speaker?.entity?;
            // Words that somebody quotes within are not the speaker's own.
            (quote.within.is_none() && (quote.kind == QuoteKind::Marks || quote.attribution_line.is_some()))
                .then(|| (wording.at(quote.span.start), wording.at(quote.span.end), speaker))
        });
        let said = said.collect();
        let numbers =
            passages.iter().flat_map(|p| numbers(notes.running(), p.span).into_iter().map(|value| (value, p.paragraph))).collect();
        let paragraph = |at: u32| passages.get(passages.partition_point(|p| p.span.end <= at)).map_or(0, |p| p.paragraph);
        let place = |f: &Figure| (f.clone(), paragraph(f.number.start), notes.words.to_file(f.number));
        let figures = notes.prose.figures.iter().map(place).collect();
        let paragraphs = passages.iter().map(|p| p.paragraph).max().unwrap_or_default();
        Self {
            file: notes.file,
            language: notes.language,
            paragraphs,
            wording,
            map: notes.words.map.clone(),
            numbered,
            said,
            numbers,
            figures,
        }
    }

    /// The paragraphs in which a number stands, by value: 90 thousand is 90,000. 0 for words outside the body.
    pub fn paragraphs_with(&self, value: f64) -> impl Iterator<Item = u32> + '_ {
        let same = move |n: f64| (n - value).abs() <= value.abs() * 1e-9;
        self.numbers.iter().filter(move |(n, _)| same(*n)).map(|(_, paragraph)| *paragraph)
    }

    /// The values of all its numbers.
    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.numbers.iter().map(|(value, _)| *value)
    }

    /// Who says which words: the first, the one after the last.
    pub(in crate::corpus) fn said(&self) -> impl Iterator<Item = (usize, usize, EntityId)> + '_ {
        self.said.iter().copied()
    }

    /// Its figures of the same unit as another, one of each value, the nearest values first.
    #[must_use]
    pub fn figures_like(&self, other: &Figure) -> Vec<FigureThere> {
        let like = self.figures.iter().filter(|(f, ..)| f.unit == other.unit && f.upper.is_some() == other.upper.is_some());
        let mut all: Vec<FigureThere> =
            like.map(|(f, paragraph, number)| FigureThere { value: f.value, number: *number, paragraph: *paragraph }).collect();
        let far = |f: &FigureThere| (f.value.abs().max(f64::MIN_POSITIVE) / other.value.abs().max(f64::MIN_POSITIVE)).ln().abs();
        all.sort_by(|a, b| far(a).total_cmp(&far(b)).then(a.number.cmp(&b.number)));
        all.dedup_by(|a, b| a.value.to_bits() == b.value.to_bits());
        all
    }

    /// The number of the paragraph that holds a word; 0 for none.
    pub(super) fn paragraph_at(&self, word: usize) -> u32 {
        let next = self.numbered.partition_point(|(from, _)| *from <= word);
        next.checked_sub(1).and_then(|i| self.numbered.get(i)).map_or(0, |(_, number)| *number)
    }

    /// First word of the first of some paragraphs, and the word after the last of the last.
    pub(super) fn words_of(&self, numbers: &[u32]) -> Option<(usize, usize)> {
        let first = self.numbered.iter().position(|(_, number)| numbers.contains(number))?;
        let last = self.numbered.iter().rposition(|(_, number)| numbers.contains(number))?;
        let end = self.numbered.get(last + 1).map_or(self.wording.words().len(), |(from, _)| *from);
        Some((self.numbered[first].0, end))
    }

    /// Who says the words found, when one quotation holds all of them.
    pub(super) fn speaker_of(&self, found: Found) -> Option<EntityId> {
        self.said.iter().find(|(from, to, _)| *from <= found.from && found.to <= *to).map(|(_, _, who)| *who)
    }
}
