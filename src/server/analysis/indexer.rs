//! What every file names, worked out while nobody waits for it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};
use rayon::ThreadPool;
use tokio::sync::Notify;

use crate::corpus::Snapshot;
use crate::server::trace::Trace;

/// How long nothing must have changed: who types an alias changes the names with every key.
const QUIET: Duration = Duration::from_millis(300);

/// Has corpora indexed in the background, by a thread that waits until something is to do. Dropping it ends the thread.
pub(super) struct Indexer {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    work: Mutex<Work>,
    changed: Condvar,
}

#[derive(Default)]
struct Work {
    /// The corpora to be indexed, by their folders, as they were last.
    waiting: HashMap<PathBuf, Snapshot>,
    /// How far each was when it was last worked at: files of which it is known what they name, and all.
    progress: HashMap<PathBuf, (usize, usize)>,
    closed: bool,
}

impl Indexer {
    /// Starts the thread; `news` is rung when a corpus is indexed.
    pub(super) fn start(background: Arc<ThreadPool>, trace: Trace, news: Arc<Notify>) -> std::io::Result<Self> {
        let shared = Arc::<Shared>::default();
        let own = shared.clone();
        std::thread::Builder::new().name("lsp-index".into()).spawn(move || own.run(&background, &trace, &news))?;
        Ok(Self { shared })
    }

    /// A corpus was read, or something is called otherwise in it: what its files name has to be worked out (again).
    pub(super) fn wake(&self, root: &Path, snapshot: Snapshot) {
        let mut work = self.shared.work.lock();
        work.progress.entry(root.to_owned()).or_default();
        work.waiting.insert(root.to_owned(), snapshot);
        drop(work);
        self.shared.changed.notify_one();
    }

    /// Files of a corpus of which it is known what they name, and all; none before it was begun.
    pub(super) fn progress(&self, root: &Path) -> (usize, usize) {
        self.shared.work.lock().progress.get(root).copied().unwrap_or_default()
    }

    /// The same for somebody who looks again and again; `None` once that is nobody's business any more: all is known, or the corpus gone.
    pub(super) fn watch(&self, root: &Path) -> impl Fn() -> Option<(usize, usize)> + Send + 'static {
        // Weak: who looks must not keep the thread's work alive.
        let (shared, root) = (Arc::downgrade(&self.shared), root.to_owned());
        move || {
            let shared = shared.upgrade()?;
            let work = shared.work.lock();
            let (done, all) = work.progress.get(&root).copied()?;
            (!work.closed && done < all.max(1)).then_some((done, all))
        }
    }

    /// A corpus was let go.
    pub(super) fn forget(&self, root: &Path) {
        let mut work = self.shared.work.lock();
        work.waiting.remove(root);
        work.progress.remove(root);
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        self.shared.work.lock().closed = true;
        self.shared.changed.notify_one();
    }
}

impl Shared {
    fn run(&self, background: &ThreadPool, trace: &Trace, news: &Notify) {
        while let Some((root, snapshot)) = self.next() {
            let (all, left) = snapshot.files().fold((0, 0), |(all, left), (_, file)| {
                let open = file.held.is_some();
                (all + 1, left + usize::from(!open && !snapshot.is_indexed(file)))
            });
            let mut done = all - left;
            let go_on = || {
                // Names that have been edited meanwhile are taken in between two files.
                rayon::yield_now();
                self.tell(&root, (done, all));
                done = (done + 1).min(all);
                let work = self.work.lock();
                !work.closed && !work.waiting.contains_key(&root)
            };
            // Names first: they are looked for by the first letter that somebody types, and cost a moment.
            let work = || {
                snapshot.fold_names();
                let came_to_its_end = snapshot.index(go_on);
                let _ = came_to_its_end.then(|| snapshot.count_popularity());
                came_to_its_end
            };
            let work = || {
                // Here, not in the background: who asks about an open text waits for whoever reads it.
                snapshot.read_held();
                background.install(work)
            };
            match catch_unwind(AssertUnwindSafe(work)) {
                Ok(came_to_its_end) => {
                    if came_to_its_end {
                        self.tell(&root, (all, all));
                    }
                    trace.step(|| (format!("indexed {}", root.display()), String::new()));
                    news.notify_one();
                }
                Err(_panic) => {
                    tracing::error!("{} could not be indexed", root.display());
                    // Nobody is to wait for more.
                    self.tell(&root, (all, all));
                }
            }
        }
    }

    /// So far it is with a corpus, unless that was let go.
    fn tell(&self, root: &Path, progress: (usize, usize)) {
        if let Some(known) = self.work.lock().progress.get_mut(root) {
            *known = progress;
        }
    }

    /// The next corpus, once no other change has come for a while; `None` at the end.
    fn next(&self) -> Option<(PathBuf, Snapshot)> {
        let mut work = self.work.lock();
        while !work.closed && work.waiting.is_empty() {
            self.changed.wait(&mut work);
        }
        while !work.closed && !self.changed.wait_for(&mut work, QUIET).timed_out() {}
        if work.closed {
            return None;
        }
        let root = work.waiting.keys().min()?.clone();
        work.waiting.remove_entry(&root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Change, Corpus, FileInput, FileKind, Symbol, Texts};
    use crate::server::background;
    use crate::server::transport::Outbox;
    use crate::syntax::Format;

    struct Shelf;

    impl Texts for Shelf {
        fn text(&self, _: &str) -> Option<Arc<str>> {
            Some(Arc::from("See [[b]].\n"))
        }
    }

    #[test]
    fn a_corpus_is_indexed_by_and_by() {
        let mut corpus = Corpus::new(Arc::new(Shelf));
        let file = |path: &str| (path.into(), Some(FileInput::closed(path, FileKind::Text(Format::Markdown), "See [[b]].\n")));
        corpus.apply(Change { config: None, files: vec![file("a.md"), file("b.md")] });
        let snapshot = corpus.snapshot();
        let indexer =
            Indexer::start(background::start().expect("a thread"), Trace::new(Outbox::default()), Arc::default()).expect("a thread");
        let symbol = Symbol::Text(snapshot.file_at("b.md").expect("a text"), None);
        assert_eq!(snapshot.count_of(&symbol), None);
        indexer.wake(Path::new("/a"), snapshot.clone());
        let indexed = (0..500).any(|_| {
            std::thread::park_timeout(Duration::from_millis(10));
            snapshot.count_of(&symbol) == Some(2)
        });
        assert!(indexed);
        assert_eq!((indexer.progress(Path::new("/a")).1, indexer.progress(Path::new("/b"))), (2, (0, 0)));
        assert_eq!(indexer.watch(Path::new("/b"))(), None);
    }
}
