//! What a text allows: `<!-- vidimus-allow rule: reason -->` and its kin.

use rustc_hash::FxHashMap;

use super::Diagnostic;
use crate::corpus::Annotations;
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

/// What allows a finding: the last of the text's directives that does, when there is one.
pub(super) fn allowance(notes: &Annotations, found: &Diagnostic) -> Option<Allowance> {
    if !Allows::of(notes).allows(found) {
        return None;
    }
    let mut blocks = Blocks::default();
    let mut last = None;
    for node in &notes.document.nodes {
        let NodeKind::Directive(directive) = &node.kind else { continue };
        let names = directive.rules.iter().any(|rule| [found.rule, "all"].contains(&rule.slice(&notes.text)));
        let Some(reason) = directive.reason.filter(|_| names) else { continue };
        let (verb, scope) = match directive.verb {
            Verb::Allow => ("allow", blocks.allowed(notes, directive, node.span)),
            Verb::AllowFile => ("allow-file", Span::new(0, u32::MAX)),
            Verb::Disable => ("disable", Span::new(node.span.start, u32::MAX)),
            Verb::Enable => continue,
        };
        if scope.touches(found.span.start) {
            last = Some(Allowance { span: node.span, verb, reason: reason.slice(&notes.text).to_owned() });
        }
    }
    last
}

/// The stretches in which a text allows a rule.
pub(super) struct Allows<'t> {
    /// By rule, sorted, and no two touch.
    scopes: FxHashMap<&'t str, Vec<Span>>,
}

impl<'t> Allows<'t> {
    /// Reads a text's directives. One without a reason allows nothing: `suppression-without-reason` tells.
    pub(super) fn of(notes: &'t Annotations) -> Self {
        let mut scopes: FxHashMap<&str, Vec<Span>> = FxHashMap::default();
        let mut blocks = Blocks::default();
        let end = Span::from(0..notes.text.len()).end;
        for node in &notes.document.nodes {
            let NodeKind::Directive(directive) = &node.kind else { continue };
            if directive.reason.is_none() && directive.verb != Verb::Enable {
                continue;
            }
            let scope = match directive.verb {
                Verb::Allow => blocks.allowed(notes, directive, node.span),
                Verb::AllowFile => Span::new(0, end),
                Verb::Disable => Span::new(node.span.start, end),
                Verb::Enable => {
                    enable(notes, directive, node.span.start, &mut scopes);
                    continue;
                }
            };
            for rule in &directive.rules {
                scopes.entry(rule.slice(&notes.text)).or_default().push(scope);
            }
        }
        scopes.values_mut().for_each(join);
        Self { scopes }
    }

    /// Whether the text allows nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// Whether the text allows that. A missing reason cannot be allowed away.
    pub(super) fn allows(&self, found: &Diagnostic) -> bool {
        let at = found.span.start;
        let within = |scopes: &Vec<Span>| {
            let behind = scopes.partition_point(|s| s.start <= at);
            behind.checked_sub(1).is_some_and(|last| scopes[last].touches(at))
        };
        found.rule != "suppression-without-reason" && [found.rule, "all"].iter().any(|rule| self.scopes.get(rule).is_some_and(within))
    }
}

/// Ends what `disable` began for the rules named.
fn enable(notes: &Annotations, directive: &Directive, at: u32, scopes: &mut FxHashMap<&str, Vec<Span>>) {
    for rule in &directive.rules {
        for scope in scopes.get_mut(rule.slice(&notes.text)).into_iter().flatten() {
            if scope.end > at {
                scope.end = at;
            }
        }
    }
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
