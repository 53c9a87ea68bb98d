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

/// A corpus with a submodule and, in it, a repository that is no part of it.
#[test]
fn submodules_are_asked_for_themselves() {
    let house = Corpus::of(&[("same.md", FAULT), ("edited.md", FAULT), ("staged.md", FAULT)]);
    git(&house, &["init", "-q", "-b", "main"]);
    commit(&house);
    let (corpus, base) = corpus();
    let from = house.path("");
    git(&corpus, &["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", from.to_str().expect("UTF-8"), "house"]);
    commit(&corpus);
    assert!(paths(&corpus, "HEAD").is_empty());
    git(&corpus, &["checkout", "-q", "-b", "work"]);
    let git_in_house = |arguments: &[&str]| git(&corpus, &[&["-C", "house"], arguments].concat());
    corpus.write("house/staged.md", b"Then it is widely believed.\n");
    git_in_house(&["commit", "-q", "-a", "-m", "next"]);
    corpus.write("house/edited.md", b"Now it is widely believed.\n");
    corpus.write("house/new.md", FAULT.as_bytes());
    let expected = ["house/edited.md", "house/new.md", "house/staged.md"];
    assert_eq!(paths(&corpus, "main"), expected);
    git_in_house(&["commit", "-q", "-a", "-m", "next"]);
    commit(&corpus);
    assert_eq!(paths(&corpus, "main"), expected);
    let whole = ["house/edited.md", "house/new.md", "house/same.md", "house/staged.md"];
    assert_eq!(paths(&corpus, &base), whole, "then it was no part of it");

    corpus.write("guest/a.md", FAULT.as_bytes());
    git(&corpus, &["init", "-q", "guest"]);
    git(&corpus, &["-C", "guest", "add", "-A"]);
    git(&corpus, &["-C", "guest", "commit", "-q", "-m", "a guest"]);
    assert_eq!(paths(&corpus, "main"), [&["guest/a.md"], &expected[..]].concat());
}

#[test]
fn hooks_and_who_stands_elsewhere_are_answered_alike() {
    let (corpus, _) = corpus();
    corpus.write("edited.md", b"Now it is widely believed.\n");
    let expected = ["edited.md"];
    let ran = |folder: &std::path::Path, asked: &str, variables: &[(&str, &str)]| {
        let mut command = crate::commands::command(folder, &["check", "--changed-since", "HEAD", "--format", "json", asked]);
        let done = command.envs(variables.iter().copied()).output().expect("runs");
        let report: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
        let list = report["diagnostics"].as_array().expect("a list").clone();
        list.iter().map(|d| d["path"].as_str().and_then(|p| p.rsplit('/').next()).expect("a path").to_owned()).collect::<Vec<_>>()
    };
    let (root, elsewhere) = (corpus.path(""), tempfile::tempdir().expect("a folder"));
    let root_name = root.to_str().expect("UTF-8");
    assert_eq!(ran(elsewhere.path(), root_name, &[]), expected);
    assert_eq!(ran(&root.join("sub"), "..", &[]), expected);
    // What Git sets for a hook, here one of a repository that has nothing to do with the texts.
    let other = Corpus::of(&[("x.md", "")]);
    git(&other, &["init", "-q"]);
    let folder = other.path(".git");
    let hook = [("GIT_DIR", folder.to_str().expect("UTF-8")), ("GIT_INDEX_FILE", ".git/index"), ("GIT_PREFIX", "")];
    assert_eq!(ran(&root, ".", &hook), expected);
}

#[test]
fn a_shallow_clone_is_told_its_cure() {
    let (corpus, _) = corpus();
    git(&corpus, &["checkout", "-q", "-b", "work"]);
    corpus.write("edited.md", b"Now it is widely believed.\n");
    commit(&corpus);
    git(&corpus, &["checkout", "-q", "main"]);
    corpus.write("same.md", b"It is still widely believed.\n");
    commit(&corpus);
    let clone = Corpus::of(&[]);
    let from = format!("file://{}", corpus.path("").display());
    git(&clone, &["clone", "-q", "--depth", "1", "--branch", "work", &from, "clone"]);
    let run = || {
        let mut command =
            crate::commands::command(&clone.path("clone"), &["check", "--changed-since", "origin/main", "--format", "github"]);
        let done = command.output().expect("runs");
        (done.status.code(), String::from_utf8_lossy(&done.stdout).into_owned() + &String::from_utf8_lossy(&done.stderr))
    };
    let (status, told) = run();
    assert!(status == Some(2) && told.contains("no revision `origin/main`") && told.contains("fetch-depth 0"), "{told}");
    git(&clone, &["-C", "clone", "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main"]);
    let (status, told) = run();
    assert!(status == Some(2) && told.contains("git fetch --unshallow"), "{told}");
    git(&clone, &["-C", "clone", "fetch", "-q", "--unshallow"]);
    let (status, told) = run();
    assert!(status == Some(1) && told.contains("file=edited.md") && !told.contains("same.md"), "{told}");
}

#[test]
fn a_repository_of_another_user_is_told_with_gits_cure() {
    let (corpus, _) = corpus();
    let mut command = corpus.command(&["check", "--changed-since", "HEAD"]);
    // Git's own switch for its tests of that.
    let done = command.env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1").output().expect("runs");
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(told.contains("Git does not trust this repository: ") && told.contains("--add safe.directory"), "{told}");
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
