//! The projections of a text to its words.

use std::borrow::Cow;

use super::builder::tidy;
use super::{Document, Node, NodeKind, Placement};
use crate::text::Span;

/// A text with some bytes left out, and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection<'t> {
    /// The words. Borrowed when nothing was left out.
    pub text: Cow<'t, str>,
    /// From its bytes to those of the text it was made from, and back.
    pub map: OffsetMap,
}

/// So many runs behind a span's start are looked at for its end.
const NEAR: usize = 8;

/// Which runs of bytes were kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    /// (offset in the projection, offset in the source) at which each kept run begins; lengths
    /// follow from the next run. Empty: nothing was left out.
    runs: Vec<(u32, u32, u32)>,
}

impl OffsetMap {
    /// From the kept runs, in order: offset in the projection, offset in the source, length; all in bytes.
    #[must_use]
    pub fn new(runs: Vec<(u32, u32, u32)>) -> Self {
        Self { runs }
    }

    /// The source's byte of a byte of the projection. Between two runs the earlier one's end is
    /// meant by [`end_to_source`](Self::end_to_source), the later one's start by this.
    #[must_use]
    pub fn start_to_source(&self, offset: u32) -> u32 {
        self.in_run(self.runs.partition_point(|r| r.0 <= offset), offset)
    }

    /// The source's byte of a byte of the projection that ends a span.
    #[must_use]
    pub fn end_to_source(&self, offset: u32) -> u32 {
        match self.runs.partition_point(|r| r.0 < offset) {
            0 => self.start_to_source(offset),
            i => self.in_run(i, offset),
        }
    }

    /// The source's span of a span of the projection: from the first byte kept to the last.
    #[must_use]
    pub fn to_source(&self, span: Span) -> Span {
        let i = self.runs.partition_point(|r| r.0 <= span.start);
        let start = self.in_run(i, span.start);
        if span.is_empty() {
            return Span::new(start, self.start_to_source(span.end));
        }
        // Most spans end in the run they begin in, or soon behind.
        let behind = self.runs.get(i..).unwrap_or_default();
        if i > 0 && behind.first().is_none_or(|r| r.0 >= span.end) {
            return Span::new(start, self.in_run(i, span.end));
        }
        let near = behind.iter().take(NEAR).take_while(|r| r.0 < span.end).count();
        let end = if near < NEAR && i + near > 0 { self.in_run(i + near, span.end) } else { self.end_to_source(span.end) };
        Span::new(start, end)
    }

    /// The source's byte of a byte that lies in the run before the `i`th, or behind it.
    fn in_run(&self, i: usize, offset: u32) -> u32 {
        match i.checked_sub(1).and_then(|i| self.runs.get(i)) {
            None => offset,
            Some(&(from, source, len)) => source + (offset - from).min(len),
        }
    }

    /// Whether leaving bytes out of `source` cut a word or joined two, so that some words of the projection are none of the source.
    #[must_use]
    pub fn changes_words(&self, source: &str) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}'));
        let before = |at: u32| is_word(source.get(..at as usize).and_then(|text| text.chars().next_back()));
        let behind = |at: u32| is_word(source.get(at as usize..).and_then(|text| text.chars().next()));
        let mut ends = 0;
        for &(_, start, len) in &self.runs {
            // Letters on both sides of an end, or where two runs meet.
            if (before(ends) && behind(ends)) || (before(start) && behind(start)) || (ends > 0 && before(ends) && behind(start)) {
                return true;
            }
            ends = start + len;
        }
        before(ends) && behind(ends)
    }

    /// The kept runs, as [`new`](Self::new) takes them.
    pub(super) fn into_runs(self) -> Vec<(u32, u32, u32)> {
        self.runs
    }

    /// To map bytes of the source that come in order, in constant time each, from one on.
    pub(super) fn cursor(&self, from: u32) -> Cursor<'_> {
        Cursor { runs: &self.runs, next: self.runs.partition_point(|r| r.1 <= from) }
    }

    /// The projection's byte of a byte of the source; for one that was left out, where it would stand.
    #[must_use]
    pub fn from_source(&self, offset: u32) -> u32 {
        if self.runs.is_empty() {
            return offset;
        }
        let i = self.runs.partition_point(|r| r.1 <= offset);
        match i.checked_sub(1).and_then(|i| self.runs.get(i)) {
            None => 0,
            Some(&(from, source, len)) => from + (offset - source).min(len),
        }
    }
}

