//! The only place that counts lines and code units.
//!
//! A line ends with LF, CR LF or a lone CR, as the Language Server Protocol has it; U+2028 and the
//! like end none.

use std::sync::OnceLock;

use super::{Replaced, Span};

/// The unit in which a column is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: an astral character counts two.
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A place as line and column, both from 0; the column in the unit asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// Line, from 0.
    pub line: u32,
    /// Column, from 0.
    pub column: u32,
}

impl LineColumn {
    /// The same, counted in scalar values, as somebody sees it: a byte order mark before the first line counts for nothing.
    #[must_use]
    pub fn behind_mark(self, text: &str) -> Self {
        Self { column: self.column.saturating_sub(self.mark(text)), ..self }
    }

    /// The opposite of [`behind_mark`](Self::behind_mark).
    #[must_use]
    pub fn before_mark(self, text: &str) -> Self {
        Self { column: self.column.saturating_add(self.mark(text)), ..self }
    }

    fn mark(self, text: &str) -> u32 {
        u32::from(self.line == 0 && text.starts_with('\u{feff}'))
    }
}

/// Where the lines of one text begin.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte at which each line begins; the first is 0, or lies behind a byte order mark.
    starts: Vec<u32>,
    len: u32,
    /// Made when a place far into a long line is first asked for.
    stations: OnceLock<Stations>,
}

/// So many bytes lie between two stations, and a column nearer to its line's start is counted without them.
const STATION: usize = 4096;

/// How many UTF-16 code units and scalar values come before each [`STATION`] bytes of a text, so that a thousand places in one
/// long line cost no more than one pass over it.
#[derive(Clone, Debug)]
struct Stations(Vec<(usize, usize)>);

impl Stations {
    fn of(text: &str) -> Self {
        let mut all = Vec::with_capacity(text.len() / STATION + 1);
        let (mut at, mut units, mut scalars) = (0, 0, 0);
        for number in 0..=text.len() / STATION {
            let next = floor(text, number * STATION);
            units += str_indices::utf16::count(&text[at..next]);
            scalars += str_indices::chars::count(&text[at..next]);
            at = next;
            all.push((units, scalars));
        }
        Self(all)
    }

    /// Code units and scalar values before a byte, which must begin a character.
    fn before(&self, text: &str, offset: usize) -> (usize, usize) {
        let number = offset / STATION;
        let (units, scalars) = self.0.get(number).copied().unwrap_or_default();
        let rest = text.get(floor(text, number * STATION)..offset).unwrap_or_default();
        (units + str_indices::utf16::count(rest), scalars + str_indices::chars::count(rest))
    }
}

/// The first byte of the character that holds the byte at `offset`.
fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

impl PartialEq for LineIndex {
    fn eq(&self, other: &Self) -> bool {
        self.starts == other.starts && self.len == other.len
    }
}

impl Eq for LineIndex {}

