//! Dates as people write them, and EDTF as records have them.
//!
//! English and Russian alike: a month's name with a day or a year, or digits in the order of ISO
//! 8601 or of the Russian office (`09.11.2020`). A day that its month does not have makes no date.
//!
//! Not here: words that need a day to count from ("yesterday"), and a year alone.

mod edtf;

use crate::text::{Span, letters};

pub use edtf::{Day, Edtf, is_edtf, parse_edtf};

/// A calendar date of some precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year; `None` for "November 9".
    pub year: Option<i16>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

/// A date found in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// Its words.
    pub span: Span,
    /// What they mean.
    pub date: Date,
}

/// Names of months: how they begin, and what may follow. English abbreviations may have a dot.
const MONTHS: &[(&str, &[&str], u8)] = &[
    ("Jan", &["uary", ".", ""], 1),
    ("Feb", &["ruary", ".", ""], 2),
    ("Mar", &["ch", ".", ""], 3),
    ("Apr", &["il", ".", ""], 4),
    ("May", &[""], 5),
    ("Jun", &["e", ".", ""], 6),
    ("Jul", &["y", ".", ""], 7),
    ("Aug", &["ust", ".", ""], 8),
    ("Sep", &["tember", "t.", "t", ".", ""], 9),
    ("Oct", &["ober", ".", ""], 10),
    ("Nov", &["ember", ".", ""], 11),
    ("Dec", &["ember", ".", ""], 12),
    ("январ", &["я", "ь", "е"], 1),
    ("феврал", &["я", "ь", "е"], 2),
    ("март", &["а", "е", ""], 3),
    ("апрел", &["я", "ь", "е"], 4),
    ("ма", &["я", "й", "е"], 5),
    ("июн", &["я", "ь", "е"], 6),
    ("июл", &["я", "ь", "е"], 7),
    ("август", &["а", "е", ""], 8),
    ("сентябр", &["я", "ь", "е"], 9),
    ("октябр", &["я", "ь", "е"], 10),
    ("ноябр", &["я", "ь", "е"], 11),
    ("декабр", &["я", "ь", "е"], 12),
];

/// Appends dates of one passage, English and Russian forms alike: `9 November 2020`, `November 9`, `9 ноября 2020 года`, `2020-11-09`.
///
/// Every date has a digit, and few words have one: the search is for digits.
pub fn find(text: &str, passage: Span, into: &mut Vec<DateMention>) {
    let mut from = 0;
    while let Some(found) = next(text, passage, &mut from) {
        into.push(found);
    }
}

/// The first of them. `digit`: where the passage has its first digit.
#[must_use]
pub fn first(text: &str, passage: Span, digit: usize) -> Option<DateMention> {
    let mut from = digit;
    next(text, passage, &mut from)
}

/// The next date from byte `from` of the passage on, which is moved behind it.
fn next(text: &str, passage: Span, from: &mut usize) -> Option<DateMention> {
    let (p, base) = (passage.slice(text), passage.start as usize);
    while let Some(digit) = next_digit(p.as_bytes(), *from) {
        let digits = p.as_bytes()[digit..].iter().take_while(|b| b.is_ascii_digit()).count();
        *from = digit + digits;
        // No date begins with another number, nor with a year that no month follows: most numbers are told by this.
        let may_begin = digits < 3 || digits == 4 && p.as_bytes().get(*from) == Some(&b'-');
        let here = (may_begin && is_start(p, digit)).then(|| at(p, digit).map(|found| (digit, found))).flatten();
        let found = here.or_else(|| {
            let month = month_back(p, digit)?;
            at(p, month).map(|found| (month, found))
        });
        if let Some((start, (date, end))) = found {
            *from = end.max(*from);
            return Some(DateMention { span: Span::from(base + start..base + end), date });
        }
    }
    None
}

/// The next ASCII digit, sixteen bytes at a step while there is none.
pub(super) fn next_digit(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(chunk) = bytes.get(at..at + 16) {
        if chunk.iter().fold(0, |any, b| any | u8::from(b.is_ascii_digit())) > 0 {
            break;
        }
        at += 16;
    }
    bytes.get(at..)?.iter().position(u8::is_ascii_digit).map(|i| at + i)
}

