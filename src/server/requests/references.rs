//! `textDocument/references`

use tower_lsp::ls_types::Location;

use super::Asked;
use crate::features::{self, FilePosition};

/// The places that name what stands at the place; with `declaration` also those that define it.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition, declaration: bool) -> Option<Vec<Location>> {
    let found = features::references(&asked.view.world.snapshot, at, declaration)?;
    let mut places = asked.places();
    let mut out = Vec::with_capacity(found.len());
    for spot in &found {
        if asked.cancelled.now() {
            return None;
        }
        out.extend(places.location_of(spot));
    }
    Some(out)
}
