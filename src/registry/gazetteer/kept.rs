//! Compiled names as bytes that lie as they are used: found again, none of them is made anew.
//!
//! A head of numbers, which says how long each list is; then the lists, each from a multiple of eight bytes on. Who keeps them sees that
//! they are whole and those of their [print](print_of): whatever decides what they are has a part in that. Beyond it nothing is believed. What
//! they lead to is looked at once, so that no find is of a record that is not there; and no look into a list can fail.

use std::io::{self, Write};
use std::mem;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::{Xxh3, xxh3_64_with_seed};

use super::Sense;
use super::caution::WORD_LISTS;
use super::flat::{Bytes, Flat};
use super::table::{Entry, Letters, Records, Table};
use super::token::{self, mix};
use crate::registry::Record;
use crate::text::begins::Begins;

/// Where compiled names lie between runs.
pub trait Shelf {
    /// What lies there under a print, whole.
    fn find(&self, print: u128) -> Option<Bytes>;
}

/// Another one whenever other names are compiled of the same records, or lie otherwise, beyond what the program's version, its lists of
/// words and the keys of [`PROBES`] tell.
const SHAPE: u64 = 1;

/// Words of all kinds: whoever makes keys otherwise makes others of some of them.
const PROBES: &str = "Nagorno-Karabakh's U.S. envoy’s 7th talks with Лаврова, Ёлкина и Éamon Ó Cuív in 東京, ٣ Ñandú";

/// First of the head: read with another order of bytes, it is another number.
const MARK: u64 = 0x0076_6964_696d_7573;

/// How many lists there are.
const LISTS: usize = 11;

/// What decides how the names of records are compiled, in a few bytes; and how many names there are.
pub fn print_of(records: &dyn Records, has_names: impl Fn(&Record) -> bool + Sync) -> (u64, u128) {
    let told = |number: u32| records.record(number).filter(|record| has_names(record)).map_or([0; 2], told_of);
    let all: Vec<[u64; 2]> = (0..records.count()).into_par_iter().with_min_len(512).map(told).collect();
    let mut print = Xxh3::with_seed(SHAPE);
    print.update(env!("CARGO_PKG_VERSION").as_bytes());
    for list in WORD_LISTS {
        print.update(list.as_bytes());
    }
    let mut at = 0;
    while let Some(token) = token::next(PROBES, at) {
        print.update(bytemuck::bytes_of(&token.key));
        at = token.end;
    }
    print.update(bytemuck::cast_slice(&all));
    (all.iter().map(|[names, _]| names).sum(), print.digest128())
}

/// How many names a record has, more or less, and a print of them and of their places in it.
fn told_of(record: &Record) -> [u64; 2] {
    let (mut names, mut print) = (record.own_names().len() + record.roles.len(), record.written.print());
    if let Some(case) = record.case {
        print = mix(print, 1 + case as u64);
    }
    for role in &record.roles {
        names += role.aliases.len();
        let aliases = role.aliases.iter().map(|alias| &alias.text);
        for (at, text) in (1..).zip(std::iter::once(&role.title.value).chain(aliases)) {
            print = xxh3_64_with_seed(text.as_bytes(), mix(print, at));
        }
    }
    [names as u64, print]
}

impl Table {
    /// Writes it as [`Self::kept`] takes it.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let rejected = postcard::to_stdvec(&self.rejected).map_err(io::Error::other)?;
        let lists: [&[u8]; LISTS] = [
            bytemuck::cast_slice(&self.lower),
            bytemuck::cast_slice(&self.upper),
            bytemuck::cast_slice(&self.lower_heads),
            bytemuck::cast_slice(&self.upper_heads),
            self.lower_begins.as_ref().map_or(&[], |begins| bytemuck::cast_slice(begins.bits())),
            bytemuck::cast_slice(&self.parts),
            bytemuck::cast_slice(&self.entries),
            bytemuck::cast_slice(&self.afar),
            bytemuck::cast_slice(&self.senses),
            bytemuck::cast_slice(&self.shared),
            &rejected,
        ];
        to.write_all(bytemuck::bytes_of(&MARK))?;
        to.write_all(bytemuck::bytes_of(&lists.map(|list| list.len() as u64)))?;
        for list in lists {
            to.write_all(list)?;
            to.write_all(&[0; 8][..list.len().next_multiple_of(8) - list.len()])?;
        }
        Ok(())
    }

    /// What [`write`](Self::write) wrote of the names of `records`; `None` when it cannot be that.
    pub fn kept(bytes: &Bytes, records: Arc<dyn Records>) -> Option<Self> {
        let all = (**bytes).as_ref();
        let mut lists = Lists::of(all)?;
        let table = Self {
            lower: lists.next(bytes)?,
            upper: lists.next(bytes)?,
            lower_heads: lists.next(bytes)?,
            upper_heads: lists.next(bytes)?,
            lower_begins: match &*lists.next::<u64>(bytes)? {
                [] => None,
                bits => Some(Begins::of_bits(bits)?),
            },
            parts: lists.next(bytes)?,
            entries: lists.next(bytes)?,
            afar: lists.next(bytes)?,
            senses: lists.next(bytes)?,
            shared: lists.next(bytes)?,
            rejected: postcard::from_bytes(all.get(lists.part()?)?).ok()?,
            letters: Letters::Records(records.clone()),
        };
        (lists.at == all.len() && table.leads_to(records.count())).then_some(table)
    }

    /// Whether all that may be found is one of so many records.
    fn leads_to(&self, records: u32) -> bool {
        let (entries, afar, senses) = (&*self.entries, &*self.afar, &*self.senses);
        let is_there = |sense: Sense| sense.record < records;
        let mut spelled = entries.iter().map(Entry::whose);
        spelled.all(|whose| whose.map_or_else(|row| row < afar.len(), |spelled| is_there(spelled.sense)))
            && afar.iter().all(|spelled| is_there(spelled.sense))
            && senses.iter().all(|sense| is_there(*sense))
    }
}

/// Where the lists are.
struct Lists {
    lens: std::array::IntoIter<u64, LISTS>,
    /// Where the next begins.
    at: usize,
}

impl Lists {
    fn of(bytes: &[u8]) -> Option<Self> {
        let head: &[u64] = bytemuck::try_cast_slice(bytes.get(..mem::size_of::<[u64; 1 + LISTS]>())?).ok()?;
        let (mark, lens) = head.split_first()?;
        (*mark == MARK).then_some(Self { lens: <[u64; LISTS]>::try_from(lens).ok()?.into_iter(), at: mem::size_of_val(head) })
    }

    /// Where the next one lies.
    fn part(&mut self) -> Option<Range<usize>> {
        let (start, len) = (self.at, usize::try_from(self.lens.next()?).ok()?);
        let end = start.checked_add(len)?;
        self.at = end.checked_next_multiple_of(8)?;
        Some(start..end)
    }

    /// The next one, in these bytes.
    fn next<T: bytemuck::Pod>(&mut self, bytes: &Bytes) -> Option<Flat<T>> {
        Flat::kept(bytes, self.part()?)
    }
}

#[cfg(test)]
mod tests;
