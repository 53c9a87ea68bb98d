//! All ids and names of the corpus: changed by difference, shared by every snapshot until then.
//!
//! Where several claim one thing (a symbol, an old id, a file's stem), the first by id or path has it, so that it does not matter
//! in which order files became known.

mod claims;
mod compare;
mod ids;
mod index;
mod prints;
mod sorts;
#[cfg(test)]
mod tests;
mod touched;
mod unite;

use std::sync::{Arc, OnceLock};

use smol_str::SmolStr;

use super::FileId;
use super::popularity::Counted;
use super::relations::Inverse;
use super::rows::{Row, Rows};
use super::search::{self, Fit, Keys, Query};
use super::shared_map::SharedMap;
use super::suggest::Suggestions;
use super::watch::{Asked, Watch, answer_of};
use crate::prose::dates::Date;
use crate::registry::{Gazetteer, Record, RecordKind, Records};
use crate::text::Span;
use claims::Claims;
use ids::Ids;
use index::id_of;
pub(super) use index::{Turn, same_words};
pub use prints::Prints;
pub(super) use sorts::Sort;
pub(super) use unite::{Files, record_at};

/// An entity's number; good for the snapshot it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// Where a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordAt {
    /// The file.
    pub file: FileId,
    /// Its index among the file's records.
    pub index: u32,
}

/// A person, place, instrument or source of the corpus: all its records made one.
#[derive(Clone, Debug)]
pub struct Entity {
    /// The record, lists of names united.
    pub record: Arc<Record>,
    /// Where it is at home: the note, when there is one.
    pub home: RecordAt,
    /// The list that defines it besides the note, if one does; without one, no place at all. Room is saved for each of a million.
    other: RecordAt,
}

impl Entity {
    /// Defined at one place.
    pub(super) fn at(home: RecordAt, record: Arc<Record>) -> Self {
        Self { record, home, other: NOWHERE }
    }

    /// Where it is defined besides its home.
    #[must_use]
    pub fn other(&self) -> Option<RecordAt> {
        (self.other != NOWHERE).then_some(self.other)
    }

    /// All places that define it, its home first.
    pub fn places(&self) -> impl Iterator<Item = RecordAt> {
        std::iter::once(self.home).chain(self.other())
    }
}

/// No file has this number: numbers are given in turn, and each takes more than a byte.
const NOWHERE: RecordAt = RecordAt { file: FileId(u32::MAX), index: 0 };

impl Records for Rows<Entity> {
    fn count(&self) -> u32 {
        Span::from(0..self.len()).end
    }

    fn record(&self, number: u32) -> Option<&Record> {
        self.get(number).map(|entity| &*entity.record)
    }
}

/// An id that is defined in a way it must not be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The record at fault.
    pub at: RecordAt,
    /// The one that was there before.
    pub first: RecordAt,
    /// The field given differently; `None`: the id itself is defined twice.
    pub field: Option<&'static str>,
    /// The place of the fault.
    pub span: Span,
    /// The place it disagrees with.
    pub first_span: Span,
}

/// The index of everything that has a name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// A number whose entity is gone holds one without an id.
    pub(super) entities: Rows<Entity>,
    /// What each is, by the same numbers.
    sorts: Rows<Sort>,
    /// Numbers whose entities are gone.
    free: Vec<u32>,
    by_id: Ids,
    /// All places of ids that have more than one, in order of path and place.
    places: SharedMap<SmolStr, Arc<[RecordAt]>>,
    formerly: Claims<EntityId>,
    texts: Claims<FileId>,
    /// The texts of works: source-texts by the key that their front matter names.
    sources: Claims<FileId>,
    by_symbol: Claims<EntityId>,
    dated: Arc<Vec<(Date, EntityId)>>,
    /// How many instruments have an id of a series and a number.
    series: SharedMap<SmolStr, u32>,
    conflicts: SharedMap<SmolStr, Arc<[Conflict]>>,
    /// All names, compiled.
    pub gazetteer: Arc<Gazetteer>,
    /// Relations seen from their targets, made when first asked for.
    pub(super) inverse: Arc<OnceLock<Inverse>>,
    /// How often each record is named, counted when first asked for.
    pub(super) popularity: Arc<Counted>,
    /// For "did you mean", made when first asked for.
    suggestions: Arc<OnceLock<Suggestions>>,
    /// The sum of all entities' names by their hashes, and what it was when the gazetteer was compiled.
    named: u64,
    compiled_from: u64,
    /// Another one for every state of the names.
    version: u64,
    /// How many files could not be read whole.
    unread: u32,
    /// Whether some registry could not be read, so that "defined nowhere" is not sound.
    pub incomplete: bool,
    /// What remembers every question asked, when something does.
    pub(super) watch: Option<Arc<Watch>>,
}

