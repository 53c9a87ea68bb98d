//! The corpora behind the open texts, and the thread that keeps them.
//!
//! Everything that happens (a text put, closed, changed on the disk) and every question joins one queue, and one thread
//! works it off in order. So a question is answered with exactly the texts that were there when it was asked. A change
//! that nobody has asked about yet gives way to the next one of the same text.
//!
//! What takes long is not done on this thread: checks run on workers, answers where the question waits.

mod checks;
mod corpora;
mod indexer;
mod queue;

pub use corpora::{View, World};
pub use queue::Job;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::oneshot;

use super::capabilities::Agreed;
use super::publish::Publisher;
use super::refresh::Refresh;
use super::uri::TextKey;
use crate::workspace::Watcher;
use checks::Checks;
use corpora::Corpora;
use indexer::Indexer;
use queue::Queue;

/// The way to the corpora. Dropping the last one ends their thread.
#[derive(Debug)]
pub struct Analysis {
    queue: Arc<Queue>,
}

impl Analysis {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn start(publisher: Arc<Publisher>, agreed: Agreed, refresh: Refresh) -> std::io::Result<Self> {
        let queue = Arc::new(Queue::default());
        let checks = Checks::new(publisher.clone(), agreed)?;
        let indexer = Indexer::start()?;
        let watcher = if agreed.watches { None } else { watcher(&queue) };
        let jobs = queue.clone();
        std::thread::Builder::new().name("lsp-analysis".into()).spawn(move || {
            let mut keeper = Keeper { corpora: Corpora::new(publisher, watcher, refresh, indexer), checks };
            while let Some(job) = jobs.next() {
                keeper.work(job);
            }
        })?;
        Ok(Self { queue })
    }

    /// Tells what happened.
    pub fn tell(&self, job: Job) {
        self.queue.push(job);
    }

    /// Asks for a text in its corpus, as both are after all that was told before.
    #[must_use]
    pub fn ask(&self, key: TextKey) -> oneshot::Receiver<View> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::Ask { key, answer });
        asked
    }

    /// Asks for every corpus that is loaded.
    #[must_use]
    pub fn ask_all(&self) -> oneshot::Receiver<Vec<World>> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::AskAll { answer });
        asked
    }
}

/// Our own eyes on the disk, for a client that has none.
fn watcher(queue: &Arc<Queue>) -> Option<Watcher> {
    let jobs = queue.clone();
    let watcher = Watcher::start(move |paths| jobs.push(Job::Disk(paths)));
    watcher.inspect_err(|trouble| tracing::warn!("{} {}", trouble.path.display(), trouble.message)).ok()
}

impl Drop for Analysis {
    fn drop(&mut self) {
        self.queue.close();
    }
}

/// What the thread owns.
struct Keeper {
    corpora: Corpora,
    checks: Checks,
}

impl Keeper {
    fn work(&mut self, job: Job) {
        let put = if let Job::Put { key, .. } = &job { Some(key.clone()) } else { None };
        let done = catch_unwind(AssertUnwindSafe(|| match job {
            Job::Put { key, text, edit } => self.corpora.put(key, text, edit),
            Job::Close { key } => self.corpora.close(&key),
            Job::Folder(path) => self.corpora.prepare(&path),
            Job::Disk(paths) => self.corpora.disk(&paths),
            Job::Reload => self.corpora.reload_all(),
            Job::Ask { key, answer } => {
                if let Some(view) = self.corpora.view(&key) {
                    // Nobody waits any more when the question was cancelled.
                    let _ = answer.send(view);
                }
                Vec::new()
            }
            Job::AskAll { answer } => {
                let _ = answer.send(self.corpora.worlds());
                Vec::new()
            }
        }));
        match done {
            Ok(checks) => checks.into_iter().for_each(|check| self.checks.begin(check)),
            Err(_panic) => {
                tracing::error!("a change could not be taken in; the corpora are read again");
                let again = catch_unwind(AssertUnwindSafe(|| self.corpora.start_over(put.as_ref())));
                again.unwrap_or_default().into_iter().for_each(|check| self.checks.begin(check));
            }
        }
    }
}
