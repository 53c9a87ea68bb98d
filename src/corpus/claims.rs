//! What asserts, and what supports it: provenance.

use super::coverage::{ClaimSpans, Coverage};
use super::nested_spans::NestedSpans;
use super::part::Part;
use super::{Annotations, Claim, ClaimKind, FileState, Snapshot, Speaker, Support};
use crate::config::TextKind;
use crate::prose::quotes::{self, is_clause};
use crate::prose::{Quote, QuoteKind};
use crate::syntax::{Attributes, NodeKind, PassageKind};
use crate::text::Span;

/// Fewest words of a quotation in marks that needs a source; shorter ones are names and scare quotes more often than speech.
pub const QUOTE_WORDS: u32 = 4;

/// Fewest words of a quotation that is a sentence by its capital and stop: "It is over," says somebody.
const SENTENCE_WORDS: u32 = 3;

/// So many words are no term, however they begin and end.
const LONG_WORDS: u32 = 8;

/// How many claims of a text need a source and have one, or have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimCount {
    /// Those with a source.
    pub sourced: usize,
    /// Those without.
    pub unsourced: usize,
}

impl Annotations {
    /// How many claims need a source and have one, or have none.
    #[must_use]
    pub fn claim_count(&self) -> ClaimCount {
        let mut count = ClaimCount::default();
        for claim in self.claims.iter().filter(|c| !c.exempt) {
            *(if claim.support.is_empty() { &mut count.unsourced } else { &mut count.sourced }) += 1;
        }
        count
    }
}

/// All claims of a part, in order of place.
pub(super) fn find(
    snapshot: &Snapshot,
    notes: &Annotations,
    file: &FileState,
    cover: &Coverage<'_>,
    marks: &ClaimSpans,
    part: &Part,
) -> Vec<Claim> {
    let attribution_counts = file.settings.kind == TextKind::SourceText;
    let finder = Finder { snapshot, notes, cover, attribution_counts, opinions: opinions(notes, part), marks, part };
    let mut claims = finder.explicit();
    finder.quotes(&mut claims);
    finder.figures(&mut claims);
    claims.sort_by_key(|c| (c.span, c.kind));
    claims
}

struct Finder<'a> {
    snapshot: &'a Snapshot,
    notes: &'a Annotations,
    cover: &'a Coverage<'a>,
    attribution_counts: bool,
    /// Spans the author marked as opinion.
    opinions: NestedSpans,
    marks: &'a ClaimSpans,
    part: &'a Part,
}

fn opinions(notes: &Annotations, part: &Part) -> NestedSpans {
    let spans = notes.document.nodes[part.nodes(notes)].iter().filter(|n| match &n.kind {
        NodeKind::BracketedSpan { attributes, .. } => attributes.has_class(&notes.text, "opinion"),
        _ => false,
    });
    NestedSpans::of(spans.map(|n| n.span).collect())
}

