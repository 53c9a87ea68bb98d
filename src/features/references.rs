//! Where is it named?

use super::{FilePosition, Spot};
use crate::corpus::{FileId, Snapshot, Symbol};
use crate::text::Span;

/// All places that name what stands at a place, sorted by path and place, each once; with `declaration` also those that define it.
/// A pinpoint has its own uses; a name that may mean several things has the uses of each. `None` where nothing is named.
#[must_use]
pub fn references(snapshot: &Snapshot, at: FilePosition, declaration: bool) -> Option<Vec<Spot>> {
    if let Some(found) = of_footnote(snapshot, at, declaration) {
        return Some(found);
    }
    let subject = snapshot.subject_at(at.file, at.offset)?.symbol;
    if matches!(subject, Symbol::Claim(_)) {
        return None;
    }
    let mut out = uses_of(snapshot, &subject, at.file);
    if declaration {
        for place in snapshot.definitions(&subject) {
            // Few among many that are in order.
            let path = snapshot.path(place.file);
            let at = out.partition_point(|spot| (snapshot.path(spot.file), spot.span) <= (path.clone(), place.span));
            out.insert(at, Spot::new(place.file, place.span));
        }
    }
    // A name that may mean two things is a use of both, and one place.
    out.dedup_by(|a, b| a.file == b.file && a.span == b.span);
    Some(out)
}

/// All places that name a thing. `here` is the text it was asked from: what is known of one text alone is looked for in it.
fn uses_of(snapshot: &Snapshot, subject: &Symbol, here: FileId) -> Vec<Spot> {
    match subject {
        Symbol::Rule(_) | Symbol::Claim(_) => Vec::new(),
        Symbol::Instrument(_) => {
            let named = snapshot.named_in(here);
            named.into_iter().filter(|n| snapshot.means(subject, &n.symbol)).map(|n| Spot::new(here, n.span)).collect()
        }
        _ => snapshot.places_of(subject).into_iter().map(|(file, span, at)| Spot { file, span, at: Some(at) }).collect(),
    }
}

fn of_footnote(snapshot: &Snapshot, at: FilePosition, declaration: bool) -> Option<Vec<Spot>> {
    let notes = snapshot.annotations(at.file)?;
    let note = notes.document.footnote_at(&notes.text, at.offset)?;
    let own = note.definition.filter(|_| declaration).map(|(label, _)| label);
    let mut all: Vec<Span> = note.references.into_iter().chain(own).collect();
    all.sort_unstable();
    Some(all.into_iter().map(|span| Spot::new(at.file, span)).collect())
}
