//! *Mark as*: a sentence or the words selected become a claim or an opinion, a quotation gets its speaker.

use smol_str::SmolStr;

use super::cite::sentence_at;
use super::here::{Here, touch};
use super::marks::{Mark, format_of, sound};
use super::{Action, Cured, Kind, Task};
use crate::corpus::Annotations;
use crate::features::Changes;
use crate::prose::QuoteKind;
use crate::syntax::NodeKind;
use crate::text::{Edit, Span};

/// Speakers offered for one quotation.
const MOST_CHOICES: usize = 3;

/// The words selected, or the sentence round the cursor; the quotation here.
pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    let Some(notes) = here.notes() else { return };
    if let Some(span) = stretch(notes, here.span)
        && !is_marked(notes, span, &["claim", "opinion"])
    {
        let what = if here.span.is_empty() { "this sentence" } else { "the words selected" };
        let task = |class: &str| Task::Mark { at: (span.start, span.end), class: class.into(), by: None };
        out.push(Action::new(Kind::Rewrite, format!("Mark {what} as a claim"), task("claim")));
        let mut opinion = Action::new(Kind::Rewrite, format!("Mark {what} as an opinion"), task("opinion"));
        let cured = here.findings().filter(|f| f.rule.starts_with("unsourced-") && f.rule != "unsourced-claim" && span.covers(f.span));
        opinion.cures = cured.map(Cured::of).collect();
        if !opinion.cures.is_empty() {
            opinion.kind = Kind::QuickFix;
        }
        out.push(opinion);
    }
    quotations(here, notes, out);
}

pub(super) fn changes(here: &Here<'_>, class: &str, by: Option<&str>) -> Option<Changes> {
    let file = here.snapshot.file(here.file)?;
    let text = here.text();
    let by = by.map(|id| format!(" by={id}")).unwrap_or_default();
    let edit = Edit { span: here.span, text: format!("[{}]{{.{class}{by}}}", here.span.slice(text)) };
    let edits = sound(text, format_of(file)?, Mark::Span, vec![edit])?;
    Some(Changes { edits: vec![(file.path.clone(), edits)], ..Changes::default() })
}

/// What is marked: the words selected without the space round them; the sentence without its full stop and its citations.
fn stretch(notes: &Annotations, span: Span) -> Option<Span> {
    let text = &*notes.text;
    if !span.is_empty() {
        let words = span.slice(text);
        let front = words.len() - words.trim_start().len();
        let kept = words.trim();
        let start = span.start + Span::from(0..front).end;
        return can_be_wrapped(kept).then(|| Span::new(start, start + Span::from(0..kept.len()).end));
    }
    let sentence = notes.sentence_span(sentence_at(notes, span)?);
    let mut end = trimmed(text, sentence);
    for node in notes.document.nodes.iter().rev() {
        if matches!(&node.kind, NodeKind::Citation(group) if !group.narrative) && node.span.end == end && node.span.start > sentence.start {
            end = trimmed(text, Span::new(sentence.start, node.span.start));
        }
    }
    (end > sentence.start).then(|| Span::new(sentence.start, end))
}

/// Whether words are several, of one block, and close the brackets that they open.
fn can_be_wrapped(words: &str) -> bool {
    let mut depth = 0i32;
    let closed = words.bytes().all(|c| {
        depth += i32::from(c == b'[') - i32::from(c == b']');
        depth >= 0
    });
    let blank = words.lines().any(|line| line.trim().is_empty());
    closed && depth == 0 && !blank && words.contains(char::is_whitespace)
}

/// Where words end without punctuation and space.
fn trimmed(text: &str, span: Span) -> u32 {
    span.start + Span::from(0..span.slice(text).trim_end_matches(['.', '!', '?', '…', ' ', '\n', '\r', '\t']).len()).end
}

/// Whether a stretch stands in a span of one of these classes, or holds one.
fn is_marked(notes: &Annotations, span: Span, classes: &[&str]) -> bool {
    notes.document.nodes.iter().filter(|n| n.span.overlaps(span)).any(|n| match &n.kind {
        NodeKind::BracketedSpan { attributes, .. } => classes.iter().any(|c| attributes.has_class(&notes.text, c)),
        _ => false,
    })
}

/// For the quotation here: who says it, as far as the words tell; else who is named in its sentence.
fn quotations(here: &Here<'_>, notes: &Annotations, out: &mut Vec<Action>) {
    for (quote, at) in notes.prose.quotes.iter().zip(&notes.quotes) {
        let outer = quote.kind == QuoteKind::Marks && quote.within.is_none();
        if !outer || !touch(at.span, here.span) || is_marked(notes, at.span, &["quote", "claim"]) {
            continue;
        }
        for id in speakers(here, notes, quote.span, at.speaker.and_then(|s| s.entity)) {
            let task = Task::Mark { at: (at.span.start, at.span.end), class: "quote".into(), by: Some(id.to_string()) };
            let mut action = Action::new(Kind::Rewrite, format!("Mark the quotation as said by `{id}`"), task);
            action.cures = here.findings().filter(|f| f.rule == "unattributed-quote").map(Cured::of).collect();
            if !action.cures.is_empty() {
                action.kind = Kind::QuickFix;
            }
            out.push(action);
        }
    }
}

fn speakers(here: &Here<'_>, notes: &Annotations, quote: Span, known: Option<crate::corpus::EntityId>) -> Vec<SmolStr> {
    let record = |entity| &here.snapshot.entity(entity).record;
    if let Some(entity) = known.filter(|e| record(*e).kind.speaks()) {
        return vec![record(entity).id.value.clone()];
    }
    let Some(sentence) = notes.sentence_at(quote.start) else { return Vec::new() };
    let from = notes.prose.sentences.get(sentence.saturating_sub(1) as usize).map_or(quote.start, |s| s.span.start);
    let last = notes.sentence_at(quote.end).and_then(|s| notes.prose.sentences.get(s as usize));
    let reach = Span::new(from, last.map_or(quote.end, |s| s.span.end).max(from));
    let mut ids: Vec<SmolStr> = Vec::new();
    for entity in notes.mentions.iter().filter(|m| reach.covers(m.words)).filter_map(|m| m.meaning.entity()) {
        let record = record(entity);
        if record.kind.speaks() && !ids.contains(&record.id.value) {
            ids.push(record.id.value.clone());
        }
    }
    ids.truncate(MOST_CHOICES);
    ids
}
