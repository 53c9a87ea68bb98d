//! Places at which a text can be cut, and what lies on both sides read alone.

use super::inside;
use crate::syntax::builder::is_caption;
use crate::syntax::{Block, BlockKind, Document};
use crate::text::Span;

/// A block at which the text can be cut.
#[derive(Clone, Debug, Default)]
pub(super) struct Cut {
    /// The first byte of its line.
    pub(super) at: u32,
    /// Where its own first sign stands.
    pub(super) sign: u32,
    /// Its number.
    pub(super) block: usize,
    /// What is open there: the blocks it lies in, outermost first.
    pub(super) chain: Vec<u32>,
    /// Where the line end before stands that an edit must leave alone.
    pub(super) quiet: u32,
}

impl Cut {
    /// Where a text's body begins.
    pub(super) fn of_body(at: u32) -> Self {
        Self { at, sign: at, ..Self::default() }
    }
}

/// The last cut before a byte; of the outermost level alone, if it must lie `outside` of all containers.
pub(super) fn before(text: &str, document: &Document, byte: u32, outside: bool) -> Option<Cut> {
    let upto = document.blocks.partition_point(|b| b.span.start < byte);
    let stays = |cut: &Cut| {
        let item = document.blocks.get(cut.block).is_some_and(|b| matches!(b.kind, BlockKind::Item(_)));
        // Of an item the whole first line stays: `- b` may become a rule.
        cut.sign < byte && (!item || Span::new(cut.at, byte).slice(text).contains('\n'))
    };
    (0..upto).rev().filter(|i| is_level(document, *i, outside)).find_map(|i| at_block(text, document, i).filter(stays))
}

/// The first cut behind a byte, the empty line before it included.
pub(super) fn behind(text: &str, document: &Document, byte: u32, outside: bool) -> Option<Cut> {
    let from = document.blocks.partition_point(|b| b.span.start < byte);
    let blocks = (from..document.blocks.len()).filter(|i| is_level(document, *i, outside));
    let block = blocks.filter_map(|i| at_block(text, document, i)).find(|cut| cut.quiet >= byte);
    let defined = &document.summary.definitions;
    let stays = |at: u32| empty_line_before(text, at).is_some_and(|line| line >= byte);
    let definition = defined.iter().skip(defined.partition_point(|d| d.start < byte)).find(|d| stays(d.start));
    // A definition is no block, but as good a cut: one in the part would forbid to read it alone.
    match definition.filter(|d| block.as_ref().is_none_or(|cut| d.start < cut.at)) {
        Some(definition) => at_definition(text, document, definition.start).or(block),
        None => block,
    }
}

fn is_level(document: &Document, index: usize, outside: bool) -> bool {
    !outside || document.blocks.get(index).is_some_and(|b| b.parent.is_none())
}

/// Behind the definitions there must be a cut too, or nothing: right under one a table may stand, whose caption is before it.
fn at_definition(text: &str, document: &Document, at: u32) -> Option<Cut> {
    let block = document.blocks.partition_point(|b| b.span.start < at);
    if block < document.blocks.len() && at_block(text, document, block).is_none_or(|cut| !cut.chain.is_empty()) {
        return None;
    }
    outermost_before(document, block)
        .is_none_or(|before| before.span.end <= at && !matches!(before.kind, BlockKind::List(_)))
        .then(|| Cut { at, sign: at, block, ..Cut::default() })
}

/// Whether the text can be cut before a block.
pub(super) fn at_block(text: &str, document: &Document, index: usize) -> Option<Cut> {
    let block = document.blocks.get(index)?;
    if block.parent.is_some() {
        return inside::at_block(text, document, index);
    }
    let kind = match block.kind {
        BlockKind::Paragraph | BlockKind::Math => !is_caption(block.content.slice(text)),
        BlockKind::Heading(_)
        | BlockKind::BlockQuote
        | BlockKind::List(_)
        | BlockKind::Code
        | BlockKind::Html
        | BlockKind::FootnoteDefinition(_)
        | BlockKind::Rule => true,
        _ => false,
    };
    let at = block.span.start;
    if index > 0 && document.blocks.get(index - 1).is_some_and(|before| before.span.start >= at) {
        return None;
    }
    let first = text.as_bytes().get(at as usize)?;
    let quiet = empty_line_before(text, at)?;
    let cut = kind && !first.is_ascii_whitespace() && outermost_before(document, index).is_none_or(|before| stays_apart(text, before, at));
    cut.then(|| Cut { at, sign: at, block: index, chain: Vec::new(), quiet })
}

/// Whether what begins at a byte can have nothing to do with the block before.
pub(super) fn stays_apart(text: &str, before: &Block, at: u32) -> bool {
    match before.kind {
        BlockKind::List(_) => !may_follow_list(text, at),
        BlockKind::Table => !matches!(text.as_bytes().get(at as usize), Some(b':' | b'T' | b't')),
        BlockKind::Paragraph => !is_caption(before.content.slice(text)),
        _ => true,
    }
}

/// Whether the byte there could begin an item, or a definition of a reference, before which a list stays open.
pub(super) fn may_follow_list(text: &str, at: u32) -> bool {
    text.as_bytes().get(at as usize).is_some_and(|c| c.is_ascii_digit() || b"-+*[".contains(c))
}

/// The block of the outermost level before another of that level.
fn outermost_before(document: &Document, index: usize) -> Option<&Block> {
    document.ancestors(Span::from(0..index.checked_sub(1)?).end).last().map(|(_, block)| block)
}

/// Where the line end stands behind which there is an empty line, and then the line that begins at `at`.
fn empty_line_before(text: &str, at: u32) -> Option<u32> {
    let before = text.as_bytes().get(..at as usize)?;
    let line = before.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.ends_with(b"\n").then(|| Span::from(0..line.len() - 1).end)
}
