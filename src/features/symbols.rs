//! What in the corpus is called so?

use super::Item;
use crate::corpus::{Snapshot, Symbol, Thing};

/// At most this many things are listed: nobody reads further, and every editor asks again with the next letter.
const MOST: usize = 128;

/// Records and texts whose id, name, alias, symbol, office or title fits a query, the best first. The name that fits is told as well
/// when it is not the one shown.
#[must_use]
pub fn symbols(snapshot: &Snapshot, query: &str) -> Vec<Item> {
    let mut out = Vec::new();
    for hit in snapshot.search(query, MOST) {
        let symbol = match hit.thing {
            Thing::Entity(entity) => Symbol::Entity(entity, None),
            Thing::Text(file) => Symbol::Text(file, None),
        };
        let Some(mut item) = Item::of(snapshot, &symbol) else { continue };
        // A client filters once more by the name shown: an alias must be part of it to be seen.
        if !query.is_empty() && hit.name != item.name && !item.detail.ends_with(hit.name.as_str()) {
            item.name = format!("{} ({})", item.name, hit.name);
        }
        out.push(item);
    }
    out
}
