//! What is known of the findings of files that nobody has open, so that asking for all of them again costs what changed.

use std::collections::HashMap;
use std::path::PathBuf;

use parking_lot::Mutex;

use super::wire::Known;
use super::{NONE, id_of, write_closed};
use crate::corpus::{Annotations, FileId, Ground, Meaning};
use crate::server::analysis::World;
use crate::server::capabilities::Agreed;

/// The names of the lists of findings of all files looked at; the lists themselves are not kept.
#[derive(Debug, Default)]
pub struct Looked(Mutex<HashMap<(PathBuf, FileId), Entry>>);

#[derive(Debug)]
struct Entry {
    state: Known,
    ground: Ground,
    /// The moment of which it is true, when findings depend on what other texts say.
    only_at: Option<u64>,
    id: String,
}

/// What a look at one file came to.
#[derive(Debug)]
pub enum Look {
    /// The client knows all of it.
    Same(String),
    /// The findings as a list, and its name.
    New(String, Vec<u8>),
}

impl Look {
    /// Whether nothing is found.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        matches!(self, Self::New(_, list) if list == NONE)
    }
}

impl Looked {
    /// Looks at a file, of whose findings the client knows the list `told`. `None` when the file is gone.
    #[must_use]
    pub fn look(&self, world: &World, file: FileId, agreed: Agreed, told: Option<&str>) -> Option<Look> {
        let key = (world.root.clone()?, file);
        let state = world.snapshot.file(file)?;
        let (ground, generation) = (world.snapshot.ground(), world.snapshot.generation());
        if let Some(known) = self.0.lock().get(&key).filter(|known| {
            known.state.is(state)
                && known.ground == ground
                && known.only_at.is_none_or(|only| only == generation)
                && told == Some(&known.id)
        }) {
            return Some(Look::Same(known.id.clone()));
        }
        let mut list = Vec::new();
        let notes = write_closed(world, file, agreed, &mut list);
        let id = id_of(&list);
        let only_at = notes.as_deref().is_some_and(points_to_texts).then_some(generation);
        self.0.lock().insert(key, Entry { state: Known::of(file, state), ground, only_at, id: id.clone() });
        Some(if told == Some(&id) { Look::Same(id) } else { Look::New(id, list) })
    }
}

/// Whether places of other texts are named, which change without any name changing.
pub(super) fn points_to_texts(notes: &Annotations) -> bool {
    notes.mentions.iter().any(|m| m.pin.is_some() && matches!(m.meaning, Meaning::Text(_)))
}
