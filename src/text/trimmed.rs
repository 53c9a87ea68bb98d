//! Words that need no trimming.

/// Whether words begin and end in plain letters or marks, as most do: looking for white space beyond ASCII takes longer.
#[must_use]
pub fn is_trimmed(words: &str) -> bool {
    let bytes = words.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_graphic) && bytes.last().is_some_and(u8::is_ascii_graphic)
}
