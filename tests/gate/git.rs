//! A corpus under Git, with nothing of this machine's settings.

use std::process::Command;

use crate::commands::Corpus;

/// Runs Git in the corpus, which must succeed; what it printed.
pub fn git(corpus: &Corpus, arguments: &[&str]) -> String {
    let mut git = Command::new("git");
    git.arg("-C").arg(corpus.path("")).args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let done = git.args(arguments).output().expect("git is installed: the tests compare with it");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("UTF-8").trim().to_owned()
}

/// Commits all that is there; the new commit.
pub fn commit(corpus: &Corpus) -> String {
    git(corpus, &["add", "-A"]);
    git(corpus, &["commit", "-q", "--allow-empty", "-m", "next"]);
    git(corpus, &["rev-parse", "HEAD"])
}
