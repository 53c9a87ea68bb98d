//! `relative-time`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::prose::PhraseKind;

rule! {
/// "Yesterday", "recently", "this year", «недавно» in a text that has no date.
///
/// ## Why
///
/// The words mean another day to every reader; with the text's date they mean one.
///
/// ~~~passes
/// ---
/// date: 2017-03-16
/// ---
/// They met yesterday.
/// ~~~
/// ~~~fails
/// They met yesterday.
/// ~~~
/// ~~~fails
/// Они встретились вчера.
/// ~~~
///
/// ## Fix
///
/// Write `date:` in the front matter, or the day itself.
    "relative-time", "a time that only a date would tell", Heuristic, LevelRow::texts(Level::Warning, Level::Off), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    if context.file.settings.date.is_some() {
        return;
    }
    // One date cures them all: the first tells it.
    let phrases = notes.prose.phrases.iter().filter(|p| p.kind == PhraseKind::Relative);
    let Some(first) = phrases.clone().find(|p| !notes.is_quoted(p.span)) else { return };
    let span = notes.words.to_file(first.span);
    let count = phrases.filter(|p| !notes.is_quoted(p.span)).count();
    let more = if count > 1 { format!(", as do {} more such words here", count - 1) } else { String::new() };
    findings
        .at(span, format!("`{}` needs a date to count from{more}", span.slice(&notes.text)))
        .help("write `date: YYYY-MM-DD` in the front matter, or the day itself");
}
