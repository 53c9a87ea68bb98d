//! Compiling names into a trie of token keys.
//!
//! Tokens are cut and hashed on all threads; the trie itself is one hash map from a node and a key to
//! the next node, filled in one go. All names that end at one node lie side by side, and so do the
//! senses of each: a scan borrows them and copies nothing.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::caution;
use super::compare::{Fit, fits};
use super::edges::Edges;
use super::token::{self, Shape, mix};
use super::{CaseRule, Name, Sense};
use crate::text::blocks;

/// Names of more tokens than this are left out: nobody writes them twice the same way, and a bound keeps a scan linear.
const MOST_TOKENS: usize = 32;

/// Answers "certainly not" quickly for most words.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    /// Of hashes. So small that it stays in the cache: names begin with far fewer words than they are.
    fn of(mut keys: Vec<u64>) -> Self {
        keys.par_sort_unstable();
        keys.dedup();
        let words = (keys.len().max(64) * 16).next_power_of_two() / 64;
        let mut filter = Self { bits: vec![0; words.min(1 << 18)] };
        for key in keys {
            let at = filter.place(key);
            filter.bits[at] |= 1 << (key >> 34 & 63);
        }
        filter
    }

    /// Whether the key may be among those added.
    pub fn may_have(&self, key: u64) -> bool {
        self.bits.get(self.place(key)).is_some_and(|word| word >> (key >> 34 & 63) & 1 == 1)
    }

    fn place(&self, key: u64) -> usize {
        (key >> 40) as usize & self.bits.len().wrapping_sub(1)
    }
}

/// One spelling under one case rule.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    text: u32,
    len: u16,
    /// How case counts.
    pub case: CaseRule,
    /// What [`caution`] made of it.
    pub care: caution::Care,
    /// Its senses, and those of other entries that its own spelling fits too.
    senses: u32,
    count: u32,
}

/// The compiled names.
#[derive(Clone, Debug, Default)]
pub struct Trie {
    /// Node and key to the next node.
    edges: Edges,
    /// The same of first words, from no node: a small table that stays in the cache.
    roots: Edges,
    /// One bit a node: whether anything follows it. Saves the search for what is not there.
    inner: Vec<u64>,
    /// Keys of first words as they may stand in a text: those that may begin with a small letter, and the rest.
    lower: Filter,
    upper: Filter,
    /// The same by the heads of those in ASCII.
    lower_heads: Filter,
    upper_heads: Filter,
    /// Entries of node `n`: `first[n]..first[n + 1]`.
    first: Vec<u32>,
    entries: Vec<Entry>,
    senses: Vec<Sense>,
    text: String,
    /// Names left out, with the caller's number and the reason.
    pub rejected: Vec<Rejected>,
}

/// A name that is not searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The name as given.
    pub text: String,
    /// Whose.
    pub record: u32,
    /// Through which role.
    pub role: Option<u16>,
    /// Why.
    pub reason: caution::Reason,
}

const ROOT: u32 = 0;

impl Trie {
    /// Whether a first word may begin a name.
    pub fn may_begin(&self, token: &token::Token) -> bool {
        match token.shape {
            Shape::Lower => self.lower.may_have(token.key),
            _ => self.upper.may_have(token.key),
        }
    }

    /// The same of a word of ASCII, by its head.
    pub fn may_begin_so(&self, head: u64, capital: bool) -> bool {
        if capital { self.upper_heads.may_have(head) } else { self.lower_heads.may_have(head) }
    }

    /// The node of a first word.
    pub fn root(&self, key: u64) -> Option<u32> {
        self.roots.get(edge(ROOT, key))
    }

    /// Whether any token leads on from `node`.
    pub fn goes_on(&self, node: u32) -> bool {
        self.inner.get(node as usize / 64).is_some_and(|bits| bits >> (node % 64) & 1 == 1)
    }

    /// The node behind `node` over a token.
    pub fn step(&self, node: u32, key: u64) -> Option<u32> {
        self.edges.get(edge(node, key))
    }

