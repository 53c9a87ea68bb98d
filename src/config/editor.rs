//! What an author wants an editor to show. All else stands in `vidimus.toml`, so that every editor and `vidimus check` agree on it.
//!
//! One table: the reader and the JSON Schema are made of its rows, and an editor's extension mirrors them.

use serde_json::{Map, Value, json};

/// The section of an editor's settings that is ours.
pub const SECTION: &str = "vidimus";

/// Which inlay hints are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Ids of instruments.
    pub ids: bool,
    /// Names behind offices.
    pub roles: bool,
    /// Sources behind claims.
    pub sources: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { ids: true, roles: true, sources: true }
    }
}

/// The settings of one editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditorSettings {
    /// `inlayHints`: which kinds.
    pub hints: Wanted,
    /// `codeLens`
    pub lenses: bool,
}

impl Default for EditorSettings {
    fn default() -> Self {
        Self { hints: Wanted::default(), lenses: true }
    }
}

/// One setting; all are switches, and on unless they are said to be off.
pub struct EditorSetting {
    /// Its word below [`SECTION`], parts joined by a full stop.
    pub word: &'static str,
    /// What it means, as a sentence.
    pub meaning: &'static str,
    of: fn(&mut EditorSettings) -> &mut bool,
}

/// Every setting of an editor.
pub const EDITOR_SETTINGS: &[EditorSetting] = &[
    EditorSetting {
        word: "inlayHints.ids",
        meaning: "Show the id of an instrument behind the words that name it.",
        of: |settings| &mut settings.hints.ids,
    },
    EditorSetting {
        word: "inlayHints.roles",
        meaning: "Show who held an office at the text's date.",
        of: |settings| &mut settings.hints.roles,
    },
    EditorSetting { word: "inlayHints.sources", meaning: "Show the sources behind a claim.", of: |settings| &mut settings.hints.sources },
    EditorSetting {
        word: "codeLens",
        meaning: "Show how often a record is named, and how many claims of a text have a source.",
        of: |settings| &mut settings.lenses,
    },
];

impl EditorSettings {
    /// Reads our section, or an object that holds it. What is missing or means nothing keeps its default.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let section = value.get(SECTION).unwrap_or(value);
        let mut settings = Self::default();
        for row in EDITOR_SETTINGS {
            let flat = || section.get(row.word).or_else(|| value.get(format!("{SECTION}.{}", row.word)))?.as_bool();
            if let Some(on) = nested(section, row.word).or_else(flat) {
                *(row.of)(&mut settings) = on;
            }
        }
        settings
    }
}

/// A switch by its path; `inlayHints: false` turns off all below it.
fn nested(section: &Value, word: &str) -> Option<bool> {
    let mut at = Some(section).filter(|s| s.is_object())?;
    for part in word.split('.') {
        at = match at {
            Value::Object(map) => map.get(part)?,
            _ => break,
        };
    }
    at.as_bool()
}

/// A JSON Schema (draft 7) of an editor's settings, each by its whole word (`vidimus.codeLens`), as editors that keep settings in one
/// flat file write them. Its `properties` are what an extension for such an editor declares.
#[must_use]
pub fn editor_schema() -> Value {
    let row = |row: &EditorSetting| {
        let on = *(row.of)(&mut EditorSettings::default());
        (format!("{SECTION}.{}", row.word), json!({"type": "boolean", "default": on, "description": row.meaning}))
    };
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Vidimus",
        "description": "What Vidimus shows in an editor. What it checks is set in vidimus.toml.",
        "type": "object",
        "properties": EDITOR_SETTINGS.iter().map(row).collect::<Map<_, _>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &Value) -> (bool, bool, bool, bool) {
        let read = EditorSettings::of(value);
        (read.hints.ids, read.hints.roles, read.hints.sources, read.lenses)
    }

    #[test]
    fn what_is_said_counts_and_all_else_keeps_its_default() {
        for nothing in [json!(null), json!({}), json!([1]), json!({"inlayHints": 3, "codeLens": "no"}), json!(false)] {
            assert_eq!(EditorSettings::of(&nothing), EditorSettings::default(), "{nothing}");
        }
        assert_eq!(shown(&json!({"vidimus": {"inlayHints": {"roles": false}, "codeLens": false}})), (true, false, true, false));
        assert_eq!(shown(&json!({"inlayHints": false})), (false, false, false, true));
        assert_eq!(shown(&json!({"vidimus.inlayHints.ids": false, "inlayHints.sources": false})), (false, true, false, true));
    }

    #[test]
    fn the_reader_obeys_every_setting_of_the_schema() {
        let schema = editor_schema();
        let rows = schema["properties"].as_object().expect("properties");
        assert_eq!(rows.len(), EDITOR_SETTINGS.len());
        for (word, row) in rows {
            assert!(row["description"].is_string() && row["default"] == true, "{word}");
            let path = word.strip_prefix("vidimus.").expect("our section");
            let nested = path.rsplit('.').fold(json!(false), |inner, part| json!({ part: inner }));
            let off = EditorSettings::of(&json!({ "vidimus": nested }));
            assert_ne!(off, EditorSettings::default(), "{word}");
            assert_eq!(off, EditorSettings::of(&json!({ word: false })), "{word}");
        }
    }
}
