//! Which files of a row name what, so that nobody asks each.
//!
//! Eight bytes a name and file: forty bits of the name's hash, the file's place in its row, how many places. Whoever asks for the
//! places looks into the file, so two names of one hash find nothing false.

use std::sync::Arc;

use rayon::prelude::*;
use smol_str::SmolStr;
use xxhash_rust::xxh3::xxh3_64;

use super::rows::Row;
use super::{FileId, FileState, Snapshot, Uses};
use crate::text::Span;

/// Which files of a row name what.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings(Box<[u64]>);

/// Bits of the count.
const COUNT: u32 = 16;

/// Bits of the count and the place.
const BELOW: u32 = COUNT + 8;

impl Postings {
    fn of(files: impl Iterator<Item = (usize, [Option<Arc<Uses>>; 2])>) -> Self {
        let mut all = Vec::new();
        for (place, uses) in files {
            for group in uses.iter().flatten().flat_map(|u| u.groups()) {
                let count = u64::from(group.count).min((1 << COUNT) - 1);
                all.push(key(group.name) | (place as u64 & 0xff) << COUNT | count);
            }
        }
        all.sort_unstable();
        Self(all.into())
    }

    /// The places in the row of the files that name it, in order, each with how often; a place comes twice when it names it by marks and
    /// in plain words.
    fn files(&self, name: &str) -> impl Iterator<Item = (u32, u32)> {
        let key = key(name);
        let from = self.0.partition_point(|&p| p < key);
        let of_name = self.0[from..].iter().take_while(move |&&p| p >> BELOW == key >> BELOW);
        of_name.map(|&p| ((p >> COUNT & 0xff) as u32, (p & ((1 << COUNT) - 1)) as u32))
    }
}

/// The file at a place of a row.
fn nth(first: u32, place: usize) -> FileId {
    FileId(first + Span::from(0..place).end)
}

fn key(name: &str) -> u64 {
    xxh3_64(name.as_bytes()) >> BELOW << BELOW
}

/// Files of a row that may name something.
pub(super) enum Using {
    /// These, and how many places.
    Known(Vec<FileId>, u32),
    /// Not all have been read for it: each has to be asked.
    Unknown(Vec<FileId>),
}

impl Snapshot {
    /// Row by row the files that name any of these.
    pub(super) fn using(&self, names: &[SmolStr]) -> impl Iterator<Item = Using> {
        self.names().tell_whole();
        self.files.rows().map(move |(first, row)| {
            let Some(postings) = self.postings(first, row) else {
                return Using::Unknown(row.iter().filter(|(_, f)| f.is_some()).map(|(n, _)| nth(first, n)).collect());
            };
            let mut count = 0;
            let mut files: Vec<FileId> = Vec::new();
            for (place, of_file) in names.iter().flat_map(|name| postings.files(name)) {
                count += of_file;
                files.push(FileId(first + place));
            }
            files.sort_unstable();
            files.dedup();
            Using::Known(files, count)
        })
    }

    /// Those of a row; `None` while a closed file of it has not been read for them.
    fn postings(&self, first: u32, row: &Row<Option<Arc<FileState>>>) -> Option<Arc<Postings>> {
        let version = self.names().version();
        if let Some((_, known)) = row.postings.lock().as_ref().filter(|(of, _)| *of == version) {
            return Some(known.clone());
        }
        let files = || row.iter().filter_map(|(n, f)| Some((n, f.as_deref()?)));
        if files().any(|(_, f)| f.held.is_none() && !self.is_indexed(f)) {
            return None;
        }
        let made = Arc::new(Postings::of(files().map(|(n, _)| (n, self.all_of(nth(first, n))))));
        *row.postings.lock() = Some((version, made.clone()));
        Some(made)
    }

    /// Works out what every closed file names, so that nobody waits for it later; `go_on` is asked before each file and answers whether
    /// to. Answers whether it came to the end.
    pub fn index(&self, mut go_on: impl FnMut() -> bool) -> bool {
        for (id, file) in self.files().filter(|(_, f)| f.held.is_none() && !self.is_indexed(f)) {
            if !go_on() {
                return false;
            }
            // A file that cannot be read any more names nothing.
            if self.all_of(id).iter().all(Option::is_none) {
                file.give_up(self.names().version());
            }
        }
        self.files.rows().for_each(|(first, row)| drop(self.postings(first, row)));
        true
    }

    /// Works out what open texts mean: by them it is known what they name.
    pub fn read_held(&self) {
        self.held.iter().for_each(|id| drop(self.annotations(*id)));
    }

    /// Works out what every file names, on all cores, for somebody who waits for it.
    pub fn index_now(&self) {
        let unread: Vec<FileId> = self.files().filter(|(_, file)| !self.is_indexed(file)).map(|(id, _)| id).collect();
        unread.par_iter().for_each(|id| drop(self.all_of(*id)));
        self.index(|| true);
    }

    /// All files that may name any of these, each read when it was not yet.
    pub(super) fn candidates(&self, names: &[SmolStr]) -> Vec<FileId> {
        let mut out = Vec::new();
        for using in self.using(names) {
            match using {
                Using::Known(files, _) => out.extend(files),
                Using::Unknown(files) => {
                    files.par_iter().for_each(|id| drop(self.all_of(*id)));
                    out.extend(files);
                }
            }
        }
        out
    }
}
