//! `textDocument/prepareTypeHierarchy`, `typeHierarchy/supertypes` and `typeHierarchy/subtypes`

use tower_lsp::ls_types::TypeHierarchyItem;

use super::Asked;
use crate::corpus::{EntityId, Symbol};
use crate::features::{FilePosition, Item, relatives};
use crate::server::items::{self, type_item};

/// The records that can be asked about at the place.
#[must_use]
pub fn prepare(asked: &Asked, at: FilePosition) -> Option<Vec<TypeHierarchyItem>> {
    let items = listed(asked, relatives::prepare(&asked.view.world.snapshot, at));
    (!items.is_empty()).then_some(items)
}

/// What the item amends, supersedes, endorses, implements or belongs to.
#[must_use]
pub fn above(asked: &Asked, item: &TypeHierarchyItem) -> Option<Vec<TypeHierarchyItem>> {
    Some(listed(asked, relatives::above(&asked.view.world.snapshot, entity(asked, item)?)))
}

/// What does so to the item.
#[must_use]
pub fn below(asked: &Asked, item: &TypeHierarchyItem) -> Option<Vec<TypeHierarchyItem>> {
    Some(listed(asked, relatives::below(&asked.view.world.snapshot, entity(asked, item)?)))
}

fn entity(asked: &Asked, item: &TypeHierarchyItem) -> Option<EntityId> {
    match items::symbol(asked, item.data.as_ref(), item.selection_range.start)? {
        Symbol::Entity(entity, _) => Some(entity),
        _ => None,
    }
}

fn listed(asked: &Asked, items: Vec<Item>) -> Vec<TypeHierarchyItem> {
    let mut places = asked.places();
    items.into_iter().filter_map(|item| type_item(asked, &mut places, item)).collect()
}
