//! *Never here*: the author says that a rule is wrong, at one place, in a text, in the corpus.
//!
//! A directive needs a reason, and only the author has it. What is written is the word `reason`, which holds its place and is
//! none: the directive silences nothing until it is written over, and `suppression-without-reason` says so.

use super::here::Here;
use super::{Action, Cured, Kind, Scope, Task, settings};
use crate::corpus::Annotations;
use crate::features::Changes;
use crate::rules;
use crate::syntax::BlockKind;
use crate::text::{Edits, Span};

/// What holds the place of a reason.
const PLACEHOLDER: &str = "reason";

/// The settings of a corpus.
const SETTINGS: &str = "vidimus.toml";

/// For each rule that found something here: at this place, in this text, in the corpus.
pub(super) fn offer(here: &Here<'_>, out: &mut Vec<Action>) {
    let mut told: Vec<&str> = Vec::new();
    let in_body = |span: Span| here.notes().is_some_and(|n| n.document.front_matter.is_none_or(|f| f.span.end <= span.start));
    for finding in here.findings() {
        let rule = finding.rule;
        if told.contains(&rule) || rule == "suppression-without-reason" {
            continue;
        }
        told.push(rule);
        let mut push = |scope, title: String, creates| {
            let task = Task::Allow { rule: rule.into(), at: (finding.span.start, finding.span.end), scope };
            let mut action = Action::new(Kind::QuickFix, title, task);
            action.cures.push(Cured::of(finding));
            action.creates = creates;
            out.push(action);
        };
        if in_body(finding.span) {
            push(Scope::Here, format!("Allow `{rule}` here, for a reason to be given"), false);
        }
        if here.notes().is_some() {
            push(Scope::File, format!("Allow `{rule}` in this text, for a reason to be given"), false);
        }
        push(Scope::Corpus, format!("Turn `{rule}` off in `{SETTINGS}`"), here.snapshot.file_at(SETTINGS).is_none());
    }
}

pub(super) fn changes(here: &Here<'_>, rule: &str, scope: Scope) -> Option<Changes> {
    let rule = rules::rule(rule)?.name;
    match scope {
        Scope::Here => {
            let finding = here.finding(rule)?.clone();
            let count = |found: &[rules::Diagnostic]| found.iter().filter(|d| d.rule == rule && d.message == finding.message).count();
            let before = count(&rules::check(here.snapshot, here.file, here.notes()));
            let silences = |place: &Directive| {
                let after = here.after(&place.edits(rule, "x"));
                let found = rules::check(&after, here.file, after.annotations(here.file).as_deref());
                count(&found) < before && found.iter().all(|d| d.rule != "comment-splits-paragraph") && here.reads_the_same(&after)
            };
            let place = places(here, finding.span).into_iter().find(silences)?;
            Some(in_text(here, place.edits(rule, PLACEHOLDER)))
        }
        Scope::File => {
            let place = top(here)?;
            let edits = place.edits(rule, PLACEHOLDER);
            here.reads_the_same(&here.after(&edits)).then(|| in_text(here, edits))
        }
        Scope::Corpus => in_settings(here, rule),
    }
}

fn in_text(here: &Here<'_>, edits: Edits) -> Changes {
    Changes { edits: vec![(here.snapshot.path(here.file), edits)], ..Changes::default() }
}

fn in_settings(here: &Here<'_>, rule: &str) -> Option<Changes> {
    let Some(file) = here.snapshot.file_at(SETTINGS) else {
        let text = settings::turn_off("", rule)?.apply("");
        return Some(Changes { created: vec![(SETTINGS.into(), text)], ..Changes::default() });
    };
    let text = here.snapshot.text(file)?;
    Some(Changes { edits: vec![(SETTINGS.into(), settings::turn_off(&text, rule)?)], ..Changes::default() })
}

/// A directive to be written.
struct Directive {
    verb: &'static str,
    at: u32,
    /// What stands before and behind it.
    around: (&'static str, &'static str),
}

impl Directive {
    fn edits(&self, rule: &str, reason: &str) -> Edits {
        let (before, behind) = self.around;
        Edits::replace(Span::at(self.at), format!("{before}<!-- vidimus-{} {rule}: {reason} -->{behind}", self.verb))
    }
}

/// Where a directive for a finding may stand, the best place first: alone before a paragraph, heading or table; at the end
/// of the line in a list or quotation, whose other parts it would silence too.
fn places(here: &Here<'_>, finding: Span) -> Vec<Directive> {
    let Some(notes) = here.notes() else { return Vec::new() };
    let text = &*notes.text;
    let rest = text.get(finding.start as usize..).unwrap_or_default();
    let line = Span::from(0..memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len())).end;
    let at_line_end = Directive { verb: "allow", at: finding.start + line, around: (" ", "") };
    let Some((kind, start)) = outermost(notes, finding.start) else { return vec![at_line_end] };
    let before_block = Directive { verb: "allow", at: start, around: ("", here.line_end()) };
    if matches!(kind, BlockKind::List(_) | BlockKind::BlockQuote | BlockKind::FootnoteDefinition(_) | BlockKind::Div) {
        vec![at_line_end, before_block]
    } else {
        vec![before_block, at_line_end]
    }
}

/// The outermost block round a byte, and the start of its first line.
fn outermost(notes: &Annotations, at: u32) -> Option<(BlockKind, u32)> {
    let block = notes.document.blocks.iter().rev().find(|b| b.parent.is_none() && b.span.start <= at && !b.span.is_empty())?;
    let before = notes.text.get(..block.span.start as usize)?;
    let start = memchr::memrchr2(b'\n', b'\r', before.as_bytes()).map_or(0, |i| i + 1);
    let start = if start == 0 && before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start };
    Some((block.kind, Span::from(0..start).end))
}

/// Behind front matter and the blank line that belongs to it, or at the start.
fn top(here: &Here<'_>) -> Option<Directive> {
    let notes = here.notes()?;
    let start = match notes.document.front_matter {
        Some(front) => {
            let rest = notes.text.get(front.span.end as usize..)?;
            front.span.end + if rest.starts_with("\r\n") { 2 } else { u32::from(rest.starts_with(['\n', '\r'])) }
        }
        None if notes.text.starts_with('\u{feff}') => 3,
        None => 0,
    };
    Some(Directive { verb: "allow-file", at: start, around: ("", here.line_end()) })
}
