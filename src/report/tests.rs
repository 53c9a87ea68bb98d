//! What every format makes of findings that are hard to write down.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::rules::{Allowance, Diagnostic, Fix, Related};
use crate::text::{Edits, LineIndex, Span};

struct Elsewhere;

impl Sources for Elsewhere {
    fn text(&self, path: &str) -> Option<Arc<str>> {
        (path == "registry.yaml").then(|| "- id: a\n- id: b\n".into())
    }
    fn shown(&self, path: &str) -> String {
        format!("мой corpus/{path}")
    }
}

fn diagnostic(span: Span, message: &str) -> Diagnostic {
    let related = |path: &str| Related { path: path.into(), span: Span::new(8, 15), message: "named, here".into() };
    Diagnostic {
        path: "a: b.md".into(),
        rule: "unknown-entity",
        level: Level::Error,
        span,
        message: message.to_owned().into(),
        help: Some("did you mean `lavrov`?".into()),
        related: vec![related("registry.yaml"), related("gone.yaml")],
        fix: Some(Fix { title: "Write `lavrov`".into(), safe: true, edits: vec![("a: b.md".into(), Edits::replace(span, "lavrov"))] }),
        alternatives: Vec::new(),
        fingerprint: "0123456789abcdef".into(),
    }
}

fn finding(text: &str, span: Span, message: &str) -> Finding {
    Finding { fails: true, ..Finding::new(diagnostic(span, message), text, &LineIndex::new(text), &Elsewhere) }
}

fn written(format: Format, findings: &[Finding]) -> String {
    let report = format.report(80, false, true);
    let mut out = report.opening();
    if !findings.is_empty() {
        out.push_str(report.first());
        report.file(&findings[0].path, findings, &mut out);
    }
    let summary = Summary { files: 1, errors: findings.len(), ..Summary::default() };
    let files = findings.iter().map(|f| f.path.to_string()).collect();
    out + &report.closing(&Ending { summary, wrote: !findings.is_empty(), files, troubles: Vec::new(), status: 1 })
}

const TEXT: &str = "Мир 𝕏 [[lavrow]] said\n";

fn one() -> Finding {
    finding(TEXT, Span::new(14, 20), "`lavrow` is in no note, 100 %\nand no registry")
}

#[test]
fn a_workflow_command_escapes_what_the_runner_would_read() {
    insta::assert_snapshot!(written(Format::Github, &[one()]), @"::error file=мой corpus/a%3A b.md,line=1,endLine=1,col=9,endColumn=15,title=unknown-entity::`lavrow` is in no note, 100 %25%0Aand no registry. Did you mean `lavrov`?");
    let over_lines = finding("one\ntwo\n", Span::new(1, 5), "x");
    assert!(!written(Format::Github, &[over_lines]).contains("col="));
}

