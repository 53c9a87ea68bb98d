//! Questions: one file, one request. Each translates a feature's plain answer, and does nothing else.

pub mod calls;
pub mod code_action;
pub mod commands;
pub mod completion;
pub mod declaration;
pub mod definition;
pub mod diagnostic;
pub mod files;
pub mod folding;
pub mod highlights;
pub mod hints;
pub mod hover;
pub mod implementation;
pub mod lenses;
pub mod linked_editing;
pub mod links;
pub mod outline;
pub mod progress;
pub mod references;
pub mod relatives;
pub mod rename;
pub mod selection;
pub mod symbols;
pub mod tokens;
pub mod type_definition;
pub mod workspace_diagnostic;

use std::cell::OnceCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{Position, Range};

use super::analysis::{Early, Found, Modified, View, World};
use super::capabilities::Agreed;
use super::convert;
use super::overtaken::{self, Passing};
use super::places::Places;
use super::written::{self, Answer};
use crate::features::FilePosition;
use crate::text::{LineIndex, Span};

/// A question, asked in arrival order; `W` is what it is asked of: one text ([`Found`]) or every corpus.
#[derive(Debug)]
pub struct Question<W> {
    /// Brings what it is asked of.
    pub view: oneshot::Receiver<W>,
    /// What the client understands.
    pub agreed: Agreed,
    /// Set when an answer is of no use once the text changes.
    pub passing: Option<Passing>,
}

/// What a question about one text is answered from.
pub struct Asked {
    /// The text in its corpus.
    pub view: View,
    /// What the client understands.
    pub agreed: Agreed,
    /// Whether anybody still waits.
    pub cancelled: Cancelled,
    text: Arc<str>,
    lines: OnceCell<LineIndex>,
}

/// What a question about every corpus is answered from.
pub struct AskedAll {
    /// The corpora.
    pub worlds: Vec<World>,
    /// What the client understands.
    pub agreed: Agreed,
    /// Whether anybody still waits.
    pub cancelled: Cancelled,
}

/// Whether a question was taken back: long answers look now and then, and give up.
#[derive(Clone, Debug, Default)]
pub struct Cancelled(Arc<AtomicBool>);

impl Cancelled {
    /// Whether nobody waits any more.
    #[must_use]
    pub fn now(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A question about one text before its corpus is there.
#[derive(Debug)]
pub struct EarlyQuestion {
    /// Brings what is known by then.
    pub early: oneshot::Receiver<Early>,
    /// What the client understands.
    pub agreed: Agreed,
}

impl EarlyQuestion {
    /// Answers on a thread of its own; `None` when the corpus is there, or this cannot be told before.
    ///
    /// # Errors
    /// When answering panics.
    pub async fn answer_at<T: Send + 'static>(
        self,
        position: Position,
        answer: impl FnOnce(&Asked, FilePosition) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let Self { early, agreed } = self;
        let Ok(early) = early.await else { return Ok(None) };
        let asked = move |cancelled| {
            let (text, lines) = (early.text().clone(), LineIndex::new(early.text()));
            let offset = convert::offset(&text, &lines, position, agreed.encoding);
            let view = early.view(offset)?;
            let at = FilePosition { file: view.file, offset };
            Some((Asked { view, agreed, cancelled, text, lines: OnceCell::from(lines) }, at))
        };
        work(asked, move |(asked, at)| answer(asked, *at)).await
    }
}

impl Question<Found> {
    /// Answers on a thread of its own, so that no answer keeps another waiting; `None` when no corpus has the text.
    ///
    /// # Errors
    /// When answering panics, and when the question is [`Passing`] and overtaken.
    pub async fn answer<T: Send + 'static>(self, answer: impl FnOnce(&Asked) -> Option<T> + Send + 'static) -> Result<Option<T>> {
        let Self { view, agreed, passing } = self;
        let answering = async move {
            let Some(view) = seen(view).await? else { return Ok(None) };
            let asked = move |cancelled| {
                let text = view.world.snapshot.text(view.file)?;
                Some(Asked { view, agreed, cancelled, text, lines: OnceCell::new() })
            };
            work(asked, answer).await
        };
        overtaken::unless(passing, answering).await
    }

