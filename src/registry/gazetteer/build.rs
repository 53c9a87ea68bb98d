//! Compiling names into a [`Table`].
//!
//! Names are cut and hashed on all threads, some at a time: what is made on the way must not take more room than the table.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::caution;
use super::compare::{Fit, fits};
use super::filter::{self, PartsToBe};
use super::table::{Entry, Letters, Records, Spelled, Spellings, Table, then};
use super::token::{self, Shape};
use super::{CaseRule, Name, Sense};
use crate::registry::Record;
use crate::text::begins::Begins;
use crate::text::blocks;

/// Names of more tokens than this are left out: nobody writes them twice the same way, and a bound keeps a scan linear.
pub const MOST_TOKENS: usize = 32;

/// A name that is not searched for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// The name as given.
    pub text: String,
    /// Whose.
    pub record: u32,
    /// Through which role.
    pub role: Option<u16>,
    /// Why.
    pub reason: caution::Reason,
}

impl Table {
    /// Compiles names.
    pub fn of_names(names: &[Name<'_>]) -> Self {
        let (mut builder, at_once) = (Builder::with_room(names.len()), at_once());
        for (turn, some) in names.chunks(at_once).enumerate() {
            let shares = some.par_chunks(SHARE).enumerate();
            let cut = shares.map(|(n, share)| {
                let mut chunk = Chunk::with_room(share.len());
                for (at, name) in ((turn * at_once + n * SHARE) as u32..).zip(share) {
                    chunk.take(name, at);
                }
                chunk
            });
            builder.take(cut.collect());
        }
        builder.end(Letters::Own(names.iter().map(|name| name.text.into()).collect()))
    }

    /// Compiles the names of records.
    pub fn of_records(records: Arc<dyn Records>, has_names: impl Fn(&Record) -> bool + Sync) -> Self {
        let named = |number: u32| records.record(number).filter(|record| has_names(record));
        let count =
            (0..records.count()).into_par_iter().filter_map(named).map(|record| record.own_names().len() + record.roles.len()).sum();
        let (mut builder, at_once) = (Builder::with_room(count), at_once());
        for from in (0..records.count()).step_by(at_once) {
            let some = from..records.count().min(from + at_once as u32);
            let shares: Vec<Range<u32>> = some.clone().step_by(SHARE).map(|from| from..some.end.min(from + SHARE as u32)).collect();
            let cut = shares.into_par_iter().map(|share| {
                let mut chunk = Chunk::with_room(share.len() * 4);
                for (number, record) in share.filter_map(|number| Some((number, named(number)?))) {
                    record.each_name(number, |name, at| chunk.take(&name, at));
                }
                chunk
            });
            builder.take(cut.collect());
        }
        builder.end(Letters::Records(records))
    }
}

/// Makes entries of one spelling one, and gives each the senses of those that its own spelling fits too: those of entries that have several.
fn unite(entries: &mut Vec<Entry>, afar: &mut Vec<Spelled>, letters: &Letters) -> Vec<Sense> {
    let (mut read, mut written, mut several) = (0, 0, Vec::new());
    while let Some(first) = entries.get(read) {
        let count = entries[read..].iter().take_while(|entry| entry.hash() == first.hash()).count();
        if count == 1 {
            entries[written] = *first;
            written += 1;
        } else {
            let group = entries[read..read + count].to_vec();
            for (entry, senses) in (Spellings { afar, letters }).united(group) {
                entries[written] = if senses.len() > 1 { entry.with_senses(&senses, &mut several, afar) } else { entry };
                written += 1;
            }
        }
        read += count;
    }
    entries.truncate(written);
    several
}

impl Spellings<'_> {
    /// The entries of one hash, by words, case and sense.
    fn united(&self, mut group: Vec<Entry>) -> Vec<(Entry, Vec<Sense>)> {
        let folded = |entry: &Entry| entry.case() == CaseRule::Folded;
        group.sort_unstable_by(|a, b| {
            self.text(a).cmp(self.text(b)).then_with(|| (folded(a), self.sense(a)).cmp(&(folded(b), self.sense(b))))
        });
        let same = |a: &Entry, b: &Entry| self.text(a) == self.text(b) && a.case() == b.case();
        let spellings = group.chunk_by(same).map(|same| {
            let mut senses: Vec<Sense> = same.iter().map(|entry| self.sense(entry)).collect();
            senses.dedup();
            (same[0], senses)
        });
        let mut all: Vec<(Entry, Vec<Sense>)> = spellings.collect();
        if all.len() > 1 {
            self.share(&mut all);
        }
        all
    }

