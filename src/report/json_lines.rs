//! One diagnostic a line.

use serde::Serialize;

use super::{Ending, Finding, Report};

/// Nothing but diagnostics: the exit status says the rest.
pub(super) struct JsonLines;

impl Report for JsonLines {
    fn finding(&self, finding: &Finding, out: &mut String) {
        append(finding, out);
        out.push('\n');
    }

    fn closing(&self, _: &Ending) -> String {
        String::new()
    }
}

/// Appends plain data as JSON, which cannot fail.
pub(super) fn append(value: &impl Serialize, out: &mut String) {
    if let Ok(json) = serde_json::to_string(value) {
        out.push_str(&json);
    }
}
