//! Running text: the words that `prose` reads, told apart into passages.

mod after;

use std::ops::Range;

pub use after::running_text_after;

use super::reading::{project, remove_mark};
use super::{Block, BlockKind, Document, Node, NodeKind, Projection};
use crate::text::Span;

/// A text's words without any sign of Markdown, told apart into passages: what `prose` reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningText<'t> {
    /// The words; marks, emphasis signs, line prefixes and opaque bytes are left out.
    pub projection: Projection<'t>,
    /// The passages, in order, by spans of the projection.
    pub passages: Vec<Passage>,
}

/// One run of words that sentences and quotations do not leave (quotations may be continued in the
/// next): a paragraph, heading, cell, caption or item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Bytes of the projection.
    pub span: Span,
    /// What it is part of.
    pub kind: PassageKind,
    /// Index into `Document::blocks`.
    pub block: u32,
    /// Number of the body paragraph, from 1, headline and dateline line excluded; 0 for none.
    pub paragraph: u32,
}

/// What a passage is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassageKind {
    /// A paragraph of the body, an item of a list included.
    Paragraph,
    /// A heading.
    Heading,
    /// A paragraph in a block quotation.
    Quotation,
    /// The attribution line of one.
    Attribution,
    /// A cell of a table.
    Cell,
    /// A caption.
    Caption,
    /// Words of a footnote.
    Footnote,
}

/// The reading text without the remaining signs of Markdown, told apart into passages.
#[must_use]
pub fn running_text<'t>(text: &'t str, document: &Document) -> RunningText<'t> {
    let mut removed = Vec::with_capacity(document.signs.len() + document.opaque.len() + document.nodes.len() * 2);
    removed.extend(document.front_matter.map(|f| f.span));
    removed.extend_from_slice(&document.signs);
    removed.extend_from_slice(&document.opaque);
    remove_marks(text, &document.nodes, &document.blocks, &mut removed);
    let projection = project(text, removed);
    let mut passages = Vec::with_capacity(document.blocks.len());
    find_passages(&projection, document, 0..document.blocks.len(), &mut passages);
    let all = 0..passages.len();
    attributions(&projection.text, document, &mut passages, all);
    number(&projection.text, document, &mut passages);
    RunningText { projection, passages }
}

/// What of marks and headings is no word.
fn remove_marks(text: &str, nodes: &[Node], blocks: &[Block], removed: &mut Vec<Span>) {
    for node in nodes {
        match &node.kind {
            // `@key [p. 3]`: the key stands for a name, the bracket for nothing.
            NodeKind::Citation(group) if group.narrative => {
                removed.extend(group.items.first().map(|first| Span::new(first.key.end, node.span.end)));
            }
            NodeKind::Image { .. } => {
                removed.push(node.span);
                // `![words](picture.png){width="50%"}`
                if text[node.span.end as usize..].starts_with('{')
                    && let Ok(attributes) = super::bracketed_span::attributes(text, node.span.end, u32::MAX)
                {
                    removed.push(attributes.span);
                }
            }
            _ => remove_mark(text, node, removed),
        }
    }
    let headings = blocks.iter().filter_map(|b| match (b.kind, &b.attributes) {
        (BlockKind::Heading(_), Some(attributes)) => Some(attributes.span),
        _ => None,
    });
    removed.extend(headings);
}

/// What a container makes of the words in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Body,
    Quotation,
    Footnote,
}

/// Finds the passages of some blocks. They are not numbered yet, and attribution lines are not told apart.
fn find_passages(projection: &Projection<'_>, document: &Document, range: Range<usize>, passages: &mut Vec<Passage>) {
    let words: &str = &projection.text;
    let mut places: Vec<Place> = Vec::new();
    let blocks = document.blocks.get(range.clone()).unwrap_or_default();
    let mut cursor = projection.map.cursor(blocks.first().map_or(0, |b| b.content.start));
    let flat = blocks.iter().all(|b| b.parent.is_none());
    for (index, block) in range.clone().zip(blocks) {
        let place = if flat { Place::Body } else { place_of(document, block, range.start, &places) };
        if !flat {
            places.push(place);
        }
        let kind = match (block.kind, place) {
            (BlockKind::Heading(_), _) => PassageKind::Heading,
            (BlockKind::TableCell, _) => PassageKind::Cell,
            (BlockKind::Caption, _) => PassageKind::Caption,
            (BlockKind::Paragraph, Place::Footnote) => PassageKind::Footnote,
            (BlockKind::Paragraph, Place::Quotation) => PassageKind::Quotation,
            (BlockKind::Paragraph, Place::Body) => PassageKind::Paragraph,
            _ => continue,
        };
        let start = cursor.find(block.content.start);
        let end = cursor.find(block.content.end);
        let span = super::blocks::trimmed(words, Span::new(start, end));
        if !span.is_empty() {
            passages.push(Passage { span, kind, block: Span::from(0..index).end, paragraph: 0 });
        }
    }
}

