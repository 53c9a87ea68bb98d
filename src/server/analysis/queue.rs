//! What happens, in order.

use std::collections::VecDeque;
use std::path::PathBuf;

use parking_lot::{Condvar, Mutex};
use tokio::sync::oneshot;

use super::home::{Loaded, Reread};
use super::renewal::Renewed;
use super::{Early, Found, Survey, World};
use crate::server::publish::Edit;
use crate::server::session::OpenText;
use crate::server::uri::TextKey;

/// Something that happens to the corpora, or a question to them.
pub(super) enum Job {
    /// A text was opened or changed.
    Put {
        /// The text.
        key: TextKey,
        /// What it is now.
        text: OpenText,
        /// The edit that made it so.
        edit: Edit,
    },
    /// A text was closed: what lies on the disk counts again.
    Close {
        /// The text.
        key: TextKey,
    },
    /// A folder was opened in the editor: its corpus will be asked for.
    Folder(PathBuf),
    /// A folder was taken out of the editor.
    NoFolder(PathBuf),
    /// Files changed on the disk.
    Disk(Vec<PathBuf>),
    /// A corpus has been read; `None`: called off.
    Loaded {
        /// Its folder.
        root: PathBuf,
        /// Which reading it was.
        round: u64,
        /// What was read.
        loaded: Option<Box<Loaded>>,
    },
    /// A corpus has been waited for long enough.
    Late {
        /// Its folder.
        root: PathBuf,
        /// Which reading it is.
        round: u64,
    },
    /// Files have been read again; `None` when that failed.
    Reread {
        /// The folder of their corpus.
        root: PathBuf,
        /// Which reading of the corpus they belong to.
        round: u64,
        /// What was read.
        read: Option<Box<Reread>>,
    },
    /// A copy of a corpus has taken in what takes long.
    Renewed {
        /// The folder of the corpus.
        root: PathBuf,
        /// Which reading of the corpus it belongs to.
        round: u64,
        /// Which renewal it is.
        number: u64,
        /// The copy; `None` when that failed.
        renewed: Option<Box<Renewed>>,
    },
    /// A question.
    Ask(Question),
    /// A question about a text whose corpus may not be there yet: the sender is dropped when it is.
    Early {
        /// The text.
        key: TextKey,
        /// Takes what is known before.
        answer: oneshot::Sender<Early>,
    },
    /// Somebody wants to know how it stands. It keeps no states of a text apart: whichever is there will do.
    Survey(oneshot::Sender<Vec<Survey>>),
}

/// A question to the corpora.
#[derive(Debug)]
pub(super) enum Question {
    /// About a text; the sender is dropped when no corpus has it.
    About {
        /// The text.
        key: TextKey,
        /// Whether its answer must stand on all that was told before, names included: it makes edits.
        settled: bool,
        /// Takes the corpus round it.
        answer: oneshot::Sender<Found>,
    },
    /// About every corpus.
    All {
        /// The same.
        settled: bool,
        /// Takes them.
        answer: oneshot::Sender<Vec<World>>,
    },
}

impl Question {
    /// Whether nobody waits for the answer any more.
    pub(super) fn is_closed(&self) -> bool {
        match self {
            Self::About { answer, .. } => answer.is_closed(),
            Self::All { answer, .. } => answer.is_closed(),
        }
    }
}

/// Jobs that wait.
#[derive(Default)]
pub(super) struct Queue {
    jobs: Mutex<Jobs>,
    changed: Condvar,
}

#[derive(Default)]
struct Jobs {
    waiting: VecDeque<Job>,
    closed: bool,
}

impl Queue {
    /// Adds a job. A text put again takes the place of the one that waits, unless somebody asked in between.
    pub(super) fn push(&self, job: Job) {
        let mut jobs = self.jobs.lock();
        match (job, &mut jobs.waiting) {
            (Job::Put { key, text, edit }, waiting) => match superseded(waiting, &key) {
                Some(old) => *old = Job::Put { key, text, edit },
                None => waiting.push_back(Job::Put { key, text, edit }),
            },
            (job, waiting) => waiting.push_back(job),
        }
        drop(jobs);
        self.changed.notify_one();
    }

    /// The next job, waiting for one; `None` when the queue is closed. Questions nobody waits for any more are passed over.
    pub(super) fn next(&self) -> Option<Job> {
        let mut jobs = self.jobs.lock();
        loop {
            if jobs.closed {
                return None;
            }
            match jobs.waiting.pop_front() {
                Some(Job::Ask(question)) if question.is_closed() => {}
                Some(job) => return Some(job),
                None => self.changed.wait(&mut jobs),
            }
        }
    }

    /// Lets the thread end; what waits is dropped.
    pub(super) fn close(&self) {
        self.jobs.lock().closed = true;
        self.changed.notify_all();
    }
}

/// The job that a newer state of the text makes needless.
fn superseded<'q>(waiting: &'q mut VecDeque<Job>, text: &TextKey) -> Option<&'q mut Job> {
    for job in waiting.iter_mut().rev() {
        match job {
            Job::Put { key, .. } if key == text => return Some(job),
            Job::Ask(question) if !question.is_closed() => return None,
            Job::Close { key } if key == text => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use tower_lsp::ls_types::Uri;

    use super::*;
    use crate::server::session::Session;
    use crate::text::Encoding;

    fn put(uri: &str, version: i32) -> Job {
        let uri = Uri::from_str(uri).expect("an address");
        let key = TextKey::of(&uri);
        let text = Session::new(Encoding::Utf8).open(uri, version, "").clone();
        Job::Put { key, text, edit: Edit::default() }
    }

    fn ask() -> (Job, oneshot::Receiver<Found>) {
        let (answer, asked) = oneshot::channel();
        (Job::Ask(Question::About { key: TextKey::Other("a:".into()), settled: false, answer }), asked)
    }

    fn told(queue: &Queue) -> Vec<String> {
        queue.push(Job::Disk(Vec::new()));
        let next = || match queue.next() {
            Some(Job::Put { text, .. }) => Some(format!("{}{}", text.uri.as_str(), text.version)),
            Some(Job::Ask(_)) => Some("?".into()),
            _ => None,
        };
        std::iter::from_fn(next).collect()
    }

    #[test]
    fn a_newer_state_takes_the_place_of_one_nobody_asked_about() {
        let queue = Queue::default();
        let (question, _asked) = ask();
        for job in [put("a:", 1), put("b:", 1), put("a:", 2), question, put("a:", 3), put("a:", 4), put("b:", 2)] {
            queue.push(job);
        }
        assert_eq!(told(&queue), ["a:2", "b:1", "?", "a:4", "b:2"]);
    }

    #[test]
    fn a_question_taken_back_keeps_nothing_apart() {
        let queue = Queue::default();
        queue.push(put("a:", 1));
        let (question, asked) = ask();
        queue.push(question);
        drop(asked);
        queue.push(put("a:", 2));
        assert_eq!(told(&queue), ["a:2"]);
    }
}
