//! What entities are, as far as it is asked of everything that a text names: a byte each, where a record lies far away.

use crate::registry::RecordKind;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::corpus) enum Sort {
    /// A person.
    Person,
    /// A body.
    Org,
    /// A place.
    Place,
    /// It has numbered parts: [`RecordKind::is_instrument`].
    Instrument,
    /// Anything else.
    Other,
}

impl Sort {
    /// Of a record.
    pub(super) fn of(kind: &RecordKind) -> Self {
        match kind {
            RecordKind::Person => Self::Person,
            RecordKind::Org => Self::Org,
            RecordKind::Place => Self::Place,
            kind if kind.is_instrument() => Self::Instrument,
            _ => Self::Other,
        }
    }
}
