//! Figures, numbers that are none, and phrases of the lexicons.

use super::super::Fact;
use super::{Scene, Thing};
use crate::prose::{Figure, Phrase, PhraseKind, figures, phrases};
use crate::text::Span;

pub(super) fn add(scene: &Scene<'_>, things: &mut Vec<Thing>) {
    let notes = scene.notes;
    for figure in notes.prose.figures.iter().filter(|f| scene.has_words(f.span)) {
        things.push(figure_of(scene, figure));
    }
    for phrase in notes.prose.phrases.iter().filter(|p| scene.has_words(p.span)) {
        things.push(phrase_of(scene, phrase));
    }
    if scene.asked.is_empty() {
        things.extend(no_figure(scene));
    }
}

fn figure_of(scene: &Scene<'_>, figure: &Figure) -> Thing {
    let mut thing = Thing::new("figure", scene.notes.words.to_file(figure.span), scene.words(figure.span));
    let upper = figure.upper.map(|upper| format!(" to {upper}")).unwrap_or_default();
    thing.fact("value", format!("{}{upper}", figure.value));
    thing.fact("unit", figure.unit.as_deref().unwrap_or("none"));
    let before = Span::new(figure.span.start, figure.number.start);
    if figure.approximate {
        let words = scene.words(before);
        thing.fact("approximate", if words.is_empty() { format!("by `{}`", scene.words(figure.number)) } else { format!("by `{words}`") });
    }
    let claim = scene.notes.claims.iter().any(|c| scene.notes.figure(c).is_some_and(|f| f.span == figure.span));
    if !claim {
        thing.fact("claim", "none of its own: it is a quotation's or a marked claim's, which asks for the source");
    }
    thing
}

/// The number at the place that is no figure.
fn no_figure(scene: &Scene<'_>) -> Option<Thing> {
    let notes = scene.notes;
    let at = scene.asked_words().start;
    let taken = notes.prose.instruments.iter().any(|i| i.span.touches(at)) || notes.prose.figures.iter().any(|f| f.span.touches(at));
    let passage = notes.words.passages.get(notes.words.passages.partition_point(|p| p.span.end < at))?;
    let (number, why) = figures::no_figure(notes.running(), passage.span, at).filter(|_| !taken)?;
    let mut thing = Thing::new("number", notes.words.to_file(number), scene.words(number));
    thing.fact("no figure", why.words());
    Some(thing)
}

fn phrase_of(scene: &Scene<'_>, phrase: &Phrase) -> Thing {
    let notes = scene.notes;
    let mut thing = Thing::new("phrase", notes.words.to_file(phrase.span), scene.words(phrase.span));
    thing.fact("kind", kind(phrase.kind));
    let passage = notes.words.passages.get(notes.words.passages.partition_point(|p| p.span.end < phrase.span.end));
    let reason = passage.and_then(|p| phrases::reason(notes.running(), p.span, phrase.span, notes.language));
    thing.facts.extend(reason.map(|reason| Fact::new("listed as", reason)));
    thing
}

fn kind(kind: PhraseKind) -> &'static str {
    match kind {
        PhraseKind::Vague => "attributes to nobody",
        PhraseKind::Unspecific => "leaves open which, how many or how sure",
        PhraseKind::Anonymous => "an unnamed source",
        PhraseKind::Superlative => "compares with all others",
        PhraseKind::Proportion => "a figure without a number",
        PhraseKind::Event => "what a record must show",
        PhraseKind::Relative => "counts from the day of writing",
    }
}
