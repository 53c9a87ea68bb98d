//! Reading `vidimus.toml`: every key has one row here.
//!
//! The TOML reader recovers from faults and keeps the place of each key and value, so one wrong line costs that line.
//! Checked here as well is what can be checked without a corpus: globs and patterns that do not compile.

mod reader;

#[cfg(test)]
mod tests;

use reader::{Key, Reader, Table, Value};

use super::{CitationScope, Config, DocumentRow, InstrumentPattern, Level, TextKind};
use crate::text::{Fault, Span, nearest};

/// Keys at the top of the file.
pub const KEYS: &[&str] = &[
    "rules",
    "documents",
    "citation-scope",
    "instrument",
    "classes",
    "types",
    "registry",
    "bibliography",
    "exclude",
    "allow-files-from",
    "fail-on",
    "lang",
];
/// Keys of a row of `documents`.
pub const DOCUMENT_KEYS: &[&str] = &["files", "kind", "lang", "date", "citation-scope", "rules"];
/// Keys of a row of `instrument`.
pub const INSTRUMENT_KEYS: &[&str] = &["pattern", "id", "url"];

/// A pattern may grow to this many bytes when compiled: a hostile one must not cost the memory of the machine.
const PATTERN_LIMIT: usize = 1 << 20;

/// See [`Config::parse`].
pub(super) fn parse(text: &str, rule_names: &[&str]) -> (Config, Vec<Fault>) {
    let mut reader = Reader::default();
    let document = reader.document(text);
    let mut config = Config::default();
    for (key, value) in document.get_ref() {
        top_row(&mut reader, &mut config, key, value, rule_names);
    }
    (config, reader.into_faults())
}

fn top_row(reader: &mut Reader, config: &mut Config, key: &Key<'_>, value: &Value<'_>, rule_names: &[&str]) {
    match key.get_ref().as_ref() {
        "rules" => config.rules = rules(reader, key, value, rule_names),
        "documents" => config.documents = reader.tables(key, value).map(|row| document_row(reader, row, rule_names)).collect(),
        "citation-scope" => config.citation_scope = citation_scope(reader, key, value).unwrap_or_default(),
        "instrument" => config.instruments = reader.tables(key, value).filter_map(|row| instrument(reader, row)).collect(),
        "classes" => config.classes = reader.words(key, value),
        "types" => config.types = reader.words(key, value),
        "registry" => config.registry = Some(globs(reader, key, value)),
        "bibliography" => config.bibliography = Some(globs(reader, key, value)),
        "exclude" => config.exclude = globs(reader, key, value),
        "allow-files-from" => config.allow_files_from = reader.words(key, value),
        "fail-on" => config.fail_on = level(reader, value),
        "lang" => config.lang = reader.word(key, value),
        _ => reader.unknown_key(key, KEYS),
    }
}

fn document_row(reader: &mut Reader, (span, row): (Span, &Table<'_>), rule_names: &[&str]) -> DocumentRow {
    let mut out = DocumentRow::default();
    for (key, value) in row {
        match key.get_ref().as_ref() {
            "files" => out.files = globs(reader, key, value),
            "kind" => out.kind = kind(reader, key, value),
            "lang" => out.lang = reader.word(key, value),
            "date" => out.date = reader.word(key, value),
            "citation-scope" => out.citation_scope = citation_scope(reader, key, value),
            "rules" => out.rules = rules(reader, key, value, rule_names),
            _ => reader.unknown_key(key, DOCUMENT_KEYS),
        }
    }
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
    reader.one_of(key.get_ref(), value, &["analysis", "source-text", "opinion"]).and_then(|w| TextKind::of_word(&w))
}

fn citation_scope(reader: &mut Reader, key: &Key<'_>, value: &Value<'_>) -> Option<CitationScope> {
    let word = reader.one_of(key.get_ref(), value, &["sentence", "paragraph"])?;
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

fn instrument(reader: &mut Reader, (span, row): (Span, &Table<'_>)) -> Option<InstrumentPattern> {
    let mut out = InstrumentPattern::default();
    let mut pattern = None;
    for (key, value) in row {
        match key.get_ref().as_ref() {
            "pattern" => pattern = reader.word(key, value).map(|word| (word, value.span())),
            "id" => out.id = reader.word(key, value).unwrap_or_default(),
            "url" => out.url = reader.word(key, value),
            _ => reader.unknown_key(key, INSTRUMENT_KEYS),
        }
    }
    let (Some((pattern, place)), false) = (pattern, out.id.is_empty()) else {
        reader.fault(span, "an `instrument` needs `pattern` and `id`", "such as: pattern = 'decision No\\. (\\d+)', id = 'decision-$1'");
        return None;
    };
    match regex::RegexBuilder::new(&pattern).size_limit(PATTERN_LIMIT).build() {
        // An empty match would stand everywhere.
        Ok(compiled) if compiled.is_match("") => {
            reader.fault(place, "this pattern matches the empty text", "let it require at least one letter");
            None
        }
        Ok(_) => Some(InstrumentPattern { pattern, ..out }),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            reader.fault(place, format!("this pattern cannot be read: {reason}"), "a literal `(`, `.` or `+` needs a `\\` before it");
            None
        }
    }
}
