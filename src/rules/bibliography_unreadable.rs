//! `bibliography-unreadable`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// A part of a bibliography that cannot be read. All other entries are used.
///
/// ## Why
///
/// While a source may be hidden in the unreadable part, nobody can say that a key is defined nowhere: until it is mended
/// `unknown-source` is a warning.
///
/// ~~~passes
/// -- refs.bib
/// @misc{tass-2017, title = {A title}}
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{tass-2017, title = {A title
/// @misc{osce-2017, title = {Another}}
/// ~~~
    "bibliography-unreadable", "a bibliography of which some cannot be read", Sound, Text, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in &context.file.facts.faults {
        findings.fault(fault);
    }
}
