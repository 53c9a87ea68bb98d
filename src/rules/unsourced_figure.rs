//! `unsourced-figure`

use rustc_hash::FxHashSet;

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Claim, ClaimKind};
use crate::prose::PhraseKind;

rule! {
/// A figure (a number with a unit, per cent, money, people; or with "about", "nearly", «около») without a citation in scope. Dates, years,
/// ages, times, numbers of articles and resolutions are no figures. In a source-text somebody said to say it suffices.
///
/// ## Why
///
/// Statistics are what readers check first and editors ask for first.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// About 90,000 people had left [@x, p. 2].
/// ~~~
/// ~~~passes
/// Article 41 was invoked on 9 November 2020.
/// ~~~
/// ~~~fails
/// About 90,000 people had left.
/// ~~~
/// ~~~fails
/// Two-thirds of the members left.
/// ~~~
/// ~~~fails
/// Регион покинули около 90 тысяч человек.
/// ~~~
///
/// ## Likely false hits
///
/// Common knowledge ("two halves of 45 minutes") and rhetoric. Cite, mark `.opinion`, or allow with a reason.
    "unsourced-figure", "a figure without a source", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut last = None;
    for claim in context.claims().iter().filter(|c| matches!(c.kind, ClaimKind::Figure(_)) && !c.exempt && c.support.is_empty()) {
        if last == Some(claim.sentence) {
            continue;
        }
        last = Some(claim.sentence);
        report(claim, findings);
    }
    proportions(context, notes, findings);
}

/// Halves, thirds and "twice as many" in sentences that have no figure of their own.
fn proportions(context: &Context<'_>, notes: &Annotations, findings: &mut Findings<'_>) {
    let figures = |c: &Claim| matches!(c.kind, ClaimKind::Figure(_));
    let told: FxHashSet<u32> = context.claims().iter().filter(|c| figures(c)).map(|c| c.sentence).collect();
    let mut last = None;
    for phrase in context.phrases(PhraseKind::Proportion) {
        let sentence = notes.sentence_at(phrase.span.start);
        if sentence != last && sentence.is_none_or(|s| !told.contains(&s)) && notes.asserts(phrase.span) {
            last = sentence;
            let span = notes.words.to_file(phrase.span);
            findings.at(span, "this proportion has no source").help("cite one in its sentence: `[@key, p. 1]`; or mark it `.opinion`");
        }
    }
}

fn report(claim: &Claim, findings: &mut Findings<'_>) {
    findings.at(claim.span, "this figure has no source").help("cite one in its sentence: `[@key, p. 1]`; or mark it `.opinion`");
}
