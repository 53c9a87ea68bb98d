//! What does it amend, supersede, endorse or implement, and what does so to it?

use super::{FilePosition, Item};
use crate::corpus::{EntityId, Relative, Snapshot, Symbol};

/// The records that can be asked about at a place.
#[must_use]
pub fn prepare(snapshot: &Snapshot, at: FilePosition) -> Vec<Item> {
    let Some(found) = snapshot.subject_at(at.file, at.offset) else {
        // Anywhere in a note the question is about its record.
        let own = snapshot.entity_at_home(at.file);
        return own.and_then(|entity| Item::of(snapshot, &Symbol::Entity(entity, None))).into_iter().collect();
    };
    let all = match found.symbol {
        Symbol::Entity(entity, _) => vec![entity],
        Symbol::Ambiguous(all) => all,
        _ => Vec::new(),
    };
    all.into_iter().filter_map(|entity| Item::of(snapshot, &Symbol::Entity(entity, None))).collect()
}

/// The records that an entity names in its relations: what it stands under. The relation is the detail.
#[must_use]
pub fn above(snapshot: &Snapshot, entity: EntityId) -> Vec<Item> {
    listed(snapshot, &snapshot.relations_of(entity))
}

/// The records that name an entity in their relations: what stands under it.
#[must_use]
pub fn below(snapshot: &Snapshot, entity: EntityId) -> Vec<Item> {
    listed(snapshot, snapshot.relations_to(entity))
}

/// Each record once, with all its relations.
fn listed(snapshot: &Snapshot, relatives: &[Relative]) -> Vec<Item> {
    let mut places: rustc_hash::FxHashMap<EntityId, usize> = rustc_hash::FxHashMap::default();
    let mut out: Vec<Item> = Vec::new();
    for relative in relatives {
        let known = places.get(&relative.entity).and_then(|place| out.get_mut(*place));
        if let Some(item) = known {
            item.detail = format!("{}, {}", item.detail, relative.relation);
        } else if let Some(item) = Item::of(snapshot, &Symbol::Entity(relative.entity, None)) {
            places.insert(relative.entity, out.len());
            out.push(Item { detail: relative.relation.to_string(), ..item });
        }
    }
    out
}
