//! A run whose arguments and files are those of an earlier one prints what that one printed.

use std::io::{self, Read, Write};

use lz4_flex::frame::{BlockMode, BlockSize, FrameDecoder, FrameEncoder, FrameInfo};

use super::Outcome;
use crate::workspace::Cache;
use crate::workspace::cache::Keeping;

/// Where the output of a run is kept: all that was printed, packed (findings say much the same: a seventh is left), and in the last
/// byte how it ended.
pub(super) struct Replay {
    cache: Cache,
    name: String,
    key: u128,
    keeping: Option<FrameEncoder<Keeping>>,
}

impl Replay {
    /// Of the run of that key; of all runs of one `name` the last is kept.
    pub(super) fn new(cache: Cache, name: u128, key: u128) -> Self {
        Self { cache, name: format!("{name:032x}.out"), key, keeping: None }
    }

    /// Prints what was kept, and tells how that run ended.
    pub(super) fn play(&self, out: &mut dyn Write) -> io::Result<Option<Outcome>> {
        let Some(mut kept) = self.cache.get(&self.name, self.key) else { return Ok(None) };
        let Some(packed) = kept.len().checked_sub(1) else { return Ok(None) };
        io::copy(&mut FrameDecoder::new((&mut kept).take(packed)), out)?;
        let end = kept.part(packed, 1)?;
        Ok(Some(if end == [Outcome::Clean.status()] { Outcome::Clean } else { Outcome::Findings }))
    }

    /// From now on what is printed is kept. A cache that cannot be written is none, and nobody needs to know.
    pub(super) fn begin(&mut self) {
        let shape = FrameInfo::new().block_size(BlockSize::Max256KB).block_mode(BlockMode::Linked);
        self.keeping = self.cache.put(&self.name, self.key).ok().map(|keeping| FrameEncoder::with_frame_info(shape, keeping));
    }

    /// Keeps some of what is printed.
    pub(super) fn copy(&mut self, bytes: &[u8]) {
        if self.keeping.as_mut().is_some_and(|keeping| keeping.write_all(bytes).is_err()) {
            self.keeping = None;
        }
    }

    /// All is printed.
    pub(super) fn end(self, outcome: Outcome) {
        let Some(Ok(mut keeping)) = self.keeping.map(FrameEncoder::finish) else { return };
        if keeping.write_all(&[outcome.status()]).and_then(|()| keeping.done()).is_ok() {
            self.cache.tidy();
        }
    }
}
