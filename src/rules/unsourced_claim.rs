//! `unsourced-claim`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::ClaimKind;

rule! {
/// A span marked `.claim` without a citation in scope: beside it, in its sentence, its row or block quotation, or `source=`. A claim
/// whose status is refuted or retracted needs none.
///
/// ## Why
///
/// The mark is the author's promise that the claim can be traced.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// [Exports fell]{.claim} [@x].
/// ~~~
/// ~~~passes
/// [Exports fell]{.claim status=refuted}.
/// ~~~
/// ~~~fails
/// [Exports fell]{.claim}.
/// ~~~
    "unsourced-claim", "a marked claim without a source", Sound, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for claim in notes.claims.iter().filter(|c| !c.exempt && c.support.is_empty()) {
        let ClaimKind::Explicit(node) = claim.kind else { continue };
        let span = notes.document.nodes.get(node as usize).map_or(claim.span, |n| n.span);
        findings.at(span, "this claim has no source").help("cite one behind it: `[@key, p. 1]`; or mark it `.opinion`");
    }
}
