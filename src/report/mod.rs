//! Findings out: one format, one file.
//!
//! A [`Finding`] is a [`Diagnostic`](crate::rules::Diagnostic) with its lines, columns and the few lines of text to show, so
//! that the text itself can be let go. A [`Report`] makes characters of it.
//!
//! Every format is written as it goes, a file at a time: nothing but the findings of some files is held.
//!
//! To add a format: a file here that implements [`Report`], a variant of [`Format`], its name in `cli::arguments`, and its
//! published schema in `tests/gate/`.
//!
//! Not here: printing to a terminal (`cli` hands in what is written to), the protocol's diagnostics (`server`).

mod brief;
mod checkstyle;
mod finding;
mod github;
mod gitlab;
mod json;
mod json_lines;
mod junit;
mod later;
mod narrow;
mod rdjson;
mod sarif;
mod text;
mod told;
mod uri;
mod window;
mod xml;

#[cfg(test)]
mod tests;

pub use brief::PICTURES;
pub use finding::{AllowedOut, Baseline, EditOut, Finding, FixOut, Home, Place, RelatedOut, Sources};
pub use told::Told;
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
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML, a test suite for each file.
    Junit,
    /// Checkstyle's XML.
    Checkstyle,
    /// Reviewdog's diagnostic format.
    Rdjson,
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

/// How a run ended: what is known only when all files are done.
#[derive(Clone, Debug, Default)]
pub struct Ending {
    /// What was counted.
    pub summary: Summary,
    /// Whether any finding was written, such as the text allows among them.
    pub wrote: bool,
    /// The files in which something was found, as the reader of the report names them, in order.
    pub files: Vec<String>,
    /// What went wrong with files: whose name, what, and whether something was left unchecked.
    pub troubles: Vec<(String, String, bool)>,
    /// The exit status.
    pub status: u8,
}

/// One format. Findings are written in many threads, each file's while its text is at hand, and put together in order: sorted by
/// path, place and rule.
pub trait Report: Send + Sync {
    /// Whether it shows no lines, so that findings can be [bare](Home::bare).
    fn takes_bare(&self) -> bool {
        false
    }

    /// Whether it tells by which fingerprint a finding is known.
    fn takes_fingerprints(&self) -> bool {
        true
    }

    /// Appends one finding.
    fn finding(&self, finding: &Finding, out: &mut String);

    /// Appends what was found in one file, named as its reader names it: in most formats one finding after another.
    fn file(&self, _path: &str, findings: &[Finding], out: &mut String) {
        for (n, finding) in findings.iter().enumerate() {
            if n > 0 {
                out.push_str(self.between());
            }
            self.finding(finding, out);
        }
    }

    /// Whether findings that the text allows or a baseline holds are written as well, as such.
    fn lists_silenced(&self) -> bool {
        false
    }

    /// Whether files without findings are written as well.
    fn lists_clean(&self) -> bool {
        false
    }

    /// What the report begins with.
    fn opening(&self) -> String {
        String::new()
    }

    /// What stands before the first finding.
    fn first(&self) -> &'static str {
        ""
    }

    /// What stands between two findings.
    fn between(&self) -> &'static str {
        ""
    }

    /// What the report ends with.
    fn closing(&self, ending: &Ending) -> String;
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
            Self::Sarif => Box::new(sarif::Sarif),
            Self::Github => Box::new(github::Github),
            Self::Gitlab => Box::new(gitlab::Gitlab),
            Self::Junit => Box::new(junit::Junit),
            Self::Checkstyle => Box::new(checkstyle::Checkstyle),
            Self::Rdjson => Box::new(rdjson::Rdjson),
        }
    }

    /// How the findings behind the first [`PICTURES`] are written, where nobody would read so many in this format.
    #[must_use]
    pub fn brief(self, styled: bool) -> Option<Box<dyn Report>> {
        match self {
            Self::Text => Some(Box::new(brief::Brief { styled })),
            _ => None,
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
