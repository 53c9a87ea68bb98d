//! What the findings of one text were asked of the rest of the corpus, so that a later run knows whether they still stand.
//!
//! A [`Snapshot::watched`] answers as the one it came from, and remembers every question: which records were looked at, which other
//! files, which names led where or nowhere. [`Depends`] is what remains of that: it can be kept, and held against a corpus of another
//! day ([`Depends::hold`]). Whatever is no single question (a list of all records, who names what) makes all of the corpus be
//! depended on.
//!
//! What no question shows is a *new* name: words that meant nothing may mean a record that came since. That is asked of the text's
//! words with [`Prints::new_names`] and [`NameSieve`](crate::registry::NameSieve).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use parking_lot::Mutex;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use xxhash_rust::xxh3::xxh3_64;

use super::{EntityId, FileId, Names, Snapshot};
use crate::prose::dates::Date;
use crate::registry::Hit;
use crate::text::Span;

pub use super::names::Prints;

/// Remembers what is asked of a snapshot for one text.
#[derive(Debug)]
pub struct Watch {
    own: FileId,
    /// A bit for each record that was looked at.
    entities: Vec<AtomicU64>,
    rest: Mutex<Rest>,
}

/// The rarer questions.
#[derive(Debug, Default)]
struct Rest {
    files: FxHashSet<FileId>,
    asked: FxHashMap<Asked, u64>,
    whole: bool,
}

/// A question with a name in it. Answers are kept as hashes of what was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Asked {
    /// Which record has this id: asked in vain.
    Id(SmolStr),
    /// Which record had it formerly.
    OldId(SmolStr),
    /// Which text has this id.
    Text(SmolStr),
    /// Which text is that of a work.
    Work(SmolStr),
    /// Which instrument bears a symbol.
    Symbol(SmolStr),
    /// Whether a series has instruments.
    Series(SmolStr),
    /// Whether any instrument has a date.
    HasDated,
    /// Which instrument is of a kind, year, month and day; asked in a text of a date.
    Dated(SmolStr, Option<i16>, Option<u8>, Option<u8>, Option<SmolStr>),
    /// Which id is like a misspelt one.
    Nearest(SmolStr),
    /// Whether there is a file.
    Path(SmolStr),
    /// Who says what in the text of a work, and in what language.
    Said(SmolStr),
}

/// What the findings of a text depend on besides the words of files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depends {
    /// Prints of the records looked at, in the order of their numbers.
    entities: Vec<u64>,
    /// Whether the places of records count, too.
    placed: bool,
    /// Questions and the hashes of their answers.
    asked: Vec<(Asked, u64)>,
    /// Everything counts.
    whole: bool,
}

impl Watch {
    fn new(own: FileId, entities: usize) -> Self {
        let entities = std::iter::repeat_with(AtomicU64::default).take(entities.div_ceil(64)).collect();
        Self { own, entities, rest: Mutex::default() }
    }

    /// A record was looked at.
    pub(super) fn entity(&self, id: EntityId) {
        match self.entities.get(id.0 as usize / 64) {
            Some(bits) => {
                let bit = 1 << (id.0 % 64);
                if bits.load(Ordering::Relaxed) & bit == 0 {
                    bits.fetch_or(bit, Ordering::Relaxed);
                }
            }
            None => self.whole(),
        }
    }

    /// Another file was looked at.
    pub(super) fn file(&self, id: FileId) {
        if id != self.own {
            self.rest.lock().files.insert(id);
        }
    }

    /// Something was asked and answered.
    pub(super) fn asked(&self, asked: Asked, answer: u64) {
        self.rest.lock().asked.insert(asked, answer);
    }

    /// All was looked at.
    pub(super) fn whole(&self) {
        self.rest.lock().whole = true;
    }

    /// The other files that were looked at, by their numbers.
    #[must_use]
    pub fn files(&self) -> Vec<FileId> {
        let mut files: Vec<FileId> = self.rest.lock().files.iter().copied().collect();
        files.sort_unstable();
        files
    }

    /// What was asked, to be kept. `placed`: the findings tell where records are written.
    #[must_use]
    pub fn depends(&self, prints: &Prints, placed: bool) -> Depends {
        let all = if placed { prints.placed() } else { prints.plain() };
        let mut entities = Vec::new();
        for (word, bits) in self.entities.iter().enumerate() {
            let mut bits = bits.load(Ordering::Relaxed);
            while bits != 0 {
                let number = word * 64 + bits.trailing_zeros() as usize;
                entities.extend(all.get(number));
                bits &= bits - 1;
            }
        }
        let rest = self.rest.lock();
        let mut asked: Vec<_> = rest.asked.iter().map(|(asked, answer)| (asked.clone(), *answer)).collect();
        asked.sort_unstable();
        Depends { entities, placed, asked, whole: rest.whole }
    }
}

