//! Documents that speak: the one a sentence begins with, and the one in which words are said to stand.

use super::{NEAR_TAG, Sentence, Subject};
use crate::prose::attribution::cues::Who;

impl Sentence<'_> {
    /// The document that a sentence begins with: "The report has an error."
    pub fn document(&self) -> Option<Subject> {
        let at = (0..NEAR_TAG).take_while(|&i| self.is_word(i)).find(|&i| self.tokens[i].who == Who::Document)?;
        self.ending_at(at + 1)
    }

    /// "it is said in an advertisement"
    pub(super) fn document_at(&self, from: usize) -> Option<Subject> {
        let document = (from..from + 4).take_while(|&i| self.is_word(i)).find(|&i| self.tokens[i].who == Who::Document)?;
        self.words_of(from, document + 1)
    }
}
