//! `unsourced-quote`

use super::rule::{Context, rule};
use super::telling::Telling;
use super::{Findings, Pass, telling};
use crate::config::{Level, LevelRow};
use crate::corpus::{Claim, ClaimKind, QUOTE_WORDS, Speaker};
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
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// The survey says what was counted [@x]:
///
/// > Only houses with a roof were counted, and only once.
/// ~~~
/// ~~~fails
/// Lavrov said "there is no other way out".
/// ~~~
/// ~~~fails
/// Лавров сказал: «Другого выхода у нас просто нет».
/// ~~~
///
/// ## Measured
///
/// In two textbooks, government press texts and news, 56 of 62 findings were right (0.90).
    "unsourced-quote", "a quotation without a source", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let (mut last, mut telling) = (None::<&Claim>, Telling::of(notes));
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
        // Somebody who spoke in a sentence before need not have coined a phrase in this one.
        let speaker = claim.by.or_else(|| notes.quotes.get(quote as usize)?.speaker);
        let here = |who: &Speaker| who.cue.is_none_or(|cue| notes.sentence_span(claim.sentence).covers(cue));
        let nobody = || !speaker.as_ref().is_some_and(here);
        if (telling::is_borrowed(notes, quote) || telling::is_gloss(notes, quote)) && nobody() {
            findings.passes(|| (claim.span, Pass::because("it is a few borrowed words, or explains a word, and nobody is said to say it")));
            continue;
        }
        if telling.supposes(claim.sentence) {
            findings.passes(|| (claim.span, Pass::because("its sentence or paragraph supposes it")));
            continue;
        }
        if telling.is_led_in(claim.sentence, findings) {
            findings.passes(|| (claim.span, Pass::because("the words that lead it in have a source")));
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
