//! JSON with the place of every value.
//!
//! Strict as RFC 8259, but for a byte-order mark before and a comma behind the last item. A bound on
//! nesting keeps hostile input off the stack.

use std::borrow::Cow;

use super::tree::{Key, Node, Value};
use crate::text::Span;

/// Deepest nesting that is read.
const DEEPEST: usize = 64;

/// Where reading stopped, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// Byte in the text.
    pub at: usize,
    /// The fault in words.
    pub message: &'static str,
}

/// Reads one value that is the whole of `text`.
pub fn parse(text: &str) -> Result<Node<'_>, Stopped> {
    let mut reader = Reader { text, at: if text.starts_with('\u{FEFF}') { 3 } else { 0 } };
    let node = reader.value(0)?;
    reader.space();
    if reader.at < text.len() { reader.stop("something follows the value") } else { Ok(node) }
}

/// Reads the items of a list that is the whole of `text` one by one: a faulty one is passed over to the comma
/// behind it, as far as brackets and quotes tell where that is.
pub fn parse_list(text: &str) -> (Vec<Node<'_>>, Vec<Stopped>) {
    let mut reader = Reader { text, at: if text.starts_with('\u{FEFF}') { 3 } else { 0 } };
    let (mut items, mut faults) = (Vec::new(), Vec::new());
    reader.space();
    reader.at += usize::from(reader.peek() == Some(b'['));
    loop {
        reader.space();
        let start = reader.at;
        match reader.peek() {
            None => {
                faults.push(Stopped { at: text.len(), message: "the list is not closed" });
                return (items, faults);
            }
            Some(b']') => return (items, faults),
            Some(b',') => reader.at += 1,
            Some(_) => match reader.value(1) {
                Ok(node) => items.push(node),
                Err(stopped) => {
                    faults.push(stopped);
                    reader.at = skip_item(text.as_bytes(), start);
                }
            },
        }
    }
}

/// The byte behind a faulty item that begins at `at`: the comma or bracket that ends it.
fn skip_item(bytes: &[u8], mut at: usize) -> usize {
    let start = at;
    let (mut depth, mut quoted) = (0_usize, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            // A text does not go on over a line's end: its closing quote was forgotten.
            b'\n' => quoted = false,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted && depth > 0 => depth -= 1,
            b',' | b']' if !quoted && depth == 0 && at > start => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn stop<T>(&self, message: &'static str) -> Result<T, Stopped> {
        Err(Stopped { at: self.at, message })
    }

    fn value(&mut self, depth: usize) -> Result<Node<'t>, Stopped> {
        self.space();
        let start = self.at;
        match self.peek() {
            Some(b'"') => {
                let (span, text) = self.string()?;
                Ok(Node { span, value: Value::Text(text) })
            }
            Some(b'{' | b'[') if depth >= DEEPEST => self.stop("nested too deeply"),
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z') => self.bare(start),
            Some(_) => self.stop("no value can begin here"),
            None => self.stop("a value is missing"),
        }
    }

    /// A number, `true`, `false` or `null`.
    fn bare(&mut self, start: usize) -> Result<Node<'t>, Stopped> {
        while matches!(self.peek(), Some(b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'E')) {
            self.at += 1;
        }
        let word = &self.text[start..self.at];
        let span = Span::from(start..self.at);
        match word {
            "null" => Ok(Node { span, value: Value::Null }),
            "true" | "false" => Ok(Node { span, value: Value::Text(Cow::Borrowed(word)) }),
            _ if word.parse::<f64>().is_ok() && !word.starts_with(|c: char| c.is_ascii_lowercase()) => {
                Ok(Node { span, value: Value::Text(Cow::Borrowed(word)) })
            }
            _ => Err(Stopped { at: start, message: "neither a quoted text nor a number" }),
        }
    }

    fn string(&mut self) -> Result<(Span, Cow<'t, str>), Stopped> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = false;
        loop {
            match bytes.get(at) {
                None => return Err(Stopped { at: start - 1, message: "the text is not closed" }),
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at += 2;
                }
                Some(0..=0x1F) => return Err(Stopped { at, message: "a line's end or control character within a text" }),
                Some(_) => at += 1,
            }
        }
        let Some(raw) = self.text.get(start..at) else { return Err(Stopped { at: start - 1, message: "an escape that is none" }) };
        self.at = at + 1;
        let text =
            if escaped { Cow::Owned(unescape(raw).ok_or(Stopped { at: start, message: "an escape that is none" })?) } else { raw.into() };
        Ok((Span::from(start..at), text))
    }

    fn list(&mut self, depth: usize) -> Result<Node<'t>, Stopped> {
        let start = self.at;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.space();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Node { span: Span::from(start..self.at), value: Value::List(items) });
            }
            items.push(self.value(depth + 1)?);
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {}
                _ => return self.stop("a comma or `]` is missing"),
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Node<'t>, Stopped> {
        let start = self.at;
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.space();
            match self.peek() {
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Node { span: Span::from(start..self.at), value: Value::Map(entries) });
                }
                Some(b'"') => {}
                _ => return self.stop("a quoted key is missing"),
            }
            let (span, text) = self.string()?;
            self.space();
            if self.peek() != Some(b':') {
                return self.stop("a colon is missing behind the key");
            }
            self.at += 1;
            entries.push((Key { span, text }, self.value(depth + 1)?));
            self.space();
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {}
                _ => return self.stop("a comma or `}` is missing"),
            }
        }
    }
}