/// Where the word before the number at `digit` begins, if a date can begin there: `November `, `Feb. `.
fn month_back(p: &str, digit: usize) -> Option<usize> {
    // Before most numbers without a month stands no space, or no letter before that.
    if p.as_bytes()[..digit].last().is_none_or(u8::is_ascii_graphic) {
        return None;
    }
    let head = p[..digit].trim_end();
    let word = head.strip_suffix('.').unwrap_or(head);
    let letters = letters_at_end(word);
    let start = word.len() - letters;
    if letters < 3 || !may_be_month(word.as_bytes()[start]) {
        return None;
    }
    // "31 November 2020" is no date, and not November either
    let unnumbered = !p[..start].trim_end().ends_with(|c: char| c.is_ascii_digit());
    (head.len() < digit && unnumbered && is_start(p, start)).then_some(start)
}

/// How many bytes the last letters of some words have, ten letters at most.
fn letters_at_end(words: &str) -> usize {
    let bytes = words.as_bytes();
    let ascii = bytes.iter().rev().take(10).take_while(|b| b.is_ascii_alphabetic()).count();
    let before = (bytes.len() - ascii).checked_sub(1).map(|at| bytes[at]);
    if ascii == 10 || before.is_none_or(|b| b.is_ascii()) {
        return ascii;
    }
    words.chars().rev().take(10).take_while(|c| letters::is_alphabetic(*c)).map(char::len_utf8).sum()
}

/// Whether a date can begin at `at`: no letter, digit or joining sign before it, but `9–10 November` holds one.
fn is_start(p: &str, at: usize) -> bool {
    !p[..at].ends_with(|c: char| letters::is_alphanumeric(c) || matches!(c, '/' | '.' | '_' | '=' | '&'))
}

/// The date that begins at `at`, and where it ends.
pub(super) fn at(p: &str, at: usize) -> Option<(Date, usize)> {
    let rest = p.get(at..)?;
    let found = if rest.starts_with(|c: char| c.is_ascii_digit()) {
        iso(rest).or_else(|| dotted(rest)).or_else(|| day_first(rest))
    } else {
        month_first(rest)
    };
    let (date, len) = found?;
    is_real(date).then_some((date, at + len))
}

fn date(year: Option<i16>, month: u8, day: Option<u8>) -> Date {
    Date { year, month: Some(month), day }
}

fn is_real(date: Date) -> bool {
    // without a year, 29 February is one
    let year = date.year.unwrap_or(2000);
    edtf::days_in(i64::from(year), date.month.unwrap_or(1)).is_some_and(|days| date.day.is_none_or(|d| (1..=days).contains(&d)))
}

/// ASCII digits at the start of `text`: their value and number, at most `most` of them and no more digits behind.
fn number(text: &str, most: usize) -> Option<(i16, usize)> {
    let count = text.bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
    (1..=most).contains(&count).then(|| text[..count].parse().ok().map(|n| (n, count)))?
}

fn small(text: &str) -> Option<(u8, usize)> {
    number(text, 2).and_then(|(n, count)| Some((u8::try_from(n).ok()?, count)))
}

/// `2020-11-09`
fn iso(text: &str) -> Option<(Date, usize)> {
    let (year, 4) = number(text, 4)? else { return None };
    let (month, 2) = small(text[4..].strip_prefix('-')?)? else { return None };
    let (day, 2) = small(text[7..].strip_prefix('-')?)? else { return None };
    ends(&text[10..]).then_some((date(Some(year), month, Some(day)), 10))
}

/// `09.11.2020`
fn dotted(text: &str) -> Option<(Date, usize)> {
    let (day, d) = small(text)?;
    let rest = text[d..].strip_prefix('.')?;
    let (month, m) = small(rest)?;
    let (year, 4) = number(rest[m..].strip_prefix('.')?, 4)? else { return None };
    let len = d + m + 6;
    ends(&text[len..]).then_some((date(Some(year), month, Some(day)), len))
}

