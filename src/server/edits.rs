//! Changes in the protocol's words, for clients that know versions and files, and for those that know neither.

use std::collections::HashMap;

use tower_lsp::ls_types::{
    AnnotatedTextEdit, CreateFile, DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, RenameFile,
    ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::analysis::World;
use super::capabilities::Agreed;
use super::convert;
use super::places::Places;
use super::uri::uri_of;
use crate::features::Changes;
use crate::text::Edits;

/// Changes of one corpus as the client can make them; `None` when it cannot: it makes or renames no files, or a file cannot
/// be read any more. What is half done would leave the corpus broken.
#[must_use]
pub fn workspace_edit(world: &World, agreed: Agreed, changes: &Changes) -> Option<WorkspaceEdit> {
    let files = !changes.created.is_empty() || !changes.renamed.is_empty();
    if files && !(agreed.versions && agreed.files) {
        return None;
    }
    let mut places = Places::new(world, agreed);
    let mut edits = Vec::new();
    for (path, edit) in &changes.edits {
        edits.push(text_document_edit(world, &mut places, path, edit)?);
    }
    if !agreed.versions {
        let plain = |edit: TextDocumentEdit| {
            let edits = edit.edits.into_iter().filter_map(|e| if let OneOf::Left(edit) = e { Some(edit) } else { None });
            (edit.text_document.uri, edits.collect())
        };
        let by_address: HashMap<Uri, Vec<TextEdit>> = edits.into_iter().map(plain).collect();
        return Some(WorkspaceEdit { changes: Some(by_address), ..WorkspaceEdit::default() });
    }
    let mut all = Vec::new();
    for (path, text) in &changes.created {
        let uri = uri_of(&world.root.as_ref()?.join(path.as_str()))?;
        let create = CreateFile { uri: uri.clone(), options: None, annotation_id: None };
        all.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
        all.push(DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri, version: None },
            edits: vec![OneOf::Left(TextEdit { range: tower_lsp::ls_types::Range::default(), new_text: text.clone() })],
        }));
    }
    all.extend(edits.into_iter().map(DocumentChangeOperation::Edit));
    // Last: the edits name files by the paths they have before.
    for (from, to) in &changes.renamed {
        let old_uri = world.uri(world.snapshot.file_at(from)?)?;
        let new_uri = uri_of(&world.root.as_ref()?.join(to.as_str()))?;
        all.push(DocumentChangeOperation::Op(ResourceOp::Rename(RenameFile { old_uri, new_uri, options: None, annotation_id: None })));
    }
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(all)), ..WorkspaceEdit::default() })
}

fn text_document_edit(world: &World, places: &mut Places<'_>, path: &str, edits: &Edits) -> Option<TextDocumentEdit> {
    let file = world.snapshot.file_at(path)?;
    let mut out: Vec<OneOf<TextEdit, AnnotatedTextEdit>> = Vec::with_capacity(edits.as_slice().len());
    for edit in edits.as_slice() {
        out.push(OneOf::Left(TextEdit { range: places.range(file, edit.span)?, new_text: edit.text.clone() }));
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri: places.uri(file)?, version: world.version(file) };
    Some(TextDocumentEdit { text_document, edits: out })
}

/// Edits of one text alone.
#[must_use]
pub fn text_edits(text: &str, lines: &crate::text::LineIndex, edits: &Edits, agreed: Agreed) -> Vec<TextEdit> {
    let one =
        |edit: &crate::text::Edit| TextEdit { range: convert::range(text, lines, edit.span, agreed.encoding), new_text: edit.text.clone() };
    edits.as_slice().iter().map(one).collect()
}
