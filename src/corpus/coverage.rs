//! What each citation covers: the table of `spec/markup.md`, "What a citation covers".
//!
//! First that fits: the claim span it follows or is inside; in an attribution line the block
//! quotation; its sentence; with `citation-scope = "paragraph"`, after the last sentence, the paragraph; in a table its
//! row, in a caption the table; front matter's `source:`, the text.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::nested_spans::NestedSpans;
use super::part::Part;
use super::{Annotations, FileState, Snapshot, Support};
use crate::config::{CitationScope, TextKind};
use crate::prose::QuoteKind;
use crate::syntax::{BlockKind, Node, NodeKind, PassageKind};
use crate::text::Span;

/// Block quotations looked back over for the one that a line belongs to.
const NESTED: usize = 16;

/// How far a source reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The marked span it stands in or behind.
    Mark,
    /// Its sentence.
    Sentence,
    /// Its paragraph, because `citation-scope` says so.
    Paragraph,
    /// The block quotation whose attribution line it stands in, or behind which it stands.
    BlockQuotation,
    /// Its row of a table.
    Row,
    /// The table whose caption it stands in.
    Table,
    /// The whole text.
    Text,
}

/// What a source covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covered {
    /// A claim span, by its node.
    Mark(u32),
    /// One sentence, by its index.
    Sentence(u32),
    /// All sentences that share a byte with a span of the running text.
    Words(Scope, Span),
    /// All sentences of the passages whose blocks lie in a span of the file.
    Blocks(Scope, Span),
}

/// What supports the sentences and spans of one text.
#[derive(Debug, Default)]
pub(super) struct Coverage<'a> {
    /// (sentence, support), sorted by sentence.
    sentences: Vec<(u32, Support)>,
    /// (node of a claim span, support), sorted by node.
    spans: Vec<(u32, Support)>,
    /// For the whole text.
    document: Option<Support>,
    /// Labels of the footnotes that hold a source.
    footnotes: Option<&'a FxHashSet<SmolStr>>,
}

impl<'a> Coverage<'a> {
    /// Without what any support covers: to ask whether marks are sources.
    pub(super) fn unplaced(notes: &'a Annotations) -> Self {
        Self { footnotes: Some(&notes.sourced_notes), ..Self::default() }
    }

    /// Works out what every support that stands in a part covers.
    pub(super) fn of(snapshot: &Snapshot, notes: &'a Annotations, file: &FileState, marks: &ClaimSpans, part: &Part) -> Self {
        let mut cover = Self::unplaced(notes);
        let nodes = part.nodes(notes);
        for (number, node) in notes.document.nodes.iter().enumerate().take(nodes.end).skip(nodes.start) {
            let number = Span::from(0..number).end;
            if let Some(support) = cover.support(notes, number, node) {
                cover.place(notes, file, marks, node, support);
            }
        }
        let mentions = part.in_file(&notes.mentions, |m| m.span.start);
        for (index, mention) in notes.mentions.iter().enumerate().take(mentions.end).skip(mentions.start) {
            if mention.pin.is_some() && is_citable(snapshot, &mention.meaning) {
                cover.sentence_of(notes, mention.words, Support::Pinned(Span::from(0..index).end));
            }
        }
        let instruments = part.in_words(&notes.prose.instruments, |i| i.span.start);
        for (index, found) in notes.prose.instruments.iter().enumerate().take(instruments.end).skip(instruments.start) {
            if found.pin.is_some() {
                cover.sentence_of(notes, found.span, Support::Instrument(Span::from(0..index).end));
            }
        }
        if file.settings.kind != TextKind::SourceText {
            cover.document = file.facts.head.source.as_ref().map(|(_, span)| Support::Document(*span));
        }
        cover.sentences.sort_by_key(|(sentence, _)| *sentence);
        cover.spans.sort_by_key(|(node, _)| *node);
        cover
    }

