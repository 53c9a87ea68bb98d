//! Which of several candidates a name means: by the text's date, by an earlier full name, by the
//! word before it. What these leave open stays open.

use rustc_hash::FxHashSet;

use super::{Annotations, Candidate, EntityId, Fate, FileState, Meaning, MentionAt, Snapshot, Weighed};
use crate::registry::RecordKind;
use crate::text::Span;

/// Settles the meanings of mentions that lie together; drops names of offices that nobody known held at the text's date.
/// `front` are the mentions before them.
pub(super) fn settle(snapshot: &Snapshot, notes: &Annotations, file: &FileState, mentions: &mut Vec<MentionAt>, front: &[MentionAt]) {
    let (date, text) = (file.settings.date.as_deref(), notes.running());
    // Whom the first of them name in full: asked of few, so that it is worked out no further than somebody asks.
    let (mut seen, mut upto) = (FxHashSet::default(), 0);
    for number in 0..mentions.len() {
        let (settled, rest) = mentions.split_at_mut(number);
        let Some(mention) = rest.first_mut().filter(|m| m.node.is_none()) else { continue };
        let before = || word_before(text, mention.words.start);
        let is_seen = |entity| {
            seen.extend(settled[upto..].iter().filter_map(|m| names_fully(snapshot, text, m)));
            upto = settled.len();
            seen.contains(&entity) || is_named_in(snapshot, text, front, entity)
        };
        mention.meaning = choose(snapshot, date, is_seen, before, std::mem::replace(&mut mention.meaning, Meaning::Unknown));
    }
    mentions.retain(|m| m.node.is_some() || m.meaning != Meaning::Unknown);
}

/// Whether an entity is named in full in some mentions. `text` is the running text.
pub(super) fn is_named_in(snapshot: &Snapshot, text: &str, mentions: &[MentionAt], entity: EntityId) -> bool {
    let mut its = mentions.iter().filter(|m| m.meaning.entity() == Some(entity));
    its.any(|m| names_fully(snapshot, text, m).is_some())
}

/// Whom a mention names so that a shorter name behind it means them. `text` is the running text.
pub(super) fn names_fully(snapshot: &Snapshot, text: &str, mention: &MentionAt) -> Option<EntityId> {
    let entity = mention.meaning.entity()?;
    (mention.node.is_some() || is_full_name(snapshot, entity, mention.words.slice(text))).then_some(entity)
}

fn choose<'t>(
    snapshot: &Snapshot,
    date: Option<&str>,
    mut is_seen: impl FnMut(EntityId) -> bool,
    before: impl Fn() -> &'t str,
    meaning: Meaning,
) -> Meaning {
    let mut fit = match meaning {
        Meaning::One(only) if holds(snapshot, date, only) => return Meaning::One(only),
        Meaning::One(_) => return Meaning::Unknown,
        Meaning::Several(all) => all,
        other => return other,
    };
    fit.retain(|c| holds(snapshot, date, *c));
    fit.sort_unstable();
    fit.dedup_by_key(|c| c.entity);
    narrow(&mut fit, |c| is_seen(c.entity));
    if fit.len() > 1 && is_locative(before()) {
        narrow(&mut fit, |c| snapshot.entity(c.entity).record.kind == RecordKind::Place);
    }
    match fit.as_slice() {
        [] => Meaning::Unknown,
        [one] => Meaning::One(*one),
        _ => Meaning::Several(fit),
    }
}

/// Keeps those that pass, when exactly one does.
fn narrow(candidates: &mut Vec<Candidate>, mut passes: impl FnMut(&Candidate) -> bool) {
    if candidates.len() > 1 && candidates.iter().filter(|c| passes(c)).count() == 1 {
        candidates.retain(|c| passes(c));
    }
}

/// Whether an office was held at the text's date; without a date every holder is possible.
fn holds(snapshot: &Snapshot, date: Option<&str>, candidate: Candidate) -> bool {
    let Some(role) = candidate.role else { return true };
    let Some(role) = snapshot.entity(candidate.entity).record.roles.get(usize::from(role)) else { return false };
    date.is_none_or(|date| role.during.holds(date))
}

fn is_full_name(snapshot: &Snapshot, entity: EntityId, words: &str) -> bool {
    snapshot.entity(entity).record.name().is_some_and(|n| n.value == words)
}

fn word_before(text: &str, at: u32) -> &str {
    let head = text.get(..at as usize).unwrap_or_default().trim_end();
    let start = head.char_indices().rev().find(|(_, c)| !c.is_alphabetic()).map_or(0, |(i, c)| i + c.len_utf8());
    &head[start..]
}

/// Prepositions after which a name that is both a place and something else is the place.
fn is_locative(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "in" | "near" | "into" | "across" | "throughout" | "в" | "во" | "под" | "близ" | "из")
}

/// What became of each thing that some words (of the running text) may mean: the steps of [`settle`], one by one.
pub(super) fn weigh(snapshot: &Snapshot, notes: &Annotations, words: Span, mut all: Vec<Candidate>) -> Vec<Weighed> {
    let date = snapshot.file(notes.file).and_then(|f| f.settings.date.as_deref());
    all.sort_unstable();
    let mut out: Vec<Weighed> = Vec::new();
    for candidate in all {
        let fate = if holds(snapshot, date, candidate) { Fate::Left } else { Fate::OutOfRole };
        let twin = |w: &Weighed| w.candidate.entity == candidate.entity && w.fate == Fate::Left;
        if fate == Fate::OutOfRole || !out.iter().any(twin) {
            out.push(Weighed { candidate, fate });
        }
    }
    let front = &notes.mentions[..notes.mentions.partition_point(|m| m.words.start < words.start)];
    drop_losers(&mut out, Fate::NotNamedBefore, |c| is_named_in(snapshot, notes.running(), front, c.entity));
    if is_locative(word_before(notes.running(), words.start)) {
        drop_losers(&mut out, Fate::NoPlace, |c| snapshot.entity(c.entity).record.kind == RecordKind::Place);
    }
    out
}

/// As [`narrow`]: of those left all lose but the one that passes, when exactly one does.
fn drop_losers(all: &mut [Weighed], fate: Fate, passes: impl Fn(&Candidate) -> bool) {
    let left = || all.iter().filter(|w| w.fate == Fate::Left);
    if left().count() > 1 && left().filter(|w| passes(&w.candidate)).count() == 1 {
        for one in all.iter_mut().filter(|w| w.fate == Fate::Left && !passes(&w.candidate)) {
            one.fate = fate;
        }
    }
}