/// Maps bytes of the source that come in order, more or less.
pub(super) struct Cursor<'m> {
    runs: &'m [(u32, u32, u32)],
    /// The first run that begins behind the byte asked for last.
    next: usize,
}

impl Cursor<'_> {
    /// As [`OffsetMap::from_source`].
    pub(super) fn find(&mut self, offset: u32) -> u32 {
        if self.runs.is_empty() {
            return offset;
        }
        while self.runs.get(self.next).is_some_and(|r| r.1 <= offset) {
            self.next += 1;
        }
        while self.next > 0 && self.runs.get(self.next - 1).is_some_and(|r| r.1 > offset) {
            self.next -= 1;
        }
        let Some(&(from, source, len)) = self.next.checked_sub(1).and_then(|i| self.runs.get(i)) else { return 0 };
        from + (offset - source).min(len)
    }
}

/// The text as a reader of the original would see it: no front matter, comments, wikilink targets and
/// brackets, citation groups with the space before them, attribute blocks, div fences, footnote
/// marks; escapes undone. All else, every line end included, is kept as it is.
///
/// `reading(annotate(t)) == t`, and front matter `verbatim:` is a hash of this.
#[must_use]
pub fn reading<'t>(text: &'t str, document: &Document) -> Projection<'t> {
    let mut removed = Vec::new();
    if let Some(front) = document.front_matter {
        removed.push(Span::new(front.span.start, blank_line_after(text, front.span.end)));
    }
    for node in &document.nodes {
        remove_mark(text, node, &mut removed);
    }
    for block in &document.blocks {
        match (block.kind, &block.attributes) {
            (super::BlockKind::Heading(_), Some(attributes)) => removed.push(with_space_before(text, attributes.span)),
            (super::BlockKind::Div, Some(_)) => remove_fences(text, block.span, &mut removed),
            (super::BlockKind::FootnoteDefinition(label), _) => remove_label(text, label, &mut removed),
            _ => {}
        }
    }
    for sign in &document.signs {
        if let Some(escape) = escape_in(text, *sign) {
            removed.push(escape);
        }
    }
    project(text, removed)
}

/// The text without some of its bytes.
pub(super) fn project(text: &str, mut removed: Vec<Span>) -> Projection<'_> {
    removed.retain(|s| !s.is_empty());
    if removed.is_empty() {
        return Projection { text: Cow::Borrowed(text), map: OffsetMap::default() };
    }
    tidy(&mut removed, 0);
    let mut out = String::with_capacity(text.len());
    let mut runs = Vec::with_capacity(removed.len() + 1);
    keep(text, Span::new(0, Span::from(0..text.len()).end), &removed, 0, &mut out, &mut runs);
    if runs.is_empty() {
        runs.push((0, 0, 0));
    }
    Projection { text: Cow::Owned(out), map: OffsetMap::new(runs) }
}

/// Keeps what of a window of the text is not removed; its words stand behind so many others.
pub(super) fn keep(text: &str, window: Span, removed: &[Span], before: u32, out: &mut String, runs: &mut Vec<(u32, u32, u32)>) {
    let mut at = window.start;
    for span in removed.iter().copied().chain([Span::at(window.end)]) {
        let kept = Span::new(at, span.start);
        let words = kept.slice(text);
        if !words.is_empty() {
            runs.push((before + Span::from(0..out.len()).end, at, kept.len()));
            out.push_str(words);
        }
        at = span.end;
    }
}

/// What of an inline mark is no word.
pub(super) fn remove_mark(text: &str, node: &Node, removed: &mut Vec<Span>) {
    let around = |words: Span, removed: &mut Vec<Span>| {
        removed.push(Span::new(node.span.start, words.start));
        removed.push(Span::new(words.end, node.span.end));
    };
    match &node.kind {
        NodeKind::Mention(mention) => around(mention.surface, removed),
        NodeKind::BracketedSpan { text: words, .. } => around(*words, removed),
        NodeKind::Citation(group) if !group.narrative => removed.push(with_gap_before(text, node.span)),
        NodeKind::FootnoteReference { .. } => removed.push(node.span),
        NodeKind::InlineNote { .. } | NodeKind::Anchor { .. } => removed.push(with_space_before(text, node.span)),
        NodeKind::Directive(directive) => removed.push(comment(text, node.span, directive.placement)),
        NodeKind::Comment => removed.push(comment(text, node.span, Placement::Alone)),
        NodeKind::Citation(_) | NodeKind::Link { .. } | NodeKind::Image { .. } => {}
    }
}

