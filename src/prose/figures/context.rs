//! What stands before a number: an approximator, a currency, or what shows that it is no figure.

use super::number::Number;
use super::tables::{self, Ask, Kind};
use crate::text::{eight, letters};

/// Whether what touches the digits at byte `at` from the left leaves them a number: not `G20`, `No.5`, `#3`, `11:30`.
pub(super) fn is_free(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        None => true,
        Some(c) if letters::is_alphanumeric(c) => false,
        Some('_' | '/' | '#' | '№' | '§' | ':' | '+' | '=' | '<' | '>' | '^' | '\\' | '@' | '&' | '±' | '*' | '×') => false,
        Some('.' | ',') => before.next().is_none_or(char::is_whitespace),
        Some('-' | '–' | '−' | '‑' | '—' | '\'' | '’') => {
            before.next().is_none_or(|c| !letters::is_alphanumeric(c) && !matches!(c, ')' | ']'))
        }
        Some(_) => true,
    }
}

/// Where the token around digits that are no number ends: `2.0.1-rc`, `11:30`, `495-12-40`.
pub(super) fn behind_token(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(&byte) = bytes.get(end) {
        let joins =
            matches!(byte, b'.' | b',' | b':' | b'/' | b'-' | b'_' | b'\'') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
        if !byte.is_ascii_alphanumeric() && !joins {
            break;
        }
        end += 1;
    }
    end.max(at + 1)
}

/// A currency before a number that begins at byte `at`: where it begins, and its normal form.
pub(super) fn currency(text: &str, at: usize) -> Option<(usize, &'static str)> {
    // Nearly always a word, and no code.
    if let [.., last, b' '] = &text.as_bytes()[..at]
        && last.is_ascii_lowercase()
    {
        return None;
    }
    let before = &text[..at];
    let trimmed = before.strip_suffix([' ', '\u{a0}']).unwrap_or(before);
    let last = trimmed.chars().next_back()?;
    if trimmed.len() == before.len()
        && let '$' | '€' | '£' | '¥' | '₽' | '₴' = last
    {
        let (_, normal) = tables::unit(&*last.encode_utf8(&mut [0; 4]))?;
        let from = trimmed.len() - last.len_utf8();
        let country = ["US", "C", "A"].into_iter().find(|c| last == '$' && text[..from].ends_with(c)).map_or(0, str::len);
        // A formula's `=$5$` is no money.
        return (!text[..from - country].ends_with(|c: char| letters::is_alphanumeric(c) || "=<>^\\{}".contains(c)))
            .then_some((from - country, normal));
    }
    let from = trimmed.len().checked_sub(3)?;
    let code = trimmed.get(from..).filter(|code| code.bytes().all(|b| b.is_ascii_uppercase()))?;
    match tables::unit(code) {
        Some((Kind::Money, normal)) if !trimmed[..from].ends_with(letters::is_alphanumeric) => Some((from, normal)),
        _ => None,
    }
}

/// Where the approximator before byte `at` begins; two may follow each other ("at least about").
pub(super) fn approximator(text: &str, at: usize) -> Option<usize> {
    let first = approximator_once(text, at)?;
    Some(approximator_once(text, first).unwrap_or(first))
}

fn approximator_once(text: &str, at: usize) -> Option<usize> {
    // Few words end one.
    if plain_word_before(text, at).is_some_and(|word| !tables::may_end_approximator(word)) {
        return None;
    }
    let before = &text[..at];
    if let Some(sign) = before.chars().next_back().filter(|c| matches!(c, '~' | '≈' | '∼')) {
        return Some(at - sign.len_utf8());
    }
    let mut from = at;
    let mut longest = None;
    for n in 0..3 {
        let Some((start, word)) = word_before(text, from) else { break };
        if n == 0 && !tables::may_end_approximator(word) {
            break;
        }
        if tables::is_approximator(text[start..at].trim_end()) {
            longest = Some(start);
        }
        from = start;
    }
    longest
}

/// Whether the words of an approximator are a bound or mean "during": of a duration they make a term, not a
/// measurement ("up to 30 days", "over four years").
pub(super) fn is_bound(words: &str) -> bool {
    let words = tables::lower(words);
    ["over", "up ", "at ", "no ", "not ", "less", "до", "не ", "под"].into_iter().any(|bound| words.starts_with(bound))
}

