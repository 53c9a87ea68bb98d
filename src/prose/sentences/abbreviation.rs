//! The word before a full stop: an abbreviation, an initial, a list's number, or a sentence's last word.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::list;
use crate::prose::heads::Heads;
use crate::prose::lexicon;
use crate::text::{eight, letters};

/// What an abbreviation's full stop means; the files' heads explain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Title,
    Number,
    Inner,
    Either,
    Year,
}

/// What a word at the head of a sentence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Opener,
    Preposition,
    Speech,
}

/// Words with what they are.
struct Listed<T> {
    /// Most words are none of them and need no search.
    heads: Heads,
    words: FxHashMap<&'static str, T>,
}

impl<T: Copy> Listed<T> {
    /// What a word is, in any case.
    fn get(&self, word: &str) -> Option<T> {
        if self.heads.may_have(word) { self.words.get(lower(word).as_str()).copied() } else { None }
    }
}

static ABBREVIATIONS: LazyLock<Listed<Class>> = LazyLock::new(|| {
    words(&lexicon::ABBREVIATIONS, |class| match class {
        "title" => Some(Class::Title),
        "number" => Some(Class::Number),
        "inner" => Some(Class::Inner),
        "either" => Some(Class::Either),
        "year" => Some(Class::Year),
        _ => None,
    })
});

static HEADS: LazyLock<Listed<Head>> = LazyLock::new(|| {
    words(&lexicon::OPENERS, |class| match class {
        "opener" => Some(Head::Opener),
        "preposition" => Some(Head::Preposition),
        "speech" => Some(Head::Speech),
        _ => None,
    })
});

/// The words of some lists with what they are.
fn words<T: Copy>(files: &[&'static str], class: fn(&str) -> Option<T>) -> Listed<T> {
    let lines = files.iter().flat_map(|file| lexicon::entries(file));
    let words: FxHashMap<&str, T> = lines
        .filter_map(|entry| Some((entry.words, class(entry.class)?)))
        .flat_map(|(words, class)| words.split(' ').map(move |w| (w, class)))
        .collect();
    Listed { heads: Heads::of(words.keys().copied()), words }
}

/// The longest abbreviation, in characters; before it only addresses have more dots than one.
const LONGEST: usize = 12;

/// Whether a sentence that began at `start` goes on behind the full stop at byte `at`, where `follower` (its first letter) follows.
pub(super) fn goes_on(words: &str, start: usize, at: usize, follower: &str) -> bool {
    let Some(from) = word_before(words, start, at) else { return false };
    let word = &words[from..at];
    if from == start && is_marker(word) || is_behind_bullet(words, start, from) && word.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let next = first_word(follower);
    if is_initial(word) {
        return !opens(follower);
    }
    match ABBREVIATIONS.get(word) {
        Some(Class::Title | Class::Inner) => true,
        Some(Class::Number) => begins_number(follower, next) || tied(words, at),
        Some(Class::Year) if !after_number(words, start, from) => true,
        Some(Class::Either | Class::Year) => !opens(follower) || is_time_phrase(words, start, at),
        None if is_dotted(word) => !opens(follower),
        None => false,
    }
}

/// Whether a sentence so far ends with a word of Latin letters that is no abbreviation, initial or number of a list: with a
/// full stop and a capital behind it, it is over. False where only [`goes_on`] can tell.
pub(super) fn ends_in_plain_word(sentence: &[u8]) -> bool {
    let len = last_letters(sentence);
    if len > LONGEST {
        return true;
    }
    let (before, word) = sentence.split_at(sentence.len() - len);
    // A number alone may count the items of a list: "• 12. The".
    let bare = word.iter().all(u8::is_ascii_digit) && !matches!(before, [.., b'a'..=b'z', b'a'..=b'z', b' ']);
    len > 1 && !bare && before.last() == Some(&b' ') && !ABBREVIATIONS.heads.may_have_bytes(word)
}

/// How many letters of ASCII, digits and hyphens stand at the end; one more than [`LONGEST`] at most.
fn last_letters(sentence: &[u8]) -> usize {
    let eight = sentence.last_chunk().map_or(0, |last| u64::from_le_bytes(*last));
    match eight::last(eight::letters(eight) | eight::digits(eight) | eight::equal(eight, b'-')) {
        few @ 1..8 => few,
        _ => {
            let near = &sentence[sentence.len().saturating_sub(LONGEST + 1)..];
            near.iter().rev().take_while(|&&b| b.is_ascii_alphanumeric() || b == b'-').count()
        }
    }
}

/// Whether a word commonly opens a sentence.
pub(super) fn is_opener(word: &str) -> bool {
    matches!(HEADS.get(word), Some(Head::Opener | Head::Preposition))
}

/// Whether a word makes somebody speak.
pub(super) fn is_speech(word: &str) -> bool {
    matches!(HEADS.get(word), Some(Head::Speech))
}

/// Where the word before byte `at` begins; `None` when it is too long for an abbreviation.
fn word_before(words: &str, start: usize, at: usize) -> Option<usize> {
    let parts = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '\'' | '/' | '*' | '_') || matches!(c, '‐'..='⁃' | '«' | '»');
    let mut from = at;
    for (n, (offset, c)) in words[start..at].char_indices().rev().enumerate() {
        if parts(c) {
            break;
        }
        if n == LONGEST {
            return None;
        }
        from = start + offset;
    }
    Some(from)
}

