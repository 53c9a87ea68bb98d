//! Quotations against the works they cite, compared once for all rules that ask in one check.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::Context;
use crate::corpus::{Claim, ClaimKind, Compared};

/// What was compared so far.
#[derive(Default)]
pub(super) struct Comparisons {
    /// By the quotation's index.
    known: RefCell<FxHashMap<u32, Rc<[Compared]>>>,
}

impl Context<'_> {
    /// A quotation against each work it cites whose text lies in the corpus and is of the same language.
    /// `None` for a claim that is no quotation.
    pub(super) fn compared(&self, claim: &Claim) -> Option<Rc<[Compared]>> {
        let (Some(notes), ClaimKind::Quote(index)) = (self.notes, claim.kind) else { return None };
        if let Some(known) = self.comparisons.known.borrow().get(&index) {
            return Some(known.clone());
        }
        let compared: Rc<[Compared]> = notes.compared(self.snapshot, claim).into();
        self.comparisons.known.borrow_mut().insert(index, compared.clone());
        Some(compared)
    }
}
