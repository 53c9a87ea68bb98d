//! `resolution-year-mismatch`

use rustc_hash::FxHashMap;

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::prose::Body;
use crate::registry::unsc;
use crate::text::Span;

rule! {
/// A Security Council resolution with a year that is not its own. Numbers run on from 1946, so each fixes its year.
///
/// ## Why
///
/// Either the number or the year is misprinted: "2202 (2014)" sends the reader to another text.
///
/// ~~~passes
/// Resolution 2202 (2015) endorsed the Package of Measures.
/// ~~~
/// ~~~fails
/// Resolution 2202 (2014) endorsed the Package of Measures.
/// ~~~
///
/// The table of all resolutions is built in; its facts are the United Nations'.
    "resolution-year-mismatch", "a resolution's number with another year than its own", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut known: FxHashMap<(u32, u16), Vec<u32>> = FxHashMap::default();
    for (_, instrument) in context.instruments() {
        let (Body::SecurityCouncil(number), Some((written, at))) = (instrument.body, instrument.year_as_written) else { continue };
        // Nearly all years are right: no more need be read of them.
        if unsc::year(number) == Some(written) {
            findings.passes(|| (notes.words.to_file(at), Pass::because(format!("resolution {number} is of {written}"))));
            continue;
        }
        let Some(resolution) = unsc::resolution(number) else { continue };
        let span = notes.words.to_file(at);
        let right = resolution.year.to_string();
        let found = findings
            .at(span, format!("resolution {number} is of {right}, not {written}"))
            .help(format!("{} was adopted on {}: check number and year against the text you mean", resolution.symbol(), resolution.day()))
            .unsafe_fix(format!("Write `{right}`"), span, right);
        let whole = notes.words.to_file(instrument.span);
        let Some(at) = number_in(&notes.text, whole, number) else { continue };
        for near in known.entry((number, written)).or_insert_with(|| slips(number, written)) {
            found.or_fix(format!("Write `{near}`, a resolution of {written}"), at, near.to_string());
        }
    }
}

/// Where a number stands in the words that name it, when it stands there once.
fn number_in(text: &str, words: Span, number: u32) -> Option<Span> {
    let digits = number.to_string();
    let mut places = words.slice(text).match_indices(&digits);
    let (at, _) = places.next()?;
    let start = words.start + Span::from(0..at).end;
    places.next().is_none().then(|| Span::new(start, start + Span::from(0..digits.len()).end))
}

/// Resolutions of a year whose numbers are one digit, or two swapped, away from the one written.
fn slips(number: u32, year: u16) -> Vec<u32> {
    let digits = number.to_string().into_bytes();
    let mut near = Vec::new();
    for at in 0..digits.len() {
        let mut other = digits.clone();
        for digit in b'0'..=b'9' {
            other[at] = digit;
            near.push(other.clone());
        }
        let mut swapped = digits.clone();
        if at + 1 < swapped.len() {
            swapped.swap(at, at + 1);
            near.push(swapped);
        }
    }
    let mut found: Vec<u32> = near.iter().filter_map(|d| std::str::from_utf8(d).ok()?.parse().ok()).collect();
    found.retain(|n| unsc::year(*n) == Some(year));
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST_SLIPS);
    found
}

/// Other numbers offered: beyond these the author has to look it up anyway.
const MOST_SLIPS: usize = 3;
