//! Blocks, over pulldown-cmark's events.

use super::{Document, Format};

/// Reads the blocks of a text, and the marks inside each.
pub(super) fn parse(text: &str, format: Format) -> Document {
    let _ = (text, format);
    Document::default()
}
