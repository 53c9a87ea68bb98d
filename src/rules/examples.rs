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

/// Rules that look at words, and at those of both languages; the others look at marks, records, symbols and dates.
const OF_WORDS: &[&str] = &[
    "ambiguous-alias",
    "ambiguous-resolution",
    "anonymous-source",
    "date-out-of-role",
    "figure-not-in-source",
    "loaded-verb",
    "missing-pinpoint",
    "pinpoint-kind",
    "plural-sources-single-cite",
    "preamble-as-operative",
    "quote-not-in-source",
    "quote-wrong-paragraph",
    "quote-wrong-speaker",
    "relative-time",
    "unattributed-quote",
    "unknown-instrument",
    "unlinked-instrument",
    "unlinked-mention",
    "unsourced-event",
    "unsourced-figure",
    "unsourced-quote",
    "unsourced-superlative",
    "vague-attribution",
];

#[test]
fn rules_of_words_show_both_languages_and_how_often_they_are_right() {
    let is_russian = |words: &str| words.chars().filter(|c| ('\u{430}'..='\u{44f}').contains(c)).count() > 12;
    for name in OF_WORDS {
        let rule = super::rule(name).expect("a rule");
        let fails: Vec<String> = examples(rule).into_iter().filter(|(word, _)| word == "fails").map(|(_, body)| body).collect();
        let (russian, english): (Vec<_>, Vec<_>) = fails.iter().partition(|body| is_russian(body));
        assert!(!russian.is_empty() && !english.is_empty(), "`{name}` shows one language only");
        assert!(rule.docs.contains("## Measured"), "`{name}` does not say how often it is right");
    }
    let others = RULES.iter().filter(|rule| rule.tier == super::Tier::Heuristic && !OF_WORDS.contains(&rule.name));
    let others: Vec<&str> = others.map(|rule| rule.name).collect();
    let marks =
        ["anachronism", "contested-without-counter", "malformed-symbol", "single-source", "source-not-archived", "unregistered-source"];
    assert_eq!(others, marks, "does a new rule look at words?");
}
