//! The word lists of figures, read once.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::prose::lexicon::{self, Entry};

/// What a number word is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Numeral {
    /// A value.
    Value(f64),
    /// Multiplies what stands before it.
    Times(f64),
    /// "Thousands": at least so many, without a number.
    Plural(f64),
}

/// What is counted or measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Percent,
    Money,
    Person,
    Casualty,
    Measure,
    Thing,
    Duration,
}

/// What a word beside a number says about it; the file's head explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Beside {
    Reference,
    Month,
    Year,
    Age,
    Behind,
    Definite,
    Stop,
    Plain,
    Method,
}

static NUMERALS: LazyLock<FxHashMap<&'static str, Numeral>> = LazyLock::new(|| {
    let read = |class: &str| {
        Some(match class.as_bytes().first()? {
            b'x' => Numeral::Times(class[1..].parse().ok()?),
            b's' => Numeral::Plural(class[1..].parse().ok()?),
            _ => Numeral::Value(class.parse().ok()?),
        })
    };
    all(&lexicon::NUMBERS).filter_map(|(word, entry)| Some((word, read(entry.class)?))).collect()
});

static APPROXIMATORS: LazyLock<FxHashSet<String>> =
    LazyLock::new(|| all(&lexicon::NUMBERS).filter(|(_, entry)| entry.class == "about").map(|(word, _)| word.replace('_', " ")).collect());

static UNITS: LazyLock<FxHashMap<String, (Kind, &'static str)>> = LazyLock::new(|| {
    let read = |class: &'static str| {
        let (kind, normal) = class.split_once(':')?;
        let kind = match kind {
            "percent" => Kind::Percent,
            "money" => Kind::Money,
            "person" => Kind::Person,
            "casualty" => Kind::Casualty,
            "measure" => Kind::Measure,
            "thing" => Kind::Thing,
            "duration" => Kind::Duration,
            _ => return None,
        };
        Some((kind, normal))
    };
    all(&lexicon::UNITS).filter_map(|(word, entry)| Some((word.replace('_', " "), read(entry.class)?))).collect()
});

/// One bit for each thing a word says.
static BESIDE: LazyLock<FxHashMap<&'static str, u16>> = LazyLock::new(|| {
    let read = |class| {
        Some(match class {
            "reference" => Beside::Reference,
            "month" => Beside::Month,
            "year" => Beside::Year,
            "age" => Beside::Age,
            "behind" => Beside::Behind,
            "definite" => Beside::Definite,
            "stop" => Beside::Stop,
            "plain" => Beside::Plain,
            "method" => Beside::Method,
            _ => return None,
        })
    };
    let mut words: FxHashMap<&'static str, u16> = FxHashMap::default();
    for (word, entry) in all(&lexicon::NOT_FIGURES) {
        if let Some(what) = read(entry.class) {
            *words.entry(word).or_default() |= bit(what);
        }
    }
    words
});

fn all(files: &'static [&'static str; 2]) -> impl Iterator<Item = (&'static str, Entry)> {
    files.iter().flat_map(|file| lexicon::entries(file)).flat_map(|entry| entry.words.split(' ').map(move |word| (word, entry)))
}

/// The number words, for the scan that looks for them.
pub(super) fn numerals() -> impl Iterator<Item = &'static str> {
    NUMERALS.keys().copied()
}

/// What a number word is worth.
pub(super) fn numeral(word: &str) -> Option<Numeral> {
    in_lower(word, |word| NUMERALS.get(word).copied())
}

/// Whether words, parted by single spaces, say that the number behind them is not exact.
pub(super) fn is_approximator(words: &str) -> bool {
    in_lower(words, |words| APPROXIMATORS.contains(words))
}

/// What a unit's words count or measure, and its normal form.
pub(super) fn unit(words: &str) -> Option<(Kind, &'static str)> {
    in_lower(words, |words| UNITS.get(words).copied())
}

/// Whether a word beside a number says so.
pub(super) fn is(word: &str, what: Beside) -> bool {
    is_any(word, &[what])
}

/// Whether a word beside a number says one of these. Months of English are only those with a capital: "500 may have died".
pub(super) fn is_any(word: &str, what: &[Beside]) -> bool {
    let small = word.starts_with(|c: char| c.is_ascii_lowercase());
    let wanted = what.iter().filter(|&&what| what != Beside::Month || !small).fold(0, |bits, &what| bits | bit(what));
    in_lower(word, |word| BESIDE.get(word).is_some_and(|bits| bits & wanted != 0))
}

const fn bit(what: Beside) -> u16 {
    1 << what as u16
}

/// Asks about a word in lower case; most are so already.
fn in_lower<T>(word: &str, ask: impl FnOnce(&str) -> T) -> T {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') { ask(word) } else { ask(&lower(word)) }
}

/// In lower case; words up to 23 bytes need no allocation.
pub(super) fn lower(word: &str) -> SmolStr {
    word.chars().flat_map(char::to_lowercase).collect()
}
