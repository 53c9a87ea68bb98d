//! Findings on their way to the client, pushed or pulled.
//!
//! A long text has thousands of them, and after a key all but a few are what they were, some lines further on. So they
//! are written as JSON once, but for their places ([`wire`]); what was written is kept beside the open text ([`Kept`]) and
//! only put together anew.
//!
//! Not here: what is wrong (`rules`), who is told when (`publish`, `requests`).

mod kept;
mod known;
mod wire;

pub use kept::Kept;
pub use known::{Look, Looked};

use std::sync::Arc;

use tower_lsp::ls_types::Range;
use xxhash_rust::xxh3::xxh3_128;

use super::analysis::World;
use super::capabilities::Agreed;
use super::convert;
use crate::corpus::{Annotations, FileId};
use crate::rules;
use crate::text::LineIndex;

/// Writes the findings of a file that is closed as a list; nothing is kept. Answers what its words mean, when it is a text.
pub fn write_closed(world: &World, file: FileId, agreed: Agreed, out: &mut Vec<u8>) -> Option<Arc<Annotations>> {
    let notes = world.snapshot.annotations(file);
    let found = rules::check(&world.snapshot, file, notes.as_deref());
    let mut list = List::begin(out);
    if !found.is_empty() {
        let text = notes.as_ref().map(|notes| notes.text.clone()).or_else(|| world.snapshot.text(file)).unwrap_or_default();
        let lines = LineIndex::new(&text);
        let mut wire = wire::Wire::new(world, file, agreed);
        for one in &found {
            if let Some(rest) = wire.rest(one) {
                list.push(convert::range(&text, &lines, one.span, agreed.encoding), &rest.bytes);
            }
        }
    }
    list.end();
    notes
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

    fn end(self) {
        self.out.push(b']');
    }
}

/// A page with a rule's manual.
fn manual(rule: &rules::Rule) -> String {
    format!("# {}\n\n{}\n\n{}\n", rule.name, rule.summary, rule.manual().trim_end())
}
