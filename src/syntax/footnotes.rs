//! Footnotes: which references belong to which definition.

use super::{BlockKind, Document, NodeKind};
use crate::text::Span;

/// One footnote of a text, as seen from one of its places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// The label at the place that was asked about.
    pub label: Span,
    /// Its definition, when there is one: the label, and all of it.
    pub definition: Option<(Span, Span)>,
    /// The labels of its references, in order.
    pub references: Vec<Span>,
}

impl Document {
    /// The footnote whose label stands at a byte, in a reference or before its definition. Labels are compared as Pandoc does: to the
    /// letter.
    #[must_use]
    pub fn footnote_at(&self, text: &str, offset: u32) -> Option<Footnote> {
        // `[^` and `]` (`]:`) belong to the label.
        let at = |label: Span| Span::new(label.start.saturating_sub(2), label.end + 1).touches(offset);
        let references =
            || self.nodes.iter().filter_map(|n| if let NodeKind::FootnoteReference { label } = n.kind { Some(label) } else { None });
        let definitions = || {
            self.blocks.iter().filter_map(|b| if let BlockKind::FootnoteDefinition(label) = b.kind { Some((label, b.span)) } else { None })
        };
        let label = references().chain(definitions().map(|(label, _)| label)).find(|label| at(*label))?;
        let same = |other: &Span| other.slice(text) == label.slice(text);
        Some(Footnote { label, definition: definitions().find(|(other, _)| same(other)), references: references().filter(same).collect() })
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Format, parse};

    #[test]
    fn a_footnote_is_known_from_each_of_its_places() {
        let text = "One.[^a] Two.[^b] Again.[^a]\n\n[^a]: Words.\n";
        let document = parse(text, Format::Markdown);
        for place in ["[^a] Two", "[^a]\n", "[^a]:"] {
            let offset = u32::try_from(text.find(place).expect("there")).expect("small") + 1;
            let note = document.footnote_at(text, offset).expect("a footnote");
            assert_eq!((note.references.len(), note.definition.map(|(label, _)| label.slice(text))), (2, Some("a")), "{place}");
        }
        let lone = document.footnote_at(text, 16).expect("a footnote");
        assert_eq!((lone.references.len(), lone.definition), (1, None));
        assert!(document.footnote_at(text, 1).is_none());
    }
}
