//! `preamble-as-operative`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::Annotations;
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
/// The Council recalled its resolution ([[unsc-2202#pp-2|preamble]]).
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
    "preamble-as-operative", "a preambular paragraph cited as a decision", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Warning), check
}

/// How words begin that say that something binds, in small letters.
const DECIDES: &[&str] = &["decide", "demand", "require", "oblige", "impose", "постанов", "потреб", "требу", "обяза", "обязыв", "предпис"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let is_preamble = |pin: &str| pin.split('.').next().is_some_and(|part| part.starts_with("pp-"));
    let marked = context.mentions().iter().filter(|m| m.pin.as_deref().is_some_and(is_preamble)).map(|m| (m.span, m.words));
    let named = context.instruments().filter(|(_, i)| i.pin.as_ref().is_some_and(|(pin, _)| is_preamble(&pin.0)));
    for (span, words) in marked.chain(named.map(|(at, i)| (at.span, i.span))) {
        if let Some(verb) = decision(notes, words) {
            findings.at(span, "the preamble decides nothing").help("cite the operative paragraph that does").related(
                context.file.path.clone(),
                verb,
                "said to be decided",
            );
        }
    }
}

/// The word of the sentence that says that something binds, outside quotations.
fn decision(notes: &Annotations, words: Span) -> Option<Span> {
    let sentence = notes.prose.sentences.get(notes.sentence_at(words.start)? as usize)?.span;
    let text = sentence.slice(notes.running());
    text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).find_map(|word| {
        let lower = word.to_lowercase();
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let span = Span::from(start..start + word.len()).shift(sentence.start);
        (DECIDES.iter().any(|d| lower.starts_with(d)) && !notes.is_quoted(span)).then(|| notes.words.to_file(span))
    })
}
