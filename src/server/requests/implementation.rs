//! `textDocument/implementation`

use tower_lsp::ls_types::GotoDefinitionResponse;

use super::{Asked, definition};
use crate::features::{self, FilePosition};

/// The records that carry out what stands at the place.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition) -> Option<GotoDefinitionResponse> {
    let found = features::implementation(&asked.view.world.snapshot, at)?;
    definition::response(asked, &found, asked.agreed.implementation_links)
}
