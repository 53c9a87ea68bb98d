//! Acts of the European Union: by title (`Regulation (EU) No 833/2014`, `Council Decision 2014/512/CFSP`), CELEX
//! number and ELI. All three lead to the CELEX number, so that one act has one id.
//!
//! Numbering, after the Publications Office: until 2014 regulations are `No NUMBER/YEAR` and all
//! else `YEAR/NUMBER/DOMAIN`; since 2015 everything is `(DOMAIN) YEAR/NUMBER`. CELEX is sector `3`,
//! year, a letter for the kind, number in four digits.

use smol_str::{SmolStr, format_smolstr};

use super::cursor::{bare, begins, char_at, char_before, digits, digits_back, one_of, space_back, word_back};
use super::{Form, Instrument, normal};
use crate::text::{Span, letters};

/// Kinds of act by the word of their title and CELEX's letter.
const KINDS: &[(&str, char)] = &[
    ("regulation", 'R'),
    ("directive", 'L'),
    ("decision", 'D'),
    ("recommendation", 'H'),
    ("position", 'E'),
    ("action", 'E'),
    ("регламент", 'R'),
    ("директив", 'L'),
    ("решени", 'D'),
];

/// Domains as they stand in parentheses or after the number.
const DOMAINS: &[&str] = &["EU", "EC", "EEC", "CFSP", "Euratom", "EURATOM", "JHA", "ECSC", "ЕС", "ЕЭС", "ОВПБ", "Евратом"];

/// Reads the title whose number has its slash at `slash`: `833/2014` after `Regulation (EU) No`.
pub(super) fn title(p: &str, base: usize, slash: usize) -> Option<Instrument> {
    let first_at = digits_back(p, slash);
    let end = digits(p, slash + 1);
    let (first, second) = (&p[first_at..slash], &p[slash + 1..end]);
    if first.is_empty() || second.is_empty() || first.len() > 4 || second.len() > 4 || !begins(p, first_at) {
        return None;
    }
    let (suffix, end) = suffix(p, end)?;
    let (numbered, at) = number_sign(p, space_back(p, first_at));
    let (domain, at) = domain_before(p, at);
    let (letter, start) = kind_before(p, at, domain)?;
    (suffix || domain).then_some(())?;
    let (year, number) = year_and_number(first, second, numbered)?;
    let celex = format_smolstr!("3{year}{letter}{number:04}");
    Some(normal::european(Span::from(base + start..base + end), celex, Form::Symbol))
}

/// `/EC` after the number; other letters or a third number make it no act of the EU.
fn suffix(p: &str, end: usize) -> Option<(bool, usize)> {
    match char_at(p, end) {
        Some('/') => one_of(p, end + 1, DOMAINS).map(|end| (true, end)),
        Some(c) if letters::is_alphanumeric(c) => None,
        _ => Some((false, end)),
    }
}

/// Past `No`, `No.`, `№` or `Nr.` backwards.
fn number_sign(p: &str, at: usize) -> (bool, usize) {
    if let Some(head) = p[..at].strip_suffix('№') {
        return (true, space_back(p, head.len()));
    }
    match word_back(p, at) {
        ("No" | "no" | "No." | "no." | "Nr", start) => (true, space_back(p, start)),
        _ => (false, at),
    }
}

/// Past `(EU)` or `(EU, Euratom)` backwards.
fn domain_before(p: &str, at: usize) -> (bool, usize) {
    let Some(head) = p[..at].strip_suffix(')') else { return (false, at) };
    let Some(open) = head.rfind('(').filter(|open| head.len() - open < 32) else { return (false, at) };
    if head[open + 1..].split(',').all(|d| DOMAINS.contains(&d.trim())) { (true, space_back(p, open)) } else { (false, at) }
}

/// The kind's word, up to four words back when a domain makes clear what follows: "Регламент Совета (ЕС)".
fn kind_before(p: &str, at: usize, domain: bool) -> Option<(char, usize)> {
    let mut at = at;
    for _ in 0..if domain { 4 } else { 2 } {
        let (word, start) = word_back(p, at);
        let lower = bare(word).to_lowercase();
        let plain = lower.strip_suffix('s').unwrap_or(&lower);
        let found = KINDS.iter().find(|(k, _)| if k.is_ascii() { *k == plain } else { plain.starts_with(k) });
        if let Some((kind, letter)) = found {
            let (previous, previous_start) = word_back(p, space_back(p, start));
            return match (*kind, previous) {
                ("decision", "Framework" | "framework") => Some(('F', previous_start)),
                ("position", "Common" | "common") | ("action", "Joint" | "joint") => Some((*letter, previous_start)),
                ("position" | "action", _) => None,
                _ => Some((*letter, start)),
            };
        }
        if word.is_empty() || word.ends_with('.') {
            return None;
        }
        at = space_back(p, start);
    }
    None
}

