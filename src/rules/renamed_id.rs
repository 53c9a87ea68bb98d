//! `renamed-id`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::{EntityId, Found, Used, each_use, joined};
use crate::text::Span;

rule! {
/// An id that a record has only under `formerly`.
///
/// ## Why
///
/// Old ids keep working, but the next reader searches for them in vain.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: unsc-2202, type: resolution, name: Resolution 2202, formerly: [res-2202]}
/// -- text.md
/// See [[unsc-2202|the resolution]].
/// ~~~
/// ~~~passes
/// -- notes/res-2202.md
/// ---
/// id: unsc-2202
/// type: resolution
/// formerly: [res-2202]
/// ---
/// # Resolution 2202
/// -- text.md
/// See [the resolution](notes/res-2202.md).
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: unsc-2202, type: resolution, name: Resolution 2202, formerly: [res-2202]}
/// -- text.md
/// See [[res-2202|the resolution]].
/// ~~~
    "renamed-id", "an id that the record no longer bears", Sound, Passage, LevelRow::everywhere(Level::Warning), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    each_use(&notes.text, context.nodes(), &mut |Used { name, key, .. }| {
        if let Some(Found::Renamed(entity)) = context.snapshot.lookup(name) {
            report(context, findings, entity, (name, key.slice(&notes.text)), key);
        }
    });
}

/// `name`: the id that is no longer borne, of what is `written` at `key`.
fn report(context: &Context<'_>, findings: &mut Findings<'_>, entity: EntityId, (name, written): (&str, &str), key: Span) {
    let entity_now = context.snapshot.entity(entity);
    // A link by its path leads to the note, whatever the note's id is by now.
    let note = joined(&context.file.path, written).and_then(|path| context.snapshot.file_at(&path));
    if written != name && entity_now.places().any(|home| Some(home.file) == note) {
        return;
    }
    let new = &entity_now.record.id.value;
    let found = findings.at(key, format!("`{name}` is now `{new}`"));
    found.help(format!("write `{new}`"));
    if written == name {
        found.safe_fix(format!("Write `{new}`"), key, new.clone());
    } else if let Some(path) = context.snapshot.path_to_note(&context.file.path, entity) {
        found.safe_fix(format!("Write `{path}`"), key, path);
    }
}
