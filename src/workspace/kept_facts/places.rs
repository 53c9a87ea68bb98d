//! Where ids are defined, used as it lies on the disk: an answer reads a few pages of it, however much is kept.
//!
//! One row for each definition, all of one length and in order of the hashes of the ids. Blocks of them bear a sum each, and what a row
//! leads to bears one in the row: who reads a part of a thing cannot check the whole of it, and damage must cost time, never an answer.
//! (A mapping of the file would spare the copy of those pages, and would end the process where somebody cuts the file short.)
//!
//! Behind the rows stands the index, which tells what must lie on the disk as it did, and the hash that each block begins with; at the very
//! end its place.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use super::{Stamp, ToKeep};
use crate::corpus::{Facts, FileInput, FileKind};
use crate::registry::Record;
use crate::workspace::cache::{Keeping, Kept};
use crate::workspace::{Cache, Workspace};

/// Rows of a block.
const BLOCK: usize = 128;

/// Bytes of a row.
const ROW: usize = 36;

/// Bytes at the end of what is kept: the place of the index, and a number of the facts' own.
const FOOT: u64 = 24 + 8;

/// Before the facts of each file: which file they are of.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    path: SmolStr,
    kind: FileKind,
    stamp: Stamp,
}

/// Where something is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// The hash of its id.
    id: u64,
    /// Where its file's head begins among what is kept.
    file: u64,
    /// Bytes of the head.
    head: u32,
    /// Where behind it begins what defines the id, and how many bytes that is: in a list the record, else all facts.
    at: u32,
    len: u32,
    /// The sum of the id's hash, the head and those bytes.
    sum: u64,
}

/// What is read whole.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Index {
    /// The folders of the corpus; none when the state of one could not be told, or when something that defines records is not kept.
    folders: Vec<(PathBuf, Stamp)>,
    /// All lists of records.
    lists: Vec<Head>,
    /// Where the rows begin, and how many there are.
    start: u64,
    count: u64,
    /// Of each block the hash of its first id, and its sum.
    blocks: Vec<(u64, u64)>,
}

/// The rows of what is being kept.
#[derive(Debug, Default)]
pub(super) struct Rows {
    places: Vec<Place>,
    lists: Vec<Head>,
}

impl Rows {
    /// Writes the head of a file, which its facts must follow; answers how many bytes that took. They begin at byte `at` of what is kept.
    pub(super) fn begin(&mut self, file: &ToKeep, at: u64, facts: &[u8], out: &mut Keeping) -> std::io::Result<u64> {
        let ToKeep { path, kind, stamp, .. } = file;
        let head = Head { path: path.clone(), kind: *kind, stamp: *stamp };
        let bytes = postcard::to_stdvec(&head).map_err(std::io::Error::other)?;
        let len = u32::try_from(bytes.len()).unwrap_or(0);
        each_definition(file, facts, |id, start, part| {
            let place = u32::try_from(start).ok().zip(u32::try_from(part.len()).ok());
            if let Some((start, part_len)) = place {
                let id = xxh3_64(id.as_bytes());
                self.places.push(Place { id, file: at, head: len, at: start, len: part_len, sum: sum(id, &bytes, part) });
            }
        })
        .map_err(std::io::Error::other)?;
        if !kind.is_text() {
            self.lists.push(head);
        }
        out.write_all(&bytes)?;
        Ok(u64::from(len))
    }

    /// Writes rows, index and its place, behind `start` bytes of what is kept.
    pub(super) fn end(mut self, start: u64, folders: &[(PathBuf, Stamp)], out: &mut Keeping) -> std::io::Result<()> {
        self.places.sort_unstable();
        let mut index = Index { folders: folders.to_vec(), lists: self.lists, start, count: self.places.len() as u64, blocks: Vec::new() };
        let mut bytes = Vec::with_capacity(BLOCK * ROW);
        for block in self.places.chunks(BLOCK) {
            bytes.clear();
            for place in block {
                place.write(&mut bytes);
            }
            index.blocks.push((block[0].id, xxh3_64(&bytes)));
            out.write_all(&bytes)?;
        }
        let bytes = postcard::to_stdvec(&index).map_err(std::io::Error::other)?;
        out.write_all(&bytes)?;
        for number in [start + index.count * ROW as u64, bytes.len() as u64, xxh3_64(&bytes)] {
            out.write_all(&number.to_le_bytes())?;
        }
        Ok(())
    }
}

/// Calls `found` with every id that a file defines, and with what defines it: where that begins among the bytes of its facts, and its own.
fn each_definition(file: &ToKeep, bytes: &[u8], mut found: impl FnMut(&str, usize, &[u8])) -> postcard::Result<()> {
    let ToKeep { path, kind, facts, .. } = file;
    if kind.is_text() {
        facts.ids(path, *kind).for_each(|id| found(&id, 0, bytes));
        return Ok(());
    }
    // Postcard writes the fields of a struct one after the other: the head, how many records there are, the records.
    let mut start = postcard::to_stdvec(&(&facts.head, facts.records.len()))?.len();
    let mut part = Vec::new();
    for record in &facts.records {
        part.clear();
        part = postcard::to_extend(&**record, part)?;
        for id in std::iter::once(&record.id).chain(&record.formerly) {
            found(&id.value, start, &part);
        }
        start += part.len();
    }
    Ok(())
}

fn sum(id: u64, head: &[u8], part: &[u8]) -> u64 {
    let mut sum = Xxh3Default::new();
    for bytes in [&id.to_le_bytes(), head, part] {
        sum.update(bytes);
    }
    sum.digest()
}

