//! Attributes in braces: `{#id .class name=value name="two words"}`.

use super::{Attributes, Pair};
use crate::text::Span;

/// Why a brace opens no attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoAttributes {
    /// Nothing in it reads like an attribute.
    Words,
    /// It begins like attributes and is never closed.
    Unclosed,
    /// It begins like attributes and goes on otherwise.
    Broken,
}

/// Longest attributes that are read, in bytes: a guard against one stray brace in a huge text.
const LONGEST: u32 = 8192;

/// Reads the attributes whose `{` stands at `at`; nothing from `limit` on belongs to them.
pub(super) fn attributes(text: &str, at: u32, limit: u32) -> Result<Attributes, NoAttributes> {
    let bytes = text.as_bytes();
    let limit = limit.min(at.saturating_add(LONGEST)).min(Span::from(0..bytes.len()).end);
    let byte = |i: u32| if i < limit { bytes.get(i as usize).copied() } else { None };
    let mut found = Attributes { span: Span::at(at), ..Attributes::default() };
    let mut pos = at + 1;
    let mut any = false;
    let unclosed = |any: bool| if any { NoAttributes::Unclosed } else { NoAttributes::Words };
    loop {
        while byte(pos).is_some_and(|c| c.is_ascii_whitespace()) {
            pos += 1;
        }
        let start = pos;
        match byte(pos) {
            None => return Err(unclosed(any)),
            Some(b'}') if any => break,
            Some(b'.') => {
                pos = name_end(text, pos + 1, limit);
                let class = Span::new(start + 1, pos);
                if !class.slice(text).starts_with(char::is_alphabetic) {
                    return Err(if any { NoAttributes::Broken } else { NoAttributes::Words });
                }
                found.classes.push(class);
            }
            Some(b'#') => {
                pos = name_end(text, pos + 1, limit);
                found.id = Some(Span::new(start + 1, pos));
            }
            // Pandoc: `{-}` is the class `unnumbered`.
            Some(b'-') if matches!(byte(pos + 1), Some(b'}' | b' ')) => {
                pos += 1;
                any = true;
                continue;
            }
            Some(_) => {
                pos = name_end(text, pos, limit);
                if byte(pos) != Some(b'=') {
                    // `{.claim conf=high [@x]`: what begins like attributes was meant as such.
                    return Err(if any { NoAttributes::Broken } else { NoAttributes::Words });
                }
                let name = Span::new(start, pos);
                if !name.slice(text).starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':') {
                    return Err(if any { NoAttributes::Broken } else { NoAttributes::Words });
                }
                let (value, next) = value(text, pos + 1, limit).ok_or(unclosed(true))?;
                found.pairs.push(Pair { name, value });
                pos = next;
                any = true;
                continue;
            }
        }
        if pos == start + 1 {
            return Err(if any { NoAttributes::Broken } else { NoAttributes::Words });
        }
        any = true;
        if byte(pos).is_some_and(|c| !c.is_ascii_whitespace() && c != b'}' && c != b'.' && c != b'#') {
            return Err(NoAttributes::Broken);
        }
    }
    found.span = Span::new(at, pos + 1);
    Ok(found)
}

/// The byte after a name or class.
fn name_end(text: &str, at: u32, limit: u32) -> u32 {
    let bytes = text.as_bytes();
    let mut pos = at;
    while pos < limit {
        let c = bytes[pos as usize];
        if !(c.is_ascii_alphanumeric() || !c.is_ascii() || b"-_:".contains(&c) || (c == b'.' && pos > at)) {
            break;
        }
        pos += 1;
    }
    pos
}

/// A value, quoted or bare, and the byte after it.
fn value(text: &str, at: u32, limit: u32) -> Option<(Span, u32)> {
    let rest = text.as_bytes().get(at as usize..limit as usize)?;
    match rest.first()? {
        quote @ (b'"' | b'\'') => {
            let mut from = 1;
            loop {
                let close = from + memchr::memchr(*quote, &rest[from..])?;
                if rest[close - 1] != b'\\' {
                    let close = at + Span::from(0..close).end;
                    return Some((Span::new(at + 1, close), close + 1));
                }
                from = close + 1;
            }
        }
        _ => {
            let len = rest.iter().position(|c| c.is_ascii_whitespace() || *c == b'}').unwrap_or(rest.len());
            let end = at + Span::from(0..len).end;
            Some((Span::new(at, end), end))
        }
    }
}

/// The attributes at the end of a heading's or paragraph's words, and the words before them.
pub(super) fn at_end(text: &str, content: Span) -> Option<(Attributes, Span)> {
    let raw = content.slice(text);
    if !raw.ends_with('}') {
        return None;
    }
    let open = raw.rfind('{')?;
    if !raw[..open].ends_with([' ', '\t', '\n']) && open > 0 {
        return None;
    }
    let at = content.start + Span::from(0..open).end;
    let attributes = attributes(text, at, content.end).ok()?;
    let words = Span::new(content.start, content.start + Span::from(0..raw[..open].trim_end().len()).end);
    (attributes.span.end == content.end).then_some((attributes, words))
}
