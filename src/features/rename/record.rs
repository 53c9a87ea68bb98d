//! Another id for a record or a text, in every file that names it.

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::former::{self, Writing};
use super::subject::stem_span;
use super::{Changes, Refusal};
use crate::corpus::{EntityId, FileId, FileKind, Found, Reference, RegistryFormat, Snapshot, Symbol, joined, stem};
use crate::registry::sidecar::ENDING;
use crate::registry::{Record, RecordKind};
use crate::syntax::{Format, is_id};
use crate::text::Span;

/// Edits being gathered.
#[derive(Default)]
pub(super) struct Gathered {
    /// In any order.
    pub(super) edits: Vec<(SmolStr, Span, String)>,
    pub(super) changes: Changes,
}

/// Gives a record another id. `old` is the id under the cursor: the record's own, or one it formerly had.
pub(super) fn entity(snapshot: &Snapshot, id: EntityId, old: &str, new: &str, files: bool) -> Result<Changes, Refusal> {
    let record = snapshot.entity(id).record.clone();
    let own = &record.id.value;
    let places = homes(snapshot, own);
    let kinds = places.iter().filter_map(|(file, _)| snapshot.file(*file)).map(|f| f.kind);
    let in_bibliography = kinds.clone().count() > 0 && kinds.clone().all(is_bibliography);
    valid(new, in_bibliography)?;
    free(snapshot, new, Found::Entity(id))?;
    let mut all = Gathered::default();
    let mut renamed: FxHashSet<FileId> = FxHashSet::default();
    for (file, record) in &places {
        define(snapshot, *file, record, new, files, &mut all, &mut renamed)?;
    }
    let names: Vec<&str> = if old == own.as_str() { vec![own.as_str()] } else { vec![own.as_str(), old] };
    follow(snapshot, &Symbol::Entity(id, None), &names, new, &renamed, &mut all);
    let home = snapshot.entity(id).home.file;
    if let Some((_, home_record)) = places.iter().find(|(file, _)| *file == home) {
        keep_former(snapshot, home, home_record, new, &mut all);
    }
    Ok(all.finish())
}

/// Gives a text that is no note another id.
pub(super) fn text(snapshot: &Snapshot, id: FileId, old: &str, new: &str, files: bool) -> Result<Changes, Refusal> {
    valid(new, false)?;
    free(snapshot, new, Found::Text(id))?;
    let mut all = Gathered::default();
    let Some(file) = snapshot.file(id) else { return Ok(Changes::default()) };
    let mut renamed = FxHashSet::default();
    let written = file.facts.head.id.as_ref().map(|(_, span)| *span);
    if let Some(span) = written {
        all.edits.push((file.path.clone(), span, new.to_owned()));
    }
    if stem(&file.path) == old && !rename_file(snapshot, id, new, files, &mut all, &mut renamed) && written.is_none() {
        let text = snapshot.text(id).unwrap_or_default();
        let Some(edit) = former::id_of_text(&text, matches!(file.kind, FileKind::Text(Format::Plain)), new) else {
            return Err(Refusal::new(format!("`{old}` is the name of the file {}: rename the file", file.path)));
        };
        all.edits.push((file.path.clone(), edit.0, edit.1));
    }
    follow(snapshot, &Symbol::Text(id, None), &[old], new, &renamed, &mut all);
    Ok(all.finish())
}

impl Gathered {
    pub(super) fn finish(self) -> Changes {
        let made = Changes::of(self.edits);
        Changes { edits: made.edits, ..self.changes }
    }
}

/// The file of annotations that stands beside a text, and the name it must have when the text goes to another path.
pub(super) fn beside(snapshot: &Snapshot, from: &str, to: &str) -> Option<(SmolStr, SmolStr)> {
    let sidecar = snapshot.file(snapshot.file_at(&format!("{from}{ENDING}"))?)?;
    let to = format!("{to}{ENDING}");
    (sidecar.kind == FileKind::Sidecar && snapshot.file_at(&to).is_none()).then(|| (sidecar.path.clone(), to.into()))
}

