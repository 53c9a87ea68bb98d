//! Lists of records in YAML.

use super::Parsed;

/// Reads a registry list. Spans are bytes of `text`.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let _ = text;
    Parsed::default()
}
