//! `anachronism`

use std::sync::LazyLock;

use memchr::memchr3;
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, ToSmolStr};

use super::rule::{Context, rule};
use super::spoken::{begins_like, is_one_of, sentence_round, words};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, EntityId, Snapshot};
use crate::prose::dates::{Day, parse_edtf};
use crate::prose::signs::Signs;
use crate::registry::unsc;
use crate::text::Span;

rule! {
/// A text that cites or names an instrument or source dated after the text itself.
///
/// ## Why
///
/// One of the dates is wrong, or another instrument is meant: nobody cites what does not exist yet.
///
/// ~~~passes
/// -- text.md
/// ---
/// date: 2017-03-16
/// ---
/// Resolution 2202 (2015) endorsed it.
/// ~~~
/// ~~~fails
/// -- text.md
/// ---
/// date: 2014-09-05
/// ---
/// Resolution 2202 (2015) endorsed it.
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{tass-2017, title = {Interview}, date = {2017-03-16}}
/// -- text.md
/// ---
/// date: 2016
/// ---
/// It was said before [@tass-2017].
/// ~~~
///
/// ~~~passes
/// -- dell-protocol.md
/// ---
/// type: agreement
/// name: Dell Protocol
/// date: 2016-03-21
/// ---
/// -- text.md
/// ---
/// date: 2014-09-05
/// ---
/// The [[dell-protocol]] is still being drafted.
/// ~~~
///
/// Texts without a date are not asked, nor sentences that speak of drafts and of what is to appear. A day's difference can be the date line's.
///
/// ## Measured
///
/// In 33 paragraphs of our own, labelled before the rule was run on them, 9 of 13 findings were right; since it was mended 13 of 13. Half
/// of them were written to mislead it.
    "anachronism", "something dated after the text that names it", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Warning), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(written) = context.file.settings.date.as_deref().and_then(|d| parse_edtf(d)?.latest) else { return };
    let says_why = findings.says_why();
    // Of many mentions of one its date is read once.
    let mut dates: FxHashMap<EntityId, Option<(SmolStr, Day)>> = FxHashMap::default();
    let mut date_of = |entity| {
        let date = date_of(context.snapshot, entity, written.year, says_why)?;
        dates.entry(entity).or_insert_with(|| Some((date.clone(), parse_edtf(date)?.earliest?))).clone()
    };
    let mut ahead = FxHashMap::default();
    let marked = context.mentions().iter().filter(|m| m.node.is_some()).filter_map(|m| Some((m.span, m.meaning.entity()?)));
    let cited = context.citations().iter().filter_map(|c| Some((c.key, c.entity?)));
    for (span, entity) in marked.chain(cited) {
        if let Some(date) = date_of(entity) {
            compare(context, findings, span, &date, written, &mut ahead);
        }
    }
    for (at, instrument) in context.instruments() {
        let date = match at.entity {
            Some(entity) => date_of(entity),
            None => unsc_date(instrument.body, written.year, says_why),
        };
        if let Some(date) = date {
            compare(context, findings, at.span, &date, written, &mut ahead);
        }
    }
}

/// Which sentences, by where they begin, speak of what is still to come.
type Ahead = FxHashMap<u32, bool>;

fn compare(context: &Context<'_>, findings: &mut Findings<'_>, span: Span, date: &(SmolStr, Day), written: Day, known: &mut Ahead) {
    if date.1 > written && !is_next_day(date.1, written) {
        match context.notes.filter(|notes| is_ahead(notes, span, known)) {
            Some(_) => findings.passes(|| (span, Pass::because(format!("it is of {}, and its sentence looks ahead to it", date.0)))),
            None => report(context, findings, span, &date.0),
        }
    } else {
        findings.passes(|| (span, Pass::because(format!("it is of {}, no later than the text or the day after", date.0))));
    }
}

fn report(context: &Context<'_>, findings: &mut Findings<'_>, span: Span, date: &str) {
    let written = context.file.settings.date.as_deref().unwrap_or_default();
    findings.at(span, ["this is of ", date, ", and the text of ", written].concat()).help("correct the date, or name what is meant");
}

