//! Words of a sentence compared with short lists: for rules that ask what stands round the words they look at.
//!
//! Only asked where a rule would speak otherwise, or where its first sign was seen: sentences are not read for it in passing.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::corpus::{Annotations, MentionAt};
use crate::prose::lexicon;
use crate::text::Span;

/// The words of a text, in order, with their places in it.
pub(super) fn words(text: &str) -> impl DoubleEndedIterator<Item = (Span, &str)> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(|word| (Span::of(word, text), word))
}

/// Whether a word is one of a list in small letters. In both alphabets capitals are as long as small letters.
pub(super) fn is_one_of(list: &[&str], word: &str) -> bool {
    let same = |listed: &str| {
        if word.is_ascii() { listed.eq_ignore_ascii_case(word) } else { word.chars().flat_map(char::to_lowercase).eq(listed.chars()) }
    };
    list.iter().any(|listed| listed.len() == word.len() && same(listed))
}

/// Whether a word begins like one of a list in small letters.
pub(super) fn begins_like(list: &[&str], word: &str) -> bool {
    let begins = |listed: &str| word.get(..listed.len()).is_some_and(|head| is_one_of(&[listed], head));
    list.iter().any(|listed| begins(listed))
}

/// The sentence that holds a byte of the running text.
pub(super) fn sentence_round(notes: &Annotations, at: u32) -> Span {
    notes.sentence_at(at).and_then(|s| notes.prose.sentences.get(s as usize)).map(|s| s.span).unwrap_or_default()
}

/// What stands before and behind words of the running text in their sentence.
pub(super) fn round(notes: &Annotations, words: Span) -> (&str, &str) {
    let sentence = sentence_round(notes, words.start);
    let before = Span::new(sentence.start.min(words.start), words.start);
    let behind = Span::new(words.end, sentence.end.max(words.end));
    (before.slice(notes.running()), behind.slice(notes.running()))
}

/// Russian nouns before the name of somebody after whom a thing is called, by their beginnings.
static CALLED_AFTER: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("called-after-stems"));

/// Words in a capital beside a name that are no part of it.
static TITLES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("titles"));

/// Whether one word in a capital stands beside another: "the Stolz Bridge", "George Allen", "Taft-Hartley", «улица Штольца». Whether the
/// other is a name by itself says little: given names are towns as well. A title is no part of a name.
pub(super) fn is_part_of_name(notes: &Annotations, mention: &MentionAt) -> bool {
    let (place, text) = (mention.words, notes.running());
    let (before, behind) = round(notes, place);
    let letters = |c: char| !c.is_alphanumeric();
    let belongs = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().nth(1).is_some_and(char::is_lowercase) && !is_one_of(&TITLES, word)
    };
    let next = behind.strip_prefix([' ', '-']).map(|rest| rest.split(letters).next().unwrap_or_default());
    if next.is_some_and(belongs) {
        return true;
    }
    // A name of several words may have any capital before it: "Minister Peter Green", but "Los Angeles Times".
    if place.slice(text).contains(' ') {
        return false;
    }
    let last = before.strip_suffix([' ', '-']).map(|rest| rest.rsplit(letters).next().unwrap_or_default());
    last.is_some_and(|last| {
        // The first word of a sentence has a capital whatever it is; a name by itself opens few.
        let opens = last.len() + 1 >= before.trim_start().len() && !before.ends_with('-');
        let first = opens && !is_given_name(last);
        begins_like(&CALLED_AFTER, last) || belongs(last) && !first
    })
}

/// Given names in small letters.
static GIVEN_NAMES: LazyLock<FxHashSet<&'static str>> =
    LazyLock::new(|| lexicon::GIVEN_NAMES.into_iter().flat_map(lexicon::entries).flat_map(|line| line.words.split(' ')).collect());

/// Whether a word is a given name, which opens a sentence before a surname: “Franklin Roosevelt said”.
fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_whatever_their_case() {
        assert!(is_one_of(&["former", "бывший"], "Бывший"));
        assert!(!is_one_of(&["former"], "formerly"));
        assert!(begins_like(&["постанов"], "ПОСТАНОВИЛ"));
        assert!(!begins_like(&["постанов"], "пост"));
        assert!(!begins_like(&["ab"], "é"));
    }

    #[test]
    fn words_have_places() {
        let found: Vec<(u32, &str)> = words("No — «ёлка» 7").map(|(span, word)| (span.start, word)).collect();
        assert_eq!(found, [(0, "No"), (9, "ёлка"), (20, "7")]);
    }
}