impl Place {
    fn write(&self, out: &mut Vec<u8>) {
        let Self { id, file, head, at, len, sum } = self;
        for number in [id, file, sum] {
            out.extend_from_slice(&number.to_le_bytes());
        }
        for number in [head, at, len] {
            out.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn read(row: &[u8; ROW]) -> Self {
        let (long, short) = row.split_at(24);
        let ([id, file, sum], [head, at, len]) = (numbers(long, u64::from_le_bytes), numbers(short, u32::from_le_bytes));
        Self { id, file, head, at, len, sum }
    }
}

/// Three numbers that follow each other.
fn numbers<const N: usize, T: Copy + Default>(bytes: &[u8], of: fn([u8; N]) -> T) -> [T; 3] {
    let mut out = [T::default(); 3];
    for (number, bytes) in out.iter_mut().zip(bytes.as_chunks::<N>().0) {
        *number = of(*bytes);
    }
    out
}

/// The definitions that are kept of a corpus.
#[derive(Debug)]
pub struct KeptPlaces {
    kept: Kept,
    index: Index,
}

impl KeptPlaces {
    /// Those that `cache` holds of the corpus at `root`; `None` when anything is amiss.
    #[must_use]
    pub fn open(cache: &Cache, root: &Path) -> Option<Self> {
        let mut kept = cache.unchecked(&super::name(root), super::key())?;
        let foot = kept.part(kept.len().checked_sub(FOOT)?, FOOT).ok()?;
        let [start, len, sum] = numbers(&foot, u64::from_le_bytes);
        let bytes = kept.part(start, len).ok()?;
        let index: Index = (xxh3_64(&bytes) == sum).then(|| postcard::from_bytes(&bytes).ok()).flatten()?;
        Some(Self { kept, index })
    }

    /// The files of the corpus that define something of these ids, with nothing in them but that; `None` when none did, or when it cannot be
    /// told at once that they still do and no other does.
    #[must_use]
    pub fn defining(&mut self, workspace: &Workspace, ids: &[&str]) -> Option<Vec<(SmolStr, FileInput)>> {
        let mut wanted: BTreeMap<u64, BTreeSet<Place>> = BTreeMap::new();
        for id in ids {
            for place in self.places(xxh3_64(id.as_bytes()))? {
                wanted.entry(place.file).or_default().insert(place);
            }
        }
        if wanted.is_empty() || !self.stand(workspace) {
            return None;
        }
        wanted.into_values().map(|places| self.input(workspace, &places)).collect()
    }

    /// Where an id is defined; `None` when a block is damaged.
    fn places(&mut self, id: u64) -> Option<Vec<Place>> {
        let Index { start, count, blocks, .. } = &self.index;
        // Those of one id may begin in the block before, and go on over several.
        let from = blocks.partition_point(|(first, _)| *first < id).saturating_sub(1);
        let mut found = Vec::new();
        for (number, (_, sum)) in blocks.iter().enumerate().skip(from).take_while(|(number, (first, _))| *number == from || *first <= id) {
            let (first, block) = ((number * BLOCK) as u64, BLOCK as u64);
            let rows = count.checked_sub(first)?.min(block);
            let bytes = self.kept.part(start.checked_add(first * ROW as u64)?, rows * ROW as u64).ok()?;
            if xxh3_64(&bytes) != *sum {
                return None;
            }
            found.extend(bytes.as_chunks::<ROW>().0.iter().map(Place::read).filter(|place| place.id == id));
        }
        Some(found)
    }

    /// Whether all lists of records and all folders are as they were, and of the corpus.
    fn stand(&self, workspace: &Workspace) -> bool {
        let Index { folders, lists, .. } = &self.index;
        !folders.is_empty()
            && folders.iter().all(|(folder, stamp)| is_as_it_was(folder, *stamp))
            && lists.iter().all(|one| one.stands(workspace))
    }

    /// A file with what it defines at these places.
    fn input(&mut self, workspace: &Workspace, places: &BTreeSet<Place>) -> Option<(SmolStr, FileInput)> {
        let first = places.first()?;
        let bytes = self.kept.part(first.file, u64::from(first.head)).ok()?;
        let (mut facts, mut records) = (Facts::default(), BTreeMap::new());
        let mut head: Option<Head> = None;
        for place in places {
            let start = first.file.checked_add(u64::from(place.head) + u64::from(place.at))?;
            let part = self.kept.part(start, u64::from(place.len)).ok()?;
            if sum(place.id, &bytes, &part) != place.sum {
                return None;
            }
            // Checked before it is read.
            let head = if let Some(head) = &head { head } else { head.insert(postcard::from_bytes(&bytes).ok()?) };
            if head.kind.is_text() {
                facts = postcard::from_bytes(&part).ok()?;
            } else {
                records.insert(place.at, Arc::new(postcard::from_bytes::<Record>(&part).ok()?));
            }
        }
        if !records.is_empty() {
            facts.records = records.into_values().collect();
        }
        let Head { path, kind, .. } = head.filter(|head| head.stands(workspace))?;
        Some((path, FileInput { kind, facts: Arc::new(facts), held: None }))
    }
}

impl Head {
    /// Whether the file is as it was, and of the corpus.
    fn stands(&self, workspace: &Workspace) -> bool {
        let is_ours = !workspace.classifier.excludes(&self.path) && workspace.classifier.kind(&self.path) == Some(self.kind);
        is_ours && is_as_it_was(&workspace.absolute(&self.path), self.stamp)
    }
}

fn is_as_it_was(path: &Path, stamp: Stamp) -> bool {
    std::fs::symlink_metadata(path).ok().as_ref().and_then(Stamp::of) == Some(stamp)
}
