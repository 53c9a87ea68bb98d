//! All texts together.
//!
//! [`Corpus`] is the one mutable thing; [`Corpus::apply`] takes a [`Change`] and says what was
//! affected. A [`Snapshot`] never changes and is cheap to clone; every question is asked of one:
//! which record an id means ([`Snapshot::lookup`]), what stands at a place ([`Snapshot::symbol_at`]),
//! where a thing is defined ([`Snapshot::definitions`]) and named ([`Snapshot::all_references`]), what things
//! bear a name somebody half remembers ([`Snapshot::search`]), what one file says ([`Snapshot::annotations`]), and what supports a claim ([`Annotations::claims`]).
//!
//! A file enters as [`Facts`], which are pure and made in parallel before `apply`: for most texts no
//! more than their head. What its words mean is worked out on demand, because it depends on every
//! registry: in an editor it is kept for open texts, in `check` it is made and dropped.
//!
//! Not here: the disk (`workspace` gives texts through [`Texts`]), what is wrong (`rules`).

mod again;
mod anchoring;
mod anchors;
mod annotate;
mod annotations;
mod change;
mod claims;
mod coverage;
mod covering;
mod facts;
mod fidelity;
mod file;
mod landmarks;
mod levels;
mod lookup;
mod marking;
mod mentions;
mod named;
mod names;
mod nested_spans;
mod occasion;
mod packed;
mod part;
mod paths;
mod plain;
mod popularity;
mod postings;
mod provenance;
mod record_points;
mod references;
mod relations;
mod rows;
mod search;
mod settle;
mod shared_map;
mod short_forms;
mod snapshot;
mod speakers;
mod stayed;
mod step;
mod suggest;
mod symbol;
mod uses;
mod watch;
mod weighed;

pub use again::annotate_again;
pub use anchoring::{Anchored, Annotated, text_of};
pub use anchors::{Anchor, Anchors};
pub use annotate::{annotate, annotate_told};
pub use annotations::{
    Annotations, CitationAt, Claim, ClaimKind, InstrumentAt, Meaning, MentionAt, QuoteAt, Spared, Speaker, Support, Words,
};
pub use change::{Affected, Change, Corpus, FileInput};
pub use claims::{ClaimCount, QUOTE_WORDS};
pub use coverage::Scope;
pub use covering::Covering;
pub use facts::{Facts, Use, UseKind, Used, attribute_key, each_use, stem, target_name, uses, uses_of};
pub use fidelity::{Compared, Difference, FigureThere, Incomparable, Outcome, SourceText};
pub use file::{FileId, FileKind, FileState, RegistryFormat, Settings, Texts};
pub use levels::LevelFrom;
pub use lookup::Found;
pub use marking::{MarkPlace, Room, Unmarkable};
pub use mentions::Candidate;
pub use named::{NamedAt, pin_of, without_pin};
pub use names::{Conflict, Entity, EntityId, Names, RecordAt};
pub use occasion::Occasion;
pub use paths::{has_scheme, is_outside, joined, joined_anywhere, relative_path};
pub use popularity::Popularity;
pub use provenance::Cited;
pub use references::Reference;
pub use relations::Relative;
pub use search::{Hit, Thing};
pub use short_forms::ShortForm;
pub use snapshot::{Ground, Marks, Snapshot};
pub use stayed::Stayed;
pub use step::Step;
pub use symbol::{Place, Symbol, SymbolAt};
pub use uses::{Group, UseAt, Uses};
pub use watch::{Asked, Depends, Prints, Watch};
pub use weighed::{Fate, NameAt, Weighed};

#[cfg(test)]
mod tests;
