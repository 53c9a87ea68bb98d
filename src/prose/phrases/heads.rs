//! Where a phrase may begin, told by the first bytes of two words.
//!
//! Words that begin a pattern are common ("is", "the"), but few words may follow them there. One scan
//! over the passage's blocks looks each word up by its head, and where that may begin a pattern the heads of
//! the next words among those that may follow. Only what passes both is read as words. Each head is worked out once,
//! so that other words can be watched for on the way ([`Heads::watch`]).

use rustc_hash::FxHashMap;

use crate::prose::heads::{capitalised, forms};
use crate::prose::watch::Kinds;
use crate::text::Span;
use crate::text::blocks::{self, BLOCK, STRIDE, WordBits};

/// The heads of the words that patterns may begin with, each with those that may follow it.
#[derive(Debug)]
pub(super) struct Heads {
    /// What each hash of a head tells.
    cells: Box<[Cell; 1 << HASH]>,
    followers: Vec<Followers>,
}

/// What a head tells of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    /// The index of what may follow; 0 where no pattern begins so.
    first: u8,
    /// The kinds of words it is watched for.
    kinds: u8,
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
    #[expect(clippy::large_stack_arrays, reason = "made once a language, and goes to the heap")]
    pub(super) fn none() -> Self {
        // The first stands for nothing, the second for all that found no number.
        Self { cells: Box::new([Cell::default(); 1 << HASH]), followers: vec![NONE, EVERY] }
    }

    /// Asks to be told of words of a kind, of ASCII in any case, of others in small letters, capitals, or with a capital; more are told of.
    pub(super) fn watch(&mut self, words: &[String], kind: Kinds) {
        for word in words {
            for form in forms(word).iter().take(if word.is_ascii() { 1 } else { 3 }) {
                self.cell(form).kinds |= kind.0;
            }
        }
    }

    /// What the head of a word tells.
    fn cell(&mut self, word: &str) -> &mut Cell {
        &mut self.cells[usize::from(place(blocks::head(word.as_bytes(), 0, word.len()))) % (1 << HASH)]
    }

    /// Says that a pattern may begin with one of `first`, and what it then needs of `words`; `None`: nothing.
    pub(super) fn insert<'w>(&mut self, first: impl Iterator<Item = &'w str>, needs: Option<&Needs>, words: &[String]) {
        let followers = needs.map_or(EVERY, |needs| Followers {
            next: bits(&needs.next, words),
            near: bits(&needs.near, words),
            within: needs.within.min(NEAR),
        });
        // What is known of most words of a set is the same.
        let mut united: FxHashMap<u8, u8> = FxHashMap::default();
        for word in first {
            for form in [word, &capitalised(word)] {
                let first = self.cell(form).first;
                let number = *united.entry(first).or_insert_with(|| {
                    let known = self.followers.get(usize::from(first)).cloned().unwrap_or(NONE);
                    self.number(known.with(&followers))
                });
                self.cell(form).first = number;
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

    /// The places of a passage, whose words are known, where a pattern may begin.
    pub(super) fn places<'a>(&'a self, passage: &'a str, words: &'a WordBits) -> Places<'a> {
        Places {
            heads: self,
            passage: passage.as_bytes(),
            next: 0,
            words,
            inside: 0,
            starts: [0; AHEAD],
            ahead: [0; AHEAD],
            known: 0,
            may_begin: 0,
            seen: 0,
        }
    }
}

fn bits(ids: &[u16], words: &[String]) -> Bits {
    let mut bits = [0; CELLS];
    for word in ids.iter().filter_map(|&id| words.get(usize::from(id))) {
        for form in [word.as_str(), &capitalised(word)] {
            let bit = usize::from(place(blocks::head(form.as_bytes(), 0, form.len()))) % (64 * CELLS);
            bits[bit / 64] |= 1 << (bit % 64);
        }
    }
    bits
}

#[inline]
fn has(bits: &Bits, head: u16) -> bool {
    let bit = usize::from(head) % (64 * CELLS);
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
fn place(head: u64) -> u16 {
    u16::try_from(head >> (64 - HASH)).unwrap_or_default()
}

/// Room for the words of a block, and those before that wait for them.
const AHEAD: usize = 32;
const _: () = assert!(STRIDE.div_ceil(2) + NEAR as usize <= AHEAD);

/// Walks a passage from place to place.
pub(super) struct Places<'a> {
    heads: &'a Heads,
    passage: &'a [u8],
    /// The next block.
    next: usize,
    words: &'a WordBits,
    /// 1 where a word goes on from the block before.
    inside: u64,
    /// The words at hand: where each begins, and the index of its head.
    starts: [u32; AHEAD],
    ahead: [u16; AHEAD],
    /// How many there are, and a bit for each that may begin a pattern and was not looked at yet.
    known: usize,
    may_begin: u64,
    /// A bit for each that is watched for and was not told yet.
    seen: u64,
}

