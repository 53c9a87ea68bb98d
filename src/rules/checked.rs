//! What was found in one text, kept from check to check.
//!
//! After an edit the rules that look at blocks ([`Reach::Passage`]) are asked about the blocks that changed, and what they
//! found elsewhere is kept and moved; the others are asked about the whole text. What comes out is what
//! [`check`](super::check()) finds, always.

use std::sync::Arc;

use smol_str::SmolStr;

use super::allow::Allows;
use super::check::{self, WHOLE, asked};
use super::comparisons::Comparisons;
use super::fingerprint::{Numbers, Subject, Subjects, place};
use super::{Context, Diagnostic, Findings, Reach, telling};
use crate::corpus::{Annotations, Facts, FileId, FileState, Ground, Settings, Snapshot, Stayed};
use crate::syntax::{Block, BlockKind};
use crate::text::Span;

/// What was found in one text; brought up to date after every change of it or of its corpus. `W` is what is made of a
/// finding elsewhere.
#[derive(Debug, Default)]
pub struct Checked<W> {
    of: Option<Of>,
    /// Found by rules that look at blocks, in order.
    near: Vec<Found<W>>,
    /// Found by rules that look further, in order.
    far: Vec<Found<W>>,
    /// Found by rules that ask what directives took away, in order; made anew each time, for they are few.
    last: Vec<Found<W>>,
    /// Rules that look at blocks but had to look further in this text.
    further: Vec<&'static str>,
    /// All lists in order, without what is allowed: indices, as if one list stood behind the other.
    order: Vec<usize>,
}

/// One finding.
#[derive(Clone, Debug)]
pub struct Found<W> {
    /// What is wrong, and where.
    pub diagnostic: Diagnostic,
    /// What was made of it: the default again when anything but places in the text changed.
    pub made: W,
    subject: Option<Subject>,
    nth: u32,
    allowed: bool,
}

/// How a text came from the one last checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It is the same.
    Same,
    /// By an edit.
    Edited(Stayed),
    /// Nobody knows.
    Unknown,
}

/// What the findings were found in.
#[derive(Debug)]
struct Of {
    file: FileId,
    ground: Ground,
    generation: u64,
    settings: Settings,
    facts: Arc<Facts>,
    number: Option<u64>,
    /// Whether the text had code or formulas, which say of a whole section that it computes.
    computes: bool,
}

/// A stretch of a text, as it was and as it is.
#[derive(Clone, Copy)]
struct Stretch {
    old_end: u32,
    new: Span,
    /// By how many bytes what is behind was moved, in wrapping arithmetic.
    by: u32,
}

impl<W: Default> Checked<W> {
    /// Checks the file as it stands in `snapshot`: afterwards the findings are those that [`check`](super::check()) finds. Answers
    /// how its text came from the one before.
    pub fn bring_up(&mut self, snapshot: &Snapshot, id: FileId) -> Since {
        let Some(file) = snapshot.file(id) else {
            *self = Self::default();
            return Since::Unknown;
        };
        let ground = snapshot.ground();
        if self.of.as_ref().is_some_and(|of| of.file == id && of.generation == snapshot.generation() && of.ground == ground) {
            return Since::Same;
        }
        let notes = snapshot.annotations(id);
        let comparisons = Comparisons::default();
        let context = Context { snapshot, id, file, notes: notes.as_deref(), within: WHOLE, allows: None, comparisons: &comparisons };
        let computes = notes.as_deref().is_some_and(telling::has_any);
        let since = self.since(&context, &ground, computes);
        let again = match since {
            Since::Same => self.again(&context, None),
            Since::Edited(stayed) => self.again(&context, Some(stayed)),
            Since::Unknown => false,
        };
        if !again {
            self.anew(&context);
        }
        self.finish(&context);
        let number = notes.map(|notes| notes.number);
        let (settings, facts) = (file.settings.clone(), file.facts.clone());
        self.of = Some(Of { file: id, ground, generation: snapshot.generation(), settings, facts, number, computes });
        since
    }

