//! Which files of a row name what, so that nobody asks each.
//!
//! Some three bytes a name and file (3.2 in 52 MB of generated text that name 10,000 things): names by thirty-two bits of their hash, in
//! order, each as what it differs in from the one before; with each the files' places in their row, so told as well, and how often each
//! names it. Where every so many names begin stands beside, so that few are read for one. Whoever asks for the places looks into the
//! file, so two names of one hash find nothing false.
//!
//! The packing, all numbers as in [`packed`](super::packed): for each name what its hash is above the one before, and how many files; for
//! each file its place above the one before, times four, plus how often less one; with three for four times or more, and what is above
//! four behind it.

use std::sync::Arc;

use rayon::prelude::*;
use smol_str::SmolStr;
use xxhash_rust::xxh3::xxh3_64;

use super::packed::{Reader, push};
use super::rows::Row;
use super::{FileId, FileState, Snapshot, Uses};
use crate::text::Span;

/// Which files of a row name what.
#[derive(Clone, Debug, Default)]
pub(super) struct Postings {
    packed: Box<[u8]>,
    steps: Box<[Step]>,
}

/// Where one of every [`STEP`] names begins.
#[derive(Clone, Copy, Debug)]
struct Step {
    hash: u32,
    at: u32,
}

/// So many names are read at most to find one.
const STEP: usize = 32;

/// A name's hash, a file's place, and how often it names it, in an order that sorts them: as they are before they are packed.
const COUNT: u32 = 24;
const PLACE: u32 = 8;

/// So often or more is told by a number behind.
const OFTEN: u32 = 4;

impl Postings {
    fn of(files: impl Iterator<Item = (usize, [Option<Arc<Uses>>; 2])>) -> Self {
        let mut all = Vec::new();
        for (place, uses) in files {
            for group in uses.iter().flatten().flat_map(|u| u.groups()) {
                let count = u64::from(group.count).min((1 << COUNT) - 1);
                all.push((u64::from(hash_of(group.name)) << PLACE | place as u64 & 0xff) << COUNT | count);
            }
        }
        all.sort_unstable();
        Self::pack(&all)
    }

    fn pack(all: &[u64]) -> Self {
        let hash = |posting: &u64| (posting >> (COUNT + PLACE)) as u32;
        let (mut packed, mut steps, mut before) = (Vec::new(), Vec::new(), 0);
        for (n, of_name) in all.chunk_by(|a, b| hash(a) == hash(b)).enumerate() {
            let hash = hash(&of_name[0]);
            if n % STEP == 0 {
                steps.push(Step { hash, at: Span::from(0..packed.len()).end });
                before = hash;
            }
            push(&mut packed, (hash - before) as usize);
            push(&mut packed, of_name.len());
            before = hash;
            let mut last = 0;
            for posting in of_name {
                let (place, count) = ((posting >> COUNT & 0xff) as u32, (posting & ((1 << COUNT) - 1)) as u32);
                push(&mut packed, ((place - last) * OFTEN + count.clamp(1, OFTEN) - 1) as usize);
                if count >= OFTEN {
                    push(&mut packed, (count - OFTEN) as usize);
                }
                last = place;
            }
        }
        Self { packed: packed.into(), steps: steps.into() }
    }

    /// The places in the row of the files that name it, in order, each with how often; a place comes twice when it names it by marks and
    /// in plain words.
    fn files(&self, name: &str) -> impl Iterator<Item = (u32, u32)> {
        let (mut rest, count) = self.find(hash_of(name)).unwrap_or((Reader(&[]), 0));
        let mut place = 0;
        (0..count).map_while(move |_| {
            let (step, count) = posting(&mut rest)?;
            place += step;
            Some((place, count))
        })
    }

    /// What tells of the files that name what has this hash, and how many they are.
    fn find(&self, wanted: u32) -> Option<(Reader<'_>, u32)> {
        let step = self.steps.partition_point(|step| step.hash <= wanted).checked_sub(1)?;
        let Step { mut hash, at } = *self.steps.get(step)?;
        let mut rest = Reader(self.packed.get(at as usize..)?);
        for _ in 0..STEP {
            hash = hash.checked_add(rest.number()?)?;
            let count = rest.number()?;
            if hash >= wanted {
                return (hash == wanted).then_some((rest, count));
            }
            for _ in 0..count {
                posting(&mut rest)?;
            }
        }
        None
    }
}

/// How far a file's place lies above the one before, and how often it names it.
fn posting(rest: &mut Reader<'_>) -> Option<(u32, u32)> {
    let number = rest.number()?;
    let count = number % OFTEN + 1;
    Some((number / OFTEN, if count < OFTEN { count } else { OFTEN + rest.number()? }))
}

/// The file at a place of a row.
fn nth(first: u32, place: usize) -> FileId {
    FileId(first + Span::from(0..place).end)
}

/// What a name is told by.
fn hash_of(name: &str) -> u32 {
    (xxh3_64(name.as_bytes()) >> 32) as u32
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_is_found_again(named in prop::collection::btree_set((0..150_u32, any::<u8>()), 0..400), counts in prop::collection::vec(1..9_u32, 400)) {
            // Names by numbers: as many as lie in some steps.
            let hash = |name: u32| hash_of(&name.to_string());
            let mut all: Vec<(u32, u8, u32)> = named.into_iter().zip(counts).map(|((name, place), count)| (name, place, count * count)).collect();
            all.sort_by_key(|&(name, place, _)| (hash(name), place));
            let sorted: Vec<u64> = all.iter().map(|&(name, place, count)| (u64::from(hash(name)) << PLACE | u64::from(place)) << COUNT | u64::from(count)).collect();
            let postings = Postings::pack(&sorted);
            for name in 0..160 {
                let of_name = all.iter().filter(|one| one.0 == name).map(|&(_, place, count)| (u32::from(place), count));
                prop_assert_eq!(postings.files(&name.to_string()).collect::<Vec<_>>(), of_name.collect::<Vec<_>>());
            }
        }
    }
}
