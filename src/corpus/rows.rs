//! Numbered things in rows: a change copies one row of them, and snapshots share the rest.

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;

use super::postings::Postings;
use super::search::Keys;
use crate::text::Span;

/// Things of a row.
const ROW: usize = 256;

/// A numbered list of which copies are cheap, and changes to them too.
#[derive(Clone, Debug)]
pub(super) struct Rows<T> {
    rows: Arc<Vec<Arc<Row<T>>>>,
    len: usize,
}

/// Some things that follow each other.
#[derive(Debug)]
pub(super) struct Row<T> {
    things: Vec<T>,
    /// Their names folded for search, made when first asked for.
    keys: Arc<OnceLock<Keys>>,
    /// Of files: which of them name what, and by which version of the names.
    pub(super) postings: Mutex<Option<(u64, Arc<Postings>)>>,
}

impl<T: Clone> Clone for Row<T> {
    /// For a change, which names outlast and postings do not.
    fn clone(&self) -> Self {
        Self { things: self.things.clone(), keys: self.keys.clone(), postings: Mutex::default() }
    }
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { rows: Arc::default(), len: 0 }
    }
}

impl<T> Row<T> {
    /// Its things by their places in it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &T)> {
        self.things.iter().enumerate()
    }

    /// Their names folded for search, by `make` when nobody did that before. Two who ask at once both make them, and neither waits: one may
    /// be in the background, which runs when others let it.
    pub(super) fn keys(&self, make: impl FnOnce() -> Keys) -> &Keys {
        match self.keys.get() {
            Some(known) => known,
            None => {
                let made = make();
                self.keys.get_or_init(|| made)
            }
        }
    }
}

impl<T: Clone> Rows<T> {
    /// How many things.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// A thing.
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        let number = number as usize;
        self.rows.get(number / ROW)?.things.get(number % ROW)
    }

    /// Sets a thing; one past the end is not set.
    pub(super) fn set(&mut self, number: u32, thing: T) {
        let number = number as usize;
        if let Some(row) = Arc::make_mut(&mut self.rows).get_mut(number / ROW)
            && number % ROW < row.things.len()
        {
            let row = Arc::make_mut(row);
            row.things[number % ROW] = thing;
            *row.postings.get_mut() = None;
        }
    }

    /// The names of a thing changed: those of its row are folded again when they are searched. A row of an older state
    /// may share them, and fold its own later.
    pub(super) fn forget_keys(&mut self, number: u32) {
        if let Some(row) = Arc::make_mut(&mut self.rows).get_mut(number as usize / ROW)
            && (row.keys.get().is_some() || Arc::strong_count(&row.keys) > 1 || Arc::strong_count(row) > 1)
        {
            Arc::make_mut(row).keys = Arc::default();
        }
    }

    /// Adds a thing; answers its number.
    pub(super) fn push(&mut self, thing: T) -> u32 {
        let rows = Arc::make_mut(&mut self.rows);
        if self.len.is_multiple_of(ROW) {
            rows.push(Arc::new(Row { things: Vec::new(), keys: Arc::default(), postings: Mutex::default() }));
        }
        if let Some(row) = rows.last_mut() {
            Arc::make_mut(row).things.push(thing);
        }
        self.len += 1;
        Span::from(0..self.len - 1).end
    }

    /// All things, in order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.rows.iter().flat_map(|row| &row.things).enumerate().map(|(n, thing)| (Span::from(0..n).end, thing))
    }

    /// All rows, each with the number of its first thing.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &Row<T>)> {
        self.rows.iter().enumerate().map(|(n, row)| (Span::from(0..n * ROW).end, &**row))
    }

    /// Replaces every thing by what is made of it.
    pub(super) fn replace_all(&mut self, with: impl Fn(&T) -> T) {
        for row in Arc::make_mut(&mut self.rows) {
            let row = Arc::make_mut(row);
            *row.postings.get_mut() = None;
            for slot in &mut row.things {
                *slot = with(slot);
            }
        }
    }
}
