//! Another name for an anchor of a text, and for a footnote's label.

use smol_str::SmolStr;

use super::{Changes, Refusal};
use crate::corpus::{FileId, Snapshot, Symbol};
use crate::syntax::{BlockKind, Document, NodeKind};
use crate::text::Span;

/// Whether a text has an anchor of that name that its author wrote.
pub(super) fn is_explicit(snapshot: &Snapshot, file: FileId, name: &str) -> bool {
    snapshot.marks(file).is_some_and(|marks| !definitions(marks.text(), marks.document(), name).is_empty())
}

/// Where an anchor is written: `{#id}`, `^id`, `<a id>`.
fn definitions(text: &str, document: &Document, name: &str) -> Vec<Span> {
    document.anchor_ids().into_iter().filter(|id| id.slice(text) == name).collect()
}

/// The anchor, the links to it in its text, and every pinpoint that names it, alone or followed by parts.
pub(super) fn rename(snapshot: &Snapshot, file: FileId, old: &str, new: &str) -> Result<Changes, Refusal> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !new.starts_with(|c: char| c.is_ascii_alphabetic()) || !new.chars().all(is_name) || new.ends_with('.') || new.len() > 64 {
        return Err(Refusal::new(format!("`{new}` is no anchor: write letters, digits, hyphens and full stops, a letter first")));
    }
    let Some(marks) = snapshot.marks(file) else { return Ok(Changes::default()) };
    let (text, document) = (marks.text(), marks.document());
    if !definitions(text, document, new).is_empty() {
        return Err(Refusal::new(format!("`{new}` is taken: {} has an anchor of that name", snapshot.path(file))));
    }
    let path = snapshot.path(file);
    let links = document.local_destinations(text).into_iter().filter(|to| leads_to(to.slice(text), old));
    let here = definitions(text, document, old).into_iter().chain(links.map(|to| Span::from(0..old.len()).shift(to.start)));
    let mut edits: Vec<(SmolStr, Span, String)> = here.map(|span| (path.clone(), span, new.to_owned())).collect();
    let symbol = match snapshot.file(file).and_then(|f| f.facts.records.first()).and_then(|r| snapshot.names().by_id(&r.id.value)) {
        Some(entity) => Symbol::Entity(entity, None),
        None => Symbol::Text(file, None),
    };
    let pinned = snapshot.marked_references(&symbol).into_iter().filter(|r| r.pin.as_ref().is_some_and(|pin| leads_to(pin, old)));
    let pinned: Vec<_> = pinned.collect();
    for of_file in pinned.chunk_by(|a, b| a.file == b.file) {
        let (path, Some(text)) = (snapshot.path(of_file[0].file), snapshot.text(of_file[0].file)) else { continue };
        for place in of_file {
            let tail = Span::new(place.key.end, place.span.end);
            if let Some(at) = tail.slice(&text).find('#') {
                let raw = &tail.slice(&text)[at + 1..];
                let start = tail.start + Span::from(0..at + 1 + raw.len() - raw.trim_start().len()).end;
                edits.push((path.clone(), Span::from(0..old.len()).shift(start), new.to_owned()));
            }
        }
    }
    Ok(Changes::of(edits))
}

/// Whether a pinpoint names an anchor or a part of what stands there: `op-1.a` of `op-1`.
fn leads_to(pin: &str, anchor: &str) -> bool {
    pin.strip_prefix(anchor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A footnote's label, wherever it stands in its text.
pub(super) fn footnote(snapshot: &Snapshot, file: FileId, old: &str, new: &str) -> Result<Changes, Refusal> {
    if new.is_empty() || new.len() > 100 || new.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '^')) {
        return Err(Refusal::new(format!("`{new}` is no label: it has neither spaces nor brackets")));
    }
    let Some(marks) = snapshot.marks(file) else { return Ok(Changes::default()) };
    let (text, document) = (marks.text(), marks.document());
    if labels(document).any(|label| label.slice(text) == new) {
        return Err(Refusal::new(format!("`{new}` is taken: another footnote of this text has that label")));
    }
    let path = snapshot.path(file);
    Ok(Changes::of(labels(document).filter(|l| l.slice(text) == old).map(|l| (path.clone(), l, new.to_owned()))))
}

fn labels(document: &Document) -> impl Iterator<Item = Span> + '_ {
    let references =
        document.nodes.iter().filter_map(|n| if let NodeKind::FootnoteReference { label } = n.kind { Some(label) } else { None });
    let definitions =
        document.blocks.iter().filter_map(|b| if let BlockKind::FootnoteDefinition(label) = b.kind { Some(label) } else { None });
    references.chain(definitions)
}
