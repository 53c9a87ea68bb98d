//! All names by the hash of their words, twelve bytes each.
//!
//! The hash of a name is made token by token, so that a scan has that of every beginning at hand. Names are sorted by it, and a
//! list of where each of many equal parts of all hashes begins leads to the few to compare. Their letters stay where they are
//! written, in the records; a hash agrees by chance now and then, and every find is compared with the text.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::build::{Rejected, bare};
use super::caution::Care;
use super::filter::{Filter, Steps};
use super::token::{self, Shape, mix};
use super::{CaseRule, Sense, Senses};
use crate::registry::Record;
use crate::text::begins::Begins;

/// One spelling under one case rule.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Who spells it so; one of its senses.
    pub record: u32,
    /// Where among that record's names; of a role's name, where in [`Table::roles`] that stands.
    at: u32,
    /// Part of the hash above, six marks below.
    pub key: u32,
}

/// In [`Entry::at`]: the name is a role's. A place lies in a file of records, and such a file is smaller.
const OF_ROLE: u32 = 1 << 31;

const ONE_WORD: u32 = 1;
const COMMON: u32 = 2;
const SHORT: u32 = 4;
const CAPITALS: u32 = 8;
const FOLDED: u32 = 16;
/// It means something beside what is written in it.
pub const SEVERAL: u32 = 32;
const MARKS: u32 = 6;

/// So many entries are together in a part, one with another: they lie side by side, while every part takes room of its own.
const TOGETHER: usize = 3;

impl Entry {
    /// Of a name with the hash of its words, one that is a record's own.
    pub fn new(record: u32, at: u32, hash: u64, case: CaseRule, care: Care) -> Self {
        let mark = |is: bool, mark: u32| if is { mark } else { 0 };
        let care = mark(care.one_word, ONE_WORD) | mark(care.common, COMMON) | mark(care.short, SHORT) | mark(care.capitals, CAPITALS);
        Self { record, at: at & !OF_ROLE, key: kept(hash) << MARKS | care | mark(case == CaseRule::Folded, FOLDED) }
    }

    /// The same name as a role's, which the list of roles tells of at that place.
    #[must_use]
    pub fn of_role(self, place: usize) -> Self {
        Self { at: place as u32 | OF_ROLE, ..self }
    }

    /// The same when the list of roles begins with so many others.
    #[must_use]
    pub fn behind(self, others: usize) -> Self {
        self.role().map_or(self, |place| self.of_role(place + others))
    }

    /// Where the list of roles tells of it, when the name is a role's.
    fn role(&self) -> Option<usize> {
        (self.at & OF_ROLE != 0).then_some((self.at & !OF_ROLE) as usize)
    }

    /// The part of its hash that is kept.
    pub fn hash(&self) -> u32 {
        self.key >> MARKS
    }

    /// How case counts.
    pub fn case(&self) -> CaseRule {
        if self.key & FOLDED == 0 { CaseRule::Exact } else { CaseRule::Folded }
    }

    /// What [`caution`](super::caution) made of it.
    pub fn care(&self) -> Care {
        let has = |mark: u32| self.key & mark != 0;
        Care { one_word: has(ONE_WORD), common: has(COMMON), short: has(SHORT), capitals: has(CAPITALS) }
    }
}

/// The part of a hash that an entry keeps.
fn kept(hash: u64) -> u32 {
    (hash >> 10) as u32 >> MARKS
}

/// The hash of some words and one more.
pub fn then(hash: u64, key: u64) -> u64 {
    mix(hash.rotate_left(23), key)
}

/// Numbered records, kept by whoever has them.
pub trait Records: fmt::Debug + Send + Sync {
    /// How many numbers there are.
    fn count(&self) -> u32;

    /// The record of a number; nothing when there is none.
    fn record(&self, number: u32) -> Option<&Record>;
}

impl Records for Vec<Arc<Record>> {
    fn count(&self) -> u32 {
        self.len() as u32
    }

    fn record(&self, number: u32) -> Option<&Record> {
        self.get(number as usize).map(|record| &**record)
    }
}

/// Where the letters of names are.
#[derive(Clone, Debug)]
pub enum Letters {
    /// In records, by their numbers.
    Records(Arc<dyn Records>),
    /// Here.
    Own(Vec<Box<str>>),
}

impl Default for Letters {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
}