/// The date of an instrument or source as written. One that begins with an earlier year than the text's needs not be read, unless
/// somebody asks why.
fn date_of(snapshot: &Snapshot, entity: EntityId, written: i64, says_why: bool) -> Option<&SmolStr> {
    let record = &snapshot.entity(entity).record;
    if !record.kind.is_instrument() && record.source.is_none() {
        return None;
    }
    let date = record.date.as_ref()?;
    let year = date.value.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit())).and_then(|year| year.parse::<i64>().ok());
    if !says_why && year.is_some_and(|year| year < written) {
        return None;
    }
    Some(&date.value)
}

/// The date of a resolution that the built-in table knows; its year, where that is not the text's. One of an earlier year needs not be
/// read either.
fn unsc_date(body: crate::prose::Body, written: i64, says_why: bool) -> Option<(SmolStr, Day)> {
    let crate::prose::Body::SecurityCouncil(number) = body else { return None };
    if !says_why && i64::from(unsc::year(number)?) < written {
        return None;
    }
    let resolution = unsc::resolution(number)?;
    let (year, (_, month, day)) = (i64::from(resolution.year), resolution.date);
    let named = if year == written { resolution.day().into() } else { resolution.year.to_smolstr() };
    Some((named, Day { year, month: month.max(1), day: day.max(1) }))
}

/// Whether one day is the next after another; months end as they may.
fn is_next_day(next: Day, day: Day) -> bool {
    let first = |of: Day, before: Day| of.day == 1 && before.day >= 28;
    (next.year, next.month) == (day.year, day.month) && next.day == day.day + 1
        || first(next, day) && (next.year, next.month) == (day.year, day.month + 1)
        || first(next, day) && (next.year, next.month, day.month) == (day.year + 1, 1, 12)
}

/// Words of a sentence about what does not exist yet.
const AHEAD: &[&str] = &[
    "draft",
    "drafts",
    "drafted",
    "drafting",
    "planned",
    "planning",
    "forthcoming",
    "upcoming",
    "negotiated",
    "negotiating",
    "negotiations",
    "unsigned",
    "tomorrow",
    "завтра",
];

/// The same in more words.
const STILL: &[&str] = &["in press", "not yet", "still being", "to be signed", "to be adopted", "ещё только", "ещё не", "в печати"];

/// The same by their beginnings.
const AHEAD_RU: &[&str] = &["проект", "предстоящ", "будущ", "готов", "согласовыва", "планир", "намеч"];

/// What none of these words and beginnings can do without.
static SIGNS: LazyLock<Signs> = LazyLock::new(|| Signs::of([AHEAD, STILL, AHEAD_RU].into_iter().flatten().copied()));

/// Whether the sentence of a place, or the citation itself, speaks of what is still to come.
fn is_ahead(notes: &Annotations, at: Span, known: &mut Ahead) -> bool {
    // Most sentences speak of what is.
    let ahead = |text: &str| words(text).any(|(_, word)| is_one_of(AHEAD, word) || begins_like(AHEAD_RU, word));
    let sentence = sentence_round(notes, notes.words.map.from_source(at.start));
    let whole = || {
        let sentence = sentence.slice(notes.running());
        SIGNS.may_stand_in(sentence) && (ahead(sentence) || STILL.iter().any(|still| sentence.contains(still)))
    };
    // Of several citations in one sentence it is read once.
    if *known.entry(sentence.start).or_insert_with(whole) {
        return true;
    }
    let behind = notes.text.get(at.end as usize..).unwrap_or_default();
    let end = memchr3(b']', b';', b'\n', behind.as_bytes()).unwrap_or(behind.len());
    let suffix = behind.get(..end).filter(|suffix| suffix.len() < 60).unwrap_or_default();
    has_long_word(suffix) && SIGNS.may_stand_in(suffix) && ahead(suffix)
}

/// Whether any word has as many bytes as the shortest of those listed; what follows a key is mostly a page.
fn has_long_word(words: &str) -> bool {
    words.as_bytes().split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).any(|word| word.len() >= 5)
}