impl Finder<'_> {
    fn explicit(&self) -> Vec<Claim> {
        let mut out = Vec::new();
        let nodes = self.part.nodes(self.notes);
        for (number, node) in self.notes.document.nodes.iter().enumerate().take(nodes.end).skip(nodes.start) {
            let NodeKind::BracketedSpan { text, attributes } = &node.kind else { continue };
            if !attributes.has_class(&self.notes.text, "claim") {
                continue;
            }
            let number = Span::from(0..number).end;
            let map = &self.notes.words.map;
            let words = Span::new(map.from_source(text.start), map.from_source(text.end));
            let by = attributes.pair(&self.notes.text, "by").map(|by| Speaker {
                span: by.value,
                entity: self.snapshot.entity_of(by.value.slice(&self.notes.text)),
                cue: None,
            });
            let kind = ClaimKind::Explicit(number);
            let exempt = matches!(attributes.value(&self.notes.text, "status"), Some("refuted" | "retracted"));
            let mut claim = self.claim(kind, *text, words, by);
            claim.exempt |= exempt;
            claim.support.splice(0..0, self.of_mark(number, attributes));
            out.push(claim);
        }
        out
    }

    fn of_mark(&self, node: u32, attributes: &Attributes) -> Vec<Support> {
        let own = attributes.pair(&self.notes.text, "source").filter(|p| !p.value.is_empty()).map(|p| Support::Attribute(p.value));
        own.into_iter().chain(self.cover.of_span(node)).collect()
    }

    fn quotes(&self, out: &mut Vec<Claim>) {
        let quotes = self.part.by_passage(&self.notes.prose.quotes, |q| q.passage);
        for (index, quote) in self.notes.prose.quotes.iter().enumerate().take(quotes.end).skip(quotes.start) {
            if quote.within.is_some() || quote.continues.is_some() || self.in_heading(quote.span) {
                continue;
            }
            let at = &self.notes.quotes[index];
            if !self.asserts(quote, at.speaker.is_some()) {
                continue;
            }
            let mut claim = self.claim(ClaimKind::Quote(Span::from(0..index).end), at.span, quote.span, at.speaker);
            for part in self.parts_of(index) {
                claim.support.extend(self.supports(self.notes.prose.quotes[part].span, self.notes.quotes[part].span));
            }
            if self.attribution_counts
                && let Some(speaker) = at.speaker
            {
                claim.support.push(Support::Attribution(speaker));
            }
            out.push(claim);
        }
    }

    /// Whether a quotation claims that somebody used these words. A term or title in marks does not: it is short, begins with
    /// a small letter, ends without a mark of its own, and nobody says or cites it.
    fn asserts(&self, quote: &Quote, has_speaker: bool) -> bool {
        if quote.kind == QuoteKind::Block {
            return true;
        }
        let words = quote.words.slice(self.notes.running()).trim();
        let sentence = is_sentence(words);
        if quote.word_count < QUOTE_WORDS {
            return sentence
                && quote.word_count >= SENTENCE_WORDS
                && words.split_whitespace().skip(1).all(|w| !w.starts_with(char::is_uppercase));
        }
        let cited = || self.notes.sentence_at(quote.span.start).is_some_and(|s| self.cover.of_sentence(s).next().is_some());
        let said = || sentence || has_speaker || quote.word_count >= LONG_WORDS || is_clause(words) || cited() || self.is_lifted(quote);
        quote.is_speech && said()
    }

    /// Whether few quoted words are part of what somebody said, or the whole of a sentence in marks.
    fn is_lifted(&self, quote: &Quote) -> bool {
        let text = self.notes.running();
        let Some(passage) = self.notes.words.passages.get(quote.passage as usize).map(|p| p.span) else { return false };
        // «Спросите, когда всё кончится».
        let begins = || self.notes.prose.sentences.binary_search_by_key(&quote.span.start, |s| s.span.start).is_ok();
        let behind = Span::new(quote.span.end, passage.end).slice(text);
        let ends = behind.starts_with('.') || behind.starts_with(", —") || behind.starts_with(", –");
        let whole = || ends && quote.words.slice(text).starts_with(char::is_uppercase) && begins();
        quotes::is_lifted(text, passage, quote.span, quote.words) || whole()
    }

    /// The quotations that continue one over the paragraphs that follow.
    fn parts_of(&self, first: usize) -> Vec<usize> {
        let quotes = &self.notes.prose.quotes;
        let mut last = Span::from(0..first).end;
        let mut parts = Vec::new();
        for (i, quote) in quotes.iter().enumerate().skip(first + 1) {
            if quote.continues == Some(last) {
                parts.push(i);
                last = Span::from(0..i).end;
            } else if quote.within.is_none() && quote.continues.is_none() {
                break;
            }
        }
        parts
    }

    fn in_heading(&self, words: Span) -> bool {
        let i = self.notes.words.passages.partition_point(|p| p.span.end <= words.start);
        self.notes.words.passages.get(i).is_some_and(|p| p.kind == PassageKind::Heading)
    }

    fn figures(&self, out: &mut Vec<Claim>) {
        let quotes = self.part.by_passage(&self.notes.prose.quotes, |q| q.passage);
        let said: Vec<Span> =
            self.notes.prose.quotes[quotes].iter().filter(|q| q.is_speech || q.kind == QuoteKind::Block).map(|q| q.span).collect();
        let marked: Vec<Span> = out.iter().filter(|c| matches!(c.kind, ClaimKind::Explicit(_))).map(|c| c.words).collect();
        let figures = self.part.in_words(&self.notes.prose.figures, |f| f.span.start);
        for (index, figure) in self.notes.prose.figures.iter().enumerate().take(figures.end).skip(figures.start) {
            // A figure in a quotation is the speaker's, and one in a marked claim the claim's: those ask for the source.
            let taken = within(&said, figure.span) || within(&marked, figure.span);
            if !taken {
                let span = self.notes.words.to_file(figure.span);
                out.push(self.claim(ClaimKind::Figure(Span::from(0..index).end), span, figure.span, None));
            }
        }
    }

    fn claim(&self, kind: ClaimKind, span: Span, words: Span, by: Option<Speaker>) -> Claim {
        let exempt = self.opinions.around(span).next().is_some();
        let sentence = self.notes.sentence_at(words.start).unwrap_or_default();
        let by = by.or_else(|| self.reported_by(sentence));
        let mut support = self.supports(words, span);
        if self.attribution_counts
            && let Some(speaker) = by
        {
            support.push(Support::Attribution(speaker));
        }
        Claim { kind, span, words, sentence, support, exempt, by }
    }

    fn reported_by(&self, sentence: u32) -> Option<Speaker> {
        let i = self.notes.reported.binary_search_by_key(&sentence, |(s, _)| *s).ok()?;
        self.notes.reported.get(i).map(|(_, speaker)| *speaker)
    }

    /// What supports the sentences that `words` (running text) touches, the claim spans that hold `span` (file), and the text.
    fn supports(&self, words: Span, span: Span) -> Vec<Support> {
        let mut out: Vec<Support> = Vec::new();
        for mark in self.marks.spans.around(span).chain(self.marks.spans.inside(span)) {
            let number = self.marks.nodes[mark];
            if let Some(NodeKind::BracketedSpan { attributes, .. }) = self.notes.document.nodes.get(number as usize).map(|n| &n.kind) {
                out.extend(self.of_mark(number, attributes));
            }
        }
        let sentences = &self.notes.prose.sentences;
        let from = sentences.partition_point(|s| s.span.end <= words.start);
        for (i, _) in sentences.iter().enumerate().skip(from).take_while(|(_, s)| s.span.start < words.end) {
            out.extend(self.cover.of_sentence(Span::from(0..i).end));
        }
        out.extend(self.cover.of_document());
        out.dedup();
        out
    }
}

/// Whether quoted words are a sentence, or the beginning of one, by their stop or by a capital before more than a few words.
fn is_sentence(words: &str) -> bool {
    let capital = words.starts_with(char::is_uppercase);
    words.ends_with(['.', '!', '?', '…', ',']) && !words.ends_with("et al.")
        || (capital && words.split_whitespace().nth(QUOTE_WORDS as usize).is_some())
}

/// Whether one of `spans` (in order of place, perhaps nested) covers `span`.
fn within(spans: &[Span], span: Span) -> bool {
    let upto = spans.partition_point(|s| s.start <= span.start);
    spans[..upto].iter().rev().take(8).any(|s| s.covers(span))
}
