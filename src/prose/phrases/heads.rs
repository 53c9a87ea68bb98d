//! Where a phrase may begin, told by the first bytes of two words.
//!
//! Words that begin a pattern are common ("is", "the"), but few words may follow them there. One scan
//! over the passage's blocks looks each word up by its head, and where that may begin a pattern the heads of
//! the next words among those that may follow. Only what passes both is read as words. Each head is worked out once,
//! so that other words can be watched for on the way.
//!
//! Words of which the same is true share a number, so that all that is known fits the nearest cache.

use std::collections::BTreeMap;

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
    /// For each number of a first word which words may stand right behind it.
    next: Box<Rows>,
    /// The same of words of which one must come near.
    near: Box<Rows>,
    /// A first look at both: one bit for several words that may follow, and all where one may come near.
    may: Box<[u64; FIRSTS]>,
    /// For each number of a first word how many words on such a one may come.
    within: [u8; FIRSTS],
}

/// What a head tells of a word: its number among those that may follow, among those that patterns begin with, and the kinds of words it
/// is watched for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cell(u32);

impl Cell {
    const FIRST: u32 = 16;
    const KINDS: u32 = 24;
    /// Of any kind.
    const WATCHED: u32 = 31;

    /// 0 where it may follow none.
    #[inline]
    const fn follow(self) -> usize {
        self.0 as usize % FOLLOWERS
    }

    /// 0 where no pattern begins so.
    #[inline]
    const fn first(self) -> usize {
        (self.0 >> Self::FIRST) as usize % FIRSTS
    }

    #[inline]
    fn kinds(self) -> Kinds {
        Kinds((self.0 >> Self::KINDS & 0x7F).to_le_bytes()[0])
    }

    /// 1 where it is watched for.
    #[inline]
    fn watched(self) -> u64 {
        u64::from(self.0 >> Self::WATCHED)
    }
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

/// Words that some patterns begin with, by number, and what those need behind them; `None`: nothing.
pub(super) type Begun = (Vec<u16>, Option<Needs>);

/// So many words on are looked at.
pub(super) const NEAR: u8 = 3;

/// Numbers of first words: what is needed behind words of one number is the same.
const FIRSTS: usize = 256;

/// The number of first words that find no other, and of those that need nothing.
const NEEDS_NOTHING: u8 = 1;

/// Numbers of words that may follow: words of one number may follow the same.
const FOLLOWERS: usize = 512;

/// The number of such words that find no other: they may follow all.
const FOLLOWS_ALL: usize = FOLLOWERS - 1;

/// Bits of a row.
const ROW: usize = FOLLOWERS / 64;

/// Which first words a word may follow, one bit for each number: directly, and near.
type Follows = [[u64; FIRSTS / 64]; 2];

/// For each number of a first word one bit for each number of a word that may follow.
type Rows = [[u64; ROW]; FIRSTS];

/// Bits of a head's hash.
const HASH: u32 = 14;

#[inline]
fn has(rows: &Rows, first: usize, follow: usize) -> u64 {
    rows[first % FIRSTS][follow / 64 % ROW] >> (follow % 64) & 1
}

impl Heads {
    /// Of nothing.
    #[expect(clippy::large_stack_arrays, reason = "made once a language, and goes to the heap")]
    pub(super) fn none() -> Self {
        let rows = || Box::new([[0; ROW]; FIRSTS]);
        let cells = Box::new([Cell::default(); 1 << HASH]);
        Self { cells, next: rows(), near: rows(), may: Box::new([0; FIRSTS]), within: [0; FIRSTS] }
    }

