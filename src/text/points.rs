//! Places of one text by line and column in every unit, found in one walk over it: to be kept, so that a place can be
//! told to any client without reading the text again.

use super::{Encoding, LineColumn};

/// A place by its line and its columns, all from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Line.
    pub line: u32,
    /// Column in bytes.
    pub utf8: u32,
    /// Column in UTF-16 code units.
    pub utf16: u32,
    /// Column in Unicode scalar values.
    pub utf32: u32,
}

impl Point {
    /// The place with its column in one unit.
    #[must_use]
    pub fn line_column(self, encoding: Encoding) -> LineColumn {
        let column = match encoding {
            Encoding::Utf8 => self.utf8,
            Encoding::Utf16 => self.utf16,
            Encoding::Utf32 => self.utf32,
        };
        LineColumn { line: self.line, column }
    }

    /// The place `count` characters of ASCII further on in the same line.
    #[must_use]
    pub fn along(self, count: u32) -> Self {
        Self { line: self.line, utf8: self.utf8 + count, utf16: self.utf16 + count, utf32: self.utf32 + count }
    }
}

/// Walks a text forward from place to place; all places together cost one pass over it.
#[derive(Clone, Debug)]
pub struct Points<'t> {
    text: &'t str,
    at: usize,
    point: Point,
}

impl<'t> Points<'t> {
    /// At the beginning of a text.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Self { text, at: 0, point: Point::default() }
    }

    /// At the beginning of a file as it lies on the disk: a byte order mark stands in no line, see
    /// [`LineIndex::of_file`](super::LineIndex::of_file).
    #[must_use]
    pub fn of_file(text: &'t str) -> Self {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { at: mark, ..Self::of(text) }
    }

    /// The place of a byte, which must not lie before the one asked for last; one that does is taken for it. A byte inside
    /// a character means the character's first, one past the end the end.
    pub fn to(&mut self, offset: u32) -> Point {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let Some(passed) = self.text.get(self.at..offset) else { return self.point };
        let bytes = self.text.as_bytes();
        let mut start = self.at;
        for end in memchr::memchr2_iter(b'\n', b'\r', passed.as_bytes()) {
            let end = self.at + end;
            if bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n') {
                continue;
            }
            start = end + 1;
            self.point = Point { line: self.point.line + 1, ..Point::default() };
        }
        let rest = &self.text[start..offset];
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        if rest.is_ascii() {
            self.point = self.point.along(count(rest.len()));
        } else {
            self.point.utf8 += count(rest.len());
            self.point.utf16 += count(str_indices::utf16::count(rest));
            self.point.utf32 += count(str_indices::chars::count(rest));
        }
        self.at = offset;
        self.point
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_point_is_what_the_index_of_lines_says(text in "(?s)\u{feff}?[ab\r\né𝕏\u{301}]{0,60}", mut places in prop::collection::vec(0u32..200, 1..8)) {
            places.sort_unstable();
            let index = LineIndex::new(&text);
            let of_file = LineIndex::of_file(&text);
            let (mut points, mut points_of_file) = (Points::of(&text), Points::of_file(&text));
            for at in places {
                let (point, point_of_file) = (points.to(at), points_of_file.to(at));
                for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                    prop_assert_eq!(point.line_column(encoding), index.line_column(&text, at, encoding));
                    prop_assert_eq!(point_of_file.line_column(encoding), of_file.line_column(&text, at, encoding));
                }
            }
        }
    }
}
