//! Findings on their way to the client, pushed or pulled.
//!
//! A long text has thousands of them, and after a key all but a few are what they were, some lines further on. So they
//! are written as JSON once, but for their places ([`wire`]); what was written is kept beside the open text ([`Kept`]) and
//! only put together anew.
//!
//! Not here: what is wrong (`rules`), who is told when (`publish`, `requests`).

mod kept;
mod wire;

pub use kept::Kept;

use std::fmt::Write;

use tower_lsp::ls_types::Range;
use xxhash_rust::xxh3::xxh3_128;

use super::analysis::World;
use super::capabilities::Agreed;
use super::convert;
use crate::corpus::FileId;
use crate::rules;
use crate::text::LineIndex;

/// The findings of one file as a list in JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Items(pub Vec<u8>);

impl Items {
    /// No finding.
    #[must_use]
    pub fn none() -> Self {
        Self(b"[]".to_vec())
    }

    /// Those of a closed file; nothing is kept.
    #[must_use]
    pub fn of_closed(world: &World, file: FileId, agreed: Agreed) -> Self {
        let notes = world.snapshot.annotations(file);
        let found = rules::check(&world.snapshot, file, notes.as_deref());
        if found.is_empty() {
            return Self::none();
        }
        let text = notes.map(|notes| notes.text.clone()).or_else(|| world.snapshot.text(file)).unwrap_or_default();
        let lines = LineIndex::new(&text);
        let mut wire = wire::Wire::new(world, agreed);
        let mut list = List::new();
        for one in found {
            if let Some(rest) = wire.rest(&one) {
                list.push(convert::range(&text, &lines, one.span, agreed.encoding), &rest);
            }
        }
        list.done()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0 == b"[]"
    }

    /// The name under which a client remembers them: the same only for the same findings at the same places.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{:032x}", xxh3_128(&self.0))
    }
}

/// A list being written.
struct List(Vec<u8>);

impl List {
    fn new() -> Self {
        Self(b"[".to_vec())
    }

    /// Adds a finding: its place, and the rest of it.
    fn push(&mut self, at: Range, rest: &[u8]) {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
        wire::place(at, &mut self.0);
        self.0.extend_from_slice(rest);
    }

    fn done(mut self) -> Items {
        self.0.push(b']');
        Items(self.0)
    }
}

/// A page with a rule's manual, for clients that show where a code is explained; `None` when it cannot be kept.
fn manual(rule: &rules::Rule) -> String {
    let mut page = format!("# {}\n\n{}\n\n", rule.name, rule.summary);
    let _ = writeln!(page, "{}", rule.manual().trim_end());
    page
}
