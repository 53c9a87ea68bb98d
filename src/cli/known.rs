//! What was found in each text of a corpus before.
//!
//! A text's findings stand while its words are the same, and those of the other files it looked at, and while all that was asked of
//! the records for it is answered as it was. Three steps, each asked only where the one before leaves it open:
//!
//! 1. *Nothing is defined otherwise* ([`Ground::definitions`]): what was found in a text that is the same stands.
//! 2. *What was asked* ([`Depends`]) is asked again: the records it looked at, by their prints; ids that led somewhere or nowhere.
//! 3. *New names*: a record that is new, or says something new, may be meant by words that meant nothing. A text is looked at again
//!    when all words of such a name stand in it ([`NameSieve`]).
//!
//! So a change of one record costs the texts that name it, or could. The kept thing is, for each text, what it depends on and what was
//! [found](packed); then the table of them, then its place.

mod packed;

use std::io::Write;
use std::sync::OnceLock;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use xxhash_rust::xxh3::Xxh3Default;

use super::corpora::Opened;
use super::ground::{Ground, defines_nothing};
use crate::corpus::{Annotations, Depends, FileId, Occasion, Prints, Watch};
use crate::registry::NameSieve;
use crate::rules::Diagnostic;
use crate::workspace::Cache;
use crate::workspace::cache::{Keeping, Kept};

/// What is known of one text.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    path: SmolStr,
    /// Its content.
    print: u128,
    /// The other files that were looked at for it, and their content.
    others: Vec<(SmolStr, u128)>,
    /// Where it stands, and in how many bytes.
    start: u64,
    len: u32,
    /// So many bytes of it tell what it depends on; the others what was found.
    depends: u32,
}

/// What a text depends on besides files.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Needs {
    depends: Depends,
    /// Whether its running text has words that its file has not, so that its file does not tell which names may be in it.
    other_words: bool,
}

/// All that is kept, findings aside.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Table {
    /// Of what was defined.
    definitions: u128,
    /// The prints of all records, sorted.
    prints: Vec<u64>,
    rows: Vec<Row>,
}

/// What was found in texts, and what is.
pub(super) struct Known {
    ground: Ground,
    before: Option<Mutex<Kept>>,
    rows: FxHashMap<SmolStr, Row>,
    /// The prints of all records then, sorted.
    then: Vec<u64>,
    /// Whether what is defined is what was.
    is_same: bool,
    definitions: u128,
    prints: Prints,
    new_names: OnceLock<NameSieve>,
    now: Mutex<Now>,
}

