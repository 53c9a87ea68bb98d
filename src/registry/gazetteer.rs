//! All names compiled once, and found in one pass: whole words, longest first.
//!
//! A table of hashes of tokens (not Aho-Corasick: there a longer name that fails at its boundary hides
//! the shorter one within, and a name cannot cross the end of a line). Every find is compared with the
//! text, by another hash of its letters or by the letters themselves: two hashes do not collide at once.
//!
//! What fits a name:
//! - *Spaces* of any length, a line's end among them, but not an empty line.
//! - *Hyphens and apostrophes* of any shape; `ё` and `е`. Otherwise diacritics count.
//! - *Case* by [`CaseRule`]; a name in capitals only of four letters or more fits too, as in headings and datelines.
//! - *Possessives* `'s ’s s' s’`, which are in [`Hit::span`] and not in [`Hit::name`].
//! - *Russian endings*, with care ([`russian`]).
//!
//! What is found but unlikely to be the name where it stands is passed over ([`caution`]); names
//! that would be found in every sentence are left out and listed in [`Gazetteer::rejected`].
//!
//! Compiled names are lists of numbers and nothing else, so that they can lie in a file and be used as they lie there ([`kept`]): that costs a
//! look at each name to know that it is the same, and a look at each number to know that none misleads. Where the file is, and that it
//! is whole, is known to the [`Shelf`] that is passed in.

mod build;
mod caution;
mod compare;
mod filter;
mod flat;
mod kept;
mod places;
mod russian;
mod scan;
mod sieve;
mod table;
#[cfg(test)]
mod tests;
mod token;

pub use build::Rejected;
pub use caution::Reason;
pub use flat::Bytes;
pub use kept::Shelf;
pub use sieve::NameSieve;
pub use table::Records;

use std::io::{self, Write};
use std::ops::Deref;
use std::sync::Arc;

use bytemuck::{Pod, Zeroable};

use super::Record;
use crate::text::Span;

/// How the case of a name's letters counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseRule {
    /// As written; its first letter may also be a capital, where a sentence begins.
    Exact,
    /// In any case.
    Folded,
}

/// One name of one record, for compiling.
#[derive(Clone, Copy, Debug)]
pub struct Name<'a> {
    /// The words.
    pub text: &'a str,
    /// Whom it means; the caller's number.
    pub record: u32,
    /// The role through which it means them; the caller's number.
    pub role: Option<u16>,
    /// How case counts.
    pub case: CaseRule,
}

/// One thing that a name found may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub struct Sense {
    /// The record, by the caller's number.
    pub record: u32,
    /// One more than the role; nothing when the name is no role's.
    role: u32,
}

impl Sense {
    /// A record, or a role of it.
    #[must_use]
    pub fn new(record: u32, role: Option<u16>) -> Self {
        Self { record, role: role.map_or(0, |role| u32::from(role) + 1) }
    }

    /// The role, when the name is a role's.
    #[must_use]
    pub fn role(self) -> Option<u16> {
        self.role.checked_sub(1).and_then(|role| u16::try_from(role).ok())
    }
}

/// All that a name found may mean, at least one thing: a list, sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Senses<'g> {
    /// One thing, as of most names.
    One(Sense),
    /// Several.
    Several(&'g [Sense]),
}

impl Deref for Senses<'_> {
    type Target = [Sense];

    fn deref(&self) -> &[Sense] {
        match self {
            Self::One(sense) => std::slice::from_ref(sense),
            Self::Several(all) => all,
        }
    }
}

/// One name found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'g> {
    /// The name's words, without a possessive ending.
    pub name: Span,
    /// With the possessive ending.
    pub span: Span,
    /// All it may mean, at least one, sorted.
    pub senses: Senses<'g>,
}

/// All names of a corpus, compiled.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    table: table::Table,
    /// Under which print a shelf should have it, and has it not.
    unkept: Option<u128>,
}

/// Finds the names of a gazetteer: one for all passages of a text, since they are short.
#[derive(Clone, Copy)]
pub struct Finder<'g> {
    view: table::View<'g>,
}

/// So few names are compiled before a shelf has been looked at.
const FEW: u64 = 2000;

impl CaseRule {
    /// The rule of the registry's specification: a name with a capital letter is matched as written, one without in any case.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        if name.chars().any(char::is_uppercase) { Self::Exact } else { Self::Folded }
    }
}

impl Gazetteer {
    /// Compiles names. Those that cannot be searched for are left out, see [`Self::rejected`].
    #[must_use]
    pub fn compile<'a>(names: impl IntoIterator<Item = Name<'a>>) -> Self {
        let names: Vec<Name<'a>> = names.into_iter().collect();
        Self { table: table::Table::of_names(&names), unkept: None }
    }

    /// The same of all names of records, by their numbers; of those of which `has_names` tells that their names stand for them. The
    /// records are kept, and with them the letters of their names.
    #[must_use]
    pub fn compile_records(records: Arc<dyn Records>, has_names: impl Fn(&Record) -> bool + Sync) -> Self {
        Self { table: table::Table::of_records(records, has_names), unkept: None }
    }

    /// The same, from a shelf where they lie there compiled.
    #[must_use]
    pub fn find_or_compile(records: Arc<dyn Records>, has_names: impl Fn(&Record) -> bool + Sync, shelf: &dyn Shelf) -> Self {
        let (names, print) = kept::print_of(&*records, &has_names);
        if names < FEW {
            return Self::compile_records(records, has_names);
        }
        match shelf.find(print).and_then(|bytes| table::Table::kept(&bytes, records.clone())) {
            Some(table) => Self { table, unkept: None },
            None => Self { unkept: Some(print), ..Self::compile_records(records, has_names) },
        }
    }

    /// Under which print it should be laid on the shelf that was asked for it; `None` when it lies there, or was not asked for.
    #[must_use]
    pub fn unkept(&self) -> Option<u128> {
        self.unkept
    }

    /// Writes it as a shelf has it. The names of records alone are found again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        self.table.write(to)
    }

    /// For looking its names up in texts.
    #[must_use]
    pub fn finder(&self) -> Finder<'_> {
        Finder { view: self.table.view() }
    }

    /// Calls `found` for every name in `text`, in order; of overlapping names the longest that begins first.
    pub fn scan<'g>(&'g self, text: &str, found: impl FnMut(Hit<'g>)) {
        self.finder().scan(text, found, &|_| {});
    }

    /// Whether a name of this record may mean another as well.
    #[must_use]
    pub fn is_shared(&self, record: u32) -> bool {
        self.table.shared.binary_search(&record).is_ok()
    }

    /// How many names there are, each spelling once.
    #[must_use]
    pub fn count(&self) -> usize {
        self.table.entries.len()
    }

    /// The names left out, in the order given.
    #[must_use]
    pub fn rejected(&self) -> &[Rejected] {
        &self.table.rejected
    }
}

impl<'g> Finder<'g> {
    /// As [`Gazetteer::scan`]; `seen` hears of every record that the outcome hangs on: also of those whose names fit and are passed over.
    pub fn scan(&self, text: &str, found: impl FnMut(Hit<'g>), seen: &dyn Fn(u32)) {
        scan::Scanner::new(&self.view, text, seen).run(found);
    }
}

/// Whether a name can be searched for; the reason when not.
///
/// # Errors
/// The same reason that [`Gazetteer::rejected`] gives.
pub fn searchable(name: &str) -> Result<(), Reason> {
    caution::refuse(name, CaseRule::of_name(name))
}
