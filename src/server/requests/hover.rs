//! `textDocument/hover`

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::Asked;
use crate::features::{self, FilePosition};

/// The card of what stands at the place.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition) -> Option<Hover> {
    let hover = features::hover(&asked.view.world.snapshot, at)?;
    let (kind, value) =
        if asked.agreed.markdown { (MarkupKind::Markdown, hover.card.markdown()) } else { (MarkupKind::PlainText, hover.card.plain()) };
    Some(Hover { contents: HoverContents::Markup(MarkupContent { kind, value }), range: Some(asked.range(hover.span)) })
}
