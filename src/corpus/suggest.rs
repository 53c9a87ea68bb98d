//! "Did you mean" among all ids of a corpus, where comparing with each would cost more than the check.
//!
//! Two words are near when they become the same after each lost at most one letter: a letter was left out, added, changed, moved, or
//! swapped with its neighbour. Their letters then weigh the same, whatever their order, but for one letter of each. So an index of ids by
//! the weight of their letters leads to the few that are worth comparing: an entry for each id, where an index of all its forms with a
//! letter left out (Garbe's symmetric deletes) has as many as it has letters.

use crate::text::{Span, nearest};

/// Classes of letters that weigh differently: those of ASCII each its own, others by their last bits.
const CLASSES: usize = 192;

/// Ids of a shelf, one with another.
const TOGETHER: usize = 3;

/// What a letter of each class weighs: numbers without a pattern (splitmix64).
const WEIGHTS: [u64; CLASSES] = {
    let (mut weights, mut class) = ([0; CLASSES], 0);
    while class < CLASSES {
        let mut mixed = (class as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        weights[class] = mixed ^ (mixed >> 31);
        class += 1;
    }
    weights
};

/// All ids by what their letters weigh.
#[derive(Debug, Default)]
pub(super) struct Suggestions {
    /// The upper half of an id's weight, and its number; those of one shelf beside each other.
    ids: Vec<(u32, u32)>,
    /// Where each shelf ends. The upper bits of a weight tell the shelf; some ids stand on each, side by side.
    ends: Vec<u32>,
    /// The classes of the letters that ids have.
    classes: Vec<usize>,
}

impl Suggestions {
    /// Indexes so many ids; their numbers are their places in the list.
    pub(super) fn of<'a>(ids: impl Iterator<Item = &'a str>, count: usize) -> Self {
        let mut seen = [false; CLASSES];
        let mut weighed: Vec<u32> = Vec::with_capacity(count);
        weighed.extend(ids.map(|id| upper_half(weight(id, &mut |class| seen[class] = true))));
        let shelves = (weighed.len() / TOGETHER).next_power_of_two();
        // Counted, then put where the shelves before end: no sorting.
        let mut ends = vec![0_u32; shelves + 1];
        for one in &weighed {
            ends[shelf(*one, shelves) + 1] += 1;
        }
        for n in 1..ends.len() {
            ends[n] += ends[n - 1];
        }
        let mut sorted = vec![(0, 0); weighed.len()];
        for (number, one) in weighed.iter().enumerate() {
            let end = &mut ends[shelf(*one, shelves)];
            sorted[*end as usize] = (*one, Span::from(0..number).end);
            *end += 1;
        }
        ends.pop();
        Self { ids: sorted, ends, classes: (0..CLASSES).filter(|class| seen[*class]).collect() }
    }

    /// The numbers of the ids whose letters weigh so much.
    fn weighing(&self, weight: u64) -> impl Iterator<Item = u32> + '_ {
        let half = upper_half(weight);
        let shelf = shelf(half, self.ends.len());
        let start = shelf.checked_sub(1).map_or(0, |before| self.ends[before]);
        let shelved = self.ids.get(start as usize..self.ends[shelf] as usize).unwrap_or_default();
        shelved.iter().filter(move |(one, _)| *one == half).map(|(_, number)| *number)
    }

    /// The id nearest to `word`, at most two letters away; `id` gives the id of a number.
    pub(super) fn nearest<'a>(&self, word: &str, id: impl Fn(u32) -> &'a str) -> Option<&'a str> {
        let mut own = [false; CLASSES];
        let whole = weight(word, &mut |class| own[class] = true);
        let mut numbers: Vec<u32> = self.weighing(whole).collect();
        let own: Vec<usize> = (0..CLASSES).filter(|class| own[*class]).collect();
        for lost in own.iter().map(|class| WEIGHTS[*class]).chain([0]) {
            let others = self.classes.iter().map(|class| WEIGHTS[*class]).chain([0]).filter(|other| *other != lost);
            numbers.extend(others.flat_map(|other| self.weighing(whole.wrapping_sub(lost).wrapping_add(other))));
        }
        // Of ids equally near the first by letters, whatever their numbers; should two weigh the same by chance, one comes twice.
        let mut ids: Vec<&str> = numbers.into_iter().map(id).filter(|id| !id.is_empty() && are_near(word, id)).collect();
        ids.sort_unstable();
        nearest(word, ids)
    }
}

