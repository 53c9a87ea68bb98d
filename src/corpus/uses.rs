//! Where one file names what: packed into few bytes, by name.
//!
//! A name's places stand together, so that asking for one name steps over the others. A place holds its lines and
//! columns too: an editor is told of a thousand places without reading a thousand files.
//!
//! The packing, all numbers as in [`packed`](super::packed): for each name, in order, its length, the name, how many places
//! and in how many bytes; for each place, what differs from the one before.

use std::ops::Range;

use smol_str::SmolStr;

use super::packed::{Reader, push};
use super::{Use, UseKind};
use crate::text::{Point, Points, Span};

/// All places of one file that name something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    packed: Box<[u8]>,
}

/// One place that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseAt {
    /// What to highlight.
    pub span: Span,
    /// What to rename.
    pub key: Span,
    /// `span` by lines and columns.
    pub at: Range<Point>,
    /// `key` by lines and columns.
    pub key_at: Range<Point>,
    /// The pinpoint or anchor as written.
    pub pin: Option<SmolStr>,
    /// In what way it is named.
    pub kind: UseKind,
}

/// All places of one name in one file.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// The name.
    pub name: &'a str,
    /// How many places.
    pub count: u32,
    packed: &'a [u8],
}

/// The pinpoint follows.
const PINNED: u8 = 1 << 3;
/// The key is not the whole.
const KEYED: u8 = 1 << 4;
/// Something before it in its line is no ASCII: columns differ.
const SHIFTED: u8 = 1 << 5;
/// Something in it is no ASCII, or it is longer than its line: its other points follow.
const WIDE: u8 = 1 << 6;

impl Uses {
    /// Packs places of a text, of which `points` tells lines and columns.
    #[must_use]
    pub fn pack(text: &str, points: Points<'_>, mut uses: Vec<Use>) -> Self {
        uses.sort_by(|a, b| (&a.name, a.span, a.key).cmp(&(&b.name, b.span, b.key)));
        uses.dedup_by(|a, b| a.span == b.span && a.key == b.key && a.name == b.name);
        let points = points_of(points, &uses);
        let mut packed = Vec::new();
        let mut group = Vec::new();
        for of_name in uses.chunk_by(|a, b| a.name == b.name) {
            let name = of_name[0].name.as_bytes();
            group.clear();
            let mut last = Last::default();
            for one in of_name {
                push_use(one, text, &points, &mut last, &mut group);
            }
            push(&mut packed, name.len());
            packed.extend_from_slice(name);
            push(&mut packed, of_name.len());
            push(&mut packed, group.len());
            packed.extend_from_slice(&group);
        }
        Self { packed: packed.into() }
    }

    /// All names used, in order.
    pub fn groups(&self) -> impl Iterator<Item = Group<'_>> {
        let mut rest = Reader(&self.packed);
        std::iter::from_fn(move || rest.group())
    }

    /// The places of one name, in order; none when it is not used.
    pub fn of(&self, name: &str) -> impl Iterator<Item = UseAt> {
        let group = self.groups().take_while(|g| g.name <= name).find(|g| g.name == name);
        group.into_iter().flat_map(Group::places)
    }

    /// How many places name it.
    #[must_use]
    pub fn count(&self, name: &str) -> u32 {
        self.groups().take_while(|g| g.name <= name).find(|g| g.name == name).map_or(0, |g| g.count)
    }

    /// Whether it names nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.packed.is_empty()
    }

    /// Bytes it takes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.packed.len()
    }
}

impl<'a> Group<'a> {
    /// Its places, in order.
    pub fn places(self) -> impl Iterator<Item = UseAt> + use<'a> {
        let mut rest = Reader(self.packed);
        let mut last = Last::default();
        (0..self.count).map_while(move |_| rest.place(&mut last))
    }
}

/// What the place before was.
#[derive(Default)]
struct Last {
    offset: u32,
    line: u32,
}

/// The points of all spans' ends, by byte.
fn points_of(mut points: Points<'_>, uses: &[Use]) -> Vec<(u32, Point)> {
    let mut places: Vec<u32> = uses.iter().flat_map(|u| [u.span.start, u.span.end, u.key.start, u.key.end]).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|at| (at, points.to(at))).collect()
}

