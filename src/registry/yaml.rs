//! YAML with the place of every value, and lists of records in it.
//!
//! The whole file is read at once; when that fails, the list is cut before the lines that begin its
//! items and each is read apart, so that a faulty item costs only itself.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use super::schema::{self, Home};
use super::tree::{Key, Node, Value};
use super::{Parsed, schema::Seen};
use crate::text::{Fault, Span};

/// Reads a registry list, or a file of one record. Spans are bytes of `text`.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let (items, faults) = items(text, "invalid-record");
    parsed.incomplete = !faults.is_empty();
    parsed.faults = faults;
    let mut seen = Seen::default();
    for item in &items {
        schema::record((text, 0), item, Home::List, &mut seen, &mut parsed);
    }
    parsed
}

/// The items of a file that is a list, or its one map; and what could not be read, reported under `rule`.
pub fn items<'t>(text: &'t str, rule: &'static str) -> (Vec<Node<'t>>, Vec<Fault>) {
    match tree(text) {
        Ok(Node { value: Value::List(items), .. }) => (items, Vec::new()),
        Ok(Node { value: Value::Null, .. }) => (Vec::new(), Vec::new()),
        Ok(node @ Node { value: Value::Map(_), .. }) => (vec![node], Vec::new()),
        Ok(node) => (Vec::new(), vec![Fault::new(rule, node.span, "the file is neither a list nor a map of keys")]),
        Err(fault) => apart(text, fault, rule),
    }
}

/// Every item by itself, cut at the lines that begin with a hyphen as the first of them does.
fn apart<'t>(text: &'t str, whole: Failure, rule: &'static str) -> (Vec<Node<'t>>, Vec<Fault>) {
    let cuts = item_starts(text);
    let (mut items, mut faults) = (Vec::new(), Vec::new());
    for (i, &start) in cuts.iter().enumerate() {
        let end = cuts.get(i + 1).copied().unwrap_or(text.len());
        let by = u32::try_from(start).unwrap_or(u32::MAX);
        match tree(&text[start..end]) {
            Ok(mut node) => {
                node.shift(by);
                if let Value::List(parts) = node.value {
                    items.extend(parts);
                }
            }
            Err(failure) => faults.push(failure.fault(rule, &text[start..end], by)),
        }
    }
    if faults.is_empty() {
        faults.push(whole.fault(rule, text, 0));
    }
    (items, faults)
}

/// Where the items of the outer list begin: lines with a hyphen no deeper than the first such line.
fn item_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut indent = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let depth = line.len() - line.trim_start_matches(' ').len();
        let begins = line[depth..].starts_with("- ") || matches!(line[depth..].trim_end(), "-");
        if begins && indent.is_none_or(|known| depth <= known) {
            indent = indent.or(Some(depth));
            starts.push(at);
        }
        at += line.len();
    }
    starts
}

/// Why a text could not be read, and where in bytes.
#[derive(Debug)]
pub struct Failure {
    at: Option<usize>,
    message: String,
}

impl Failure {
    /// As a fault of `rule`, for a part of a file that begins at byte `by`. It marks the rest of the line, or the first line when
    /// the place is unknown.
    pub fn fault(&self, rule: &'static str, part: &str, by: u32) -> Fault {
        let mut at = self.at.unwrap_or(0).min(part.len());
        while !part.is_char_boundary(at) {
            at -= 1;
        }
        if part[at..].trim().is_empty() {
            at = part.trim_end().rfind('\n').map_or(0, |n| n + 1);
        }
        let line = part[at..].lines().next().unwrap_or_default().trim_end();
        let span = Span::from(at..at + line.len()).shift(by);
        Fault::new(rule, span, format!("the YAML cannot be read: {}", self.message))
    }
}

/// The tree of a text.
pub fn tree(text: &str) -> Result<Node<'_>, Failure> {
    let shift = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    let body = &text[shift..];
    if body.trim().is_empty() {
        return Ok(Node { span: Span::default(), value: Value::Null });
    }
    let read: Result<Spanned<Raw>, _> = serde_saphyr::from_str_with_options(body, options(body.len()));
    match read {
        Ok(raw) => {
            let mut node = node(body, raw);
            node.shift(shift as u32);
            Ok(node)
        }
        Err(error) => {
            let at = error.location().and_then(|l| l.span().byte_offset()).map(|at| at as usize + shift);
            let message = error.without_snippet().to_string();
            let message = message.split(" at line ").next().unwrap_or_default().trim_end_matches('.').replace('\n', " ");
            Err(Failure { at, message: message.strip_prefix("error: ").unwrap_or(&message).to_owned() })
        }
    }
}

