//! One text's marks: what its author wrote, before anybody asks what it means.
//!
//! [`parse`] turns any characters into a [`Document`]: flat lists of [`Block`]s and [`Node`]s in
//! reading order, all by byte spans into the text, plus [`Fault`](crate::text::Fault)s. It never refuses.
//! [`reading`] is the one projection of a text to its words, with a map of offsets; [`running_text`]
//! is the same with the remaining Markdown signs gone and the passages told apart, which is what
//! `prose` reads. After an edit [`reparse`] and [`running_text_after`] make the same of the parts that stayed.
//!
//! Seen on one thread of a busy machine, a megabyte of generated notes: parse and running text 190 MB/s (the
//! Markdown parser's events alone 460), plain text without marks 3,000; one megabyte of the worst input found, half
//! a second.
//!
//! Not here: whether `[[minsk-package]]` leads anywhere (`corpus`), what the records of a note are
//! (`registry`), which words make a claim (`prose`).

mod anchor_ids;
mod blocks;
mod bracketed_span;
mod builder;
mod citation;
mod directive;
mod div;
mod document;
mod footnotes;
mod front_matter;
mod identifier;
mod inline;
mod locator;
#[cfg(test)]
mod pandoc_tests;
#[cfg(test)]
mod pieces;
mod plain;
#[cfg(test)]
mod properties;
mod reading;
mod reparse;
mod running;
mod sections;
mod summary;
#[cfg(test)]
mod tests;
mod wikilink;
mod yaml_head;

pub use crate::text::is_id;
pub use document::{
    Attributes, Block, BlockKind, Citation, CitationGroup, Directive, Document, Format, FrontMatter, Locator, Mention, Node, NodeKind,
    Pair, Placement, Spelling, Verb,
};
pub use footnotes::Footnote;
pub use front_matter::{KEYS, TextHead, front_matter, text_head};
pub use identifier::{Pin, PinKind, parse_pin};
pub use reading::{OffsetMap, Projection, reading};
pub use reparse::{Damage, Renumbered, reparse};
pub use running::{Passage, PassageKind, RunningText, running_text, running_text_after};
pub use sections::Section;

/// Reads a text. Total: any characters give a document, and what is wrong is listed in
/// [`Document::faults`].
#[must_use]
pub fn parse(text: &str, format: Format) -> Document {
    blocks::parse(text, format)
}
