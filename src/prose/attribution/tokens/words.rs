//! The words and signs of a region without quotations, read in blocks.
//!
//! Letters and signs are told for sixty-four bytes at once, and what stands between is never looked at. Most words are
//! letters alone; what goes on with an apostrophe, a hyphen or a letter beyond ASCII is read character by character.

use std::ops::Range;

use super::super::cues::{Cue, Known, Latin, Lexicon, SHORT};
use super::{Kind, Token, Tokens, join_phrase};
use crate::text::Span;
use crate::text::blocks::{BLOCK, mask};
use crate::text::letters;

/// Titles that end in a full stop within a sentence.
const TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Maj", "Capt", "Sgt", "Cpl", "Adm", "Brig", "Cmdr", "Sen", "Rep", "Gov", "St",
    "Rev", "Hon", "Jr", "Sr", "Pres", "Amb", "No", "Vs", "vs", "им", "гг", "г", "др", "т", "проф", "ген",
];

/// Letters of the longest title in Latin letters.
const LONGEST_TITLE: usize = 4;

/// Bytes of a block.
const WIDTH: u32 = 64;

/// Letters of the longest word that the table of short ones can tell.
const LONGEST_PLAIN: u32 = 16;

const _: () = assert!(WIDTH as usize == BLOCK && LONGEST_PLAIN as usize == SHORT);

/// What a byte can begin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit.
    Word,
    /// A sign that is a token.
    Sign,
    /// A sign that may stand within a word.
    Joint,
    /// Part of a character beyond ASCII.
    Wide,
    /// Nothing that counts.
    Skip,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Skip; 256];
    let mut byte = 0_usize;
    while byte < 256 {
        let b = byte.to_le_bytes()[0];
        classes[byte] = match b {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
            b',' | b':' | b';' | b'(' | b'[' | b')' | b']' | b'!' | b'?' => Class::Sign,
            b'\'' | b'-' | b'.' => Class::Joint,
            0x80.. => Class::Wide,
            _ => Class::Skip,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES[usize::from(byte)]
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Appends the words and signs of a region without quotations.
pub(super) fn words(text: &str, region: Span, lexicon: &Lexicon, into: &mut Tokens) {
    let Some(part) = text.get(..region.end as usize) else { return };
    let mut at = region.start;
    let mut words = Region { bytes: text.as_bytes(), part, span: region, lexicon, into };
    while at < region.end {
        at = words.block(at);
    }
}

/// A region read in blocks: letters and signs are told for a whole block at once, and what stands between is never looked at.
struct Region<'a> {
    /// Of the whole text.
    bytes: &'a [u8],
    /// The text as far as the region goes.
    part: &'a str,
    /// The region.
    span: Span,
    lexicon: &'a Lexicon,
    into: &'a mut Tokens,
}

/// Bytes of a block, and those behind it that a word may go on to which begins in it.
const WINDOW: usize = BLOCK + SHORT;

/// The first sixteen bytes of a word that begins at byte `n` of a block.
#[inline]
fn sixteen(window: &[u8; WINDOW], n: u32) -> [u64; 2] {
    let n = n as usize % BLOCK;
    let eight = |at: usize| window[at..at + 8].first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    [eight(n), eight(n + 8)]
}

impl Region<'_> {
    /// Reads the block at a byte before the region's end; answers where the next one begins.
    fn block(&mut self, at: u32) -> u32 {
        let rest = self.bytes.get(at as usize..).unwrap_or_default();
        let mut padded = [0; WINDOW];
        let window = rest.first_chunk().unwrap_or_else(|| {
            padded[..rest.len()].copy_from_slice(rest);
            &padded
        });
        let block = window.first_chunk().unwrap_or(&[0; BLOCK]);
        let left = self.span.end - at;
        let inside = if left < WIDTH { (1 << left) - 1 } else { u64::MAX };
        let letters = mask(block, |b| b.is_ascii_digit() | (b | 0x20).is_ascii_lowercase()) & inside;
        let signs = mask(block, |b| b > b' ') & inside & !letters;
        let mut places = letters & !(letters << 1) | signs;
        while places != 0 {
            let n = places.trailing_zeros();
            places &= places - 1;
            let (start, rest) = (at + n, letters >> n);
            let end = if rest & 1 == 0 {
                self.sign(start)
            } else {
                let len = rest.trailing_ones();
                let behind = n + len;
                if behind < WIDTH {
                    let joined = signs >> behind & 1 == 1 && may_go_on(self.bytes, start, start + len);
                    if len <= LONGEST_PLAIN && !joined {
                        let [first, second] = sixteen(window, n);
                        self.plain(Span { start, end: start + len }, Latin::of(first, second, len as usize));
                        continue;
                    }
                } else if n > 0 && left > WIDTH {
                    return start;
                }
                self.word(start)
            };
            // What the word or sign reached over is done.
            let seen = end - at;
            if seen >= WIDTH {
                return end;
            }
            places &= u64::MAX << seen;
        }
        at + WIDTH
    }

    /// Takes a short word of letters and digits alone, as most are.
    #[inline]
    fn plain(&mut self, span: Span, word: Latin) {
        let entry = self.lexicon.latin(word);
        self.into.push(Token { span, kind: Kind::Word, known: Known { capital: word.capital, ..entry.known } });
        if entry.ends_phrases() {
            join_phrase(self.part, self.lexicon.phrases(entry), self.lexicon, self.into);
        }
    }

    /// Takes any word; answers where it ends.
    fn word(&mut self, start: u32) -> u32 {
        Span::from(0..Word::new(self.part, start as usize).take(self.part, self.lexicon, self.into)).end
    }

    /// Takes the sign at a byte, or the word that begins with a letter beyond ASCII there; answers where it ends.
    fn sign(&mut self, start: u32) -> u32 {
        let at = start as usize;
        let c = match class(self.bytes[at]) {
            Class::Skip | Class::Word => return start + 1,
            Class::Sign | Class::Joint => char::from(self.bytes[at]),
            Class::Wide => match char_at(self.part, at) {
                Some(c) if letters::is_alphanumeric(c) => return self.word(start),
                Some(c) => c,
                None => return start + 1,
            },
        };
        let span = Span::from(at..at + c.len_utf8());
        if let Some(kind) = punctuation(c, self.part, self.span.start as usize..at, span.end as usize) {
            self.into.push(Token::new(span, kind));
        }
        span.end
    }
}

