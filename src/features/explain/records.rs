//! Records: in a registry, or in a note's front matter.

use super::super::Fact;
use super::{Thing, is_at};
use crate::corpus::{FileId, Snapshot, Symbol};
use crate::registry::{Record, gazetteer};
use crate::text::Span;

pub(super) fn add(snapshot: &Snapshot, file: FileId, asked: Span, things: &mut Vec<Thing>) {
    let Some(state) = snapshot.file(file) else { return };
    for record in state.facts.records.iter().filter(|r| is_at(asked, r.span)) {
        let mut thing = Thing::new("record", record.id.span, format!("{} ({})", record.shown_name(), record.kind.word()));
        thing.fact("id", format!("`{}`", record.id.value));
        names(record, &mut thing);
        for relation in record.relations.iter().filter(|r| is_at(asked, r.target.span)) {
            thing.fact("relation", format!("{} `{}`", relation.name, relation.target.value));
        }
        uses(snapshot, file, record, &mut thing);
        things.push(thing);
    }
}

/// All names, and which of them are not looked for.
fn names(record: &Record, thing: &mut Thing) {
    let own = record.own_names().map(|n| n.value);
    let roles = record.roles.iter().flat_map(|r| std::iter::once(r.title.value.as_str()).chain(r.aliases.iter().map(|a| a.text.as_str())));
    let (mut found, mut left) = (Vec::new(), Vec::new());
    for name in own.chain(roles).filter(|n| !n.is_empty()) {
        match gazetteer::searchable(name) {
            Ok(()) => found.push(format!("`{name}`")),
            Err(reason) => left.push(format!("`{name}`: it {}", reason.words())),
        }
    }
    if record.kind != crate::registry::RecordKind::Source {
        thing.fact("found by", found.join(", "));
        for words in left {
            thing.fact("not found by", words);
        }
    }
}

fn uses(snapshot: &Snapshot, file: FileId, record: &Record, thing: &mut Thing) {
    let Some(id) = snapshot.names().by_id(&record.id.value) else {
        thing.fact("used", "nowhere: it has no id that can be looked up");
        return;
    };
    let entity = snapshot.entity(id);
    for at in entity.places().filter(|at| at.file != file) {
        thing.facts.push(Fact::new("also in", snapshot.path(at.file).as_str()).at(at.file, Span::default()));
    }
    let places = snapshot.all_references(&Symbol::Entity(id, None));
    let mut files: Vec<FileId> = places.iter().map(|r| r.file).collect();
    files.dedup();
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let words = match places.len() {
        0 => "nowhere".to_owned(),
        n => format!("{} in {}", count(n, "time"), count(files.len(), "file")),
    };
    thing.fact("used", words);
}
