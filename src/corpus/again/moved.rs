//! What was kept of a text's annotations, put where it is now.

use super::super::{Annotations, CitationAt, Claim, ClaimKind, InstrumentAt, MentionAt, QuoteAt, Speaker, Support};
use super::ends::Ends;
use crate::prose::attribution::Moved;
use crate::prose::{Figure, Instrument, Named, Phrase, Quote, Sentence};
use crate::text::{Replaced, Span};

/// Where an index that is kept behind the edit is now.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shift {
    at: u32,
    by: u32,
}

impl Shift {
    /// From an old index on, which is `new` now.
    pub(super) fn new(old: usize, new: usize) -> Self {
        let (at, new) = (Span::from(0..old).end, Span::from(0..new).end);
        Self { at, by: new.wrapping_sub(at) }
    }

    /// Behind some of a list, in whose place there are `count` now.
    pub(super) fn behind(old: &std::ops::Range<usize>, count: usize) -> Self {
        Self::new(old.end, old.start + count)
    }

    /// Where an index is now.
    pub(super) fn of(self, index: u32) -> u32 {
        if index >= self.at { index.wrapping_add(self.by) } else { index }
    }

    fn index(self, index: &mut u32) {
        *index = self.of(*index);
    }

    fn span(self, span: &mut Span) {
        self.index(&mut span.start);
        self.index(&mut span.end);
    }

    fn option(self, index: &mut Option<u32>) {
        if let Some(index) = index {
            self.index(index);
        }
    }
}

/// Where everything behind an edit is now.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shifts {
    pub(super) file: Shift,
    pub(super) words: Shift,
    pub(super) passages: Shift,
    pub(super) nodes: Shift,
    pub(super) sentences: Shift,
    pub(super) quotes: Shift,
    pub(super) figures: Shift,
    pub(super) mentions: Shift,
    pub(super) instruments: Shift,
}

impl Shifts {
    pub(super) fn sentence(&self, one: &mut Sentence) {
        self.words.span(&mut one.span);
        self.passages.index(&mut one.passage);
    }

    pub(super) fn quote(&self, one: &mut Quote) {
        self.words.span(&mut one.span);
        self.words.span(&mut one.words);
        self.passages.index(&mut one.passage);
        self.passages.option(&mut one.attribution_line);
        self.quotes.option(&mut one.within);
        self.quotes.option(&mut one.continues);
    }

    pub(super) fn figure(&self, one: &mut Figure) {
        self.words.span(&mut one.span);
        self.words.span(&mut one.number);
    }

    pub(super) fn phrase(&self, one: &mut Phrase) {
        self.words.span(&mut one.span);
    }

    pub(super) fn instrument(&self, one: &mut Instrument) {
        self.words.span(&mut one.span);
        if let Some((_, span)) = &mut one.year_as_written {
            self.words.span(span);
        }
        if let Some((_, span)) = &mut one.pin {
            self.words.span(span);
        }
    }

    pub(super) fn number(&self, one: &mut Span) {
        self.words.span(one);
    }

    pub(super) fn instrument_at(&self, one: &mut InstrumentAt) {
        self.file.span(&mut one.span);
    }

    pub(super) fn mention(&self, one: &mut MentionAt) {
        self.file.span(&mut one.span);
        self.words.span(&mut one.words);
        self.nodes.option(&mut one.node);
        if let Some(span) = &mut one.pin_beside {
            self.file.span(span);
        }
    }

    pub(super) fn named(&self, one: &mut Named) {
        self.words.span(&mut one.span);
    }

    pub(super) fn citation(&self, one: &mut CitationAt) {
        self.nodes.index(&mut one.node);
        self.file.span(&mut one.key);
    }

    fn speaker(&self, one: &mut Speaker) {
        self.file.span(&mut one.span);
        if let Some(cue) = &mut one.cue {
            self.file.span(cue);
        }
    }

    pub(super) fn quote_at(&self, one: &mut QuoteAt) {
        self.file.span(&mut one.span);
        if let Some(speaker) = &mut one.speaker {
            self.speaker(speaker);
        }
    }

    pub(super) fn reported(&self, one: &mut (u32, Speaker)) {
        self.sentences.index(&mut one.0);
        self.speaker(&mut one.1);
    }

    pub(super) fn supported(&self, one: &mut u32) {
        self.sentences.index(one);
    }

    pub(super) fn claim(&self, one: &mut Claim) {
        match &mut one.kind {
            ClaimKind::Explicit(node) => self.nodes.index(node),
            ClaimKind::Figure(index) => self.figures.index(index),
            ClaimKind::Quote(index) => self.quotes.index(index),
        }
        self.file.span(&mut one.span);
        self.words.span(&mut one.words);
        self.sentences.index(&mut one.sentence);
        for support in &mut one.support {
            match support {
                Support::Citation(node) | Support::Footnote(node) | Support::Link(node) => self.nodes.index(node),
                Support::Pinned(mention) => self.mentions.index(mention),
                Support::Instrument(index) => self.instruments.index(index),
                Support::Attribute(span) | Support::Document(span) => self.file.span(span),
                Support::Attribution(speaker) => self.speaker(speaker),
            }
        }
        if let Some(by) = &mut one.by {
            self.speaker(by);
        }
    }
}

/// Puts `new` in the place of some of a list, and those behind where they are now.
pub(super) fn splice<T>(list: &mut Vec<T>, old: std::ops::Range<usize>, new: Vec<T>, shift: impl Fn(&mut T)) {
    for one in list.iter_mut().skip(old.end) {
        shift(one);
    }
    list.splice(old, new);
}

/// What attribution asks about words and names after an edit.
pub(super) struct MovedNames<'a> {
    /// The words that were edited.
    pub(super) words: Replaced,
    /// What of the names is the same.
    pub(super) names: Ends,
    /// The text as it is.
    pub(super) notes: &'a Annotations,
}

impl Moved for MovedNames<'_> {
    fn span(&self, span: Span) -> Option<Span> {
        let edited = span.start <= self.words.old.end && self.words.old.start <= span.end;
        (!edited).then(|| self.words.moved_span(span))
    }

    fn named(&self, index: u32) -> Option<u32> {
        self.names.moved(index)
    }

    fn is_as_it_was(&self, index: u32, around: u32) -> bool {
        let Some(named) = self.named(index).and_then(|i| self.notes.named.get(i as usize)) else { return false };
        let zone = Span::new(named.span.start.saturating_sub(around), named.span.end.saturating_add(around));
        zone.end < self.words.new.start || zone.start > self.words.new.end
    }
}