    /// The records that share a name with another, sorted.
    pub fn shared(&self) -> Vec<u32> {
        let shared = self.entries.iter().map(|entry| self.senses(entry)).filter(|senses| senses.len() > 1);
        let mut all: Vec<u32> = shared.flatten().map(|sense| sense.record).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// How many spellings there are.
    pub fn count(&self) -> usize {
        self.entries.len()
    }

    /// The entries whose last token leads to `node`.
    pub fn entries(&self, node: u32) -> &[Entry] {
        let (Some(&from), Some(&to)) = (self.first.get(node as usize), self.first.get(node as usize + 1)) else { return &[] };
        self.entries.get(from as usize..to as usize).unwrap_or_default()
    }

    /// The name of an entry, without marks around it.
    pub fn text(&self, entry: &Entry) -> &str {
        self.text.get(entry.text as usize..entry.text as usize + usize::from(entry.len)).unwrap_or_default()
    }

    /// All that an entry may mean.
    pub fn senses(&self, entry: &Entry) -> &[Sense] {
        self.senses.get(entry.senses as usize..(entry.senses + entry.count) as usize).unwrap_or_default()
    }

    /// Compiles names.
    pub fn build(names: &[Name<'_>]) -> Self {
        let mut trie = Self { edges: Edges::with_room(names.len() + names.len() / 2), ..Self::default() };
        let (mut filed, mut nodes, mut firsts) = (Vec::with_capacity(names.len()), 1, Firsts::default());
        // Some names at a time: cut into tokens they take several times the room.
        for (turn, some) in names.chunks(AT_ONCE).enumerate() {
            let cut: Vec<Chunk> =
                some.par_chunks(SHARE).enumerate().map(|(n, share)| Chunk::of(share, turn * AT_ONCE + n * SHARE)).collect();
            for chunk in cut {
                firsts.take(&chunk.firsts);
                trie.insert(&chunk, &mut nodes, &mut filed);
                trie.rejected.extend(chunk.rejected);
            }
            firsts.tidy();
        }
        let Firsts { upper, lower, upper_heads, lower_heads } = firsts;
        [trie.upper, trie.lower, trie.upper_heads, trie.lower_heads] = [upper, lower, upper_heads, lower_heads].map(Filter::of);
        filed.par_sort_unstable_by(|a, b| a.compare(b, names));
        trie.lay_out(nodes, &filed, names);
        trie
    }

    fn insert(&mut self, chunk: &Chunk, nodes: &mut u32, filed: &mut Vec<Filed>) {
        let mut keys = chunk.keys.iter();
        for kept in &chunk.names {
            let mut node = ROOT;
            for &key in keys.by_ref().take(usize::from(kept.tokens)) {
                self.mark_inner(node);
                let table = if node == ROOT { &mut self.roots } else { &mut self.edges };
                node = table.insert(edge(node, key), *nodes);
                *nodes += u32::from(node == *nodes);
            }
            filed.push(Filed { node, name: kept.name, care: kept.care });
        }
    }

    fn mark_inner(&mut self, node: u32) {
        let at = node as usize / 64;
        if self.inner.len() <= at {
            self.inner.resize(at + 1, 0);
        }
        self.inner[at] |= 1 << (node % 64);
    }

    /// Writes entries and senses in the order of their nodes.
    fn lay_out(&mut self, nodes: u32, filed: &[Filed], names: &[Name<'_>]) {
        self.first = Vec::with_capacity(nodes as usize + 1);
        self.senses.reserve_exact(filed.len());
        self.entries.reserve_exact(filed.len());
        self.text.reserve_exact(names.iter().map(|name| name.text.len()).sum());
        for group in filed.chunk_by(|a, b| a.node == b.node) {
            self.first.resize(group[0].node as usize + 1, self.entries.len() as u32);
            let from = self.entries.len();
            for same in group.chunk_by(|a, b| a.text(names) == b.text(names) && a.name(names).case == b.name(names).case) {
                let (words, case) = (same[0].text(names), same[0].name(names).case);
                let text = self.text.len() as u32;
                self.text.push_str(words);
                let senses = self.senses.len() as u32;
                for sense in same.iter().map(|filed| filed.sense(names)) {
                    if self.senses[senses as usize..].last() != Some(&sense) {
                        self.senses.push(sense);
                    }
                }
                let count = self.senses.len() as u32 - senses;
                self.entries.push(Entry { text, len: words.len() as u16, case, care: same[0].care, senses, count });
            }
            if self.entries.len() - from > 1 {
                self.unite(from);
            }
        }
        self.first.resize(nodes as usize + 1, self.entries.len() as u32);
        self.senses.shrink_to_fit();
        self.text.shrink_to_fit();
        self.entries.shrink_to_fit();
    }

    /// Gives every entry from `from` the senses of those that its own spelling fits as well: "March" the
    /// person keeps "march" the event as a candidate, and «Лаврова» keeps «Лавров».
    fn unite(&mut self, from: usize) {
        // More spellings of one name than this differ in case only by malice; comparing all with all is quadratic.
        const MOST: usize = 64;
        let group: Vec<Entry> = self.entries[from..].iter().take(MOST).copied().collect();
        for (i, entry) in group.iter().enumerate() {
            let spelled = self.text(entry).to_owned();
            let mut all: Vec<Sense> = self.senses(entry).to_vec();
            for (j, other) in group.iter().enumerate() {
                if i != j && fits(self.text(other), other.case, &spelled, || false) != Fit::No {
                    all.extend_from_slice(self.senses(other));
                }
            }
            all.sort_unstable();
            all.dedup();
            if all.len() > entry.count as usize {
                let (senses, count) = (self.senses.len() as u32, all.len() as u32);
                self.senses.extend_from_slice(&all);
                let entry = &mut self.entries[from + i];
                (entry.senses, entry.count) = (senses, count);
            }
        }
    }
}

fn edge(node: u32, key: u64) -> u64 {
    mix(key, u64::from(node) << 32 | 0x9E37)
}

/// So many names are cut into tokens before they are filed.
const AT_ONCE: usize = 1 << 17;

/// So many of them are one thread's at a time.
const SHARE: usize = 1 << 12;

/// The hashes of first words and of their heads, for the filters.
#[derive(Default)]
struct Firsts {
    upper: Vec<u64>,
    lower: Vec<u64>,
    upper_heads: Vec<u64>,
    lower_heads: Vec<u64>,
}

impl Firsts {
    fn take(&mut self, firsts: &[First]) {
        let lower = || firsts.iter().filter(|first| first.may_be_lower);
        self.upper.extend(firsts.iter().map(|first| first.key));
        self.lower.extend(lower().map(|first| first.key));
        self.upper_heads.extend(firsts.iter().filter_map(|first| first.head));
        self.lower_heads.extend(lower().filter_map(|first| first.head));
    }

    /// Names begin with far fewer words than they are.
    fn tidy(&mut self) {
        for list in [&mut self.upper, &mut self.lower, &mut self.upper_heads, &mut self.lower_heads] {
            list.sort_unstable();
            list.dedup();
        }
    }
}

/// Part of the names, cut into tokens.
struct Chunk {
    names: Vec<Kept>,
    keys: Vec<u64>,
    firsts: Vec<First>,
    rejected: Vec<Rejected>,
}

/// The first word of a name.
struct First {
    key: u64,
    /// Of a word of ASCII.
    head: Option<u64>,
    /// Whether it may stand in a text with a small letter.
    may_be_lower: bool,
}

struct Kept {
    /// Its place among all names.
    name: u32,
    care: caution::Care,
    tokens: u8,
}

/// A name and the node at which it ends.
#[derive(Clone, Copy)]
struct Filed {
    node: u32,
    name: u32,
    care: caution::Care,
}

impl Filed {
    fn name<'a>(self, names: &[Name<'a>]) -> Name<'a> {
        names[self.name as usize]
    }