    /// "March" the person keeps "march" the event as a candidate, and «Лаврова» keeps «Лавров».
    fn share(&self, all: &mut [(Entry, Vec<Sense>)]) {
        // More spellings of one name than this differ in case only by malice; comparing all with all is quadratic.
        const MOST: usize = 64;
        let before: Vec<(Entry, Vec<Sense>)> = all.iter().take(MOST).cloned().collect();
        for (i, (entry, _)) in before.iter().enumerate() {
            let spelled = self.text(entry);
            for (j, (other, senses)) in before.iter().enumerate() {
                if i != j && fits(self.text(other), other.case(), spelled, || false) != Fit::No {
                    all[i].1.extend_from_slice(senses);
                }
            }
            all[i].1.sort_unstable();
            all[i].1.dedup();
        }
    }

    /// What an entry means before it is united with others.
    fn sense(&self, entry: &Entry) -> Sense {
        self.spelled(entry).sense
    }
}

/// So many names or records are one thread's at a time.
const SHARE: usize = 1 << 9;

/// So many of them are cut into tokens before they are filed: some shares for each thread.
fn at_once() -> usize {
    SHARE * 4 * rayon::current_num_threads().clamp(1, 32)
}

/// A table that grows.
struct Builder {
    firsts: Firsts,
    parts: PartsToBe,
    entries: Vec<Entry>,
    afar: Vec<Spelled>,
    rejected: Vec<Rejected>,
}

impl Builder {
    fn with_room(names: usize) -> Self {
        let (parts, entries) = (PartsToBe::with_room(names), Vec::with_capacity(names));
        Self { firsts: Firsts::default(), parts, entries, afar: Vec::new(), rejected: Vec::new() }
    }

    fn take(&mut self, chunks: Vec<Chunk>) {
        for chunk in chunks {
            self.firsts.take(&chunk.firsts);
            chunk.beginnings.iter().for_each(|hash| self.parts.add_beginning(*hash));
            chunk.names.iter().for_each(|(hash, _)| self.parts.add_whole(*hash));
            let afar = self.afar.len();
            self.entries.extend(chunk.names.iter().map(|(_, entry)| entry.behind(afar)));
            self.afar.extend(chunk.afar);
            self.rejected.extend(chunk.rejected);
        }
        self.firsts.tidy();
    }

    fn end(self, letters: Letters) -> Table {
        let Self { firsts, parts, mut entries, mut afar, rejected } = self;
        let Firsts { upper, lower, upper_heads, lower_heads, lower_begins } = firsts;
        let begins: Vec<[u8; 8]> = lower_begins.into_iter().map(u64::to_le_bytes).collect();
        let begins = || begins.iter().filter_map(|bytes| bytes.split(|&byte| byte == 0).next());
        entries.par_sort_unstable_by_key(Entry::hash);
        let senses = unite(&mut entries, &mut afar, &letters);
        // Copying them would take the same room once more, so a little is left unused instead.
        if entries.capacity() > entries.len() + entries.len() / 8 {
            entries.shrink_to_fit();
        }
        let mut shared: Vec<u32> = senses.iter().map(|sense| sense.record).collect();
        shared.sort_unstable();
        shared.dedup();
        let [upper, lower, upper_heads, lower_heads] = [upper, lower, upper_heads, lower_heads].map(|keys| filter::bits_of(keys).into());
        Table {
            lower,
            upper,
            lower_heads,
            upper_heads,
            lower_begins: begins().next().map(|_| Begins::of(begins())),
            parts: parts.divide(entries.iter().map(Entry::hash)).into(),
            entries: entries.into(),
            afar: afar.into(),
            senses: senses.into(),
            shared: shared.into(),
            letters,
            rejected,
        }
    }
}

/// The hashes of first words and of their heads, for the filters.
#[derive(Default)]
struct Firsts {
    upper: Vec<u64>,
    lower: Vec<u64>,
    upper_heads: Vec<u64>,
    lower_heads: Vec<u64>,
    lower_begins: Vec<u64>,
}

