//! `suppression-without-reason`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::text::Span;

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
/// ~~~fails
/// <!-- vidimus-allow unsourced-figure: reason -->
///
/// There were about 90,000 reasons to doubt it.
/// ~~~
///
/// The word `reason` itself holds the place of one and is none; an editor's "Allow here" writes it, to be written over.
///
/// ## Fix
///
/// Write the reason behind a colon: `<!-- vidimus-allow unsourced-figure: rhetorical -->`.
    "suppression-without-reason", "an allow directive that gives no reason", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for fault in context.faults() {
        if let Some(found) = findings.fault(fault) {
            found.or_fix("Remove the directive", whole_comment(&notes.text, fault.span), "");
        }
    }
}

/// A comment with the line that it alone fills, or with the space before it.
fn whole_comment(text: &str, comment: Span) -> Span {
    let before = text.get(..comment.start as usize).unwrap_or_default();
    let after = text.get(comment.end as usize..).unwrap_or_default();
    let alone = before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}']);
    let line_end = if after.starts_with("\r\n") { 2 } else { u32::from(after.starts_with(['\n', '\r'])) };
    if alone && line_end > 0 {
        return Span::new(comment.start, comment.end + line_end);
    }
    Span::new(comment.start - u32::from(before.ends_with(' ')), comment.end)
}
