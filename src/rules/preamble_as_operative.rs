//! `preamble-as-operative`

use std::sync::LazyLock;

use super::rule::{Context, rule};
use super::spoken::{is_one_of, sentence_round, words};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::Annotations;
use crate::prose::lexicon;
use crate::text::Span;

rule! {
/// A preambular paragraph cited for something decided, demanded or required.
///
/// ## Why
///
/// The preamble recalls and notes; only operative paragraphs decide.
///
/// ~~~passes
/// -- unsc-2202.md
/// ---
/// type: resolution
/// name: Resolution 2202
/// parts: [pp-1..pp-4, op-1..op-4]
/// ---
/// -- text.md
/// The Council recalled the ban imposed by an earlier resolution ([[unsc-2202#pp-2|preamble]]).
/// ~~~
/// ~~~fails
/// -- unsc-2202.md
/// ---
/// type: resolution
/// name: Resolution 2202
/// parts: [pp-1..pp-4, op-1..op-4]
/// ---
/// -- text.md
/// The Council demanded a ceasefire ([[unsc-2202#pp-2|preamble]]).
/// ~~~
/// ~~~fails
/// -- unsc-2202.md
/// ---
/// type: resolution
/// name: Resolution 2202
/// parts: [pp-1..pp-4, op-1..op-4]
/// ---
/// -- text.md
/// ---
/// lang: ru
/// ---
/// Совет постановил направить наблюдателей ([[unsc-2202#pp-2|преамбула]]).
/// ~~~
///
/// A sentence that cites an operative paragraph as well is not asked which of the two it means.
///
/// ## Measured
///
/// In 29 paragraphs of our own, labelled before the rule was run on them, 7 of 17 findings were right; since it was mended 10 of 10. Half
/// of them were written to mislead it.
    "preamble-as-operative", "a preambular paragraph cited as a decision", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Warning), check
}

/// Forms that say that something binds.
static DECIDES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("decides"));

/// Forms that do so before one of [`WHAT`]: "demand that", and not "the demand for".
static MAY_DECIDE: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("may-decide"));

/// What is decided begins so.
static WHAT: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("decided"));

/// Words beside a verb with which nothing is decided.
static NOTHING: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("negated"));

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let is_preamble = |pin: &str| pin.split('.').next().is_some_and(|part| part.starts_with("pp-"));
    let marked = context.mentions().iter().filter(|m| m.pin.as_deref().is_some_and(is_preamble)).map(|m| (m.span, m.words));
    let named = context.instruments().filter(|(_, i)| i.pin.as_ref().is_some_and(|(pin, _)| is_preamble(&pin.0)));
    for (span, place) in marked.chain(named.map(|(at, i)| (at.span, i.span))) {
        let sentence = sentence_round(notes, place.start);
        let Some(verb) = decision(notes, sentence) else { continue };
        if cites_operative(context, notes, sentence) {
            findings.passes(|| (span, Pass::because("its sentence cites an operative paragraph as well")));
            continue;
        }
        findings.at(span, "the preamble decides nothing").help("cite the operative paragraph that does").related(
            context.file.path.clone(),
            verb,
            "said to be decided",
        );
    }
}

/// Whether an operative paragraph is named in a sentence.
fn cites_operative(context: &Context<'_>, notes: &Annotations, sentence: Span) -> bool {
    let is_operative = |pin: &str| pin.starts_with("op-");
    let marked = context.mentions().iter().any(|m| sentence.covers(m.words) && m.pin.as_deref().is_some_and(is_operative));
    let mut named = notes.prose.instruments.iter().filter(|i| sentence.covers(i.span));
    marked || named.any(|i| i.pin.as_ref().is_some_and(|(pin, _)| is_operative(&pin.0)))
}

/// The word of a sentence that says that something binds, outside quotations.
fn decision(notes: &Annotations, sentence: Span) -> Option<Span> {
    let text = sentence.slice(notes.running());
    let mut all = words(text).peekable();
    let mut before = [""; 3];
    while let Some((at, word)) = all.next() {
        // "The demands of families": a noun.
        let noun = is_one_of(&["the", "these", "those", "their", "its"], before[2]);
        let next = all.peek().map_or("", |(_, next)| *next);
        let may = is_one_of(&MAY_DECIDE, word) && is_one_of(&WHAT, next) && !noun && !is_one_of(&["to"], before[2]);
        let decides = is_one_of(&DECIDES, word) || may;
        let span = at.shift(sentence.start);
        if decides && !before.iter().chain([&next]).any(|near| is_one_of(&NOTHING, near)) && !notes.is_quoted(span) {
            return Some(notes.words.to_file(span));
        }
        before = [before[1], before[2], word];
    }
    None
}
