//! `vague-attribution`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::prose::PhraseKind;

rule! {
/// An attribution to nobody: "it is widely believed", "critics say", «по мнению экспертов», outside quotations and without a source in its sentence.
///
/// ## Why
///
/// It lends the weight of many to what nobody need answer for.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// It is widely believed that the talks failed [@x].
/// ~~~
/// ~~~fails
/// It is widely believed that the talks failed.
/// ~~~
/// ~~~fails
/// Многие эксперты считают, что переговоры провалились.
/// ~~~
///
/// ## Fix
///
/// Name who believes it, or cite where it is shown.
    "vague-attribution", "an attribution to nobody", Heuristic, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut last = None;
    for phrase in notes.prose.phrases.iter().filter(|p| p.kind == PhraseKind::Vague) {
        let sentence = notes.sentence_at(phrase.span.start);
        if sentence == last || notes.is_quoted(phrase.span) || sentence.is_some_and(|s| notes.has_support(s)) {
            continue;
        }
        last = sentence;
        let span = notes.words.to_file(phrase.span);
        findings.at(span, format!("`{}` names nobody", span.slice(&notes.text))).help("say who, or cite where it is shown");
    }
}
