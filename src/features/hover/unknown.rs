//! A mark that names nothing known.
//!
//! That it does is a finding, which clients show themselves. The card tells what is not in it: who or what is called nearly so.

use super::{Hover, Line, entity};
use crate::corpus::{FileId, Snapshot, Symbol, Use, uses_of};
use crate::features::{Card, FilePosition};
use crate::syntax::Node;

/// A name that leads nowhere.
pub(super) struct Unknown(Use);

/// What a mark at a place names, when nothing known is called so.
pub(super) fn at(snapshot: &Snapshot, at: FilePosition) -> Option<Unknown> {
    let notes = snapshot.annotations(at.file)?;
    let near: Vec<Node> = notes.document.nodes.iter().filter(|node| node.span.touches(at.offset)).cloned().collect();
    let mut named = uses_of(&notes.text, &near).into_iter().filter(|used| used.span.touches(at.offset));
    named.find(|used| snapshot.lookup(&used.name).is_none()).map(Unknown)
}

impl Unknown {
    /// The card of what is called nearly so; nothing when nothing is.
    pub(super) fn hover(&self, snapshot: &Snapshot, from: FileId) -> Option<Hover> {
        let Self(written) = self;
        let nearest = snapshot.names().nearest_id(&written.name).and_then(|id| snapshot.entity_of(id))?;
        let mut card = Card::new(written.name.as_str(), "unknown");
        let record = &snapshot.entity(nearest).record;
        let known = format!("The nearest that is known is {}: {} ({})", record.id.value, entity::name(record), record.kind.word());
        card.lines.push(Line::Words(known));
        card.lines.extend(super::card(snapshot, from, &Symbol::Entity(nearest, None))?.lines);
        Some(Hover { span: written.span, card })
    }
}
