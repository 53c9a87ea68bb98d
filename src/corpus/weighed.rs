//! Whom a name might have meant, and why it does not: asked for one place, when somebody wants to know.

use super::{Annotations, Candidate, EntityId, Snapshot, settle};
use crate::text::Span;

/// A thing that a name may mean, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// The thing, and the role by which it bears the name.
    pub candidate: Candidate,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a thing that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is meant, or may be where several are left.
    Left,
    /// It did not hold the office at the text's date.
    OutOfRole,
    /// Another of that name was named in full before.
    NotNamedBefore,
    /// The word before wants a place.
    NoPlace,
}

/// A name that stands in the text, whether it is taken for one or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameAt {
    /// Its words, in the running text.
    pub words: Span,
    /// All it may mean.
    pub weighed: Vec<Weighed>,
}

impl Annotations {
    /// The names of the registries that touch a stretch of the running text, in order of place; of names in one another the
    /// longest.
    #[must_use]
    pub fn names_at(&self, snapshot: &Snapshot, stretch: Span) -> Vec<NameAt> {
        let touches = |span: Span| span.touches(stretch.start) || stretch.overlaps(span);
        let mut out = Vec::new();
        let from = self.words.passages.partition_point(|p| p.span.end < stretch.start);
        for passage in self.words.passages[from..].iter().take_while(|p| p.span.start <= stretch.end) {
            snapshot.names().gazetteer.scan(passage.span.slice(self.running()), |hit| {
                let words = hit.name.shift(passage.span.start);
                if touches(words) {
                    let all = hit.senses.iter().map(|s| Candidate { entity: EntityId(s.record), role: s.role() }).collect();
                    out.push(NameAt { words, weighed: settle::weigh(snapshot, self, words, all) });
                }
            });
        }
        out
    }

    /// Shorter names of the registries inside a name: without its first word, or without its last.
    #[must_use]
    pub fn names_inside(&self, snapshot: &Snapshot, words: Span) -> Vec<(Span, EntityId)> {
        let text = words.slice(self.running());
        let first = text.find(char::is_whitespace).map(|at| at + (text[at..].len() - text[at..].trim_start().len()));
        let last = text.rfind(char::is_whitespace);
        let mut out: Vec<(Span, EntityId)> = Vec::new();
        for part in [first.map(|at| at..text.len()), last.map(|at| 0..at)].into_iter().flatten() {
            snapshot.names().gazetteer.scan(&text[part.clone()], |hit| {
                let span = hit.name.shift(words.start + Span::from(0..part.start).end);
                out.extend(hit.senses.iter().map(|s| (span, EntityId(s.record))));
            });
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}
