//! What each record says, told in a few bytes, with or without its places in its file.

use std::sync::OnceLock;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::{Entity, EntityId};
use crate::corpus::Snapshot;
use crate::registry::{Alias, CaseOverride, DateRange, Rare, Record, RecordKind, Source, Spanned};
use crate::text::Span;
use smol_str::SmolStr;

/// The prints of all records of a corpus, by their numbers.
pub struct Prints {
    snapshot: Snapshot,
    plain: Vec<u64>,
    placed: OnceLock<Vec<u64>>,
    numbers: [OnceLock<FxHashMap<u64, u32>>; 2],
}

impl Prints {
    /// Of the records of a snapshot.
    #[must_use]
    pub fn of(snapshot: &Snapshot) -> Self {
        let numbers: Vec<u32> = (0..).take(snapshot.names.entities.len()).collect();
        let print = |bytes: &mut Vec<u8>, number: &u32| print_of(snapshot, *number, false, bytes);
        let plain = numbers.par_iter().with_min_len(512).map_init(Vec::new, print).collect();
        Self { snapshot: snapshot.clone(), plain, placed: OnceLock::new(), numbers: Default::default() }
    }

    /// What each says, wherever it says it in its file.
    pub fn plain(&self) -> &[u64] {
        &self.plain
    }

    /// What each says and where.
    pub fn placed(&self) -> &[u64] {
        // By one thread alone: one that waited for others would take up work that waits for this.
        self.placed.get_or_init(|| {
            let mut bytes = Vec::new();
            (0..).take(self.plain.len()).map(|number| print_of(&self.snapshot, number, true, &mut bytes)).collect()
        })
    }

    /// The number of the record with a print.
    #[must_use]
    pub fn number(&self, print: u64, placed: bool) -> Option<u32> {
        let all = if placed { self.placed() } else { self.plain() };
        let numbers = self.numbers[usize::from(placed)].get_or_init(|| all.iter().copied().zip(0..).collect());
        numbers.get(&print).copied()
    }

    /// The names of the records whose prints are not among `known`, which is sorted.
    #[must_use]
    pub fn new_names(&self, known: &[u64]) -> Vec<SmolStr> {
        let mut all = FxHashSet::default();
        for (&print, number) in self.plain().iter().zip(0..) {
            if known.binary_search(&print).is_err()
                && let Some(entity) = self.snapshot.names.get_silently(EntityId(number)).filter(|e| e.record.kind != RecordKind::Source)
            {
                entity.record.each_name(number, |name, _| {
                    all.insert(SmolStr::from(name.text));
                });
            }
        }
        all.into_iter().collect()
    }
}

/// The print of a record by its number; what is hashed is put together in `bytes`.
fn print_of(snapshot: &Snapshot, number: u32, placed: bool, bytes: &mut Vec<u8>) -> u64 {
    bytes.clear();
    if let Some(entity) = snapshot.names.entities.get(number) {
        write(snapshot, entity, placed, bytes);
    }
    xxh3_64(bytes)
}

fn write(snapshot: &Snapshot, entity: &Entity, placed: bool, bytes: &mut Vec<u8>) {
    let mut out = Writer { bytes, placed };
    out.record(&entity.record);
    for at in entity.places() {
        out.word(&snapshot.path(at.file));
        if placed {
            out.number(at.index);
        }
    }
}

struct Writer<'b> {
    bytes: &'b mut Vec<u8>,
    placed: bool,
}

impl Writer<'_> {
    fn number(&mut self, number: u32) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        self.number(Span::from(0..count).end);
    }

    fn word(&mut self, word: &str) {
        self.count(word.len());
        self.bytes.extend_from_slice(word.as_bytes());
    }

    fn place(&mut self, span: Span) {
        if self.placed {
            self.number(span.start);
            self.number(span.end);
        }
    }

    fn spanned(&mut self, one: &Spanned<SmolStr>) {
        self.word(&one.value);
        self.place(one.span);
    }

    fn maybe<T>(&mut self, one: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.bytes.push(u8::from(one.is_some()));
        if let Some(one) = one {
            write(self, one);
        }
    }

    fn list<T>(&mut self, list: &[T], write: impl Fn(&mut Self, &T)) {
        self.count(list.len());
        for one in list {
            write(self, one);
        }
    }

    fn name(&mut self, name: Spanned<&str>) {
        self.word(name.value);
        self.place(name.span);
    }

    fn alias(&mut self, alias: &Alias) {
        self.word(&alias.text);
        self.place(alias.span);
    }

    fn range(&mut self, range: &DateRange) {
        self.maybe(range.from.as_ref(), Self::spanned);
        self.maybe(range.to.as_ref(), Self::spanned);
    }

    fn record(&mut self, record: &Record) {
        // Every field is named, so that one added to records is thought of here.
        let Record { id, span, kind, written: _, rare: _ } = record;
        let Rare { roles, symbol, date, citable, parts, relations, same_as, formerly, case, source, note } = &**record;
        self.spanned(id);
        self.place(*span);
        self.bytes.push(u8::from(matches!(kind, RecordKind::Declared(_))));
        self.word(kind.word());
        self.maybe(record.kind_span().as_ref(), |out, span| out.place(*span));
        self.maybe(record.name().as_ref(), |out, name| out.name(*name));
        self.count(record.aliases().len());
        record.aliases().for_each(|alias| self.name(alias));
        self.list(roles, |out, role| {
            out.place(role.span);
            out.spanned(&role.title);
            out.range(&role.during);
            out.list(&role.aliases, Self::alias);
        });
        self.maybe(symbol.as_ref(), Self::spanned);
        self.maybe(date.as_ref(), Self::spanned);
        self.bytes.push(u8::from(*citable));
        self.list(parts, Self::spanned);
        self.list(relations, |out, relation| {
            out.word(&relation.name);
            out.spanned(&relation.target);
        });
        self.list(same_as, Self::spanned);
        self.list(formerly, Self::spanned);
        self.bytes.push(match case {
            None => 0,
            Some(CaseOverride::Exact) => 1,
            Some(CaseOverride::Folded) => 2,
        });
        self.maybe(source.as_ref(), |out, source| out.source(source));
        self.maybe(note.as_ref(), Self::spanned);
    }

    fn source(&mut self, source: &Source) {
        let Source { work, authors, container, publisher, pages, url, doi, accessed, archived, file, sha256, origin, lang } = source;
        self.word(work);
        self.list(authors, |out, (family, given)| {
            out.word(family);
            out.word(given);
        });
        for word in [container, publisher, pages, doi, accessed, archived, sha256, origin, lang] {
            self.maybe(word.as_ref(), |out, word| out.word(word));
        }
        self.maybe(url.as_ref(), Self::spanned);
        self.maybe(file.as_ref(), Self::spanned);
    }
}
