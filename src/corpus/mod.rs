//! All texts together.
//!
//! [`Corpus`] is the one mutable thing; [`Corpus::apply`] takes a [`Change`] and says what was
//! affected. A [`Snapshot`] never changes and is cheap to clone; every question is asked of one:
//! which record an id means, what stands at a place, where a thing is defined and named, what
//! supports a claim.
//!
//! Not here: the disk (`workspace` loads), what is wrong (`rules`).
