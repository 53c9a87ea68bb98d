//! *Link this*: a name in plain words becomes a mention, here, in the text, in the corpus.

use rayon::prelude::*;
use smol_str::SmolStr;

use super::here::{Here, touch};
use super::marks::{Mark, format_of, sound, sound_of_many};
use super::{Action, Cured, Kind, Reach, Task};
use crate::corpus::{Annotations, EntityId, FileId, MarkPlace, Meaning, Room, Snapshot};
use crate::features::Changes;
use crate::text::{Edit, Edits, Span};

/// Candidates offered for a name that fits several.
const MOST_CHOICES: usize = 8;

/// Marks made by one action: more than an editor takes at once would help nobody.
const MOST_MARKS: usize = 20_000;

/// Why a name in a table cannot be marked.
const NO_NOTE: &str = "in a table a mention is a link to a note, and this record has none";

/// Something named in plain words.
struct Name {
    /// In the file.
    span: Span,
    /// In the running text.
    words: Span,
    /// The ids it may mean.
    ids: Vec<SmolStr>,
}

/// Every name in plain words, in order of place; instruments among them when something here knows them.
fn names(snapshot: &Snapshot, notes: &Annotations) -> Vec<Name> {
    let id = |entity: EntityId| snapshot.entity(entity).record.id.value.clone();
    let mut out: Vec<Name> = Vec::new();
    for mention in notes.mentions.iter().filter(|m| m.node.is_none()) {
        let ids = match &mention.meaning {
            Meaning::One(one) => vec![id(one.entity)],
            Meaning::Several(all) => all.iter().take(MOST_CHOICES).map(|c| id(c.entity)).collect(),
            _ => continue,
        };
        out.push(Name { span: mention.span, words: mention.words, ids });
    }
    for (at, instrument) in notes.instruments_found() {
        let known = at.entity.map(id).or_else(|| snapshot.lookup(&instrument.id).map(|_| instrument.id.clone()));
        out.extend(known.map(|id| Name { span: at.span, words: instrument.span, ids: vec![id] }));
    }
    // Of two that begin together the longer says more.
    out.sort_by_key(|n| (n.span.start, std::cmp::Reverse(n.span.end)));
    out.dedup_by(|later, kept| later.span.overlaps(kept.span));
    out
}

/// How a name is written as a mention.
///
/// # Errors
/// Why it cannot be.
fn marked(snapshot: &Snapshot, path: &str, room: &Room<'_>, name: &Name, surface: &str, id: &str) -> Result<String, &'static str> {
    let wikilink = || if surface == id { format!("[[{id}]]") } else { format!("[[{id}|{surface}]]") };
    let link = || Some(format!("[{surface}]({})", snapshot.path_to_note(path, snapshot.names().by_id(id)?)?));
    match room.at(name.words).map_err(crate::corpus::Unmarkable::words)? {
        MarkPlace::Words => Ok(wikilink()),
        MarkPlace::Heading => Ok(link().unwrap_or_else(wikilink)),
        MarkPlace::Cell => link().ok_or(NO_NOTE),
    }
}

/// Whether the file is the note of that id: a note does not link to itself.
fn is_own(snapshot: &Snapshot, file: FileId, id: &str) -> bool {
    snapshot.names().by_id(id).is_some_and(|e| snapshot.entity(e).home.file == file)
}

/// The names here, each with what it may mean; and for one that is settled, all that mean the same.
pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    let Some(notes) = here.notes() else { return };
    let path = here.snapshot.path(here.file);
    let all = names(here.snapshot, notes);
    let mut room = None;
    for name in all.iter().filter(|n| touch(n.span, here.span)).take(super::MOST_THINGS) {
        // The rule offers the candidates itself.
        if here.findings().any(|f| f.rule == "ambiguous-alias" && f.span == name.span) {
            continue;
        }
        let surface = name.span.slice(&notes.text);
        // So does this one, and leaves the rest to us.
        let hint = here.findings().find(|f| f.rule == "unlinked-mention" && f.span == name.span).map(Cured::of);
        for id in name.ids.iter().filter(|id| hint.is_none() && !is_own(here.snapshot, here.file, id)) {
            let room = room.get_or_insert_with(|| Room::of(notes));
            let task = Task::LinkMention { at: (name.span.start, name.span.end), id: id.to_string() };
            let mut action = Action::new(Kind::Rewrite, format!("Link `{}` to `{id}`", one_line(surface)), task);
            action.disabled = marked(here.snapshot, &path, room, name, surface, id).err();
            out.push(action);
        }
        if let [id] = name.ids.as_slice()
            && !is_own(here.snapshot, here.file, id)
        {
            let room = room.get_or_insert_with(|| Room::of(notes));
            let free = |n: &&Name| n.ids.as_slice() == [id.clone()] && !matches!(room.at(n.words), Err(_) | Ok(MarkPlace::Heading));
            offer_all(id, all.iter().filter(free).count(), hint, out);
        }
    }
    if all.iter().any(|n| touch(n.span, here.span)) && all.len() > 1 {
        out.push(Action::new(Kind::Rewrite, "Link all names in this text", Task::LinkAll { id: None, reach: Reach::Text }));
    }
}