    fn text<'a>(self, names: &[Name<'a>]) -> &'a str {
        bare(self.name(names).text).unwrap_or_default()
    }

    fn sense(self, names: &[Name<'_>]) -> Sense {
        let name = self.name(names);
        Sense { record: name.record, role: name.role }
    }

    /// By node, words, case and sense.
    fn compare(&self, other: &Self, names: &[Name<'_>]) -> Ordering {
        let folded = |one: &Self| one.name(names).case == CaseRule::Folded;
        let by_node = self.node.cmp(&other.node);
        let by_text = by_node.then_with(|| self.text(names).cmp(other.text(names)));
        by_text.then_with(|| (folded(self), self.sense(names)).cmp(&(folded(other), other.sense(names))))
    }
}

impl Chunk {
    /// Of names that follow each other, the first of which has that place among all.
    fn of(names: &[Name<'_>], from: usize) -> Self {
        let mut chunk = Self {
            names: Vec::with_capacity(names.len()),
            keys: Vec::with_capacity(names.len() * 3),
            firsts: Vec::with_capacity(names.len()),
            rejected: Vec::new(),
        };
        for (place, name) in (from as u32..).zip(names) {
            if let Err(reason) = chunk.take(name, place) {
                chunk.rejected.push(Rejected { text: name.text.to_owned(), record: name.record, role: name.role, reason });
            }
        }
        chunk
    }

    fn take(&mut self, name: &Name<'_>, place: u32) -> Result<(), caution::Reason> {
        let text = bare(name.text).ok_or(caution::Reason::NoWord)?;
        let care = caution::judge(text, name.case)?;
        let (from, mut at) = (self.keys.len(), 0);
        let Some(first) = token::next(text, 0) else { return Err(caution::Reason::NoWord) };
        while let Some(token) = token::next(text, at) {
            self.keys.push(token.key);
            at = token.end;
        }
        let tokens = self.keys.len() - from;
        if tokens > MOST_TOKENS || text.len() > usize::from(u16::MAX) {
            self.keys.truncate(from);
            return Err(caution::Reason::TooLong);
        }
        let may_be_lower = name.case == CaseRule::Folded || first.shape == Shape::Lower;
        let written = &text.as_bytes()[first.start..first.end];
        let head = written.is_ascii().then(|| blocks::head(written, 0, written.len()));
        self.firsts.push(First { key: first.key, head, may_be_lower });
        self.names.push(Kept { name: place, care, tokens: tokens as u8 });
        Ok(())
    }
}

/// A name without the marks and spaces around it, from its first letter or digit to its last, with the full stop of an
/// abbreviation (`U.S.`) and a closing bracket that was opened. `None` when nothing is left.
fn bare(name: &str) -> Option<&str> {
    let start = name.find(token::is_word_char)?;
    let name = &name[start..];
    let (last, c) = name.char_indices().rev().find(|&(_, c)| token::is_word_char(c))?;
    let end = last + c.len_utf8();
    let (inner, rest) = name.split_at(end);
    let kept = match rest.chars().next() {
        Some('.') if inner.contains('.') => 1,
        Some(')') if inner.contains('(') => 1,
        _ => 0,
    };
    name.get(..end + kept)
}
