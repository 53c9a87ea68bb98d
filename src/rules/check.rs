//! Running the rules over one file.

use smol_str::SmolStr;

use super::allow::Allows;
use super::comparisons::Comparisons;
use super::diagnostic::Words;
use super::fingerprint::{fingerprints, place};
use super::{Allowance, Context, Diagnostic, Fix, Pass, RULES, Reach, Rule};
use crate::config::Level;
use crate::corpus::{Annotations, Claim, FileId, FileState, Snapshot, Support};
use crate::text::{Edits, Fault, Span};

/// What one rule finds in one file.
pub struct Findings<'a> {
    rule: &'static Rule,
    level: Level,
    path: &'a SmolStr,
    list: &'a mut Vec<Diagnostic>,
    far: &'a mut bool,
    /// What was looked at and is no finding, when somebody wants to know.
    passed: Option<&'a mut Vec<(Span, Pass)>>,
}

impl<'a> Findings<'a> {
    /// Of one rule in the file at `path`, put into `list`; `far` is set when the rule looked further than told.
    pub(super) fn of(rule: &'static Rule, level: Level, path: &'a SmolStr, list: &'a mut Vec<Diagnostic>, far: &'a mut bool) -> Self {
        Self { rule, level, path, list, far, passed: None }
    }

    /// The same, and what is passed over is put into `passed`.
    pub(super) fn and_passed(self, passed: &'a mut Vec<(Span, Pass)>) -> Self {
        Self { passed: Some(passed), ..self }
    }

    /// Whether somebody wants to know what is passed over.
    #[must_use]
    pub fn says_why(&self) -> bool {
        self.passed.is_some()
    }

    /// Something was looked at and is no finding: `why` says where and why, and is only asked where somebody wants to know.
    #[inline]
    pub fn passes(&mut self, why: impl FnOnce() -> (Span, Pass)) {
        if let Some(passed) = &mut self.passed {
            passed.push(why());
        }
    }

    /// What is found depends on more than the stretch looked at: after the next change the rule is asked about the whole text.
    pub fn looked_further(&mut self) {
        *self.far = true;
    }

    /// A claim was looked at whose works may be cited in a footnote, which stands elsewhere.
    pub fn looks_into_notes(&mut self, claim: &Claim) {
        if claim.support.iter().any(|s| matches!(s, Support::Footnote(_))) {
            self.looked_further();
        }
    }

    /// Reports a fault at a span of the file; the answer takes cure and related places.
    pub fn at(&mut self, span: Span, message: impl Into<Words>) -> &mut Diagnostic {
        self.list.push(Diagnostic {
            path: self.path.clone(),
            rule: self.rule.name,
            level: self.level,
            span,
            message: message.into(),
            help: None,
            related: Vec::new(),
            fix: None,
            alternatives: Vec::new(),
            fingerprint: String::new(),
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Reports a fault that a reader of files found, when it belongs to this rule.
    pub fn fault(&mut self, fault: &Fault) -> Option<&mut Diagnostic> {
        if fault.rule != self.rule.name {
            return None;
        }
        let path = self.path.clone();
        let found = self.at(fault.span, fault.message.clone());
        found.help = fault.help.clone().map(Into::into);
        if let Some((span, text)) = &fault.fix {
            let short = !text.is_empty() && text.len() <= 80 && !text.contains(['\n', '\r']);
            let title = match (&fault.help, short) {
                (_, true) => format!("Write `{}`", text.trim()),
                (Some(help), false) => capitalised(help.split(',').next().unwrap_or(help)),
                (None, false) => "Remove it".to_owned(),
            };
            found.fix = Some(Fix { title, safe: true, edits: vec![(path, Edits::replace(*span, text.clone()))] });
        }
        Some(found)
    }

    /// The level its findings have in this file.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }
}

/// The words with their first letter as at the start of a sentence.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Diagnostic {
    /// The same with a cure in words.
    pub fn help(&mut self, help: impl Into<Words>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a place that explains it.
    pub fn related(&mut self, path: SmolStr, span: Span, message: impl Into<String>) -> &mut Self {
        self.related.push(super::Related { path, span, message: message.into() });
        self
    }

    /// The same with a replacement in the same file that leaves the meaning as it is.
    pub fn safe_fix(&mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: true, edits: vec![(self.path.clone(), Edits::replace(span, text))] });
        self
    }

    /// The same with a replacement in the same file that changes what the text says.
    pub fn unsafe_fix(&mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: false, edits: vec![(self.path.clone(), Edits::replace(span, text))] });
        self
    }

    /// The same with one more replacement in the same file, for the author to choose.
    pub fn or_fix(&mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> &mut Self {
        self.alternatives.push(Fix { title: title.into(), safe: false, edits: vec![(self.path.clone(), Edits::replace(span, text))] });
        self
    }
}

