//! What a text allows: `<!-- vidimus-allow rule: reason -->` and its kin.

use super::Diagnostic;
use crate::corpus::Annotations;
use crate::syntax::{Block, BlockKind, Directive, NodeKind, Placement, Verb};
use crate::text::Span;

/// The scopes in which a text allows a rule.
pub(super) struct Allows {
    scopes: Vec<(String, Span)>,
}

impl Allows {
    /// Reads a text's directives. One without a reason allows nothing: `suppression-without-reason` tells.
    pub(super) fn of(notes: &Annotations) -> Self {
        let mut allows = Self { scopes: Vec::new() };
        let end = Span::from(0..notes.text.len()).end;
        for node in &notes.document.nodes {
            let NodeKind::Directive(directive) = &node.kind else { continue };
            if directive.reason.is_none() && directive.verb != Verb::Enable {
                continue;
            }
            let scope = match directive.verb {
                Verb::Allow => allowed(notes, directive, node.span),
                Verb::AllowFile => Span::new(0, end),
                Verb::Disable => Span::new(node.span.start, end),
                Verb::Enable => {
                    allows.enable(notes, directive, node.span.start);
                    continue;
                }
            };
            for rule in &directive.rules {
                allows.scopes.push((rule.slice(&notes.text).to_owned(), scope));
            }
        }
        allows
    }

    /// Ends what `disable` began for the rules named.
    fn enable(&mut self, notes: &Annotations, directive: &Directive, at: u32) {
        for rule in &directive.rules {
            let name = rule.slice(&notes.text);
            for (known, scope) in &mut self.scopes {
                if known == name && scope.end > at {
                    scope.end = at;
                }
            }
        }
    }

    /// Takes away what is allowed. A missing reason cannot be allowed away.
    pub(super) fn apply(&self, list: &mut Vec<Diagnostic>) {
        if self.scopes.is_empty() {
            return;
        }
        list.retain(|d| {
            let allowed = |(rule, scope): &(String, Span)| (rule == d.rule || rule == "all") && scope.touches(d.span.start);
            d.rule == "suppression-without-reason" || !self.scopes.iter().any(allowed)
        });
    }
}

/// The block after a directive that stands alone; the line that one ends.
fn allowed(notes: &Annotations, directive: &Directive, span: Span) -> Span {
    let text = &*notes.text;
    if directive.placement == Placement::EndOfLine {
        let head = &text.as_bytes()[..span.start as usize];
        let start = memchr::memrchr2(b'\n', b'\r', head).map_or(0, |i| i + 1);
        return Span::new(Span::from(0..start).end, span.end);
    }
    // Several directives may stand above one block: each is for the block, not for the next directive.
    let is_comment = |b: &Block| b.kind == BlockKind::Html && b.span.slice(text).trim_start().starts_with("<!--");
    let next = notes.document.blocks.iter().filter(|b| b.parent.is_none() && b.span.start >= span.end && !b.span.is_empty());
    let next = next.into_iter().find(|b| !is_comment(b));
    next.map_or(span, |b| Span::new(span.start, b.span.end))
}
