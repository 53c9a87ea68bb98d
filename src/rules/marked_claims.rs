//! Claims that an author marked, with their attributes: several rules ask for them.

use super::Context;
use crate::corpus::{Claim, ClaimKind};
use crate::syntax::{Attributes, NodeKind};

/// The marked claims of the stretch looked at, in order.
pub(super) fn marked_claims<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Claim, &'a Attributes)> {
    let notes = context.notes;
    context.claims().iter().filter_map(move |claim| {
        let ClaimKind::Explicit(node) = claim.kind else { return None };
        match &notes?.document.nodes.get(node as usize)?.kind {
            NodeKind::BracketedSpan { attributes, .. } => Some((claim, attributes)),
            _ => None,
        }
    })
}
