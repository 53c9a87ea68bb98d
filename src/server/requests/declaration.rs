//! `textDocument/declaration`

use tower_lsp::ls_types::GotoDefinitionResponse;

use super::{Asked, definition};
use crate::features::{self, FilePosition};

/// The places where what stands at the place is declared.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition) -> Option<GotoDefinitionResponse> {
    let found = features::declaration(&asked.view.world.snapshot, at)?;
    definition::response(asked, &found, asked.agreed.declaration_links)
}
