//! A number as written: in digits or in words, with its magnitude, and the range it begins.

use super::tables::{self, Numeral};
use crate::text::{blocks, eight, letters};

/// A number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// First byte.
    pub start: usize,
    /// The byte after the last, magnitude included.
    pub end: usize,
    /// Its value; of a range the lower.
    pub value: f64,
    /// The upper value of a range.
    pub upper: Option<f64>,
    /// Whether it is written in words.
    pub words: bool,
    /// Whether a magnitude word belongs to it.
    pub scaled: bool,
    /// Whether it only says "thousands of".
    pub plural: bool,
    /// Whether it can be a year: four digits together.
    pub like_year: bool,
}

/// The number in digits at byte `at`, without what stands behind; `None` for dates, versions and the like.
pub(super) fn digits(text: &str, at: usize) -> Option<Number> {
    if let Some((end, value)) = few_digits(text.as_bytes(), at).filter(|&(end, _)| is_plain_behind(text, end)) {
        let like_year = end - at == 4 && (1000.0..2101.0).contains(&value);
        return Some(Number { start: at, end, value, upper: None, words: false, scaled: false, plural: false, like_year });
    }
    any_number(text, at)
}

/// Whether nothing behind byte `end` goes on a number, or makes it none: as behind most.
fn is_plain_behind(text: &str, end: usize) -> bool {
    match text.as_bytes().get(end..).unwrap_or_default() {
        [] | [b' ' | b')' | b',' | b'.'] => true,
        [b' ', b'a' | b't', ..] => is_plain_word(text, end),
        [b' ', then, ..] if tables::may_begin_magnitude(*then) => is_plain_word(text, end),
        [b' ', then, ..] => then.is_ascii() && !matches!(then, b'-' | b'\r'),
        [b',' | b'.', then, ..] => !then.is_ascii_digit() && *then != b's',
        [b')', ..] => true,
        _ => false,
    }
}

/// Whether the word behind a number is neither a magnitude nor joins another: "in 1990 the", "26 men".
fn is_plain_word(text: &str, end: usize) -> bool {
    word_behind(text, end).is_some_and(|(_, word)| !matches!(word, "to" | "and") && tables::numeral(word).is_none())
}

/// The same of any.
fn any_number(text: &str, at: usize) -> Option<Number> {
    let (end, value) = run(text, at)?;
    let like_year = end - at == 4 && text.as_bytes()[at..end].iter().all(u8::is_ascii_digit) && (1000.0..2101.0).contains(&value);
    let mut number = Number { start: at, end, value, upper: None, words: false, scaled: false, plural: false, like_year };
    if let Some((from, mut upper)) = second(text, at, end) {
        let (end, value) = run(text, from)?;
        if value <= number.value && !has_magnitude(text, end) {
            return None;
        }
        number.end = end;
        if let Some((end, times)) = magnitude(text, end) {
            upper = value * times;
            // "40–50 million" multiplies both.
            number.value *= times;
            (number.end, number.scaled) = (end, true);
        } else if let Some(upper_value) = Some(value) {
            upper = upper_value;
        }
        number.upper = (upper > number.value).then_some(upper);
        return behind_is_free(text, number.end).then_some(number);
    }
    if let Some((end, times)) = magnitude(text, end) {
        (number.end, number.value, number.scaled, number.like_year) = (end, number.value * times, true, false);
        if let Some((from, _)) = second(text, at, end)
            && let Some((to, value)) = run(text, from)
            && let Some((to, times)) = magnitude(text, to)
            && value * times > number.value
        {
            (number.upper, number.end) = (Some(value * times), to);
        }
    }
    behind_is_free(text, number.end).then_some(number)
}

/// Digits with separators at byte `at`: where they end, and their value.
fn run(text: &str, at: usize) -> Option<(usize, f64)> {
    few_digits(text.as_bytes(), at).or_else(|| any_digits(text, at))
}

