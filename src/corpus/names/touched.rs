//! Which ids a file's change touches, and where the file defines them now.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::registry::Record;
use crate::text::Span;

/// The ids of records that came, went or changed, each with its places among the file's records.
///
/// A registry may have a million: nothing is allocated for each.
pub(super) struct Touched<'r> {
    ids: Vec<&'r SmolStr>,
    /// The number of an id and one of its places, sorted.
    places: Vec<(u32, u32)>,
}

impl<'r> Touched<'r> {
    /// Of what a file held and what it holds.
    pub(super) fn of(was: &'r [Arc<Record>], is: &'r [Arc<Record>]) -> Self {
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
        for index in 0..was.len().max(is.len()) {
            let (a, b) = (was.get(index), is.get(index));
            if !(matches!((a, b), (Some(a), Some(b)) if Arc::ptr_eq(a, b) || a == b)) {
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

    /// Every id with its places, in the order of the file, so that numbers do not depend on hashes; first those that are gone.
    pub(super) fn each(&self, mut touched: impl FnMut(&SmolStr, &[(u32, u32)])) {
        let there = |number: u32| self.places.binary_search_by_key(&number, |place| place.0).is_ok();
        let mut gone: Vec<&SmolStr> = (0_u32..).zip(&self.ids).filter(|(number, _)| !there(*number)).map(|(_, id)| *id).collect();
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
        for (_, from) in groups {
            let rest = &self.places[from as usize..];
            let count = rest.iter().take_while(|place| place.0 == rest[0].0).count();
            touched(self.ids[rest[0].0 as usize], &rest[..count]);
        }
    }
}
