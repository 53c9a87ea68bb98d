//! Changes in the protocol's words, for clients that know versions and files, and for those that know neither.

use std::collections::HashMap;

use tower_lsp::ls_types::{
    AnnotatedTextEdit, ChangeAnnotation, CreateFile, DocumentChangeOperation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, RenameFile, ResourceOp, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::analysis::World;
use super::capabilities::Agreed;
use super::convert;
use super::places::Places;
use super::uri::uri_of;
use crate::features::Changes;
use crate::text::{Edits, Point, Span};

/// Changes of one corpus as the client can make them; `None` when it cannot: it makes or renames no files, or a file cannot
/// be read any more. What is half done would leave the corpus broken.
#[must_use]
pub fn workspace_edit(world: &World, agreed: Agreed, changes: &Changes) -> Option<WorkspaceEdit> {
    let files = !changes.created.is_empty() || !changes.renamed.is_empty();
    if files && !(agreed.versions && agreed.files) {
        return None;
    }
    let mut places = Places::new(world, agreed);
    let known = Known::of(agreed, changes);
    let mut edits = Vec::new();
    for (path, edit) in &changes.edits {
        edits.push(text_document_edit(world, &mut places, path, edit, &known)?);
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
            edits: vec![OneOf::Left(TextEdit { range: Range::default(), new_text: text.clone() })],
        }));
    }
    all.extend(edits.into_iter().map(DocumentChangeOperation::Edit));
    // Last: the edits name files by the paths they have before.
    for (from, to) in &changes.renamed {
        let old_uri = world.uri(world.snapshot.file_at(from)?)?;
        let new_uri = uri_of(&world.root.as_ref()?.join(to.as_str()))?;
        all.push(DocumentChangeOperation::Op(ResourceOp::Rename(RenameFile { old_uri, new_uri, options: None, annotation_id: None })));
    }
    let change_annotations = (!known.annotations.is_empty()).then_some(known.annotations);
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(all)), change_annotations, ..WorkspaceEdit::default() })
}

/// What is known of edits beyond their bytes.
struct Known<'c> {
    agreed: Agreed,
    /// Line and column, so that their files need not be read.
    places: HashMap<(&'c str, Span), Range>,
    /// Which remark belongs to which edit.
    remarks: HashMap<(&'c str, Span), String>,
    /// The remarks, for clients that show them.
    annotations: HashMap<String, ChangeAnnotation>,
}

impl<'c> Known<'c> {
    fn of(agreed: Agreed, changes: &'c Changes) -> Self {
        let range = |at: &std::ops::Range<Point>| Range {
            start: convert::position_of(at.start.line_column(agreed.encoding)),
            end: convert::position_of(at.end.line_column(agreed.encoding)),
        };
        let places = changes.places.iter().map(|(path, span, at)| ((path.as_str(), *span), range(at))).collect();
        let mut known = Self { agreed, places, remarks: HashMap::new(), annotations: HashMap::new() };
        let remarks = changes.remarks.iter().filter(|_| agreed.annotates && agreed.versions);
        for (number, (path, span, label)) in remarks.enumerate() {
            let id = format!("{path} {number}");
            known.remarks.insert((path.as_str(), *span), id.clone());
            let annotation =
                ChangeAnnotation { label: label.clone(), needs_confirmation: Some(false), description: Some(path.to_string()) };
            known.annotations.insert(id, annotation);
        }
        known
    }
}

fn text_document_edit(world: &World, places: &mut Places<'_>, path: &str, edits: &Edits, known: &Known<'_>) -> Option<TextDocumentEdit> {
    let file = world.snapshot.file_at(path)?;
    let mut out: Vec<OneOf<TextEdit, AnnotatedTextEdit>> = Vec::with_capacity(edits.as_slice().len());
    for edit in edits.as_slice() {
        let range = match known.places.get(&(path, edit.span)) {
            Some(range) => *range,
            None => places.range(file, edit.span)?,
        };
        let text_edit = TextEdit { range, new_text: edit.text.clone() };
        out.push(match known.remarks.get(&(path, edit.span)) {
            Some(id) if known.agreed.annotates => OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id: id.clone() }),
            _ => OneOf::Left(text_edit),
        });
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
