//! Places of one text that are the same name: edited at one, they change together.

use super::FilePosition;
use crate::corpus::{Snapshot, Symbol};
use crate::text::Span;

/// The places of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// All of them, in order; each holds the same characters.
    pub places: Vec<Span>,
    /// A regular expression for what may stand there.
    pub pattern: &'static str,
}

/// The places that change together with the one at the cursor: a footnote's labels; an anchor and the links to it in its
/// text. `None` when it stands alone, or other texts name it too: those are renamed, not typed along.
#[must_use]
pub fn linked(snapshot: &Snapshot, at: FilePosition) -> Option<Linked> {
    let marks = snapshot.marks(at.file)?;
    let (text, document) = (marks.text(), marks.document());
    let found = match document.footnote_at(text, at.offset) {
        Some(note) => {
            Linked { places: note.references.into_iter().chain(note.definition.map(|(label, _)| label)).collect(), pattern: r"[^\s\[\]^]+" }
        }
        None => {
            let (ids, links) = (document.anchor_ids(), document.local_destinations(text));
            let here = ids.iter().chain(&links).find(|id| id.touches(at.offset))?.slice(text);
            let places: Vec<Span> = ids.iter().chain(&links).filter(|id| id.slice(text) == here).copied().collect();
            let written = ids.iter().any(|id| id.slice(text) == here);
            if !written || places.len() < 2 || is_named_elsewhere(snapshot, at, here) {
                return None;
            }
            Linked { places, pattern: r"[A-Za-z][\w.-]*" }
        }
    };
    let mut places = found.places;
    places.sort_unstable();
    places.dedup();
    (places.len() > 1 && places.iter().any(|p| p.touches(at.offset))).then_some(Linked { places, ..found })
}

/// Whether a pinpoint of this or another text names the anchor.
fn is_named_elsewhere(snapshot: &Snapshot, at: FilePosition, anchor: &str) -> bool {
    let record = snapshot.file(at.file).and_then(|f| f.facts.records.first());
    let symbol = match record.and_then(|r| snapshot.names().by_id(&r.id.value)) {
        Some(entity) => Symbol::Entity(entity, None),
        None => Symbol::Text(at.file, None),
    };
    let names = |pin: &str| pin.strip_prefix(anchor).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    snapshot.marked_references(&symbol).iter().any(|r| r.pin.as_deref().is_some_and(names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn together(notation: &str) -> Vec<String> {
        let fixture = Fixture::parse(notation);
        let snapshot = fixture.snapshot();
        let (path, offset) = fixture.cursor.expect("a cursor");
        let file = snapshot.file_at(&path).expect("the cursor's file");
        let text = snapshot.text(file).expect("held");
        let found = linked(&snapshot, FilePosition { file, offset });
        found.map(|l| l.places.iter().map(|p| format!("{} {}", p.start, p.slice(&text))).collect()).unwrap_or_default()
    }

    #[test]
    fn a_footnotes_labels_change_together() {
        assert_eq!(together("One[^a$0] two[^b].\n\n[^a]: Words.\n"), ["5 a", "20 a"]);
        assert_eq!(together("One[^a] two[^b].\n\n[^$0a]: Words.\n"), ["5 a", "20 a"]);
        assert_eq!(together("One[^a] two[^b$0].\n\n[^a]: Words.\n"), [""; 0]);
    }

    #[test]
    fn an_anchor_and_its_links_change_together_unless_another_text_names_it() {
        let text = "-- a.md\n[Many]{.claim #c-1} left, [see](#c$0-1).\n";
        assert_eq!(together(text), ["15 c-1", "33 c-1"]);
        assert_eq!(together(&format!("{text}-- b.md\n[[a#c-1|Many]]\n")), [""; 0]);
        assert_eq!(together("[Many]{.claim #c$0-1} left.\n"), [""; 0]);
        assert_eq!(together("Many le$0ft.\n"), [""; 0]);
    }
}
