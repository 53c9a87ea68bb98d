//! The word lists of figures, read once.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::prose::heads::{Heads, forms};
use crate::prose::lexicon::{self, Entry};
use crate::text::begins::Begins;
use crate::text::blocks;

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

/// What is asked of a word beside a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    /// Before one: whether it names a part, a thing, a day or an age.
    Label,
    /// Before four digits: whether they are a year.
    Dated,
    /// Behind one: whether it is a month, or else no figure.
    Behind,
    Definite,
    Stop,
    Plain,
    Method,
}

impl Ask {
    const ALL: [Self; 7] = [Self::Label, Self::Dated, Self::Behind, Self::Definite, Self::Stop, Self::Plain, Self::Method];

    /// The words asked for: one bit each. Months of English are only those with a capital: "500 may have died".
    const fn bits(self, months: bool) -> u16 {
        let month = if months { bit(Beside::Month) } else { 0 };
        match self {
            Self::Label => bit(Beside::Reference) | month | bit(Beside::Age),
            Self::Dated => bit(Beside::Year) | month,
            Self::Behind => month | bit(Beside::Behind),
            Self::Definite => bit(Beside::Definite),
            Self::Stop => bit(Beside::Stop),
            Self::Plain => bit(Beside::Plain),
            Self::Method => bit(Beside::Method),
        }
    }
}

/// A word beside a number, and its head: several lists are asked for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'a> {
    /// Its letters.
    pub text: &'a str,
    head: u64,
    /// Whether its head is all there is of it: up to eight bytes of ASCII.
    short: bool,
}

impl<'a> From<&'a str> for Word<'a> {
    fn from(text: &'a str) -> Self {
        let eight = blocks::first_eight(text.as_bytes());
        Self { text, head: blocks::head_of(eight, text.len()), short: text.len() <= 8 && eight.to_le_bytes().is_ascii() }
    }
}

impl Word<'_> {
    #[inline]
    fn may_be_of(self, heads: &Heads) -> bool {
        !self.text.is_empty() && heads.may_have_head(self.head)
    }
}

/// Words of so many bytes are asked for without an allocation.
const LONGEST: usize = 64;

/// Words with what they say.
struct Listed<T> {
    /// Most words are none of them and need no search.
    heads: Heads,
    /// Those of up to eight bytes of ASCII, which their heads tell apart.
    short: FxHashMap<u64, T>,
    words: FxHashMap<String, T>,
}

impl<T: Copy> Listed<T> {
    /// What a word says, in any case.
    fn get<'a>(&self, word: impl Into<Word<'a>>) -> Option<T> {
        let word = word.into();
        if !word.may_be_of(&self.heads) {
            return None;
        }
        self.find(word)
    }

    /// The same where the head was looked at.
    fn find(&self, word: Word<'_>) -> Option<T> {
        if word.short {
            return self.short.get(&word.head).copied();
        }
        let word = word.text;
        if word.bytes().all(|b| b.is_ascii_lowercase() || b == b' ') {
            return self.words.get(word).copied();
        }
        let mut buffer = [0_u8; LONGEST];
        match buffer.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            Some(small) => {
                small.copy_from_slice(word.as_bytes());
                small.make_ascii_lowercase();
                self.words.get(std::str::from_utf8(small).ok()?)
            }
            None => self.words.get(lower(word).as_str()),
        }
        .copied()
    }
}

impl<T: Copy> FromIterator<(String, T)> for Listed<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(words: I) -> Self {
        let words: FxHashMap<String, T> = words.into_iter().collect();
        let short = words.iter().map(|(word, what)| (Word::from(word.as_str()), *what));
        let short = short.filter(|(word, _)| word.short).map(|(word, what)| (word.head, what)).collect();
        Self { heads: Heads::of(words.keys().map(String::as_str)), short, words }
    }
}

static NUMERALS: LazyLock<Listed<Numeral>> = LazyLock::new(|| {
    let read = |class: &str| {
        Some(match class.as_bytes().first()? {
            b'x' => Numeral::Times(class[1..].parse().ok()?),
            b's' => Numeral::Plural(class[1..].parse().ok()?),
            _ => Numeral::Value(class.parse().ok()?),
        })
    };
    all(&lexicon::NUMBERS).filter_map(|(word, entry)| Some((word.to_owned(), read(entry.class)?))).collect()
});

static APPROXIMATORS: LazyLock<Listed<()>> = LazyLock::new(|| {
    all(&lexicon::NUMBERS).filter(|(_, entry)| entry.class == "about").map(|(word, _)| (word.replace('_', " "), ())).collect()
});

