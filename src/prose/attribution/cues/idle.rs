//! Cues with which nobody speaks, told by the words right beside them: "the report", "was politely noted", "to say".
//!
//! Most words that may be cues are nouns or passives. What stands here says of some of them, without reading the sentence, what
//! `speakers` would say behind it all: that there is no subject. Of others it says nothing.

use std::ops::Range;

use super::{Cue, Entry, Known, Lexicon, Small, Who};
use crate::text::{Span, blocks};

/// Adverbs between a form of "be" and its participle, at most.
const ADVERBS: usize = 4;

/// What a word says of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// That it holds no cue, for all that this word tells.
    Nothing,
    /// That it holds a cue, with which nobody speaks unless there is a quotation.
    Idle,
    /// That it may hold any cue.
    Cue,
}

impl Lexicon {
    /// What the letters from a byte on tell of a sentence of ASCII.
    pub fn tells(&self, text: &str, sentence: Span, at: usize) -> Tells {
        let words = text.as_bytes().get(..sentence.end as usize).unwrap_or_default();
        let len = letters_from(words, at);
        let entry = self.find(text, at, at + len, false);
        match entry.trigger {
            false => Tells::Nothing,
            true if self.is_idle(text, words, sentence.start as usize, at..at + len, entry) => Tells::Idle,
            true => Tells::Cue,
        }
    }

    /// Whether a cue has no subject because of the words beside it. `words`: all up to the end of the sentence, which begins at `start`.
    fn is_idle(&self, text: &str, words: &[u8], start: usize, cue: Range<usize>, entry: &Entry) -> bool {
        // Of phrases, and of words in parts, only the whole tells.
        if entry.within || matches!(entry.known.cue, Cue::None | Cue::According) || !stands_alone(words, cue.end) {
            return false;
        }
        let (mut end, mut from) = match word_before(words, start, cue.start) {
            Some(from) => (cue.start - 1, from),
            None => return false,
        };
        let Some(mut known) = self.alone(text, from, end) else { return false };
        let (word, behind) = (&words[cue.clone()], &words[cue.end..]);
        // "Ministry of State", "the report".
        if word[0].is_ascii_uppercase() || known.who == Who::Determiner && !known.small.is(Small::COUNTS) {
            return true;
        }
        if known.small.is(Small::TO) {
            return !behind.windows(4).any(|w| w.eq_ignore_ascii_case(b"that"));
        }
        for _ in 0..=ADVERBS {
            if known.small.is(Small::BE) {
                return !(word.ends_with(b"ing") || matches!(word, b"told" | b"heard") || is_led_on(behind));
            }
            let adverb = known.who == Who::Adverb || words[..end].ends_with(b"ly") && !words[from].is_ascii_uppercase();
            let before = if adverb && !known.small.is(Small::AS) { word_before(words, start, from) } else { None };
            let Some(before) = before else { return false };
            (end, from) = (from - 1, before);
            let Some(next) = self.alone(text, from, end) else { return false };
            known = next;
        }
        false
    }

    /// What is known of a word; `None` when it may be the last of a phrase.
    fn alone(&self, text: &str, from: usize, to: usize) -> Option<Known> {
        let entry = self.find(text, from, to, false);
        (!entry.ends_phrases()).then_some(entry.known)
    }
}

/// Whether a word of ASCII that ends at a byte does not go on there.
fn stands_alone(words: &[u8], end: usize) -> bool {
    match words.get(end) {
        Some(b' ' | b',' | b';' | b')') => true,
        Some(b'.' | b'!' | b'?') => end + 1 == words.len(),
        _ => false,
    }
}

/// Where the word begins that stands before the one at byte `at`, with a space between them and one before it.
fn word_before(words: &[u8], start: usize, at: usize) -> Option<usize> {
    let end = at.checked_sub(1).filter(|&end| end > start && words[end] == b' ')?;
    let from = end - letters_before(words, start, end);
    (from < end && (from == start || words[from - 1] == b' ')).then_some(from)
}

/// How many letters and digits there are from a byte of ASCII on, eight at a time.
fn letters_from(words: &[u8], at: usize) -> usize {
    let mut end = at;
    loop {
        let len = blocks::word_from(blocks::eight(words, end));
        end += len;
        if len < 8 {
            return end - at;
        }
    }
}

/// The same before byte `end`, back to byte `start` at most.
fn letters_before(words: &[u8], start: usize, end: usize) -> usize {
    let mut from = end;
    loop {
        let eight = match from {
            8.. => blocks::eight(words, from - 8),
            1.. => blocks::eight(words, 0) << (64 - 8 * from),
            0 => 0,
        };
        let len = blocks::word_before(eight).min(from - start);
        from -= len;
        if len < 8 {
            return end - from;
        }
    }
}

/// Whether the next word may say by whom something is told, or in what.
fn is_led_on(behind: &[u8]) -> bool {
    let next = behind.iter().position(u8::is_ascii_alphanumeric).map_or(&[][..], |at| &behind[at..]);
    let word = next.get(..2).is_some_and(|w| w.eq_ignore_ascii_case(b"by") || w.eq_ignore_ascii_case(b"in"));
    word && !next.get(2).is_some_and(u8::is_ascii_alphanumeric)
}
