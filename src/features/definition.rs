//! Where is it defined?

use super::{FilePosition, implementation};
use crate::corpus::{Place, Snapshot, Symbol};
use crate::registry::unsc::{self, Resolution};
use crate::registry::{Record, RecordKind};
use crate::syntax::NodeKind;
use crate::text::Span;

/// What stands at a place, and where it is defined.
#[derive(Clone, Debug, PartialEq)]
pub struct Definition {
    /// The words that name it.
    pub origin: Span,
    /// Where it is defined: one place as a rule, several for a name that may mean several things or a record of two homes.
    pub targets: Vec<Target>,
}

/// Where a thing is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// In a file of the corpus: the pinpointed paragraph, the note, the entry of a list or bibliography.
    Place(Place),
    /// In the built-in table alone.
    BuiltIn(Resolution),
}

/// Where the thing at a place is defined; `None` where nothing is named that is defined anywhere. "The resolution" leads to the one
/// named before; the words of a quotation to the same words in the work it cites. The smallest thing wins.
#[must_use]
pub fn definition(snapshot: &Snapshot, at: FilePosition) -> Option<Definition> {
    let found = snapshot.symbol_at(at.file, at.offset);
    let named = found.and_then(|found| {
        // Who stands on the entry of a work already is led on to the work's words.
        let onward = if stands_in_entry(snapshot, at, &found.symbol) { implementation(snapshot, at) } else { None };
        onward.or_else(|| Definition::new(found.span, Target::all(snapshot, &found.symbol)))
    });
    named
        .or_else(|| Definition::of_no_name(snapshot, at))
        .or_else(|| {
            let short = snapshot.short_form_at(at.file, at.offset)?;
            Definition::new(short.span, Target::all(snapshot, &short.symbol))
        })
        .or_else(|| {
            let (quotation, places) = snapshot.quoted_words(at.file, at.offset)?;
            Definition::new(quotation, places.into_iter().map(Target::Place).collect())
        })
}

/// Whether a place is in the entry of the cited work that it means.
fn stands_in_entry(snapshot: &Snapshot, at: FilePosition, symbol: &Symbol) -> bool {
    let Symbol::Entity(entity, _) = symbol else { return false };
    let known = snapshot.entity(*entity);
    let is_here = |record: &Record| record.span.join(record.id.span).touches(at.offset);
    known.record.kind == RecordKind::Source
        && known.places().any(|place| place.file == at.file && snapshot.record_at(place).is_some_and(|record| is_here(record)))
}

/// The same for what the author marked, which no words around it change. Things that stand in no file are left out.
#[must_use]
pub fn definition_of_mark(snapshot: &Snapshot, at: FilePosition) -> Option<Definition> {
    let found = snapshot.mark_at(at.file, at.offset)?;
    let targets = Target::all(snapshot, &found.symbol).into_iter().filter(|target| matches!(target, Target::Place(_)));
    Definition::new(found.span, targets.collect())
}

impl Target {
    /// All places where a thing is defined, its home first.
    #[must_use]
    pub fn all(snapshot: &Snapshot, symbol: &Symbol) -> Vec<Self> {
        match symbol {
            Symbol::Resolution(number, _) => unsc::resolution(*number).map(Self::BuiltIn).into_iter().collect(),
            symbol => snapshot.definitions(symbol).into_iter().map(Self::Place).collect(),
        }
    }
}

impl Definition {
    /// `None` without targets.
    #[must_use]
    pub fn new(origin: Span, targets: Vec<Target>) -> Option<Self> {
        (!targets.is_empty()).then_some(Self { origin, targets })
    }

    /// Where something leads that names nothing: a footnote's mark to its words, a link or path to a file of the corpus.
    #[must_use]
    pub fn of_no_name(snapshot: &Snapshot, at: FilePosition) -> Option<Self> {
        let place = |file, span, full| vec![Target::Place(Place { file, span, full })];
        let head = &snapshot.file(at.file)?.facts.head;
        let mut written = head.bibliography.iter().find(|(_, span)| span.touches(at.offset)).map(|(path, span)| (path.clone(), *span));
        if let Some(notes) = snapshot.annotations(at.file) {
            if let Some(note) = notes.document.footnote_at(&notes.text, at.offset)
                && let Some((label, full)) = note.definition
            {
                return Self::new(note.label, place(at.file, label, full));
            }
            let links = notes.document.nodes.iter().rev().filter(|n| n.span.touches(at.offset));
            written = written.or_else(|| {
                links.into_iter().find_map(|n| match &n.kind {
                    NodeKind::Link { destination, .. } | NodeKind::Image { destination, .. } => {
                        Some((destination.slice(&notes.text).to_owned(), n.span))
                    }
                    _ => None,
                })
            });
        }
        let (path, origin) = written?;
        let file = snapshot.file_at(&snapshot.path_from(at.file, &path)?)?;
        Self::new(origin, place(file, Span::default(), Span::default()))
    }
}
