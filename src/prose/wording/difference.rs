//! What differs between a quotation and its source, word by word.

use super::{Found, Hidden, Quoted, Word, Wording};
use crate::text::Span;

/// One difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The quotation has these words (of its text), the source none.
    Added(Span),
    /// The source has these words (of its text), the quotation none.
    Dropped(Span),
    /// The quotation's words, and the source's in their place.
    Swapped(Span, Span),
}

/// The differences of a near hit, in order: what its gaps hide, where that is all. Words that differ in case alone are swapped.
#[must_use]
pub fn difference(quoted: &Quoted, source: &Wording, found: Found) -> Vec<Change> {
    match found.hidden {
        Some(Hidden::Left(word)) => return source.words.get(word).map(|w| Change::Dropped(w.span)).into_iter().collect(),
        Some(Hidden::Put(words)) => return vec![Change::Added(words)],
        None => {}
    }
    let ours: Vec<Word> = quoted.parts.iter().flatten().copied().collect();
    let theirs = source.words.get(found.from..found.to).unwrap_or_default();
    let mut out: Vec<Change> = Vec::new();
    for step in steps(&ours, theirs) {
        let change = match step {
            (Some(a), Some(b)) if same(ours[a], theirs[b], a == 0) => continue,
            (Some(a), Some(b)) => Change::Swapped(ours[a].span, theirs[b].span),
            (Some(a), None) => Change::Added(ours[a].span),
            (None, Some(b)) => Change::Dropped(theirs[b].span),
            (None, None) => continue,
        };
        out.push(change);
    }
    out
}

fn same(a: Word, b: Word, first: bool) -> bool {
    a.exact == b.exact || (first && a.folded == b.folded)
}

/// The cheapest way from one list of words to the other: pairs of indices, either of which may be missing.
fn steps(ours: &[Word], theirs: &[Word]) -> Vec<(Option<usize>, Option<usize>)> {
    let columns = theirs.len() + 1;
    let mut cost = vec![0usize; (ours.len() + 1) * columns];
    for i in 0..=ours.len() {
        for j in 0..=theirs.len() {
            let at = i * columns + j;
            cost[at] = match (i, j) {
                (0, 0) => 0,
                (0, j) => j,
                (i, 0) => i,
                (i, j) => {
                    let swap = cost[at - columns - 1] + usize::from(ours[i - 1].folded != theirs[j - 1].folded);
                    swap.min(cost[at - columns] + 1).min(cost[at - 1] + 1)
                }
            };
        }
    }
    let (mut i, mut j) = (ours.len(), theirs.len());
    let mut out = Vec::new();
    while i > 0 || j > 0 {
        let at = i * columns + j;
        let swaps = i > 0 && j > 0 && cost[at] == cost[at - columns - 1] + usize::from(ours[i - 1].folded != theirs[j - 1].folded);
        if swaps {
            (i, j) = (i - 1, j - 1);
            out.push((Some(i), Some(j)));
        } else if i > 0 && cost[at] == cost[at - columns] + 1 {
            i -= 1;
            out.push((Some(i), None));
        } else {
            j -= 1;
            out.push((None, Some(j)));
        }
    }
    out.reverse();
    out
}
