//! XML 1.0: elements and attributes, escaped.
//!
//! The one place that escapes for XML. A library would write the five entities as well, but none we know keeps out what XML
//! forbids wholly: most control characters, U+FFFE and U+FFFF, not even as `&#…;`. Any text may hold those.

/// What a document begins with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Begins an element with its attributes and leaves it open: `<name key="value"`.
pub(super) fn begin(out: &mut String, name: &str, attributes: &[(&str, &str)]) {
    out.push('<');
    out.push_str(name);
    for (key, value) in attributes {
        out.push(' ');
        out.push_str(key);
        out.push_str("=\"");
        escape(out, value);
        out.push('"');
    }
}

/// The text with what XML would misread replaced. White space is written as references, which an attribute keeps.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if is_allowed(c) => out.push(c),
            _ => out.push('\u{fffd}'),
        }
    }
}

/// `Char` of XML 1.0, section 2.2, without the controls that it only discourages (U+007F to U+009F).
fn is_allowed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_keep_what_they_can_and_nothing_illegal_is_written() {
        let mut out = String::new();
        begin(&mut out, "error", &[("message", "a < b & \"c\"\n\u{1b}[31m\u{0}\u{ffff}𝕏")]);
        assert_eq!(out, "<error message=\"a &lt; b &amp; &quot;c&quot;&#10;\u{fffd}[31m\u{fffd}\u{fffd}𝕏\"");
    }
}
