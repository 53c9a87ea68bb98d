//! The cards of records: people, bodies, places, instruments, cited works.

use super::super::{Card, Line, resolution};
use super::quoted;
use crate::corpus::{Entity, EntityId, FileId, Snapshot};
use crate::registry::{DateRange, Record, RecordKind, bibliography};

/// An entity's card, as it is seen from the text `from`: an office is that of the text's date.
pub(super) fn card(snapshot: &Snapshot, from: FileId, id: EntityId, pin: Option<&str>) -> Card {
    let entity = snapshot.entity(id);
    let record = &*entity.record;
    let mut card = if record.kind == RecordKind::Source { cited(record) } else { named(snapshot, from, entity) };
    if let Some(pin) = pin {
        // Who asks at a pinpoint asks for its words: editors cut long cards, and they would stand below the cut.
        let first = usize::from(record.kind == RecordKind::Source).min(card.lines.len());
        card.lines.splice(first..first, pinpoint(snapshot, entity, pin));
    }
    card.lines.extend(addresses(record).map(Line::Link));
    card.field("defined in", home(snapshot, entity));
    card
}

/// The things that an ambiguous name may mean.
pub(super) fn several(snapshot: &Snapshot, from: FileId, all: &[EntityId]) -> Card {
    let mut card = Card::new("Ambiguous name", "");
    card.lines.push(Line::Words("Nothing in the text settles which of these is meant:".into()));
    for id in all {
        let record = &snapshot.entity(*id).record;
        let office = offices(record, date_of(snapshot, from)).into_iter().next().map(|o| format!(", {o}")).unwrap_or_default();
        card.lines.push(Line::Words(format!("{} ({}, {}){office}", name(record), record.kind.word(), record.id.value)));
    }
    card
}

/// The name shown; the id when none is written.
pub(super) fn name(record: &Record) -> &str {
    record.shown_name()
}

/// Author and year, to name a work in passing: `Hayes 2018`.
pub(super) fn short(record: &Record) -> String {
    let author = record.source.as_deref().and_then(|s| s.authors.first()).map(|(family, _)| family.as_str());
    let name = author.unwrap_or_else(|| name(record));
    match record.date.as_ref().and_then(|d| d.value.get(..4)) {
        Some(year) => format!("{name} {year}"),
        None => name.to_owned(),
    }
}

fn cited(record: &Record) -> Card {
    let mut card = Card::new(short(record), "source");
    card.lines.push(Line::Markdown(bibliography::reference(record)));
    if let Some(source) = &record.source {
        card.field("accessed", source.accessed.as_deref().unwrap_or_default());
        card.field("archived", source.archived.as_deref().unwrap_or_default());
        card.field("file", source.file.as_ref().map(|f| f.value.as_str()).unwrap_or_default());
    }
    card
}

fn named(snapshot: &Snapshot, from: FileId, entity: &Entity) -> Card {
    let record = &*entity.record;
    let mut card = Card::new(name(record), record.kind.word());
    for office in offices(record, date_of(snapshot, from)) {
        card.field("role", office);
    }
    card.field("symbol", record.symbol.as_ref().map(|s| s.value.as_str()).unwrap_or_default());
    match resolution::of_entity(entity) {
        Some(known) => resolution::facts(&known, &mut card),
        None => card.field("date", record.date.as_ref().map(|d| d.value.as_str()).unwrap_or_default()),
    }
    let aliases: Vec<_> = record.aliases().map(|a| a.value).collect();
    card.field("also", aliases.join(", "));
    for relation in &record.relations {
        let target = snapshot.entity_of(&relation.target.value).map(|e| snapshot.entity(e));
        let words = target.map_or(relation.target.value.as_str(), |t| name(&t.record));
        card.field("relation", format!("{} {words}", relation.name.replace('-', " ")));
    }
    if let Some(note) = &record.note {
        card.lines.push(Line::Words(note.value.to_string()));
    }
    card
}

/// The words of the pinpointed paragraph, or what can be said without them.
fn pinpoint(snapshot: &Snapshot, entity: &Entity, pin: &str) -> [Line; 2] {
    let words = snapshot.anchor(entity.home.file, pin).and_then(|anchor| quoted(snapshot, entity.home.file, anchor.words));
    let words = words.unwrap_or_else(|| Line::Words("The corpus does not hold the words of this place.".into()));
    [Line::Field("at", pin.into()), words]
}

fn addresses(record: &Record) -> impl Iterator<Item = String> + '_ {
    let web = record.source.as_ref().and_then(|s| s.url.as_ref());
    web.into_iter().chain(&record.same_as).map(|a| a.value.to_string())
}

/// Where the record is written, its home first.
fn home(snapshot: &Snapshot, entity: &Entity) -> String {
    let mut files: Vec<_> = entity.places().map(|at| snapshot.path(at.file)).collect();
    files.dedup();
    files.join(", ")
}

fn date_of(snapshot: &Snapshot, from: FileId) -> Option<&str> {
    snapshot.file(from)?.settings.date.as_deref()
}

/// The offices held at `date`; without a date those that have no end.
fn offices(record: &Record, date: Option<&str>) -> Vec<String> {
    let held = |during: &DateRange| date.map_or(during.to.is_none(), |date| during.holds(date));
    record.roles.iter().filter(|r| held(&r.during)).map(|r| format!("{}{}", r.title.value, span_of(&r.during))).collect()
}

/// ` (since 2004-03-09)`
fn span_of(during: &DateRange) -> String {
    match (&during.from, &during.to) {
        (Some(from), Some(to)) => format!(" ({} to {})", from.value, to.value),
        (Some(from), None) => format!(" (since {})", from.value),
        (None, Some(to)) => format!(" (until {})", to.value),
        (None, None) => String::new(),
    }
}
