//! The small language of the lexicons, compiled.
//!
//! ```text
//! @people = expert{,s} critics      a set of words; braces hold endings
//! some|many @people                 one word of these, then one of the set
//! widely|often? believed            the first may be missing
//! some _? people                    any one word may stand between
//! many !as                          the next word is not one of these
//! some !0                           the next word is no number in digits
//! however ,? some                   a comma or another mark may stand between; without it none may
//! , some                            a mark stands before, or nothing at all: the passage begins
//! ```

use rustc_hash::FxHashMap;

use super::PhraseKind;
use super::heads::{Begun, Heads, NEAR, Needs};
use super::words::{Ahead, DIGITS, UNKNOWN, Vocabulary, Word};
use crate::prose::lexicon;
use crate::prose::watch::Kinds;
use crate::text::Span;
use crate::text::blocks::WordBits;

/// All patterns of a lexicon.
#[derive(Debug)]
pub(super) struct Patterns {
    vocabulary: Vocabulary,
    sets: Vec<Set>,
    patterns: Vec<Pattern>,
    /// For each word's number which of `openings` is its own; the first says that no pattern begins with it.
    opening: Vec<u16>,
    openings: Vec<Opening>,
    /// The words that some pattern may begin with.
    heads: Heads,
}

#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    /// One bit for each word that may come third, by its number; [`ANY`] where every word may, or none need.
    third: u64,
    /// `None`: words that are nobody's fault, so that no part of them is taken for a phrase.
    kind: Option<PhraseKind>,
    /// Why the lexicon lists it.
    reason: &'static str,
}

/// The patterns that may begin with some words, by the word that comes second.
#[derive(Debug)]
struct Opening {
    /// Indices of patterns, the last line's first. The first list holds those that go on with any word, or none.
    lists: Vec<Vec<u16>>,
    /// For each word's number the index of its list.
    second: Vec<u16>,
}

/// A pattern that may begin with some word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Start {
    /// Its index.
    pattern: u16,
    /// The words that may then come second; `None`: any, or none.
    second: Option<Set>,
    /// Words of which one must come among the next so many; `None` where that cannot be told, or lies too far.
    near: Option<(Set, u8)>,
}

#[derive(Clone, Copy, Debug)]
struct Part {
    what: What,
    optional: bool,
}

#[derive(Clone, Copy, Debug)]
enum What {
    /// One word of a set, by its index.
    Word(usize),
    /// Any word.
    Any,
    /// A mark before the next word.
    Mark,
    /// The next word is none of a set.
    Not(usize),
}

/// All words.
const ANY: u64 = u64::MAX;

impl Pattern {
    /// Whether the third word may be one of a number.
    #[inline]
    fn may_go_on(&self, third: u16) -> bool {
        self.third == ANY || third != UNKNOWN && self.third >> (third % 64) & 1 == 1
    }

    /// The parts up to the first that may not be missing.
    fn before_needed(&self) -> &[Part] {
        let needed = self.parts.iter().position(|p| !p.optional && matches!(p.what, What::Word(_) | What::Any));
        &self.parts[..needed.map_or(self.parts.len(), |n| n + 1)]
    }
}

impl Part {
    /// The set of which it is one word.
    fn set(&self) -> Option<usize> {
        if let What::Word(set) = self.what { Some(set) } else { None }
    }
}

/// For each part that one word may fit behind some parts its index; `None` among them where no word need follow.
fn fitting_next(parts: &[Part], from: usize) -> impl Iterator<Item = Option<usize>> {
    let rest = parts.iter().enumerate().skip(from).filter(|(_, part)| matches!(part.what, What::Word(_) | What::Any));
    let mut may_end = true;
    let mut found: Vec<Option<usize>> = Vec::new();
    for (n, part) in rest {
        found.push(Some(n));
        if !part.optional {
            may_end = false;
            break;
        }
    }
    found.extend(may_end.then_some(None));
    found.into_iter()
}

/// One bit for each word's number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Set(Vec<u64>);

impl Set {
    fn insert(&mut self, id: u16) {
        let cell = id as usize / 64;
        if self.0.len() <= cell {
            self.0.resize(cell + 1, 0);
        }
        self.0[cell] |= 1 << (id % 64);
    }

    fn unite(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(cell, more)| *cell |= more);
    }

    fn ids(&self) -> impl Iterator<Item = u16> {
        (0_u16..).zip(&self.0).flat_map(|(cell, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(cell * 64 + u16::try_from(bit).unwrap_or_default())
            })
        })
    }

    fn has(&self, id: u16) -> bool {
        self.0.get(id as usize / 64).is_some_and(|cell| cell & (1 << (id % 64)) != 0)
    }
}

