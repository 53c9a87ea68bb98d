//! Taking in what one file defines now and did not before, and the reverse.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashSet;
use smol_str::SmolStr;
use xxhash_rust::xxh3::Xxh3;

use super::compare::{Difference, difference};
use super::touched::{self, Touched};
use super::unite::{Files, unite};
use super::{Conflict, Entity, EntityId, Names, RecordAt, Sort, bare_symbol, exact_date};
use crate::corpus::change::{own_id, work_of};
use crate::corpus::{FileId, FileState};
use crate::registry::{CaseRule, Gazetteer, Record, RecordKind, Shelf};

/// What one change came to.
#[derive(Debug, Default)]
pub(in crate::corpus) struct Turn {
    /// The ids whose definitions changed; none where an id came or went.
    pub(in crate::corpus) names: Vec<SmolStr>,
    /// The works whose text was given, by their keys.
    pub(in crate::corpus) works: Vec<SmolStr>,
    /// Whether texts that named none of them may mean something else now.
    pub(in crate::corpus) outside: bool,
    /// Whether a record is another than before, so that what a text means that names it has to be worked out again.
    pub(in crate::corpus) inside: bool,
    /// Whether anything at all changed, places included.
    touched: bool,
    /// Whether plain words may mean something else.
    words: bool,
    /// Whether an id came or went.
    ids: bool,
}

impl Names {
    /// Takes in that a file was `old` and is `new`, which `files` holds already.
    pub(in crate::corpus) fn take(
        &mut self,
        files: &Files,
        file: FileId,
        old: Option<&FileState>,
        new: Option<&FileState>,
        turn: &mut Turn,
    ) {
        self.take_text(files, file, old, new, turn);
        let was = old.map_or(&[][..], |f| &f.facts.records);
        let is = new.map_or(&[][..], |f| &f.facts.records);
        let mut take = |names: &mut Self, id: &SmolStr, there: &[u32]| {
            let here = there.iter().map(|index| RecordAt { file, index: *index });
            let places = names.places_with(files, id, file, here);
            names.place(files, id, places, turn);
        };
        if was.is_empty() {
            return touched::each_new(is, |id, there| take(self, id, there));
        }
        let mut moved = false;
        let touched = Touched::of(was, is, |index, a, b| {
            let moves = self.moves(RecordAt { file, index }, a, b);
            moved |= moves;
            moves
        });
        touched.each(|id, there| take(self, id, there));
        turn.touched |= moved;
    }

    /// Takes in that a record is written elsewhere in its file than before; answers whether that is all that is new, and nothing else
    /// defines what it does. Whoever writes a word into a list moves all that follows.
    fn moves(&mut self, at: RecordAt, old: &Arc<Record>, new: &Arc<Record>) -> bool {
        let is_it = |entity: &Entity| entity.home == at && entity.other().is_none() && Arc::ptr_eq(&entity.record, old);
        if !old.is_moved(new) || self.places.get(&new.id.value).is_some() {
            return false;
        }
        let number = self.number_of(&new.id.value).map(|id| id.0);
        let Some(number) = number.filter(|number| self.entities.get(*number).is_some_and(is_it)) else { return false };
        self.set(number, Entity::at(at, new.clone()));
        true
    }

    /// Ends a change: compiles names anew when they are others than before, unless they lie compiled on a `shelf`.
    pub(in crate::corpus) fn settle(&mut self, turn: &mut Turn, shelf: Option<&dyn Shelf>) {
        turn.outside |= turn.ids;
        if turn.ids {
            turn.names = Vec::new();
        }
        turn.names.sort_unstable();
        turn.names.dedup();
        if turn.is_news() {
            self.inverse = Arc::default();
        }
        if turn.ids {
            self.popularity = Arc::new(self.popularity.outdated());
            self.suggestions = Arc::default();
        }
        if turn.words {
            self.version = next_version();
        }
        if self.named != self.compiled_from {
            self.gazetteer = Arc::new(self.compile(shelf));
            self.compiled_from = self.named;
        }
    }

    /// What is known of a text besides records: its id, whether it could be read.
    fn take_text(&mut self, files: &Files, file: FileId, old: Option<&FileState>, new: Option<&FileState>, turn: &mut Turn) {
        let incomplete = |f: Option<&FileState>| u32::from(f.is_some_and(|f| f.facts.incomplete));
        self.unread = (self.unread + incomplete(new)).saturating_sub(incomplete(old));
        // Also the second of two is counted: when the first is mended the other is not.
        turn.touched |= incomplete(new) != incomplete(old);
        if self.incomplete != (self.unread > 0) {
            self.incomplete = self.unread > 0;
            turn.outside = true;
        }
        let path = |id: FileId| files.get(id.0).and_then(Option::as_ref).map(|f| f.path.clone()).unwrap_or_default();
        let (a, b) = (old.and_then(work_of), new.and_then(work_of));
        if a != b {
            turn.touched = true;
            if let Some(a) = a {
                self.sources.remove(&a, file);
                turn.names.push(a);
            }
            if let Some(b) = b {
                self.sources.add(&b, file, path);
                turn.names.push(b);
            }
        }
        let (a, b) = (old.and_then(own_id), new.and_then(own_id));
        if a != b {
            if let Some(a) = a {
                self.texts.remove(&a, file);
                turn.names.push(a);
            }
            if let Some(b) = b {
                self.texts.add(&b, file, path);
                turn.names.push(b);
            }
            turn.outside = true;
        } else if let (Some(old), Some(new)) = (old, new)
            && (!old.facts.anchors.has_same_names(&new.facts.anchors)
                || old.facts.incomplete != new.facts.incomplete
                || old.facts.has_body != new.facts.has_body)
        {
            turn.names.extend(new.facts.records.iter().map(|r| r.id.value.clone()));
        }
    }

