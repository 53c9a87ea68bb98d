//! Cuts inside of containers: lists, items, quotations and divs.
//!
//! An item of a list can be cut from the one before: at its line everything else but the list is closed. Any other block
//! inside of containers is a cut where it would be one outside of them: behind a line that is empty but for the signs of
//! its quotations. What is open there is told to the reader of the part by lines that open the same ([`opening`]), and
//! what it finds open at the end must be what was open there before (`part.rs`).

use super::cut::{Cut, stays_apart};
use crate::syntax::builder::is_caption;
use crate::syntax::{Block, BlockKind, Document};
use crate::text::Span;

/// Most containers that a cut lies in.
const DEEPEST: usize = 32;

/// Whether the text can be cut before a block inside of others.
pub(super) fn at_block(text: &str, document: &Document, index: usize) -> Option<Cut> {
    let block = document.blocks.get(index)?;
    let is_item = matches!(block.kind, BlockKind::Item(_));
    let may = match block.kind {
        BlockKind::Item(_) | BlockKind::BlockQuote | BlockKind::List(_) => true,
        BlockKind::Heading(_) => block.span.slice(text).starts_with('#'),
        BlockKind::Paragraph => !is_caption(block.content.slice(text)),
        _ => false,
    };
    let before = document.blocks.get(index.checked_sub(1)?)?;
    if !may || (is_item && before.kind == BlockKind::Html) {
        return None;
    }
    let sign = first_sign(text, block);
    let line = line_start(text, sign);
    let signs = Span::new(line, sign).slice(text);
    // It must be the first on its line.
    if before.span.start >= line || !signs.bytes().all(|c| matches!(c, b' ' | b'>')) {
        return None;
    }
    let quiet = if is_item { line.checked_sub(1)? } else { empty_line_before(text, line, signs)? };
    let chain = chain(document, index)?;
    let kind = |i: usize| document.blocks.get(i).map(|b| b.kind);
    // Words behind nothing but signs take these for their own: where a container begins, there is no cut.
    let container = chain.iter().rev().map(|i| *i as usize).find(|i| kind(*i) != Some(BlockKind::Div));
    if container.is_some_and(|outer| document.blocks[outer + 1..index].iter().rev().all(is_wordless)) {
        return None;
    }
    let first = chain.iter().any(|i| *i as usize + 1 == index);
    let sibling = || document.ancestors(Span::from(0..index - 1).end).find(|(_, b)| b.parent == block.parent).map(|(_, b)| b);
    // A list ends where what follows it says, which may become something else.
    let fits = |before: &Block| stays_apart(text, before, sign) && (sign == line || !matches!(before.kind, BlockKind::List(_)));
    let apart = is_item || first || sibling().is_none_or(fits);
    apart.then_some(Cut { at: line, sign, block: index, chain, quiet })
}

/// A div's fence, or a heading of which nothing else is left.
fn is_wordless(block: &Block) -> bool {
    let of_words = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Caption | BlockKind::Math);
    block.kind == BlockKind::Div || (of_words && block.content.is_empty())
}

/// The blocks that one lies in, outermost first; `None` where one of them is not understood.
fn chain(document: &Document, index: usize) -> Option<Vec<u32>> {
    let mut chain = Vec::new();
    for (number, block) in document.ancestors(Span::from(0..index).end).skip(1) {
        let known = matches!(block.kind, BlockKind::BlockQuote | BlockKind::List(_) | BlockKind::Item(_) | BlockKind::Div);
        if !known || chain.len() == DEEPEST {
            return None;
        }
        chain.push(number);
    }
    chain.reverse();
    Some(chain)
}

/// Where a block's first sign that is no space stands.
fn first_sign(text: &str, block: &Block) -> u32 {
    let spaces = block.span.slice(text).bytes().take_while(|c| *c == b' ').count();
    Span::from(0..spaces).shift(block.span.start).end
}

fn line_start(text: &str, at: u32) -> u32 {
    let before = text.as_bytes().get(..at as usize).unwrap_or_default();
    memchr::memrchr2(b'\n', b'\r', before).map_or(0, |end| Span::from(0..end + 1).end)
}

