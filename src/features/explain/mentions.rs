//! Names and mentions: whom they mean, why, and who else might have been meant.

use super::super::Fact;
use super::{Scene, Thing};
use crate::corpus::{Candidate, Fate, Meaning, MentionAt, NameAt, Weighed};
use crate::registry::{DateRange, Record, unsc};
use crate::text::Span;

pub(super) fn add(scene: &Scene<'_>, things: &mut Vec<Thing>) {
    let names = scene.notes.names_at(scene.snapshot, scene.asked_words());
    for mention in scene.notes.mentions.iter().filter(|m| scene.is_at(m.span)) {
        let name = names.iter().find(|n| n.words == mention.words);
        things.push(mention_of(scene, mention, name));
    }
    let taken = |n: &NameAt| scene.notes.mentions.iter().any(|m| m.words.overlaps(n.words));
    for name in names.iter().filter(|n| scene.has_words(n.words) && !taken(n)) {
        things.push(passed_over(scene, name));
    }
}

fn mention_of(scene: &Scene<'_>, mention: &MentionAt, name: Option<&NameAt>) -> Thing {
    let kind = if mention.node.is_some() { "mention" } else { "name" };
    let mut thing = Thing::new(kind, mention.span, scene.words(mention.words));
    match &mention.meaning {
        Meaning::One(candidate) => {
            thing.facts.push(record_fact(scene, "means", candidate));
            thing.fact("because", because(scene, mention, *candidate, name));
        }
        Meaning::Several(all) => {
            thing.facts.extend(all.iter().map(|c| record_fact(scene, "may mean", c)));
            thing.fact("because", "several bear this name, and neither date, an earlier full name nor the word before settles it");
        }
        Meaning::Resolution(number) => {
            let known = unsc::resolution(*number).map(|r| format!("{}, {}", r.symbol(), r.day())).unwrap_or_default();
            thing.fact("means", format!("{known}: known from the built-in table, no record here"));
        }
        Meaning::Text(file) => thing.facts.push(Fact::new("means", "a text of the corpus").at(*file, Span::default())),
        Meaning::Unknown => {
            let id = scene.notes.mention_target(mention).unwrap_or_default();
            let near = scene.snapshot.names().nearest_id(id).map(|near| format!("; nearest is `{near}`")).unwrap_or_default();
            thing.fact("means", format!("nothing: `{id}` is in no note and no registry{near}"));
        }
    }
    if let Some(pin) = &mention.pin {
        let fact = Fact::new("pinpoint", format!("`{pin}`"));
        thing.facts.push(mention.pin_beside.map_or_else(|| fact.clone(), |span| fact.clone().at(scene.file, span)));
    }
    if let Some(name) = name {
        losers(scene, name, &mut thing);
    }
    if mention.node.is_none() && name.is_some() {
        for (words, entity) in scene.notes.names_inside(scene.snapshot, mention.words) {
            if mention.meaning.entity() != Some(entity) {
                let id = &scene.snapshot.entity(entity).record.id.value;
                thing.fact("lost", format!("`{id}`: its name `{}` is shorter, and the longer wins", scene.words(words)));
            }
        }
    }
    thing
}

/// A name that is found and means nobody here.
fn passed_over(scene: &Scene<'_>, name: &NameAt) -> Thing {
    let mut thing = Thing::new("name, not taken", scene.notes.words.to_file(name.words), scene.words(name.words));
    losers(scene, name, &mut thing);
    thing
}

fn losers(scene: &Scene<'_>, name: &NameAt, thing: &mut Thing) {
    for Weighed { candidate, fate } in &name.weighed {
        let record = &*scene.snapshot.entity(candidate.entity).record;
        let why = match fate {
            Fate::Left => continue,
            Fate::OutOfRole => {
                let role = candidate.role.and_then(|r| record.roles.get(usize::from(r)));
                let date = date(scene).unwrap_or_default();
                role.map_or_else(String::new, |r| format!("`{}` {}; the text is of {date}", r.title.value, held(&r.during)))
            }
            Fate::NotNamedBefore => "another of that name was named in full before".into(),
            Fate::NoPlace => "the word before wants a place".into(),
        };
        let home = scene.snapshot.entity(candidate.entity).home;
        let fact = Fact::new("lost", format!("{} (`{}`): {why}", record.shown_name(), record.id.value));
        thing.facts.push(fact.at(home.file, record.id.span));
    }
}

fn record_fact(scene: &Scene<'_>, name: &'static str, candidate: &Candidate) -> Fact {
    let entity = scene.snapshot.entity(candidate.entity);
    let record = &*entity.record;
    Fact::new(name, format!("{} ({} `{}`)", record.shown_name(), record.kind.word(), record.id.value)).at(entity.home.file, record.id.span)
}

/// Why a mention means this one.
fn because(scene: &Scene<'_>, mention: &MentionAt, candidate: Candidate, name: Option<&NameAt>) -> String {
    if mention.node.is_some() {
        return "its author marked it".into();
    }
    let record = &*scene.snapshot.entity(candidate.entity).record;
    let words = mention.words.slice(scene.notes.running());
    let how = match candidate.role.and_then(|r| record.roles.get(usize::from(r))) {
        Some(role) => match date(scene) {
            Some(date) => format!("the office `{}`, {}; the text is of {date}", role.title.value, held(&role.during)),
            None => format!("the office `{}`; the text has no date", role.title.value),
        },
        None => by_name(record, words, name.is_some()),
    };
    let settled = name.into_iter().flat_map(|n| &n.weighed).find_map(|w| match w.fate {
        Fate::NotNamedBefore => Some("; of several it is the one named in full before"),
        Fate::NoPlace => Some("; of several it is the place, as the word before wants"),
        Fate::OutOfRole => Some("; others did not hold the office then"),
        Fate::Left => None,
    });
    format!("{how}{}", settled.unwrap_or_default())
}

fn by_name(record: &Record, words: &str, is_name: bool) -> String {
    if record.name().is_some_and(|n| n.value == words) {
        return "it is the record's name".into();
    }
    if record.aliases().any(|a| a.value == words) {
        return "it is an alias of the record".into();
    }
    if is_name { "it is a form of the record's name or alias".into() } else { "kind and date fit this record alone".into() }
}

fn date<'a>(scene: &Scene<'a>) -> Option<&'a str> {
    scene.snapshot.file(scene.file)?.settings.date.as_deref()
}

/// `held from 2004-03-09`
fn held(during: &DateRange) -> String {
    match (&during.from, &during.to) {
        (Some(from), Some(to)) => format!("held from {} to {}", from.value, to.value),
        (Some(from), None) => format!("held from {}", from.value),
        (None, Some(to)) => format!("held until {}", to.value),
        (None, None) => "held at any time".into(),
    }
}
