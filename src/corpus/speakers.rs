//! Who says what, written to the quotations and sentences of a text.

use super::names::Sort;
use super::part::Part;
use super::{Annotations, Meaning, MentionAt, Snapshot, Speaker};
use crate::prose::attribution::{self, Scene};
use crate::prose::{Attribution, Named, NamedKind, Said};
use crate::syntax::NodeKind;
use crate::text::Span;

/// What attribution has to know of a mention.
pub(super) fn named(snapshot: &Snapshot, mention: &MentionAt) -> Named {
    Named { span: mention.words, kind: kind_of(snapshot, &mention.meaning) }
}

/// All of a text that attribution reads.
pub(super) fn scene(notes: &Annotations) -> Scene<'_> {
    Scene { text: notes.running(), passages: &notes.words.passages, prose: &notes.prose, named: &notes.named, language: notes.language }
}

/// Writes who says what in a part to its quotations, and answers who speaks in which of its sentences.
pub(super) fn write(snapshot: &Snapshot, notes: &mut Annotations, part: &Part, said: &[Attribution]) -> Vec<(u32, Speaker)> {
    let quotes = part.by_passage(&notes.prose.quotes, |q| q.passage);
    for quote in &mut notes.quotes[quotes] {
        quote.speaker = None;
    }
    let mut reported = Vec::new();
    for one in said {
        let Some(speaker) = speaker(notes, one) else { continue };
        match one.said {
            Said::Quote(i) => {
                if let Some(quote) = notes.quotes.get_mut(i as usize) {
                    quote.speaker = Some(speaker);
                }
            }
            Said::Sentence(i) => reported.push((i, speaker)),
        }
    }
    reported.sort_by_key(|(sentence, _)| *sentence);
    marked(snapshot, notes, part);
    reported
}

/// The same for all of a text; `edited`: that it will be worked out again after edits.
pub(super) fn write_all(snapshot: &Snapshot, notes: &mut Annotations, edited: bool) {
    let said = if edited {
        let attribution::Part { said, milestones, .. } = scene(notes).attribute(None, &[]);
        notes.milestones = milestones;
        said
    } else {
        scene(notes).attributions()
    };
    notes.reported = write(snapshot, notes, &Part::whole(notes), &said);
}

fn speaker(notes: &Annotations, said: &Attribution) -> Option<Speaker> {
    let entity = said.named.and_then(|n| notes.mentions.get(n as usize)?.meaning.entity());
    let to_file = |s: Span| notes.words.to_file(s);
    Some(Speaker { span: to_file(said.speaker?), entity, cue: said.cue.map(to_file) })
}

/// `by=` of a span round or inside a quotation wins over what the words say.
fn marked(snapshot: &Snapshot, notes: &mut Annotations, part: &Part) {
    let mut marked = Vec::new();
    for node in &notes.document.nodes[part.nodes(notes)] {
        if let NodeKind::BracketedSpan { attributes, .. } = &node.kind
            && let Some(by) = attributes.pair(&notes.text, "by")
        {
            let entity = snapshot.entity_of(by.value.slice(&notes.text));
            marked.push((node.span, Speaker { span: by.value, entity, cue: None }));
        }
    }
    if marked.is_empty() {
        return;
    }
    let quotes = part.by_passage(&notes.prose.quotes, |q| q.passage);
    let quotes = &mut notes.quotes[quotes];
    // The furthest end so far, by which those before a place are passed over.
    let ends: Vec<u32> = quotes
        .iter()
        .scan(0, |furthest: &mut u32, quote| {
            *furthest = quote.span.end.max(*furthest);
            Some(*furthest)
        })
        .collect();
    for (span, speaker) in marked {
        let first = ends.partition_point(|&end| end <= span.start);
        let near = quotes.iter_mut().skip(first).take_while(|q| q.span.start < span.end);
        for quote in near.filter(|q| span.overlaps(q.span)) {
            quote.speaker = Some(speaker);
        }
    }
}

fn kind_of(snapshot: &Snapshot, meaning: &Meaning) -> NamedKind {
    let kind = |entity| match snapshot.names().sort(entity) {
        Sort::Person => NamedKind::Person,
        Sort::Org => NamedKind::Org,
        Sort::Place => NamedKind::Place,
        Sort::Instrument | Sort::Other => NamedKind::Other,
    };
    match meaning {
        Meaning::One(c) => kind(c.entity),
        Meaning::Several(all) => {
            // Whoever it is, all of them can speak or none is counted as able to.
            let mut kinds = all.iter().map(|c| kind(c.entity));
            let first = kinds.next().unwrap_or(NamedKind::Other);
            if kinds.all(|k| k == first) { first } else { NamedKind::Org }
        }
        _ => NamedKind::Other,
    }
}
