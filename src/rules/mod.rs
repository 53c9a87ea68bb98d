//! What can be wrong: one file, one rule, and the table of them.
//!
//! A rule is a value declared by [`rule!`] in the file named after it; its doc comment is its manual, whose
//! `passes` and `fails` examples run as tests. [`check`] runs all rules that speak for a file's kind
//! and takes away what the text allows.
//!
//! Not here: questions that two rules share (`corpus`), how findings are shown (`report`, `server`).

mod diagnostic;

pub use diagnostic::{Diagnostic, Fix, Related};
