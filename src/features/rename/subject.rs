//! What stands at the cursor and has a name that can be changed.

use smol_str::SmolStr;

use super::super::FilePosition;
use super::{Refusal, Renamable};
use crate::corpus::{EntityId, FileId, Found, Meaning, Snapshot, attribute_key, stem, target_name};
use crate::syntax::{Document, Mention, NodeKind};
use crate::text::Span;

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A record: person, instrument, source.
    Record(EntityId),
    /// A text that is no note.
    Text(FileId),
    /// An anchor in a file.
    Anchor(FileId),
    /// A footnote of the text at hand.
    Footnote,
}

type Answer = Result<Option<Renamable>, Refusal>;

/// What stands at a place.
pub(super) fn at(snapshot: &Snapshot, at: FilePosition) -> Answer {
    let Some(text) = snapshot.text(at.file) else { return Ok(None) };
    if let Some(marks) = snapshot.marks(at.file)
        && marks.document().front_matter.is_none_or(|front| !front.span.contains(at.offset))
    {
        return in_text(snapshot, at, marks.text(), marks.document());
    }
    in_records(snapshot, at, &text)
}

/// The smallest mark that names something.
fn in_text(snapshot: &Snapshot, at: FilePosition, text: &str, document: &Document) -> Answer {
    if let Some(note) = document.footnote_at(text, at.offset) {
        return Ok(Some(Renamable { span: note.label, name: note.label.slice(text).into(), what: What::Footnote }));
    }
    let here = |id: Span| Ok(Some(Renamable { span: id, name: id.slice(text).into(), what: What::Anchor(at.file) }));
    for node in document.nodes.iter().rev().filter(|n| n.span.touches(at.offset)) {
        match &node.kind {
            NodeKind::Mention(mention) => return of_mention(snapshot, at, text, mention),
            NodeKind::Citation(group) => {
                let item = group.items.iter().find(|i| Span::new(i.key.start.saturating_sub(1), i.key.end).touches(at.offset));
                if let Some(item) = item.or(group.items.first().filter(|_| group.items.len() == 1)) {
                    return of_id(snapshot, item.key, item.key.slice(text));
                }
            }
            NodeKind::Anchor { id } => return here(*id),
            NodeKind::Link { destination, .. } if destination.touches(at.offset) && destination.slice(text).starts_with('#') => {
                return of_pin(snapshot, at.file, Span::new(destination.start + 1, destination.end), text);
            }
            NodeKind::BracketedSpan { attributes, .. } => {
                if let Some(id) = attributes.id.filter(|id| Span::new(id.start.saturating_sub(1), id.end).touches(at.offset)) {
                    return here(id);
                }
                let pair = attributes.pairs.iter().find(|p| p.value.touches(at.offset));
                if let Some(pair) = pair.filter(|p| matches!(p.name.slice(text), "by" | "source" | "against")) {
                    let key = attribute_key(text, pair.value);
                    return of_id(snapshot, key, key.slice(text));
                }
            }
            _ => {}
        }
    }
    let of_block = document.blocks.iter().filter_map(|b| b.attributes.as_ref()?.id).find(|id| id.touches(at.offset));
    match of_block {
        Some(id) => here(id),
        None => in_words(snapshot, at),
    }
}

fn of_mention(snapshot: &Snapshot, at: FilePosition, text: &str, mention: &Mention) -> Answer {
    let written = mention.target.slice(text);
    let name = target_name(written);
    if let Some(pin) = mention.pin.filter(|pin| pin.touches(at.offset)) {
        let file = match snapshot.lookup(name) {
            Some(Found::Entity(id) | Found::Renamed(id)) => Some(snapshot.entity(id).home.file),
            Some(Found::Text(file)) => Some(file),
            _ => None,
        };
        let Some(file) = file else {
            return Err(Refusal::new(format!("the corpus holds no text of `{name}`, so that its parts have no names to change")));
        };
        return of_pin(snapshot, file, pin, text);
    }
    let key = if written == name { mention.target } else { stem_span(written, mention.target) };
    of_id(snapshot, key, name)
}

