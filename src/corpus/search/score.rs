//! How well a query fits a name.

use memchr::memmem::Finder;

use super::fold::fold;
use super::keys::letters;

/// What is looked for.
pub(in crate::corpus) struct Query {
    /// Folded, one space between words.
    words: Vec<u8>,
    /// The same without spaces.
    bare: Vec<u8>,
    /// Its letters.
    pub(super) letters: u64,
    finder: Finder<'static>,
}

/// The whole name.
const WHOLE: u32 = 1000;
/// The name's beginning.
const BEGINS: u32 = 900;
/// The beginnings of words, in order.
const WORDS: u32 = 750;
/// The beginning of a later word.
const WORD: u32 = 700;
/// The beginnings of words, in any order.
const SHUFFLED: u32 = 650;
/// The first letters of words.
const INITIALS: u32 = 600;
/// Somewhere inside.
const INSIDE: u32 = 500;
/// Letters with others between them: this at most.
const SCATTERED: u32 = 450;

/// Which fits are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::corpus) enum Fit {
    /// Words that begin so; whatever fits in another way has a lower score than each of these.
    Beginnings,
    /// All.
    Any,
}

impl Query {
    pub(super) fn of(query: &str) -> Self {
        let words = fold(query).into_bytes();
        let bare: Vec<u8> = words.iter().copied().filter(|&b| b != b' ').collect();
        Self { letters: letters(&words), finder: Finder::new(&words).into_owned(), words, bare }
    }

    /// Whether nothing is asked for, which fits everything.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether whatever fits at all has words that begin so: one letter stands in nearly every name.
    pub(super) fn is_begun_alone(&self) -> bool {
        self.words.len() <= 1
    }

    /// Whether it has several words.
    fn is_long(&self) -> bool {
        self.bare.len() < self.words.len()
    }

