//! Instruments recognised without record or mark: symbols, and the words people use for them.
//!
//! [`find`] reads running text passage by passage. Two vector searches tell where something may
//! stand, a slash and a few literals; a hand-written reader decides there. Nothing else of a text is
//! touched. However an instrument is written, it has one symbol and one id (the table in `normal`), which
//! [`normal_form`] gives for the symbol of a record as well.
//!
//! - symbols: `un`, `osce`, `eu`, `courts`
//! - words: `words_en`, `words_ru` read the words, `numbers` the number, `issuers` the body, `lists` all behind
//!   one word, `short` what an earlier form explains
//! - beside them: [`pin_beside`], [`find_dated`], and the forms a project declares: [`find_project`]
//!
//! Not here: whether a year is right or an instrument exists (`rules`), names that only the registry knows.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Match, Regex};
use smol_str::SmolStr;

use super::dates::Date;
use crate::syntax::Pin;
use crate::text::Span;

mod back;
mod courts;
mod cursor;
mod dated;
mod eu;
mod issuers;
mod lists;
mod normal;
mod numbers;
mod osce;
mod pins;
mod project;
mod short;
mod un;
mod words_en;
mod words_ru;

pub use back::{Back, back_at, pin_of_name};
pub use dated::find_dated;
pub use pins::pin_beside;
pub use project::{Patterns, find_project};

/// One instrument named in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// The words that name it; of a list (`resolutions 1540 (2004) and 2325 (2016)`) those of this one.
    pub span: Span,
    /// In its normal form: `S/RES/2202 (2015)`. A year that was not written is added where the number fixes it; one that
    /// was written stays, right or wrong.
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
    /// Its address, for a form that the project declares with one.
    pub url: Option<SmolStr>,
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
    /// Of a form that the project declares.
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

/// Literals beside which an instrument may stand. All literals, so that the search is a vector search for all of them at once.
static TRIGGERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let literals = [
        "esolution",
        "ESOLUTION",
        "езолюци",
        "ЕЗОЛЮЦИ",
        "SCR",
        r"es\. ",
        r"es\.\n",
        "Res ",
        r"\(19",
        r"\(20",
        "ECLI:",
        "UNTS",
        r"U\.N\.T\.S",
        "Treaty Series",
        "319",
        "320",
        "619",
        "620",
    ];
    Regex::new(&literals.join("|")).ok()
});

/// Appends the instruments of one passage, in order of place and without overlap. Passages of one text
/// share `into`: what it holds already are the earlier forms that explain short ones.
pub fn find(text: &str, passage: Span, into: &mut Vec<Instrument>) {
    Search::of(text, passage).find_all(passage, into, &mut Vec::new());
}

/// Looks a text through for what instruments are known by, whatever its passages: there is little of it.
pub(super) struct Search<'t> {
    text: &'t str,
    /// As far as is looked.
    until: &'t str,
    /// The next trigger, and the next slash, from the last passage asked for on.
    trigger: Option<Match<'t>>,
    slash: usize,
}

impl<'t> Search<'t> {
    /// Of a part of a text.
    pub(super) fn of(text: &'t str, part: Span) -> Self {
        let mut search = Self { text, until: Span::new(0, part.end).slice(text), trigger: None, slash: 0 };
        (search.trigger, search.slash) = (search.trigger_from(part.start as usize), search.slash_from(part.start as usize));
        search
    }

