//! The language server as a client meets it: in memory, and over its pipe where the process is looked at.

mod actions;
mod all_findings;
mod answers;
pub mod client;
mod commands;
mod connection;
mod diagnostics;
mod editing;
mod kept;
mod long_reading;
mod manners;
mod marks;
mod metamodel;
mod navigation;
mod overtaken;
mod own_watcher;
mod race;
mod races;
mod random_edits;
mod reading;
mod renewal;
mod sessions;
mod transport;
mod whole;
mod workspace;

use crate::beside::shared;
