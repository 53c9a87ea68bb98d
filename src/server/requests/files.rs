//! `workspace/willRenameFiles`, and which files the server wants to hear of.

use std::path::Path;
use std::str::FromStr;

use tower_lsp::ls_types::{
    DocumentChangeOperation, DocumentChanges, FileOperationFilter, FileOperationPattern, FileOperationPatternKind,
    FileOperationRegistrationOptions, FileRename, Uri, WorkspaceEdit, WorkspaceFileOperationsServerCapabilities,
};

use super::AskedAll;
use crate::features::rename::moved;
use crate::server::capabilities::WATCHED;
use crate::server::edits::workspace_edit;
use crate::server::uri::path_of;

/// What the server announces: it is asked about every file and folder that is renamed, for a text may lead to any; it hears of
/// its own that were made, renamed and deleted.
#[must_use]
pub fn operations() -> WorkspaceFileOperationsServerCapabilities {
    let about = |globs: &[(&str, Option<FileOperationPatternKind>)]| {
        let filter = |(glob, matches): &(&str, Option<FileOperationPatternKind>)| FileOperationFilter {
            scheme: Some("file".into()),
            pattern: FileOperationPattern { glob: (*glob).to_owned(), matches: matches.clone(), options: None },
        };
        Some(FileOperationRegistrationOptions { filters: globs.iter().map(filter).collect() })
    };
    let ours = [(WATCHED, Some(FileOperationPatternKind::File)), ("**/*", Some(FileOperationPatternKind::Folder))];
    WorkspaceFileOperationsServerCapabilities {
        will_rename: about(&[("**/*", None)]),
        did_rename: about(&ours),
        did_create: about(&ours),
        did_delete: about(&ours),
        ..WorkspaceFileOperationsServerCapabilities::default()
    }
}

/// What has to change before files are renamed, in every corpus they lie in.
#[must_use]
pub fn will_rename(asked: &AskedAll, files: &[FileRename]) -> Option<WorkspaceEdit> {
    let mut all: Option<WorkspaceEdit> = None;
    for world in &asked.worlds {
        let Some(root) = &world.root else { continue };
        let moves: Vec<(String, String)> =
            files.iter().filter_map(|file| Some((within(root, &file.old_uri)?, within(root, &file.new_uri)?))).collect();
        if moves.is_empty() || asked.cancelled.now() {
            continue;
        }
        let changes = moved(&world.snapshot, &moves, asked.agreed.versions && asked.agreed.files);
        if let Some(edit) = workspace_edit(world, asked.agreed, &changes).filter(|_| !changes.is_empty()) {
            all = Some(match all {
                Some(before) => joined(before, edit),
                None => edit,
            });
        }
    }
    all
}

/// The path of an address relative to the root, with `/`; `None` when it lies elsewhere.
fn within(root: &Path, address: &str) -> Option<String> {
    let path = path_of(&Uri::from_str(address).ok()?)?;
    let inside = path.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/")).filter(|path| !path.is_empty())
}

/// The edits of two corpora; no file is in both.
fn joined(mut one: WorkspaceEdit, other: WorkspaceEdit) -> WorkspaceEdit {
    let operations = |changes: Option<DocumentChanges>| match changes {
        Some(DocumentChanges::Operations(all)) => all,
        Some(DocumentChanges::Edits(all)) => all.into_iter().map(DocumentChangeOperation::Edit).collect(),
        None => Vec::new(),
    };
    if let Some(changes) = other.changes {
        one.changes.get_or_insert_default().extend(changes);
    }
    if other.document_changes.is_some() {
        let all = operations(one.document_changes.take()).into_iter().chain(operations(other.document_changes)).collect();
        one.document_changes = Some(DocumentChanges::Operations(all));
    }
    if let Some(annotations) = other.change_annotations {
        one.change_annotations.get_or_insert_default().extend(annotations);
    }
    one
}
