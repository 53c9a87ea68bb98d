//! Directives, and the rules they name.

use super::terms::{self, Term};
use super::{About, Item, ItemKind, Part};
use crate::rules;

/// Whole directives, to be filled in.
pub(super) fn whole() -> Vec<Item> {
    let item = |term: &Term| {
        let ends = term.word == "vidimus-enable";
        let mut parts = vec![Part::Text(format!("<!-- {} ", term.word)), Part::Hole("rule".into())];
        if !ends {
            parts.extend([Part::Text(": ".into()), Part::Hole("reason".into())]);
        }
        parts.push(Part::Text(" -->".into()));
        let plain = if ends { format!("<!-- {}  -->", term.word) } else { format!("<!-- {} : -->", term.word) };
        let item = Item::plain(term.word, ItemKind::Snippet, "directive").inserts(plain).about(About::Words(term.meaning));
        Item { filter: format!("<!-- {}", term.word), snippet: Some(parts), ..item }
    };
    terms::DIRECTIVES.iter().map(item).collect()
}

/// Rules that are not named yet.
pub(super) fn rules(listed: &[&str]) -> Vec<Item> {
    let fresh = rules::RULES.iter().filter(|rule| !listed.contains(&rule.name));
    fresh.map(|rule| Item::plain(rule.name, ItemKind::Rule, rule.summary).about(About::Rule(rule.name))).collect()
}
