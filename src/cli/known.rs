//! What was found in each text of a corpus before, for the definitions that hold now.
//!
//! A text's findings stand while its words are the same, and those of the texts it names. The kept thing is the findings of all
//! texts, one after the other, then the table of them, then its place.

use std::io::Write;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use xxhash_rust::xxh3::Xxh3Default;

use super::corpora::Opened;
use super::ground::{Ground, defines_nothing};
use crate::corpus::{Annotations, FileId, Occasion, uses};
use crate::rules::Diagnostic;
use crate::workspace::Cache;
use crate::workspace::cache::{Keeping, Kept};

/// What is known of one text.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    path: SmolStr,
    /// Its content.
    print: u128,
    /// The texts it names, and their content.
    names: Vec<(SmolStr, u128)>,
    /// Where its findings stand.
    start: u64,
    len: u64,
}

/// What was found in texts, and what is.
pub(super) struct Known {
    ground: Ground,
    before: Option<Mutex<Kept>>,
    rows: FxHashMap<SmolStr, Row>,
    now: Mutex<Now>,
}

struct Now {
    keeping: Option<Keeping>,
    at: u64,
    rows: Vec<Row>,
    /// Whether anything is otherwise than before.
    news: bool,
}

impl Known {
    /// What earlier runs found in the texts of a corpus.
    pub(super) fn of(opened: &Opened, ground: Ground) -> Option<Self> {
        let mut name = Xxh3Default::new();
        name.update(opened.root.as_os_str().as_encoded_bytes());
        let occasion = format!("{:?}", Occasion { today: None, ..opened.snapshot.occasion().clone() });
        name.update(occasion.as_bytes());
        let definitions = ground.definitions(opened, &occasion)?;
        Some(Self::open(&Cache::of_checks(), name.digest128(), definitions, ground))
    }

    /// What `cache` holds under that name for these definitions.
    fn open(cache: &Cache, name: u128, definitions: u128, ground: Ground) -> Self {
        let name = format!("{name:032x}.texts");
        let mut before = cache.get(&name, definitions);
        let rows = before.as_mut().and_then(table).unwrap_or_default();
        let now = Now { keeping: cache.put(&name, definitions).ok(), at: 0, rows: Vec::new(), news: before.is_none() };
        let rows = rows.into_iter().map(|row| (row.path.clone(), row)).collect();
        Self { ground, before: before.map(Mutex::new), rows, now: Mutex::new(now) }
    }

    /// What was found in a text, when it would be found again.
    pub(super) fn find(&self, opened: &Opened, id: FileId) -> Option<Vec<Diagnostic>> {
        let file = opened.snapshot.file(id).filter(|file| defines_nothing(file))?;
        let row = self.rows.get(&file.path).filter(|row| self.stands(row))?;
        let bytes = self.before.as_ref()?.lock().part(row.start, row.len).ok()?;
        let found = postcard::from_bytes(&bytes).ok()?;
        self.keep(row.clone(), &bytes, false);
        Some(found)
    }

    /// Keeps what was found in a text.
    pub(super) fn put(&self, opened: &Opened, id: FileId, notes: &Annotations, found: &[Diagnostic]) {
        let snapshot = &opened.snapshot;
        let Some(file) = snapshot.file(id).filter(|file| defines_nothing(file)) else { return };
        let mut names: Vec<_> = uses(&notes.text, &notes.document)
            .iter()
            .flat_map(|named| [snapshot.names().text(&named.name), snapshot.names().local_text(&named.name)])
            .flatten()
            .filter(|named| *named != id)
            .filter_map(|named| snapshot.file(named).map(|f| f.path.clone()))
            .collect();
        names.sort_unstable();
        names.dedup();
        let names: Option<Vec<_>> = names.into_iter().map(|path| self.ground.print(&path).map(|print| (path, print))).collect();
        let (Some(names), Ok(bytes)) = (names, postcard::to_stdvec(found)) else { return };
        let print = self.ground.print_of_text(&notes.text);
        self.keep(Row { path: file.path.clone(), print, names, start: 0, len: 0 }, &bytes, true);
    }

    /// Puts it in place, unless a file was written meanwhile: the answer says so. Texts that were not looked at stay known.
    pub(super) fn end(self, opened: &Opened) -> bool {
        if !self.ground.holds() {
            return false;
        }
        let seen: rustc_hash::FxHashSet<SmolStr> = self.now.lock().rows.iter().map(|row| row.path.clone()).collect();
        if let Some(before) = &self.before {
            for row in self.rows.values().filter(|row| !seen.contains(&row.path) && self.stands(row)) {
                if opened.snapshot.file_at(&row.path).is_some()
                    && let Ok(bytes) = before.lock().part(row.start, row.len)
                {
                    self.keep(row.clone(), &bytes, false);
                }
            }
        }
        let Now { keeping, at, rows, news } = self.now.into_inner();
        if let Some(mut keeping) = keeping.filter(|_| news)
            && let Ok(table) = postcard::to_stdvec(&rows)
        {
            let written = keeping.write_all(&table).and_then(|()| keeping.write_all(&at.to_le_bytes()));
            // A cache that cannot be written is none.
            let _ = written.and_then(|()| keeping.done());
        }
        true
    }

    /// Whether a text and those it names hold what they held.
    fn stands(&self, row: &Row) -> bool {
        self.ground.print(&row.path) == Some(row.print) && row.names.iter().all(|(path, print)| self.ground.print(path) == Some(*print))
    }

    fn keep(&self, row: Row, bytes: &[u8], is_news: bool) {
        let mut now = self.now.lock();
        let start = now.at;
        if now.keeping.as_mut().is_some_and(|keeping| keeping.write_all(bytes).is_err()) {
            now.keeping = None;
        }
        now.at += bytes.len() as u64;
        now.rows.push(Row { start, len: bytes.len() as u64, ..row });
        now.news |= is_news;
    }
}

/// The table at the end; what cannot be read is nothing.
fn table(kept: &mut Kept) -> Option<Vec<Row>> {
    let place = kept.len().checked_sub(8)?;
    let start = u64::from_le_bytes(kept.part(place, 8).ok()?.try_into().ok()?);
    let bytes = kept.part(start, place.checked_sub(start)?).ok()?;
    postcard::from_bytes(&bytes).ok()
}
