//! `vidimus.toml`: tables, keys, rules and levels.

use super::entry::Entry;
use super::front_matter::{keys_of, values};
use super::terms;
use super::{About, Asked, Item, ItemKind};
use crate::rules::RULES;

/// A table's name, a key or a value.
pub(super) fn offer(asked: &Asked<'_>, entry: &Entry<'_>) -> Vec<Item> {
    match (entry.path.as_slice(), entry.key) {
        (["["], _) => values(terms::TABLES),
        ([], None) => keys_of(terms::SETTINGS.iter(), entry, " = "),
        (["rules"] | ["documents", "rules"], None) => rules(entry),
        (["rules"] | ["documents", "rules"], Some(_)) | ([], Some("fail-on")) => quoted(entry, values(terms::LEVELS)),
        (["documents"], None) => keys_of(terms::DOCUMENTS.iter(), entry, " = "),
        (["instrument"], None) => keys_of(terms::INSTRUMENTS.iter(), entry, " = "),
        (["documents"], Some("kind")) => quoted(entry, values(terms::KINDS)),
        ([] | ["documents"], Some("citation-scope")) => quoted(entry, values(terms::SCOPES)),
        ([] | ["documents"], Some("lang")) => quoted(entry, super::front_matter::languages(asked)),
        _ => Vec::new(),
    }
}

fn rules(entry: &Entry<'_>) -> Vec<Item> {
    let sign = if entry.bare && !entry.quoted { " = " } else { "" };
    let fresh = RULES.iter().filter(|rule| !entry.present.contains(&rule.name));
    let item = |rule: &&&crate::rules::Rule| {
        Item::plain(rule.name, ItemKind::Rule, rule.summary).inserts(format!("{}{sign}", rule.name)).about(About::Rule(rule.name))
    };
    fresh.map(|rule| item(&rule)).collect()
}

/// TOML's texts stand in quotation marks.
fn quoted(entry: &Entry<'_>, items: Vec<Item>) -> Vec<Item> {
    if entry.quoted {
        return items;
    }
    items.into_iter().map(|item| Item { insert: format!("\"{}\"", item.insert), ..item }).collect()
}