    /// The same for a question about a place.
    ///
    /// # Errors
    /// When answering panics, or the text is no longer what it was.
    pub async fn answer_at<T: Send + 'static>(
        self,
        position: Position,
        answer: impl FnOnce(&Asked, FilePosition) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        self.answer(move |asked| answer(asked, asked.at(position))).await
    }

    /// The same as [`Self::answer`] for what the client gets as it is: it is written where it is made.
    ///
    /// # Errors
    /// When answering panics.
    pub async fn send<T: Serialize + DeserializeOwned + Send + 'static>(
        self,
        answer: impl FnOnce(&Asked) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let answered = self.answer(move |asked| Some(Answer::of(&answer(asked)?))).await?;
        answered.map_or(Ok(None), |answer| written::give(answer, None))
    }

    /// The same for a question about a place.
    ///
    /// # Errors
    /// When answering panics.
    pub async fn send_at<T: Serialize + DeserializeOwned + Send + 'static>(
        self,
        position: Position,
        answer: impl FnOnce(&Asked, FilePosition) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        self.send(move |asked| answer(asked, asked.at(position))).await
    }
}

impl Question<Vec<World>> {
    /// Answers on a thread of its own.
    ///
    /// # Errors
    /// When answering panics.
    pub async fn answer<T: Send + 'static>(self, answer: impl FnOnce(&AskedAll) -> Option<T> + Send + 'static) -> Result<Option<T>> {
        let Ok(worlds) = self.view.await else { return Ok(None) };
        let agreed = self.agreed;
        work(move |cancelled| Some(AskedAll { worlds, agreed, cancelled }), answer).await
    }
}

impl Asked {
    /// The characters of the text.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The lines of the text.
    #[must_use]
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| self.view.world.lines(self.view.file, &self.text))
    }

    /// A place of the text.
    #[must_use]
    pub fn at(&self, position: Position) -> FilePosition {
        FilePosition { file: self.view.file, offset: convert::offset(&self.text, self.lines(), position, self.agreed.encoding) }
    }

    /// Bytes of the text as a range.
    #[must_use]
    pub fn range(&self, span: Span) -> Range {
        convert::range(&self.text, self.lines(), span, self.agreed.encoding)
    }

    /// A range as bytes of the text.
    #[must_use]
    pub fn span(&self, range: Range) -> Span {
        let start = self.at(range.start).offset;
        Span::new(start, self.at(range.end).offset.max(start))
    }

    /// The places of the corpus in the protocol's words.
    #[must_use]
    pub fn places(&self) -> Places<'_> {
        Places::new(&self.view.world, self.agreed)
    }
}

/// The text that a question is about; `None` when no corpus has it.
///
/// # Errors
/// When it changed before it could be seen as it was, see [`Modified`].
async fn seen(view: oneshot::Receiver<Found>) -> Result<Option<View>> {
    match view.await {
        Ok(Ok(view)) => Ok(Some(view)),
        Ok(Err(Modified)) => Err(Error::content_modified()),
        Err(_of_no_corpus) => Ok(None),
    }
}

/// Works on a thread for answers; what was not begun when nobody waits any more is never begun.
async fn work<A: 'static, T: Send + 'static>(
    asked: impl FnOnce(Cancelled) -> Option<A> + Send + 'static,
    answer: impl FnOnce(&A) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    let cancelled = Cancelled::default();
    let (token, (done, answered)) = (cancelled.clone(), oneshot::channel());
    let task = tokio::task::spawn_blocking(move || {
        let asked = asked(token);
        let _ = done.send(asked.as_ref().and_then(answer));
        // Let go of when the answer is on its way: who holds an old corpus last takes longer for that than for most answers.
        drop(asked);
    });
    let waiting = Waiting { task: task.abort_handle(), cancelled };
    let answered = answered.await.map_err(|_panicked| Error::internal_error());
    drop(waiting);
    answered
}

/// Takes work back when nobody waits for its answer any more.
struct Waiting {
    task: tokio::task::AbortHandle,
    cancelled: Cancelled,
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.cancelled.0.store(true, Ordering::Relaxed);
        self.task.abort();
    }
}
