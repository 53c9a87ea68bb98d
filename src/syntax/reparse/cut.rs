//! Places at which a text can be cut, and what lies on both sides read alone.

use crate::syntax::builder::is_caption;
use crate::syntax::{Block, BlockKind, Document};

/// A block at which the text can be cut.
pub(super) struct Cut {
    /// Its first byte.
    pub(super) at: u32,
    /// Its number.
    pub(super) block: usize,
}

/// The last cut before a byte.
pub(super) fn before(text: &str, document: &Document, byte: u32) -> Option<Cut> {
    let upto = document.blocks.partition_point(|b| b.span.start < byte);
    (0..upto).rev().find_map(|i| at_block(text, document, i))
}

/// The first cut behind a byte, the empty line before it included.
pub(super) fn behind(text: &str, document: &Document, byte: u32) -> Option<Cut> {
    let stays = |at: u32| empty_line_before(text, at).is_some_and(|line| line >= byte);
    let from = document.blocks.partition_point(|b| b.span.start < byte);
    let block = (from..document.blocks.len()).filter_map(|i| at_block(text, document, i)).find(|cut| stays(cut.at));
    let defined = &document.summary.definitions;
    let definition = defined.iter().skip(defined.partition_point(|d| d.start < byte)).find(|d| stays(d.start));
    // A definition is no block, but as good a cut: one in the part would forbid to read it alone.
    match definition.filter(|d| block.as_ref().is_none_or(|cut| d.start < cut.at)) {
        Some(definition) => at_definition(text, document, definition.start).or(block),
        None => block,
    }
}

/// Behind the definitions there must be a cut too, or nothing: right under one a table may stand, whose caption is before it.
fn at_definition(text: &str, document: &Document, at: u32) -> Option<Cut> {
    let block = document.blocks.partition_point(|b| b.span.start < at);
    if block < document.blocks.len() && at_block(text, document, block).is_none() {
        return None;
    }
    outermost_before(document, block)
        .is_none_or(|before| before.span.end <= at && !matches!(before.kind, BlockKind::List(_)))
        .then_some(Cut { at, block })
}

/// Whether the text can be cut before a block.
pub(super) fn at_block(text: &str, document: &Document, index: usize) -> Option<Cut> {
    let block = document.blocks.get(index)?;
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
    let first = text.as_bytes().get(at as usize)?;
    let cut = kind
        && block.parent.is_none()
        && !first.is_ascii_whitespace()
        && empty_line_before(text, at).is_some()
        && outermost_before(document, index).is_none_or(|before| stays_apart(text, before, at));
    cut.then_some(Cut { at, block: index })
}

/// Whether what begins at a byte can have nothing to do with the block before.
fn stays_apart(text: &str, before: &Block, at: u32) -> bool {
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
    let mut block = document.blocks.get(index.checked_sub(1)?)?;
    while let Some(parent) = block.parent {
        block = document.blocks.get(parent as usize)?;
    }
    Some(block)
}

/// Where the line end stands behind which there is an empty line, and then the line that begins at `at`.
fn empty_line_before(text: &str, at: u32) -> Option<u32> {
    let before = text.as_bytes().get(..at as usize)?;
    let line = before.strip_suffix(b"\n")?;
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.ends_with(b"\n").then(|| crate::text::Span::from(0..line.len() - 1).end)
}