    /// Of all that patterns begin with; `words` are written by number. Asks to be told of `watched` words of some kinds, of ASCII in any
    /// case, of others in small letters, capitals, or with a capital; more are told of.
    pub(super) fn compile(begun: &[Begun], words: &[String], watched: &[(Kinds, Vec<String>)]) -> Self {
        let mut all = Self::none();
        let heads: Vec<[u16; 2]> = words.iter().map(|word| [head(word), head(&capitalised(word))]).collect();
        let needed = all.begin(begun, &heads);
        all.follow(&heads, &needed);
        for (kinds, words) in watched {
            for word in words {
                let mut watch = |word: &str| all.cells[usize::from(head(word))].0 |= u32::from(kinds.0) << Cell::KINDS | 1 << Cell::WATCHED;
                watch(word);
                if !word.is_ascii() {
                    for form in forms(word) {
                        watch(&form);
                    }
                }
            }
        }
        all
    }

    /// Numbers the words that patterns begin with by what they need. Of each number: what that is.
    fn begin<'n>(&mut self, begun: &'n [Begun], heads: &[[u16; 2]]) -> Vec<(u8, &'n Needs)> {
        let mut beginning: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for (n, (ids, _)) in begun.iter().enumerate() {
            for head in ids.iter().filter_map(|&id| heads.get(usize::from(id))).flatten() {
                let all = beginning.entry(*head).or_default();
                if all.last() != Some(&n) {
                    all.push(n);
                }
            }
        }
        let (mut numbers, mut needed): (FxHashMap<Vec<usize>, u8>, Vec<(u8, &Needs)>) = Default::default();
        let mut free = NEEDS_NOTHING + 1;
        for (head, all) in beginning {
            let needs: Option<Vec<&Needs>> = all.iter().map(|&n| begun.get(n)?.1.as_ref()).collect();
            let number = match needs {
                Some(needs) if free > 0 => *numbers.entry(all).or_insert_with(|| {
                    needed.extend(needs.into_iter().map(|needs| (free, needs)));
                    let number = free;
                    // Behind the last it is 0 again: then there is no other.
                    free = free.wrapping_add(1);
                    number
                }),
                needs => needs.and_then(|_| numbers.get(&all).copied()).unwrap_or(NEEDS_NOTHING),
            };
            self.cells[usize::from(head)].0 |= u32::from(number) << Cell::FIRST;
        }
        needed
    }

    /// Numbers the words that may follow by what they may follow.
    fn follow(&mut self, heads: &[[u16; 2]], needed: &[(u8, &Needs)]) {
        // Of each word which first words it may follow: next in the first half, near in the other.
        let mut follows = vec![Follows::default(); heads.len()];
        for (number, needs) in needed {
            let number = usize::from(*number);
            for (half, ids) in [&needs.next, &needs.near].into_iter().enumerate() {
                for &id in ids {
                    if let Some(follows) = follows.get_mut(usize::from(id)) {
                        follows[half][number / 64] |= 1 << (number % 64);
                    }
                }
            }
            self.within[number] = self.within[number].max(needs.within.min(NEAR));
        }
        let mut of_heads: BTreeMap<u16, Follows> = BTreeMap::new();
        for (follows, heads) in follows.iter().zip(heads).filter(|(follows, _)| **follows != Follows::default()) {
            for head in heads {
                let known = of_heads.entry(*head).or_default();
                known.iter_mut().flatten().zip(follows.iter().flatten()).for_each(|(known, more)| *known |= more);
            }
        }
        let mut numbers: FxHashMap<Follows, usize> = FxHashMap::default();
        for (head, follows) in of_heads {
            // None shares its bit of the first look with the words that may follow none.
            let next = numbers.len() + 1 + numbers.len() / 63;
            let number = if next < FOLLOWS_ALL { *numbers.entry(follows).or_insert(next) } else { FOLLOWS_ALL };
            self.cells[usize::from(head)].0 |= u32::try_from(number).unwrap_or_default();
            for (half, rows) in [&mut self.next, &mut self.near].into_iter().enumerate() {
                let firsts = follows[half].iter().zip((0..).step_by(64)).flat_map(|(bits, from)| ones(*bits).map(move |bit| from + bit));
                for first in firsts {
                    rows[first % FIRSTS][number / 64] |= 1 << (number % 64);
                }
            }
        }
        self.next[usize::from(NEEDS_NOTHING)] = [u64::MAX; ROW];
        for row in &mut self.next[1..] {
            row[FOLLOWS_ALL / 64] |= 1 << (FOLLOWS_ALL % 64);
        }
        for (may, (row, within)) in self.may.iter_mut().zip(self.next.iter().zip(&self.within)) {
            *may = if *within > 0 { u64::MAX } else { row.iter().fold(0, |may, bits| may | bits) };
        }
    }

