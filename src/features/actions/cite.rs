//! *Cite the source named here*: a sentence that names a source or an instrument and cites none of them.

use smol_str::SmolStr;

use super::here::Here;
use super::marks::{Mark, format_of, sound};
use super::{Action, Cured, Kind, Task};
use crate::corpus::{Annotations, Snapshot};
use crate::features::Changes;
use crate::registry::RecordKind;
use crate::text::{Edit, Span};

/// Sources offered for one sentence.
const MOST_CHOICES: usize = 4;

/// Titles shorter than this, in bytes, are words that many sentences hold.
const SHORTEST_TITLE: usize = 12;

/// Sources whose titles are looked for in a sentence.
const MOST_TITLES: usize = 50_000;

/// For the sentence at the place: each source that it names and does not cite.
pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    let Some(notes) = here.notes() else { return };
    let Some(sentence) = sentence_at(notes, here.span) else { return };
    for key in named(here.snapshot, notes, sentence).into_iter().take(MOST_CHOICES) {
        let mut action =
            Action::new(Kind::Rewrite, format!("Cite `{key}`, named here"), Task::Cite { at: here.span.start, key: key.to_string() });
        let cured = here.findings().filter(|f| f.rule.starts_with("unsourced-") || f.rule == "vague-attribution");
        action.cures = cured.map(Cured::of).collect();
        if !action.cures.is_empty() {
            action.kind = Kind::QuickFix;
        }
        out.push(action);
    }
}

pub(super) fn changes(here: &Here<'_>, key: &str) -> Option<Changes> {
    let notes = here.notes()?;
    let file = here.snapshot.file(here.file)?;
    let sentence = sentence_at(notes, here.span)?;
    let places = [before_stop(notes, sentence), notes.sentence_span(sentence).end];
    let edits = places.into_iter().find_map(|at| {
        let edit = Edit { span: Span::at(at), text: format!(" [@{key}]") };
        sound(&notes.text, format_of(file)?, Mark::Citation, vec![edit])
    })?;
    Some(Changes { edits: vec![(file.path.clone(), edits)], ..Changes::default() })
}

/// The sentence round a place.
pub(super) fn sentence_at(notes: &Annotations, span: Span) -> Option<u32> {
    let words = notes.words.map.from_source(span.start);
    let sentence = notes.sentence_at(words)?;
    let own = notes.prose.sentences.get(sentence as usize)?.span;
    own.touches(words).then_some(sentence)
}

/// Where the words of a sentence end, its full stop left out; behind a closing quotation mark.
fn before_stop(notes: &Annotations, sentence: u32) -> u32 {
    let span = notes.sentence_span(sentence);
    let words = span.slice(&notes.text);
    let kept = words.trim_end_matches(['.', '!', '?', '…', ' ']);
    if kept.is_empty() { span.end } else { span.start + Span::from(0..kept.len()).end }
}

/// Sources and instruments that a sentence names and does not cite.
fn named(snapshot: &Snapshot, notes: &Annotations, sentence: u32) -> Vec<SmolStr> {
    let Some(words) = notes.prose.sentences.get(sentence as usize).map(|s| s.span) else { return Vec::new() };
    let span = notes.sentence_span(sentence);
    // A citation behind the full stop belongs to the sentence too.
    let reach = Span::new(span.start, span.end + 2);
    let cited: Vec<_> = notes.citations.iter().filter(|c| reach.overlaps(c.key) || after(notes, span, c.key)).collect();
    if !cited.is_empty() {
        return Vec::new();
    }
    let mentions = notes.mentions.iter().filter(|m| words.covers(m.words)).filter_map(|m| m.meaning.entity());
    let instruments = notes.instruments_found().filter(|(_, i)| words.covers(i.span)).filter_map(|(at, _)| at.entity);
    let citable = |record: &crate::registry::Record| record.citable || record.kind.is_instrument() || record.kind == RecordKind::Source;
    let mut keys: Vec<SmolStr> = Vec::new();
    for entity in mentions.chain(instruments) {
        let record = &snapshot.entity(entity).record;
        if citable(record) && !keys.contains(&record.id.value) {
            keys.push(record.id.value.clone());
        }
    }
    let said = words.slice(notes.running());
    let sources = snapshot.names().entities().map(|(_, e)| e).filter(|e| e.record.kind == RecordKind::Source).take(MOST_TITLES);
    for source in sources {
        let title = source.record.name().map(|n| n.value.trim_end_matches(['.', '!', '?'])).filter(|t| t.len() >= SHORTEST_TITLE);
        if title.is_some_and(|t| said.contains(t)) && !keys.contains(&source.record.id.value) {
            keys.push(source.record.id.value.clone());
        }
    }
    keys
}

/// Whether a citation's key stands right behind a sentence: `… left. [@x]`.
fn after(notes: &Annotations, sentence: Span, key: Span) -> bool {
    let between = Span::new(sentence.end, key.start.max(sentence.end)).slice(&notes.text);
    key.start >= sentence.end && between.len() <= 4 && between.trim_start() == "[@"
}
