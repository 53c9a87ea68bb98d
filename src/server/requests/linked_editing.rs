//! `textDocument/linkedEditingRange`

use tower_lsp::ls_types::LinkedEditingRanges;

use super::Asked;
use crate::features::FilePosition;
use crate::features::linked::linked;

/// The places that change together with the one asked about.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition) -> Option<LinkedEditingRanges> {
    let found = linked(&asked.view.world.snapshot, at)?;
    let ranges = found.places.iter().map(|place| asked.range(*place)).collect();
    Some(LinkedEditingRanges { ranges, word_pattern: Some(found.pattern.into()) })
}