/// The shelf of a weight among so many.
fn shelf(half: u32, shelves: usize) -> usize {
    usize::try_from((u64::from(half) * shelves as u64) >> 32).unwrap_or(0)
}

fn upper_half(weight: u64) -> u32 {
    u32::try_from(weight >> 32).unwrap_or(0)
}

/// What the letters of a word weigh together, in lower case; `class` is told the class of each.
fn weight(word: &str, class: &mut impl FnMut(usize)) -> u64 {
    let mut weigh = |sum: u64, of: usize| {
        class(of);
        sum.wrapping_add(WEIGHTS[of])
    };
    if word.is_ascii() {
        return word.bytes().fold(0, |sum, byte| weigh(sum, usize::from(byte.to_ascii_lowercase())));
    }
    let of = |letter: char| if letter.is_ascii() { letter as usize } else { 128 + letter as usize % 64 };
    word.to_lowercase().chars().fold(0, |sum, letter| weigh(sum, of(letter)))
}

/// Whether two words become the same when each loses at most one letter, upper and lower case alike.
fn are_near(one: &str, other: &str) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.len().abs_diff(other.len()) < 2 && share_a_form(one.as_bytes(), other.as_bytes(), u8::eq_ignore_ascii_case);
    }
    let letters = |word: &str| word.to_lowercase().chars().collect::<Vec<char>>();
    share_a_form(&letters(one), &letters(other), |a, b| a == b)
}

fn share_a_form<T>(one: &[T], other: &[T], same: impl Fn(&T, &T) -> bool) -> bool {
    let equal = |one: &[T], other: &[T]| one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same(a, b));
    let head = one.iter().zip(other).take_while(|(a, b)| same(a, b)).count();
    let (one, other) = (&one[head..], &other[head..]);
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    // What lies between: a letter of one, or the same letters but for the first of one and the last of the other.
    match (&one[..one.len() - tail], &other[..other.len() - tail]) {
        (one @ [_, ones @ ..], other @ [_, others @ ..]) => equal(ones, &other[..other.len() - 1]) || equal(&one[..one.len() - 1], others),
        (one, other) => one.len() + other.len() < 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_id_one_or_two_letters_away_is_found() {
        let ids = ["lavrov", "minsk-package", "unsc-2202", "tass-2017", "совет"];
        let all = Suggestions::of(ids.into_iter(), ids.len());
        let near = |word| all.nearest(word, |n| ids[n as usize]);
        assert_eq!(near("lavrow"), Some("lavrov"));
        assert_eq!(near("tas-2017"), Some("tass-2017"));
        assert_eq!(near("minks-package"), Some("minsk-package"));
        assert_eq!(near("Советы"), Some("совет"));
        assert_eq!(near("nobody"), None);
    }

    #[test]
    fn of_no_ids_none_is_near() {
        let none = Suggestions::of(std::iter::empty(), 0);
        assert_eq!(none.nearest("lavrov", |_| "lavrov"), None);
    }

    /// A word whole and with each letter left out.
    fn forms(word: &str) -> Vec<String> {
        let word: Vec<char> = word.to_lowercase().chars().collect();
        let without = |n: usize| word.iter().enumerate().filter(|(at, _)| *at != n).map(|(_, letter)| letter).collect();
        (0..=word.len()).map(without).collect()
    }

    proptest! {
        #[test]
        fn words_are_near_that_share_a_form(one in "[abAж-]{0,5}", other in "[abAж-]{0,5}") {
            let share = forms(&one).iter().any(|form| forms(&other).contains(form));
            prop_assert_eq!(are_near(&one, &other), share);
        }

        #[test]
        fn the_index_finds_what_comparing_with_each_would(
            ids in proptest::collection::vec("[abcЖ中-]{1,7}", 0..40), word in "[abcжC-]{1,7}",
        ) {
            let all = Suggestions::of(ids.iter().map(String::as_str), ids.len());
            let mut near: Vec<&str> = ids.iter().map(String::as_str).filter(|id| are_near(&word, id)).collect();
            near.sort_unstable();
            prop_assert_eq!(all.nearest(&word, |n| ids[n as usize].as_str()), nearest(&word, near));
        }
    }
}
