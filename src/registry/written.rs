//! What a record is called, packed: a registry may have a million names, and a structure for each would weigh more than they do.
//!
//! One string for a record: numbers as characters of ASCII, six bits each, and the names between them. Places are told by how far
//! each lies behind the one before, which is a character or two.

use std::fmt;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::Spanned;
use crate::text::Span;

/// A record's name and aliases, and where they and its type are written.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Written {
    packed: Box<str>,
}

const NAME: u32 = 1;
const KIND: u32 = 2;
/// What is counted in units of 4 beside the two flags.
const FLAGS: u32 = 2;

impl Written {
    /// Packs them.
    #[must_use]
    pub fn of<'a>(kind: Option<Span>, name: Option<Spanned<&'a str>>, aliases: impl ExactSizeIterator<Item = Spanned<&'a str>>) -> Self {
        let mut packer = Packer { out: String::with_capacity(128), end: 0 };
        let flags = if name.is_some() { NAME } else { 0 } | if kind.is_some() { KIND } else { 0 };
        // An alias takes more than four bytes of a file, so that their count fits.
        let count = Span::from(0..aliases.len()).end & (u32::MAX >> FLAGS);
        if flags == 0 && count == 0 {
            return Self::default();
        }
        packer.number(count << FLAGS | flags);
        if let Some(span) = kind {
            packer.start(span);
            packer.number(span.end - span.start);
        }
        name.into_iter().chain(aliases.take(count as usize)).for_each(|name| packer.name(name));
        Self { packed: packer.out.as_str().into() }
    }

    /// Where `type` is written.
    #[must_use]
    pub fn kind(&self) -> Option<Span> {
        self.open().0
    }

    /// The name shown.
    #[must_use]
    pub fn name(&self) -> Option<Spanned<&str>> {
        self.has_name().then(|| self.all().next()).flatten()
    }

    /// The other names.
    #[must_use]
    pub fn aliases(&self) -> Names<'_> {
        let mut all = self.all();
        if self.has_name() {
            all.next();
        }
        all
    }

    /// The name, then the others.
    #[must_use]
    pub fn all(&self) -> Names<'_> {
        self.open().1
    }

    /// All names, each with where [`at`](Self::at) finds it.
    pub fn places(&self) -> impl Iterator<Item = (u32, &str)> {
        let mut names = self.all();
        std::iter::from_fn(move || {
            names.left = names.left.checked_sub(1)?;
            names.start()?;
            let at = Span::from(0..self.packed.len() - names.rest.len()).end;
            Some((at, names.words()?.value))
        })
    }

    /// The name at a place.
    #[must_use]
    pub fn at(&self, at: u32) -> Option<&str> {
        let mut names = Names { rest: self.packed.get(at as usize..)?, end: 0, left: 0 };
        Some(names.words()?.value)
    }

    /// The same, written so many bytes further on in the file.
    #[must_use]
    pub(super) fn moved(&self, by: i32) -> Self {
        let Some((head, first, rest)) = self.split() else { return self.clone() };
        let mut packer = Packer { out: String::with_capacity(self.packed.len() + 2), end: 0 };
        packer.number(head);
        // Only the first place is told from the file's beginning.
        packer.start(Span::at(first.wrapping_add_signed(by)));
        packer.out.push_str(rest);
        Self { packed: packer.out.as_str().into() }
    }

    /// Whether the same names are written, at the same distances from each other, wherever in the file.
    #[must_use]
    pub fn is_moved(&self, other: &Self) -> bool {
        match (self.split(), other.split()) {
            (Some((head, _, rest)), Some((other_head, _, other_rest))) => head == other_head && rest == other_rest,
            (None, None) => true,
            _ => false,
        }
    }

    /// A print of its names and of where [`at`](Self::at) finds each, wherever in its file it is written.
    #[must_use]
    pub(super) fn print(&self) -> u64 {
        let Some((head, _, rest)) = self.split() else { return 0 };
        xxh3_64_with_seed(rest.as_bytes(), (self.packed.len() as u64) << u32::BITS | u64::from(head))
    }

    /// The first number, the first place in the file, and the rest, which says how far from there.
    fn split(&self) -> Option<(u32, u32, &str)> {
        let mut names = Names { rest: &self.packed, end: 0, left: 0 };
        let head = names.number()?;
        let first = names.start()?;
        Some((head, first, names.rest))
    }

    fn has_name(&self) -> bool {
        self.packed.as_bytes().first().is_some_and(|first| u32::from(*first) & NAME != 0)
    }

    fn open(&self) -> (Option<Span>, Names<'_>) {
        let mut names = Names { rest: &self.packed, end: 0, left: 0 };
        let head = names.number().unwrap_or_default();
        let kind = if head & KIND == 0 { None } else { names.place() };
        // What was kept may be damaged: each name takes two characters at least.
        names.left = ((head >> FLAGS) as usize + usize::from(head & NAME != 0)).min(names.rest.len() / 2);
        (kind, names)
    }
}

impl fmt::Debug for Written {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.all()).finish()
    }
}

struct Packer {
    out: String,
    /// Where the thing before ends in the file.
    end: u32,
}

