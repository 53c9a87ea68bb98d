//! What is compared once for all rules that ask in one check: quotations with the works they cite, ids that nothing bears with those
//! that are borne.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::Context;
use crate::corpus::{Claim, ClaimKind, Compared};

/// What was compared so far.
#[derive(Default)]
pub(super) struct Comparisons {
    /// By the quotation's index.
    quotes: RefCell<FxHashMap<u32, Rc<[Compared]>>>,
    /// Of the many quotations that cite no work at hand.
    none: Rc<[Compared]>,
    /// By the id that nothing bears.
    nearest: RefCell<FxHashMap<SmolStr, Option<SmolStr>>>,
}

impl Context<'_> {
    /// A quotation against each work it cites whose text lies in the corpus and is of the same language.
    /// `None` for a claim that is no quotation.
    pub(super) fn compared(&self, claim: &Claim) -> Option<Rc<[Compared]>> {
        let (Some(notes), ClaimKind::Quote(index)) = (self.notes, claim.kind) else { return None };
        if claim.support.is_empty() {
            return Some(self.comparisons.none.clone());
        }
        if let Some(known) = self.comparisons.quotes.borrow().get(&index) {
            return Some(known.clone());
        }
        let compared = notes.compared(self.snapshot, claim);
        let compared: Rc<[Compared]> = if compared.is_empty() { self.comparisons.none.clone() } else { compared.into() };
        self.comparisons.quotes.borrow_mut().insert(index, compared.clone());
        Some(compared)
    }

    /// The id or key nearest to a misspelt one, which a text may name again and again.
    pub(super) fn nearest_id(&self, word: &str) -> Option<SmolStr> {
        if let Some(known) = self.comparisons.nearest.borrow().get(word) {
            return known.clone();
        }
        let nearest: Option<SmolStr> = self.snapshot.names().nearest_id(word).map(Into::into);
        self.comparisons.nearest.borrow_mut().insert(word.into(), nearest.clone());
        nearest
    }
}
