//! Changes on the disk, for editors that do not tell them.
//!
//! What the system or an editor tells comes in bursts (a checkout, a save that writes and renames): it is collected until
//! the disk is quiet for a moment, and told once.
//!
//! Linux watches folder by folder, so only the folders that a walk looks into are watched there; elsewhere one watch is for a
//! folder and all below it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{CONFIG_NAME, Trouble};

/// How long the disk must be quiet.
const QUIET: Duration = Duration::from_millis(60);
/// How long is waited for quiet: a file that is written without pause must not hide the others.
const LONGEST: Duration = Duration::from_secs(2);
/// So many changes are told even when it is not.
const MOST: usize = 50_000;

/// So many folders are watched one by one; the system has not many more to give.
const MOST_FOLDERS: usize = 8_000;

/// Collects paths that come in bursts. Dropping it ends its thread once all is told.
#[derive(Clone, Debug)]
pub struct Bursts(Sender<PathBuf>);

impl Bursts {
    /// Tells `changed` of what was added, when nothing more has come for a moment.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(changed: impl Fn(Vec<PathBuf>) + Send + 'static) -> Result<Self, Trouble> {
        let (sender, events) = channel();
        let thread = std::thread::Builder::new().name("disk-changes".into());
        thread.spawn(move || collect(&events, &changed)).map_err(|e| untold(&e.to_string()))?;
        Ok(Self(sender))
    }

    /// Something changed at a path.
    pub fn add(&self, path: PathBuf) {
        // Fails only when nobody listens any more.
        let _ = self.0.send(path);
    }
}

/// Watches folders as long as it lives.
#[derive(Debug)]
pub struct Watcher {
    system: RecommendedWatcher,
    /// What is watched for each folder that was asked for.
    watched: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

impl Watcher {
    /// Adds every path that may be ours to `bursts`. Watches nothing yet.
    ///
    /// # Errors
    /// When the system gives no way to watch.
    pub fn start(bursts: Bursts) -> Result<Self, Trouble> {
        let system = notify::recommended_watcher(move |event| pass_on(&bursts, event)).map_err(|e| untold(&e.to_string()))?;
        Ok(Self { system, watched: BTreeMap::new() })
    }

    /// Watches a folder, and those below it that `below` names: where the system watches whole trees, it does. Answers whether
    /// a folder is watched that was not: what happened in it before has not been told.
    ///
    /// # Errors
    /// When the system refuses, for want of watches as a rule: changes there are then seen when a text is opened or closed.
    pub fn watch(&mut self, folder: &Path, below: &[PathBuf]) -> Result<bool, Trouble> {
        let known = self.watched.entry(folder.to_owned()).or_default();
        let told = |error: notify::Error| Trouble::new(folder, format!("cannot be watched for changes: {error}")).minor();
        if !cfg!(target_os = "linux") {
            if known.insert(folder.to_owned()) {
                self.system.watch(folder, RecursiveMode::Recursive).map_err(told)?;
            }
            return Ok(false);
        }
        let before = known.len();
        for one in std::iter::once(folder).chain(below.iter().map(PathBuf::as_path)) {
            if known.len() >= MOST_FOLDERS {
                let message = format!("has more than {MOST_FOLDERS} folders: changes in some of them are not seen");
                return Err(Trouble::new(folder, message).help("name folders that hold no texts under `exclude` in vidimus.toml").minor());
            }
            if known.insert(one.to_owned())
                && let Err(error) = self.system.watch(one, RecursiveMode::NonRecursive)
            {
                known.remove(one);
                // A folder that vanished meanwhile needs no watch.
                if one.is_dir() {
                    return Err(told(error));
                }
            }
        }
        Ok(known.len() > before)
    }

    /// Something happened at these paths: a folder among them may be another one by now, and has to be watched anew.
    pub fn lost(&mut self, folder: &Path, paths: &BTreeSet<PathBuf>) {
        if let Some(known) = self.watched.get_mut(folder).filter(|_| cfg!(target_os = "linux")) {
            known.retain(|one| one == folder || !paths.contains(one));
        }
    }

