//! `vidimus.toml` as a JSON Schema, made of the rows that the reader reads by.

use serde_json::{Map, Value, json};

use super::Level;
use super::read::{DOCUMENTS, INSTRUMENTS, SETTINGS, Setting, Takes};

/// A JSON Schema (draft 7, which every editor's plug-in reads) of `vidimus.toml`. `rules` are the names of all rules, each with
/// what it flags.
#[must_use]
pub fn schema(rules: &[(&str, &str)]) -> Value {
    let mut schema = table(SETTINGS, rules);
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = "vidimus.toml".into();
    schema["description"] = "Settings of a corpus that Vidimus checks.".into();
    schema
}

fn table<T>(rows: &[Setting<T>], rules: &[(&str, &str)]) -> Value {
    let mut properties = Map::new();
    for row in rows {
        let mut value = behind(row.takes, rules);
        value["description"] = row.meaning.into();
        properties.insert(row.word.into(), value);
    }
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

fn behind(takes: Takes, rules: &[(&str, &str)]) -> Value {
    match takes {
        Takes::Text => json!({"type": "string"}),
        // A date of TOML's own is a text to those who check TOML against JSON Schema.
        Takes::Date => json!({"type": "string"}),
        Takes::Texts | Takes::Globs => json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
        Takes::OneOf(words) => json!({"type": "string", "enum": words}),
        Takes::Rules => {
            let level = |(name, summary): &(&str, &str)| {
                ((*name).to_owned(), json!({"type": "string", "enum": Level::WORDS, "description": format!("It flags {summary}.")}))
            };
            json!({"type": "object", "additionalProperties": false, "properties": rules.iter().map(level).collect::<Map<_, _>>()})
        }
        Takes::Documents => required(table(DOCUMENTS, rules), &["files"]),
        Takes::Instruments => required(table(INSTRUMENTS, rules), &["pattern", "id"]),
    }
}

fn required(mut row: Value, keys: &[&str]) -> Value {
    row["required"] = keys.into();
    json!({"type": "array", "items": row})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    /// Every key that the schema names, with the tables on its way.
    fn keys(schema: &Value) -> Vec<String> {
        schema["properties"].as_object().expect("properties").keys().cloned().collect()
    }

    #[test]
    fn the_reader_knows_every_key_of_the_schema_and_no_other() {
        let schema = schema(&[("unsourced-claim", "a claim")]);
        let unknown = |text: &str| Config::parse(text, &["unsourced-claim"]).1.iter().any(|f| f.message.starts_with("unknown key"));
        for (head, table) in [
            ("", &schema),
            ("[[documents]]\n", &schema["properties"]["documents"]["items"]),
            ("[[instrument]]\n", &schema["properties"]["instrument"]["items"]),
        ] {
            for key in keys(table) {
                assert!(!unknown(&format!("{head}{key} = 1\n")), "{head}{key}");
            }
            assert!(unknown(&format!("{head}quite-another = 1\n")));
            assert!(table["properties"].as_object().into_iter().flatten().all(|(_, v)| v["description"].is_string()));
        }
        assert_eq!(keys(&schema).len(), SETTINGS.len());
        assert_eq!(schema["properties"]["rules"]["properties"]["unsourced-claim"]["description"], "It flags a claim.");
    }
}
