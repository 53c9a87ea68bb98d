//! What is kept of one open text's findings.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tower_lsp::ls_types::Range;

use super::wire::Wire;
use super::{Items, List};
use crate::corpus::FileId;
use crate::rules::{Checked, Diagnostic};
use crate::server::analysis::World;
use crate::server::capabilities::Agreed;
use crate::server::convert;
use crate::text::LineIndex;

/// The findings of one open text, kept from check to check.
#[derive(Debug, Default)]
pub struct Kept {
    turn: Arc<tokio::sync::Mutex<()>>,
    state: Mutex<State>,
}

/// Whose turn it is to check the text.
pub struct Turn {
    _held: tokio::sync::OwnedMutexGuard<()>,
}

#[derive(Debug, Default)]
struct State {
    checked: Checked,
    written: HashMap<u64, Vec<u8>>,
}

impl Kept {
    /// Waits until the questions before have been answered, without a thread that does nothing else.
    pub async fn turn(&self) -> Turn {
        Turn { _held: self.turn.clone().lock_owned().await }
    }

    /// The findings of the text as it stands in `world`.
    #[must_use]
    pub fn items(&self, world: &World, file: FileId, agreed: Agreed) -> Items {
        self.state.lock().items(world, file, agreed)
    }

    /// The same in our own words.
    #[must_use]
    pub fn findings(&self, world: &World, file: FileId) -> Vec<Diagnostic> {
        let mut state = self.state.lock();
        state.checked.bring_up(&world.snapshot, file);
        state.checked.findings().iter().map(|found| found.diagnostic.clone()).collect()
    }
}

impl State {
    fn items(&mut self, world: &World, file: FileId, agreed: Agreed) -> Items {
        self.checked.bring_up(&world.snapshot, file);
        let found = self.checked.findings();
        if found.is_empty() {
            self.written.clear();
            return Items::none();
        }
        let text = self.checked.notes().map(|notes| notes.text.clone()).or_else(|| world.snapshot.text(file)).unwrap_or_default();
        let lines = LineIndex::new(&text);
        let range = |d: &Diagnostic| -> Range { convert::range(&text, &lines, d.span, agreed.encoding) };
        let mut wire = Wire::new(world, agreed);
        let mut list = List::new();
        for one in found {
            if let Some(rest) = wire.rest(&one.diagnostic) {
                list.push(range(&one.diagnostic), &rest);
            }
        }
        list.done()
    }
}