impl Patterns {
    /// From the files of one language; each has its own sets. Lines of an unknown class say nothing.
    /// `watched`: words that are told of in [`Patterns::each`], by kind.
    pub(super) fn compile(files: &[&'static str], watched: &[(Kinds, Vec<String>)]) -> Self {
        let (vocabulary, heads) = (Vocabulary::new(), Heads::none());
        let (opening, openings) = (Vec::new(), Vec::new());
        let mut all = Self { vocabulary, sets: Vec::new(), patterns: Vec::new(), opening, openings, heads };
        for file in files {
            all.read(file);
        }
        let begun = all.open();
        all.heads = Heads::compile(&begun, all.vocabulary.words(), watched);
        all
    }

    /// Groups the words that begin patterns by what may follow them: the words of one set share all of it. Those words, and what they need.
    fn open(&mut self) -> Vec<Begun> {
        let count = self.vocabulary.words().len();
        let mut groups: FxHashMap<Vec<Start>, u16> = FxHashMap::default();
        let mut members: Vec<(Vec<Start>, Vec<u16>)> = vec![(Vec::new(), Vec::new())];
        groups.insert(Vec::new(), 0);
        for (id, starts) in (0..=u16::MAX).zip(self.beginnings()) {
            let next = u16::try_from(members.len()).unwrap_or(u16::MAX);
            let group = *groups.entry(starts).or_insert_with_key(|starts| {
                members.push((starts.clone(), Vec::new()));
                next
            });
            self.opening.push(group);
            if let Some((_, ids)) = members.get_mut(usize::from(group)) {
                ids.push(id);
            }
        }
        self.openings = members.iter().map(|(starts, _)| Opening::of(starts, count)).collect();
        members.into_iter().filter(|(starts, _)| !starts.is_empty()).map(|(starts, ids)| (ids, needs(&starts))).collect()
    }

    fn read(&mut self, file: &'static str) {
        let mut named: FxHashMap<&str, Vec<String>> = FxHashMap::default();
        for entry in lexicon::entries(file) {
            let kind = match entry.class {
                "vague" => Some(PhraseKind::Vague),
                "unspecific" => Some(PhraseKind::Unspecific),
                "anonymous" => Some(PhraseKind::Anonymous),
                "superlative" => Some(PhraseKind::Superlative),
                "proportion" => Some(PhraseKind::Proportion),
                "event" => Some(PhraseKind::Event),
                "relative" => Some(PhraseKind::Relative),
                "plain" => None,
                "set" => {
                    let (name, words) = entry.words.split_once('=').unwrap_or_default();
                    let words = words.split_whitespace().flat_map(|word| alternatives(word, &named)).collect();
                    named.insert(name.trim(), words);
                    continue;
                }
                _ => continue,
            };
            let parts: Vec<Part> = entry.words.split_whitespace().map(|part| self.part(part, &named)).collect();
            let mut pattern = Pattern { parts, third: ANY, kind, reason: entry.reason };
            pattern.third = self.third(&pattern);
            self.patterns.push(pattern);
        }
    }

    fn part(&mut self, written: &str, named: &FxHashMap<&str, Vec<String>>) -> Part {
        let (written, optional) = written.strip_suffix('?').map_or((written, false), |w| (w, true));
        let what = match written {
            "_" => What::Any,
            "," => What::Mark,
            _ => {
                let (written, not) = written.strip_prefix('!').map_or((written, false), |w| (w, true));
                let mut set = Set::default();
                for word in alternatives(written, named) {
                    set.insert(self.vocabulary.number(&word));
                }
                self.sets.push(set);
                if not { What::Not(self.sets.len() - 1) } else { What::Word(self.sets.len() - 1) }
            }
        };
        Part { what, optional }
    }

    /// For each word's number the patterns that may begin with it.
    fn beginnings(&self) -> Vec<Vec<Start>> {
        let mut all = vec![Vec::new(); self.vocabulary.words().len()];
        for (n, pattern) in (0u16..).zip(&self.patterns) {
            let mut firsts = Set::default();
            pattern.before_needed().iter().filter_map(Part::set).for_each(|set| firsts.unite(&self.sets[set]));
            for id in firsts.ids().filter(|&id| id != UNKNOWN) {
                if let Some(starts) = all.get_mut(usize::from(id)) {
                    starts.push(Start { pattern: n, second: self.second(pattern, id), near: self.near(pattern, id) });
                }
            }
        }
        all
    }

    /// The parts of a pattern that its first word may fit: the first, and those behind parts that may be missing.
    fn fitting<'p>(&'p self, pattern: &'p Pattern, first: u16) -> impl Iterator<Item = usize> + 'p {
        let fits = move |part: &Part| part.set().is_some_and(|set| self.sets[set].has(first));
        pattern.before_needed().iter().enumerate().filter(move |(_, part)| fits(part)).map(|(n, _)| n)
    }

    /// Words of which one must come soon behind a word that begins a pattern: those of the next part that may not be
    /// missing, and how many words on at most.
    fn near(&self, pattern: &Pattern, first: u16) -> Option<(Set, u8)> {
        let (mut all, mut within) = (Set::default(), 0);
        for i in self.fitting(pattern, first) {
            let mut words = 0;
            let set = pattern.parts[i + 1..].iter().find_map(|part| {
                words += u8::from(matches!(part.what, What::Word(_) | What::Any));
                match part.what {
                    What::Word(set) if !part.optional => Some(set),
                    _ => None,
                }
            })?;
            all.unite(&self.sets[set]);
            within = words.max(within);
        }
        // All numbers in digits are one word.
        (within <= NEAR && !all.has(DIGITS)).then_some((all, within))
    }

    /// What may come third in a pattern.
    fn third(&self, pattern: &Pattern) -> u64 {
        let parts = &pattern.parts;
        let firsts = pattern.before_needed().iter().enumerate().filter(|(_, part)| part.set().is_some()).map(|(n, _)| Some(n));
        let behind = |fitted: Option<usize>| fitting_next(parts, fitted.map_or(parts.len(), |n| n + 1));
        firsts.flat_map(behind).flat_map(behind).fold(0, |bits, fitted| {
            let set = fitted.and_then(|n| parts.get(n)?.set()).and_then(|set| self.sets.get(set));
            set.map_or(ANY, |set| set.0.iter().fold(bits, |bits, cell| bits | cell))
        })
    }

    /// The words that may follow a word that begins a pattern; `None` when any may, or none need.
    fn second(&self, pattern: &Pattern, first: u16) -> Option<Set> {
        let mut all = Set::default();
        // Behind every part that the word may fit: more than may truly follow, but no less.
        for i in self.fitting(pattern, first) {
            let mut rest = pattern.parts[i + 1..].iter();
            loop {
                let part = rest.next()?;
                match part.what {
                    What::Any => return None,
                    What::Word(set) => all.unite(&self.sets[set]),
                    What::Mark | What::Not(_) => continue,
                }
                if !part.optional {
                    break;
                }
            }
        }
        Some(all)
    }

    /// Appends the bytes of a passage at which a phrase may begin; calls `watch` for each place, in order, where a word may begin that
    /// is watched for.
    pub(super) fn places(&self, passage: &str, bits: &WordBits, into: &mut Vec<u32>, mut watch: impl FnMut(u32, Kinds)) {
        let mut places = self.heads.places(passage, bits);
        while let Some(start) = places.next(&mut watch) {
            into.push(start);
        }
    }

    /// Calls `found` for every phrase of a passage that begins at one of some places, in order: its bytes, and what is wrong with it, if
    /// anything.
    pub(super) fn each(&self, passage: &str, places: &[u32], mut found: impl FnMut(Span, Option<PhraseKind>)) {
        self.each_pattern(passage, places, |span, pattern| found(span, pattern.kind));
    }

    /// Why the lexicon lists the phrase that is found at `span` of a passage.
    pub(super) fn reason(&self, passage: &str, span: Span) -> Option<&'static str> {
        let (mut places, mut reason) = (Vec::new(), None);
        self.places(passage, &WordBits::of(passage), &mut places, |_, _| {});
        self.each_pattern(passage, &places, |found, pattern| {
            if found == span {
                reason = Some(pattern.reason);
            }
        });
        reason
    }

