//! Whole corpora of `fixtures/`, checked end to end.
//!
//! - [`peacekeeping`]: every text of the example corpus gives what its `expect` comment says, no more and no less
//! - [`broken`]: faulty files are told, and the rest is still used
//! - [`seeds`]: five real texts, read with the example corpus's registry
//! - [`seeds_in_an_editor`]: the same texts over the language server
//! - [`findings`]: findings as a test states them

mod broken;
mod findings;
mod peacekeeping;
mod seeds;
mod seeds_in_an_editor;
