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

    fn file(&self, _path: &str, findings: &[Finding], out: &mut String) {
        if !findings.is_empty() {
            append_all(findings, "\n", out);
            out.push('\n');
        }
    }

    fn closing(&self, _: &Ending) -> String {
        String::new()
    }
}

/// Appends plain data as JSON, which cannot fail.
pub(super) fn append(value: &impl Serialize, out: &mut String) {
    append_all(std::slice::from_ref(value), "", out);
}

/// Appends all of a file's in one piece, with something between: it is looked at once whether it is characters, and not copied.
pub(super) fn append_all(values: &[impl Serialize], between: &str, out: &mut String) {
    let mut json = std::mem::take(out).into_bytes();
    // As long as most are, so that it seldom grows.
    json.reserve(values.len() * 400);
    for (number, value) in values.iter().enumerate() {
        if number > 0 {
            json.extend_from_slice(between.as_bytes());
        }
        // Plain data is written to memory: there is nothing that could go wrong.
        let _ = serde_json::to_writer(&mut json, value);
    }
    *out = String::from_utf8(json).unwrap_or_default();
}
