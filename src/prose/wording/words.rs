//! What one word is when texts are compared.
//!
//! A run of letters and digits. Editors and machines write one word in several ways, which are one here: `[T]he` and `The`, ё and е,
//! letters with their accents apart, soft hyphens, ligatures of print. A number is one word however its thousands are parted
//! (`90,000`, `90 000`), and keeps its decimal mark: 1.5 is not 15. Signs of units are words: 5 % is not 5.

use xxhash_rust::xxh3::xxh3_64;

use super::Word;
use super::omitted::Role;
use crate::text::{Span, letters};

/// Signs that say what a number counts.
const SIGNS: &[char] = &['%', '‰', '$', '€', '£', '¥', '₽', '₴', '°'];

/// Signs without width that may stand inside a word.
const INVISIBLE: &[char] = &['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// Letters with an accent of their own, and the same in two characters.
const COMPOSED: &[(char, char, char)] = &[
    ('и', '\u{306}', 'й'),
    ('И', '\u{306}', 'Й'),
    ('е', '\u{308}', 'ё'),
    ('Е', '\u{308}', 'Ё'),
    ('a', '\u{300}', 'à'),
    ('a', '\u{301}', 'á'),
    ('a', '\u{302}', 'â'),
    ('a', '\u{303}', 'ã'),
    ('a', '\u{308}', 'ä'),
    ('a', '\u{30a}', 'å'),
    ('c', '\u{327}', 'ç'),
    ('e', '\u{300}', 'è'),
    ('e', '\u{301}', 'é'),
    ('e', '\u{302}', 'ê'),
    ('e', '\u{308}', 'ë'),
    ('i', '\u{301}', 'í'),
    ('i', '\u{302}', 'î'),
    ('i', '\u{308}', 'ï'),
    ('n', '\u{303}', 'ñ'),
    ('o', '\u{301}', 'ó'),
    ('o', '\u{302}', 'ô'),
    ('o', '\u{303}', 'õ'),
    ('o', '\u{308}', 'ö'),
    ('s', '\u{30c}', 'š'),
    ('u', '\u{301}', 'ú'),
    ('u', '\u{308}', 'ü'),
    ('z', '\u{30c}', 'ž'),
];

/// Ligatures of print.
const LIGATURES: &[(char, &str)] = &[('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬀ', "ff"), ('ﬃ', "ffi"), ('ﬄ', "ffl")];

/// Appends the words of a span.
pub(super) fn words_of(text: &str, span: Span, into: &mut Vec<Word>) {
    let source = span.slice(text);
    let mut letters = String::new();
    let (mut at, mut behind) = (0, None);
    while let Some(first) = source[at..].chars().next() {
        letters.clear();
        let start = at;
        if SIGNS.contains(&first) {
            letters.push(first);
            at += first.len_utf8();
        } else if letters::is_alphanumeric(first) || first == '[' && begins_word(&source[at + 1..]) || is_minus(source, at) {
            at = word(source, at, &mut letters);
        } else {
            at += first.len_utf8();
            continue;
        }
        if !letters.is_empty() {
            let folded = letters.to_lowercase();
            let span = Span::from(start..at).shift(span.start);
            let role = role(&source[behind.unwrap_or(start)..start], &folded, behind.is_none());
            let contracted = role.contracted && source[..start].trim_end_matches(['\'', '’']).ends_with('n');
            let role = Role { contracted, ..role };
            into.push(Word { span, exact: xxh3_64(letters.as_bytes()), folded: xxh3_64(folded.as_bytes()), role });
            behind = Some(at);
        }
    }
}

/// What matters of a word where words are left out. `gap` stands between it and the word before.
fn role(gap: &str, folded: &str, first: bool) -> Role {
    let sign = |c: char| matches!(c, ',' | ';' | ':' | '.' | '!' | '?' | '—' | '–' | '(' | ')' | '…' | '“' | '”' | '«' | '»' | '"');
    Role {
        parted: first || gap.contains(sign) || gap.contains(" - "),
        number: folded.starts_with(|c: char| c.is_ascii_digit() || c == '-'),
        contracted: folded == "t" && matches!(gap, "'" | "’"),
    }
}

/// Reads the word that begins at a byte: its letters, and where it ends.
fn word(source: &str, start: usize, letters: &mut String) -> usize {
    let mut at = start;
    while let Some(c) = source[at..].chars().next() {
        let rest = &source[at + c.len_utf8()..];
        if c.is_ascii_digit() {
            at = number(source, at, letters);
            continue;
        }
        if letters::is_alphanumeric(c) {
            push(c, letters);
        } else if is_accent(c) {
            accent(c, letters);
        } else if at == start && c != '[' {
            letters.push('-');
        } else if !(c == '[' && at == start || c == ']' && rest.starts_with(letters::is_alphanumeric) || is_inside(c, rest)) {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// Reads digits and what parts them: a mark before three digits parts thousands, another is a decimal mark.
fn number(source: &str, start: usize, letters: &mut String) -> usize {
    let digits = |at: usize| source[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut at = start + digits(start);
    letters.push_str(&source[start..at]);
    let mut grouped = at - start <= 3;
    loop {
        let rest = &source[at..];
        let space = rest.len() - rest.trim_start().len();
        let mark = rest.chars().next().filter(|c| matches!(c, ',' | '.' | '\'' | '’')).map_or(0, char::len_utf8);
        let (gap, point) = if space > 0 { (space, false) } else { (mark, rest.starts_with([',', '.'])) };
        let count = digits(at + gap);
        if gap == 0 || count == 0 {
            return at;
        }
        if !(grouped && count == 3) {
            if !point {
                return at;
            }
            letters.push('.');
            grouped = false;
        }
        letters.push_str(&source[at + gap..at + gap + count]);
        at += gap + count;
    }
}

fn push(c: char, letters: &mut String) {
    match c {
        'ё' => letters.push('е'),
        'Ё' => letters.push('Е'),
        _ => match LIGATURES.iter().find(|(ligature, _)| *ligature == c) {
            Some((_, two)) => letters.push_str(two),
            None => letters.push(c),
        },
    }
}

/// Puts an accent on the last letter. The mark of Russian stress is none.
fn accent(c: char, letters: &mut String) {
    let composed = letters.chars().next_back().and_then(|last| COMPOSED.iter().find(|(base, mark, _)| *base == last && *mark == c));
    match composed {
        Some((_, _, whole)) => {
            letters.pop();
            push(*whole, letters);
        }
        None if c == '\u{301}' && letters.ends_with(|c: char| ('\u{400}'..='\u{4ff}').contains(&c)) => {}
        None => letters.push(c),
    }
}

/// Whether a sign without width stands inside a word.
fn is_inside(c: char, rest: &str) -> bool {
    INVISIBLE.contains(&c) && rest.starts_with(|next: char| letters::is_alphanumeric(next) || INVISIBLE.contains(&next))
}

/// Whether a minus stands at a byte: before a digit, behind a space, a bracket or a quotation mark.
fn is_minus(source: &str, at: usize) -> bool {
    let mut behind = source[at..].chars();
    matches!(behind.next(), Some('-' | '−' | '–'))
        && behind.next().is_some_and(|c| c.is_ascii_digit())
        && source[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || "(«“„‘\"'".contains(c))
}

/// Whether a word goes on behind a bracket that holds its first letters: `T]he`.
pub(super) fn begins_word(behind: &str) -> bool {
    let inside = behind.trim_start_matches(letters::is_alphanumeric);
    let len = behind.len() - inside.len();
    (1..=8).contains(&len) && inside.strip_prefix(']').is_some_and(|rest| rest.starts_with(letters::is_alphanumeric))
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
