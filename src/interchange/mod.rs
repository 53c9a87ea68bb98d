//! Annotations to other tools: one format, one file.
//!
//! [`extract`] writes what was understood of a text as JSON Lines.
//!
//! Not here: reading texts (`workspace`), printing (`cli`).

mod extract;

pub use extract::{Kind, extract};
