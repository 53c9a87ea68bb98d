//! What a run stands on: the content of every file, told in a few bytes.
//!
//! Two things are kept between runs. The output of a whole run, for its arguments and the content of all files: nothing
//! changed, nothing is done ([`Replay`](super::replay::Replay)). And what was found in each text, with all that it depends on: only
//! texts that changed, or that depend on what changed, are looked at ([`Known`](super::known::Known)).
//!
//! Both are kept only when no file was written while they came to be.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use super::corpora::{Job, Opened};
use crate::corpus::{FileId, FileKind, FileState, Snapshot};
use crate::prose::dates::Day;
use crate::workspace::Listing;
use crate::workspace::prints::{is_dated, print_of};

/// The content of one corpus's files when a run began.
pub(super) struct Ground {
    root: PathBuf,
    /// By path relative to the root.
    prints: FxHashMap<String, u128>,
    /// Length and date of each file, to learn of writing meanwhile.
    dates: Vec<(PathBuf, Option<(u64, SystemTime)>)>,
    day: u128,
}

impl Ground {
    /// Reads all files of a listing. `None` when one cannot be read: what is wrong is told by the run itself.
    pub(super) fn of(job: &Job, listing: &Listing, today: Option<Day>) -> Option<Self> {
        let root = job.workspace.root.clone();
        let config = root.join(crate::workspace::CONFIG_NAME);
        let mut dates: Vec<_> = listing.files.par_iter().map(|f| root.join(&f.path)).map(|path| (path.clone(), date(&path))).collect();
        dates.push((config.clone(), date(&config)));
        let day = xxh3_128(format!("{today:?}").as_bytes());
        let mut prints = FxHashMap::default();
        for (found, print) in listing.files.iter().zip(job.workspace.prints(listing)) {
            let print = print?;
            prints.insert(found.path.clone(), stamp(print.hash, print.dated, day));
        }
        Some(Self { root, prints, dates, day })
    }

    /// Takes what a whole run over this corpus depends on into a key.
    pub(super) fn add_to(&self, key: &mut Xxh3Default, listing: &Listing) {
        key.update(self.root.as_os_str().as_encoded_bytes());
        for found in &listing.files {
            key.update(found.path.as_bytes());
            key.update(&self.prints.get(&found.path).copied().unwrap_or_default().to_le_bytes());
        }
    }

    /// What the file at a path, relative to the root, held.
    pub(super) fn print(&self, path: &str) -> Option<u128> {
        self.prints.get(path).copied()
    }

    /// What a text is known by.
    pub(super) fn print_of_text(&self, text: &str) -> u128 {
        stamp(xxh3_128(text.as_bytes()), is_dated(text.as_bytes()), self.day)
    }

    /// Whether no file was written since.
    pub(super) fn holds(&self) -> bool {
        self.dates.par_iter().all(|(path, then)| date(path) == *then)
    }

    /// Whether all that was read is in the listing, so that nothing else can change what is found.
    pub(super) fn is_all(&self, opened: &Opened) -> bool {
        opened.snapshot.all_files().all(|(_, file)| {
            let sure = file.facts.faults.iter().all(|fault| fault.rule != "bibliography-unreadable");
            sure && (file.kind == FileKind::Config || self.prints.contains_key(file.path.as_str()))
        })
    }

    /// A key of what no finding is kept beyond: this program, the occasion, the settings, and whether a registry could not be read.
    /// `None` when the settings cannot be read.
    pub(super) fn frame(&self, opened: &Opened, occasion: &str) -> Option<u128> {
        let snapshot = &opened.snapshot;
        let mut key = Xxh3Default::new();
        key.update(format!("{}\0{occasion}\0", program()).as_bytes());
        key.update(format!("{:?}\0{}", snapshot.config(), snapshot.names().incomplete).as_bytes());
        for (_, file) in snapshot.all_files().filter(|(_, file)| file.kind == FileKind::Config) {
            let print = self.print(&file.path).or_else(|| self.outside(&file.path))?;
            key.update(&print.to_le_bytes());
        }
        Some(key.digest128())
    }

    /// A key of all that may decide what is found in a text, but for its own words and those of the texts it names: all
    /// files' paths, and the content of those that define something or that quotations are compared with. `None` when one of
    /// them cannot be read.
    pub(super) fn definitions(&self, opened: &Opened) -> Option<u128> {
        let snapshot = &opened.snapshot;
        let compared = compared_texts(snapshot);
        let mut files: Vec<_> = snapshot.all_files().collect();
        files.sort_by(|a, b| a.1.path.cmp(&b.1.path));
        let mut key = Xxh3Default::new();
        for (id, file) in files {
            // By its id a text is named by others; the rest of its head is taken along.
            key.update(&postcard::to_stdvec(&(&file.path, file.kind, &file.facts.head)).ok()?);
            if !defines_nothing(file) || compared.contains(&id) {
                let print = self.print(&file.path).or_else(|| self.outside(&file.path))?;
                key.update(&print.to_le_bytes());
            }
        }
        Some(key.digest128())
    }

    /// A file that is read though it is not listed: a bibliography that an ignore file hides, the settings.
    pub(super) fn outside(&self, path: &str) -> Option<u128> {
        let print = print_of(&self.root.join(path))?;
        Some(stamp(print.hash, print.dated, self.day))
    }
}

/// The texts that records name as the text of a work: quotations are compared with them.
pub(super) fn compared_texts(snapshot: &Snapshot) -> FxHashSet<FileId> {
    let entities = snapshot.names().entities().filter(|(_, e)| e.record.source.as_deref().is_some_and(|source| source.file.is_some()));
    entities.filter_map(|(id, entity)| snapshot.local_text(&entity.record.id.value, Some(id))).collect()
}

/// Whether nothing in a file but its path, its head and its anchors can matter to what is found in another.
pub(super) fn defines_nothing(file: &FileState) -> bool {
    let (facts, head) = (&file.facts, &file.facts.head);
    file.kind.is_text() && facts.records.is_empty() && facts.faults.is_empty() && head.source.is_none() && head.record_type.is_none()
}

/// Which program this is: another build may find other things.
pub(super) fn program() -> String {
    let built = std::env::current_exe().ok().and_then(|exe| date(&exe));
    format!("{} {built:?}", env!("CARGO_PKG_VERSION"))
}

/// What speaks of a day may be another thing tomorrow.
fn stamp(hash: u128, dated: bool, day: u128) -> u128 {
    if dated { hash ^ day } else { hash }
}

fn date(path: &Path) -> Option<(u64, SystemTime)> {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.len(), meta.modified().ok()?))
}
