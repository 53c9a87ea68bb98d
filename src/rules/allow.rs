//! What a text allows: `<!-- vidimus-allow rule: reason -->` and its kin, and which of it is of use.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Diagnostic;
use crate::corpus::{Annotations, Occasion};
use crate::prose::dates::parse_edtf;
use crate::syntax::{Block, BlockKind, Directive, NodeKind, Placement, Verb};
use crate::text::Span;

/// What allows a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The directive.
    pub span: Span,
    /// How it is written: `allow`, `disable`, `allow-file`.
    pub verb: &'static str,
    /// Its reason.
    pub reason: String,
}

/// Written for a rule's name it means all of them.
pub(super) const ALL: &str = "all";

/// The stretches in which a text allows a rule.
pub(super) struct Allows<'t> {
    /// By rule, sorted, and no two touch.
    scopes: FxHashMap<&'t str, Vec<Span>>,
    /// Every rule that a directive names, in order of place.
    named: Vec<Allowed<'t>>,
    /// Rule and place of each finding that was taken away; sorted once all are known.
    taken: Vec<(&'static str, u32)>,
}

/// A rule that a directive names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed<'t> {
    /// As written.
    pub(super) rule: &'t str,
    /// Where.
    pub(super) name: Span,
    /// All of the directive.
    pub(super) comment: Span,
    /// Where it stands.
    pub(super) placement: Placement,
    /// How it is written.
    verb: &'static str,
    /// Its reason; none is needed to end something.
    reason: Option<Span>,
    /// What it does.
    pub(super) effect: Effect,
}

/// What a directive does for a rule that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Allows it in this stretch.
    In(Span),
    /// Allowed it up to a day that is past; where that is written.
    Until(Span),
    /// Would allow it up to a day that cannot be read; where that is written.
    NoDay(Span),
    /// Ends what an earlier one began.
    Ends,
    /// Would end what an earlier one began, but none did.
    EndsNothing,
}

/// The directives by rule, for those who ask about many findings.
pub(super) struct Reasons<'a, 't> {
    /// Sorted by where they begin.
    of: FxHashMap<&'t str, Vec<(Span, &'a Allowed<'t>)>>,
    notes: &'t Annotations,
}

/// Of stretches that lie in each other so many are looked at: a text in which more do says nothing by it.
const MOST_NESTED: usize = 32;

impl<'t> Allows<'t> {
    /// Reads a text's directives. One without a reason allows nothing: `suppression-without-reason` tells. Nor does one whose last day
    /// is past.
    pub(super) fn of(notes: &'t Annotations, occasion: &Occasion) -> Self {
        let mut reader = Reader { notes, occasion, named: Vec::new(), begun: FxHashSet::default(), open: FxHashMap::default() };
        let mut blocks = Blocks::default();
        for node in &notes.document.nodes {
            if let NodeKind::Directive(directive) = &node.kind {
                reader.take(directive, node.span, &mut blocks);
            }
        }
        let mut scopes: FxHashMap<&str, Vec<Span>> = FxHashMap::default();
        for allowed in &reader.named {
            if let Effect::In(scope) = allowed.effect {
                scopes.entry(allowed.rule).or_default().push(scope);
            }
        }
        scopes.values_mut().for_each(join);
        Self { scopes, named: reader.named, taken: Vec::new() }
    }

    /// Whether the text allows anything.
    pub(super) fn are_any(&self) -> bool {
        !self.scopes.is_empty()
    }

    /// Whether the text allows that. A missing reason cannot be allowed away.
    pub(super) fn allows(&self, found: &Diagnostic) -> bool {
        let at = found.span.start;
        let within = |scopes: &Vec<Span>| {
            let behind = scopes.partition_point(|s| s.start <= at);
            behind.checked_sub(1).is_some_and(|last| scopes[last].touches(at))
        };
        self.are_any()
            && found.rule != "suppression-without-reason"
            && [found.rule, ALL].iter().any(|rule| self.scopes.get(rule).is_some_and(within))
    }

