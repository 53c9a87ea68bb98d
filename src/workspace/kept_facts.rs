//! What was read of a corpus, kept for the next start of a server.
//!
//! For each file its [`Stamp`] and its [`Facts`], which follow from its path, its kind and its characters alone: neither settings
//! nor other files have a part in them, so that a file that bears its stamp need not be read to know them. What a start makes of kept
//! facts is what it would make of the files. A file with faults is read at every start: of it is kept what it defines.
//!
//! Kept is one thing for each root, whole or not there, see [`Cache`]. It is written when a start had to read much that is not in it; a
//! file changed since is read at every start till then.
//!
//! # Before a corpus is read
//!
//! A start lists all files to see which are as they were. What an id leads to can be told before ([`KeptPlaces::defining`]): from the files
//! that defined it, when they are as they were, and so are all lists of records and all folders, so that no file came or went. What
//! that passes over is a text that was rewritten in its place and defines the same id once more: the definition found is one, and the other
//! is found with it as soon as the corpus is there.
//!
//! The thing is the facts of each file, one after the other; then the table of files, and where it begins; then what that needs ([`places`]).

mod places;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use xxhash_rust::xxh3::xxh3_128;

pub use places::KeptPlaces;

use super::stamp::Stamp;
use super::{Cache, cache, cache_folder};
use crate::corpus::{Facts, FileKind};

/// Another one whenever facts or their shape are others for the same characters, beyond what the program's version and its making tell.
const SHAPE: &str = "2";

/// Bytes that must have been read anew for it to be worth writing all again.
const MUCH: u64 = 64 << 10;

/// What is known of one file.
#[derive(Debug, Serialize, Deserialize)]
struct Row {
    path: SmolStr,
    kind: FileKind,
    stamp: Stamp,
    /// Whether its facts are all that is known of it: it has no faults.
    whole: bool,
    /// Where its facts stand, behind its head.
    start: u64,
    len: u32,
}

/// All that is kept, facts aside.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Table {
    /// In order of path.
    rows: Vec<Row>,
}

/// What was read of a corpus before.
#[derive(Debug, Default)]
pub struct KeptFacts {
    bytes: Vec<u8>,
    table: Table,
}

/// A file that was read, for keeping.
#[derive(Clone, Debug)]
pub struct ToKeep {
    /// Relative to the root.
    pub path: SmolStr,
    /// As what it was read.
    pub kind: FileKind,
    /// Its state before it was read.
    pub stamp: Stamp,
    /// What it defines.
    pub facts: Arc<Facts>,
    /// Whether it has no faults, which are not kept.
    pub whole: bool,
}

/// What is to be kept of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Keepable {
    /// Every file that can be kept, in order of path.
    pub files: Vec<ToKeep>,
    /// The folders that were looked into, as they were; none when that cannot be told of one, or when a file that defines records is not
    /// among the files.
    pub folders: Vec<(PathBuf, Stamp)>,
    /// Bytes of those that were not kept before.
    pub news: u64,
}

/// The kept facts of all corpora.
#[must_use]
pub fn cache() -> Cache {
    Cache::in_folder(cache_folder().join("facts"))
}

impl KeptFacts {
    /// What `cache` holds of the corpus at `root`; nothing when anything is amiss.
    #[must_use]
    pub fn read(cache: &Cache, root: &Path) -> Self {
        Self::whole(cache, root).unwrap_or_default()
    }

    fn whole(cache: &Cache, root: &Path) -> Option<Self> {
        let bytes = cache.whole(&name(root), key())?;
        let (rest, start) = bytes.split_last_chunk()?;
        let table: Table = postcard::from_bytes(rest.get(usize::try_from(u64::from_le_bytes(*start)).ok()?..)?).ok()?;
        // A thing that is whole is in order; it is looked up in it.
        table.rows.is_sorted_by(|a, b| a.path < b.path).then_some(Self { bytes, table })
    }

    /// The facts of a file in that state; `None` when they are not known.
    #[must_use]
    pub fn of(&self, path: &str, kind: FileKind, stamp: Stamp) -> Option<Facts> {
        let row = self.row(path, kind, stamp).filter(|row| row.whole)?;
        postcard::from_bytes(self.facts(row)?).ok()
    }

    /// Whether a file is known in that state, its faults aside.
    #[must_use]
    pub fn knows(&self, path: &str, kind: FileKind, stamp: Stamp) -> bool {
        self.row(path, kind, stamp).is_some()
    }

    fn row(&self, path: &str, kind: FileKind, stamp: Stamp) -> Option<&Row> {
        let rows = &self.table.rows;
        let row = rows.get(rows.binary_search_by(|row| row.path.as_str().cmp(path)).ok()?)?;
        (row.kind == kind && row.stamp == stamp).then_some(row)
    }

    fn facts(&self, row: &Row) -> Option<&[u8]> {
        let start = usize::try_from(row.start).ok()?;
        self.bytes.get(start..start + row.len as usize)
    }
}

impl Keepable {
    /// Whether so much is new that keeping all again is worth it.
    #[must_use]
    pub fn is_much(&self) -> bool {
        self.news >= MUCH
    }

    /// Keeps it for the corpus at `root`. A cache that cannot be written is none.
    pub fn keep(&self, cache: &Cache, root: &Path) {
        let _ = self.write(cache, root);
        cache.tidy();
    }

    fn write(&self, cache: &Cache, root: &Path) -> std::io::Result<()> {
        let mut keeping = cache.put(&name(root), key())?;
        let (mut at, mut table, mut rows) = (0, Table::default(), places::Rows::default());
        let mut bytes = Vec::new();
        for file in &self.files {
            bytes.clear();
            bytes = postcard::to_extend(&*file.facts, bytes).map_err(std::io::Error::other)?;
            let Ok(len) = u32::try_from(bytes.len()) else { continue };
            at += rows.begin(file, at, &bytes, &mut keeping)?;
            keeping.write_all(&bytes)?;
            let ToKeep { path, kind, stamp, whole, .. } = file;
            table.rows.push(Row { path: path.clone(), kind: *kind, stamp: *stamp, whole: *whole, start: at, len });
            at += u64::from(len);
        }
        let (start, bytes) = (at, postcard::to_stdvec(&table).map_err(std::io::Error::other)?);
        keeping.write_all(&bytes)?;
        rows.end(start + bytes.len() as u64, &self.folders, &mut keeping)?;
        keeping.write_all(&start.to_le_bytes())?;
        keeping.done()
    }
}

/// Under which name a corpus is kept.
fn name(root: &Path) -> String {
    format!("{:032x}.facts", xxh3_128(root.as_os_str().as_encoded_bytes()))
}

/// Of the program: another build may read other things in the same characters.
fn key() -> u128 {
    xxh3_128(format!("{SHAPE} {}", cache::program()).as_bytes())
}

#[cfg(test)]
mod tests;
