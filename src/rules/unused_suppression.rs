//! `unused-suppression`

use super::allow::{ALL, Allowed, Allows, Effect, whole_comment};
use super::rule::{Context, rule};
use super::{Findings, Reach, rule as rule_of};
use crate::config::{Level, LevelRow};
use crate::corpus::Annotations;
use crate::prose::numbers;
use crate::syntax::Placement;
use crate::text::{Span, nearest};

rule! {
/// A directive that silences nothing: what it allowed is no longer there, it names no rule, or the day after `until=` is past. From that
/// day on it silences nothing any more; nor does one whose day cannot be read.
///
/// ## Why
///
/// An exception that has outlived its reason hides the next fault at its place.
///
/// ~~~passes
/// <!-- vidimus-allow unsourced-figure: rhetorical, not a statistic -->
///
/// There were about 90,000 reasons to doubt it.
/// ~~~
/// ~~~passes
/// <!-- vidimus-allow unsourced-figure: the ministry will publish it until=2199-12-31 -->
///
/// About 90,000 people had left.
/// ~~~
/// ~~~fails
/// <!-- vidimus-allow unsourced-figure: rhetorical, not a statistic -->
///
/// There were many reasons to doubt it.
/// ~~~
/// ~~~fails
/// <!-- vidimus-allow unsourced-figure: the ministry will publish it until=2017-06-30 -->
///
/// About 90,000 people had left.
/// ~~~
/// ~~~fails
/// <!-- vidimus-allow unsourced-figure: the ministry will publish it until=June -->
///
/// About 90,000 people had left.
/// ~~~
/// ~~~fails
/// <!-- vidimus-allow-file unsourced-figures: a novel -->
///
/// About 90,000 people had left.
/// ~~~
///
/// ~~~passes
/// <!-- vidimus-allow unsourced-figure: rhetorical, not a statistic -->
/// There are a hundred reasons to doubt it.
/// ~~~
///
/// Where a number is spelt out, allowing a figure is left alone: whether it is one is a matter of reading, and its author was asked once.
///
/// A rule that is off in this text cannot be silenced, and so is not judged: it may be on elsewhere, or tomorrow. `all` is judged by its
/// date alone. The day is counted in UTC; `until=2017-06` lasts to the end of the month.
///
/// ## Fix
///
/// The directive is removed; of several rules that it names only those that it allows for nothing.
    "unused-suppression", "a directive that silences nothing, or no longer", Sound, Directives, LevelRow::everywhere(Level::Warning), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(notes), Some(allows)) = (context.notes, context.allows) else { return };
    for directive in allows.directives() {
        if let Some((first, Effect::NoDay(until))) = directive.first().map(|first| (first, first.effect)) {
            let at = if until.is_empty() { first.comment } else { until };
            let found = findings.at(at, format!("`until={}` names no day, and so nothing is allowed", until.slice(&notes.text)));
            found.help("write it as `until=2027-03-31`");
            continue;
        }
        let vain: Vec<(&Allowed<'_>, Why)> = directive.iter().filter_map(|one| Some((one, why(context, allows, one)?))).collect();
        let Some((first, reason)) = vain.first() else { continue };
        let all_past = matches!(reason, Why::Past(_));
        let fixable = first.placement != Placement::SplitsParagraph;
        // One that names rules of a later version may be of use there.
        let safe = |why: &Why| !matches!(why, Why::Unknown(_));
        if all_past || vain.len() == directive.len() {
            let found = findings.at(first.comment, message(first, reason));
            found.help("remove it");
            let (title, gone) = ("Remove the directive", whole_comment(&notes.text, first.comment));
            if fixable && vain.iter().all(|(_, why)| safe(why)) {
                found.safe_fix(title, gone, "");
            } else if fixable {
                found.unsafe_fix(title, gone, "");
            }
            continue;
        }
        for (one, why) in &vain {
            let found = findings.at(one.name, message(one, why));
            found.help("name only the rules that speak here");
            let (title, gone) = (format!("Remove `{}`", one.rule), with_comma(&notes.text, one.name));
            if safe(why) {
                found.safe_fix(title, gone, "");
            } else {
                found.unsafe_fix(title, gone, "");
            }
        }
    }
}

/// Why a directive does nothing for a rule.
enum Why<'t> {
    /// Nothing of that rule stands there.
    Unused,
    /// Its last day is past.
    Past(&'t str),
    /// There is no such rule; the nearest.
    Unknown(Option<String>),
    /// It ends what was not begun.
    EndsNothing,
}

fn why<'t>(context: &Context<'t>, allows: &Allows<'_>, one: &Allowed<'_>) -> Option<Why<'t>> {
    let text: &'t str = &context.notes?.text;
    match one.effect {
        Effect::Until(until) => return Some(Why::Past(until.slice(text))),
        Effect::EndsNothing => return Some(Why::EndsNothing),
        Effect::Ends | Effect::NoDay(_) => return None,
        Effect::In(_) if one.rule == ALL => return None,
        Effect::In(_) => {}
    }
    let Some(rule) = rule_of(one.rule) else { return Some(Why::Unknown(nearest(one.rule, super::rule_names()).map(str::to_owned))) };
    // Whether a rule speaks that looks at all other texts, or at directives, is not to be told from here.
    let judged =
        !matches!(rule.reach, Reach::Corpus | Reach::Directives) && rule.level_in(context.file, context.snapshot.occasion()) != Level::Off;
    let Effect::In(scope) = one.effect else { return None };
    let unused = judged && !allows.took(one.rule, scope) && !(one.rule.contains("figure") && spells_a_number(context.notes?, scope));
    unused.then_some(Why::Unused)
}

/// Numbers below this are words like others: "one of them".
const SMALL: f64 = 10.0;

/// Whether a number stands in a stretch of the file in words.
fn spells_a_number(notes: &Annotations, scope: Span) -> bool {
    let words = Span::new(notes.words.map.from_source(scope.start), notes.words.map.from_source(scope.end));
    let spelt = words.slice(notes.running()).replace(|c: char| c.is_ascii_digit(), " ");
    numbers(&spelt, Span::from(0..spelt.len())).into_iter().any(|value| value >= SMALL)
}

fn message(one: &Allowed<'_>, why: &Why<'_>) -> String {
    let rule = one.rule;
    match why {
        Why::Unused => format!("`{rule}` is allowed here, and finds nothing here"),
        Why::Past(day) => format!("this was allowed until {day}, which is past"),
        Why::Unknown(Some(near)) => format!("there is no rule `{rule}`; `{near}` is near"),
        Why::Unknown(None) => format!("there is no rule `{rule}`"),
        Why::EndsNothing => format!("nothing before it allows `{rule}`"),
    }
}

/// A name in a list with the comma and space that part it from the next, or from the one before.
fn with_comma(text: &str, name: Span) -> Span {
    let parts = |c: char| c == ',' || c.is_whitespace();
    let after = text.get(name.end as usize..).unwrap_or_default();
    let behind = after.len() - after.trim_start_matches(parts).len();
    if after[..behind].contains(',') {
        return Span::new(name.start, name.end + Span::from(0..behind).end);
    }
    let before = text.get(..name.start as usize).unwrap_or_default();
    let kept = before.trim_end_matches(parts).len();
    Span::new(Span::from(0..kept).end, name.end)
}
