//! `unsourced-figure`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::{Claim, ClaimKind};

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
/// Регион покинули около 90 тысяч человек.
/// ~~~
///
/// ## Likely false hits
///
/// Common knowledge ("two halves of 45 minutes") and rhetoric. Cite, mark `.opinion`, or allow with a reason.
    "unsourced-figure", "a figure without a source", Heuristic, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut last = None;
    for claim in notes.claims.iter().filter(|c| matches!(c.kind, ClaimKind::Figure(_)) && !c.exempt && c.support.is_empty()) {
        if last == Some(claim.sentence) {
            continue;
        }
        last = Some(claim.sentence);
        report(claim, findings);
    }
}

fn report(claim: &Claim, findings: &mut Findings<'_>) {
    findings.at(claim.span, "this figure has no source").help("cite one in its sentence: `[@key, p. 1]`; or mark it `.opinion`");
}
