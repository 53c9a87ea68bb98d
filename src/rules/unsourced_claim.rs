//! `unsourced-claim`

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::ClaimKind;
use crate::syntax::NodeKind;

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
    "unsourced-claim", "a marked claim without a source", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for claim in context.claims() {
        let ClaimKind::Explicit(node) = claim.kind else { continue };
        if let Some(pass) = Pass::of_claim(claim) {
            findings.passes(|| (claim.span, pass));
            continue;
        }
        let Some(marked) = notes.document.nodes.get(node as usize) else { continue };
        let found = findings.at(marked.span, "this claim has no source");
        found.help("cite one behind it: `[@key, p. 1]`; or mark it `.opinion`");
        let NodeKind::BracketedSpan { attributes, .. } = &marked.kind else { continue };
        if let Some(class) = attributes.classes.iter().find(|c| c.slice(&notes.text) == "claim") {
            found.unsafe_fix("Write `.opinion`", *class, "opinion");
        }
    }
}
