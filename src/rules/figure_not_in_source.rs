//! `figure-not-in-source`

use super::rule::{Context, rule};
use super::{Diagnostic, Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Cited, SourceText};
use crate::prose::Figure;

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
/// ## Fix
///
/// Figures of the same unit that the source has are offered, the nearest value first.
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
        let found = findings.at(claim.span, format!("`{number}` is nowhere in the text of `{key}`"));
        found.help("compare it with the source; a figure that was computed may say from what");
        for text in texts.iter().flatten() {
            offer(context, notes, figure, text, found);
        }
    }
}

/// As many values of the source are offered.
const MOST_CHOICES: usize = 5;

/// Offers the source's figures of the same unit, each with where it stands.
fn offer(context: &Context<'_>, notes: &Annotations, figure: &Figure, text: &SourceText, found: &mut Diagnostic) {
    let Some(theirs) = context.snapshot.text(text.file) else { return };
    for one in text.figures_like(figure).into_iter().take(MOST_CHOICES) {
        let written = one.number.slice(&theirs).split_whitespace().collect::<Vec<_>>().join(" ");
        let place = if one.paragraph > 0 { format!("paragraph {}", one.paragraph) } else { "its headline".to_owned() };
        let path = context.snapshot.path(text.file);
        if found.related.len() < MOST_CHOICES {
            found.related(path.clone(), one.number, "a figure of the same unit");
        }
        found.or_fix(format!("Write `{written}`, as in {place} of {path}"), notes.words.to_file(figure.number), written);
    }
}
