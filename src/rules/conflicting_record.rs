//! `conflicting-record`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// A note and a list entry of one id that give a field differently.
///
/// ## Why
///
/// They are one record; the note's word is taken, and the list's is silently lost.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: unsc-2202, type: resolution, aliases: [UNSCR 2202]}
/// -- unsc-2202.md
/// ---
/// type: resolution
/// date: 2015-02-17
/// ---
/// 1. Endorses.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: unsc-2202, type: resolution, date: 2015-02-18}
/// -- unsc-2202.md
/// ---
/// type: resolution
/// date: 2015-02-17
/// ---
/// 1. Endorses.
/// ~~~
    "conflicting-record", "a note and a list entry of one id that disagree", Sound, LevelRow::everywhere(Level::Warning), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for conflict in context.snapshot.names().conflicts.iter().filter(|c| c.at.file == context.id) {
        let (Some(field), Some(record)) = (conflict.field, context.snapshot.record_at(conflict.at)) else { continue };
        findings
            .at(conflict.span, format!("`{field}` of `{}` is given differently elsewhere", record.id.value))
            .help("keep it in one place")
            .related(context.snapshot.path(conflict.first.file), conflict.first_span, "given here");
    }
}
