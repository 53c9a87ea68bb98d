//! Messages that the crate's trait does not have.

use tower_lsp::ls_types::{SetTraceParams, WorkDoneProgressCancelParams};

use super::Vidimus;

impl Vidimus {
    /// The client calls off long work.
    #[expect(clippy::unused_async, reason = "the crate takes handlers that wait")]
    pub async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        if let Some(analysis) = self.analysis() {
            analysis.cancel(&params.token);
        }
    }

    /// The client wants to know more or less of what is done.
    #[expect(clippy::unused_async, reason = "the crate takes handlers that wait")]
    pub async fn set_trace(&self, params: SetTraceParams) {
        self.trace.set(params.value);
    }
}
