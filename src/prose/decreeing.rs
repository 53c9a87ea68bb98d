//! What an instrument orders, and does not tell: "Decides that the ceiling shall be 16,000 personnel".
//!
//! A figure behind such a verb says what is to be; no source could show it. The verb has no subject beside it ("27. Decides", "; and further
//! requests"), as in the paragraphs of resolutions and treaties: "the Council authorizes 16,000 troops" in somebody's own text is a claim.

use std::sync::LazyLock;

use super::signs::Signs;
use crate::text::letters;

/// Verbs of an instrument that orders.
const ORDERS: &[&str] = &[
    "decides",
    "requests",
    "authorizes",
    "authorises",
    "urges",
    "encourages",
    "directs",
    "demands",
    "invites",
    "calls",
    "mandates",
    "approves",
    "determines",
    "постановляет",
    "просит",
    "уполномочивает",
    "призывает",
    "поручает",
    "требует",
    "предлагает",
];

/// Verbs of one that tells.
const TELLS: &[&str] = &[
    "noting",
    "notes",
    "recalling",
    "recalls",
    "expressing",
    "expresses",
    "welcoming",
    "welcomes",
    "recognizing",
    "recognizes",
    "recognising",
    "stressing",
    "stresses",
    "underscoring",
    "underscores",
    "emphasizing",
    "emphasizes",
    "acknowledging",
    "acknowledges",
    "condemning",
    "condemns",
    "bearing",
    "determining",
    "commending",
    "commends",
    "concerned",
    "mindful",
    "отмечая",
    "отмечает",
    "выражая",
    "выражает",
    "напоминая",
    "напоминает",
    "приветствуя",
    "приветствует",
    "признавая",
    "признаёт",
    "признает",
    "осуждая",
    "осуждает",
];

/// Words that may stand before an order's verb.
const BEFORE: &[&str] = &["and", "further", "also", "hereby", "again", "strongly", "therefore", "и", "также", "далее", "вновь"];

/// Before a number these tell of a goal.
const GOALS: &[&str] = &[" to reach", " to achieve", " to attain"];

/// So many bytes hold every word that orders, with what stands before it.
pub const LONGEST: usize = 32;

/// So many bytes before a place are read.
const REACH: usize = 1500;

/// Whether what stands at the end of these words of a passage is ordered there: the nearest verb of either kind orders.
#[must_use]
pub fn decrees(before: &str) -> bool {
    let from = (before.len().saturating_sub(REACH)..before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(0);
    let near = before.get(from..).unwrap_or_default();
    if GOALS.iter().any(|goal| near.trim_end().ends_with(goal)) {
        return true;
    }
    let mut rest = near;
    loop {
        let trimmed = rest.trim_end_matches(|c: char| !letters::is_alphabetic(c));
        if trimmed.is_empty() {
            return false;
        }
        let start = trimmed.trim_end_matches(letters::is_alphabetic).len();
        let word = &trimmed[start..];
        rest = &trimmed[..start];
        if !may_be_verb(word) {
            continue;
        }
        let word = &*letters::small(word);
        if word == "shall" || ORDERS.contains(&word) && is_bare(rest, from == 0) {
            return true;
        }
        if TELLS.contains(&word) {
            return false;
        }
    }
}

/// What an order cannot do without.
static SIGNS: LazyLock<Signs> =
    LazyLock::new(|| Signs::of(ORDERS.iter().copied().chain(["shall"]).chain(GOALS.iter().map(|goal| goal.trim_start()))));

/// The words of ASCII of which one stands wherever something is ordered.
pub(super) fn telling_words() -> Vec<&'static str> {
    let goals = GOALS.iter().filter_map(|goal| goal.rsplit(' ').next());
    ORDERS.iter().copied().filter(|word| word.is_ascii()).chain(["shall"]).chain(goals).collect()
}

/// Whether words of a passage may order anything at all: a first look, which costs little.
#[must_use]
pub fn orders(words: &str) -> bool {
    SIGNS.may_stand_in(words)
}

/// Whether a word ends like one of the verbs.
fn may_be_verb(word: &str) -> bool {
    word.len() > 4
        && match word.as_bytes()[word.len() - 1] {
            b's' | b'l' | b'g' | b'd' => true,
            last => !last.is_ascii(),
        }
}

/// Whether no subject stands before a verb. `whole`: nothing stands before these words.
fn is_bare(before: &str, whole: bool) -> bool {
    let trimmed = before.trim_end();
    if trimmed.is_empty() {
        return whole;
    }
    let word = letters::small(&trimmed[trimmed.trim_end_matches(letters::is_alphabetic).len()..]);
    trimmed.ends_with(|c: char| !letters::is_alphabetic(c)) || BEFORE.contains(&&*word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_orders_is_shorter_than_the_longest() {
        assert!(ORDERS.iter().chain(GOALS).all(|word| word.len() < LONGEST));
    }

    #[test]
    fn what_orders_is_seen_at_first_look() {
        for words in ["27. DECIDES that", "and Requests them", "shall be", "it is to reach", "Постановляет, что", "ПОРУЧАЕТ ему"]
        {
            assert!(orders(words), "{words}");
        }
        assert!(!orders("The Council met in May, and 20 came."));
    }

    #[test]
    fn what_is_ordered_is_known_by_the_nearest_verb() {
        assert!(decrees("27. Decides that the ceiling will be "));
        assert!(decrees("Noting the report, decides to keep "));
        assert!(decrees("Welcomes the report, and requests the Secretary-General to send "));
        assert!(decrees("The ceiling shall be "));
        assert!(decrees("The goal is to reach "));
        assert!(decrees("Постановляет направить "));
        assert!(!decrees("Noting that help is given to "));
        assert!(!decrees("Decides to remain seized; and condemns the killing of "));
        assert!(!decrees("The Council decided to send "));
        assert!(!decrees("The resolution authorizes "));
        assert!(!decrees(""));
    }
}
