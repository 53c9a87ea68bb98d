//! Which sources stand near some words, and how far each reaches: asked for one place, when somebody wants to know why.

use super::coverage::{self, ClaimSpans, Coverage, Covered, Scope};
use super::landmarks::LandmarkKind;
use super::part::{Part, closed, share_table};
use super::{Annotations, Snapshot, Support};
use crate::config::TextKind;
use crate::syntax::NodeKind;
use crate::text::Span;

/// A source and what it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covering {
    /// The source.
    pub support: Support,
    /// Where it stands, in bytes of the file.
    pub at: Span,
    /// How far it reaches.
    pub scope: Scope,
    /// What it covers, in bytes of the running text.
    pub words: Span,
}

impl Annotations {
    /// The sources in the passage that holds some words (of the running text) and in those beside it, in order of place; those too
    /// that do not reach so far. The source of the whole text comes last.
    #[must_use]
    pub fn sources_around(&self, snapshot: &Snapshot, words: Span) -> Vec<Covering> {
        let Some(file) = snapshot.file(self.file) else { return Vec::new() };
        let part = self.part_around(words);
        let marks = ClaimSpans::of(self, &part);
        let cover = Coverage::unplaced(self);
        let mut out = Vec::new();
        let nodes = part.nodes(self);
        for (number, node) in self.document.nodes.iter().enumerate().take(nodes.end).skip(nodes.start) {
            let Some(support) = cover.support(self, Span::from(0..number).end, node) else { continue };
            let Some(covered) = coverage::covered_by(self, file, &marks, node) else { continue };
            let (scope, words) = self.reach(covered);
            out.push(Covering { support, at: node.span, scope, words });
        }
        let of_sentence = |at: Span, words: Span, support: Support| {
            let sentence = self.prose.sentences.get(self.sentence_at(words.start)? as usize)?;
            Some(Covering { support, at, scope: Scope::Sentence, words: sentence.span })
        };
        let mentions = part.in_file(&self.mentions, |m| m.span.start);
        for (index, mention) in self.mentions.iter().enumerate().take(mentions.end).skip(mentions.start) {
            if mention.pin.is_some() && coverage::is_citable(snapshot, &mention.meaning) {
                out.extend(of_sentence(mention.span, mention.words, Support::Pinned(Span::from(0..index).end)));
            }
        }
        let instruments = part.in_words(&self.prose.instruments, |i| i.span.start);
        for (index, (at, found)) in self.instruments_found().enumerate().take(instruments.end).skip(instruments.start) {
            if found.pin.is_some() {
                out.extend(of_sentence(at.span, found.span, Support::Instrument(Span::from(0..index).end)));
            }
        }
        out.sort_by_key(|c| (c.at.start, c.at.end));
        if let Some((_, value)) = file.facts.head.source.as_ref().filter(|_| file.settings.kind != TextKind::SourceText) {
            let all = Span::new(0, Span::from(0..self.running().len()).end);
            out.push(Covering { support: Support::Document(*value), at: *value, scope: Scope::Text, words: all });
        }
        out
    }

    /// The passages beside some words, as far as a source there may reach them: all where a caption cites for its table.
    fn part_around(&self, words: Span) -> Part {
        let passages = &self.words.passages;
        if self.landmarks.iter().any(|l| l.kind == LandmarkKind::Caption) {
            return Part::whole(self);
        }
        let own = passages.partition_point(|p| p.span.end < words.start);
        let last = passages.partition_point(|p| p.span.start < words.end).max(own);
        let beside = own.saturating_sub(1)..(last + 1).min(passages.len());
        let quoted = |at: usize| passages.get(at).is_some_and(|p| matches!(p.kind, crate::syntax::PassageKind::Quotation));
        let apart = |at: usize| !share_table(&self.document, passages, at) && !(at > 0 && quoted(at - 1));
        Part::of(&self.document, passages, closed(beside.start.min(beside.end)..beside.end, passages.len(), apart))
    }

    fn reach(&self, covered: Covered) -> (Scope, Span) {
        let map = &self.words.map;
        let to_words = |span: Span| Span::new(map.from_source(span.start), map.from_source(span.end).max(map.from_source(span.start)));
        match covered {
            Covered::Mark(node) => match self.document.nodes.get(node as usize).map(|n| &n.kind) {
                Some(NodeKind::BracketedSpan { text, .. }) => (Scope::Mark, to_words(*text)),
                _ => (Scope::Mark, Span::default()),
            },
            Covered::Sentence(sentence) => {
                (Scope::Sentence, self.prose.sentences.get(sentence as usize).map(|s| s.span).unwrap_or_default())
            }
            Covered::Words(scope, words) => (scope, words),
            Covered::Blocks(scope, span) => (scope, to_words(span)),
        }
    }
}
