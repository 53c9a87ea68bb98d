//! The characters that may be quotation marks, and which way each looks.

use memchr::{memchr, memchr_iter, memchr3, memchr3_iter};

use crate::text::{Span, letters};

/// Marks that close each other. Writers mix the straight and the curly, so they are one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// `"` “ ” „ ‟
    Double,
    /// `'` ‘ ’ ‚ ‛
    Single,
    /// « »
    Guillemet,
    /// ‹ ›
    SmallGuillemet,
}

/// Which way a mark looks, by its shape and its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// A single mark after an `s` and before a word: closes, unless a better one follows ("the parties' views").
    WeakClose,
    /// „ was there before: then “ closes, else it opens.
    CloseAfterLow,
    /// The neighbours do not tell: closes what is open, else opens.
    Either,
}

/// One mark.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// Its bytes.
    pub span: Span,
    /// Which family.
    pub family: Family,
    /// Which way.
    pub side: Side,
    /// Whether it is „ or ‚, which “ and ‘ close.
    pub low: bool,
    /// Whether a digit stands right before a straight mark: it may be inches.
    pub after_digit: bool,
}

/// Where marks may stand next: most passages hold none, and need no look of their own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Next {
    double: usize,
    single: usize,
}

impl Next {
    /// Whether marks may stand in a passage. Passages come in order; of a text that ends with them at byte `until`.
    pub fn may_stand_in(&mut self, text: &str, passage: Span, until: u32) -> bool {
        let (start, end) = (passage.start as usize, passage.end as usize);
        let rest = text.as_bytes().get(start..until as usize).unwrap_or_default();
        let next = |found: Option<usize>| start + found.unwrap_or(rest.len());
        if self.double < start {
            self.double = next(memchr3(b'"', 0xE2, 0xC2, rest));
        }
        if self.single < start {
            self.single = next(memchr(b'\'', rest));
        }
        self.double < end || self.single < end
    }
}

/// Lists the marks of one passage in order. Apostrophes, feet and inches are left out where they are certain.
pub fn list(text: &str, passage: Span, into: &mut Vec<Mark>) {
    into.clear();
    let words = passage.slice(text);
    let bytes = words.as_bytes();
    for at in memchr3_iter(b'"', 0xE2, 0xC2, bytes) {
        if let Some(mark) = mark_at(words, at) {
            into.push(shift(mark, passage.start));
        }
    }
    fold_doubled(words, passage.start, into);
    let doubles = into.len();
    let mut opened = false;
    for at in memchr_iter(b'\'', bytes) {
        if let Some(mark) = single(words, at, 1, false) {
            opened |= mark.side == Side::Open;
            into.push(shift(mark, passage.start));
        }
    }
    if !opened {
        into.truncate(doubles);
    } else if doubles > 0 {
        into.sort_by_key(|m| m.span.start);
    }
}

/// Makes one mark of each `""` where tables write marks so, and drops those round the whole cell: `"The ""Northern"" road"`.
fn fold_doubled(words: &str, start: u32, into: &mut Vec<Mark>) {
    let is_straight = |m: &Mark| m.span.len() == 1 && m.family == Family::Double;
    let touch = |a: &Mark, b: &Mark| is_straight(a) && is_straight(b) && a.span.end == b.span.start;
    if !into.windows(2).any(|w| touch(&w[0], &w[1])) {
        return;
    }
    let at = |byte: u32| (byte - start) as usize;
    let (mut folded, mut pairs) = (Vec::with_capacity(into.len()), Vec::new());
    let mut next = 0;
    while let Some(&mark) = into.get(next) {
        next += 1;
        let Some(second) = into.get(next).filter(|second| touch(&mark, second)) else {
            folded.push(mark);
            continue;
        };
        // Of three that open, the first is the cell's.
        let third = into.get(next + 1).is_some_and(|third| touch(second, third));
        if third && before(words, at(mark.span.start)).is_none_or(char::is_whitespace) {
            folded.push(mark);
            continue;
        }
        let side = match (space_before(before(words, at(mark.span.start))), space_after(after(words, at(second.span.end)))) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ => return,
        };
        pairs.push(folded.len());
        folded.push(Mark { span: mark.span.join(second.span), side, ..mark });
        next += 1;
    }
    let alternate = pairs.len() % 2 == 0 && pairs.iter().enumerate().all(|(n, &i)| (folded[i].side == Side::Open) == (n % 2 == 0));
    if !alternate {
        return;
    }
    drop_cells(words, start, &pairs, &mut folded);
    *into = folded;
}

/// Drops the marks round a line that holds doubled ones.
fn drop_cells(words: &str, start: u32, pairs: &[usize], marks: &mut Vec<Mark>) {
    let at = |byte: u32| (byte - start) as usize;
    let begins = |m: &Mark| m.span.len() == 1 && before(words, at(m.span.start)).is_none_or(|c| c == '\n');
    let ends = |m: &Mark| m.span.len() == 1 && after(words, at(m.span.end)).is_none_or(|c| c == '\n');
    let mut dropped = Vec::new();
    let mut open: Option<usize> = None;
    for (index, mark) in marks.iter().enumerate() {
        let doubled = pairs.binary_search(&index).is_ok();
        if begins(mark) {
            open = Some(index);
        } else if let Some(first) = open.filter(|_| ends(mark)) {
            if pairs.get(pairs.partition_point(|&p| p < first)).is_some_and(|&p| p < index) {
                dropped.extend([first, index]);
            }
            open = None;
        } else if !doubled && mark.family == Family::Double {
            open = None;
        }
    }
    let mut index = 0;
    marks.retain(|_| {
        index += 1;
        dropped.binary_search(&(index - 1)).is_err()
    });
}