/// The budget grows with the text: the default stops at 250,000 nodes, a registry of 40,000 entities.
fn options(len: usize) -> serde_saphyr::Options {
    serde_saphyr::options! {
        with_snippet: false,
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::PassThrough,
        budget: serde_saphyr::budget! {
            max_events: len.saturating_mul(2) + 1024,
            max_nodes: len.saturating_mul(2) + 1024,
            max_total_scalar_bytes: len.saturating_mul(2) + 1024,
            max_depth: 64,
        },
    }
}

/// A value as the deserializer gives it.
enum Raw {
    Null,
    /// A number or truth, whose words are taken from the text.
    Plain,
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Any)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Raw, D::Error> {
        from.deserialize_any(self)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Plain)
    }
    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Raw, E> {
        Ok(Raw::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}

/// With places in bytes of `text`.
fn node<'t>(text: &'t str, raw: Spanned<Raw>) -> Node<'t> {
    let written = place(text, raw.referenced);
    match raw.value {
        Raw::Null => Node { span: written, value: Value::Null },
        Raw::Plain => Node { span: written, value: Value::Text(Cow::Borrowed(written.slice(text))) },
        Raw::Text(words) => Node { span: within_quotes(text, written), value: Value::Text(Cow::Owned(words)) },
        Raw::List(items) => {
            let items: Vec<Node<'t>> = items.into_iter().map(|item| node(text, item)).collect();
            let span = items.iter().fold(Span::at(written.start), |span, item| span.join(item.span));
            Node { span, value: Value::List(items) }
        }
        Raw::Map(entries) => {
            let entries: Vec<_> = entries.into_iter().map(|(key, value)| (key_of(text, key), node(text, value))).collect();
            let span = entries.iter().fold(Span::at(written.start), |span, (key, value)| span.join(key.span).join(value.span));
            Node { span, value: Value::Map(entries) }
        }
    }
}

fn key_of(text: &str, raw: Spanned<Raw>) -> Key<'_> {
    let node = node(text, raw);
    let words = match node.value {
        Value::Text(words) => words,
        _ => Cow::Borrowed(node.span.slice(text)),
    };
    Key { span: node.span, text: words }
}

fn place(text: &str, location: Location) -> Span {
    let (Some(at), Some(len)) = (location.span().byte_offset(), location.span().byte_len()) else { return Span::default() };
    let (from, to) = (at as usize, (at as usize).saturating_add(len as usize));
    let Some(words) = text.get(from..to.min(text.len())) else { return Span::default() };
    Span::from(from..from + words.trim_end().len())
}

fn within_quotes(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let quoted = words.len() >= 2 && (words.starts_with('"') && words.ends_with('"') || words.starts_with('\'') && words.ends_with('\''));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_spelling_and_place() {
        let text = "\u{FEFF}# people\n- id: no\n  n: [\"é b\", 0012, yes, 2015-02-17]\n  empty:\n";
        let (items, faults) = items(text, "r");
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(items[0].get("id").and_then(Node::text), Some("no"));
        let n = items[0].get("n").map(Node::items).unwrap_or_default();
        assert_eq!(n.iter().filter_map(Node::text).collect::<Vec<_>>(), ["é b", "0012", "yes", "2015-02-17"]);
        assert_eq!(n.iter().map(|n| n.span.slice(text)).collect::<Vec<_>>(), ["é b", "0012", "yes", "2015-02-17"]);
        assert_eq!(items[0].get("empty").map(Node::what), Some("nothing"));
    }

    #[test]
    fn a_faulty_item_costs_only_itself() {
        let text = "- id: a\n- id: b\n  name: [open\n- id: c\r\n  aliases:\r\n    - x\r\n";
        let (items, faults) = items(text, "r");
        assert_eq!(items.iter().filter_map(|i| i.get("id")?.text()).collect::<Vec<_>>(), ["a", "c"]);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].span.start >= 8 && faults[0].span.end <= 35, "{faults:?}");
    }
}
