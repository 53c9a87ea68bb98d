//! Where a phrase may begin, told by the first bytes of two words.
//!
//! Words that begin a pattern are common ("is", "the"), but few words may follow them there. One scan
//! over the passage's blocks looks each word up by its head, and where that may begin a pattern the heads of
//! the next words among those that may follow. Only what passes both is read as words.

use crate::prose::heads::capitalised;
use crate::text::blocks::{self, BLOCK, STRIDE, Words};

/// The heads of the words that patterns may begin with, each with those that may follow it.
#[derive(Debug)]
pub(super) struct Heads {
    /// For each hash of a head the index of what may follow; 0 where no pattern begins so.
    first: Box<[u8; 1 << HASH]>,
    followers: Vec<Followers>,
}

/// What a pattern that begins with a word needs behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// Words of which the next is one.
    pub next: Vec<u16>,
    /// Or words of which one is among the next so many.
    pub near: Vec<u16>,
    /// How many those are, at most [`NEAR`].
    pub within: u8,
}

/// So many words on are looked at.
pub(super) const NEAR: u8 = 3;

/// The same as one bit for each small hash of a head.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Followers {
    next: Bits,
    near: Bits,
    within: u8,
}

type Bits = [u64; CELLS];

/// So many that words which may not follow seldom share a bit with one that may: some hundred may.
const CELLS: usize = 128;

const NONE: Followers = Followers { next: [0; CELLS], near: [0; CELLS], within: 0 };
const EVERY: Followers = Followers { next: [u64::MAX; CELLS], near: [0; CELLS], within: 0 };

/// Bits of a head's hash.
const HASH: u32 = 14;

impl Heads {
    pub(super) fn none() -> Self {
        // The first stands for nothing, the second for all that found no number.
        Self { first: Box::new([0; 1 << HASH]), followers: vec![NONE, EVERY] }
    }

    /// Says that a pattern may begin with one of `first`, and what it then needs of `words`; `None`: nothing.
    pub(super) fn insert<'w>(&mut self, first: impl Iterator<Item = &'w str>, needs: Option<&Needs>, words: &[String]) {
        let followers = needs.map_or(EVERY, |needs| Followers {
            next: bits(&needs.next, words),
            near: bits(&needs.near, words),
            within: needs.within.min(NEAR),
        });
        for word in first {
            for form in [word, &capitalised(word)] {
                let hash = place(blocks::head(form.as_bytes(), 0, form.len()));
                let known = self.followers.get(usize::from(self.first[hash])).cloned().unwrap_or(NONE);
                self.first[hash] = self.number(known.with(&followers));
            }
        }
    }

    fn number(&mut self, followers: Followers) -> u8 {
        let known = self.followers.iter().position(|known| *known == followers);
        let number = known.unwrap_or_else(|| {
            self.followers.push(followers);
            self.followers.len() - 1
        });
        // More than have a number are not held apart.
        u8::try_from(number).unwrap_or(1)
    }

    /// The places of a passage where a pattern may begin.
    pub(super) fn places<'a>(&'a self, passage: &'a str) -> Places<'a> {
        let view = View { block: [0; BLOCK], letters: 0, starts: 0 };
        Places { heads: self, passage: passage.as_bytes(), at: 0, next: 0, words: Words::default(), inside: 0, view }
    }
}

fn bits(ids: &[u16], words: &[String]) -> Bits {
    let mut bits = [0; CELLS];
    for word in ids.iter().filter_map(|&id| words.get(usize::from(id))) {
        for form in [word.as_str(), &capitalised(word)] {
            let bit = place(blocks::head(form.as_bytes(), 0, form.len())) % (64 * CELLS);
            bits[bit / 64] |= 1 << (bit % 64);
        }
    }
    bits
}

fn has(bits: &Bits, head: usize) -> bool {
    let bit = head % (64 * CELLS);
    bits[bit / 64] >> (bit % 64) & 1 == 1
}

impl Followers {
    fn with(mut self, other: &Self) -> Self {
        self.next.iter_mut().zip(&other.next).for_each(|(bits, more)| *bits |= more);
        self.near.iter_mut().zip(&other.near).for_each(|(bits, more)| *bits |= more);
        self.within = self.within.max(other.within);
        self
    }
}

/// The index of a word's head.
#[inline]
fn place(head: u64) -> usize {
    (head >> (64 - HASH)) as usize
}

/// Walks a passage from place to place.
pub(super) struct Places<'a> {
    heads: &'a Heads,
    passage: &'a [u8],
    /// The block at hand, and the next.
    at: usize,
    next: usize,
    words: Words,
    /// 1 where a word goes on from the block before.
    inside: u64,
    view: View,
}

/// A block of a passage.
struct View {
    block: [u8; BLOCK],
    /// The bytes of words, and their first bytes that are not yet looked at.
    letters: u64,
    starts: u64,
}

impl View {
    /// The index of the head of the word that begins at byte `n`.
    #[inline]
    fn head(&self, n: u32) -> usize {
        place(blocks::head_in(&self.block, n as usize, (self.letters >> n).trailing_ones() as usize))
    }

    /// Whether the next words may follow; `None` where the block does not show them in full.
    fn may_follow(&self, followers: &Followers) -> Option<bool> {
        let mut starts = self.starts;
        for nth in 0..followers.within.max(1) {
            let n = starts.trailing_zeros();
            if n as usize > BLOCK - 8 {
                return None;
            }
            let head = self.head(n);
            if nth == 0 && has(&followers.next, head) || nth < followers.within && has(&followers.near, head) {
                return Some(true);
            }
            starts &= starts - 1;
        }
        Some(false)
    }
}

impl Places<'_> {
    /// The next place from byte `from` on.
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        loop {
            while self.view.starts & (u64::MAX >> (BLOCK - STRIDE)) != 0 {
                let n = self.view.starts.trailing_zeros();
                self.view.starts &= self.view.starts - 1;
                let place = self.at + n as usize;
                let followers = self.heads.first[self.view.head(n)];
                if followers != 0 && place >= from && self.may_follow(place, followers) {
                    return Some(place);
                }
            }
            if self.next >= self.passage.len() {
                return None;
            }
            (self.at, self.next) = (self.next, self.next + STRIDE);
            let block = blocks::block(self.passage, self.at);
            let letters = self.words.of(&block);
            self.view = View { block, letters, starts: letters & !(letters << 1 | self.inside) };
            self.inside = letters >> (STRIDE - 1) & 1;
        }
    }

    /// Whether the words behind the one that begins at byte `place` may follow it.
    fn may_follow(&self, place: usize, followers: u8) -> bool {
        let Some(followers) = self.heads.followers.get(usize::from(followers)) else { return true };
        self.view.may_follow(followers).unwrap_or_else(|| {
            // At a block's end the words are looked at in one that begins with the first of them.
            let block = blocks::block(self.passage, place);
            let letters = Words::default().of(&block);
            let view = View { block, letters, starts: letters & !(letters << 1 | 1) };
            view.may_follow(followers).unwrap_or(true)
        })
    }
}
