//! Marks that need no bracket: formulas, bare addresses, comments of plain text, anchors at the end of a block.

use super::Scanner;
use crate::syntax::{NodeKind, Placement, bracketed_span, directive, wikilink};
use crate::text::Span;

impl Scanner<'_> {
    /// `\command[…]{…}`: raw TeX, as Pandoc has it; its words are the typesetter's. Without a group in braces it is words.
    pub(super) fn tex(&mut self, at: u32) -> u32 {
        let rest = self.bytes.get(at as usize + 1..self.limit as usize).unwrap_or_default();
        let rest = &rest[..rest.len().min(LONGEST_TEX)];
        let name = rest.iter().take_while(|c| c.is_ascii_alphabetic()).count();
        let mut end = name + usize::from(rest.get(name) == Some(&b'*'));
        let mut braces = false;
        while let Some(close) = rest.get(end).and_then(|open| group_end(rest, end, *open)) {
            braces |= rest[end] == b'{';
            end = close;
        }
        if !braces {
            return at + 1;
        }
        let end = Span::from(0..at as usize + 1 + end).end;
        self.formulas.push(Span::new(at, end));
        end
    }

    /// `$…$` by Pandoc's rule: no space inside the signs, no digit after the second; ours besides: no
    /// letter or digit before the first, for prices (`US$5`).
    pub(super) fn formula(&mut self, at: u32) -> u32 {
        if self.byte(at + 1) == Some(b'$') {
            if self.no_more_display {
                return at + 2;
            }
            let from = at as usize + 2;
            let rest = self.bytes.get(from..self.content.end as usize).unwrap_or_default();
            let Some(len) = memchr::memmem::find(rest, b"$$") else {
                self.no_more_display = true;
                return at + 2;
            };
            let end = Span::from(0..from + len + 2).end;
            self.formulas.push(Span::new(at, end));
            return end;
        }
        let before = (at > self.content.start).then(|| self.bytes[at as usize - 1]);
        if before.is_some_and(|c| c.is_ascii_alphanumeric()) || self.byte(at + 1).is_none_or(|c| c.is_ascii_whitespace()) {
            return at + 1;
        }
        let from = at as usize + 1;
        let rest = self.bytes.get(from..self.content.end as usize).unwrap_or_default();
        let Some(len) = memchr::memchr(b'$', rest) else { return at + 1 };
        let closes = len > 0 && !rest[len - 1].is_ascii_whitespace() && !rest.get(len + 1).is_some_and(u8::is_ascii_digit);
        if !closes || rest[len - 1] == b'\\' {
            return at + 1;
        }
        let end = Span::from(0..from + len + 1).end;
        self.formulas.push(Span::new(at, end));
        end
    }

    /// A bare `http://…`, from its colon.
    pub(super) fn address(&mut self, colon: u32) -> u32 {
        let Some(head) = self.bytes.get(self.content.start as usize..colon as usize) else { return colon + 3 };
        let scheme = if head.ends_with(b"https") {
            5
        } else if head.ends_with(b"http") {
            4
        } else {
            return colon + 3;
        };
        let start = colon - scheme;
        let rest = self.bytes.get(colon as usize..self.limit as usize).unwrap_or_default();
        let rest = &rest[..rest.len().min(4096)];
        let len = rest.iter().position(|c| c.is_ascii_whitespace() || b"<>\"[]{}|\\`".contains(c)).unwrap_or(rest.len());
        let found = Span::new(start, colon + Span::from(0..len).end);
        let text = wikilink::without_trailing_punctuation(found.slice(self.text));
        let span = Span::new(start, start + Span::from(0..text.len()).end);
        if span.end <= colon + 3 || self.in_link(span) {
            return colon + 3;
        }
        self.node(span, NodeKind::Link { text: span, destination: span });
        span.end
    }

    /// Whether a span lies in the words of a link: a link in a link is none.
    fn in_link(&self, span: Span) -> bool {
        let links = self.nodes.get(self.first_node..).unwrap_or_default();
        let after = links.partition_point(|n| n.span.start <= span.start);
        let near = links.get(after.saturating_sub(2)..after).unwrap_or_default();
        near.iter().any(|n| n.span.covers(span) && matches!(n.kind, NodeKind::Link { .. } | NodeKind::Image { .. }))
    }

    pub(super) fn plain_comment(&mut self, at: u32) -> u32 {
        let rest = self.bytes.get(at as usize..self.content.end as usize).unwrap_or_default();
        if self.no_more_comments || !rest.starts_with(b"<!--") {
            return at + 1;
        }
        let Some(len) = memchr::memmem::find(rest, b"-->") else {
            self.no_more_comments = true;
            return at + 1;
        };
        let span = Span::from(0..len + 3).shift(at);
        let alone = span.start == self.content.start;
        let placement = if alone { Placement::Alone } else { Placement::EndOfLine };
        let kind = directive::comment(self.text, span, placement, self.faults);
        self.formulas.push(span);
        self.node(span, kind);
        span.end
    }

    /// `^op-1` or `{#op-1}` at the end of the block.
    pub(super) fn anchor_at_end(&mut self) {
        let words = self.content.slice(self.text);
        if words.ends_with('}') && !self.plain {
            if let Some((attributes, _)) = bracketed_span::at_end(self.text, self.content)
                && let Some(id) = attributes.id
                && !self.nodes.iter().skip(self.first_node).any(|n| n.span.covers(attributes.span))
            {
                self.node(attributes.span, NodeKind::Anchor { id });
            }
            return;
        }
        let tail = words.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        let Some(id) = tail.strip_prefix('^') else { return };
        let is_name = !id.is_empty() && id.bytes().all(is_of_anchor);
        if is_name && tail.len() < words.len() {
            self.node(Span::of(tail, self.text), NodeKind::Anchor { id: Span::of(id, self.text) });
        }
    }
}

/// Whether the id of an anchor may hold a byte.
pub(super) fn is_of_anchor(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// Longest TeX command with its groups that is looked for, in bytes.
const LONGEST_TEX: usize = 1024;

/// Where the group that `open` begins at `start` ends, behind its bracket.
fn group_end(bytes: &[u8], start: usize, open: u8) -> Option<usize> {
    let close = match open {
        b'{' => b'}',
        b'[' => b']',
        _ => return None,
    };
    let mut depth = 0usize;
    for (i, c) in bytes.iter().enumerate().skip(start) {
        depth += usize::from(*c == open);
        if *c == close {
            depth -= 1;
            if depth == 0 {
                return Some(i + 1);
            }
        }
    }
    None
}
