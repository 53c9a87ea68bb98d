//! The binary as somebody at a terminal meets it: one file, one command.

mod asked_for;
mod bad_input;
mod check;
mod corpus;
mod explain;
mod extract;
mod init;
mod output;
mod readme;
mod terminal;

pub use corpus::{Corpus, Ran, command};
