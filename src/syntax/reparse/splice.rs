//! A part put in the place of another.

use super::{Damage, Patch, Renumbered};
use crate::syntax::{Attributes, Block, BlockKind, Document, Node, NodeKind};
use crate::text::{Fault, Replaced, Span};

impl Patch {
    /// Makes the new document out of the old one, in place.
    pub(super) fn apply(self, mut old: Document) -> (Document, Damage) {
        let Self { edit, window, blocks: (before, behind), cut, mut part, fences } = self;
        let blocks = Renumbered::new(before, behind, part.blocks.len());
        let moves = Moves { text: window, blocks };
        for block in &mut part.blocks {
            block.parent = block.parent.map(|p| p + blocks.before);
        }
        for node in &mut part.nodes {
            node.block += blocks.before;
        }
        let end = if cut { window.old.end } else { u32::MAX };
        let range = |starts: &dyn Fn(u32) -> usize| (starts(window.old.start), starts(end));
        let in_nodes = range(&|at| old.nodes.partition_point(|n| n.span.start < at));
        let in_opaque = range(&|at| old.opaque.partition_point(|s| s.start < at));
        let in_signs = range(&|at| old.signs.partition_point(|s| s.start < at));
        let in_faults = range(&|at| old.faults.partition_point(|f| f.span.start < at));
        let nodes = Renumbered::new(in_nodes.0, in_nodes.1, part.nodes.len());
        if !old.summary.definitions.is_empty() {
            // The addresses of references before the part may stand behind it.
            for n in &mut old.nodes[..in_nodes.0] {
                moves.node_kind(&mut n.kind);
            }
            for d in &mut old.summary.definitions {
                moves.span(d);
            }
        }
        splice(&mut old.blocks, (before, behind), part.blocks, |b| moves.block(b));
        splice(&mut old.nodes, in_nodes, part.nodes, |n| moves.node(n));
        splice(&mut old.opaque, in_opaque, part.opaque, |s| moves.span(s));
        splice(&mut old.signs, in_signs, part.signs, |s| moves.span(s));
        splice(&mut old.faults, in_faults, part.faults, |f| moves.fault(f));
        old.summary.fences = fences;
        old.summary.given += part.summary.given;
        old.summary.lines = part.summary.lines;
        old.summary.long = part.summary.long;
        (old, Damage { edit, text: window, blocks, nodes })
    }
}

fn splice<T>(all: &mut Vec<T>, range: (usize, usize), new: Vec<T>, moved: impl Fn(&mut T)) {
    all[range.1..].iter_mut().for_each(moved);
    all.splice(range.0..range.1, new);
}

/// Where things lie afterwards.
pub(super) struct Moves {
    pub(super) text: Replaced,
    pub(super) blocks: Renumbered,
}

impl Moves {
    pub(super) fn span(&self, span: &mut Span) {
        *span = self.text.moved_span(*span);
    }

    fn number(&self, block: &mut u32) {
        *block = self.blocks.moved(*block).unwrap_or(*block);
    }

    pub(super) fn block(&self, block: &mut Block) {
        self.span(&mut block.span);
        self.span(&mut block.content);
        if let Some(parent) = &mut block.parent {
            self.number(parent);
        }
        if let Some(attributes) = &mut block.attributes {
            self.attributes(attributes);
        }
        if let BlockKind::FootnoteDefinition(label) = &mut block.kind {
            self.span(label);
        }
    }

    pub(super) fn node(&self, node: &mut Node) {
        self.span(&mut node.span);
        self.number(&mut node.block);
        self.node_kind(&mut node.kind);
    }

    fn node_kind(&self, kind: &mut NodeKind) {
        match kind {
            NodeKind::Mention(mention) => {
                self.span(&mut mention.target);
                self.span(&mut mention.surface);
                if let Some(p) = &mut mention.pin {
                    self.span(p);
                }
            }
            NodeKind::Citation(group) => {
                for item in &mut group.items {
                    self.span(&mut item.key);
                    self.span(&mut item.prefix);
                    self.span(&mut item.suffix);
                    if let Some(locator) = &mut item.locator {
                        self.span(&mut locator.span);
                        self.span(&mut locator.value);
                    }
                }
            }
            NodeKind::BracketedSpan { text, attributes } => {
                self.span(text);
                self.attributes(attributes);
            }
            NodeKind::Directive(directive) => {
                for r in &mut directive.rules {
                    self.span(r);
                }
                if let Some(r) = &mut directive.reason {
                    self.span(r);
                }
                if let Some(d) = &mut directive.until {
                    self.span(d);
                }
            }
            NodeKind::Comment => {}
            NodeKind::FootnoteReference { label } => self.span(label),
            NodeKind::InlineNote { text } => self.span(text),
            NodeKind::Link { text, destination } | NodeKind::Image { text, destination } => {
                self.span(text);
                self.span(destination);
            }
            NodeKind::Anchor { id } => self.span(id),
        }
    }

    fn attributes(&self, attributes: &mut Attributes) {
        self.span(&mut attributes.span);
        if let Some(i) = &mut attributes.id {
            self.span(i);
        }
        for c in &mut attributes.classes {
            self.span(c);
        }
        for pair in &mut attributes.pairs {
            self.span(&mut pair.name);
            self.span(&mut pair.value);
        }
    }

    fn fault(&self, fault: &mut Fault) {
        self.span(&mut fault.span);
        if let Some((place, _)) = &mut fault.fix {
            self.span(place);
        }
    }
}
