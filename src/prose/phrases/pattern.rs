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
use super::words::{UNKNOWN, Vocabulary, Word};
use crate::prose::lexicon;

/// All patterns of a lexicon.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) vocabulary: Vocabulary,
    sets: Vec<Set>,
    patterns: Vec<Pattern>,
    /// For each word's number the patterns that may begin with it.
    starts: Vec<Vec<u16>>,
}

#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    /// `None`: words that are nobody's fault, so that no part of them is taken for a phrase.
    kind: Option<PhraseKind>,
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

    fn has(&self, id: u16) -> bool {
        self.0.get(id as usize / 64).is_some_and(|cell| cell & (1 << (id % 64)) != 0)
    }
}

impl Patterns {
    /// From a lexicon's file. Lines of an unknown class say nothing.
    pub(super) fn compile(file: &'static str) -> Self {
        let mut all = Self { vocabulary: Vocabulary::new(), sets: Vec::new(), patterns: Vec::new(), starts: Vec::new() };
        let mut named: FxHashMap<&str, Vec<String>> = FxHashMap::default();
        for entry in lexicon::entries(file) {
            let kind = match entry.class {
                "vague" => Some(PhraseKind::Vague),
                "unspecific" => Some(PhraseKind::Unspecific),
                "anonymous" => Some(PhraseKind::Anonymous),
                "plain" => None,
                "set" => {
                    let (name, words) = entry.words.split_once('=').unwrap_or_default();
                    let words = words.split_whitespace().flat_map(|word| alternatives(word, &named)).collect();
                    named.insert(name.trim(), words);
                    continue;
                }
                _ => continue,
            };
            let parts = entry.words.split_whitespace().map(|part| all.part(part, &named)).collect();
            all.patterns.push(Pattern { parts, kind });
        }
        all.starts = (0..all.vocabulary.len()).map(|id| all.beginning_with(id)).collect();
        all
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
    fn beginning_with(&self, id: usize) -> Vec<u16> {
        let Ok(id) = u16::try_from(id) else { return Vec::new() };
        let fits = |pattern: &Pattern| {
            let until = pattern
                .parts
                .iter()
                .position(|p| !p.optional && matches!(p.what, What::Word(_) | What::Any))
                .map_or(pattern.parts.len(), |n| n + 1);
            id != UNKNOWN && pattern.parts[..until].iter().any(|part| matches!(part.what, What::Word(set) if self.sets[set].has(id)))
        };
        (0u16..).zip(&self.patterns).filter(|(_, pattern)| fits(pattern)).map(|(n, _)| n).collect()
    }

    /// The longest phrase that begins with word `at`: index of the word behind it, and what is wrong with it, if anything.
    pub(super) fn longest_at(&self, words: &[Word], at: usize) -> Option<(usize, Option<PhraseKind>)> {
        let starts = &self.starts[words[at].id as usize];
        let ends = starts.iter().filter_map(|&n| {
            let pattern = &self.patterns[n as usize];
            Some((self.fits(&pattern.parts, words, at, true)?, pattern.kind))
        });
        ends.max_by_key(|&(end, _)| end)
    }

    /// Where the words that fit `parts` from word `at` on end. Each part that may be missing doubles the
    /// work at most, and patterns are short.
    fn fits(&self, parts: &[Part], words: &[Word], at: usize, may_follow_mark: bool) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else { return Some(at) };
        let word = words.get(at);
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