/// Every record of that id, by its file.
fn homes(snapshot: &Snapshot, id: &str) -> Vec<(FileId, Record)> {
    let records = snapshot.files().flat_map(|(file, state)| state.facts.records.iter().map(move |r| (file, r)));
    records.filter(|(_, r)| r.id.value == id).map(|(file, r)| (file, Record::clone(r))).collect()
}

fn is_bibliography(kind: FileKind) -> bool {
    matches!(kind, FileKind::Registry(RegistryFormat::Bib | RegistryFormat::CslJson | RegistryFormat::CslYaml))
}

/// Whether the new name can be an id, or a citation key where the record stands in bibliographies alone.
fn valid(new: &str, key: bool) -> Result<(), Refusal> {
    if let Some(sign) = ["fig-", "sec-", "tbl-", "eq-"].iter().find(|sign| new.starts_with(**sign)) {
        return Err(Refusal::new(format!("names that begin with `{sign}` are Quarto's own, so that `@{new}` would cite nothing")));
    }
    if is_id(new) || (key && is_key(new)) {
        return Ok(());
    }
    Err(Refusal::new(if key {
        format!("`{new}` is no citation key: a key is of letters, digits and single signs between them, without spaces")
    } else {
        format!(
            "`{new}` is no id: an id is lower-case letters and digits in groups joined by hyphens; it begins with a letter and has at \
             most 64 characters"
        )
    }))
}

