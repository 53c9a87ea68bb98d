//! `contested-without-counter`

use super::marked_claims::marked_claims;
use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};

rule! {
/// A claim marked `status=contested` with neither `against=` nor a second source.
///
/// ## Why
///
/// To say that something is contested is to say that somebody says otherwise; the reader must be able to find who.
///
/// ~~~passes
/// -- refs.bib
/// @misc{a, title = {A}}
/// @misc{b, title = {B}}
/// -- text.md
/// [No heavy weapons remained]{.claim status=contested against="b, p. 2"} [@a, p. 1].
/// ~~~
/// ~~~passes
/// -- refs.bib
/// @misc{a, title = {A}}
/// @misc{b, title = {B}}
/// -- text.md
/// [No heavy weapons remained]{.claim status=contested} [@a, p. 1; but see @b, p. 2].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{a, title = {A}}
/// -- text.md
/// [No heavy weapons remained]{.claim status=contested} [@a, p. 1].
/// ~~~
    "contested-without-counter", "a contested claim that shows one side", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Warning), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for (claim, attributes) in marked_claims(context) {
        if attributes.value(&notes.text, "status") != Some("contested") {
            continue;
        }
        if let Some(against) = attributes.pair(&notes.text, "against") {
            findings.passes(|| (claim.span, Pass::Near(against.value)));
            continue;
        }
        findings.looks_into_notes(claim);
        let mut works: Vec<_> = notes.cited(context.snapshot, claim).into_iter().map(|cited| cited.key).collect();
        works.sort_unstable();
        works.dedup();
        if works.len() != 1 {
            findings.passes(|| (claim.span, Pass::because(format!("it cites {} works", works.len()))));
        }
        // One without any source is another rule's.
        if works.len() == 1 {
            findings
                .at(claim.span, "this claim is contested, and only one side is cited")
                .help("add `against=\"key, p. 1\"`, or cite both");
        }
    }
}
