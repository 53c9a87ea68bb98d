//! Which names are too weak to be searched for, and which need a second look where they are found.
//!
//! Registries made from gazetteers hold thousands of names that are also words: towns called Reading,
//! Mobile and Sale, codes like AND, months. Nothing here knows a particular registry; the decisions rest on
//! lists of words of the language (`function_words.txt`, `common_words_en.txt`) and on how a word stands in its text.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::CaseRule;
use super::token::{self, Shape, Token, fold};
use crate::text::blocks;

/// Why a name is not searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// What is known of a name of one word when it is compiled; of others nothing more is asked.
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

/// What the tokens of a name add up to, told one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    words: usize,
    /// Words of grammar at its head.
    functional: usize,
    /// Letters and digits; beyond three they are not counted.
    letters: usize,
    marks: bool,
    /// Whether some word is no number.
    no_number: bool,
}

impl Tally {
    /// Takes the next token of the name.
    pub fn take(&mut self, name: &str, token: &Token) {
        if token.shape == Shape::Mark {
            self.marks = true;
            return;
        }
        self.words += 1;
        // More words change nothing then, and most names are settled by the first.
        if self.letters > 3 && self.no_number && self.functional + 1 < self.words {
            return;
        }
        let word = &name[token.start..token.end];
        if self.letters <= 3 {
            self.letters += if word.is_ascii() { word.len() } else { word.chars().count() };
        }
        self.no_number = self.no_number || !word.bytes().all(|b| b.is_ascii_digit());
        // One word that is not of grammar settles it; most names begin with such a word.
        self.functional += usize::from(self.functional + 1 == self.words && is_function_word(word));
    }

    /// What its name is, when no token is left.
    ///
    /// # Errors
    /// The reason when it should not be searched for.
    pub fn judge(self, name: &str, case: CaseRule) -> Result<Care, Reason> {
        let mut care = self.refuse(name, case)?;
        care.common = care.common || care.one_word && is_common(name);
        Ok(care)
    }

    /// The same without the long list of common words, which only matters where a name is found.
    fn refuse(self, name: &str, case: CaseRule) -> Result<Care, Reason> {
        if self.letters < 2 {
            return Err(Reason::NoWord);
        }
        if !self.no_number {
            return Err(Reason::Number);
        }
        let one_word = self.words == 1 && !self.marks;
        let capitals = one_word && name.chars().all(|c| !c.is_lowercase()) && name.chars().any(char::is_uppercase);
        // "US", "WHO" and "IT" in capitals are names; "Us" and "who" are not.
        let acronym = capitals && case == CaseRule::Exact;
        if self.functional == self.words && !acronym {
            return Err(Reason::FunctionWords);
        }
        if one_word && !acronym && is_calendar_word(name) {
            return Err(Reason::Calendar);
        }
        Ok(Care { one_word, common: one_word && self.functional == 1, short: one_word && self.letters <= 3, capitals })
    }
}

/// Whether a name can be searched for.
///
/// # Errors
/// The reason when it should not be.
pub fn refuse(name: &str, case: CaseRule) -> Result<(), Reason> {
    if is_plain(name) {
        return Ok(());
    }
    let (mut tally, mut at) = (Tally::default(), 0);
    while let Some(token) = token::next(name, at) {
        tally.take(name, &token);
        at = token.end;
    }
    tally.refuse(name, case).map(drop)
}

/// Whether a name has more than one word or mark, and a word among them that is neither of grammar nor a number: no reason is
/// against it then.
fn is_plain(name: &str) -> bool {
    let (mut at, mut before) = (0, false);
    while let Some(token) = token::next(name, at) {
        let word = &name[token.start..token.end];
        let settles =
            token.shape != Shape::Mark && word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic()) && !is_function_word(word);
        if settles {
            return before || token::next(name, token.end).is_some();
        }
        (at, before) = (token.end, true);
    }
    false
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

/// What the lists hold of which it hangs how a name is judged: words of grammar, common words, words of the calendar.
pub const WORD_LISTS: [&str; 3] = [include_str!("function_words.txt"), include_str!("common_words_en.txt"), CALENDAR];

static FUNCTION_WORDS: LazyLock<List> = LazyLock::new(|| List::of(WORD_LISTS[0], 12));
static COMMON_WORDS: LazyLock<List> = LazyLock::new(|| List::of(WORD_LISTS[1], 20));
static CALENDAR_WORDS: LazyLock<List> = LazyLock::new(|| List::of(CALENDAR, 12));

const CALENDAR: &str = "january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    понедельник вторник среда четверг пятница суббота воскресенье";

/// Words in small letters.
struct List {
    words: FxHashSet<&'static str>,
    /// Longer words than so many letters are not looked up.
    most: usize,
    /// One bit for each value of a head's top bits that a word of ASCII has: most words are on no list.
    heads: Box<[u64; 1 << (HEAD_BITS - 6)]>,
}

const HEAD_BITS: u32 = 15;

fn place(head: u64) -> (usize, u64) {
    let bit = (head >> (64 - HEAD_BITS)) as usize;
    (bit / 64, 1 << (bit % 64))
}

impl List {
    /// Lines that begin with `#` give reasons.
    fn of(list: &'static str, most: usize) -> Self {
        let words: FxHashSet<&str> = list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect();
        let mut heads = Box::new([0; 1 << (HEAD_BITS - 6)]);
        for word in &words {
            let (cell, bit) = place(blocks::head(word.as_bytes(), 0, word.len()));
            heads[cell] |= bit;
        }
        Self { words, most, heads }
    }

    /// Whether it holds the word, in any case.
    fn has(&self, word: &str) -> bool {
        let mut buffer = [0_u8; 64];
        if word.is_ascii() {
            // Most names are so, and a registry may have a million.
            let (cell, bit) = place(blocks::head(word.as_bytes(), 0, word.len()));
            if word.len() > self.most || self.heads[cell] & bit == 0 {
                return false;
            }
            let Some(small) = buffer.get_mut(..word.len()) else { return false };
            small.copy_from_slice(word.as_bytes());
            small.make_ascii_lowercase();
            return std::str::from_utf8(small).is_ok_and(|small| self.words.contains(small));
        }
        let mut len = 0;
        for (n, c) in word.chars().enumerate() {
            if n >= self.most {
                return false;
            }
            len += fold(c).encode_utf8(&mut buffer[len..]).len();
        }
        let folded = std::str::from_utf8(&buffer[..len]).unwrap_or_default();
        self.words.contains(folded)
    }
}

fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.has(word)
}

fn is_common(word: &str) -> bool {
    COMMON_WORDS.has(word)
}

fn is_calendar_word(word: &str) -> bool {
    CALENDAR_WORDS.has(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_plain_name_has_no_reason_against_it(name in "(the|of|May|US|us|in|Ada|ёж|Лавров|12|7|a|-|'|\\.| |\u{200b}|[a-zA-Z]{1,3}){0,6}") {
            let (mut tally, mut at) = (Tally::default(), 0);
            while let Some(token) = token::next(&name, at) {
                tally.take(&name, &token);
                at = token.end;
            }
            for case in [CaseRule::Exact, CaseRule::Folded] {
                prop_assert_eq!(refuse(&name, case), tally.refuse(&name, case).map(drop));
            }
        }
    }

    #[test]
    fn a_list_is_asked_in_any_case() {
        let list = List::of("# a reason\nthe within\nпонедельник", 12);
        assert!(["the", "The", "WITHIN", "Понедельник"].into_iter().all(|word| list.has(word)));
        assert!(!["then", "", "th", "reason", "witHinn"].into_iter().any(|word| list.has(word)));
    }
}
