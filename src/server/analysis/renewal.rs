//! A corpus that takes in what takes long: a copy of it does, and the corpus serves as it was until the copy is there.
//!
//! See the front page of [`analysis`](super) for what is kept when. Here are the steps that wait for a copy, the one copy that is being
//! made, and the changes that came meanwhile; who is told of it all stands in `corpora`.

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};
use rayon::{ThreadPool, ThreadPoolBuilder};
use smol_str::SmolStr;

use super::corpora::{Seat, input};
use super::home::{Home, now};
use super::queue::{Job, Queue};
use crate::corpus::{Affected, Change, Corpus, FileInput, FileKind};
use crate::server::findings::Kept;
use crate::server::session::OpenText;
use crate::workspace::Workspace;

/// Records in fewer bytes are read within a moment.
const LONG: usize = 16 << 10;

/// So long the background leaves a renewal alone: who asks about the text that changed does so at once, and then it is not begun twice.
const PAUSE: Duration = Duration::from_millis(4);

/// What a corpus has yet to take in.
#[derive(Default)]
pub(super) struct Renewal {
    running: Option<Running>,
    /// What the copies after it will take in, one after the other.
    next: VecDeque<Next>,
}

/// A copy that is being made.
struct Running {
    number: u64,
    paths: Vec<SmolStr>,
    shown: Vec<Shown>,
    /// What the serving corpus has taken in meanwhile.
    meanwhile: Vec<Change>,
    work: Arc<Work>,
}

/// What a copy is made from.
struct Work {
    number: u64,
    root: PathBuf,
    round: u64,
    corpus: Corpus,
    workspace: Workspace,
    steps: BTreeMap<SmolStr, Step>,
    /// Whether somebody waits for it, so that the background leaves it to a thread ahead.
    awaited: Mutex<bool>,
    hurried: Condvar,
}

/// What a copy will take in: of each file the last that was told.
struct Next {
    number: u64,
    steps: BTreeMap<SmolStr, Step>,
    /// Somebody asked about a text as it is in it: what is told from now on is for the one after it.
    sealed: bool,
    /// Whether somebody waits for it.
    awaited: bool,
}

/// What becomes of one file.
#[derive(Clone)]
struct Step {
    what: What,
    shown: Option<Shown>,
}

#[derive(Clone)]
enum What {
    /// It is as an editor shows it.
    Shown(Box<OpenText>, Seat),
    /// It is as it lies on the disk.
    OnDisk(FileKind),
    /// It has been read.
    Read(Option<FileInput>),
}

/// A state of an open text.
#[derive(Clone)]
pub(super) struct Shown {
    /// What tells one opening of the text from another.
    pub kept: Arc<Kept>,
    /// The client's number of the state.
    pub version: i32,
}

/// A copy that has taken everything in.
pub(super) struct Renewed {
    corpus: Corpus,
    affected: Affected,
}

/// What a renewal came to.
pub(super) struct Swapped {
    /// What it touched, and what was touched meanwhile.
    pub affected: Affected,
    /// The states of open texts that the corpus holds now.
    pub shown: Vec<Shown>,
    /// The corpus as it was.
    pub before: Corpus,
}

impl Renewal {
    /// Whether a file has yet to be taken in.
    pub(super) fn holds(&self, path: &str) -> bool {
        self.number_of(path).is_some()
    }

    /// The renewal that will take in the last that was told of a file.
    pub(super) fn number_of(&self, path: &str) -> Option<u64> {
        let next = self.next.iter().rev().find(|next| next.steps.contains_key(path)).map(|next| next.number);
        next.or_else(|| self.running.as_ref().filter(|running| running.holds(path)).map(|running| running.number))
    }

    /// The renewal after which everything told so far is taken in.
    pub(super) fn last(&self) -> Option<u64> {
        self.next.back().map(|next| next.number).or_else(|| self.running.as_ref().map(|running| running.number))
    }

    /// Whether that renewal has not come to its end.
    pub(super) fn awaits(&self, number: u64) -> bool {
        self.running.as_ref().is_some_and(|r| r.number == number) || self.next.iter().any(|n| n.number == number)
    }

    /// Has that renewal keep what it takes in of a file, whatever is told of it later; `false` when it takes in nothing of it.
    pub(super) fn seal(&mut self, number: u64, path: &str) -> bool {
        if self.running.as_ref().is_some_and(|running| running.number == number && running.holds(path)) {
            return true;
        }
        let next = self.next.iter_mut().find(|next| next.number == number && next.steps.contains_key(path));
        next.is_some_and(|next| {
            next.sealed = true;
            true
        })
    }

