//! `check --changed-since`.

use super::git::{commit, git};
use crate::commands::Corpus;

const FAULT: &str = "It is widely believed.\n";

fn corpus() -> (Corpus, String) {
    let files = ["same.md", "edited.md", "moved.md", "staged.md", "gone.md", "sub/à b.md"].map(|path| (path, FAULT));
    let corpus = Corpus::of(&[&[("vidimus.toml", ""), (".gitignore", "ignored.md\n")], &files[..]].concat());
    git(&corpus, &["init", "-q", "-b", "main"]);
    let base = commit(&corpus);
    (corpus, base)
}

fn paths(corpus: &Corpus, revision: &str) -> Vec<String> {
    let report = corpus.run(&["check", "--changed-since", revision, "--format", "json"]).json();
    report["diagnostics"].as_array().expect("a list").iter().map(|d| d["path"].as_str().expect("a path").to_owned()).collect()
}

#[test]
fn only_changed_files_are_told_committed_or_not() {
    let (corpus, base) = corpus();
    assert!(paths(&corpus, "main").is_empty());
    git(&corpus, &["checkout", "-q", "-b", "work"]);
    corpus.write("edited.md", b"Now it is widely believed.\n");
    git(&corpus, &["mv", "moved.md", "sub/moved.md"]);
    commit(&corpus);
    // What others did on main since is none of ours.
    git(&corpus, &["checkout", "-q", "main"]);
    corpus.write("same.md", b"It is still widely believed.\n");
    commit(&corpus);
    git(&corpus, &["checkout", "-q", "work"]);
    corpus.write("staged.md", b"Today it is widely believed.\n");
    git(&corpus, &["add", "staged.md"]);
    corpus.write("sub/à b.md", b"Here it is widely believed.\n");
    corpus.write("new.md", FAULT.as_bytes());
    corpus.write("ignored.md", FAULT.as_bytes());
    std::fs::remove_file(corpus.path("gone.md")).expect("removed");
    let expected = ["edited.md", "new.md", "staged.md", "sub/moved.md", "sub/à b.md"];
    assert_eq!(paths(&corpus, "main"), expected);
    assert_eq!(paths(&corpus, &base), expected);
}

#[test]
fn what_git_cannot_tell_is_told_with_a_cure() {
    let (corpus, _) = corpus();
    let ran = corpus.run(&["check", "--changed-since", "nowhere"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.starts_with("error: Git knows no revision `nowhere`\n  = help: fetch it first"), "{}", ran.err);
    let ran = corpus.run(&["check", "--changed-since=--output=x"]);
    assert!(ran.status == 2 && !corpus.path("x").exists(), "{}", ran.err);
    let bare = Corpus::of(&[("a.md", FAULT)]);
    let ran = bare.run(&["check", "--changed-since", "main"]);
    assert!(ran.status == 2 && ran.err.starts_with("error: there is no Git repository here"), "{}", ran.err);
}
