//! Who carries it out? An agreement leads to the instruments that implement or endorse it, a body to its members, a cited work to
//! its local text.

use super::{Definition, FilePosition, Target};
use crate::corpus::{EntityId, Place, Snapshot, Symbol};
use crate::registry::RecordKind;
use crate::text::Span;

/// Relations that carry an instrument out; the others of an instrument follow them.
const CARRY_OUT: &[&str] = &["implements", "endorses"];

/// The records that name the thing at a place in their relations, those that carry it out first; the texts of a cited work.
#[must_use]
pub fn implementation(snapshot: &Snapshot, at: FilePosition) -> Option<Definition> {
    let found = snapshot.subject_at(at.file, at.offset)?;
    let targets: Vec<Target> = match &found.symbol {
        Symbol::Entity(entity, _) => of_entity(snapshot, *entity),
        Symbol::Ambiguous(all) => all.iter().flat_map(|entity| of_entity(snapshot, *entity)).collect(),
        _ => return None,
    };
    Definition::new(found.span, targets)
}

fn of_entity(snapshot: &Snapshot, entity: EntityId) -> Vec<Target> {
    if snapshot.entity(entity).record.kind == RecordKind::Source {
        return texts_of(snapshot, entity);
    }
    let mut all: Vec<_> = snapshot.relations_to(entity).iter().collect();
    all.sort_by_key(|relative| !CARRY_OUT.contains(&relative.relation.as_str()));
    let mut from: Vec<EntityId> = Vec::with_capacity(all.len());
    for relative in all {
        if !from.contains(&relative.entity) {
            from.push(relative.entity);
        }
    }
    let home = |entity: EntityId| snapshot.definitions(&Symbol::Entity(entity, None)).into_iter().next();
    from.into_iter().filter_map(home).map(Target::Place).collect()
}

/// The texts of the corpus that are a cited work's own words: the file that its entry names, and texts whose front matter says so.
fn texts_of(snapshot: &Snapshot, entity: EntityId) -> Vec<Target> {
    let known = snapshot.entity(entity);
    let named = known.record.source.as_deref().and_then(|s| s.file.as_ref());
    let file = named.and_then(|file| snapshot.file_at(&snapshot.path_from(known.home.file, &file.value)?));
    let mut files: Vec<_> = file.into_iter().collect();
    let texts = snapshot.files().filter(|(_, state)| {
        let source = state.facts.head.source.as_ref().map(|(key, _)| key.trim_start_matches('@'));
        state.settings.kind == crate::config::TextKind::SourceText && source == Some(known.record.id.value.as_str())
    });
    for (id, _) in texts {
        if !files.contains(&id) {
            files.push(id);
        }
    }
    let start = |file| Target::Place(Place { file, span: Span::default(), full: Span::default() });
    files.into_iter().map(start).collect()
}
