//! Where quoted words stand in a text, exactly or nearly.

use rustc_hash::FxHashMap;

use super::omitted::{needed, negates};
use super::{Quoted, Word, Wording};
use crate::text::Span;

/// Where quoted words stand, by indices of the text's words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The first word.
    pub from: usize,
    /// The word after the last.
    pub to: usize,
    /// How much of it is the same: 1 when every word is.
    pub likeness: f64,
    /// What a gap of the quotation hides, where all its words are there and yet it says something else.
    pub hidden: Option<Hidden>,
}

/// What a gap of a quotation hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// A word of the source, by its index: a negation, or what a number counts in.
    Left(usize),
    /// A negation of the editor's (of the quotation's text) that the source has not.
    Put(Span),
}

/// Likeness of words that are all there, with something else between them.
const HIDING: f64 = 0.99;

/// So many words beside the quotation are asked for a negation that an editor repeats in brackets.
const BESIDE: usize = 4;

/// Least likeness of a near hit.
const NEAR: f64 = 0.9;

/// Least likeness of a near hit of few words, where one word more or less weighs much.
const NEAR_SHORT: f64 = 0.7;

/// Quotations of fewer words than this are short.
const SHORT: usize = 10;

/// So many places are looked at for a near hit.
const CANDIDATES: usize = 4;

/// Words that stand in more places than this say nothing about where a quotation comes from.
const COMMON: usize = 200;

impl Wording {
    /// Where the quoted words stand with all parts in their order, and no gap hides what turns them; `None` when some word is not there.
    #[must_use]
    pub fn find(&self, quoted: &Quoted) -> Option<Found> {
        // Of several places the first at which the other parts follow.
        self.placed(quoted, 0).find(|found| found.hidden.is_none())
    }

    /// Whether the quoted words stand wholly between two words of the text.
    #[must_use]
    pub fn find_within(&self, quoted: &Quoted, from: usize, to: usize) -> Option<Found> {
        self.placed(quoted, from).take_while(|found| found.from < to).find(|found| found.to <= to && found.hidden.is_none())
    }

    /// The places from a word on at which all parts stand, each with what its gaps hide.
    fn placed<'s>(&'s self, quoted: &'s Quoted, from: usize) -> impl Iterator<Item = Found> + 's {
        let (first, rest) = quoted.parts.split_first().map_or((&[][..], &[][..]), |(first, rest)| (first.as_slice(), rest));
        self.places_of(first, from).filter_map(move |from| {
            let (mut to, mut hidden) = (from + first.len(), None);
            for (gap, part) in (1..).zip(rest) {
                let next = self.places_of(part, to).next()?;
                hidden = hidden.or_else(|| self.hidden(quoted, gap, to, next));
                to = next + part.len();
            }
            let hidden = hidden.or_else(|| self.put_beside(quoted, from, to));
            Some(Found { from, to, likeness: if hidden.is_some() { HIDING } else { 1.0 }, hidden })
        })
    }

    /// What the gap before a part hides, which leaves out the words between two.
    fn hidden(&self, quoted: &Quoted, gap: usize, from: usize, to: usize) -> Option<Hidden> {
        let left_out = self.words.get(from..to)?;
        // An editor who says it in brackets hides nothing.
        if let Some(put) = quoted.put.get(gap).copied().flatten() {
            let said = left_out.len() <= BESIDE && left_out.iter().any(negates);
            return (!said).then_some(Hidden::Put(put));
        }
        let before = from.checked_sub(1).and_then(|i| self.words.get(i));
        needed(before, left_out, self.words.get(to)).map(|at| Hidden::Left(from + at))
    }

    /// A negation in brackets before the first part or behind the last that the source has not there.
    fn put_beside(&self, quoted: &Quoted, from: usize, to: usize) -> Option<Hidden> {
        let denied = |from: usize, to: usize| self.words.get(from..to.min(self.words.len())).unwrap_or_default().iter().any(negates);
        let first = quoted.put.first().copied().flatten().filter(|_| !denied(from.saturating_sub(BESIDE), from));
        let last = quoted.put.get(1..).and_then(<[_]>::last).copied().flatten().filter(|_| !denied(to, to + BESIDE));
        first.or(last).map(Hidden::Put)
    }

