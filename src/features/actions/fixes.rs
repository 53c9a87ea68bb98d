//! The cures that rules know for what they find.

use super::here::Here;
use super::{Action, Cured, Kind, Task};
use crate::features::Changes;

/// What these rules find is a slip of the pen where a near word is known; the fixes of others change what the text says, and
/// no editor should make them unasked.
const MISSPELT: &[&str] = &["unknown-entity", "unknown-source", "bad-attribute"];

/// Every fix of every finding here; the only safe one of a finding is what most authors want.
pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    for finding in here.findings() {
        for (which, fix) in finding.fixes().enumerate() {
            let task = Task::Fix { rule: finding.rule.into(), at: (finding.span.start, finding.span.end), which };
            let mut action = Action::new(Kind::QuickFix, fix.title.clone(), task);
            action.preferred = fix.safe || (which == 0 && finding.fix.is_some() && MISSPELT.contains(&finding.rule));
            action.cures.push(Cured::of(finding));
            out.push(action);
        }
    }
}

pub(super) fn changes(here: &Here<'_>, rule: &str, which: usize) -> Option<Changes> {
    here.finding(rule)?.fixes().nth(which).map(Changes::from)
}
