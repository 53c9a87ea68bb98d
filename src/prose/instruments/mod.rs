//! Instruments recognised without record or mark: symbols, and the words people use for them.

mod project;

pub use project::{Patterns, find_project};

use smol_str::SmolStr;

use super::dates::Date;
use crate::syntax::Pin;
use crate::text::Span;

/// One instrument named in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// The words that name it; of a list (`resolutions 1540 (2004) and 2325 (2016)`) those of this one.
    pub span: Span,
    /// In its normal form: `S/RES/2202 (2015)`. A year that was not written is added where the number fixes it.
    pub symbol: SmolStr,
    /// Its normal id: `unsc-2202`, `unga-68-262`, `s-prst-2014-6`.
    pub id: SmolStr,
    /// Whose it is.
    pub body: Body,
    /// How it was written.
    pub form: Form,
    /// The year as written, and where.
    pub year_as_written: Option<(u16, Span)>,
    /// The pinpoint named beside it ("paragraph 4 of …"), and where.
    pub pin: Option<(Pin, Span)>,
    /// What is wrong with the writing of a symbol, when its meaning is still plain.
    pub malformed: Option<Malformed>,
}

/// Whose instrument it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// Resolutions of the Security Council; the number.
    SecurityCouncil(u32),
    /// Resolutions of the General Assembly.
    GeneralAssembly,
    /// Any other document of the United Nations: series are open-ended.
    UnitedNations,
    /// OSCE.
    Osce,
    /// European Union.
    EuropeanUnion,
    /// A court, by ECLI.
    Court,
    /// United Nations Treaty Series.
    TreatySeries,
    /// A form that the project declares.
    Project,
}

/// How an instrument was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// By its symbol.
    Symbol,
    /// In words with body or year.
    Words,
    /// A bare number that an earlier full form explains.
    Short,
}

/// What is wrong with a symbol whose meaning is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Malformed {
    /// Letters of another alphabet that look alike.
    Homoglyph,
    /// Its parts in another order: `S/RES/2015/2202`.
    Order,
}

/// "the November 9 Statement", "the statement … of 9 November 2020": a kind of instrument and its date, for the registry to settle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// All of the words.
    pub span: Span,
    /// The noun: `Statement`.
    pub noun: Span,
    /// The date.
    pub date: Date,
}

/// Appends the instruments of one passage.
pub fn find(text: &str, passage: Span, into: &mut Vec<Instrument>) {
    let _ = (text, passage, into);
}

/// Appends what is named by kind and date in one passage.
pub fn find_dated(text: &str, passage: Span, into: &mut Vec<Dated>) {
    let _ = (text, passage, into);
}

/// The pinpoint written beside an instrument's name at `name`: "Article 41 of NAME", "NAME, art. 41"; and where.
#[must_use]
pub fn pin_beside(text: &str, passage: Span, name: Span) -> Option<(Pin, Span)> {
    let _ = (text, passage, name);
    None
}
