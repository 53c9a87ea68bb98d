//! The rules as SARIF describes them, made of their manuals.

use std::sync::LazyLock;

use super::log::{Configuration, Help, Levels, Message, Properties, Rule};
use crate::config::Level;
use crate::rules::{RULES, Rule as OfOurs, Tier};

/// All rules, in the order of [`RULES`].
pub(super) fn all() -> &'static [Rule] {
    static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| RULES.iter().map(|rule| described(rule)).collect());
    &ALL
}

/// The place of a rule among [`all`]; the table is sorted by name.
pub(super) fn index(name: &str) -> usize {
    RULES.binary_search_by(|rule| rule.name.cmp(name)).unwrap_or_default()
}

fn described(rule: &OfOurs) -> Rule {
    let manual = rule.manual();
    let levels = [rule.levels.analysis, rule.levels.source_text, rule.levels.other];
    // Default is what is said of an analysis; a rule that is silent there speaks nowhere.
    let level = rule.levels.analysis;
    Rule {
        id: rule.name,
        name: pascal(rule.name),
        short_description: Message { text: sentence(rule.summary) },
        full_description: Message { text: first_paragraph(&manual) },
        help: Help { text: plain(&manual), markdown: manual },
        default_configuration: Configuration {
            enabled: levels.iter().any(|l| *l != Level::Off),
            level: if level == Level::Off { "note" } else { level.word() },
        },
        properties: Properties {
            tags: vec!["sources", if rule.tier == Tier::Sound { "sound" } else { "heuristic" }],
            precision: if rule.tier == Tier::Sound { "very-high" } else { "high" },
            severity: match level {
                Level::Error => "error",
                Level::Warning => "warning",
                Level::Note | Level::Off => "recommendation",
            },
            levels: Levels { analysis: levels[0].word(), source_text: levels[1].word(), elsewhere: levels[2].word() },
        },
    }
}

/// `unsourced-claim` as `UnsourcedClaim`. A single word would be the rule's id again, which SARIF forbids (3.49.7).
fn pascal(name: &str) -> Option<String> {
    name.contains('-').then(|| joined(name))
}

fn joined(name: &str) -> String {
    let mut out = String::new();
    for word in name.split('-') {
        let mut letters = word.chars();
        out.extend(letters.next().into_iter().flat_map(char::to_uppercase).chain(letters));
    }
    out
}

fn sentence(summary: &str) -> String {
    let mut letters = summary.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).chain(['.']).collect()
}

/// The words before the first empty line.
fn first_paragraph(manual: &str) -> String {
    manual.trim().lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Headings as words, examples with what they are an example of; all else reads as it is.
fn plain(manual: &str) -> String {
    let mut out = String::new();
    for line in manual.lines() {
        let line = match line {
            "~~~passes" => "Passes:",
            "~~~fails" => "Fails:",
            "~~~" => "",
            _ => line.strip_prefix("## ").unwrap_or(line),
        };
        out.push_str(line);
        out.push('\n');
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_at_its_index_and_is_described_in_words() {
        for (place, rule) in RULES.iter().enumerate() {
            assert_eq!(index(rule.name), place);
            let described = &all()[place];
            assert_eq!(described.id, rule.name);
            assert!(described.full_description.text.ends_with(['.', ':', ')', '`']), "{}: {}", rule.name, described.full_description.text);
            assert!(!described.help.text.contains("~~~") && described.help.markdown.contains("~~~fails"), "{}", rule.name);
        }
        assert_eq!((pascal("unsourced-claim").as_deref(), pascal("anachronism")), (Some("UnsourcedClaim"), None));
    }
}
