//! One JSON document: `{"version": 1, "diagnostics": […], "summary": {…}}`.

use std::io::{self, Write};

use super::{Finding, Report, Summary};

/// Writes each diagnostic as it comes, one on a line, so that a long run needs no memory and a difference of two runs reads well.
#[derive(Default)]
pub(super) struct Json {
    any: bool,
}

impl Report for Json {
    fn finding(&mut self, out: &mut dyn Write, finding: &Finding) -> io::Result<()> {
        out.write_all(if self.any { b",\n  " } else { b"{\"version\": 1, \"diagnostics\": [\n  " })?;
        self.any = true;
        Ok(serde_json::to_writer(out, finding)?)
    }

    fn finish(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        out.write_all(if self.any { b"\n]" } else { b"{\"version\": 1, \"diagnostics\": []" })?;
        out.write_all(b", \"summary\": ")?;
        serde_json::to_writer(&mut *out, summary)?;
        out.write_all(b"}\n")
    }
}
