//! `single-source`

use smol_str::SmolStr;

use super::marked_claims::marked_claims;
use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Cited, Snapshot};

rule! {
/// A claim marked `conf=high` or `status=confirmed` that rests on one independent source. Sources of one `origin` count once: a reprint
/// confirms nothing. A citable instrument is the thing itself and suffices.
///
/// ## Why
///
/// Circular reporting: many outlets, one agency, no second witness.
///
/// ~~~passes
/// -- refs.bib
/// @misc{a, title = {A}}
/// @misc{b, title = {B}}
/// -- text.md
/// [The depot burned]{.claim conf=high} [@a, p. 1; @b, p. 2].
/// ~~~
/// ~~~passes
/// -- refs.bib
/// @misc{a, title = {A}}
/// -- text.md
/// [The depot burned]{.claim} [@a, p. 1].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{a, title = {A}}
/// -- text.md
/// [The depot burned]{.claim conf=high} [@a, p. 1].
/// ~~~
    "single-source", "a confirmed claim with one independent source", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for (claim, attributes) in marked_claims(context) {
        let high = attributes.value(&notes.text, "conf") == Some("high");
        if !high && attributes.value(&notes.text, "status") != Some("confirmed") {
            continue;
        }
        findings.looks_into_notes(claim);
        let cited = notes.cited(context.snapshot, claim);
        let primary = cited.iter().any(|c| c.entity.is_some_and(|e| context.snapshot.entity(e).record.citable));
        let mut origins: Vec<SmolStr> = cited.iter().map(|c| origin(context.snapshot, c)).collect();
        origins.sort_unstable();
        origins.dedup();
        if primary {
            findings.passes(|| (claim.span, Pass::because("a citable instrument is cited, which is the thing itself")));
        } else if origins.len() != 1 {
            findings.passes(|| (claim.span, Pass::because(format!("it rests on {} independent sources", origins.len()))));
        } else {
            let mark = if high { "conf=high" } else { "status=confirmed" };
            let origin = &origins[0];
            findings
                .at(claim.span, format!("`{mark}` rests on one source, `{origin}`"))
                .help("cite a second that does not depend on it, or lower what is claimed");
        }
    }
}

/// Whose reporting a work is: its `origin`, else the work itself.
fn origin(snapshot: &Snapshot, cited: &Cited) -> SmolStr {
    let source = cited.entity.and_then(|e| snapshot.entity(e).record.source.as_deref()).and_then(|s| s.origin.clone());
    source.unwrap_or_else(|| cited.key.clone())
}