impl LineIndex {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = Vec::with_capacity(bytes.len() / 60 + 1);
        starts.push(0);
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
                continue;
            }
            starts.push(Span::from(at + 1..at + 1).start);
        }
        Self { starts, len: Span::from(0..bytes.len()).end, stations: OnceLock::new() }
    }

    /// The same of a file as it lies on the disk. Editors keep a byte order mark apart from the text, as its encoding: for them it stands
    /// in no line, and columns of the first begin behind it.
    #[must_use]
    pub fn of_file(text: &str) -> Self {
        let mut index = Self::new(text);
        if let (Some(first), true) = (index.starts.first_mut(), text.starts_with('\u{feff}')) {
            *first = Span::from(0..'\u{feff}'.len_utf8()).end;
        }
        index
    }

    /// The lines of `text`, when these are the lines of the text before `replaced` made it.
    ///
    /// Only the bytes that are new are read; the rest is copied.
    #[must_use]
    pub fn after(&self, text: &str, replaced: Replaced) -> Self {
        let bytes = text.as_bytes();
        // Whether a line begins at a byte is told by that byte and the one before: between CR and LF none does.
        let kept = self.starts.partition_point(|&s| s < replaced.old.start.max(1));
        let behind = self.starts.partition_point(|&s| s <= replaced.old.end);
        let mut starts = Vec::with_capacity(self.starts.len() + 8);
        starts.extend_from_slice(&self.starts[..kept]);
        let from = (replaced.new.start as usize).saturating_sub(1);
        let fresh = bytes.get(from..replaced.new.end as usize).unwrap_or_default();
        for at in memchr::memchr2_iter(b'\n', b'\r', fresh).map(|at| at + from) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(Span::from(at + 1..at + 1).start);
            }
        }
        let moved = self.starts.get(behind.max(kept)..).unwrap_or_default();
        starts.extend(moved.iter().map(|&s| replaced.moved(s)));
        Self { starts, len: Span::from(0..bytes.len()).end, stations: OnceLock::new() }
    }

    /// Number of lines; an empty text has one.
    #[must_use]
    pub fn lines(&self) -> u32 {
        Span::from(0..self.starts.len()).end
    }

    /// The line that holds the byte at `offset`, from 0; the last line for an offset past the end.
    #[must_use]
    pub fn line_of(&self, offset: u32) -> u32 {
        Span::from(0..self.starts.partition_point(|&s| s <= offset).saturating_sub(1)).end
    }

    /// The bytes of a line, its end marks included; empty for a line past the last.
    #[must_use]
    pub fn line(&self, line: u32) -> Span {
        let start = self.starts.get(line as usize).copied().unwrap_or(self.len);
        let end = self.starts.get(line as usize + 1).copied().unwrap_or(self.len);
        Span::new(start, end)
    }

    /// The bytes of a line without its end marks.
    #[must_use]
    pub fn line_content(&self, text: &str, line: u32) -> Span {
        let span = self.line(line);
        let content = span.slice(text).trim_end_matches(['\n', '\r']);
        Span::new(span.start, span.start + Span::from(0..content.len()).end)
    }

    /// A byte offset as line and column. An offset past the end counts as the end; one inside a
    /// character as that character's first byte.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: u32, encoding: Encoding) -> LineColumn {
        let offset = floor(text, (offset.min(self.len) as usize).min(text.len()));
        let line = self.line_of(Span::from(0..offset).end);
        let start = self.line(line).start as usize;
        let head = text.get(start..offset).unwrap_or_default();
        let column = match encoding {
            Encoding::Utf8 => head.len(),
            Encoding::Utf16 | Encoding::Utf32 if head.len() > STATION => {
                let stations = self.stations.get_or_init(|| Stations::of(text));
                let (from, to) = (stations.before(text, start), stations.before(text, offset));
                if encoding == Encoding::Utf16 { to.0 - from.0 } else { to.1 - from.1 }
            }
            Encoding::Utf16 => str_indices::utf16::count(head),
            Encoding::Utf32 => str_indices::chars::count(head),
        };
        LineColumn { line, column: Span::from(0..column).end }
    }

    /// Both ends of a span, as [`line_column`](Self::line_column) each.
    #[must_use]
    pub fn columns(&self, text: &str, span: Span, encoding: Encoding) -> (LineColumn, LineColumn) {
        let start = self.line_column(text, span.start, encoding);
        let end = floor(text, (span.end.min(self.len) as usize).min(text.len()));
        let from = floor(text, (span.start.min(self.len) as usize).min(text.len())).max(self.line(0).start as usize);
        let same_line = end >= from && end < self.line(start.line).end as usize;
        let Some(between) = text.get(from..end).filter(|between| same_line && between.len() <= STATION) else {
            return (start, self.line_column(text, span.end, encoding));
        };
        let more = match encoding {
            Encoding::Utf8 => between.len(),
            Encoding::Utf16 => str_indices::utf16::count(between),
            Encoding::Utf32 => str_indices::chars::count(between),
        };
        (start, LineColumn { line: start.line, column: start.column + Span::from(0..more).end })
    }

    /// Line and column as a byte offset. A column past the line's end means the line's end, a line
    /// past the last means the end of the text, and a column inside a character its first byte.
    #[must_use]
    pub fn offset(&self, text: &str, place: LineColumn, encoding: Encoding) -> u32 {
        if place.line >= self.lines() {
            return self.len;
        }
        let content = self.line_content(text, place.line);
        let line = content.slice(text);
        let column = place.column as usize;
        let mut byte = match encoding {
            Encoding::Utf8 => column.min(line.len()),
            Encoding::Utf16 => str_indices::utf16::to_byte_idx(line, column),
            Encoding::Utf32 => str_indices::chars::to_byte_idx(line, column),
        };
        while !line.is_char_boundary(byte) {
            byte -= 1;
        }
        content.start + Span::from(0..byte).end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mark_before_a_file_stands_in_no_line() {
        let text = "\u{feff}é [[a]]\nb\n";
        let (open, file) = (LineIndex::new(text), LineIndex::of_file(text));
        let mark = Span::new(6, 11);
        assert_eq!(mark.slice(text), "[[a]]");
        for (encoding, column, len) in [(Encoding::Utf8, 3, 5), (Encoding::Utf16, 2, 5), (Encoding::Utf32, 2, 5)] {
            let (start, end) = file.columns(text, mark, encoding);
            assert_eq!((start.line, start.column, end.column), (0, column, column + len));
            assert_eq!(file.offset(text, start, encoding), mark.start);
            assert!(open.line_column(text, mark.start, encoding).column > column);
            assert_eq!(file.columns(text, Span::new(0, 11), encoding), (LineColumn { line: 0, column: 0 }, end));
            assert_eq!(file.line_column(text, 12, encoding), LineColumn { line: 1, column: 0 });
        }
        assert_eq!(LineIndex::of_file("b"), LineIndex::new("b"));
    }

    #[test]
    fn lf_crlf_and_a_lone_cr_end_a_line_and_nothing_else_does() {
        let text = "a\nb\r\nc\rd\u{2028}e\u{85}f";
        let index = LineIndex::new(text);
        let lines: Vec<_> = (0..index.lines()).map(|l| index.line_content(text, l).slice(text)).collect();
        assert_eq!(lines, ["a", "b", "c", "d\u{2028}e\u{85}f"]);
    }

    proptest! {
        #[test]
        fn lines_after_an_edit_are_those_of_the_new_text(a in "(a|\r|\n|\r\n|Ж){0,12}", b in "(a|\r|\n|\r\n|Ж){0,12}") {
            let after = LineIndex::new(&a).after(&b, Replaced::between(&a, &b));
            prop_assert_eq!(after, LineIndex::new(&b));
        }
    }

    #[test]
    fn an_astral_character_counts_two_units_of_utf_16() {
        let text = "𝕏y";
        let index = LineIndex::new(text);
        let column = |e| index.line_column(text, 4, e).column;
        assert_eq!((column(Encoding::Utf8), column(Encoding::Utf16), column(Encoding::Utf32)), (4, 2, 1));
        let inside = LineColumn { line: 0, column: 1 };
        assert_eq!(index.offset(text, inside, Encoding::Utf16), 0);
    }

    #[test]
    fn a_column_far_into_a_long_line_is_counted_alike() {
        let text = format!("first\n{}", "aé𝕏 ".repeat(3000));
        let index = LineIndex::new(&text);
        for at in [6, 4095, 4100, 9000, 20_000, text.len()] {
            let at = floor(&text, at);
            let head = &text[6..at];
            let column = |e| index.line_column(&text, Span::from(0..at).end, e).column as usize;
            assert_eq!(column(Encoding::Utf16), head.encode_utf16().count());
            assert_eq!(column(Encoding::Utf32), head.chars().count());
        }
    }

    #[test]
    fn places_past_the_end_are_clamped() {
        let text = "ab\ncd";
        let index = LineIndex::new(text);
        assert_eq!(index.offset(text, LineColumn { line: 0, column: 99 }, Encoding::Utf16), 2);
        assert_eq!(index.offset(text, LineColumn { line: 9, column: 0 }, Encoding::Utf16), 5);
        assert_eq!(index.line_column(text, 99, Encoding::Utf8), LineColumn { line: 1, column: 2 });
    }

    proptest! {
        #[test]
        fn both_ends_of_a_span_are_counted_as_each_alone(text in "(?s)[a\r\né𝕏]{0,40}", a in 0u32..80, b in 0u32..80) {
            let index = LineIndex::new(&text);
            for e in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let each = (index.line_column(&text, a, e), index.line_column(&text, b, e));
                prop_assert_eq!(index.columns(&text, Span { start: a, end: b }, e), each);
            }
        }

        #[test]
        fn a_place_goes_there_and_back(text in "(?s)[a\r\né𝕏\u{301}]{0,40}", at in 0usize..80) {
            let mut at = at.min(text.len());
            while !text.is_char_boundary(at) { at -= 1; }
            // Between CR and LF there is no place of its own: the protocol's lines end before both.
            prop_assume!(!(text[..at].ends_with('\r') && text[at..].starts_with('\n')));
            let index = LineIndex::new(&text);
            for e in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let place = index.line_column(&text, Span::from(0..at).end, e);
                prop_assert_eq!(index.offset(&text, place, e) as usize, at);
            }
        }
    }
}
