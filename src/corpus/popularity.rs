//! How often each record is named in the corpus: what an author of it is likely to name next.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::{EntityId, FileKind, FileState, Found, Snapshot};

/// How often each record is named by marks. Counted once for as long as ids stay what they are: for an order of
/// likelihood yesterday's count is as good as today's. Where ids came or went the last count serves until somebody has the time to count
/// anew: who types an id changes the ids with every key.
#[derive(Debug, Default)]
pub(super) struct Counted {
    now: OnceLock<Arc<Popularity>>,
    before: Option<Arc<Popularity>>,
}

/// How often each record is named by marks.
#[derive(Debug, Default)]
pub struct Popularity {
    counts: FxHashMap<EntityId, u32>,
    /// The records that are named at all, the most often named first.
    order: Vec<EntityId>,
}

impl Counted {
    /// For ids that are others.
    pub(super) fn outdated(&self) -> Self {
        Self { now: OnceLock::new(), before: self.now.get().or(self.before.as_ref()).cloned() }
    }
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
        known.now.get().or(known.before.as_ref()).map(|known| &**known).or_else(|| self.count_popularity())
    }

    /// The same, counted by the ids as they are now.
    #[must_use]
    pub fn count_popularity(&self) -> Option<&Popularity> {
        let known = &self.names().popularity.now;
        let unread = |file: &FileState| {
            !matches!(file.kind, FileKind::Sidecar | FileKind::Config) && file.held.is_none() && file.marked.get().is_none()
        };
        if let Some(known) = known.get() {
            return Some(known);
        }
        if self.files().any(|(_, file)| unread(file)) {
            return None;
        }
        // Counted first: who asks meanwhile waits for nobody.
        let counted = Arc::new(self.counted());
        Some(known.get_or_init(|| counted))
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
    use std::sync::Arc;

    use crate::corpus::{Change, Corpus, FileInput, FileKind, RegistryFormat, Snapshot};
    use crate::fixture::Fixture;
    use crate::syntax::Format;

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
    #[test]
    fn the_last_count_serves_until_it_is_counted_anew() {
        let mut corpus = Corpus::new(Arc::new(()));
        let text = FileInput::open("x.md", FileKind::Text(Format::Markdown), "[[a]] [[b]]\n".into());
        corpus.apply(Change { config: None, files: vec![("x.md".into(), Some(text))] });
        let count = |snapshot: &Snapshot, id: &str| {
            let id = snapshot.names().by_id(id).expect("known");
            snapshot.popularity().map(|p| p.count(id))
        };
        let mut write = |records: &str| {
            let input = FileInput::open("registry.yaml", FileKind::Registry(RegistryFormat::Yaml), records.into());
            corpus.apply(Change { config: None, files: vec![("registry.yaml".into(), Some(input))] });
            corpus.snapshot()
        };
        assert_eq!(count(&write("- {id: a, type: org}\n"), "a"), Some(1));
        let snapshot = write("- {id: a, type: org}\n- {id: b, type: org}\n");
        assert_eq!((count(&snapshot, "a"), count(&snapshot, "b")), (Some(1), Some(0)));
        assert!(snapshot.count_popularity().is_some());
        assert_eq!((count(&snapshot, "a"), count(&snapshot, "b")), (Some(1), Some(1)));
        let renamed = write("- {id: a, type: org, name: A}\n- {id: b, type: org}\n");
        assert_eq!(count(&renamed, "b"), Some(1), "another name changes no count");
    }
}
