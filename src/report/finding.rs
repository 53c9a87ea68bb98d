//! A finding with everything that is needed to show it once its text is let go.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::Window;
use super::told::{TellOnce, Told};
use crate::config::Level;
use crate::rules::{Allowance, Diagnostic, Fix, Related};
use crate::text::{Encoding, LineColumn, LineIndex, Span};

/// Line and column, both from 1; columns count Unicode scalar values. A byte order mark is none of them: whoever opens the file sees
/// none, and counts from behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
    /// The same column counted in bytes of UTF-8, from 1, for formats that count so: those of a byte order mark count.
    #[serde(skip)]
    pub byte_column: u32,
}

/// How a finding stands to those of an earlier run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// It was not there.
    New,
    /// It was there.
    Unchanged,
    /// It was there, and says something else by now.
    Updated,
    /// It was there and is gone.
    Absent,
}

/// The directive that silences a finding.
#[derive(Clone, Debug)]
pub struct AllowedOut {
    /// Its reason.
    pub reason: String,
    /// Where it begins.
    pub start: Place,
    /// Where it ends.
    pub end: Place,
}

/// One finding, ready to be written. Its keys are those of `check --format json`.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The file as the reader of the report can open it.
    pub path: Told,
    /// The rule's name.
    pub rule: &'static str,
    /// How grave.
    #[serde(serialize_with = "word")]
    pub level: Level,
    /// The fault.
    pub message: Told,
    /// The cure.
    pub help: Option<Told>,
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
    /// Others, between which only the author can choose.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<FixOut>,
    /// The lines to show; absent when the text is not at hand.
    #[serde(skip)]
    pub window: Option<Window>,
    /// Whether it is at or above the fail level.
    #[serde(skip)]
    pub fails: bool,
    /// What silences it: only formats that [list](super::Report::lists_silenced) such findings are given any.
    #[serde(skip)]
    pub allowed: Option<AllowedOut>,
    /// How it stands to an earlier run, when it was compared with one.
    #[serde(skip)]
    pub baseline: Option<Baseline>,
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
    /// Where it ends, likewise.
    #[serde(skip)]
    pub end: Option<Place>,
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
    /// Where it begins and ends, when that file's text is at hand.
    #[serde(skip)]
    pub places: Option<(Place, Place)>,
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
        Home::new(&diagnostic.path.clone(), text, lines, sources).finding(diagnostic)
    }

    /// The same, silenced by a directive of the same text.
    #[must_use]
    pub fn allowed(mut self, by: Allowance, text: &str, lines: &LineIndex) -> Self {
        let (start, end) = (place(text, lines, by.span.start), place(text, lines, by.span.end));
        self.allowed = Some(AllowedOut { reason: by.reason, start, end });
        self
    }

    /// Fault and cure as sentences: `This claim has no source. Cite one.`
    pub(super) fn sentences(&self) -> String {
        let mut out = sentence(&self.message);
        if let Some(help) = &self.help {
            out.push(' ');
            out.push_str(&sentence(help));
        }
        out
    }
}

/// Words with a stop behind them, and with a capital unless they begin with a name in backticks.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let mut out: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    if !out.ends_with(['.', '?', '!', '…']) {
        out.push('.');
    }
    out
}

/// The file in which something was found: what is told with each of its findings is worked out once.
pub struct Home<'a> {
    path: &'a str,
    /// As the reader of the report names it.
    shown: Told,
    text: &'a str,
    lines: &'a LineIndex,
    sources: &'a dyn Sources,
    /// Whether lines, and those and columns of what explains and cures a finding, are wanted.
    shows: bool,
    once: TellOnce,
}

impl<'a> Home<'a> {
    /// The file at `path`, with its text and `lines`. `sources` is asked for other files that explain findings.
    #[must_use]
    pub fn new(path: &'a str, text: &'a str, lines: &'a LineIndex, sources: &'a dyn Sources) -> Self {
        Self { path, shown: Told::new(sources.shown(path)), text, lines, sources, shows: true, once: TellOnce::default() }
    }

    /// The same without the lines to show, and without lines and columns of what explains and cures a finding.
    #[must_use]
    pub fn bare(self) -> Self {
        Self { shows: false, ..self }
    }

    /// What was found in it, ready to be written.
    #[must_use]
    pub fn finding(&mut self, diagnostic: Diagnostic) -> Finding {
        let Diagnostic { path, rule, level, span, message, help, related, fix, alternatives, fingerprint } = diagnostic;
        let (start, end) = self.here(span);
        Finding {
            rule,
            level,
            message: self.once.tell(message),
            help: help.map(|help| self.once.tell(help)),
            fingerprint,
            start,
            end,
            bytes: span,
            window: self.shows.then(|| Window::around(self.text, self.lines, span)),
            related: none_or(related, |related| related.into_iter().map(|r| self.related(r)).collect()),
            fix: fix.map(|fix| self.fix(fix)),
            alternatives: none_or(alternatives, |others| others.into_iter().map(|fix| self.fix(fix)).collect()),
            path: if path == self.path { self.shown.clone() } else { Told::new(self.sources.shown(&path)) },
            fails: false,
            allowed: None,
            baseline: None,
        }
    }

    fn here(&self, span: Span) -> (Place, Place) {
        let (start, end) = self.lines.columns(self.text, span, Encoding::Utf32);
        (self.place(start, span.start), self.place(end, span.end))
    }

    fn place(&self, at: LineColumn, offset: u32) -> Place {
        let byte = Span::from(0..self.text.floor_char_boundary(offset as usize)).end;
        Place { line: at.line + 1, column: at.behind_mark(self.text).column + 1, byte_column: byte - self.lines.line(at.line).start + 1 }
    }

    /// Where a span of this file or another begins and ends.
    fn places(&self, path: &str, span: Span) -> Option<(Place, Place)> {
        if !self.shows {
            return None;
        }
        if path == self.path {
            return Some(self.here(span));
        }
        let other = self.sources.text(path)?;
        let lines = LineIndex::new(&other);
        Some((place(&other, &lines, span.start), place(&other, &lines, span.end)))
    }

    fn related(&self, related: Related) -> RelatedOut {
        let (place, end) = self.places(&related.path, related.span).unzip();
        RelatedOut { path: self.sources.shown(&related.path), bytes: related.span, message: related.message, place, end }
    }

    fn fix(&self, fix: Fix) -> FixOut {
        let mut edits = Vec::new();
        for (path, of_file) in &fix.edits {
            let shown = self.sources.shown(path);
            edits.extend(of_file.as_slice().iter().map(|e| EditOut {
                path: shown.clone(),
                bytes: e.span,
                text: e.text.clone(),
                places: self.places(path, e.span),
            }));
        }
        FixOut { title: fix.title, safe: fix.safe, edits }
    }
}

/// A list made of another: of most findings there are none.
fn none_or<T, U>(list: Vec<T>, made: impl FnOnce(Vec<T>) -> Vec<U>) -> Vec<U> {
    if list.is_empty() { Vec::new() } else { made(list) }
}

fn place(text: &str, lines: &LineIndex, offset: u32) -> Place {
    let at = lines.line_column(text, offset, Encoding::Utf32);
    let bytes = lines.line_column(text, offset, Encoding::Utf8);
    Place { line: at.line + 1, column: at.behind_mark(text).column + 1, byte_column: bytes.column + 1 }
}

fn word<S: Serializer>(level: &Level, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(level.word())
}

fn pair<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
    [span.start, span.end].serialize(serializer)
}