impl Names {
    /// Another number whenever a name changed, and one that no other corpus has.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// All entities, in order of their numbers.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.tell_whole();
        self.entities.iter().filter(|(_, e)| !e.record.id.value.is_empty()).map(|(number, entity)| (EntityId(number), entity))
    }

    /// The entity of that number.
    ///
    /// # Panics
    /// When the number is another snapshot's: a mistake of the caller.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> &Entity {
        self.looked_at(id);
        self.entities.get(id.0).expect("the number is of this snapshot")
    }

    /// What an entity is.
    pub(super) fn sort(&self, id: EntityId) -> Sort {
        self.looked_at(id);
        self.sorts.get(id.0).copied().unwrap_or(Sort::Other)
    }

    /// The entity of that number, unless it is another snapshot's.
    #[must_use]
    pub fn get(&self, id: EntityId) -> Option<&Entity> {
        self.looked_at(id);
        self.get_silently(id)
    }

    /// The same, which nobody remembers to have been asked.
    fn get_silently(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0).filter(|e| !e.record.id.value.is_empty())
    }

    /// Ids that a file defines though they are defined before, and fields it gives differently, in order of place.
    #[must_use]
    pub fn conflicts_of(&self, file: FileId) -> Vec<&Conflict> {
        let mut all: Vec<_> = self.conflicts.iter().flat_map(|(_, of_id)| &**of_id).filter(|c| c.at.file == file).collect();
        all.sort_by_key(|c| (c.at, c.span));
        all
    }

    /// By id or citation key.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<EntityId> {
        let found = self.number_of(id);
        match found {
            Some(found) => self.looked_at(found),
            None => self.tell(|| Asked::Id(id.into()), || 0),
        }
        found
    }

    /// The same, which nobody remembers to have been asked.
    fn number_of(&self, id: &str) -> Option<EntityId> {
        self.by_id.get(id, |number| id_of(&self.entities, number)).map(EntityId)
    }

    pub(super) fn looked_at(&self, id: EntityId) {
        if let Some(watch) = &self.watch {
            watch.entity(id);
        }
    }

    fn answer(&self, found: Option<EntityId>) -> u64 {
        answer_of(found.map(|id| self.id_of(id)))
    }

    /// By an id it formerly had.
    #[must_use]
    pub fn by_old_id(&self, id: &str) -> Option<EntityId> {
        let found = self.formerly.get(id);
        self.tell(|| Asked::OldId(id.into()), || self.answer(found));
        found
    }

    /// The text (no note) of that id or file stem.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<FileId> {
        self.texts.get(id)
    }

    /// The source-text that is the text of a work.
    #[must_use]
    pub fn local_text(&self, key: &str) -> Option<FileId> {
        self.sources.get(key)
    }

    /// The instrument whose record bears a symbol; space and case do not count.
    #[must_use]
    pub fn by_symbol(&self, symbol: &str) -> Option<EntityId> {
        let found = self.by_symbol.get(&bare_symbol(symbol));
        self.tell(|| Asked::Symbol(symbol.into()), || self.answer(found));
        found
    }

    /// Whether any instrument has an exact date, so that "the November 9 Statement" can be asked for.
    #[must_use]
    pub fn has_dated(&self) -> bool {
        let has = !self.dated.is_empty();
        self.tell(|| Asked::HasDated, || answer_of(has.then_some("")));
        has
    }

    /// The one instrument of that kind and date: "statement", 9 November, in a text of `written`. Without a year the
    /// last before the text was written; `None` when several fit.
    #[must_use]
    pub fn dated(&self, noun: &str, date: Date, written: Option<&str>) -> Option<EntityId> {
        let found = self.find_dated(noun, date, written);
        self.tell(|| Asked::dated(noun, date, written), || self.answer(found));
        found
    }

    fn find_dated(&self, noun: &str, date: Date, written: Option<&str>) -> Option<EntityId> {
        let fits = |d: &&(Date, EntityId)| {
            d.0.month == date.month
                && d.0.day == date.day
                && date.year.is_none_or(|y| d.0.year == Some(y))
                && self.get_silently(d.1).is_some_and(|e| kind_fits(noun, &e.record))
        };
        let year = written.and_then(|w| w.get(..4)?.parse::<i16>().ok());
        let before = |d: &&(Date, EntityId)| date.year.is_some() || year.is_none_or(|y| d.0.year.is_none_or(|own| own <= y));
        let mut all: Vec<&(Date, EntityId)> = self.dated.iter().filter(fits).filter(before).collect();
        all.sort_unstable();
        match all.as_slice() {
            [] => None,
            [.., a, b] if a.0 == b.0 || (date.year.is_none() && year.is_none()) => None,
            [.., last] => Some(last.1),
        }
    }

    /// Whether the corpus registers some instrument whose id is `series` and one number more.
    #[must_use]
    pub fn has_series(&self, series: &str) -> bool {
        let has = self.series.get(series).is_some();
        self.tell(|| Asked::Series(series.into()), || answer_of(has.then_some("")));
        has
    }

    /// The id or key nearest to a misspelt one, a letter or two away.
    #[must_use]
    pub fn nearest_id(&self, word: &str) -> Option<&str> {
        let id = |number| self.entities.get(number).map_or("", |e: &Entity| e.record.id.value.as_str());
        let ids = || self.entities.iter().map(|(_, e)| e.record.id.value.as_str());
        let suggestions = self.suggestions.get_or_init(|| Suggestions::of(ids(), self.entities.len()));
        let found = suggestions.nearest(word, id);
        self.tell(|| Asked::Nearest(word.into()), || answer_of(found));
        found
    }

    /// Calls `found` with the score, the entity and which of its names, for every name that a query fits so well.
    pub(super) fn search(&self, query: &Query, fit: Fit, found: &mut dyn FnMut(u32, EntityId, u16)) {
        self.tell_whole();
        for (first, row) in self.entities.rows() {
            keys_of(row).search(query, fit, &mut |score, number, name| found(score, EntityId(first + number), name));
        }
    }

    /// Folds all names for search, so that nobody waits for it later.
    pub(super) fn fold_names(&self) {
        for (_, row) in self.entities.rows() {
            keys_of(row);
        }
    }

    /// All ids and keys, in the order of [`entities`](Self::entities).
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entities().map(|(_, e)| e.record.id.value.as_str())
    }
}

