//! The table is tested as a table, and every example of every manual is run.

use super::{RULES, Rule};
use crate::corpus::Occasion;
use crate::fixture::Fixture;
use crate::prose::dates::Day;

/// (fence word, body) of the fenced examples of a manual.
pub(super) fn examples(rule: &Rule) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in rule.docs.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        if let Some(word) = line.strip_prefix("~~~") {
            match open.take() {
                Some(done) => out.push(done),
                None => open = Some((word.trim().to_owned(), String::new())),
            }
        } else if let Some((_, body)) = &mut open {
            body.push_str(line);
            body.push('\n');
        }
    }
    out
}

/// Some day when these rules are asked for, which may be off unless they are.
pub(super) fn asked_for(rules: &[&Rule]) -> Occasion {
    let selected = rules.iter().map(|rule| rule.name.into()).collect();
    Occasion { today: Some(Day { year: 2024, month: 2, day: 29 }), selected, ..Occasion::default() }
}

#[test]
fn rules_are_sorted_and_say_why() {
    let names = super::rule_names();
    assert!(names.windows(2).all(|w| w[0] < w[1]), "not sorted: {names:?}");
    for rule in RULES {
        assert!(rule.docs.contains("## Why"), "`{}` does not say why", rule.name);
        assert!(!rule.summary.ends_with('.') && !rule.summary.is_empty(), "`{}`: summary", rule.name);
        let kinds: Vec<String> = examples(rule).into_iter().map(|e| e.0).collect();
        for word in ["passes", "fails"] {
            assert!(kinds.iter().any(|k| k == word), "`{}` has no example that {word}", rule.name);
        }
    }
}

#[test]
fn every_example_of_a_manual_does_what_it_says() {
    let mut wrong = Vec::new();
    for rule in RULES {
        for (word, body) in examples(rule) {
            let found = Fixture::parse(&body).findings_on(asked_for(&[rule]));
            let fires = found.iter().any(|d| d.rule == rule.name);
            if fires != (word == "fails") {
                let rules: Vec<_> = found.iter().map(|d| d.rule).collect();
                wrong.push(format!("`{}` {word}, but found {rules:?}:\n{body}", rule.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
