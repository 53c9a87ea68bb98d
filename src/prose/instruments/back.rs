//! Words that lead back to an instrument named before: "the resolution", "its paragraph 4", «эта резолюция», «её пункт 4».
//!
//! Asked for one place at a time. A plural, a noun with more words behind it ("the agreement on …") and a number say that something
//! else is meant.

use super::cursor::{begins, floor, space, space_back, word, word_back};
use super::dated::{is_noun, is_russian_noun};
use super::pins;
use crate::syntax::Pin;
use crate::text::Span;

/// Words that lead back. Spans are bytes of the running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Back {
    /// "the resolution", "its".
    pub name: Span,
    /// The noun; `None` for "its".
    pub noun: Option<Span>,
    /// The same with the pinpoint beside it: "its paragraph 4".
    pub whole: Span,
}

/// How far from a place the words may begin or end, in bytes.
const REACH: usize = 120;

/// Words before a noun that say it was named before.
const LEADING: &[&str] = &["the", "that", "this"];

/// Words between those and the noun.
const BETWEEN: &[&str] = &["said", "same", "aforementioned", "abovementioned", "above-mentioned"];

/// Words behind a noun that say which one is meant, or make it something else: "the resolution of the conflict".
const BEHIND: &[&str] = &[
    "of",
    "on",
    "between",
    "with",
    "to",
    "for",
    "by",
    "among",
    "No",
    "no",
    "s",
    "от",
    "о",
    "об",
    "по",
    "между",
    "с",
    "СБ",
    "Совета",
    "Генеральной",
    "ООН",
    "номер",
];

/// Russian words before a noun that say it was named before, by their stems.
const POINTING: &[&str] = &["эт", "данн", "указанн", "названн", "упомянут", "вышеупомянут", "настоящ", "сам", "той", "ту", "та"];

/// Russian words before a noun in the plural, or that make it another thing.
const OTHER: &[&str] = &["эти", "все", "всех", "обе", "обеих", "две", "два", "три", "четыре", "ряд", "проект"];

/// The words at a byte of the text that lead back, when there are any.
#[must_use]
pub fn back_at(text: &str, passage: Span, at: u32) -> Option<Back> {
    let p = passage.slice(text);
    let here = (at.checked_sub(passage.start)? as usize).min(p.len());
    let mut from = floor(p, here.saturating_sub(REACH));
    let end = floor(p, (here + REACH).min(p.len()));
    while from < end {
        let (next, to) = word(p, from);
        if next.is_empty() {
            from += p[from..].chars().next().map_or(1, char::len_utf8);
            continue;
        }
        if begins(p, from)
            && let Some((start, noun)) = named(p, from, next)
        {
            let shift = |span: Span| span.shift(passage.start);
            let name = shift(Span::from(start..to));
            let pin = pin_of_name(text, passage, name, true).map(|(_, words)| words);
            let back = Back { name, noun: noun.then(|| shift(Span::from(from..to))), whole: pin.map_or(name, |pin| name.join(pin)) };
            // "its" alone says nothing of an instrument.
            if back.whole.touches(at) && (noun || pin.is_some()) {
                return Some(back);
            }
        }
        from = to;
    }
    None
}

/// The pinpoint beside words that lead back.
#[must_use]
pub fn pin_of_name(text: &str, passage: Span, name: Span, resolution: bool) -> Option<(Pin, Span)> {
    pins::find(text, passage, name, resolution).or_else(|| {
        // Behind "её пункт 4" no instrument's name can follow, as it can behind "пункт 4".
        let possessive = matches!(name.slice(text).to_lowercase().as_str(), "его" | "её" | "ее");
        let (p, end) = (passage.slice(text), name.end.checked_sub(passage.start).filter(|_| possessive)? as usize);
        let (_, first) = word(p, space(p, end));
        let (_, second) = word(p, space(p, first));
        pins::find(text, Span::new(passage.start, passage.start + Span::from(0..second).end), name, resolution)
    })
}

/// Where the words that a word ends begin, and whether it is a noun.
fn named(p: &str, at: usize, word: &str) -> Option<(usize, bool)> {
    let lower = word.to_lowercase();
    if matches!(lower.as_str(), "its" | "его" | "её" | "ее") {
        return Some((at, false));
    }
    let end = at + word.len();
    let start = if word.is_ascii() { english(p, at, &lower) } else { russian(p, at, &lower) }?;
    leads_nowhere_else(p, end).then_some((start, true))
}