    fn each_pattern(&self, passage: &str, places: &[u32], mut found: impl FnMut(Span, &Pattern)) {
        let mut words = Ahead::new(&self.vocabulary, passage);
        let mut from = 0;
        for &start in places {
            if start < from {
                continue;
            }
            let Some(first) = words.begin(start as usize) else { break };
            if let Some((count, pattern)) = self.longest(&mut words, first.id)
                && let Some(last) = count.checked_sub(1).and_then(|n| words.word(n))
            {
                found(Span::new(first.start, last.end), pattern);
                from = last.end;
            }
        }
    }

    /// The longest phrase that the words begin with, an unspecific one only where no other is: how many words it has, and its pattern.
    /// Of two that are as long it is the one whose line stands first.
    fn longest(&self, words: &mut Ahead<'_>, first: u16) -> Option<(usize, &Pattern)> {
        let opening = self.openings.get(usize::from(*self.opening.get(usize::from(first))?))?;
        let second = words.word(1).map_or(UNKNOWN, |word| word.id);
        let list = opening.lists.get(usize::from(*opening.second.get(usize::from(second))?)).filter(|list| !list.is_empty())?;
        let third = words.word(2).map_or(UNKNOWN, |word| word.id);
        words.look_behind();
        let ends = list.iter().filter_map(|&n| {
            let pattern = self.patterns.get(usize::from(n)).filter(|pattern| pattern.may_go_on(third))?;
            Some((self.fits(&pattern.parts, words, 0, true)?, pattern))
        });
        ends.max_by_key(|&(end, pattern)| (pattern.kind != Some(PhraseKind::Unspecific), end))
    }

