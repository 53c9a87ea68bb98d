//! "Did you mean": the candidate nearest to a misspelt word.

/// Words longer than this many characters are not compared: nobody misspells so much by a letter or two, and the
/// comparison would cost its square.
const LONGEST: usize = 64;

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
        let Some(distance) = distance_within(&letters, &folded(candidate), allowed) else { continue };
        best = Some(candidate);
        let Some(closer) = distance.checked_sub(1) else { break };
        allowed = closer;
    }
    best
}

fn folded(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).take(LONGEST + 1).collect()
}

/// Edit distance with swaps of neighbours, when it is at most `limit`.
fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    if limit == 0 {
        return (a == b).then_some(0);
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, &y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        // A swap reaches back two rows, so both must be out of reach.
        if row.iter().chain(&before).all(|&c| c > limit) && last.iter().all(|&c| c > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&d| d <= limit)
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
