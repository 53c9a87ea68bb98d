//! Sentences that certainly say nothing of who speaks, told by their signs: no other word of them is read.
//!
//! Asked of sentences of ASCII without quotations in which no cue has a speaker. All the same a short one may say whom the next one
//! quotes, a colon lead in what follows, and one may say in whose words something stands (`events`).

use super::cues::Lexicon;
use super::events::{ABOUT_HIM, SHORT, WORDS};
use super::tokens;
use crate::prose::{Quote, Sentence};
use crate::text::Span;
use crate::text::blocks::{BLOCK, block, mask};
use crate::text::letters;

/// Bytes that the longest cue has, and a few more.
const LONGEST_CUE: usize = 64;

/// Whether such a sentence says nothing.
#[expect(clippy::needless_bitwise_bool, reason = "without branches it becomes instructions for sixteen bytes")]
pub fn is_quiet(sentence: &str, lexicon: &Lexicon) -> bool {
    let words = sentence.as_bytes();
    // A sign that no short sentence has, and how many words stand behind space.
    let (mut parted, mut count) = (false, 0);
    // Whether a word is "he" or "she"; whether the byte before the block is no space, and a letter.
    let (mut him, mut printed, mut lettered) = (false, 0, 0);
    // Whether somewhere so far a clause opened as "in the minister's view" does.
    let mut opened = opens(words);
    for from in (0..words.len()).step_by(BLOCK) {
        let block = block(words, from);
        let letters = mask(&block, |b| b.is_ascii_digit() | (b | 0x20).is_ascii_lowercase());
        let prints = mask(&block, |b| b > b' ');
        count += (letters & !(prints << 1 | printed)).count_ones();
        let mut heads = letters & !(letters << 1 | lettered) & mask(&block, |b| (b | 0x20 == b'h') | (b | 0x20 == b's'));
        while heads != 0 {
            him |= is_him(&words[from + heads.trailing_zeros() as usize..]);
            heads &= heads - 1;
        }
        (printed, lettered) = (prints >> (BLOCK - 1), letters >> (BLOCK - 1));
        let mut places = prints & !letters;
        while places != 0 {
            let at = from + places.trailing_zeros() as usize;
            places &= places - 1;
            match words[at] {
                b':' => return false,
                b'.' | b'!' | b'?' if at + 1 < words.len() && !is_within_word(words, at) => return false,
                b',' | b';' | b'(' | b')' | b'[' | b']' => parted = true,
                _ => {}
            }
            if opened && closes(&words[..at]) {
                return false;
            }
            opened |= opens(&words[at + 1..]);
        }
    }
    // So many words are so many tokens at least: of a phrase that is a cue a word would be known.
    let tokens = count as usize / lexicon.longest_phrase();
    let long = parted || tokens > ABOUT_HIM || tokens > SHORT && !him;
    long && !(opened && closes(words))
}

/// The sentences of a passage that say nothing beside its quotations, which are given in order, where others need not be read with
/// them: between full stops that any reader takes for the end of a sentence.
pub fn between_quotes(text: &str, sentences: &[Sentence], quotes: &[(u32, &Quote)], lexicon: &Lexicon) -> impl Iterator<Item = Span> {
    let mut quotes = quotes.iter().map(|(_, quote)| quote.span).peekable();
    // Whether the sentence before ended so, and how far the last quotation reaches.
    let (mut parted, mut quoted) = (true, 0);
    sentences.iter().enumerate().filter_map(move |(index, sentence)| {
        let span = sentence.span;
        while let Some(quote) = quotes.next_if(|quote| quote.start < span.end) {
            quoted = quote.end.max(quoted);
        }
        let next = sentences.get(index + 1).map_or("", |next| next.span.slice(text));
        let before = std::mem::replace(&mut parted, false);
        if quoted <= span.start {
            parted = next.is_empty() || is_parted(span.slice(text), next);
        } else if quoted < span.end {
            let behind = Span::new(quoted, span.end).slice(text);
            parted = is_clause(behind) && is_parted(behind, next);
        }
        // "It is stated" would look back to it.
        let alone =
            before && parted && quoted <= span.start && !next.trim_start_matches(|c: char| !letters::is_alphanumeric(c)).starts_with("It");
        (alone && !sentence.may_speak && is_quiet(span.slice(text), lexicon)).then_some(span)
    })
}

/// Whether a sentence, of which `words` are those behind its last quotation, ends with a full stop that is no part of its last word,
/// before a space and a capital.
fn is_parted(words: &str, next: &str) -> bool {
    let Some(rest) = words.strip_suffix('.') else { return false };
    let len = rest.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    next.starts_with(|c: char| c.is_ascii_uppercase()) && !tokens::may_be_title(&rest.as_bytes()[rest.len() - len..])
}

/// Whether the words behind a quotation are more than a verb: behind one alone the sentence may go on (`tokens::drop_stray_stops`).
fn is_clause(words: &str) -> bool {
    words.len() > LONGEST_CUE || words.contains([',', ';'])
}

/// Whether the first word is "he" or "she".
fn is_him(words: &[u8]) -> bool {
    let rest = words.strip_prefix(b"s").or_else(|| words.strip_prefix(b"S")).unwrap_or(words);
    rest.get(..2).is_some_and(|w| w.eq_ignore_ascii_case(b"he")) && !rest.get(2).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether the full stop at a byte stands behind an initial, or between letters or digits.
fn is_within_word(words: &[u8], at: usize) -> bool {
    if words[at] != b'.' || at == 0 || !words[at - 1].is_ascii_alphanumeric() {
        return false;
    }
    let initial = words[at - 1].is_ascii_uppercase() && (at == 1 || matches!(words[at - 2], b' ' | b'.'));
    initial || words.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether the next word is one that opens a clause which may name somebody: "in", "to", "as".
fn opens(words: &[u8]) -> bool {
    let space = words.iter().take_while(|&&b| b == b' ').count();
    let word = words.get(space..space + 2).unwrap_or_default();
    let known = [b"in", b"to", b"as"].iter().any(|known| word.eq_ignore_ascii_case(*known));
    known && !words.get(space + 2).is_some_and(u8::is_ascii_alphanumeric)
}

/// Whether the last word is one with which such a clause ends.
fn closes(words: &[u8]) -> bool {
    let words = words.trim_ascii_end();
    let len = words.iter().rev().take_while(|b| b.is_ascii_alphanumeric()).count();
    let word = &words[words.len() - len..];
    word == b"it" || WORDS.iter().any(|known| known.as_bytes() == word)
}
