//! "Did you mean" among all ids of a corpus, where comparing with each would cost more than the check.
//!
//! Two words are near when they become the same after each lost at most one letter: a letter was left out, added, changed, moved, or
//! swapped with its neighbour. Their letters then weigh the same, whatever their order, but for one letter of each. So an index of ids by
//! the weight of their letters leads to those that may be near: an entry for each id, where an index of all its forms with a
//! letter left out (Garbe's symmetric deletes) has as many as it has letters.
//!
//! Of ids that are numbers thousands have the same letters but for one. Those in another order are passed over by a second sum, in which
//! letters weigh more the further behind they stand: what it comes to when a letter goes and another comes is known of each place, so that
//! hardly a record is looked at in vain.

use std::num::Wrapping;

use crate::text::{LONGEST_NEAR, Span, nearest};

/// What letters weigh together; sums run over, and nobody minds.
type Weight = Wrapping<u16>;

/// Classes of letters that weigh differently: those of ASCII each its own, others by their last bits.
const CLASSES: usize = 192;

/// Ids of a shelf, one with another.
const TOGETHER: usize = 3;

/// What a letter of each class weighs: numbers without a pattern (splitmix64).
const WEIGHTS: [Weight; CLASSES] = {
    let (mut weights, mut class) = ([Wrapping(0); CLASSES], 0);
    while class < CLASSES {
        let mut mixed = (class as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let [low, high, ..] = (mixed ^ (mixed >> 31)).to_le_bytes();
        weights[class] = Wrapping(u16::from_le_bytes([low, high]));
        class += 1;
    }
    weights
};

/// All ids by what their letters weigh.
#[derive(Debug, Default)]
pub(super) struct Suggestions {
    /// In order of their weight.
    ids: Vec<Weighed>,
    /// Where each shelf ends. The upper bits of a weight tell the shelf; some ids stand on each, side by side.
    ends: Vec<u32>,
    /// The classes of the letters that ids have.
    classes: Vec<usize>,
}

/// An id on its shelf.
#[derive(Clone, Copy, Debug)]
struct Weighed {
    /// What its letters weigh together.
    weight: Weight,
    /// The same when each counts as often as its place says: the first once, the second twice.
    placed: Weight,
    /// Whose id it is.
    number: u32,
}

/// Where a letter may come into a word that may have lost one, and what the letters then weigh by their places but for the new one.
#[derive(Clone, Copy, Debug)]
struct Room {
    place: Weight,
    placed: Weight,
}

impl Suggestions {
    /// Indexes so many ids; their numbers are their places in the list.
    pub(super) fn of<'a>(ids: impl Iterator<Item = &'a str>, count: usize) -> Self {
        let mut seen = [false; CLASSES];
        let mut all: Vec<Weighed> = Vec::with_capacity(count);
        for (number, id) in ids.enumerate() {
            let (mut weight, mut placed, mut place) = <(Weight, Weight, Weight)>::default();
            each_class(id, |class| {
                place += 1;
                weight += WEIGHTS[class];
                placed += WEIGHTS[class] * place;
                seen[class] = true;
            });
            all.push(Weighed { weight, placed, number: Span::from(0..number).end });
        }
        all.sort_unstable_by_key(|one| one.weight);
        let shelves = (all.len() / TOGETHER).next_power_of_two().min(1 << u16::BITS);
        let mut ends = vec![0_u32; shelves];
        for one in &all {
            ends[shelf(one.weight, shelves)] += 1;
        }
        for n in 1..shelves {
            ends[n] += ends[n - 1];
        }
        Self { ids: all, ends, classes: (0..CLASSES).filter(|class| seen[*class]).collect() }
    }

    /// The ids whose letters weigh so much.
    fn weighing(&self, weight: Weight) -> impl Iterator<Item = &Weighed> {
        let shelf = shelf(weight, self.ends.len());
        let start = shelf.checked_sub(1).map_or(0, |before| self.ends[before]);
        let end = self.ends.get(shelf).copied().unwrap_or_default();
        let shelved = self.ids.get(start as usize..end as usize).unwrap_or_default();
        shelved.iter().filter(move |one| one.weight == weight)
    }

    /// The id nearest to `word`, at most two letters away; `id` gives the id of a number.
    pub(super) fn nearest<'a>(&self, word: &str, id: impl Fn(u32) -> &'a str) -> Option<&'a str> {
        let mut letters: Vec<usize> = Vec::new();
        each_class(word, |class| letters.push(class));
        // Nothing is near to such a word, and its rooms would be as many as the square of its letters.
        if letters.len() > LONGEST_NEAR {
            return None;
        }
        let whole: Weight = letters.iter().map(|class| WEIGHTS[*class]).sum();
        let mut own = letters.clone();
        own.sort_unstable();
        own.dedup();
        let mut ids: Vec<&str> = Vec::new();
        for lost in own.into_iter().map(Some).chain([None]) {
            let rooms = rooms(&letters, lost);
            let rest = lost.map_or(whole, |class| whole - WEIGHTS[class]);
            // Where none comes, that is as if one without weight came last.
            for come in self.classes.iter().map(|class| WEIGHTS[*class]).chain([Wrapping(0)]) {
                let fits = |one: &&Weighed| rooms.iter().any(|room| room.placed + room.place * come == one.placed);
                let near = self.weighing(rest + come).filter(fits).map(|one| id(one.number));
                ids.extend(near.filter(|id| !id.is_empty() && are_near(word, id)));
            }
        }
        // Of ids equally near the first by letters, whatever their numbers; one that is near in several ways comes several times.
        ids.sort_unstable();
        nearest(word, ids)
    }
}

/// The rooms for a letter in a word that lost one of that class, or none.
fn rooms(word: &[usize], lost: Option<usize>) -> Vec<Room> {
    let mut rooms = Vec::new();
    // Without a loss, the "lost" letter is one behind the last.
    for (at, _) in word.iter().copied().map(Some).chain([None]).enumerate().filter(|(_, class)| *class == lost) {
        let left = word[..at].iter().chain(word.iter().skip(at + 1)).map(|class| WEIGHTS[*class]);
        // Before all of them, which stand one further then; and from there behind one after the other.
        let placed = left.clone().zip(2..).map(|(weight, place)| weight * Wrapping(place)).sum();
        let mut room = Room { place: Wrapping(1), placed };
        rooms.push(room);
        for weight in left {
            room = Room { place: room.place + Wrapping(1), placed: room.placed - weight };
            rooms.push(room);
        }
    }
    rooms
}

/// The shelf of a weight among so many.
fn shelf(weight: Weight, shelves: usize) -> usize {
    (usize::from(weight.0) * shelves) >> u16::BITS
}

/// Tells the class of each letter of a word, in lower case.
fn each_class(word: &str, mut found: impl FnMut(usize)) {
    if word.is_ascii() {
        return word.bytes().for_each(|byte| found(usize::from(byte.to_ascii_lowercase())));
    }
    let of = |letter: char| if letter.is_ascii() { letter as usize } else { 128 + letter as usize % 64 };
    word.to_lowercase().chars().for_each(|letter| found(of(letter)));
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