    /// What allows a finding: the last of the text's directives that does, when there is one.
    pub(super) fn allowance(&self, text: &str, found: &Diagnostic) -> Option<Allowance> {
        if !self.allows(found) {
            return None;
        }
        let allows = |one: &&Allowed<'_>| {
            let within = matches!(one.effect, Effect::In(scope) if scope.touches(found.span.start));
            within && [found.rule, ALL].contains(&one.rule)
        };
        let last = self.named.iter().rev().find(allows)?;
        Some(Allowance { span: last.comment, verb: last.verb, reason: last.reason?.slice(text).to_owned() })
    }

    /// The directives by rule; `notes` are those of the text they were read from.
    pub(super) fn reasons(&self, notes: &'t Annotations) -> Reasons<'_, 't> {
        let mut of: FxHashMap<&'t str, Vec<(Span, &Allowed<'t>)>> = FxHashMap::default();
        for one in &self.named {
            if let Effect::In(scope) = one.effect {
                of.entry(one.rule).or_default().push((scope, one));
            }
        }
        for all in of.values_mut() {
            all.sort_by_key(|(scope, _)| *scope);
        }
        Reasons { of, notes }
    }

    /// The same as [`allows`](Self::allows), and remembers what was taken away.
    pub(super) fn takes(&mut self, found: &Diagnostic) -> bool {
        let takes = self.allows(found);
        if takes {
            self.taken.push((found.rule, found.span.start));
        }
        takes
    }

    /// All findings have been held against the directives.
    pub(super) fn settle(&mut self) {
        self.taken.sort_unstable();
    }

    /// The directives of the text, each with the rules that it names.
    pub(super) fn directives(&self) -> impl Iterator<Item = &[Allowed<'t>]> {
        self.named.chunk_by(|a, b| a.comment == b.comment)
    }

    /// Whether anything of that rule was taken away in a stretch.
    pub(super) fn took(&self, rule: &str, scope: Span) -> bool {
        let first = self.taken.partition_point(|(of, at)| (*of, *at) < (rule, scope.start));
        self.taken.get(first).is_some_and(|(of, at)| *of == rule && scope.touches(*at))
    }
}

impl Reasons<'_, '_> {
    /// What allows a finding that is allowed: the nearest directive, where several do.
    pub(super) fn why(&self, found: &Diagnostic) -> Option<Allowance> {
        let at = found.span.start;
        let nearest = |rule: &str| {
            let all = self.of.get(rule)?;
            let behind = all.partition_point(|(scope, _)| scope.start <= at);
            all[..behind].iter().rev().take(MOST_NESTED).find(|(scope, _)| scope.touches(at)).map(|(_, one)| *one)
        };
        let one = nearest(found.rule).or_else(|| nearest(ALL))?;
        Some(Allowance { span: one.comment, verb: one.verb, reason: one.reason?.slice(&self.notes.text).to_owned() })
    }
}

/// Reads directives one after another.
struct Reader<'t, 'o> {
    notes: &'t Annotations,
    occasion: &'o Occasion,
    named: Vec<Allowed<'t>>,
    /// Rules allowed by a directive that none has ended yet, one without reason included.
    begun: FxHashSet<&'t str>,
    /// The places in `named` that reach beyond what has been read, by rule.
    open: FxHashMap<&'t str, Vec<usize>>,
}

impl Reader<'_, '_> {
    fn take(&mut self, directive: &Directive, comment: Span, blocks: &mut Blocks) {
        let end = Span::from(0..self.notes.text.len()).end;
        let past = directive.until.and_then(|until| self.past(until));
        let scope = match directive.verb {
            Verb::Enable => None,
            _ if directive.reason.is_none() || past.is_some() => None,
            Verb::Allow => Some(blocks.allowed(self.notes, directive, comment)),
            Verb::AllowFile => Some(Span::new(0, end)),
            Verb::Disable => Some(Span::new(comment.start, end)),
        };
        for &name in &directive.rules {
            let rule = name.slice(&self.notes.text);
            let effect = match (directive.verb, scope, past) {
                (Verb::Enable, ..) if self.end(rule, comment.start) => Effect::Ends,
                (Verb::Enable, ..) => Effect::EndsNothing,
                (_, Some(scope), _) => Effect::In(scope),
                (_, None, Some(past)) => past,
                (_, None, None) => {
                    self.begun.insert(rule);
                    continue;
                }
            };
            if directive.verb != Verb::Enable {
                self.begun.insert(rule);
                self.open.entry(rule).or_default().push(self.named.len());
            }
            let (verb, reason, placement) = (directive.verb.word(), directive.reason, directive.placement);
            self.named.push(Allowed { rule, name, comment, placement, verb, reason, effect });
        }
    }

