//! What a request asks of the analysis, and in which state of the texts.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::Uri;

use super::Vidimus;
use crate::server::analysis::{Found, World};
use crate::server::requests::{EarlyQuestion, Question};
use crate::server::uri::TextKey;

impl Vidimus {
    /// A question about a text; must be called before anything is awaited.
    pub(super) fn question(&self, uri: &Uri) -> Result<Question<Found>> {
        self.question_about(uri, false)
    }

    /// A question whose answer is of no use once the text changes; must be called before anything is awaited.
    pub(super) fn passing_question(&self, uri: &Uri, method: &str) -> Result<Question<Found>> {
        let question = self.question(uri)?;
        let passing = question.agreed.retries.refusal(method).and_then(|refusal| self.overtaken.watch(&TextKey::of(uri), refusal));
        Ok(Question { passing, ..question })
    }

    /// The same; `settled`: for an answer that makes edits and stands on everything told before.
    pub(super) fn question_about(&self, uri: &Uri, settled: bool) -> Result<Question<Found>> {
        let started = self.started.get().ok_or_else(Error::internal_error)?;
        Ok(Question { view: started.analysis.ask(TextKey::of(uri), settled), agreed: started.agreed, passing: None })
    }

    /// A question about a text before its corpus is there; must be called before anything is awaited.
    pub(super) fn early(&self, uri: &Uri) -> Result<EarlyQuestion> {
        let started = self.started.get().ok_or_else(Error::internal_error)?;
        Ok(EarlyQuestion { early: started.analysis.ask_early(TextKey::of(uri)), agreed: started.agreed })
    }

    /// A question about every corpus; must be called before anything is awaited.
    pub(super) fn question_to_all(&self, settled: bool) -> Result<Question<Vec<World>>> {
        let started = self.started.get().ok_or_else(Error::internal_error)?;
        Ok(Question { view: started.analysis.ask_all(settled), agreed: started.agreed, passing: None })
    }
}