    /// Watches a folder no more.
    pub fn forget(&mut self, folder: &Path) {
        for one in self.watched.remove(folder).unwrap_or_default() {
            // One that is gone has no watch any more.
            let _ = self.system.unwatch(&one);
        }
    }
}

fn untold(error: &str) -> Trouble {
    Trouble::new(Path::new("."), format!("cannot be watched: {error}")).minor()
}

/// The paths of an event that changes something.
fn pass_on(bursts: &Bursts, event: notify::Result<Event>) {
    let Ok(event) = event else { return };
    let changes = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    };
    for path in event.paths.into_iter().filter(|path| changes && may_be_ours(path)) {
        bursts.add(path);
    }
}

/// Whether a path may matter by its name: what is hidden does not, nor what ends otherwise than our files do.
fn may_be_ours(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|n| n.to_str()) else { return false };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let ours = ["md", "markdown", "qmd", "rmd", "txt", "yaml", "yml", "json", "jsonl", "ndjson", "bib"];
    !name.starts_with('.') && (name == CONFIG_NAME || ending.is_none_or(|e| ours.contains(&e.as_str())))
}

fn collect(events: &Receiver<PathBuf>, changed: &impl Fn(Vec<PathBuf>)) {
    while let Ok(first) = events.recv() {
        let begun = Instant::now();
        let mut paths = BTreeSet::from([first]);
        let ended = loop {
            match events.recv_timeout(QUIET) {
                Ok(path) => drop(paths.insert(path)),
                Err(RecvTimeoutError::Timeout) => break false,
                Err(RecvTimeoutError::Disconnected) => break true,
            }
            if paths.len() >= MOST || begun.elapsed() >= LONGEST {
                break false;
            }
        };
        changed(paths.into_iter().collect());
        if ended {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::Builder::new().prefix("watched").tempdir().expect("a folder")
    }

    #[test]
    fn a_burst_is_told_once_and_only_what_may_be_ours() {
        let folder = folder();
        let (sender, told) = channel();
        let bursts = Bursts::start(move |paths| drop(sender.send(paths))).expect("a thread");
        let mut watcher = Watcher::start(bursts).expect("watches");
        watcher.watch(folder.path(), &[]).expect("watched");
        for name in ["a.md", "b.bib", "c.png", ".d.md.swp", "vidimus.toml", "Cargo.toml"] {
            std::fs::write(folder.path().join(name), "words").expect("written");
        }
        let mut seen = BTreeSet::new();
        while seen.len() < 3 {
            let paths = told.recv_timeout(Duration::from_secs(30)).expect("told");
            seen.extend(paths.iter().filter_map(|p| Some(p.file_name()?.to_string_lossy().into_owned())));
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["a.md", "b.bib", "vidimus.toml"]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn only_the_folders_named_are_watched() {
        let folder = folder();
        let below = |name: &str| {
            let below = folder.path().join(name);
            std::fs::create_dir(&below).expect("made");
            below
        };
        let (ours, ignored) = (below("texts"), below("ignored"));
        let (sender, told) = channel();
        let bursts = Bursts::start(move |paths| drop(sender.send(paths))).expect("a thread");
        let mut watcher = Watcher::start(bursts).expect("watches");
        watcher.watch(folder.path(), std::slice::from_ref(&ours)).expect("watched");
        std::fs::write(ignored.join("a.md"), "words").expect("written");
        std::fs::write(ours.join("b.md"), "words").expect("written");
        let paths = told.recv_timeout(Duration::from_secs(30)).expect("told");
        assert_eq!(paths, [ours.join("b.md")]);
        watcher.forget(folder.path());
        std::fs::write(ours.join("c.md"), "words").expect("written");
        assert!(told.recv_timeout(QUIET * 4).is_err());
    }
}
