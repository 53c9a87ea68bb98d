//! `anonymous-source`

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::prose::PhraseKind;

rule! {
/// Somebody without a name as the only attribution: "sources said", "an official who asked not to be named", «источник».
///
/// ## Why
///
/// The reader cannot weigh a source that has no name, place or interest.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// Sources said the talks had failed [@x].
/// ~~~
/// ~~~fails
/// Anonymous sources said the talks had failed.
/// ~~~
/// ~~~fails
/// ---
/// lang: ru
/// ---
/// Источник в министерстве сообщил, что переговоры сорваны.
/// ~~~
///
/// ## Fix
///
/// Name the outlet that vouches for the source and cite it; mark the claim `conf=low`.
///
/// ## Measured
///
/// In an encyclopedia, 5 of 6 findings were right.
/// In 30 paragraphs of our own, labelled before the rule was run on them, 9 of 9 findings were right. Half of them were written to mislead
/// it.
    "anonymous-source", "an unnamed source as the only attribution", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut last = None;
    for phrase in context.phrases(PhraseKind::Anonymous) {
        let sentence = notes.sentence_at(phrase.span.start);
        if let Some(pass) = Pass::of_words(notes, phrase.span, sentence == last) {
            findings.passes(|| (notes.words.to_file(phrase.span), pass));
            continue;
        }
        last = sentence;
        let span = notes.words.to_file(phrase.span);
        findings
            .at(span, format!("`{}` has no name", span.slice(&notes.text)))
            .help("name the source, or cite the outlet that vouches for it");
    }
}
