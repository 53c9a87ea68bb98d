//! Checkstyle's XML: a `file` with its `error`s, which many servers of continuous integration read.
//!
//! Checkstyle has published no schema of it; `fixtures/schemas/` holds one of its output as its `XMLLogger` writes it.

use super::{Ending, Finding, Report, xml};
use crate::config::Level;

/// Only files in which something was found are written, as by Checkstyle's own readers' custom.
pub(super) struct Checkstyle;

impl Report for Checkstyle {
    fn opening(&self) -> String {
        let mut out = xml::DECLARATION.to_owned();
        xml::begin(&mut out, "checkstyle", &[("version", "10.0")]);
        out.push_str(">\n");
        out
    }

    fn file(&self, path: &str, findings: &[Finding], out: &mut String) {
        xml::begin(out, "file", &[("name", path)]);
        out.push_str(">\n");
        for finding in findings {
            self.finding(finding, out);
        }
        out.push_str("</file>\n");
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        let (line, column) = (finding.start.line.to_string(), finding.start.column.to_string());
        let attributes = [
            ("line", line.as_str()),
            ("column", &column),
            ("severity", severity(finding.level)),
            ("message", &finding.sentences()),
            ("source", &format!("vidimus.{}", finding.rule)),
        ];
        xml::begin(out, "error", &attributes);
        out.push_str("/>\n");
    }

    fn closing(&self, _: &Ending) -> String {
        "</checkstyle>\n".into()
    }
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "info",
    }
}
