//! Where is it declared? Where its id is given, not where its words are: an instrument's record, the list that names a note's
//! pinpoints, the entry of a registry.

use super::{Definition, FilePosition, Target};
use crate::corpus::{EntityId, Place, Snapshot, Symbol};

/// Where the thing at a place is declared; for what is declared nowhere else, where it is defined.
#[must_use]
pub fn declaration(snapshot: &Snapshot, at: FilePosition) -> Option<Definition> {
    let found = snapshot.symbol_at(at.file, at.offset);
    let named = found.and_then(|found| {
        let targets = match &found.symbol {
            Symbol::Entity(entity, pin) => of_entity(snapshot, *entity, pin.as_deref()),
            symbol => Target::all(snapshot, symbol),
        };
        Definition::new(found.span, targets)
    });
    named.or_else(|| Definition::of_no_name(snapshot, at))
}

/// The entry of `parts:` that declares the pinpoint; else the records, those of lists first: a list declares what a note defines.
fn of_entity(snapshot: &Snapshot, entity: EntityId, pin: Option<&str>) -> Vec<Target> {
    let home = snapshot.entity(entity).home;
    let parts = snapshot.record_at(home).map(|record| record.parts.as_slice()).unwrap_or_default();
    if let Some(part) = parts.iter().find(|part| pin == Some(part.value.as_str())) {
        return vec![Target::Place(Place { file: home.file, span: part.span, full: part.span })];
    }
    let mut places = snapshot.definitions(&Symbol::Entity(entity, None));
    places.sort_by_key(|place| snapshot.file(place.file).is_some_and(|file| file.kind.is_text()));
    places.into_iter().map(Target::Place).collect()
}
