//! For people with very many findings: one a line, without the lines of the text.
//!
//! Nobody looks at ten thousand pictures. So the report for people shows the first [`PICTURES`] findings in their text, and the others
//! so, which programs that jump to `path:line:column` read as well.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::text::visible;
use super::{Ending, Finding, Place, Report};
use crate::config::Level;

/// So many findings are shown in their text; those of the files that are looked at together with the last of them, too.
pub const PICTURES: usize = 1000;

/// `path:line:column: level[rule]: message (help)`
pub(super) struct Brief {
    pub(super) styled: bool,
}

impl Report for Brief {
    fn takes_bare(&self) -> bool {
        true
    }

    fn first(&self) -> &'static str {
        "from here on one finding a line; `-v` shows all in their text\n\n"
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        let Finding { path, rule, message, help, start: Place { line, column, .. }, .. } = finding;
        let (level, colour) = match finding.level {
            Level::Error => ("error", AnsiColor::BrightRed),
            Level::Warning => ("warning", AnsiColor::Yellow),
            Level::Note | Level::Off => ("note", AnsiColor::BrightGreen),
        };
        let style = if self.styled { colour.on_default().bold() } else { Style::new() };
        // A string takes all that is written to it.
        let _ = write!(out, "{path}:{line}:{column}: {style}{level}[{rule}]{style:#}: {}", visible(message));
        if let Some(help) = help {
            let _ = write!(out, " ({})", visible(help));
        }
        out.push('\n');
    }

    /// Told by the report that it goes on for.
    fn closing(&self, _: &Ending) -> String {
        String::new()
    }
}
