//! `unknown-entity`

use super::rule::{Context, rule};
use super::{Diagnostic, Findings};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Found, Meaning, Snapshot, target_name};
use crate::syntax::{NodeKind, Spelling, is_id};
use crate::text::Span;

rule! {
/// A mention, a `by=` or a relation whose id is in no note and no registry.
///
/// ## Why
///
/// It leads nowhere: hover and definition have nothing to show, and a reader cannot tell who is meant.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov}
/// -- text.md
/// [[lavrov|The minister]] left.
/// ~~~
/// ~~~passes
/// He wrote "teh" [[sic]] twice.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov}
/// -- text.md
/// [[lavrow|The minister]] left.
/// ~~~
///
/// ~~~fails
/// It was [endorsed](agreements/minsk-package.md).
/// ~~~
/// ~~~passes
/// See [the manual](../elsewhere/manual.md) and [how to contribute](CONTRIBUTING.md).
/// ~~~
///
/// ## Fix
///
/// Write the id that was meant, or add the entity to a registry.
    "unknown-entity", "a mention whose id is defined nowhere", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if let Some(notes) = context.notes {
        mentions(context, notes, findings);
        speakers(context, notes, findings);
    }
    for record in &context.file.facts.records {
        for relation in &record.relations {
            if context.within.contains(relation.target.span.start) && context.snapshot.lookup(&relation.target.value).is_none() {
                report(context, findings, relation.target.span, &relation.target.value);
            }
        }
    }
}

fn mentions(context: &Context<'_>, notes: &Annotations, findings: &mut Findings<'_>) {
    let path = &*context.file.path;
    for mention in context.mentions().iter().filter(|m| m.meaning == Meaning::Unknown) {
        let Some(node) = mention.node.and_then(|n| notes.document.nodes.get(n as usize)) else { continue };
        let NodeKind::Mention(mark) = &node.kind else { continue };
        let written = mark.target.slice(&notes.text);
        let id = target_name(written);
        // A link out of the corpus, or to a file that cannot be a note, is a link; `[[sic]]` and the like are words.
        let ours = mark.spelling == Spelling::Wikilink || (is_id(id) && stays_inside(path, written));
        if ours && !is_editorial(id) {
            match mark.spelling {
                Spelling::Wikilink => report(context, findings, mark.target, id),
                Spelling::Link => report_path(context, findings, mark.target, id),
            }
        }
    }
}

/// In the link spelling the id is the stem of a path, and so is the one that was meant.
fn report_path(context: &Context<'_>, findings: &mut Findings<'_>, span: Span, id: &str) {
    let snapshot = context.snapshot;
    let near = context.nearest_id(id).and_then(|near| snapshot.names().by_id(&near));
    let note = near.and_then(|near| snapshot.path_to_note(&context.file.path, near));
    let found = unknown(snapshot, findings, span, id);
    match note {
        Some(note) => found.help(format!("did you mean `{note}`?")).unsafe_fix(format!("Write `{note}`"), span, note),
        None => found.help("add it to a registry, or write the words without a mark"),
    };
}

fn speakers(context: &Context<'_>, notes: &Annotations, findings: &mut Findings<'_>) {
    let snapshot = context.snapshot;
    for node in context.nodes() {
        let NodeKind::BracketedSpan { attributes, .. } = &node.kind else { continue };
        let Some(by) = attributes.pair(&notes.text, "by") else { continue };
        let id = by.value.slice(&notes.text);
        if !matches!(snapshot.lookup(id), Some(Found::Entity(_) | Found::Renamed(_))) {
            report(context, findings, by.value, id);
        }
    }
}

/// Whether `target`, written in the file at `path`, leads to a place below the corpus's root.
fn stays_inside(path: &str, target: &str) -> bool {
    if target.starts_with('/') || target.contains(':') || target.contains('\\') {
        return false;
    }
    let mut depth = path.matches('/').count();
    for part in target.split('/') {
        match part {
            ".." if depth == 0 => return false,
            ".." => depth -= 1,
            "." | "" => {}
            _ => depth += 1,
        }
    }
    true
}

/// Words that editors put in double brackets.
fn is_editorial(id: &str) -> bool {
    matches!(id, "sic" | "so" | "recte" | "illegible" | "unclear" | "lacuna" | "deleted")
}

fn unknown<'f>(snapshot: &Snapshot, findings: &'f mut Findings<'_>, span: Span, id: &str) -> &'f mut Diagnostic {
    let found = findings.at(span, format!("`{id}` is in no note and no registry"));
    if snapshot.names().incomplete {
        // What could not be read may define it.
        found.level = found.level.min(Level::Warning);
    }
    found
}

fn report(context: &Context<'_>, findings: &mut Findings<'_>, span: Span, id: &str) {
    let found = unknown(context.snapshot, findings, span, id);
    match context.nearest_id(id) {
        Some(near) => {
            found.help(format!("did you mean `{near}`?")).unsafe_fix(format!("Write `{near}`"), span, near);
        }
        None => {
            found.help("add it to a registry, or write the words without a mark");
        }
    }
}
