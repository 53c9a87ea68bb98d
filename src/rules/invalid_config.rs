//! `invalid-config`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// An unknown key, rule or value in `vidimus.toml`. All else in it is used.
///
/// ## Why
///
/// A misspelt rule would silently stay on, a misspelt glob silently match nothing.
///
/// ~~~passes
/// -- vidimus.toml
/// citation-scope = "paragraph"
/// -- text.md
/// A text.
/// ~~~
/// ~~~fails
/// -- vidimus.toml
/// citation-scop = "paragraph"
/// -- text.md
/// A text.
/// ~~~
    "invalid-config", "settings that mean nothing", Sound, Text, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in &context.file.facts.faults {
        findings.fault(fault);
    }
}
