//! `figure-not-in-source`

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::Cited;
use crate::corpus::SourceText;

rule! {
/// A figure whose value is nowhere in the text of the work it cites. Values are compared, not characters: 90 thousand is 90,000, and not 900,000.
///
/// ## Why
///
/// Figures slip in transcription, by a digit or a zero.
///
/// ~~~passes
/// -- refs.bib
/// @misc{tass-2017, title = {Interview}}
/// -- interview.md
/// ---
/// kind: source-text
/// source: tass-2017
/// ---
/// About 90 thousand people had left.
/// -- text.md
/// About 90,000 people had left [@tass-2017, para. 1].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{tass-2017, title = {Interview}}
/// -- interview.md
/// ---
/// kind: source-text
/// source: tass-2017
/// ---
/// About 90 thousand people had left.
/// -- text.md
/// About 900,000 people had left [@tass-2017, para. 1].
/// ~~~
///
/// ## Likely false hits
///
/// Figures computed from those of the source. Say so, or allow them with the sum as the reason.
    "figure-not-in-source", "a figure that the cited text does not have", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for claim in context.claims().iter().filter(|c| !c.exempt) {
        let Some(figure) = notes.figure(claim) else { continue };
        let cited: Vec<Cited> = notes.cited(context.snapshot, claim);
        let texts: Vec<_> = cited.iter().map(|c| notes.text_of(context.snapshot, c)).collect();
        if texts.iter().any(Option::is_some) {
            findings.looked_further();
        }
        findings.looks_into_notes(claim);
        // A work whose text is not at hand may have it.
        if texts.is_empty() || texts.iter().any(Option::is_none) {
            let why =
                if texts.is_empty() { "it cites no work" } else { "the text of a work it cites is not at hand, or in another language" };
            findings.passes(|| (claim.span, Pass::because(why)));
            continue;
        }
        let has =
            |text: &SourceText| [Some(figure.value), figure.upper].into_iter().flatten().all(|v| text.paragraphs_with(v).next().is_some());
        if texts.iter().flatten().any(|text| has(text)) {
            findings.passes(|| (claim.span, Pass::because("its value stands in the text of the work cited")));
            continue;
        }
        let key = cited.first().map(|c| c.key.as_str()).unwrap_or_default();
        let number = notes.words.to_file(figure.number).slice(&notes.text);
        findings
            .at(claim.span, format!("`{number}` is nowhere in the text of `{key}`"))
            .help("compare it with the source; a figure that was computed may say from what");
    }
}
