//! All names by the hash of their words, twelve bytes each.
//!
//! The hash of a name is made token by token, so that a scan has that of every beginning at hand. Names are sorted by it, and
//! where those of each of many equal parts of all hashes begin ([`Parts`]) leads to the few to compare. Their letters stay where they are
//! written, in the records; a hash agrees by chance now and then, and every find is compared with the text: with the print of its
//! spelling, which lies beside the hash, and where that is another (an ending, capitals) with the letters, which lie far away.

use std::fmt;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::build::{Rejected, bare};
use super::caution::Care;
use super::filter::{Filter, Parts, SORTED_BITS, sorted};
use super::token::{self, Shape, mix};
use super::{CaseRule, Sense, Senses};
use crate::registry::Record;
use crate::text::begins::Begins;
use crate::text::blocks;

/// One spelling under one case rule.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Who spells it so, and where among that record's names; or where in [`Table::afar`] that stands.
    whose: u32,
    /// Of its spelling.
    print: u32,
    /// Part of the hash above, six marks below.
    pub key: u32,
}

/// Who spells a name, and where, that has no room in its entry.
#[derive(Clone, Copy, Debug)]
pub struct Spelled {
    /// The record.
    pub record: u32,
    /// The role whose name it is, by the record's numbers.
    pub role: Option<u16>,
    /// Where among the names of either.
    pub at: u32,
}

/// In [`Entry::whose`]: it stands in [`Table::afar`].
const AFAR: u32 = 1 << 31;
/// Bits of [`Entry::whose`] that hold a record's number, which is one of the name's senses; below them lies a place among its names.
const RECORD_BITS: u32 = 21;
const PLACE_BITS: u32 = 31 - RECORD_BITS;

const ONE_WORD: u32 = 1;
const COMMON: u32 = 2;
const SHORT: u32 = 4;
const CAPITALS: u32 = 8;
const FOLDED: u32 = 16;
/// It means something beside what is written in it.
pub const SEVERAL: u32 = 32;
const MARKS: u32 = u32::BITS - SORTED_BITS;

impl Entry {
    /// Of a name with the hash of its words, which those in the text are. Who spells it is put into `afar` where the entry has no room.
    pub fn new(spelled: Spelled, text: &str, hash: u64, case: CaseRule, care: Care, afar: &mut Vec<Spelled>) -> Self {
        let mark = |is: bool, mark: u32| if is { mark } else { 0 };
        let care = mark(care.one_word, ONE_WORD) | mark(care.common, COMMON) | mark(care.short, SHORT) | mark(care.capitals, CAPITALS);
        let Spelled { record, role, at } = spelled;
        let whose = if role.is_none() && record >> RECORD_BITS == 0 && at >> PLACE_BITS == 0 {
            record << PLACE_BITS | at
        } else {
            afar.push(spelled);
            AFAR | (afar.len() - 1) as u32
        };
        Self { whose, print: print(text), key: sorted(hash) << MARKS | care | mark(case == CaseRule::Folded, FOLDED) }
    }

    /// The same when the list of those afar begins with so many others.
    #[must_use]
    pub fn behind(self, others: usize) -> Self {
        if self.whose & AFAR == 0 { self } else { Self { whose: self.whose + others as u32, ..self } }
    }

    /// Whether it is spelled so, letter for letter.
    pub fn is_spelled(&self, words: &str) -> bool {
        self.print == print(words)
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

/// The print of a spelling.
fn print(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let hash = (0..bytes.len()).step_by(8).fold(bytes.len() as u64, |hash, at| then(hash, blocks::eight(bytes, at)));
    (hash >> 32) as u32
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
    /// The first bytes of those in ASCII that may begin with a small letter, if any.
    pub lower_begins: Option<Begins>,
    pub parts: Parts,
    /// Who spells the names whose entries have no room for it: those of roles, and few others.
    pub afar: Vec<Spelled>,
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
        let (sorted, part) = (sorted(hash), self.parts.entries(hash));
        let all = self.entries.get(part.clone()).unwrap_or_default();
        // All of them are counted: the branch that would leave some out waits for the entries to come from memory.
        let count = |is: fn(&u32, &u32) -> bool| all.iter().filter(|entry| is(&entry.hash(), &sorted)).count();
        let first = count(u32::lt);
        ((part.start + first) as u32, &all[first..first + count(u32::eq)])
    }

    /// The name of an entry, without marks around it.
    pub fn text(&self, entry: &Entry) -> &str {
        let Spelled { record, role, at } = self.spelled(entry);
        let name = match &self.letters {
            Letters::Own(all) => all.get(at as usize).map(|name| &**name),
            Letters::Records(all) => all.record(record).and_then(|record| record.name_at(role, at)),
        };
        name.and_then(bare).unwrap_or_default()
    }

    /// Who spells a name, and where.
    fn spelled(&self, entry: &Entry) -> Spelled {
        let Entry { whose, .. } = *entry;
        let near = Spelled { record: whose >> PLACE_BITS, role: None, at: whose & ((1 << PLACE_BITS) - 1) };
        if whose & AFAR == 0 { near } else { self.afar.get((whose & !AFAR) as usize).copied().unwrap_or(near) }
    }

    /// What is written in an entry that it means.
    pub fn sense(&self, entry: &Entry) -> Sense {
        let Spelled { record, role, .. } = self.spelled(entry);
        Sense { record, role }
    }

    /// All that an entry may mean, by its number.
    pub fn senses(&self, number: u32, entry: &Entry) -> Senses<'_> {
        if entry.key & SEVERAL == 0 {
            return Senses::One(self.sense(entry));
        }
        self.several.get(&number).map_or_else(|| Senses::One(self.sense(entry)), |all| Senses::Several(all))
    }
}
