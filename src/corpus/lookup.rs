//! What a name means.

use super::watch::{Asked, answer_of};
use super::{EntityId, FileId, Snapshot};
use crate::registry::unsc::{self, Resolution};

/// What an id, key or symbol's normal id leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// A record of the corpus.
    Entity(EntityId),
    /// A record of the corpus that no longer bears this id.
    Renamed(EntityId),
    /// A text of the corpus.
    Text(FileId),
    /// A resolution that only the built-in table knows.
    Resolution(Resolution),
}

impl Snapshot {
    /// What an id or citation key leads to.
    #[must_use]
    pub fn lookup(&self, id: &str) -> Option<Found> {
        let names = self.names();
        names
            .by_id(id)
            .map(Found::Entity)
            .or_else(|| self.text_of_id(id).map(Found::Text))
            .or_else(|| names.by_old_id(id).map(Found::Renamed))
            .or_else(|| built_in(id).map(Found::Resolution))
    }

    /// The text (no note) of an id or file stem.
    fn text_of_id(&self, id: &str) -> Option<FileId> {
        let found = self.names().text(id);
        self.names().tell(|| Asked::Text(id.into()), || answer_of(found.map(|file| self.path(file)).as_deref()));
        found
    }

    /// The record an id leads to, an old id included.
    #[must_use]
    pub fn entity_of(&self, id: &str) -> Option<EntityId> {
        match self.lookup(id)? {
            Found::Entity(entity) | Found::Renamed(entity) => Some(entity),
            Found::Text(_) | Found::Resolution(_) => None,
        }
    }
}

/// The built-in resolution that `unsc-N` names.
fn built_in(id: &str) -> Option<Resolution> {
    let number = id.strip_prefix("unsc-")?;
    if number.starts_with('0') {
        return None;
    }
    unsc::resolution(number.parse().ok()?)
}
