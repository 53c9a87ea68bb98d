//! Symbols of the United Nations: `S/RES/2202 (2015)`, `A/HRC/RES/35/33`, `S/AC.51/2018/2/Add.1`.
//!
//! After the UN's own guide to document symbols: the organ (`A`, `S`, `E`, `ST` …), series or
//! subordinate organ (`RES`, `PV`, `AC.51`), session or year, number, then `Add.` `Corr.` `Rev.`
//! Letters `S`, `A` and `E` before a slash are common in other writing ("S/he", "A/B test"), so what
//! follows must have a form that the organ uses.

use smol_str::{SmolStr, SmolStrBuilder};

use super::cursor::{begins, char_at, char_before, digits, one_of, space};
use super::{Form, Instrument, Malformed, normal, numbers};
use crate::registry::unsc;
use crate::text::{Span, letters};

/// Organs of more than one letter; each is the first part of a symbol in the UN's guide.
const ORGANS: &[&str] = &[
    "ST", "DP", "TD", "DC", "CD", "CCPR", "CEDAW", "CERD", "CRC", "CRPD", "CAT", "CED", "CMW", "HRI", "FCCC", "UNEP", "UNW", "NPT", "BWC",
    "CCW", "LOS", "SPLOS", "ISBA", "SG", "PBC", "ECE", "ESCAP", "ESCWA", "HSP", "ICEF", "IT", "MICT", "PCNICC", "T",
];

/// Letters of the Cyrillic alphabet that look like Latin ones, and those.
fn fold(c: char) -> Option<char> {
    Some(match c {
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'І' => 'I',
        'Ј' => 'J',
        'К' => 'K',
        'М' => 'M',
        'О' => 'O',
        'Р' => 'P',
        'Ѕ' => 'S',
        'Т' => 'T',
        'Х' => 'X',
        _ => return None,
    })
}

/// A symbol as it was read, in Latin letters and without white space.
pub(super) struct Raw {
    /// `S/RES/2202`
    pub(super) text: SmolStr,
    /// Where it ends.
    pub(super) end: usize,
    /// Whether letters of another alphabet stood in it.
    pub(super) folded: bool,
}

/// Reads letters, digits, dots, hyphens and slashes from `at`. A line may break after a slash.
pub(super) fn raw(p: &str, at: usize) -> Raw {
    let mut text = SmolStrBuilder::new();
    let (mut end, mut folded, mut from, mut count) = (at, false, at, 0);
    while let Some(c) = char_at(p, from).filter(|_| count < 48) {
        let latin = if c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-') { Some(c) } else { fold(c) };
        let Some(latin) = latin else { break };
        folded |= latin != c;
        from += c.len_utf8();
        text.push(latin);
        count += 1;
        if latin.is_ascii_alphanumeric() {
            end = from;
        }
        if latin == '/' {
            from = broken(p, from);
        }
    }
    let text = text.finish();
    let text = SmolStr::from(text.trim_end_matches(['/', '.', '-']));
    Raw { text, end, folded }
}

/// Past a line break inside a symbol: digits, or a capital and more, go on after it.
fn broken(p: &str, at: usize) -> usize {
    let next = space(p, at);
    let goes_on = char_at(p, next).is_some_and(|c| c.is_ascii_digit() || (c.is_ascii_uppercase() && p[next..].contains('/')));
    if next > at && p[at..next].contains('\n') && goes_on { next } else { at }
}

/// Where the symbol whose first slash is at `slash` begins.
pub(super) fn start(p: &str, slash: usize) -> Option<usize> {
    let organ = p.get(..slash)?.char_indices().rev().take(7).take_while(|(_, c)| c.is_ascii_alphabetic() || fold(*c).is_some()).last()?.0;
    (begins(p, organ)
        && !matches!(char_before(p, organ), Some('-' | '.' | ':') if char_before(p, organ - 1).is_some_and(letters::is_alphanumeric)))
    .then_some(organ)
}

/// Reads the symbol whose first slash is at `slash` in passage `p`, which begins at `base`.
pub(super) fn read(p: &str, base: usize, slash: usize) -> Option<Instrument> {
    let start = start(p, slash)?;
    let raw = raw(p, start);
    let (organ, rest) = raw.text.split_once('/')?;
    let mut found = match (organ, rest.get(..4)) {
        ("S" | "s", Some("RES/" | "Res/" | "res/")) => security(p, base, start, &raw, &rest[4..])?,
        ("A" | "a", Some("RES/" | "Res/" | "res/")) => assembly(p, base, start, &raw, &rest[4..])?,
        _ => series(p, base, start, &raw, organ, rest)?,
    };
    if raw.folded {
        found.malformed = Some(Malformed::Homoglyph);
    }
    Some(found)
}

/// `2202 (2015)`, or out of order `2015/2202`.
fn security(p: &str, base: usize, start: usize, raw: &Raw, rest: &str) -> Option<Instrument> {
    let mut parts = rest.split('/');
    let number = whole(parts.next()?)?;
    let span = |end: usize| Span::from(base + start..base + end);
    let Some(second) = parts.next().and_then(whole) else {
        let year = numbers::year(p, raw.end);
        let end = year.map_or(raw.end, |y| y.2);
        let year = year.map(|(year, place, _)| (year, Span::from(base + place.0..base + place.1)));
        return Some(normal::security(span(end), number, year, Form::Symbol));
    };
    // the year is a part of its own; which of the two it is, the table knows, else its size
    let is_year = |n: u32| (1946..2200).contains(&n);
    let known = |n: u32, y: u32| unsc::year(n).is_some_and(|year| u32::from(year) == y);
    let (number, year) = if known(second, number) || (is_year(number) && !known(number, second)) {
        (second, number)
    } else {
        is_year(second).then_some((number, second))?
    };
    let place = p[start..raw.end].rfind(&*year.to_string()).map(|i| Span::from(base + start + i..base + start + i + 4));
    let year = u16::try_from(year).ok().zip(place);
    Some(Instrument { malformed: Some(Malformed::Order), ..normal::security(span(raw.end), number, year, Form::Symbol) })
}

