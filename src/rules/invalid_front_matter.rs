//! `invalid-front-matter`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// Front matter that is no valid YAML, or in which a key has a value that cannot be used.
///
/// ## Why
///
/// Kind, date and source of the text come from there; while it cannot be read, the text is judged without them.
///
/// ~~~passes
/// ---
/// kind: analysis
/// date: 2017-03-16
/// ---
/// A text.
/// ~~~
/// ~~~fails
/// ---
/// kind: [analysis
/// ---
/// A text.
/// ~~~
    "invalid-front-matter", "front matter that cannot be read", Sound, Text, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in &context.file.facts.faults {
        findings.fault(fault);
    }
}
