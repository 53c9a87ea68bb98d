//! Instruments recognised: which one, and how that was settled.

use super::super::Fact;
use super::{Scene, Thing};
use crate::prose::instruments::Malformed;
use crate::prose::{Body, Form, Instrument};
use crate::registry::unsc;

pub(super) fn add(scene: &Scene<'_>, things: &mut Vec<Thing>) {
    for (at, found) in scene.notes.instruments_found() {
        let beside = found.pin.as_ref().is_some_and(|(_, words)| scene.has_words(*words));
        if !scene.is_at(at.span) && !beside {
            continue;
        }
        let mut thing = Thing::new("instrument", at.span, scene.words(found.span));
        thing.fact("symbol", format!("`{}`, id `{}`", found.symbol, found.id));
        thing.fact("body", body(found.body));
        thing.facts.push(settled(scene, found));
        let known = match found.body {
            Body::SecurityCouncil(number) => unsc::resolution(number),
            _ => None,
        };
        if let Some((year, place)) = found.year_as_written {
            let right = match known {
                Some(known) if known.year != year => format!("{year}, but the number is of {}", known.year),
                Some(_) => format!("{year}, as the table of resolutions has it"),
                None => year.to_string(),
            };
            thing.facts.push(Fact::new("year", right).at(scene.file, scene.notes.words.to_file(place)));
        }
        if let Some(known) = known {
            thing.fact("adopted", known.day());
            thing.fact("title", known.title);
        }
        match at.entity {
            Some(entity) => {
                let entity = scene.snapshot.entity(entity);
                let fact = Fact::new("record", format!("`{}`", entity.record.id.value));
                thing.facts.push(fact.at(entity.home.file, entity.record.id.span));
            }
            None if known.is_some() => thing.fact("record", "none here; the built-in table knows it"),
            None => thing.fact("record", "none; nothing here knows it"),
        }
        if let Some((pin, words)) = &found.pin {
            let fact = Fact::new("pinpoint", format!("`{}`, from `{}`", pin.0, scene.words(*words)));
            thing.facts.push(fact.at(scene.file, scene.notes.words.to_file(*words)));
        }
        match found.malformed {
            Some(Malformed::Homoglyph) => thing.fact("misspelt", "letters of another alphabet that look alike"),
            Some(Malformed::Order) => thing.fact("misspelt", "its parts stand in another order"),
            None => {}
        }
        things.push(thing);
    }
}

fn body(body: Body) -> &'static str {
    match body {
        Body::SecurityCouncil(_) => "Security Council",
        Body::GeneralAssembly => "General Assembly",
        Body::UnitedNations => "United Nations",
        Body::Osce => "OSCE",
        Body::EuropeanUnion => "European Union",
        Body::Court => "a court, by its ECLI",
        Body::TreatySeries => "United Nations Treaty Series",
        Body::Project => "of a form that `vidimus.toml` declares",
    }
}

/// How it was settled which instrument is meant.
fn settled(scene: &Scene<'_>, found: &Instrument) -> Fact {
    let words = found.span.slice(scene.notes.running());
    let lower = words.to_lowercase();
    let names_body = ["council", "assembly", "unsc", "unga", "scr", "osce", "совет", "ассамбле", "сб ", "га "];
    match (found.form, found.body) {
        (Form::Symbol, _) => Fact::new("settled by", "the letters of its symbol"),
        (Form::Short, _) => {
            let before = scene.notes.instruments_found().take_while(|(_, i)| i.span.start < found.span.start);
            let full = before.filter(|(_, i)| i.id == found.id && i.form != Form::Short).last();
            match full {
                Some((at, full)) => Fact::new("settled by", format!("`{}`, named before", scene.words(full.span))).at(scene.file, at.span),
                None => Fact::new("settled by", "a fuller form named before"),
            }
        }
        _ if names_body.iter().any(|name| lower.contains(name)) => Fact::new("settled by", "its own words, which name the body"),
        (_, Body::SecurityCouncil(number)) if found.year_as_written.is_some_and(|(year, _)| unsc::year(number) == Some(year)) => {
            Fact::new("settled by", "number and year, which belong together in the table of resolutions")
        }
        (_, Body::GeneralAssembly) if words.contains('/') || words.ends_with(')') => {
            Fact::new("settled by", "its number, which is of a session of the Assembly")
        }
        (_, Body::Project) => Fact::new("settled by", "the pattern in `vidimus.toml`"),
        _ => Fact::new("settled by", "the body named nearest in the sentence, or before it"),
    }
}
