//! A long piece of work, seen from outside: how far it is, and whether anybody still wants it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// How far loading is. Shared between who works and who watches.
#[derive(Debug)]
pub struct Effort {
    most: usize,
    seen: AtomicUsize,
    found: AtomicUsize,
    read: AtomicUsize,
    cancelled: AtomicBool,
}

impl Default for Effort {
    fn default() -> Self {
        Self::up_to(Self::MOST)
    }
}

impl Effort {
    /// So many files and folders are looked at before a walk gives up: no corpus has as many, somebody's home folder has.
    pub const MOST: usize = 500_000;

    /// A walk that looks at no more than `most` files and folders.
    #[must_use]
    pub fn up_to(most: usize) -> Self {
        let none = || AtomicUsize::new(0);
        Self { most, seen: none(), found: none(), read: none(), cancelled: AtomicBool::new(false) }
    }

    /// Nobody wants it any more.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether nobody wants it any more.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Whether the walk was given up because there is too much.
    #[must_use]
    pub fn is_exceeded(&self) -> bool {
        self.seen.load(Ordering::Relaxed) > self.most
    }

    /// Files read, and files to be read.
    #[must_use]
    pub fn files(&self) -> (usize, usize) {
        (self.read.load(Ordering::Relaxed), self.found.load(Ordering::Relaxed))
    }

    /// Something was looked at; answers whether to go on.
    pub(super) fn saw(&self) -> bool {
        self.seen.fetch_add(1, Ordering::Relaxed) < self.most && !self.is_cancelled()
    }

    pub(super) fn found(&self, files: usize) {
        self.found.store(files, Ordering::Relaxed);
    }

    pub(super) fn read_one(&self) {
        self.read.fetch_add(1, Ordering::Relaxed);
    }
}
