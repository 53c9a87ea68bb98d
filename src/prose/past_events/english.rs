//! Which verbs of an English sentence are finite and in the past.
//!
//! Most past forms of English are participles as well: "the test conducted on 9 October" has none that is finite, "they conducted
//! the test on 9 October" has one. A form that may be either is taken for finite where a participle could not stand: before an
//! object, behind a subject that the words show, or where the sentence has no other finite verb.

use std::cell::LazyCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::Near;
use crate::text::Span;
use crate::text::blocks::{BLOCK, block, mask};
use crate::text::letters;

/// Past forms that are no participles, and such as need no object. They are finite wherever they stand.
const FINITE: &[&str] = &[
    "was",
    "were",
    "did",
    "became",
    "began",
    "broke",
    "came",
    "chose",
    "drew",
    "fell",
    "flew",
    "fled",
    "froze",
    "gave",
    "went",
    "overthrew",
    "ran",
    "rose",
    "sank",
    "saw",
    "shook",
    "spoke",
    "stood",
    "stole",
    "swore",
    "took",
    "threw",
    "withdrew",
    "wrote",
    "died",
    "arrived",
    "happened",
    "occurred",
    "ended",
    "erupted",
    "collapsed",
    "resigned",
    "returned",
    "emerged",
    "expired",
    "lasted",
    "remained",
    "appeared",
    "disappeared",
    "voted",
];

/// Past forms that are participles as well and do not end in `-ed`.
const EITHER: &[&str] = &[
    "had",
    "brought",
    "built",
    "cut",
    "fought",
    "found",
    "held",
    "hit",
    "kept",
    "laid",
    "led",
    "left",
    "lost",
    "made",
    "met",
    "paid",
    "put",
    "sent",
    "set",
    "shot",
    "shut",
    "sold",
    "spent",
    "spread",
    "struck",
    "told",
    "won",
    "understood",
    "taught",
    "caught",
    "bought",
];

/// Words that begin an object, which no participle behind a noun has.
const OBJECT: &[&str] = &[
    "the", "a", "an", "it", "them", "him", "her", "his", "its", "their", "our", "my", "us", "me", "this", "that", "these", "those", "all",
    "more", "two", "three", "four", "five", "several", "many", "some", "no", "into", "out", "up", "down", "off", "back",
];

/// Subjects in one word.
const SUBJECTS: &[&str] = &["he", "she", "they", "it", "we", "i", "you", "who", "which"];

/// Words that open a clause with a subject of its own.
const OPENERS: &[&str] = &["that", "which", "when", "where", "after", "before", "because", "while", "until", "since", "whom"];

/// Finite verbs that are not in the past: where one stands, a form that may be a participle is taken for one.
const PRESENT: &[&str] = &[
    "is",
    "are",
    "am",
    "has",
    "have",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "shall",
    "does",
    "do",
    "remains",
    "says",
    "recalls",
    "notes",
    "calls",
    "takes",
    "requests",
    "decides",
    "continues",
];

/// Words between a subject and its verb.
const BETWEEN: &[&str] =
    &["also", "then", "later", "first", "never", "once", "again", "already", "only", "not", "jointly", "formally", "finally"];

/// What a form of a verb can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Finite,
    Either,
    Present,
}

/// The forms that are listed.
static FORMS: LazyLock<FxHashMap<&str, Form>> = LazyLock::new(|| {
    let lists = [(PRESENT, Form::Present), (EITHER, Form::Either), (FINITE, Form::Finite)];
    lists.into_iter().flat_map(|(list, form)| list.iter().map(move |word| (*word, form))).collect()
});

/// What a word can be, as a verb in the past or one of the present that is listed.
fn form(word: &str) -> Option<Form> {
    if is_regular(word) {
        return FORMS.get(word).copied().or(Some(Form::Either));
    }
    // The longest of the list.
    if word.len() > 11 { None } else { FORMS.get(word).copied() }
}

/// Whether a finite verb in the past stands near the date of a sentence (bytes of it).
pub(super) fn tells(sentence: &str, date: Span, near: Near) -> bool {
    let words = words(sentence);
    let behind = words.partition_point(|(at, _)| *at < date.end as usize);
    let before = words.partition_point(|(at, _)| *at < date.start as usize);
    let has_present = LazyCell::new(|| words.iter().any(|(_, word)| form(word) == Some(Form::Present)));
    let mut nearby = (before.saturating_sub(near.before)..before).chain(behind..words.len().min(behind + near.behind));
    nearby.any(|n| is_told(&words, n, &|| *has_present))
}