/// The names of the records of a row, folded for search.
fn keys_of(row: &Row<Entity>) -> &Keys {
    row.keys(|| Keys::of(row.iter().map(|(number, entity)| (number, search::names_of_record(&entity.record)))))
}

/// A symbol without space, in capitals.
fn bare_symbol(symbol: &str) -> SmolStr {
    symbol.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase).collect()
}

/// A date with year, month and day.
fn exact_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let date = Date { year: parts.next()?.parse().ok(), month: parts.next()?.parse().ok(), day: parts.next()?.parse().ok() };
    (date.year.is_some() && date.month.is_some() && date.day.is_some()).then_some(date)
}

/// Whether people call a record of that kind by that noun. A record's own name may hold the noun whatever its kind.
pub(super) fn kind_fits(noun: &str, record: &Record) -> bool {
    let noun = noun.to_lowercase();
    let starts = |words: &[&str]| words.iter().any(|w| noun.starts_with(w));
    let by_kind = match record.kind {
        RecordKind::Statement => starts(&["statement", "declaration", "communiqu", "заявлен", "декларац", "коммюник"]),
        RecordKind::Agreement => starts(&[
            "agreement",
            "accord",
            "treaty",
            "protocol",
            "memorandum",
            "convention",
            "deal",
            "package",
            "соглашен",
            "договор",
            "протокол",
            "меморандум",
            "конвенц",
        ]),
        RecordKind::Resolution => starts(&["resolution", "decision", "резолюц", "решен"]),
        _ => false,
    };
    by_kind || record.name().is_some_and(|n| n.value.to_lowercase().contains(noun.trim_end_matches('s')))
}
