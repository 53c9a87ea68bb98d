//! `--select` and `--ignore`

use smol_str::SmolStr;

use super::terminal::Terminal;
use crate::rules::{rule, rule_names};
use crate::text::nearest;

/// Which rules are reported.
pub(super) struct Selection {
    /// All when empty.
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Selection {
    /// By the words of the command line. A name that no rule bears is told and left out, so that a list written for another
    /// version still works; `None` when `--select` names no rule at all, for then nothing would be reported.
    pub(super) fn of(terminal: &Terminal, select: &[String], ignore: &[String]) -> Option<Self> {
        let known = |names: &[String]| -> Vec<String> { names.iter().filter(|n| is_rule(terminal, n)).cloned().collect() };
        let chosen = Self { select: known(select), ignore: known(ignore) };
        if chosen.select.is_empty() && !select.is_empty() {
            terminal.fault("`--select` names no rule", Some("`vidimus explain` lists all rules"));
            return None;
        }
        Some(chosen)
    }

    /// The rules asked for by name, which speak though they are off unless asked for.
    pub(super) fn asked_for(&self) -> Vec<SmolStr> {
        self.select.iter().map(SmolStr::from).collect()
    }

    pub(super) fn has(&self, rule: &str) -> bool {
        let listed = |list: &[String]| list.iter().any(|name| name == rule);
        (self.select.is_empty() || listed(&self.select)) && !listed(&self.ignore)
    }
}

fn is_rule(terminal: &Terminal, name: &str) -> bool {
    if rule(name).is_some() {
        return true;
    }
    terminal.note(&format!("there is no rule `{name}`"), suggestion(name).as_deref());
    false
}

/// "did you mean", for the name of a rule.
pub(super) fn suggestion(name: &str) -> Option<String> {
    nearest(name, rule_names()).map(|near| format!("did you mean `{near}`?"))
}
