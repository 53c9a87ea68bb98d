//! `conflicting-record`

use smol_str::SmolStr;

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::registry::{Record, Spanned};

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
///
/// ## Fix
///
/// Strike the field from the list, or correct the one of the two that is wrong; the finding leads to both.
    "conflicting-record", "a note and a list entry of one id that disagree", Sound, Text, LevelRow::everywhere(Level::Warning), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for conflict in context.snapshot.names().conflicts_of(context.id) {
        let (Some(field), Some(record)) = (conflict.field, context.snapshot.record_at(conflict.at)) else { continue };
        let found = findings
            .at(conflict.span, format!("`{field}` of `{}` is given differently elsewhere", record.id.value))
            .help("keep it in one place")
            .related(context.snapshot.path(conflict.first.file), conflict.first_span, "given here");
        let other = context.snapshot.record_at(conflict.first).and_then(|first| value(first, field));
        let own = value(record, field);
        if let (Some(own), Some(other)) = (own, other)
            && is_bare(own)
            && is_bare(other)
        {
            found.unsafe_fix(format!("Write `{other}`"), conflict.span, other);
        }
    }
}

/// The value of a field, as far as fields are compared.
fn value<'r>(record: &'r Record, field: &str) -> Option<&'r str> {
    let of = |value: &'r Option<Spanned<SmolStr>>| value.as_ref().map(|v| v.value.as_str());
    match field {
        "type" => Some(record.kind.word()),
        "name" => record.name().map(|n| n.value),
        "symbol" => of(&record.symbol),
        "date" => of(&record.date),
        _ => None,
    }
}

/// Whether a value is written alike with and without quotation marks.
fn is_bare(value: &str) -> bool {
    !value.is_empty() && value.split(' ').all(|word| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-'))
}
