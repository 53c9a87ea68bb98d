//! `unlinked-mention`

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::rule::{Context, rule};
use super::spoken::is_part_of_name;
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Entity, FileKind, MarkPlace, Meaning, MentionAt, Room};
use crate::syntax::{BlockKind, Format};

rule! {
/// A registered name in plain words where its section has no mark that leads to it. Told once a section and entity, where it comes first; not in
/// headings, quotations, links and tables.
///
/// ## Why
///
/// Names are found without marks, so that nothing is lost; but a mark lets every reader of the text jump to whom it means, in every
/// program that knows wikilinks.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}
/// -- text.md
/// [[lavrov|Sergey Lavrov]] arrived, and Lavrov left.
/// ~~~
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}
/// -- text.md
/// # What Lavrov wants
///
/// They read "Lavrov is coming" in the paper.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}
/// -- text.md
/// Lavrov left.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}
/// -- text.md
/// Лавров уехал.
/// ~~~
///
/// ## Likely false hits
///
/// Namesakes, and names that are words too. So it is a hint in texts that are open in an editor, and elsewhere silent unless asked for.
///
/// ## Fix
///
/// Write `[[id|the words]]`, here or everywhere in the text; an editor offers both.
///
/// Editors are given no such hints in texts of over 256 KB.
///
/// ## Measured
///
/// In 45 paragraphs of our own, labelled before the rule was run on them, 14 of 20 findings were right; since it was mended 18 of 23. Left
/// are names that are words too ("Frontier guards"), and a first name at the head of a sentence. Half of them were written to mislead it.
    "unlinked-mention", "a registered name that nothing in its section links", Heuristic, Text,
    LevelRow::texts(Level::Note, Level::Off), check, InEditors
}

/// Bytes of the longest text that an editor is given these hints for.
const LONGEST: usize = 256 << 10;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    if notes.mentions.is_empty() {
        return;
    }
    // Sections are looked at whole, after every key: in a long text that would be felt, and a hint must not be.
    let long = context.snapshot.occasion().editor && notes.text.len() > LONGEST;
    let plain = context.file.kind == FileKind::Text(Format::Plain);
    if plain || long {
        let why = if plain { "a mark in a plain text is no mark" } else { "the text is too long for hints after every key" };
        if findings.says_why() {
            notes.mentions.iter().filter(|m| m.node.is_none()).for_each(|m| findings.passes(|| (m.span, Pass::because(why))));
        }
        return;
    }
    let room = LazyCell::new(|| Room::of(notes));
    let headings = notes.document.blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading(_))).map(|b| b.span.start);
    let mut rest = notes.mentions.as_slice();
    for end in headings.chain([u32::MAX]) {
        let (section, behind) = rest.split_at(rest.partition_point(|m| m.span.start < end));
        rest = behind;
        in_section(context, notes, section, &room, findings);
    }
}

fn in_section<'n>(
    context: &Context<'_>,
    notes: &'n Annotations,
    section: &'n [MentionAt],
    room: &LazyCell<Room<'n>, impl FnOnce() -> Room<'n>>,
    findings: &mut Findings<'_>,
) {
    let marked = section.iter().filter(|m| m.node.is_some()).filter_map(|m| Some((m.meaning.entity()?, Pass::Near(m.span))));
    let mut known: FxHashMap<_, Pass> = marked.collect();
    for mention in section.iter().filter(|m| m.node.is_none()) {
        let Meaning::One(one) = &mention.meaning else { continue };
        if let Some(pass) = known.get(&one.entity) {
            findings.passes(|| (mention.span, pass.clone()));
            continue;
        }
        let entity = context.snapshot.entity(one.entity);
        if let Some(why) = elsewhere(context, notes, mention, entity) {
            findings.passes(|| (mention.span, Pass::because(why)));
            continue;
        }
        if is_part_of_name(notes, mention) {
            findings.passes(|| (mention.span, Pass::because("another capital beside it makes it part of another name")));
            continue;
        }
        if notes.is_quoted(mention.words) {
            findings.passes(|| (mention.span, Pass::Quoted));
            continue;
        }
        if room.at(mention.words) != Ok(MarkPlace::Words) {
            findings.passes(|| (mention.span, Pass::because("there is no room for a mark")));
            continue;
        }
        known.insert(one.entity, Pass::Told(mention.span));
        let (id, words) = (&entity.record.id.value, mention.span.slice(&notes.text));
        // Put together without the machinery of formats: most of what this rule costs an editor would be that.
        let message = ["`", words, "` is `", id, "`, and nothing in this section links it"].concat();
        let found = findings.at(mention.span, message);
        found.unsafe_fix(["Link `", words, "` to `", id, "`"].concat(), mention.span, ["[[", id, "|", words, "]]"].concat());
    }
}

/// Why a name is not this rule's to judge.
fn elsewhere(context: &Context<'_>, notes: &Annotations, mention: &MentionAt, entity: &Entity) -> Option<&'static str> {
    if entity.home.file == context.id {
        Some("it stands in the note of what it names")
    } else if entity.record.source.is_some() {
        Some("it names a work, which is cited, not linked")
    } else if is_instrument(notes, mention) {
        Some("it is an instrument's symbol or number, which `unlinked-instrument` looks at")
    } else {
        None
    }
}

/// Whether the words are an instrument's by symbol or number, which has a rule of its own.
fn is_instrument(notes: &Annotations, mention: &MentionAt) -> bool {
    let next = notes.instruments.partition_point(|i| i.span.end <= mention.span.start);
    notes.instruments.get(next).is_some_and(|i| i.span.overlaps(mention.span))
}
