//! *Add to the registry*: what a text names and nothing defines gets a record, a source an entry, an instrument a part.

use super::entries::{self, Entry};
use super::guess::kind_of;
use super::here::{Here, touch};
use super::{Action, Cured, Kind, Task};
use crate::corpus::{FileKind, RegistryFormat, Snapshot, target_name};
use crate::features::Changes;
use crate::rules::Diagnostic;
use crate::syntax::{NodeKind, is_id};
use crate::text::{Edits, Span};

/// Names longer than this, in bytes, are sentences.
const LONGEST_NAME: usize = 80;

pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    for finding in here.findings() {
        match finding.rule {
            "unknown-entity" => out.extend(record(here, finding)),
            "unknown-source" => out.extend(source(here, finding)),
            "unknown-pinpoint" => out.extend(part(here, finding)),
            _ => {}
        }
    }
    out.extend(selected(here));
}

/// Of an id that nothing defines: by the words that the mention shows, or by the id itself.
fn record(here: &Here<'_>, finding: &Diagnostic) -> Option<Action> {
    let text = &**here.text();
    let id = target_name(finding.span.slice(text));
    let nodes = here.notes().map(|n| n.document.nodes.as_slice()).unwrap_or_default();
    let mention = nodes.iter().find_map(|n| match &n.kind {
        NodeKind::Mention(m) if m.target == finding.span => Some((n.span, m.surface.slice(text))),
        _ => None,
    });
    let shown = mention.map(|m| m.1).filter(|s| *s != id && s.starts_with(char::is_uppercase) && s.len() <= LONGEST_NAME);
    let name = shown.map_or_else(|| name_of(id), str::to_owned);
    // Where no mention is, it stands behind `by=`, and only somebody can; or in a record's relation.
    let kind = match mention {
        Some((span, _)) => kind_of(&name, word_before(text, span.start)),
        None if here.notes().is_some() => "person",
        None => kind_of(&name, ""),
    };
    let mut action = addition(here.snapshot, id, kind, &name)?;
    action.cures.push(Cured::of(finding));
    Some(action)
}

/// Of the words selected, or those that name a speaker here, when they look like a name and nothing is named there.
fn selected(here: &Here<'_>) -> Option<Action> {
    let notes = here.notes()?;
    let speakers = notes.quotes.iter().filter_map(|q| q.speaker).chain(notes.reported.iter().map(|r| r.1));
    let speaker = || speakers.filter(|s| s.entity.is_none() && s.cue.is_some()).map(|s| s.span).find(|s| touch(*s, here.span));
    let span = if here.span.is_empty() { speaker()? } else { here.span };
    let name = span.slice(&notes.text).trim();
    let is_name = name.starts_with(char::is_uppercase)
        && name.len() <= LONGEST_NAME
        && name.split(' ').filter(|w| w.starts_with(char::is_uppercase)).count() * 2 > name.split(' ').count()
        && !name.contains(['[', ']', '|', '{', '}', '@', '<', '>', '\n', '\r', '"', '*', '_', '.']);
    // A pronoun that begins a sentence names nobody by itself.
    let alone = here.span.is_empty() && !name.contains(' ');
    if !is_name || alone || notes.mentions.iter().any(|m| m.span.overlaps(span)) {
        return None;
    }
    let id = entries::id_of(name, |id| here.snapshot.lookup(id).is_some())?;
    let mut action = addition(here.snapshot, &id, kind_of(name, word_before(&notes.text, span.start)), name)?;
    action.kind = Kind::Rewrite;
    Some(action)
}

fn addition(snapshot: &Snapshot, id: &str, kind: &str, name: &str) -> Option<Action> {
    let (path, creates) = match entries::home(snapshot, kind) {
        Some(file) => (file.path.to_string(), false),
        None => (entries::new_home(snapshot)?, true),
    };
    let task = Task::AddRecord { id: id.into(), kind: kind.into(), name: name.into() };
    let article = if kind.starts_with(['a', 'e', 'o']) { "an" } else { "a" };
    let mut action = Action::new(Kind::QuickFix, format!("Add `{id}` to `{path}` as {article} {kind}"), task);
    action.creates = creates;
    Some(action)
}

pub(super) fn add_record(snapshot: &Snapshot, id: &str, kind: &str, name: &str) -> Option<Changes> {
    let entry = Entry { id, kind, name: Some(name) };
    let Some(file) = entries::home(snapshot, kind) else {
        return Some(Changes { created: vec![(entries::new_home(snapshot)?.into(), entry.alone())], ..Changes::default() });
    };
    let text = snapshot.text(snapshot.file_at(&file.path)?)?;
    Some(Changes { edits: vec![(file.path.clone(), entry.added_to(file, &text)?)], ..Changes::default() })
}

/// Of a key that nothing defines.
fn source(here: &Here<'_>, finding: &Diagnostic) -> Option<Action> {
    let key = finding.span.slice(here.text());
    let (path, creates) = bibliography(here.snapshot, key)?;
    let mut action = Action::new(Kind::QuickFix, format!("Add `{key}` to `{path}`"), Task::AddSource { key: key.into() });
    action.creates = creates;
    action.cures.push(Cured::of(finding));
    Some(action)
}

