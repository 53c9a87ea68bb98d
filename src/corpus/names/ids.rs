//! Entities by their ids: numbers only, since the ids themselves stand in the records.

use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

/// So many parts: with a hundred thousand ids a change copies four hundred.
const PARTS: usize = 256;

/// Numbers by ids; copies share what does not change. Whoever asks says which id a number has.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    parts: Arc<Vec<Arc<HashTable<u32>>>>,
}

fn hash(id: &str) -> u64 {
    FxBuildHasher.hash_one(id)
}

fn part(hash: u64) -> usize {
    // The table of a part looks at the hash's other ends.
    (hash >> 24) as usize % PARTS
}

impl Ids {
    /// The number of an id.
    pub(super) fn get<'a>(&self, id: &str, id_of: impl Fn(u32) -> &'a str) -> Option<u32> {
        let hash = hash(id);
        self.parts.get(part(hash))?.find(hash, |number| id_of(*number) == id).copied()
    }

    /// Sets the number of an id, which `id_of` must know.
    pub(super) fn insert<'a>(&mut self, id: &str, number: u32, id_of: impl Fn(u32) -> &'a str) {
        let parts = Arc::make_mut(&mut self.parts);
        if parts.is_empty() {
            parts.resize_with(PARTS, Arc::default);
        }
        let hash = hash(id);
        let part = Arc::make_mut(&mut parts[part(hash)]);
        match part.entry(hash, |known| id_of(*known) == id, |known| self::hash(id_of(*known))) {
            Entry::Occupied(mut known) => *known.get_mut() = number,
            Entry::Vacant(free) => drop(free.insert(number)),
        }
    }

    /// Takes an id out, which `id_of` must still know.
    pub(super) fn remove<'a>(&mut self, id: &str, id_of: impl Fn(u32) -> &'a str) {
        let hash = hash(id);
        let same = |number: &u32| id_of(*number) == id;
        // What is not there need not be copied to be taken out.
        if self.parts.get(part(hash)).is_some_and(|part| part.find(hash, same).is_some())
            && let Ok(known) = Arc::make_mut(&mut Arc::make_mut(&mut self.parts)[part(hash)]).find_entry(hash, same)
        {
            known.remove();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stays_as_it_was() {
        let all: Vec<String> = (0..2000).map(|n| format!("id-{n}")).collect();
        let id_of = |number: u32| all[number as usize].as_str();
        let mut ids = Ids::default();
        assert_eq!(ids.get("id-1", id_of), None);
        ids.remove("id-1", id_of);
        for (number, id) in (0..).zip(&all[..1000]) {
            ids.insert(id, number, id_of);
        }
        let before = ids.clone();
        ids.remove("id-8", id_of);
        ids.insert("id-1500", 1500, id_of);
        let numbers = |ids: &Ids| ["id-7", "id-8", "id-999", "id-1500"].map(|id| ids.get(id, id_of));
        assert_eq!(numbers(&ids), [Some(7), None, Some(999), Some(1500)]);
        assert_eq!(numbers(&before), [Some(7), Some(8), Some(999), None]);
    }
}
