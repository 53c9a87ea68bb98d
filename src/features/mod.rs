//! Answers for editors, in plain data.
//!
//! One file, one question: what is this ([`hover()`]), where is it defined ([`definition()`]). A feature asks a
//! [`Snapshot`](crate::corpus::Snapshot) and answers with spans and [`Card`]s; features do not know each other, and what two of them
//! would share is a question to `corpus`.
//!
//! Not here: lines, columns and the protocol's words (`server`), what is wrong (`rules`).

pub mod actions;
pub mod card;
pub mod changes;
pub mod completion;
pub mod definition;
pub mod folding;
pub mod hints;
pub mod hover;
pub mod lenses;
mod reading_keys;
pub mod resolution;
pub mod selection;
pub mod tokens;

pub use actions::{Action, actions};
pub use card::{Card, Line};
pub use changes::Changes;
pub use completion::{Completion, completion};
pub use definition::{Definition, Target, definition};
pub use hover::{Hover, hover};

use crate::corpus::FileId;

/// A place in one file of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePosition {
    /// The file.
    pub file: FileId,
    /// The byte in its text.
    pub offset: u32,
}

#[cfg(test)]
mod tests;