/// The compiled names.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Keys of first words as they may stand in a text: those that may begin with a small letter, and the rest.
    pub lower: Filter,
    pub upper: Filter,
    /// The same by the heads of those in ASCII.
    pub lower_heads: Filter,
    pub upper_heads: Filter,
    /// The first bytes of those in ASCII that may begin with a small letter.
    pub lower_begins: Begins,
    pub steps: Steps,
    /// Which role each name of a role means, by the record's numbers, and where among that role's names it stands.
    pub roles: Vec<(u16, u32)>,
    /// Where the entries begin of each equal part of all hashes, and where the last ends: a power of two and one more.
    pub starts: Vec<u32>,
    /// By hash, then as [`super::build`] sorts those of one hash.
    pub entries: Vec<Entry>,
    /// What the entries mean that mean several things, sorted; by the number of the entry.
    pub several: FxHashMap<u32, Box<[Sense]>>,
    pub letters: Letters,
    /// Names left out, with the caller's number and the reason.
    pub rejected: Vec<Rejected>,
}

impl Table {
    /// Whether a first word may begin a name.
    pub fn may_begin(&self, token: &token::Token) -> bool {
        match token.shape {
            Shape::Lower => self.lower.may_have(token.key),
            _ => self.upper.may_have(token.key),
        }
    }

    /// The same of a word of ASCII, by its head.
    pub fn may_begin_so(&self, head: u64, capital: bool) -> bool {
        if capital { self.upper_heads.may_have(head) } else { self.lower_heads.may_have(head) }
    }

    /// The records that share a name with another, sorted.
    pub fn shared(&self) -> Vec<u32> {
        let mut all: Vec<u32> = self.several.values().flat_map(|senses| senses.iter().map(|sense| sense.record)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The entries of a hash, and the number of the first.
    pub fn entries(&self, hash: u64) -> (u32, &[Entry]) {
        let kept = kept(hash);
        let part = self.part(kept);
        let (Some(&from), Some(&to)) = (self.starts.get(part), self.starts.get(part + 1)) else { return (0, &[]) };
        let all = self.entries.get(from as usize..to as usize).unwrap_or_default();
        let skip = all.iter().take_while(|entry| entry.hash() < kept).count();
        let count = all[skip..].iter().take_while(|entry| entry.hash() == kept).count();
        (from + skip as u32, &all[skip..skip + count])
    }

    /// Works out where the parts begin.
    pub fn divide(&mut self) {
        let parts = (self.entries.len() / TOGETHER).next_power_of_two().min(1 << (u32::BITS - MARKS));
        self.starts = vec![0; parts + 1];
        let mut from = 0;
        for (number, entry) in (0_u32..).zip(&self.entries) {
            let part = self.part(entry.hash());
            self.starts[from..=part].fill(number);
            from = part + 1;
        }
        self.starts[from..].fill(self.entries.len() as u32);
    }

    fn part(&self, kept: u32) -> usize {
        let bits = self.starts.len().saturating_sub(1).checked_ilog2().unwrap_or(0);
        (u64::from(kept) >> (u32::BITS - MARKS - bits)) as usize
    }

    /// The name of an entry, without marks around it.
    pub fn text(&self, entry: &Entry) -> &str {
        let name = match &self.letters {
            Letters::Own(all) => all.get(self.place(entry).1 as usize).map(|name| &**name),
            Letters::Records(all) => {
                let (role, at) = self.place(entry);
                all.record(entry.record).and_then(|record| record.name_at(role, at))
            }
        };
        name.and_then(bare).unwrap_or_default()
    }

    /// The role through which a name means its record, and where among the names of either it stands.
    fn place(&self, entry: &Entry) -> (Option<u16>, u32) {
        let Some(place) = entry.role() else { return (None, entry.at) };
        self.roles.get(place).map_or((None, u32::MAX), |&(role, at)| (Some(role), at))
    }

    /// What is written in an entry that it means.
    pub fn sense(&self, entry: &Entry) -> Sense {
        Sense { record: entry.record, role: self.place(entry).0 }
    }

    /// All that an entry may mean, by its number.
    pub fn senses(&self, number: u32, entry: &Entry) -> Senses<'_> {
        if entry.key & SEVERAL == 0 {
            return Senses::One(self.sense(entry));
        }
        self.several.get(&number).map_or_else(|| Senses::One(self.sense(entry)), |all| Senses::Several(all))
    }
}