    /// What supports a sentence itself, not its text.
    pub(super) fn of_sentence(&self, sentence: u32) -> impl Iterator<Item = Support> {
        let from = self.sentences.partition_point(|(s, _)| *s < sentence);
        self.sentences[from..].iter().take_while(move |(s, _)| *s == sentence).map(|(_, support)| *support)
    }

    /// What supports a claim span itself.
    pub(super) fn of_span(&self, node: u32) -> impl Iterator<Item = Support> {
        let from = self.spans.partition_point(|(n, _)| *n < node);
        self.spans[from..].iter().take_while(move |(n, _)| *n == node).map(|(_, support)| *support)
    }

    /// Those of `sentences` that something supports, in order.
    pub(super) fn supported(&self, sentences: std::ops::Range<usize>) -> Vec<u32> {
        let Span { start, end } = Span::from(sentences);
        if self.document.is_some() {
            return (start..end).collect();
        }
        let mut all: Vec<u32> = self.sentences.iter().map(|(s, _)| *s).filter(|s| (start..end).contains(s)).collect();
        all.dedup();
        all
    }

    /// What supports the whole text.
    pub(super) fn of_document(&self) -> Option<Support> {
        self.document
    }

    /// Whether a mark is a source at all.
    pub(super) fn support(&self, notes: &Annotations, number: u32, node: &Node) -> Option<Support> {
        match &node.kind {
            NodeKind::Citation(_) => {
                let known = notes.citations.binary_search_by_key(&number, |c| c.node).is_ok();
                known.then_some(Support::Citation(number))
            }
            NodeKind::Link { destination, .. } => is_external(destination.slice(&notes.text)).then_some(Support::Link(number)),
            NodeKind::FootnoteReference { label } => {
                let sourced = self.footnotes.is_some_and(|f| f.contains(label.slice(&notes.text)));
                sourced.then_some(Support::Footnote(number))
            }
            _ => None,
        }
    }

    fn place(&mut self, notes: &Annotations, file: &FileState, marks: &ClaimSpans, node: &Node, support: Support) {
        match covered_by(notes, file, marks, node) {
            Some(Covered::Mark(span)) => self.spans.push((span, support)),
            Some(Covered::Blocks(_, scope)) => self.passages_in(notes, scope, support),
            Some(Covered::Words(_, scope)) => self.sentences_in(notes, scope, support),
            Some(Covered::Sentence(sentence)) => self.sentences.push((sentence, support)),
            None => {}
        }
    }

    fn sentence_of(&mut self, notes: &Annotations, words: Span, support: Support) {
        if let Some(sentence) = notes.sentence_at(words.start) {
            self.sentences.push((sentence, support));
        }
    }

    /// All sentences that share a byte with `scope`, a span of the running text.
    fn sentences_in(&mut self, notes: &Annotations, scope: Span, support: Support) {
        let from = notes.prose.sentences.partition_point(|s| s.span.end <= scope.start);
        for (i, s) in notes.prose.sentences.iter().enumerate().skip(from) {
            if s.span.start >= scope.end {
                break;
            }
            self.sentences.push((Span::from(0..i).end, support));
        }
    }

    /// All sentences of the passages whose blocks lie in `scope`, a span of the file.
    fn passages_in(&mut self, notes: &Annotations, scope: Span, support: Support) {
        let from = notes.words.passages.partition_point(|p| notes.words.to_file(p.span).start < scope.start);
        for passage in &notes.words.passages[from..] {
            let block = notes.document.blocks.get(passage.block as usize).map(|b| b.span).unwrap_or_default();
            if block.start >= scope.end {
                break;
            }
            if scope.covers(block) {
                self.sentences_in(notes, passage.span, support);
            }
        }
    }
}