/// Whether what stands behind the letters of a word may still belong to it: not the full stop, dash or quotation
/// mark behind most.
fn may_go_on(bytes: &[u8], start: u32, end: u32) -> bool {
    let (start, end) = (start as usize, end as usize);
    let Some(&byte) = bytes.get(end) else { return false };
    let next = bytes.get(end + 1).map(|&b| class(b));
    match class(byte) {
        Class::Joint => matches!(next, Some(Class::Word | Class::Wide)) || byte == b'.' && may_be_title(&bytes[start..end]),
        // ’ and the hyphen that does not break have these last bytes; the marks “”„ and the dashes others.
        Class::Wide => !matches!(bytes.get(end..end + 3), Some([0xE2, 0x80, third]) if !matches!(third, 0x91 | 0x99)),
        _ => false,
    }
}

/// Whether a word of Latin letters may be an initial or a title: all of those begin with a capital but "vs".
pub fn may_be_title(word: &[u8]) -> bool {
    word.len() <= LONGEST_TITLE && (word.first().is_none_or(u8::is_ascii_uppercase) || word == b"vs")
}

/// A word being read: where it stands in its part of the text.
struct Word {
    start: usize,
    end: usize,
    /// Holds a character beyond ASCII.
    wide: bool,
    /// Holds an apostrophe, a hyphen or a full stop.
    joined: bool,
}

impl Word {
    /// Reads the word that begins at a byte.
    fn new(part: &str, start: usize) -> Self {
        let mut word = Self { start, end: start, wide: false, joined: false };
        let bytes = part.as_bytes();
        loop {
            if letters::russian(bytes, word.end).is_some() {
                word.end += 2;
                word.wide = true;
                continue;
            }
            let Some(&byte) = bytes.get(word.end) else { break };
            match class(byte) {
                Class::Word => word.end += 1,
                Class::Wide if word.goes_on_wide(part) => {}
                Class::Joint if Self::joins(part, word.end + 1) => {
                    word.joined = true;
                    word.end += 1;
                }
                _ => break,
            }
        }
        if bytes.get(word.end) == Some(&b'.') && ends_in_dot(&part[start..word.end]) {
            word.joined = true;
            word.end += 1;
        }
        word
    }

    fn joins(part: &str, next: usize) -> bool {
        match part.as_bytes().get(next).map(|&b| class(b)) {
            Some(Class::Word) => true,
            Some(Class::Wide) => char_at(part, next).is_some_and(letters::is_alphanumeric),
            _ => false,
        }
    }

    /// Takes in the character beyond ASCII that follows, when it belongs to the word.
    fn goes_on_wide(&mut self, part: &str) -> bool {
        let Some(c) = char_at(part, self.end) else { return false };
        let next = self.end + c.len_utf8();
        let joins = matches!(c, '’' | '‑') && Self::joins(part, next);
        let belongs = c == '\u{301}' || joins || letters::is_alphanumeric(c);
        if belongs {
            self.end = next;
            self.wide = true;
            self.joined |= joins;
        }
        belongs
    }

