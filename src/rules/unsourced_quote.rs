//! `unsourced-quote`

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Claim, ClaimKind, QUOTE_WORDS};
use crate::prose::QuoteKind;

rule! {
/// A quotation of four words or more, or a block quotation, without a citation in scope. Titles, nicknames and scare quotes are none. In a
/// source-text the speaker's name suffices.
///
/// ## Why
///
/// A quotation is the claim that somebody used these very words; only the source can show it.
///
/// ~~~passes
/// -- refs.bib
/// @misc{tass-2017, title = {A title}}
/// -- text.md
/// Lavrov said "there is no other way out" [@tass-2017, para. 3].
/// ~~~
/// ~~~passes
/// They called it a "frozen conflict".
/// ~~~
/// ~~~passes
/// The method was "state of the art" then.
/// ~~~
/// ~~~fails
/// Lavrov said "there is no other way out".
/// ~~~
/// ~~~fails
/// Лавров сказал: «Другого выхода у нас просто нет».
/// ~~~
    "unsourced-quote", "a quotation without a source", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut last: Option<&Claim> = None;
    for claim in context.claims() {
        let ClaimKind::Quote(quote) = claim.kind else { continue };
        if let Some(pass) = Pass::of_claim(claim) {
            findings.passes(|| (claim.span, pass));
            continue;
        }
        // Three words may want a speaker, but are too few to ask where they can be read.
        if notes.prose.quotes.get(quote as usize).is_some_and(|q| q.kind == QuoteKind::Marks && q.word_count < QUOTE_WORDS) {
            findings.passes(|| (claim.span, Pass::because(format!("it has fewer than {QUOTE_WORDS} words"))));
            continue;
        }
        if let Some(told) = last.filter(|told| told.sentence == claim.sentence) {
            findings.passes(|| (claim.span, Pass::Told(told.span)));
            continue;
        }
        last = Some(claim);
        findings.at(claim.span, "this quotation has no source").help("cite one behind it: `[@key, para. 1]`");
    }
}
