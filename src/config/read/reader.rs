//! Values of the expected shape, or a fault at their place.

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::text::{Fault, Span, nearest};

pub(super) type Key<'t> = Spanned<DeString<'t>>;
pub(super) type Value<'t> = Spanned<DeValue<'t>>;
pub(super) type Table<'t> = DeTable<'t>;

/// Collects what is wrong while values are asked for.
#[derive(Default)]
pub(super) struct Reader {
    faults: Vec<Fault>,
}

impl Reader {
    /// All that can be read of a TOML text.
    pub(super) fn document<'t>(&mut self, text: &'t str) -> Spanned<Table<'t>> {
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            let at = error.span().unwrap_or(0..0);
            self.faults.push(Fault::new("invalid-config", on_characters(text, at.into()), error.message().replace('\n', ", ")));
        }
        document
    }

    /// In order of place.
    pub(super) fn into_faults(mut self) -> Vec<Fault> {
        self.faults.sort_by(|a, b| (a.span, &a.message).cmp(&(b.span, &b.message)));
        self.faults
    }

    pub(super) fn fault(&mut self, span: impl Into<Span>, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::new("invalid-config", span.into(), message).help(help));
    }

    pub(super) fn unknown_key(&mut self, key: &Key<'_>, known: &[&str]) {
        let word = key.get_ref();
        match nearest(word, known.iter().copied()) {
            Some(near) => {
                let fault = Fault::new("invalid-config", key.span().into(), format!("unknown key `{word}`"));
                self.faults.push(fault.help(format!("did you mean `{near}`?")).fix(key.span().into(), near));
            }
            None => self.fault(key.span(), format!("unknown key `{word}`"), format!("keys here are {}", listed(known))),
        }
    }

    fn wrong_shape(&mut self, key: &str, value: &Value<'_>, wanted: &str) {
        let found = shape(value.get_ref());
        self.fault(value.span(), format!("`{key}` takes {wanted}, not {found}"), format!("write {wanted}"));
    }

    pub(super) fn table<'v, 't>(&mut self, key: &Key<'_>, value: &'v Value<'t>) -> Option<&'v Table<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_shape(key.get_ref(), value, "a table");
        }
        table
    }

    /// The rows of `[[key]]`, each with its place.
    pub(super) fn tables<'v, 't>(&mut self, key: &Key<'_>, value: &'v Value<'t>) -> std::vec::IntoIter<(Span, &'v Table<'t>)> {
        let mut rows = Vec::new();
        match value.get_ref() {
            DeValue::Array(items) => {
                for item in items {
                    match item.get_ref().as_table() {
                        Some(table) => rows.push((item.span().into(), table)),
                        None => self.wrong_shape(key.get_ref(), item, "tables"),
                    }
                }
            }
            // `[documents]` for `[[documents]]`: what is meant is plain.
            DeValue::Table(table) => {
                let word = key.get_ref();
                self.fault(key.span(), format!("`{word}` is a list of tables"), format!("write [[{word}]]"));
                rows.push((value.span().into(), table));
            }
            _ => self.wrong_shape(key.get_ref(), value, "tables"),
        }
        rows.into_iter()
    }

    /// One text; a date of TOML's own counts as its characters.
    pub(super) fn word(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(word) => Some(word.to_string()),
            DeValue::Datetime(date) => Some(date.to_string()),
            _ => {
                self.wrong_shape(key.get_ref(), value, "a text");
                None
            }
        }
    }

    /// One of a few words.
    pub(super) fn one_of(&mut self, what: &str, value: &Value<'_>, words: &[&str]) -> Option<String> {
        let Some(word) = value.get_ref().as_str() else {
            self.wrong_shape(what, value, &format!("one of {}", listed(words)));
            return None;
        };
        if words.contains(&word) {
            return Some(word.to_owned());
        }
        let help = match nearest(word, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it is one of {}", listed(words)),
        };
        self.fault(value.span(), format!("`{word}` is no {what}"), help);
        None
    }

    /// A text or a list of texts.
    pub(super) fn words(&mut self, key: &Key<'_>, value: &Value<'_>) -> Vec<String> {
        self.placed_words(key, value).into_iter().map(|(word, _)| word).collect()
    }

    /// The same, each with its place.
    pub(super) fn placed_words(&mut self, key: &Key<'_>, value: &Value<'_>) -> Vec<(String, Span)> {
        let mut out = Vec::new();
        match value.get_ref() {
            DeValue::String(word) => out.push((word.to_string(), value.span().into())),
            DeValue::Array(items) => {
                for item in items {
                    match item.get_ref().as_str() {
                        Some(word) => out.push((word.to_owned(), item.span().into())),
                        None => self.wrong_shape(key.get_ref(), item, "texts"),
                    }
                }
            }
            _ => self.wrong_shape(key.get_ref(), value, "a text or a list of texts"),
        }
        out
    }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

fn shape(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The parser's places are bytes: one at the edge of a broken character is moved off it.
fn on_characters(text: &str, span: Span) -> Span {
    let floor = |offset: u32| (0..=offset.min(Span::from(0..text.len()).end)).rev().find(|&at| text.is_char_boundary(at as usize));
    Span::new(floor(span.start).unwrap_or(0), floor(span.end).unwrap_or(0))
}
