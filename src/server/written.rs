//! Answers that are written as JSON by whoever makes them.
//!
//! What a handler returns becomes a tree of values before it becomes bytes; for an answer of a megabyte that takes
//! longer than making it. A handler may therefore [`give`] the bytes: they are sent in the place of what it returns.

use std::future::Future;
use std::sync::Arc;

use parking_lot::Mutex;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tower_lsp::jsonrpc::{Error, Id, Result};

/// An answer being written.
#[derive(Debug)]
pub struct Answer(Vec<u8>);

/// What comes before the result in every answer.
const HEAD: &[u8] = b"{\"jsonrpc\":\"2.0\",\"result\":";

tokio::task_local! {
    static SLOT: Slot;
}

/// Where a handler leaves its answer.
#[derive(Clone, Debug, Default)]
pub struct Slot(Arc<Mutex<Option<Answer>>>);

impl Default for Answer {
    fn default() -> Self {
        Self(HEAD.to_vec())
    }
}

impl Answer {
    /// Of a whole result.
    #[must_use]
    pub fn of<T: Serialize>(result: &T) -> Self {
        let mut answer = Self::default();
        if serde_json::to_writer(&mut answer.0, result).is_err() {
            // Types of the protocol are all JSON: this is theirs to break.
            answer.0.truncate(HEAD.len());
            answer.0.extend_from_slice(b"null");
        }
        answer
    }

    /// Where the result is appended, as JSON.
    pub fn result(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }

    /// The whole message.
    #[must_use]
    pub fn message(mut self, id: &Id) -> Vec<u8> {
        self.0.extend_from_slice(b",\"id\":");
        let id = serde_json::to_vec(id).unwrap_or_else(|_| b"null".to_vec());
        self.0.extend_from_slice(&id);
        self.0.push(b'}');
        self.0
    }
}

impl Slot {
    /// Runs a handler that may leave its answer here.
    pub fn round<F: Future>(&self, handler: F) -> impl Future<Output = F::Output> + use<F> {
        SLOT.scope(self.clone(), handler)
    }

    /// What the handler left.
    #[must_use]
    pub fn take(&self) -> Option<Answer> {
        self.0.lock().take()
    }
}

/// Sends `answer` in the place of what the handler returns, which is `instead`. Where nobody takes answers in bytes, they are
/// read again.
///
/// # Errors
/// When they must be read and are no `T`: a mistake of ours.
pub fn give<T: DeserializeOwned>(answer: Answer, instead: T) -> Result<T> {
    let mut answer = Some(answer);
    let left = SLOT.try_with(|slot| *slot.0.lock() = answer.take()).is_ok();
    match answer {
        Some(answer) if !left => serde_json::from_slice(&answer.0[HEAD.len()..]).map_err(|_| Error::internal_error()),
        _ => Ok(instead),
    }
}

/// The same where there may be no answer.
///
/// # Errors
/// As [`give`] does.
pub fn given<T: DeserializeOwned>(answer: Option<Answer>) -> Result<Option<T>> {
    answer.map_or(Ok(None), |answer| give(answer, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Answer {
        let mut answer = Answer::default();
        answer.result().extend_from_slice(b"[1,2]");
        answer
    }

    #[tokio::test]
    async fn bytes_take_the_place_of_what_is_returned() {
        let slot = Slot::default();
        let returned = slot.round(async { give(written(), Vec::<u8>::new()) }).await;
        assert_eq!(returned.expect("an answer"), Vec::<u8>::new());
        let message = slot.take().expect("bytes").message(&Id::Number(7));
        assert_eq!(String::from_utf8_lossy(&message), r#"{"jsonrpc":"2.0","result":[1,2],"id":7}"#);
    }

    #[tokio::test]
    async fn without_a_taker_they_are_read_again() {
        assert_eq!(give(written(), Vec::<u8>::new()).expect("an answer"), [1, 2]);
    }
}