/// A comment, with the line that it alone fills, or with the space before it.
fn comment(text: &str, span: Span, placement: Placement) -> Span {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let line_end = if after.starts_with("\r\n") { 2 } else { u32::from(after.starts_with(['\n', '\r'])) };
    let alone = before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}']);
    if alone && placement != Placement::EndOfLine && (line_end > 0 || after.is_empty()) {
        return Span::new(span.start, span.end + line_end);
    }
    with_space_before(text, span)
}

fn with_space_before(text: &str, span: Span) -> Span {
    let space = text.get(..span.start as usize).is_some_and(|t| t.ends_with(' '));
    Span::new(span.start - u32::from(space), span.end)
}

/// With the space before it, or with the line end when a paragraph was broken there: "the line of contact⏎[@x]. Kiev" reads
/// "the line of contact. Kiev".
fn with_gap_before(text: &str, span: Span) -> Span {
    let before = text.get(..span.start as usize).unwrap_or_default();
    let line = before.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let after = text.get(span.end as usize..).unwrap_or_default();
    let goes_on = after.is_empty() || after.starts_with(['.', ',', ';', ':', '!', '?', ')', '\n', '\r']);
    match line.filter(|line| goes_on && line.ends_with(|c: char| !c.is_whitespace())) {
        Some(line) => Span::new(Span::from(0..line.len()).end, span.end),
        None => with_space_before(text, span),
    }
}

/// One blank line behind front matter belongs to it.
fn blank_line_after(text: &str, at: u32) -> u32 {
    let rest = text.get(at as usize..).unwrap_or_default();
    at + if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with(['\n', '\r'])) }
}

/// The first and last line of a div.
fn remove_fences(text: &str, div: Span, removed: &mut Vec<Span>) {
    let raw = div.slice(text);
    let first = raw.find(['\n', '\r']).map_or(raw.len(), |at| at + if raw[at..].starts_with("\r\n") { 2 } else { 1 });
    removed.push(Span::new(div.start, div.start + Span::from(0..first).end));
    let body = raw[first..].trim_end_matches(['\n', '\r']);
    let line = body.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    if body[line..].trim_start().starts_with(":::") {
        removed.push(Span::new(div.start + Span::from(0..first + line).end, div.end));
    }
}

/// `[^label]: `
fn remove_label(text: &str, label: Span, removed: &mut Vec<Span>) {
    let rest = text.get(label.end as usize..).unwrap_or_default();
    let close = if rest.starts_with("]:") { 2 } else { 0 };
    let space = u32::from(close > 0 && rest[2..].starts_with(' '));
    removed.push(Span::new(label.start.saturating_sub(2), label.end + close + space));
}

/// The backslash at the end of a sign, when it escapes what follows.
fn escape_in(text: &str, sign: Span) -> Option<Span> {
    let next = text.as_bytes().get(sign.end as usize)?;
    (next.is_ascii_punctuation() && sign.slice(text).ends_with('\\')).then(|| Span::new(sign.end - 1, sign.end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn both_ends_of_a_span_are_mapped_as_each_alone(lengths in prop::collection::vec((0..3_u32, 1..4_u32), 0..30), start in 0..60_u32, len in 0..60_u32) {
            let (mut words, mut source, mut runs) = (0, 0, Vec::new());
            for (left_out, kept) in lengths {
                source += left_out;
                runs.push((words, source, kept));
                (words, source) = (words + kept, source + kept);
            }
            let map = OffsetMap::new(runs);
            let span = Span::new(start, start + len);
            let end = if len == 0 { map.start_to_source(start) } else { map.end_to_source(start + len) };
            prop_assert_eq!(map.to_source(span), Span::new(map.start_to_source(start), end));
        }
    }
}