/// All findings in one file, in order of place and rule. `notes` are its annotations when it is a text.
#[must_use]
pub fn check(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>) -> Vec<Diagnostic> {
    run(snapshot, id, notes, None, &mut |rule, context, findings| (rule.check)(context, findings))
}

/// The same without fingerprints: for who shows them and keeps none.
#[must_use]
pub fn check_unmarked(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>) -> Vec<Diagnostic> {
    let Some(file) = snapshot.file(id) else { return Vec::new() };
    all(snapshot, id, file, notes, None, &mut |rule, context, findings| (rule.check)(context, findings))
}

/// A finding that the text allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// What would have been found. Its fingerprint is that of no finding that is not allowed.
    pub diagnostic: Diagnostic,
    /// The directive that allows it.
    pub by: Allowance,
}

/// All findings in one file and, apart, those that it allows; each in order of place and rule.
#[must_use]
pub fn check_with_allowed(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>) -> (Vec<Diagnostic>, Vec<Allowed>) {
    let mut allowed = Vec::new();
    let found = run(snapshot, id, notes, Some(&mut allowed), &mut |rule, context, findings| (rule.check)(context, findings));
    (found, allowed)
}

/// The same; `around` is called for each rule with the work to do, and must do it: for measuring, since there is no clock here.
#[must_use]
pub fn check_around(
    snapshot: &Snapshot,
    id: FileId,
    notes: Option<&Annotations>,
    around: &mut dyn FnMut(&'static Rule, &mut dyn FnMut()),
) -> Vec<Diagnostic> {
    run(snapshot, id, notes, None, &mut |rule, context, findings| around(rule, &mut || (rule.check)(context, findings)))
}

type Ask<'a> = &'a mut dyn FnMut(&'static Rule, &Context<'_>, &mut Findings<'_>);

/// Asks all rules. What the text allows is put into `allowed` when somebody wants it.
fn run(
    snapshot: &Snapshot,
    id: FileId,
    notes: Option<&Annotations>,
    mut allowed: Option<&mut Vec<Allowed>>,
    ask: Ask<'_>,
) -> Vec<Diagnostic> {
    let Some(file) = snapshot.file(id) else { return Vec::new() };
    let mut list = all(snapshot, id, file, notes, allowed.as_deref_mut(), ask);
    let silenced = allowed.into_iter().flatten().map(|one| &mut one.diagnostic);
    fingerprints(list.iter_mut().chain(silenced), notes);
    list
}

/// What all rules find, without fingerprints.
fn all(
    snapshot: &Snapshot,
    id: FileId,
    file: &FileState,
    notes: Option<&Annotations>,
    allowed: Option<&mut Vec<Allowed>>,
    ask: Ask<'_>,
) -> Vec<Diagnostic> {
    let context = Context { snapshot, id, file, notes, within: WHOLE, allows: None, comparisons: &Comparisons::default() };
    let (mut list, mut last) = (Vec::new(), Vec::new());
    for (rule, level) in asked(snapshot, file, false) {
        ask(rule, &context, &mut Findings::of(rule, level, &file.path, &mut list, &mut false));
    }
    if let Some(notes) = notes {
        let mut allows = Allows::of(notes, snapshot.occasion());
        let taken: Vec<Diagnostic> = if allows.are_any() { list.extract_if(.., |one| allows.takes(one)).collect() } else { Vec::new() };
        allows.settle();
        let context = Context { allows: Some(&allows), ..context };
        for (rule, level) in asked(snapshot, file, true) {
            ask(rule, &context, &mut Findings::of(rule, level, &file.path, &mut last, &mut false));
        }
        last.retain(|one| !allows.allows(one));
        if let Some(allowed) = allowed {
            let reasons = allows.reasons(notes);
            allowed
                .extend(in_order(taken).into_iter().filter_map(|diagnostic| Some(Allowed { by: reasons.why(&diagnostic)?, diagnostic })));
        }
    }
    list.append(&mut last);
    in_order(list)
}

/// The findings in order of place, rule and words, none twice.
pub(super) fn in_order(mut list: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // A finding is long: their places are sorted, and each is moved once.
    list.sort_by_cached_key(|one| one.span);
    for same in list.chunk_by_mut(|a, b| a.span == b.span).filter(|same| same.len() > 1) {
        same.sort_by(|a, b| place(a).cmp(&place(b)));
    }
    list.dedup_by(|b, a| a.span == b.span && a == b);
    list
}

/// All of any file.
pub(super) const WHOLE: Span = Span::new(0, u32::MAX);

/// The rules that are not off in a file, with their levels: those asked `last`, about directives, or the others.
pub(super) fn asked(snapshot: &Snapshot, file: &FileState, last: bool) -> impl Iterator<Item = (&'static Rule, Level)> {
    let turn = RULES.iter().copied().filter(move |rule| (rule.reach == Reach::Directives) == last);
    turn.map(|rule| (rule, rule.level_in(file, snapshot.occasion()))).filter(|(_, level)| *level != Level::Off)
}
