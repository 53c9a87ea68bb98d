//! A first look for words of a list: where it sees none, there is none.
//!
//! Rules that compare each word with a list ask it first, for most sentences hold no word of most lists. Of every word the rarest four bytes
//! are looked for: of so short pieces a whole list is found in one go, many bytes at a time, and rare ones seldom lead astray.

use std::ops::Range;

use regex::bytes::Regex;

use crate::text::blocks::{BLOCK, block};
use crate::text::letters;

/// So many bytes of each are looked for: pieces that are longer would be looked for one after another.
const PIECE: usize = 4;

/// Words shorter than this are on no list of [`Signs`]; a run of fewer letters shouts none of them.
const SHORTEST: usize = 5;

/// Letters of English and Russian texts, the most frequent first.
const FREQUENT: &[&str] = &["etaoinshrdlcumwfgypbvkjxqz", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"];

/// Words to look for as they are written, within others too.
#[derive(Debug)]
pub struct Literals {
    /// Finds the pieces.
    pieces: Option<Regex>,
    /// Which bytes of each are looked for, where they begin, and the word.
    words: Vec<(u32, usize, String)>,
}

impl Literals {
    /// Of words of four bytes or more.
    #[must_use]
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<(u32, usize, String)> = words
            .into_iter()
            .map(|word| {
                let at = rarest(word);
                (piece(word.as_bytes(), at), at, word.to_owned())
            })
            .collect();
        let bytes =
            |(_, at, word): &(u32, usize, String)| word.bytes().skip(*at).take(PIECE).map(|byte| format!("\\x{byte:02X}")).collect();
        let mut pieces: Vec<String> = words.iter().map(bytes).collect();
        pieces.sort_unstable();
        pieces.dedup();
        Self { pieces: Regex::new(&format!("(?-u:{})", pieces.join("|"))).ok(), words }
    }

    /// Whether one of them stands in a text.
    #[must_use]
    pub fn stand_in(&self, text: &str) -> bool {
        self.any(text, |_| true)
    }

    /// Whether one of them stands at a byte of which `is` holds.
    fn any(&self, text: &str, is: impl Fn(usize) -> bool) -> bool {
        let Some(pieces) = &self.pieces else { return self.words.iter().any(|(_, _, word)| text.contains(word)) };
        let (bytes, mut from) = (text.as_bytes(), 0);
        while let Some(found) = pieces.find_at(bytes, from) {
            let found = found.start();
            let four = piece(bytes, found);
            let whole = |(at, word): (&usize, &String)| {
                let start = found.checked_sub(*at).filter(|start| bytes[*start..].starts_with(word.as_bytes()));
                start.is_some_and(&is)
            };
            if self.words.iter().filter(|(piece, ..)| *piece == four).any(|(_, at, word)| whole((at, word))) {
                return true;
            }
            from = found + 1;
        }
        false
    }
}

/// Four bytes.
fn piece(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four))
}

/// Where the rarest piece of a word begins.
fn rarest(word: &str) -> usize {
    let rank = |letter: char| FREQUENT.iter().find_map(|letters| letters.chars().position(|one| one == letter)).unwrap_or(0);
    let last = word.len().saturating_sub(PIECE);
    let rarity = |at: usize| -> usize {
        let within = |(n, letter): &(usize, char)| n + letter.len_utf8() <= PIECE;
        word[at..].char_indices().take_while(within).map(|(_, letter)| rank(letter) * letter.len_utf8()).sum()
    };
    let starts = word.char_indices().map(|(at, _)| at).filter(|at| *at <= last);
    starts.max_by_key(|at| rarity(*at)).unwrap_or(0)
}

/// Words to look for whatever their case.
#[derive(Debug)]
pub struct Signs {
    /// The words without their first letter, which may be a capital.
    tails: Literals,
    /// The first letters, small and capital.
    heads: Vec<char>,
}

impl Signs {
    /// Of words or their beginnings in small letters, Latin or Cyrillic, with five letters or more. Of several words together only the first
    /// may begin with a capital.
    #[must_use]
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str> + Clone) -> Self {
        let heads =
            words.clone().into_iter().filter_map(|word| word.chars().next()).flat_map(|c| std::iter::once(c).chain(c.to_uppercase()));
        let tail = |word: &'a str| word.get(word.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
        Self { heads: heads.collect(), tails: Literals::of(words.into_iter().map(tail)) }
    }

    /// Whether one of them may begin a word of a text, in letters of any case. When not, none does.
    #[must_use]
    pub fn may_stand_in(&self, text: &str) -> bool {
        let begins = |at: usize| {
            let before = text.get(..at).unwrap_or_default();
            before.strip_suffix(self.heads.as_slice()).is_some_and(|before| !before.ends_with(letters::is_alphanumeric))
        };
        self.tails.any(text, begins) || shouts(text.as_bytes())
    }
}