    /// Ends what was begun for a rule; whether anything was.
    fn end(&mut self, rule: &str, at: u32) -> bool {
        for one in self.open.remove(rule).unwrap_or_default() {
            if let Some(Allowed { effect: Effect::In(scope), .. }) = self.named.get_mut(one) {
                scope.end = scope.end.min(at.max(scope.start));
            }
        }
        self.begun.remove(rule)
    }

    /// What a directive does whose last day is past. One that cannot be read would never be: it allows nothing either.
    fn past(&self, until: Span) -> Option<Effect> {
        let Some(last) = parse_edtf(until.slice(&self.notes.text)).and_then(|date| date.latest) else { return Some(Effect::NoDay(until)) };
        self.occasion.is_past(last).then_some(Effect::Until(until))
    }
}

/// A comment with the line that it alone fills, or with the space before it.
pub(super) fn whole_comment(text: &str, comment: Span) -> Span {
    let before = text.get(..comment.start as usize).unwrap_or_default();
    let after = text.get(comment.end as usize..).unwrap_or_default();
    let alone = before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}']);
    let line_end = if after.starts_with("\r\n") { 2 } else { u32::from(after.starts_with(['\n', '\r'])) };
    if alone && line_end > 0 {
        return Span::new(comment.start, comment.end + line_end);
    }
    Span::new(comment.start - u32::from(before.ends_with(' ')), comment.end)
}

/// Sorts stretches, and makes one of those that touch.
fn join(scopes: &mut Vec<Span>) {
    scopes.sort_unstable();
    scopes.dedup_by(|next, kept| {
        let touch = next.start <= kept.end;
        if touch {
            kept.end = kept.end.max(next.end);
        }
        touch
    });
}

/// Finds what directives are for.
#[derive(Default)]
struct Blocks {
    /// From which block the last search began, and where it ended.
    last: Option<(usize, usize)>,
}

impl Blocks {
    /// The block after a directive that stands alone; the line that one ends.
    fn allowed(&mut self, notes: &Annotations, directive: &Directive, span: Span) -> Span {
        if directive.placement == Placement::EndOfLine {
            let head = &notes.text.as_bytes()[..span.start as usize];
            let start = memchr::memrchr2(b'\n', b'\r', head).map_or(0, |i| i + 1);
            return Span::new(Span::from(0..start).end, span.end);
        }
        self.next(notes, span.end).map_or(span, |b| Span::new(span.start, b.span.end))
    }

    /// The next outermost block with words. Several directives may stand above one block: each is for the block, not for the next
    /// directive. A thousand above one block cost one search.
    fn next<'n>(&mut self, notes: &'n Annotations, behind: u32) -> Option<&'n Block> {
        let blocks = &notes.document.blocks;
        let from = blocks.partition_point(|b| b.span.start < behind);
        let known = self.last.filter(|(first, found)| *first <= from && from <= *found);
        let found =
            known.map_or_else(|| from + blocks[from..].iter().take_while(|b| !is_meant(&notes.text, b)).count(), |(_, found)| found);
        self.last = Some((from, found));
        blocks.get(found)
    }
}

fn is_meant(text: &str, block: &Block) -> bool {
    let is_comment = || block.kind == BlockKind::Html && block.span.slice(text).trim_start().starts_with("<!--");
    block.parent.is_none() && !block.span.is_empty() && !is_comment()
}
