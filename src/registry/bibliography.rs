//! Cited works: BibLaTeX, CSL-JSON and CSL-YAML.

use super::Parsed;

/// Reads a `.bib` file. Spans are bytes of `text`.
#[must_use]
pub fn parse_bib(text: &str) -> Parsed {
    let _ = text;
    Parsed::default()
}

/// Reads a CSL-JSON file. Spans are bytes of `text`.
#[must_use]
pub fn parse_csl_json(text: &str) -> Parsed {
    let _ = text;
    Parsed::default()
}

/// Reads a CSL-YAML file. Spans are bytes of `text`.
#[must_use]
pub fn parse_csl_yaml(text: &str) -> Parsed {
    let _ = text;
    Parsed::default()
}
