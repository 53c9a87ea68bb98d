//! How often each record is named in the corpus: what an author of it is likely to name next.

use rustc_hash::FxHashMap;

use super::{EntityId, FileKind, FileState, Found, Snapshot};

/// How often each record is named by marks. Counted once for as long as names stay what they are: for an order of
/// likelihood yesterday's count is as good as today's.
#[derive(Debug, Default)]
pub struct Popularity {
    counts: FxHashMap<EntityId, u32>,
    /// The records that are named at all, the most often named first.
    order: Vec<EntityId>,
}

impl Popularity {
    /// How often a record is named.
    #[must_use]
    pub fn count(&self, entity: EntityId) -> u32 {
        self.counts.get(&entity).copied().unwrap_or(0)
    }

    /// The records that are named at all, the most often named first.
    #[must_use]
    pub fn order(&self) -> &[EntityId] {
        &self.order
    }
}

impl Snapshot {
    /// How often each record is named; `None` while closed files have not all been read for it.
    #[must_use]
    pub fn popularity(&self) -> Option<&Popularity> {
        self.names().tell_whole();
        let known = &self.names().popularity;
        if let Some(popularity) = known.get() {
            return Some(popularity);
        }
        let unread = |file: &FileState| {
            !matches!(file.kind, FileKind::Sidecar | FileKind::Config) && file.held.is_none() && file.marked.get().is_none()
        };
        if self.files().any(|(_, file)| unread(file)) {
            return None;
        }
        Some(known.get_or_init(|| self.counted()))
    }

    fn counted(&self) -> Popularity {
        let mut counts: FxHashMap<EntityId, u32> = FxHashMap::default();
        for uses in self.files().filter_map(|(id, _)| self.marked_uses(id)) {
            for group in uses.groups() {
                if let Some(Found::Entity(entity) | Found::Renamed(entity)) = self.lookup(group.name) {
                    *counts.entry(entity).or_default() += group.count;
                }
            }
        }
        let mut order: Vec<EntityId> = counts.keys().copied().collect();
        order.sort_unstable_by_key(|id| (std::cmp::Reverse(counts.get(id).copied()), *id));
        Popularity { counts, order }
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Fixture;

    #[test]
    fn what_is_named_most_often_comes_first() {
        let snapshot = Fixture::parse(
            "-- registry.yaml\n- {id: a, type: org}\n- {id: b, type: org}\n- {id: c, type: org}\n-- x.md\n[[b]] [[b]] [[a]]\n-- y.md\n[[b]]\n",
        )
        .snapshot();
        let popularity = snapshot.popularity().expect("all is held");
        let id = |name: &str| snapshot.names().by_id(name).expect("known");
        assert_eq!(popularity.order(), [id("b"), id("a")]);
        assert_eq!(["a", "b", "c"].map(|name| popularity.count(id(name))), [1, 3, 0]);
    }
}
