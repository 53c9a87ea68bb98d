//! The document under construction: what is open, and where the words of the open block end.

use super::blocks::{heading, trimmed, trimmed_end};
use super::{Attributes, Block, BlockKind, Document, Node, NodeKind, div, inline, wikilink};
use crate::text::{Fault, Span};

/// A document under construction.
pub(super) struct Builder<'t> {
    pub(super) text: &'t str,
    pub(super) source: Source<'t>,
    pub(super) document: Document,
    /// Open containers, outermost first.
    stack: Vec<Container>,
    /// The open block of words.
    leaf: Option<Leaf>,
    /// Whether code or HTML is open, and whether it is fenced.
    pub(super) code: Option<bool>,
    /// Open links and images.
    pub(super) links: Vec<OpenLink>,
    /// Where the outermost container began that has had no words yet.
    edge: Option<u32>,
    /// The block that was closed last.
    pub(super) last_closed: Option<u32>,
    /// Whether `:::` occurs at all.
    divs: bool,
    /// Whether the line being read is a div's fence.
    in_fence: bool,
    /// A comment that stands right below a paragraph, the first of its nodes, and what it stands in.
    pub(super) comment_below: Option<(Span, usize, Option<u32>)>,
    /// What the scanners of inline marks use.
    pub(super) work: inline::Work,
}

/// What the reader of Markdown was given, and where its bytes lie in the text.
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    /// What is added, wrapping, to a byte of the source for one of the text.
    pub(super) base: u32,
    /// The first byte that is the text's own; those before are lent from elsewhere.
    pub(super) own: u32,
    /// Definitions lent: where each stands in the source, and where it begins in the text.
    pub(super) lent: Vec<(Span, u32)>,
}

/// A link or image that is open.
pub(super) struct OpenLink {
    /// `<https://…>`
    pub(super) autolink: bool,
    /// Where its destination is written.
    pub(super) destination: Option<Span>,
    /// The words inside so far.
    pub(super) words: Option<Span>,
}

/// A container that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Container {
    pub(super) block: u32,
    pub(super) is_div: bool,
    /// Number of the next item of an ordered list.
    pub(super) next: Option<u64>,
}

/// The open block of words.
pub(super) struct Leaf {
    pub(super) block: u32,
    /// How far its bytes are accounted for.
    cursor: u32,
    /// First byte of its words.
    start: Option<u32>,
    pub(super) first_opaque: usize,
    pub(super) first_node: usize,
    first_sign: usize,
    fresh_line: bool,
}