    /// The states of open texts that are being taken in.
    pub(super) fn shown(&self) -> &[Shown] {
        self.running.as_ref().map_or(&[], |running| &running.shown)
    }
}

impl Running {
    fn holds(&self, path: &str) -> bool {
        self.paths.binary_search_by(|p| p.as_str().cmp(path)).is_ok()
    }
}

impl Home {
    /// Takes in a text as its editor shows it. `None`: that takes long, and waits for the next renewal.
    pub(super) fn show(&mut self, renewer: &mut Renewer, seat: &Seat, text: &OpenText, shown: Shown) -> Option<Affected> {
        if matches!(seat.kind, FileKind::Registry(_)) && text.size() >= LONG {
            let what = What::Shown(Box::new(text.clone()), seat.clone());
            self.put_off(renewer, seat.path.clone(), Step { what, shown: Some(shown) });
            return None;
        }
        let change = input(seat, text, Some(&self.corpus));
        self.take(renewer, change, Some(shown))
    }

    /// Takes in that a text of so many bytes is shown no longer.
    pub(super) fn unshow(&mut self, renewer: &mut Renewer, seat: &Seat, size: usize) -> Option<Affected> {
        let file = match seat.kind {
            FileKind::Config => self.workspace.config_file().and_then(|(_, file)| file),
            FileKind::Registry(_) if size >= LONG => {
                self.put_off(renewer, seat.path.clone(), Step { what: What::OnDisk(seat.kind), shown: None });
                return None;
            }
            kind => self.workspace.read_file(&seat.path, kind).ok(),
        };
        let config = (seat.kind == FileKind::Config).then(|| self.workspace.config.clone());
        self.take(renewer, Change { config, files: vec![(seat.path.clone(), file)] }, None)
    }

    /// Takes in what has been read; of an open text the state that is `shown`. `None`: all of it waits for the next renewal.
    pub(super) fn take(&mut self, renewer: &mut Renewer, change: Change, shown: Option<Shown>) -> Option<Affected> {
        let Change { config, files } = change;
        // What is told of a file comes after what was told of it before.
        let (later, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| self.renewal.holds(path));
        let now = Change { config, files };
        let is_long = now.config.is_none() && self.corpus.is_long(&now);
        let (later, now) = if is_long { (later.into_iter().chain(now.files).collect(), Change::default()) } else { (later, now) };
        for (path, input) in later {
            self.put_off(renewer, path, Step { what: What::Read(input), shown: shown.clone() });
        }
        if now.config.is_none() && now.files.is_empty() {
            return None;
        }
        if let Some(running) = &mut self.renewal.running {
            running.meanwhile.push(now.clone());
        }
        Some(self.corpus.apply(now))
    }

    fn put_off(&mut self, renewer: &mut Renewer, path: SmolStr, step: Step) {
        let all = &mut self.renewal.next;
        if all.back().is_none_or(|next| next.sealed) {
            all.push_back(Next { number: renewer.number(), steps: BTreeMap::new(), sealed: false, awaited: false });
        }
        if let Some(next) = all.back_mut() {
            next.steps.insert(path, step);
        }
    }

    /// Puts a copy in the place of the corpus. `None` when it is of another renewal than the one that is awaited.
    pub(super) fn swap(&mut self, number: u64, renewed: Renewed) -> Option<Swapped> {
        let Running { shown, meanwhile, .. } = self.renewal.running.take_if(|running| running.number == number)?;
        let Renewed { mut corpus, mut affected } = renewed;
        for change in meanwhile {
            affected.join(corpus.apply(change));
        }
        // A text edited meanwhile was looked at under the names as they were.
        affected.join(Affected { texts: affected.files.clone(), ..Affected::default() });
        corpus.set_occasion(now());
        let before = std::mem::replace(&mut self.corpus, corpus);
        Some(Swapped { affected, shown, before })
    }
}

/// Makes the copies, one at a time: in the background, or on a thread ahead of that when somebody waits.
pub(super) struct Renewer {
    background: Arc<ThreadPool>,
    ahead: ThreadPool,
    queue: Arc<Queue>,
    count: u64,
}

