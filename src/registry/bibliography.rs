//! Cited works: BibLaTeX, CSL-JSON and CSL-YAML, as reference managers export them.
//!
//! Total like all readers here: an entry that cannot be read is a `bibliography-unreadable` fault at its
//! place, and costs only itself. Keys that are defined twice are kept twice; `corpus` tells.

mod bib;
mod csl;
mod reference;
#[cfg(test)]
mod tests;

pub use bib::parse_bib;
pub use csl::{parse_csl_json, parse_csl_yaml};
pub use reference::reference;

/// The rule under which all faults of bibliographies are reported.
const RULE: &str = "bibliography-unreadable";
