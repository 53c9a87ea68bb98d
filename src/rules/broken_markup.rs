//! `broken-markup`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// A mark that is not closed, or that renderers read differently: `[[` without `]]`, a span whose braces do not end, a wikilink's
/// pipe in a table cell.
///
/// ## Why
///
/// What one renderer shows as a link the next shows as brackets; a reader of the pull request sees neither the entity nor the claim.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: minsk-package, type: agreement, name: Package of Measures}
/// -- text.md
/// The [[minsk-package|Package]] was signed in Minsk.
/// ~~~
/// ~~~fails
/// The [[minsk-package|Package was signed in Minsk.
/// ~~~
///
/// ## Fix
///
/// Close the mark; in a table write `[words](path/to/note.md)`.
    "broken-markup", "a mark that is not closed, or that renderers read differently", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in context.faults() {
        findings.fault(fault);
    }
}
