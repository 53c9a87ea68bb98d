//! How well a query fits a name.

use memchr::memmem::Finder;

use super::fold::fold;
use super::keys::{firsts, letters};

/// What is looked for.
pub(in crate::corpus) struct Query {
    /// Folded, one space between words.
    words: Vec<u8>,
    /// The same without spaces.
    bare: Vec<u8>,
    /// Its letters.
    pub(super) letters: u64,
    /// Those that begin its words.
    pub(super) firsts: u64,
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
        Self { letters: letters(&words), firsts: firsts(&words), finder: Finder::new(&words).into_owned(), words, bare }
    }

    /// Whether no more than one letter is asked for.
    pub(super) fn is_letter(&self) -> bool {
        self.words.len() == 1
    }

    /// How well it fits a folded name; `None`: not so.
    pub(super) fn score(&self, key: &[u8], fit: Fit) -> Option<u32> {
        let tier = match fit {
            Fit::Beginnings => self.begins(key)?,
            Fit::Any => self.tier(key)?,
        };
        // Of two alike the one that says less beyond the query.
        let rest = u32::try_from(key.len().saturating_sub(self.words.len())).unwrap_or(u32::MAX);
        Some(tier.saturating_sub(rest.min(40)))
    }

    /// How it fits a name whose words it begins; such fit better than all others.
    fn begins(&self, key: &[u8]) -> Option<u32> {
        if begins(key, &self.words) {
            return Some(if key.len() == self.words.len() { WHOLE + 40 } else { BEGINS + 40 });
        }
        if memchr::memchr_iter(b' ', key).any(|space| begins(&key[space + 1..], &self.words)) {
            return Some(WORD + 40);
        }
        let ordered = self.bare.len() < self.words.len() && self.begins_words(key) == Some(true);
        ordered.then_some(WORDS + 40)
    }

    fn tier(&self, key: &[u8]) -> Option<u32> {
        if key.len() < self.bare.len() {
            return None;
        }
        if let Some(tier) = self.begins(key) {
            return Some(tier);
        }
        if self.is_letter() {
            return None;
        }
        if self.finder.find(key).is_some() {
            return Some(INSIDE + 40);
        }
        if self.bare.len() < self.words.len() {
            if self.begins_words(key).is_some() {
                return Some(SHUFFLED + 40);
            }
        } else if self.is_initials(key) {
            return Some(INITIALS + 40);
        }
        self.scattered(key)
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

    /// Letters in order with others between them. Found forwards, then tightened backwards, as close together as that end allows.
    fn scattered(&self, key: &[u8]) -> Option<u32> {
        let mut wanted = self.bare.iter();
        let mut next = wanted.next()?;
        let end = key.iter().position(|b| {
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
        })?;
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

/// Whether a name begins so. Nearly all differ in the first letter, which costs less to see than a comparison of two strings does.
fn begins(key: &[u8], words: &[u8]) -> bool {
    words.first().is_none_or(|first| key.first() == Some(first) && key.starts_with(words))
}
