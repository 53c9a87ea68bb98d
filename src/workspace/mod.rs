//! The disk: where a corpus begins, which files are its, and what stands in them.
//!
//! [`Workspace::open`] finds `vidimus.toml` upwards from a path and reads it; [`Workspace::walk`] lists the files, sorted and
//! each with its kind; [`Workspace::load`] reads them in parallel into a change that a
//! corpus takes in; [`load::read_text`] turns a file into characters; [`write::replace`] puts characters back whole or
//! not at all; [`KeptFacts`] spares a server the reading of what it has read before, and [`KeptNames`] whoever reads a corpus the compiling of its names. Whatever cannot be read is a [`Trouble`]: it is shown, and the rest goes on.
//!
//! [`today`] is the one question to the clock that findings hang on.
//!
//! Not here: what the files mean (`corpus`), where the process runs (`cli`).

pub mod cache;
pub mod classify;
pub mod clock;
pub mod corpus_files;
pub mod discover;
pub mod disk_texts;
pub mod effort;
pub mod generated;
pub mod kept_facts;
pub mod kept_names;
pub mod load;
mod mapped;
pub mod prints;
pub mod process;
pub mod revisions;
pub mod stamp;
pub mod trouble;
pub mod walk;
pub mod watch;
pub mod write;

pub use cache::{Cache, cache_folder};
pub use classify::Classifier;
pub use clock::today;
pub use corpus_files::{Load, bibliographies_beside};
pub use discover::{CONFIG_NAME, Workspace, absolute_in, find_root};
pub use disk_texts::DiskTexts;
pub use effort::Effort;
pub use generated::keep_pages_in;
pub use kept_facts::{Keepable, KeptFacts, KeptPlaces};
pub use kept_names::KeptNames;
pub use load::Loaded;
pub use stamp::Stamp;
pub use trouble::Trouble;
pub use walk::{Found, Listing, unknown_kind};
pub use watch::{Bursts, Watcher};
