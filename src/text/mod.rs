//! Spans, lines and edits: the vocabulary of places that every other layer speaks.
//!
//! A place is a [`Span`] of bytes in a UTF-8 text. Lines, columns and the protocol's code units are
//! counted in [`LineIndex`] and [`Points`] and nowhere else. A change to a text is [`Edits`];
//! what two versions of one differ in is [`Replaced`]. Scans that must be fast
//! read a text in [`blocks`], its words in [`eight`] bytes, and what is a letter from [`letters`]. What an id is ([`is_id`]) stands here too: marks and registries must agree on it.
//!
//! Not here: what stands in a text (`syntax`), or where a text comes from (`workspace`).

pub mod begins;
pub mod blocks;
mod edits;
pub mod eight;
mod id;
pub mod letters;
mod line_index;
mod nearest;
mod points;
mod replaced;
mod span;
mod trimmed;

pub use edits::{Edit, Edits, Overlap};
pub use id::is_id;
pub use line_index::{Encoding, LineColumn, LineIndex};
pub use nearest::{LONGEST as LONGEST_NEAR, nearest};
pub use points::{Point, Points};
pub use replaced::Replaced;
pub use span::{Fault, Span};
pub use trimmed::is_trimmed;