/// The file that takes a new source, and whether it is made: a bibliography, else a list of records, else a new bibliography.
fn bibliography(snapshot: &Snapshot, key: &str) -> Option<(String, bool)> {
    let bibs = snapshot.files().map(|(_, f)| f).filter(|f| f.kind == FileKind::Registry(RegistryFormat::Bib));
    if let Some(file) = bibs.min_by_key(|f| (std::cmp::Reverse(f.facts.records.len()), f.path.clone())) {
        return Some((file.path.to_string(), false));
    }
    if let Some(file) = entries::home(snapshot, "source").filter(|_| is_id(key)) {
        return Some((file.path.to_string(), false));
    }
    snapshot.config().bibliography.is_none().then(|| ("refs.bib".to_owned(), true))
}

/// The entry holds no more than its key: the rest is the author's to say.
pub(super) fn add_source(snapshot: &Snapshot, key: &str) -> Option<Changes> {
    add_titled_source(snapshot, key, key)
}

/// The same with a title.
pub(super) fn add_titled_source(snapshot: &Snapshot, key: &str, title: &str) -> Option<Changes> {
    let (path, creates) = bibliography(snapshot, key)?;
    let stub = |end: &str| format!("@misc{{{key},{end}  title = {{{}}},{end}}}", entries::in_bib(title));
    if creates {
        return Some(Changes { created: vec![(path.into(), format!("{}\n", stub("\n")))], ..Changes::default() });
    }
    let id = snapshot.file_at(&path)?;
    let (file, text) = (snapshot.file(id)?, snapshot.text(id)?);
    let edits = match file.kind {
        FileKind::Registry(RegistryFormat::Bib) => entries::at_end(&text, &stub(super::here::line_end(&text))),
        _ => Entry { id: key, kind: "source", name: Some(title) }.added_to(file, &text)?,
    };
    Some(Changes { edits: vec![(file.path.clone(), edits)], ..Changes::default() })
}

/// Of a pinpoint that an instrument does not have.
fn part(here: &Here<'_>, finding: &Diagnostic) -> Option<Action> {
    let notes = here.notes()?;
    let pin = finding.span.slice(&notes.text);
    let mention = notes.document.nodes.iter().find_map(|n| match &n.kind {
        NodeKind::Mention(m) if m.pin == Some(finding.span) => Some(m),
        _ => None,
    })?;
    let id = target_name(mention.target.slice(&notes.text));
    let entity = here.snapshot.entity_of(id)?;
    let task = Task::AddPart { id: here.snapshot.entity(entity).record.id.value.to_string(), pin: pin.into() };
    add_part(here.snapshot, id, pin)?;
    let mut action = Action::new(Kind::QuickFix, format!("Add `{pin}` to the parts of `{id}`"), task);
    action.cures.push(Cured::of(finding));
    Some(action)
}

/// Behind the last part; in a note that lists none, on a line of its own.
pub(super) fn add_part(snapshot: &Snapshot, id: &str, pin: &str) -> Option<Changes> {
    crate::syntax::parse_pin(pin)?;
    let home = snapshot.entity(snapshot.entity_of(id)?).home;
    let (file, text) = (snapshot.file(home.file)?, snapshot.text(home.file)?);
    let record = snapshot.record_at(home)?;
    let edits = match record.parts.iter().map(|p| p.span).max_by_key(|s| s.end) {
        Some(last) => behind_part(&text, last, pin)?,
        None if file.kind.is_text() => {
            let end = super::here::line_end(&text);
            Edits::replace(Span::at(record.span.end), format!("parts: [{pin}]{end}"))
        }
        None => return None,
    };
    Some(Changes { edits: vec![(file.path.clone(), edits)], ..Changes::default() })
}

fn behind_part(text: &str, last: Span, pin: &str) -> Option<Edits> {
    let before = text.get(..last.start as usize)?;
    let head = &before[before.rfind('\n').map_or(0, |i| i + 1)..];
    let quote = text.get(last.end as usize..)?.starts_with(['"', '\'']) && head.ends_with(['"', '\'']);
    let end = last.end + u32::from(quote);
    let bare = head.trim_end_matches(['"', '\'']);
    let written = if bare.trim_start() == "- " { format!("{}{bare}{pin}", super::here::line_end(text)) } else { format!(", {pin}") };
    Some(Edits::replace(Span::at(end), written))
}

/// An id as a name: `minsk-package` is "Minsk package".
fn name_of(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The word in front of a place.
fn word_before(text: &str, at: u32) -> &str {
    let before = text.get(..at as usize).unwrap_or_default();
    let Some(line) = before.strip_suffix(' ') else { return "" };
    let start = line.char_indices().rev().find(|(_, c)| !c.is_alphabetic()).map_or(0, |(i, c)| i + c.len_utf8());
    &line[start..]
}
