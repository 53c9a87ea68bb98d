//! A text read again after an edit, by reading only the paragraphs that changed.
//!
//! [`reparse`] answers exactly what [`parse`](super::parse) would. It finds what differs, takes the nearest places
//! before and behind at which the text can be *cut*, reads what lies between alone, and puts it between the blocks
//! that stayed. Where that cannot be shown to be right it reads the whole.
//!
//! # Why a part can be read alone
//!
//! Reading Markdown goes from line to line, and no line's meaning depends on what stands behind the next blank line. So
//! all that the text before a place does to the text behind it goes through what is open there, and through a few things
//! that act at a distance. A **cut** (`cut.rs`) is a block of the outermost level at the first column, right behind an
//! empty line:
//!
//! - Nothing is open there: a quotation, an item and a footnote end at a line that is not set in, code and HTML would
//!   have swallowed the line, a div would be the block's parent. A list stays open for one more item of its kind,
//!   and until behind a definition; therefore what begins like either is no cut behind a list.
//! - Whatever is written into the part later, its first character stays (the edit lies behind it), so that no line set
//!   in can become part of what stands before.
//! - A caption belongs to a table before or behind it, over the cut: such paragraphs are no cuts.
//!
//! At the *end* of the part that must hold in the new text too, which only reading it shows: a letter is put there, at
//! the first column, and has to come out as a paragraph of the outermost level (`part.rs`). An unclosed fence, div or
//! comment fails it.
//!
//! At a distance act: front matter (an edit in or right behind it reads the whole); whether `:::` occurs at all;
//! definitions of references and of footnotes. Those outside are lent to the part; one inside that comes, goes or changes
//! reads the whole. How many bytes of addresses references may be given is limited by the length of the text; far below the
//! limit it does not matter. In plain text it is the share of long lines.
//!
//! Shown by properties over chained random edits of texts made of mean pieces (`tests.rs`), and over real texts in
//! `tests/scenarios`.

mod cut;
mod damage;
mod inside;
mod part;
mod splice;
#[cfg(test)]
mod tests;

pub use damage::{Damage, Renumbered};

use self::cut::Cut;
use self::part::Read;
use super::{BlockKind, Document, Format, blocks, front_matter, plain, summary};
use crate::text::{Replaced, Span};

/// Reads `new_text`, an edited `old_text` of which `old` is the document; with it, what stayed.
///
/// The document equals `parse(new_text, format)`. Give `old` away where nobody else needs it, else a clone; to keep it
/// between keystrokes hold the text beside it (`Annotations` has both).
#[must_use]
pub fn reparse(old_text: &str, old: Document, new_text: &str, format: Format) -> (Document, Damage) {
    let edit = Replaced::between(old_text, new_text);
    if edit.is_nothing() {
        let damage = Damage::nothing(&old, edit);
        return (old, damage);
    }
    match Patch::of(old_text, &old, new_text, format, edit) {
        Some(patch) => patch.apply(old),
        None => {
            let new = super::parse(new_text, format);
            let damage = Damage::between(old_text, &old, new_text, &new);
            (new, damage)
        }
    }
}

/// A part read anew, and what it replaces.
struct Patch {
    edit: Replaced,
    window: Replaced,
    /// Blocks before the part, and the first one behind it in the old document.
    blocks: (usize, usize),
    /// What is open before the part.
    front: Vec<u32>,
    /// The fences of those of them that are divs.
    fences_before: Vec<Option<Span>>,
    /// What was open behind the part.
    back: Vec<u32>,
    /// Whether a cut ends the part; else the text does.
    cut: bool,
    read: Read,
    fences: usize,
}

/// An edited text.
#[derive(Clone, Copy)]
struct Edited<'a> {
    old_text: &'a str,
    old: &'a Document,
    new_text: &'a str,
    format: Format,
    edit: Replaced,
    body: u32,
}

impl Patch {
    /// `None` when a part cannot be read alone.
    fn of(old_text: &str, old: &Document, new_text: &str, format: Format, edit: Replaced) -> Option<Self> {
        let body = kept_body(old_text, old, new_text, edit, format)?;
        let edited = Edited { old_text, old, new_text, format, edit, body };
        let (front, back) = (edited.front(false), cut::behind(old_text, old, edit.old.end, false));
        // What is open at the end may be another now; outside of that much, it is not.
        let wider = back.as_ref().filter(|back| !back.chain.is_empty()).map(|back| edited.outside_of(back));
        let inside = |cut: &Cut| !cut.chain.is_empty();
        let nested = inside(&front) || back.as_ref().is_some_and(inside);
        let near = edited.patch(&front, back.as_ref());
        let near = near.or_else(|| edited.patch(&front, wider?.as_ref()));
        near.or_else(|| nested.then(|| edited.patch(&edited.front(true), cut::behind(old_text, old, edit.old.end, true).as_ref()))?)
    }
}

