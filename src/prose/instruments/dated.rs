//! Instruments named by kind and date: "the November 9 Statement", "заявление от 9 ноября 2020 года".

use super::Dated;
use super::cursor::{bare, one_of, space, space_back, word, word_back};
use crate::prose::dates::{self, DateMention};
use crate::text::Span;

/// English nouns, as they stand and in the plural.
const NOUNS: &[&str] = &[
    "statement",
    "agreement",
    "declaration",
    "accord",
    "protocol",
    "memorandum",
    "resolution",
    "treaty",
    "convention",
    "communiqué",
    "communique",
    "pact",
    "package",
    "arrangement",
    "decision",
    "understanding",
];

/// Russian nouns by their stems; an ending has at most three letters.
const STEMS: &[&str] = &[
    "заявлени",
    "соглашени",
    "деклараци",
    "протокол",
    "меморандум",
    "резолюци",
    "договор",
    "конвенци",
    "коммюнике",
    "решени",
    "договоренност",
    "договорённост",
];

/// Words between a date and its noun, or before a noun, that belong to the name. Russian ones are stems.
const QUALIFIERS: &[&str] = &[
    "trilateral",
    "tripartite",
    "bilateral",
    "quadrilateral",
    "multilateral",
    "joint",
    "first",
    "second",
    "third",
    "final",
    "peace",
    "ceasefire",
    "framework",
    "presidential",
    "ministerial",
    "political",
    "трехсторонн",
    "трёхсторонн",
    "двусторонн",
    "совместн",
    "перв",
    "втор",
    "треть",
    "мирн",
    "рамочн",
    "политическ",
];

/// Appends what is named by kind and date in one passage.
pub fn find_dated(text: &str, passage: Span, into: &mut Vec<Dated>) {
    let mut found = Vec::new();
    dates::find(text, passage, &mut found);
    let (p, base) = (passage.slice(text), passage.start as usize);
    let mut done = 0;
    for date in found.iter().filter(|d| d.date.day.is_some()) {
        let place = (date.span.start as usize - base, date.span.end as usize - base);
        let Some((start, noun, end)) = after(p, place).or_else(|| before(p, place, date)) else { continue };
        if start >= done {
            done = end;
            let span = |from: usize, to: usize| Span::from(base + from..base + to);
            into.push(Dated { span: span(start, end), noun: span(noun.0, noun.1), date: date.date });
        }
    }
}

type Found = (usize, (usize, usize), usize);

/// `November 9 Statement`, `9 November 2020 trilateral statement`
fn after(p: &str, date: (usize, usize)) -> Option<Found> {
    let mut at = space(p, date.1);
    for _ in 0..3 {
        let (next, end) = word(p, at);
        let next = next.trim_end_matches('.');
        if at == date.1 || next.is_empty() || !next.is_ascii() && !next.starts_with("communiqu") {
            return None;
        }
        if is_noun(next) {
            return Some((date.0, (at, at + next.len()), at + next.len()));
        }
        if !is_qualifier(next) {
            return None;
        }
        at = space(p, end);
    }
    None
}

/// How many words may stand between a noun and "of DATE".
const WORDS: usize = 18;

/// `statement of 9 November 2020`, `statement of the leaders of … of November 9, 2020`, `заявление президентов … от 9 ноября`
fn before(p: &str, date: (usize, usize), mention: &DateMention) -> Option<Found> {
    let (link, link_at) = word_back(p, space_back(p, date.0));
    let signed =
        |at: usize| matches!(word_back(p, space_back(p, at)).0, "signed" | "adopted" | "made" | "issued" | "concluded" | "reached");
    let mut at = match link {
        "of" | "from" | "dated" | "от" => link_at,
        "on" if signed(link_at) => word_back(p, space_back(p, link_at)).1,
        // "заявление 9 ноября"
        _ if is_noun(link) && !link.is_ascii() => date.0,
        _ => return None,
    };
    // a year or another number between would be another name's
    for step in 0..WORDS {
        let before = space_back(p, at);
        let gap = &p[..before];
        let gap = if step > 0 { gap.strip_suffix(',').unwrap_or(gap) } else { gap };
        let (next, start) = word_back(p, gap.len());
        let plain = bare(next);
        if plain.is_empty() || next.ends_with('.') || plain.bytes().any(|b| b.is_ascii_digit()) {
            return None;
        }
        if is_noun(plain) {
            let next_word = word(p, space(p, start + next.len())).0;
            let joined = step == 0
                || !next.is_ascii()
                || matches!(next_word, "of" | "by" | "between" | "on" | "among" | "with" | "signed" | "adopted" | "issued" | "made");
            return joined.then(|| (qualified(p, start), (start, start + next.len()), mention_end(p, mention, date.1)));
        }
        at = start;
    }
    None
}

fn mention_end(p: &str, mention: &DateMention, end: usize) -> usize {
    if mention.date.year.is_some() { end } else { one_of(p, end, &[" года"]).unwrap_or(end) }
}

/// Where the name begins, qualifiers before its noun counted in.
fn qualified(p: &str, noun: usize) -> usize {
    let mut at = noun;
    for _ in 0..4 {
        let (word, start) = word_back(p, space_back(p, at));
        if !is_qualifier(word) {
            break;
        }
        at = start;
    }
    at
}

/// Whether a word is a noun for instruments, in either language.
pub(super) fn is_noun(word: &str) -> bool {
    let lower = word.to_lowercase();
    let single = lower.strip_suffix('s').unwrap_or(&lower);
    NOUNS.contains(&single) || is_russian_noun(&lower)
}

/// Whether a word in small letters is a Russian noun for instruments.
pub(super) fn is_russian_noun(lower: &str) -> bool {
    STEMS.iter().any(|stem| lower.strip_prefix(stem).is_some_and(|ending| ending.chars().count() <= 3))
}

fn is_qualifier(word: &str) -> bool {
    let lower = word.to_lowercase();
    QUALIFIERS.iter().any(|q| if q.is_ascii() { lower == *q } else { lower.starts_with(q) })
}
