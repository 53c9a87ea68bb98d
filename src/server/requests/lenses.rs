//! `textDocument/codeLens` and `codeLens/resolve`
//!
//! A lens is words alone: its command is empty, which clients show and do not run. So no client needs a command of ours.

use serde_json::json;
use tower_lsp::ls_types::{CodeLens, Command, LSPAny, Uri};

use super::Asked;
use crate::features::lenses::{self, Lens, LensKind};

/// The lenses of a text; those that take counting are told when they are asked about again.
#[must_use]
pub fn answer(asked: &Asked, uri: &Uri) -> Option<Vec<CodeLens>> {
    let all = lenses::lenses(&asked.view.world.snapshot, asked.view.file);
    Some(all.into_iter().map(|lens| one(asked, uri, &lens)).collect())
}

fn one(asked: &Asked, uri: &Uri, lens: &Lens) -> CodeLens {
    let snapshot = &asked.view.world.snapshot;
    let range = asked.range(lens.span);
    match &lens.kind {
        LensKind::Uses(entity) => {
            let id = &snapshot.entity(*entity).record.id.value;
            CodeLens { range, command: None, data: Some(json!({"uri": uri, "id": id.as_str()})) }
        }
        LensKind::Claims { .. } => CodeLens { range, command: Some(words(lenses::title(snapshot, &lens.kind))), data: None },
    }
}

fn words(title: String) -> Command {
    Command { title, command: String::new(), arguments: None }
}

/// Which text and record a lens is about, from its `data`; `None` when that is not ours.
#[must_use]
pub fn about(data: Option<&LSPAny>) -> Option<(Uri, String)> {
    let data = data?;
    let uri = serde_json::from_value(data.get("uri")?.clone()).ok()?;
    Some((uri, data.get("id")?.as_str()?.to_owned()))
}

/// The words of a lens about a record; they say so when it is gone by now.
#[must_use]
pub fn resolved(asked: &Asked, id: &str) -> Option<Command> {
    let snapshot = &asked.view.world.snapshot;
    let title = snapshot.entity_of(id).map(|entity| lenses::title(snapshot, &LensKind::Uses(entity)));
    Some(words(title.unwrap_or_else(|| "no longer defined".to_owned())))
}
