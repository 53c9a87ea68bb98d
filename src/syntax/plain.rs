//! Plain text: paragraphs, in which only the inline marks count.

use memchr::{memchr2_iter, memchr3, memmem};

use super::builder::tidy;
use super::inline;
use super::{Block, BlockKind, Document};
use crate::text::Span;

/// Lines longer than this, in bytes, are not wrapped by hand or by a mail program.
const UNWRAPPED: usize = 130;

pub(super) fn parse(text: &str) -> Document {
    let mut document = Document::default();
    let lines = Lines::of(text);
    paragraphs(text, &lines, &mut document.blocks);
    if !has_marks(text.as_bytes()) {
        return document;
    }
    for index in 0..document.blocks.len() {
        inline::scan_plain(text, index, &mut document);
    }
    tidy(&mut document.opaque, 0);
    tidy(&mut document.signs, 0);
    document
}

/// Whether any byte occurs with which a mark could begin.
fn has_marks(bytes: &[u8]) -> bool {
    memchr3(b'[', b'@', b'\\', bytes).is_some() || memchr3(b'<', b'^', b'{', bytes).is_some() || memmem::find(bytes, b"://").is_some()
}

/// The lines that are not blank, each without its end.
struct Lines {
    /// Span, and whether a blank line stands before it.
    lines: Vec<(Span, bool)>,
    /// Whether each line is a paragraph of its own.
    unwrapped: bool,
}

impl Lines {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = Vec::with_capacity(bytes.len() / 200 + 1);
        let (mut start, mut after_blank, mut long) = (super::front_matter::after_mark(text) as usize, true, 0);
        let mut add = |from: usize, to: usize| {
            let line = &bytes[from..to];
            if line.iter().all(u8::is_ascii_whitespace) {
                // Between CR and LF there is no line.
                after_blank |= !(from == to && from > 0 && bytes[from - 1] == b'\r' && bytes.get(from) == Some(&b'\n'));
                return;
            }
            long += usize::from(line.len() > UNWRAPPED);
            lines.push((Span::from(from..to), after_blank));
            after_blank = false;
        };
        for at in memchr2_iter(b'\n', b'\r', bytes) {
            if at >= start {
                add(start, at);
                start = at + 1;
            }
        }
        add(start, bytes.len());
        // One long line may be an address or a table in a wrapped text; a tenth of them may not.
        let unwrapped = long * 10 >= lines.len().max(1) && long > 0;
        Self { lines, unwrapped }
    }
}

fn paragraphs(text: &str, lines: &Lines, blocks: &mut Vec<Block>) {
    let mut last = Span::default();
    for &(line, after_blank) in &lines.lines {
        let span = super::blocks::trimmed(text, line);
        if span.is_empty() {
            continue;
        }
        let goes_on = !after_blank && (!lines.unwrapped || !is_complete(last.slice(text), span.slice(text)));
        last = span;
        match blocks.last_mut() {
            Some(block) if goes_on => {
                block.span.end = span.end;
                block.content.end = span.end;
            }
            _ => blocks.push(Block { kind: BlockKind::Paragraph, span, content: span, parent: None, attributes: None }),
        }
    }
}

/// Whether a paragraph may end with `line`, in a text that has a line for each: it does unless the
/// line breaks off and the next goes on in lower case.
fn is_complete(line: &str, next: &str) -> bool {
    line.ends_with(['.', '!', '?', ';', ':', '…', '"', '”', '»', ')', '*']) || !next.chars().next().is_some_and(char::is_lowercase)
}