    /// Whether the file was checked last as it stands after `snapshot`: then it is not to be brought back.
    #[must_use]
    pub fn is_past(&self, snapshot: &Snapshot, id: FileId) -> bool {
        self.of.as_ref().is_some_and(|of| of.file == id && of.generation > snapshot.generation())
    }

    /// The findings, in order of place and rule.
    pub fn findings(&self) -> impl Iterator<Item = &Found<W>> {
        let (near, far) = (self.near.len(), self.far.len());
        self.order.iter().filter_map(move |at| match at {
            at if *at < near => self.near.get(*at),
            at if *at < near + far => self.far.get(at - near),
            at => self.last.get(at - near - far),
        })
    }

    /// The same, to note what is made of them.
    pub fn for_each(&mut self, mut work: impl FnMut(&mut Found<W>)) {
        let (near, far) = (self.near.len(), self.far.len());
        for at in &self.order {
            let found = match at {
                at if *at < near => self.near.get_mut(*at),
                at if *at < near + far => self.far.get_mut(at - near),
                at => self.last.get_mut(at - near - far),
            };
            found.into_iter().for_each(&mut work);
        }
    }

    /// Whether the text came from the one before by an edit, and everything else that findings depend on is as it was.
    fn since(&self, context: &Context<'_>, ground: &Ground, computes: bool) -> Since {
        let Some(of) = self.of.as_ref().filter(|of| of.stands(context.id, context.file, ground)) else { return Since::Unknown };
        if of.computes != computes {
            return Since::Unknown;
        }
        match (of.number, context.notes) {
            (Some(number), Some(notes)) if notes.number == number => Since::Same,
            (Some(number), Some(notes)) => notes.stayed.filter(|s| s.of == number).map_or(Since::Unknown, Since::Edited),
            _ => Since::Unknown,
        }
    }

    fn anew(&mut self, context: &Context<'_>) {
        self.further.clear();
        let (mut near, mut far) = (Vec::new(), Vec::new());
        for (rule, level) in asked(context.snapshot, context.file, false) {
            let mut found = Vec::new();
            let mut further = rule.reach != Reach::Passage;
            (rule.check)(context, &mut Findings::of(rule, level, &context.file.path, &mut found, &mut further));
            if !further {
                near.append(&mut found);
                continue;
            }
            far.append(&mut found);
            if rule.reach == Reach::Passage {
                self.further.push(rule.name);
            }
        }
        self.near = in_order(near);
        self.far = in_order(far);
    }

    /// Asks again what the edit may have changed. `false`: all must be asked, because a rule looks further than it did.
    fn again(&mut self, context: &Context<'_>, stayed: Option<Stayed>) -> bool {
        let stretch = stayed.map(|stayed| self.stretch(&stayed, context));
        let (mut near, mut far) = (Vec::new(), Vec::new());
        for (rule, level) in asked(context.snapshot, context.file, false) {
            let path = &context.file.path;
            if rule.reach != Reach::Passage || self.further.contains(&rule.name) {
                (rule.check)(context, &mut Findings::of(rule, level, path, &mut far, &mut true));
                continue;
            }
            let Some(stretch) = stretch else { continue };
            let (here, mut further) = (Context { within: stretch.new, ..*context }, false);
            (rule.check)(&here, &mut Findings::of(rule, level, path, &mut near, &mut further));
            if further {
                return false;
            }
        }
        if let Some(stretch) = stretch {
            self.put(&stretch, near, context);
        }
        let mut old = std::mem::take(&mut self.far).into_iter().peekable();
        self.far = in_order(far);
        for found in &mut self.far {
            while old.next_if(|old| place(&old.diagnostic) < place(&found.diagnostic)).is_some() {}
            if let Some(same) = old.next_if(|old| is_same(&old.diagnostic, &found.diagnostic)) {
                *found = same;
            }
        }
        true
    }