impl Depends {
    /// Whether all would be answered as it was, in a corpus that defines other things than then.
    #[must_use]
    pub fn hold(&self, snapshot: &Snapshot, prints: &Prints) -> bool {
        let mut last = None;
        let mut stands = |print: &u64| {
            let number = prints.number(*print, self.placed);
            // Of several that a name may mean the first by number is told first.
            let in_order = number.is_some() && number > last;
            last = number;
            in_order
        };
        !self.whole && self.entities.iter().all(&mut stands) && self.asked.iter().all(|(asked, answer)| snapshot.answer(asked) == *answer)
    }
}

/// The hash of what was found; of nothing it is 0.
pub(super) fn answer_of(found: Option<&str>) -> u64 {
    found.map_or(0, |found| xxh3_64(found.as_bytes()) | 1)
}

impl Asked {
    /// The question of [`Names::dated`].
    pub(super) fn dated(noun: &str, date: Date, written: Option<&str>) -> Self {
        Self::Dated(noun.into(), date.year, date.month, date.day, written.map(Into::into))
    }
}

impl Snapshot {
    /// The same, and what remembers all that is asked of it for the text `own`.
    #[must_use]
    pub fn watched(&self, own: FileId) -> (Self, Arc<Watch>) {
        let watch = Arc::new(Watch::new(own, self.names.rows()));
        (self.with_watch(Some(watch.clone())), watch)
    }

    /// The same, of which nothing is remembered.
    pub(super) fn unwatched(&self) -> Self {
        self.with_watch(None)
    }

    fn with_watch(&self, watch: Option<Arc<Watch>>) -> Self {
        let mut names = Names::clone(&self.names);
        names.watch = watch;
        Self { names: Arc::new(names), ..self.clone() }
    }

    /// What remembers, when something does.
    pub(super) fn watch(&self) -> Option<&Watch> {
        self.names.watch.as_deref()
    }

    fn answer(&self, asked: &Asked) -> u64 {
        let names = self.names();
        let entity = |found: Option<EntityId>| answer_of(found.map(|id| names.id_of(id)));
        let file = |found: Option<FileId>| answer_of(found.map(|id| self.path(id)).as_deref());
        let yes = |is: bool| answer_of(is.then_some(""));
        match asked {
            Asked::Id(id) => entity(names.by_id(id)),
            Asked::OldId(id) => entity(names.by_old_id(id)),
            Asked::Text(id) => file(names.text(id)),
            Asked::Work(key) => file(names.local_text(key)),
            Asked::Symbol(symbol) => entity(names.by_symbol(symbol)),
            Asked::Series(series) => yes(names.has_series(series)),
            Asked::HasDated => yes(names.has_dated()),
            Asked::Dated(noun, year, month, day, written) => {
                entity(names.dated(noun, Date { year: *year, month: *month, day: *day }, written.as_deref()))
            }
            Asked::Nearest(word) => answer_of(names.nearest_id(word)),
            Asked::Path(path) => yes(self.file_at(path).is_some()),
            Asked::Said(path) => self.file_at(path).and_then(|id| self.source_text(id)).map_or(0, |source| self.print_of_said(&source)),
        }
    }

    /// The print of what a text says as a source, as far as it depends on more than its words.
    pub(super) fn print_of_said(&self, source: &super::SourceText) -> u64 {
        let mut words = format!("{:?}", source.language);
        for (from, to, who) in source.said() {
            words.push_str(&format!("\0{from} {to} {}", self.names.id_of(who)));
        }
        answer_of(Some(&words))
    }
}

impl Names {
    /// Remembers a question and what it led to.
    pub(super) fn tell(&self, asked: impl FnOnce() -> Asked, answer: impl FnOnce() -> u64) {
        if let Some(watch) = &self.watch {
            watch.asked(asked(), answer());
        }
    }

    /// Remembers that all was looked at.
    pub(super) fn tell_whole(&self) {
        if let Some(watch) = &self.watch {
            watch.whole();
        }
    }

    /// An entity's id, which nobody remembers to have been asked for.
    pub(super) fn id_of(&self, id: EntityId) -> &str {
        self.entities.get(id.0).map_or("", |entity| entity.record.id.value.as_str())
    }

    /// How many numbers of entities there are.
    fn rows(&self) -> usize {
        self.entities.len()
    }

    /// All names in stretches of a running text, as the gazetteer finds them: `found` hears where the stretch begins, too.
    pub fn scan<'n>(&'n self, text: &str, stretches: impl Iterator<Item = Span>, mut found: impl FnMut(u32, Hit<'n>)) {
        let finder = self.gazetteer.finder();
        let seen = |record: u32| self.looked_at(EntityId(record));
        stretches.for_each(|stretch| finder.scan(stretch.slice(text), |hit| found(stretch.start, hit), &seen));
    }
}