/// `68/262`, `ES-11/1`, `3314 (XXIX)`
fn assembly(p: &str, base: usize, start: usize, raw: &Raw, rest: &str) -> Option<Instrument> {
    let span = |end: usize| Span::from(base + start..base + end);
    if let Some(number) = whole(rest) {
        return Some(match numbers::session(p, raw.end) {
            Some((session, end)) => normal::assembly_session(span(end), number, Some(session), Form::Symbol),
            None => normal::assembly_session(span(raw.end), number, None, Form::Symbol),
        });
    }
    let (session, number) = rest.split_once('/')?;
    let session = session.strip_prefix("ES-").or_else(|| session.strip_prefix("S-")).unwrap_or(session);
    (whole(session)? < 200 && number.starts_with(|c: char| c.is_ascii_digit()) && is_tail(number))
        .then(|| normal::assembly(span(raw.end), rest, Form::Symbol))
}

fn series(p: &str, base: usize, start: usize, raw: &Raw, organ: &str, rest: &str) -> Option<Instrument> {
    let good = match organ {
        "S" => security_series(rest),
        "A" => assembly_series(rest),
        "E" => social_series(rest),
        organ => ORGANS.contains(&organ) && is_series(rest, organ.len() > 1),
    };
    good.then_some(())?;
    let mut end = raw.end;
    // "S/PV.7384 (Resumption 1)": a meeting's record has its resumption in the symbol
    if let Some(word) = one_of(p, end, &[" (Resumption "]) {
        let number = digits(p, word);
        end = if p[number..].starts_with(')') { number + 1 } else { end };
    }
    let extra = p.get(raw.end..end).unwrap_or_default();
    let symbol: SmolStr = [raw.text.as_str(), extra].concat().into();
    Some(normal::nations(Span::from(base + start..base + end), symbol, Form::Symbol))
}

/// `PRST/2014/6`, `PV.7384`, `2015/135`, `25704`, `AC.51/2018/2`
fn security_series(rest: &str) -> bool {
    let (first, tail) = rest.split_once('/').unwrap_or((rest, ""));
    match whole(first) {
        Some(n) if (1946..2200).contains(&n) && !tail.is_empty() => is_tail(tail) && starts_with_digit(tail),
        Some(n) => n >= 1000 && (tail.is_empty() || is_suffix(tail)),
        None => {
            ["PRST", "PV.", "AC.", "CN.", "C.", "INF", "Agenda", "SUPPL", "NC", "DEC", "BUR"].iter().any(|s| first.starts_with(s))
                && is_series(rest, true)
        }
    }
}

/// `66/615`, `HRC/RES/35/33`, `CONF.151/26`, `2929`, `ES-11/L.1`
fn assembly_series(rest: &str) -> bool {
    let (first, tail) = rest.split_once('/').unwrap_or((rest, ""));
    match whole(first) {
        Some(n) if (30..200).contains(&n) && !tail.is_empty() => is_tail(tail),
        Some(n) => n >= 1000 && (tail.is_empty() || is_suffix(tail)) || n >= 100 && is_suffix(tail),
        None => {
            ["HRC", "AC.", "C.", "CN.", "CONF.", "ES-", "S-", "INF", "DEC", "SPC", "BUR", "PV.", "ISDR", "RES"]
                .iter()
                .any(|s| first.starts_with(s))
                && is_series(rest, true)
        }
    }
}

/// `2015/25`, `CN.4/2000/1`, `RES/2015/25`
fn social_series(rest: &str) -> bool {
    let (first, tail) = rest.split_once('/').unwrap_or((rest, ""));
    match whole(first) {
        Some(n) => (1946..2200).contains(&n) && starts_with_digit(tail) && is_tail(tail),
        None => {
            ["RES", "DEC", "CN.", "C.", "AC.", "CONF.", "ECE", "ESCAP", "ESCWA", "ECA", "INF", "NGO", "ICEF"]
                .iter()
                .any(|s| first.starts_with(s))
                && is_series(rest, true)
        }
    }
}

/// Parts in capitals with a number among them; a bare pair of words ("CD/DVD") is none.
fn is_series(rest: &str, lettered: bool) -> bool {
    rest.bytes().any(|b| b.is_ascii_digit())
        && is_tail(rest)
        && (lettered && rest.contains(['/', '.']) || whole(rest).is_some_and(|n| n > 99))
}

/// Parts of capitals, digits, dots and hyphens; small letters only where the UN has them.
fn is_tail(tail: &str) -> bool {
    !tail.is_empty()
        && tail.split('/').all(|part| {
            let small =
                ["Add.", "Corr.", "Rev.", "Amend.", "Agenda", "Summary", "Part."].iter().find_map(|w| part.strip_prefix(w)).unwrap_or(part);
            !part.is_empty() && !small.bytes().any(|b| b.is_ascii_lowercase())
        })
}

fn is_suffix(tail: &str) -> bool {
    ["Add.", "Corr.", "Rev."].iter().any(|w| tail.starts_with(w)) && is_tail(tail)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// A number without sign or leading zero, at most six digits.
pub(super) fn whole(text: &str) -> Option<u32> {
    let good = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    good.then(|| text.parse().ok())?
}