    /// Puts what was found in the stretch where the old was, and moves what is behind.
    fn put(&mut self, stretch: &Stretch, near: Vec<Diagnostic>, context: &Context<'_>) {
        let start = |found: &Found<W>| found.diagnostic.span.start;
        let first = self.near.partition_point(|found| start(found) < stretch.new.start);
        let behind = self.near.partition_point(|found| start(found) < stretch.old_end);
        self.far.retain(|found| start(found) < stretch.new.start || start(found) >= stretch.old_end);
        let far_behind = self.far.partition_point(|found| start(found) < stretch.old_end);
        for list in [&mut self.near[behind..], &mut self.far[far_behind..]] {
            for found in &mut *list {
                stretch.shift(&mut found.diagnostic, &context.file.path);
            }
            // What stands behind the stretch and in no sentence is known by the last sentence before it.
            let subjects = Subjects::of(context.notes);
            for found in list {
                if subjects.sentence(&found.diagnostic).is_some_and(|start| start >= stretch.new.end) {
                    break;
                }
                found.subject = None;
            }
        }
        let near = in_order(near);
        self.near.splice(first..behind.max(first), near);
    }

    /// The whole blocks in which something may be new, in the text as it was and as it is.
    fn stretch(&self, stayed: &Stayed, context: &Context<'_>) -> Stretch {
        let mut new = stayed.new_bytes();
        new.end = context.notes.map_or(new.end, |notes| telling::led_on(notes, new.end));
        loop {
            let old_end = new.end.wrapping_sub(stayed.by());
            let mut wide = context.notes.map_or(new, |notes| whole_blocks(notes, new));
            for span in self.near.iter().map(|found| found.diagnostic.span) {
                if span.start < new.start && new.start < span.end {
                    wide.start = wide.start.min(span.start);
                }
                if span.start < old_end && old_end < span.end {
                    wide.end = wide.end.max(span.end.wrapping_add(stayed.by())).min(stayed.is);
                }
            }
            if wide == new {
                break;
            }
            new = wide;
        }
        let old_end = new.end.wrapping_sub(stayed.by());
        // Behind the last byte nothing was kept.
        let ends = new.end >= stayed.is;
        let new = if ends { Span::new(new.start, u32::MAX) } else { new };
        Stretch { old_end: if ends { u32::MAX } else { old_end }, new, by: stayed.by() }
    }

    /// Takes away what is allowed, puts the rest in order and names it.
    fn finish(&mut self, context: &Context<'_>) {
        self.last.clear();
        if let Some(notes) = context.notes {
            let mut allows = Allows::of(notes, context.snapshot.occasion());
            for found in self.near.iter_mut().chain(&mut self.far) {
                found.allowed = allows.takes(&found.diagnostic);
            }
            allows.settle();
            let (here, mut last) = (Context { allows: Some(&allows), ..*context }, Vec::new());
            for (rule, level) in asked(context.snapshot, context.file, true) {
                (rule.check)(&here, &mut Findings::of(rule, level, &context.file.path, &mut last, &mut true));
            }
            last.retain(|one| !allows.allows(one));
            self.last = in_order(last);
        }
        let (mut subjects, mut numbers) = (Subjects::of(context.notes), Numbers::default());
        self.order.clear();
        let firsts = [0, self.near.len(), self.near.len() + self.far.len()];
        let (lists, mut next) = ([&mut self.near, &mut self.far, &mut self.last], [0; 3]);
        loop {
            let waiting = (0..lists.len()).filter_map(|list| Some((list, place(&lists[list].get(next[list])?.diagnostic))));
            let Some((list, _)) = waiting.min_by(|a, b| a.1.cmp(&b.1)) else { break };
            let (found, at) = (&mut lists[list][next[list]], firsts[list] + next[list]);
            next[list] += 1;
            if found.allowed {
                found.made = W::default();
                continue;
            }
            let known = found.subject;
            let subject = *found.subject.get_or_insert_with(|| subjects.read(&found.diagnostic));
            let nth = numbers.next(subject);
            if known != Some(subject) || nth != found.nth || found.diagnostic.fingerprint.is_empty() {
                let name = subjects.fingerprint(&found.diagnostic, subject, nth);
                if name != found.diagnostic.fingerprint {
                    (found.diagnostic.fingerprint, found.made) = (name, W::default());
                }
                found.nth = nth;
            }
            self.order.push(at);
        }
    }
}

