//! Things by a name half remembered: `lavr`, `Лаврв`, `mnsk pack`, `smm`.
//!
//! All names are folded once to one spelling in one alphabet; a query is folded alike. Their words stand in the order of the alphabet, so
//! that those which begin with the query are found at once. Where they are too few each name is asked: one number tells which
//! letters it has, so that most are passed over without being looked at.

mod fold;
mod keys;
mod score;

use std::cmp::Reverse;
use std::sync::Arc;

use smol_str::SmolStr;

pub(super) use keys::Keys;
pub(super) use score::{Fit, Query};

use super::rows::Row;
use super::{EntityId, FileId, FileState, Snapshot};
use crate::registry::Record;

/// What a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// A record.
    Entity(EntityId),
    /// A text that is no note.
    Text(FileId),
}

/// One thing found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The thing.
    pub thing: Thing,
    /// The name that fits best: an id, a name, an alias, a title.
    pub name: SmolStr,
    /// How well; comparable within one search, the more the better. From 900 on the query begins the name, from 500 on it stands in it.
    pub score: u32,
}

/// How well a thing fits, and by which of its names.
type Found = (Reverse<u32>, Thing, u16);

/// The best of what was found so far: of tens of thousands that fit a little only those are kept that may be shown.
struct Best {
    found: Vec<Found>,
    /// So many are enough: a thing has few names that fit.
    enough: usize,
    /// The last of so many, once there were more.
    last: Option<Found>,
}

impl Snapshot {
    /// The records and texts that a query fits, best first, each once by the name that fits best; at most `limit`. An empty query
    /// fits everything, in order.
    ///
    /// Letters fit in order with others between them; case, accents, `ё`, and the alphabet do not count.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let query = Query::of(query);
        self.first_full(&query, limit, |fit, best| {
            self.search_names(&query, fit, best, |_| true);
            self.search_texts(&query, fit, best);
        })
    }

    /// The same among the records that `wanted` admits, which costs no look at the texts.
    #[must_use]
    pub fn search_records(&self, query: &str, limit: usize, wanted: impl Fn(EntityId) -> bool) -> Vec<Hit> {
        let query = Query::of(query);
        self.first_full(&query, limit, |fit, best| self.search_names(&query, fit, best, &wanted))
    }

    /// What begins so, where that is enough: whatever fits in another way fits worse. Else all that fits.
    fn first_full(&self, query: &Query, limit: usize, search: impl Fn(Fit, &mut Best)) -> Vec<Hit> {
        let by = |fit| {
            let mut best = Best { found: Vec::new(), enough: limit.saturating_mul(8).max(1), last: None };
            search(fit, &mut best);
            best.things(limit)
        };
        let mut things = by(Fit::Beginnings);
        if things.len() < limit && !query.is_begun_alone() {
            things = by(Fit::Any);
        }
        let hit = |(score, thing, name): Found| Hit { thing, name: self.name_of(thing, name), score: score.0 };
        things.into_iter().map(hit).collect()
    }

    fn search_names(&self, query: &Query, fit: Fit, best: &mut Best, wanted: impl Fn(EntityId) -> bool) {
        self.names().search(query, fit, &mut |score, entity, name| {
            let found = (Reverse(score), Thing::Entity(entity), name);
            // A look at a record costs more than the comparison did.
            if best.wants(&found) && wanted(entity) {
                best.take(found);
            }
        });
    }

    fn search_texts(&self, query: &Query, fit: Fit, best: &mut Best) {
        for (first, row) in self.files.rows() {
            text_keys(row).search(query, fit, &mut |score, number, name| {
                let found = (Reverse(score), Thing::Text(FileId(first + number)), name);
                if best.wants(&found) {
                    best.take(found);
                }
            });
        }
    }

    /// The texts of which a name may begin with these words, in order of their numbers: all of which one does, as it is typed, in either
    /// case, without accents, and a few besides.
    pub fn texts_begun_by(&self, words: &str) -> impl Iterator<Item = (FileId, &FileState)> {
        self.names().tell_whole();
        let sought = fold::fold(words);
        self.files.rows().flat_map(move |(first, row)| {
            let texts = text_keys(row).owners_of_beginning(sought.as_bytes()).into_iter().map(move |number| FileId(first + number));
            texts.filter_map(|file| Some((file, self.state(file)?))).filter(|(_, file)| !super::is_outside(&file.path))
        })
    }

    /// Folds all names for search, so that nobody waits for it later.
    pub fn fold_names(&self) {
        self.names().fold_names();
        for (_, row) in self.files.rows() {
            text_keys(row);
        }
    }

    fn name_of(&self, thing: Thing, name: u16) -> SmolStr {
        let name = usize::from(name);
        let found = match thing {
            Thing::Entity(entity) => names_of_record(&self.entity(entity).record).nth(name).map(SmolStr::from),
            Thing::Text(file) => self.file(file).and_then(|f| names_of_text(f).nth(name)),
        };
        found.unwrap_or_default()
    }
}

impl Best {
    /// Whether something found may be among the best.
    fn wants(&self, found: &Found) -> bool {
        self.last.is_none_or(|last| *found < last)
    }

    fn take(&mut self, found: Found) {
        self.found.push(found);
        if self.found.len() == self.enough.saturating_mul(2) {
            self.last = Some(*self.found.select_nth_unstable(self.enough - 1).1);
            self.found.truncate(self.enough);
        }
    }