/// What a mark covers as a source: the first that fits.
pub(super) fn covered_by(notes: &Annotations, file: &FileState, marks: &ClaimSpans, node: &Node) -> Option<Covered> {
    if let Some(span) = marks.held_by(notes, node) {
        return Some(Covered::Mark(span));
    }
    if let Some((scope, span)) = table_scope(notes, node) {
        return Some(Covered::Blocks(scope, span));
    }
    let sentence = sentence_of_node(notes, node)?;
    if let Some(quote) = block_quote_of(notes, node, sentence) {
        return Some(Covered::Words(Scope::BlockQuotation, quote));
    }
    let last = notes.prose.sentences.get(sentence as usize).copied();
    if file.settings.scope == CitationScope::Paragraph
        && let Some(last) = last
        && notes.prose.sentences.get(sentence as usize + 1).is_none_or(|next| next.passage != last.passage)
    {
        let passage = notes.words.passages.get(last.passage as usize).map(|p| p.span).unwrap_or_default();
        return Some(Covered::Words(Scope::Paragraph, passage));
    }
    Some(Covered::Sentence(sentence))
}

fn is_external(destination: &str) -> bool {
    let lower = destination.get(..8).unwrap_or(destination).to_ascii_lowercase();
    lower.starts_with("http://") || lower.starts_with("https://")
}

/// Labels of the footnotes in which a source is named.
pub(super) fn footnotes_with_sources(notes: &Annotations) -> FxHashSet<SmolStr> {
    let document = &notes.document;
    let definitions = document.blocks.iter().filter_map(|b| match b.kind {
        BlockKind::FootnoteDefinition(label) => Some((label, b.span)),
        _ => None,
    });
    let holds_source = |span: Span| {
        let from = document.nodes.partition_point(|n| n.span.start < span.start);
        document.nodes[from..].iter().take_while(|n| n.span.start < span.end).any(|n| match &n.kind {
            NodeKind::Citation(_) => true,
            NodeKind::Link { destination, .. } => is_external(destination.slice(&notes.text)),
            NodeKind::Mention(m) => m.pin.is_some(),
            _ => false,
        })
    };
    definitions.filter(|(_, span)| holds_source(*span)).map(|(label, _)| label.slice(&notes.text).into()).collect()
}

/// The bracketed spans that assert something: their nodes, and their places in the same order.
pub(super) struct ClaimSpans {
    pub(super) nodes: Vec<u32>,
    pub(super) spans: NestedSpans,
}

impl ClaimSpans {
    /// Those of a part.
    pub(super) fn of(notes: &Annotations, part: &Part) -> Self {
        let nodes = part.nodes(notes);
        let here = || notes.document.nodes.iter().enumerate().take(nodes.end).skip(nodes.start);
        let marks = || here().filter(|(_, n)| is_claim_span(&notes.text, n));
        Self { nodes: marks().map(|(i, _)| Span::from(0..i).end).collect(), spans: NestedSpans::of(marks().map(|(_, n)| n.span).collect()) }
    }

    /// The one that a mark is inside or directly follows.
    fn held_by(&self, notes: &Annotations, node: &Node) -> Option<u32> {
        let marks = || {
            let back = self.spans.back_from(node.span.start).map(|(i, span)| (self.nodes[i], span));
            back.filter(|(n, _)| notes.document.nodes.get(*n as usize).is_some_and(|m| m.block == node.block && m.span != node.span))
        };
        let inside = marks().find(|(_, span)| span.covers(node.span));
        let follows = || marks().find(|(_, span)| span.end <= node.span.start && between_is_blank(&notes.text, span.end, node.span.start));
        inside.or_else(follows).map(|(n, _)| n)
    }
}

/// Whether a bracketed span asserts something of its own.
fn is_claim_span(text: &str, node: &Node) -> bool {
    let NodeKind::BracketedSpan { attributes, .. } = &node.kind else { return false };
    ["claim", "quote", "figure"].iter().any(|c| attributes.has_class(text, c))
}

fn between_is_blank(text: &str, from: u32, to: u32) -> bool {
    Span::new(from, to).slice(text).chars().all(char::is_whitespace)
}