static UNITS: LazyLock<Listed<(Kind, &'static str)>> = LazyLock::new(|| {
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

/// The words that each question asks for: most that are listed say something else.
static ASKED: LazyLock<[Heads; Ask::ALL.len()]> = LazyLock::new(|| {
    let said = |ask: Ask| BESIDE.words.iter().filter(move |(_, bits)| **bits & ask.bits(true) != 0).map(|(word, _)| word.as_str());
    Ask::ALL.map(|ask| Heads::of(said(ask)))
});

/// One bit for each thing a word says.
static BESIDE: LazyLock<Listed<u16>> = LazyLock::new(|| {
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
    words.into_iter().map(|(word, bits)| (word.to_owned(), bits)).collect()
});

/// The first words of units that are two, and the second.
static PAIRS: LazyLock<(Heads, Heads)> = LazyLock::new(|| {
    let pairs = || UNITS.words.keys().filter_map(|unit| unit.split_once(' '));
    (Heads::of(pairs().map(|pair| pair.0)), Heads::of(pairs().map(|pair| pair.1)))
});

/// The last words of approximators.
static LAST: LazyLock<Heads> =
    LazyLock::new(|| Heads::of(APPROXIMATORS.words.keys().map(|words| words.rsplit(' ').next().unwrap_or(words))));

fn all(files: &'static [&'static str; 2]) -> impl Iterator<Item = (&'static str, Entry)> {
    files.iter().flat_map(|file| lexicon::entries(file)).flat_map(|entry| entry.words.split(' ').map(move |word| (word, entry)))
}

/// The number words that a scan looks for, by their first bytes: all but those that are only written behind a number.
pub(super) struct Sought {
    /// The coarse look.
    pub begins: Begins,
    /// The better one.
    pub heads: Heads,
}

/// Those of both languages. Russian books print accents.
pub(super) fn sought() -> &'static Sought {
    static SOUGHT: LazyLock<Sought> = LazyLock::new(|| {
        let accented = number_words();
        let begins = Begins::of(accented.iter().flat_map(|word| forms(word)));
        Sought { begins, heads: Heads::of(accented.iter().map(String::as_str)) }
    });
    &SOUGHT
}

/// The number words of both languages that may stand by themselves, in small letters.
#[must_use]
pub fn number_words() -> Vec<String> {
    let words = NUMERALS.words.keys().filter(|word| !is_abbreviated_magnitude(word));
    words.flat_map(|word| [word.clone(), format!("{word}\u{301}")]).collect()
}

/// Whether a magnitude word may begin with a byte of ASCII.
pub(super) fn may_begin_magnitude(byte: u8) -> bool {
    static LETTERS: LazyLock<u32> = LazyLock::new(|| {
        let times = NUMERALS.words.iter().filter(|(_, numeral)| matches!(numeral, Numeral::Times(_)));
        times.filter_map(|(word, _)| word.bytes().next()).filter(u8::is_ascii_alphabetic).fold(0, |bits, byte| bits | 1 << (byte & 0x1F))
    });
    byte.is_ascii_alphabetic() && *LETTERS >> (byte & 0x1F) & 1 == 1
}

/// Whether a magnitude word is an abbreviation, which says nothing without a number.
pub(super) fn is_abbreviated_magnitude(word: &str) -> bool {
    matches!(word, "тыс" | "млн" | "млрд" | "трлн" | "mln" | "bln" | "mn" | "bn" | "trn" | "tn")
}

/// What a number word is worth.
pub(super) fn numeral<'a>(word: impl Into<Word<'a>>) -> Option<Numeral> {
    NUMERALS.get(word)
}

/// Whether words, parted by single spaces, say that the number behind them is not exact.
pub(super) fn is_approximator(words: &str) -> bool {
    APPROXIMATORS.get(words).is_some()
}

/// What a unit's words count or measure, and its normal form.
pub(super) fn unit<'a>(words: impl Into<Word<'a>>) -> Option<(Kind, &'static str)> {
    UNITS.get(words)
}

/// Whether a unit of two words may begin with one.
pub(super) fn may_begin_pair<'a>(first: impl Into<Word<'a>>) -> bool {
    first.into().may_be_of(&PAIRS.0)
}

/// The same of two words.
pub(super) fn unit_of_two(first: &str, second: &str) -> Option<(Kind, &'static str)> {
    let len = first.len() + second.len();
    // Capitals beyond ASCII may stand anywhere in a word, where the second's head does not show them.
    if !may_begin_pair(first) || len > 40 || second.is_ascii() && !PAIRS.1.may_have(second) {
        return None;
    }
    let mut both = [b' '; LONGEST];
    both[..first.len()].copy_from_slice(first.as_bytes());
    both[first.len() + 1..=len].copy_from_slice(second.as_bytes());
    unit(std::str::from_utf8(both.get(..=len)?).ok()?)
}

/// Whether a word may be the last of an approximator.
pub(super) fn may_end_approximator(word: &str) -> bool {
    !word.is_ascii() || LAST.may_have(word)
}

/// Whether a word beside a number says what is asked.
pub(super) fn says<'a>(word: impl Into<Word<'a>>, ask: Ask) -> bool {
    let word = word.into();
    if !word.may_be_of(&ASKED[ask as usize]) {
        return false;
    }
    let small = word.text.starts_with(|c: char| c.is_ascii_lowercase());
    BESIDE.find(word).is_some_and(|bits| bits & ask.bits(!small) != 0)
}

const fn bit(what: Beside) -> u16 {
    1 << what as u16
}

/// In lower case; words up to 23 bytes need no allocation.
pub(super) fn lower(word: &str) -> SmolStr {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return SmolStr::new(word);
    }
    word.chars().flat_map(char::to_lowercase).collect()
}