/// Up to six digits, or thousands parted by a comma, with nothing behind them that they may go on over: what nearly every number is.
fn few_digits(bytes: &[u8], at: usize) -> Option<(usize, f64)> {
    let first = blocks::eight(bytes, at);
    let len = eight::first(eight::digits(first));
    if !(1..=6).contains(&len) {
        return None;
    }
    let (end, mut value) = (at + len, value_of(first, len));
    if len > 3 || bytes[at] == b'0' || bytes.get(end) != Some(&b',') {
        return (!may_go_on(first, len)).then_some((end, value as f64));
    }
    let second = blocks::eight(bytes, end + 1);
    match eight::first(eight::digits(second)) {
        0 => Some((end, value as f64)),
        3 if !may_go_on(second, 3) => {
            value = 1000 * value + value_of(second, 3);
            Some((end + 4, value as f64))
        }
        _ => None,
    }
}

/// Whether a number may go on behind the first `len` of eight bytes; `len` is at most six.
fn may_go_on(eight: u64, len: usize) -> bool {
    let [behind, then, ..] = (eight >> (8 * len)).to_le_bytes();
    behind >= 0x80 || matches!(behind, b',' | b'.' | b' ' | b'\'') && then.is_ascii_digit()
}

/// The value of the first `len` of eight bytes, which are digits.
fn value_of(eight: u64, len: usize) -> u64 {
    // The first digit, which is the lowest byte, counts most; zeros are put before it.
    let values = (eight & 0x0F0F_0F0F_0F0F_0F0F) << (64 - 8 * len);
    let pairs = (values.wrapping_mul(10 << 8 | 1) >> 8) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs.wrapping_mul(100 << 16 | 1) >> 16) & 0x0000_FFFF_0000_FFFF;
    fours.wrapping_mul(10_000 << 32 | 1) >> 32
}

