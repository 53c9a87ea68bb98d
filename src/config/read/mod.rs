//! Reading `vidimus.toml`: every key has one row in [`keys`], which says what it takes, what it means and how it is read.
//!
//! The TOML reader recovers from faults and keeps the place of each key and value, so one wrong line costs that line.
//! Checked here as well is what can be checked without a corpus: globs and patterns that do not compile.

mod keys;
mod places;
mod reader;

#[cfg(test)]
mod tests;

pub use keys::{DOCUMENT_KEYS, DOCUMENTS, INSTRUMENT_KEYS, INSTRUMENTS, KEYS, SETTINGS, Setting, Takes};
pub use places::place_of_level;
use reader::{Key, Reader, Table, Value};

use super::{CitationScope, Config, DocumentRow, InstrumentPattern, Level, TextKind};
use crate::text::{Fault, Span, nearest};

/// A pattern may grow to this many bytes when compiled: a hostile one must not cost the memory of the machine.
const PATTERN_LIMIT: usize = 1 << 20;

/// See [`Config::parse`].
pub(super) fn parse(text: &str, base: Config, rule_names: &[&str]) -> (Config, Vec<Fault>) {
    let mut reader = Reader::default();
    let document = reader.document(text);
    let mut config = base;
    config.extend = None;
    keys::read(&mut reader, SETTINGS, KEYS, document.get_ref(), &mut config, rule_names);
    (config, reader.into_faults())
}

fn document_row(reader: &mut Reader, (span, row): (Span, &Table<'_>), rule_names: &[&str]) -> DocumentRow {
    let mut out = DocumentRow::default();
    keys::read(reader, DOCUMENTS, DOCUMENT_KEYS, row, &mut out, rule_names);
    if !row.keys().any(|k| k.get_ref() == "files") {
        reader.fault(span, "`documents` without `files` means no text", "say which texts it is for: files = \"texts/**\"");
    }
    out
}

fn rules(reader: &mut Reader, key: &Key<'_>, value: &Value<'_>, rule_names: &[&str]) -> Vec<(String, Level)> {
    let mut out = Vec::new();
    for (name, value) in reader.table(key, value).into_iter().flatten() {
        let word = name.get_ref().as_ref();
        if !rule_names.contains(&word) {
            let help = match nearest(word, rule_names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`vidimus explain` lists all rules".into(),
            };
            reader.fault(name.span(), format!("there is no rule `{word}`"), help);
        } else if let Some(level) = level(reader, value) {
            out.push((word.to_owned(), level));
        }
    }
    out
}

fn level(reader: &mut Reader, value: &Value<'_>) -> Option<Level> {
    reader.one_of("level", value, Level::WORDS).and_then(|w| Level::of_word(&w))
}

fn kind(reader: &mut Reader, key: &Key<'_>, value: &Value<'_>) -> Option<TextKind> {
    reader.one_of(key.get_ref(), value, TextKind::WORDS).and_then(|w| TextKind::of_word(&w))
}

fn citation_scope(reader: &mut Reader, key: &Key<'_>, value: &Value<'_>) -> Option<CitationScope> {
    let word = reader.one_of(key.get_ref(), value, CitationScope::WORDS)?;
    Some(if word == "paragraph" { CitationScope::Paragraph } else { CitationScope::Sentence })
}

/// A glob or a list of them; one that does not compile is told and left out.
fn globs(reader: &mut Reader, key: &Key<'_>, value: &Value<'_>) -> Vec<String> {
    let mut out = Vec::new();
    for (glob, span) in reader.placed_words(key, value) {
        match globset::Glob::new(&glob) {
            Ok(_) => out.push(glob),
            Err(error) => reader.fault(span, format!("`{glob}` is no glob: {}", error.kind()), "`*` stops at `/`, `**` does not"),
        }
    }
    out
}

/// A row of `instrument` as far as it was read.
#[derive(Default)]
pub struct Draft {
    pattern: Option<(String, Span)>,
    id: String,
    url: Option<String>,
}

fn instrument(reader: &mut Reader, (span, row): (Span, &Table<'_>), rule_names: &[&str]) -> Option<InstrumentPattern> {
    let mut draft = Draft::default();
    keys::read(reader, INSTRUMENTS, INSTRUMENT_KEYS, row, &mut draft, rule_names);
    let Draft { pattern, id, url } = draft;
    let (Some((pattern, place)), false) = (pattern, id.is_empty()) else {
        reader.fault(span, "an `instrument` needs `pattern` and `id`", "such as: pattern = 'decision No\\. (\\d+)', id = 'decision-$1'");
        return None;
    };
    match regex::RegexBuilder::new(&pattern).size_limit(PATTERN_LIMIT).build() {
        // An empty match would stand everywhere.
        Ok(compiled) if compiled.is_match("") => {
            reader.fault(place, "this pattern matches the empty text", "let it require at least one letter");
            None
        }
        Ok(_) => Some(InstrumentPattern { pattern, id, url }),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            reader.fault(place, format!("this pattern cannot be read: {reason}"), "a literal `(`, `.` or `+` needs a `\\` before it");
            None
        }
    }
}
