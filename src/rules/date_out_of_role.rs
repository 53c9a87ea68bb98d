//! `date-out-of-role`

use super::marked_claims::marked_claims;
use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, MentionAt};
use crate::prose::dates::parse_edtf;
use crate::registry::Record;

rule! {
/// A mention by an office that its holder did not hold at the text's date; or a claim whose `date=` lies after the source that is said to
/// tell it.
///
/// ## Why
///
/// Either the date or the person is wrong.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, roles: [{title: Foreign Minister, from: 2004-03-09}]}
/// -- text.md
/// ---
/// date: 2017-03-16
/// ---
/// The [[lavrov|Foreign Minister]] left.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: lavrov, type: person, name: Sergey Lavrov, roles: [{title: Foreign Minister, from: 2004-03-09}]}
/// -- text.md
/// ---
/// date: 1999-03-16
/// ---
/// The [[lavrov|Foreign Minister]] left.
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}, date = {2015-02-12}}
/// -- text.md
/// [The depot burned]{.claim date=2015-03-01} [@x, p. 1].
/// ~~~
///
/// ## Likely false hits
///
/// A text that looks back ("the later minister"). Name the person, or allow it with a reason.
    "date-out-of-role", "an office or a date that does not fit the time", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    if let Some(date) = context.file.settings.date.as_deref() {
        for mention in context.mentions().iter().filter(|m| m.node.is_some()) {
            let Some(record) = mention.meaning.entity().map(|e| &context.snapshot.entity(e).record) else { continue };
            let Some((title, held)) = role_named(notes, mention, record, date) else { continue };
            if held {
                findings.passes(|| (mention.span, Pass::because(format!("`{}` was `{title}` on {date}", record.shown_name()))));
            } else {
                findings
                    .at(mention.span, format!("`{}` was not `{title}` on {date}", record.shown_name()))
                    .help("name the person, correct the date, or add the years to the record");
            }
        }
    }
    later_than_source(context, notes, findings);
}

/// The office by whose words the record is mentioned, and whether it was held at that date under any entry of the record.
fn role_named<'r>(notes: &Annotations, mention: &MentionAt, record: &'r Record, date: &str) -> Option<(&'r str, bool)> {
    if record.roles.is_empty() {
        return None;
    }
    let words = mention.words.slice(notes.running()).to_lowercase();
    let called = |role: &&crate::registry::Role| {
        role.title.value.to_lowercase() == words || role.aliases.iter().any(|a| a.text.to_lowercase() == words)
    };
    let mut roles = record.roles.iter().filter(called);
    let first = roles.next()?;
    let held = first.during.holds(date) || roles.any(|role| role.during.holds(date));
    Some((first.title.value.as_str(), held))
}

fn later_than_source(context: &Context<'_>, notes: &Annotations, findings: &mut Findings<'_>) {
    let written = context.file.settings.date.as_deref().and_then(|d| parse_edtf(d)?.latest);
    for (claim, attributes) in marked_claims(context) {
        let Some(date) = attributes.pair(&notes.text, "date").map(|p| p.value) else { continue };
        let Some(begins) = parse_edtf(date.slice(&notes.text)).and_then(|d| d.earliest) else { continue };
        // What lies ahead of the text is a plan or a term, which its source may well tell before.
        if written.is_some_and(|written| begins > written) {
            continue;
        }
        findings.looks_into_notes(claim);
        let cited = notes.cited(context.snapshot, claim);
        let dates = cited.iter().filter_map(|c| context.snapshot.entity(c.entity?).record.date.as_ref().map(|d| d.value.clone()));
        let latest = dates.filter_map(|d| Some((parse_edtf(&d)?.latest?, d))).max();
        if let Some((_, written)) = latest.filter(|(last, _)| *last < begins) {
            findings
                .at(date, format!("this is later than its source, which is of {written}"))
                .help("correct the date, or cite a later source");
        }
    }
}
