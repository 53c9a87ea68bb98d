//! `textDocument/prepareRename` and `textDocument/rename`

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{PrepareRenameResponse, RenameOptions, WorkDoneProgressOptions, WorkspaceEdit};

use super::Asked;
use crate::features::FilePosition;
use crate::features::rename::{self, Refusal};
use crate::server::edits::workspace_edit;

/// The protocol's `RequestFailed`: the words are for the author, and nothing is wrong with client or server.
const REQUEST_FAILED: i64 = -32803;

/// What the server announces.
#[must_use]
pub fn options() -> RenameOptions {
    RenameOptions { prepare_provider: Some(true), work_done_progress_options: WorkDoneProgressOptions::default() }
}

/// What can be renamed at the place.
#[must_use]
pub fn prepare(asked: &Asked, at: FilePosition) -> Option<Result<Option<PrepareRenameResponse>>> {
    let found = rename::prepare(&asked.view.world.snapshot, at).map_err(refused);
    let response = |found: rename::Renamable| PrepareRenameResponse::RangeWithPlaceholder {
        range: asked.range(found.span),
        placeholder: found.name.into(),
    };
    Some(found.map(|found| found.map(response)))
}

/// Another name for what stands at the place.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition, new: &str) -> Option<Result<WorkspaceEdit>> {
    let world = &asked.view.world;
    let files = asked.agreed.versions && asked.agreed.files && world.root.is_some();
    let changes = rename::rename(&world.snapshot, at, new, files);
    let edit = changes.and_then(|changes| {
        workspace_edit(world, asked.agreed, &changes).ok_or_else(|| Refusal("a file that names it cannot be read any more".into()))
    });
    Some(edit.map_err(refused))
}

fn refused(refusal: Refusal) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: refusal.0.into(), data: None }
}
