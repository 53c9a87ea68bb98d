//! What changed since a revision, by Git.
//!
//! Git itself is asked: nobody else knows all of its formats. It is told to run no program that settings name.

use std::collections::BTreeSet;
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

/// What changed since a revision.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    /// Files, and folders of which all files are meant. Absolute, links in the way resolved.
    paths: FxHashSet<PathBuf>,
}

impl Changed {
    /// Whether a file changed, by its absolute path with no link in the way.
    #[must_use]
    pub fn has(&self, file: &Path) -> bool {
        file.ancestors().any(|path| self.paths.contains(path))
    }
}

/// So deep may submodules lie in each other.
const MOST_MODULES: usize = 16;

/// The files that differ from the commit at which the branch left `revision`: committed, staged, changed or new on the disk, a moved
/// one under its new name; those that are gone are left out. The repository is that of `here` for all `asked` that lie below it, files
/// of its submodules included, and else that of what is asked for.
pub fn changed_since(here: &Path, asked: &[PathBuf], revision: &str) -> Result<Changed, NoAnswer> {
    let mut changed = Changed::default();
    let mut tops: BTreeSet<PathBuf> = BTreeSet::new();
    let home = top_of(here);
    for path in asked {
        let path = path.canonicalize().unwrap_or_else(|_| path.clone());
        let folder = if path.is_dir() { &path } else { path.parent().unwrap_or(&path) };
        match &home {
            Ok(top) if path.starts_with(top) => drop(tops.insert(top.clone())),
            _ => drop(tops.insert(top_of(folder)?)),
        }
    }
    for top in tops {
        let wanted = format!("{revision}^{{commit}}");
        let commit = ask(&top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]).map_err(|said| {
            no_answer(&format!("Git knows no revision `{revision}`"), &said, "fetch it first: git fetch origin main; in CI: fetch-depth 0")
        })?;
        let base = ask(&top, &["merge-base", &line(&commit), "HEAD"]).map_err(|said| {
            no_answer(&format!("`{revision}` and HEAD have no commit in common"), &said, "a shallow clone? git fetch --unshallow")
        })?;
        differs(&top, &line(&base), MOST_MODULES, &mut changed).map_err(cannot_compare)?;
    }
    Ok(changed)
}

/// The folder of the repository that holds `folder`, no link in the way.
fn top_of(folder: &Path) -> Result<PathBuf, NoAnswer> {
    let top = ask(folder, &["rev-parse", "--show-toplevel"]).map_err(|said| {
        if said.contains("dubious ownership") {
            return no_answer("Git does not trust this repository", &said, "git config --global --add safe.directory \"$PWD\"");
        }
        no_answer("there is no Git repository here", &said, "run it inside a clone, with git on the PATH")
    })?;
    let top = PathBuf::from(os_string(top.strip_suffix(b"\n").unwrap_or(&top)));
    Ok(top.canonicalize().unwrap_or(top))
}

/// Adds what differs from the commit `base` in the repository at `top`. Of a submodule Git says only that it differs: it is asked for
/// itself, and where it cannot tell, all of it is meant, as is a repository that lies in this one without being part of it.
fn differs(top: &Path, base: &str, left: usize, changed: &mut Changed) -> Result<(), String> {
    let compare = ["--name-only", "-z", "--find-renames", "--diff-filter=d", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none"];
    let tracked = ask(top, &[&["diff"], &compare[..], &[base, "--"]].concat())?;
    let new = ask(top, &["ls-files", "-z", "--others", "--exclude-standard"])?;
    for name in tracked.split(|b| *b == 0).chain(new.split(|b| *b == 0)).filter(|name| !name.is_empty()) {
        let path = top.join(os_string(name));
        let is_folder = path.symlink_metadata().is_ok_and(|meta| meta.is_dir());
        if !(is_folder && left > 0 && module(top, name, &path, base, left, changed).is_some()) {
            // Git ends the name of a folder with a slash.
            changed.paths.insert(path.components().collect());
        }
    }
    Ok(())
}

/// Adds what differs in the submodule `name`; `None` where it cannot tell.
fn module(top: &Path, name: &[u8], path: &Path, base: &str, left: usize, changed: &mut Changed) -> Option<()> {
    let entry = format!("{base}:{}", std::str::from_utf8(name).ok()?);
    let then = ask(top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &entry]).ok()?;
    // A folder that is no repository would be answered for by the one above it.
    (top_of(path).ok()? == path).then_some(())?;
    differs(path, &line(&then), left - 1, changed).ok()
}

fn cannot_compare(said: String) -> NoAnswer {
    no_answer("Git cannot compare", &said, "does `git status` work here?")
}

fn line(answer: &[u8]) -> String {
    String::from_utf8_lossy(answer).trim().to_owned()
}

/// What a hook is told of its repository: the folder asked about may lie in another.
const OF_A_HOOK: [&str; 4] = ["GIT_DIR", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"];

/// What Git answers, or what it says is wrong.
fn ask(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(["-c", "core.fsmonitor=false", "-c", "core.quotepath=off"]).args(arguments);
    // Who names the folder of the texts as well has parted the two on purpose.
    if std::env::var_os("GIT_WORK_TREE").is_none() {
        for name in OF_A_HOOK {
            git.env_remove(name);
        }
    }
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
