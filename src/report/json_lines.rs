//! One diagnostic a line.

use std::io::{self, Write};

use super::{Finding, Report, Summary};

/// Nothing but diagnostics: the exit status says the rest.
pub(super) struct JsonLines;

impl Report for JsonLines {
    fn finding(&mut self, out: &mut dyn Write, finding: &Finding) -> io::Result<()> {
        serde_json::to_writer(&mut *out, finding)?;
        out.write_all(b"\n")
    }

    fn finish(&mut self, _: &mut dyn Write, _: &Summary) -> io::Result<()> {
        Ok(())
    }
}
