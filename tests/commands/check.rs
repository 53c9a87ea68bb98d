//! `vidimus check`: what is printed, in which shape, and with which exit status.

use super::corpus::Corpus;

const TEXT: &str = "Early 2015.\n\n[[lavrow|The minister]] spoke of resolution 2202 (2014).\n";

fn corpus() -> Corpus {
    Corpus::of(&[
        ("vidimus.toml", "[[documents]]\nfiles = \"texts/**\"\n"),
        ("registry/people.yaml", "- id: lavrov\n  type: person\n  name: Sergey Lavrov\n"),
        ("texts/a.md", TEXT),
        ("texts/b.md", "Nothing to see.\n"),
    ])
}

#[test]
fn findings_are_shown_in_their_text_with_reason_and_cure() {
    let ran = corpus().run(&["check"]);
    insta::assert_snapshot!(ran.out, @r"
    error[unknown-entity]: `lavrow` is in no note and no registry
     --> texts/a.md:3:3
      |
    3 | [[lavrow|The minister]] spoke of resolution 2202 (2014).
      |   ^^^^^^
      |
      = help: did you mean `lavrov`?

    error[resolution-year-mismatch]: resolution 2202 is of 2015, not 2014
     --> texts/a.md:3:51
      |
    3 | [[lavrow|The minister]] spoke of resolution 2202 (2014).
      |                                                   ^^^^
      |
      = help: S/RES/2202 (2015) was adopted on 2015-02-17: check number and year against the text you mean

    checked 3 files: 2 errors
    ");
    assert_eq!((ran.status, ran.err.as_str()), (1, ""));
}

#[test]
fn json_has_the_keys_of_the_contract() {
    let report = corpus().run(&["check", "--format", "json"]).json();
    assert_eq!(report["version"], 1);
    assert_eq!(report["summary"], serde_json::json!({"files": 3, "errors": 2, "warnings": 0, "notes": 0, "skipped": 0}));
    let first = &report["diagnostics"][0];
    let keys: Vec<&str> = first.as_object().expect("an object").keys().map(String::as_str).collect();
    let mut expected = ["path", "rule", "level", "message", "help", "fingerprint", "start", "end", "bytes", "related", "fix"];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!((&first["path"], &first["rule"], &first["level"]), (&"texts/a.md".into(), &"unknown-entity".into(), &"error".into()));
    assert_eq!(first["start"], serde_json::json!({"line": 3, "column": 3}));
    let (start, end) = (first["bytes"][0].as_u64().expect("a byte"), first["bytes"][1].as_u64().expect("a byte"));
    assert_eq!(&TEXT[usize::try_from(start).expect("small")..usize::try_from(end).expect("small")], "lavrow");
    assert_eq!(first["fix"]["edits"][0]["text"], "lavrov");
}

#[test]
fn columns_count_characters_and_bytes_count_bytes() {
    let corpus = Corpus::of(&[("a.md", "\u{feff}Мир 𝕏 [[lavrow]]\r\n")]);
    let found = &corpus.run(&["check", "--format", "json"]).json()["diagnostics"][0];
    assert_eq!((&found["start"], &found["bytes"]), (&serde_json::json!({"line": 1, "column": 9}), &serde_json::json!([17, 23])));
}

#[test]
fn json_lines_has_one_diagnostic_a_line_and_nothing_else() {
    let lines = corpus().run(&["check", "--format", "json-lines"]).json_lines();
    let whole = corpus().run(&["check", "--format", "json"]).json();
    assert_eq!(serde_json::Value::from(lines), whole["diagnostics"]);
}

#[test]
fn no_finding_is_valid_json_too() {
    let ran = Corpus::of(&[("a.md", "Calm.\n")]).run(&["check", "--format", "json"]);
    assert_eq!((ran.status, ran.json()["diagnostics"].as_array().map(Vec::len)), (0, Some(0)));
}

#[test]
fn the_exit_status_follows_the_fail_level() {
    let corpus = Corpus::of(&[("a.md", "It is widely believed.\n")]);
    assert_eq!(corpus.run(&["check"]).status, 1);
    assert_eq!(corpus.run(&["check", "--fail-on", "error"]).status, 0);
    assert_eq!(corpus.run(&["check", "--exit-zero"]).status, 0);
    corpus.write("vidimus.toml", b"fail-on = \"error\"\n");
    assert_eq!(corpus.run(&["check"]).status, 0);
    assert_eq!(corpus.run(&["check", "--fail-on", "note"]).status, 1);
}

#[test]
fn rules_are_selected_and_ignored() {
    let rules = |arguments: &[&str]| -> Vec<String> {
        let ran = corpus().run(&[&["check", "--format", "json-lines"], arguments].concat());
        ran.json_lines().iter().map(|d| d["rule"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(rules(&["--select", "unknown-entity,unsourced-quote"]), ["unknown-entity"]);
    assert_eq!(rules(&["--ignore", "unknown-entity"]), ["resolution-year-mismatch"]);
    // A list written for another version still works.
    let typo = corpus().run(&["check", "--quiet", "--select", "unknown-entity,unsourced-quot"]);
    assert_eq!((typo.status, typo.out.as_str()), (2, ""), "a gate with a rule missing would be open");
    assert_eq!(typo.err, "error: there is no rule `unsourced-quot`\n  = help: did you mean `unsourced-quote`?\n");
    let none = corpus().run(&["check", "--select", "unknown-entty"]);
    assert_eq!((none.status, none.err.contains("did you mean `unknown-entity`?")), (2, true), "{}", none.err);
}

#[test]
fn one_file_is_checked_in_its_corpus_and_only_it_is_reported() {
    let corpus = corpus();
    corpus.write("texts/c.md", b"[[lavrov]] and [[nobody]].\n");
    let found = corpus.run(&["check", "--format", "json", "texts/c.md"]).json();
    let rules: Vec<_> = found["diagnostics"].as_array().expect("a list").iter().map(|d| d["message"].to_string()).collect();
    assert_eq!(rules.len(), 1, "{rules:?}");
    assert!(rules[0].contains("nobody") && found["summary"]["files"] == 1, "{found}");
}

#[test]
fn paths_without_settings_are_a_corpus_of_their_own() {
    let corpus = Corpus::of(&[("in/a.md", "[[lavrov]]\n"), ("out/registry.yaml", "- id: lavrov\n  type: person\n  name: L\n")]);
    assert_eq!(corpus.run(&["check", "in"]).status, 1);
    assert_eq!(corpus.run(&["check", "in", "out"]).status, 0);
}

#[test]
fn a_corpus_in_the_corpus_is_left_to_itself() {
    let corpus = Corpus::of(&[("a.md", "x\n"), ("b/vidimus.toml", ""), ("b/b.md", "[[nobody]]\n")]);
    let ran = corpus.run(&["check"]);
    assert_eq!((ran.status, ran.err.contains("b is a corpus of its own")), (0, true), "{}", ran.err);
    assert_eq!(corpus.run(&["check", ".", "b"]).status, 1);
}

#[test]
fn standard_input_stands_in_place_of_a_file() {
    let corpus = corpus();
    let with =
        |name: &str, text: &str| corpus.run_with_input(&["check", "--format", "json", "--stdin-filename", name, "-"], text.as_bytes());
    assert_eq!(with("texts/a.md", "[[lavrov]] spoke.\n").json()["summary"]["errors"], 0);
    let new = with("texts/new.md", "[[nobody]] spoke.\n");
    assert_eq!((new.status, &new.json()["diagnostics"][0]["path"]), (1, &"texts/new.md".into()));
    assert_eq!(with("texts/new.png", "x").status, 2);
    assert_eq!(corpus.run(&["check", "-"]).status, 2);
}

#[test]
fn output_is_the_same_on_every_run() {
    let corpus = corpus();
    for n in 0..300 {
        corpus.write(&format!("texts/{}.md", n * 7919 % 1000), format!("[[e{n}]] of resolution 2202 (2014).\n").as_bytes());
    }
    let first = corpus.run(&["check", "--format", "json"]);
    assert_eq!(first.out, corpus.run(&["check", "--format", "json"]).out);
    let report = first.json();
    let places: Vec<_> = report["diagnostics"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|d| (d["path"].as_str().expect("a path"), d["bytes"][0].as_u64().expect("a byte")))
        .collect();
    assert!(places.is_sorted() && places.len() > 600, "{} findings", places.len());
}

#[test]
fn statistics_say_where_the_time_went() {
    let ran = corpus().run(&["check", "--statistics", "-q"]);
    for word in ["unknown-entity", "listing files", "reading definitions", "checking", "MB/s"] {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
}

#[test]
fn the_text_of_a_work_is_read_outside_the_corpus_where_settings_allow_it() {
    let text = "Lavrov said “there is an alternative to all these agreements” [@tass-2017].\n";
    let bib = "@misc{tass-2017, title = {Interview}, file = {../../archive/tass.txt}}\n";
    let both = |config: &str| {
        Corpus::of(&[
            ("archive/tass.txt", "There is no alternative to all these agreements, he said. It is widely believed.\n"),
            ("corpus/vidimus.toml", config),
            ("corpus/refs/a.bib", bib),
            ("corpus/a.md", text),
        ])
    };
    let rules = |corpus: &Corpus| {
        let report = corpus.run(&["check", "--format", "json", "corpus"]).json();
        let list = report["diagnostics"].as_array().expect("a list").clone();
        list.iter().map(|d| format!("{} {}", d["path"].as_str().expect("a path"), d["rule"].as_str().expect("a rule"))).collect::<Vec<_>>()
    };
    assert!(rules(&both("")).is_empty(), "nothing outside is read unasked");
    assert!(rules(&both("allow-files-from = [\"../elsewhere\"]\n")).is_empty());
    let corpus = both("allow-files-from = [\"../archive\"]\n");
    assert_eq!(rules(&corpus), ["corpus/a.md quote-not-in-source"]);
    corpus.write("archive/tass.txt", b"There is an alternative to all these agreements, he said.\n");
    assert!(rules(&corpus).is_empty(), "what is kept depends on it");
}

#[test]
fn settings_build_on_others() {
    let corpus = Corpus::of(&[
        ("base.toml", "extend = \"house/all.toml\"\nexclude = [\"drafts\"]\n[rules]\nunsourced-figure = \"error\"\n"),
        ("house/all.toml", "fail-on = \"error\"\n[rules]\nunsourced-figure = \"note\"\nvague-attribution = \"note\"\n"),
        ("corpus/vidimus.toml", "extend = \"../base.toml\"\n[rules]\nvague-attribution = \"off\"\n"),
        ("corpus/a.md", "About 90,000 people left. It is widely believed.\n"),
        ("corpus/drafts/b.md", "About 90,000 people left.\n"),
    ]);
    let found = || {
        let ran = corpus.run(&["check", "--format", "json", "corpus"]);
        let list = ran.json()["diagnostics"].as_array().expect("a list").clone();
        let one = |d: &serde_json::Value| {
            format!("{} {} {}", d["rule"].as_str().expect("a rule"), d["level"].as_str().expect("a level"), d["message"])
        };
        (list.iter().map(one).collect::<Vec<_>>(), ran.status)
    };
    let (list, status) = found();
    assert!(list.len() == 1 && list[0].starts_with("unsourced-figure error ") && status == 1, "{list:?}");
    corpus.write("house/all.toml", b"fail-on = \"error\"\n");
    corpus.write("base.toml", b"extend = \"house/all.toml\"\n");
    assert_eq!(found().1, 0, "what is kept depends on it, and warnings do not fail");
    corpus.write("house/all.toml", b"extend = \"../base.toml\"\n");
    let told = |words: &str| assert!(found().0.iter().any(|found| found.contains(words)), "{:?}", found());
    told("builds on more than 8 files, or on itself");
    corpus.write("base.toml", b"colour = 1\n");
    told("invalid-config error \"`../base.toml`: unknown key `colour`");
}

#[test]
fn a_file_is_named_as_one_names_it_from_where_one_stands() {
    let corpus =
        Corpus::of(&[("vidimus.toml", ""), ("a b/c/x.md", "[[nobody]]\n"), ("a b/y.md", "[[nobody]]\n"), ("z.md", "[[nobody]]\n")]);
    let paths = |folder: &str, asked: &str| -> Vec<String> {
        let ran = crate::commands::command(&corpus.path(folder), &["check", "--format", "github", asked]).output().expect("runs");
        let told = String::from_utf8(ran.stdout).expect("UTF-8");
        told.lines().filter_map(|line| Some(line.split_once("file=")?.1.split_once(',')?.0.to_owned())).collect()
    };
    assert_eq!(paths("a b/c", ".."), ["x.md", "../y.md"]);
    assert_eq!(paths("a b/c", "../.."), ["x.md", "../y.md", "../../z.md"]);
    assert_eq!(paths("a b", "."), ["c/x.md", "y.md"]);
}

#[test]
fn of_very_many_findings_the_first_are_shown_in_their_text() {
    let text = "Some 4,000 people left.\n\nSome 5,000 people came.\n\nSome 6,000 people stayed.\n\nSome 7,000 people hid.\n";
    let files: Vec<(String, &str)> = (0..300).map(|n| (format!("texts/{n:03}.md"), text)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let corpus = Corpus::of(&files);
    let (ran, again, whole) = (corpus.run(&["check"]), corpus.run(&["check"]), corpus.run(&["check", "-v"]));
    let findings = |out: &str| out.matches("warning[unsourced-figure]: ").count();
    let drawn = |out: &str| out.matches("\n  --> texts/").count() + out.matches("\n --> texts/").count();
    assert_eq!((findings(&ran.out), drawn(&ran.out)), (1200, 1024), "{}", ran.out);
    assert_eq!((findings(&whole.out), drawn(&whole.out)), (1200, 1200));
    assert_eq!((&again.out, again.status), (&ran.out, ran.status));
    let brief = ran.out.split_once("from here on one finding a line; `-v` shows all in their text\n\n").expect("told").1;
    let line = brief.lines().next().expect("a line");
    assert!(line.starts_with("texts/256.md:1:1: warning[unsourced-figure]: ") && line.ends_with(')'), "{line}");
    assert!(brief.ends_with("\n\nchecked 300 files: 1200 warnings\n"), "{brief}");
    let three = corpus.run(&["check", "--format", "text", "texts/000.md", "texts/256.md"]);
    assert_eq!((findings(&three.out), drawn(&three.out)), (8, 8));
}

#[test]
fn fixes_that_nobody_asked_to_make_are_told() {
    let ran = corpus().run(&["check", "--unsafe-fixes"]);
    assert_eq!(ran.err, "note: `--unsafe-fixes` alone mends nothing\n  = help: add `--fix`, or `--diff` to see what it would change\n");
    assert!(!corpus().run(&["check", "--unsafe-fixes", "--diff"]).err.contains("alone"));
}
