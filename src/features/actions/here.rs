//! The place at which something is to be done, and what is known of it; each thing is worked out when first asked for.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::corpus::{Annotations, FileId, Snapshot};
use crate::rules::{self, Diagnostic};
use crate::syntax::reading;
use crate::text::{Edits, Span};

/// What is known to be wrong with a file already.
#[derive(Clone, Debug)]
pub struct Known {
    /// All that [`touch`]es the place, in order.
    pub findings: Vec<Diagnostic>,
    /// Whether anything in the file can be cured without a thought.
    pub safe_fix: bool,
}

/// A place in a file.
pub(super) struct Here<'a> {
    /// The corpus.
    pub(super) snapshot: &'a Snapshot,
    /// The file.
    pub(super) file: FileId,
    /// What is selected; empty for a cursor.
    pub(super) span: Span,
    known: Option<Known>,
    notes: OnceCell<Option<Arc<Annotations>>>,
    findings: OnceCell<Vec<Diagnostic>>,
    text: OnceCell<Arc<str>>,
}

impl<'a> Here<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, file: FileId, span: Span) -> Self {
        Self { snapshot, file, span, known: None, notes: OnceCell::new(), findings: OnceCell::new(), text: OnceCell::new() }
    }

    /// The same where what is wrong there is known already.
    pub(super) fn knowing(snapshot: &'a Snapshot, file: FileId, span: Span, known: Option<Known>) -> Self {
        Self { known, ..Self::new(snapshot, file, span) }
    }

    /// The file's characters.
    pub(super) fn text(&self) -> &Arc<str> {
        self.text.get_or_init(|| self.snapshot.text(self.file).unwrap_or_else(|| Arc::from("")))
    }

    /// What the text means, when it is one.
    pub(super) fn notes(&self) -> Option<&Annotations> {
        self.notes.get_or_init(|| self.snapshot.annotations(self.file)).as_deref()
    }

    /// What is wrong with the file; where only what is wrong here is known, that.
    fn all_findings(&self) -> &[Diagnostic] {
        if let Some(known) = &self.known {
            return &known.findings;
        }
        self.findings.get_or_init(|| rules::check(self.snapshot, self.file, self.notes()))
    }

    /// What is wrong here.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.all_findings().iter().filter(|found| touch(found.span, self.span))
    }

    /// Whether the file has a finding that can be cured without a thought.
    pub(super) fn has_safe_fix(&self) -> bool {
        self.known.as_ref().map_or_else(|| self.all_findings().iter().any(Diagnostic::is_safely_fixed), |known| known.safe_fix)
    }

    /// The finding of a rule whose place this is.
    pub(super) fn finding(&self, rule: &str) -> Option<&Diagnostic> {
        self.all_findings().iter().find(|found| found.rule == rule && found.span == self.span)
    }

    /// The line end that the text uses.
    pub(super) fn line_end(&self) -> &'static str {
        line_end(self.text())
    }

    /// The corpus with these edits made in the text.
    pub(super) fn after(&self, edits: &Edits) -> Snapshot {
        self.snapshot.with_text(self.file, edits.apply(self.text()).into())
    }

    /// Whether the text reads the same in `after`.
    pub(super) fn reads_the_same(&self, after: &Snapshot) -> bool {
        let words = |snapshot: &Snapshot| snapshot.annotations(self.file).map(|n| reading(&n.text, &n.document).text.into_owned());
        words(self.snapshot) == words(after)
    }
}

/// Whether two places share a byte or a boundary.
#[must_use]
pub fn touch(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// The line end that a text uses.
pub(super) fn line_end(text: &str) -> &'static str {
    match memchr::memchr(b'\n', text.as_bytes()) {
        Some(at) if at > 0 && text.as_bytes()[at - 1] == b'\r' => "\r\n",
        _ => "\n",
    }
}
