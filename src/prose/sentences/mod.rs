//! Sentences: where one ends and the next begins.
//!
//! One scan over a passage's bytes stops at full stops, question and exclamation marks, ellipses and
//! line ends. [`stop`] judges a mark by what stands around it, [`abbreviation`] the word before a full
//! stop, [`list`] the numbers and bullets of lists written in one run. A wrong split moves a citation
//! by one sentence and a missing one widens its scope, so where both readings are possible the
//! sentence goes on.
//!
//! The word lists of both languages are always used: their alphabets keep them apart, and a Russian
//! text quotes English works.

mod abbreviation;
mod list;
mod stop;
#[cfg(test)]
mod tests;

use super::Language;
use crate::text::Span;
use crate::text::blocks::{BLOCK, block, mask};

/// One sentence, without the space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the running text.
    pub span: Span,
    /// Index of its passage.
    pub passage: u32,
    /// Whether a word of it may be a cue, for all that is known; only attribution asks ([`super::attribution::Cues`]).
    pub may_report: bool,
    /// Whether such a cue may have a speaker, as far as the words beside it tell, likewise.
    pub may_speak: bool,
    /// Whether a word of it may order something, likewise ([`super::watch`]).
    pub may_order: bool,
    /// Whether a word of it may be one of those within a sentence that supposes, or that tells of somebody's own work, likewise.
    pub may_suppose: bool,
}

/// What a mark turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    /// Where the sentence ends, if it does.
    end: Option<usize>,
    /// Where reading goes on.
    resume: usize,
}

impl Step {
    /// The sentence goes on.
    const fn on(resume: usize) -> Self {
        Self { end: None, resume }
    }

    /// The sentence ends before byte `end`.
    const fn ends(end: usize, resume: usize) -> Self {
        Self { end: Some(end), resume }
    }
}

/// Appends the sentences of one passage: sorted, disjoint, inside it, and together all that is not space.
pub fn split(text: &str, passage: Span, index: u32, _language: Language, into: &mut Vec<Sentence>) {
    let words = passage.slice(text);
    let base = passage.start as usize;
    let mut start = skip_space(words, 0);
    let mut run = list::Run::begin(words, start);
    let mut at = start;
    let push = |from: usize, to: usize, into: &mut Vec<Sentence>| {
        let trimmed = from + words[from..to].trim_end().len();
        if trimmed > from {
            let span = Span::from(base + from..base + trimmed);
            into.push(Sentence { span, passage: index, may_report: true, may_speak: true, may_order: true, may_suppose: true });
        }
    };
    let mut stops = Stops { bytes: words.as_bytes(), at: 0, next: 0, places: 0 };
    while let Some(mark) = stops.next(at, run.is_some()) {
        let step = judge(words, start, mark, &mut run);
        at = step.resume.max(mark + 1);
        if let Some(end) = step.end {
            push(start, end, into);
            start = skip_space(words, end);
            at = at.max(start);
        }
    }
    push(start, words.len(), into);
}

/// What the mark at byte `mark` of a sentence that began at `start` does.
fn judge(words: &str, start: usize, mark: usize, run: &mut Option<list::Run>) -> Step {
    let bytes = words.as_bytes();
    if let Some(step) = run.as_mut().and_then(|run| run.item(words, start, mark)) {
        return step;
    }
    match bytes[mark] {
        b'.' | b'!' | b'?' => stop::judge(words, start, mark),
        b'\n' => {
            let step = list::line(words, start, mark);
            if step.end.is_some() {
                *run = list::Run::begin(words, skip_space(words, mark));
            }
            step
        }
        0xE2 if words[mark..].starts_with('…') => stop::judge(words, start, mark),
        _ => Step::on(mark + 1),
    }
}

/// Walks a passage from one place where a sentence may end to the next.
struct Stops<'a> {
    bytes: &'a [u8],
    /// The block at hand, and the next.
    at: usize,
    next: usize,
    /// Places in the block not yet looked at.
    places: u64,
}

impl Stops<'_> {
    /// The next byte from `from` on at which a sentence may end: a mark, a line end, the first byte of `…`; `in_list`
    /// also the `)` of a list's number and the first byte of a bullet. Calls must not go back.
    #[expect(clippy::needless_bitwise_bool, reason = "without branches it becomes instructions for sixteen bytes")]
    fn next(&mut self, from: usize, in_list: bool) -> Option<usize> {
        loop {
            let seen = from.saturating_sub(self.at);
            self.places &= if seen < BLOCK { u64::MAX << seen } else { 0 };
            while self.places != 0 {
                let place = self.at + self.places.trailing_zeros() as usize;
                self.places &= self.places - 1;
                let in_lists_only = match self.bytes[place] {
                    b')' => true,
                    0xE2 => !self.bytes[place..].starts_with("…".as_bytes()),
                    _ => false,
                };
                if in_list || !in_lists_only {
                    return Some(place);
                }
            }
            if self.next >= self.bytes.len() {
                return None;
            }
            (self.at, self.next) = (self.next, self.next + BLOCK);
            let is_stop = |b| (b == b'.') | (b == b'!') | (b == b'?') | (b == b'\n') | (b == b')') | (b == 0xE2);
            self.places = mask(&block(self.bytes, self.at), is_stop);
        }
    }
}

/// The first byte from `at` on that is no space.
fn skip_space(words: &str, at: usize) -> usize {
    let rest = words.get(at..).unwrap_or_default();
    words.len().min(at + (rest.len() - rest.trim_start().len()))
}
