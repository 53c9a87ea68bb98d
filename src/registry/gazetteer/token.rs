//! Cutting text into tokens, each with the key under which names are filed.
//!
//! A token is a run of letters and digits, or one other character that is no space. A key is a hash
//! of the token with case folded, hyphens and apostrophes of every shape made one, and the endings of
//! Cyrillic words left off (see [`super::russian`]). Two tokens of one key need not be equal: whoever
//! looks a key up compares the texts afterwards.

use super::russian;
use crate::text::{blocks, eight, letters};

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// Under which it is filed.
    pub key: u64,
    /// What it is.
    pub shape: Shape,
}

/// What kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A word or number whose first letter is no capital.
    Lower,
    /// A word that begins with a capital.
    Upper,
    /// Any other character.
    Mark,
}

const OTHER: u8 = 0;
const WORD: u8 = 1;
const SPACE: u8 = 2;
const WIDE: u8 = 3;

/// The class of every byte.
static CLASS: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        let c = b as u8;
        if c.is_ascii_alphanumeric() {
            table[b] = WORD;
        } else if c.is_ascii_whitespace() || c == 0x0B {
            table[b] = SPACE;
        } else if c >= 0x80 {
            table[b] = WIDE;
        }
        b += 1;
    }
    table
};

const SEED: u64 = 0x9E37_79B9_7F4A_7C15;

/// One step of the hash: multiply to 128 bits and fold, so that every bit of the input reaches every bit of the key.
pub fn mix(hash: u64, word: u64) -> u64 {
    let product = u128::from(hash ^ word) * u128::from(SEED | 1);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The next token at or after `at`, or `None` at the end. `at` must lie on a character's boundary.
pub fn next(text: &str, mut at: usize) -> Option<Token> {
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(at)?;
        match CLASS[byte as usize] {
            WORD => return Some(word(text, at)),
            SPACE => at += 1,
            OTHER => return Some(Token { start: at, end: at + 1, key: mark_key(char::from(byte)), shape: Shape::Mark }),
            _ => {
                let c = text.get(at..)?.chars().next()?;
                if c.is_whitespace() || is_invisible(c) {
                    at += c.len_utf8();
                } else if is_word_char(c) {
                    return Some(wide_word(text, at));
                } else {
                    return Some(Token { start: at, end: at + c.len_utf8(), key: mark_key(c), shape: Shape::Mark });
                }
            }
        }
    }
}

/// The next word at or after `at`; marks are passed over. This is the hot path of a scan.
pub fn next_word(text: &str, mut at: usize) -> Option<Token> {
    let bytes = text.as_bytes();
    loop {
        match CLASS[*bytes.get(at)? as usize] {
            WORD => return Some(word(text, at)),
            WIDE => {
                let c = text.get(at..)?.chars().next()?;
                if is_word_char(c) {
                    return Some(wide_word(text, at));
                }
                at += c.len_utf8();
            }
            _ => at += 1,
        }
    }
}

/// The word of `len` ASCII letters and digits at byte `start`, with no other beside it.
#[inline]
pub fn ascii_word(text: &str, start: usize, len: usize) -> Token {
    let bytes = text.as_bytes();
    let (mut key, end) = (0, start + len);
    for at in (start..end).step_by(8) {
        key = mix(key, (blocks::eight(bytes, at) | FOLD) & (u64::MAX >> (64 - 8 * (end - at).min(8))));
    }
    let shape = if bytes.get(start).is_some_and(u8::is_ascii_uppercase) { Shape::Upper } else { Shape::Lower };
    Token { start, end, key, shape }
}

/// A word that begins with an ASCII letter or digit, eight bytes at a time.
fn word(text: &str, start: usize) -> Token {
    let bytes = text.as_bytes();
    let (mut end, mut key) = (start, 0);
    loop {
        let chunk = blocks::eight(bytes, end);
        let letters = eight::first(eight::letters(chunk) | eight::digits(chunk));
        if letters == 8 {
            key = mix(key, chunk | FOLD);
            end += 8;
            continue;
        }
        if letters > 0 {
            key = mix(key, (chunk | FOLD) & ((1 << (letters * 8)) - 1));
            end += letters;
        }
        break;
    }
    if bytes.get(end).is_some_and(|&b| b >= 0x80) && text.get(end..).and_then(|t| t.chars().next()).is_some_and(continues) {
        return wide_word(text, start);
    }
    let shape = if bytes[start].is_ascii_uppercase() { Shape::Upper } else { Shape::Lower };
    Token { start, end, key, shape }
}

/// Setting bit 0x20 folds the case of ASCII letters and leaves digits as they are.
const FOLD: u64 = blocks::all(0x20);

/// A word with letters beyond ASCII: of Russian letters alone, as most are, or character by character.
fn wide_word(text: &str, start: usize) -> Token {
    let (key, end) = russian::stem_key(text.as_bytes(), start);
    let goes_on = || text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(continues);
    if end > start && !goes_on() {
        return Token { start, end, key, shape: shape_of(&text[start..]) };
    }
    let mut stem = russian::StemHash::default();
    let mut end = start;
    for c in text[start..].chars() {
        if end > start && !continues(c) {
            break;
        }
        end += c.len_utf8();
        stem.push(fold(c));
        if stands_alone(c) {
            break;
        }
    }
    Token { start, end, key: stem.key(), shape: shape_of(&text[start..]) }
}

fn shape_of(word: &str) -> Shape {
    if letters::is_capitalised(word) { Shape::Upper } else { Shape::Lower }
}

fn mark_key(c: char) -> u64 {
    mix(!0, u64::from(u32::from(plain_mark(c))))
}

/// Hyphens and dashes are one mark, and so are apostrophes: `Nagorno-Karabakh` is written with four different ones.
pub fn plain_mark(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '`' => '\'',
        _ => c,
    }
}

/// The lower case of a character; of the few that have several letters, the first. `ё` is `е`, as Russian prints it.
pub fn fold(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\0'..='\x7F' | 'а'..='я' => c,
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        'ё' | 'Ё' => 'е',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Letters, digits, and the marks that combine with a letter.
pub fn is_word_char(c: char) -> bool {
    // Dashes and curly marks, which stand in every text; the tables of letters are slow to say no.
    if matches!(c, '\u{2000}'..='\u{206F}') {
        return false;
    }
    letters::is_alphanumeric(c) || matches!(c, '\u{300}'..='\u{36F}')
}

/// Whether a word goes on with the character.
fn continues(c: char) -> bool {
    is_word_char(c) && !stands_alone(c)
}

/// Characters of scripts written without spaces: each is a token.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{2FFFF}')
}

/// Byte-order mark and zero-width characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200D}' | '\u{2060}')
}
