//! Things by a name half remembered: `lavr`, `Лаврв`, `mnsk pack`, `smm`.
//!
//! All names are folded once to one spelling in one alphabet; a query is folded alike. One number a name tells which
//! letters it has, so that most are passed over without being looked at.

mod fold;
mod keys;
mod score;

use std::cmp::Reverse;

use smol_str::SmolStr;

pub(super) use keys::Keys;
pub(super) use score::{Fit, Query};

use super::{EntityId, FileId, Snapshot};
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

impl Snapshot {
    /// The records and texts that a query fits, best first, each once by the name that fits best; at most `limit`. An empty query
    /// fits everything, in order.
    ///
    /// Letters fit in order with others between them; case, accents, `ё`, and the alphabet do not count.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let query = Query::of(query);
        first_full(limit, |fit| {
            let mut found = self.search_names(&query, fit);
            self.search_texts(&query, fit, &mut |score, file, name| found.push((Reverse(score), Thing::Text(file), name)));
            self.best(found, limit)
        })
    }

    /// The same among the records that `wanted` admits, which costs no look at the texts.
    #[must_use]
    pub fn search_records(&self, query: &str, limit: usize, wanted: impl Fn(EntityId) -> bool) -> Vec<Hit> {
        let query = Query::of(query);
        let wanted = |f: &Found| matches!(f.1, Thing::Entity(entity) if wanted(entity));
        first_full(limit, |fit| {
            let mut found = self.search_names(&query, fit);
            // Of thousands that fit a little only the best are looked at: a look costs more than the comparison did.
            let enough = limit.saturating_mul(8);
            if found.len() > enough && enough > 0 {
                found.select_nth_unstable(enough);
                let best = self.best(found[..enough].iter().copied().filter(wanted).collect(), limit);
                if best.len() == limit {
                    return best;
                }
            }
            found.retain(wanted);
            self.best(found, limit)
        })
    }

    fn search_names(&self, query: &Query, fit: Fit) -> Vec<Found> {
        let mut found = Vec::new();
        self.names().search(query, fit, &mut |score, entity, name| found.push((Reverse(score), Thing::Entity(entity), name)));
        found
    }

    fn best(&self, mut found: Vec<Found>, limit: usize) -> Vec<Hit> {
        // Sorting only what may be shown: a thing has few names that fit.
        let enough = limit.saturating_mul(8);
        if found.len() > enough && enough > 0 {
            found.select_nth_unstable(enough);
            found.truncate(enough);
        }
        found.sort_unstable();
        let mut seen = rustc_hash::FxHashSet::default();
        found.retain(|f| seen.insert(f.1));
        found.truncate(limit);
        let hit = |(score, thing, name): Found| Hit { thing, name: self.name_of(thing, name), score: score.0 };
        found.into_iter().map(hit).collect()
    }

    fn name_of(&self, thing: Thing, name: u16) -> SmolStr {
        let name = usize::from(name);
        let found = match thing {
            Thing::Entity(entity) => names_of_record(&self.entity(entity).record).nth(name).map(SmolStr::from),
            Thing::Text(file) => self.file(file).and_then(|f| names_of_text(f).nth(name)),
        };
        found.unwrap_or_default()
    }

    fn search_texts(&self, query: &Query, fit: Fit, found: &mut dyn FnMut(u32, FileId, u16)) {
        for (first, row) in self.files.rows() {
            let keys = row.keys.get_or_init(|| {
                let mut keys = Keys::default();
                for (number, file) in row.iter().filter_map(|(n, f)| Some((n, f.as_deref()?))) {
                    names_of_text(file).for_each(|name| keys.add(number, &name));
                }
                keys
            });
            keys.search(query, fit, &mut |score, number, name| found(score, FileId(first + number), name));
        }
    }
}

/// What begins so, where that is enough: whatever fits in another way fits worse. Else all that fits.
fn first_full(limit: usize, search: impl Fn(Fit) -> Vec<Hit>) -> Vec<Hit> {
    let best = search(Fit::Beginnings);
    if best.len() == limit { best } else { search(Fit::Any) }
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
pub(super) fn names_of_text(file: &super::FileState) -> impl Iterator<Item = SmolStr> {
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
