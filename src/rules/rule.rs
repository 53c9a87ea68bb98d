//! A rule as a value, and what it is asked with.

use super::Findings;
use crate::config::{LevelRow, TextKind};
use crate::corpus::{Annotations, FileId, FileState, Snapshot};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, after the fault: that of its file, with hyphens.
    pub name: &'static str,
    /// What it flags, in one line.
    pub summary: &'static str,
    /// Its manual, in Markdown.
    pub docs: &'static str,
    /// Whether it can be wrong.
    pub tier: Tier,
    /// Its level by kind of text, before settings.
    pub levels: LevelRow,
    /// Reports what it finds in one file.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

/// Whether a rule can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// No guess about language is involved.
    Sound,
    /// It reads language, and may misread it.
    Heuristic,
}

/// One file, as a rule sees it.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The corpus.
    pub snapshot: &'a Snapshot,
    /// The file.
    pub id: FileId,
    /// Its facts and settings.
    pub file: &'a FileState,
    /// What its words mean, when it is a text.
    pub notes: Option<&'a Annotations>,
}

/// Declares a rule: its doc comment, name, summary, tier, levels and check.
macro_rules! rule {
    ($(#[doc = $doc:literal])* $name:literal, $summary:literal, $tier:ident, $levels:expr, $check:path) => {
        $(#[doc = $doc])*
        pub(super) static RULE: crate::rules::Rule = crate::rules::Rule {
            name: $name,
            summary: $summary,
            docs: concat!($($doc, "\n"),*),
            tier: crate::rules::Tier::$tier,
            levels: $levels,
            check: $check,
        };
    };
}
pub(super) use rule;

impl Rule {
    /// Its manual as Markdown, without the space that doc comments put before each line.
    #[must_use]
    pub fn manual(&self) -> String {
        self.docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n")
    }

    /// Its level for a kind of text, before settings.
    #[must_use]
    pub fn level(&self, kind: TextKind) -> crate::config::Level {
        match kind {
            TextKind::Analysis => self.levels.analysis,
            TextKind::SourceText => self.levels.source_text,
            TextKind::Opinion | TextKind::Note => self.levels.other,
        }
    }
}
