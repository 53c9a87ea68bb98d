//! Records: people, bodies, places, agreements, resolutions, statements and cited works.
//!
//! One [`Record`] for all of them, each field with its place, so that errors and definitions point
//! there. The readers ([`yaml`], [`jsonl`], [`bibliography`], [`record::of_note`]) are total: a faulty file gives
//! faults and the records that could be read. [`Gazetteer`] holds all names compiled for search;
//! [`unsc`] is the built-in table of Security Council resolutions.
//!
//! [`sidecar`] reads where annotations beside a text say that they stand.
//!
//! Not here: which record an id means when several files define it, and everything else that takes
//! more than one file (`corpus`).

// A text has less than 4 GiB (`text::Span`), so its offsets fit 32 bits.
#![allow(clippy::cast_possible_truncation)]

pub mod bibliography;
mod dates;
pub mod gazetteer;
mod json;
pub mod jsonl;
pub mod record;
mod schema;
pub mod sidecar;
mod tree;
pub mod unsc;
mod written;
pub mod yaml;

pub use gazetteer::{Bytes, CaseRule, Gazetteer, Hit, Name, NameSieve, Reason, Records, Rejected, Sense, Senses, Shelf};
pub use record::{Alias, CaseOverride, DateRange, Parsed, Rare, Record, RecordKind, Relation, Role, Source, Spanned};
pub use schema::{FIELDS, Field, KEYS as RECORD_KEYS, RELATIONS, ROLE, TYPES, Term, schema};
pub use written::{Names, Written};
