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
//! A start lists all files to see which are as they were. What an id leads to can be told before ([`KeptFacts::defining`]): from the files
//! that defined it, when they are as they were, and so are all lists of records and all folders, so that no file came or went. What
//! that passes over is a text that was rewritten in its place and defines the same id once more: the definition found is one, and the other
//! is found with it as soon as the corpus is there.
//!
//! The thing is the facts of each file, one after the other; then the table of files; then its place.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64, xxh3_128};

use super::stamp::Stamp;
use super::{Cache, Workspace, cache_folder};
use crate::corpus::{Facts, FileInput, FileKind};
use crate::registry::Record;

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
    /// Where its facts stand.
    start: u64,
    len: u32,
}

/// Where something is defined.
#[derive(Debug, Serialize, Deserialize)]
struct Place {
    /// The hash of its id.
    id: u64,
    /// The file, by its number in the table.
    row: u32,
    /// In a list of records: where the bytes of its record begin among those of the file's facts, and how many they are.
    record: Option<(u32, u32)>,
}

/// All that is kept, facts aside.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Table {
    /// In order of path.
    rows: Vec<Row>,
    /// In order of the hashes.
    places: Vec<Place>,
    /// The folders of the corpus; none when the state of one could not be told, or when something that defines records is not kept.
    folders: Vec<(PathBuf, Stamp)>,
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
        let place = bytes.len().checked_sub(8)?;
        let start = u64::from_le_bytes(bytes.get(place..)?.try_into().ok()?);
        let table: Table = postcard::from_bytes(bytes.get(usize::try_from(start).ok()?..place)?).ok()?;
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

    /// The files of a corpus that define something of these ids, with nothing in them but that; `None` when none did, or when it cannot be
    /// told at once that they still do and no other does.
    #[must_use]
    pub fn defining(&self, workspace: &Workspace, ids: &[&str]) -> Option<Vec<(SmolStr, FileInput)>> {
        let mut wanted: BTreeMap<u32, BTreeSet<Option<(u32, u32)>>> = BTreeMap::new();
        for id in ids {
            let id = xxh3_64(id.as_bytes());
            let from = self.table.places.partition_point(|place| place.id < id);
            let these = self.table.places.get(from..)?.iter().take_while(|place| place.id == id);
            for place in these {
                wanted.entry(place.row).or_default().insert(place.record);
            }
        }
        if wanted.is_empty() || !self.stand(workspace, &wanted.keys().copied().collect()) {
            return None;
        }
        wanted.into_iter().map(|(number, places)| self.input(number, &places)).collect()
    }

    /// Whether these files, all lists of records and all folders are as they were, and of the corpus.
    fn stand(&self, workspace: &Workspace, files: &BTreeSet<u32>) -> bool {
        let is_as_it_was = |path: &Path, stamp| std::fs::symlink_metadata(path).ok().as_ref().and_then(Stamp::of) == Some(stamp);
        let stands = |row: &Row| {
            let is_ours = !workspace.classifier.excludes(&row.path) && workspace.classifier.kind(&row.path) == Some(row.kind);
            is_ours && is_as_it_was(&workspace.absolute(&row.path), row.stamp)
        };
        let mut looked_at = (0..).zip(&self.table.rows).filter(|(number, row)| !row.kind.is_text() || files.contains(number));
        !self.table.folders.is_empty()
            && self.table.folders.iter().all(|(folder, stamp)| is_as_it_was(folder, *stamp))
            && looked_at.all(|(_, row)| stands(row))
    }

    /// A file with what it defines at these places.
    fn input(&self, number: u32, places: &BTreeSet<Option<(u32, u32)>>) -> Option<(SmolStr, FileInput)> {
        let row = self.table.rows.get(number as usize)?;
        let bytes = self.facts(row)?;
        let facts = if row.kind.is_text() {
            postcard::from_bytes(bytes).ok()?
        } else {
            let record = |(at, len): &(u32, u32)| {
                let at = *at as usize;
                postcard::from_bytes::<Record>(bytes.get(at..at + *len as usize)?).ok().map(Arc::new)
            };
            let records: Option<Vec<_>> = places.iter().flatten().map(record).collect();
            Facts { records: records?, ..Facts::default() }
        };
        Some((row.path.clone(), FileInput { kind: row.kind, facts: Arc::new(facts), held: None }))
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
        let (mut at, mut table) = (0, Table { folders: self.folders.clone(), ..Table::default() });
        let mut bytes = Vec::new();
        for file in &self.files {
            bytes.clear();
            bytes = postcard::to_extend(&*file.facts, bytes).map_err(std::io::Error::other)?;
            let (Ok(len), Ok(row)) = (u32::try_from(bytes.len()), u32::try_from(table.rows.len())) else { continue };
            keeping.write_all(&bytes)?;
            table.places.extend(places(file, row).map_err(std::io::Error::other)?);
            table.rows.push(Row { path: file.path.clone(), kind: file.kind, stamp: file.stamp, whole: file.whole, start: at, len });
            at += u64::from(len);
        }
        table.places.sort_unstable_by_key(|place| (place.id, place.row, place.record));
        keeping.write_all(&postcard::to_stdvec(&table).map_err(std::io::Error::other)?)?;
        keeping.write_all(&at.to_le_bytes())?;
        keeping.done()
    }
}

/// Where a file defines what.
fn places(file: &ToKeep, row: u32) -> postcard::Result<Vec<Place>> {
    let ToKeep { path, kind, facts, .. } = file;
    let at = |id: &str, record| Place { id: xxh3_64(id.as_bytes()), row, record };
    if kind.is_text() {
        return Ok(facts.ids(path, *kind).map(|id| at(&id, None)).collect());
    }
    let mut places = Vec::new();
    // Postcard writes the fields of a struct one after the other: the head, how many records there are, the records.
    let mut start = postcard::to_stdvec(&(&facts.head, facts.records.len()))?.len();
    let mut bytes = Vec::new();
    for record in &facts.records {
        bytes.clear();
        bytes = postcard::to_extend(&**record, bytes)?;
        let place = u32::try_from(start).ok().zip(u32::try_from(bytes.len()).ok());
        start += bytes.len();
        places.extend(std::iter::once(&record.id).chain(&record.formerly).map(|id| at(&id.value, place)));
    }
    Ok(places)
}

/// Under which name a corpus is kept.
fn name(root: &Path) -> String {
    format!("{:032x}.facts", xxh3_128(root.as_os_str().as_encoded_bytes()))
}

/// Of the program: another build may read other things in the same characters.
fn key() -> u128 {
    let mut key = Xxh3Default::new();
    let built = std::env::current_exe().ok().and_then(|exe| std::fs::metadata(exe).ok());
    let built = built.and_then(|meta| Some((meta.len(), meta.modified().ok()?)));
    key.update(format!("{SHAPE} {} {built:?}", env!("CARGO_PKG_VERSION")).as_bytes());
    key.digest128()
}

#[cfg(test)]
mod tests;