#[test]
fn checkstyle_groups_by_file() {
    insta::assert_snapshot!(written(Format::Checkstyle, &[one()]), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <checkstyle version="10.0">
    <file name="мой corpus/a: b.md">
    <error line="1" column="9" severity="error" message="`lavrow` is in no note, 100 %&#10;and no registry. Did you mean `lavrov`?" source="vidimus.unknown-entity"/>
    </file>
    </checkstyle>
    "#);
}

#[test]
fn a_finding_below_the_fail_level_is_no_failed_test() {
    let below = Finding { fails: false, ..one() };
    insta::assert_snapshot!(written(Format::Junit, &[one(), below]), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="vidimus">
    <testsuite name="мой corpus/a: b.md" tests="2" failures="1" errors="0" skipped="1">
    <testcase name="unknown-entity at 1:9" classname="мой corpus/a: b.md"><failure message="`lavrow` is in no note, 100 %&#10;and no registry" type="error">мой corpus/a: b.md:1:9: `lavrow` is in no note, 100 %&#10;and no registry. Did you mean `lavrov`?</failure></testcase>
    <testcase name="unknown-entity at 1:9" classname="мой corpus/a: b.md"><skipped message="error: `lavrow` is in no note, 100 %&#10;and no registry. Did you mean `lavrov`?"/></testcase>
    </testsuite>
    </testsuites>
    "#);
}

fn json(format: Format, findings: &[Finding]) -> Value {
    let written = written(format, findings);
    serde_json::from_str(&written).unwrap_or_else(|e| panic!("{e}: {written}"))
}

#[test]
fn reviewdog_counts_columns_in_bytes_and_is_offered_the_cure() {
    let report = json(Format::Rdjson, &[one()]);
    let first = &report["diagnostics"][0];
    assert_eq!(first["location"]["range"]["start"], serde_json::json!({"line": 1, "column": 15}));
    assert_eq!(first["suggestions"][0]["text"], "lavrov");
    assert_eq!(first["suggestions"][0]["range"], first["location"]["range"]);
    assert_eq!(first["relatedLocations"][0]["location"]["range"]["start"]["line"], 2);
    assert!(first["relatedLocations"][1]["location"]["range"].is_null());
}

#[test]
fn gitlab_gets_one_issue_a_finding_and_no_fingerprint_twice() {
    let other = Finding { path: Told::new("elsewhere/a: b.md".to_owned()), ..one() };
    let report = json(Format::Gitlab, &[one(), other]);
    assert_eq!(report[0]["location"], serde_json::json!({"path": "мой corpus/a: b.md", "lines": {"begin": 1, "end": 1}}));
    assert_eq!((&report[0]["severity"], &report[0]["check_name"]), (&"major".into(), &"unknown-entity".into()));
    assert_ne!(report[0]["fingerprint"], report[1]["fingerprint"]);
}

#[test]
fn sarif_places_a_finding_its_cure_and_what_silences_it() {
    let lines = LineIndex::new(TEXT);
    let allowed = one().allowed(Allowance { span: Span::new(0, 6), verb: "allow", reason: "a name of the time".into() }, TEXT, &lines);
    let compared = Finding { baseline: Some(Baseline::New), ..one() };
    let run = &json(Format::Sarif, &[compared, allowed])["runs"][0];
    let (new, silenced) = (&run["results"][0], &run["results"][1]);
    let place = &new["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "%D0%BC%D0%BE%D0%B9%20corpus/a:%20b.md");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert_eq!(place["region"], serde_json::json!({"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 15}));
    assert_eq!(new["fixes"][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"], place["region"]);
    assert_eq!((&new["baselineState"], &new["suppressions"]), (&"new".into(), &serde_json::json!([])));
    assert_eq!(new["relatedLocations"][1]["physicalLocation"]["region"], Value::Null);
    assert_eq!(silenced["suppressions"][0]["justification"], "a name of the time");
    assert_eq!(silenced["suppressions"][0]["location"]["physicalLocation"]["region"]["endColumn"], 4);
    let index = usize::try_from(new["ruleIndex"].as_u64().expect("an index")).expect("small");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], new["ruleId"]);
    assert_eq!((&run["columnKind"], run["artifacts"].as_array().map(Vec::len)), (&"unicodeCodePoints".into(), Some(2)));
}

const FORMATS: [Format; 9] = [
    Format::Text,
    Format::Json,
    Format::JsonLines,
    Format::Sarif,
    Format::Github,
    Format::Gitlab,
    Format::Junit,
    Format::Checkstyle,
    Format::Rdjson,
];

#[test]
fn nothing_found_is_a_whole_report_too() {
    for format in [Format::Json, Format::Sarif, Format::Gitlab, Format::Rdjson] {
        json(format, &[]);
    }
    assert_eq!(written(Format::Gitlab, &[]), "[]\n");
    assert_eq!(written(Format::Github, &[]), "");
}

/// A finding as the keys of its type make it.
fn as_derived(finding: &Finding) -> String {
    serde_json::to_string(finding).expect("plain data")
}

#[test]
fn a_line_of_json_is_what_the_keys_of_a_finding_make_of_it() {
    let bare = Diagnostic { help: None, related: Vec::new(), fix: None, ..diagnostic(Span::new(0, 6), "\u{7} \"𝕏\"") };
    let chosen = Diagnostic { alternatives: diagnostic(Span::new(7, 9), "").fix.into_iter().collect(), ..bare.clone() };
    let lines = LineIndex::new(TEXT);
    let mut home = Home::new("a: b.md", TEXT, &lines, &Elsewhere);
    let findings: Vec<Finding> = [bare, chosen].into_iter().map(|one| home.finding(one)).chain([one()]).collect();
    let expected: Vec<String> = findings.iter().map(|finding| as_derived(finding) + "\n").collect();
    assert_eq!(written(Format::JsonLines, &findings), expected.concat());
}

proptest! {
    #[test]
    fn any_words_of_any_text_are_written_in_every_format(text in "(?s).{0,40}", message in "(?s).{0,40}", a in 0u32..60, b in 0u32..60) {
        let findings = [finding(&text, Span::new(a, b), &message)];
        for format in FORMATS {
            let out = written(format, &findings);
            match format {
                Format::Json | Format::Sarif | Format::Gitlab | Format::Rdjson => drop(json(format, &findings)),
                Format::Junit | Format::Checkstyle => {
                    let illegal = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}');
                    prop_assert!(!out.contains(illegal), "{:?}", out);
                }
                Format::Github => prop_assert_eq!(out.lines().count(), 1),
                Format::JsonLines => prop_assert_eq!(out, format!("{}\n", as_derived(&findings[0]))),
                Format::Text => {}
            }
        }
    }
}
