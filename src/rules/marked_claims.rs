//! Claims that an author marked, with their attributes: several rules ask for them.

use crate::corpus::{Annotations, Claim, ClaimKind};
use crate::syntax::{Attributes, NodeKind};

/// The marked claims of a text, in order.
pub(super) fn marked_claims(notes: &Annotations) -> impl Iterator<Item = (&Claim, &Attributes)> {
    notes.claims.iter().filter_map(|claim| {
        let ClaimKind::Explicit(node) = claim.kind else { return None };
        match &notes.document.nodes.get(node as usize)?.kind {
            NodeKind::BracketedSpan { attributes, .. } => Some((claim, attributes)),
            _ => None,
        }
    })
}