/// Whether an approximator without a unit sets a threshold and counts nothing: "an age above 65".
pub(super) fn is_threshold(words: &str) -> bool {
    let words = tables::lower(words);
    ["above ", "below ", "under ", "выше ", "ниже "].into_iter().any(|bound| words.starts_with(bound))
}

/// The word before byte `at`, where it is up to seven letters of ASCII before one space, as before most numbers.
pub(super) fn plain_word_before(text: &str, at: usize) -> Option<&str> {
    let end = at.checked_sub(1)?;
    let eight = u64::from_le_bytes(*text.as_bytes().get(..end)?.last_chunk()?);
    let len = eight::last(eight::letters(eight));
    let before = eight.to_be_bytes().get(len).copied()?;
    let plain = len > 0 && text.as_bytes().get(end) == Some(&b' ') && before.is_ascii() && before != b'\r';
    text.get(end - len..end).filter(|_| plain)
}

/// The word before byte `at` over one space: where it begins, and its letters.
pub(super) fn word_before(text: &str, at: usize) -> Option<(usize, &str)> {
    let bytes = &text.as_bytes()[..at];
    match bytes.last()? {
        // Nearly always letters of ASCII before one space.
        b' ' => match ascii_word_before(bytes, at - 1) {
            Some(start) => (start + 1 < at && at - 1 - start <= LONGEST).then(|| (start, &text[start..at - 1])),
            None => any_word_before(text, at),
        },
        b'\n' | 0x80.. => any_word_before(text, at),
        _ => None,
    }
}

/// The same, character by character.
fn any_word_before(text: &str, at: usize) -> Option<(usize, &str)> {
    let before = text[..at].strip_suffix([' ', '\u{a0}', '\n', '\u{202f}'])?;
    let before = before.strip_suffix('\r').unwrap_or(before);
    let word = before.trim_end_matches(letters::is_alphabetic);
    let letters = &before[word.len()..];
    (!letters.is_empty() && letters.len() <= LONGEST).then_some((word.len(), letters))
}

/// Longest word that is looked at, in bytes.
const LONGEST: usize = 60;

/// Where the letters of ASCII begin that end at byte `end`. `None` where another character stands before them, or a carriage
/// return, which counts with the line's end behind it.
fn ascii_word_before(bytes: &[u8], end: usize) -> Option<usize> {
    let letters = bytes[..end].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let start = end - letters;
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    before.is_none_or(|b| b.is_ascii() && *b != b'\r').then_some(start)
}

/// The word before, whose full stop is left out: "No. 5", «ст. 5».
fn label_before(text: &str, at: usize) -> Option<&str> {
    let bytes = &text.as_bytes()[..at];
    let behind = at - bytes.iter().rev().take_while(|b| matches!(b, b' ' | b'(' | b'\n')).count();
    let end = if bytes[..behind].ends_with(b".") { behind - 1 } else { behind };
    if bytes[..behind].last().is_none_or(u8::is_ascii)
        && let Some(start) = ascii_word_before(bytes, end)
    {
        return (start < end && end - start <= LONGEST).then(|| &text[start..end]);
    }
    any_label_before(text, at)
}

/// The same, character by character.
fn any_label_before(text: &str, at: usize) -> Option<&str> {
    let space = text[..at].trim_end_matches([' ', '\u{a0}', '\u{202f}', '(', '\n']);
    let before = space.strip_suffix('.').unwrap_or(space);
    let word = before.trim_end_matches(letters::is_alphabetic);
    let letters = &before[word.len()..];
    (!letters.is_empty() && letters.len() <= LONGEST).then_some(letters)
}

/// Whether the word before says that the number names a part, a thing, a day or an age.
pub(super) fn names_thing(text: &str, at: usize) -> bool {
    if let Some(word) = plain_word_before(text, at) {
        return tables::says(word, Ask::Label);
    }
    label_before(text, at).is_some_and(|word| tables::says(word, Ask::Label)) || behind_sign(&text[..at])
}

/// Whether words end with the sign of a numbered thing.
fn behind_sign(before: &str) -> bool {
    let last = before.as_bytes().iter().rev().find(|&&b| b != b' ');
    // Most end with a letter of ASCII.
    last.is_some_and(|b| !b.is_ascii_graphic()) && before.trim_end().ends_with(['№', '§', '¶'])
}

