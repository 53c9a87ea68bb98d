//! Dated events told as having happened: "In 1990 a coalition drove him out", «9 ноября лидеры подписали заявление».
//!
//! A sentence tells one when it holds a date and, near it, a finite verb in the past. A participle tells nothing: "the test
//! conducted on 9 October" only says which test. A question tells nothing either, and a date that is part of somebody's name
//! (the caller knows names) dates nothing. What English verbs are finite is told in [`english`].

mod english;

use super::Language;
use super::dates;
use crate::text::{Span, letters};

/// Russian endings of the past after a vowel, the reflexive ones included.
const RUSSIAN_ENDINGS: &[&str] = &["лся", "лась", "лось", "лись", "ла", "ло", "ли", "л"];

/// Letters before the bare ending.
const VOWELS: &[char] = &['а', 'я', 'и', 'ы', 'е', 'ё', 'о', 'у'];

/// Letters before the longer endings: «возникла», «помогли».
const VERB_STEMS: &[char] = &['а', 'я', 'и', 'ы', 'е', 'ё', 'о', 'у', 'з', 'с', 'г', 'к', 'х', 'б', 'п', 'р', 'ш'];

/// Words with those endings that are no verbs.
const RUSSIAN_OTHERS: &[&str] =
    &["или", "если", "дела", "числа", "сила", "силы", "было", "стол", "пол", "отдел", "раздел", "канал", "тыла", "ли", "села"];

/// The date of the event that a sentence tells; `None` when it tells none. `words` is the sentence in `text`.
///
/// The date must say when ("on 9 November", "in May 2015", a sentence that begins with it), not which ("the statement of 9 November", "the
/// 2016 agreement"), and a verb in the past must stand near. The recitals of resolutions ("Recalling …") tell nothing.
#[must_use]
pub fn dated_event(text: &str, words: Span, language: Language) -> Option<Span> {
    let sentence = words.slice(text);
    let digit = dates::next_digit(sentence.as_bytes(), 0)?;
    if sentence.trim_end().ends_with('?') {
        return None;
    }
    let found = date_in(text, words, digit)?;
    let date = Span::new(found.start.saturating_sub(words.start), found.end.saturating_sub(words.start));
    let (before, behind) = (sentence.get(..date.start as usize)?, sentence.get(date.end as usize..)?);
    if !(says_when(before, language) || before.trim().is_empty()) || is_recital(sentence) {
        return None;
    }
    let opens = before.split_whitespace().nth(1).is_none();
    // Behind a date within a clause the verb follows at once ("the talks on 9 May failed"): one further on is another clause's.
    let clause = opens || before.trim_end().trim_end_matches(letters::is_alphabetic).trim_end().ends_with([',', ';', ':', '(', '—', '–']);
    let near = Near { before: if opens { 0 } else { NEAR }, behind: if clause { NEAR + 4 } else { 3 } };
    let told = match language {
        Language::English => english::tells(sentence, date, near),
        Language::Russian => tells_in_russian(before, behind, near),
    };
    told.then_some(found)
}

/// `digit`: where the first one stands.
fn date_in(text: &str, words: Span, digit: usize) -> Option<Span> {
    dates::first(text, words, digit).map(|d| d.span).or_else(|| year_in(words.slice(text), digit).map(|s| s.shift(words.start)))
}

/// So many words may stand between a verb and its date.
const NEAR: usize = 7;

/// How many words before a date and behind it its verb may stand.
#[derive(Clone, Copy, Debug)]
struct Near {
    before: usize,
    behind: usize,
}

fn tells_in_russian(before: &str, behind: &str, near: Near) -> bool {
    fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
        text.split(|c: char| !letters::is_alphabetic(c)).filter(|word| !word.is_empty())
    }
    words(before).rev().take(near.before).any(is_past) || words(behind).take(near.behind).any(is_past)
}

/// "Recalling its resolutions", "Noting with concern": a participle at the head.
fn is_recital(sentence: &str) -> bool {
    sentence.split_whitespace().take(2).any(|word| word.len() > 5 && word.trim_end_matches(',').ends_with("ing"))
}

