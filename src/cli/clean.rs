//! `vidimus clean`

use super::Outcome;
use super::terminal::Terminal;
use crate::workspace::{Cache, kept_facts, kept_names};

pub(super) fn run(terminal: &Terminal) -> Outcome {
    let mut outcome = Outcome::Clean;
    for (cache, what) in [(Cache::of_checks(), "findings"), (kept_facts::cache(), "facts"), (kept_names::cache(), "names")] {
        let shown = cache.folder().display();
        match cache.clear() {
            Ok(bytes) => terminal.note(&format!("{:.1} MB of kept {what} removed from {shown}", bytes as f64 / 1e6), None),
            Err(error) => {
                terminal.fault(&format!("{shown} cannot be emptied: {error}"), None);
                outcome = Outcome::Failed;
            }
        }
    }
    outcome
}