    /// All places of an id, when those in `file` are `here`: in order of path and place.
    fn places_with(&self, files: &Files, id: &SmolStr, file: FileId, here: impl Iterator<Item = RecordAt>) -> Vec<RecordAt> {
        let known = match (self.places.get(id), self.number_of(id)) {
            (Some(all), _) => all.to_vec(),
            (None, Some(entity)) => vec![self.entity(entity).home],
            (None, None) => Vec::new(),
        };
        let mut places: Vec<RecordAt> = known.into_iter().filter(|at| at.file != file).chain(here).collect();
        let path = |at: &RecordAt| files.get(at.file.0).and_then(Option::as_ref).map(|f| &f.path);
        places.sort_by(|a, b| path(a).cmp(&path(b)).then(a.cmp(b)));
        places
    }

    /// Makes an id what it is at these places.
    fn place(&mut self, files: &Files, id: &SmolStr, places: Vec<RecordAt>, turn: &mut Turn) {
        turn.touched = true;
        if places.len() > 1 {
            self.places.insert(id.clone(), places.as_slice().into());
        } else {
            self.places.remove(id);
        }
        let known = self.number_of(id);
        let united = unite(files, &places);
        let conflicts = united.as_ref().map(|(_, conflicts)| conflicts.as_slice()).unwrap_or_default();
        let conflicted = self.set_conflicts(id, conflicts);
        let entity = united.map(|(entity, _)| entity);
        let differs = match (known.map(|k| self.entity(k)), &entity) {
            (Some(old), Some(new)) if Arc::ptr_eq(&old.record, &new.record) => Difference::Moved,
            (Some(old), Some(new)) => difference(&old.record, &new.record),
            _ => Difference::Outside,
        };
        let moved_home = matches!((known.map(|k| self.entity(k)), &entity), (Some(a), Some(b)) if a.home.file != b.home.file);
        if conflicted || moved_home || differs > Difference::Moved {
            turn.is_other(id);
            turn.inside = true;
        }
        if differs == Difference::Outside {
            turn.outside = true;
            let is_words = |e: &Entity| e.record.kind != RecordKind::Source;
            turn.words |= known.is_some_and(|k| is_words(self.entity(k))) || entity.as_ref().is_some_and(is_words);
        }
        self.put(id, known, entity, differs, turn);
    }

    fn put(&mut self, id: &SmolStr, known: Option<EntityId>, entity: Option<Entity>, differs: Difference, turn: &mut Turn) {
        if let Some(known) = known
            && differs == Difference::Outside
        {
            let old = self.entity(known).record.clone();
            self.index(known, &old, false);
            self.entities.forget_keys(known.0);
        }
        match (known, entity) {
            (Some(known), Some(entity)) => {
                let record = entity.record.clone();
                self.set(known.0, entity);
                if differs == Difference::Outside {
                    self.index(known, &record, true);
                }
            }
            (None, Some(entity)) => {
                let record = entity.record.clone();
                let number = match self.free.pop() {
                    Some(free) => {
                        self.set(free, entity);
                        self.entities.forget_keys(free);
                        free
                    }
                    None => {
                        self.sorts.push(Sort::of(&entity.record.kind));
                        let number = self.entities.push(entity);
                        self.entities.forget_keys(number);
                        number
                    }
                };
                self.by_id.insert(id, number, |number| id_of(&self.entities, number));
                self.index(EntityId(number), &record, true);
                turn.ids = true;
            }
            (Some(known), None) => {
                let gone = Entity::at(RecordAt { file: FileId(0), index: 0 }, Arc::default());
                self.by_id.remove(id, |number| id_of(&self.entities, number));
                self.set(known.0, gone);
                self.free.push(known.0);
                turn.ids = true;
            }
            (None, None) => {}
        }
    }

    fn set(&mut self, number: u32, entity: Entity) {
        let sort = Sort::of(&entity.record.kind);
        if self.sorts.get(number) != Some(&sort) {
            self.sorts.set(number, sort);
        }
        self.entities.set(number, entity);
    }

