//! `invalid-record`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// A record that cannot be read, or a field with a value that cannot be used. The other records of the file are used.
///
/// ## Why
///
/// A name that is not loaded makes every mention of it look unknown.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov}
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: Sergey Lavrov, type: person, name: Sergey Lavrov}
/// ~~~
    "invalid-record", "a record that cannot be read, or a field that cannot be used", Sound, Text, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in &context.file.facts.faults {
        findings.fault(fault);
    }
}
