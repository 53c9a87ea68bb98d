//! `duplicate-id`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// An id or key that two notes, two entries of lists or two entries of bibliographies define.
///
/// ## Why
///
/// One of them is never reached, and nobody sees which.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov}
/// - {id: putin, type: person, name: Vladimir Putin}
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov}
/// - {id: lavrov, type: person, name: S. V. Lavrov}
/// ~~~
///
/// A note and a list entry of one id are one record, and no fault.
    "duplicate-id", "an id that is defined twice", Sound, Text, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for conflict in context.snapshot.names().conflicts_of(context.id).into_iter().filter(|c| c.field.is_none()) {
        let Some(record) = context.snapshot.record_at(conflict.at) else { continue };
        let id = &record.id.value;
        let found = findings
            .at(conflict.span, format!("`{}` is defined twice", record.id.value))
            .help("give one of them another id, or make them one record")
            .related(context.snapshot.path(conflict.first.file), conflict.first_span, "first defined here");
        // A note that takes its id from its file's name says it nowhere.
        if conflict.span.len() as usize == id.len()
            && let Some(free) = (2..=MOST_TRIED).map(|n| format!("{id}-{n}")).find(|new| context.snapshot.lookup(new).is_none())
        {
            found.unsafe_fix(format!("Write `{free}`"), conflict.span, free);
        }
    }
}

/// Numbers tried for an id that is free.
const MOST_TRIED: u32 = 99;
