//! `check --watch`: the same again whenever a file of the corpus changes.
//!
//! What is watched is laid down before each run begins to read, so that no change falls between two runs. Ctrl-C ends it, as it
//! ends everything that does not ask to be told: a report in a file is then the last whole one.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use super::arguments::{CheckArguments, FormatName};
use super::terminal::Terminal;
use super::{Outcome, corpora};
use crate::workspace::{Bursts, Trouble, Watcher};

/// Clears a terminal with what was scrolled out of it, and begins at the top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Runs `check` until the process is ended, or until nobody reads what it writes.
pub(super) fn run(terminal: &Terminal, arguments: &CheckArguments, mut check: impl FnMut() -> io::Result<Outcome>) -> io::Result<Outcome> {
    let mut watch = match Watch::start(terminal, arguments) {
        Ok(watch) => watch,
        Err(trouble) => {
            terminal.troubles(&[Trouble { grave: true, ..trouble }]);
            return Ok(Outcome::Failed);
        }
    };
    let clears = arguments.format == FormatName::Text && arguments.output_file.is_none() && Terminal::is_watched();
    loop {
        watch.lay(terminal, arguments);
        if clears {
            let mut out = io::stdout().lock();
            out.write_all(CLEAR.as_bytes())?;
            out.flush()?;
        }
        let outcome = check()?;
        terminal.note("waiting for changes; Ctrl-C ends", None);
        if !watch.wait() {
            return Ok(outcome);
        }
    }
}

/// What is watched, and what is told.
struct Watch {
    watcher: Watcher,
    told: Receiver<Vec<PathBuf>>,
    /// What we write ourselves, which is no reason to write it again.
    ours: Vec<PathBuf>,
    roots: BTreeSet<PathBuf>,
}

impl Watch {
    fn start(terminal: &Terminal, arguments: &CheckArguments) -> Result<Self, Trouble> {
        let (sender, told) = channel();
        // Fails only when we are gone.
        let bursts = Bursts::start(move |paths| drop(sender.send(paths)))?;
        let written = [arguments.output_file.as_deref(), arguments.baseline.as_deref().filter(|_| arguments.update_baseline.is_some())];
        let ours = written.into_iter().flatten().map(|file| corpora::absolute(terminal.here(), file)).collect();
        Ok(Self { watcher: Watcher::start(bursts)?, told, ours, roots: BTreeSet::new() })
    }

    /// Watches the corpora as they are now; what cannot be watched is told.
    fn lay(&mut self, terminal: &Terminal, arguments: &CheckArguments) {
        let (jobs, _) = corpora::jobs(terminal, &arguments.paths);
        for job in jobs {
            let root = &job.workspace.root;
            if let Err(trouble) = self.watcher.watch(root, &job.list().folders) {
                terminal.troubles(&[trouble]);
            }
            self.roots.insert(root.clone());
        }
    }

    /// Waits for a change that is not ours. `false` when none can come any more.
    fn wait(&mut self) -> bool {
        while let Ok(paths) = self.told.recv() {
            let paths: BTreeSet<PathBuf> = paths.into_iter().filter(|path| !self.ours.contains(path)).collect();
            for root in &self.roots {
                self.watcher.lost(root, &paths);
            }
            if !paths.is_empty() {
                return true;
            }
        }
        false
    }
}