impl Packer {
    fn number(&mut self, mut number: u32) {
        while number > LAST {
            self.out.push(char::from((number & LAST) as u8 | MORE));
            number >>= BITS;
        }
        self.out.push(char::from(number as u8));
    }

    /// How far it lies behind the thing before; things may be written in any order, even in different files.
    fn start(&mut self, span: Span) {
        let by = span.start.wrapping_sub(self.end).cast_signed();
        self.number(((by << 1) ^ (by >> 31)).cast_unsigned());
        self.end = span.end;
    }

    fn name(&mut self, name: Spanned<&str>) {
        self.start(name.span);
        let (len, span) = (Span::from(0..name.value.len()).end, name.span.end - name.span.start);
        // A name with escapes is longer where it is written.
        self.number(len << 1 | u32::from(len != span));
        if len != span {
            self.number(span);
        }
        self.out.push_str(name.value);
    }
}

/// Bits of a number that a character holds, the greatest such number, and the mark of one that another follows.
const BITS: u32 = 6;
const LAST: u32 = (1 << BITS) - 1;
const MORE: u8 = 1 << BITS;

/// Names with their places.
#[derive(Clone, Debug)]
pub struct Names<'a> {
    rest: &'a str,
    end: u32,
    left: usize,
}

impl<'a> Names<'a> {
    fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        for (at, &byte) in self.rest.as_bytes().iter().enumerate().take(6) {
            number |= (u32::from(byte) & LAST) << shift;
            if byte & MORE == 0 {
                self.rest = self.rest.get(at + 1..)?;
                return Some(number);
            }
            shift += BITS;
        }
        None
    }

    fn start(&mut self) -> Option<u32> {
        let by = self.number()?;
        Some(self.end.wrapping_add((by >> 1) ^ (by & 1).wrapping_neg()))
    }

    /// A name that begins at `end`.
    fn words(&mut self) -> Option<Spanned<&'a str>> {
        let head = self.number()?;
        let span = if head & 1 == 0 { head >> 1 } else { self.number()? };
        let (value, rest) = self.rest.split_at_checked((head >> 1) as usize)?;
        self.rest = rest;
        let span = Span::new(self.end, self.end.wrapping_add(span));
        self.end = span.end;
        Some(Spanned { value, span })
    }

    fn place(&mut self) -> Option<Span> {
        let start = self.start()?;
        let span = Span::new(start, start.wrapping_add(self.number()?));
        self.end = span.end;
        Some(span)
    }
}

impl<'a> Iterator for Names<'a> {
    type Item = Spanned<&'a str>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        self.end = self.start()?;
        self.words()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Names<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_takes_no_room() {
        let nothing = Written::of(None, None, std::iter::empty());
        assert_eq!((nothing.kind(), nothing.name(), nothing.aliases().count()), (None, None, 0));
        assert_eq!(nothing, Written::default());
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out(
            kind in prop::option::of((any::<u32>(), 0..90_u32)),
            name in prop::option::of((".{0,40}", any::<u32>(), 0..90_u32)),
            aliases in prop::collection::vec((".{0,40}", 0..9000_u32, any::<bool>()), 0..80),
        ) {
            let span = |start: u32, len: u32| Span::new(start, start.saturating_add(len));
            let kind = kind.map(|(start, len)| span(start, len));
            let name = name.as_ref().map(|(value, start, len)| Spanned { value: value.as_str(), span: span(*start, *len) });
            let alias = |(value, start, same): &(String, u32, bool)| (value.clone(), span(*start, if *same { value.len() as u32 } else { 3 }));
            let aliases: Vec<(String, Span)> = aliases.iter().map(alias).collect();
            let given = || aliases.iter().map(|(value, span)| Spanned { value: value.as_str(), span: *span });
            let written = Written::of(kind, name, given());
            prop_assert_eq!(written.kind(), kind);
            prop_assert_eq!(written.name(), name);
            prop_assert_eq!(written.aliases().len(), aliases.len());
            prop_assert_eq!(written.aliases().collect::<Vec<_>>(), given().collect::<Vec<_>>());
            let found: Vec<_> = written.places().map(|(at, words)| (written.at(at), words)).collect();
            prop_assert!(found.iter().all(|(at, words)| *at == Some(*words)));
            prop_assert_eq!(found.len(), written.all().len());
        }

        #[test]
        fn what_moves_keeps_its_names(
            kind in prop::option::of(100..200_u32),
            names in prop::collection::vec(("[a-я\"]{0,9}", 200..9000_u32), 0..5),
            by in -100..100_i32,
        ) {
            let at = |by: i32| {
                let span = |start: u32, len: usize| Span::from(0..len).shift(start.wrapping_add_signed(by));
                let name = |(value, start): &(String, u32)| Spanned { value: value.clone(), span: span(*start, value.len()) };
                let names: Vec<_> = names.iter().map(name).collect();
                let mut names = names.iter().map(|name| Spanned { value: name.value.as_str(), span: name.span });
                Written::of(kind.map(|start| span(start, 6)), names.next(), names)
            };
            prop_assert_eq!(at(0).moved(by), at(by));
            prop_assert!(at(0).is_moved(&at(by)));
            prop_assert_eq!(at(0).is_moved(&Written::default()), kind.is_none() && names.is_empty());
        }
    }
}