    /// The place most like the quoted words; `None` when none is like enough.
    #[must_use]
    pub fn nearest(&self, quoted: &Quoted) -> Option<Found> {
        if quoted.is_empty() {
            return None;
        }
        if let Some(hiding) = self.placed(quoted, 0).next() {
            return Some(hiding);
        }
        let words: Vec<Word> = quoted.parts.iter().flatten().copied().collect();
        let mut votes: FxHashMap<usize, usize> = FxHashMap::default();
        for (index, word) in words.iter().enumerate() {
            let Some(places) = self.places.get(&word.folded).filter(|p| p.len() <= COMMON) else { continue };
            for place in places {
                // Neighbouring offsets are one: a word more or less moves all that follow.
                *votes.entry((*place as usize).saturating_sub(index) / 4).or_default() += 1;
            }
        }
        let mut ranked: Vec<(usize, usize)> = votes.into_iter().map(|(offset, count)| (count, offset)).collect();
        ranked.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let gaps = quoted.parts.len() - 1;
        let best = ranked
            .iter()
            .take(CANDIDATES)
            .filter_map(|(_, offset)| self.align(&words, offset * 4, gaps))
            .max_by(|a, b| a.likeness.total_cmp(&b.likeness));
        let least = if words.len() < SHORT { NEAR_SHORT } else { NEAR };
        best.filter(|found| found.likeness >= least && words.len() > 1)
    }

    /// Indices from `from` on at which a part stands; the case of its first letter does not count.
    fn places_of<'s>(&'s self, part: &'s [Word], from: usize) -> impl Iterator<Item = usize> + 's {
        let places = part.first().and_then(|first| self.places.get(&first.folded)).map_or(&[][..], Vec::as_slice);
        let first = places.partition_point(|at| (*at as usize) < from);
        places[first..].iter().map(|at| *at as usize).filter(move |at| {
            let Some(window) = self.words.get(*at..*at + part.len()) else { return false };
            window.iter().zip(part).enumerate().all(|(n, (a, b))| a.exact == b.exact || (n == 0 && a.folded == b.folded))
        })
    }

    /// The best alignment of words with the text around an index: least insertions, losses and swaps.
    fn align(&self, words: &[Word], offset: usize, gaps: usize) -> Option<Found> {
        // What a gap leaves out lies in the window too, and is paid for: quotations with gaps seldom have near hits.
        let slack = 8 + gaps * 12;
        let start = offset.saturating_sub(4);
        let window = self.words.get(start..(start + words.len() + slack + 4).min(self.words.len()))?;
        let (rows, columns) = (words.len(), window.len());
        // cost[j]: least cost of the first i words against a window that ends at j; it may begin anywhere.
        let mut cost: Vec<(usize, usize)> = (0..=columns).map(|j| (0, j)).collect();
        for (i, word) in words.iter().enumerate() {
            let mut diagonal = cost[0];
            cost[0] = (i + 1, 0);
            for j in 1..=columns {
                let same = window[j - 1].folded == word.folded;
                let swap = (diagonal.0 + usize::from(!same), diagonal.1);
                let lost = (cost[j].0 + 1, cost[j].1);
                let more = (cost[j - 1].0 + 1, cost[j - 1].1);
                diagonal = cost[j];
                cost[j] = swap.min(lost).min(more);
            }
        }
        let (to, (least, from)) = cost.into_iter().enumerate().min_by_key(|(j, (cost, from))| (*cost, j - from.min(j)))?;
        let likeness = 1.0 - least as f64 / rows as f64;
        (to > from).then_some(Found { from: start + from, to: start + to, likeness, hidden: None })
    }
}
