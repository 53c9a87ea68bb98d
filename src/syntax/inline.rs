//! The scanner of inline marks, over the raw source of one block of words.
//!
//! One pass from left to right with a stack of open brackets; opaque bytes are jumped over. What a
//! bracket was is decided at its `]`: a footnote, a citation group, a bracketed span, or words.
//! Every byte is looked at a bounded number of times: at most [`DEEPEST`] brackets are kept open, and
//! what a failed attempt has read is not read again.

mod loose;
mod specials;

use std::cmp::Reverse;

use super::bracketed_span::{self, NoAttributes};
use super::builder::{Builder, Leaf, tidy};
use super::citation::{self, Key};
use super::{Attributes, Block, BlockKind, Document, Node, NodeKind, wikilink};
use crate::text::{Fault, Span};
use specials::Specials;

/// Most brackets that are kept open; deeper ones are words.
const DEEPEST: usize = 48;

/// Citations inside one span that each bring the cure for all of them.
const MOST_NESTED: usize = 8;

/// Reads the marks of a block of words of Markdown.
pub(super) fn scan_leaf(b: &mut Builder<'_>, leaf: &Leaf) {
    let Document { blocks, nodes, opaque, faults, .. } = &mut b.document;
    let Some(block) = blocks.get(leaf.block as usize) else { return };
    let (found, first) = (opaque.len(), leaf.first_opaque);
    let mut scanner = Scanner::new(b.text, leaf.block, block, nodes, faults, leaf.first_node, &mut b.work);
    scanner.run(opaque.get(first..).unwrap_or_default());
    let formulas = scanner.finish();
    if !formulas.is_empty() {
        opaque.extend(formulas);
        if found > first {
            tidy(opaque, first);
        }
    }
    let display = block.content.slice(b.text).starts_with("$$") && opaque.last().is_some_and(|o| o.covers(block.content));
    if display && let Some(block) = blocks.get_mut(leaf.block as usize) {
        block.kind = BlockKind::Math;
    }
}

/// Reads the marks of a paragraph of plain text.
pub(super) fn scan_plain(text: &str, index: usize, document: &mut Document) {
    let Document { blocks, nodes, opaque, signs, faults, .. } = document;
    let Some(block) = blocks.get(index) else { return };
    let first_node = nodes.len();
    let mut work = Work::default();
    let mut scanner = Scanner::new(text, Span::from(0..index).end, block, nodes, faults, first_node, &mut work);
    scanner.plain = true;
    scanner.run(&[]);
    signs.append(&mut scanner.escapes);
    opaque.extend(scanner.finish());
}

/// An open bracket.
#[derive(Clone, Copy)]
struct Open {
    at: u32,
    /// First byte inside.
    inside: u32,
    note: bool,
    first_key: usize,
    first_semicolon: usize,
    first_node: usize,
    /// Whether a narrative key stands right before it.
    after_key: bool,
}

/// What the scanners of one text use one after the other.
#[derive(Default)]
pub(super) struct Work {
    stack: Vec<Open>,
    keys: Vec<Key>,
    semicolons: Vec<u32>,
    /// The ends of the nodes that are open.
    ends: Vec<u32>,
    specials: Specials,
}

struct Scanner<'s> {
    text: &'s str,
    bytes: &'s [u8],
    block: u32,
    content: Span,
    /// Where the next opaque bytes begin, or the words end.
    limit: u32,
    cell: bool,
    plain: bool,
    nodes: &'s mut Vec<Node>,
    faults: &'s mut Vec<Fault>,
    first_node: usize,
    overflow: usize,
    work: &'s mut Work,
    formulas: Vec<Span>,
    escapes: Vec<Span>,
    no_more_comments: bool,
    no_more_display: bool,
}

