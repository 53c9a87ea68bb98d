//! What is kept of one open text's findings.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use tower_lsp::ls_types::{Position, Range};

use super::wire::{Rest, Wire};
use super::{Levels, List, NONE, Shown};
use crate::corpus::{FileId, Ground};
use crate::features::actions::{Known, touch};
use crate::rules::{Checked, Diagnostic, Since};
use crate::server::analysis::World;
use crate::server::capabilities::Agreed;
use crate::server::convert;
use crate::text::{LineIndex, Replaced, Span};

/// The findings of one open text, kept from check to check.
#[derive(Debug, Default)]
pub struct Kept {
    turn: Arc<tokio::sync::Mutex<()>>,
    /// Whether somebody began to check the text.
    begun: AtomicBool,
    state: Mutex<State>,
    /// The list that the client has, and what it stands on.
    told: Mutex<Option<(Ground, String)>>,
}

/// Whose turn it is to check the text.
pub struct Turn {
    _held: tokio::sync::OwnedMutexGuard<()>,
}

#[derive(Debug, Default)]
struct State {
    checked: Checked<Option<Written>>,
    /// The lines of the text last checked.
    lines: Option<LineIndex>,
}

/// A finding as it was written.
#[derive(Debug)]
struct Written {
    at: Range,
    rest: Rest,
}

impl Kept {
    /// Waits until the questions before have been answered, without a thread that does nothing else.
    pub async fn turn(&self) -> Turn {
        Turn { _held: self.turn.clone().lock_owned().await }
    }

    /// Whether nobody has begun to check the text; asked once, for the next is told that somebody has.
    #[must_use]
    pub fn is_new(&self) -> bool {
        !self.begun.swap(true, Ordering::Relaxed)
    }

    /// Checks the text as it stands in `world`, unless that was done already.
    pub fn prepare(&self, world: &World, file: FileId) {
        self.state.lock().bring_up(world, file);
    }

    /// Writes the findings of the text as it stands in `world` as a list.
    pub fn write(&self, world: &World, file: FileId, agreed: Agreed, out: &mut Vec<u8>) {
        self.state.lock().write(world, file, agreed, out);
    }

    /// The client is told the list of that name.
    pub fn told(&self, ground: Ground, id: String) {
        *self.told.lock() = Some((ground, id));
    }

    /// The name of the list that the client has, when names or settings have changed since.
    #[must_use]
    pub fn outdated(&self, ground: &Ground) -> Option<String> {
        self.told.lock().as_ref().filter(|(known, _)| known != ground).map(|(_, id)| id.clone())
    }

    /// What is known to be wrong at a place, in our own words; `None` when the text has moved on since `world`.
    #[must_use]
    pub fn known(&self, world: &World, file: FileId, at: Span) -> Option<Known> {
        let mut state = self.state.lock();
        if state.checked.is_past(&world.snapshot, file) {
            return None;
        }
        state.bring_up(world, file);
        let all = || state.checked.findings().map(|found| &found.diagnostic);
        let findings = all().filter(|found| touch(found.span, at)).cloned().collect();
        Some(Known { findings, safe_fix: all().any(Diagnostic::is_safely_fixed) })
    }

    /// The findings in our own words.
    #[must_use]
    pub fn findings(&self, world: &World, file: FileId) -> Vec<Diagnostic> {
        let mut state = self.state.lock();
        state.bring_up(world, file);
        state.checked.findings().map(|found| found.diagnostic.clone()).collect()
    }
}

impl State {
    fn write(&mut self, world: &World, file: FileId, agreed: Agreed, out: &mut Vec<u8>) {
        let text = self.bring_up(world, file);
        let Some(lines) = &self.lines else { return out.extend_from_slice(NONE) };
        let levels = || self.checked.findings().map(|found| found.diagnostic.level);
        world.counts.saw(&world.snapshot, file, Levels::of(levels()), None);
        let mut list = List::begin(out);
        let mut shown = Shown::of(levels());
        let mut wire = Wire::new(world, file, agreed);
        let range = |span: Span| convert::range(&text, lines, span, agreed.encoding);
        self.checked.for_each(|found| {
            let one = &found.diagnostic;
            if !shown.takes(one.level) {
                return;
            }
            if !found.made.as_ref().is_some_and(|made| wire.still_says(&made.rest)) {
                found.made = wire.rest(one).map(|rest| Written { at: range(one.span), rest });
            }
            if let Some(made) = &found.made {
                list.push(made.at, &made.rest.bytes);
            }
        });
        list.tell(shown.hidden);
        list.end();
    }

    /// Checks the text as it stands, and moves what is written; answers the text.
    fn bring_up(&mut self, world: &World, file: FileId) -> Arc<str> {
        let since = self.checked.bring_up(&world.snapshot, file);
        let text = world.snapshot.text(file).unwrap_or_default();
        let lines = match (since, self.lines.take()) {
            (Since::Same, Some(lines)) => lines,
            (Since::Edited(stayed), Some(lines)) => {
                let replaced = Replaced { old: stayed.old_bytes(), new: stayed.new_bytes() };
                let new = lines.after(&text, replaced);
                self.move_written(&Moved { replaced, old_line: lines.line_of(replaced.old.end), new_line: new.line_of(replaced.new.end) });
                new
            }
            _ => {
                self.checked.for_each(|found| found.made = None);
                LineIndex::new(&text)
            }
        };
        self.lines = Some(lines);
        text
    }

    fn move_written(&mut self, moved: &Moved) {
        self.checked.for_each(|found| {
            found.made = found.made.take().and_then(|made| Some(Written { at: moved.range(made.at, found.diagnostic.span)?, ..made }));
        });
    }
}

/// Where what stands behind an edit was and is.
struct Moved {
    replaced: Replaced,
    /// The line in which the replaced bytes ended.
    old_line: u32,
    /// The line in which the new ones end.
    new_line: u32,
}

impl Moved {
    /// Where the range of a finding, which now covers `span`, is now; `None` when it must be counted anew.
    fn range(&self, was: Range, span: Span) -> Option<Range> {
        if span.end < self.replaced.new.start {
            return Some(was);
        }
        // On the line where the edit ends columns may have changed as well.
        if span.start < self.replaced.new.end || was.start.line <= self.old_line {
            return None;
        }
        let moved = |place: Position| Position { line: place.line - self.old_line + self.new_line, ..place };
        Some(Range { start: moved(was.start), end: moved(was.end) })
    }
}