/// The same, sign by sign.
fn any_digits(text: &str, at: usize) -> Option<(usize, f64)> {
    let bytes = text.as_bytes();
    let count = |from: usize| bytes.get(from..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count();
    let first = count(at);
    if first == 0 || first > 15 {
        return None;
    }
    let mut plain = Plain::default();
    plain.push(text.get(at..at + first)?);
    let mut end = at + first;
    if first <= 3 && bytes[at] != b'0' {
        let mut separator = None;
        while let Some(len) = separator_at(text, end, separator) {
            if count(end + len) != 3 || plain.digits > 12 {
                break;
            }
            separator = text[end..].chars().next();
            plain.push(&text[end + len..end + len + 3]);
            end += len + 3;
        }
    }
    let fraction = bytes.get(end).filter(|b| matches!(b, b'.' | b',')).map_or(0, |_| count(end + 1));
    if fraction > 0 {
        let whole = plain;
        plain.push(&text[end + 1..end + 1 + fraction]);
        plain.behind_point = fraction;
        let value = plain.exact().or_else(|| format!("{}.{}", whole.value, &text[end + 1..end + 1 + fraction]).parse().ok())?;
        end += 1 + fraction;
        // `1.2.3` is a version or a date.
        let goes_on = matches!(bytes.get(end), Some(b'.' | b',')) && count(end + 1) > 0;
        return (!goes_on).then_some((end, value));
    }
    Some((end, plain.exact()?))
}

/// A number's digits without separators.
#[derive(Clone, Copy, Default)]
struct Plain {
    value: u64,
    digits: usize,
    behind_point: usize,
}

impl Plain {
    /// At most 15 digits are counted right.
    fn push(&mut self, digits: &str) {
        self.digits += digits.len();
        self.value = digits.bytes().fold(self.value, |value, digit| value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0')));
    }

    /// Its value, where a float holds the digits and the power of ten exactly, so that one division rounds right.
    fn exact(self) -> Option<f64> {
        const POWERS: [f64; 16] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
        let power = POWERS.get(self.behind_point)?;
        (self.digits <= 15).then(|| self.value as f64 / power)
    }
}

/// Length of the sign at byte `at` that parts groups of three digits; the same throughout a number.
fn separator_at(text: &str, at: usize, same: Option<char>) -> Option<usize> {
    if !matches!(text.as_bytes().get(at)?, b',' | b' ' | b'\'' | 0x80..) {
        return None;
    }
    let c = text[at..].chars().next()?;
    let fits = matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’') && same.is_none_or(|s| s == c);
    fits.then_some(c.len_utf8())
}

/// Where the second number of a range begins whose first ends at `end`.
fn second(text: &str, start: usize, end: usize) -> Option<(usize, f64)> {
    let rest = &text[end..];
    // Most numbers are followed by nothing that joins a second.
    let joined = match rest.as_bytes() {
        [b' ', then, ..] => matches!(then, b't' | b'a' | b'-' | 0xE2 | 0xD0),
        [b'-' | 0xE2 | 0xC2, ..] => true,
        _ => false,
    };
    if !joined {
        return None;
    }
    let between = text[..start].trim_end().to_ascii_lowercase_tail("between");
    let joins = ["–", "—", "-", "−", " – ", " — ", " - ", " to ", "\u{a0}– ", " до "];
    let join = joins.into_iter().find(|join| rest.strip_prefix(join).is_some_and(starts_with_digit));
    let join = join.or_else(|| [" and ", " и "].into_iter().find(|join| between && rest.strip_prefix(join).is_some_and(starts_with_digit)));
    join.map(|join| (end + join.len(), 0.0))
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a text ends in a word, in any case.
trait Tail {
    fn to_ascii_lowercase_tail(&self, word: &str) -> bool;
}

impl Tail for str {
    fn to_ascii_lowercase_tail(&self, word: &str) -> bool {
        self.len().checked_sub(word.len()).and_then(|from| self.get(from..)).is_some_and(|tail| tail.eq_ignore_ascii_case(word))
    }
}

fn has_magnitude(text: &str, end: usize) -> bool {
    magnitude(text, end).is_some()
}

/// The magnitude words behind byte `end` ("thousand", «тыс.», "hundred thousand"): where they end, and what they multiply by.
fn magnitude(text: &str, mut end: usize) -> Option<(usize, f64)> {
    // Most numbers are followed by a word that begins like none.
    let word = end + usize::from(matches!(text.as_bytes().get(end), Some(b' ' | b'\n')));
    if text.as_bytes().get(word).is_none_or(|byte| byte.is_ascii() && *byte != b'\r' && !tables::may_begin_magnitude(*byte)) {
        return None;
    }
    let mut times = 1.0;
    let mut found = false;
    for _ in 0..2 {
        let Some((from, word)) = word_behind(text, end) else { break };
        let Some(Numeral::Times(by)) = tables::numeral(word) else { break };
        times *= by;
        found = true;
        end = from + word.len();
        // «тыс.» keeps its full stop when something follows in the same sentence.
        let abbreviated = matches!(word, "тыс" | "млн" | "млрд" | "трлн" | "mln" | "bln");
        let follows = text[end..].strip_prefix('.').is_some_and(|rest| rest.trim_start().starts_with(char::is_lowercase));
        end += usize::from(abbreviated && follows);
    }
    found.then_some((end, times))
}

/// The word behind byte `at`, over one space or none: where it begins, and its letters.
pub(super) fn word_behind(text: &str, at: usize) -> Option<(usize, &str)> {
    let rest = text.get(at..)?;
    // Nearly always letters of ASCII behind one space.
    if let Some((space, len)) = ascii_word(rest.as_bytes()) {
        return (len > 0).then(|| (at + space, &rest[space..space + len]));
    }
    any_word_behind(text, at)
}

/// The same, character by character.
fn any_word_behind(text: &str, at: usize) -> Option<(usize, &str)> {
    let rest = text.get(at..)?;
    let space = match rest.chars().next()? {
        c @ (' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\n') => c.len_utf8(),
        '\r' if rest.starts_with("\r\n") => 2,
        _ => 0,
    };
    let word = &rest[space..];
    let len = word.find(|c: char| !letters::is_alphabetic(c) && !matches!(c, '²' | '³')).unwrap_or(word.len());
    (len > 0).then_some((at + space, &word[..len]))
}

/// The space before a word of ASCII, and the letters of the word; `None` where another character stands among them or behind.
fn ascii_word(bytes: &[u8]) -> Option<(usize, usize)> {
    let space = usize::from(matches!(bytes.first(), Some(b' ' | b'\n')));
    let word = bytes.get(space..)?;
    let len = match eight::first(eight::letters(blocks::eight(bytes, space))) {
        8 => word.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(word.len()),
        few => few,
    };
    let ends = word.get(len).is_none_or(u8::is_ascii);
    (ends && (space > 0 || bytes.first() != Some(&b'\r'))).then_some((space, len))
}

/// Whether what touches the end of a number leaves it a number: no `-year-old`, `/5`, `:30`, `th`.
fn behind_is_free(text: &str, end: usize) -> bool {
    let mut behind = text[end..].chars();
    match behind.next() {
        Some('-' | '‑' | '–' | '−') => behind.next().is_none_or(|c| !letters::is_alphanumeric(c)),
        Some('/' | '_' | '^' | '\\' | '×' | '=') => false,
        Some(':' | '\'' | '’' | '.' | ',') => behind.next().is_none_or(|c| !c.is_ascii_digit() && c != 's'),
        _ => true,
    }
}

/// The number in words at byte `at`; `None` when the word there is none.
pub(super) fn words(text: &str, at: usize) -> Option<Number> {
    let mut number = Number { start: at, end: at, value: 0.0, upper: None, words: true, scaled: false, plural: false, like_year: false };
    let (mut total, mut current, mut last) = (0.0, 0.0, f64::MAX);
    let mut from = at;
    for n in 0..12 {
        let word = &text[from..from + letters(&text[from..])];
        let joined = n > 0 && word.eq_ignore_ascii_case("and");
        match tables::numeral(word) {
            Some(Numeral::Value(value)) if value < last && !number.plural => {
                (current, last) = (current + value, if value >= 20.0 { value } else { 1.0 });
            }
            Some(Numeral::Times(by)) if !number.plural => {
                number.scaled = true;
                if by < 1000.0 {
                    (current, last) = (f64::max(current, 1.0) * by, by);
                } else {
                    (total, current, last) = (total + f64::max(current, 1.0) * by, 0.0, by);
                }
            }
            Some(Numeral::Plural(by)) if n == 0 || number.plural => {
                (number.plural, current) = (true, f64::max(current, 1.0) * by);
            }
            _ if joined && current >= 100.0 => {}
            _ => break,
        }
        if !joined {
            number.end = from + word.len();
        }
        let behind = &text[from + word.len()..];
        let gap = behind.chars().next().filter(|c| matches!(c, ' ' | '-' | '\u{a0}' | '\n')).map_or(0, char::len_utf8);
        let of = if number.plural && behind.starts_with(" of ") { 4 } else { gap };
        if of == 0 {
            break;
        }
        from += word.len() + of;
    }
    number.value = total + current;
    (number.end > at).then(|| with_article(text, number))
}

/// "a dozen", "half a million": what stands before a magnitude belongs to it.
fn with_article(text: &str, mut number: Number) -> Number {
    let first = &text[number.start..number.start + letters(&text[number.start..])];
    if matches!(tables::numeral(first), Some(Numeral::Times(_))) {
        let ends_in = |tail: &str| {
            let before = &text[..number.start];
            before.to_ascii_lowercase_tail(tail) && !before[..before.len() - tail.len()].ends_with(letters::is_alphabetic)
        };
        if ends_in("half a ") || ends_in("half-a-") {
            (number.start, number.value) = (number.start - 7, number.value / 2.0);
        } else if ends_in("a ") {
            number.start -= 2;
        }
    }
    number
}

fn letters(text: &str) -> usize {
    text.find(|c: char| !letters::is_alphabetic(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn digits_are_read_alike_in_haste(text in "([0-9]{1,9}|[0-9]{1,3},[0-9]{3}|,|\\.| |'|’|\u{a0}|a|-|\\)| to | and |s|:| million| Tenth| tons| тыс| x|\r\n|–){0,6}") {
            for (at, _) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
                prop_assert_eq!(run(&text, at), any_digits(&text, at));
                prop_assert_eq!(digits(&text, at), any_number(&text, at));
            }
        }

        #[test]
        fn the_word_behind_is_told_alike_in_haste(text in "(a|Z|ж|é|km|²|7|\\.| |\n|\r|\r\n|\t|-|\u{a0}|\u{2009}|%){0,6}") {
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                prop_assert_eq!(word_behind(&text, at), any_word_behind(&text, at));
            }
        }
    }
}
