//! How many findings each file of a corpus had when it was last looked at: whoever looks writes it down, so that a sum costs no look.

use std::sync::Arc;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use serde::Serialize;
use tokio::sync::Notify;

use super::known::points_to_texts;
use super::wire::Known;
use crate::config::Level;
use crate::corpus::{Annotations, ClaimCount, FileId, Ground, Snapshot};
use crate::rules;

/// Findings by their levels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Levels {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
}

impl Levels {
    /// Of findings of these levels.
    #[must_use]
    pub fn of(levels: impl Iterator<Item = Level>) -> Self {
        let mut counts = Self::default();
        for level in levels {
            match level {
                Level::Error => counts.errors += 1,
                Level::Warning => counts.warnings += 1,
                Level::Note => counts.notes += 1,
                Level::Off => {}
            }
        }
        counts
    }

    /// With those of another file.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { errors: self.errors + other.errors, warnings: self.warnings + other.warnings, notes: self.notes + other.notes }
    }
}

/// What was counted in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Its findings.
    pub levels: Levels,
    /// Its claims.
    pub claims: ClaimCount,
}

/// What was counted in the files of one corpus.
#[derive(Debug, Default)]
pub struct Counts {
    files: Mutex<FxHashMap<FileId, Entry>>,
    /// Rung when something else was counted than before.
    news: Arc<Notify>,
}

#[derive(Debug)]
struct Entry {
    state: Known,
    ground: Ground,
    /// The moment of which it is true, when findings depend on what other texts say.
    only_at: Option<u64>,
    levels: Levels,
    claims: Option<ClaimCount>,
}

impl Counts {
    /// Of a corpus of which nothing was looked at; `news` is rung when that changes.
    #[must_use]
    pub fn ringing(news: Arc<Notify>) -> Self {
        Self { files: Mutex::default(), news }
    }

    /// A file was looked at. `notes` are the text's, where they are at hand.
    pub fn saw(&self, snapshot: &Snapshot, file: FileId, levels: Levels, notes: Option<&Annotations>) {
        let Some(state) = snapshot.file(file) else { return };
        let only_at = notes.is_none_or(points_to_texts).then(|| snapshot.generation());
        let claims = notes.map(Annotations::claim_count);
        let entry = Entry { state: Known::of(file, state), ground: snapshot.ground(), only_at, levels, claims };
        let before = self.files.lock().insert(file, entry);
        if before.is_none_or(|before| before.levels != levels) {
            self.news.notify_one();
        }
    }

    /// All findings of the files that are there, as they were when each was looked at, and how many files were.
    #[must_use]
    pub fn sum(&self, snapshot: &Snapshot) -> (Levels, usize) {
        let files = self.files.lock();
        let there = files.iter().filter(|(file, _)| snapshot.file(**file).is_some()).map(|(_, entry)| entry.levels);
        there.fold((Levels::default(), 0), |(sum, count), levels| (sum.and(levels), count + 1))
    }

    /// What a file holds, looked at unless that is known.
    #[must_use]
    pub fn of(&self, snapshot: &Snapshot, file: FileId) -> Tally {
        if let Some(known) = self.known(snapshot, file) {
            return known;
        }
        let notes = snapshot.annotations(file);
        let levels = Levels::of(rules::check(snapshot, file, notes.as_deref()).iter().map(|one| one.level));
        self.saw(snapshot, file, levels, notes.as_deref());
        Tally { levels, claims: notes.map(|notes| notes.claim_count()).unwrap_or_default() }
    }

    fn known(&self, snapshot: &Snapshot, file: FileId) -> Option<Tally> {
        let (state, ground) = (snapshot.file(file)?, snapshot.ground());
        let files = self.files.lock();
        let entry = files.get(&file).filter(|entry| entry.state.is(state) && entry.ground == ground)?;
        let holds = entry.only_at.is_none_or(|only| only == snapshot.generation());
        let claims = if state.kind.is_text() { entry.claims? } else { ClaimCount::default() };
        holds.then_some(Tally { levels: entry.levels, claims })
    }
}