fn ends(rest: &str) -> bool {
    !rest.starts_with(|c: char| letters::is_alphanumeric(c) || matches!(c, '-' | '_'))
        && !(rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
}

/// `9 November 2020`, `9th of November`, `9 ноября 2020`
fn day_first(text: &str) -> Option<(Date, usize)> {
    let (day, count) = small(text)?;
    let rest = &text[count..];
    let rest = ["st", "nd", "rd", "th", "-го"].iter().find_map(|s| rest.strip_prefix(s)).unwrap_or(rest);
    let mut spaced = rest.trim_start();
    if let Some(of) = spaced.strip_prefix("of") {
        spaced = of.trim_start();
    }
    if spaced.len() == rest.len() {
        return None;
    }
    let (month, len) = month(spaced)?;
    let end = text.len() - spaced.len() + len;
    Some(match year_behind(&text[end..]) {
        Some((year, len)) => (date(Some(year), month, Some(day)), end + len),
        None => (date(None, month, Some(day)), end),
    })
}

/// `November 9, 2020`, `November 9`, `November 2020`, `ноябре 2020`
fn month_first(text: &str) -> Option<(Date, usize)> {
    let (month, len) = month(text)?;
    if let Some((year, more)) = year_behind(&text[len..]) {
        return Some((date(Some(year), month, None), len + more));
    }
    let rest = text[len..].trim_start();
    let (day, count) = small(rest).filter(|_| rest.len() < text.len() - len && text.starts_with(|c: char| c.is_ascii()))?;
    let rest = &rest[count..];
    let rest = ["st", "nd", "rd", "th"].iter().find_map(|s| rest.strip_prefix(s)).unwrap_or(rest);
    // "March 15.5", "May 5%", "June 1,200" and "May 10:30" are no days
    let after = rest.trim_start_matches(['.', ',', ':', '%', '-', '–']);
    if rest.starts_with(|c: char| letters::is_alphanumeric(c) || c == '%')
        || (after.len() + 1 == rest.len() && after.starts_with(|c: char| c.is_ascii_digit()) && !rest.starts_with(['-', '–']))
    {
        return None;
    }
    let end = text.len() - rest.len();
    Some(match year_behind(rest.strip_prefix(',').unwrap_or(rest)) {
        Some((year, more)) => (date(Some(year), month, Some(day)), end + usize::from(rest.starts_with(',')) + more),
        None => (date(None, month, Some(day)), end),
    })
}

/// Whether a month's name can begin with a byte.
fn may_be_month(first: u8) -> bool {
    matches!(first, b'J' | b'F' | b'M' | b'A' | b'S' | b'O' | b'N' | b'D' | 0x80..)
}

/// Whether a word is a month's name, whole or as it is commonly cut.
#[must_use]
pub fn is_month(word: &str) -> bool {
    month(word).is_some_and(|(_, len)| len == word.len())
}

/// A month's name at the start of `text`, a whole word, and its length.
fn month(text: &str) -> Option<(u8, usize)> {
    if !may_be_month(*text.as_bytes().first()?) {
        return None;
    }
    MONTHS.iter().find_map(|(stem, endings, month)| {
        let rest = text.strip_prefix(stem)?;
        let ending = endings.iter().find(|e| rest.strip_prefix(**e).is_some_and(|r| !r.starts_with(letters::is_alphanumeric)))?;
        Some((*month, stem.len() + ending.len()))
    })
}

/// White space and a year of four digits, with `года` or `г.` behind.
fn year_behind(text: &str) -> Option<(i16, usize)> {
    let rest = text.trim_start();
    let (year, 4) = number(rest, 4)? else { return None };
    if rest.len() == text.len() || !(1000..2200).contains(&year) || rest[4..].starts_with(letters::is_alphanumeric) {
        return None;
    }
    let end = text.len() - rest.len() + 4;
    let tail = text[end..].trim_start();
    let word =
        ["года", "году", "год", "г."].iter().find(|w| tail.strip_prefix(**w).is_some_and(|r| !r.starts_with(letters::is_alphanumeric)));
    Some((year, word.map_or(end, |w| text.len() - tail.len() + w.len())))
}

#[cfg(test)]
mod tests;
