//! `unsourced-quote`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::{ClaimKind, QUOTE_WORDS};
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
    let mut last = None;
    for claim in context.claims().iter().filter(|c| matches!(c.kind, ClaimKind::Quote(_)) && !c.exempt && c.support.is_empty()) {
        let ClaimKind::Quote(quote) = claim.kind else { continue };
        // Three words may want a speaker, but are too few to ask where they can be read.
        let short = notes.prose.quotes.get(quote as usize).is_some_and(|q| q.kind == QuoteKind::Marks && q.word_count < QUOTE_WORDS);
        if short || last == Some(claim.sentence) {
            continue;
        }
        last = Some(claim.sentence);
        findings.at(claim.span, "this quotation has no source").help("cite one behind it: `[@key, para. 1]`");
    }
}
