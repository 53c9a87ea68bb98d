//! `unsourced-figure`

use rustc_hash::FxHashSet;

use super::rule::{Context, rule};
use super::telling::Telling;
use super::{Findings, Pass};
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
/// Imagine a town of about 90,000 people.
/// ~~~
/// ~~~passes
/// Article 41 was invoked on 9 November 2020.
/// ~~~
/// ~~~passes
/// For $\tau$ = 0.3 about 90% of the values lie below 500 people.
/// ~~~
/// ~~~passes
/// Imagine a town in the hills. In the first year about 500 people leave it.
/// ~~~
/// ~~~passes
/// 4. Decides that the mission shall consist of up to 13,289 military personnel.
/// ~~~
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// Arden and colleagues asked every household [@x]. They found that about 40% had lost a roof.
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
/// What only looks like a statistic is left alone, as far as its words tell: what is supposed ("Imagine a town of …"), computed (in a section with
/// formulas or code), ordered by an instrument ("Decides that …"), told by the authors of themselves ("in our experience"), and what goes on with
/// a work cited in the sentence before ("Wang et al. [@x] … They found …").
///
/// Common knowledge ("two halves of 45 minutes") and rhetoric. Cite, mark `.opinion`, or allow with a reason.
///
/// ## Measured
///
/// In two textbooks, government press texts, news and an encyclopedia, 85 of 94 findings were right (0.90); as a note in resolutions of the
/// Security Council 15 of 18.
    "unsourced-figure", "a figure without a source", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let (mut last, mut telling) = (None::<&Claim>, Telling::of(notes));
    for claim in context.claims().iter().filter(|c| matches!(c.kind, ClaimKind::Figure(_))) {
        if let Some(pass) = Pass::of_claim(claim) {
            findings.passes(|| (claim.span, pass));
        } else if let Some(told) = last.filter(|told| told.sentence == claim.sentence) {
            findings.passes(|| (claim.span, Pass::Told(told.span)));
        } else if let Some(why) = telling.why_not(claim.sentence, claim.words.start, findings) {
            findings.passes(|| (claim.span, Pass::because(why)));
        } else {
            last = Some(claim);
            report(claim, findings);
        }
    }
    proportions(context, notes, &mut telling, findings);
}

/// Halves, thirds and "twice as many" in sentences that have no figure of their own.
fn proportions(context: &Context<'_>, notes: &Annotations, telling: &mut Telling<'_>, findings: &mut Findings<'_>) {
    let mut phrases = context.phrases(PhraseKind::Proportion).peekable();
    // Most texts have none.
    if phrases.peek().is_none() {
        return;
    }
    let figures = |c: &Claim| matches!(c.kind, ClaimKind::Figure(_));
    let told: FxHashSet<u32> = context.claims().iter().filter(|c| figures(c)).map(|c| c.sentence).collect();
    let mut last = None;
    for phrase in phrases {
        let sentence = notes.sentence_at(phrase.span.start);
        let here = || notes.words.to_file(phrase.span);
        if let Some(why) = notes.spared(phrase.span) {
            findings.passes(|| (here(), why.into()));
        } else if sentence == last || sentence.is_some_and(|s| told.contains(&s)) {
            findings.passes(|| (here(), Pass::because("another figure of the same sentence asks for the source")));
        } else if let Some(why) = sentence.and_then(|s| telling.why_not(s, phrase.span.start, findings)) {
            findings.passes(|| (here(), Pass::because(why)));
        } else {
            last = sentence;
            findings.at(here(), "this proportion has no source").help("cite one in its sentence: `[@key, p. 1]`; or mark it `.opinion`");
        }
    }
}

fn report(claim: &Claim, findings: &mut Findings<'_>) {
    findings.at(claim.span, "this figure has no source").help("cite one in its sentence: `[@key, p. 1]`; or mark it `.opinion`");
}
