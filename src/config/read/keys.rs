//! The tables of `vidimus.toml`: one row for each key. The reader, completion and the JSON Schema are made of them.

use super::reader::{Key, Reader, Table, Value};
use super::{Draft, citation_scope, document_row, globs, instrument, kind, level, rules};
use crate::config::{CitationScope, Config, DocumentRow, Level, TextKind};

/// One key of a table, which is read into a `T`.
pub struct Setting<T: 'static> {
    /// The key.
    pub word: &'static str,
    /// What it means, as a sentence.
    pub meaning: &'static str,
    /// What stands behind it.
    pub takes: Takes,
    read: fn(&mut Reader, &mut T, &Key<'_>, &Value<'_>, &[&str]),
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One text.
    Text,
    /// A date, as a text or as TOML's own.
    Date,
    /// A text or a list of texts.
    Texts,
    /// A glob or a list of globs.
    Globs,
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// A table of rules and their levels.
    Rules,
    /// A list of tables with the keys of [`DOCUMENTS`].
    Documents,
    /// A list of tables with the keys of [`INSTRUMENTS`].
    Instruments,
}

/// Keys at the top of the file.
pub const SETTINGS: &[Setting<Config>] = &[
    Setting {
        word: "rules",
        meaning: "A rule's name and its level.",
        takes: Takes::Rules,
        read: |reader, config, key, value, names| config.rules.extend(rules(reader, key, value, names)),
    },
    Setting {
        word: "documents",
        meaning: "Settings for the texts its globs mean; a list of tables.",
        takes: Takes::Documents,
        read: |reader, config, key, value, names| {
            config.documents.extend(reader.tables(key, value).map(|row| document_row(reader, row, names)));
        },
    },
    Setting {
        word: "citation-scope",
        meaning: "How far a citation reaches: sentence or paragraph.",
        takes: Takes::OneOf(CitationScope::WORDS),
        read: |reader, config, key, value, _| config.citation_scope = citation_scope(reader, key, value).unwrap_or_default(),
    },
    Setting {
        word: "instrument",
        meaning: "Forms of instruments of this project; a list of tables.",
        takes: Takes::Instruments,
        read: |reader, config, key, value, names| {
            config.instruments.extend(reader.tables(key, value).filter_map(|row| instrument(reader, row, names)));
        },
    },
    Setting {
        word: "classes",
        meaning: "Classes of bracketed spans of this project.",
        takes: Takes::Texts,
        read: |reader, config, key, value, _| config.classes.extend(reader.words(key, value)),
    },
    Setting {
        word: "types",
        meaning: "Types of records of this project.",
        takes: Takes::Texts,
        read: |reader, config, key, value, _| config.types.extend(reader.words(key, value)),
    },
    Setting {
        word: "registry",
        meaning: "Globs of registries, in place of the usual ones.",
        takes: Takes::Globs,
        read: |reader, config, key, value, _| config.registry = Some(globs(reader, key, value)),
    },
    Setting {
        word: "bibliography",
        meaning: "Globs of bibliographies, in place of the usual ones.",
        takes: Takes::Globs,
        read: |reader, config, key, value, _| config.bibliography = Some(globs(reader, key, value)),
    },
    Setting {
        word: "exclude",
        meaning: "Globs of files that are not ours.",
        takes: Takes::Globs,
        read: |reader, config, key, value, _| config.exclude.extend(globs(reader, key, value)),
    },
    Setting {
        word: "allow-files-from",
        meaning: "Folders outside the corpus from which a source's file may be read.",
        takes: Takes::Texts,
        read: |reader, config, key, value, _| config.allow_files_from.extend(reader.words(key, value)),
    },
    Setting {
        word: "fail-on",
        meaning: "The level from which `vidimus check` fails.",
        takes: Takes::OneOf(Level::WORDS),
        read: |reader, config, _, value, _| config.fail_on = level(reader, value),
    },
    Setting {
        word: "lang",
        meaning: "The language of texts that name none.",
        takes: Takes::Text,
        read: |reader, config, key, value, _| config.lang = reader.word(key, value),
    },
    Setting {
        word: "extend",
        meaning: "Another file of settings, relative to this one, on which these build: rules, rows and lists are added to its own, all else replaces.",
        takes: Takes::Text,
        read: |reader, config, key, value, _| config.extend = reader.placed_words(key, value).into_iter().next(),
    },
];

/// Keys of a row of `documents`.
pub const DOCUMENTS: &[Setting<DocumentRow>] = &[
    Setting {
        word: "files",
        meaning: "Globs of the texts it is for.",
        takes: Takes::Globs,
        read: |reader, row, key, value, _| row.files = globs(reader, key, value),
    },
    Setting {
        word: "kind",
        meaning: "What kind of text they are.",
        takes: Takes::OneOf(TextKind::WORDS),
        read: |reader, row, key, value, _| row.kind = kind(reader, key, value),
    },
    Setting {
        word: "lang",
        meaning: "Their language.",
        takes: Takes::Text,
        read: |reader, row, key, value, _| row.lang = reader.word(key, value),
    },
    Setting {
        word: "date",
        meaning: "Their date.",
        takes: Takes::Date,
        read: |reader, row, key, value, _| row.date = reader.word(key, value),
    },
    Setting {
        word: "citation-scope",
        meaning: "How far a citation reaches in them.",
        takes: Takes::OneOf(CitationScope::WORDS),
        read: |reader, row, key, value, _| row.citation_scope = citation_scope(reader, key, value),
    },
    Setting {
        word: "rules",
        meaning: "Levels of rules in them.",
        takes: Takes::Rules,
        read: |reader, row, key, value, names| row.rules = rules(reader, key, value, names),
    },
];

/// Keys of a row of `instrument`.
pub const INSTRUMENTS: &[Setting<Draft>] = &[
    Setting {
        word: "pattern",
        meaning: "A regular expression.",
        takes: Takes::Text,
        read: |reader, draft, key, value, _| draft.pattern = reader.word(key, value).map(|word| (word, value.span().into())),
    },
    Setting {
        word: "id",
        meaning: "The id, with `$1` for what the pattern's groups found.",
        takes: Takes::Text,
        read: |reader, draft, key, value, _| draft.id = reader.word(key, value).unwrap_or_default(),
    },
    Setting {
        word: "url",
        meaning: "An address, likewise.",
        takes: Takes::Text,
        read: |reader, draft, key, value, _| draft.url = reader.word(key, value),
    },
];

/// Keys at the top of the file.
pub const KEYS: &[&str] = &words::<_, { SETTINGS.len() }>(SETTINGS);
/// Keys of a row of `documents`.
pub const DOCUMENT_KEYS: &[&str] = &words::<_, { DOCUMENTS.len() }>(DOCUMENTS);
/// Keys of a row of `instrument`.
pub const INSTRUMENT_KEYS: &[&str] = &words::<_, { INSTRUMENTS.len() }>(INSTRUMENTS);

const fn words<T, const N: usize>(rows: &[Setting<T>]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = rows[at].word;
        at += 1;
    }
    words
}

/// Reads what stands behind each key of a table into `out`; a key that has no row is told.
pub(super) fn read<T>(reader: &mut Reader, rows: &[Setting<T>], keys: &[&str], table: &Table<'_>, out: &mut T, rule_names: &[&str]) {
    for (key, value) in table {
        match rows.iter().find(|row| row.word == key.get_ref()) {
            Some(row) => (row.read)(reader, out, key, value, rule_names),
            None => reader.unknown_key(key, keys),
        }
    }
}
