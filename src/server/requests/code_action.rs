//! `textDocument/codeAction` and `codeAction/resolve`
//!
//! A client that asks for the edit of the action it chose gets it then; others get every edit at once, and are not offered
//! what would read the whole corpus for each menu. One that knows no actions but commands gets none: a command is
//! something that only one editor's extension could run.

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::{
    ClientCapabilities, CodeAction, CodeActionDisabled, CodeActionKind, CodeActionOptions, CodeActionOrCommand, CodeActionParams,
    CodeActionProviderCapability, CodeActionResponse, Diagnostic, NumberOrString, Uri, WorkspaceEdit,
};

use super::Asked;
use crate::features::actions::{self, Action, Cured, Kind, Task};
use crate::server::edits::workspace_edit;

/// Why an action that makes a file cannot be chosen.
const NO_FILES: &str = "this editor makes no files when a server asks";

/// The protocol's number for a request that fails with words for the author.
const REQUEST_FAILED: i64 = -32803;

/// What the author is told of an action that came to nothing.
const CAME_TO_NOTHING: &str = "nothing was changed: here it would alter more than it says";

/// What is needed to work an action out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Data {
    /// The text it was offered for.
    pub uri: Uri,
    /// Its version then.
    version: Option<i32>,
    task: Task,
}

impl Data {
    /// That of an action of ours; `None` for another's.
    #[must_use]
    pub fn of(action: &CodeAction) -> Option<Self> {
        serde_json::from_value(action.data.clone()?).ok()
    }
}

/// What the client understands of code actions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Takes {
    /// Whether it takes actions at all; an older client takes commands alone, which only itself could run.
    pub literals: bool,
    /// Whether it asks for the edit of the one that is chosen.
    pub resolves: bool,
    /// Whether it shows those that cannot be chosen, and why.
    pub disabled: bool,
    /// Whether it tells the preferred one from the others.
    pub preferred: bool,
}

impl Takes {
    /// What a client that offers this takes.
    #[must_use]
    pub fn with(client: &ClientCapabilities) -> Self {
        let Some(offered) = client.text_document.as_ref().and_then(|t| t.code_action.as_ref()) else { return Self::default() };
        let resolves = offered.resolve_support.as_ref().is_some_and(|r| r.properties.iter().any(|p| p == "edit"));
        Self {
            literals: offered.code_action_literal_support.is_some(),
            resolves: resolves && offered.data_support.unwrap_or(false),
            disabled: offered.disabled_support.unwrap_or(false),
            preferred: offered.is_preferred_support.unwrap_or(false),
        }
    }
}

/// What is announced.
#[must_use]
pub fn options() -> CodeActionProviderCapability {
    let kinds = Kind::ALL.iter().map(|kind| CodeActionKind::new(kind.name())).chain([CodeActionKind::SOURCE_FIX_ALL]);
    CodeActionProviderCapability::Options(CodeActionOptions {
        code_action_kinds: Some(kinds.collect()),
        resolve_provider: Some(true),
        ..CodeActionOptions::default()
    })
}

/// What can be done in the range.
#[must_use]
pub fn answer(asked: &Asked, params: &CodeActionParams) -> Option<CodeActionResponse> {
    if !asked.agreed.actions.literals {
        return None;
    }
    let wanted: Option<Vec<&str>> = params.context.only.as_ref().map(|only| only.iter().map(CodeActionKind::as_str).collect());
    let view = &asked.view;
    let span = asked.span(params.range);
    let known = view.world.kept(view.file).and_then(|kept| kept.known(&view.world, view.file, span));
    let mut found = actions::actions(&view.world.snapshot, view.file, span, wanted.as_deref(), known);
    if view.world.root.is_none() {
        // Outside a corpus nothing is found fault with, and there is nothing to cure.
        found.retain(|action| action.cures.is_empty() && action.kind != Kind::FixAll);
    }
    let mut out = Vec::with_capacity(found.len());
    for action in found {
        if asked.cancelled.now() {
            return None;
        }
        out.extend(shown(asked, params, action).map(CodeActionOrCommand::CodeAction));
    }
    Some(out)
}

/// An action as the client understands it; `None` when it cannot.
fn shown(asked: &Asked, params: &CodeActionParams, action: Action) -> Option<CodeAction> {
    let agreed = asked.agreed;
    let world = &asked.view.world;
    let no_files = action.creates && !(agreed.versions && agreed.files && world.root.is_some());
    let disabled = action.disabled.or(no_files.then_some(NO_FILES));
    if disabled.is_some() && !agreed.actions.disabled {
        return None;
    }
    let diagnostics: Vec<Diagnostic> = params.context.diagnostics.iter().filter(|d| is_cured(asked, &action, d)).cloned().collect();
    let mut out = CodeAction {
        title: action.title,
        kind: Some(CodeActionKind::new(action.kind.name())),
        diagnostics: (!diagnostics.is_empty()).then_some(diagnostics),
        is_preferred: (agreed.actions.preferred && action.preferred).then_some(true),
        disabled: disabled.map(|reason| CodeActionDisabled { reason: reason.into() }),
        ..CodeAction::default()
    };
    if disabled.is_some() {
        return Some(out);
    }
    if agreed.actions.resolves {
        let data = Data { uri: params.text_document.uri.clone(), version: world.version(asked.view.file), task: action.task };
        out.data = serde_json::to_value(data).ok();
    } else if action.costly {
        return None;
    } else {
        out.edit = Some(edit(asked, &action.task)?);
    }
    Some(out)
}

/// Whether a finding that the client shows is one that the action takes away.
fn is_cured(asked: &Asked, action: &Action, shown: &Diagnostic) -> bool {
    let Some(NumberOrString::String(code)) = &shown.code else { return false };
    // The client may have moved it with the words, or sent no `data` back.
    let print = shown.data.as_ref().and_then(|data| data.get("fingerprint")?.as_str());
    let same = |cured: &Cured| print.map_or_else(|| asked.range(cured.span) == shown.range, |print| print == cured.fingerprint);
    action.cures.iter().any(|cured| cured.rule == code && same(cured))
}

fn edit(asked: &Asked, task: &Task) -> Option<WorkspaceEdit> {
    let view = &asked.view;
    let cancelled = asked.cancelled.clone();
    let changes = actions::changes(&view.world.snapshot, view.file, task, &|| cancelled.now())?;
    workspace_edit(&view.world, asked.agreed, &changes).filter(|_| !changes.is_empty())
}

/// The edit of an action that was chosen; none when it came to nothing.
///
/// # Errors
/// When the text is no longer the one that the action was offered for, or the change would do more than it says.
pub fn resolve(asked: &Asked, data: &Data) -> Result<Option<WorkspaceEdit>> {
    if asked.view.world.version(asked.view.file) != data.version {
        return Err(Error { code: ErrorCode::ContentModified, message: "the text has changed since".into(), data: None });
    }
    let edit = edit(asked, &data.task);
    if edit.is_none() && data.task != Task::FixAll && !asked.cancelled.now() {
        return Err(Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: CAME_TO_NOTHING.into(), data: None });
    }
    Ok(edit)
}
