//! All names by the hash of their words, twelve bytes each.
//!
//! The hash of a name is made token by token, so that a scan has that of every beginning at hand. Names are sorted by it, and
//! where those of each of many equal parts of all hashes begin ([`Parts`]) leads to the few to compare. Their letters stay where they are
//! written, in the records; a hash agrees by chance now and then, and every find is compared with the text: with the print of its
//! spelling, which lies beside the hash, and where that is another (an ending, capitals) with the letters, which lie far away.
//!
//! All of it is lists of numbers, made here or [kept](super::kept) since they were: a scan looks at them through a [`View`].

use std::fmt;
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};

use super::build::{Rejected, bare};
use super::caution::Care;
use super::filter::{Filter, Part, Parts, SORTED_BITS, sorted};
use super::flat::Flat;
use super::token::{self, Shape, mix};
use super::{CaseRule, Sense, Senses};
use crate::registry::Record;
use crate::text::begins::Begins;
use crate::text::blocks;

/// One spelling under one case rule.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct Entry {
    /// Who spells it so, and where among that record's names; or where in [`Table::afar`] that stands.
    whose: u32,
    /// Of its spelling.
    print: u32,
    /// Part of the hash above, six bits of marks below.
    key: u32,
}

/// Who spells a name, and where, that has no room in its entry; or a name that means several things.
#[derive(Clone, Copy, Debug, Pod, Zeroable)]
#[repr(C)]
pub struct Spelled {
    /// Whose name it is: the record, and the role if it is one's.
    pub sense: Sense,
    /// Where among the names of either.
    pub at: u32,
    /// Which of [`Table::senses`] it has, where it has several.
    pub from: u32,
    pub to: u32,
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
const MARKS: u32 = u32::BITS - SORTED_BITS;

impl Entry {
    /// Of a name with the hash of its words, which those in the text are. Who spells it is put into `afar` where the entry has no room.
    pub fn new(spelled: Spelled, text: &str, hash: u64, case: CaseRule, care: Care, afar: &mut Vec<Spelled>) -> Self {
        let mark = |is: bool, mark: u32| if is { mark } else { 0 };
        let care = mark(care.one_word, ONE_WORD) | mark(care.common, COMMON) | mark(care.short, SHORT) | mark(care.capitals, CAPITALS);
        let Spelled { sense, at, .. } = spelled;
        let whose = if sense.role().is_none() && sense.record >> RECORD_BITS == 0 && at >> PLACE_BITS == 0 {
            sense.record << PLACE_BITS | at
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

    /// The same with these senses beside what is written in it.
    #[must_use]
    pub fn with_senses(self, senses: &[Sense], several: &mut Vec<Sense>, afar: &mut Vec<Spelled>) -> Self {
        let from = several.len() as u32;
        several.extend_from_slice(senses);
        let to = several.len() as u32;
        let row = match self.whose() {
            Ok(spelled) => {
                afar.push(spelled);
                afar.len() - 1
            }
            Err(row) => row,
        };
        if let Some(spelled) = afar.get_mut(row) {
            (spelled.from, spelled.to) = (from, to);
        }
        Self { whose: AFAR | row as u32, ..self }
    }

    /// Who spells it so; or the row of those afar in which that stands.
    pub fn whose(&self) -> Result<Spelled, usize> {
        let Self { whose, .. } = *self;
        if whose & AFAR != 0 {
            return Err((whose & !AFAR) as usize);
        }
        Ok(Spelled { sense: Sense::new(whose >> PLACE_BITS, None), at: whose & ((1 << PLACE_BITS) - 1), from: 0, to: 0 })
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
    /// Keys of first words as they may stand in a text, as bits: those that may begin with a small letter, and the rest.
    pub lower: Flat<u64>,
    pub upper: Flat<u64>,
    /// The same by the heads of those in ASCII.
    pub lower_heads: Flat<u64>,
    pub upper_heads: Flat<u64>,
    /// The first bytes of those in ASCII that may begin with a small letter, if any.
    pub lower_begins: Option<Begins>,
    pub parts: Flat<Part>,
    /// By hash, then as [`super::build`] sorts those of one hash.
    pub entries: Flat<Entry>,
    /// Who spells the names whose entries have no room for it: those of roles, those that mean several things, and few others.
    pub afar: Flat<Spelled>,
    /// What the names mean that mean several things, for each in order.
    pub senses: Flat<Sense>,
    /// The records that share a name with another, sorted.
    pub shared: Flat<u32>,
    pub letters: Letters,
    /// Names left out, with the caller's number and the reason.
    pub rejected: Vec<Rejected>,
}

/// The compiled names as a scan looks at them, to which it is all one where they lie.
#[derive(Clone, Copy)]
pub struct View<'t> {
    lower: Filter<'t>,
    upper: Filter<'t>,
    lower_heads: Filter<'t>,
    upper_heads: Filter<'t>,
    pub lower_begins: Option<&'t Begins>,
    pub parts: Parts<'t>,
    entries: &'t [Entry],
    senses: &'t [Sense],
    spellings: Spellings<'t>,
}

/// How names are spelled.
#[derive(Clone, Copy)]
pub struct Spellings<'t> {
    /// See [`Table::afar`].
    pub afar: &'t [Spelled],
    pub letters: &'t Letters,
}

impl Table {
    /// For looking names up.
    pub fn view(&self) -> View<'_> {
        View {
            lower: Filter::of(&self.lower),
            upper: Filter::of(&self.upper),
            lower_heads: Filter::of(&self.lower_heads),
            upper_heads: Filter::of(&self.upper_heads),
            lower_begins: self.lower_begins.as_ref(),
            parts: Parts::of(&self.parts),
            entries: &self.entries,
            senses: &self.senses,
            spellings: Spellings { afar: &self.afar, letters: &self.letters },
        }
    }
}

impl<'t> View<'t> {
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

    /// The entries of a hash.
    pub fn entries(&self, hash: u64) -> &'t [Entry] {
        let sorted = sorted(hash);
        let all = self.entries.get(self.parts.entries(hash)).unwrap_or_default();
        // All of them are counted: the branch that would leave some out waits for the entries to come from memory.
        let count = |is: fn(&u32, &u32) -> bool| all.iter().filter(|entry| is(&entry.hash(), &sorted)).count();
        let first = count(u32::lt);
        all.get(first..first + count(u32::eq)).unwrap_or_default()
    }

    /// The name of an entry, without marks around it.
    pub fn text(&self, entry: &Entry) -> &'t str {
        self.spellings.text(entry)
    }

    /// All that an entry may mean.
    pub fn senses(&self, entry: &Entry) -> Senses<'t> {
        let Spelled { sense, from, to, .. } = self.spellings.spelled(entry);
        match self.senses.get(from as usize..to as usize) {
            Some(all @ [_, _, ..]) => Senses::Several(all),
            _ => Senses::One(sense),
        }
    }
}

impl<'t> Spellings<'t> {
    /// The name of an entry, without marks around it.
    pub fn text(&self, entry: &Entry) -> &'t str {
        let Spelled { sense, at, .. } = self.spelled(entry);
        let name = match self.letters {
            Letters::Own(all) => all.get(at as usize).map(|name| &**name),
            Letters::Records(all) => all.record(sense.record).and_then(|record| record.name_at(sense.role(), at)),
        };
        name.and_then(bare).unwrap_or_default()
    }

    /// Who spells a name, and where.
    pub fn spelled(&self, entry: &Entry) -> Spelled {
        entry.whose().unwrap_or_else(|row| self.afar.get(row).copied().unwrap_or(Spelled::zeroed()))
    }
}