/// The family of the mark with which these words begin.
pub fn opens_with(words: &str) -> Option<Family> {
    let words = words.trim_start();
    let mark = match words.as_bytes().first()? {
        b'\'' => single(words, 0, 1, false),
        b'"' | 0xE2 | 0xC2 => mark_at(words, 0),
        _ => None,
    }?;
    matches!(mark.side, Side::Open | Side::CloseAfterLow | Side::Either).then_some(mark.family)
}

fn shift(mark: Mark, by: u32) -> Mark {
    Mark { span: mark.span.shift(by), ..mark }
}

fn mark_at(words: &str, at: usize) -> Option<Mark> {
    let bytes = words.as_bytes();
    match *bytes.get(at)? {
        b'"' => straight(words, at),
        0xC2 => {
            let family = Family::Guillemet;
            match bytes.get(at + 1)? {
                0xAB => Some(plain(at, 2, family, Side::Open)),
                0xBB => Some(plain(at, 2, family, Side::Close)),
                _ => None,
            }
        }
        0xE2 => {
            let (second, third) = (*bytes.get(at + 1)?, *bytes.get(at + 2)?);
            match (second, third) {
                (0x80, 0x9C) => Some(plain(at, 3, Family::Double, Side::CloseAfterLow)),
                (0x80, 0x9D) => Some(plain(at, 3, Family::Double, closing(words, at))),
                // Within a word it is no mark, but what is left of an apostrophe decoded twice.
                (0x80, 0x9E) if before(words, at).is_some_and(letters::is_alphabetic) => None,
                (0x80, 0x9E) => Some(Mark { low: true, ..plain(at, 3, Family::Double, Side::Open) }),
                (0x80, 0x9F) => Some(plain(at, 3, Family::Double, Side::Open)),
                (0x80, 0x98 | 0x9A | 0x9B) => single(words, at, 3, true),
                (0x80, 0x99) => single(words, at, 3, false).filter(|m| m.side != Side::Open),
                (0x80, 0xB9) => Some(plain(at, 3, Family::SmallGuillemet, Side::Open)),
                (0x80, 0xBA) => Some(plain(at, 3, Family::SmallGuillemet, Side::Close)),
                _ => None,
            }
        }
        _ => None,
    }
}

fn plain(at: usize, len: usize, family: Family, side: Side) -> Mark {
    Mark { span: Span::from(at..at + len), family, side, low: false, after_digit: false }
}

/// ” closes, but some keyboards begin with it too: `”We are ready,” he said`.
fn closing(words: &str, at: usize) -> Side {
    let next = after(words, at + 3);
    if space_before(before(words, at)) && next.is_some_and(letters::is_alphanumeric) { Side::Either } else { Side::Close }
}

fn straight(words: &str, at: usize) -> Option<Mark> {
    let (prev, next) = (before(words, at), after(words, at + 1));
    let after_digit = prev.is_some_and(|c| c.is_ascii_digit());
    if after_digit && is_feet(words.as_bytes(), at) {
        return None;
    }
    let side = match (space_before(prev), space_after(next)) {
        (true, false) => Side::Open,
        (false, true) => Side::Close,
        _ => Side::Either,
    };
    Some(Mark { after_digit, ..plain(at, 1, Family::Double, side) })
}

/// Whether `6'2` stands before the mark.
fn is_feet(bytes: &[u8], at: usize) -> bool {
    let head = bytes.get(..at).unwrap_or_default();
    let digits = head.iter().rev().take(3).take_while(|b| b.is_ascii_digit()).count();
    let rest = &head[..head.len() - digits];
    digits <= 2
        && rest.strip_suffix(b"'").or_else(|| rest.strip_suffix("’".as_bytes())).is_some_and(|r| r.last().is_some_and(u8::is_ascii_digit))
}

/// A single mark, unless it is certainly an apostrophe. `opener`: its shape opens.
fn single(words: &str, at: usize, len: usize, opener: bool) -> Option<Mark> {
    let (prev, next) = (before(words, at), after(words, at + len));
    let word_before = prev.is_some_and(letters::is_alphanumeric);
    let word_after = next.is_some_and(letters::is_alphanumeric);
    if word_before && word_after {
        return None;
    }
    let mark = |side| Some(Mark { low: words[at..].starts_with('‚'), ..plain(at, len, Family::Single, side) });
    let rest = words.get(at + len..).unwrap_or_default();
    if opener || space_before(prev) && !space_after(next) {
        return if is_elision(rest) || space_after(next) { None } else { mark(Side::Open) };
    }
    if prev.is_none_or(char::is_whitespace) || word_after {
        return None;
    }
    let goes_on = rest.strip_prefix(' ').is_some_and(|r| r.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    mark(if goes_on && prev.is_some_and(|c| c.eq_ignore_ascii_case(&'s')) { Side::WeakClose } else { Side::Close })
}

/// What follows the apostrophe of `'90s`, `'em`, `'tis`; or of a possessive whose owner was a formula and is left out.
fn is_elision(rest: &str) -> bool {
    let end = rest.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2 && matches!(&word[2..], "" | "s")
        || ["s", "em", "tis", "twas", "til", "till", "n", "cause", "bout", "round", "cos"].iter().any(|e| e.eq_ignore_ascii_case(word))
}

fn before(words: &str, at: usize) -> Option<char> {
    words.get(..at)?.chars().next_back()
}

fn after(words: &str, at: usize) -> Option<char> {
    words.get(at..)?.chars().next()
}

fn space_before(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '/' | '"' | '\'' | '“' | '‘' | '«' | '„' | '\u{feff}')
    })
}

fn space_after(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace()
            || matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '—' | '–' | '-' | '/' | '"' | '\'' | '”' | '’' | '»' | '…')
    })
}
