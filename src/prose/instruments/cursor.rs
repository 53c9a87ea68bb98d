//! Reading a passage from a byte: spaces, digits, words, forwards and backwards.
//!
//! Positions are bytes of the passage and always lie on a character's boundary. A line break is a
//! space: plain texts break lines inside a name.

use crate::text::letters;

/// The character before `at`.
pub(super) fn char_before(p: &str, at: usize) -> Option<char> {
    p.get(..at)?.chars().next_back()
}

/// The character at `at`.
pub(super) fn char_at(p: &str, at: usize) -> Option<char> {
    p.get(at..)?.chars().next()
}

/// Whether a word or number can begin at `at`: no letter, digit or joining sign stands before it. A
/// slash or an equals sign means an address, whose parts are not ours.
pub(super) fn begins(p: &str, at: usize) -> bool {
    char_before(p, at).is_none_or(|c| !letters::is_alphanumeric(c) && !matches!(c, '/' | '=' | '&' | '_' | '@' | '%' | '#'))
}

/// Past the white space at `at`.
pub(super) fn space(p: &str, at: usize) -> usize {
    let rest = p.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start().len())
}

/// Before the white space that ends at `at`.
pub(super) fn space_back(p: &str, at: usize) -> usize {
    p.get(..at).unwrap_or_default().trim_end().len()
}

/// Past the ASCII digits at `at`.
pub(super) fn digits(p: &str, at: usize) -> usize {
    at + p.as_bytes().get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Where the ASCII digits that end at `at` begin.
pub(super) fn digits_back(p: &str, at: usize) -> usize {
    at - p.as_bytes().get(..at).unwrap_or_default().iter().rev().take_while(|b| b.is_ascii_digit()).count()
}

/// Longest word that is looked at, in bytes: none of ours is longer.
const WORD: usize = 64;

/// A word with its inner dots, hyphens and apostrophes, and where it ends: `U.N.`, `Council's`.
/// `at` must be where it begins. Empty when none does.
pub(super) fn word(p: &str, at: usize) -> (&str, usize) {
    let rest = p.get(at..).unwrap_or_default();
    let end = rest
        .char_indices()
        .take_while(|(i, _)| *i < WORD)
        .find(|(i, c)| !letters::is_alphanumeric(*c) && !(*i > 0 && is_inner(*c)))
        .map_or_else(|| floor(rest, WORD), |(i, _)| i);
    (&rest[..end], at + end)
}

/// The word that ends at `at`, and where it begins.
pub(super) fn word_back(p: &str, at: usize) -> (&str, usize) {
    let head = p.get(..at).unwrap_or_default();
    let start = head
        .char_indices()
        .rev()
        .take_while(|(i, _)| head.len() - *i <= WORD)
        .take_while(|(_, c)| letters::is_alphanumeric(*c) || is_inner(*c))
        .last()
        .map_or(head.len(), |(i, _)| i);
    (&head[start..], start)
}

fn is_inner(c: char) -> bool {
    matches!(c, '.' | '\'' | '’' | '-')
}

/// The greatest character boundary not past `at`.
pub(super) fn floor(p: &str, at: usize) -> usize {
    let mut at = at.min(p.len());
    while !p.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A word as it is compared: without a possessive ending or a closing dot.
pub(super) fn bare(word: &str) -> &str {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    word.strip_suffix(['\'', '’']).unwrap_or(word)
}

/// Past one of `words` at `at`, in any case of ASCII letters, when a word ends there.
pub(super) fn one_of(p: &str, at: usize, words: &[&str]) -> Option<usize> {
    let rest = p.get(at..)?;
    let first = rest.as_bytes().first()?.to_ascii_lowercase();
    words.iter().filter(|w| w.as_bytes().first().is_some_and(|b| b.to_ascii_lowercase() == first)).find_map(|w| {
        let head = rest.get(..w.len())?;
        let open = w.ends_with(letters::is_alphabetic) && rest[w.len()..].starts_with(letters::is_alphanumeric);
        (head.eq_ignore_ascii_case(w) && !open).then_some(at + w.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_keeps_its_inner_signs() {
        assert_eq!(word("U.N. peace", 0), ("U.N.", 4));
        assert_eq!(word_back("the Council's ", 13), ("Council's", 4));
        assert_eq!(word_back("", 0), ("", 0));
        assert_eq!(word("", 5), ("", 5));
    }

    #[test]
    fn long_words_are_cut_on_a_boundary() {
        let long = "я".repeat(1000);
        assert_eq!(word(&long, 0).1, 64);
        assert_eq!(word_back(&long, long.len()).1, 2000 - 64);
    }
}