impl Places<'_> {
    /// The next place from byte `from` on; tells where words begin on the way that are watched for, in order.
    pub(super) fn next(&mut self, from: usize, watch: &mut impl FnMut(u32, Kinds)) -> Option<usize> {
        loop {
            let ended = self.next >= self.passage.len();
            // The last words wait for those behind them.
            let ready = if ended { self.known } else { self.known.saturating_sub(usize::from(NEAR)) };
            while self.may_begin.trailing_zeros() < u32::try_from(ready).unwrap_or_default() {
                let nth = self.may_begin.trailing_zeros() as usize % AHEAD;
                self.may_begin &= self.may_begin - 1;
                let place = self.starts[nth] as usize;
                if place >= from && self.may_follow(nth) {
                    return Some(place);
                }
            }
            if ended {
                return None;
            }
            self.read();
            while self.seen != 0 {
                let nth = self.seen.trailing_zeros() as usize % AHEAD;
                watch(self.starts[nth], Kinds(self.cell(nth).kinds));
                self.seen &= self.seen - 1;
            }
        }
    }

    /// Takes up the words of the next block.
    fn read(&mut self) {
        let kept = self.known.min(usize::from(NEAR));
        let passed = self.known - kept;
        for nth in 0..kept {
            self.starts[nth] = self.starts[(passed + nth) % AHEAD];
            self.ahead[nth] = self.ahead[(passed + nth) % AHEAD];
        }
        let mut may_begin = self.may_begin >> passed;
        let block = blocks::block(self.passage, self.next);
        let letters = self.words.at(self.next);
        let mut left = letters & !(letters << 1 | self.inside) & (u64::MAX >> (BLOCK - STRIDE));
        self.inside = letters >> (STRIDE - 1) & 1;
        let (at, mut known, mut seen) = (Span::from(0..self.next).end, kept, 0);
        while left != 0 {
            let n = left.trailing_zeros();
            left &= left - 1;
            let head = place(blocks::head_at(&block, letters, n as usize));
            self.starts[known % AHEAD] = at + n;
            self.ahead[known % AHEAD] = head;
            let cell = self.heads.cells[usize::from(head) % (1 << HASH)];
            may_begin |= u64::from(cell.first != 0) << known;
            seen |= u64::from(cell.kinds != 0) << known;
            known += 1;
        }
        (self.known, self.may_begin, self.seen) = (known, may_begin, seen);
        self.next += STRIDE;
    }

    /// What the head of a word at hand tells.
    #[inline]
    fn cell(&self, nth: usize) -> Cell {
        self.heads.cells[usize::from(self.ahead[nth % AHEAD]) % (1 << HASH)]
    }

    /// Whether the words behind one may follow it. Where the passage ends before, that is told by its words.
    #[inline]
    fn may_follow(&self, nth: usize) -> bool {
        let Some(followers) = self.heads.followers.get(usize::from(self.cell(nth).first)) else { return true };
        let within = usize::from(followers.within);
        let behind = |by: usize| self.ahead[(nth + by) % AHEAD];
        if nth + within.max(1) >= self.known || has(&followers.next, behind(1)) {
            return true;
        }
        (1..=within).any(|by| has(&followers.near, behind(by)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, word by word.
    fn slowly(heads: &Heads, passage: &str) -> Vec<usize> {
        let bytes = passage.as_bytes();
        let is_word = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() && !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{2FFF}');
        let words: Vec<&str> = passage.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect();
        let place_of = |word: &str| word.as_ptr() as usize - bytes.as_ptr() as usize;
        let head = |word: &&str| place(blocks::head(word.as_bytes(), 0, word.len()));
        let may_begin = |n: &usize| {
            let followers = &heads.followers[usize::from(heads.cells[usize::from(head(&words[*n]))].first)];
            let behind: Vec<u16> = words[n + 1..].iter().map(head).collect();
            let within = usize::from(followers.within);
            let near = behind.iter().take(within).any(|&head| has(&followers.near, head));
            *followers != NONE && (behind.len() < within.max(1) || has(&followers.next, behind[0]) || near)
        };
        (0..words.len()).filter(may_begin).map(|n| place_of(words[n])).collect()
    }

    proptest! {
        #[test]
        fn places_are_where_words_say(passage in "(some|It is|widely|believed|experts|said| |, |—|\u{a0}|жар|most of all the|a|7){0,60}") {
            let words: Vec<String> = ["", "0", "experts", "believed", "of", "widely"].map(String::from).into();
            let mut heads = Heads::none();
            heads.insert(["some", "most"].into_iter(), Some(&Needs { next: vec![2, 4], near: vec![3], within: 3 }), &words);
            heads.insert(["it"].into_iter(), Some(&Needs { next: Vec::new(), near: vec![5], within: 2 }), &words);
            heads.insert(["experts"].into_iter(), Some(&Needs { next: vec![3], ..Needs::default() }), &words);
            heads.insert(["жар"].into_iter(), None, &words);
            heads.watch(&["said", "experts"].map(String::from), Kinds::CUE);
            let bits = WordBits::of(&passage);
            let (mut places, mut got, mut seen, mut from) = (heads.places(&passage, &bits), Vec::new(), Vec::new(), 0);
            while let Some(place) = places.next(from, &mut |at, _| seen.push(at)) {
                got.push(place);
                from = place + 1;
            }
            prop_assert_eq!(got, slowly(&heads, &passage));
            let is_word = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() && !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{2FFF}');
            let place_of = |word: &str| Span::of(word, &passage).start;
            let watched: Vec<u32> = passage.split(|c| !is_word(c)).filter(|w| ["said", "experts"].contains(w)).map(place_of).collect();
            prop_assert!(watched.iter().all(|at| seen.contains(at)) && seen.is_sorted(), "{:?} {:?}", watched, seen);
        }
    }
}
