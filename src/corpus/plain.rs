//! What one text names: by marks, and in plain words, where the registries are asked and the rest of prose is not.

use std::sync::Arc;

use super::annotations::{Made, Words};
use super::facts::{attribute_key, uses};
use super::part::Part;
use super::{Annotations, FileId, FileState, Meaning, Snapshot, Use, UseKind, Uses, annotate, mentions};
use crate::prose::{Language, Prose, instruments};
use crate::syntax::{self, Document};
use crate::text::Span;

/// What a file names by marks, front matter and relations of records. `document` is `None` for a registry.
pub(super) fn marked(file: &FileState, text: &str, document: Option<&Document>) -> Uses {
    let mut all = document.map(|d| uses(text, d)).unwrap_or_default();
    if let Some((_, span)) = &file.facts.head.source {
        let key = attribute_key(text, *span);
        all.push(Use { name: key.slice(text).into(), pin: None, span: key, key, kind: UseKind::Record });
    }
    for relation in file.facts.records.iter().flat_map(|r| &r.relations) {
        let (name, span) = (relation.target.value.clone(), relation.target.span);
        all.push(Use { name, pin: None, span, key: span, kind: UseKind::Record });
    }
    all.retain(|u| !u.name.is_empty());
    Uses::pack(text, file.points(text), all)
}

/// What a text names in plain words: names of the registries and instruments in words, by the ids they lead to.
pub(super) fn plain(snapshot: &Snapshot, file: &FileState, notes: &Annotations) -> Uses {
    let mut all = Vec::new();
    let mut push = |name: &str, span: Span, pin: Option<&smol_str::SmolStr>, kind: UseKind| {
        all.push(Use { name: name.into(), pin: pin.cloned(), span, key: span, kind });
    };
    let id = |entity| snapshot.entity(entity).record.id.value.as_str();
    for mention in notes.mentions.iter().filter(|m| m.node.is_none()) {
        match &mention.meaning {
            Meaning::One(one) => push(id(one.entity), mention.span, mention.pin.as_ref(), UseKind::Plain),
            Meaning::Several(several) => {
                for one in several {
                    push(id(one.entity), mention.span, mention.pin.as_ref(), UseKind::Unsettled);
                }
            }
            Meaning::Resolution(_) | Meaning::Text(_) | Meaning::Unknown => {}
        }
    }
    let marks: Vec<Span> = notes.mentions.iter().filter(|m| m.node.is_some()).map(|m| m.span).collect();
    for (at, found) in notes.instruments_found() {
        let next = marks.partition_point(|m| m.end <= at.span.start);
        if !marks.get(next).is_some_and(|m| m.overlaps(at.span)) {
            let name = at.entity.map_or(found.id.as_str(), id);
            push(name, at.span, found.pin.as_ref().map(|(pin, _)| &pin.0), UseKind::Plain);
        }
    }
    // "UNSCR 2202" may be a name of the registry and an instrument in words: one place.
    all.sort_by(|a, b| (&a.name, a.span.start, b.span.end).cmp(&(&b.name, b.span.start, a.span.end)));
    all.dedup_by(|next, kept| next.name == kept.name && next.span.overlaps(kept.span));
    Uses::pack(&notes.text, file.points(&notes.text), all)
}

/// As much of a text's annotations as tells what it names: no sentences, quotations, figures, speakers, claims.
pub(super) fn named(snapshot: &Snapshot, id: FileId, file: &FileState, text: Arc<str>, document: Document) -> Annotations {
    let running = syntax::running_text(&text, &document);
    let language = Language::of(file.settings.lang.as_deref(), &running.projection.text);
    let mut prose = Prose::default();
    for passage in &running.passages {
        instruments::find(&running.projection.text, passage.span, &mut prose.instruments);
    }
    instruments::find_project(&running.projection.text, &running.passages, &snapshot.compiled.patterns, &mut prose.instruments);
    let words = Words::of(running);
    let mut notes = Annotations::begun(id, text, document, words, language, Made::of(snapshot, file));
    notes.prose = prose;
    notes.instruments = annotate::instruments(snapshot, &notes, &notes.prose.instruments);
    notes.mentions = mentions::find(snapshot, &notes, file, &Part::whole(&notes), &[]);
    notes
}
