//! Names folded for search, side by side, and their words in the order of the alphabet.

use super::fold::fold;
use super::score::{Fit, Query, first_beginning};
use crate::text::Span;

/// Names folded for search, each with whose it is.
#[derive(Clone, Debug, Default)]
pub(in crate::corpus) struct Keys {
    text: Box<str>,
    rows: Box<[Row]>,
    /// Where words begin, each by all that follows it in its name: whatever begins alike stands together.
    starts: Box<[Start]>,
}

#[derive(Clone, Copy, Debug)]
struct Row {
    /// Its letters.
    letters: u64,
    /// Where it ends in the text; it begins where the one before ends.
    end: u32,
    /// Whose it is.
    owner: u32,
    /// Which of the owner's names.
    name: u16,
}

#[derive(Clone, Copy, Debug)]
struct Start {
    /// Of which name.
    row: u32,
    /// Where in the text.
    at: u32,
}

impl Keys {
    /// The names of all owners.
    pub(in crate::corpus) fn of<N: AsRef<str>>(owners: impl Iterator<Item = (usize, impl Iterator<Item = N>)>) -> Self {
        let (mut text, mut rows, mut starts) = (String::new(), Vec::new(), Vec::new());
        for (owner, names) in owners {
            for (name, folded) in names.enumerate().map(|(n, name)| (n, fold(name.as_ref()))).filter(|(_, folded)| !folded.is_empty()) {
                let (Ok(name), row) = (u16::try_from(name), number(rows.len())) else { break };
                let begin = text.len();
                let later = memchr::memchr_iter(b' ', folded.as_bytes()).map(|space| space + 1);
                starts.extend(std::iter::once(0).chain(later).map(|at| Start { row, at: number(begin + at) }));
                text.push_str(&folded);
                rows.push(Row { letters: letters(folded.as_bytes()), end: number(text.len()), owner: number(owner), name });
            }
        }
        let mut keys = Self { text: text.into(), rows: rows.into(), starts: Box::default() };
        starts.sort_unstable_by(|a, b| keys.from(*a).cmp(keys.from(*b)));
        keys.starts = starts.into();
        keys
    }

    /// Calls `found` with the score, the owner and which of its names, for every name that fits so well.
    pub(in crate::corpus) fn search(&self, query: &Query, fit: Fit, found: &mut dyn FnMut(u32, u32, u16)) {
        match fit {
            Fit::Beginnings if query.is_empty() => {
                let mut start = 0;
                for row in &self.rows {
                    found(query.score_of_all((row.end - start) as usize), row.owner, row.name);
                    start = row.end;
                }
            }
            Fit::Beginnings => self.beginnings(query, found),
            Fit::Any => self.all(query, found),
        }
    }

    /// Names that have a word from which on they read like the query, and those whose words its words begin.
    fn beginnings(&self, query: &Query, found: &mut dyn FnMut(u32, u32, u16)) {
        for sought in query.beginnings() {
            for start in self.beginning_with(sought) {
                let Some(row) = self.rows.get(start.row as usize) else { continue };
                let (key, at) = (self.key(start.row), (start.at - self.begin(start.row)) as usize);
                // A name with two such words is found by the first.
                if first_beginning(key, sought) == Some(at)
                    && let Some(score) = query.score_of_beginning(key, sought, at)
                {
                    found(score, row.owner, row.name);
                }
            }
        }
    }

    /// The owners of names that begin so, in order, each once.
    pub(super) fn owners_of_beginning(&self, sought: &[u8]) -> Vec<u32> {
        let first = self.beginning_with(sought).iter().filter(|start| start.at == self.begin(start.row));
        let mut owners: Vec<u32> = first.filter_map(|start| Some(self.rows.get(start.row as usize)?.owner)).collect();
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    fn beginning_with(&self, sought: &[u8]) -> &[Start] {
        let from = self.starts.partition_point(|start| self.from(*start) < sought);
        let rest = &self.starts[from..];
        &rest[..rest.partition_point(|start| self.from(*start).starts_with(sought))]
    }

    /// Each name is looked at, unless it lacks letters.
    fn all(&self, query: &Query, found: &mut dyn FnMut(u32, u32, u16)) {
        let (text, mut start) = (self.text.as_bytes(), 0);
        for row in &self.rows {
            let span = start..row.end as usize;
            start = span.end;
            if query.letters & !row.letters == 0
                && let Some(score) = text.get(span).and_then(|key| query.score(key))
            {
                found(score, row.owner, row.name);
            }
        }
    }

    /// Where a name begins.
    fn begin(&self, row: u32) -> u32 {
        row.checked_sub(1).and_then(|before| self.rows.get(before as usize)).map_or(0, |before| before.end)
    }

    /// A name.
    fn key(&self, row: u32) -> &[u8] {
        let end = self.rows.get(row as usize).map_or(0, |row| row.end);
        self.text.as_bytes().get(self.begin(row) as usize..end as usize).unwrap_or_default()
    }

    /// A name from a word on.
    fn from(&self, start: Start) -> &[u8] {
        let end = self.rows.get(start.row as usize).map_or(0, |row| row.end);
        self.text.as_bytes().get(start.at as usize..end as usize).unwrap_or_default()
    }
}

fn number(count: usize) -> u32 {
    Span::from(0..count).end
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