struct Now {
    keeping: Option<Keeping>,
    at: u64,
    rows: Vec<Row>,
    /// Texts that had to be looked at.
    looked_at: usize,
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
        let (frame, definitions) = (ground.frame(opened, &occasion)?, ground.definitions(opened)?);
        let name = format!("{:032x}.texts", name.digest128());
        Some(Self::open(&Cache::of_checks(), &name, (frame, definitions), ground, Prints::of(&opened.snapshot)))
    }

    /// What `cache` holds under a name for this frame.
    fn open(cache: &Cache, name: &str, (frame, definitions): (u128, u128), ground: Ground, prints: Prints) -> Self {
        let mut before = cache.get(name, frame);
        let table = before.as_mut().and_then(table);
        if table.is_none() {
            before = None;
        }
        let Table { definitions: then_defined, prints: then, rows } = table.unwrap_or_default();
        let is_same = before.is_some() && then_defined == definitions;
        let now = Now { keeping: cache.put(name, frame).ok(), at: 0, rows: Vec::new(), looked_at: 0, news: !is_same };
        let rows = rows.into_iter().map(|row| (row.path.clone(), row)).collect();
        let (before, new_names) = (before.map(Mutex::new), OnceLock::new());
        Self { ground, before, rows, then, is_same, definitions, prints, new_names, now: Mutex::new(now) }
    }

    /// How many texts were looked at, of those whose findings can be kept.
    pub(super) fn looked_at(&self) -> (usize, usize) {
        let now = self.now.lock();
        (now.looked_at, now.rows.len())
    }

    /// Whether what is found in a file can be kept.
    pub(super) fn keeps(opened: &Opened, id: FileId) -> bool {
        opened.snapshot.file(id).is_some_and(defines_nothing)
    }

    /// What was found in a text, when it would be found again.
    pub(super) fn find(&self, opened: &Opened, id: FileId) -> Option<Vec<Diagnostic>> {
        let file = opened.snapshot.file(id).filter(|file| defines_nothing(file))?;
        let row = self.rows.get(&file.path)?;
        let bytes = self.standing(opened, id, row)?;
        let list = packed::unpack(bytes.get(row.depends as usize..)?)?;
        self.keep(row.clone(), &bytes, false);
        Some(list)
    }

    /// What is kept for a text, when it stands.
    fn standing(&self, opened: &Opened, id: FileId, row: &Row) -> Option<Vec<u8>> {
        let of_words = |path: &str, print: u128| self.print(path) == Some(print);
        let same_words = of_words(&row.path, row.print) && row.others.iter().all(|(path, print)| of_words(path, *print));
        if !same_words {
            return None;
        }
        let bytes = self.before.as_ref()?.lock().part(row.start, u64::from(row.len)).ok()?;
        if !self.is_same {
            let needs: Needs = postcard::from_bytes(bytes.get(..row.depends as usize)?).ok()?;
            if !needs.depends.hold(&opened.snapshot, &self.prints) || self.may_hold_new_names(opened, id, &needs) {
                return None;
            }
        }
        Some(bytes)
    }

    fn may_hold_new_names(&self, opened: &Opened, id: FileId, needs: &Needs) -> bool {
        let names = || NameSieve::of(self.prints.new_names(&self.then).iter().map(SmolStr::as_str));
        let sieve = self.new_names.get_or_init(names);
        !sieve.is_empty() && (needs.other_words || opened.snapshot.text(id).is_none_or(|text| sieve.may_be_in(&text)))
    }

    /// Keeps what was found in a text; `watch` saw what was asked for it.
    pub(super) fn put(&self, opened: &Opened, id: FileId, (notes, watch): (&Annotations, &Watch), found: &[Diagnostic]) {
        let snapshot = &opened.snapshot;
        let Some(file) = snapshot.file(id) else { return };
        let print = |path: SmolStr| self.print(&path).map(|print| (path, print));
        let others: Option<Vec<_>> = watch.files().into_iter().map(|other| print(snapshot.path(other))).collect();
        let elsewhere = |d: &Diagnostic| {
            let fixes = d.fix.iter().chain(&d.alternatives).flat_map(|fix| &fix.edits);
            d.related.iter().any(|related| related.path != file.path) || fixes.into_iter().any(|(path, _)| *path != file.path)
        };
        let needs = Needs {
            depends: watch.depends(&self.prints, found.iter().any(elsewhere)),
            other_words: notes.words.has_other_words(&notes.text),
        };
        let (Some(others), Ok(mut bytes), Some(findings)) = (others, postcard::to_stdvec(&needs), packed::pack(found)) else { return };
        let depends = bytes.len();
        bytes.extend(findings);
        let (Ok(depends), Ok(len)) = (u32::try_from(depends), u32::try_from(bytes.len())) else { return };
        let print = self.ground.print_of_text(&notes.text);
        self.keep(Row { path: file.path.clone(), print, others, start: 0, len, depends }, &bytes, true);
    }

    /// Puts it in place, unless a file was written meanwhile: the answer says so. Texts that were not looked at stay known.
    pub(super) fn end(self, opened: &Opened) -> bool {
        if !self.ground.holds() {
            return false;
        }
        let seen: rustc_hash::FxHashSet<SmolStr> = self.now.lock().rows.iter().map(|row| row.path.clone()).collect();
        if self.now.lock().news {
            for row in self.rows.values().filter(|row| !seen.contains(&row.path)) {
                if let Some(id) = opened.snapshot.file_at(&row.path)
                    && Self::keeps(opened, id)
                    && let Some(bytes) = self.standing(opened, id, row)
                {
                    self.keep(row.clone(), &bytes, false);
                }
            }
        }
        let Now { keeping, at, rows, news, .. } = self.now.into_inner();
        if let Some(mut keeping) = keeping.filter(|_| news) {
            let mut prints = self.prints.plain().to_vec();
            prints.sort_unstable();
            if let Ok(table) = postcard::to_stdvec(&Table { definitions: self.definitions, prints, rows }) {
                let written = keeping.write_all(&table).and_then(|()| keeping.write_all(&at.to_le_bytes()));
                // A cache that cannot be written is none.
                let _ = written.and_then(|()| keeping.done());
            }
        }
        true
    }

    /// What a file holds: one of the listing, or one that is read besides.
    fn print(&self, path: &str) -> Option<u128> {
        self.ground.print(path).or_else(|| self.ground.outside(path))
    }

    fn keep(&self, row: Row, bytes: &[u8], is_news: bool) {
        let mut now = self.now.lock();
        let start = now.at;
        if now.keeping.as_mut().is_some_and(|keeping| keeping.write_all(bytes).is_err()) {
            now.keeping = None;
        }
        now.at += bytes.len() as u64;
        now.rows.push(Row { start, ..row });
        now.looked_at += usize::from(is_news);
        now.news |= is_news;
    }
}

/// The table at the end; what cannot be read is nothing.
fn table(kept: &mut Kept) -> Option<Table> {
    let place = kept.len().checked_sub(8)?;
    let start = u64::from_le_bytes(kept.part(place, 8).ok()?.try_into().ok()?);
    let bytes = kept.part(start, place.checked_sub(start)?).ok()?;
    postcard::from_bytes(&bytes).ok()
}
