//! `check --baseline` and `--update-baseline`.

use super::git::{commit, git};
use crate::commands::{Corpus, Ran};

const OLD: &str = "About 90,000 people left.\n\nIt is widely believed.\n";

fn corpus() -> Corpus {
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("texts/a.md", OLD), ("b.md", "About 12,000 people came.\n")]);
    let ran = corpus.run(&["check", "--baseline", "ci/known.json", "--update-baseline=all"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, "note: ci/known.json holds 3 findings now\n"), "{}", ran.out);
    corpus
}

fn check(corpus: &Corpus, more: &[&str]) -> Ran {
    corpus.run(&[&["check", "--baseline", "ci/known.json", "--format", "json"], more].concat())
}

fn told(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let list = report["diagnostics"].as_array().expect("a list");
    list.iter().map(|d| format!("{} {}", d["path"].as_str().expect("a path"), d["rule"].as_str().expect("a rule"))).collect()
}

#[test]
fn what_was_put_off_is_not_told_wherever_it_moves() {
    let corpus = corpus();
    let ran = check(&corpus, &[]);
    assert_eq!((told(&ran).len(), ran.status, ran.err.as_str()), (0, 0, "note: 3 findings of ci/known.json not shown\n"));
    corpus.write("texts/a.md", format!("# New\n\nCalm.\n\n{OLD}\nAnd 7,000 tanks rolled.\n").as_bytes());
    std::fs::rename(corpus.path("b.md"), corpus.path("texts/c.md")).expect("moved");
    let ran = check(&corpus, &[]);
    assert_eq!((told(&ran), ran.status), (vec!["texts/a.md unsourced-figure".to_owned()], 1));
}

#[test]
fn it_is_the_same_from_any_folder() {
    let corpus = corpus();
    let mut command = crate::commands::command(&corpus.path("texts"), &["check", "--baseline", "../ci/known.json", "--quiet", ".."]);
    assert_eq!(command.output().expect("runs").status.code(), Some(0));
}

#[test]
fn what_is_mended_is_reported_and_taken_out_and_never_comes_back() {
    let corpus = corpus();
    corpus.write("texts/a.md", b"It is widely believed.\n");
    let ran = check(&corpus, &[]);
    assert!(ran.err.contains("note: 1 finding of ci/known.json mended\n  = help: `--update-baseline` takes them out"), "{}", ran.err);
    let ran = check(&corpus, &["--update-baseline"]);
    assert!(ran.err.ends_with("note: ci/known.json holds 2 findings now\n"), "{}", ran.err);
    corpus.write("texts/a.md", OLD.as_bytes());
    assert_eq!(told(&check(&corpus, &["--update-baseline"])), ["texts/a.md unsourced-figure"]);
}

#[test]
fn what_was_not_looked_at_is_not_mended() {
    let corpus = corpus();
    corpus.write("texts/a.md", b"Calm.\n");
    corpus.write("b.md", b"Calm.\n");
    for (more, left) in [(&["b.md"][..], 2), (&["--select", "vague-attribution"][..], 1), (&[], 0)] {
        check(&corpus, &[more, &["--update-baseline"]].concat());
        let held = std::fs::read_to_string(corpus.path("ci/known.json")).expect("a baseline");
        assert_eq!(held.matches("fingerprint").count(), left, "{more:?}: {held}");
    }
}

#[test]
fn what_moved_out_of_sight_is_not_mended() {
    let corpus = corpus();
    std::fs::rename(corpus.path("b.md"), corpus.path("c.md")).expect("moved");
    assert_eq!(check(&corpus, &["texts", "--update-baseline"]).status, 0);
    assert_eq!(told(&check(&corpus, &[])).len(), 0, "c.md was not looked at");
}

/// Two branches of a team: one mends, the other puts off; lines next to each other and at the end.
#[test]
fn branches_merge_by_lines() {
    let texts: Vec<(String, &str)> = (1..5).map(|n| (format!("t{n}.md"), "About 90,000 people left.\n")).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), *text)).chain([("vidimus.toml", "")]).collect();
    for union in [false, true] {
        let corpus = Corpus::of(&files);
        if union {
            corpus.write(".gitattributes", b"known.json merge=union\n");
        }
        let update = |what: &str| corpus.run(&["check", "--quiet", "--baseline", "known.json", what]).status;
        let told = || told(&corpus.run(&["check", "--baseline", "known.json", "--format", "json"])).len();
        git(&corpus, &["init", "-q", "-b", "main"]);
        update("--update-baseline=all");
        commit(&corpus);
        git(&corpus, &["checkout", "-q", "-b", "mends"]);
        let mended = if union { "t4.md" } else { "t2.md" };
        corpus.write(mended, b"Calm.\n");
        assert_eq!(update("--update-baseline"), 0);
        commit(&corpus);
        git(&corpus, &["checkout", "-q", "-b", "puts-off", "main"]);
        corpus.write("t9.md", b"About 10,000 tanks came.\n");
        update("--update-baseline=all");
        commit(&corpus);
        git(&corpus, &["merge", "-q", "-m", "merged", "mends"]);
        assert_eq!(told(), 0, "{}", std::fs::read_to_string(corpus.path("known.json")).expect("a baseline"));
        corpus.write("t1.md", b"About 90,000 people left. Some 400 stayed.\n");
        assert!(told() > 0);
    }
}

#[test]
fn a_merge_that_is_not_decided_is_told_with_a_cure() {
    let corpus = corpus();
    let held = std::fs::read_to_string(corpus.path("ci/known.json")).expect("a baseline");
    corpus.write("ci/known.json", held.replacen("\n  {", "\n<<<<<<< HEAD\n  {", 1).as_bytes());
    for more in [&[][..], &["--update-baseline=all"]] {
        let ran = check(&corpus, more);
        let told = "error: ci/known.json was merged, and its line 3 is still to be decided\n  = help: take it from the repository";
        assert!(ran.status == 2 && ran.err.starts_with(told), "{}", ran.err);
    }
}

#[test]
fn a_day_ends_it() {
    let corpus = corpus();
    let held = std::fs::read_to_string(corpus.path("ci/known.json")).expect("a baseline");
    let dated = |day: &str| held.replacen('}', &format!(",\"until\":\"{day}\"}}"), 1);
    corpus.write("ci/known.json", dated("2999-12-31").as_bytes());
    assert_eq!(told(&check(&corpus, &[])).len(), 0);
    corpus.write("ci/known.json", dated("2001-01-01").as_bytes());
    let ran = check(&corpus, &[]);
    assert_eq!(told(&ran), ["b.md unsourced-figure"]);
    assert!(ran.err.contains("1 finding of ci/known.json past the day until which it was put off, and shown"), "{}", ran.err);
}

#[test]
fn a_baseline_that_cannot_be_used_is_told_with_its_cure() {
    let corpus = corpus();
    let ran = corpus.run(&["check", "--baseline", "gone.json"]);
    assert_eq!(
        ran.err,
        "error: gone.json is not there (any more)\n  = help: `vidimus check --baseline gone.json --update-baseline=all` writes it\n"
    );
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    corpus.write("bad.json", b"{\"version\": 1, \"findings\": [<<<<<<<");
    let ran = corpus.run(&["check", "--baseline", "bad.json"]);
    assert!(ran.status == 2 && ran.err.starts_with("error: bad.json is no baseline: "), "{}", ran.err);
}