fn english(p: &str, at: usize, noun: &str) -> Option<usize> {
    if !is_noun(noun) || noun.ends_with('s') {
        return None;
    }
    let (mut before, mut start) = word_back(p, space_back(p, at));
    if BETWEEN.contains(&before.to_lowercase().as_str()) {
        (before, start) = word_back(p, space_back(p, start));
    }
    LEADING.contains(&before.to_lowercase().as_str()).then_some(start)
}

fn russian(p: &str, at: usize, noun: &str) -> Option<usize> {
    if !is_russian_noun(noun) || ["й", "ям", "ями", "ях", "ы", "ов", "ам", "ами", "ах"].iter().any(|ending| noun.ends_with(ending))
    {
        return None;
    }
    let gap = space_back(p, at);
    let (before, start) = word_back(p, gap);
    let lower = before.to_lowercase();
    if OTHER.iter().any(|word| lower == *word || (*word == "проект" && lower.starts_with(word)))
        || matches!(lower.as_str(), "этих" | "этим" | "этими") && noun.ends_with('и')
    {
        return None;
    }
    if gap < at && POINTING.iter().any(|stem| lower.starts_with(stem)) && lower.chars().count() <= 14 {
        return Some(start);
    }
    // Another adjective would tell it from the one named before; a capital would begin a name.
    let adjective = ["ая", "ой", "ую", "ое", "ого", "ому", "ым", "ий", "ый"].iter().any(|ending| lower.ends_with(ending));
    (!adjective || lower.chars().count() <= 3).then_some(at)
}

/// Whether nothing behind a noun says which one is meant.
fn leads_nowhere_else(p: &str, end: usize) -> bool {
    let next = space(p, end);
    let (behind, _) = word(p, next);
    let numbered = behind.starts_with(|c: char| c.is_ascii_digit()) || p[next..].starts_with(['№', '(', '"', '«', '“']);
    next == end || (!BEHIND.contains(&behind) && !numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(marked: &str) -> Option<(String, String)> {
        let place = marked.find('|').expect("a place");
        let text = marked.replace('|', "");
        let back = back_at(&text, Span::from(0..text.len()), Span::from(0..place).end)?;
        Some((back.name.slice(&text).to_owned(), back.whole.slice(&text).to_owned()))
    }

    fn name(marked: &str) -> String {
        at(marked).map(|(name, _)| name).unwrap_or_default()
    }

    #[test]
    fn a_noun_with_the_article_leads_back() {
        assert_eq!(name("It said that the reso|lution binds."), "the resolution");
        assert_eq!(name("T|he resolution, however, binds."), "The resolution");
        assert_eq!(name("Under that State|ment they left."), "that Statement");
        assert_eq!(name("The said agree|ment holds."), "The said agreement");
        assert_eq!(name("Согласно этой резо|люции они ушли."), "этой резолюции");
        assert_eq!(name("В ре|золюции сказано иное."), "резолюции");
    }

    #[test]
    fn its_leads_back_when_a_pinpoint_follows() {
        assert_eq!(at("It binds; its para|graph 4 says so.").map(|(_, whole)| whole), Some("its paragraph 4".into()));
        assert_eq!(at("Paragraph| 4 of the resolution says so.").map(|(_, whole)| whole), Some("Paragraph 4 of the resolution".into()));
        assert_eq!(at("Она обязательна; её пу|нкт 4 гласит.").map(|(_, whole)| whole), Some("её пункт 4".into()));
        assert_eq!(name("It binds i|ts members."), "");
    }

    #[test]
    fn what_means_something_else_leads_nowhere() {
        for other in [
            "the reso|lutions",
            "the reso|lution of the conflict",
            "the agree|ment on customs",
            "a reso|lution",
            "the draft reso|lution",
            "the reso|lution 2202",
            "проект резо|люции",
            "новая резо|люция",
            "эти резо|люции",
            "резо|люций",
            "резо|люция № 2202",
        ] {
            assert_eq!(name(other), "", "{other}");
        }
    }
}