/// Which of two numbers is the year. `No` puts it last; so does a first number that is none.
fn year_and_number(first: &str, second: &str, numbered: bool) -> Option<(u16, u16)> {
    let year = |s: &str| -> Option<u16> {
        let n: u16 = s.parse().ok()?;
        match s.len() {
            4 => (1951..2200).contains(&n).then_some(n),
            2 => (51..=99).contains(&n).then_some(1900 + n),
            _ => None,
        }
    };
    let number = |s: &str| s.parse().ok().filter(|n| *n > 0);
    let last = || Some((year(second)?, number(first)?));
    let front = || Some((year(first)?, number(second)?));
    if numbered { last().or_else(front) } else { front().or_else(last) }
}

/// A CELEX number at `at`: `32014R0833`, `62012CJ0001`, `32014R0833R(01)` without its corrigendum.
pub(super) fn celex(p: &str, base: usize, at: usize) -> Option<Instrument> {
    let letters = at + 5;
    let head = p.as_bytes().get(at..letters)?;
    let count = p.as_bytes()[letters..].iter().take(3).take_while(|b| b.is_ascii_uppercase()).count();
    let numbers = letters + count;
    let end = digits(p, numbers);
    let kind = p.get(letters..numbers)?;
    let good = head.iter().all(u8::is_ascii_digit)
        && match head[0] {
            b'3' => {
                matches!(kind, "R" | "L" | "D" | "H" | "E" | "F" | "A" | "B" | "C" | "G" | "J" | "K" | "M" | "O" | "Q" | "S" | "X" | "Y")
            }
            b'6' => matches!(kind, "CJ" | "CC" | "CO" | "CA" | "TJ" | "TO" | "TA" | "FJ"),
            _ => false,
        }
        && end - numbers == 4
        && begins(p, at)
        && !char_at(p, end).is_some_and(letters::is_alphanumeric);
    good.then(|| normal::european(Span::from(base + at..base + end), p[at..end].into(), Form::Symbol))
}

/// An ELI whose first slash is at `slash`: `eli/reg/2014/833/oj`, alone or in its address.
pub(super) fn eli(p: &str, base: usize, slash: usize) -> Option<Instrument> {
    let eli = p[..slash].strip_suffix("eli")?.len();
    let (kind, rest) = p[slash + 1..].split_once('/').filter(|(kind, _)| kind.len() <= 12)?;
    let letter = match kind.split('_').next()? {
        "reg" => 'R',
        "dir" => 'L',
        "dec" => 'D',
        "reco" => 'H',
        _ => return None,
    };
    let from = p.len() - rest.len();
    let middle = digits(p, from);
    let end = p[middle..].starts_with('/').then(|| digits(p, middle + 1)).filter(|end| *end > middle + 1)?;
    let (year, number): (u16, u16) = (p[from..middle].parse().ok()?, p[middle + 1..end].parse().ok()?);
    let whole = one_of(p, end, &["/oj"]).unwrap_or(end);
    let start = eli_start(p, eli)?;
    let celex: SmolStr = format_smolstr!("3{year}{letter}{number:04}");
    (1951..2200).contains(&year).then(|| normal::european(Span::from(base + start..base + whole), celex, Form::Symbol))
}

/// Where the ELI begins: with its address when it has the one of the EU.
fn eli_start(p: &str, eli: usize) -> Option<usize> {
    let Some(host) = p[..eli].strip_suffix("data.europa.eu/") else { return begins(p, eli).then_some(eli) };
    let scheme = host.strip_suffix("://").and_then(|s| s.strip_suffix('s').unwrap_or(s).strip_suffix("http"));
    let start = scheme.map_or(host.len(), str::len);
    (char_before(p, start).is_none_or(|c| !letters::is_alphanumeric(c))).then_some(start)
}