    /// A first look whether words fit `parts` from word `at` on: at the next word alone.
    #[inline]
    fn may_fit(&self, parts: &[Part], words: &mut Ahead<'_>, at: usize) -> bool {
        match parts.first() {
            Some(Part { what: What::Word(set), optional: false }) => words.word(at).is_some_and(|word| self.sets[*set].has(word.id)),
            _ => true,
        }
    }

    /// How many words fit `parts` from word `at` on, those before counted. Each part that may be missing doubles
    /// the work at most, and patterns are short.
    fn fits(&self, parts: &[Part], words: &mut Ahead<'_>, mut at: usize, mut may_follow_mark: bool) -> Option<usize> {
        for (n, part) in parts.iter().enumerate() {
            let word = words.word(at);
            let follows = |word: &Word| may_follow_mark || !word.behind_mark;
            let (fits, next, behind) = match part.what {
                What::Not(set) => {
                    if word.is_some_and(|w| !w.behind_mark && self.sets[set].has(w.id)) {
                        return None;
                    }
                    continue;
                }
                What::Mark => (word.is_some_and(|w| w.behind_mark), at, true),
                What::Word(set) => (word.is_some_and(|w| self.sets[set].has(w.id) && follows(&w)), at + 1, false),
                What::Any => (word.is_some_and(|w| follows(&w)), at + 1, false),
            };
            match (fits, part.optional) {
                (true, false) => (at, may_follow_mark) = (next, behind),
                // It may be there for another's sake: both ways are tried.
                (true, true) => {
                    let rest = &parts[n + 1..];
                    if self.may_fit(rest, words, next)
                        && let Some(end) = self.fits(rest, words, next, behind)
                    {
                        return Some(end);
                    }
                }
                (false, true) => {}
                (false, false) => return None,
            }
        }
        Some(at)
    }
}

impl Opening {
    /// Of some patterns in a vocabulary of so many words.
    fn of(starts: &[Start], words: usize) -> Self {
        let (mut lists, mut known, mut named): (Vec<Vec<u16>>, FxHashMap<Vec<u16>, u16>, _) = Default::default();
        let mut list_of = |id: u16| {
            // No set holds the number of words that no pattern names.
            let may_fit = |start: &&Start| start.second.as_ref().is_none_or(|set| set.has(id));
            let list: Vec<u16> = starts.iter().rev().filter(may_fit).map(|start| start.pattern).collect();
            let next = u16::try_from(lists.len()).unwrap_or(u16::MAX);
            *known.entry(list).or_insert_with_key(|list| {
                lists.push(list.clone());
                next
            })
        };
        let mut second = vec![list_of(UNKNOWN); words];
        starts.iter().filter_map(|start| start.second.as_ref()).for_each(|set| Set::unite(&mut named, set));
        for id in named.ids() {
            if let Some(second) = second.get_mut(usize::from(id)) {
                *second = list_of(id);
            }
        }
        Self { lists, second }
    }
}

/// What must follow the words that some patterns begin with; `None` where one needs nothing.
fn needs(starts: &[Start]) -> Option<Needs> {
    let (mut next, mut near, mut within) = (Set::default(), Set::default(), 0);
    for start in starts {
        match (&start.second, &start.near) {
            (Some(set), _) if !set.has(DIGITS) => next.unite(set),
            (_, Some((set, words))) => {
                near.unite(set);
                within = within.max(*words);
            }
            _ => return None,
        }
    }
    Some(Needs { next: next.ids().collect(), near: near.ids().collect(), within })
}

/// The words that an expression like `some|@people|claim{,s,ed}` names.
fn alternatives(written: &str, named: &FxHashMap<&str, Vec<String>>) -> Vec<String> {
    let mut words = Vec::new();
    for one in written.split('|') {
        if let Some(set) = named.get(one) {
            words.extend(set.iter().cloned());
        } else if let Some((stem, endings)) = one.strip_suffix('}').and_then(|w| w.split_once('{')) {
            words.extend(endings.split(',').map(|ending| format!("{stem}{ending}")));
        } else {
            words.push(one.to_owned());
        }
    }
    words
}