    /// The best of each thing, in order.
    fn things(mut self, limit: usize) -> Vec<Found> {
        if self.found.len() > self.enough {
            self.found.select_nth_unstable(self.enough);
            self.found.truncate(self.enough);
        }
        self.found.sort_unstable();
        let mut seen = rustc_hash::FxHashSet::default();
        self.found.retain(|f| seen.insert(f.1));
        self.found.truncate(limit);
        self.found
    }
}

/// The names of the texts of a row.
fn text_keys(row: &Row<Option<Arc<FileState>>>) -> &Keys {
    row.keys(|| {
        let texts = row.iter().filter_map(|(number, file)| Some((number, file.as_deref()?)));
        Keys::of(texts.map(|(number, file)| (number, names_of_text(file))))
    })
}

/// All that a record may be searched by, its id first.
pub(super) fn names_of_record(record: &Record) -> impl Iterator<Item = &str> {
    let roles = record.roles.iter().flat_map(|r| std::iter::once(r.title.value.as_str()).chain(r.aliases.iter().map(|a| a.text.as_str())));
    std::iter::once(record.id.value.as_str())
        .chain(record.own_names().map(|n| n.value))
        .chain(record.symbol.iter().map(|s| s.value.as_str()))
        .chain(roles)
        .chain(record.source.iter().filter_map(|s| s.authors.first()).map(|(family, _)| family.as_str()))
}

/// All that a text may be searched by, unless it is a note: its id or stem, its title.
pub(super) fn names_of_text(file: &FileState) -> impl Iterator<Item = SmolStr> {
    let own = super::change::own_id(file);
    let title = own.is_some().then_some(()).and(file.facts.head.title.as_ref()).map(|(title, _)| SmolStr::from(title.as_str()));
    own.into_iter().chain(title)
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;
    use proptest::prelude::*;

    const CORPUS: &str = "-- registry.yaml
- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Сергей Лавров]}
- {id: minsk-package, type: agreement, name: Package of Measures, aliases: [Minsk agreements]}
- {id: osce-smm, type: org, name: OSCE Special Monitoring Mission}
- {id: slavgorod, type: place, name: Славгород}
-- texts/a-note-on-force.md
---
title: Force and its measure
---
Words.
";

    fn found(query: &str) -> Vec<String> {
        Fixture::parse(CORPUS).snapshot().search(query, 3).into_iter().map(|h| h.name.to_string()).collect()
    }

    #[test]
    fn a_name_is_found_in_either_alphabet_and_with_letters_missing() {
        assert_eq!(found("lavr")[0], "lavrov");
        assert_eq!(found("лавр")[0], "lavrov");
        assert_eq!(found("Сергей Л")[0], "Sergey Lavrov");
        assert_eq!(found("slavgorod")[0], "slavgorod");
        assert_eq!(found("mnsk pck")[0], "minsk-package");
        assert_eq!(found("measures pack")[0], "Package of Measures");
        assert_eq!(found("osmm")[0], "OSCE Special Monitoring Mission");
        assert_eq!(found("force meas")[0], "Force and its measure");
        assert_eq!(found("zzz"), Vec::<String>::new());
    }

    #[test]
    fn a_thing_is_found_once_and_nothing_asked_finds_everything() {
        assert_eq!(found("lavrov"), ["lavrov", "slavgorod"][..1]);
        assert_eq!(found("").len(), 3);
    }

    proptest! {
        #[test]
        fn a_text_is_found_by_every_beginning_of_its_names(
            titles in prop::collection::vec("[A-Cа-вЁй'é–][a-cа-вё'é /–-]{0,6}[a-cа-в]", 1..20),
            at in any::<prop::sample::Index>(),
            long in any::<prop::sample::Index>(),
        ) {
            let texts: String = titles.iter().enumerate().map(|(n, title)| format!("-- t{n}.md\n---\ntitle: \"{title}\"\n---\nWords.\n")).collect();
            let snapshot = Fixture::parse(&texts).snapshot();
            let (number, title) = (at.index(titles.len()), at.get(&titles));
            let ends: Vec<usize> = title.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
            for words in [&title[..*long.get(&ends)], &format!("t{number}")] {
                let found: Vec<_> = snapshot.texts_begun_by(words).map(|(id, _)| id).collect();
                let text = snapshot.file_at(&format!("t{number}.md")).expect("a text");
                prop_assert!(found.contains(&text));
                prop_assert!(found.is_sorted());
            }
        }

        #[test]
        fn the_best_are_the_same_however_many_are_wanted(
            names in prop::collection::vec("(na|to|of|tn|an|nato)( (na|to|of|ton))?( (a|n|nat))?", 1..40),
            query in "(n|na|to|nato|of|t o|na to|an to|tna)?",
            limit in 1usize..6,
        ) {
            let rows: String = names.iter().enumerate().map(|(n, name)| format!("- {{id: x{n}, type: org, name: {name}}}\n")).collect();
            let fixture = Fixture::parse(&format!("-- registry.yaml\n{rows}-- a.md\nWords.\n"));
            let snapshot = fixture.snapshot();
            let all = snapshot.search(&query, 10_000);
            prop_assert_eq!(snapshot.search(&query, limit), all.into_iter().take(limit).collect::<Vec<_>>());
        }
    }
}