impl Of {
    /// Whether everything findings depend on is as it was, but for the words of the text and of others.
    fn stands(&self, id: FileId, file: &FileState, ground: &Ground) -> bool {
        self.file == id
            && self.ground == *ground
            && self.settings == file.settings
            && (Arc::ptr_eq(&self.facts, &file.facts) || self.facts.head == file.facts.head && self.facts.records == file.facts.records)
    }
}

impl Stretch {
    /// Moves a finding that stands behind the stretch.
    fn shift(&self, one: &mut Diagnostic, path: &SmolStr) {
        // What a finding points to further in front did not move.
        let moved = |at: u32| if at >= self.new.start { at.wrapping_add(self.by) } else { at };
        let shift = |span: &mut Span| *span = Span::new(moved(span.start), moved(span.end));
        shift(&mut one.span);
        for related in one.related.iter_mut().filter(|r| r.path == *path) {
            shift(&mut related.span);
        }
        for fix in one.fix.iter_mut().chain(&mut one.alternatives) {
            for (_, edits) in fix.edits.iter_mut().filter(|(p, _)| p == path) {
                edits.each_span(shift);
            }
        }
    }
}

/// The stretch, lengthened to the outermost blocks that its ends lie in: of lists and divs, which may be all of a text, the
/// blocks inside.
pub(super) fn whole_blocks(notes: &Annotations, stretch: Span) -> Span {
    let document = &notes.document;
    let holds_others = |kind: BlockKind| matches!(kind, BlockKind::List(_) | BlockKind::Item(_) | BlockKind::Div);
    let outermost = |at: u32| {
        let last = document.blocks.partition_point(|b| b.span.start <= at).checked_sub(1)?;
        let mut found: Option<&Block> = None;
        for (_, block) in document.ancestors(Span::from(0..last).end) {
            if found.is_none_or(|_| !holds_others(block.kind)) {
                found = Some(block);
            }
        }
        found.map(|block| block.span)
    };
    let around = |at: u32| document.front_matter.map(|f| f.span).filter(|f| f.contains(at)).or_else(|| outermost(at));
    let start = around(stretch.start).filter(|b| b.contains(stretch.start)).map_or(stretch.start, |block| block.start);
    // A block that begins on the line where the stretch ends may look back at what stands before it there.
    let line_ends =
        stretch.end.checked_sub(1).and_then(|b| notes.text.as_bytes().get(b as usize)).is_none_or(|b| matches!(b, b'\n' | b'\r'));
    let cut = |block: &Span| block.contains(stretch.end) && (block.start < stretch.end || !line_ends);
    let end = around(stretch.end).filter(cut).map_or(stretch.end, |block| block.end);
    Span::new(start, end.max(stretch.end))
}

/// Whether two findings say the same of the same place.
fn is_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    a.span == b.span
        && (a.rule, &a.message, a.level, &a.help) == (b.rule, &b.message, b.level, &b.help)
        && (&a.related, &a.fix, &a.alternatives) == (&b.related, &b.fix, &b.alternatives)
}

/// The findings in order, none twice.
fn in_order<W: Default>(list: Vec<Diagnostic>) -> Vec<Found<W>> {
    check::in_order(list)
        .into_iter()
        .map(|diagnostic| Found { diagnostic, made: W::default(), subject: None, nth: 0, allowed: false })
        .collect()
}
