//! What is it an instance of? A mention leads to its record, a pinpoint to the record of its instrument, a claim to the record of
//! whoever is said to make it.

use super::{Definition, FilePosition, Target};
use crate::corpus::{Snapshot, Symbol, without_pin};

/// The record behind what stands at a place.
#[must_use]
pub fn type_definition(snapshot: &Snapshot, at: FilePosition) -> Option<Definition> {
    let found = snapshot.symbol_at(at.file, at.offset)?;
    let symbol = match &found.symbol {
        Symbol::Claim(index) => {
            let notes = snapshot.annotations(at.file)?;
            Symbol::Entity(notes.claims.get(*index as usize)?.by?.entity?, None)
        }
        symbol => without_pin(symbol),
    };
    Definition::new(found.span, Target::all(snapshot, &symbol))
}