impl Source<'_> {
    /// Where a part of it that the reader borrowed is written in the text.
    pub(super) fn place_of(&self, part: &str) -> Option<Span> {
        let at = wikilink::place_of(part, self.text)?;
        if at.start >= self.own {
            return Some(Span::new(at.start.wrapping_add(self.base), at.end.wrapping_add(self.base)));
        }
        let (lent, place) = self.lent.iter().find(|(lent, _)| lent.covers(at))?;
        Some(Span::new(at.start - lent.start, at.end - lent.start).shift(*place))
    }
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str, source: Source<'t>, divs: bool) -> Self {
        let mut document = Document::default();
        document.blocks.reserve(source.text.len() / 400);
        Self {
            text,
            source,
            document,
            stack: Vec::new(),
            leaf: None,
            code: None,
            links: Vec::new(),
            edge: None,
            last_closed: None,
            divs,
            in_fence: false,
            comment_below: None,
            work: inline::Work::default(),
        }
    }

    pub(super) fn finish(mut self) -> Document {
        self.close_leaf();
        while !self.stack.is_empty() {
            self.close();
        }
        self.document.faults.sort_by_key(|f| f.span);
        self.document
    }

    /// Goes on inside of a container that was opened elsewhere.
    pub(super) fn resume(&mut self, block: Block, next: Option<u64>) {
        let is_div = block.kind == BlockKind::Div;
        self.stack.push(Container { block: Span::from(0..self.document.blocks.len()).end, is_div, next });
        self.document.blocks.push(block);
    }

    /// The containers that are open where another block begins, outermost first; `None` when something else is open as well.
    pub(super) fn open_at_block(&mut self) -> Option<Vec<Container>> {
        self.close_leaf();
        let pending = self.code.is_some() || self.edge.is_some() || self.in_fence || !self.links.is_empty();
        (!pending).then(|| self.stack.clone())
    }

    /// The document so far, whatever is still open.
    pub(super) fn leave(mut self) -> Document {
        self.document.faults.sort_by_key(|f| f.span);
        self.document
    }

    pub(super) fn parent(&self) -> Option<u32> {
        self.stack.last().map(|c| c.block)
    }

    /// The innermost open block, the one of words before its container.
    pub(super) fn current(&self) -> u32 {
        self.leaf.as_ref().map(|l| l.block).or_else(|| self.parent()).or(self.last_closed).unwrap_or(0)
    }

    fn push(&mut self, kind: BlockKind, span: Span) -> u32 {
        self.in_fence = false;
        let index = Span::from(0..self.document.blocks.len()).end;
        self.document.blocks.push(Block { kind, span, content: trimmed(self.text, span), parent: self.parent(), attributes: None });
        index
    }

    /// A block that holds no words of ours.
    pub(super) fn block(&mut self, kind: BlockKind, span: Span) {
        self.close_leaf();
        let index = self.push(kind, span);
        self.last_closed = Some(index);
        self.edge = None;
    }

    pub(super) fn open(&mut self, kind: BlockKind, span: Span) {
        self.close_leaf();
        self.edge.get_or_insert(span.start);
        let block = self.push(kind, span);
        self.stack.push(Container { block, is_div: false, next: None });
    }

    pub(super) fn open_list(&mut self, first: Option<u64>, span: Span) {
        self.open(BlockKind::List(first), span);
        if let Some(list) = self.stack.last_mut() {
            list.next = first;
        }
    }

    pub(super) fn open_item(&mut self, span: Span) {
        self.close_leaf();
        let number = self.stack.iter_mut().rev().find(|c| !c.is_div).and_then(|list| {
            let number = list.next?;
            list.next = Some(number.saturating_add(1));
            Some(number)
        });
        self.open(BlockKind::Item(number), span);
        if let Some(item) = self.document.blocks.last_mut() {
            let words = item.content.slice(self.text);
            let bare = words.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', '-', '*', '+']).trim_start();
            item.content.start += Span::from(0..words.len() - bare.len()).end;
        }
    }

    pub(super) fn open_div(&mut self, span: Span, attributes: Attributes) {
        let block = self.push(BlockKind::Div, span);
        self.anchor(block, &attributes);
        if let Some(b) = self.document.blocks.get_mut(block as usize) {
            b.content = Span::at(span.end);
            b.attributes = Some(attributes);
        }
        self.stack.push(Container { block, is_div: true, next: None });
    }

    /// Closes the innermost div by the fence at `span`; whether one was open.
    pub(super) fn close_div(&mut self, span: Span) -> bool {
        let Some(container) = self.stack.pop_if(|c| c.is_div) else { return false };
        if let Some(b) = self.document.blocks.get_mut(container.block as usize) {
            b.content = trimmed(self.text, Span::new(b.content.start, span.start));
            b.span.end = span.end;
        }
        self.last_closed = Some(container.block);
        true
    }

    /// Closes the innermost container that Markdown knows, and the divs in it.
    pub(super) fn close(&mut self) {
        self.end_leaf();
        self.edge = None;
        if self.stack.last().is_some_and(|c| c.is_div) {
            self.close_divs();
        }
        if let Some(container) = self.stack.pop() {
            self.last_closed = Some(container.block);
        }
    }

    /// Closes the divs whose container ends, none of which was closed by a fence.
    fn close_divs(&mut self) {
        let container = self.stack.iter().rev().find(|c| !c.is_div);
        let end = container.and_then(|c| self.document.blocks.get(c.block as usize)).map(|b| b.span.end);
        let end = end.unwrap_or(Span::from(0..self.text.len()).end);
        let last = trimmed_end(self.text, Span::new(0, end)).end;
        while let Some(container) = self.stack.pop_if(|c| c.is_div) {
            self.last_closed = Some(container.block);
            if let Some(b) = self.document.blocks.get_mut(container.block as usize) {
                let fence = b.span;
                b.span.end = end.max(fence.end);
                b.content = Span::new(b.content.start, last);
                let fault = Fault::new("broken-markup", fence, "this div is not closed").help("close it with a line `:::`");
                self.document.faults.push(fault);
            }
        }
    }

    pub(super) fn paragraph(&mut self, span: Span) {
        self.close_leaf();
        if !self.divs {
            super::directive::paragraph_follows(self, span);
            self.open_leaf(BlockKind::Paragraph, span);
        }
    }

    pub(super) fn open_leaf(&mut self, kind: BlockKind, span: Span) {
        self.close_leaf();
        let first_sign = self.document.signs.len();
        let block = self.push(kind, span);
        self.leaf = Some(Leaf {
            block,
            cursor: span.start,
            start: None,
            first_opaque: self.document.opaque.len(),
            first_node: self.document.nodes.len(),
            first_sign,
            fresh_line: true,
        });
    }

    /// Words, or another mark that a reader sees.
    pub(super) fn words(&mut self, span: Span) {
        if self.in_fence {
            return;
        }
        if self.divs
            && self.leaf.as_ref().is_none_or(|l| l.fresh_line)
            && span.slice(self.text).starts_with(":::")
            && div::fence(self, span)
        {
            self.in_fence = true;
            return;
        }
        self.cover(span);
    }

    /// Says that a span is words: what lies between it and those before is a sign.
    pub(super) fn cover(&mut self, span: Span) {
        if self.in_fence {
            return;
        }
        self.inline_start(span);
        let Some(leaf) = &mut self.leaf else { return };
        leaf.fresh_line = false;
        if leaf.cursor < span.start {
            self.document.signs.push(Span::new(leaf.cursor, span.start));
        }
        leaf.cursor = leaf.cursor.max(span.end);
        if let Some(link) = self.links.last_mut() {
            link.words = Some(link.words.map_or(span, |w| w.join(span)));
        }
    }

    /// A line ends; whether it was one of words, and not a fence.
    pub(super) fn line_break(&mut self, span: Span) -> bool {
        if std::mem::take(&mut self.in_fence) {
            return false;
        }
        if self.leaf.is_some() {
            self.cover(span);
        }
        if let Some(leaf) = &mut self.leaf {
            leaf.fresh_line = true;
        }
        true
    }

    /// An inline mark begins: if no block of words is open, one begins with it.
    pub(super) fn inline_start(&mut self, span: Span) {
        if self.in_fence {
            return;
        }
        // The parser's words begin behind a backslash.
        let escaped = |from: u32| span.start > from && self.text.as_bytes().get(span.start as usize - 1) == Some(&b'\\');
        if self.leaf.is_none() {
            let words = Span::new(span.start - u32::from(escaped(0)), span.end);
            super::directive::paragraph_follows(self, words);
            self.open_leaf(BlockKind::Paragraph, words);
        }
        let Some(leaf) = &mut self.leaf else { return };
        if leaf.start.is_none() {
            let escaped = escaped(leaf.cursor);
            leaf.start = Some(span.start - u32::from(escaped));
            let from = self.edge.take().unwrap_or(leaf.cursor).min(leaf.cursor);
            leaf.cursor = span.start;
            let from = self.document.signs.last().map_or(from, |s| s.end.max(from));
            if from < span.start {
                self.document.signs.push(Span::new(from, span.start));
            }
        }
    }

    /// An inline mark ends: what lies between its words and its end is a sign.
    pub(super) fn inline_end(&mut self, span: Span) {
        let Some(leaf) = &mut self.leaf else { return };
        if leaf.cursor < span.end {
            self.document.signs.push(Span::new(leaf.cursor, span.end));
            leaf.cursor = span.end;
        }
    }

    pub(super) fn sign(&mut self, span: Span) {
        if !span.is_empty() {
            self.document.signs.push(span);
        }
    }

    /// Adds bytes in which no mark is looked for.
    pub(super) fn opaque(&mut self, span: Span) {
        match self.document.opaque.last_mut() {
            _ if span.is_empty() => {}
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => self.document.opaque.push(span),
        }
    }

    pub(super) fn node(&mut self, span: Span, kind: NodeKind) {
        let block = self.current();
        self.document.nodes.push(Node { span, block, kind });
    }

    /// Notes the id among a block's attributes.
    pub(super) fn anchor(&mut self, block: u32, attributes: &Attributes) {
        if let Some(id) = attributes.id {
            self.document.nodes.push(Node { span: attributes.span, block, kind: NodeKind::Anchor { id } });
        }
    }

    /// Ends the open block of words, and with it the line of a fence.
    pub(super) fn end_leaf(&mut self) {
        self.close_leaf();
        self.in_fence = false;
    }

    /// Ends the open block of words and reads the marks in it.
    pub(super) fn close_leaf(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        self.last_closed = Some(leaf.block);
        self.links.clear();
        let Some(block) = self.document.blocks.get_mut(leaf.block as usize) else { return };
        let whole = block.span;
        let start = leaf.start.unwrap_or(whole.start);
        block.content = trimmed(self.text, Span::new(start, leaf.cursor.max(start)));
        block.span = match block.kind {
            BlockKind::Paragraph => trimmed_end(self.text, Span::new(whole.start.min(start), leaf.cursor.max(start))),
            _ => whole.join(block.content),
        };
        let kind = block.kind;
        if self.document.signs.get(leaf.first_sign..).is_some_and(|s| s.len() > 1) {
            tidy(&mut self.document.signs, leaf.first_sign);
        }
        if matches!(kind, BlockKind::Heading(_)) {
            heading(self, &leaf);
        }
        inline::scan_leaf(self, &leaf);
        if kind == BlockKind::Paragraph {
            self.caption_after(leaf.block);
        }
    }

    /// A paragraph `: …` right below a table is its caption.
    fn caption_after(&mut self, index: u32) {
        let Some(block) = self.document.blocks.get(index as usize) else { return };
        if !is_caption(block.content.slice(self.text)) {
            return;
        }
        let parent = block.parent;
        let before = self.document.blocks[..index as usize].iter().rev().find(|b| b.parent == parent);
        if before.is_some_and(|b| b.kind == BlockKind::Table) {
            self.make_caption(index);
        }
    }

    /// A paragraph `: …` right above a table is its caption.
    pub(super) fn caption_before(&mut self) {
        self.close_leaf();
        let parent = self.parent();
        let Some(index) = self.last_closed else { return };
        let Some(block) = self.document.blocks.get(index as usize) else { return };
        if block.kind == BlockKind::Paragraph && block.parent == parent && is_caption(block.content.slice(self.text)) {
            self.make_caption(index);
        }
    }

    fn make_caption(&mut self, index: u32) {
        let Some(block) = self.document.blocks.get_mut(index as usize) else { return };
        block.kind = BlockKind::Caption;
        let raw = block.content.slice(self.text);
        let mark = raw.find(':').map_or(0, |at| at + 1);
        block.content = trimmed(self.text, Span::new(block.content.start + Span::from(0..mark).end, block.content.end));
    }
}

pub(super) fn is_caption(text: &str) -> bool {
    text.starts_with(": ") || text.starts_with("Table: ") || text.starts_with("table: ")
}

/// Puts spans from `first` on in order and joins those that touch.
pub(super) fn tidy(spans: &mut Vec<Span>, first: usize) {
    let Some(tail) = spans.get_mut(first..) else { return };
    if !tail.is_sorted() {
        // They are a few lists in order: such are merged.
        tail.sort();
    }
    let mut kept = first;
    for i in first + 1..spans.len() {
        let (last, next) = (spans[kept], spans[i]);
        if next.start <= last.end {
            spans[kept].end = last.end.max(next.end);
        } else {
            kept += 1;
            spans[kept] = next;
        }
    }
    spans.truncate(kept + 1);
}
