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

mod build;
mod caution;
mod compare;
mod filter;
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
pub use sieve::NameSieve;
pub use table::Records;

use std::ops::Deref;
use std::sync::Arc;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sense {
    /// The record, by the caller's number.
    pub record: u32,
    /// The role, when the name is a role's.
    pub role: Option<u16>,
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
    /// Records that share a name with another, sorted.
    shared: Vec<u32>,
}

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
        Self::of(table::Table::of_names(&names))
    }

    /// The same of all names of records, by their numbers; of those of which `has_names` tells that their names stand for them. The
    /// records are kept, and with them the letters of their names.
    #[must_use]
    pub fn compile_records(records: Arc<dyn Records>, has_names: impl Fn(&Record) -> bool + Sync) -> Self {
        Self::of(table::Table::of_records(records, has_names))
    }

    fn of(table: table::Table) -> Self {
        let shared = table.shared();
        Self { table, shared }
    }

    /// Calls `found` for every name in `text`, in order; of overlapping names the longest that begins first.
    pub fn scan<'g>(&'g self, text: &str, found: impl FnMut(Hit<'g>)) {
        scan::Scanner::new(&self.table, text, &|_| {}).run(found);
    }

    /// The same; `seen` hears of every record that the outcome hangs on: also of those whose names fit and are passed over.
    pub fn scan_told<'g>(&'g self, text: &str, found: impl FnMut(Hit<'g>), seen: &dyn Fn(u32)) {
        scan::Scanner::new(&self.table, text, seen).run(found);
    }

    /// Whether a name of this record may mean another as well.
    #[must_use]
    pub fn is_shared(&self, record: u32) -> bool {
        self.shared.binary_search(&record).is_ok()
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

/// Whether a name can be searched for; the reason when not.
///
/// # Errors
/// The same reason that [`Gazetteer::rejected`] gives.
pub fn searchable(name: &str) -> Result<(), Reason> {
    caution::refuse(name, CaseRule::of_name(name))
}
