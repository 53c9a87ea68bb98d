//! `renamed-id`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::{Found, joined, uses_of};

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
    for place in uses_of(&notes.text, context.nodes()) {
        let Some(Found::Renamed(entity)) = context.snapshot.lookup(&place.name) else { continue };
        let new = context.snapshot.entity(entity).record.id.value.clone();
        let written = place.key.slice(&notes.text);
        // A link by its path leads to the note, whatever the note's id is by now.
        let note = joined(&context.file.path, written).and_then(|path| context.snapshot.file_at(&path));
        let homes = context.snapshot.entity(entity);
        if written != place.name && homes.places().any(|home| Some(home.file) == note) {
            continue;
        }
        let found = findings.at(place.key, format!("`{}` is now `{new}`", place.name));
        found.help(format!("write `{new}`"));
        if written == place.name {
            found.safe_fix(format!("Write `{new}`"), place.key, new);
        } else if let Some(path) = context.snapshot.path_to_note(&context.file.path, entity) {
            found.safe_fix(format!("Write `{path}`"), place.key, path);
        }
    }
}
