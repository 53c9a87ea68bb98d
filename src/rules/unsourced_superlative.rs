//! `unsourced-superlative`

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::prose::PhraseKind;

rule! {
/// A claim about all the others ("the largest since the war", "for the first time in its history", "unprecedented") without a source in its
/// sentence, outside quotations.
///
/// ## Why
///
/// To know that something is the first or the largest, somebody must have looked at all the others. Readers doubt such claims first.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// It was the largest deployment since the war [@x].
/// ~~~
/// ~~~passes
/// The largest room was locked.
/// ~~~
/// ~~~fails
/// It was the largest deployment since the war.
/// ~~~
/// ~~~fails
/// Это был крупнейший кризис в истории организации.
/// ~~~
/// ~~~fails
/// Это была самая длинная осада за всю историю города.
/// ~~~
///
/// ## Likely false hits
///
/// Titles, rhetoric, and what everybody knows. Cite, mark `.opinion`, or allow with a reason.
///
/// ## Measured
///
/// In two textbooks, news and an encyclopedia, 25 of 27 findings were right (0.93).
    "unsourced-superlative", "a claim to be first or most, without a source", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Off), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut last = None;
    for phrase in context.phrases(PhraseKind::Superlative) {
        let sentence = notes.sentence_at(phrase.span.start);
        let here = || notes.words.to_file(phrase.span);
        if let Some(why) = notes.spared(phrase.span) {
            findings.passes(|| (here(), why.into()));
            continue;
        }
        if sentence == last {
            findings.passes(|| (here(), Pass::because("the same sentence was told already")));
            continue;
        }
        last = sentence;
        let span = here();
        findings
            .at(span, "this compares with all others and has no source")
            .help("cite who counted: `[@key, p. 1]`; or mark it `.opinion`");
    }
}
