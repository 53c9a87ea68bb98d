//! `unlinked-instrument`

use std::cell::LazyCell;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{MarkPlace, Room, Unmarkable};
use crate::prose::{Body, Form};
use crate::registry::unsc;

rule! {
/// An instrument in plain words that the corpus has a record of, and that no mark leads to anywhere in the text. Told once a text and
/// instrument.
///
/// ## Why
///
/// A mark lets every reader of the text jump to what it names, in every program that knows wikilinks.
///
/// ~~~passes
/// -- unsc-2202.md
/// ---
/// type: resolution
/// ---
/// # Resolution 2202
/// -- text.md
/// It was endorsed by [[unsc-2202|resolution 2202 (2015)]].
/// ~~~
/// ~~~fails
/// -- unsc-2202.md
/// ---
/// type: resolution
/// ---
/// # Resolution 2202
/// -- text.md
/// It was endorsed by resolution 2202 (2015).
/// ~~~
    "unlinked-instrument", "an instrument of the corpus that is not linked", Heuristic, LevelRow::texts(Level::Note, Level::Off), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut known: FxHashSet<_> = notes.mentions.iter().filter(|m| m.node.is_some()).filter_map(|m| m.meaning.entity()).collect();
    let room = LazyCell::new(|| Room::of(notes));
    for (at, found) in notes.instruments_found() {
        let Some(entity) = at.entity.filter(|_| found.form != Form::Short && found.malformed.is_none()) else { continue };
        if known.contains(&entity) {
            findings.passes(|| (at.span, Pass::because("a mark of this text leads there, or it was told further up")));
            continue;
        }
        // With a wrong year it is not certain which is meant: that comes first.
        if let (Body::SecurityCouncil(number), Some((year, _))) = (found.body, found.year_as_written)
            && unsc::resolution(number).is_some_and(|r| r.year != year)
        {
            continue;
        }
        let place = room.at(found.span);
        let told = matches!(place, Ok(MarkPlace::Heading) | Err(Unmarkable::Taken)) || notes.is_quoted(found.span);
        if told {
            findings.passes(|| (at.span, Pass::because("it stands in a heading, a mark or a quotation")));
            continue;
        }
        known.insert(entity);
        let id: &SmolStr = &context.snapshot.entity(entity).record.id.value;
        let words = at.span.slice(&notes.text);
        let finding = findings.at(at.span, format!("`{words}` is `{id}`, and nothing leads there"));
        finding.help("link it, so that a reader can jump there");
        if place == Ok(MarkPlace::Words) {
            finding.safe_fix(format!("Write `[[{id}|{words}]]`"), at.span, format!("[[{id}|{words}]]"));
        }
    }
}
