//! What of two states of a text is the same: their bytes and marks compared.

use crate::syntax::{Attributes, Block, BlockKind, Citation, Directive, Document, Locator, Node, NodeKind, Pair};
use crate::text::{Fault, Span};

/// The bytes in which two states of a text differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The first byte that differs, in both.
    pub(super) start: u32,
    /// The byte behind the last, in the old text.
    pub(super) old_end: u32,
    /// The same in the new text.
    pub(super) new_end: u32,
}

/// Bytes compared at a time.
const CHUNK: usize = 64;

impl Edit {
    /// Between two texts.
    pub(super) fn between(old: &str, new: &str) -> Self {
        let (a, b) = (old.as_bytes(), new.as_bytes());
        let start = common(a.chunks(CHUNK), b.chunks(CHUNK), |a, b| a.iter().zip(b).take_while(|(a, b)| a == b).count());
        let (rest_a, rest_b) = (&a[start..], &b[start..]);
        let same = |a: &[u8], b: &[u8]| a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
        let back = common(rest_a.rchunks(CHUNK), rest_b.rchunks(CHUNK), same);
        let at = |n: usize| Span::from(0..n).end;
        Self { start: at(start), old_end: at(a.len() - back), new_end: at(b.len() - back) }
    }

    /// By how much what stands behind was moved, in wrapping arithmetic.
    pub(super) fn by(&self) -> u32 {
        self.new_end.wrapping_sub(self.old_end)
    }

    /// Where a byte that was not edited is now.
    pub(super) fn moved(&self, old: u32) -> u32 {
        if old >= self.old_end { old.wrapping_add(self.by()) } else { old }
    }

    fn is_same_place(&self, old: u32, new: u32) -> bool {
        old == new && old <= self.start || old >= self.old_end && new == old.wrapping_add(self.by())
    }

    fn is_same(&self, old: Span, new: Span) -> bool {
        self.is_same_place(old.start, new.start) && self.is_same_place(old.end, new.end)
    }

