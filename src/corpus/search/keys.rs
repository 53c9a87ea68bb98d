//! Names folded for search, side by side.

use super::fold::fold;
use super::score::{Fit, Query};
use crate::text::Span;

/// Names folded for search, each with whose it is.
#[derive(Clone, Debug, Default)]
pub(in crate::corpus) struct Keys {
    text: String,
    rows: Vec<Row>,
    /// How many names the owner added last has.
    last: (u32, u16),
}

#[derive(Clone, Copy, Debug)]
struct Row {
    /// Its letters.
    letters: u64,
    /// Those that begin its words.
    firsts: u64,
    /// Where it ends in the text; it begins where the one before ends.
    end: u32,
    /// Whose it is.
    owner: u32,
    /// Which of the owner's names.
    name: u16,
}

impl Keys {
    /// Adds a name of an owner; names of one owner are added one after the other.
    pub(in crate::corpus) fn add(&mut self, owner: usize, name: &str) {
        let owner = Span::from(0..owner).end;
        if self.last.0 != owner {
            self.last = (owner, 0);
        }
        let folded = fold(name);
        if !folded.is_empty() {
            self.text.push_str(&folded);
            let end = Span::from(0..self.text.len()).end;
            let (letters, firsts) = (letters(folded.as_bytes()), firsts(folded.as_bytes()));
            self.rows.push(Row { letters, firsts, end, owner, name: self.last.1 });
        }
        self.last.1 = self.last.1.saturating_add(1);
    }

    /// Calls `found` with the score, the owner and which of its names, for every name that fits so well.
    pub(in crate::corpus) fn search(&self, query: &Query, fit: Fit, found: &mut dyn FnMut(u32, u32, u16)) {
        let mut start = 0;
        let text = self.text.as_bytes();
        for row in &self.rows {
            let span = start..row.end as usize;
            start = span.end;
            let lacks = match fit {
                // One letter stands in nearly every name: it is asked for words that begin with it.
                Fit::Any if !query.is_letter() => query.letters & !row.letters,
                Fit::Any | Fit::Beginnings => query.letters & !row.letters | query.firsts & !row.firsts,
            };
            if lacks != 0 {
                continue;
            }
            if let Some(score) = text.get(span).and_then(|key| query.score(key, fit)) {
                found(score, row.owner, row.name);
            }
        }
    }
}

/// One bit for each letter and digit; other bytes share the rest.
pub(super) fn letters(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |set, &b| {
        set | match b {
            b'a'..=b'z' => 1 << (b - b'a'),
            b'0'..=b'9' => 1 << (26 + b - b'0'),
            b' ' => 0,
            other => 1 << (36 + other % 28),
        }
    })
}

/// One bit for each letter that begins a word.
pub(super) fn firsts(folded: &[u8]) -> u64 {
    folded.split(|&b| b == b' ').fold(0, |set, word| set | letters(&word[..word.len().min(1)]))
}