/// Words of letters, with their places.
fn words(sentence: &str) -> Vec<(usize, &str)> {
    if !sentence.is_ascii() {
        return any_words(sentence);
    }
    let (bytes, mut words, mut begun) = (sentence.as_bytes(), Vec::with_capacity(sentence.len() / 4), None);
    for at in (0..bytes.len()).step_by(BLOCK) {
        let letters = mask(&block(bytes, at), |b| (b | 0x20).is_ascii_lowercase());
        // Where a word begins or is over.
        let mut turns = letters ^ (letters << 1 | u64::from(begun.is_some()));
        while turns != 0 {
            let here = at + turns.trailing_zeros() as usize;
            turns &= turns - 1;
            match begun.take() {
                Some(start) => words.push((start, &sentence[start..here])),
                None => begun = Some(here),
            }
        }
    }
    words.extend(begun.map(|start| (start, &sentence[start..])));
    words
}

/// The same, character by character.
fn any_words(sentence: &str) -> Vec<(usize, &str)> {
    let bytes = sentence.as_bytes();
    let letter = |at: usize| match bytes[at] {
        byte if byte.is_ascii() => (byte.is_ascii_alphabetic(), 1),
        _ => sentence.get(at..).and_then(|rest| rest.chars().next()).map_or((false, 1), |c| (letters::is_alphabetic(c), c.len_utf8())),
    };
    let (mut words, mut at) = (Vec::with_capacity(bytes.len() / 4), 0);
    while at < bytes.len() {
        let start = at;
        let (mut is, mut len) = letter(at);
        while is {
            at += len;
            (is, len) = if at < bytes.len() { letter(at) } else { (false, 0) };
        }
        if at > start {
            words.push((start, &sentence[start..at]));
        }
        at += len;
    }
    words
}

fn is_told(words: &[(usize, &str)], n: usize, has_present: &dyn Fn() -> bool) -> bool {
    let word = words[n].1;
    let before = |back: usize| n.checked_sub(back).map(|at| words[at].1);
    // "what happened there" names an event and does not tell it.
    if before(1) == Some("what") {
        return false;
    }
    match form(word) {
        Some(Form::Finite) => return true,
        Some(Form::Either) => {}
        Some(Form::Present) | None => return false,
    }
    let behind = words.get(n + 1).map(|w| w.1);
    let before_verb = before(if before(1).is_some_and(|w| BETWEEN.contains(&w)) { 2 } else { 1 });
    match before_verb {
        None | Some("as" | "of" | "the" | "a" | "an" | "and" | "or" | "by" | "when" | "if" | "to" | "be" | "is" | "are" | "being") => {
            // "founded in 1990 and dissolved the council in 1991": what is joined has the subject of the first.
            before_verb == Some("and") && behind.is_some_and(|w| OBJECT.contains(&w))
        }
        // "has had no office since 2013"
        Some("has" | "have" | "had") => true,
        Some(subject) if SUBJECTS.contains(&subject.to_lowercase().as_str()) => true,
        Some(_) => behind.is_some_and(|w| OBJECT.contains(&w)) || has_subject(words, n) || !has_present(),
    }
}

/// Whether a clause opens a few words before the verb and has room for a subject: "which the president proposed".
fn has_subject(words: &[(usize, &str)], n: usize) -> bool {
    let from = n.saturating_sub(7);
    let opened = words[from..n].iter().rposition(|(_, word)| OPENERS.contains(word));
    opened.is_some_and(|at| {
        let clause = &words[from + at + 1..n];
        !clause.is_empty() && !clause.iter().any(|(_, word)| form(word).is_some())
    })
}

/// `-ed`, but not "need" and the like.
fn is_regular(word: &str) -> bool {
    word.len() > 4
        && word.is_ascii()
        && word.ends_with("ed")
        && !word.ends_with("eed")
        && word.starts_with(|c: char| c.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_are_told_alike_in_haste(sentence in "( |,|a|The|7|-|[a-z]{1,9}|[a-z ]{60,66}){0,30}") {
            prop_assert_eq!(words(&sentence), any_words(&sentence));
        }
    }
}
