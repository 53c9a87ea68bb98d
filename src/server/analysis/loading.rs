//! Corpora that are being read: on threads of their own, so that nobody waits for the disk who need not.
//!
//! A question about a text whose corpus is being read waits for it, but not for long: then it is answered with what is there.
//! What takes longer still is told to the client, which may call it off.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tower_lsp::Client;
use tower_lsp::ls_types::{MessageType, ProgressToken};

use super::early::Remembered;
use super::home::{Home, Loaded, reread};
use super::queue::{Job, Queue};
use crate::corpus::Snapshot;
use crate::server::limits::Limits;
use crate::server::trace::Trace;
use crate::workspace::{Effort, Workspace};

/// How often the client is told how far it is.
const PACE: Duration = Duration::from_millis(250);

/// Efforts by the token under which the client knows them.
pub(super) type Efforts = Arc<Mutex<HashMap<String, Arc<Effort>>>>;

/// Begins to read corpora.
pub(super) struct Loader {
    client: Client,
    /// Whether the client shows progress.
    shows: bool,
    runtime: Handle,
    queue: Arc<Queue>,
    efforts: Efforts,
    trace: Trace,
    limits: Limits,
    rounds: u64,
}

/// A corpus that is being read.
pub(super) struct Loading {
    /// Tells this reading from others of the same corpus.
    pub round: u64,
    /// How far it is.
    pub effort: Arc<Effort>,
    /// What was read of it before.
    pub remembered: Arc<Remembered>,
    /// What changed on the disk since it began.
    pub pending: BTreeSet<PathBuf>,
    /// Whether questions have waited for it long enough.
    pub late: bool,
}

impl Loader {
    /// Must be called on the runtime.
    pub(super) fn new(client: Client, shows: bool, queue: Arc<Queue>, efforts: Efforts, trace: Trace, limits: Limits) -> Self {
        Self { client, shows, runtime: Handle::current(), queue, efforts, trace, limits, rounds: 0 }
    }

    /// Begins to read a corpus; the queue is told when it is done.
    pub(super) fn begin(&mut self, root: &Path) -> Loading {
        self.rounds += 1;
        let (round, effort) = (self.rounds, Arc::new(Effort::up_to(self.limits.entries)));
        let (done, ended) = oneshot::channel::<()>();
        let (job, queue, trace) = ((root.to_owned(), effort.clone()), self.queue.clone(), self.trace.clone());
        let remembered = Arc::new(Remembered::of(root, self.limits.remembers));
        let known = remembered.clone();
        let work = move || {
            let (root, effort) = job;
            trace.step(|| (format!("reading {}", root.display()), String::new()));
            let mut loaded = catch_unwind(AssertUnwindSafe(|| read(round, &effort, &remembered))).unwrap_or_else(|_| {
                tracing::error!("{} could not be read", root.display());
                None
            });
            drop(done);
            trace.step(|| {
                let done = if loaded.is_some() { "read" } else { "did not read" };
                (format!("{done} {}", root.display()), format!("{} files", effort.files().0))
            });
            let keepable = loaded.as_mut().filter(|loaded| !loaded.exceeded).map(|loaded| {
                let names = loaded.home.corpus.snapshot().names().gazetteer.clone();
                (std::mem::take(&mut loaded.keepable), names)
            });
            queue.push(Job::Loaded { root: root.clone(), round, loaded: loaded.map(Box::new) });
            if let Some((keepable, names)) = keepable
                && remembered.keep(&keepable, &names)
            {
                trace.step(|| (format!("kept what was read of {}", root.display()), String::new()));
            }
        };
        if let Err(error) = std::thread::Builder::new().name("lsp-load".into()).spawn(work) {
            tracing::error!("no thread to read {}: {error}", root.display());
            self.queue.push(Job::Loaded { root: root.to_owned(), round, loaded: None });
        }
        self.runtime.spawn(self.escort(root, round, effort.clone(), ended));
        Loading { round, effort, remembered: known, pending: BTreeSet::new(), late: false }
    }

