//! Findings out: one format, one file.
//!
//! A [`Finding`] is a [`Diagnostic`](crate::rules::Diagnostic) with its lines, columns and the few lines of text to show, so
//! that the text itself can be let go. A [`Report`] makes characters of it.
//!
//! To add a format: a file here that implements [`Report`], a variant of [`Format`], and its expected output under
//! `tests/commands/`.
//!
//! Not here: printing to a terminal (`cli` hands in what is written to), the protocol's diagnostics (`server`).

mod finding;
mod json;
mod json_lines;
mod text;
mod window;

pub use finding::{EditOut, Finding, FixOut, Place, RelatedOut, Sources};
pub use window::Window;

use crate::config::Level;

/// In which shape findings are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: the place in its text, the reason, the cure.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// One JSON object a line, each written as soon as its file is done.
    JsonLines,
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level note.
    pub notes: usize,
    /// Files that could not be read.
    pub skipped: usize,
}

/// One format. Findings are written in many threads, each file's while its text is at hand, and put together in order: sorted by
/// path, place and rule.
pub trait Report: Sync {
    /// Appends one finding.
    fn finding(&self, finding: &Finding, out: &mut String);
    /// What stands before the first finding.
    fn opening(&self) -> &'static str {
        ""
    }
    /// What stands between two findings.
    fn between(&self) -> &'static str {
        ""
    }
    /// What comes after the last one; `opening` was written only when there was one.
    fn closing(&self, summary: &Summary) -> String;
}

impl Format {
    /// A writer of this format. `width` is the terminal's, in columns; `styled` asks for colours where the format has any;
    /// `summary` for the closing line where the format can do without.
    #[must_use]
    pub fn report(self, width: usize, styled: bool, summary: bool) -> Box<dyn Report> {
        match self {
            Self::Text => Box::new(text::Text::new(width, styled, summary)),
            Self::Json => Box::new(json::Json),
            Self::JsonLines => Box::new(json_lines::JsonLines),
        }
    }
}

impl Summary {
    /// Counts one finding.
    pub fn count(&mut self, level: Level) {
        match level {
            Level::Error => self.errors += 1,
            Level::Warning => self.warnings += 1,
            Level::Note => self.notes += 1,
            Level::Off => {}
        }
    }

    /// Findings of any level.
    #[must_use]
    pub fn findings(&self) -> usize {
        self.errors + self.warnings + self.notes
    }
}
