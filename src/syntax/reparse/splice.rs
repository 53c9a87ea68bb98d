//! A part put in the place of another.

use super::{Damage, Patch, Renumbered};
use crate::syntax::{Attributes, Block, BlockKind, Document, Node, NodeKind};
use crate::text::{Fault, Replaced, Span};

impl Patch {
    /// Makes the new document out of the old one, in place.
    pub(super) fn apply(mut self, mut old: Document) -> (Document, Damage) {
        let (edit, window, (before, behind)) = (self.edit, self.window, self.blocks);
        let held = self.front.len();
        let mut part = std::mem::take(&mut self.read.document);
        let ended: Vec<Block> = part.blocks.drain(..held).collect();
        let blocks = Renumbered::new(before, behind, part.blocks.len());
        // What was open before the part keeps its number.
        let number =
            |n: u32| self.front.get(n as usize).copied().unwrap_or(n.wrapping_sub(Span::from(0..held).end).wrapping_add(blocks.before));
        for block in &mut part.blocks {
            block.parent = block.parent.map(number);
        }
        for node in &mut part.nodes {
            node.block = number(node.block);
        }
        let reopened = self.reopen(&old, &mut part, held, number);
        self.end(&mut old, ended);
        let moves = Moves { text: window, blocks, reopened };
        let end = if self.cut { window.old.end } else { u32::MAX };
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
        let faults = part.faults.split_off(part.faults.partition_point(|f| f.span.start < window.new.start));
        splice(&mut old.blocks, (before, behind), part.blocks, |b| moves.block(b));
        splice(&mut old.nodes, in_nodes, part.nodes, |n| moves.node(n));
        splice(&mut old.opaque, in_opaque, part.opaque, |s| moves.span(s));
        splice(&mut old.signs, in_signs, part.signs, |s| moves.span(s));
        splice(&mut old.faults, in_faults, faults, |f| moves.fault(f));
        for fault in part.faults {
            let place = old.faults.partition_point(|f| f.span <= fault.span);
            old.faults.insert(place, fault);
        }
        old.summary.fences = self.fences;
        old.summary.given += part.summary.given;
        old.summary.lines = part.summary.lines;
        old.summary.long = part.summary.long;
        (old, Damage { edit, text: window, blocks, nodes })
    }

    /// How many of the containers that are open before the part are still open behind it.
    fn still_open(&self) -> usize {
        self.read.open.iter().zip(0..self.front.len()).take_while(|(c, n)| c.block as usize == *n).count()
    }

    /// Containers that begin in the part and go on behind it end where they did. Answers their numbers before and now.
    fn reopen(&self, old: &Document, part: &mut Document, held: usize, number: impl Fn(u32) -> u32) -> Vec<(u32, u32)> {
        let mut reopened = Vec::new();
        for (now, was) in self.read.open.iter().zip(&self.back).skip(self.still_open()) {
            if let (Some(block), Some(old)) = (part.blocks.get_mut((now.block as usize).wrapping_sub(held)), old.blocks.get(*was as usize))
            {
                self.go_on(block, old.span.end, old.content.end);
            }
            reopened.push((*was, number(now.block)));
        }
        reopened
    }

    /// Lets a block end behind the part.
    fn go_on(&self, block: &mut Block, span: u32, content: u32) {
        block.span.end = self.window.moved(span);
        block.content.end = self.window.moved(content);
    }

    /// Puts right where those containers end that are open before the part.
    fn end(&self, old: &mut Document, ended: Vec<Block>) {
        let still = self.still_open();
        for (n, (number, now)) in self.front.iter().zip(ended).enumerate() {
            let Some(block) = old.blocks.get_mut(*number as usize) else { continue };
            if n < still {
                let (span, content) = (block.span.end, block.content.end);
                self.go_on(block, span, content);
                continue;
            }
            if now.kind == BlockKind::Div {
                // Whether it is closed is told anew.
                let fence = self.fences_before.get(n).copied().flatten();
                old.faults.retain(|f| Some(f.span) != fence || f.rule != "broken-markup");
            }
            (block.span, block.content) = (now.span, now.content);
        }
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
    /// Containers in which what is behind goes on: their numbers before and now.
    pub(super) reopened: Vec<(u32, u32)>,
}

impl Moves {
    pub(super) fn span(&self, span: &mut Span) {
        *span = self.text.moved_span(*span);
    }

    fn number(&self, block: &mut u32) {
        let reopened = || self.reopened.iter().find(|(was, _)| was == block).map(|(_, now)| *now);
        *block = self.blocks.moved(*block).or_else(reopened).unwrap_or(*block);
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
