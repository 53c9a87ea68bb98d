//! Which ids a file's change touches, and where the file defines them now.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::{FxBuildHasher, FxHashMap};
use smol_str::SmolStr;

use crate::registry::Record;
use crate::text::Span;

/// Calls `touched` with every id that a file defines which held nothing, as [`Touched::each`] does. A registry may have a million records: few bytes are taken for each.
pub(super) fn each_new(is: &[Arc<Record>], mut touched: impl FnMut(&SmolStr, &[u32])) {
    let id = |index: u32| is.get(index as usize).map_or("", |record: &Arc<Record>| record.id.value.as_str());
    let hash = |id: &str| FxBuildHasher.hash_one(id);
    let mut firsts: HashTable<u32> = HashTable::with_capacity(is.len());
    // The first place of an id, and another, of those that have several.
    let mut again: Vec<(u32, u32)> = Vec::new();
    for (index, record) in (0..).zip(is).filter(|(_, record)| !record.id.value.is_empty()) {
        match firsts.entry(hash(&record.id.value), |first| id(*first) == record.id.value, |first| hash(id(*first))) {
            Entry::Occupied(first) => again.push((*first.get(), index)),
            Entry::Vacant(free) => drop(free.insert(index)),
        }
    }
    drop(firsts);
    let mut further: Vec<u32> = again.iter().map(|(_, index)| *index).collect();
    further.sort_unstable();
    again.sort_unstable();
    let mut places = Vec::new();
    for (index, record) in (0..).zip(is).filter(|(_, record)| !record.id.value.is_empty()) {
        if further.binary_search(&index).is_err() {
            let others = &again[again.partition_point(|(first, _)| *first < index)..];
            places.clear();
            places.push(index);
            places.extend(others.iter().take_while(|(first, _)| *first == index).map(|(_, other)| *other));
            touched(&record.id.value, &places);
        }
    }
}

/// The ids of records that came, went or changed, each with its places among the file's records.
pub(super) struct Touched<'r> {
    ids: Vec<&'r SmolStr>,
    /// The number of an id and one of its places, sorted.
    places: Vec<(u32, u32)>,
}

impl<'r> Touched<'r> {
    /// Of what a file held and what it holds. `moved` is asked of a record that differs from the one before in its place, and answers
    /// whether all that takes is done.
    pub(super) fn of(
        was: &'r [Arc<Record>],
        is: &'r [Arc<Record>],
        mut moved: impl FnMut(u32, &Arc<Record>, &Arc<Record>) -> bool,
    ) -> Self {
        let mut numbers: FxHashMap<&SmolStr, u32> = FxHashMap::default();
        let mut ids = Vec::new();
        let mut touch = |record: &'r Record| {
            let id = &record.id.value;
            if !id.is_empty() {
                numbers.entry(id).or_insert_with(|| {
                    ids.push(id);
                    Span::from(0..ids.len() - 1).end
                });
            }
        };
        for (number, index) in (0_u32..).zip(0..was.len().max(is.len())) {
            let (a, b) = (was.get(index), is.get(index));
            if !(matches!((a, b), (Some(a), Some(b)) if Arc::ptr_eq(a, b) || a == b || moved(number, a, b))) {
                [a, b].into_iter().flatten().for_each(|record| touch(record));
            }
        }
        // A place that stayed as it was counts as well when its id stands elsewhere too.
        let mut places: Vec<(u32, u32)> = Vec::new();
        if !ids.is_empty() {
            let number = |record: &Record| numbers.get(&record.id.value).copied();
            places.extend((0_u32..).zip(is).filter_map(|(index, record)| Some((number(record)?, index))));
            places.sort_unstable();
        }
        Self { ids, places }
    }

    /// Calls `touched` with every id of which records came, went or changed between what a file held and what it holds, and with its
    /// places among those it holds: in the order of the file, so that numbers do not depend on hashes; first those that are gone.
    pub(super) fn each(&self, mut touched: impl FnMut(&SmolStr, &[u32])) {
        let is_there = |number: u32| self.places.binary_search_by_key(&number, |place| place.0).is_ok();
        let mut gone: Vec<&SmolStr> = (0_u32..).zip(&self.ids).filter(|(number, _)| !is_there(*number)).map(|(_, id)| *id).collect();
        gone.sort_unstable();
        for id in gone {
            touched(id, &[]);
        }
        let mut groups: Vec<(u32, u32)> = Vec::new();
        let mut from = 0;
        for group in self.places.chunk_by(|a, b| a.0 == b.0) {
            groups.push((group[0].1, from));
            from += Span::from(0..group.len()).end;
        }
        groups.sort_unstable();
        let mut there = Vec::new();
        for (_, from) in groups {
            let rest = &self.places[from as usize..];
            let count = rest.iter().take_while(|place| place.0 == rest[0].0).count();
            there.clear();
            there.extend(rest[..count].iter().map(|(_, index)| *index));
            touched(self.ids[rest[0].0 as usize], &there);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn records(ids: &[u8]) -> Vec<Arc<Record>> {
        let record = |(at, id): (u32, &u8)| {
            let mut record = Record { span: Span::new(at, at), ..Record::default() };
            record.id.value = if *id == 0 { SmolStr::default() } else { SmolStr::from(format!("id-{id}")) };
            Arc::new(record)
        };
        (0..).zip(ids).map(record).collect()
    }

    proptest! {
        #[test]
        fn a_new_file_is_told_of_as_any_other(ids in prop::collection::vec(0..9_u8, 0..40)) {
            let is = records(&ids);
            let (mut short, mut long) = (Vec::new(), Vec::new());
            each_new(&is, |id, places| short.push((id.clone(), places.to_vec())));
            Touched::of(&[], &is, |_, _, _| false).each(|id, places| long.push((id.clone(), places.to_vec())));
            prop_assert_eq!(short, long);
        }
    }
}
