//! Documents that speak: the one a sentence begins with, and the one in which words are said to stand.

use super::{NEAR_TAG, Sentence, Subject};
use crate::prose::attribution::cues::{Small, Who};
use crate::prose::attribution::tokens::Kind;

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

    /// "was the verdict of the judge", «таков был вывод судьи» behind a quotation: whose words it is.
    pub fn verdict_behind(&self, quote: usize) -> Option<Subject> {
        let signs = self.tokens.iter().skip(quote + 1).take(2).take_while(|t| matches!(t.kind, Kind::Comma | Kind::Dash)).count();
        let from = quote + 1 + signs;
        let verb = |at: usize| {
            self.is(at, Small::BE)
                || matches!(
                    self.word(at),
                    "таков"
                        | "такова"
                        | "таково"
                        | "таковы"
                        | "таким"
                        | "так"
                        | "это"
                        | "такой"
                        | "такая"
                        | "такое"
                        | "такую"
                        | "такие"
                )
        };
        // "A fair result" was how Brock summed it up; "No comment" is all the club will say.
        if verb(from) && matches!(self.word(from + 1), "how" | "what" | "all") && self.is_word(from + 2) {
            let end = self.right_end(from + 2);
            return Some(Subject { loose: true, ..self.subject(from + 2, end, Who::None, end - 1) });
        }
        let noun = (from + 1..from + 6).take_while(|&i| self.is_word(i)).find(|&i| self.tokens[i].who == Who::Document)?;
        let end = if self.is(noun + 1, Small::OF) { self.right_end(noun + 2) } else { noun + 1 };
        verb(from).then(|| Subject {
            span: self.span(from + 1, end),
            head: Who::Document,
            head_span: self.span(noun, noun + 1),
            named: None,
            loose: false,
        })
    }
}