    fn is_same_option(&self, old: Option<Span>, new: Option<Span>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.is_same(old, new),
            (None, None) => true,
            _ => false,
        }
    }

    fn are_same(&self, old: &[Span], new: &[Span]) -> bool {
        old.len() == new.len() && old.iter().zip(new).all(|(a, b)| self.is_same(*a, *b))
    }

    fn is_same_attributes(&self, old: &Attributes, new: &Attributes) -> bool {
        let pair = |(a, b): (&Pair, &Pair)| self.is_same(a.name, b.name) && self.is_same(a.value, b.value);
        self.is_same(old.span, new.span)
            && self.is_same_option(old.id, new.id)
            && self.are_same(&old.classes, &new.classes)
            && old.pairs.len() == new.pairs.len()
            && old.pairs.iter().zip(&new.pairs).all(pair)
    }

    fn is_same_block(&self, old: &Block, new: &Block) -> bool {
        let kind = match (old.kind, new.kind) {
            (BlockKind::FootnoteDefinition(old), BlockKind::FootnoteDefinition(new)) => self.is_same(old, new),
            (old, new) => old == new,
        };
        let attributes = match (&old.attributes, &new.attributes) {
            (Some(old), Some(new)) => self.is_same_attributes(old, new),
            (None, None) => true,
            _ => false,
        };
        kind && attributes && self.is_same(old.span, new.span) && self.is_same(old.content, new.content)
    }

    fn is_same_citation(&self, old: &Citation, new: &Citation) -> bool {
        let locator = match (&old.locator, &new.locator) {
            (Some(old), Some(new)) => self.is_same_locator(*old, *new),
            (None, None) => true,
            _ => false,
        };
        locator
            && old.suppressed == new.suppressed
            && self.is_same(old.key, new.key)
            && self.is_same(old.prefix, new.prefix)
            && self.is_same(old.suffix, new.suffix)
    }

    fn is_same_locator(&self, old: Locator, new: Locator) -> bool {
        old.label == new.label && self.is_same(old.span, new.span) && self.is_same(old.value, new.value)
    }

    fn is_same_directive(&self, old: &Directive, new: &Directive) -> bool {
        old.verb == new.verb
            && old.placement == new.placement
            && self.are_same(&old.rules, &new.rules)
            && self.is_same_option(old.reason, new.reason)
            && self.is_same_option(old.until, new.until)
    }

    fn is_same_node(&self, old: &Node, new: &Node) -> bool {
        use NodeKind::{Anchor, BracketedSpan, Citation, Comment, Directive, FootnoteReference, Image, InlineNote, Link, Mention};
        let same = |a: &Span, b: &Span| self.is_same(*a, *b);
        self.is_same(old.span, new.span)
            && match (&old.kind, &new.kind) {
                (Mention(a), Mention(b)) => {
                    same(&a.target, &b.target)
                        && self.is_same_option(a.pin, b.pin)
                        && same(&a.surface, &b.surface)
                        && a.spelling == b.spelling
                }
                (Citation(a), Citation(b)) => {
                    let items = || a.items.iter().zip(&b.items).all(|(a, b)| self.is_same_citation(a, b));
                    a.narrative == b.narrative && a.items.len() == b.items.len() && items()
                }
                (BracketedSpan { text: a, attributes: old }, BracketedSpan { text: b, attributes: new }) => {
                    same(a, b) && self.is_same_attributes(old, new)
                }
                (Directive(a), Directive(b)) => self.is_same_directive(a, b),
                (Comment, Comment) => true,
                (FootnoteReference { label: a }, FootnoteReference { label: b }) | (InlineNote { text: a }, InlineNote { text: b }) => {
                    same(a, b)
                }
                (Link { text: a, destination: c }, Link { text: b, destination: d })
                | (Image { text: a, destination: c }, Image { text: b, destination: d }) => same(a, b) && same(c, d),
                (Anchor { id: a }, Anchor { id: b }) => same(a, b),
                _ => false,
            }
    }

    fn is_same_fault(&self, old: &Fault, new: &Fault) -> bool {
        let fix = match (&old.fix, &new.fix) {
            (Some((a, old)), Some((b, new))) => old == new && self.is_same(*a, *b),
            (None, None) => true,
            _ => false,
        };
        fix && self.is_same(old.span, new.span) && old.rule == new.rule && old.message == new.message && old.help == new.help
    }
}

/// How many bytes two texts share from one end, which `chunks` begin at and `same` counts from.
fn common<'a>(a: impl Iterator<Item = &'a [u8]>, b: impl Iterator<Item = &'a [u8]>, same: impl Fn(&'a [u8], &'a [u8]) -> usize) -> usize {
    let mut length = 0;
    for (a, b) in a.zip(b) {
        if a == b && a.len() == CHUNK {
            length += CHUNK;
        } else {
            return length + same(a, b);
        }
    }
    length
}

/// How much of a list is the same from its beginning and from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    /// How many at the beginning.
    pub(super) front: usize,
    /// The first of those at the end, in the old list.
    pub(super) old_back: usize,
    /// The same in the new list.
    pub(super) new_back: usize,
}

impl Ends {
    /// Of two lists, by `is_same` asked with indices as well.
    pub(super) fn of<T>(old: &[T], new: &[T], mut is_same: impl FnMut(&T, &T) -> bool) -> Self {
        let front = old.iter().zip(new).take_while(|(a, b)| is_same(a, b)).count();
        let (rest_a, rest_b) = (&old[front..], &new[front..]);
        let back = rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| is_same(a, b)).count();
        Self { front, old_back: old.len() - back, new_back: new.len() - back }
    }

    /// Where an index is now; `None` when it is of neither end.
    pub(super) fn moved(&self, old: u32) -> Option<u32> {
        let index = old as usize;
        if index < self.front {
            return Some(old);
        }
        (index >= self.old_back).then(|| self.shifted(old))
    }

    /// Where an index behind is now.
    pub(super) fn shifted(&self, old: u32) -> u32 {
        let by = Span::from(0..self.new_back).end.wrapping_sub(Span::from(0..self.old_back).end);
        if old as usize >= self.old_back { old.wrapping_add(by) } else { old }
    }
}