/// The row of a mark in a table, or the table of a mark in a caption.
fn table_scope(notes: &Annotations, node: &Node) -> Option<(Scope, Span)> {
    let document = &notes.document;
    for (index, block) in document.ancestors(node.block) {
        match block.kind {
            BlockKind::TableRow => return Some((Scope::Row, block.span)),
            BlockKind::Caption => {
                let is_table = |b: &&crate::syntax::Block| b.kind == BlockKind::Table;
                let before = document.blocks[..index as usize].iter().rev().find(is_table);
                let after = document.blocks[index as usize..].iter().find(is_table);
                let distance = |b: &&crate::syntax::Block| {
                    if b.span.start > block.span.start {
                        b.span.start.saturating_sub(block.span.end)
                    } else {
                        block.span.start.saturating_sub(b.span.end)
                    }
                };
                return before.into_iter().chain(after).min_by_key(distance).map(|b| (Scope::Table, b.span));
            }
            _ => {}
        }
    }
    None
}

/// The sentence a mark belongs to: the one it stands in or follows; at the head of a block, or as its subject, the one that comes next.
fn sentence_of_node(notes: &Annotations, node: &Node) -> Option<u32> {
    let sentences = &notes.prose.sentences;
    let block_of = |s: usize| {
        let passage = sentences.get(s).and_then(|s| notes.words.passages.get(s.passage as usize));
        passage.map(|p| p.block)
    };
    let offset = notes.words.map.from_source(node.span.start);
    let next = sentences.partition_point(|s| s.span.start < offset);
    let narrative = matches!(&node.kind, NodeKind::Citation(group) if group.narrative);
    let starts_next =
        sentences.get(next).is_some_and(|s| block_of(next) == Some(node.block) && notes.words.to_file(s.span).start >= node.span.start);
    let before = next.checked_sub(1);
    let in_sentence = before.is_some_and(|b| sentences[b].span.end > offset);
    let chosen = match before {
        Some(b) if in_sentence => b,
        Some(b) if block_of(b) == Some(node.block) && !(narrative && starts_next) => b,
        _ if starts_next => next,
        // A footnote of nothing but the citation supports what refers to it, not what happens to stand before it.
        Some(_) if is_in_footnote(notes, node) => return None,
        // A block of nothing but the citation: what stands before it.
        Some(b) => b,
        None => return None,
    };
    Some(Span::from(0..chosen).end)
}

fn is_in_footnote(notes: &Annotations, node: &Node) -> bool {
    notes.document.ancestors(node.block).any(|(_, block)| matches!(block.kind, BlockKind::FootnoteDefinition(_)))
}

/// The block quotation in whose attribution line, or right behind whose last words, a mark stands.
fn block_quote_of(notes: &Annotations, node: &Node, sentence: u32) -> Option<Span> {
    let passage_index = notes.prose.sentences.get(sentence as usize)?.passage;
    let passage = notes.words.passages.get(passage_index as usize)?;
    // A block quotation begins before what stands in it, and no other one lies between but those inside it.
    let upto = notes.prose.quotes.partition_point(|q| q.span.start <= passage.span.start);
    let mut blocks = notes.prose.quotes[..upto].iter().rev().filter(|q| q.kind == QuoteKind::Block).take(NESTED);
    if passage.kind == PassageKind::Attribution {
        return blocks.find(|q| q.attribution_line == Some(passage_index)).map(|q| q.span);
    }
    if passage.kind == PassageKind::Quotation && passage.block != node.block {
        return blocks.filter(|q| q.span.overlaps(passage.span)).last().map(|q| q.span);
    }
    None
}

pub(super) fn is_citable(snapshot: &Snapshot, meaning: &super::Meaning) -> bool {
    match meaning {
        super::Meaning::One(c) => snapshot.entity(c.entity).record.citable,
        super::Meaning::Resolution(_) => true,
        _ => false,
    }
}
