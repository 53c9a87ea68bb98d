//! Front matter that is more than flat lines, by a YAML reader.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use super::front_matter::{KEYS, TextHead};
use crate::text::{Fault, Span};

/// Reads the keys of a text, and the faults of single values; or says why the YAML is none.
pub(super) fn read(text: &str, yaml: Span) -> Result<(TextHead, Vec<Fault>), Fault> {
    let raw = yaml.slice(text);
    let place = Place { text, yaml };
    if raw.bytes().any(|c| c == 0) {
        return Err(Fault::new("invalid-front-matter", yaml, "this front matter holds a null character"));
    }
    let options = serde_saphyr::options! { budget: None };
    let entries: Entries = serde_saphyr::from_str_with_options(raw, options).map_err(|error| place.fault(&error))?;
    let mut head = TextHead::default();
    let mut faults = Vec::new();
    for (key, value) in &entries.0 {
        let span = place.span(&value.defined);
        match &value.value {
            Value::Nothing => {}
            Value::Other => faults.push(Fault::new("invalid-front-matter", span, format!("`{key}` must be one value"))),
            Value::Scalar(words) => {
                let span = place.unquoted(span);
                // Dates and numbers as they are written, not as YAML reads them.
                let words = words.as_deref().unwrap_or_else(|| span.slice(text));
                head.set(key, words, span);
            }
            Value::List(items) => {
                for item in items {
                    let span = place.unquoted(place.span(&item.defined));
                    match &item.value {
                        Value::Scalar(words) if key == "bibliography" => {
                            head.set(key, words.as_deref().unwrap_or_else(|| span.slice(text)), span);
                        }
                        _ => faults.push(Fault::new("invalid-front-matter", span, format!("`{key}` must be one value"))),
                    }
                }
            }
        }
    }
    Ok((head, faults))
}

#[derive(Clone, Copy)]
struct Place<'t> {
    text: &'t str,
    yaml: Span,
}

impl Place<'_> {
    fn span(self, location: &Location) -> Span {
        let span = location.span();
        let clamp = |n: Option<u64>| u32::try_from(n.unwrap_or(0)).unwrap_or(u32::MAX).min(self.yaml.len());
        let start = self.yaml.start + clamp(span.byte_offset());
        Span::new(start, start.saturating_add(clamp(span.byte_len())).min(self.yaml.end))
    }

    fn unquoted(self, span: Span) -> Span {
        let raw = span.slice(self.text);
        let quoted = raw.len() > 1 && ['"', '\''].iter().any(|q| raw.starts_with(*q) && raw.ends_with(*q));
        if quoted { Span::new(span.start + 1, span.end - 1) } else { super::blocks::trimmed(self.text, span) }
    }

    fn fault(self, error: &serde_saphyr::Error) -> Fault {
        let span = error.location().map_or(self.yaml, |l| self.span(&l));
        let error = error.without_snippet().to_string();
        let words = error.lines().next().unwrap_or_default();
        let span = if span.is_empty() || span.slice(self.text).is_empty() { self.line_at(span.start) } else { span };
        Fault::new("invalid-front-matter", span, format!("this front matter is no YAML: {}", words.trim_end_matches('.')))
    }

    /// The line that holds a byte.
    fn line_at(self, at: u32) -> Span {
        let raw = self.yaml.slice(self.text);
        let at = raw.floor_char_boundary((at - self.yaml.start) as usize);
        let start = raw[..at].rfind(['\n', '\r']).map_or(0, |i| i + 1);
        let end = raw[at..].find(['\n', '\r']).map_or(raw.len(), |i| at + i);
        Span::from(start..end).shift(self.yaml.start)
    }
}

/// The keys that belong to a text, in order.
struct Entries(Vec<(String, Spanned<Value>)>);

enum Value {
    Nothing,
    /// The words of a string; of other scalars the source is read.
    Scalar(Option<String>),
    List(Vec<Spanned<Value>>),
    Other,
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("keys and values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if KEYS.contains(&key.as_str()) {
                entries.push((key, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Entries(entries))
    }

    fn visit_unit<E>(self) -> Result<Entries, E> {
        Ok(Entries(Vec::new()))
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Scalar(Some(value.to_owned())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Scalar(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Scalar(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Scalar(None))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Value, E> {
        Ok(Value::Scalar(None))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Value, E> {
        Ok(Value::Scalar(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Scalar(None))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other)
    }
}
