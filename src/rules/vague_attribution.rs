//! `vague-attribution`

use rustc_hash::FxHashSet;

use super::rule::{Context, rule};
use super::telling::Telling;
use super::{Findings, Pass, telling};
use crate::config::{Level, LevelRow};
use crate::corpus::Annotations;
use crate::prose::{Phrase, PhraseKind};

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
/// ~~~passes
/// The study shows that the talks failed.
/// ~~~
///
/// Words that only leave open which, how many or how sure ("in many cases", "perhaps the best known") often do no harm: they are a note,
/// and off unless the rule is asked for, by `--select vague-attribution` or by a level in `vidimus.toml`.
///
/// ## Fix
///
/// Name who believes it, or cite where it is shown.
///
/// ## Measured
///
/// In two textbooks and news, 10 of 11 findings were right (0.91); as a note in resolutions of the Security Council 3 of 3.
    "vague-attribution", "an attribution to nobody", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let asked = context.snapshot.occasion().selects(RULE.name) || context.file.settings.level(RULE.name).is_some();
    let (mut told, mut telling) = (FxHashSet::<Option<u32>>::default(), Telling::of(notes));
    for kind in [PhraseKind::Vague, PhraseKind::Unspecific] {
        for phrase in context.phrases(kind) {
            let sentence = notes.sentence_at(phrase.span.start);
            if let Some(pass) = Pass::of_words(notes, phrase.span, told.contains(&sentence)) {
                findings.passes(|| (notes.words.to_file(phrase.span), pass));
                continue;
            }
            if kind == PhraseKind::Unspecific && !asked {
                findings.passes(|| (notes.words.to_file(phrase.span), Pass::because("it only leaves open which, how many or how sure")));
                continue;
            }
            if sentence.is_some_and(|s| telling.supposes(s)) {
                findings.passes(|| (notes.words.to_file(phrase.span), Pass::because("its sentence or paragraph supposes it")));
                continue;
            }
            if telling::is_ordered(notes, phrase.span.start) {
                findings.passes(|| (notes.words.to_file(phrase.span), Pass::because("an instrument orders it there, and tells nothing")));
                continue;
            }
            report(notes, phrase, findings);
            told.insert(sentence);
        }
    }
}

fn report(notes: &Annotations, phrase: &Phrase, findings: &mut Findings<'_>) {
    let span = notes.words.to_file(phrase.span);
    let words = span.slice(&notes.text);
    if phrase.kind == PhraseKind::Vague {
        findings.at(span, format!("`{words}` names nobody")).help("say who, or cite where it is shown");
    } else {
        let found = findings.at(span, format!("`{words}` leaves open which, how many or how sure"));
        found.help("say it, or cite where it is shown");
        found.level = found.level.min(Level::Note);
    }
}