fn offer_all(id: &SmolStr, alike: usize, hint: Option<Cured>, out: &mut Vec<Action>) {
    let task = |reach| Task::LinkAll { id: Some(id.to_string()), reach };
    if alike > 1 {
        let kind = if hint.is_some() { Kind::QuickFix } else { Kind::Rewrite };
        let mut here = Action::new(kind, format!("Link all {alike} mentions of `{id}` in this text"), task(Reach::Text));
        here.cures.extend(hint);
        out.push(here);
    }
    let mut everywhere = Action::new(Kind::Rewrite, format!("Link all mentions of `{id}` in the corpus"), task(Reach::Corpus));
    everywhere.costly = true;
    out.push(everywhere);
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One name, marked.
pub(super) fn one(here: &Here<'_>, id: &str) -> Option<Changes> {
    let notes = here.notes()?;
    let file = here.snapshot.file(here.file)?;
    let name = names(here.snapshot, notes).into_iter().find(|n| n.span == here.span && n.ids.iter().any(|i| i == id))?;
    let surface = name.span.slice(&notes.text);
    let text = marked(here.snapshot, &file.path, &Room::of(notes), &name, surface, id).ok()?;
    let edits = sound(&notes.text, format_of(file)?, Mark::Mention, vec![Edit { span: name.span, text }])?;
    Some(Changes { edits: vec![(file.path.clone(), edits)], ..Changes::default() })
}

/// All names of a text or of the corpus, or those that mean `id`; headings keep theirs plain.
pub(super) fn all(
    snapshot: &Snapshot,
    file: FileId,
    id: Option<&str>,
    reach: Reach,
    cancelled: &(dyn Fn() -> bool + Sync),
) -> Option<Changes> {
    let files: Vec<FileId> = match reach {
        Reach::Text => vec![file],
        Reach::Corpus => snapshot.files().filter(|(_, f)| f.kind.is_text()).map(|(id, _)| id).collect(),
    };
    let one = |file: &FileId| if cancelled() { None } else { in_text(snapshot, *file, id) };
    let mut edits: Vec<(SmolStr, Edits)> = files.par_iter().filter_map(one).collect();
    if cancelled() {
        return None;
    }
    let mut marks = 0;
    edits.retain(|(_, edits)| {
        marks += edits.as_slice().len();
        marks <= MOST_MARKS
    });
    (!edits.is_empty()).then(|| Changes { edits, ..Changes::default() })
}

fn in_text(snapshot: &Snapshot, id: FileId, only: Option<&str>) -> Option<(SmolStr, Edits)> {
    let file = snapshot.file(id)?;
    let notes = snapshot.annotations(id)?;
    let room = Room::of(&notes);
    let mut edits = Vec::new();
    for name in names(snapshot, &notes) {
        let [target] = name.ids.as_slice() else { continue };
        let wanted = only.is_none_or(|id| id == target) && !is_own(snapshot, id, target);
        if !wanted || room.at(name.words) == Ok(MarkPlace::Heading) {
            continue;
        }
        let surface = name.span.slice(&notes.text);
        if let Ok(text) = marked(snapshot, &file.path, &room, &name, surface, target) {
            edits.push(Edit { span: name.span, text });
        }
    }
    let edits = sound_of_many(&notes.text, format_of(file)?, Mark::Mention, edits);
    (!edits.is_empty()).then(|| (file.path.clone(), edits))
}
