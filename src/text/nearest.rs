//! "Did you mean": the candidate nearest to a misspelt word.

/// Words longer than this many characters are not compared: nobody misspells so much by a letter or two, and the
/// comparison would cost its square.
pub const LONGEST: usize = 64;

/// The candidate nearest to `word`: fewest letters changed, added, dropped or swapped with their neighbour, upper and lower
/// case alike; of equals the first. `None` when the best one differs in more than a third of the letters, so that a
/// suggestion is never a surprise.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = folded(word);
    if letters.is_empty() || letters.len() > LONGEST {
        return None;
    }
    let mut allowed = (letters.len() / 3).max(1);
    let mut best = None;
    for candidate in candidates {
        // A letter of ASCII folds to one.
        if candidate.is_ascii() && candidate.len().abs_diff(letters.len()) > allowed {
            continue;
        }
        let Some(distance) = distance_within(&letters, &folded(candidate), allowed) else { continue };
        best = Some(candidate);
        let Some(closer) = distance.checked_sub(1) else { break };
        allowed = closer;
    }
    best
}

fn folded(word: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(word.len().min(LONGEST + 1));
    if word.is_ascii() {
        letters.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())).take(LONGEST + 1));
    } else {
        letters.extend(word.chars().flat_map(char::to_lowercase).take(LONGEST + 1));
    }
    letters
}

/// How far the heads of one word are from a head of another: one row of the table. Each is less than twice the longest.
type Row = [u8; LONGEST + 2];

/// Edit distance with swaps of neighbours, when it is at most `limit`. Neither word is longer than [`LONGEST`] and one.
fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    if limit == 0 {
        return (a == b).then_some(0);
    }
    let width = b.len().min(LONGEST + 1) + 1;
    let mut before: Option<Row> = None;
    let mut last: Row = [0; LONGEST + 2];
    last.iter_mut().zip(0..).for_each(|(cost, letters)| *cost = letters);
    for ((i, &x), letters) in a.iter().enumerate().zip(1..) {
        let mut row: Row = [0; LONGEST + 2];
        row[0] = letters;
        for (j, &y) in b.iter().enumerate().take(width - 1) {
            let mut cost = (last[j] + u8::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if let Some(before) = &before
                && j > 0
                && x == b[j - 1]
                && a[i - 1] == y
            {
                cost = cost.min(before[j - 1] + 1);
            }
            row[j + 1] = cost;
        }
        // A swap reaches back two rows, so both must be out of reach.
        let out = |row: &Row| row[..width].iter().all(|&cost| usize::from(cost) > limit);
        if out(&row) && out(&last) && before.as_ref().is_none_or(out) {
            return None;
        }
        before = Some(std::mem::replace(&mut last, row));
    }
    Some(usize::from(last[width - 1])).filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_letter_dropped_added_changed_or_swapped_is_found() {
        let rules = ["unknown-entity", "unknown-source", "wrong-type"];
        for slip in ["unknown-entty", "unknown-entityy", "unknown-antity", "unknwon-entity", "Unknown-Entity"] {
            assert_eq!(nearest(slip, rules), Some("unknown-entity"), "{slip}");
        }
    }

    #[test]
    fn a_word_that_resembles_none_gets_no_suggestion() {
        assert_eq!(nearest("colour", ["rules", "documents"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("x", ["rules"]), None);
    }

    #[test]
    fn of_equals_the_first_is_taken_and_a_nearer_one_wins() {
        assert_eq!(nearest("cat", ["bat", "hat"]), Some("bat"));
        assert_eq!(nearest("минск", ["пинск", "минск-2", "минска"]), Some("пинск"));
        assert_eq!(nearest("lavrow", ["laprov", "lavrov"]), Some("lavrov"));
    }

    #[test]
    fn a_very_long_word_costs_nothing() {
        let long = "a".repeat(1 << 20);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        assert_eq!(nearest("a", [long.as_str()]), None);
    }

    proptest! {
        #[test]
        fn any_words_are_compared_without_panic_and_a_word_is_nearest_to_itself(word in "\\PC{1,12}", other in "\\PC{0,12}") {
            prop_assert!(nearest(&word, [other.as_str(), word.as_str()]).is_some());
        }
    }
}
