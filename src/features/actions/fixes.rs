//! The cures that rules know for what they find.

use super::here::Here;
use super::{Action, Kind, Task};
use crate::features::Changes;

/// Every fix of every finding here; the only safe one of a finding is what most authors want.
pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    for finding in here.findings() {
        for (which, fix) in finding.fixes().enumerate() {
            let task = Task::Fix { rule: finding.rule.into(), at: (finding.span.start, finding.span.end), which };
            let mut action = Action::new(Kind::QuickFix, fix.title.clone(), task);
            action.preferred = which == 0 && finding.fix.is_some();
            action.cures.push((finding.rule, finding.span));
            out.push(action);
        }
    }
}

pub(super) fn changes(here: &Here<'_>, rule: &str, which: usize) -> Option<Changes> {
    here.finding(rule)?.fixes().nth(which).map(Changes::from)
}
