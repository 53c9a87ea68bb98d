//! The corpora behind the open texts, and the thread that keeps them.
//!
//! Everything that happens (a text put, closed, changed on the disk) and every question joins one queue, and one thread
//! works it off in order. So a question is answered with exactly the texts that were there when it was asked. A change
//! that nobody has asked about yet gives way to the next one of the same text.
//!
//! What takes long is not done on this thread: checks run on workers, answers where the question waits, and the disk is read on
//! threads that join the queue with what they read.
//!
//! # Start: what was read before
//!
//! Reading a corpus lists its files and reads each; a file that lies there as it did at an earlier start is taken from what was kept of it
//! ([`KeptFacts`](crate::workspace::KeptFacts)), and no answer differs for it. While that lasts questions wait, but for where a mark is
//! defined: that is told at once where what was kept makes it sure (`early`). What was read is kept again as soon as the corpus serves,
//! when much of it was new; a process that is killed loses nothing but that.
//!
//! # Renewal: what takes long to take in
//!
//! Somebody who types an alias into a registry of ten thousand records has all of it read and all names compiled anew with every key.
//! Nobody else waits for that: a *copy* of the corpus takes the change in in the background (copies share what does not change), and
//! the corpus serves as it was until the copy is there; where a question waits for the copy, it is made on a thread ahead of that. So is everything taken in that is long by its size: records in many bytes, many
//! files at once, a new name where there are many; all else is taken in at once, as before. What holds:
//!
//! - **Order.** A change that comes meanwhile and is short is taken in at once, and once more by the copy before it serves. One that is
//!   long, or of a file that is being taken in, waits for the next copy; of a file only the last counts. Nothing is lost, nothing comes
//!   before what was told before it. One copy is made at a time.
//! - **Places.** A question about a text that has yet to be taken in waits for it, and is answered with the text as it was when it was
//!   asked: of a file only the last state counts, but one that somebody asks about is not passed over.
//! - **Edits.** What answers with edits (rename, actions, files renamed) waits until all is taken in that was told before it; so does
//!   the overview of all findings. Where the text asked about changes first, and need not wait itself, the client is told that the content
//!   was [`Modified`].
//! - **Names.** Other questions are answered at once, for that moment by the old names. When the copy serves, what was found by the old ones
//!   is looked for anew, and the client asked to ask again. What a world tells of an open text that is behind is the version it holds.
//! - **Numbers.** Files have their numbers before the copy is made, and versions of names are never used twice: what is kept for a file
//!   by one line of states is not mistaken for another's.

mod checks;
mod corpora;
mod disk;
mod early;
mod home;
mod indexer;
mod loading;
mod queue;
mod renewal;
mod waiting;

pub use corpora::{Survey, View, World};
pub use early::Early;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Weak};

use rayon::ThreadPool;
use tokio::sync::{Notify, oneshot, watch};
use tower_lsp::Client;
use tower_lsp::ls_types::ProgressToken;

use super::background;
use super::capabilities::Agreed;
use super::limits::Limits;
use super::publish::{Edit, Publisher};
use super::refresh::Refresh;
use super::session::OpenText;
use super::trace::Trace;
use super::uri::TextKey;
use crate::workspace::{Bursts, Effort, Trouble, Watcher};
use checks::Checks;
use corpora::{Corpora, Makers};
use indexer::Indexer;
use loading::{Efforts, Loader};
use queue::{Job, Question, Queue};
use renewal::Renewer;

/// What is found of a text that was asked about.
pub type Found = Result<View, Modified>;

/// The text changed before everything told before the question was taken in, so that it cannot be seen as it was by what is known now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Modified;