    /// The places of a passage, whose words are known, where a pattern may begin.
    pub(super) fn places<'a>(&'a self, passage: &'a str, words: &'a WordBits) -> Places<'a> {
        let nothing = Word { start: 0, cell: Cell(0) };
        Places { heads: self, passage: passage.as_bytes(), next: 0, bits: words, inside: 0, words: [nothing; AHEAD], known: 0, open: 0 }
    }
}

/// Which bits are ones.
fn ones(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = bits.checked_ilog2()?;
        bits ^= 1 << bit;
        Some(bit as usize)
    })
}

/// The index of a word's head.
fn head(word: &str) -> u16 {
    place(blocks::head(word.as_bytes(), 0, word.len()))
}

#[inline]
fn place(head: u64) -> u16 {
    u16::try_from(head >> (64 - HASH)).unwrap_or_default()
}

/// Room for the words of a block, and those before that wait for them.
const AHEAD: usize = 32;
const _: () = assert!(STRIDE.div_ceil(2) + NEAR as usize <= AHEAD);

/// One word at hand.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    cell: Cell,
}

/// Walks a passage from place to place.
pub(super) struct Places<'a> {
    heads: &'a Heads,
    passage: &'a [u8],
    /// The next block.
    next: usize,
    bits: &'a WordBits,
    /// 1 where a word goes on from the block before.
    inside: u64,
    /// The words at hand.
    words: [Word; AHEAD],
    /// How many there are, and a bit for each to be looked at yet, the last one's lowest: that may begin a pattern, or is watched for.
    known: usize,
    open: u64,
}

