//! Citation groups, by Pandoc's grammar.
//!
//! Keys: `@` and a letter, digit or `_`, then such characters and single punctuation marks between
//! them (`doe:2014a`, `u.n.-report`), so that the full stop behind a key is not part of it; or any
//! characters in `@{…}`.

use super::blocks::trimmed;
use super::{Citation, CitationGroup, locator};
use crate::text::Span;

/// A key found in a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// Where the citation begins: the `@`, or the `-` before it.
    pub(super) at: u32,
    /// The key alone.
    pub(super) key: Span,
    /// From `@` to the key's end, a closing brace included.
    pub(super) span: Span,
    pub(super) suppressed: bool,
    /// What stands in the bracket right behind it, when that may be its locator.
    pub(super) behind: Option<Span>,
}

/// Longest key, in bytes.
const LONGEST: usize = 512;

/// Reads the key whose `@` stands at `at` in `content`; `after_key` says that another ends right there.
pub(super) fn key(text: &str, content: Span, at: u32, after_key: bool) -> Option<Key> {
    let before = text.get(content.start as usize..at as usize)?;
    let mut start = at;
    match before.chars().next_back() {
        // An address of mail, or `a@b`.
        Some(c) if !after_key && (c.is_alphanumeric() || c == '@') => return None,
        Some('-') if !before[..before.len() - 1].ends_with(char::is_alphanumeric) => start -= 1,
        _ => {}
    }
    let rest = text.get(at as usize + 1..content.end as usize)?;
    let (skip, len, close) = match rest.strip_prefix('{') {
        Some(inner) => (1, braced(inner)?, 1),
        None => (0, bare(rest), 0),
    };
    if len == 0 {
        return None;
    }
    let key = Span::from(0..len).shift(at + 1 + skip);
    if skip == 0 && is_quarto(key.slice(text)) {
        return None;
    }
    Some(Key { at: start, key, span: Span::new(at, key.end + close), suppressed: start < at, behind: None })
}

/// Quarto's cross-references.
fn is_quarto(key: &str) -> bool {
    ["fig-", "sec-", "tbl-", "eq-"].iter().any(|p| key.starts_with(p))
}

/// Length of what stands before the brace that closes `@{`.
fn braced(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text.char_indices() {
        match c {
            _ if i > LONGEST || depth > 4 || c.is_whitespace() => return None,
            '{' => depth += 1,
            '}' if depth == 0 => return Some(i),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Length of a key without braces.
fn bare(text: &str) -> usize {
    // Most keys are letters and digits of ASCII, and what ends them is no part of any.
    let plain = text.bytes().take_while(|&b| b.is_ascii_alphanumeric() || b == b'_').count();
    let ends = text.as_bytes().get(plain).is_none_or(|&b| b.is_ascii() && !may_part(char::from(b)));
    if ends && plain <= LONGEST { plain } else { any_key(text) }
}

/// The same of any key.
fn any_key(text: &str) -> usize {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    let mut pending = false;
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|p| p.1);
        let regular = c.is_alphanumeric() || c == '_';
        let inner = !regular && may_part(c) && next.is_some_and(|n| n.is_alphanumeric() || n == '_');
        let slashes = (c == ':' || c == '/') && next == Some('/');
        if i > LONGEST || !(regular || (i > 0 && (inner || slashes))) {
            break;
        }
        pending = !regular;
        end = i + c.len_utf8();
    }
    if pending { text[..end].trim_end_matches(['/', ':']).len() } else { end }
}

/// Whether a character may stand between two others of a key.
fn may_part(c: char) -> bool {
    matches!(c, ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '<' | '>' | '~' | '/')
}

/// Whether the characters between a key and the bracket behind it keep the two together: nothing, a
/// space, one line end.
pub(super) fn is_gap(text: &str) -> bool {
    text.len() <= 8 && text.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r')) && text.matches('\n').count() <= 1
}

/// `@key` in the words, with the locator in the bracket behind it; and where it ends.
pub(super) fn alone(text: &str, key: Key) -> (CitationGroup, u32) {
    let after = key.behind.unwrap_or(Span::at(key.span.end));
    let items = vec![item(text, key, Span::at(key.at), after)];
    (CitationGroup { narrative: true, items }, key.behind.map_or(key.span.end, |b| b.end + 1))
}

/// Reads a bracket as a citation group; with it, where the keys that it took begin. `None` when it is none:
/// each part between semicolons must hold a key.
pub(super) fn group(text: &str, inside: Span, keys: &[Key], semicolons: &[u32]) -> Option<(CitationGroup, Vec<u32>)> {
    let mut items = Vec::with_capacity(semicolons.len() + 1);
    let mut used = Vec::with_capacity(semicolons.len() + 1);
    rest_of_group(text, inside, keys, semicolons, &mut items, &mut used)?;
    (!items.is_empty()).then_some((CitationGroup { narrative: false, items }, used))
}

fn rest_of_group(text: &str, inside: Span, keys: &[Key], semicolons: &[u32], items: &mut Vec<Citation>, used: &mut Vec<u32>) -> Option<()> {
    let mut start = inside.start;
    let mut keys = keys.iter().peekable();
    for end in semicolons.iter().copied().chain([inside.end]) {
        let Some(&&key) = keys.peek().filter(|k| k.at < end) else {
            let part = Span::new(start, end).slice(text).trim_start().trim_start_matches('-');
            part.strip_prefix('@').filter(|p| is_quarto(p))?;
            start = end + 1;
            continue;
        };
        items.push(item(text, key, Span::new(start, key.at), Span::new(key.span.end, end)));
        used.push(key.at);
        while keys.peek().is_some_and(|k| k.at < end) {
            keys.next();
        }
        start = end + 1;
    }
    Some(())
}

/// Reads `[p. 3; @other]` behind the key `lead`.
pub(super) fn narrative(text: &str, lead: Key, inside: Span, keys: &[Key], semicolons: &[u32]) -> Option<CitationGroup> {
    let first_end = semicolons.first().copied().unwrap_or(inside.end);
    let mut items = Vec::with_capacity(semicolons.len() + 1);
    let mut used = Vec::new();
    if keys.first().is_some_and(|k| k.at < first_end) {
        // `@a [see @b]`: the bracket is a group of its own, taken along.
        items.push(item(text, lead, Span::at(lead.at), Span::at(lead.span.end)));
        rest_of_group(text, inside, keys, semicolons, &mut items, &mut used)?;
    } else {
        items.push(item(text, lead, Span::at(lead.at), Span::new(inside.start, first_end)));
        if let Some((_, later)) = semicolons.split_first() {
            rest_of_group(text, Span::new(first_end + 1, inside.end), keys, later, &mut items, &mut used)?;
        }
    }
    Some(CitationGroup { narrative: true, items })
}

fn item(text: &str, key: Key, before: Span, after: Span) -> Citation {
    let (locator, suffix) = locator::read(text, after);
    Citation { key: key.key, suppressed: key.suppressed, prefix: trimmed(text, before), locator, suffix: trimmed(text, suffix) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_key_ends_where_any_would(key in "[a-z0-9_]{0,8}", rest in "[a-z_:./~é, \\]]{0,6}") {
            let text = key + &rest;
            prop_assert_eq!(bare(&text), any_key(&text));
        }
    }

    #[test]
    fn a_key_that_is_too_long_is_cut() {
        let text = "a".repeat(2 * LONGEST);
        assert_eq!(bare(&text), any_key(&text));
    }
}
