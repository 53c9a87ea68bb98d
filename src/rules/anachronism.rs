//! `anachronism`

use smol_str::{SmolStr, ToSmolStr};

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{EntityId, Snapshot};
use crate::prose::dates::{Day, parse_edtf};
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
/// Texts without a date are not asked. A day's difference can be the date line's.
    "anachronism", "something dated after the text that names it", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Warning), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(written) = context.file.settings.date.as_deref().and_then(|d| parse_edtf(d)?.latest) else { return };
    let marked = context.mentions().iter().filter(|m| m.node.is_some()).filter_map(|m| Some((m.span, m.meaning.entity()?)));
    let cited = context.citations().iter().filter_map(|c| Some((c.key, c.entity?)));
    for (span, entity) in marked.chain(cited) {
        if let Some(date) = date_of(context.snapshot, entity, written.year, findings.says_why()) {
            compare(context, findings, span, &date, written);
        }
    }
    for (at, instrument) in context.instruments() {
        let date = match at.entity {
            Some(entity) => date_of(context.snapshot, entity, written.year, findings.says_why()),
            None => unsc_year(instrument.body).map(|year| (year.to_smolstr(), Day { year: i64::from(year), month: 1, day: 1 })),
        };
        if let Some(date) = date {
            compare(context, findings, at.span, &date, written);
        }
    }
}

fn compare(context: &Context<'_>, findings: &mut Findings<'_>, span: Span, date: &(SmolStr, Day), written: Day) {
    if date.1 > written {
        report(context, findings, span, &date.0);
    } else {
        findings.passes(|| (span, Pass::because(format!("it is of {}, no later than the text", date.0))));
    }
}

fn report(context: &Context<'_>, findings: &mut Findings<'_>, span: Span, date: &str) {
    let written = context.file.settings.date.as_deref().unwrap_or_default();
    findings.at(span, format!("this is of {date}, and the text of {written}")).help("correct the date, or name what is meant");
}

/// The date of an instrument or source as written, and the first day it can mean. One that begins with an earlier year than the
/// text's needs not be read, unless somebody asks why.
fn date_of(snapshot: &Snapshot, entity: EntityId, written: i64, says_why: bool) -> Option<(SmolStr, Day)> {
    let record = &snapshot.entity(entity).record;
    if !record.kind.is_instrument() && record.source.is_none() {
        return None;
    }
    let date = record.date.as_ref()?;
    let year = date.value.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit())).and_then(|year| year.parse::<i64>().ok());
    if !says_why && year.is_some_and(|year| year < written) {
        return None;
    }
    Some((date.value.clone(), parse_edtf(&date.value)?.earliest?))
}

fn unsc_year(body: crate::prose::Body) -> Option<u16> {
    let crate::prose::Body::SecurityCouncil(number) = body else { return None };
    unsc::resolution(number).map(|r| r.year)
}