/// What two documents have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct Common {
    /// The bytes that differ.
    pub(super) edit: Edit,
    /// Blocks.
    pub(super) blocks: Ends,
    /// Nodes.
    pub(super) nodes: Ends,
    /// The first byte, in both texts, before which no mark differs.
    pub(super) start: u32,
    /// How many bytes at the end of both texts have no mark that differs.
    pub(super) back: u32,
}

impl Common {
    /// Of two texts and their documents; `None` when their front matter differs.
    pub(super) fn of(old_text: &str, old: &Document, new_text: &str, new: &Document) -> Option<Self> {
        let edit = Edit::between(old_text, new_text);
        let front = match (&old.front_matter, &new.front_matter) {
            (Some(a), Some(b)) => edit.is_same(a.span, b.span) && edit.is_same(a.yaml, b.yaml) && a.span.end <= edit.start,
            (None, None) => true,
            _ => false,
        };
        if !front {
            return None;
        }
        let blocks = blocks(&edit, &old.blocks, &new.blocks);
        let nodes = Ends::of(&old.nodes, &new.nodes, |a, b| blocks.moved(a.block) == Some(b.block) && edit.is_same_node(a, b));
        let lengths = [old_text, new_text].map(|t| Span::from(0..t.len()).end);
        let mut common = Self { edit, blocks, nodes, start: edit.start, back: lengths[0] - edit.old_end };
        common.widen(&old.blocks, &new.blocks, blocks, lengths, |b| b.span);
        common.widen(&old.nodes, &new.nodes, nodes, lengths, |n| n.span);
        for (old, new) in [(&old.opaque, &new.opaque), (&old.signs, &new.signs)] {
            common.widen(old, new, Ends::of(old, new, |a, b| edit.is_same(*a, *b)), lengths, |s| *s);
        }
        let faults = Ends::of(&old.faults, &new.faults, |a, b| edit.is_same_fault(a, b));
        common.widen(&old.faults, &new.faults, faults, lengths, |f| f.span);
        Some(common)
    }

    /// Takes in what differs of two lists.
    fn widen<T>(&mut self, old: &[T], new: &[T], ends: Ends, lengths: [u32; 2], span: impl Fn(&T) -> Span) {
        for (list, length) in [(&old[ends.front..ends.old_back], lengths[0]), (&new[ends.front..ends.new_back], lengths[1])] {
            for one in list.iter().map(&span) {
                self.start = self.start.min(one.start);
                self.back = self.back.min(length.saturating_sub(one.end));
            }
        }
    }
}

/// Blocks in common: also those are the same that they lie in.
fn blocks(edit: &Edit, old: &[Block], new: &[Block]) -> Ends {
    let by = new.len().wrapping_sub(old.len());
    let front = old.iter().zip(new).take_while(|(a, b)| a.parent == b.parent && edit.is_same_block(a, b)).count();
    let parent = |old: Option<u32>, new: Option<u32>| match (old, new) {
        (Some(old), Some(new)) => {
            let (old, new) = (old as usize, new as usize);
            old == new && old < front || old >= front && old.wrapping_add(by) == new
        }
        (None, None) => true,
        _ => false,
    };
    let pairs = old[front..].iter().rev().zip(new[front..].iter().rev());
    let back = pairs.take_while(|(a, b)| parent(a.parent, b.parent) && edit.is_same_block(a, b)).count();
    let mut first = old.len() - back;
    loop {
        let lost = |b: &Block| b.parent.is_some_and(|p| (front..first).contains(&(p as usize)));
        let Some(last) = old[first..].iter().rposition(lost) else { break };
        first += last + 1;
    }
    Ends { front, old_back: first, new_back: first.wrapping_add(by) }
}
