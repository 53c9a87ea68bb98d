//! Between the protocol's words and ours: the only place where bytes become lines and columns.
//!
//! Positions outside a text are taken to the nearest place inside it, as the protocol has it.

use ropey::{Rope, RopeSlice};
use tower_lsp::ls_types as lsp;

use crate::text::{Encoding, LineColumn, LineIndex, Point, Span};

/// The protocol's name of an encoding.
#[must_use]
pub fn encoding_kind(encoding: Encoding) -> lsp::PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => lsp::PositionEncodingKind::UTF8,
        Encoding::Utf16 => lsp::PositionEncodingKind::UTF16,
        Encoding::Utf32 => lsp::PositionEncodingKind::UTF32,
    }
}

/// A byte of a text as a position.
#[must_use]
pub fn position(text: &str, lines: &LineIndex, offset: u32, encoding: Encoding) -> lsp::Position {
    position_of(lines.line_column(text, offset, encoding))
}

/// A line and column as a position.
#[must_use]
pub fn position_of(place: LineColumn) -> lsp::Position {
    lsp::Position { line: place.line, character: place.column }
}

/// Bytes of a text as a range.
#[must_use]
pub fn range(text: &str, lines: &LineIndex, span: Span, encoding: Encoding) -> lsp::Range {
    lsp::Range { start: position(text, lines, span.start, encoding), end: position(text, lines, span.end, encoding) }
}

/// Lines and columns that are known already as a range.
#[must_use]
pub fn range_of_points(points: &std::ops::Range<Point>, encoding: Encoding) -> lsp::Range {
    let position = |point: Point| {
        let place = point.line_column(encoding);
        lsp::Position { line: place.line, character: place.column }
    };
    lsp::Range { start: position(points.start), end: position(points.end) }
}

/// A position as a byte of a text.
#[must_use]
pub fn offset(text: &str, lines: &LineIndex, position: lsp::Position, encoding: Encoding) -> u32 {
    lines.offset(text, LineColumn { line: position.line, column: position.character }, encoding)
}

/// A position as a character of an open text, without a pass over all of it; means the same byte as [`offset`].
#[must_use]
pub fn rope_char(rope: &Rope, position: lsp::Position, encoding: Encoding) -> usize {
    let line = position.line as usize;
    if line >= rope.len_lines() {
        return rope.len_chars();
    }
    let content = without_line_end(rope.line(line));
    let column = position.character as usize;
    let within = match encoding {
        Encoding::Utf8 => content.byte_to_char(column.min(content.len_bytes())),
        Encoding::Utf16 => content.utf16_cu_to_char(column.min(content.len_utf16_cu())),
        Encoding::Utf32 => column.min(content.len_chars()),
    };
    rope.line_to_char(line) + within
}

fn without_line_end(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    while end > 0 && matches!(line.char(end - 1), '\n' | '\r') {
        end -= 1;
    }
    line.slice(..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encodings() -> [Encoding; 3] {
        [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]
    }

    proptest! {
        #[test]
        fn a_rope_and_its_text_agree_on_every_position(
            text in "(?s)[a\r\né𝕏\u{feff}\u{2028}\u{85}]{0,60}", line in 0u32..12, character in 0u32..20
        ) {
            let (rope, lines) = (Rope::from_str(&text), LineIndex::new(&text));
            let position = lsp::Position { line, character };
            for encoding in encodings() {
                let byte = rope.char_to_byte(rope_char(&rope, position, encoding));
                prop_assert_eq!(byte, offset(&text, &lines, position, encoding) as usize, "{:?}", encoding);
            }
        }
    }

    #[test]
    fn a_range_counts_in_the_units_agreed_on() {
        let text = "\u{feff}𝕏 é\r\n𝕏𝕏!";
        let lines = LineIndex::new(text);
        let bang = Span::new(20, 21);
        assert_eq!(bang.slice(text), "!");
        let columns = encodings().map(|e| range(text, &lines, bang, e).start.character);
        assert_eq!(columns, [8, 4, 2]);
    }
}
