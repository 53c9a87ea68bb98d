//! Blocks, over pulldown-cmark's events.
//!
//! One pass collects the blocks, the bytes that are opaque, and the signs (what lies between the
//! events' words); each block of words is then handed to the scanner of `inline`.
//!
//! pulldown's own wikilinks, math and heading attributes stay off: the first keeps `a\` of `[[a\|b]]`,
//! the second takes `$5 and $` for a formula, the third loses the attributes' places.

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, Leaf, OpenLink, Source};
use super::{Block, BlockKind, Document, Format, FrontMatter, bracketed_span, directive, front_matter, plain, summary, wikilink};
use crate::text::{Span, is_trimmed};

/// Reads the blocks of a text, and the marks inside each.
pub(super) fn parse(text: &str, format: Format) -> Document {
    match format {
        Format::Plain => plain::parse(text),
        Format::Markdown => markdown(text),
    }
}

fn markdown(text: &str) -> Document {
    let mut faults = Vec::new();
    let front = front_matter::split(text, &mut faults);
    let body = body(text, front);
    let source = text.get(body as usize..).unwrap_or_default();
    let parser = parser(source);
    let fences = summary::fences(text.as_bytes());
    let mut builder = Builder::new(text, Source { text: source, base: body, own: 0, lent: Vec::new() }, fences > 0);
    builder.document.faults = faults;
    builder.document.front_matter = front;
    builder.document.summary.fences = fences;
    builder.document.summary.definitions = definitions(&parser).map(|d| d.shift(body)).collect();
    builder.document.summary.definitions.sort_unstable();
    for (event, range) in parser.into_offset_iter() {
        step(&mut builder, &event, Span::from(range).shift(body));
    }
    builder.finish()
}

/// Where what is no front matter begins.
pub(super) fn body(text: &str, front: Option<FrontMatter>) -> u32 {
    front.map_or_else(|| front_matter::after_mark(text), |f| f.span.end)
}

/// The reader of Markdown as we use it.
pub(super) fn parser(source: &str) -> Parser<'_> {
    Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH)
}

/// Where the definitions of references stand in the source, the first of each label, in any order.
pub(super) fn definitions<'p>(parser: &'p Parser<'_>) -> impl Iterator<Item = Span> + 'p {
    parser.reference_definitions().iter().map(|(_, definition)| Span::from(definition.span.clone()))
}

/// One event. The words come first: they are most of the events.
pub(super) fn step(b: &mut Builder<'_>, event: &Event<'_>, span: Span) {
    match event {
        Event::Text(_) if b.code.is_some() => {}
        Event::Text(_) => b.words(span),
        Event::SoftBreak => _ = b.line_break(span),
        Event::HardBreak if b.line_break(span) => {
            // Two spaces, or a backslash, before the line end are a sign.
            let mark = span.slice(b.text).trim_end_matches(['\n', '\r']).len();
            b.sign(Span::new(span.start, span.start + Span::from(0..mark).end));
        }
        Event::HardBreak => {}
        Event::Start(tag) => start(b, tag, span),
        Event::End(tag) => end(b, tag, span),
        Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
            b.cover(span);
            b.opaque(span);
        }
        Event::InlineHtml(_) => {
            b.cover(span);
            b.opaque(span);
            directive::inline_html(b, span);
        }
        Event::Html(_) => {}
        Event::FootnoteReference(_) => b.cover(span),
        Event::Rule => b.block(BlockKind::Rule, span),
        Event::TaskListMarker(_) => b.cover(span),
    }
}

