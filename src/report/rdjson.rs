//! Reviewdog's diagnostic format, as one JSON document.
//!
//! Its columns count bytes of UTF-8 (`reviewdog.proto`: "byte count in UTF-8"). A suggestion stands for itself, so that only a
//! cure of one replacement in the text itself is one.

use serde_json::{Value, json};

use super::{Ending, Finding, Place, Report, json_lines};
use crate::config::Level;

/// One diagnostic on a line.
pub(super) struct Rdjson;

impl Report for Rdjson {
    fn opening(&self) -> String {
        "{\"source\":{\"name\":\"vidimus\"},\"diagnostics\":[".into()
    }

    fn first(&self) -> &'static str {
        "\n"
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        let related: Vec<Value> = finding
            .related
            .iter()
            .map(|r| {
                let mut location = json!({"path": r.path});
                if let (Some(start), Some(end)) = (r.place, r.end) {
                    location["range"] = range(start, end);
                }
                json!({"message": r.message, "location": location})
            })
            .collect();
        let mut diagnostic = json!({
            "message": finding.sentences(),
            "location": {"path": &*finding.path, "range": range(finding.start, finding.end)},
            "severity": severity(finding.level),
            "source": {"name": "vidimus"},
            "code": {"value": finding.rule},
        });
        if let Some(suggestion) = suggestion(finding) {
            diagnostic["suggestions"] = json!([suggestion]);
        }
        if !related.is_empty() {
            diagnostic["relatedLocations"] = related.into();
        }
        json_lines::append(&diagnostic, out);
    }

    fn closing(&self, ending: &Ending) -> String {
        if ending.wrote { "\n]}\n".into() } else { "]}\n".into() }
    }
}

fn suggestion(finding: &Finding) -> Option<Value> {
    let [only] = finding.fix.as_ref()?.edits.as_slice() else { return None };
    let (start, end) = only.places.filter(|_| *only.path == *finding.path)?;
    Some(json!({"range": range(start, end), "text": only.text}))
}

fn range(start: Place, end: Place) -> Value {
    let place = |p: Place| json!({"line": p.line, "column": p.byte_column});
    json!({"start": place(start), "end": place(end)})
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Note | Level::Off => "INFO",
    }
}
