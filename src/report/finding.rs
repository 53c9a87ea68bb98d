//! A finding with everything that is needed to show it once its text is let go.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::Window;
use crate::config::Level;
use crate::rules::{Diagnostic, Fix, Related};
use crate::text::{Encoding, LineIndex, Span};

/// Line and column, both from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// One finding, ready to be written. Its keys are those of `check --format json`.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The file as the reader of the report can open it.
    pub path: String,
    /// The rule's name.
    pub rule: &'static str,
    /// How grave.
    #[serde(serialize_with = "word")]
    pub level: Level,
    /// The fault.
    pub message: String,
    /// The cure.
    pub help: Option<String>,
    /// Stays the same while other parts of the text change.
    pub fingerprint: String,
    /// Where it begins.
    pub start: Place,
    /// Where it ends, the first place behind it.
    pub end: Place,
    /// Where, in bytes of the file, half open.
    #[serde(serialize_with = "pair")]
    pub bytes: Span,
    /// Places that explain it.
    pub related: Vec<RelatedOut>,
    /// A cure that can be applied.
    pub fix: Option<FixOut>,
    /// The lines to show; absent when the text is not at hand.
    #[serde(skip)]
    pub window: Option<Window>,
}

/// A place that explains a finding.
#[derive(Clone, Debug, Serialize)]
pub struct RelatedOut {
    /// The file.
    pub path: String,
    /// Where, in bytes of that file.
    #[serde(serialize_with = "pair")]
    pub bytes: Span,
    /// What is there.
    pub message: String,
    /// Line and column, when that file's text is at hand.
    #[serde(skip)]
    pub place: Option<Place>,
}

/// A cure that can be applied.
#[derive(Clone, Debug, Serialize)]
pub struct FixOut {
    /// What it does.
    pub title: String,
    /// Whether it leaves the meaning as it is.
    pub safe: bool,
    /// What changes.
    pub edits: Vec<EditOut>,
}

/// One replacement of a cure.
#[derive(Clone, Debug, Serialize)]
pub struct EditOut {
    /// The file.
    pub path: String,
    /// What is replaced.
    #[serde(serialize_with = "pair")]
    pub bytes: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// The texts findings lie in.
pub trait Sources {
    /// The characters of a file of the corpus, by its path relative to the root.
    fn text(&self, path: &str) -> Option<Arc<str>>;
    /// How the reader of the report names that file.
    fn shown(&self, path: &str) -> String;
}

impl Finding {
    /// `diagnostic`, which lies in `text` with these `lines`. `sources` is asked for other files that explain it.
    #[must_use]
    pub fn new(diagnostic: Diagnostic, text: &str, lines: &LineIndex, sources: &dyn Sources) -> Self {
        // What only the author can choose between is for editors.
        let Diagnostic { path, rule, level, span, message, help, related, fix, alternatives: _, fingerprint } = diagnostic;
        Self {
            rule,
            level,
            message,
            help,
            fingerprint,
            start: place(text, lines, span.start),
            end: place(text, lines, span.end),
            bytes: span,
            window: Some(Window::around(text, lines, span)),
            related: related.into_iter().map(|r| related_out(r, &path, text, lines, sources)).collect(),
            fix: fix.map(|fix| fix_out(fix, sources)),
            path: sources.shown(&path),
        }
    }
}

fn place(text: &str, lines: &LineIndex, offset: u32) -> Place {
    let at = lines.line_column(text, offset, Encoding::Utf32);
    Place { line: at.line + 1, column: at.column + 1 }
}

fn related_out(related: Related, home: &str, text: &str, lines: &LineIndex, sources: &dyn Sources) -> RelatedOut {
    let place = if related.path == home {
        Some(place(text, lines, related.span.start))
    } else {
        sources.text(&related.path).map(|other| place(&other, &LineIndex::new(&other), related.span.start))
    };
    RelatedOut { path: sources.shown(&related.path), bytes: related.span, message: related.message, place }
}

fn fix_out(fix: Fix, sources: &dyn Sources) -> FixOut {
    let mut edits = Vec::new();
    for (path, of_file) in &fix.edits {
        let path = sources.shown(path);
        edits.extend(of_file.as_slice().iter().map(|e| EditOut { path: path.clone(), bytes: e.span, text: e.text.clone() }));
    }
    FixOut { title: fix.title, safe: fix.safe, edits }
}

fn word<S: Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(level.word())
}

fn pair<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
    [span.start, span.end].serialize(serializer)
}
