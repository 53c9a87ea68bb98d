//! One diagnostic a line.

use serde::Serialize;

use super::{Ending, Finding, Report};

/// Nothing but diagnostics: the exit status says the rest.
pub(super) struct JsonLines;

impl Report for JsonLines {
    fn takes_bare(&self) -> bool {
        true
    }

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
    // As long as most are, so that it seldom grows.
    let mut json = Vec::with_capacity(1024);
    if serde_json::to_writer(&mut json, value).is_ok()
        && let Ok(json) = std::str::from_utf8(&json)
    {
        out.push_str(json);
    }
}
