//! Questions: one file, one request. Each translates a feature's plain answer, and does nothing else.

pub mod definition;
pub mod hover;

use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::Position;

use super::analysis::View;
use super::capabilities::Agreed;
use super::convert;
use crate::features::FilePosition;
use crate::text::LineIndex;

/// A question about a place of an open text, as the text stood when it was asked.
#[derive(Debug)]
pub struct Question {
    /// Brings the corpus.
    pub view: oneshot::Receiver<View>,
    /// The place.
    pub position: Position,
    /// What the client understands.
    pub agreed: Agreed,
}

/// What a question is answered from.
pub struct Asked {
    /// The corpus, and the text in it.
    pub view: View,
    /// The place.
    pub at: FilePosition,
    /// What the client understands.
    pub agreed: Agreed,
}

impl Question {
    /// Answers on a thread of its own, so that no answer keeps another waiting; `None` when the text is not open.
    ///
    /// # Errors
    /// When answering panics.
    pub async fn answer<T: Send + 'static>(self, answer: impl FnOnce(&Asked) -> Option<T> + Send + 'static) -> Result<Option<T>> {
        let Ok(view) = self.view.await else { return Ok(None) };
        let (position, agreed) = (self.position, self.agreed);
        let task = tokio::task::spawn_blocking(move || {
            let text = view.text.text();
            let offset = convert::offset(&text, &LineIndex::new(&text), position, agreed.encoding);
            let at = FilePosition { file: view.file, offset };
            answer(&Asked { view, at, agreed })
        });
        let waiting = Waiting(task.abort_handle());
        let answered = task.await.map_err(|_| Error::internal_error());
        drop(waiting);
        answered
    }
}

/// Takes back work that has not begun when nobody waits for its answer any more.
struct Waiting(tokio::task::AbortHandle);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.abort();
    }
}
