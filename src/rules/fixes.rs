//! All fixes of one file, until there is none left.
//!
//! One fix may make room for another (`[[[old|x]]{.mention}` is first unfolded, then renamed), and two may want the same
//! bytes. So fixes are made in rounds: all that do not overlap, then the file is judged anew. What comes out has nothing
//! left to fix, and so is the same when it is fixed again.
//!
//! Pure: nothing is written. `check --fix` writes what comes out, an editor is told of it as one edit.

use std::sync::Arc;

use smol_str::SmolStr;

use super::{Diagnostic, check, rule_names};
use crate::config::Config;
use crate::corpus::{Annotations, Change, Corpus, FileId, FileInput, FileKind, Snapshot};
use crate::syntax::reading;
use crate::text::{Edit, Edits, Span};

/// Rounds after which no more is tried: each fix of ours leads to none or one other.
const MOST_ROUNDS: usize = 10;

/// What fixing one file came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// All fixes as edits of the file as it was; empty when there was nothing to fix.
    pub edits: Edits,
    /// The rule of each fix made, in the order they were made.
    pub made: Vec<&'static str>,
}

/// Which fixes are made.
#[derive(Clone, Copy)]
pub struct Fixing<'w> {
    /// The rules whose findings are mended.
    pub wants: &'w (dyn Fn(&str) -> bool + Sync),
    /// Whether those are made, too, that change what the text says.
    pub even_unsafe: bool,
}

/// Makes every safe fix of a file that touches no other file, again and again until none is left. `None` when the file
/// cannot be read.
///
/// A text sealed with `verbatim:` keeps its words: fixes that would alter them are not made.
#[must_use]
pub fn fix_all(snapshot: &Snapshot, id: FileId) -> Option<Fixed> {
    fix_file(snapshot, id, Fixing { wants: &|_| true, even_unsafe: false })
}

/// The same for the fixes that are wanted.
#[must_use]
pub fn fix_file(snapshot: &Snapshot, id: FileId, fixing: Fixing<'_>) -> Option<Fixed> {
    let file = snapshot.file(id)?;
    let path = file.path.clone();
    let original = snapshot.text(id)?;
    let len = Span::from(0..original.len()).end;
    let (mut fixed, mut text, mut now) = (Fixed::default(), original, snapshot.clone());
    for _ in 0..MOST_ROUNDS {
        let notes = now.annotations(id);
        let found = check(&now, id, notes.as_deref());
        let (edits, made) = fixes(&path, &found, fixing);
        let next: Arc<str> = edits.apply(&text).into();
        if *next == *text {
            break;
        }
        let then = with_text(&now, id, next.clone());
        if is_sealed(&now, id) && words(notes.as_deref()) != words(then.annotations(id).as_deref()) {
            break;
        }
        fixed.edits = fixed.edits.then(&edits, len);
        fixed.made.extend(made);
        (text, now) = (next, then);
    }
    Some(fixed)
}

/// The fixes of a file that do not overlap, the first of two that do.
fn fixes(path: &SmolStr, found: &[Diagnostic], fixing: Fixing<'_>) -> (Edits, Vec<&'static str>) {
    let mut all: Vec<Edit> = Vec::new();
    let mut made = Vec::new();
    for finding in found {
        let Some(fix) = finding.fix.as_ref().filter(|f| f.safe || fixing.even_unsafe) else { continue };
        if !(fixing.wants)(finding.rule) {
            continue;
        }
        let [(of, edits)] = fix.edits.as_slice() else { continue };
        let clear = |edit: &Edit| all.iter().rev().take(NEAR).all(|a| a.span.end < edit.span.start || edit.span.end < a.span.start);
        if of == path && !edits.is_empty() && edits.as_slice().iter().all(clear) {
            all.extend_from_slice(edits.as_slice());
            made.push(finding.rule);
        }
    }
    // Findings come by place, and so do their fixes but for a few; those that clash further away wait for the next round.
    all.sort_by_key(|e| e.span);
    all.dedup_by(|later, kept| kept.span.end >= later.span.start);
    (Edits::new(all).unwrap_or_default(), made)
}

/// Fixes looked back over for one that wants the same bytes.
const NEAR: usize = 32;

/// The corpus as it would be with another text in one file, settings too.
fn with_text(snapshot: &Snapshot, id: FileId, text: Arc<str>) -> Snapshot {
    let Some(file) = snapshot.file(id).filter(|f| f.kind == FileKind::Config) else { return snapshot.with_text(id, text) };
    let mut corpus = Corpus::from_snapshot(snapshot);
    let (config, faults) = Config::parse_over(&text, snapshot.config().base.clone(), &rule_names());
    corpus.apply(Change { config: Some(config), files: vec![(file.path.clone(), Some(FileInput::config(text, faults)))] });
    corpus.snapshot()
}

fn is_sealed(snapshot: &Snapshot, id: FileId) -> bool {
    snapshot.file(id).is_some_and(|f| f.facts.head.verbatim.is_some())
}

/// The words of a text, without marks.
fn words(notes: Option<&Annotations>) -> Option<String> {
    notes.map(|n| reading(&n.text, &n.document).text.into_owned())
}
