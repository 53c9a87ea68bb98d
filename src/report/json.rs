//! One JSON document: `{"version": 1, "diagnostics": […], "summary": {…}}`.

use super::{Ending, Finding, Report, json_lines};

/// One diagnostic on a line, so that a difference of two runs reads well.
pub(super) struct Json;

impl Report for Json {
    fn takes_bare(&self) -> bool {
        true
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        json_lines::append(finding, out);
    }

    fn file(&self, _path: &str, findings: &[Finding], out: &mut String) {
        json_lines::append_all(findings, self.between(), out);
    }

    fn opening(&self) -> String {
        "{\"version\": 1, \"diagnostics\": [".into()
    }

    fn first(&self) -> &'static str {
        "\n  "
    }

    fn between(&self) -> &'static str {
        ",\n  "
    }

    fn closing(&self, ending: &Ending) -> String {
        let mut out = String::from(if ending.wrote { "\n], \"summary\": " } else { "], \"summary\": " });
        json_lines::append(&ending.summary, &mut out);
        out.push_str("}\n");
        out
    }
}
