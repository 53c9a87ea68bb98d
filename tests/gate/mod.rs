//! What a team's gate relies on: fixes, baselines, changed files, and that nothing is lost when a run is killed.
//!
//! How much chance is thrown: `VIDIMUS_ROUNDS`, else little enough for every run.

mod baseline;
mod cache;
mod changed;
mod fixes;
mod git;
mod history;
mod killed;

/// Rounds asked for, else `few`.
fn rounds(few: usize) -> usize {
    std::env::var("VIDIMUS_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}
