//! All files by their numbers, in rows: a change copies one row of them.

use std::sync::{Arc, OnceLock};

use super::search::Keys;
use super::{FileId, FileState};
use crate::text::Span;

/// Files of a row.
const ROW: usize = 256;

/// All files of a corpus; copies are cheap, and so are changes to them.
#[derive(Clone, Debug, Default)]
pub(super) struct Files {
    rows: Arc<Vec<Arc<Row>>>,
    len: usize,
}

/// Some files that follow each other.
#[derive(Debug, Default)]
pub(super) struct Row {
    slots: Vec<Option<Arc<FileState>>>,
    /// Their names folded for search, made when first asked for.
    pub(super) keys: OnceLock<Keys>,
}

impl Clone for Row {
    /// For a change: what was made of the old files is not taken along.
    fn clone(&self) -> Self {
        Self { slots: self.slots.clone(), keys: OnceLock::new() }
    }
}

impl Row {
    /// Its files by their places in it.
    pub(super) fn files(&self) -> impl Iterator<Item = (usize, &FileState)> {
        self.slots.iter().enumerate().filter_map(|(n, f)| Some((n, f.as_deref()?)))
    }
}

impl Files {
    /// A file, unless it is gone.
    pub(super) fn get(&self, id: FileId) -> Option<&Arc<FileState>> {
        let number = id.0 as usize;
        self.rows.get(number / ROW)?.slots.get(number % ROW)?.as_ref()
    }

    /// Sets a file, or takes it out.
    pub(super) fn set(&mut self, id: FileId, file: Option<Arc<FileState>>) {
        let number = id.0 as usize;
        if let Some(row) = Arc::make_mut(&mut self.rows).get_mut(number / ROW)
            && let Some(slot) = Arc::make_mut(row).slots.get_mut(number % ROW)
        {
            *slot = file;
        }
    }

    /// A number that no file has had.
    pub(super) fn add(&mut self) -> FileId {
        let rows = Arc::make_mut(&mut self.rows);
        if self.len.is_multiple_of(ROW) {
            rows.push(Arc::default());
        }
        if let Some(row) = rows.last_mut() {
            Arc::make_mut(row).slots.push(None);
        }
        self.len += 1;
        FileId(Span::from(0..self.len - 1).end)
    }

    /// All files, in order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (FileId, &Arc<FileState>)> {
        let slots = self.rows.iter().flat_map(|row| &row.slots).enumerate();
        slots.filter_map(|(n, f)| Some((FileId(Span::from(0..n).end), f.as_ref()?)))
    }

    /// All rows, each with the number of its first file.
    pub(super) fn rows(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.rows.iter().enumerate().map(|(n, row)| (Span::from(0..n * ROW).end, &**row))
    }

    /// Replaces every file by what is made of it.
    pub(super) fn replace_all(&mut self, with: impl Fn(&FileState) -> FileState) {
        for row in Arc::make_mut(&mut self.rows) {
            for slot in &mut Arc::make_mut(row).slots {
                *slot = slot.as_deref().map(|file| Arc::new(with(file)));
            }
        }
    }
}
