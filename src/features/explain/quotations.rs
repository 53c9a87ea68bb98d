//! Quotations: who says them and how that was found, what covers them, and whether the source has the words.

use super::super::{Fact, quotation, why};
use super::{Scene, Thing};
use crate::corpus::{ClaimKind, QUOTE_WORDS, QuoteAt, Speaker};
use crate::prose::{Quote, QuoteKind};
use crate::syntax::{NodeKind, PassageKind};
use crate::text::Span;

pub(super) fn add(scene: &Scene<'_>, things: &mut Vec<Thing>) {
    for (index, (quote, at)) in scene.notes.prose.quotes.iter().zip(&scene.notes.quotes).enumerate() {
        if scene.is_at(at.span) {
            things.push(quotation_of(scene, index, quote, at));
        }
    }
}

fn quotation_of(scene: &Scene<'_>, index: usize, quote: &Quote, at: &QuoteAt) -> Thing {
    let kind = if quote.kind == QuoteKind::Block { "block quotation" } else { "quotation" };
    let mut thing = Thing::new(kind, at.span, scene.words(quote.span));
    thing.fact("words", quote.word_count.to_string());
    match at.speaker {
        Some(speaker) => said_by(scene, quote, speaker, &mut thing),
        None => thing.fact("said by", "nobody, as far as the sentence and the one before tell"),
    }
    let is_own = |kind: ClaimKind| kind == ClaimKind::Quote(Span::from(0..index).end);
    match scene.notes.claims.iter().find(|c| is_own(c.kind)) {
        Some(claim) => {
            let covering = why::sourced(scene.snapshot, scene.notes, claim.words, Some(claim));
            if covering.is_empty() {
                thing.fact("covered by", "no source");
            }
            thing.facts.extend(covering);
            thing.facts.extend(quotation::compared(scene.snapshot, scene.notes, claim));
        }
        None => thing.fact("no claim", no_claim(scene, quote)),
    }
    thing
}

fn said_by(scene: &Scene<'_>, quote: &Quote, speaker: Speaker, thing: &mut Thing) {
    let words = why::cut(speaker.span.slice(&scene.notes.text));
    let entity = speaker.entity.map(|e| scene.snapshot.entity(e));
    let who = entity.map(|e| format!(" ({}, `{}`)", e.record.shown_name(), e.record.id.value)).unwrap_or_default();
    thing.facts.push(Fact::new("said by", format!("`{words}`{who}")).at(scene.file, speaker.span));
    if let Some(cue) = speaker.cue {
        thing.facts.push(Fact::new("cue", format!("`{}`", cue.slice(&scene.notes.text))).at(scene.file, cue));
    }
    thing.fact("found", found(scene, quote, speaker));
    let named = |e| scene.notes.mentions.iter().any(|m| m.meaning.entity() == Some(e) && m.span.overlaps(speaker.span));
    if let Some(entity) = speaker.entity.filter(|e| !named(*e) && !is_attribute(scene, speaker)) {
        let name = scene.snapshot.entity(entity).record.shown_name();
        thing.fact("led back", format!("`{words}` to {name}, the last named that fits"));
    }
}

/// Where the speaker was found.
fn found(scene: &Scene<'_>, quote: &Quote, speaker: Speaker) -> &'static str {
    if is_attribute(scene, speaker) {
        return "by the mark's `by=`";
    }
    let notes = scene.notes;
    let place = notes.words.map.from_source(speaker.span.start);
    let passage = notes.words.passages.get(notes.words.passages.partition_point(|p| p.span.end <= place));
    if passage.is_some_and(|p| p.kind == PassageKind::Attribution) {
        return "in the attribution line";
    }
    let sentence = |at: u32| notes.sentence_at(at);
    if quote.span.contains(place) {
        "inside the quotation"
    } else if place < quote.span.start {
        if sentence(place) == sentence(quote.span.start) { "before the quotation, in its sentence" } else { "in a sentence before" }
    } else if sentence(place) == sentence(quote.span.end.saturating_sub(1)) {
        "behind the quotation, in its sentence"
    } else {
        "behind the quotation"
    }
}

fn is_attribute(scene: &Scene<'_>, speaker: Speaker) -> bool {
    scene.notes.document.nodes.iter().any(|n| match &n.kind {
        NodeKind::BracketedSpan { attributes, .. } => attributes.span.covers(speaker.span) && !speaker.span.is_empty(),
        _ => false,
    })
}

/// Why a quotation is no claim that somebody used these words.
fn no_claim(scene: &Scene<'_>, quote: &Quote) -> String {
    let passage = scene.notes.words.passages.get(quote.passage as usize);
    if quote.within.is_some() {
        "it stands in another quotation, which is asked instead".into()
    } else if quote.continues.is_some() {
        "it continues the quotation before, which is asked for both".into()
    } else if passage.is_some_and(|p| p.kind == PassageKind::Heading) {
        "it stands in a heading".into()
    } else if quote.word_count < QUOTE_WORDS {
        format!("fewer than {QUOTE_WORDS} words and no sentence: a name or a term")
    } else if !quote.is_speech {
        "a title or name, by its capitals or the word before".into()
    } else {
        "a term: no sentence by its capital and stop, and nobody says or cites it".into()
    }
}