/// Whether what stands before a date makes it say when something happened.
fn says_when(before: &str, language: Language) -> bool {
    let word = before.trim_end().rsplit(|c: char| !letters::is_alphabetic(c)).next().unwrap_or_default();
    match language {
        Language::English => matches!(word, "on" | "On" | "in" | "In" | "since" | "Since") || before.is_empty(),
        Language::Russian => is_past(word) || matches!(word, "его" | "её" | "ее" | "их" | "в" | "В" | "с" | "С"),
    }
}

/// "in 1990", «в 1990 году»: a year with what says that it is one.
fn year_in(sentence: &str, digit: usize) -> Option<Span> {
    let bytes = sentence.as_bytes();
    let mut at = digit;
    while let Some(start) = dates::next_digit(bytes, at) {
        let len = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        at = start + len;
        // From 1500 to 2099.
        if len != 4 || !matches!(bytes[start..], [b'1', b'5'..=b'9', ..] | [b'2', b'0', ..]) {
            continue;
        }
        let before = sentence[..start].trim_end_matches([' ', '\u{a0}', '\n', '\r']);
        let word = &before[before.trim_end_matches(letters::is_alphabetic).len()..];
        if ["in", "In", "since", "Since", "during", "в", "В", "с", "С"].contains(&word) {
            return Some(Span::from(start..at));
        }
    }
    None
}

/// A verb in the past, of Russian.
fn is_past(word: &str) -> bool {
    let stem = || RUSSIAN_ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    word.starts_with(char::is_lowercase)
        && word.chars().nth(3).is_some()
        && !RUSSIAN_OTHERS.contains(&word)
        && stem().is_some_and(|stem| stem.ends_with(if word.ends_with('л') { VOWELS } else { VERB_STEMS }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str, language: Language) -> Option<String> {
        dated_event(text, Span::from(0..text.len()), language).map(|s| s.slice(text).to_owned())
    }

    #[test]
    fn a_date_with_a_verb_in_the_past_tells_an_event() {
        let english = |text| date(text, Language::English);
        assert_eq!(english("In 1990 a coalition drove him out and was thanked.").as_deref(), Some("1990"));
        assert_eq!(english("The leaders signed it on 9 November 2020.").as_deref(), Some("9 November 2020"));
        let russian = |text| date(text, Language::Russian);
        assert_eq!(russian("9 ноября 2020 года лидеры подписали заявление.").as_deref(), Some("9 ноября 2020 года"));
        assert_eq!(russian("В 1990 году возникла коалиция.").as_deref(), Some("1990"));
    }

    #[test]
    fn a_participle_only_says_which() {
        let english = |text| date(text, Language::English);
        assert_eq!(english("The test conducted on 9 October 2006 is a threat."), None);
        assert_eq!(english("The agreement signed by them on 9 November 2020 remains in force."), None);
        assert_eq!(english("Adopted by the Council at its first meeting, on 9 November 2020"), None);
        assert_eq!(english("It recalls the plan announced in Paris on 3 December 2016."), None);
        assert_eq!(english("The agreement signed on 9 November 2020 is in line with principles that were agreed upon."), None);
        assert_eq!(english("This begs a comparison with what happened in 2003 there."), None);
        let told = |text| assert!(english(text).is_some(), "{text}");
        told("The test was conducted on 9 October 2006 and is a threat.");
        told("They conducted the test on 9 October 2006, which is a threat.");
        told("It is the plan that the envoys proposed in Paris in September 2015.");
        told("They have had no office there since 2013.");
        told("The mayor, who is ill, resigned on 3 December 2016.");
        told("The front that took shape in 2003 is broad.");
        told("The ministers met in Paris on 3 December 2016.");
    }

    #[test]
    fn a_question_a_plan_and_a_number_tell_none() {
        let english = |text| date(text, Language::English);
        assert_eq!(english("Was it signed in 1990?"), None);
        assert_eq!(english("They signed the statement of 9 November 2020."), None);
        assert_eq!(english("The 9 November 2020 statement was signed there."), None);
        assert_eq!(english("Recalling its statement, adopted on 9 November 2020, it met."), None);
        assert_eq!(english("It called on them to carry out the 31 December 2016 agreement."), None);
        assert_eq!(english("The talks will begin in 2031."), None);
        assert_eq!(english("They counted 1990 houses."), None);
        assert_eq!(date("Переговоры начнутся в 2031 году.", Language::Russian), None);
    }
}
