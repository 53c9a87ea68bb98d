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

    /// All of a file in one piece: it is looked at once whether it is characters, and not copied.
    fn file(&self, _path: &str, findings: &[Finding], out: &mut String) {
        let mut lines = std::mem::take(out).into_bytes();
        // As long as most are, so that it seldom grows.
        lines.reserve(findings.len() * 400);
        for finding in findings {
            let begun = lines.len();
            match serde_json::to_writer(&mut lines, finding) {
                Ok(()) => lines.push(b'\n'),
                Err(_) => lines.truncate(begun),
            }
        }
        *out = String::from_utf8(lines).unwrap_or_default();
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
