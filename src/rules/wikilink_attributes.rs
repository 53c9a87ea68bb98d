//! `wikilink-attributes`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// Attributes directly behind a wikilink: `[[lavrov|he]]{.mention}`.
///
/// ## Why
///
/// Pandoc reads neither link nor attributes there: the words stay, the link is lost.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov}
/// -- text.md
/// [[lavrov|The minister]] left.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov}
/// -- text.md
/// [[lavrov|The minister]]{.mention} left.
/// ~~~
///
/// ## Fix
///
/// The wikilink is put inside a bracketed span, which keeps both: `[[[lavrov|The minister]]]{.mention}`.
    "wikilink-attributes", "attributes on a wikilink, which Pandoc drops with the link", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in context.faults() {
        findings.fault(fault);
    }
}
