//! Changes on the disk, for editors that do not tell them.
//!
//! What the system tells comes in bursts (a checkout, a save that writes and renames): it is collected until the disk
//! is quiet for a moment, and told once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::{CONFIG_NAME, Trouble};

/// How long the disk must be quiet.
const QUIET: Duration = Duration::from_millis(100);
/// So many changes are told even when it is not.
const MOST: usize = 10_000;

/// Watches folders as long as it lives.
#[derive(Debug)]
pub struct Watcher {
    system: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Watcher {
    /// Tells `changed` of every file that may be ours. Watches nothing yet.
    ///
    /// # Errors
    /// When the system gives no way to watch, or no thread.
    pub fn start(changed: impl Fn(Vec<PathBuf>) + Send + 'static) -> Result<Self, Trouble> {
        let told = |error: String| Trouble::new(Path::new("."), format!("cannot be watched: {error}")).minor();
        let (sender, events) = channel();
        let system = notify::recommended_watcher(move |event| pass_on(&sender, event)).map_err(|e| told(e.to_string()))?;
        let thread = std::thread::Builder::new().name("disk-watch".into());
        thread.spawn(move || collect(&events, &changed)).map_err(|e| told(e.to_string()))?;
        Ok(Self { system, watched: BTreeSet::new() })
    }

    /// Watches a folder and all below it.
    ///
    /// # Errors
    /// When the system refuses, for want of watches as a rule: changes are then seen when a text is opened or closed.
    pub fn watch(&mut self, folder: &Path) -> Result<(), Trouble> {
        if !self.watched.insert(folder.to_owned()) {
            return Ok(());
        }
        let done = self.system.watch(folder, RecursiveMode::Recursive);
        done.map_err(|error| Trouble::new(folder, format!("cannot be watched for changes: {error}")).minor())
    }
}

/// The paths of an event that changes something; the end of the watcher ends the channel.
fn pass_on(sender: &Sender<PathBuf>, event: notify::Result<Event>) {
    let Ok(event) = event else { return };
    let changes = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    };
    for path in event.paths.into_iter().filter(|path| changes && may_be_ours(path)) {
        // Fails only when nobody listens any more.
        let _ = sender.send(path);
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
        let mut paths = BTreeSet::from([first]);
        let ended = loop {
            match events.recv_timeout(QUIET) {
                Ok(path) => drop(paths.insert(path)),
                Err(RecvTimeoutError::Timeout) => break false,
                Err(RecvTimeoutError::Disconnected) => break true,
            }
            if paths.len() >= MOST {
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

    #[test]
    fn a_burst_is_told_once_and_only_what_may_be_ours() {
        let folder = tempfile::Builder::new().prefix("watched").tempdir().expect("a folder");
        let (sender, told) = channel();
        let mut watcher = Watcher::start(move |paths| drop(sender.send(paths))).expect("watches");
        watcher.watch(folder.path()).expect("watched");
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
}