    /// Appends the word as a token, with what is known of it; a phrase that it completes becomes one token. Answers
    /// where the word ends.
    fn take(&self, part: &str, lexicon: &Lexicon, into: &mut Tokens) -> usize {
        let word = &part[self.start..self.end];
        let capital = letters::is_capitalised(word);
        let bare = if self.joined { self.bare_end(part) } else { self.end };
        // «Lavrov’s claims» has no verb, and neither has «the State Department».
        let possessive = bare < self.end;
        let wide = self.wide && !(possessive && part[self.start..bare].is_ascii());
        let entry = lexicon.find(part, self.start, bare, wide);
        let cue = if possessive { Cue::None } else { entry.known.cue };
        let mut known = Known { cue, capital, ..entry.known };
        // Small words count as they stand: "it's" is another than "it".
        if self.wide {
            known.small = lexicon.small(word, capital);
        } else if possessive {
            known.small = lexicon.find(part, self.start, self.end, false).known.small;
        }
        into.push(Token { known, ..Token::new(Span::from(self.start..self.end), Kind::Word) });
        if entry.ends_phrases() {
            join_phrase(part, lexicon.phrases(entry), lexicon, into);
        }
        self.end
    }

    /// Where the word ends without its `’s`.
    fn bare_end(&self, part: &str) -> usize {
        let word = &part[self.start..self.end];
        self.start + word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word).len()
    }
}

/// Whether the full stop behind a word belongs to it: behind an initial and a title.
fn ends_in_dot(word: &str) -> bool {
    let mut chars = word.chars();
    let initial = chars.next_back().is_some_and(char::is_uppercase) && matches!(chars.next_back(), None | Some('.'));
    initial || TITLES.contains(&word)
}

fn punctuation(c: char, part: &str, before: Range<usize>, end: usize) -> Option<Kind> {
    let after = || part.get(end..).unwrap_or_default();
    match c {
        ',' => Some(Kind::Comma),
        ':' => Some(Kind::Colon),
        ';' => Some(Kind::Break),
        '(' | '[' => Some(Kind::Open),
        ')' | ']' => Some(Kind::Close),
        '—' | '–' => Some(Kind::Dash),
        '-' if after().starts_with(' ') && part[before].ends_with(char::is_whitespace) => Some(Kind::Dash),
        '.' | '!' | '?' | '…' => ends_here(after()).then_some(Kind::Stop),
        _ => None,
    }
}

/// Whether a sentence may end before these words.
fn ends_here(after: &str) -> bool {
    match *after.as_bytes() {
        [] => true,
        // A space and a word, as behind most full stops.
        [b' ', next, ..] if next > b' ' && next.is_ascii() => !(next.is_ascii_lowercase() || next == b','),
        _ => {
            let next = after.trim_start_matches(['.', '!', '?', '…', ')', '"', '”', '»', '/']).trim_start();
            !next.starts_with(|c: char| c.is_lowercase() || c == ',')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::Language;
    use crate::prose::attribution::cues::lexicon;
    use proptest::prelude::*;

    /// The same as `words`, one character after the other.
    fn slowly(text: &str, span: Span, lexicon: &Lexicon) -> Tokens {
        let mut tokens = Tokens::default();
        let mut region = Region { bytes: text.as_bytes(), part: &text[..span.end as usize], span, lexicon, into: &mut tokens };
        let mut at = span.start;
        while at < span.end {
            at = if class(text.as_bytes()[at as usize]) == Class::Word { region.word(at) } else { region.sign(at) };
        }
        tokens
    }

    proptest! {
        #[test]
        fn blocks_are_read_as_characters_are(
            parts in prop::collection::vec(
                "said|Refers|to|Of|U\\.S\\.|Gen\\.|vs\\.|it’s|Don't|'|—| - |-|, |\\. |\\.|Орлов|сообщил|ж|é|\u{301}|«|\u{a0}|spokesperson-elect|[a-z]{1,18}|[A-Z]| {1,70}|[0-9]{1,3}",
                0..60,
            ),
            spaced: bool,
            (from, to) in (0..40_usize, 0..40_usize),
            russian: bool,
        ) {
            let text = parts.join(if spaced { " " } else { "" });
            let lexicon = lexicon(if russian { Language::Russian } else { Language::English });
            let (from, to) = (text.floor_char_boundary(from), text.ceil_char_boundary(text.len().saturating_sub(to)));
            let region = Span::from(from.min(to)..to);
            let mut tokens = Tokens::default();
            words(&text, region, lexicon, &mut tokens);
            let points: Vec<usize> = (0..tokens.all.len()).filter(|&at| tokens.all[at].is_point()).collect();
            prop_assert_eq!(&tokens.points, &points);
            prop_assert_eq!(tokens, slowly(&text, region, lexicon));
        }
    }
}
