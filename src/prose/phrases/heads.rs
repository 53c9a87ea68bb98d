//! Where a phrase may begin, told by the first bytes of two words.
//!
//! Words that begin a pattern are common ("is", "some"), but few words may follow them there. One scan
//! over the passage's blocks looks each word up by its head, and where that may begin a pattern the next
//! word's head among those that may follow. Only what passes both is read as words.

use crate::prose::heads::capitalised;
use crate::text::blocks::{self, BLOCK, STRIDE, Words, block};

/// The heads of the words that patterns may begin with, each with those that may follow it.
#[derive(Debug)]
pub(super) struct Heads {
    /// For each hash of a head the index of what may follow; 0 where no pattern begins so.
    first: Vec<u8>,
    followers: Vec<Followers>,
}

/// One bit for each small hash of the heads that may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Followers([u64; CELLS]);

/// So many that words which may not follow seldom share a bit with one that may: some hundred may.
const CELLS: usize = 32;

const NONE: Followers = Followers([0; CELLS]);
const EVERY: Followers = Followers([u64::MAX; CELLS]);

/// Bits of a head's hash.
const HASH: u32 = 14;

impl Heads {
    pub(super) fn none() -> Self {
        // The first stands for nothing, the second for all that found no number.
        Self { first: vec![0; 1 << HASH], followers: vec![NONE, EVERY] }
    }

    /// Says that a pattern may begin with `word`, and with which words go on; `None`: with any word, or none.
    pub(super) fn insert<'w>(&mut self, word: &str, followers: Option<impl Iterator<Item = &'w str>>) {
        let followers = followers.map_or(EVERY, Followers::of);
        for form in [word, &capitalised(word)] {
            let hash = head(form.as_bytes(), 0, form.len());
            let known = self.followers[self.first[hash] as usize];
            self.first[hash] = self.number(known.with(followers));
        }
    }

    fn number(&mut self, followers: Followers) -> u8 {
        let known = self.followers.iter().position(|&known| known == followers);
        let number = known.unwrap_or_else(|| {
            self.followers.push(followers);
            self.followers.len() - 1
        });
        u8::try_from(number).unwrap_or(1)
    }

    /// The places of a passage where a pattern may begin.
    pub(super) fn places<'a>(&'a self, passage: &'a str) -> Places<'a> {
        Places { heads: self, passage: passage.as_bytes(), at: 0, next: 0, words: Words::default(), inside: 0, letters: 0, starts: 0 }
    }
}

impl Followers {
    fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut bits = NONE;
        for word in words {
            for form in [word, &capitalised(word)] {
                let bit = head(form.as_bytes(), 0, form.len()) % (64 * CELLS);
                bits.0[bit / 64] |= 1 << (bit % 64);
            }
        }
        bits
    }

    fn with(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(bits, more)| *bits |= more);
        self
    }

    fn may_have(&self, head: usize) -> bool {
        let bit = head % (64 * CELLS);
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}

/// The index of a word's head.
#[inline]
fn head(bytes: &[u8], at: usize, len: usize) -> usize {
    (blocks::head(bytes, at, len) >> (64 - HASH)) as usize
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
    /// The bytes of words, and their first bytes that are not yet looked at.
    letters: u64,
    starts: u64,
}

impl Places<'_> {
    /// The next place from byte `from` on.
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        loop {
            while self.starts & (u64::MAX >> (BLOCK - STRIDE)) != 0 {
                let n = self.starts.trailing_zeros();
                self.starts &= self.starts - 1;
                let place = self.at + n as usize;
                let followers = self.heads.first[self.head(n)];
                if followers != 0 && place >= from && self.may_follow(followers) {
                    return Some(place);
                }
            }
            if self.next >= self.passage.len() {
                return None;
            }
            (self.at, self.next) = (self.next, self.next + STRIDE);
            self.letters = self.words.of(&block(self.passage, self.at));
            self.starts = self.letters & !(self.letters << 1 | self.inside);
            self.inside = self.letters >> (STRIDE - 1) & 1;
        }
    }

    fn head(&self, n: u32) -> usize {
        head(self.passage, self.at + n as usize, (self.letters >> n).trailing_ones() as usize)
    }

    /// Whether the next word may follow; so may one that the block does not show in full.
    fn may_follow(&self, followers: u8) -> bool {
        let n = self.starts.trailing_zeros();
        n as usize > BLOCK - 8 || self.heads.followers[followers as usize].may_have(self.head(n))
    }
}
