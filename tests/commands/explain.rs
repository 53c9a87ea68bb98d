//! `vidimus explain`

use super::corpus::Corpus;

#[test]
fn a_rule_has_a_manual() {
    let ran = Corpus::of(&[]).run(&["explain", "unsourced-figure"]);
    assert_eq!(ran.status, 0);
    for part in ["# unsourced-figure\n", "a figure without a source", "warning in analysis, note in source-text", "## Why", "~~~fails"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
}

#[test]
fn all_rules_are_listed_each_with_its_summary() {
    let ran = Corpus::of(&[]).run(&["explain"]);
    let rules = vidimus::rules::RULES;
    assert_eq!((ran.status, ran.out.lines().count()), (0, rules.len()));
    assert!(rules.iter().zip(ran.out.lines()).all(|(rule, line)| line.starts_with(rule.name) && line.ends_with(rule.summary)));
}

#[test]
fn a_misspelt_rule_is_told() {
    let ran = Corpus::of(&[]).run(&["explain", "unsourced-figures"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert_eq!(ran.err, "error: there is no rule `unsourced-figures`\n  = help: did you mean `unsourced-figure`?\n");
}
