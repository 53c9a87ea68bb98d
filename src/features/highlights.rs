//! Where else in this text does it stand?

use super::FilePosition;
use crate::corpus::{Annotations, FileId, Snapshot, Symbol, pin_of};
use crate::syntax::NodeKind;
use crate::text::Span;

/// One place to highlight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    /// The words.
    pub span: Span,
    /// Whether the thing is defined here, and not only named.
    pub defines: bool,
}

/// All places of the text that name what stands at a place, marked or in plain words, in order; `None` where nothing is named.
#[must_use]
pub fn highlights(snapshot: &Snapshot, at: FilePosition) -> Option<Vec<Highlight>> {
    let notes = snapshot.annotations(at.file);
    let of_footnote = notes.as_deref().and_then(|notes| footnote(notes, at.offset));
    let mut out = match of_footnote {
        Some(found) => found,
        None => match snapshot.subject_at(at.file, at.offset)?.symbol {
            Symbol::Claim(_) => return None,
            Symbol::Rule(name) => rule(notes.as_deref()?, &name),
            subject => named(snapshot, at.file, &subject),
        },
    };
    out.sort_unstable();
    out.dedup_by_key(|h| h.span);
    (!out.is_empty()).then_some(out)
}

fn named(snapshot: &Snapshot, file: FileId, subject: &Symbol) -> Vec<Highlight> {
    let text = snapshot.text(file).unwrap_or_default();
    // A note that writes no id has no words that define it.
    let written = |span: Span| match subject {
        Symbol::Entity(entity, None) => span.slice(&text) == snapshot.entity(*entity).record.id.value,
        _ => !span.is_empty(),
    };
    let own = snapshot.definitions(subject).into_iter().filter(|place| place.file == file && written(place.span));
    let mut out: Vec<_> = own.map(|place| Highlight { span: place.span, defines: true }).collect();
    for found in snapshot.named_in(file) {
        if snapshot.means(subject, &found.symbol) {
            let beside = found.pin.filter(|_| pin_of(subject).is_some());
            out.push(Highlight { span: beside.unwrap_or(found.span), defines: false });
        }
    }
    out
}

fn footnote(notes: &Annotations, offset: u32) -> Option<Vec<Highlight>> {
    let note = notes.document.footnote_at(&notes.text, offset)?;
    let own = note.definition.map(|(span, _)| Highlight { span, defines: true });
    Some(note.references.into_iter().map(|span| Highlight { span, defines: false }).chain(own).collect())
}

fn rule(notes: &Annotations, name: &str) -> Vec<Highlight> {
    let directives = notes.document.nodes.iter().filter_map(|n| if let NodeKind::Directive(d) = &n.kind { Some(d) } else { None });
    let rules = directives.flat_map(|d| &d.rules).filter(|rule| rule.slice(&notes.text) == name);
    rules.map(|rule| Highlight { span: *rule, defines: false }).collect()
}
