//! What is listed of a thing: in outlines, searches and hierarchies.

use super::Target;
use crate::corpus::{EntityId, FileId, Place, Snapshot, Symbol, pin_of};
use crate::registry::{Record, RecordKind, unsc};
use crate::text::Span;

/// At most this many characters of a text stand in a list.
const SHOWN: usize = 72;

/// What sort of thing is listed; clients draw a sign for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A record.
    Record(RecordKind),
    /// A text.
    Text,
    /// A heading and all below it.
    Heading,
    /// A claim.
    Claim,
    /// A quotation.
    Quote,
    /// A place that a pinpoint names.
    Pinpoint,
    /// A footnote.
    Footnote,
}

/// One thing in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The thing.
    pub symbol: Symbol,
    /// Its name; never empty.
    pub name: String,
    /// What it is, in few words.
    pub detail: String,
    /// Its sort.
    pub sort: Sort,
    /// Where it is defined.
    pub target: Target,
}

impl Item {
    /// A thing that has a place: an entity, a text, a resolution of the built-in table.
    #[must_use]
    pub fn of(snapshot: &Snapshot, symbol: &Symbol) -> Option<Self> {
        let pin = pin_of(symbol);
        let (name, detail, sort) = match symbol {
            Symbol::Entity(entity, _) => {
                let record = &snapshot.names().get(*entity)?.record;
                (name(record).to_owned(), detail(record), Sort::Record(record.kind.clone()))
            }
            Symbol::Text(file, _) => (title(snapshot, *file), snapshot.path(*file).to_string(), Sort::Text),
            Symbol::Resolution(number, _) => {
                let known = unsc::resolution(*number)?;
                (super::resolution::symbol(&known), known.title.to_owned(), Sort::Record(RecordKind::Resolution))
            }
            _ => return None,
        };
        let (name, sort) = match pin {
            Some(pin) => (format!("{name}, {pin}"), Sort::Pinpoint),
            None => (name, sort),
        };
        let target = Target::all(snapshot, symbol).into_iter().next()?;
        Some(Self { symbol: symbol.clone(), name, detail, sort, target })
    }

    /// What a place of a file belongs to: the record round it, the entity whose note the file is, or the text.
    #[must_use]
    pub fn round(snapshot: &Snapshot, file: FileId, span: Span) -> Option<Self> {
        let state = snapshot.file(file)?;
        if state.kind.is_text() {
            let own = snapshot.entity_at_home(file).map_or(Symbol::Text(file, None), |entity| Symbol::Entity(entity, None));
            return Self::of(snapshot, &own);
        }
        let upto = state.facts.records.partition_point(|r| r.span.start <= span.start);
        let record = state.facts.records.get(upto.checked_sub(1)?)?;
        let entity = snapshot.names().by_id(&record.id.value)?;
        let place = Place { file, span: record.id.span, full: record.span };
        // Seen from this file, even when the record is at home in another: ranges are counted in it.
        Some(Self { target: Target::Place(place), ..Self::of(snapshot, &Symbol::Entity(entity, None))? })
    }
}

/// The name shown of a record: its id when none is written.
#[must_use]
pub fn name(record: &Record) -> &str {
    let name = record.name().map(|n| n.value.trim()).filter(|n| !n.is_empty());
    name.unwrap_or(if record.id.value.is_empty() { "(no id)" } else { &record.id.value })
}

/// `resolution, S/RES/2202 (2015)`, `person, lavrov`.
#[must_use]
pub fn detail(record: &Record) -> String {
    let sign = record.symbol.as_ref().map_or(record.id.value.as_str(), |s| s.value.as_str());
    format!("{}, {sign}", record.kind.word())
}

/// A text's title: as its front matter says, else its first heading, else its path.
#[must_use]
pub fn title(snapshot: &Snapshot, file: FileId) -> String {
    let Some(state) = snapshot.file(file) else { return String::from("(a text)") };
    let facts = &state.facts;
    let written = facts.head.title.as_ref().map(|(title, _)| title.as_str()).or(facts.title.as_ref().map(|(title, _)| title.as_str()));
    written.map(str::trim).filter(|title| !title.is_empty()).unwrap_or(&state.path).to_owned()
}

/// The name of an entity.
#[must_use]
pub fn name_of(snapshot: &Snapshot, entity: EntityId) -> String {
    snapshot.names().get(entity).map_or_else(String::new, |e| name(&e.record).to_owned())
}

/// The first words of a text on one line, cut after a word; never empty.
#[must_use]
pub fn first_words(words: &str) -> String {
    let mut out = String::new();
    let mut count = 0;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if count + length > SHOWN && count > 0 {
            out.push('…');
            return out;
        }
        if count > 0 {
            out.push(' ');
        }
        if length > SHOWN {
            out.extend(word.chars().take(SHOWN));
            out.push('…');
            return out;
        }
        out.push_str(word);
        count += length + 1;
    }
    if out.is_empty() { String::from("…") } else { out }
}
