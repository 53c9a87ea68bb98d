//! Checks of open texts, on threads of their own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::World;
use crate::corpus::FileId;
use crate::server::capabilities::Agreed;
use crate::server::findings::Kept;
use crate::server::publish::{Edit, Publisher, Ticket};
use crate::server::session::OpenText;
use crate::server::trace::Trace;
use crate::server::uri::TextKey;

/// One open text to be checked.
pub(super) struct Check {
    /// The corpus it stands in.
    pub world: World,
    /// The text in it.
    pub file: FileId,
    /// What it is known by.
    pub key: TextKey,
    /// The text itself.
    pub text: OpenText,
    /// The edit that made it so.
    pub edit: Edit,
    /// What is kept of its findings.
    pub kept: Arc<Kept>,
}

/// Begins checks.
pub(super) struct Checks {
    workers: Arc<ThreadPool>,
    publisher: Arc<Publisher>,
    agreed: Agreed,
    trace: Trace,
}

impl Checks {
    pub(super) fn new(workers: Arc<ThreadPool>, publisher: Arc<Publisher>, agreed: Agreed, trace: Trace) -> Self {
        Self { workers, publisher, agreed, trace }
    }

    /// Threads for checks. One core is left to whoever waits for an answer.
    pub(super) fn workers() -> std::io::Result<Arc<ThreadPool>> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers = ThreadPoolBuilder::new().num_threads(cores.saturating_sub(1).max(1)).thread_name(|n| format!("lsp-check-{n}"));
        workers.build().map(Arc::new).map_err(std::io::Error::other)
    }

    /// Checks a text, and publishes what is found unless the text changes meanwhile. A client that asks is not told unasked; but a text
    /// is read whole when it is opened, so that the first answer, and with it the first key, need not wait for that.
    pub(super) fn begin(&self, check: Check) {
        if self.agreed.pulls {
            if check.kept.is_new() {
                self.workers.spawn(move || {
                    if catch_unwind(AssertUnwindSafe(|| check.kept.prepare(&check.world, check.file))).is_err() {
                        tracing::error!("{} could not be checked", check.text.uri.as_str());
                    }
                });
            }
            return;
        }
        let Some(ticket) = self.publisher.ticket(&check.key, check.edit) else { return };
        let (publisher, agreed, trace) = (self.publisher.clone(), self.agreed, self.trace.clone());
        self.workers.spawn(move || {
            // A panic that left the worker would end the process.
            if catch_unwind(AssertUnwindSafe(|| run(&check, &ticket, &publisher, agreed, &trace))).is_err() {
                tracing::error!("{} could not be checked", check.text.uri.as_str());
            }
        });
    }
}

fn run(check: &Check, ticket: &Ticket, publisher: &Publisher, agreed: Agreed, trace: &Trace) {
    if !publisher.is_current(ticket) {
        return;
    }
    let mut items = Vec::new();
    check.kept.write(&check.world, check.file, agreed, &mut items);
    publisher.publish(ticket, &check.text.uri, check.text.version, &items);
    trace.step(|| (format!("checked {}", check.text.uri.as_str()), format!("version {}", check.text.version)));
}
