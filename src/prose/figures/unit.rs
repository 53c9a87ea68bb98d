//! What stands behind a number: its unit, or what shows that it is no figure.

use smol_str::SmolStr;

use super::number::{Number, word_behind};
use super::tables::{self, Ask, Kind, Word};
use crate::text::letters;

/// A unit behind a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Unit {
    /// The byte after its last.
    pub end: usize,
    /// What it counts or measures; `None` for a noun that no list knows.
    pub kind: Option<Kind>,
    /// Its normal form; the noun itself where none is known.
    pub normal: SmolStr,
    /// Whether it stands directly behind the number.
    pub adjacent: bool,
}

/// What stands behind a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Behind {
    /// A unit.
    Unit(Unit),
    /// Nothing that says what the number is.
    Nothing,
    /// A month, "years old", "a.m.", an ordinal's ending: it is no figure.
    NoFigure,
}

/// Nouns that no list knows are units only of numbers from here on: "3 points" seldom wants a source.
const LEAST_WITH_PLAIN_NOUN: f64 = 10.0;

/// What stands behind a number.
pub(super) fn behind(text: &str, number: &Number) -> Behind {
    let rest = &text[number.end..];
    if let Some(unit) = sign(rest, number.end) {
        return Behind::Unit(unit);
    }
    let of = if number.plural && rest.starts_with(" of ") { 3 } else { 0 };
    let Some((from, first)) = word_behind(text, number.end + of) else { return Behind::Nothing };
    let touches = from == number.end;
    let word = Word::from(first);
    let abbreviated = || matches!(text.as_bytes().get(from + first.len()), Some(b'.' | b'\''));
    if is_era(&text[from..]) || tables::says(word, Ask::Behind) || (abbreviated() && is_time(text, from)) {
        return Behind::NoFigure;
    }
    if let Some(unit) = two_words(text, from, word).or_else(|| known(from, word, true)) {
        let measured = matches!(unit.kind, Some(Kind::Percent | Kind::Measure));
        let is_part_of_a_name = touches && !measured && !number.words && !number.scaled;
        return if is_part_of_a_name || (unit.kind == Some(Kind::Duration) && is_age(text, unit.end)) {
            Behind::NoFigure
        } else {
            Behind::Unit(with_head(text, unit))
        };
    }
    if touches {
        return Behind::NoFigure;
    }
    if tables::says(word, Ask::Stop) || tables::numeral(word).is_some() {
        return Behind::Nothing;
    }
    further(text, from, first).or_else(|| plain(text, number, from, first)).map_or(Behind::Nothing, Behind::Unit)
}

/// "displaced persons", "police personnel": the noun behind belongs to it.
fn with_head(text: &str, mut unit: Unit) -> Unit {
    if matches!(unit.kind, Some(Kind::Person | Kind::Casualty))
        && let Some((from, word)) = word_behind(text, unit.end).filter(|&(from, _)| from > unit.end)
        && matches!(known(from, word, false).and_then(|unit| unit.kind), Some(Kind::Person))
    {
        unit.end = from + word.len();
    }
    unit
}

/// `%`, `‰`, `°C`, or a currency's sign behind the number.
fn sign(rest: &str, at: usize) -> Option<Unit> {
    // Of all signs one is of ASCII.
    if rest.bytes().find(|&b| b != b' ').is_none_or(|b| b.is_ascii() && b != b'%') {
        return None;
    }
    let trimmed = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if rest.len() - trimmed.len() > 3 {
        return None;
    }
    let c = trimmed.chars().next()?;
    let (kind, normal) = match c {
        '%' if word_behind(trimmed, 1).is_some_and(|(_, word)| tables::says(word, Ask::Method)) => return None,
        '%' => (Kind::Percent, "%"),
        '‰' => (Kind::Percent, "‰"),
        '°' if trimmed[2..].trim_start().starts_with(['C', 'F']) => (Kind::Measure, "°"),
        '€' | '£' | '¥' | '₽' | '₴' => tables::unit(&*c.encode_utf8(&mut [0; 4]))?,
        _ => return None,
    };
    let scale = if c == '°' { trimmed[2..].find(letters::is_alphabetic).map_or(0, |n| n + 1) } else { 0 };
    let len = rest.len() - trimmed.len() + c.len_utf8() + scale;
    Some(Unit { end: at + len, kind: Some(kind), normal: SmolStr::new_static(normal), adjacent: true })
}

fn known<'a>(from: usize, word: impl Into<Word<'a>>, adjacent: bool) -> Option<Unit> {
    let word = word.into();
    let (kind, normal) = tables::unit(word)?;
    let word = word.text;
    // A single letter is a unit only as it is written: `5 m`, not `5 M`.
    if word.chars().nth(1).is_none() && word.starts_with(char::is_uppercase) {
        return None;
    }
    // "The 14 Mile Area" is a name.
    let name = kind == Kind::Measure && word.starts_with(char::is_uppercase) && word.ends_with(char::is_lowercase) && word.len() > 3;
    (!name).then(|| Unit { end: from + word.len(), kind: Some(kind), normal: SmolStr::new_static(normal), adjacent })
}

