//! `suppression-without-reason`

use super::Findings;
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
///
/// ## Fix
///
/// Write the reason behind a colon: `<!-- vidimus-allow unsourced-figure: rhetorical -->`.
    "suppression-without-reason", "an allow directive that gives no reason", Sound, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in context.notes.iter().flat_map(|n| &n.document.faults) {
        findings.fault(fault);
    }
}
