//! Short forms: what an earlier full form in the same text explains.
//!
//! A bare `resolution 2202` after `Security Council resolution 2202 (2015)`; and `2242 (2015)` without
//! any word in a text that has named a resolution of the Security Council, when number and year
//! belong together.

use super::cursor::{begins, char_before, digits_back, space_back};
use super::issuers::Issuer;
use super::{Body, Form, Instrument, normal, numbers};
use crate::registry::unsc;
use crate::text::Span;

/// How many instruments back an earlier form is looked for; bounds the work in a text that is nothing but numbers.
const REACH: usize = 4096;

/// The instruments named before a place.
pub(super) struct Earlier<'i> {
    found: &'i [Instrument],
    at: usize,
}

impl<'i> Earlier<'i> {
    /// Those of `found` before byte `at` of the text.
    pub(super) fn new(found: &'i [Instrument], at: usize) -> Self {
        Self { found, at }
    }

    fn iter(&self) -> impl Iterator<Item = &'i Instrument> {
        let at = self.at;
        // Forms that the project declares explain nothing.
        self.found.iter().rev().filter(|i| i.body != Body::Project).take(REACH).filter(move |i| (i.span.start as usize) < at)
    }

    /// The resolution of that number, of the Security Council or the Assembly's first sessions.
    pub(super) fn number(&self, number: u32) -> Option<Instrument> {
        let assembly = |i: &Instrument| i.body == Body::GeneralAssembly && number_of(&i.id) == Some(number);
        let full = self.iter().find(|i| i.body == Body::SecurityCouncil(number) || assembly(i))?;
        Some(Instrument { year_as_written: None, pin: None, malformed: None, ..full.clone() })
    }

    /// Whose resolution of that session and number was named.
    pub(super) fn pair(&self, session: u32, number: &str) -> Option<Issuer> {
        let is_pair = |symbol: &str| {
            symbol.strip_suffix(number).and_then(|s| s.strip_suffix('/')).is_some_and(|s| s.ends_with(&*session.to_string()))
        };
        self.iter().find(|i| is_pair(&i.symbol)).and_then(|i| match i.body {
            Body::GeneralAssembly => Some(Issuer::Assembly),
            Body::UnitedNations if i.symbol.starts_with("A/HRC/") => Some(Issuer::Rights),
            Body::UnitedNations if i.symbol.starts_with("E/") => Some(Issuer::Social),
            _ => None,
        })
    }

    fn has_security(&self) -> bool {
        self.iter().any(|i| matches!(i.body, Body::SecurityCouncil(_)))
    }
}

/// The number of `unga-3314`.
fn number_of(id: &str) -> Option<u32> {
    id.strip_prefix("unga-")?.parse().ok()
}

/// Reads `2242 (2015)` without a word before it; its parenthesis is at `open`.
pub(super) fn headless(p: &str, base: usize, open: usize, found: &[Instrument]) -> Option<Instrument> {
    let number_end = space_back(p, open);
    let at = digits_back(p, number_end);
    let number: u32 = (1..=4).contains(&(number_end - at)).then(|| p[at..number_end].parse().ok())??;
    let (year, place, end) = numbers::year(p, number_end)?;
    let known = unsc::year(number) == Some(year);
    let alone = begins(p, at) && !matches!(char_before(p, at), Some('.' | '-' | '–' | '$' | '€' | '№'));
    let earlier = Earlier::new(found, base + at);
    (known && alone && earlier.has_security()).then(|| {
        let place = Span::from(base + place.0..base + place.1);
        normal::security(Span::from(base + at..base + end), number, Some((year, place)), Form::Short)
    })
}
