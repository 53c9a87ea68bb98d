//! `vidimus clean`

use super::Outcome;
use super::terminal::Terminal;
use crate::workspace::Cache;

pub(super) fn run(terminal: &Terminal) -> Outcome {
    let cache = Cache::of_checks();
    match cache.clear() {
        Ok(bytes) => {
            let shown = cache.folder().display();
            terminal.note(&format!("{:.1} MB of kept findings removed from {shown}", bytes as f64 / 1e6), None);
            Outcome::Clean
        }
        Err(error) => {
            terminal.fault(&format!("{} cannot be emptied: {error}", cache.folder().display()), None);
            Outcome::Failed
        }
    }
}
