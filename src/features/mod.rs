//! Answers for editors, in plain data.
//!
//! One file, one question: what is this ([`hover()`]), where is it defined ([`definition()`]), who names it ([`references()`]). A
//! feature asks a [`Snapshot`](crate::corpus::Snapshot) and answers with spans, [`Card`]s and [`Item`]s; features do not know each
//! other, and what two of them would share is a question to `corpus`.
//!
//! Not here: lines, columns and the protocol's words (`server`), what is wrong (`rules`).

pub mod actions;
pub mod calls;
pub mod card;
pub mod changes;
pub mod completion;
pub mod declaration;
pub mod definition;
pub mod explain;
pub mod folding;
pub mod highlights;
pub mod hints;
pub mod hover;
pub mod implementation;
pub mod inventory;
pub mod item;
pub mod lenses;
pub mod linked;
pub mod links;
pub mod outline;
pub mod quotation;
mod reading_keys;
pub mod references;
pub mod relatives;
pub mod rename;
pub mod resolution;
pub mod selection;
pub mod symbols;
pub mod tokens;
pub mod type_definition;
pub mod why;

pub use actions::{Action, actions};
pub use calls::Call;
pub use card::{Card, Line};
pub use changes::Changes;
pub use completion::{Completion, completion};
pub use declaration::declaration;
pub use definition::{Definition, Target, definition, definition_of_mark};
pub use explain::{Explanation, Thing, explain};
pub use highlights::{Highlight, highlights};
pub use hover::{Hover, hover};
pub use implementation::implementation;
pub use item::{Item, Sort};
pub use links::{Leads, Link, links};
pub use outline::{Outline, outline};
pub use references::references;
pub use symbols::symbols;
pub use type_definition::type_definition;
pub use why::{Fact, Reason};

use std::ops::Range;

use crate::corpus::{FileId, Reference};
use crate::text::{Point, Span};

/// A place in one file of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FilePosition {
    /// The file.
    pub file: FileId,
    /// The byte in its text.
    pub offset: u32,
}

/// A place that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file.
    pub file: FileId,
    /// Its bytes.
    pub span: Span,
    /// The same by lines and columns, where they are known without reading the file.
    pub at: Option<Range<Point>>,
}

impl Spot {
    /// A place whose lines and columns are not known.
    #[must_use]
    pub fn new(file: FileId, span: Span) -> Self {
        Self { file, span, at: None }
    }
}

impl From<Reference> for Spot {
    fn from(found: Reference) -> Self {
        Self { file: found.file, span: found.span, at: Some(found.at) }
    }
}

#[cfg(test)]
mod tests;
