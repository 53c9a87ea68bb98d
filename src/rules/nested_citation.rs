//! `nested-citation`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// A citation inside a bracketed span. It is read as covering the span; beside the span it survives every renderer.
///
/// ## Why
///
/// Some converters drop what is bracketed inside a span's brackets.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// [Exports fell]{.claim} [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// [Exports fell [@x]]{.claim}.
/// ~~~
///
/// ## Fix
///
/// The citation is moved behind the span: `[Exports fell]{.claim} [@x].`
    "nested-citation", "a citation inside a span, which stands better beside it", Sound, Passage, LevelRow::everywhere(Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in context.faults() {
        findings.fault(fault);
    }
}
