//! The records of one id made one entity.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::super::FileState;
use super::super::rows::Rows;
use super::{Conflict, Entity, RecordAt};
use crate::registry::{Rare, Record, Spanned, Written};
use crate::text::Span;

/// All files by their numbers.
pub(in crate::corpus) type Files = Rows<Option<Arc<FileState>>>;

/// The record written at a place.
pub(in crate::corpus) fn record_at(files: &Files, at: RecordAt) -> Option<&Arc<Record>> {
    files.get(at.file.0)?.as_ref()?.facts.records.get(at.index as usize)
}

/// The entity of an id defined at these places, in order of path and place; and what conflicts.
pub(super) fn unite(files: &Files, places: &[RecordAt]) -> Option<(Entity, Vec<Conflict>)> {
    let is_note = |at: RecordAt| files.get(at.file.0).and_then(Option::as_ref).is_some_and(|f| f.kind.is_text());
    let mut places = places.iter().filter_map(|&at| Some((at, record_at(files, at)?)));
    let (home, first) = places.next()?;
    let mut entity = Entity::at(home, first.clone());
    let mut conflicts = Vec::new();
    for (at, record) in places {
        let same_home = entity.places().find(|other| is_note(*other) == is_note(at));
        if let Some(first) = same_home {
            let first_span = record_at(files, first).map(|r| r.id.span).unwrap_or_default();
            conflicts.push(Conflict { at, first, field: None, span: record.id.span, first_span });
        } else {
            merge(&mut entity, at, record, is_note(at), &mut conflicts);
        }
    }
    Some((entity, conflicts))
}

/// Makes a note and a list entry one record: the note is the home, lists are united.
fn merge(entity: &mut Entity, at: RecordAt, record: &Arc<Record>, at_is_note: bool, conflicts: &mut Vec<Conflict>) {
    let first = entity.home;
    let mut conflict = |field, span: Option<Span>, first_span: Option<Span>| {
        conflicts.push(Conflict {
            at,
            first,
            field: Some(field),
            span: span.unwrap_or(record.id.span),
            first_span: first_span.unwrap_or_default(),
        });
    };
    let old = entity.record.clone();
    if old.kind != record.kind && old.kind_span().is_some() && record.kind_span().is_some() {
        conflict("type", record.kind_span(), old.kind_span());
    }
    for (field, a, b) in [
        ("name", old.name(), record.name()),
        ("symbol", old.symbol.as_ref().map(Spanned::as_str), record.symbol.as_ref().map(Spanned::as_str)),
        ("date", old.date.as_ref().map(Spanned::as_str), record.date.as_ref().map(Spanned::as_str)),
    ] {
        if let (Some(a), Some(b)) = (a, b)
            && a.value != b.value
        {
            conflict(field, Some(b.span), Some(a.span));
        }
    }
    let (main, extra) = if at_is_note { (record, &old) } else { (&old, record) };
    let mut united = Record::clone(main);
    united.written = all_names(main, extra);
    let one: &mut Rare = &mut united;
    one.symbol = one.symbol.take().or_else(|| extra.symbol.clone());
    one.date = one.date.take().or_else(|| extra.date.clone());
    one.note = one.note.take().or_else(|| extra.note.clone());
    one.source = one.source.take().or_else(|| extra.source.clone());
    one.citable |= extra.citable;
    one.roles.extend(extra.roles.iter().cloned());
    one.parts.extend(extra.parts.iter().cloned());
    one.relations.extend(
        extra.relations.iter().filter(|r| !main.relations.iter().any(|m| m.name == r.name && m.target.value == r.target.value)).cloned(),
    );
    one.same_as.extend(extra.same_as.iter().cloned());
    one.formerly.extend(extra.formerly.iter().cloned());
    entity.record = Arc::new(united);
    // One of both is the note and one the list: a second of either is a conflict.
    entity.other = if at_is_note { first } else { at };
    if at_is_note {
        entity.home = at;
    }
}

/// The names of one record and those that only another has.
fn all_names(main: &Record, extra: &Record) -> Written {
    let mut aliases: Vec<Spanned<&str>> = main.aliases().collect();
    let known: FxHashSet<&str> = aliases.iter().map(|alias| alias.value).collect();
    aliases.extend(extra.aliases().filter(|alias| !known.contains(alias.value)));
    let name = main.name().or(extra.name());
    aliases.extend(extra.name().filter(|other| main.name().is_some_and(|own| own.value != other.value)));
    Written::of(main.kind_span(), name, aliases.into_iter())
}
