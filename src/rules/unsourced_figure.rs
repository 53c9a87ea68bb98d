//! `unsourced-figure`

use rustc_hash::FxHashSet;

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Claim, ClaimKind};
use crate::prose::{PhraseKind, supposing};
use crate::text::Span;

rule! {
/// A figure (a number with a unit, per cent, money, people; or with "about", "nearly", «около») without a citation in scope. Dates, years,
/// ages, times, numbers of articles and resolutions are no figures, nor is what stands in a sentence with a formula. In a source-text somebody said to say it suffices.
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
    let mut last: Option<&Claim> = None;
    for claim in context.claims().iter().filter(|c| matches!(c.kind, ClaimKind::Figure(_))) {
        if let Some(pass) = Pass::of_claim(claim) {
            findings.passes(|| (claim.span, pass));
            continue;
        }
        let sentence = notes.prose.sentences.get(claim.sentence as usize);
        if sentence.is_some_and(|s| supposing::supposes(s.span.slice(notes.running()))) {
            findings.passes(|| (claim.span, Pass::because("its sentence supposes it")));
            continue;
        }
        if sentence.is_some_and(|s| has_formula(notes, s.span)) {
            findings.passes(|| (claim.span, Pass::because("its sentence speaks in formulas: it computes or explains")));
            continue;
        }
        if let Some(told) = last.filter(|told| told.sentence == claim.sentence) {
            findings.passes(|| (claim.span, Pass::Told(told.span)));
            continue;
        }
        last = Some(claim);
        report(claim, findings);
    }
    proportions(context, notes, findings);
}

/// Whether a formula (`$\\tau^2$`) stands in a sentence of the running text.
fn has_formula(notes: &Annotations, sentence: Span) -> bool {
    let opaque = &notes.document.opaque;
    if opaque.is_empty() {
        return false;
    }
    let span = notes.words.to_file(sentence);
    let first = opaque.partition_point(|o| o.end <= span.start);
    opaque[first..].iter().take_while(|o| o.start < span.end).any(|o| o.slice(&notes.text).starts_with('$'))
}

/// Halves, thirds and "twice as many" in sentences that have no figure of their own.
fn proportions(context: &Context<'_>, notes: &Annotations, findings: &mut Findings<'_>) {
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
        } else if notes.prose.sentences.get(sentence.unwrap_or(u32::MAX) as usize).is_some_and(|s| has_formula(notes, s.span)) {
            findings.passes(|| (here(), Pass::because("its sentence speaks in formulas: it computes or explains")));
        } else if sentence == last || sentence.is_some_and(|s| told.contains(&s)) {
            findings.passes(|| (here(), Pass::because("another figure of the same sentence asks for the source")));
        } else {
            last = sentence;
            findings.at(here(), "this proportion has no source").help("cite one in its sentence: `[@key, p. 1]`; or mark it `.opinion`");
        }
    }
}

fn report(claim: &Claim, findings: &mut Findings<'_>) {
    findings.at(claim.span, "this figure has no source").help("cite one in its sentence: `[@key, p. 1]`; or mark it `.opinion`");
}
