//! Judgments by ECLI (`ECLI:EU:C:2014:2442`) and treaties by the UN Treaty Series (`1155 UNTS 331`,
//! `United Nations, Treaty Series, vol. 1155, No. 18232, p. 331`).

use super::cursor::{begins, char_at, digits, digits_back, one_of, space, space_back, word_back};
use super::{Instrument, normal};
use crate::text::{Span, letters};

/// Reads the ECLI at `at`: country, court, year, ordinal; the Council's conclusions 2011/C 127/01 fix the form.
pub(super) fn ecli(p: &str, base: usize, at: usize) -> Option<Instrument> {
    let len = p.get(at..)?.bytes().take(64).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'.')).count();
    let text = p[at..at + len].trim_end_matches(['.', ':']);
    let mut parts = text.split(':').skip(1);
    let (country, court, year, ordinal) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let good = begins(p, at)
        && parts.next().is_none()
        && country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=7).contains(&court.len())
        && court.as_bytes()[0].is_ascii_alphabetic()
        && year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && (1..=25).contains(&ordinal.len());
    good.then(|| normal::court(Span::from(base + at..base + at + text.len()), text.into()))
}

/// Reads `1155 UNTS 331` around the sign at `at..end`.
pub(super) fn unts(p: &str, base: usize, at: usize, end: usize) -> Option<Instrument> {
    let volume_end = space_back(p, at);
    let volume_at = digits_back(p, volume_end);
    let end = if p[end..].starts_with('.') { end + 1 } else { end };
    let page_at = one_of(p, space(p, end), &["p.", "at"]).map_or_else(|| space(p, end), |e| space(p, e));
    let page_end = digits(p, page_at);
    let (volume, page) = (&p[volume_at..volume_end], &p[page_at..page_end]);
    let good = is_short(volume) && is_short(page) && begins(p, volume_at) && !char_at(p, page_end).is_some_and(letters::is_alphanumeric);
    good.then(|| normal::treaty(Span::from(base + volume_at..base + page_end), volume, page))
}

/// Reads `Treaty Series, vol. 1155, No. 18232, p. 331`; the words are at `at..end`.
pub(super) fn series(p: &str, base: usize, at: usize, end: usize) -> Option<Instrument> {
    let (nations, start) = word_back(p, space_back(p, p[..at].trim_end_matches([' ', '\n', ',']).len()));
    let (united, whole) = word_back(p, space_back(p, start));
    let start = if nations == "Nations" && united == "United" { whole } else { at };
    let comma = |at: usize| if p[at..].starts_with(',') { space(p, at + 1) } else { space(p, at) };
    let volume_at = space(p, one_of(p, comma(end), &["vol.", "volume"])?);
    let volume_end = digits(p, volume_at);
    let mut from = comma(volume_end);
    if let Some(number) = one_of(p, from, &["No.", "No"]) {
        from = comma(digits(p, space(p, number)));
    }
    let page_at = space(p, one_of(p, from, &["p.", "page"])?);
    let page_end = digits(p, page_at);
    let (volume, page) = (&p[volume_at..volume_end], &p[page_at..page_end]);
    (is_short(volume) && is_short(page)).then(|| normal::treaty(Span::from(base + start..base + page_end), volume, page))
}

fn is_short(number: &str) -> bool {
    (1..=5).contains(&number.len()) && !number.starts_with('0')
}