/// Like its namesake outside: the line before may hold the signs of the same quotations.
fn empty_line_before(text: &str, line: u32, signs: &str) -> Option<u32> {
    let before = text.get(..line as usize)?.strip_suffix('\n')?;
    let before = before.strip_suffix('\r').unwrap_or(before);
    let end = before.rfind('\n')?;
    let empty = &before[end + 1..];
    let quotations = |line: &str| line.bytes().filter(|c| *c == b'>').count();
    (empty.bytes().all(|c| matches!(c, b' ' | b'>')) && quotations(empty) == quotations(signs)).then(|| Span::from(0..end).end)
}

/// The sign of an item: `-` or `12.`, from its first byte.
fn marker(text: &str, at: u32) -> Option<Span> {
    let rest = text.as_bytes().get(at as usize..)?;
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let sign = rest.get(digits)?;
    let is_sign = if digits > 0 { b".)".contains(sign) } else { b"-+*".contains(sign) };
    is_sign.then(|| Span::from(0..digits + 1).shift(at))
}

/// What the items of a list have in common: `-`, or the `.` of `12.`.
pub(super) fn list_sign(text: &str, list: &Block) -> Option<char> {
    marker(text, first_sign(text, list))?.slice(text).chars().next_back()
}

/// Lines that open the containers of a chain, and for an item to come their innermost list. Each ends with a heading,
/// which nothing goes on from.
pub(super) fn opening(text: &str, document: &Document, chain: &[u32], index: usize) -> Option<String> {
    let mut lines: Vec<(u32, String)> = Vec::new();
    let last_list = chain.last().filter(|last| document.blocks.get(**last as usize).is_some_and(|b| matches!(b.kind, BlockKind::List(_))));
    // The item before the one to come.
    let item = last_list.and_then(|list| {
        document.ancestors(Span::from(0..index.checked_sub(1)?).end).find(|(_, b)| b.parent == Some(*list)).map(|(i, _)| i)
    });
    for number in chain.iter().copied().chain(item) {
        let block = document.blocks.get(number as usize)?;
        if matches!(block.kind, BlockKind::List(_) | BlockKind::Div) {
            continue;
        }
        let (line, signs) = signs(text, block)?;
        match lines.last_mut().filter(|(last, _)| *last == line) {
            Some((_, before)) => *before = signs,
            None => lines.push((line, signs)),
        }
    }
    Some(lines.into_iter().map(|(_, signs)| signs + "# x\n").collect())
}

/// The line at which a quotation or item begins, and its signs up to the words: they tell how far all in it is set in.
pub(super) fn signs(text: &str, block: &Block) -> Option<(u32, String)> {
    let sign = first_sign(text, block);
    let item = block.kind != BlockKind::BlockQuote;
    let (line, end) = (line_start(text, sign), if item { marker(text, sign)?.end } else { sign + 1 });
    let mut signs = Span::new(line, end).slice(text).to_owned();
    let rest = text.get(end as usize..)?;
    let spaces = rest.bytes().take_while(|c| *c == b' ').count();
    let next = rest.as_bytes().get(spaces);
    if signs.contains('\t') || next == Some(&b'\t') {
        return None;
    }
    // Five spaces are one, and code.
    let goes_on = !matches!(next, None | Some(b'\n' | b'\r'));
    let spaces = if item && goes_on && (1..=4).contains(&spaces) { spaces } else { 1 };
    signs.extend(std::iter::repeat_n(' ', spaces));
    Some((line, signs))
}

/// A line that begins such a block as stands at a cut: another item of its list, a quotation, words; outside of containers
/// always words.
pub(super) fn like(text: &str, block: Option<&Block>, line: u32) -> Option<String> {
    let Some(block) = block.filter(|b| b.parent.is_some()) else { return Some("x".to_owned()) };
    let sign = first_sign(text, block);
    let mut out = Span::new(line, sign).slice(text).to_owned();
    match block.kind {
        BlockKind::Item(_) | BlockKind::List(_) => out.push_str(marker(text, sign)?.slice(text)),
        BlockKind::BlockQuote => out.push('>'),
        BlockKind::Heading(_) => out.push('#'),
        _ => return Some(out + "x"),
    }
    out.push_str(" x");
    Some(out)
}

/// The fence that opens a div, with its line end.
pub(super) fn fence(text: &str, div: &Block) -> Span {
    let rest = text.get(div.span.start as usize..).unwrap_or_default();
    let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let end = if rest[line..].starts_with("\r\n") { 2 } else { usize::from(line < rest.len()) };
    Span::from(0..line + end).shift(div.span.start)
}
