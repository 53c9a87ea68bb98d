//! Which record names which other in its relations, both ways.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{EntityId, FileId, RecordAt, Snapshot};
use crate::text::Span;

/// One relation of a record, seen from one of its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relative {
    /// `endorses`, `implements` …
    pub relation: SmolStr,
    /// The record at the other end.
    pub entity: EntityId,
    /// The file that says so.
    pub file: FileId,
    /// The id in it that names the target.
    pub span: Span,
}

/// For each record those that name it.
pub(super) type Inverse = FxHashMap<EntityId, Vec<Relative>>;

impl Snapshot {
    /// The records that `entity` names: what it endorses, amends, belongs to. In the order written.
    #[must_use]
    pub fn relations_of(&self, entity: EntityId) -> Vec<Relative> {
        let Some(known) = self.names().get(entity) else { return Vec::new() };
        let mut out = Vec::new();
        for at in std::iter::once(known.home).chain(known.others.iter().copied()) {
            self.relations_at(at, |relative| out.push(relative));
        }
        out
    }

    /// The records that name `entity`: what endorses or amends it, who belongs to it. In the order of files and records.
    #[must_use]
    pub fn relations_to(&self, entity: EntityId) -> &[Relative] {
        self.names().inverse.get_or_init(|| self.inverse()).get(&entity).map(Vec::as_slice).unwrap_or_default()
    }

    fn inverse(&self) -> Inverse {
        let mut all = Inverse::default();
        for (from, entity) in self.names().entities() {
            for at in std::iter::once(entity.home).chain(entity.others.iter().copied()) {
                self.relations_at(at, |relative| {
                    let to = relative.entity;
                    all.entry(to).or_default().push(Relative { entity: from, ..relative });
                });
            }
        }
        for of_one in all.values_mut() {
            of_one.sort_by_cached_key(|r| (self.path(r.file), r.span));
        }
        all
    }

    fn relations_at(&self, at: RecordAt, mut each: impl FnMut(Relative)) {
        let Some(record) = self.record_at(at) else { return };
        for relation in &record.relations {
            if let Some(entity) = self.entity_of(&relation.target.value) {
                each(Relative { relation: relation.name.clone(), entity, file: at.file, span: relation.target.span });
            }
        }
    }
}
