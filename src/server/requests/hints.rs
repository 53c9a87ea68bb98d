//! `textDocument/inlayHint` and `inlayHint/resolve`

use serde_json::json;
use tower_lsp::ls_types::{
    HoverContents, InlayHint, InlayHintKind, InlayHintLabel, InlayHintTooltip, LSPAny, Position, Range, TextEdit, Uri,
};

use super::Asked;
use crate::features::hints::{self, Hint, HintKind, Wanted};

/// The hints of a part of a text; `uri` is the text's address, so that a hint can be asked about again.
#[must_use]
pub fn answer(asked: &Asked, uri: &Uri, range: Range, wanted: Wanted) -> Option<Vec<InlayHint>> {
    let all = hints::hints(&asked.view.world.snapshot, asked.view.file, asked.span(range), wanted);
    Some(all.into_iter().map(|hint| one(asked, uri, hint)).collect())
}

fn one(asked: &Asked, uri: &Uri, hint: Hint) -> InlayHint {
    let about = asked.range(hint.about);
    InlayHint {
        position: asked.range(crate::text::Span::at(hint.at)).start,
        label: InlayHintLabel::String(hint.label),
        kind: (hint.kind == HintKind::Role).then_some(InlayHintKind::TYPE),
        text_edits: hint.marked.map(|new_text| vec![TextEdit { range: about, new_text }]),
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: Some(json!({"uri": uri, "position": about.start})),
    }
}

/// Which text and place a hint is about, from its `data`; `None` when that is not ours.
#[must_use]
pub fn about(data: Option<&LSPAny>) -> Option<(Uri, Position)> {
    let data = data?;
    let uri = serde_json::from_value(data.get("uri")?.clone()).ok()?;
    Some((uri, serde_json::from_value(data.get("position")?.clone()).ok()?))
}

/// The card of what a hint is about.
#[must_use]
pub fn tooltip(asked: &Asked, at: crate::features::FilePosition) -> Option<InlayHintTooltip> {
    let HoverContents::Markup(card) = super::hover::answer(asked, at)?.contents else { return None };
    Some(InlayHintTooltip::MarkupContent(card))
}