fn start(b: &mut Builder<'_>, tag: &Tag<'_>, span: Span) {
    match tag {
        Tag::Paragraph => b.paragraph(span),
        Tag::Heading { level, .. } => b.open_leaf(BlockKind::Heading(*level as u8), span),
        Tag::TableCell => b.open_leaf(BlockKind::TableCell, span),
        Tag::BlockQuote(_) => b.open(BlockKind::BlockQuote, span),
        Tag::List(first) => b.open_list(*first, span),
        Tag::Item => b.open_item(span),
        Tag::Table(_) => {
            b.caption_before();
            b.open(BlockKind::Table, span);
        }
        Tag::TableHead | Tag::TableRow => b.open(BlockKind::TableRow, span),
        Tag::FootnoteDefinition(_) => {
            let label = footnote_label(b.text, span);
            b.open(BlockKind::FootnoteDefinition(label), span);
        }
        Tag::CodeBlock(kind) => {
            b.close_leaf();
            let fenced = matches!(kind, CodeBlockKind::Fenced(_));
            b.code = Some(fenced);
            b.block(BlockKind::Code, span);
            b.opaque(trimmed_end(b.text, span));
        }
        Tag::HtmlBlock => {
            b.block(BlockKind::Html, span);
            // The parser tells how far it is set in as words.
            b.code = Some(false);
            directive::html_block(b, span);
        }
        Tag::Link { link_type, dest_url, title, .. } | Tag::Image { link_type, dest_url, title, .. } => {
            b.inline_start(span);
            if matches!(link_type, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut) {
                b.document.summary.given += dest_url.len() + title.len();
            }
            let destination = b.source.place_of(dest_url);
            b.links.push(OpenLink { autolink: matches!(link_type, LinkType::Autolink | LinkType::Email), destination, words: None });
        }
        _ => b.inline_start(span),
    }
}

fn end(b: &mut Builder<'_>, tag: &TagEnd, span: Span) {
    match tag {
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => b.end_leaf(),
        TagEnd::CodeBlock | TagEnd::HtmlBlock => b.code = None,
        TagEnd::BlockQuote(_)
        | TagEnd::List(_)
        | TagEnd::Item
        | TagEnd::Table
        | TagEnd::TableHead
        | TagEnd::TableRow
        | TagEnd::FootnoteDefinition => b.close(),
        TagEnd::Link => wikilink::end_link(b, span, false),
        TagEnd::Image => wikilink::end_link(b, span, true),
        _ => b.inline_end(span),
    }
}

/// The label of `[^label]: …`.
fn footnote_label(text: &str, span: Span) -> Span {
    let raw = span.slice(text);
    let Some(open) = raw.find("[^") else { return Span::at(span.start) };
    let Some(close) = raw[open..].find(']') else { return Span::at(span.start) };
    Span::from(open + 2..open + close).shift(span.start)
}

/// Without the white space at its end.
pub(super) fn trimmed_end(text: &str, span: Span) -> Span {
    let raw = span.slice(text);
    if raw.as_bytes().last().is_some_and(u8::is_ascii_graphic) {
        return span;
    }
    let plain = raw.trim_ascii_end();
    if plain.as_bytes().last().is_some_and(u8::is_ascii_graphic) {
        return Span::new(span.start, span.start + Span::from(0..plain.len()).end);
    }
    let kept = span.slice(text).trim_end().len();
    Span::new(span.start, span.start + Span::from(0..kept).end)
}

/// Without the white space round it.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let raw = span.slice(text);
    if is_trimmed(raw) {
        return span;
    }
    let plain = raw.trim_ascii();
    if is_trimmed(plain) {
        return Span::of(plain, raw).shift(span.start);
    }
    let lead = raw.len() - raw.trim_start().len();
    trimmed_end(text, Span::new(span.start + Span::from(0..lead).end, span.end))
}

/// Attributes and content of a heading, told apart.
pub(super) fn heading(b: &mut Builder<'_>, leaf: &Leaf) {
    let Some(block) = b.document.blocks.get(leaf.block as usize) else { return };
    let content = block.content;
    let Some((attributes, words)) = bracketed_span::at_end(b.text, content) else { return };
    b.anchor(leaf.block, &attributes);
    if let Some(Block { content, attributes: slot, .. }) = b.document.blocks.get_mut(leaf.block as usize) {
        *content = words;
        *slot = Some(attributes);
    }
}
