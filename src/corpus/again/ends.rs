//! How much of two lists is the same.

use crate::text::Span;

/// How much of a list is the same from its beginning and from its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ends {
    /// How many at the beginning.
    pub(super) front: usize,
    /// The first of those at the end, in the old list.
    pub(super) old_back: usize,
    /// The same in the new list.
    pub(super) new_back: usize,
}

impl Ends {
    /// Of two lists.
    pub(super) fn of<T>(old: &[T], new: &[T], is_same: impl Fn(&T, &T) -> bool) -> Self {
        let front = old.iter().zip(new).take_while(|(a, b)| is_same(a, b)).count();
        let rest = old[front..].iter().rev().zip(new[front..].iter().rev());
        let back = rest.take_while(|(a, b)| is_same(a, b)).count();
        Self { front, old_back: old.len() - back, new_back: new.len() - back }
    }

    /// Where an index is now; `None` when it is of neither end.
    pub(super) fn moved(&self, old: u32) -> Option<u32> {
        let index = old as usize;
        let behind = index.checked_sub(self.old_back).map(|i| Span::from(0..self.new_back + i).end);
        if index < self.front { Some(old) } else { behind }
    }
}
