//! Cutting text into tokens, each with the key under which names are filed.
//!
//! A token is a run of letters and digits, or one other character that is no space. A key is a hash
//! of the token with case folded, hyphens and apostrophes of every shape made one, and the endings of
//! Cyrillic words left off (see [`super::russian`]). Two tokens of one key need not be equal: whoever
//! looks a key up compares the texts afterwards.

use super::russian;

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

/// A word that begins with an ASCII letter or digit.
fn word(text: &str, start: usize) -> Token {
    let bytes = text.as_bytes();
    let mut end = start + 1;
    while end < bytes.len() && CLASS[bytes[end] as usize] == WORD {
        end += 1;
    }
    if bytes.get(end).is_some_and(|&b| b >= 0x80) && text.get(end..).and_then(|t| t.chars().next()).is_some_and(continues) {
        return wide_word(text, start);
    }
    let shape = if bytes[start].is_ascii_uppercase() { Shape::Upper } else { Shape::Lower };
    Token { start, end, key: ascii_key(bytes, start, end), shape }
}

/// Eight bytes at a time; setting bit 0x20 folds the case of letters and leaves digits as they are.
fn ascii_key(bytes: &[u8], start: usize, end: usize) -> u64 {
    const FOLD: u64 = 0x2020_2020_2020_2020;
    let mut hash = (end - start) as u64;
    let mut at = start;
    while at < end {
        let left = (end - at).min(8);
        let chunk = match bytes.get(at..at + 8) {
            Some(eight) => u64::from_le_bytes(eight.try_into().unwrap_or([0; 8])),
            None => bytes[at..].iter().rev().fold(0, |word, &b| (word << 8) | u64::from(b)),
        };
        let kept = if left == 8 { u64::MAX } else { (1 << (left * 8)) - 1 };
        hash = mix(hash, (chunk | FOLD) & kept);
        at += left;
    }
    hash
}

/// A word with letters beyond ASCII: character by character.
fn wide_word(text: &str, start: usize) -> Token {
    let mut stem = russian::StemHash::default();
    let (mut end, mut shape) = (start, Shape::Lower);
    for c in text[start..].chars() {
        if end == start {
            shape = if c.is_uppercase() { Shape::Upper } else { Shape::Lower };
        } else if !continues(c) {
            break;
        }
        end += c.len_utf8();
        stem.push(fold(c));
        if stands_alone(c) {
            break;
        }
    }
    Token { start, end, key: stem.key(), shape }
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
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}')
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
