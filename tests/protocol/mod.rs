//! The language server over its pipe, as a client meets it.

mod actions;
mod all_findings;
mod answers;
pub mod client;
mod connection;
mod diagnostics;
mod editing;
mod manners;
mod metamodel;
mod navigation;
mod overtaken;
mod race;
mod races;
mod random_edits;
mod reading;
mod sessions;
mod transport;
mod whole;
mod workspace;

use crate::beside::shared;