impl Firsts {
    fn take(&mut self, firsts: &[First]) {
        let lower = || firsts.iter().filter(|first| first.may_be_lower);
        self.upper.extend(firsts.iter().map(|first| first.key));
        self.lower.extend(lower().map(|first| first.key));
        self.upper_heads.extend(firsts.iter().filter_map(|first| first.head));
        self.lower_heads.extend(lower().filter_map(|first| first.head));
        self.lower_begins.extend(lower().filter(|first| first.head.is_some()).map(|first| first.begins));
    }

    /// Names begin with far fewer words than they are.
    fn tidy(&mut self) {
        for list in [&mut self.upper, &mut self.lower, &mut self.upper_heads, &mut self.lower_heads, &mut self.lower_begins] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// Part of the names, cut into tokens and hashed.
struct Chunk {
    names: Vec<(u64, Entry)>,
    /// The hashes of all that names begin with and go on from.
    beginnings: Vec<u64>,
    firsts: Vec<First>,
    afar: Vec<Spelled>,
    rejected: Vec<Rejected>,
}

/// The first word of a name.
struct First {
    key: u64,
    /// Of a word of ASCII.
    head: Option<u64>,
    /// Its first three bytes, as a number.
    begins: u64,
    /// Whether it may stand in a text with a small letter.
    may_be_lower: bool,
}

impl Chunk {
    fn with_room(names: usize) -> Self {
        Self {
            names: Vec::with_capacity(names),
            beginnings: Vec::with_capacity(names * 2),
            firsts: Vec::with_capacity(names),
            afar: Vec::new(),
            rejected: Vec::new(),
        }
    }

    /// Takes a name; `at` is where its record or role has it.
    fn take(&mut self, name: &Name<'_>, at: u32) {
        if let Err(reason) = self.try_take(name, at) {
            self.rejected.push(Rejected { text: name.text.to_owned(), record: name.record, role: name.role, reason });
        }
    }

    fn try_take(&mut self, name: &Name<'_>, place: u32) -> Result<(), caution::Reason> {
        let text = bare(name.text).ok_or(caution::Reason::NoWord)?;
        let Some(first) = token::next(text, 0) else { return Err(caution::Reason::NoWord) };
        let mut tally = caution::Tally::default();
        tally.take(text, &first);
        let (from, mut at, mut hash, mut tokens) = (self.beginnings.len(), first.end, first.key, 1);
        while let Some(token) = token::next(text, at) {
            tally.take(text, &token);
            self.beginnings.push(hash);
            hash = then(hash, token.key);
            at = token.end;
            tokens += 1;
        }
        let too_long = || tokens > MOST_TOKENS || text.len() > usize::from(u16::MAX);
        let judged = tally.judge(text, name.case).and_then(|care| if too_long() { Err(caution::Reason::TooLong) } else { Ok(care) });
        let care = judged.inspect_err(|_| self.beginnings.truncate(from))?;
        let may_be_lower = name.case == CaseRule::Folded || first.shape == Shape::Lower;
        let written = &text.as_bytes()[first.start..first.end];
        let head = written.is_ascii().then(|| blocks::head(written, 0, written.len()));
        let begins = blocks::eight(written, 0) & 0xFF_FFFF;
        self.firsts.push(First { key: first.key, head, begins, may_be_lower });
        let spelled = Spelled { sense: Sense::new(name.record, name.role), at: place, from: 0, to: 0 };
        self.names.push((hash, Entry::new(spelled, text, hash, name.case, care, &mut self.afar)));
        Ok(())
    }
}

/// A name without the marks and spaces around it, from its first letter or digit to its last, with the full stop of an
/// abbreviation (`U.S.`) and a closing bracket that was opened. `None` when nothing is left.
pub fn bare(name: &str) -> Option<&str> {
    let start = name.find(token::is_word_char)?;
    let name = &name[start..];
    let (last, c) = name.char_indices().rev().find(|&(_, c)| token::is_word_char(c))?;
    let end = last + c.len_utf8();
    let (inner, rest) = name.split_at(end);
    let kept = match rest.chars().next() {
        Some('.') if inner.contains('.') => 1,
        Some(')') if inner.contains('(') => 1,
        _ => 0,
    };
    name.get(..end + kept)
}