/// Undoes the escapes of a text; `None` when one is none.
fn unescape(raw: &str) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let mut chars = rest[at + 1..].chars();
        out.push(match chars.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{C}',
            c @ ('"' | '\\' | '/') => c,
            'u' => unicode(&mut chars)?,
            _ => return None,
        });
        rest = chars.as_str();
    }
    out.push_str(rest);
    Some(out)
}

/// Behind `\u`: four hexadecimal digits, twice for a surrogate pair. A surrogate alone becomes U+FFFD.
fn unicode(chars: &mut std::str::Chars<'_>) -> Option<char> {
    let four = |chars: &mut std::str::Chars<'_>| {
        let digits = chars.as_str().get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        *chars = chars.as_str()[4..].chars();
        u32::from_str_radix(digits, 16).ok()
    };
    let high = four(chars)?;
    if (0xD800..0xDC00).contains(&high) && chars.as_str().starts_with("\\u") {
        let mut ahead = chars.as_str()[2..].chars();
        if let Some(low @ 0xDC00..=0xDFFF) = four(&mut ahead) {
            *chars = ahead;
            return char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00));
        }
    }
    Some(char::from_u32(high).unwrap_or('\u{FFFD}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn values_know_their_places() {
        let text = r#"{"id": "a", "n": [1, "x\"yé😀"]}"#;
        let node = parse(text).expect("valid");
        assert_eq!(node.get("id").map(|n| n.span.slice(text)), Some("a"));
        let items = node.get("n").map(Node::items).unwrap_or_default();
        assert_eq!((items[0].text(), items[1].text()), (Some("1"), Some("x\"yé😀")));
    }

    #[test]
    fn faults_are_told_at_their_place() {
        assert_eq!(parse(r#"{"a" 1}"#).map_err(|s| s.at), Err(5));
        assert!(parse(&"[".repeat(100_000)).is_err());
        let (items, faults) = parse_list("[{\"a\": 1}, {\"b\": }, {\"c\": 3}]");
        assert_eq!((items.len(), faults.len()), (2, 1));
    }

    proptest! {
        #[test]
        fn what_serde_reads_we_read_the_same(text in "[\\[\\]{}\",:a0-9\\\\nu\\- ]{0,24}") {
            if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
                prop_assert!(parse(&text).is_ok(), "{}", text);
            }
            let _ = parse_list(&text);
        }
    }
}
