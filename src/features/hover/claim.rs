//! A claim's card: what it asserts, who is said to say it, and where that can be checked.

use super::super::{Card, FilePosition, Line, quotation};
use super::entity::{name, short};
use super::{reasons, shortened};
use crate::corpus::{Annotations, Claim, ClaimKind, FileId, Meaning, Snapshot, Speaker, Support};
use crate::syntax::{Citation, NodeKind};
use crate::text::Span;

/// At most this many characters of the claim are its title.
const TITLE: usize = 80;

/// The card of a text's claim, by its index.
pub(super) fn card(snapshot: &Snapshot, file: FileId, index: u32) -> Option<Card> {
    let notes = snapshot.annotations(file)?;
    let claim = notes.claims.get(index as usize)?;
    let words = claim.words.slice(notes.running());
    let mut card = Card::new(shortened(words, TITLE), kind(claim.kind));
    for name in ["status", "conf", "date"] {
        card.field(name, attribute(&notes, claim, name).unwrap_or_default());
    }
    if let Some(speaker) = claim.by {
        card.field("said by", who(snapshot, &notes, speaker));
    }
    for support in &claim.support {
        let line = line_of(snapshot, &notes, *support);
        // A citation beside a claim covers the claim and its sentence: it is one source all the same.
        if !card.lines.contains(&line) {
            card.lines.push(line);
        }
    }
    if claim.support.is_empty() {
        let words = if claim.exempt { "It needs no source." } else { "No source covers it." };
        card.lines.push(Line::Words(words.into()));
    }
    Some(card)
}

/// Adds the quoted words as they stand in the source, and why rules speak or are silent about the claim.
pub(super) fn add_reasons(snapshot: &Snapshot, at: FilePosition, index: u32, card: &mut Card) {
    let Some(notes) = snapshot.annotations(at.file) else { return };
    let Some(claim) = notes.claims.get(index as usize) else { return };
    if matches!(claim.kind, ClaimKind::Quote(_)) {
        card.lines.extend(quotation::in_context(snapshot, &notes, claim));
    }
    reasons::add_all(snapshot, at, &notes, claim.span, card);
}

fn kind(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Figure(_) => "figure",
        ClaimKind::Quote(_) => "quotation",
        ClaimKind::Explicit(_) => "claim",
    }
}

fn attribute<'n>(notes: &'n Annotations, claim: &Claim, name: &str) -> Option<&'n str> {
    let ClaimKind::Explicit(node) = claim.kind else { return None };
    match &notes.document.nodes.get(node as usize)?.kind {
        NodeKind::BracketedSpan { attributes, .. } => attributes.value(&notes.text, name),
        _ => None,
    }
}

fn who(snapshot: &Snapshot, notes: &Annotations, speaker: Speaker) -> String {
    let words = speaker.span.slice(&notes.text);
    match speaker.entity.map(|e| name(&snapshot.entity(e).record).to_owned()) {
        Some(name) if name != words && !words.is_empty() => format!("{name} (\"{words}\")"),
        Some(name) => name,
        None => words.to_owned(),
    }
}

/// What supports the claim, in words.
fn line_of(snapshot: &Snapshot, notes: &Annotations, support: Support) -> Line {
    let node = |index: u32| notes.document.nodes.get(index as usize).map(|n| &n.kind);
    match support {
        Support::Citation(index) => match node(index) {
            Some(NodeKind::Citation(group)) => {
                let works: Vec<_> = group.items.iter().map(|item| cited(snapshot, &notes.text, item)).collect();
                Line::Field("source", works.join("; "))
            }
            _ => Line::Field("source", "a citation".into()),
        },
        Support::Footnote(_) => Line::Field("source", "in the footnote".into()),
        Support::Link(index) => match node(index) {
            Some(NodeKind::Link { destination, .. }) => Line::Link(destination.slice(&notes.text).into()),
            _ => Line::Field("source", "a link".into()),
        },
        Support::Pinned(index) => Line::Field("source", pinned(snapshot, notes, index)),
        Support::Instrument(index) => {
            let found = notes.instruments_found().nth(index as usize).map(|(_, found)| found);
            let pin = found.and_then(|f| f.pin.as_ref()).map(|(pin, _)| format!(", {}", pin.0)).unwrap_or_default();
            Line::Field("source", format!("{}{pin}", found.map(|f| f.symbol.as_str()).unwrap_or_default()))
        }
        Support::Attribute(value) => Line::Field("source", of_value(snapshot, value.slice(&notes.text))),
        Support::Document(value) => Line::Field("source of the whole text", of_value(snapshot, value.slice(&notes.text))),
        Support::Attribution(speaker) => Line::Field("attributed to", who(snapshot, notes, speaker)),
    }
}

/// A work as cited, with its locator.
fn cited(snapshot: &Snapshot, text: &str, item: &Citation) -> String {
    let work = work(snapshot, item.key.slice(text));
    let locator = item.locator.map_or(Span::default(), |l| l.span).slice(text);
    if locator.is_empty() { work } else { format!("{work} ({locator})") }
}

/// `key, locator` of an attribute.
fn of_value(snapshot: &Snapshot, value: &str) -> String {
    match value.split_once(',') {
        Some((key, locator)) => format!("{} ({})", work(snapshot, key.trim()), locator.trim()),
        None => work(snapshot, value.trim()),
    }
}

fn work(snapshot: &Snapshot, key: &str) -> String {
    let key = key.trim_start_matches('@');
    match snapshot.entity_of(key) {
        Some(entity) => short(&snapshot.entity(entity).record),
        None => format!("{key}, which is registered nowhere"),
    }
}

fn pinned(snapshot: &Snapshot, notes: &Annotations, index: u32) -> String {
    let Some(mention) = notes.mentions.get(index as usize) else { return String::new() };
    let what = match &mention.meaning {
        Meaning::One(candidate) => name(&snapshot.entity(candidate.entity).record).to_owned(),
        _ => mention.words.slice(notes.running()).to_owned(),
    };
    match &mention.pin {
        Some(pin) => format!("{what}, {pin}"),
        None => what,
    }
}
