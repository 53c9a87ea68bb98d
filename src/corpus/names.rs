//! All ids and names of the corpus: rebuilt when a definition changes, shared by every snapshot until then.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;
use xxhash_rust::xxh3::Xxh3;

use super::facts::stem;
use super::relations::Inverse;
use super::search::{self, Keys, Query};
use super::suggest::Suggestions;
use super::FileId;
use super::files::Files;
use crate::prose::dates::Date;
use crate::registry::{CaseRule, Gazetteer, Name, Record, RecordKind, record::CaseOverride};
use crate::text::Span;

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
    /// Other places that define it.
    pub others: Vec<RecordAt>,
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
#[derive(Debug, Default)]
pub struct Names {
    entities: Vec<Entity>,
    by_id: FxHashMap<SmolStr, EntityId>,
    formerly: FxHashMap<SmolStr, EntityId>,
    texts: FxHashMap<SmolStr, FileId>,
    by_symbol: FxHashMap<SmolStr, EntityId>,
    dated: Vec<(Date, EntityId)>,
    series: FxHashSet<SmolStr>,
    /// Ids defined twice, and fields given differently.
    pub conflicts: Vec<Conflict>,
    /// All names, compiled.
    pub gazetteer: Arc<Gazetteer>,
    /// For "did you mean", made when first asked for.
    suggestions: OnceLock<Suggestions>,
    /// For search, made when first asked for.
    keys: OnceLock<Keys>,
    /// Relations seen from their targets, made when first asked for.
    pub(super) inverse: OnceLock<Inverse>,
    /// Hash of what the gazetteer was compiled from.
    compiled_from: u64,
    /// How many times names changed before.
    version: u64,
    /// Whether some registry could not be read, so that "defined nowhere" is not sound.
    pub incomplete: bool,
}

impl Names {
    /// Collects the names of all files. The gazetteer of `before` is kept when no name changed.
    #[must_use]
    pub(super) fn of(files: &Files, before: &Self) -> Self {
        let mut names = Self { version: before.version + 1, ..Self::default() };
        for (id, file) in files.iter() {
            names.incomplete |= file.facts.incomplete;
            for (index, record) in file.facts.records.iter().enumerate() {
                names.add(RecordAt { file: id, index: Span::from(0..index).end }, record, files);
            }
            if file.kind.is_text() && file.facts.records.is_empty() {
                let own = file.facts.head.id.as_ref().map_or_else(|| stem(&file.path).into(), |(id, _)| id.clone());
                names.texts.entry(own).or_insert(id);
            }
        }
        names.index_instruments();
        names.compile(before);
        names
    }

    fn add(&mut self, at: RecordAt, record: &Arc<Record>, files: &Files) {
        let id = &record.id.value;
        if id.is_empty() {
            return;
        }
        let Some(&known) = self.by_id.get(id) else {
            let number = EntityId(Span::from(0..self.entities.len()).end);
            self.by_id.insert(id.clone(), number);
            self.entities.push(Entity { record: record.clone(), home: at, others: Vec::new() });
            return;
        };
        let entity = &mut self.entities[known.0 as usize];
        let is_note = |at: RecordAt| files.get(at.file).is_some_and(|f| f.kind.is_text());
        let same_home = std::iter::once(&entity.home).chain(&entity.others).find(|&&other| is_note(other) == is_note(at));
        if let Some(&first) = same_home {
            let first_span = record_at(files, first).map(|r| r.id.span).unwrap_or_default();
            self.conflicts.push(Conflict { at, first, field: None, span: record.id.span, first_span });
            return;
        }
        merge(entity, at, record, is_note(at), &mut self.conflicts);
    }

    fn index_instruments(&mut self) {
        for (number, entity) in self.entities.iter().enumerate() {
            let id = EntityId(Span::from(0..number).end);
            for old in &entity.record.formerly {
                self.formerly.entry(old.value.clone()).or_insert(id);
            }
            if let Some(symbol) = &entity.record.symbol {
                self.by_symbol.entry(bare_symbol(&symbol.value)).or_insert(id);
            }
            if entity.record.kind.is_instrument()
                && let Some((series, number)) = entity.record.id.value.rsplit_once('-')
                && number.bytes().all(|b| b.is_ascii_digit())
            {
                self.series.insert(series.into());
            }
            if entity.record.kind.is_instrument()
                && let Some(date) = entity.record.date.as_ref().and_then(|d| exact_date(&d.value))
            {
                self.dated.push((date, id));
            }
        }
    }

    /// Every name, alias and role that stands for a record. Cited works have none: their titles are found as quotations, if at all.
    fn compile(&mut self, before: &Self) {
        let named = |e: &&Entity| e.record.kind != RecordKind::Source;
        let count = self.entities.iter().filter(named).map(|e| 1 + e.record.aliases.len()).sum();
        let mut all: Vec<Name<'_>> = Vec::with_capacity(count);
        for (number, entity) in self.entities.iter().enumerate() {
            if named(&entity) {
                push_names(&entity.record, Span::from(0..number).end, &mut all);
            }
        }
        let hash = hash_of(&all);
        let unchanged = hash == before.compiled_from && !before.entities.is_empty();
        let gazetteer = if unchanged { before.gazetteer.clone() } else { Arc::new(Gazetteer::compile(all)) };
        self.gazetteer = gazetteer;
        self.compiled_from = hash;
    }