    fn trigger_from(&self, at: usize) -> Option<Match<'t>> {
        TRIGGERS.as_ref().filter(|_| at < self.until.len())?.find_at(self.until, at)
    }

    /// The end of all where there is none.
    fn slash_from(&self, at: usize) -> usize {
        let rest = self.until.as_bytes().get(at..).unwrap_or_default();
        at + memchr::memchr(b'/', rest).unwrap_or(rest.len())
    }

    /// The next trigger within a passage, which begins no earlier than the one asked for before; `from`: behind which byte.
    fn trigger_in(&mut self, passage: Range<usize>, from: usize) -> Option<Match<'t>> {
        let mut from = from.max(passage.start);
        loop {
            if self.trigger?.start() < from {
                self.trigger = self.trigger_from(from);
            }
            let found = self.trigger.filter(|found| found.start() < passage.end)?;
            if found.end() <= passage.end {
                return Some(found);
            }
            // It reaches beyond: another may begin behind its head.
            from = self.until.ceil_char_boundary(found.start() + 1);
        }
    }

    /// Appends the instruments of one passage, and to `unsettled` bare numbers that no body, year or earlier form explains: `resolution
    /// 181`. Passages come in order.
    pub(super) fn find_all(&mut self, passage: Span, into: &mut Vec<Instrument>, unsettled: &mut Vec<Span>) {
        let (text, here) = (self.text, passage.range());
        let p = passage.slice(text);
        if p.is_empty() {
            return;
        }
        let (from, open) = (into.len(), unsettled.len());
        if self.slash < here.start {
            self.slash = self.slash_from(here.start);
        }
        if self.slash < here.end {
            symbols(p, here.start, into);
        }
        self.words(p, here, into, unsettled);
        if into.len() > from {
            settle(text, passage, from, into);
            let found = &into[from..];
            let mut place = 0;
            unsettled.retain(|span| {
                place += 1;
                let next = found.partition_point(|i| i.span.end <= span.start);
                place <= open || found.get(next).is_none_or(|i| !i.span.overlaps(*span))
            });
        }
    }

    /// Whatever has a word or sign of its own.
    fn words(&mut self, p: &str, here: Range<usize>, into: &mut Vec<Instrument>, unsettled: &mut Vec<Span>) {
        let (base, mut done, mut behind) = (here.start, 0, here.start);
        while let Some(hit) = self.trigger_in(here.clone(), behind) {
            behind = hit.end();
            let (at, end) = (hit.start() - base, hit.end() - base);
            let head = match hit.as_str() {
                "esolution" | "ESOLUTION" => words_en::resolution(p, at),
                "езолюци" | "ЕЗОЛЮЦИ" => words_ru::resolution(p, at),
                "SCR" => words_en::scr(p, at),
                "es. " | "es.\n" => words_en::res(p, at),
                "Res " => words_en::res(p, at + 1),
                other => {
                    let found = match other {
                        "(19" | "(20" if at < done => None,
                        "(19" | "(20" => short::headless(p, base, at, into),
                        "ECLI:" => courts::ecli(p, base, at),
                        "UNTS" | "U.N.T.S" => courts::unts(p, base, at, end),
                        "Treaty Series" => courts::series(p, base, at, end),
                        _ => eu::celex(p, base, at),
                    };
                    into.extend(found);
                    None
                }
            };
            if let Some(head) = head {
                done = lists::read(p, base, &head, into, unsettled);
            }
        }
    }
}

/// The symbol and id of what `text` names, when it names one instrument and nothing else: the normal form of a record's `symbol`.
#[must_use]
pub fn normal_form(text: &str) -> Option<(SmolStr, SmolStr)> {
    let text = text.trim();
    let mut found = Vec::new();
    find(text, Span::from(0..text.len()), &mut found);
    let whole = found.pop().filter(|i| found.is_empty() && i.span.slice(text).len() == text.len())?;
    Some((whole.symbol, whole.id))
}

/// Whatever has a slash.
fn symbols(p: &str, base: usize, into: &mut Vec<Instrument>) {
    let mut done = 0;
    for slash in memchr::memchr_iter(b'/', p.as_bytes()) {
        // before the slash a letter or digit stands, in any alphabet; after it too, or a line breaks
        let bytes = p.as_bytes();
        let Some(before) = slash.checked_sub(1).map(|i| bytes[i]).filter(|b| slash > done && (b.is_ascii_alphanumeric() || !b.is_ascii()))
        else {
            continue;
        };
        let found = if before.is_ascii_digit() {
            eu::title(p, base, slash)
        } else {
            un::read(p, base, slash).or_else(|| osce::read(p, base, slash)).or_else(|| eu::eli(p, base, slash))
        };
        if let Some(found) = found {
            done = found.span.end as usize - base;
            into.push(found);
        }
    }
}

/// Puts what was found in order, keeps the longer of two that overlap, and looks for pinpoints.
fn settle(text: &str, passage: Span, from: usize, into: &mut Vec<Instrument>) {
    into[from..].sort_by_key(|i| (i.span.start, std::cmp::Reverse(i.span.end)));
    let mut end = 0;
    let mut index = 0;
    into.retain(|i| {
        index += 1;
        let keep = index <= from || i.span.start >= end;
        end = if keep && index > from { i.span.end } else { end };
        keep
    });
    for found in &mut into[from..] {
        let resolution = matches!(found.body, Body::SecurityCouncil(_) | Body::GeneralAssembly) || found.symbol.contains("/RES/");
        found.pin = pins::find(text, passage, found.span, resolution);
    }
}

#[cfg(test)]
mod tests;