/// The stem of a path to a note.
pub(super) fn stem_span(path: &str, place: Span) -> Span {
    let name = path.rsplit('/').next().unwrap_or(path);
    let start = path.len() - name.len();
    let len = name.strip_suffix(".md").unwrap_or(name).len();
    Span::from(start..start + len).shift(place.start)
}

/// A pinpoint is renamed where an explicit anchor bears its name.
fn of_pin(snapshot: &Snapshot, file: FileId, pin: Span, text: &str) -> Answer {
    let name = pin.slice(text);
    if super::anchor::is_explicit(snapshot, file, name) {
        return Ok(Some(Renamable { span: pin, name: name.into(), what: What::Anchor(file) }));
    }
    Err(Refusal::new(format!("`{name}` is read off the numbers and headings of its text: it changes with them")))
}

fn of_id(snapshot: &Snapshot, span: Span, name: &str) -> Answer {
    let what = match snapshot.lookup(name) {
        Some(Found::Entity(id) | Found::Renamed(id)) => What::Record(id),
        Some(Found::Text(file)) => What::Text(file),
        Some(Found::Resolution(known)) => {
            return Err(Refusal::new(format!("`{name}` is the built-in id of {}: it cannot be renamed", known.symbol())));
        }
        None => return Err(Refusal::new(format!("`{name}` is defined nowhere, so that there is nothing to rename"))),
    };
    Ok(Some(Renamable { span, name: name.into(), what }))
}

/// In a registry, or in front matter: the id of a record, or one that a field names.
fn in_records(snapshot: &Snapshot, at: FilePosition, text: &str) -> Answer {
    let Some(file) = snapshot.file(at.file) else { return Ok(None) };
    if let Some((id, span)) = file.facts.head.source.as_ref().filter(|(_, span)| span.touches(at.offset)) {
        let key = attribute_key(text, *span);
        return of_id(snapshot, key, key.slice(text)).or_else(|refusal| if id.contains(' ') { Ok(None) } else { Err(refusal) });
    }
    if let Some((_, span)) = file.facts.head.id.as_ref().filter(|(_, span)| span.touches(at.offset)) {
        return of_id(snapshot, *span, span.slice(text));
    }
    let upto = file.facts.records.partition_point(|r| r.span.start <= at.offset);
    let Some(record) = upto.checked_sub(1).and_then(|i| file.facts.records.get(i)).filter(|r| r.span.touches(at.offset)) else {
        return Ok(None);
    };
    let id = &record.id;
    if id.span.touches(at.offset) && id.span.slice(text) == id.value {
        return of_id(snapshot, id.span, &id.value);
    }
    if let Some(relation) = record.relations.iter().find(|r| r.target.span.touches(at.offset)) {
        return of_id(snapshot, relation.target.span, &relation.target.value);
    }
    let named = record.own_names().map(|n| n.span).any(|s| s.touches(at.offset));
    if named {
        return Err(Refusal::new(format!(
            "a name is changed where it is written; to rename the record, put the cursor on its id `{}`",
            id.value
        )));
    }
    Ok(None)
}

/// A name in plain words has no id to change: says whose it is.
fn in_words(snapshot: &Snapshot, at: FilePosition) -> Answer {
    let Some(notes) = snapshot.annotations(at.file) else { return Ok(None) };
    let Some(mention) = notes.mentions.iter().find(|m| m.node.is_none() && m.span.touches(at.offset)) else { return Ok(None) };
    let words = mention.span.slice(&notes.text);
    Err(Refusal::new(match &mention.meaning {
        Meaning::One(one) => {
            let entity = snapshot.entity(one.entity);
            let id: &SmolStr = &entity.record.id.value;
            let path = snapshot.path(entity.home.file);
            format!("\"{words}\" are plain words that mean `{id}`: rename the id in {path}, or change the name there")
        }
        Meaning::Several(all) => {
            let ids: Vec<String> = all.iter().map(|c| format!("`{}`", snapshot.entity(c.entity).record.id.value)).collect();
            format!("\"{words}\" may mean {}: rename one of these where it is defined", ids.join(", "))
        }
        Meaning::Text(file) => format!("\"{words}\" means the text `{}`: rename its id", stem(&snapshot.path(*file))),
        Meaning::Resolution(_) | Meaning::Unknown => return Ok(None),
    }))
}
