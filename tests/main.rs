//! The one integration crate: what holds of the whole product, seen from outside.
//!
//! - [`corpora`]: whole corpora of `fixtures/`, checked end to end
//! - [`scenarios`]: small stories, each a text and what must come of it
//! - [`commands`]: the binary as somebody at a terminal meets it
//! - [`gate`]: what a team's pull requests rely on: fixes, baselines, changed files
//! - [`protocol`]: the language server, in memory or over its pipe
//! - [`editors`]: real editors, driven without a screen
//! - [`measures`]: precision and speed on real texts that others have labelled
//! - [`beside`]: where the real texts lie that some of them read
//! - [`copies`]: corpora that a test may change
//! - [`dice`]: random texts and edits for all of them
//! - [`layers`]: the architecture, read from the sources
//!
//! Not here: tests of one module, which stand beside it.

mod beside;
mod commands;
mod copies;
mod corpora;
mod dice;
mod editors;
mod gate;
mod layers;
mod measures;
mod protocol;
mod scenarios;
