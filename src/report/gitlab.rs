//! GitLab's code quality report: a list of Code Climate's issues.
//!
//! GitLab asks for `description`, `check_name`, `fingerprint`, `severity` and `location`; the rest is what Code Climate's own
//! format requires of an issue.

use serde_json::json;
use xxhash_rust::xxh3::xxh3_128;

use super::{Ending, Finding, Report, json_lines};
use crate::config::Level;

/// One issue on a line.
pub(super) struct Gitlab;

impl Report for Gitlab {
    fn opening(&self) -> String {
        "[".into()
    }

    fn first(&self) -> &'static str {
        "\n"
    }

    fn between(&self) -> &'static str {
        ",\n"
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        let mut issue = json!({
            "type": "issue",
            "check_name": finding.rule,
            "description": finding.sentences(),
            "categories": ["Clarity"],
            "severity": severity(finding.level),
            "fingerprint": fingerprint(finding),
            "location": {"path": &*finding.path, "lines": {"begin": finding.start.line, "end": finding.end.line}},
        });
        if let Some(help) = &finding.help {
            issue["content"] = json!({"body": help});
        }
        json_lines::append(&issue, out);
    }

    fn closing(&self, ending: &Ending) -> String {
        if ending.wrote { "\n]\n".into() } else { "]\n".into() }
    }
}

/// Two corpora of one report may hold texts of the same name and words, and GitLab drops an issue whose fingerprint it knows.
fn fingerprint(finding: &Finding) -> String {
    format!("{:032x}", xxh3_128(format!("{}\0{}\0{}", finding.path, finding.rule, finding.fingerprint).as_bytes()))
}

/// GitLab's `critical` and `blocker` are left to what stops a machine.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Note | Level::Off => "info",
    }
}
