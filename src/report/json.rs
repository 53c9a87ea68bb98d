//! One JSON document: `{"version": 1, "diagnostics": […], "summary": {…}}`.

use super::{Finding, Report, Summary, json_lines};

/// One diagnostic on a line, so that a difference of two runs reads well.
pub(super) struct Json;

impl Report for Json {
    fn finding(&self, finding: &Finding, out: &mut String) {
        json_lines::append(finding, out);
    }

    fn opening(&self) -> &'static str {
        "{\"version\": 1, \"diagnostics\": [\n  "
    }

    fn between(&self) -> &'static str {
        ",\n  "
    }

    fn closing(&self, summary: &Summary) -> String {
        let mut out = String::from(if summary.findings() > 0 { "\n]" } else { "{\"version\": 1, \"diagnostics\": []" });
        out.push_str(", \"summary\": ");
        json_lines::append(summary, &mut out);
        out.push_str("}\n");
        out
    }
}