    /// What a name has from some word on that fits as a beginning: all of the query, else its longest word.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = &[u8]> {
        let longest = self.words.split(|&b| b == b' ').max_by_key(|word| word.len()).filter(|_| self.is_long());
        std::iter::once(&self.words[..]).chain(longest)
    }

    /// How well a name fits that has one of [`beginnings`](Self::beginnings), first at `at`; `None`: it fits by all of the query, or not so.
    pub(super) fn score_of_beginning(&self, key: &[u8], sought: &[u8], at: usize) -> Option<u32> {
        let tier = if sought.len() == self.words.len() {
            self.tier_of_beginning(key, Some(at))
        } else {
            self.begins(key).filter(|t| *t == WORDS + 40)
        };
        Some(self.less_the_rest(tier?, key.len()))
    }

    /// How well an empty query fits a name of such a length.
    pub(super) fn score_of_all(&self, length: usize) -> u32 {
        self.less_the_rest(BEGINS + 40, length)
    }

    /// How well it fits a folded name; `None`: not at all.
    pub(super) fn score(&self, key: &[u8]) -> Option<u32> {
        Some(self.less_the_rest(self.tier(key)?, key.len()))
    }

    /// Of two alike the one that says less beyond the query.
    fn less_the_rest(&self, tier: u32, length: usize) -> u32 {
        let rest = u32::try_from(length.saturating_sub(self.words.len())).unwrap_or(u32::MAX);
        tier.saturating_sub(rest.min(40))
    }

    /// How it fits a name whose words it begins; such fit better than all others.
    fn begins(&self, key: &[u8]) -> Option<u32> {
        let ordered = || (self.is_long() && self.begins_words(key) == Some(true)).then_some(WORDS + 40);
        self.tier_of_beginning(key, first_beginning(key, &self.words)).or_else(ordered)
    }

    /// How it fits a name that reads like it from `at` on.
    fn tier_of_beginning(&self, key: &[u8], at: Option<usize>) -> Option<u32> {
        Some(match at? {
            0 if key.len() == self.words.len() => WHOLE + 40,
            0 => BEGINS + 40,
            _ => WORD + 40,
        })
    }

    fn tier(&self, key: &[u8]) -> Option<u32> {
        if key.len() < self.bare.len() {
            return None;
        }
        // Whatever fits has the letters in order, but for words that come in another.
        let end = if self.is_long() { None } else { Some(self.end_of_letters(key)?) };
        if let Some(tier) = self.begins(key) {
            return Some(tier);
        }
        if self.is_begun_alone() {
            return None;
        }
        if self.finder.find(key).is_some() {
            return Some(INSIDE + 40);
        }
        if self.is_long() {
            if self.begins_words(key).is_some() {
                return Some(SHUFFLED + 40);
            }
        } else if self.is_initials(key) {
            return Some(INITIALS + 40);
        }
        self.scattered(key, end.or_else(|| self.end_of_letters(key))?)
    }

    /// Whether each word of the query begins another word of the name; whether in order.
    fn begins_words(&self, key: &[u8]) -> Option<bool> {
        let mut used = 0u64;
        let mut last = None;
        let mut ordered = true;
        for word in self.words.split(|&b| b == b' ') {
            let fits = |&(n, of_key): &(usize, &[u8])| used >> n & 1 == 0 && begins(of_key, word);
            let (n, _) = key.split(|&b| b == b' ').take(64).enumerate().find(fits)?;
            used |= 1 << n;
            ordered &= last.is_none_or(|last| last < n);
            last = Some(n);
        }
        Some(ordered)
    }

    fn is_initials(&self, key: &[u8]) -> bool {
        let mut firsts = key.split(|&b| b == b' ').filter_map(|word| word.first());
        self.bare.len() > 1 && self.bare.iter().all(|b| firsts.next() == Some(b))
    }

    /// Where its letters end in a name that has them in order, whatever stands between.
    fn end_of_letters(&self, key: &[u8]) -> Option<usize> {
        let mut wanted = self.bare.iter();
        let Some(mut next) = wanted.next() else { return Some(0) };
        key.iter().position(|b| {
            if b != next {
                return false;
            }
            match wanted.next() {
                Some(more) => {
                    next = more;
                    false
                }
                None => true,
            }
        })
    }

    /// Letters in order with others between them. Found forwards, then tightened backwards, as close together as that end allows.
    fn scattered(&self, key: &[u8], end: usize) -> Option<u32> {
        let mut wanted = self.bare.iter().rev().peekable();
        let (mut sum, mut gap, mut gaps) = (0u32, 0u32, 0u32);
        for at in (0..=end).rev() {
            if wanted.peek() == Some(&&key[at]) {
                wanted.next();
                let starts = at == 0 || key[at - 1] == b' ';
                sum += if starts { 30 } else { 20 };
                gaps += gap.min(10);
                gap = 0;
                if wanted.peek().is_none() {
                    break;
                }
            } else if key[at] != b' ' {
                gap += 1;
            }
        }
        let letters = u32::try_from(self.bare.len()).unwrap_or(u32::MAX);
        let best = letters.saturating_mul(30);
        let score = SCATTERED.saturating_mul(sum.saturating_sub(gaps * 4)) / best.max(1);
        // Letters strewn over a long name are chance.
        (score > SCATTERED / 3).then_some(score)
    }
}

/// The first word of a name from which on it reads so, by its place.
pub(super) fn first_beginning(key: &[u8], sought: &[u8]) -> Option<usize> {
    if begins(key, sought) {
        return Some(0);
    }
    memchr::memchr_iter(b' ', key).map(|space| space + 1).find(|&at| begins(&key[at..], sought))
}

/// Whether a name begins so. Nearly all differ in the first letter, which costs less to see than a comparison of two strings does.
fn begins(key: &[u8], words: &[u8]) -> bool {
    words.first().is_none_or(|first| key.first() == Some(first) && key.starts_with(words))
}
