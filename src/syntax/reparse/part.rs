//! A part of a Markdown text, read alone.

use pulldown_cmark::{Event, Tag};

use crate::syntax::blocks::{definitions, parser, step};
use crate::syntax::builder::{Builder, Source};
use crate::syntax::{BlockKind, Document};
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
    /// Whether a cut ends the part; else the text does.
    pub(super) cut: bool,
    /// Where the text's body begins.
    pub(super) body: u32,
}

/// What is lent to the part, and where in the text it comes from.
#[derive(Default)]
struct Lent {
    words: String,
    definitions: Vec<(Span, u32)>,
}

impl Asked<'_> {
    /// Reads the part; its blocks are numbered from 0, its spans are the new text's. `None` when it cannot be read alone.
    pub(super) fn read(&self) -> Option<Document> {
        let window = self.window.new;
        let part = window.slice(self.new_text);
        let Lent { mut words, definitions: lent } = self.lend(part)?;
        let own = words.len();
        words.reserve(part.len() + 1);
        words.push_str(part);
        let end = words.len();
        if self.cut {
            words.push('x');
        }
        let parser = parser(&words);
        let own_byte = Span::from(0..own).end;
        if definitions(&parser).any(|d| d.start >= own_byte) || definitions(&parser).count() != lent.len() {
            return None;
        }
        let base = window.start.wrapping_sub(own_byte);
        let mut builder = Builder::new(self.new_text, Source { text: &words, base, own: own_byte, lent }, self.fences);
        for (event, range) in parser.into_offset_iter() {
            if range.start < own {
                continue;
            }
            if range.end > end {
                let closed = range.start == end && matches!(event, Event::Start(Tag::Paragraph)) && builder.is_closed();
                return closed.then(|| builder.finish()).filter(fits);
            }
            let span = Span::from(range);
            step(&mut builder, &event, Span::new(span.start.wrapping_add(base), span.end.wrapping_add(base)));
        }
        (!self.cut).then(|| builder.finish()).filter(fits)
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

fn fits(part: &Document) -> bool {
    part.summary.given < LEAST_LIMIT
}
