//! What is remembered from paragraph to paragraph, written down along the way.
//!
//! Whom a pronoun means depends on all that was said before, but in the end on little of it: the persons and bodies
//! named last, and how the passage before ended. After an edit the reader starts at the last milestone before it, and
//! stops at the first one behind it where it remembers what it did before.

use super::events::Voice;
use crate::text::Span;

/// Bytes of running text from one milestone to the next, at least: the fewest, and the most. After an edit all that lies between two is
/// read again, and all milestones behind it are moved; so they stand the further apart, the longer the text is.
const APART: (u32, u32) = (2 << 10, 8 << 10);

/// What is remembered at the beginning of a passage that no quotation runs into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// Index of the passage.
    pub passage: u32,
    /// Its first byte.
    pub at: u32,
    pub(super) memory: Memory,
    pub(super) tail: Tail,
}

/// Who was named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Persons, the latest last.
    pub persons: Vec<Known>,
    /// Bodies, the latest last, by index.
    pub bodies: Vec<u32>,
    /// Who spoke last, or was last the subject of a sentence.
    pub focus: Option<u32>,
}

/// Somebody named before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Index of the latest mention.
    pub latest: u32,
    /// Last word of the name.
    pub surname: Span,
    /// A number of its length and last bytes, by which most are told apart.
    pub mark: u32,
    /// Index of the first mention.
    pub first: u32,
}

/// How the passage before ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// Who spoke last.
    pub voice: Option<Voice>,
    /// Whether it ended with a colon.
    pub colon: bool,
    /// Whether it began with a quotation: the next may go on with it.
    pub quoted: bool,
    /// Whether its last sentence only says who speaks, or is nothing but his words: the next may go on with them.
    pub told: bool,
}

/// Where things of a text lie after an edit.
pub trait Moved {
    /// A place in the running text; `None` when it was edited.
    fn span(&self, span: Span) -> Option<Span>;
    /// An index of what is named; `None` when it is another thing now.
    fn named(&self, index: u32) -> Option<u32>;
    /// Whether the bytes about something named are what they were.
    fn is_as_it_was(&self, index: u32, around: u32) -> bool;
}

impl Milestone {
    /// Whether it is time for one at byte `at` of a text of so many bytes.
    pub(super) fn is_due(before: u32, at: u32, length: usize) -> bool {
        let apart = u32::try_from(length >> 8).map_or(APART.1, |part| part.clamp(APART.0, APART.1));
        at - before.min(at) >= apart
    }

    /// The same after an edit that left its passage alone; `None` when what is remembered was edited.
    #[must_use]
    pub fn moved(&self, passage: u32, at: u32, by: &impl Moved) -> Option<Self> {
        let known = |k: &Known| {
            // What stands beside the first mention tells whose role is meant.
            let same = by.is_as_it_was(k.first, 2 * super::carry::AROUND_BYTES);
            let known = Known { latest: by.named(k.latest)?, surname: by.span(k.surname)?, first: by.named(k.first)?, ..*k };
            same.then_some(known)
        };
        let optional = |index: Option<u32>| index.map_or(Some(None), |i| by.named(i).map(Some));
        let voice = |v: Voice| {
            let cue = v.cue.map_or(Some(None), |c| by.span(c).map(Some))?;
            Some(Voice { speaker: by.span(v.speaker)?, named: optional(v.named)?, cue })
        };
        let memory = Memory {
            persons: self.memory.persons.iter().map(known).collect::<Option<_>>()?,
            bodies: self.memory.bodies.iter().map(|&b| by.named(b)).collect::<Option<_>>()?,
            focus: optional(self.memory.focus)?,
        };
        let tail = Tail { voice: self.tail.voice.map_or(Some(None), |v| voice(v).map(Some))?, ..self.tail };
        Some(Self { passage, at, memory, tail })
    }
}