/// Whether a number that begins at byte `at` goes on with the list of one that names a thing and ends at `until`: "articles 25 and 49".
pub(super) fn goes_on_list(text: &str, until: usize, at: usize) -> bool {
    let Some(between) = text.get(until..at) else { return false };
    let between = between.trim_start_matches(|c: char| c == '(' || c == ')' || c.is_ascii_alphabetic() && between.starts_with('('));
    matches!(between.trim(), "," | "and" | "to" | "or" | "–" | "-" | "—" | ", and" | ", or" | "&" | "и" | ", и" | "или" | "по" | "through")
}

/// Whether a number of four digits is a year: for what stands before, or because no unit follows directly.
pub(super) fn is_year(text: &str, number: &Number) -> bool {
    let before = text[..number.start].trim_end_matches([' ', '\u{a0}', '(', '\n', ',']);
    let letters = before.trim_end_matches(letters::is_alphabetic);
    let word = &before[letters.len()..];
    tables::says(word, Ask::Dated) || before.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether an approximate number without a unit is a year: "until about 483", "since around 1100". `at`: where the approximator begins.
pub(super) fn is_early_year(text: &str, at: usize, value: f64) -> bool {
    let when = ["in", "until", "since", "before", "after", "после"];
    let is_when = |word: &str| when.contains(&tables::lower(word).as_str());
    (100.0..2101.0).contains(&value) && value.fract() == 0.0 && word_before(text, at).is_some_and(|(_, word)| is_when(word))
}

/// Whether a measure before byte `at` names a kind of arms: "a calibre greater than 82 mm".
pub(super) fn is_calibre(text: &str, at: usize) -> bool {
    let calibre = |word: &str| {
        ["calibre", "caliber"].iter().any(|calibre| word.eq_ignore_ascii_case(calibre))
            || word.starts_with(['к', 'К']) && matches!(tables::lower(word).as_str(), "калибр" | "калибра" | "калибром")
    };
    word_before(text, at)
        .is_some_and(|(from, word)| calibre(word) || word == "of" && word_before(text, from).is_some_and(|(_, w)| calibre(w)))
}

/// Whether the words before say which things are meant, or name one: "the 15 members", "Boeing 737 planes".
pub(super) fn is_definite(text: &str, at: usize) -> bool {
    let Some((start, word)) = word_before(text, at) else { return false };
    let before = text[..start].trim_end();
    let opens = before.is_empty() || before.ends_with(['.', '!', '?', ':', ';', '"', '“', '«']);
    // At the head of a sentence Russian puts verbs before the number, English hardly anything but names and "only".
    let name = word.starts_with(char::is_uppercase) && (!opens || word.is_ascii()) && !tables::says(word, Ask::Stop);
    name || tables::says(word, Ask::Definite)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_stands_before_is_told_alike_in_haste(text in "(a|Z|ж|é|ab|no|seven |7|\\.|\\(| |\n|\r|\r\n|\t|-|№|§|\u{a0}|\u{202f}|\u{85}|[a-z]{20}){0,9}") {
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let before = any_word_before(&text, at);
                prop_assert_eq!(word_before(&text, at), before);
                if let Some(word) = plain_word_before(&text, at) {
                    prop_assert_eq!(before.map(|(_, word)| word), Some(word));
                    prop_assert_eq!(any_label_before(&text, at), Some(word));
                    prop_assert!(!behind_sign(&text[..at]));
                }
                prop_assert_eq!(label_before(&text, at), any_label_before(&text, at));
                prop_assert_eq!(behind_sign(&text[..at]), text[..at].trim_end().ends_with(['№', '§', '¶']));
            }
        }

        #[test]
        fn an_approximator_is_told_by_its_last_word(words in "(no|fewer|less|More|than|ABOUT|some|around|up|to|at|least|almost|не|МЕНЕЕ|около| |\u{a0}|-){0,7}") {
            let text = format!("{words} ");
            let (mut from, mut longest) = (text.len(), None);
            for _ in 0..3 {
                let Some((start, _)) = any_word_before(&text, from) else { break };
                longest = if tables::is_approximator(text[start..].trim_end()) { Some(start) } else { longest };
                from = start;
            }
            prop_assert_eq!(approximator_once(&text, text.len()), longest);
        }
    }
}
