//! What a team's gate relies on: reports that others can read, fixes, baselines, changed files, that nothing is lost when a run is
//! killed, and the places where people run it.
//!
//! How much chance is thrown: `VIDIMUS_ROUNDS`, else little enough for every run.

mod baseline;
mod cache;
mod changed;
mod documents;
mod fixes;
mod formats;
mod git;
mod history;
mod kept_names;
mod killed;
mod places;
mod records;
mod release;
mod tools;

/// Rounds asked for, else `few`.
fn rounds(few: usize) -> usize {
    std::env::var("VIDIMUS_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}
