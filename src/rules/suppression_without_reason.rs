//! `suppression-without-reason`

use super::Findings;
use super::allow::whole_comment;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// A directive that silences a rule without saying why. It silences nothing until it does.
///
/// ## Why
///
/// Whoever reviews the text must be able to judge the exception.
///
/// ~~~passes
/// <!-- vidimus-allow unsourced-figure: rhetorical, not a statistic -->
///
/// There were about 90,000 reasons to doubt it.
/// ~~~
/// ~~~fails
/// <!-- vidimus-allow unsourced-figure -->
///
/// There were about 90,000 reasons to doubt it.
/// ~~~
/// ~~~fails
/// <!-- vidimus-allow unsourced-figure: reason -->
///
/// There were about 90,000 reasons to doubt it.
/// ~~~
///
/// The word `reason` itself holds the place of one and is none; an editor's "Allow here" writes it, to be written over.
///
/// ## Fix
///
/// Write the reason behind a colon: `<!-- vidimus-allow unsourced-figure: rhetorical -->`.
    "suppression-without-reason", "an allow directive that gives no reason", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for fault in context.faults() {
        if let Some(found) = findings.fault(fault) {
            found.or_fix("Remove the directive", whole_comment(&notes.text, fault.span), "");
        }
    }
}
