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
    /// By the words of the command line. `None` when a name is none of a rule: a gate would be open where somebody believes it shut.
    pub(super) fn of(terminal: &Terminal, select: &[String], ignore: &[String]) -> Option<Self> {
        let wrong = select.iter().chain(ignore).filter(|name| !is_rule(terminal, name)).count();
        (wrong == 0).then(|| Self { select: select.to_vec(), ignore: ignore.to_vec() })
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
    let help = suggestion(name).unwrap_or_else(|| "`vidimus explain` lists all rules".to_owned());
    terminal.fault(&format!("there is no rule `{name}`"), Some(&help));
    false
}

/// "did you mean", for the name of a rule.
pub(super) fn suggestion(name: &str) -> Option<String> {
    nearest(name, rule_names()).map(|near| format!("did you mean `{near}`?"))
}
