//! `wrong-type`

use super::Findings;
use super::rule::{Context, rule};
use super::spoken::sentence_round;
use crate::config::{Level, LevelRow};
use crate::corpus::Annotations;
use crate::registry::RecordKind;
use crate::syntax::{NodeKind, parse_pin};
use crate::text::Span;

rule! {
/// A thing named where only another kind of thing can stand: a speaker that is neither person nor body, a pinpoint into a person.
///
/// ## Why
///
/// A place does not speak and a person has no paragraphs: the id is a slip, and the attribution or reference wrong.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov}
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// [There is no alternative]{.claim by=lavrov} [@x].
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: minsk, type: place, name: Minsk}
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// [There is no alternative]{.claim by=minsk} [@x].
/// ~~~
///
/// ## Fix
///
/// Name the person or body who speaks: those named in the same sentence are offered. Leave the pinpoint out, or name the instrument that has it.
    "wrong-type", "a thing named where its kind cannot stand", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for node in context.nodes() {
        match &node.kind {
            NodeKind::BracketedSpan { attributes, .. } => {
                if let Some(by) = attributes.pair(&notes.text, "by") {
                    speaker(context, notes, node.span, by.value, findings);
                }
            }
            NodeKind::Mention(mark) => {
                let target = crate::corpus::target_name(mark.target.slice(&notes.text));
                let (Some(pin), Some(entity)) = (mark.pin, context.snapshot.entity_of(target)) else { continue };
                let record = &context.snapshot.entity(entity).record;
                let no_parts = matches!(record.kind, RecordKind::Person | RecordKind::Org | RecordKind::Place);
                if no_parts && parse_pin(pin.slice(&notes.text)).is_some() {
                    let message = format!("`{}` is a {} and has no `{}`", record.id.value, record.kind.word(), pin.slice(&notes.text));
                    let with_sign = Span::new(pin.start.saturating_sub(1), pin.end);
                    let found = findings.at(pin, message).help("name the instrument that has it");
                    found.unsafe_fix("Leave the pinpoint out", with_sign, "");
                }
            }
            _ => {}
        }
    }
}

fn speaker(context: &Context<'_>, notes: &Annotations, marked: Span, value: Span, findings: &mut Findings<'_>) {
    let snapshot = context.snapshot;
    let Some(entity) = snapshot.entity_of(value.slice(&notes.text)) else { return };
    let record = &snapshot.entity(entity).record;
    // A type of the project's own may well be one that speaks.
    if !record.kind.speaks() && !matches!(record.kind, RecordKind::Declared(_)) {
        let message = format!("`{}` is a {} and cannot speak", record.id.value, record.kind.word());
        let found = findings.at(value, message).help("name a person or a body");
        let sentence = sentence_round(notes, notes.words.map.from_source(marked.start));
        let mut ids: Vec<&str> = Vec::new();
        let mentions = context.mentions();
        let here = mentions[mentions.partition_point(|m| m.words.start < sentence.start)..].iter();
        for mention in here.take_while(|m| m.words.start < sentence.end).filter(|m| sentence.covers(m.words)) {
            let Some(record) = mention.meaning.entity().map(|named| &snapshot.entity(named).record) else { continue };
            let id = record.id.value.as_str();
            if record.kind.speaks() && !ids.contains(&id) {
                ids.push(id);
                found.or_fix(format!("Write `by={id}`"), value, id);
            }
        }
    }
}
