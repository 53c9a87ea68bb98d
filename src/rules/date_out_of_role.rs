//! `date-out-of-role`

use std::sync::LazyLock;

use super::marked_claims::marked_claims;
use super::rule::{Context, rule};
use super::spoken::{begins_like, is_one_of, round, words};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, MentionAt};
use crate::prose::dates::parse_edtf;
use crate::prose::lexicon;
use crate::registry::Record;
use crate::text::Span;

rule! {
/// A mention by an office that its holder did not hold at the text's date, where neither the words before it ("former", "then", «бывший») nor a
/// year of its sentence or of those before in the paragraph tell another time; or a claim whose `date=` lies after the source that is said to
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
/// ~~~passes
/// -- registry.yaml
/// - {id: smirnov, type: person, name: Ivan Smirnov, roles: [{title: Foreign Minister, from: 1998, to: 2004-03-09}]}
/// -- text.md
/// ---
/// date: 2017-03-16
/// ---
/// The former [[smirnov|Foreign Minister]] left. In 2003 the [[smirnov|Foreign Minister]] had stayed.
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: smirnov, type: person, name: Иван Смирнов, roles: [{title: Министр, from: 1998, to: 2004-03-09}]}
/// -- text.md
/// ---
/// date: 2017-03-16
/// lang: ru
/// ---
/// На этой неделе [[smirnov|министр]] уехал.
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
/// A text that looks back or ahead and says so elsewhere. Name the person, or allow it with a reason.
///
/// ## Measured
///
/// In 42 paragraphs of our own, labelled before the rule was run on them, 9 of 22 findings were right; since it was mended 12 of 12. Half
/// of them were written to mislead it.
    "date-out-of-role", "an office or a date that does not fit the time", Heuristic, Passage, LevelRow::texts(Level::Note, Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    if let Some(date) = context.file.settings.date.as_deref() {
        for mention in context.mentions().iter().filter(|m| m.node.is_some()) {
            let Some(record) = mention.meaning.entity().map(|e| &context.snapshot.entity(e).record) else { continue };
            let Some((title, held)) = role_named(notes, mention, record, date) else { continue };
            if let Some(why) = (!held).then(|| another_time(notes, mention, record)).flatten() {
                findings.passes(|| (mention.span, Pass::because(why)));
            } else if held {
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
    let words = mention.words.slice(notes.running());
    let called = |role: &&crate::registry::Role| is_same(&role.title.value, words) || role.aliases.iter().any(|a| is_same(&a.text, words));
    let mut roles = record.roles.iter().filter(called);
    let first = roles.next()?;
    let held = first.during.holds(date) || roles.any(|role| role.during.holds(date));
    Some((first.title.value.as_str(), held))
}

/// Whether two titles are the same, whatever their case and whether "the" stands before them.
fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (without_the(one), without_the(other));
    one.eq_ignore_ascii_case(other) || !(one.is_ascii() && other.is_ascii()) && one.to_lowercase() == other.to_lowercase()
}

fn without_the(title: &str) -> &str {
    title.split_at_checked(4).filter(|(the, _)| the.eq_ignore_ascii_case("the ")).map_or(title, |(_, rest)| rest)
}

/// Words before an office that tell of another time.
static ANOTHER: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("other-time"));

/// The same by their beginnings.
static ANOTHER_RU: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon::context("other-time-stems"));

/// Why an office is named that its holder does not hold at the text's date: the words tell of another time.
fn another_time(notes: &Annotations, mention: &MentionAt, record: &Record) -> Option<&'static str> {
    let (before, _) = round(notes, mention.words);
    // "The then Finnish prime minister": an adjective may stand between.
    let near = words(before).rev().take(2).map(|(_, word)| word);
    if near.into_iter().any(|word| is_one_of(&ANOTHER, word) || begins_like(&ANOTHER_RU, word)) {
        return Some("the words before it tell of another time");
    }
    let passage = notes.words.passages.partition_point(|p| p.span.end <= mention.words.start);
    let start = notes.words.passages.get(passage)?.span.start;
    let end = round(notes, mention.words).1.len();
    let told = Span::new(start, mention.words.end + Span::from(0..end).end).slice(notes.running());
    let years = words(told).filter(|(_, word)| word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|b| b.is_ascii_digit()));
    let held = |year: &str| record.roles.iter().any(|role| role.during.holds(year));
    years.map(|(_, year)| year).any(held).then_some("a year of its paragraph tells of another time")
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
