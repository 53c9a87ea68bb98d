//! Where is it defined?

use super::FilePosition;
use crate::corpus::{Place, Snapshot, Symbol};
use crate::registry::unsc::{self, Resolution};
use crate::text::Span;

/// What stands at a place, and where it is defined.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The words that name it.
    pub origin: Span,
    /// Where it is defined: one place as a rule, several for a name that may mean several things or a record of two homes.
    pub targets: Vec<Target>,
}

/// Where a thing is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// In a file of the corpus: the pinpointed paragraph, the note, the entry of a list or bibliography.
    Place(Place),
    /// In the built-in table alone.
    BuiltIn(Resolution),
}

/// Where the thing at a place is defined; `None` where nothing is named that is defined anywhere.
#[must_use]
pub fn definition(snapshot: &Snapshot, at: FilePosition) -> Option<Definition> {
    let found = snapshot.symbol_at(at.file, at.offset)?;
    let targets: Vec<Target> = match &found.symbol {
        Symbol::Resolution(number, _) => unsc::resolution(*number).map(Target::BuiltIn).into_iter().collect(),
        symbol => snapshot.definitions(symbol).into_iter().map(Target::Place).collect(),
    };
    (!targets.is_empty()).then_some(Definition { origin: found.span, targets })
}
