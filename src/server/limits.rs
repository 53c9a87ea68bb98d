//! What a server allows itself.

use std::time::Duration;

use crate::workspace::Effort;

/// How much is read, and how long is waited; other figures than the usual ones are for tests.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// So many files and folders are looked at for one corpus; of what is more the client is told.
    pub entries: usize,
    /// How long reading a corpus takes before the client is told of it.
    pub short: Duration,
    /// How long questions wait for a corpus, from when its reading began.
    pub patience: Duration,
    /// Whether what is read of a corpus is kept for the next start, in the user's cache folder.
    pub remembers: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { entries: Effort::MOST, short: Duration::from_secs(1), patience: Duration::from_secs(2), remembers: false }
    }
}
