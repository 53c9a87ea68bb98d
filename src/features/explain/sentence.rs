//! The sentence round a place, and the text it stands in.

use super::super::{Fact, why};
use super::{Scene, Thing};
use crate::prose::past_events;
use crate::syntax::PassageKind;
use crate::text::Span;

/// Adds the sentences asked about and the text; answers the stretch of those sentences.
pub(super) fn add(scene: &Scene<'_>, things: &mut Vec<Thing>) -> Option<Span> {
    let notes = scene.notes;
    let mut near: Option<Span> = None;
    for (index, sentence) in notes.prose.sentences.iter().enumerate().filter(|(_, s)| scene.has_words(s.span)) {
        let span = notes.words.to_file(sentence.span);
        near = Some(near.map_or(span, |n| n.join(span)));
        let mut thing = Thing::new("sentence", span, scene.words(sentence.span));
        if let Some(passage) = notes.words.passages.get(sentence.passage as usize) {
            thing.fact("stands in", passage_words(passage.kind, passage.paragraph));
        }
        let reported = notes.reported.iter().find(|(s, _)| *s as usize == index).map(|(_, speaker)| speaker);
        if let Some(speaker) = reported {
            let cue = speaker.cue.map(|cue| format!(", by `{}`", cue.slice(&notes.text))).unwrap_or_default();
            let entity = speaker.entity.map(|e| &scene.snapshot.entity(e).record);
            let who = entity.map(|r| format!(" ({}, `{}`)", r.shown_name(), r.id.value)).unwrap_or_default();
            let words = format!("`{}`{who}{cue}", why::cut(speaker.span.slice(&notes.text)));
            thing.facts.push(Fact::new("said by", words).at(scene.file, speaker.span));
        }
        if let Some(date) = past_events::dated_event(notes.running(), sentence.span, notes.language) {
            let fact = Fact::new("tells", format!("an event, dated `{}`", scene.words(date)));
            thing.facts.push(fact.at(scene.file, notes.words.to_file(date)));
        }
        let covering = why::sourced(scene.snapshot, notes, sentence.span, None);
        if covering.is_empty() {
            thing.fact("covered by", "no source");
        }
        thing.facts.extend(covering);
        things.push(thing);
    }
    things.extend(text(scene));
    near
}

fn text(scene: &Scene<'_>) -> Option<Thing> {
    let settings = &scene.snapshot.file(scene.file)?.settings;
    let mut thing = Thing::new("text", Span::default(), why::kind_words(settings.kind));
    thing.fact("date", settings.date.as_deref().unwrap_or("none"));
    let tag = settings.lang.as_deref().map_or_else(|| "told by its letters".to_owned(), |tag| format!("`{tag}`"));
    thing.fact("read as", format!("{:?} ({tag})", scene.notes.language));
    Some(thing)
}

fn passage_words(kind: PassageKind, paragraph: u32) -> String {
    let what = match kind {
        PassageKind::Paragraph => "the body",
        PassageKind::Heading => "a heading",
        PassageKind::Quotation => "a block quotation",
        PassageKind::Attribution => "an attribution line",
        PassageKind::Cell => "a table's cell",
        PassageKind::Caption => "a caption",
        PassageKind::Footnote => "a footnote",
    };
    if paragraph > 0 { format!("{what}, paragraph {paragraph}") } else { what.to_owned() }
}
