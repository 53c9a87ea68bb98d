//! Mentions in both spellings, and ordinary links.

use super::blocks::trimmed;
use super::builder::Builder;
use super::{Mention, NodeKind, Spelling, is_id};
use crate::text::{Fault, Span};

/// What `[[` led to.
pub(super) struct Found {
    pub(super) span: Span,
    pub(super) mention: Option<Mention>,
    pub(super) fault: Option<Fault>,
}

/// Reads `[[target#pin|surface]]`, whose brackets open at `at`. `None` when these are words, such as
/// `[[…]]` or `[[Sic]]`.
pub(super) fn read(text: &str, at: u32, limit: u32, cell: bool) -> Option<Found> {
    let inside = at + 2;
    let raw = text.get(inside as usize..limit as usize)?;
    let len = memchr::memchr2(b'[', b']', raw.as_bytes()).unwrap_or(raw.len());
    let words = &raw[..len];
    let (left, surface) = match memchr::memchr(b'|', words.as_bytes()) {
        Some(bar) => (words[..bar].trim_end_matches('\\'), Some(&words[bar + 1..])),
        None => (words, None),
    };
    let (target, pin) = match memchr::memchr(b'#', left.as_bytes()) {
        Some(sign) => (&left[..sign], Some(&left[sign + 1..])),
        None => (left, None),
    };
    let (target, pin) = (target.trim(), pin.map(str::trim));
    if !is_target(target) || pin.is_some_and(|p| p.contains(char::is_whitespace)) {
        return None;
    }
    let end = inside + Span::from(0..len).end;
    let closed = raw.as_bytes().get(len..len + 2) == Some(b"]]");
    let span = Span::new(at, if closed { end + 2 } else { end });
    if !closed {
        let sure = surface.is_some() || pin.is_some() || len == raw.len();
        return sure.then(|| Found { span, mention: None, fault: Some(unclosed(text, span, limit, cell, raw.len() == len)) });
    }
    let line_end = memchr::memchr2(b'\n', b'\r', words.as_bytes()).is_some();
    let surface = surface.map(|s| trimmed(text, Span::of(s, text))).filter(|s| !s.is_empty());
    let target = Span::of(target, text);
    let mention = Mention {
        target,
        pin: pin.filter(|p| !p.is_empty()).map(|p| Span::of(p, text)),
        surface: surface.unwrap_or(target),
        spelling: Spelling::Wikilink,
    };
    let fault = line_end.then(|| {
        let joined = words
            .split(['\n', '\r'])
            .map(|line| line.trim_matches([' ', '\t', '>']))
            .filter(|l| !l.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let fault = Fault::new("broken-markup", span, "this mention runs over a line end").help("keep a mention on one line");
        fault.fix(span, format!("[[{joined}]]"))
    });
    Some(Found { span, mention: Some(mention), fault })
}

/// The fault of a `[[` without its `]]`: in a table a pipe may have cut it.
fn unclosed(text: &str, span: Span, limit: u32, cell: bool, whole: bool) -> Fault {
    if cell && whole {
        let near = text.floor_char_boundary(span.start as usize + 1000);
        let line = text.get(span.start as usize..near).unwrap_or_default().split(['\n', '\r']).next().unwrap_or_default();
        let reach = line.find("]]").map(|at| &line[..at + 2]).filter(|raw| !raw[2..].contains("[["));
        if let Some((left, right)) = reach.and_then(|raw| raw.get(2..raw.len() - 2)?.split_once('|')) {
            let (id, pin) = left.split_once('#').unwrap_or((left, ""));
            let hash = if pin.is_empty() { "" } else { "#" };
            let whole = Span::new(span.start, span.start + Span::from(0..left.len() + right.len() + 5).end);
            return Fault::new("broken-markup", whole, "a pipe in a mention cuts the cell of a table")
                .help("write the mention as a link")
                .fix(whole, format!("[{}]({}.md{hash}{})", right.trim(), id.trim(), pin.trim()));
        }
    }
    let fault = Fault::new("broken-markup", span, "this mention is not closed").help("close it with `]]`");
    if span.end < limit && text.as_bytes().get(span.end as usize) == Some(&b']') {
        return fault.fix(Span::at(span.end), "]");
    }
    fault
}

/// An id, or a path to a note.
fn is_target(target: &str) -> bool {
    if is_id(target) {
        return true;
    }
    if !target.contains('/') && !target.ends_with(".md") {
        return false;
    }
    let stem = target.rsplit('/').next().unwrap_or_default();
    let stem = stem.strip_suffix(".md").unwrap_or(stem);
    is_id(stem)
        && target.len() <= 512
        && !target.contains("://")
        && target.bytes().all(|c| c.is_ascii_alphanumeric() || b"-._/".contains(&c) || !c.is_ascii())
}

/// Where a link's destination is written, when the parser could take it from the text as it stands.
pub(super) fn place_of(part: &str, whole: &str) -> Option<Span> {
    let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
    let end = start.checked_add(part.len())?;
    (end <= whole.len()).then(|| Span::from(start..end))
}

/// A link or image has ended.
pub(super) fn end_link(b: &mut Builder<'_>, span: Span, image: bool) {
    let Some(link) = b.links.pop() else {
        b.inline_end(span);
        return;
    };
    b.inline_end(span);
    let words = link.words.unwrap_or(Span::at((span.start + 1).min(span.end)));
    if let Some(outer) = b.links.last_mut() {
        outer.words = Some(outer.words.map_or(span, |w| w.join(span)));
    }
    if link.autolink {
        b.opaque(span);
        b.node(span, NodeKind::Link { text: words, destination: words });
        return;
    }
    let tail = Span::new(words.end.max(span.start), span.end);
    let bracket = memchr::memchr(b']', tail.slice(b.text).as_bytes()).map(|at| tail.start + Span::from(0..at).end);
    let Some(bracket) = bracket else { return };
    b.opaque(Span::new(bracket, span.end));
    let text = Span::new(span.start + if image { 2 } else { 1 }, bracket);
    let destination = link.destination.unwrap_or_else(|| written_destination(b.text, Span::new(bracket, span.end)));
    let kind = match mention(b.text, text, destination) {
        _ if image => NodeKind::Image { text, destination },
        Some(mention) => NodeKind::Mention(mention),
        None => NodeKind::Link { text, destination },
    };
    b.node(span, kind);
}

/// The destination in `](destination "title")`, for one that holds escapes.
fn written_destination(text: &str, tail: Span) -> Span {
    let raw = tail.slice(text);
    let Some(inner) = raw.strip_prefix("](").and_then(|r| r.strip_suffix(')')) else { return Span::at(tail.end) };
    let inner = inner.trim_start();
    let part = match inner.strip_prefix('<') {
        Some(rest) => rest.split('>').next(),
        None => inner.split(char::is_whitespace).next(),
    };
    part.map_or(Span::at(tail.end), |p| Span::of(p, text))
}

/// `[surface](path/to/note.md#pin)`
fn mention(text: &str, surface: Span, destination: Span) -> Option<Mention> {
    let raw = destination.slice(text);
    let (path, pin) = raw.split_once('#').map_or((raw, None), |(p, pin)| (p, Some(pin)));
    if !path.ends_with(".md") || !is_target(path) || surface.is_empty() {
        return None;
    }
    Some(Mention {
        target: Span::of(path, text),
        pin: pin.filter(|p| !p.is_empty()).map(|p| Span::of(p, text)),
        surface,
        spelling: Spelling::Link,
    })
}

/// An address without the punctuation of the sentence it ends.
pub(super) fn without_trailing_punctuation(address: &str) -> &str {
    let mut kept = address;
    loop {
        let shorter = kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '’', '”', '»', '…']);
        let opened = shorter.matches('(').count();
        let shorter = if shorter.ends_with(')') && shorter.matches(')').count() > opened { &shorter[..shorter.len() - 1] } else { shorter };
        if shorter.len() == kept.len() {
            return kept;
        }
        kept = shorter;
    }
}