/// Whether a capital, Latin or Cyrillic, stands behind a letter in a word of so many letters.
fn shouts(text: &[u8]) -> bool {
    shouts_in_latin(text) || !text.is_ascii() && shouts_in_cyrillic(text)
}

fn shouts_in_latin(text: &[u8]) -> bool {
    let is = |before: u8, byte: u8| u8::from(byte.is_ascii_uppercase()) & u8::from((before | 0x20).is_ascii_lowercase());
    // Without branches it becomes instructions for sixteen bytes.
    let any =
        |before: &[u8; BLOCK], here: &[u8; BLOCK]| before.iter().zip(here).fold(0, |any, (before, byte)| any | is(*before, *byte)) != 0;
    (0..text.len()).step_by(BLOCK).any(|from| {
        let whole = text[from..].first_chunk().zip(text[from + 1..].first_chunk());
        let any = match whole {
            Some((before, here)) => any(before, here),
            None => any(&block(text, from), &block(text, from + 1)),
        };
        let pairs = || text[from..].iter().zip(&text[from + 1..]).take(BLOCK).enumerate();
        any && pairs().any(|(n, (before, byte))| is(*before, *byte) != 0 && is_long(text, from + n + 1))
    })
}

fn shouts_in_cyrillic(text: &[u8]) -> bool {
    // The first byte of the letter before, and both bytes of the capital: Ѐ to Я.
    let is = |before: u8, lead: u8, byte: u8| u8::from(before & 0xFE == 0xD0) & u8::from(lead == 0xD0) & u8::from(byte < 0xB0);
    (0..text.len()).step_by(BLOCK).any(|from| {
        let (before, lead, here) = (block(text, from), block(text, from + 2), block(text, from + 3));
        let letters = || before.iter().zip(lead.iter().zip(&here));
        letters().fold(0, |any, (before, (lead, byte))| any | is(*before, *lead, *byte)) != 0
            && letters().enumerate().any(|(n, (before, (lead, byte)))| is(*before, *lead, *byte) != 0 && is_long(text, from + n + 2))
    })
}

/// Whether a word with a letter at that byte is as long as those of the lists.
fn is_long(text: &[u8], at: usize) -> bool {
    let letter = |b: &u8| b.is_ascii_alphabetic() || !b.is_ascii();
    // As many bytes as letters at most are one each.
    let near: Range<usize> = at.saturating_sub(2 * SHORTEST)..text.len().min(at + 2 * SHORTEST);
    let behind = text[at..near.end].iter().take_while(|b| letter(b));
    let before = text[near.start..at].iter().rev().take_while(|b| letter(b));
    before.chain(behind).filter(|b| **b & 0xC0 != 0x80).count() >= SHORTEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_seen_in_any_case() {
        let signs = Signs::of(["decides", "shall", "постанов", "to be signed"]);
        for text in
            ["27. Decides that", "it shall be", "DECIDES", "(SHALL)", "Постановляет", "ПОСТАНОВИЛИ", "что ПОСТАНОВИЛИ они", "To be signed"]
        {
            assert!(signs.may_stand_in(text), "{text}");
        }
        for text in ["", "a", "The UN and NATO met in May.", "The OSCE, too.", "ООН и США", "Мы — тут, I. B. Cole", "a marshall decided"]
        {
            assert!(!signs.may_stand_in(text), "{text}");
        }
    }

    #[test]
    fn the_rarest_piece_of_a_word_is_looked_for() {
        assert_eq!(&"requests"[rarest("requests")..][..4], "requ");
        assert_eq!(&"в нашем"[rarest("в нашем")..][..4], "аш");
        assert_eq!(rarest("tool"), 0);
    }

    proptest! {
        #[test]
        fn no_word_stands_where_none_is_seen(
            before in "[a-zA-ZжЖ .—-]{0,140}", behind in "[a-zжЖ .]{0,9}", word in "[sS][hH][aA][lL][lL]|[бБ][уУ][дД][уУ][щЩ]|[её][лЛ]{5}",
        ) {
            let signs = Signs::of(["shall", "будущ", "еллллл", "ёллллл"]);
            let text = format!("{before} {word} {behind}");
            prop_assert!(signs.may_stand_in(&text), "{}", text);
        }

        #[test]
        fn words_are_found_as_by_looking_for_each(text in "[abж ]{0,40}") {
            let words = ["abab", "baba", "bжab", "жж", "aabbab", "b жa"];
            prop_assert_eq!(Literals::of(words).stand_in(&text), words.iter().any(|word| text.contains(word)));
        }
    }
}
