//! `comment-splits-paragraph`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};

rule! {
/// A comment on a line of its own between two lines of one paragraph.
///
/// ## Why
///
/// Some parsers end the paragraph there, others do not; what a directive means then depends on the renderer.
///
/// ~~~passes
/// One line.
///
/// <!-- to be checked -->
///
/// Another line.
/// ~~~
/// ~~~fails
/// One line
/// <!-- to be checked -->
/// and its continuation.
/// ~~~
///
/// ## Fix
///
/// Put the comment before the paragraph, with a blank line round it, or at the end of a line.
    "comment-splits-paragraph", "a comment between two lines of one paragraph, which parsers read differently", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for fault in context.faults() {
        findings.fault(fault);
    }
}
