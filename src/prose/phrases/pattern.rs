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
use super::heads::Heads;
use super::words::{Ahead, DIGITS, UNKNOWN, Vocabulary};
use crate::prose::lexicon;
use crate::text::Span;

/// All patterns of a lexicon.
#[derive(Debug)]
pub(super) struct Patterns {
    vocabulary: Vocabulary,
    sets: Vec<Set>,
    patterns: Vec<Pattern>,
    /// For each word's number the patterns that may begin with it.
    starts: Vec<Vec<Start>>,
    /// The words that some pattern may begin with.
    heads: Heads,
}

#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    /// `None`: words that are nobody's fault, so that no part of them is taken for a phrase.
    kind: Option<PhraseKind>,
    /// Why the lexicon lists it.
    reason: &'static str,
}

/// A pattern that may begin with some word.
#[derive(Debug)]
struct Start {
    /// Its index.
    pattern: u16,
    /// The words that may then come second; `None`: any, or none.
    second: Option<Set>,
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

/// One bit for each word's number.
#[derive(Clone, Debug, Default)]
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

    fn has(&self, id: u16) -> bool {
        self.0.get(id as usize / 64).is_some_and(|cell| cell & (1 << (id % 64)) != 0)
    }
}

impl Patterns {
    /// From the files of one language; each has its own sets. Lines of an unknown class say nothing.
    pub(super) fn compile(files: &[&'static str]) -> Self {
        let (vocabulary, heads) = (Vocabulary::new(), Heads::none());
        let mut all = Self { vocabulary, sets: Vec::new(), patterns: Vec::new(), starts: Vec::new(), heads };
        for file in files {
            all.read(file);
        }
        all.starts = (0..all.vocabulary.words().len()).map(|id| all.beginning_with(id)).collect();
        for (id, word) in (0..).zip(all.vocabulary.words()).filter(|&(id, _)| !all.starts[id as usize].is_empty()) {
            let followers = all.followers(id);
            let words = all.vocabulary.words().iter().map(String::as_str);
            all.heads.insert(word, followers.map(|set| (0..).zip(words).filter(move |&(id, _)| set.has(id)).map(|(_, word)| word)));
        }
        all
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
            let parts = entry.words.split_whitespace().map(|part| self.part(part, &named)).collect();
            self.patterns.push(Pattern { parts, kind, reason: entry.reason });
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

    /// Indices of the patterns that may begin with a word: it fits the first part, or one behind parts that may be missing.
    fn beginning_with(&self, id: usize) -> Vec<Start> {
        let Ok(id) = u16::try_from(id) else { return Vec::new() };
        let fits = |pattern: &Pattern| {
            let until = pattern
                .parts
                .iter()
                .position(|p| !p.optional && matches!(p.what, What::Word(_) | What::Any))
                .map_or(pattern.parts.len(), |n| n + 1);
            id != UNKNOWN && pattern.parts[..until].iter().any(|part| matches!(part.what, What::Word(set) if self.sets[set].has(id)))
        };
        let start = |(n, pattern): (u16, &Pattern)| fits(pattern).then(|| Start { pattern: n, second: self.second(pattern, id) });
        (0u16..).zip(&self.patterns).filter_map(start).collect()
    }

    /// The words that may follow a word that begins a pattern; `None` when any may, or none need.
    fn second(&self, pattern: &Pattern, first: u16) -> Option<Set> {
        let mut all = Set::default();
        // Behind every part that the word may fit: more than may truly follow, but no less.
        let fits = |part: &Part| matches!(part.what, What::Word(set) if self.sets[set].has(first));
        for (i, _) in pattern.parts.iter().enumerate().filter(|(_, part)| fits(part)) {
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

    /// The words that may follow a word that begins a phrase; `None` when any may, or none need.
    fn followers(&self, id: u16) -> Option<Set> {
        let mut all = Set::default();
        for start in &self.starts[id as usize] {
            all.unite(start.second.as_ref()?);
        }
        // All numbers in digits are one word.
        (!all.has(DIGITS)).then_some(all)
    }

    /// Calls `found` for every phrase of a passage, in order: its bytes, and what is wrong with it, if anything.
    pub(super) fn each(&self, passage: &str, mut found: impl FnMut(Span, Option<PhraseKind>)) {
        self.each_pattern(passage, |span, pattern| found(span, pattern.kind));
    }

    /// Why the lexicon lists the phrase that is found at `span` of a passage.
    pub(super) fn reason(&self, passage: &str, span: Span) -> Option<&'static str> {
        let mut reason = None;
        self.each_pattern(passage, |found, pattern| {
            if found == span {
                reason = Some(pattern.reason);
            }
        });
        reason
    }

    fn each_pattern(&self, passage: &str, mut found: impl FnMut(Span, &Pattern)) {
        let mut places = self.heads.places(passage);
        let mut from = 0;
        while let Some(start) = places.next(from) {
            let mut words = Ahead::new(&self.vocabulary, passage, start);
            let Some(first) = words.word(0) else { return };
            if let Some((count, pattern)) = self.longest(&mut words, first.id)
                && let Some(last) = count.checked_sub(1).and_then(|n| words.word(n))
            {
                found(Span::new(first.start, last.end), pattern);
                from = last.end as usize;
            }
        }
    }

    /// The longest phrase that the words begin with, an unspecific one only where no other is: how many words it has, and its pattern.
    /// Of two that are as long it is the one whose line stands first.
    fn longest(&self, words: &mut Ahead<'_>, first: u16) -> Option<(usize, &Pattern)> {
        let starts = self.starts.get(first as usize).filter(|starts| !starts.is_empty())?;
        let second = words.word(1);
        let may_fit = |start: &&Start| start.second.as_ref().is_none_or(|set| second.is_some_and(|word| set.has(word.id)));
        let mut starts = starts.iter().rev().filter(may_fit).peekable();
        starts.peek()?;
        words.look_behind();
        let ends = starts.filter_map(|start| {
            let pattern = self.patterns.get(start.pattern as usize)?;
            Some((self.fits(&pattern.parts, words, 0, true)?, pattern))
        });
        ends.max_by_key(|&(end, pattern)| (pattern.kind != Some(PhraseKind::Unspecific), end))
    }

    /// How many words fit `parts` from word `at` on, those before counted. Each part that may be missing doubles
    /// the work at most, and patterns are short.
    fn fits(&self, parts: &[Part], words: &mut Ahead<'_>, at: usize, may_follow_mark: bool) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else { return Some(at) };
        let word = words.word(at);
        let here = match part.what {
            What::Not(set) => {
                let excluded = word.is_some_and(|w| !w.behind_mark && self.sets[set].has(w.id));
                return if excluded { None } else { self.fits(rest, words, at, may_follow_mark) };
            }
            What::Mark if word.is_some_and(|w| w.behind_mark) => self.fits(rest, words, at, true),
            What::Word(set) if word.is_some_and(|w| self.sets[set].has(w.id) && (may_follow_mark || !w.behind_mark)) => {
                self.fits(rest, words, at + 1, false)
            }
            What::Any if word.is_some_and(|w| may_follow_mark || !w.behind_mark) => self.fits(rest, words, at + 1, false),
            _ => None,
        };
        here.or_else(|| if part.optional { self.fits(rest, words, at, may_follow_mark) } else { None })
    }
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
