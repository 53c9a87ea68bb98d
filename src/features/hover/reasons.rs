//! Why rules speak or are silent at a place, under the card of what stands there.

use super::super::why::{self, Outcome, Reason};
use super::super::{Card, FilePosition};
use super::Hover;
use crate::corpus::{Annotations, Snapshot};
use crate::rules::{self, Verdict};
use crate::text::Span;

/// Adds what rules came to at a place where something is asserted, silent ones included.
pub(super) fn add_all(snapshot: &Snapshot, at: FilePosition, notes: &Annotations, span: Span, card: &mut Card) {
    let of_claim = |r: &Reason| r.span == span || r.outcome != Outcome::Passed;
    let mut reasons = at_place(snapshot, at, notes);
    reasons.retain(|r| of_claim(r) && (r.outcome != Outcome::Passed || why::asks_for_sources(r.rule)));
    why::add_to_card(&reasons, card);
}

/// The card of words that are nothing by themselves, but a finding: a phrase, an event.
pub(super) fn of_finding(snapshot: &Snapshot, at: FilePosition) -> Option<Hover> {
    let notes = snapshot.annotations(at.file)?;
    let mut reasons = at_place(snapshot, at, &notes);
    reasons.retain(|r| matches!(r.outcome, Outcome::Found | Outcome::Allowed));
    let smallest = reasons.iter().min_by_key(|r| r.span.len())?;
    let span = smallest.span;
    let summary = rules::rule(smallest.rule).map_or("", |rule| rule.summary);
    let mut card = Card::new(why::cut(span.slice(&notes.text)), summary);
    why::add_to_card(&reasons, &mut card);
    Some(Hover { span, card })
}

/// What the rules that look at blocks came to at a place.
fn at_place(snapshot: &Snapshot, at: FilePosition, notes: &Annotations) -> Vec<Reason> {
    let stretch = Span::new(at.offset, at.offset + 1);
    let judged = rules::judged_in_blocks(snapshot, at.file, Some(notes), stretch);
    let is_near = |j: &&rules::Judged| j.span.touches(at.offset);
    let is_heard = |j: &&rules::Judged| j.level != crate::config::Level::Off || matches!(j.verdict, Verdict::Passed(_));
    judged.iter().filter(is_near).filter(is_heard).map(|j| why::reason(snapshot, at.file, Some(notes), j)).collect()
}
