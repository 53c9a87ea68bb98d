//! Workflow commands of GitHub Actions, which become annotations on the lines of a change.
//!
//! `::error file=…,line=…::message`, as GitHub's "Workflow commands" page has it; what must be escaped is what its runner and
//! `@actions/core` unescape. The runner shows ten errors, ten warnings and ten notices of a step: SARIF has them all.

use super::{Ending, Finding, Report};
use crate::config::Level;

/// One command a line, and no other line.
pub(super) struct Github;

impl Report for Github {
    fn finding(&self, finding: &Finding, out: &mut String) {
        out.push_str("::");
        out.push_str(command(finding.level));
        out.push_str(" file=");
        property(out, &finding.path);
        out.push_str(&format!(",line={},endLine={}", finding.start.line, finding.end.line));
        // The service refuses columns of an annotation that spans several lines.
        if finding.start.line == finding.end.line {
            out.push_str(&format!(",col={},endColumn={}", finding.start.column, finding.end.column));
        }
        out.push_str(",title=");
        property(out, finding.rule);
        out.push_str("::");
        data(out, &finding.sentences());
        out.push('\n');
    }

    fn closing(&self, _: &Ending) -> String {
        String::new()
    }
}

fn command(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Off => "notice",
    }
}

fn data(out: &mut String, text: &str) {
    escape(out, text, false);
}

fn property(out: &mut String, text: &str) {
    escape(out, text, true);
}

fn escape(out: &mut String, text: &str, is_property: bool) {
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            ':' if is_property => out.push_str("%3A"),
            ',' if is_property => out.push_str("%2C"),
            // A log is shown to people.
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}
