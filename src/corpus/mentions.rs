//! Everything a text names: by marks, by the names of the registries, by kind and date.

use super::names::Sort;
use super::part::Part;
use super::{Annotations, EntityId, FileState, Found, Meaning, MentionAt, Snapshot, settle};
use crate::prose::instruments::{self, Dated};
use crate::syntax::NodeKind;
use crate::text::Span;

/// Mentions looked back over for one that holds a word: they seldom lie in one another.
const NEAR: usize = 8;

/// One thing that a mention may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Candidate {
    /// The entity.
    pub entity: EntityId,
    /// Index of the role that the words name, when they name one.
    pub role: Option<u16>,
}

/// Finds the mentions of a part, in order of place. `front` are those before it.
pub(super) fn find(snapshot: &Snapshot, notes: &Annotations, file: &FileState, part: &Part, front: &[MentionAt]) -> Vec<MentionAt> {
    let mut found = marked(snapshot, notes, part);
    unmarked(snapshot, notes, part, &mut found);
    found.sort_by_key(|m| (m.words, m.node.is_none()));
    settle::settle(snapshot, notes, file, &mut found, front);
    dated(snapshot, notes, file, part, &mut found);
    pins(snapshot, notes, &mut found);
    found
}

fn marked(snapshot: &Snapshot, notes: &Annotations, part: &Part) -> Vec<MentionAt> {
    let mut out = Vec::new();
    let nodes = part.nodes(notes);
    for (number, node) in notes.document.nodes.iter().enumerate().take(nodes.end).skip(nodes.start) {
        let NodeKind::Mention(mention) = &node.kind else { continue };
        let target = super::facts::target_name(mention.target.slice(&notes.text));
        let map = &notes.words.map;
        out.push(MentionAt {
            span: node.span,
            words: Span::new(map.from_source(mention.surface.start), map.from_source(mention.surface.end)),
            meaning: meaning(snapshot, target),
            node: Some(Span::from(0..number).end),
            pin: mention.pin.map(|p| p.slice(&notes.text).into()),
            pin_beside: None,
        });
    }
    out
}

fn meaning(snapshot: &Snapshot, target: &str) -> Meaning {
    match snapshot.lookup(target) {
        Some(Found::Entity(entity) | Found::Renamed(entity)) => Meaning::One(Candidate { entity, role: None }),
        Some(Found::Text(file)) => Meaning::Text(file),
        Some(Found::Resolution(resolution)) => Meaning::Resolution(resolution.number),
        None => Meaning::Unknown,
    }
}

/// Names in plain words; a mark that covers them says better what they mean.
fn unmarked(snapshot: &Snapshot, notes: &Annotations, part: &Part, out: &mut Vec<MentionAt>) {
    // A mark may lie in another.
    let mut marks: Vec<Span> = Vec::with_capacity(out.len());
    for words in out.iter().map(|m| m.words) {
        match marks.last_mut() {
            Some(last) if words.start < last.end => last.end = last.end.max(words.end),
            _ => marks.push(words),
        }
    }
    let is_marked = |span: Span| {
        let i = marks.partition_point(|m| m.end <= span.start);
        marks.get(i).is_some_and(|m| m.overlaps(span))
    };
    let passages = notes.words.passages[part.passages.clone()].iter().map(|passage| passage.span);
    snapshot.names().scan(notes.running(), passages, |start, hit| {
        let words = hit.name.shift(start);
        if is_marked(words) {
            return;
        }
        let candidates = hit.senses.iter().map(|s| Candidate { entity: EntityId(s.record), role: s.role() });
        let meaning = match &*hit.senses {
            [one] => Meaning::One(Candidate { entity: EntityId(one.record), role: one.role() }),
            _ => Meaning::Several(candidates.collect()),
        };
        out.push(MentionAt { span: notes.words.to_file(words), words, meaning, node: None, pin: None, pin_beside: None });
    });
}

/// "the November 9 Statement": settled by the dates of the corpus's instruments.
fn dated(snapshot: &Snapshot, notes: &Annotations, file: &FileState, part: &Part, found: &mut Vec<MentionAt>) {
    if !snapshot.names().has_dated() {
        return;
    }
    let mut all: Vec<Dated> = Vec::new();
    for passage in &notes.words.passages[part.passages.clone()] {
        instruments::find_dated(notes.running(), passage.span, &mut all);
    }
    let mut more = Vec::new();
    for one in all {
        let noun = one.noun.slice(notes.running());
        let Some(entity) = snapshot.names().dated(noun, one.date, file.settings.date.as_deref()) else { continue };
        let near = found.partition_point(|m| m.words.start < one.noun.end);
        let mut near = found[..near].iter().rev().take(NEAR);
        let known = near.any(|m| m.words.overlaps(one.noun) && (m.meaning.entity() == Some(entity) || m.node.is_some()));
        if !known {
            let meaning = Meaning::One(Candidate { entity, role: None });
            more.push(MentionAt { span: notes.words.to_file(one.span), words: one.span, meaning, node: None, pin: None, pin_beside: None });
        }
    }
    if !more.is_empty() {
        found.extend(more);
        found.sort_by_key(|m| (m.words, m.node.is_none()));
    }
}

/// Pinpoints written beside the name of an instrument: "Article 41 of the UN Charter".
fn pins(snapshot: &Snapshot, notes: &Annotations, found: &mut [MentionAt]) {
    for mention in found.iter_mut().filter(|m| m.node.is_none()) {
        let Some(entity) = mention.meaning.entity() else { continue };
        if snapshot.names().sort(entity) != Sort::Instrument {
            continue;
        }
        let i = notes.words.passages.partition_point(|p| p.span.end < mention.words.end);
        let Some(passage) = notes.words.passages.get(i) else { continue };
        if let Some((pin, words)) = instruments::pin_beside(notes.running(), passage.span, mention.words) {
            mention.pin = Some(pin.0);
            mention.pin_beside = Some(notes.words.to_file(words));
        }
    }
}
