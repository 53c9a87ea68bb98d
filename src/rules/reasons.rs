//! Why a rule speaks or is silent: everything it looked at, and what came of it.
//!
//! Rules say it while they check ([`Findings::passes`]); in a check nobody asks, and nothing is noted. [`judged`] asks all rules, those
//! that are off in the text as well, about one stretch of it.

use super::allow::{Allowance, Allows};
use super::check::WHOLE;
use super::checked::whole_blocks;
use super::comparisons::Comparisons;
use super::{Context, Diagnostic, Findings, RULES, Reach, Rule, check};
use crate::config::Level;
use crate::corpus::{Annotations, Claim, FileId, Snapshot, Spared};
use crate::text::Span;

/// Why something that a rule looked at is no finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pass {
    /// It has a source, or its sentence has.
    Sourced,
    /// It is a quotation's: the speaker's words.
    Quoted,
    /// It is a heading's.
    Heading,
    /// Its author marked it as an opinion.
    Opinion,
    /// It needs no source: an opinion, refuted or retracted.
    Exempt,
    /// The rule tells it once, at this place of the file.
    Told(Span),
    /// What stands at this place of the file answers for it.
    Near(Span),
    /// In words that follow "because".
    Because(String),
}

/// What a rule came to at one place.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The rule.
    pub rule: &'static Rule,
    /// Its level in this file, after settings.
    pub level: Level,
    /// What it looked at, in bytes of the file.
    pub span: Span,
    /// What came of it.
    pub verdict: Verdict,
}

/// What came of something that a rule looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is a finding; where the level is [`Level::Off`], it would be.
    Finding(Box<Diagnostic>),
    /// It is one that the text allows.
    Allowed(Box<Diagnostic>, Allowance),
    /// It is none.
    Passed(Pass),
}

impl Pass {
    /// In words.
    pub fn because(words: impl Into<String>) -> Self {
        Self::Because(words.into())
    }

    /// Why a claim needs no more sources; `None` when it has none and needs one.
    #[must_use]
    pub fn of_claim(claim: &Claim) -> Option<Self> {
        if claim.exempt { Some(Self::Exempt) } else { (!claim.support.is_empty()).then_some(Self::Sourced) }
    }

    /// Why words (of the running text) that attribute to nobody are no fault; `told`: another place of their sentence was told.
    #[must_use]
    pub fn of_words(notes: &Annotations, words: Span, told: bool) -> Option<Self> {
        if told {
            Some(Self::because("the same sentence was told already"))
        } else if notes.is_quoted(words) {
            Some(Self::Quoted)
        } else {
            let sourced = notes.sentence_at(words.start).is_some_and(|s| notes.has_support(s));
            sourced.then_some(Self::Sourced)
        }
    }
}

impl From<Spared> for Pass {
    fn from(spared: Spared) -> Self {
        match spared {
            Spared::Supported => Self::Sourced,
            Spared::Quoted => Self::Quoted,
            Spared::Heading => Self::Heading,
            Spared::Opinion => Self::Opinion,
        }
    }
}

/// What all rules come to in the blocks that hold a stretch of a file. Those that look at all of a text are asked about all of it.
#[must_use]
pub fn judged(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>, within: Span) -> Vec<Judged> {
    ask(snapshot, id, notes, within, |_| true)
}

/// What those rules come to that look at blocks: what an editor has time for at every place.
#[must_use]
pub fn judged_in_blocks(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>, within: Span) -> Vec<Judged> {
    ask(snapshot, id, notes, within, |rule| rule.reach == Reach::Passage)
}

fn ask(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>, within: Span, asked: impl Fn(&Rule) -> bool) -> Vec<Judged> {
    let Some(file) = snapshot.file(id) else { return Vec::new() };
    let allows = notes.map(|notes| Allows::of(notes, snapshot.occasion()));
    let (mut all, comparisons) = (Vec::new(), Comparisons::default());
    let within = notes.map_or(WHOLE, |notes| whole_blocks(notes, within));
    for rule in RULES.iter().copied().filter(|rule| asked(rule)) {
        let level = rule.level_in(file, snapshot.occasion());
        let within = if rule.reach == Reach::Passage { within } else { WHOLE };
        let context = Context { snapshot, id, file, notes, within, allows: None, comparisons: &comparisons };
        let (mut list, mut passed) = (Vec::new(), Vec::new());
        let mut further = false;
        if rule.reach == Reach::Directives {
            // What directives took away is known when all others were asked.
            list.extend(check(snapshot, id, notes).into_iter().filter(|found| found.rule == rule.name));
        } else {
            (rule.check)(&context, &mut Findings::of(rule, level, &file.path, &mut list, &mut further).and_passed(&mut passed));
        }
        for found in list {
            let span = found.span;
            let allowed = allows.as_ref().zip(notes).and_then(|(allows, notes)| allows.allowance(&notes.text, &found));
            let found = Box::new(found);
            let verdict = match allowed {
                Some(allowance) => Verdict::Allowed(found, allowance),
                None => Verdict::Finding(found),
            };
            all.push(Judged { rule, level, span, verdict });
        }
        all.extend(passed.into_iter().map(|(span, pass)| Judged { rule, level, span, verdict: Verdict::Passed(pass) }));
    }
    all.sort_by_key(|one| (one.span.start, one.span.end, one.rule.name));
    all
}
