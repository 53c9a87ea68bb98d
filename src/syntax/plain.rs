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
    let lines = Lines::of(text, super::front_matter::after_mark(text), Span::from(0..text.len()).end);
    document.summary.lines = lines.lines.len();
    document.summary.long = lines.long;
    paragraphs(text, &lines, is_unwrapped(lines.lines.len(), lines.long), &mut document.blocks);
    marks(text, text.as_bytes(), &mut document);
    document
}

/// Reads the marks of paragraphs whose bytes are given.
fn marks(text: &str, bytes: &[u8], document: &mut Document) {
    if !has_marks(bytes) {
        return;
    }
    for index in 0..document.blocks.len() {
        inline::scan_plain(text, index, document);
    }
    tidy(&mut document.opaque, 0);
    tidy(&mut document.signs, 0);
}

/// Reads some lines alone, which stand between blank lines. `None` when so many or few of them are long that all the text
/// is read otherwise now; `before` are its lines and long lines without these.
pub(super) fn part(text: &str, window: Span, before: (usize, usize), unwrapped: bool) -> Option<Document> {
    let mut document = Document::default();
    let lines = Lines::of(text, window.start, window.end);
    let (all, long) = (before.0 + lines.lines.len(), before.1 + lines.long);
    if is_unwrapped(all, long) != unwrapped {
        return None;
    }
    document.summary.lines = all;
    document.summary.long = long;
    paragraphs(text, &lines, unwrapped, &mut document.blocks);
    marks(text, window.slice(text).as_bytes(), &mut document);
    Some(document)
}

/// Lines that are not blank between two bytes, and how many of them are long.
pub(super) fn count(text: &str, window: Span) -> (usize, usize) {
    let lines = Lines::of(text, window.start, window.end);
    (lines.lines.len(), lines.long)
}

/// Whether each line is a paragraph of its own: one long line may be an address or a table in a wrapped text; a tenth of
/// them may not.
pub(super) fn is_unwrapped(lines: usize, long: usize) -> bool {
    long * 10 >= lines.max(1) && long > 0
}

/// Whether any byte occurs with which a mark could begin.
fn has_marks(bytes: &[u8]) -> bool {
    memchr3(b'[', b'@', b'\\', bytes).is_some() || memchr3(b'<', b'^', b'{', bytes).is_some() || memmem::find(bytes, b"://").is_some()
}

/// The lines that are not blank, each without its end.
struct Lines {
    /// Span, and whether a blank line stands before it.
    lines: Vec<(Span, bool)>,
    /// How many are longer than [`UNWRAPPED`].
    long: usize,
}

impl Lines {
    /// Those from a byte to another, before which there is a blank line or nothing.
    fn of(text: &str, start: u32, end: u32) -> Self {
        let bytes = text.as_bytes().get(..end as usize).unwrap_or_default();
        let (mut start, mut after_blank, mut long) = ((start as usize).min(bytes.len()), true, 0);
        let mut lines = Vec::with_capacity((bytes.len() - start) / 200 + 1);
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
        let first = start;
        for at in memchr2_iter(b'\n', b'\r', &bytes[first..]).map(|at| at + first) {
            add(start, at);
            start = at + 1;
        }
        add(start, bytes.len());
        Self { lines, long }
    }
}

fn paragraphs(text: &str, lines: &Lines, unwrapped: bool, blocks: &mut Vec<Block>) {
    let mut last = Span::default();
    for &(line, after_blank) in &lines.lines {
        let span = super::blocks::trimmed(text, line);
        if span.is_empty() {
            continue;
        }
        let goes_on = !after_blank && (!unwrapped || !is_complete(last.slice(text), span.slice(text)));
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