/// The letters at the head of `follower`.
fn first_word(follower: &str) -> &str {
    let end = follower.find(|c: char| !letters::is_alphabetic(c)).unwrap_or(follower.len());
    &follower[..end]
}

/// In lower case; words up to 23 bytes need no allocation.
fn lower(word: &str) -> SmolStr {
    word.chars().flat_map(char::to_lowercase).collect()
}

/// Whether a sentence opens with the words of `follower`: with a word that opens sentences, and no initial: «А. В. Иванов».
pub(super) fn opens(follower: &str) -> bool {
    let next = first_word(follower);
    let initial = next.chars().nth(1).is_none() && follower[next.len()..].starts_with('.');
    !initial && is_opener(next)
}

/// Whether a number follows: digits, a Roman numeral, or a letter that stands alone ("Annex B", but not "No. I know").
fn begins_number(follower: &str, next: &str) -> bool {
    if follower.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '§' | '№' | '¶')) {
        return true;
    }
    let behind = follower[next.len()..].chars().next();
    let roman = !next.is_empty() && next.bytes().all(|b| b"IVXLC".contains(&b));
    let single = next.chars().nth(1).is_none() && next.chars().next().is_some_and(char::is_uppercase);
    (roman && next != "I") || (single && behind.is_none_or(|c| !c.is_whitespace() && c != '\'' && c != '’'))
}

/// Whether a space that keeps words together follows the full stop: «с.\u{a0}Петровка».
fn tied(words: &str, at: usize) -> bool {
    let mut behind = words[at + 1..].chars();
    matches!(behind.next(), Some('\u{a0}' | '\u{202f}')) && behind.next().is_some_and(|c| !c.is_whitespace())
}

/// Whether a number stands before byte `from`.
fn after_number(words: &str, start: usize, from: usize) -> bool {
    let before = words[start..from].trim_end();
    before.len() < from - start && before.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether the sentence so far is but a phrase of time or place: "At 5 a.m.", «В 2015 г.»
fn is_time_phrase(words: &str, start: usize, at: usize) -> bool {
    let mut so_far = words[start..at].split_whitespace();
    let preposition = so_far.next().is_some_and(|first| HEADS.get(first) == Some(Head::Preposition));
    preposition && so_far.nth(4).is_none()
}

/// A capital letter alone: an initial, unless a sentence ends in it ("you and I").
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Single letters with full stops between: `U.S`, `J.R.R`, «т.е».
fn is_dotted(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.chars().nth(1).is_none() && part.starts_with(letters::is_alphabetic))
}

/// Whether a word at the head of a sentence counts it: `12`, `a`, `IV`.
fn is_marker(word: &str) -> bool {
    let number = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit());
    let letter = word.chars().nth(1).is_none() && word.starts_with(letters::is_alphabetic);
    let roman = word.len() <= 5 && word != "I" && word.bytes().all(|b| b"IVX".contains(&b));
    !word.is_empty() && (number || letter || roman)
}

/// Whether only a bullet stands between the sentence's head and byte `from`: `• 9. The first item`.
fn is_behind_bullet(words: &str, start: usize, from: usize) -> bool {
    let before = words[start..from].trim();
    !before.is_empty() && list::is_item(&words[start..]) && before.chars().nth(1).is_none()
}