    /// Answers whether they are others than before.
    fn set_conflicts(&mut self, id: &SmolStr, conflicts: &[Conflict]) -> bool {
        let known = self.conflicts.get(id).map(|c| &**c).unwrap_or_default();
        if known == conflicts {
            return false;
        }
        if conflicts.is_empty() {
            self.conflicts.remove(id);
        } else {
            self.conflicts.insert(id.clone(), conflicts.into());
        }
        true
    }

    /// Files an entity under all that leads to it besides its id, or takes it out.
    fn index(&mut self, id: EntityId, record: &Record, add: bool) {
        let own = |entities: &super::Rows<Entity>, id: EntityId| entities.get(id.0).map(|e| e.record.id.value.clone()).unwrap_or_default();
        for old in &record.formerly {
            if add {
                self.formerly.add(&old.value, id, |id| own(&self.entities, id));
            } else {
                self.formerly.remove(&old.value, id);
            }
        }
        if let Some(symbol) = &record.symbol {
            let symbol = bare_symbol(&symbol.value);
            if add {
                self.by_symbol.add(&symbol, id, |id| own(&self.entities, id));
            } else {
                self.by_symbol.remove(&symbol, id);
            }
        }
        if record.kind != RecordKind::Source {
            let hash = hash_of(record, id.0);
            self.named = if add { self.named.wrapping_add(hash) } else { self.named.wrapping_sub(hash) };
        }
        if record.kind.is_instrument() {
            self.index_instrument(id, record, add);
        }
    }

    fn index_instrument(&mut self, id: EntityId, record: &Record, add: bool) {
        if let Some((series, number)) = record.id.value.rsplit_once('-')
            && number.bytes().all(|b| b.is_ascii_digit())
        {
            let known = self.series.get(series).copied().unwrap_or(0);
            let count = if add { known + 1 } else { known.saturating_sub(1) };
            if count == 0 {
                self.series.remove(series);
            } else {
                self.series.insert(series.into(), count);
            }
        }
        if let Some(date) = record.date.as_ref().and_then(|d| exact_date(&d.value)) {
            let dated = Arc::make_mut(&mut self.dated);
            if add {
                dated.push((date, id));
            } else {
                dated.retain(|d| *d != (date, id));
            }
        }
    }

    /// Every name, alias and role that stands for a record. Cited works have none: their titles are found as quotations, if at all.
    fn compile(&self, shelf: Option<&dyn Shelf>) -> Gazetteer {
        let records = Arc::new(self.entities.clone());
        let has_names = |record: &Record| record.kind != RecordKind::Source && !record.id.value.is_empty();
        match shelf {
            Some(shelf) => Gazetteer::find_or_compile(records, has_names, shelf),
            None => Gazetteer::compile_records(records, has_names),
        }
    }
}

/// The id of an entity by its number.
pub(super) fn id_of(entities: &super::Rows<Entity>, number: u32) -> &str {
    entities.get(number).map_or("", |entity| entity.record.id.value.as_str())
}

/// A number that no names of any corpus had before: of two corpora that go on from one, each keeps what it made apart from the other's.
fn next_version() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Whether two states of a file call the same things the same, so that no name has to be compiled anew.
pub(in crate::corpus) fn same_words(was: &[Arc<Record>], is: &[Arc<Record>]) -> bool {
    let has_words = |record: &&Arc<Record>| record.kind != RecordKind::Source && !record.id.value.is_empty();
    let same = |a: &Arc<Record>, b: &Arc<Record>| Arc::ptr_eq(a, b) || (a.id.value == b.id.value && hash_of(a, 0) == hash_of(b, 0));
    let (mut was, mut is) = (was.iter().filter(has_words), is.iter().filter(has_words));
    loop {
        match (was.next(), is.next()) {
            (Some(a), Some(b)) if same(a, b) => {}
            (None, None) => return true,
            _ => return false,
        }
    }
}

/// A hash of a record's names and of whom they mean. Sums of them tell whether names changed.
fn hash_of(record: &Record, number: u32) -> u64 {
    let mut hasher = Xxh3::new();
    record.each_name(number, |name, _| {
        hasher.update(name.text.as_bytes());
        // All at once: what is hashed piece by piece costs a copy for each.
        let mut rest = [0xff; 10];
        rest[1] = u8::from(name.case == CaseRule::Folded);
        rest[2..6].copy_from_slice(&name.record.to_le_bytes());
        rest[6..].copy_from_slice(&name.role.map_or(u32::MAX, u32::from).to_le_bytes());
        hasher.update(&rest);
    });
    hasher.digest()
}

impl Turn {
    /// What an id means is another thing than before. A registry that is read first may have a million ids, and nobody asks for them.
    fn is_other(&mut self, id: &SmolStr) {
        if !self.ids {
            self.names.push(id.clone());
        }
    }

    /// Whether the index is another than before, places included: not when only a note's paragraphs changed.
    pub(in crate::corpus) fn is_news(&self) -> bool {
        self.touched || self.outside
    }

    /// The ids that changed, for looking up.
    pub(in crate::corpus) fn set(&self) -> FxHashSet<&str> {
        self.names.iter().map(SmolStr::as_str).collect()
    }
}