/// A key as Pandoc reads one after `@`.
fn is_key(text: &str) -> bool {
    let sign = |c: char| matches!(c, ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/');
    let mut last_is_sign = true;
    for c in text.chars() {
        let is_sign = sign(c);
        if !(c.is_alphanumeric() || c == '_' || is_sign) || (is_sign && last_is_sign) {
            return false;
        }
        last_is_sign = is_sign;
    }
    !text.is_empty() && !last_is_sign && text.len() <= 512
}

/// Whether nothing else bears the new name.
pub(super) fn free(snapshot: &Snapshot, new: &str, own: Found) -> Result<(), Refusal> {
    let (what, path) = match (snapshot.lookup(new), own) {
        (None, _) => return Ok(()),
        (Some(Found::Entity(a)), Found::Entity(b)) if a == b => return Ok(()),
        // Back to an id that it had.
        (Some(Found::Renamed(a)), Found::Entity(b)) if a == b => return Ok(()),
        (Some(Found::Text(a)), Found::Text(b)) if a == b => return Ok(()),
        (Some(Found::Entity(id)), _) => ("a record", snapshot.path(snapshot.entity(id).home.file)),
        (Some(Found::Renamed(id)), _) => ("the old id of a record", snapshot.path(snapshot.entity(id).home.file)),
        (Some(Found::Text(id)), _) => ("a text", snapshot.path(id)),
        // A record of one's own for it is what the table is for.
        (Some(Found::Resolution(known)), Found::Entity(id)) if snapshot.entity(id).record.kind == RecordKind::Resolution => {
            let symbol = snapshot.entity(id).record.symbol.as_ref().map(|s| s.value.as_str());
            if symbol.is_none_or(|symbol| symbol == known.symbol()) {
                return Ok(());
            }
            ("a built-in resolution", SmolStr::from(known.symbol()))
        }
        (Some(Found::Resolution(known)), _) => ("a built-in resolution", known.symbol().into()),
    };
    Err(Refusal::new(format!("`{new}` is taken: it is {what} ({path})")))
}

/// The id where it is defined: as it is written, or as the name of the file.
fn define(
    snapshot: &Snapshot,
    file: FileId,
    record: &Record,
    new: &str,
    files: bool,
    all: &mut Gathered,
    renamed: &mut FxHashSet<FileId>,
) -> Result<(), Refusal> {
    let (Some(state), Some(text)) = (snapshot.file(file), snapshot.text(file)) else { return Ok(()) };
    let old = record.id.value.as_str();
    let is_note = state.kind.is_text();
    let written = record.id.span.slice(&text) == old;
    if written {
        all.edits.push((state.path.clone(), record.id.span, new.to_owned()));
    }
    let named_so = is_note && stem(&state.path) == old && rename_file(snapshot, file, new, files, all, renamed);
    if !written && !named_so {
        let Some((span, line)) = former::id_of_note(&text, record, new) else {
            return Err(Refusal::new(format!("{} does not say where its id could be written", state.path)));
        };
        all.edits.push((state.path.clone(), span, line));
    }
    Ok(())
}

/// Renames a file within its folder, unless another is in the way.
fn rename_file(snapshot: &Snapshot, file: FileId, new: &str, files: bool, all: &mut Gathered, renamed: &mut FxHashSet<FileId>) -> bool {
    let path = snapshot.path(file);
    let (folder, name) = path.rsplit_once('/').map_or(("", path.as_str()), |(folder, name)| (folder, name));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let target = if folder.is_empty() { format!("{new}.{ending}") } else { format!("{folder}/{new}.{ending}") };
    if !files || !is_id(new) || snapshot.file_at(&target).is_some() {
        return false;
    }
    all.changes.renamed.extend(beside(snapshot, &path, &target));
    all.changes.renamed.push((path, target.into()));
    renamed.insert(file);
    true
}

/// Every place that names it by one of `names`. A link by its path follows the file alone.
pub(super) fn follow(snapshot: &Snapshot, symbol: &Symbol, names: &[&str], new: &str, renamed: &FxHashSet<FileId>, all: &mut Gathered) {
    let moved: FxHashSet<SmolStr> = renamed.iter().map(|file| snapshot.path(*file)).collect();
    let mut by_path: Vec<Reference> = Vec::new();
    for place in snapshot.marked_references(symbol) {
        if !names.contains(&place.name.as_str()) {
        } else if place.key.len() as usize == place.name.len() {
            let path = snapshot.path(place.file);
            all.changes.places.push((path.clone(), place.key, place.key_at));
            all.edits.push((path, place.key, new.to_owned()));
        } else {
            by_path.push(place);
        }
    }
    for of_file in by_path.chunk_by(|a, b| a.file == b.file) {
        let (here, Some(text)) = (snapshot.path(of_file[0].file), snapshot.text(of_file[0].file)) else { continue };
        for place in of_file {
            let written = place.key.slice(&text);
            if joined(&here, written).is_some_and(|path| moved.contains(path.as_str())) {
                all.edits.push((here.clone(), stem_span(written, place.key), new.to_owned()));
            }
        }
    }
}

/// Keeps the old id in the record, or takes the new one out of it when the record had it before.
pub(super) fn keep_former(snapshot: &Snapshot, file: FileId, record: &Record, new: &str, all: &mut Gathered) {
    let (Some(state), Some(text)) = (snapshot.file(file), snapshot.text(file)) else { return };
    let old = &record.id.value;
    let writing = match state.kind {
        FileKind::Registry(RegistryFormat::Jsonl) => Writing::Json,
        FileKind::Registry(RegistryFormat::Yaml) | FileKind::Text(_) => Writing::Yaml,
        // What a reference manager exports is its own.
        _ => return,
    };
    if let Some(back) = record.formerly.iter().position(|former| former.value == new) {
        all.edits.extend(former::remove(&text, record, back).map(|span| (state.path.clone(), span, String::new())));
        return;
    }
    for (span, written) in former::add(&text, record, old, writing) {
        all.changes.remarks.push((state.path.clone(), span, format!("`{old}` keeps working: it is noted under `formerly`")));
        all.edits.push((state.path.clone(), span, written));
    }
}