/// A unit of two words at byte `from`: "per cent", "square kilometres", «кв. км».
fn two_words(text: &str, from: usize, first: Word<'_>) -> Option<Unit> {
    if !tables::may_begin_pair(first) {
        return None;
    }
    let first = first.text;
    let end = from + first.len();
    let dot = usize::from(text[end..].starts_with(". "));
    let (at, second) = word_behind(text, end + dot)?;
    let (kind, normal) = tables::unit_of_two(first, second)?;
    Some(Unit { end: at + second.len(), kind: Some(kind), normal: SmolStr::new_static(normal), adjacent: true })
}

/// A known unit behind one or two words that say more of it: "150 heavily armed soldiers", "5 million US dollars".
fn further(text: &str, from: usize, first: &str) -> Option<Unit> {
    let mut end = from + first.len();
    for _ in 0..2 {
        let hyphen = text[end..].strip_prefix('-').and_then(|_| word_behind(text, end + 1));
        let (at, word) = match hyphen {
            Some(part) => part,
            None => word_behind(text, end).filter(|&(at, _)| at > end)?,
        };
        if let Some(unit) =
            known(at, word, false).filter(|unit| matches!(unit.kind, Some(Kind::Person | Kind::Casualty | Kind::Thing | Kind::Money)))
        {
            return Some(unit);
        }
        if tables::says(word, Ask::Stop) {
            return None;
        }
        end = at + word.len();
    }
    None
}

/// A plural that no list knows, perhaps behind an adjective: "142 households", "15 armed groups".
fn plain(text: &str, number: &Number, from: usize, first: &str) -> Option<Unit> {
    if number.value < LEAST_WITH_PLAIN_NOUN || (number.words && !number.scaled) {
        return None;
    }
    let unit = |at: usize, word: &str| Unit { end: at + word.len(), kind: None, normal: tables::lower(word), adjacent: at == from };
    if is_plural(first) {
        return Some(unit(from, first));
    }
    let (at, second) = word_behind(text, from + first.len()).filter(|&(at, _)| at > from + first.len())?;
    let adjective = first.chars().all(letters::is_alphabetic) && !tables::says(first, Ask::Plain) && is_adjective(first);
    (adjective && is_plural(second)).then(|| unit(at, second))
}

/// Whether a word looks like a plural noun that can be counted: of Russian the genitive.
fn is_plural(word: &str) -> bool {
    let long = word.chars().nth(3).is_some();
    let english = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
    let russian = ["ов", "ев", "ей", "ий", "ек"].into_iter().any(|ending| word.ends_with(ending));
    long && word.starts_with(char::is_lowercase) && (english || russian) && !tables::says(word, Ask::Plain)
}

/// Whether a word can stand between a number and its noun.
fn is_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 17] =
        ["al", "ic", "ed", "ry", "ous", "ive", "an", "ish", "ese", "ble", "ful", "ent", "ant", "ing", "ых", "их", "ar"];
    let size = ["new", "large", "small", "major", "more", "different", "other", "member", "local", "air", "drone"];
    ENDINGS.into_iter().any(|ending| word.ends_with(ending)) || size.contains(&word)
}

/// Whether `a.m.`, `p.m.` or `o'clock` begins at byte `from`.
fn is_time(text: &str, from: usize) -> bool {
    let rest = &text[from..];
    ["a.m", "p.m", "A.M", "P.M", "o'clock"].into_iter().any(|time| rest.starts_with(time))
}

/// Whether an era begins the words: "575 BC", «575 г. до н. э.».
fn is_era(rest: &str) -> bool {
    // The last is what «г» and «д» begin with.
    if !matches!(rest.as_bytes().first(), Some(b'A'..=b'C' | 0xD0)) {
        return false;
    }
    let whole = |era: &&str| rest.strip_prefix(*era).is_some_and(|r| !r.starts_with(letters::is_alphanumeric));
    ["BC", "B.C", "BCE", "AD", "A.D", "CE", "до н", "до Р", "г. до н", "гг. до н"].iter().any(whole)
}

/// Whether words follow that count a duration from something or to it: "ten years after the war" tells when, not how much.
pub(super) fn is_distance(text: &str, end: usize) -> bool {
    let words = ["after", "since", "before", "ago", "later", "earlier", "назад", "спустя", "после", "до", "со"];
    word_behind(text, end).is_some_and(|(_, word)| words.contains(&word))
}

/// Whether "old" or "of age" follows.
fn is_age(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start();
    rest.starts_with("old") || rest.starts_with("of age")
}