/// The way to the corpora. Dropping the last one ends their thread.
pub struct Analysis {
    queue: Arc<Queue>,
    /// What changed on the disk, collected until it is quiet.
    bursts: Option<Bursts>,
    efforts: Efforts,
    workers: Arc<ThreadPool>,
    changes: watch::Receiver<u64>,
    news: Arc<Notify>,
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
    /// Asks for every corpus that is loaded, with all that was told taken in.
    #[must_use]
    pub fn ask_all(&self) -> oneshot::Receiver<Vec<World>> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::Ask(Question::All { settled: true, answer }));
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
        let news = Arc::<Notify>::default();
        let background = background::start()?;
        let indexer = Indexer::start(background.clone(), trace.clone(), news.clone())?;
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
        let makers = Makers { indexer, loader, renewer: Renewer::start(background, queue.clone())?, news: news.clone() };
        let rung = news.clone();
        let jobs = queue.clone();
        std::thread::Builder::new().name("lsp-analysis".into()).spawn(move || {
            let mut keeper = Keeper { corpora: Corpora::new(publisher, watcher, refresh, makers), checks };
            while let Some(job) = jobs.next() {
                let question = matches!(job, Job::Ask(_) | Job::Early { .. } | Job::Survey(_));
                keeper.work(job);
                if !question {
                    happened.send_modify(|n| *n += 1);
                    rung.notify_one();
                }
            }
        })?;
        Ok(Self { queue, bursts, efforts, workers, changes, news })
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
    pub fn cancel(&self, token: &ProgressToken) {
        if let Some(effort) = self.efforts.lock().get(&name_of(token)) {
            effort.cancel();
        }
    }

    /// Work begins that the client may call off under a token.
    #[must_use]
    pub fn called_off_by(&self, token: Option<&ProgressToken>) -> CalledOff {
        let effort = Arc::<Effort>::default();
        let token = token.map(name_of);
        if let Some(token) = &token {
            self.efforts.lock().insert(token.clone(), effort.clone());
        }
        CalledOff { effort, token, efforts: self.efforts.clone() }
    }

    /// Asks how it stands with the corpora: whether they are there, and what is known of them. Nothing waits for it.
    #[must_use]
    pub fn surveyor(&self) -> Surveyor {
        Surveyor { queue: Arc::downgrade(&self.queue), news: self.news.clone() }
    }

    /// Asks for a text in its corpus: the text as it is after all that was told before, for a moment by older names; when `settled` with all
    /// of that taken in.
    #[must_use]
    pub fn ask(&self, key: TextKey, settled: bool) -> oneshot::Receiver<Found> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::Ask(Question::About { key, settled, answer }));
        asked
    }

    /// Asks for what can be told of a text before its corpus has been read. Nobody answers when that has been.
    #[must_use]
    pub fn ask_early(&self, key: TextKey) -> oneshot::Receiver<Early> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::Early { key, answer });
        asked
    }

    /// The same for every corpus that is loaded.
    #[must_use]
    pub fn ask_all(&self, settled: bool) -> oneshot::Receiver<Vec<World>> {
        let (answer, asked) = oneshot::channel();
        self.queue.push(Job::Ask(Question::All { settled, answer }));
        asked
    }
}

/// Whether the client has called off some work, under the token that it gave for it.
pub struct CalledOff {
    effort: Arc<Effort>,
    token: Option<String>,
    efforts: Efforts,
}

impl CalledOff {
    /// Whether it has.
    #[must_use]
    pub fn now(&self) -> bool {
        self.effort.is_cancelled()
    }
}

impl Drop for CalledOff {
    fn drop(&mut self) {
        if let Some(token) = &self.token {
            self.efforts.lock().remove(token);
        }
    }
}

/// A token as a word: clients may number them.
fn name_of(token: &ProgressToken) -> String {
    match token {
        ProgressToken::String(word) => word.clone(),
        ProgressToken::Number(number) => number.to_string(),
    }
}

/// Asks how it stands with the corpora.
#[derive(Clone)]
pub struct Surveyor {
    // Weak: who asks now and then must not keep the queue alive.
    queue: Weak<Queue>,
    news: Arc<Notify>,
}

impl Surveyor {
    /// How it stands; `None` when the corpora are gone.
    pub async fn survey(&self) -> Option<Vec<Survey>> {
        let (answer, asked) = oneshot::channel();
        self.queue.upgrade()?.push(Job::Survey(answer));
        asked.await.ok()
    }

    /// Waits until it may stand otherwise than before.
    pub async fn news(&self) {
        self.news.notified().await;
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
            Job::Renewed { root, round, number, renewed } => corpora.renewed(&root, round, number, renewed.map(|r| *r)),
            Job::Late { root, round } => {
                corpora.late(&root, round);
                Vec::new()
            }
            Job::Ask(question) => {
                corpora.ask(question);
                Vec::new()
            }
            Job::Early { key, answer } => {
                corpora.early(&key).and_then(|early| answer.send(early).err());
                Vec::new()
            }
            Job::Survey(answer) => {
                drop(answer.send(corpora.survey()));
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
