//! All safe fixes of a text at once.

use super::here::Here;
use super::{Action, Kind, Task};
use crate::corpus::{FileId, Snapshot};
use crate::features::Changes;
use crate::rules;

/// Offered always: it is asked for by name, as a rule when a text is saved, and must then be quick to say.
pub(super) fn offer(_: &Here<'_>, out: &mut Vec<Action>) {
    out.push(Action::new(Kind::FixAll, "Make all safe fixes in this text", Task::FixAll));
}

pub(super) fn changes(snapshot: &Snapshot, file: FileId) -> Option<Changes> {
    let edits = rules::fix_all(snapshot, file)?.edits;
    (!edits.is_empty()).then(|| Changes { edits: vec![(snapshot.path(file), edits)], ..Changes::default() })
}
