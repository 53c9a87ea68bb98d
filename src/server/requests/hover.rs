//! `textDocument/hover`

use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::Asked;
use crate::features;
use crate::server::convert;
use crate::text::LineIndex;

/// The card of what stands at the place.
#[must_use]
pub fn answer(asked: &Asked) -> Option<Hover> {
    let hover = features::hover(&asked.view.snapshot, asked.at)?;
    let text = asked.view.text.text();
    let (kind, value) =
        if asked.agreed.markdown { (MarkupKind::Markdown, hover.card.markdown()) } else { (MarkupKind::PlainText, hover.card.plain()) };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent { kind, value }),
        range: Some(convert::range(&text, &LineIndex::new(&text), hover.span, asked.agreed.encoding)),
    })
}
