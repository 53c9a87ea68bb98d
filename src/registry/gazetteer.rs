//! All names compiled once, and found in one pass: whole words, longest first.

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

/// One name found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'g> {
    /// The name's words, without a possessive ending.
    pub name: Span,
    /// With the possessive ending.
    pub span: Span,
    /// All it may mean, at least one.
    pub senses: &'g [Sense],
}

/// All names of a corpus, compiled.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {}

impl CaseRule {
    /// The rule of the registry's specification: a name with a capital letter is matched as written, one without in any case.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        if name.chars().any(char::is_uppercase) { Self::Exact } else { Self::Folded }
    }
}

impl Gazetteer {
    /// Compiles names. Names without a letter or digit are left out.
    #[must_use]
    pub fn compile<'a>(names: impl IntoIterator<Item = Name<'a>>) -> Self {
        names.into_iter().for_each(drop);
        Self {}
    }

    /// Calls `found` for every name in `text`, in order; of overlapping names the longest that begins first.
    pub fn scan<'g>(&'g self, text: &str, found: impl FnMut(Hit<'g>)) {
        let _ = (text, found);
    }
}
