//! The records of one id made one entity.

use std::sync::Arc;

use super::super::FileState;
use super::super::rows::Rows;
use super::{Conflict, Entity, RecordAt};
use crate::registry::{Alias, Record};
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
    let mut entity = Entity { record: first.clone(), home, others: Vec::new() };
    let mut conflicts = Vec::new();
    for (at, record) in places {
        let same_home = std::iter::once(&entity.home).chain(&entity.others).find(|&&other| is_note(other) == is_note(at));
        if let Some(&first) = same_home {
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
    if old.kind != record.kind && old.kind_span.is_some() && record.kind_span.is_some() {
        conflict("type", record.kind_span, old.kind_span);
    }
    for (field, a, b) in [("name", &old.name, &record.name), ("symbol", &old.symbol, &record.symbol), ("date", &old.date, &record.date)] {
        if let (Some(a), Some(b)) = (a, b)
            && a.value != b.value
        {
            conflict(field, Some(b.span), Some(a.span));
        }
    }
    let (main, extra) = if at_is_note { (record, &old) } else { (&old, record) };
    let mut one = Record::clone(main);
    one.name = one.name.or_else(|| extra.name.clone());
    one.symbol = one.symbol.or_else(|| extra.symbol.clone());
    one.date = one.date.or_else(|| extra.date.clone());
    one.note = one.note.or_else(|| extra.note.clone());
    one.source = one.source.or_else(|| extra.source.clone());
    one.citable |= extra.citable;
    one.aliases.extend(extra.aliases.iter().filter(|a| !main.aliases.iter().any(|m| m.text == a.text)).cloned());
    if let (Some(a), Some(b)) = (&main.name, &extra.name)
        && a.value != b.value
    {
        one.aliases.push(Alias { text: b.value.clone(), span: b.span });
    }
    one.roles.extend(extra.roles.iter().cloned());
    one.parts.extend(extra.parts.iter().cloned());
    one.relations.extend(
        extra.relations.iter().filter(|r| !main.relations.iter().any(|m| m.name == r.name && m.target.value == r.target.value)).cloned(),
    );
    one.same_as.extend(extra.same_as.iter().cloned());
    one.formerly.extend(extra.formerly.iter().cloned());
    entity.record = Arc::new(one);
    if at_is_note {
        entity.others.push(first);
        entity.home = at;
    } else {
        entity.others.push(at);
    }
}
