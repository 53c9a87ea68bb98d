//! The corpora behind the open texts, and the thread that keeps them.
//!
//! Everything that happens (a text put, closed, changed on the disk) and every question joins one queue, and one thread
//! works it off in order. So a question is answered with exactly the texts that were there when it was asked. A change
//! that nobody has asked about yet gives way to the next one of the same text.
//!
//! What takes long is not done on this thread: checks run on workers, answers where the question waits, and the disk is read on
//! threads that join the queue with what they read.

mod checks;
mod corpora;
mod disk;
mod home;
mod indexer;
mod loading;
mod queue;

pub use corpora::{View, World};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::ThreadPool;
use tokio::sync::{oneshot, watch};
use tower_lsp::Client;

use super::capabilities::Agreed;
use super::limits::Limits;
use super::publish::{Edit, Publisher};
use super::refresh::Refresh;
use super::session::OpenText;
use super::trace::Trace;
use super::uri::TextKey;
use crate::workspace::{Bursts, Trouble, Watcher};
use checks::Checks;
use corpora::Corpora;
use indexer::Indexer;
use loading::{Efforts, Loader};
use queue::{Job, Question, Queue};

/// The way to the corpora. Dropping the last one ends their thread.
pub struct Analysis {
    queue: Arc<Queue>,
    /// What changed on the disk, collected until it is quiet.
    bursts: Option<Bursts>,
    efforts: Efforts,
    workers: Arc<ThreadPool>,
    changes: watch::Receiver<u64>,
}

impl std::fmt::Debug for Analysis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Analysis").finish_non_exhaustive()
    }
}

/// Asks for the corpora again and again, for an answer that takes long.
#[derive(Clone)]
pub struct Asker {
    queue: Arc<Queue>,
    workers: Arc<ThreadPool>,
    changes: watch::Receiver<u64>,
}

impl Asker {
    /// Asks for every corpus that is loaded.
    #[must_use]
    pub fn ask_all(&self) -> oneshot::Receiver<Vec<World>> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::Ask(Question::All { answer }));
        asked
    }

    /// Tells when anything happens to the corpora.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }

    /// Works on a thread for checks, behind what was begun there before. The sender is dropped when the work panics.
    pub fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> oneshot::Receiver<T> {
        let (done, result) = oneshot::channel();
        self.workers.spawn(move || {
            if done.is_closed() {
                return;
            }
            // A panic that left the worker would end the process.
            if let Ok(result) = catch_unwind(AssertUnwindSafe(work)) {
                let _ = done.send(result);
            }
        });
        result
    }
}

impl Analysis {
    /// Starts the thread. Must be called on the runtime.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn start(
        client: Client,
        publisher: Arc<Publisher>,
        agreed: Agreed,
        refresh: Refresh,
        trace: Trace,
        limits: Limits,
    ) -> std::io::Result<Self> {
        let queue = Arc::new(Queue::default());
        let workers = Checks::workers()?;
        let checks = Checks::new(workers.clone(), publisher.clone(), agreed, trace.clone());
        let (happened, changes) = watch::channel(0);
        let indexer = Indexer::start(trace.clone())?;
        let efforts = Efforts::default();
        let told = |trouble: Trouble| tracing::warn!("{} {}", trouble.path.display(), trouble.message);
        // A weak one: the thread that collects must not keep the queue alive.
        let jobs = Arc::downgrade(&queue);
        let changed = move |paths| {
            if let Some(queue) = jobs.upgrade() {
                queue.push(Job::Disk(paths));
            }
        };
        let bursts = Bursts::start(changed).map_err(told).ok();
        let own = bursts.clone().filter(|_| !agreed.watches);
        let watcher = own.and_then(|bursts| Watcher::start(bursts).map_err(told).ok());
        let loader = Loader::new(client, agreed.progress, queue.clone(), efforts.clone(), trace, limits);
        let jobs = queue.clone();
        std::thread::Builder::new().name("lsp-analysis".into()).spawn(move || {
            let mut keeper = Keeper { corpora: Corpora::new(publisher, watcher, refresh, indexer, loader), checks };
            while let Some(job) = jobs.next() {
                let question = matches!(job, Job::Ask(_));
                keeper.work(job);
                if !question {
                    happened.send_modify(|n| *n += 1);
                }
            }
        })?;
        Ok(Self { queue, bursts, efforts, workers, changes })
    }

    /// Asks again and again.
    #[must_use]
    pub fn asker(&self) -> Asker {
        Asker { queue: self.queue.clone(), workers: self.workers.clone(), changes: self.changes.clone() }
    }

    /// A text was opened or changed.
    pub fn put(&self, key: TextKey, text: OpenText, edit: Edit) {
        self.queue.push(Job::Put { key, text, edit });
    }

    /// A text was closed.
    pub fn close(&self, key: TextKey) {
        self.queue.push(Job::Close { key });
    }

    /// A folder was opened in the editor.
    pub fn open_folder(&self, folder: PathBuf) {
        self.queue.push(Job::Folder(folder));
    }

    /// A folder was taken out of the editor.
    pub fn close_folder(&self, folder: PathBuf) {
        self.queue.push(Job::NoFolder(folder));
    }

    /// Something changed on the disk. Told in bursts, so that thousands of changes are taken in at once.
    pub fn disk(&self, paths: Vec<PathBuf>) {
        match &self.bursts {
            Some(bursts) => paths.into_iter().for_each(|path| bursts.add(path)),
            None => self.queue.push(Job::Disk(paths)),
        }
    }

    /// The client calls off what it knows under a token.
    pub fn cancel(&self, token: &str) {
        if let Some(effort) = self.efforts.lock().get(token) {
            effort.cancel();
        }
    }

    /// Asks for a text in its corpus, as both are after all that was told before.
    #[must_use]
    pub fn ask(&self, key: TextKey) -> oneshot::Receiver<View> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::Ask(Question::About { key, answer }));
        asked
    }

    /// Asks for every corpus that is loaded.
    #[must_use]
    pub fn ask_all(&self) -> oneshot::Receiver<Vec<World>> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::Ask(Question::All { answer }));
        asked
    }
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
        let corpora = &mut self.corpora;
        let done = catch_unwind(AssertUnwindSafe(|| match job {
            Job::Put { key, text, edit } => corpora.put(key, text, edit),
            Job::Close { key } => corpora.close(&key),
            Job::Folder(path) => corpora.open_folder(path),
            Job::NoFolder(path) => corpora.close_folder(&path),
            Job::Disk(paths) => corpora.disk(paths),
            Job::Loaded { root, round, loaded } => corpora.loaded(&root, round, loaded.map(|l| *l)),
            Job::Reread { root, round, read } => corpora.took(&root, round, read.map(|r| *r)),
            Job::Late { root, round } => {
                corpora.late(&root, round);
                Vec::new()
            }
            Job::Ask(question) => {
                corpora.ask(question);
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
