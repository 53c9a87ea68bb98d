//! `textDocument/documentHighlight`

use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind};

use super::Asked;
use crate::features::{self, FilePosition, Highlight};

/// The places of the text that name what stands at the place: a definition is a write, every other a read.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition) -> Option<Vec<DocumentHighlight>> {
    let found = features::highlights(&asked.view.world.snapshot, at)?;
    let one = |highlight: Highlight| DocumentHighlight {
        range: asked.range(highlight.span),
        kind: Some(if highlight.defines { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ }),
    };
    Some(found.into_iter().map(one).collect())
}