impl Renewer {
    /// Tells `queue` of every copy that is made.
    pub(super) fn start(background: Arc<ThreadPool>, queue: Arc<Queue>) -> std::io::Result<Self> {
        // A pool, for what it works on is done by pools: by this one, so that whoever waits for an answer finds the other cores free.
        let ahead = ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "lsp-renew".into());
        Ok(Self { background, ahead: ahead.build().map_err(std::io::Error::other)?, queue, count: 0 })
    }

    fn number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Begins to make the next copy of a corpus, unless nothing waits for it or one is being made.
    pub(super) fn begin(&self, root: &Path, home: &mut Home) {
        if home.renewal.running.is_some() {
            return;
        }
        let Some(Next { number, steps, awaited, .. }) = home.renewal.next.pop_front() else { return };
        // Files that are new meanwhile must not be numbered like these.
        for path in steps.keys() {
            home.corpus.reserve(path);
        }
        let paths = steps.keys().cloned().collect();
        let shown = steps.values().filter_map(|step| step.shown.clone()).collect();
        let (corpus, workspace, round) = (home.corpus.clone(), home.workspace.clone(), home.round);
        let (awaited, hurried) = (Mutex::new(awaited), Condvar::new());
        let work = Arc::new(Work { number, root: root.to_owned(), round, corpus, workspace, steps, awaited, hurried });
        if *work.awaited.lock() {
            self.make_ahead(work.clone());
        } else {
            self.make_behind(work.clone());
        }
        home.renewal.running = Some(Running { number, paths, shown, meanwhile: Vec::new(), work });
    }

    /// Somebody waits for renewals of these numbers: what of a corpus comes before and with them is made ahead.
    pub(super) fn hurry(&self, home: &mut Home, numbers: &[u64]) {
        let Some(last) = numbers.iter().copied().filter(|number| home.renewal.awaits(*number)).max() else { return };
        home.renewal.next.iter_mut().filter(|next| next.number <= last).for_each(|next| next.awaited = true);
        let Some(running) = &home.renewal.running else { return };
        if !std::mem::replace(&mut *running.work.awaited.lock(), true) {
            running.work.hurried.notify_all();
            self.make_ahead(running.work.clone());
        }
    }

    fn make_ahead(&self, work: Arc<Work>) {
        let queue = self.queue.clone();
        self.ahead.spawn(move || tell(&queue, work, |work| renewed(work, || true)));
    }

    fn make_behind(&self, work: Arc<Work>) {
        let queue = self.queue.clone();
        self.background.spawn(move || {
            let mut awaited = work.awaited.lock();
            if !*awaited {
                work.hurried.wait_for(&mut awaited, PAUSE);
            }
            let is_awaited = *awaited;
            drop(awaited);
            if !is_awaited {
                tell(&queue, work, |work| renewed(work, || !*work.awaited.lock()));
            }
        });
    }

    /// Lets go of something large, without anybody waiting for it.
    pub(super) fn discard(&self, what: impl Send + 'static) {
        self.background.spawn(move || drop(what));
    }
}

/// Makes a copy and tells of it, unless it was left to another thread.
fn tell(queue: &Queue, work: Arc<Work>, make: impl FnOnce(&Work) -> Option<Renewed>) {
    let made = catch_unwind(AssertUnwindSafe(|| make(&work)));
    let (root, round, number) = (work.root.clone(), work.round, work.number);
    // Let go of before the queue is told: whoever has it last frees the room that it takes.
    drop(work);
    match made {
        Ok(None) => {}
        Ok(Some(renewed)) => queue.push(Job::Renewed { root, round, number, renewed: Some(Box::new(renewed)) }),
        Err(_panic) => queue.push(Job::Renewed { root, round, number, renewed: None }),
    }
}

/// The copy; `None` when `go_on` says that another thread makes it.
fn renewed(work: &Work, go_on: impl Fn() -> bool) -> Option<Renewed> {
    let mut corpus = work.corpus.clone();
    let mut change = Change::default();
    for (path, step) in work.steps.clone() {
        let file = match step.what {
            What::Shown(text, seat) => {
                change.files.extend(input(&seat, &text, Some(&corpus)).files);
                continue;
            }
            What::OnDisk(kind) => work.workspace.read_file(&path, kind).ok(),
            What::Read(input) => input,
        };
        change.files.push((path, file));
    }
    if !go_on() {
        return None;
    }
    let affected = corpus.apply(change);
    if !go_on() {
        return None;
    }
    // What lists of names and records are made of: whoever asks first would have to wait for it.
    let snapshot = corpus.snapshot();
    snapshot.fold_names();
    work.steps.keys().filter_map(|path| snapshot.file_at(path)).for_each(|file| snapshot.place_records(file));
    Some(Renewed { corpus, affected })
}

#[cfg(test)]
mod tests;
