//! Which names are too weak to be searched for, and which need a second look where they are found.
//!
//! Registries made from gazetteers hold thousands of names that are also words: towns called Reading,
//! Mobile and Sale, codes like AND, months. Nothing here knows a particular registry; the decisions rest on
//! lists of words of the language (`function_words.txt`, `common_words_en.txt`) and on how a word stands in its text.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::CaseRule;
use super::token::{self, Shape, fold};

/// Why a name is not searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It has no letter or digit, or one only.
    NoWord,
    /// It consists of words of grammar: `the`, `in the`, «и».
    FunctionWords,
    /// It is a number.
    Number,
    /// It is the name of a month or a day of the week.
    Calendar,
    /// It has more words than a name can have.
    TooLong,
}

impl Reason {
    /// In words, to follow "the name … is not searched for: it".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoWord => "has no word in it",
            Self::FunctionWords => "consists of function words only, which stand in every sentence",
            Self::Number => "is a mere number",
            Self::Calendar => "is a month or a day of the week",
            Self::TooLong => "has more than 32 words and marks",
        }
    }
}

/// What is known of a name when it is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Care {
    /// One word only.
    pub one_word: bool,
    /// That word is a common one of the language.
    pub common: bool,
    /// Three letters at most.
    pub short: bool,
    /// Written in capitals only.
    pub capitals: bool,
}

/// Looks at a name before it is compiled.
///
/// # Errors
/// The reason when it should not be searched for.
pub fn judge(name: &str, case: CaseRule) -> Result<Care, Reason> {
    let mut care = refuse(name, case)?;
    care.common = care.common || care.one_word && is_common(name);
    Ok(care)
}

/// The same without the long list of common words, which only matters where a name is found.
///
/// # Errors
/// The reason when it should not be searched for.
pub fn refuse(name: &str, case: CaseRule) -> Result<Care, Reason> {
    let mut care = Care { one_word: true, ..Care::default() };
    let (mut words, mut functional, mut at) = (0_usize, 0_usize, 0);
    let mut letters = 0;
    let mut digits_only = true;
    while let Some(t) = token::next(name, at) {
        at = t.end;
        if t.shape == Shape::Mark {
            care.one_word = false;
            continue;
        }
        let word = &name[t.start..t.end];
        words += 1;
        letters += word.chars().count();
        digits_only &= word.bytes().all(|b| b.is_ascii_digit());
        // One word that is not of grammar settles it; most names begin with such a word.
        functional += usize::from(functional + 1 == words && is_function_word(word));
    }
    care.one_word &= words == 1;
    care.short = letters <= 3;
    care.capitals = letters >= 2 && name.chars().all(|c| !c.is_lowercase()) && name.chars().any(char::is_uppercase);
    if letters < 2 {
        return Err(Reason::NoWord);
    }
    if digits_only {
        return Err(Reason::Number);
    }
    // "US", "WHO" and "IT" in capitals are names; "Us" and "who" are not.
    let acronym = care.one_word && care.capitals && case == CaseRule::Exact;
    if functional == words && !acronym {
        return Err(Reason::FunctionWords);
    }
    if care.one_word && !acronym && is_calendar_word(name) {
        return Err(Reason::Calendar);
    }
    care.common = care.one_word && functional == 1;
    Ok(care)
}

/// A word of the text beside a name found.
#[derive(Clone, Copy, Debug)]
pub struct Neighbour<'t> {
    /// The word; empty when something other than one space lies between.
    pub word: &'t str,
    /// Whether a sentence opens with it, so that its capital says nothing.
    pub opens: bool,
}

impl Neighbour<'_> {
    /// Whether it looks like a part of one name together with the word found: capitalised, and no common word. Of Russian only
    /// a few words are listed, so there a capital that opens a sentence does not count.
    fn may_belong(&self) -> bool {
        let Some(first) = self.word.chars().next().filter(|c| c.is_uppercase()) else { return false };
        (!self.opens || first.is_ascii()) && !is_function_word(self.word) && !is_common(self.word) && !is_calendar_word(self.word)
    }

    fn is_shouted(&self) -> bool {
        self.word.chars().count() > 1 && self.word.chars().all(char::is_uppercase)
    }

    fn is_capitalised(&self) -> bool {
        self.word.chars().next().is_some_and(char::is_uppercase)
    }
}

/// What lies around a name found, asked only as far as needed.
pub trait Around {
    /// Whether a sentence opens with it.
    fn opens(&self) -> bool;
    /// The word before.
    fn before(&self) -> Neighbour<'_>;
    /// The word behind.
    fn after(&self) -> Neighbour<'_>;
    /// Whether the word before belongs to a name found.
    fn known_before(&self) -> bool;
    /// Whether the word behind begins a name.
    fn known_after(&self) -> bool;
}

/// Whether `found`, which fits a name of which `care` is known, is likely to be that name where it stands.
pub fn stands(care: Care, found: &str, around: &impl Around) -> bool {
    if !care.one_word {
        return true;
    }
    let lower = found.chars().next().is_some_and(char::is_lowercase);
    if care.common {
        if care.capitals && !found.chars().any(char::is_lowercase) {
            // An acronym in capitals is no common word, unless all around it is in capitals too: "LET US GO", but "of US THAAD systems".
            let before = around.before();
            return !before.is_shouted() && !(before.word.is_empty() && around.after().is_shouted());
        }
        // A word of the language: only with the capital that a name has, where no sentence asks for one and no title is set so.
        return !lower && !around.opens() && !around.before().is_capitalised() && !around.after().is_capitalised();
    }
    if care.short && lower {
        return false;
    }
    let within = |side: Neighbour<'_>, known: &dyn Fn() -> bool| side.may_belong() && !known();
    !within(around.before(), &|| around.known_before()) && !within(around.after(), &|| around.known_after())
}

static FUNCTION_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words_of(include_str!("function_words.txt")));
static COMMON_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words_of(include_str!("common_words_en.txt")));
static CALENDAR_WORDS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| words_of(CALENDAR));

const CALENDAR: &str = "january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    понедельник вторник среда четверг пятница суббота воскресенье";

/// The words of a list; lines that begin with `#` give reasons.
fn words_of(list: &'static str) -> FxHashSet<&'static str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

fn is_function_word(word: &str) -> bool {
    listed(&FUNCTION_WORDS, word, 12)
}

fn is_common(word: &str) -> bool {
    listed(&COMMON_WORDS, word, 20)
}

fn is_calendar_word(word: &str) -> bool {
    listed(&CALENDAR_WORDS, word, 12)
}

/// Whether a list holds the word in small letters. Longer words than `most` letters are not looked up.
fn listed(list: &FxHashSet<&str>, word: &str, most: usize) -> bool {
    let mut buffer = [0_u8; 64];
    if word.is_ascii() {
        // Most names are so, and a registry may have a million.
        let Some(small) = buffer.get_mut(..word.len()).filter(|_| word.len() <= most) else { return false };
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        return std::str::from_utf8(small).is_ok_and(|small| list.contains(small));
    }
    let mut len = 0;
    for (n, c) in word.chars().enumerate() {
        if n >= most {
            return false;
        }
        len += fold(c).encode_utf8(&mut buffer[len..]).len();
    }
    let folded = std::str::from_utf8(&buffer[..len]).unwrap_or_default();
    list.contains(folded)
}
