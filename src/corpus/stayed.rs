//! What an edit left alone.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::text::Span;

/// The parts of a text in which annotations are those of an earlier state of it: all that begins and ends there is the
/// same, its marks and their faults, what is named and what it means, who speaks, what is claimed and what supports it.
/// Behind the edit it lies [`Stayed::by`] bytes further on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stayed {
    /// The number of the earlier annotations.
    pub of: u64,
    /// Bytes at the beginning, the same in both.
    pub front: u32,
    /// Bytes at the end, the same in both.
    pub back: u32,
    /// Length of the earlier text in bytes.
    pub was: u32,
    /// Length of the text in bytes.
    pub is: u32,
}

impl Stayed {
    /// By how many bytes what lies behind was moved, in wrapping arithmetic.
    #[must_use]
    pub const fn by(&self) -> u32 {
        self.is.wrapping_sub(self.was)
    }

    /// The bytes of the text in which something may be new.
    #[must_use]
    pub const fn new_bytes(&self) -> Span {
        Span::new(self.front, self.is.saturating_sub(self.back))
    }

    /// The bytes of the earlier text that are gone.
    #[must_use]
    pub const fn old_bytes(&self) -> Span {
        Span::new(self.front, self.was.saturating_sub(self.back))
    }
}

/// A number that no annotations had before.
pub(super) fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
