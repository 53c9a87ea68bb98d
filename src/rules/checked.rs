//! What was found in one text, kept from check to check.

use std::sync::Arc;

use super::{Diagnostic, check};
use crate::corpus::{Annotations, FileId, Ground, Snapshot};

/// What was found in one text; brought up to date after every change of it or of its corpus.
#[derive(Debug, Default)]
pub struct Checked {
    of: Option<Of>,
    list: Vec<Found>,
    serials: u64,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Found {
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
    /// Its number in this text: kept as long as nothing but its place changes.
    pub serial: u64,
}

/// What the findings were found in.
#[derive(Debug)]
struct Of {
    file: FileId,
    ground: Ground,
    generation: u64,
    notes: Option<Arc<Annotations>>,
}

impl Of {
    fn is(&self, snapshot: &Snapshot, file: FileId) -> bool {
        self.file == file && self.generation == snapshot.generation() && self.ground == snapshot.ground()
    }
}

impl Checked {
    /// Checks the text as it stands in `snapshot`: afterwards the findings are those that [`check`] finds.
    pub fn bring_up(&mut self, snapshot: &Snapshot, file: FileId) {
        if self.of.as_ref().is_some_and(|of| of.is(snapshot, file)) {
            return;
        }
        let notes = snapshot.annotations(file);
        let list = check(snapshot, file, notes.as_deref());
        self.list.clear();
        for diagnostic in list {
            self.serials += 1;
            self.list.push(Found { diagnostic, serial: self.serials });
        }
        self.of = Some(Of { file, ground: snapshot.ground(), generation: snapshot.generation(), notes });
    }

    /// The findings, in order of place and rule.
    #[must_use]
    pub fn findings(&self) -> &[Found] {
        &self.list
    }

    /// What the text's words mean, as far as it is a text and was checked.
    #[must_use]
    pub fn notes(&self) -> Option<&Arc<Annotations>> {
        self.of.as_ref()?.notes.as_ref()
    }
}