impl Places<'_> {
    /// The next place; tells where words begin on the way that are watched for, in order.
    pub(super) fn next(&mut self, watch: &mut impl FnMut(u32, Kinds)) -> Option<u32> {
        loop {
            let ended = self.next >= self.passage.len();
            // The last words wait for those behind them.
            let wait = if ended { 0 } else { u32::from(NEAR) };
            while self.open >> wait != 0 {
                let bit = self.open.ilog2();
                self.open ^= 1 << bit;
                let nth = (self.known - 1 - bit as usize) % AHEAD;
                let Word { start, cell } = self.words[nth];
                if cell.watched() == 1 {
                    watch(start, cell.kinds());
                }
                if cell.first() != 0 && self.may_follow(nth, cell.first()) {
                    return Some(start);
                }
            }
            if ended {
                return None;
            }
            self.read();
        }
    }

    /// Takes up the words of the next block.
    fn read(&mut self) {
        let heads = self.heads;
        let mut known = self.known.min(usize::from(NEAR));
        let passed = self.known - known;
        for nth in 0..usize::from(NEAR) {
            self.words[nth] = self.words[(passed + nth) % AHEAD];
        }
        let mut open = self.open;
        // What the word before needs; none is needed where there is none.
        let mut before = if known > 0 { self.words[(known - 1) % AHEAD].cell } else { Cell(0) };
        let mut room = None;
        let block = blocks::view(self.passage, self.next, &mut room);
        let letters = self.bits.at(self.next);
        let mut left = letters & !(letters << 1 | self.inside) & (u64::MAX >> (BLOCK - STRIDE));
        self.inside = letters >> (STRIDE - 1) & 1;
        let at = Span::from(0..self.next).end;
        while left != 0 {
            let n = left.trailing_zeros();
            left &= left - 1;
            let head = place(blocks::head_at(block, letters, n as usize));
            let cell = heads.cells[usize::from(head) % (1 << HASH)];
            self.words[known % AHEAD] = Word { start: at + n, cell };
            // Without a branch: whether the word before may begin a pattern changes from word to word.
            let may_follow = heads.may[before.first()] >> (cell.follow() % 64) & 1;
            open = (open | may_follow) << 1 | cell.watched();
            before = cell;
            known += 1;
        }
        self.next += STRIDE;
        if self.next >= self.passage.len() {
            // What stands behind the last word is told by its words.
            open |= u64::from(before.first() != 0);
        }
        (self.known, self.open) = (known, open);
    }

    /// Whether the words behind one may follow it. Where the passage ends before, that is told by its words.
    #[inline]
    fn may_follow(&self, nth: usize, first: usize) -> bool {
        let within = usize::from(self.heads.within[first % FIRSTS]);
        let behind = |by: usize| self.words[(nth + by) % AHEAD].cell.follow();
        nth + within.max(1) >= self.known
            || has(&self.heads.next, first, behind(1)) == 1
            || (1..=within).any(|by| has(&self.heads.near, first, behind(by)) == 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, word by word, told by their heads.
    fn slowly(begun: &[Begun], words: &[String], passage: &str) -> Vec<usize> {
        let bytes = passage.as_bytes();
        let is_word = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() && !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{2FFF}');
        let read: Vec<&str> = passage.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect();
        let place_of = |word: &str| word.as_ptr() as usize - bytes.as_ptr() as usize;
        let is = |id: &u16, word: &str| head(&words[usize::from(*id)]) == head(word);
        let may_begin = |n: &usize| {
            let behind = &read[n + 1..];
            begun.iter().filter(|(ids, _)| ids.iter().any(|id| is(id, read[*n]))).any(|(_, needs)| {
                let Some(needs) = needs else { return true };
                let within = usize::from(needs.within);
                let one_of = |ids: &[u16], word: &&str| ids.iter().any(|id| is(id, word));
                behind.len() < within.max(1)
                    || one_of(&needs.next, &behind[0])
                    || behind.iter().take(within).any(|word| one_of(&needs.near, word))
            })
        };
        (0..read.len()).filter(may_begin).map(|n| place_of(read[n])).collect()
    }

    proptest! {
        #[test]
        fn places_are_where_words_say(passage in "(some|It is|widely|believed|experts|said| |, |—|\u{a0}|жар|most of all the|a|7){0,60}") {
            let words: Vec<String> = ["", "0", "experts", "believed", "of", "widely", "some", "most", "it", "жар"].map(String::from).into();
            let begun: [Begun; 4] = [
                (vec![6, 7], Some(Needs { next: vec![2, 4], near: vec![3], within: 3 })),
                (vec![8], Some(Needs { next: Vec::new(), near: vec![5], within: 2 })),
                (vec![2], Some(Needs { next: vec![3], ..Needs::default() })),
                (vec![9], None),
            ];
            let heads = Heads::compile(&begun, &words, &[(Kinds::CUE, ["said", "experts"].map(String::from).into())]);
            let bits = WordBits::of(&passage);
            let (mut places, mut got, mut seen) = (heads.places(&passage, &bits), Vec::new(), Vec::new());
            while let Some(place) = places.next(&mut |at, _| seen.push(at)) {
                got.push(place as usize);
            }
            prop_assert_eq!(got, slowly(&begun, &words, &passage));
            let is_word = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() && !matches!(c, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{2FFF}');
            let place_of = |word: &str| Span::of(word, &passage).start;
            let watched: Vec<u32> = passage.split(|c| !is_word(c)).filter(|w| ["said", "experts"].contains(w)).map(place_of).collect();
            prop_assert!(watched.iter().all(|at| seen.contains(at)) && seen.is_sorted(), "{:?} {:?}", watched, seen);
        }
    }
}
