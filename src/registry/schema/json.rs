//! A record as a JSON Schema, made of the rows that the reader reads by.

use serde_json::{Map, Value, json};

use super::keys::{FIELDS, Field, RELATIONS, ROLE, TYPES, Takes};

/// A JSON Schema (draft 7, which every editor's plug-in reads) of a record, or of a list of them as a registry holds it.
#[must_use]
pub fn schema() -> Value {
    let mut record = map(FIELDS);
    record["required"] = json!(["id", "type"]);
    // Keys of the author's own.
    record["patternProperties"] = json!({"^x-": true});
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Records of Vidimus",
        "description": "A record of a person, body, place, agreement, resolution or source, or a list of them.",
        "anyOf": [{"type": "array", "items": {"$ref": "#/definitions/record"}}, {"$ref": "#/definitions/record"}],
        "definitions": {"record": record},
    })
}

fn map<R>(fields: &[Field<R>]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut value = behind(field.takes);
        value["description"] = field.meaning.into();
        properties.insert(field.word.into(), value);
    }
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

/// The reader takes numbers and truths as the words they are written with, and nothing as nothing.
fn text() -> Value {
    json!({"type": ["string", "number", "boolean", "null"]})
}

fn texts() -> Value {
    json!({"type": ["string", "number", "boolean", "null", "array"], "items": text()})
}

fn behind(takes: Takes) -> Value {
    match takes {
        Takes::Id => json!({"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$", "maxLength": 64}),
        Takes::Text => text(),
        Takes::Texts => texts(),
        // Others are declared in `vidimus.toml`; these are what an editor offers.
        Takes::Type => {
            let known = TYPES.iter().map(|t| json!({"const": t.word, "description": t.meaning}));
            json!({"anyOf": known.chain([json!({"type": "string"})]).collect::<Vec<_>>()})
        }
        Takes::Truth => json!({"enum": [true, false, "yes", "no", "on", "off", null]}),
        Takes::OneOf(words) => json!({"type": "string", "enum": words}),
        Takes::Roles => {
            let role = json!({"anyOf": [{"type": "string"}, map(ROLE)]});
            json!({"anyOf": [{"type": "array", "items": role}, role, {"type": "null"}]})
        }
        Takes::Relations => {
            let known = RELATIONS.iter().map(|t| {
                let mut value = texts();
                value["description"] = t.meaning.into();
                (t.word.to_owned(), value)
            });
            json!({"type": ["object", "null"], "properties": known.collect::<Map<_, _>>(), "additionalProperties": texts()})
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::yaml;

    #[test]
    fn the_reader_knows_every_key_of_the_schema_and_no_other() {
        let schema = schema();
        let record = &schema["definitions"]["record"]["properties"];
        let role = &record["roles"]["anyOf"][0]["items"]["anyOf"][1]["properties"];
        let unknown = |text: &str| yaml::parse(text).faults.iter().any(|f| f.message.contains("no key"));
        for (known, head) in [(record, "- "), (role, "- id: a\n  type: person\n  roles:\n    - ")] {
            let known = known.as_object().expect("properties");
            for (key, value) in known {
                assert!(!unknown(&format!("{head}{key}: x\n")), "{key}");
                assert!(value["description"].is_string(), "{key}");
            }
            assert!(unknown(&format!("{head}quite-another: x\n")));
        }
        assert_eq!(record.as_object().map(Map::len), Some(FIELDS.len()));
    }
}
