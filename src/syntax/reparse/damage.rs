//! What an edit left of a text's marks.

use super::cut;
use super::splice::Moves;
use crate::syntax::Document;
use crate::text::{Replaced, Span};

/// What was read anew, and what stayed as it was but for its place.
///
/// Whatever begins before [`text`](Self::text) stayed, and whatever begins behind it was moved by the difference of the
/// lengths: blocks, nodes, opaque bytes and signs alike. (Only the address of a reference may stand on another side than its
/// node, or in the part; it moves as [`edit`](Self::edit) tells, which is right for all else that stayed, too.) Both ends are
/// where a line begins with a block, or the ends of the text: paragraphs, headings, cells and tables lie wholly on one side. A
/// container (list, item, quotation, div) may reach over either end: one that begins before stayed but for where it ends,
/// and one that goes on behind is the parent of blocks that stayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// What differs in the two texts, to the character.
    pub edit: Replaced,
    /// The bytes that were read anew: the edit and the blocks round it.
    pub text: Replaced,
    /// The numbers of blocks.
    pub blocks: Renumbered,
    /// The numbers of nodes.
    pub nodes: Renumbered,
}

/// A run of things in a list that others replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renumbered {
    /// How many before them stayed.
    pub before: u32,
    /// How many were replaced.
    pub old: u32,
    /// How many stand there now.
    pub new: u32,
}

impl Renumbered {
    /// The old ones from `start` to `end` were replaced by so many new ones.
    pub(super) fn new(start: usize, end: usize, new: usize) -> Self {
        let count = |n: usize| Span::from(0..n).end;
        Self { before: count(start), old: count(end) - count(start), new: count(new) }
    }

    /// The number now of the one that had this number; `None` for one that was replaced.
    #[must_use]
    pub const fn moved(self, number: u32) -> Option<u32> {
        if number < self.before {
            Some(number)
        } else if number < self.before + self.old {
            None
        } else {
            Some(number - self.old + self.new)
        }
    }

    /// The first number behind the new ones.
    #[must_use]
    pub const fn behind(self) -> u32 {
        self.before + self.new
    }
}

impl Damage {
    /// Nothing differs.
    pub(super) fn nothing(document: &Document, edit: Replaced) -> Self {
        let all = |count: usize| Renumbered::new(count, count, 0);
        Self { edit, text: edit, blocks: all(document.blocks.len()), nodes: all(document.nodes.len()) }
    }

    /// The same by comparison, for two documents that were read apart.
    #[must_use]
    pub fn between(old_text: &str, old: &Document, new_text: &str, new: &Document) -> Self {
        let edit = Replaced::between(old_text, new_text);
        if edit.is_nothing() && old == new {
            return Self::nothing(old, edit);
        }
        let pair = Pair { old_text, old, new_text, new, edit };
        let (block, at, node) = pair.front().unwrap_or_default();
        let back = pair.back().unwrap_or_else(|| Back {
            at: Span::from(0..old_text.len()).end,
            blocks: (old.blocks.len(), new.blocks.len()),
            nodes: (old.nodes.len(), new.nodes.len()),
        });
        Self {
            edit,
            text: Replaced { old: Span::new(at, back.at), new: Span::new(at, edit.moved(back.at)) },
            blocks: Renumbered::new(block, back.blocks.0, back.blocks.1 - block),
            nodes: Renumbered::new(node, back.nodes.0, back.nodes.1 - node),
        }
    }
}

struct Pair<'a> {
    old_text: &'a str,
    old: &'a Document,
    new_text: &'a str,
    new: &'a Document,
    edit: Replaced,
}

/// Where what stayed behind the edit begins: the byte and the numbers before and now.
struct Back {
    at: u32,
    blocks: (usize, usize),
    nodes: (usize, usize),
}

impl Pair<'_> {
    /// The last cut before which all is the same: number of the block, byte, number of the node.
    fn front(&self) -> Option<(usize, u32, usize)> {
        let (old, new) = (self.old, self.new);
        if old.front_matter != new.front_matter {
            return None;
        }
        let blocks = old.blocks.iter().zip(&new.blocks).take_while(|(a, b)| a == b).count();
        (0..=blocks).rev().find_map(|i| {
            let cut = cut::at_block(self.old_text, old, i).filter(|c| c.chain.is_empty() && c.at < self.edit.old.start)?;
            cut::at_block(self.new_text, new, i).filter(|c| c.at == cut.at)?;
            let upto = |document: &Document| {
                (
                    document.nodes.partition_point(|n| n.span.start < cut.at),
                    document.opaque.partition_point(|s| s.start < cut.at),
                    document.signs.partition_point(|s| s.start < cut.at),
                )
            };
            let (n, o, s) = upto(old);
            let moves = Moves { text: self.edit, blocks: Renumbered::new(i, i, 0), reopened: Vec::new() };
            let all_same = upto(new) == (n, o, s)
                && same(&old.nodes[..n], &new.nodes[..n], |n| moves.node(n))
                && old.opaque[..o] == new.opaque[..o]
                && old.signs[..s] == new.signs[..s];
            // What differs here differs for every cut behind as well; those before are not worth a search.
            Some(all_same.then_some((i, cut.at, n)))
        })?
    }

    /// The first cut behind which all is the same but for its place.
    fn back(&self) -> Option<Back> {
        let (old, new) = (self.old, self.new);
        let cut = cut::behind(self.old_text, old, self.edit.old.end, true)?;
        let at = self.edit.moved(cut.at);
        let first = new.blocks.partition_point(|b| b.span.start < at);
        cut::at_block(self.new_text, new, first).filter(|c| c.at == at)?;
        let from = |document: &Document, at: u32| {
            (
                document.nodes.partition_point(|n| n.span.start < at),
                document.opaque.partition_point(|s| s.start < at),
                document.signs.partition_point(|s| s.start < at),
            )
        };
        let (a, b) = (from(old, cut.at), from(new, at));
        let moves = Moves { text: self.edit, blocks: Renumbered::new(0, cut.block, first), reopened: Vec::new() };
        let moved = |mut span: Span| {
            moves.span(&mut span);
            span
        };
        let same = same(&old.blocks[cut.block..], &new.blocks[first..], |b| moves.block(b))
            && same(&old.nodes[a.0..], &new.nodes[b.0..], |n| moves.node(n))
            && old.opaque[a.1..].iter().map(|s| moved(*s)).eq(new.opaque[b.1..].iter().copied())
            && old.signs[a.2..].iter().map(|s| moved(*s)).eq(new.signs[b.2..].iter().copied());
        same.then_some(Back { at: cut.at, blocks: (cut.block, first), nodes: (a.0, b.0) })
    }
}

/// Whether things are the same when moved.
fn same<T: Clone + PartialEq>(old: &[T], new: &[T], moved: impl Fn(&mut T)) -> bool {
    let mut pairs = old.iter().zip(new);
    old.len() == new.len()
        && pairs.all(|(a, b)| {
            let mut a = a.clone();
            moved(&mut a);
            a == *b
        })
}
