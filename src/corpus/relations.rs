//! Which record names which other in its relations, both ways.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{EntityId, RecordAt, Snapshot};
use crate::text::Span;

/// One relation of a record, seen from one of its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// `endorses`, `implements` …
    pub relation: SmolStr,
    /// The record at the other end.
    pub entity: EntityId,
}

/// For each record those that name it.
pub(super) type Inverse = FxHashMap<EntityId, Vec<Relative>>;

impl Snapshot {
    /// The records that `entity` names: what it endorses, amends, belongs to. In the order written.
    #[must_use]
    pub fn relations_of(&self, entity: EntityId) -> Vec<Relative> {
        let Some(known) = self.names().get(entity) else { return Vec::new() };
        let mut out = Vec::new();
        for at in known.places() {
            self.relations_at(at, |relative, _| out.push(relative));
        }
        out
    }

    /// The records that name `entity`: what endorses or amends it, who belongs to it. In the order of files and records.
    #[must_use]
    pub fn relations_to(&self, entity: EntityId) -> &[Relative] {
        self.names().tell_whole();
        self.names().inverse.get_or_init(|| self.inverse()).get(&entity).map(Vec::as_slice).unwrap_or_default()
    }

    fn inverse(&self) -> Inverse {
        let mut all: FxHashMap<EntityId, Vec<(SmolStr, Span, Relative)>> = FxHashMap::default();
        for (from, entity) in self.names().entities() {
            for at in entity.places() {
                self.relations_at(at, |relative, span| {
                    let (to, path) = (relative.entity, self.path(at.file));
                    all.entry(to).or_default().push((path, span, Relative { entity: from, ..relative }));
                });
            }
        }
        let in_order = |(to, mut of_one): (EntityId, Vec<(SmolStr, Span, Relative)>)| {
            of_one.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
            (to, of_one.into_iter().map(|(_, _, relative)| relative).collect())
        };
        all.into_iter().map(in_order).collect()
    }

    fn relations_at(&self, at: RecordAt, mut each: impl FnMut(Relative, Span)) {
        let Some(record) = self.record_at(at) else { return };
        for relation in &record.relations {
            if let Some(entity) = self.entity_of(&relation.target.value) {
                each(Relative { relation: relation.name.clone(), entity }, relation.target.span);
            }
        }
    }
}
