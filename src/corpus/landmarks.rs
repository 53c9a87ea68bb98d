//! Blocks that act at a distance: footnotes support what refers to them, captions cite for their table.

use super::Annotations;
use crate::syntax::{Block, BlockKind, Damage, Document};
use crate::text::Span;

/// One such block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Landmark {
    /// Its index.
    pub(super) block: u32,
    /// What it is.
    pub(super) kind: LandmarkKind,
}

/// What acts at a distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LandmarkKind {
    /// A table.
    Table,
    /// A caption; which table it belongs to is told by its distance.
    Caption,
    /// A footnote.
    Footnote,
}

/// Those among some blocks, the first of which is `first`.
fn among(blocks: &[Block], first: u32) -> impl Iterator<Item = Landmark> {
    blocks.iter().zip(first..).filter_map(|(block, number)| {
        let kind = match block.kind {
            BlockKind::Table => LandmarkKind::Table,
            BlockKind::Caption => LandmarkKind::Caption,
            BlockKind::FootnoteDefinition(_) => LandmarkKind::Footnote,
            _ => return None,
        };
        Some(Landmark { block: number, kind })
    })
}

/// All of a text.
pub(super) fn all(document: &Document) -> Vec<Landmark> {
    among(&document.blocks, 0).collect()
}

/// What an edit did to them.
pub(super) struct Disturbed {
    /// Footnotes may have come, gone or changed.
    pub(super) footnotes: bool,
    /// A table or caption may belong to another.
    pub(super) captions: bool,
}

/// Brings the landmarks of edited annotations up to date; `near` are the bytes of the file that are read anew.
pub(super) fn update(notes: &mut Annotations, damage: &Damage, near: Span) -> Disturbed {
    let blocks = damage.blocks;
    let list = &mut notes.landmarks;
    let first = list.partition_point(|l| l.block < blocks.before);
    let last = list.partition_point(|l| l.block < blocks.before + blocks.old);
    for landmark in &mut list[last..] {
        landmark.block = blocks.moved(landmark.block).unwrap_or(landmark.block);
    }
    let fresh = notes.document.blocks.get(blocks.before as usize..blocks.behind() as usize).unwrap_or_default();
    let gone: Vec<Landmark> = list.splice(first..last, among(fresh, blocks.before)).collect();
    let is_near = |l: &&Landmark| {
        let block = notes.document.blocks.get(l.block as usize);
        block.is_some_and(|b| b.span.start <= near.end && near.start <= b.span.end)
    };
    let here = || gone.iter().chain(notes.landmarks.iter().filter(is_near));
    let has = |l: &Landmark| l.kind == LandmarkKind::Caption;
    let captions = notes.landmarks.iter().any(has) || gone.iter().any(has);
    Disturbed {
        footnotes: here().any(|l| l.kind == LandmarkKind::Footnote),
        captions: captions && here().any(|l| l.kind != LandmarkKind::Footnote),
    }
}