impl Edited<'_> {
    /// The cut before the edit.
    fn front(&self, outside: bool) -> Cut {
        cut::before(self.old_text, self.old, self.edit.old.start, outside).unwrap_or_else(|| Cut::of_body(self.body))
    }

    /// The next cut that lies in fewer containers than another.
    fn outside_of(&self, cut: &Cut) -> Option<Cut> {
        let blocks = cut.block + 1..self.old.blocks.len();
        blocks.filter_map(|i| cut::at_block(self.old_text, self.old, i)).find(|other| other.chain.len() < cut.chain.len())
    }

    fn patch(&self, front: &Cut, back: Option<&Cut>) -> Option<Patch> {
        let Self { old_text, old, new_text, format, edit, body } = *self;
        let length = Span::from(0..old_text.len()).end;
        let end = back.map_or(length, |c| c.at);
        let window = Replaced { old: Span::new(front.at, end), new: Span::new(front.at, edit.moved(end)) };
        let blocks = (front.block, back.map_or(old.blocks.len(), |c| c.block));
        let fences = if format == Format::Plain { 0 } else { fences(old_text, old, new_text, edit) };
        let read = match format {
            Format::Plain => {
                let facts = (old.summary.lines, old.summary.long);
                let gone = plain::count(old_text, window.old);
                let part = plain::part(new_text, window.new, (facts.0 - gone.0, facts.1 - gone.1), plain::is_unwrapped(facts.0, facts.1))?;
                Read { document: part, ..Read::default() }
            }
            Format::Markdown => {
                if (fences > 0) != (old.summary.fences > 0) || old.summary.given >= limit(old_text, body) {
                    return None;
                }
                let asked = part::Asked { old_text, old, new_text, window, edit, fences: fences > 0, front, back, body };
                let read = asked.read()?;
                let fits = same_labels(old_text, old, blocks, new_text, &read.document)
                    && old.summary.given + read.document.summary.given < limit(new_text, body)
                    && !back.is_some_and(|back| joins(&read, old, back, new_text, window.new.end));
                fits.then_some(read)?
            }
        };
        let fence = |n: &u32| old.blocks.get(*n as usize).filter(|b| b.kind == BlockKind::Div).map(|div| inside::fence(old_text, div));
        let fences_before = front.chain.iter().map(fence).collect();
        let (front, cut, back) = (front.chain.clone(), back.is_some(), back.map(|b| b.chain.clone()).unwrap_or_default());
        Some(Patch { edit, window, blocks, front, fences_before, back, cut, read, fences })
    }
}

/// Where the body begins, when the edit leaves front matter and byte order mark alone.
fn kept_body(old_text: &str, old: &Document, new_text: &str, edit: Replaced, format: Format) -> Option<u32> {
    let mark = front_matter::after_mark(old_text);
    if front_matter::after_mark(new_text) != mark || edit.old.start < mark {
        return None;
    }
    if format == Format::Plain {
        return Some(mark);
    }
    let Some(front) = old.front_matter else {
        // Front matter may begin here that is not closed, or is no longer.
        let fence = |text: &str| text.get(mark as usize..).is_some_and(|t| t.starts_with("---"));
        return (!fence(old_text) && !fence(new_text)).then_some(mark);
    };
    let kept = edit.old.start >= front.span.end && front.span.slice(old_text).ends_with('\n');
    kept.then(|| blocks::body(old_text, Some(front)))
}

/// How often `:::` stands in the new text.
fn fences(old_text: &str, old: &Document, new_text: &str, edit: Replaced) -> usize {
    let near = |text: &str, span: Span| {
        let (from, to) = ((span.start as usize).saturating_sub(2), (span.end as usize + 2).min(text.len()));
        summary::fences(&text.as_bytes()[from..to])
    };
    (old.summary.fences + near(new_text, edit.new)).saturating_sub(near(old_text, edit.old))
}

/// How many bytes of addresses and titles the Markdown parser gives to references in a text.
fn limit(text: &str, body: u32) -> usize {
    (text.len() - body as usize).max(part::LEAST_LIMIT)
}

/// Whether the same footnotes are defined in the part as were before.
fn same_labels(old_text: &str, old: &Document, range: (usize, usize), new_text: &str, part: &Document) -> bool {
    let labels = |blocks: &[super::Block]| -> Vec<Span> {
        blocks.iter().filter_map(|b| if let BlockKind::FootnoteDefinition(label) = b.kind { Some(label) } else { None }).collect()
    };
    let before = labels(old.blocks.get(range.0..range.1).unwrap_or_default());
    let now = labels(&part.blocks);
    // A label with an escape may be longer than it looks.
    let same = |(a, b): (&Span, &Span)| a.slice(old_text) == b.slice(new_text) && !a.slice(old_text).contains('\\');
    before.len() == now.len() && before.iter().zip(&now).all(same)
}

/// Whether the list that ends the part could be still open for what begins behind it.
fn joins(read: &Read, old: &Document, back: &Cut, text: &str, line: u32) -> bool {
    if old.blocks.get(back.block).is_some_and(|b| matches!(b.kind, BlockKind::Item(_))) {
        return false;
    }
    let parent = read.open.last().map(|c| c.block);
    let last = read.document.blocks.iter().rev().find(|b| b.parent == parent);
    let sign = line + (back.sign - back.at);
    last.is_some_and(|b| matches!(b.kind, BlockKind::List(_))) && cut::may_follow_list(text, sign)
}
