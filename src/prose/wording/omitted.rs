//! What an ellipsis or editorial brackets must not hide: a "not" that turns the words beside it, the unit of a number.
//!
//! Words may be left out of a quotation where the rest still says what was said. "The mission will … stay" does not, when what stands there
//! is "not". So the words that a gap leaves out are looked at: a negation that belongs to the words beside the gap, or the
//! "million" of a number before it, is a difference as if it had been dropped without a sign.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::Word;

/// Words that turn what stands beside them.
const NEGATIONS: &[&str] = &[
    "not",
    "never",
    "no",
    "nor",
    "neither",
    "nobody",
    "none",
    "nothing",
    "nowhere",
    "cannot",
    "without",
    "hardly",
    "scarcely",
    "barely",
    "не",
    "ни",
    "нет",
    "никогда",
    "никто",
    "никого",
    "никому",
    "никем",
    "ничто",
    "ничего",
    "ничем",
    "нигде",
    "никуда",
    "нельзя",
    "без",
    "никакой",
    "никакого",
    "никаких",
    "никакие",
    "вряд",
    "едва",
];

/// Words that say what a number before them counts in.
const SCALES: &[&str] = &[
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "dozen",
    "percent",
    "per",
    "m",
    "bn",
    "k",
    "тыс",
    "тысяч",
    "тысячи",
    "тысяча",
    "млн",
    "миллион",
    "миллиона",
    "миллионов",
    "млрд",
    "миллиард",
    "миллиарда",
    "миллиардов",
    "трлн",
    "процент",
    "процента",
    "процентов",
    "сотен",
    "%",
    "‰",
    "°",
];

/// Words with which a clause of its own begins: what is denied in it is not what stands before.
const CLAUSES: &[&str] = &[
    "that",
    "which",
    "who",
    "whom",
    "whose",
    "where",
    "when",
    "because",
    "while",
    "if",
    "although",
    "but",
    "and",
    "or",
    "что",
    "который",
    "которая",
    "которое",
    "которые",
    "которого",
    "которой",
    "которых",
    "которую",
    "где",
    "когда",
    "потому",
    "если",
    "хотя",
    "но",
    "и",
    "а",
    "или",
];

static SETS: LazyLock<[FxHashSet<u64>; 3]> =
    LazyLock::new(|| [NEGATIONS, SCALES, CLAUSES].map(|list| list.iter().map(|word| xxh3_64(word.as_bytes())).collect()));

/// How many words beside a gap a negation turns.
const REACH: usize = 2;

/// A gap of so many words says nothing of its own.
const SHORT: usize = 4;

/// What matters of a word where words are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// A sign that parts clauses stands before it.
    pub parted: bool,
    /// It begins with a digit.
    pub number: bool,
    /// It is the `t` of "don't".
    pub contracted: bool,
}

fn is(word: &Word, list: usize) -> bool {
    SETS[list].contains(&word.folded)
}

/// Whether a word turns what stands beside it.
pub(super) fn negates(word: &Word) -> bool {
    word.role.contracted || is(word, 0)
}

/// The word among those left out that the words beside the gap cannot do without: an index into `left_out`. `before` and `behind` are the
/// words that are quoted on either side.
pub(super) fn needed(before: Option<&Word>, left_out: &[Word], behind: Option<&Word>) -> Option<usize> {
    let first = left_out.first()?;
    if before.is_some_and(|b| b.role.number) && !first.role.parted && is(first, 1) {
        return Some(0);
    }
    // What is denied beside the gap stays denied: "nobody … not", «ни … не».
    if before.into_iter().chain(behind).any(negates) {
        return None;
    }
    let apart = |word: &Word| word.role.parted || is(word, 2);
    // What follows the words before the gap.
    let leading = left_out.iter().take(REACH).take_while(|w| !apart(w));
    // What leads to the words behind it.
    let behind_parted = behind.is_none_or(|b| b.role.parted);
    let from = left_out.len().saturating_sub(REACH);
    let cut = (from..left_out.len()).rev().find(|i| left_out[*i].role.parted).unwrap_or(from);
    let trailing = if behind_parted { left_out.len() } else { cut };
    let whole = left_out.len() == 1 || left_out.len() <= SHORT && !behind_parted && !left_out.iter().any(apart);
    let all = |w: &Word| whole && negates(w);
    let leads = leading.enumerate().find(|(_, w)| negates(w)).map(|(i, _)| i);
    leads.or_else(|| (trailing..left_out.len()).find(|i| negates(&left_out[*i]))).or_else(|| left_out.iter().position(all))
}
