//! Findings on their way to the client, pushed or pulled.
//!
//! A long text has thousands of them, and after a key all but a few are what they were, some lines further on. So they
//! are written as JSON once, but for their places ([`wire`]); what was written is kept beside the open text ([`Kept`]) and
//! only put together anew.
//!
//! Not here: what is wrong (`rules`), who is told when (`publish`, `requests`).

mod counts;
mod kept;
mod known;
mod wire;

pub use counts::{Counts, Levels, Tally};
pub use kept::Kept;
pub use known::{Look, Looked};

use std::sync::Arc;

use tower_lsp::ls_types::Range;
use xxhash_rust::xxh3::xxh3_128;

use super::analysis::World;
use super::capabilities::Agreed;
use super::convert;
use crate::config::Level;
use crate::corpus::{Annotations, FileId};
use crate::rules;

/// Writes the findings of a file as a list, as of one that is closed; nothing is kept. Answers what its words mean, when it is a text.
pub fn write_closed(world: &World, file: FileId, agreed: Agreed, out: &mut Vec<u8>) -> Option<Arc<Annotations>> {
    let notes = world.snapshot.annotations(file);
    let found = rules::check(&world.snapshot, file, notes.as_deref());
    world.counts.saw(&world.snapshot, file, Levels::of(found.iter().map(|one| one.level)), notes.as_deref());
    let mut list = List::begin(out);
    let mut shown = Shown::of(found.iter().map(|one| one.level));
    if !found.is_empty() {
        let text = notes.as_ref().map(|notes| notes.text.clone()).or_else(|| world.snapshot.text(file)).unwrap_or_default();
        let lines = world.lines(file, &text);
        let mut wire = wire::Wire::new(world, file, agreed);
        for one in found.iter().filter(|one| shown.takes(one.level)) {
            if let Some(rest) = wire.rest(one) {
                list.push(convert::range(&text, &lines, one.span, agreed.encoding), &rest.bytes);
            }
        }
    }
    list.tell(shown.hidden);
    list.end();
    notes
}

/// So many findings of one text are shown, the gravest first. More than these nobody reads in an editor (VS Code itself shows a thousand
/// of a text), and with every key a client would read all of them again.
const MOST: usize = 1000;

/// Which findings of a text are shown.
struct Shown {
    /// How many more of errors, warnings and notes.
    left: [usize; 3],
    /// How many are not.
    hidden: usize,
}

impl Shown {
    /// Of findings of these levels.
    fn of(levels: impl Iterator<Item = Level>) -> Self {
        let mut counts = [0; 3];
        levels.for_each(|level| counts[rank(level)] += 1);
        let mut room = MOST;
        let left = counts.map(|count| {
            let taken = count.min(room);
            room -= taken;
            taken
        });
        Self { left, hidden: counts.iter().sum::<usize>() - left.iter().sum::<usize>() }
    }

    /// Whether the next finding, of this level, is shown.
    fn takes(&mut self, level: Level) -> bool {
        let left = &mut self.left[rank(level)];
        let takes = *left > 0;
        *left -= usize::from(takes);
        takes
    }
}

fn rank(level: Level) -> usize {
    match level {
        Level::Error => 0,
        Level::Warning => 1,
        Level::Note | Level::Off => 2,
    }
}

/// A list without findings.
pub const NONE: &[u8] = b"[]";

/// The name under which a client remembers a list of findings: the same only for the same findings at the same places.
#[must_use]
pub fn id_of(list: &[u8]) -> String {
    format!("{:032x}", xxh3_128(list))
}

/// A list being written.
struct List<'o> {
    out: &'o mut Vec<u8>,
    start: usize,
}

impl<'o> List<'o> {
    fn begin(out: &'o mut Vec<u8>) -> Self {
        out.push(b'[');
        let start = out.len();
        Self { out, start }
    }

    /// Adds a finding: its place, and the rest of it.
    fn push(&mut self, at: Range, rest: &[u8]) {
        if self.out.len() > self.start {
            self.out.push(b',');
        }
        wire::place(at, self.out);
        self.out.extend_from_slice(rest);
    }

    /// Says at the text's beginning how many findings are not shown.
    fn tell(&mut self, hidden: usize) {
        if hidden > 0 {
            let message = format!("{hidden} more findings of this text are not shown; `vidimus check` lists all of them");
            let rest = serde_json::json!({"severity": 3, "source": env!("CARGO_PKG_NAME"), "message": message}).to_string();
            // Behind the place, in place of the opening brace.
            self.push(Range::default(), rest.replacen('{', ",", 1).as_bytes());
        }
    }

    fn end(self) {
        self.out.push(b']');
    }
}

/// A page with a rule's manual.
fn manual(rule: &rules::Rule) -> String {
    format!("# {}\n\n{}\n\n{}\n", rule.name, rule.summary, rule.manual().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_findings_the_gravest_are_shown_and_the_rest_counted() {
        let levels = [(Level::Note, 900), (Level::Error, 30), (Level::Warning, 200)];
        let all = || levels.into_iter().flat_map(|(level, count)| std::iter::repeat_n(level, count));
        let mut shown = Shown::of(all());
        let taken: Vec<Level> = all().filter(|level| shown.takes(*level)).collect();
        let count = |level| taken.iter().filter(|l| **l == level).count();
        assert_eq!([count(Level::Error), count(Level::Warning), count(Level::Note)], [30, 200, 770]);
        assert_eq!((taken.len(), shown.hidden), (MOST, 130));
        let mut out = Vec::new();
        let mut list = List::begin(&mut out);
        list.tell(shown.hidden);
        list.end();
        let list: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
        assert!(list[0]["message"].as_str().is_some_and(|m| m.starts_with("130 more")), "{list}");
    }
}
