//! A finding as JSON, byte for byte what `serde_json` makes of it: most of a long report is findings.

use super::finding::{EditOut, Finding, FixOut, Place, RelatedOut};
use crate::text::Span;

/// Appends a finding.
pub(super) fn finding(one: &Finding, out: &mut String) {
    out.push_str("{\"path\":");
    string(&one.path, out);
    out.push_str(",\"rule\":");
    string(one.rule, out);
    out.push_str(",\"level\":");
    string(one.level.word(), out);
    out.push_str(",\"message\":");
    string(&one.message, out);
    out.push_str(",\"help\":");
    match &one.help {
        Some(help) => string(help, out),
        None => out.push_str("null"),
    }
    out.push_str(",\"fingerprint\":");
    string(&one.fingerprint, out);
    out.push_str(",\"start\":");
    place(one.start, out);
    out.push_str(",\"end\":");
    place(one.end, out);
    out.push_str(",\"bytes\":");
    pair(one.bytes, out);
    out.push_str(",\"related\":");
    list(&one.related, related, out);
    out.push_str(",\"fix\":");
    match &one.fix {
        Some(one) => fix(one, out),
        None => out.push_str("null"),
    }
    if !one.alternatives.is_empty() {
        out.push_str(",\"alternatives\":");
        list(&one.alternatives, fix, out);
    }
    out.push('}');
}

fn related(one: &RelatedOut, out: &mut String) {
    out.push_str("{\"path\":");
    string(&one.path, out);
    out.push_str(",\"bytes\":");
    pair(one.bytes, out);
    out.push_str(",\"message\":");
    string(&one.message, out);
    out.push('}');
}

fn fix(one: &FixOut, out: &mut String) {
    out.push_str("{\"title\":");
    string(&one.title, out);
    out.push_str(if one.safe { ",\"safe\":true,\"edits\":" } else { ",\"safe\":false,\"edits\":" });
    list(&one.edits, edit, out);
    out.push('}');
}

fn edit(one: &EditOut, out: &mut String) {
    out.push_str("{\"path\":");
    string(&one.path, out);
    out.push_str(",\"bytes\":");
    pair(one.bytes, out);
    out.push_str(",\"text\":");
    string(&one.text, out);
    out.push('}');
}

fn list<T>(all: &[T], write: fn(&T, &mut String), out: &mut String) {
    out.push('[');
    for (n, one) in all.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        write(one, out);
    }
    out.push(']');
}

fn place(place: Place, out: &mut String) {
    out.push_str("{\"line\":");
    number(place.line, out);
    out.push_str(",\"column\":");
    number(place.column, out);
    out.push('}');
}

fn pair(span: Span, out: &mut String) {
    out.push('[');
    number(span.start, out);
    out.push(',');
    number(span.end, out);
    out.push(']');
}

fn number(mut number: u32, out: &mut String) {
    let mut digits = [b'0'; 10];
    let mut from = digits.len();
    while from == digits.len() || number > 0 {
        from -= 1;
        digits[from] = b"0123456789"[(number % 10) as usize];
        number /= 10;
    }
    out.push_str(std::str::from_utf8(&digits[from..]).unwrap_or_default());
}

/// A string in quotation marks. What must be escaped is rare: it is looked for in many bytes at once.
fn string(words: &str, out: &mut String) {
    const BYTES: usize = 32;
    out.push('"');
    let mut from = 0;
    for (n, bytes) in words.as_bytes().chunks(BYTES).enumerate() {
        // Asked of all without a stop, so that it becomes instructions for sixteen bytes.
        if bytes.iter().fold(0, |any, &byte| any | u8::from(is_escaped(byte))) == 0 {
            continue;
        }
        for (at, &byte) in (n * BYTES..).zip(bytes).filter(|(_, byte)| is_escaped(**byte)) {
            out.push_str(words.get(from..at).unwrap_or_default());
            escaped(byte, out);
            from = at + 1;
        }
    }
    out.push_str(words.get(from..).unwrap_or_default());
    out.push('"');
}

#[expect(clippy::needless_bitwise_bool, reason = "without branches it becomes instructions for sixteen bytes")]
fn is_escaped(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

fn escaped(byte: u8, out: &mut String) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        0x08 => out.push_str("\\b"),
        0x0C => out.push_str("\\f"),
        _ => out.push_str(&format!("\\u{byte:04x}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Level;
    use proptest::prelude::*;

    fn words() -> impl Strategy<Value = String> {
        "([ -~]{0,3}|\"|\\\\|[\\x00-\\x1f]|\\x7f|Ж|𝕏|\u{2028}){0,8}"
    }

    fn one(words: &[String], n: u32, whole: bool) -> Finding {
        let (span, place) = (Span::new(n, n + 1), Place { line: n, column: 0, byte_column: 1 });
        let word = |n: usize| words[n % words.len()].clone();
        let edit = |n| EditOut { path: word(n), bytes: span, text: word(n + 1), places: None };
        let fix = FixOut { title: word(3), safe: n.is_multiple_of(2), edits: vec![edit(4), edit(5)] };
        Finding {
            path: word(0),
            rule: "unknown-entity",
            level: Level::Note,
            message: word(1),
            help: whole.then(|| word(2)),
            fingerprint: word(3),
            start: place,
            end: place,
            bytes: span,
            related: vec![RelatedOut { path: word(4), bytes: span, message: word(5), place: None, end: None }; usize::from(whole) * 2],
            fix: whole.then(|| fix.clone()),
            alternatives: if whole { vec![fix] } else { Vec::new() },
            window: None,
            fails: false,
            allowed: None,
            baseline: None,
        }
    }

    proptest! {
        #[test]
        fn it_is_what_the_library_writes(words in proptest::collection::vec(words(), 1..7), n in 0..u32::MAX, whole: bool) {
            let one = one(&words, n, whole);
            let mut out = String::new();
            finding(&one, &mut out);
            prop_assert_eq!(out, serde_json::to_string(&one).expect("plain data"));
        }
    }
}