/// `places` are those of the blocks from `first` on.
fn place_of(document: &Document, block: &Block, first: usize, places: &[Place]) -> Place {
    let place = |block: &Block| match block.kind {
        BlockKind::BlockQuote => Some(Place::Quotation),
        BlockKind::FootnoteDefinition(_) => Some(Place::Footnote),
        _ => None,
    };
    let of_parent = |parent: u32| match (parent as usize).checked_sub(first) {
        Some(known) => places.get(known).copied(),
        None => document.ancestors(parent).find_map(|(_, block)| place(block)),
    };
    place(block).or_else(|| block.parent.and_then(of_parent)).unwrap_or(Place::Body)
}

/// The last paragraph of a block quotation is its attribution line when it begins with a dash: tells so of some of the passages.
fn attributions(words: &str, document: &Document, passages: &mut [Passage], these: Range<usize>) {
    let parent = |p: &Passage| document.blocks.get(p.block as usize).and_then(|b| b.parent);
    for i in these {
        let Some(&passage) = passages.get(i) else { continue };
        if !matches!(passage.kind, PassageKind::Quotation | PassageKind::Attribution) {
            continue;
        }
        let quote = parent(&passage);
        let is_quote = || quote.and_then(|q| document.blocks.get(q as usize)).is_some_and(|b| b.kind == BlockKind::BlockQuote);
        let last = || passages.get(i + 1).is_none_or(|next| parent(next) != quote);
        let is_line = begins_with_dash(passage.span.slice(words)) && is_quote() && last();
        passages[i].kind = if is_line { PassageKind::Attribution } else { PassageKind::Quotation };
    }
}

fn begins_with_dash(text: &str) -> bool {
    text.starts_with(['—', '–', '―']) || text.starts_with("--")
}

/// Numbers the paragraphs of the body: headlines and datelines, which come before the first
/// paragraph that ends like a sentence, are left out. A text without such a paragraph is numbered whole.
fn number(words: &str, document: &Document, passages: &mut [Passage]) {
    let counts = |p: &Passage| matches!(p.kind, PassageKind::Paragraph | PassageKind::Quotation);
    let first = passages.iter().position(|p| counts(p) && ends_like_a_sentence(p.span.slice(words))).unwrap_or(0);
    let (mut number, mut headed) = (0, false);
    for (i, passage) in passages.iter_mut().enumerate() {
        headed |= passage.kind == PassageKind::Heading;
        let outermost = document.blocks.get(passage.block as usize).is_some_and(|b| b.parent.is_none());
        passage.paragraph = 0;
        if counts(passage) && (i >= first || !outermost || !is_head(passage.span.slice(words), headed)) {
            number += 1;
            passage.paragraph = number;
        }
    }
}

/// Longest headline, in bytes.
const HEADLINE: usize = 300;

/// Longest dateline, in bytes.
const DATELINE: usize = 120;

/// Whether a paragraph is a headline, or under a heading of Markdown a dateline alone.
fn is_head(paragraph: &str, headed: bool) -> bool {
    let fits =
        if headed { paragraph.len() <= DATELINE && paragraph.bytes().any(|b| b.is_ascii_digit()) } else { paragraph.len() <= HEADLINE };
    fits && !ends_like_a_sentence(paragraph)
}

fn ends_like_a_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', '’', '»', '\'', ')', ']', '*', '_', ' ']);
    text.ends_with(['.', '!', '?', '…', ':', ';', ','])
}