    /// Begins to read files again; the queue is told when it is done.
    pub(super) fn begin_again(&self, workspace: Workspace, snapshot: Snapshot, round: u64, paths: BTreeSet<PathBuf>) {
        let (queue, root) = (self.queue.clone(), workspace.root.clone());
        let again = root.clone();
        let work = move || {
            let read = catch_unwind(AssertUnwindSafe(|| reread(&workspace, &snapshot, &paths))).ok();
            // The snapshot must not outlive its being told: what it holds is freed by the next change.
            drop(snapshot);
            queue.push(Job::Reread { root, round, read: read.map(Box::new) });
        };
        if let Err(error) = std::thread::Builder::new().name("lsp-reread".into()).spawn(work) {
            tracing::error!("no thread to read {}: {error}", again.display());
            self.queue.push(Job::Reread { root: again, round, read: None });
        }
    }

    /// Tells the client that a corpus is too large to be one.
    pub(super) fn warn(&self, message: String) {
        let client = self.client.clone();
        self.runtime.spawn(async move { client.show_message(MessageType::WARNING, message).await });
    }

    /// Shows how far it is with what the files of a corpus name, once it has been read: who asks for references meanwhile waits for that.
    pub(super) fn show_indexing(&self, root: &Path, round: u64, progress: impl Fn() -> Option<(usize, usize)> + Send + 'static) {
        if !self.shows {
            return;
        }
        let (client, short, name) = (self.client.clone(), self.limits.short, name_of(root));
        self.runtime.spawn(async move {
            tokio::time::sleep(short).await;
            let token = ProgressToken::String(format!("vidimus/indexing/{round}"));
            if progress().is_none() || client.create_work_done_progress(token.clone()).await.is_err() {
                return;
            }
            let shown = client.progress(token, format!("Indexing {name}")).with_percentage(0).begin().await;
            while let Some((done, all)) = progress() {
                let percentage = u32::try_from(done * 100 / all.max(1)).unwrap_or(100).min(100);
                shown.report_with_message(format!("{done} of {all} files"), percentage).await;
                tokio::time::sleep(PACE).await;
            }
            shown.finish().await;
        });
    }

    /// Goes along with a reading until it ends.
    fn escort(&self, root: &Path, round: u64, effort: Arc<Effort>, ended: oneshot::Receiver<()>) -> impl Future<Output = ()> + use<> {
        let (client, queue, efforts, shows) = (self.client.clone(), self.queue.clone(), self.efforts.clone(), self.shows);
        let (root, Limits { short, patience, .. }) = (root.to_owned(), self.limits);
        async move {
            let mut ended = ended;
            if tokio::time::timeout(short, &mut ended).await.is_ok() {
                return;
            }
            let name = name_of(&root);
            let token = format!("vidimus/reading/{round}");
            let late = async {
                tokio::time::sleep(patience.saturating_sub(short)).await;
                queue.push(Job::Late { root, round });
            };
            let shown = async {
                if shows {
                    efforts.lock().insert(token.clone(), effort.clone());
                    show(&client, &token, &name, &effort, &mut ended).await;
                    efforts.lock().remove(&token);
                }
            };
            futures_util::join!(late, shown);
        }
    }
}

/// What a corpus is called.
fn name_of(root: &Path) -> String {
    root.file_name().unwrap_or(root.as_os_str()).to_string_lossy().into_owned()
}

/// Reads a corpus on threads that end with the reading: what they had room for is needed by nobody afterwards.
fn read(round: u64, effort: &Effort, remembered: &Remembered) -> Option<Loaded> {
    match rayon::ThreadPoolBuilder::new().thread_name(|n| format!("lsp-load-{n}")).build() {
        Ok(threads) => threads.install(|| Home::load(round, effort, remembered)),
        Err(_none_to_spare) => Home::load(round, effort, remembered),
    }
}

/// Shows how far it is until it ends.
async fn show(client: &Client, token: &str, name: &str, effort: &Effort, ended: &mut oneshot::Receiver<()>) {
    let token = ProgressToken::String(token.to_owned());
    if client.create_work_done_progress(token.clone()).await.is_err() {
        return;
    }
    let progress =
        client.progress(token, format!("Reading {name}")).with_message("looking for files").with_percentage(0).with_cancel_button();
    let progress = progress.begin().await;
    while tokio::time::timeout(PACE, &mut *ended).await.is_err() {
        if let (read, all @ 1..) = effort.files() {
            let percentage = u32::try_from(read * 100 / all).unwrap_or(100).min(100);
            progress.report_with_message(format!("{read} of {all} files"), percentage, None).await;
        }
    }
    progress.finish().await;
}
