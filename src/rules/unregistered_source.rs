//! `unregistered-source`

use rustc_hash::FxHashSet;

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::corpus::Support;

rule! {
/// A claim whose only source is a link: an address that no bibliography knows.
///
/// ## Why
///
/// An address changes or dies, says nothing of author and date, and cannot be found again by anybody but its owner. It satisfies the rules
/// of sourcing all the same.
///
/// Off unless it is asked for, by `--select` or a level in `vidimus.toml`: of nine of its findings in texts of others, four were links that nobody
/// meant as a source.
///
/// ~~~passes
/// -- vidimus.toml
/// [rules]
/// unregistered-source = "note"
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// About 90,000 people had left [@x, p. 2].
/// ~~~
/// ~~~fails
/// -- vidimus.toml
/// [rules]
/// unregistered-source = "note"
/// -- text.md
/// About 90,000 people had left ([report](https://example.org/report)).
/// ~~~
///
/// ## Fix
///
/// Register the work in a bibliography and cite its key.
///
/// ## Measured
///
/// In 15 paragraphs of our own, labelled before the rule was run on them, 5 of 5 findings were right. Half of them were written to mislead
/// it.
    "unregistered-source", "a link as the only source of a claim", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Note),
    check, WhenAsked
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut told: FxHashSet<u32> = FxHashSet::default();
    for claim in context.claims().iter().filter(|c| !c.exempt) {
        let only_links = !claim.support.is_empty() && claim.support.iter().all(|s| matches!(s, Support::Link(_)));
        let links = claim.support.iter().filter_map(|s| if let Support::Link(node) = s { Some(*node) } else { None });
        for node in links.filter(|_| only_links).filter(|node| told.insert(*node)) {
            let Some(link) = notes.document.nodes.get(node as usize) else { continue };
            findings
                .at(link.span, "this link is the only source here, and no bibliography knows it")
                .help("register the work and cite its key: `[@key, p. 1]`");
        }
    }
}
