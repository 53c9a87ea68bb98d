//! `vidimus explain`

use super::corpus::{Corpus, Ran, command};

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

fn example() -> Corpus {
    Corpus::of(&[
        ("vidimus.toml", "[rules]\nrelative-time = \"note\"\n"),
        ("refs.bib", "@misc{who-2020, author = {Doe, Jane}, title = {A Count}, date = {2020}}\n"),
        ("registry/people.yaml", "- {id: orlov, type: person, name: Anna Orlov, roles: [{title: the envoy, from: 2019}]}\n"),
        (
            "a.md",
            "---\ndate: 2018-05-01\n---\nAbout 90,000 people had left [@who-2020, p. 3]. Some 12,000 people stayed.\n\n\
             The envoy came in 2018.\n\n<!-- vidimus-allow unsourced-figure: rhetoric -->\nAbout 100,000 people cheered.\n",
        ),
    ])
}

#[track_caller]
fn says(ran: &Ran, parts: &[&str]) {
    assert_eq!(ran.status, 0, "{}", ran.err);
    for part in parts {
        assert!(ran.out.contains(part), "{part:?} is not in\n{}", ran.out);
    }
}

#[test]
fn a_figure_is_explained_with_the_citation_that_covers_it() {
    let ran = example().run(&["explain", "a.md:4:8"]);
    let figure =
        "a.md:4:8\n\nfigure `About 90,000 people` 4:1-20\n  value          90000\n  unit           people\n  approximate    by `About`\n";
    let passes =
        "passes unsourced-figure 4:1-20\n  it has a source\n  covered by     `[@who-2020, p. 3]` (Doe 2020), in its sentence (4:30)\n";
    says(&ran, &[figure, passes, "sentence `About 90,000 people had left.`", "elsewhere in the sentence"][..3]);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
}

#[test]
fn a_finding_says_how_far_a_source_was_looked_for_and_where_its_level_is_set() {
    let corpus = example();
    let ran = corpus.run(&["explain", "a.md:4:55"]);
    let nearest = "nearest        `[@who-2020, p. 3]` (Doe 2020) covers a sentence before only";
    says(
        &ran,
        &["warning unsourced-figure 4:49-67\n  this figure has no source\n", nearest, "level          warning, by default in an analysis"],
    );
    corpus.write("vidimus.toml", b"[[documents]]\nfiles = \"*.md\"\nrules = { unsourced-figure = \"error\" }\n");
    let ran = corpus.run(&["explain", "a.md:4:55"]);
    says(&ran, &["error unsourced-figure", "level          error, set for `*.md` (vidimus.toml:3:11)"]);
}

#[test]
fn what_a_text_allows_is_told_with_its_reason() {
    let ran = example().run(&["explain", "a.md:9"]);
    says(&ran, &["allowed unsourced-figure 9:1-21", "allowed by     `vidimus-allow`: rhetoric (8:1)"]);
}

#[test]
fn a_name_that_means_nobody_says_who_lost() {
    let ran = example().run(&["explain", "a.md:6:5"]);
    let lost = "lost           Anna Orlov (`orlov`): `the envoy` held from 2019;";
    says(&ran, &["name, not taken `The envoy` 6:1-10", lost]);
    let year = example().run(&["explain", "a.md:6:20"]);
    says(&year, &["number `2018`", "no figure      it is a year"]);
}

#[test]
fn a_record_is_explained_with_its_uses() {
    let ran = example().run(&["explain", "refs.bib:1:8"]);
    says(&ran, &["record A Count (source)", "used           1 time in 1 file"]);
}

#[test]
fn json_has_the_same() {
    let json = example().run(&["explain", "a.md:4:8", "--format", "json"]).json();
    assert_eq!(json["things"][0]["kind"], "figure");
    assert_eq!(json["things"][0]["place"]["start"], serde_json::json!({"line": 4, "column": 1}));
    let rules = json["rules"].as_array().expect("a list");
    let figure = rules.iter().find(|r| r["rule"] == "unsourced-figure").expect("the rule");
    assert_eq!((figure["outcome"].as_str(), figure["facts"][0]["name"].as_str()), (Some("passes"), Some("covered by")));
}

#[test]
fn a_place_that_is_not_there_is_a_failure_of_the_run() {
    let corpus = example();
    let fails = |what: &str| {
        let ran = corpus.run(&["explain", what]);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{what}");
        ran.err
    };
    assert!(fails("a.md:99").starts_with("error: a.md has no line 99: its last is 10\n"));
    assert!(fails("a.md:4:999").starts_with("error: a.md has no column 999 in line 4, which ends at 75\n"));
    assert!(fails("a.md:0").contains("no line 0"));
    assert!(fails("b.md:1").contains("b.md"));
    assert_eq!(fails("a.md"), "error: `a.md` names no line\n  = help: `vidimus explain a.md:1`\n");
}

#[test]
fn colours_are_for_those_who_ask() {
    let corpus = example();
    assert!(!corpus.run(&["explain", "a.md:4:8"]).out.contains('\u{1b}'));
    assert!(corpus.run(&["explain", "a.md:4:8", "--color", "always"]).out.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_is_a_success() {
    let corpus = example();
    let mut child = command(&corpus.path(""), &["explain", "a.md:4"]).spawn().expect("the binary runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
