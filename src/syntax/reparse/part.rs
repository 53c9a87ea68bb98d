//! A part of a Markdown text, read alone.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::cut::Cut;
use super::inside;
use crate::syntax::blocks::{definitions, parser, step, trimmed_end};
use crate::syntax::builder::{Builder, Container, Source};
use crate::syntax::{Block, BlockKind, Document};
use crate::text::{Replaced, Span};

/// The Markdown parser gives references this many bytes of addresses and titles in any text.
pub(super) const LEAST_LIMIT: usize = 100_000;

/// What is asked: a part of a text, between two cuts.
pub(super) struct Asked<'a> {
    pub(super) old_text: &'a str,
    pub(super) old: &'a Document,
    pub(super) new_text: &'a str,
    /// The part, before and after.
    pub(super) window: Replaced,
    pub(super) edit: Replaced,
    /// Whether `:::` occurs in the text.
    pub(super) fences: bool,
    /// The cut before the part.
    pub(super) front: &'a Cut,
    /// The cut that ends the part; else the text does.
    pub(super) back: Option<&'a Cut>,
    /// Where the text's body begins.
    pub(super) body: u32,
}

/// A part as it was read.
#[derive(Default)]
pub(super) struct Read {
    /// Its blocks are numbered from 0, its spans are the new text's. First come those that were open before the part: of
    /// them, where they end is told, if they end in the part.
    pub(super) document: Document,
    /// What is open where the part ends.
    pub(super) open: Vec<Container>,
}

/// What is lent to the part, and where in the text it comes from.
#[derive(Default)]
struct Lent {
    words: String,
    definitions: Vec<(Span, u32)>,
}

impl Asked<'_> {
    /// Reads the part; `None` when it cannot be read alone.
    pub(super) fn read(&self) -> Option<Read> {
        let window = self.window.new;
        let part = window.slice(self.new_text);
        let Lent { mut words, definitions: lent } = self.lend(part)?;
        words.push_str(&inside::opening(self.old_text, self.old, &self.front.chain, self.front.block)?);
        let own = words.len();
        words.reserve(part.len() + 80);
        words.push_str(part);
        let end = words.len();
        if let Some(back) = self.back {
            words.push_str(&inside::like(self.old_text, self.old.blocks.get(back.block), back.at)?);
        }
        // Lists end only where the next block itself begins.
        let limit = end + self.back.map_or(0, |back| back.sign - back.at) as usize;
        let parser = parser(&words);
        let own_byte = Span::from(0..own).end;
        if definitions(&parser).any(|d| d.start >= own_byte) || definitions(&parser).count() != lent.len() {
            return None;
        }
        let base = window.start.wrapping_sub(own_byte);
        let builder = Builder::new(self.new_text, Source { text: &words, base, own: own_byte, lent }, self.fences);
        let mut reading = Reading { asked: self, builder, own, limit, opened: 0 };
        for (event, range) in parser.into_offset_iter() {
            if range.start < own {
                reading.before(&event, &range)?;
                continue;
            }
            reading.open_divs();
            if range.start >= end {
                return reading.behind(&event, range.start - end);
            }
            let mut span = Span::from(range);
            if span.end as usize > end {
                matches!(event, Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item)).then_some(())?;
                span.end = span.end.min(Span::from(0..limit).end);
            }
            step(&mut reading.builder, &event, Span::new(span.start.wrapping_add(base), span.end.wrapping_add(base)));
        }
        let all = reading.opened == self.front.chain.len() && self.back.is_none();
        all.then(|| Read { document: reading.builder.finish(), open: Vec::new() }).filter(fits)
    }

    /// What must stand before the part so that it is read as in its place.
    fn lend(&self, part: &str) -> Option<Lent> {
        let mut lent = Lent::default();
        let defined = &self.old.summary.definitions;
        if defined.iter().any(|d| d.start < self.window.old.end && d.end > self.window.old.start) {
            return None;
        }
        if !defined.is_empty() && part.contains('[') {
            // A second definition of a label counts for nothing, or takes the place of one behind it.
            if part.contains("]:") {
                return None;
            }
            lent.definitions.reserve(defined.len());
            for place in defined.iter().map(|d| self.edit.moved_span(*d)) {
                let definition = place.slice(self.new_text);
                if definition.contains(['\n', '\r']) {
                    return None;
                }
                let at = lent.words.len();
                lent.words.push_str(definition);
                lent.definitions.push((Span::from(at..lent.words.len()), place.start));
                lent.words.push_str("\n\n");
            }
        }
        if part.contains("[^") {
            for block in &self.old.blocks {
                let BlockKind::FootnoteDefinition(label) = block.kind else { continue };
                // What the part defines itself is there.
                if self.window.old.covers(label) {
                    continue;
                }
                let label = label.slice(self.old_text);
                if label.contains('\\') {
                    return None;
                }
                lent.words.push_str("[^");
                lent.words.push_str(label);
                lent.words.push_str("]:\n\n");
            }
        }
        if !lent.words.is_empty() {
            // A rule closes the last footnote, for a part that begins set in.
            lent.words.push_str("***\n\n");
        } else if self.window.new.start > self.body {
            lent.words.push('\n');
        }
        Some(lent)
    }
}

fn fits(part: &Read) -> bool {
    part.document.summary.given < LEAST_LIMIT
}

