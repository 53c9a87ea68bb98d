//! *Make a note of it*: a file for what a text names and nothing defines, or what only the built-in table knows.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::entries::scalar;
use super::guess::kind_of;
use super::here::{Here, touch};
use super::{Action, Cured, Kind, Task};
use crate::corpus::{Annotations, Found, Meaning, Snapshot, joined, target_name};
use crate::features::Changes;
use crate::prose::{Body, Instrument};
use crate::registry::{RecordKind, unsc};
use crate::syntax::{NodeKind, Spelling, is_id};

pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    let Some(notes) = here.notes() else { return };
    let mut offered: Vec<SmolStr> = Vec::new();
    for mention in notes.mentions.iter().filter(|m| touch(m.span, here.span)) {
        match mention.meaning {
            Meaning::Resolution(number) => out.extend(resolution(here.snapshot, number, &mut offered)),
            Meaning::Unknown => out.extend(mention.node.and_then(|node| missing(here, notes, node))),
            _ => {}
        }
    }
    for (at, instrument) in notes.instruments_found().filter(|(at, _)| at.entity.is_none() && touch(at.span, here.span)) {
        match here.snapshot.lookup(&instrument.id) {
            Some(Found::Resolution(known)) => out.extend(resolution(here.snapshot, known.number, &mut offered)),
            None => {
                let mut action = unknown(here.snapshot, instrument);
                if let Some(action) = &mut action {
                    action.cures = here.findings().filter(|f| f.rule == "unknown-instrument" && f.span == at.span).map(Cured::of).collect();
                }
                out.extend(action);
            }
            _ => {}
        }
    }
}

/// What a note says of itself.
struct Head<'a> {
    id: &'a str,
    kind: &'a str,
    name: &'a str,
    symbol: Option<String>,
    date: Option<String>,
}

impl Head<'_> {
    fn action(&self, path: String, kind: Kind) -> Action {
        let task = Task::CreateNote { path: path.clone(), text: self.text() };
        let mut action = Action::new(kind, format!("Make the note `{path}`"), task);
        action.creates = true;
        action
    }

    fn text(&self) -> String {
        let mut text = format!("---\nid: {}\ntype: {}\nname: {}\n", scalar(self.id), scalar(self.kind), scalar(self.name));
        for (key, value) in [("symbol", &self.symbol), ("date", &self.date)] {
            if let Some(value) = value {
                text.push_str(&format!("{key}: {value}\n"));
            }
        }
        text.push_str(&format!("---\n\n# {}\n", self.name));
        text
    }
}

/// Of a mention that leads nowhere: where its path says, or beside notes of its kind.
fn missing(here: &Here<'_>, notes: &Annotations, node: u32) -> Option<Action> {
    let NodeKind::Mention(mention) = &notes.document.nodes.get(node as usize)?.kind else { return None };
    let target = mention.target.slice(&notes.text);
    let id = target_name(target);
    let found = here.findings().find(|f| f.rule == "unknown-entity" && f.span == mention.target)?;
    let surface = mention.surface.slice(&notes.text);
    let name = if surface == id || !surface.starts_with(char::is_uppercase) { id.replace('-', " ") } else { surface.to_owned() };
    let kind = kind_of(&name, "");
    let path = match mention.spelling {
        Spelling::Link => joined(&here.snapshot.path(here.file), target)?,
        Spelling::Wikilink => beside(here.snapshot, kind, id),
    };
    if !is_id(id) || here.snapshot.file_at(&path).is_some() {
        return None;
    }
    let mut action = Head { id, kind, name: &name, symbol: None, date: None }.action(path, Kind::QuickFix);
    action.cures.push(Cured::of(found));
    Some(action)
}

/// Of a resolution that only the built-in table knows; each once.
fn resolution(snapshot: &Snapshot, number: u32, offered: &mut Vec<SmolStr>) -> Option<Action> {
    let known = unsc::resolution(number)?;
    let id = format!("unsc-{number}");
    let path = beside(snapshot, "resolution", &id);
    if offered.contains(&SmolStr::from(&id)) || snapshot.file_at(&path).is_some() {
        return None;
    }
    offered.push(SmolStr::from(&id));
    let name = format!("UN Security Council Resolution {number} ({})", known.year);
    let head = Head { id: &id, kind: "resolution", name: &name, symbol: Some(known.symbol()), date: Some(known.day()) };
    Some(head.action(path, Kind::Rewrite))
}

/// Of an instrument that nothing here knows.
fn unknown(snapshot: &Snapshot, instrument: &Instrument) -> Option<Action> {
    let kind = match instrument.body {
        Body::SecurityCouncil(_) | Body::GeneralAssembly => "resolution",
        _ => "document",
    };
    let path = beside(snapshot, kind, &instrument.id);
    if !is_id(&instrument.id) || snapshot.file_at(&path).is_some() {
        return None;
    }
    let head = Head { id: &instrument.id, kind, name: &instrument.symbol, symbol: Some(scalar(&instrument.symbol)), date: None };
    Some(head.action(path, Kind::QuickFix))
}

/// The path of a new note: in the folder that holds most notes of its kind, else at the root.
fn beside(snapshot: &Snapshot, kind: &str, id: &str) -> String {
    let kind = RecordKind::of_word(kind);
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, file) in snapshot.files().filter(|(_, f)| f.kind.is_text() && f.facts.records.iter().any(|r| r.kind == kind)) {
        *folders.entry(file.path.rsplit_once('/').map_or("", |(folder, _)| folder)).or_default() += 1;
    }
    let folder = folders.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name))).map_or("", |(name, _)| name);
    if folder.is_empty() { format!("{id}.md") } else { format!("{folder}/{id}.md") }
}

pub(super) fn changes(snapshot: &Snapshot, path: &str, text: &str) -> Option<Changes> {
    snapshot.file_at(path).is_none().then(|| Changes { created: vec![(path.into(), text.into())], ..Changes::default() })
}
