//! What changed since a revision, by Git.
//!
//! Git itself is asked: nobody else knows all of its formats. It is told to run no program that settings name.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rustc_hash::FxHashSet;

/// Why Git could not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// The fault.
    pub message: String,
    /// The cure.
    pub help: &'static str,
}

/// The files below the repository of `folder` that differ from the commit at which the branch left `revision`: committed,
/// staged, changed or new on the disk, a moved one under its new name. Absolute, links in the way resolved; those that are gone
/// are left out.
pub fn changed_since(folder: &Path, revision: &str) -> Result<FxHashSet<PathBuf>, NoAnswer> {
    let top = ask(folder, &["rev-parse", "--show-toplevel"])
        .map_err(|said| no_answer("there is no Git repository here", &said, "run it inside a clone, with git on the PATH"))?;
    let top = PathBuf::from(os_string(top.strip_suffix(b"\n").unwrap_or(&top)));
    let wanted = format!("{revision}^{{commit}}");
    let commit = ask(&top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]).map_err(|said| {
        no_answer(&format!("Git knows no revision `{revision}`"), &said, "fetch it first: git fetch origin main; in CI: fetch-depth 0")
    })?;
    let commit = String::from_utf8_lossy(&commit).trim().to_owned();
    let base = ask(&top, &["merge-base", &commit, "HEAD"]).map_err(|said| {
        no_answer(&format!("`{revision}` and HEAD have no commit in common"), &said, "a shallow clone? git fetch --unshallow")
    })?;
    let base = String::from_utf8_lossy(&base).trim().to_owned();
    let failed = |said: String| no_answer("Git cannot compare", &said, "does `git status` work here?");
    let changed =
        ask(&top, &["diff", "--name-only", "-z", "--find-renames", "--diff-filter=d", "--no-ext-diff", "--no-textconv", &base, "--"])
            .map_err(failed)?;
    let new = ask(&top, &["ls-files", "-z", "--others", "--exclude-standard"]).map_err(failed)?;
    let top = top.canonicalize().unwrap_or(top);
    let names = changed.split(|b| *b == 0).chain(new.split(|b| *b == 0)).filter(|name| !name.is_empty());
    Ok(names.map(|name| top.join(os_string(name))).collect())
}

/// What Git answers, or what it says is wrong.
fn ask(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false", "-c", "core.quotepath=off"]).args(arguments);
    git.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C").stdin(Stdio::null());
    let answer = git.output().map_err(|error| format!("git cannot be run: {error}"))?;
    if answer.status.success() { Ok(answer.stdout) } else { Err(String::from_utf8_lossy(&answer.stderr).trim().to_owned()) }
}

fn no_answer(message: &str, said: &str, help: &'static str) -> NoAnswer {
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ");
    let message = if said.is_empty() { message.to_owned() } else { format!("{message}: {said}") };
    NoAnswer { message, help }
}

#[cfg(unix)]
fn os_string(bytes: &[u8]) -> &OsStr {
    std::os::unix::ffi::OsStrExt::from_bytes(bytes)
}

/// Git speaks UTF-8 where names are no bytes; a name that is none belongs to no text of ours.
#[cfg(not(unix))]
fn os_string(bytes: &[u8]) -> &OsStr {
    OsStr::new(std::str::from_utf8(bytes).unwrap_or_default())
}
