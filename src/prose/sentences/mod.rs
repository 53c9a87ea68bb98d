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

/// One sentence, without the space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the running text.
    pub span: Span,
    /// Index of its passage.
    pub passage: u32,
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

/// Bytes at which a sentence may end: marks, line ends, the `)` of a list's number, and the first byte
/// of `…` and bullets.
static STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut at = 0;
    while at < b".!?\n)\xE2".len() {
        stops[b".!?\n)\xE2"[at] as usize] = true;
        at += 1;
    }
    stops
};

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
            into.push(Sentence { span: Span::from(base + from..base + trimmed), passage: index });
        }
    };
    while let Some(mark) = next_stop(words.as_bytes(), at) {
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

/// The next byte from `at` on that may end a sentence.
fn next_stop(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    rest.iter().position(|&b| STOPS[b as usize]).map(|n| at + n)
}

/// The first byte from `at` on that is no space.
fn skip_space(words: &str, at: usize) -> usize {
    let rest = words.get(at..).unwrap_or_default();
    words.len().min(at + (rest.len() - rest.trim_start().len()))
}