/// A part that is being read.
struct Reading<'r, 'a> {
    asked: &'r Asked<'a>,
    builder: Builder<'r>,
    /// Where the part begins in what is read, and where what begins behind it has its first sign.
    own: usize,
    limit: usize,
    /// How many of the containers that are open before it were opened.
    opened: usize,
}

impl Reading<'_, '_> {
    /// Something that began before the part: what is open there, or lent.
    fn before(&mut self, event: &Event<'_>, range: &Range<usize>) -> Option<()> {
        if range.end <= self.own {
            return Some(());
        }
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) => {
                self.open_divs();
                self.builder.close();
                Some(())
            }
            _ => None,
        }
    }

    /// The next block of the chain that is not opened yet.
    fn next(&self) -> Option<&Block> {
        let number = self.asked.front.chain.get(self.opened)?;
        self.asked.old.blocks.get(*number as usize)
    }

    /// One of the containers that are open before the part.
    fn open(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Option<()> {
        self.open_divs();
        let mut block = self.next()?.clone();
        let same = match (tag, block.kind) {
            (Tag::BlockQuote(_), BlockKind::BlockQuote) | (Tag::Item, BlockKind::Item(_)) => true,
            (Tag::List(first), BlockKind::List(was)) => first.is_some() == was.is_some(),
            _ => false,
        };
        same.then_some(())?;
        let end = self.asked.window.new.start + Span::from(0..range.end.min(self.limit) - self.own).end;
        block.span.end = end;
        block.content.end = trimmed_end(self.asked.new_text, block.span).end.max(block.content.start);
        let next = if matches!(block.kind, BlockKind::List(_)) { self.next_number() } else { None };
        self.builder.resume(block, next);
        self.opened += 1;
        Some(())
    }

    /// The number of the next item of the list that is being opened.
    fn next_number(&self) -> Option<u64> {
        let front = self.asked.front;
        let item =
            |number: u32| self.asked.old.blocks.get(number as usize).and_then(|b| if let BlockKind::Item(n) = b.kind { n } else { None });
        match front.chain.get(self.opened + 1) {
            Some(open) => item(*open).map(|n| n.saturating_add(1)),
            None => item(Span::from(0..front.block).end),
        }
    }

    /// Divs are no matter of Markdown's reader.
    fn open_divs(&mut self) {
        while let Some(div) = self.next().filter(|b| b.kind == BlockKind::Div) {
            let fence = inside::fence(self.asked.old_text, div);
            let div = Block { span: fence, content: Span::at(fence.end), ..div.clone() };
            self.builder.resume(div, None);
            self.opened += 1;
        }
    }

    /// Something begins behind the part: it must be what was put there, in what was open there before.
    fn behind(mut self, event: &Event<'_>, at: usize) -> Option<Read> {
        let asked = self.asked;
        let back = asked.back?;
        let block = asked.old.blocks.get(back.block);
        let number = block.and_then(|b| if let BlockKind::Item(number) = b.kind { Some(number) } else { None });
        let nested = block.filter(|b| b.parent.is_some());
        let expected = match (nested.map(|b| b.kind), event) {
            (Some(BlockKind::Item(_)), Event::Start(Tag::Item)) => self.builder.comment_below.is_none(),
            (Some(BlockKind::List(_)), Event::Start(Tag::List(_)))
            | (Some(BlockKind::BlockQuote), Event::Start(Tag::BlockQuote(_)))
            | (Some(BlockKind::Heading(_)), Event::Start(Tag::Heading { .. }))
            | (Some(BlockKind::Paragraph) | None, Event::Start(Tag::Paragraph)) => true,
            _ => false,
        };
        // How far it is set in depends on what it is in.
        let moved = nested.is_some_and(|b| (b.span.start - back.at) as usize != at);
        if !expected || moved || self.opened != asked.front.chain.len() {
            return None;
        }
        let open = self.builder.open_at_block()?;
        if number.is_some_and(|number| open.last().is_none_or(|list| list.next != number)) {
            return None;
        }
        let read = Read { document: self.builder.leave(), open };
        (fits(&read) && asked.is_open(&read, &back.chain)).then_some(read)
    }
}

impl Asked<'_> {
    /// Whether the same is open where the part ends as was before.
    fn is_open(&self, read: &Read, chain: &[u32]) -> bool {
        let front = &self.front.chain;
        let same = |(now, was): (&Container, &u32)| {
            if let Some(held) = front.get(now.block as usize) {
                return held == was;
            }
            if (*was as usize) < self.front.block {
                return false;
            }
            let (now, was) = (read.document.blocks.get(now.block as usize), self.old.blocks.get(*was as usize));
            let Some((now, was)) = now.zip(was) else { return false };
            match (now.kind, was.kind) {
                (BlockKind::List(_), BlockKind::List(_)) => {
                    let (now, was) = (inside::list_sign(self.new_text, now), inside::list_sign(self.old_text, was));
                    now.is_some() && now == was
                }
                (BlockKind::Item(a), BlockKind::Item(b)) => {
                    // What is behind is set in as far as it was.
                    let (now, was) = (inside::signs(self.new_text, now), inside::signs(self.old_text, was));
                    a == b && now.zip(was).is_some_and(|(now, was)| now.1 == was.1)
                }
                (BlockKind::Div, _) => false,
                (now, was) => now == was,
            }
        };
        read.open.len() == chain.len() && read.open.iter().zip(chain).all(same)
    }
}