impl<'s> Scanner<'s> {
    fn new(
        text: &'s str,
        index: u32,
        block: &Block,
        nodes: &'s mut Vec<Node>,
        faults: &'s mut Vec<Fault>,
        first_node: usize,
        work: &'s mut Work,
    ) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            block: index,
            content: block.content,
            limit: block.content.end,
            cell: block.kind == BlockKind::TableCell,
            plain: false,
            nodes,
            faults,
            first_node,
            overflow: 0,
            work,
            formulas: Vec::new(),
            escapes: Vec::new(),
            no_more_comments: false,
            no_more_display: false,
        }
    }

    fn byte(&self, at: u32) -> Option<u8> {
        if at < self.content.end { self.bytes.get(at as usize).copied() } else { None }
    }

    fn run(&mut self, opaque: &[Span]) {
        let end = self.content.end as usize;
        let mut pos = self.content.start as usize;
        let mut next = 0;
        loop {
            while opaque.get(next).is_some_and(|o| (o.start as usize) < pos) {
                next += 1;
            }
            let stop = opaque.get(next).map_or(end, |o| (o.start as usize).min(end));
            self.limit = Span::from(0..stop).end;
            match self.work.specials.next(self.bytes, pos, stop) {
                Some(special) => pos = self.mark(Span::from(0..special).end) as usize,
                None if stop >= end => break,
                None => {
                    // `](destination)`: the bracket of the link's words closes here.
                    if self.bytes.get(stop) == Some(&b']') {
                        self.close_link();
                    }
                    pos = opaque.get(next).map_or(end, |o| o.end as usize);
                    next += 1;
                }
            }
        }
    }

    /// Reads what begins at `at`, and says where to go on.
    fn mark(&mut self, at: u32) -> u32 {
        match self.bytes.get(at as usize) {
            Some(b'[') => self.open(at),
            Some(b']') => self.close(at),
            Some(b'@') => self.key(at),
            Some(b'^') if self.byte(at + 1) == Some(b'[') && !self.is_escape(at) => {
                self.push(at, at + 2, true);
                at + 2
            }
            Some(b'\\') => match self.byte(at + 1) {
                Some(c) if c.is_ascii_punctuation() && (!self.plain || b"[]{}@^<\\".contains(&c)) => {
                    if self.plain {
                        self.escapes.push(Span::new(at, at + 1));
                    }
                    at + 2
                }
                Some(c) if c.is_ascii_alphabetic() && !self.plain => self.tex(at),
                _ => at + 1,
            },
            Some(b'$') if !self.plain => self.formula(at),
            Some(b':') if self.bytes.get(at as usize..).is_some_and(|r| r.starts_with(b"://")) => self.address(at),
            Some(b';') if !self.work.stack.is_empty() => {
                self.work.semicolons.push(at);
                at + 1
            }
            Some(b'<') if self.plain => self.plain_comment(at),
            _ => at + 1,
        }
    }

    fn is_escape(&self, at: u32) -> bool {
        at > self.content.start && self.bytes.get(at as usize - 1) == Some(&b'\\')
    }

    fn node(&mut self, span: Span, kind: NodeKind) {
        self.nodes.push(Node { span, block: self.block, kind });
    }

    fn push(&mut self, at: u32, inside: u32, note: bool) {
        if self.work.stack.len() >= DEEPEST {
            self.overflow += 1;
            return;
        }
        let after_key = self
            .work
            .keys
            .last()
            .is_some_and(|k| k.span.end <= at && self.text.get(k.span.end as usize..at as usize).is_some_and(citation::is_gap));
        self.work.stack.push(Open {
            at,
            inside,
            note,
            first_key: self.work.keys.len(),
            first_semicolon: self.work.semicolons.len(),
            first_node: self.nodes.len(),
            after_key,
        });
    }

    fn open(&mut self, at: u32) -> u32 {
        if self.byte(at + 1) == Some(b'^')
            && let Some(label) = self.footnote_label(at + 2)
        {
            self.node(Span::new(at, label.end + 1), NodeKind::FootnoteReference { label });
            return label.end + 1;
        }
        // In `[[[a|b]]]{.x}` the first bracket opens the span.
        if self.byte(at + 1) == Some(b'[')
            && self.byte(at + 2) != Some(b'[')
            && let Some(end) = self.wikilink(at)
        {
            return end;
        }
        self.push(at, at + 1, false);
        at + 1
    }

    fn footnote_label(&self, from: u32) -> Option<Span> {
        let rest = self.bytes.get(from as usize..self.content.end as usize)?;
        let len = rest.iter().take(200).position(|c| c.is_ascii_whitespace() || b"[]^".contains(c))?;
        (len > 0 && rest.get(len) == Some(&b']')).then(|| Span::from(0..len).shift(from))
    }

    fn wikilink(&mut self, at: u32) -> Option<u32> {
        let found = wikilink::read(self.text, at, self.limit, self.cell)?;
        if let Some(fault) = found.fault {
            self.faults.push(fault);
        }
        let mention = found.mention?;
        let span = found.span;
        let mut end = span.end;
        if self.byte(end) == Some(b'{')
            && let Ok(attributes) = bracketed_span::attributes(self.text, end, self.content.end)
        {
            let (link, braces) = (span.slice(self.text), attributes.span.slice(self.text));
            let fault = Fault::new("wikilink-attributes", span.join(attributes.span), "Pandoc drops a wikilink that has attributes")
                .help("put the wikilink inside a bracketed span")
                .fix(span.join(attributes.span), format!("[{link}]{braces}"));
            self.faults.push(fault);
            end = attributes.span.end;
            self.node(span.join(attributes.span), NodeKind::BracketedSpan { text: span, attributes });
        }
        self.node(span, NodeKind::Mention(mention));
        Some(end)
    }

    /// The bracket of a link's words closes.
    fn close_link(&mut self) {
        if self.overflow > 0 {
            self.overflow -= 1;
        } else if let Some(open) = self.work.stack.pop() {
            self.work.semicolons.truncate(open.first_semicolon);
        }
    }

    fn close(&mut self, at: u32) -> u32 {
        if self.overflow > 0 {
            self.overflow -= 1;
            return at + 1;
        }
        let Some(open) = self.work.stack.pop() else { return at + 1 };
        let end = self.closed(&open, at);
        self.work.semicolons.truncate(open.first_semicolon);
        end
    }

    /// Decides what the bracket that closes at `at` was.
    fn closed(&mut self, open: &Open, at: u32) -> u32 {
        let inside = Span::new(open.inside, at);
        if open.note {
            self.narrative_from(open.first_key);
            self.node(Span::new(open.at, at + 1), NodeKind::InlineNote { text: inside });
            return at + 1;
        }
        // `![a]{.x}` is a picture without a place, and words.
        let picture = open.at > self.content.start && self.bytes.get(open.at as usize - 1) == Some(&b'!');
        let attributes =
            (self.byte(at + 1) == Some(b'{') && !picture).then(|| bracketed_span::attributes(self.text, at + 1, self.content.end));
        match attributes {
            Some(Ok(attributes)) => return self.span(open, inside, attributes),
            Some(Err(NoAttributes::Unclosed)) => {
                let fault = Fault::new("broken-markup", Span::new(at, at + 2), "these attributes are not closed");
                self.faults.push(fault.help("close them with `}`"));
            }
            Some(Err(NoAttributes::Broken)) => {
                let fault = Fault::new("broken-markup", Span::new(at, at + 2), "these attributes cannot be read");
                self.faults.push(fault.help("write `{.class #id name=value name=\"two words\"}`"));
            }
            Some(Err(NoAttributes::Words)) | None => {}
        }
        let followed = matches!(self.byte(at + 1), Some(b'[' | b'('));
        let outer = self.work.stack.last().is_some_and(|o| !o.note);
        if open.after_key && !followed && outer && self.work.keys.len() == open.first_key {
            // In `[see @a [p. 3]]` the outer bracket decides whether the key is in the words.
            if let Some(key) = self.work.keys.last_mut() {
                key.behind = Some(inside);
            }
            return at + 1;
        }
        if open.after_key && !followed && self.narrative_group(open, inside) {
            return at + 1;
        }
        if self.work.keys.len() > open.first_key && self.byte(at + 1) != Some(b'[') {
            let semicolons = self.work.semicolons.get(open.first_semicolon..).unwrap_or_default();
            let keys = self.work.keys.get(open.first_key..).unwrap_or_default();
            if let Some((group, used)) = citation::group(self.text, inside, keys, semicolons) {
                let rest: Vec<Key> = keys.iter().copied().filter(|k| !used.contains(&k.at)).collect();
                self.work.keys.truncate(open.first_key);
                self.work.keys.extend(rest);
                self.narrative_from(open.first_key);
                self.node(Span::new(open.at, at + 1), NodeKind::Citation(group));
                return at + 1;
            }
        }
        self.narrative_from(open.first_key);
        at + 1
    }

    /// A bracketed span with the citations that stand inside it behind it, in their order. `None` when one stands within other brackets: those
    /// would close otherwise without it, `[[[a [@x]]]{.b}` round a mention.
    fn citations_behind(&self, inside: Span, nested: &[Span], braces: Span) -> Option<String> {
        let (mut words, mut cited, mut at, mut open) = (String::from("["), String::new(), inside.start, 0_i32);
        for citation in nested.iter().filter(|c| inside.covers(**c)) {
            if citation.start < at {
                continue;
            }
            let before = Span::new(at, citation.start).slice(self.text);
            open += before.bytes().map(|b| i32::from(b == b'[') - i32::from(b == b']')).sum::<i32>();
            if open != 0 {
                return None;
            }
            words.push_str(before.trim_end());
            cited.push(' ');
            cited.push_str(citation.slice(self.text));
            at = citation.end;
        }
        words.push_str(Span::new(at, inside.end).slice(self.text));
        Some(format!("{words}]{}{cited}", braces.slice(self.text)))
    }

    fn span(&mut self, open: &Open, inside: Span, attributes: Attributes) -> u32 {
        self.narrative_from(open.first_key);
        let end = attributes.span.end;
        let is_group = |node: &&Node| matches!(&node.kind, NodeKind::Citation(group) if !group.narrative);
        let nested: Vec<Span> = self.nodes.iter().skip(open.first_node).filter(is_group).map(|node| node.span).collect();
        // What follows would be read as the moved citation's: `[[a [@x]]{.b}{.c}` would end in `[@x]{.c}`.
        let sticks = matches!(self.byte(end), Some(b'{' | b'[' | b'('));
        let cure = if nested.is_empty() || sticks { None } else { self.citations_behind(inside, &nested, attributes.span) };
        for (number, citation) in nested.iter().enumerate() {
            let fault = Fault::new("nested-citation", *citation, "this citation stands inside a bracketed span")
                .help("put it behind the span, one space after it");
            // The cure moves them all and is as long as the span: of a thousand, the first alone brings it.
            let cure = cure.as_ref().filter(|_| number == 0 || nested.len() <= MOST_NESTED);
            self.faults.push(match cure {
                Some(cure) => fault.fix(Span::new(open.at, end), cure.clone()),
                None => fault,
            });
        }
        self.node(Span::new(open.at, end), NodeKind::BracketedSpan { text: inside, attributes });
        end
    }

    fn key(&mut self, at: u32) -> u32 {
        match citation::key(
            self.text,
            Span::new(self.content.start, self.limit),
            at,
            self.work.keys.last().is_some_and(|k| k.span.end == at),
        ) {
            Some(key) => {
                let end = key.span.end;
                self.work.keys.push(key);
                end
            }
            None => at + 1,
        }
    }

    /// `@key [p. 3; @other]`
    fn narrative_group(&mut self, open: &Open, inside: Span) -> bool {
        let Some(lead) = open.first_key.checked_sub(1).and_then(|i| self.work.keys.get(i)).copied() else { return false };
        let semicolons = self.work.semicolons.get(open.first_semicolon..).unwrap_or_default();
        let keys = self.work.keys.get(open.first_key..).unwrap_or_default();
        let Some(group) = citation::narrative(self.text, lead, inside, keys, semicolons) else { return false };
        self.work.keys.truncate(open.first_key - 1);
        self.node(Span::new(lead.at, inside.end + 1), NodeKind::Citation(group));
        true
    }

    /// Keys that no bracket took stand in the words.
    fn narrative_from(&mut self, first: usize) {
        for key in self.work.keys.drain(first.min(self.work.keys.len())..) {
            let (group, end) = citation::alone(self.text, key);
            self.nodes.push(Node { span: Span::new(key.at, end), block: self.block, kind: NodeKind::Citation(group) });
        }
    }

    /// Puts the nodes in order; the formulas are opaque.
    fn finish(mut self) -> Vec<Span> {
        self.narrative_from(0);
        let words = self.content.slice(self.text).as_bytes();
        let last = words.iter().rev().take(80).find(|c| !loose::is_of_anchor(**c));
        if matches!(words.last(), Some(b'}')) || last == Some(&b'^') {
            self.anchor_at_end();
        }
        if let Some(nodes) = self.nodes.get_mut(self.first_node..)
            && nodes.len() > 1
        {
            nodes.sort_by_key(|n| (n.span.start, Reverse(n.span.end)));
            drop_crossing(self.nodes, self.first_node, &mut self.work.ends);
        }
        self.work.stack.clear();
        self.work.semicolons.clear();
        self.formulas
    }
}

/// Drops nodes that cross one before them: an address in attributes that runs past the brace, say.
fn drop_crossing(nodes: &mut Vec<Node>, first: usize, open: &mut Vec<u32>) {
    open.clear();
    if nodes.iter().skip(first).all(|n| fits(open, n.span)) {
        return;
    }
    let mut tail = nodes.split_off(first);
    open.clear();
    tail.retain(|n| fits(open, n.span));
    nodes.append(&mut tail);
}

/// Whether a span lies inside the innermost of the open ones, by their ends; if so, it is open too.
fn fits(open: &mut Vec<u32>, span: Span) -> bool {
    while open.last().is_some_and(|end| *end <= span.start) {
        open.pop();
    }
    let fits = open.last().is_none_or(|end| span.end <= *end);
    if fits {
        open.push(span.end);
    }
    fits
}