    /// Another number whenever a name changed.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// All entities, in the order of files and records.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity of that number.
    ///
    /// # Panics
    /// When the number is another snapshot's: a mistake of the caller.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// By id or citation key.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<EntityId> {
        self.by_id.get(id).copied()
    }

    /// By an id it formerly had.
    #[must_use]
    pub fn by_old_id(&self, id: &str) -> Option<EntityId> {
        self.formerly.get(id).copied()
    }

    /// The text (no note) of that id or file stem.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<FileId> {
        self.texts.get(id).copied()
    }

    /// The instrument whose record bears a symbol; space and case do not count.
    #[must_use]
    pub fn by_symbol(&self, symbol: &str) -> Option<EntityId> {
        self.by_symbol.get(&bare_symbol(symbol)).copied()
    }

    /// Whether any instrument has an exact date, so that "the November 9 Statement" can be asked for.
    #[must_use]
    pub fn has_dated(&self) -> bool {
        !self.dated.is_empty()
    }

    /// The one instrument of that kind and date: "statement", 9 November, in a text of `written`. Without a year the
    /// last before the text was written; `None` when several fit.
    #[must_use]
    pub fn dated(&self, noun: &str, date: Date, written: Option<&str>) -> Option<EntityId> {
        let fits = |d: &&(Date, EntityId)| {
            d.0.month == date.month
                && d.0.day == date.day
                && date.year.is_none_or(|y| d.0.year == Some(y))
                && kind_fits(noun, &self.entity(d.1).record)
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
        self.series.contains(series)
    }

    /// The id or key nearest to a misspelt one, a letter or two away.
    #[must_use]
    pub fn nearest_id(&self, word: &str) -> Option<&str> {
        let suggestions = self.suggestions.get_or_init(|| Suggestions::of(self.ids()));
        suggestions.nearest(word, |number| self.entities.get(number as usize).map_or("", |e| e.record.id.value.as_str()))
    }

    /// Calls `found` with the score, the entity and which of its names, for every name that a query fits.
    pub(super) fn search(&self, query: &Query, found: &mut dyn FnMut(u32, EntityId, u16)) {
        let keys = self.keys.get_or_init(|| {
            let mut keys = Keys::default();
            for (owner, entity) in self.entities.iter().enumerate() {
                search::names_of_record(&entity.record).for_each(|name| keys.add(owner, name));
            }
            keys
        });
        keys.search(query, &mut |score, owner, name| found(score, EntityId(owner), name));
    }

    /// All ids and keys, in the order of [`entities`](Self::entities).
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.entities.iter().map(|e| e.record.id.value.as_str())
    }
}

/// The record written at a place.
pub(super) fn record_at(files: &Files, at: RecordAt) -> Option<&Arc<Record>> {
    files.get(at.file)?.facts.records.get(at.index as usize)
}

fn push_names<'a>(record: &'a Record, number: u32, into: &mut Vec<Name<'a>>) {
    let case = |text: &str| match record.case {
        Some(CaseOverride::Exact) => CaseRule::Exact,
        Some(CaseOverride::Folded) => CaseRule::Folded,
        None => CaseRule::of_name(text),
    };
    let own = record.name.iter().map(|n| n.value.as_str()).chain(record.aliases.iter().map(|a| a.text.as_str()));
    into.extend(own.map(|text| Name { text, record: number, role: None, case: case(text) }));
    for (index, role) in record.roles.iter().enumerate().take(usize::from(u16::MAX)) {
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        let words = std::iter::once(role.title.value.as_str()).chain(role.aliases.iter().map(|a| a.text.as_str()));
        into.extend(words.filter(|t| !t.is_empty()).map(|text| Name { text, record: number, role: Some(index), case: case(text) }));
    }
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
        one.aliases.push(crate::registry::Alias { text: b.value.clone(), span: b.span });
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

/// A hash of names and whom they mean.
fn hash_of(names: &[Name<'_>]) -> u64 {
    let mut hasher = Xxh3::new();
    for name in names {
        hasher.update(name.text.as_bytes());
        hasher.update(&[0xff, u8::from(name.case == CaseRule::Folded)]);
        hasher.update(&name.record.to_le_bytes());
        hasher.update(&name.role.map_or(u32::MAX, u32::from).to_le_bytes());
    }
    hasher.digest()
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
fn kind_fits(noun: &str, record: &Record) -> bool {
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
    by_kind || record.name.as_ref().is_some_and(|n| n.value.to_lowercase().contains(noun.trim_end_matches('s')))
}
