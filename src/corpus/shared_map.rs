//! A map that snapshots share: a change copies one part of many, not the whole.

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

/// So many parts: with a hundred thousand entries a change copies four hundred.
const PARTS: usize = 256;

/// A map of which copies are cheap, and changes to them too.
#[derive(Clone, Debug)]
pub(super) struct SharedMap<K, V> {
    parts: Arc<Vec<Arc<FxHashMap<K, V>>>>,
}

impl<K, V> Default for SharedMap<K, V> {
    fn default() -> Self {
        Self { parts: Arc::default() }
    }
}

fn part<Q: Hash + ?Sized>(key: &Q) -> usize {
    // The map of a part looks at the hash's other end.
    (FxBuildHasher.hash_one(key) >> 24) as usize % PARTS
}

impl<K: Hash + Eq + Clone, V: Clone> SharedMap<K, V> {
    /// The value of a key.
    pub(super) fn get<Q: Hash + Eq + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.parts.get(part(key))?.get(key)
    }

    /// Sets the value of a key; answers the one it had.
    pub(super) fn insert(&mut self, key: K, value: V) -> Option<V> {
        self.of(&key).insert(key, value)
    }

    /// Takes a key out.
    pub(super) fn remove<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        // What is not there need not be copied to be taken out.
        self.get(key)?;
        self.of(key).remove(key)
    }

    /// All entries, in no order that means anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.parts.iter().flat_map(|part| part.iter())
    }

    fn of<Q: Hash + ?Sized>(&mut self, key: &Q) -> &mut FxHashMap<K, V> {
        let parts = Arc::make_mut(&mut self.parts);
        if parts.is_empty() {
            parts.resize_with(PARTS, Arc::default);
        }
        Arc::make_mut(&mut parts[part(key)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stays_as_it_was() {
        let mut map: SharedMap<u32, u32> = SharedMap::default();
        assert_eq!(map.get(&1), None);
        assert_eq!(map.remove(&1), None);
        for n in 0..1000 {
            map.insert(n, n * 2);
        }
        let before = map.clone();
        assert_eq!([map.insert(7, 0), map.remove(&8), map.remove(&8)], [Some(14), Some(16), None]);
        assert_eq!((map.get(&7), map.get(&8), map.get(&9)), (Some(&0), None, Some(&18)));
        assert_eq!((before.get(&7), before.get(&8), before.iter().count()), (Some(&14), Some(&16), 1000));
    }
}