fn push_use(one: &Use, text: &str, points: &[(u32, Point)], last: &mut Last, into: &mut Vec<u8>) {
    let point = |at: u32| points.binary_search_by_key(&at, |p| p.0).map(|i| points[i].1).unwrap_or_default();
    let start = point(one.span.start);
    let key = if one.span.covers(one.key) { one.key } else { one.span };
    let words = one.span.slice(text);
    let mut flags = one.kind as u8;
    let mut flag = |bit: u8, is: bool| {
        flags |= if is { bit } else { 0 };
        is
    };
    let pinned = flag(PINNED, one.pin.is_some());
    let keyed = flag(KEYED, key != one.span);
    let shifted = flag(SHIFTED, start.utf8 != start.utf32);
    let wide = flag(WIDE, !words.is_ascii() || words.contains(['\n', '\r']));
    into.push(flags);
    push(into, (one.span.start - last.offset) as usize);
    push(into, (start.line - last.line) as usize);
    push(into, start.utf8 as usize);
    if shifted {
        push_units(into, start);
    }
    push(into, one.span.len() as usize);
    if keyed {
        push(into, (key.start - one.span.start) as usize);
        push(into, key.len() as usize);
    }
    if wide {
        for at in [one.span.end, key.start, key.end] {
            let point = point(at);
            push(into, (point.line - start.line) as usize);
            push(into, point.utf8 as usize);
            push_units(into, point);
        }
    }
    if let Some(pin) = one.pin.as_ref().filter(|_| pinned) {
        push(into, pin.len());
        into.extend_from_slice(pin.as_bytes());
    }
    *last = Last { offset: one.span.start, line: start.line };
}

/// How far the columns in other units lie behind the one in bytes.
fn push_units(into: &mut Vec<u8>, point: Point) {
    push(into, (point.utf8 - point.utf16) as usize);
    push(into, (point.utf16 - point.utf32) as usize);
}

impl<'a> Reader<'a> {
    fn group(&mut self) -> Option<Group<'a>> {
        let name = self.words()?;
        let count = self.number()?;
        let size = self.number()?;
        Some(Group { name, count, packed: self.bytes(size)? })
    }

    fn units(&mut self, line: u32, utf8: u32) -> Option<Point> {
        let utf16 = utf8.checked_sub(self.number()?)?;
        Some(Point { line, utf8, utf16, utf32: utf16.checked_sub(self.number()?)? })
    }

    fn place(&mut self, last: &mut Last) -> Option<UseAt> {
        let flags = self.byte()?;
        let begin = last.offset + self.number()?;
        let line = last.line + self.number()?;
        let utf8 = self.number()?;
        let start = if flags & SHIFTED == 0 { Point { line, utf8, utf16: utf8, utf32: utf8 } } else { self.units(line, utf8)? };
        let span = Span::new(begin, begin + self.number()?);
        let (skip, len) = if flags & KEYED == 0 { (0, span.len()) } else { (self.number()?, self.number()?) };
        let key = Span::new(begin + skip, begin + skip + len);
        let mut point = |along: u32| {
            if flags & WIDE == 0 {
                return Some(start.along(along));
            }
            let (line, utf8) = (line + self.number()?, self.number()?);
            self.units(line, utf8)
        };
        let at = start..point(span.len())?;
        let key_at = point(skip)?..point(skip + len)?;
        let pin = if flags & PINNED == 0 { None } else { Some(self.words()?.into()) };
        *last = Last { offset: begin, line };
        Some(UseAt { span, key, at, key_at, pin, kind: UseKind::of_number(flags & 7) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Encoding, LineIndex};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_out_again(
            text in "(?s)[ab\r\né𝕏 ]{0,80}",
            places in prop::collection::vec((0usize..90, 0usize..12, 0usize..6, "[a-c]{1,2}", 0u8..6, prop::option::of("[a-c]{0,3}")), 0..12),
        ) {
            let floor = |mut at: usize| { at = at.min(text.len()); while !text.is_char_boundary(at) { at -= 1; } at };
            let mut uses: Vec<Use> = places.into_iter().map(|(from, len, skip, name, kind, pin)| {
                let (start, end) = (floor(from), floor(from + len));
                let key = floor(from + skip).min(end);
                Use { name: name.into(), pin: pin.map(SmolStr::from), span: Span::from(start..end), key: Span::from(key..end), kind: UseKind::of_number(kind) }
            }).collect();
            let packed = Uses::pack(&text, Points::of(&text), uses.clone());
            uses.sort_by(|a, b| (&a.name, a.span, a.key).cmp(&(&b.name, b.span, b.key)));
            uses.dedup_by(|a, b| a.span == b.span && a.key == b.key && a.name == b.name);
            let index = LineIndex::new(&text);
            let mut out = Vec::new();
            for group in packed.groups() {
                prop_assert_eq!(packed.count(group.name), group.count);
                for at in packed.of(group.name) {
                    for (point, byte) in [(at.at.start, at.span.start), (at.at.end, at.span.end), (at.key_at.start, at.key.start), (at.key_at.end, at.key.end)] {
                        prop_assert_eq!(point.line_column(Encoding::Utf16), index.line_column(&text, byte, Encoding::Utf16));
                    }
                    out.push(Use { name: group.name.into(), pin: at.pin, span: at.span, key: at.key, kind: at.kind });
                }
            }
            prop_assert_eq!(out, uses);
        }
    }
}
