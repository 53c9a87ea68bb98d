//! The one promise of all marks: a text with them reads as it did without.

use crate::corpus::{FileKind, FileState};
use crate::syntax::{self, Document, Format, NodeKind, reading};
use crate::text::{Edit, Edits};

/// What kind of mark is put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// A mention.
    Mention,
    /// A bracketed span.
    Span,
    /// A citation.
    Citation,
}

/// How often marks that spoil each other are tried apart before the rest is left out.
const MOST_TRIED: usize = 200;

/// The format of a text; `None` for another file.
pub(super) fn format_of(file: &FileState) -> Option<Format> {
    if let FileKind::Text(format) = file.kind { Some(format) } else { None }
}

/// The edits, each of which puts in one mark, when the text reads the same with them and has as many marks more.
pub(super) fn sound(text: &str, format: Format, mark: Mark, edits: Vec<Edit>) -> Option<Edits> {
    Judge::new(text, format, mark).holds(&edits)
}

/// As many of the edits as can be made so; those that spoil something (a bracket that stands before a name) are left out.
pub(super) fn sound_of_many(text: &str, format: Format, mark: Mark, edits: Vec<Edit>) -> Edits {
    let mut judge = Judge::new(text, format, mark);
    let kept = judge.kept(edits);
    Edits::new(kept).unwrap_or_default()
}

struct Judge<'a> {
    text: &'a str,
    format: Format,
    mark: Mark,
    words: String,
    count: usize,
    tried: usize,
}

impl<'a> Judge<'a> {
    fn new(text: &'a str, format: Format, mark: Mark) -> Self {
        let document = syntax::parse(text, format);
        let words = reading(text, &document).text.into_owned();
        Self { text, format, mark, words, count: count(&document, mark), tried: 0 }
    }

    fn holds(&mut self, edits: &[Edit]) -> Option<Edits> {
        self.tried += 1;
        let edits = Edits::new(edits.to_vec()).ok()?;
        let after = edits.apply(self.text);
        let document = syntax::parse(&after, self.format);
        let added = count(&document, self.mark) == self.count + edits.as_slice().len();
        (added && reading(&after, &document).text == self.words).then_some(edits)
    }

    /// Halves what does not hold until the culprits are alone.
    fn kept(&mut self, mut edits: Vec<Edit>) -> Vec<Edit> {
        if edits.is_empty() || self.holds(&edits).is_some() {
            return edits;
        }
        if edits.len() == 1 || self.tried >= MOST_TRIED {
            return Vec::new();
        }
        let right = edits.split_off(edits.len() / 2);
        let mut left = self.kept(edits);
        let right = self.kept(right);
        let alone = left.len();
        left.extend(right);
        if self.holds(&left).is_none() {
            left.truncate(alone);
        }
        left
    }
}

fn count(document: &Document, mark: Mark) -> usize {
    let is = |kind: &NodeKind| match mark {
        Mark::Mention => matches!(kind, NodeKind::Mention(_)),
        Mark::Span => matches!(kind, NodeKind::BracketedSpan { .. }),
        Mark::Citation => matches!(kind, NodeKind::Citation(_)),
    };
    document.nodes.iter().filter(|n| is(&n.kind)).count()
}
