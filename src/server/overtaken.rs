//! Requests that are only of use for the text as it was when they were asked, and what they are answered once it has changed.
//!
//! An answer made from an older state may still be of use, and a client that wants it no more takes its request back: so the
//! protocol forbids us to refuse as a rule, and most clients show nothing where they are refused. But where the client has said that
//! it asks again, nobody need wait for what is out of date. Findings are asked for again in any case; semantic tokens when the
//! client says so (`serverCancelSupport`), and what it lists under `retryOnContentModified`.
//!
//! Not here: what an author asked for by a gesture (a rename, a card, a definition). It is answered for the text it was asked about.

use std::collections::HashMap;

use parking_lot::Mutex;
use serde_json::json;
use tokio::sync::watch;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::ClientCapabilities;

use super::uri::TextKey;

/// The protocol's number for a request that the server took back.
const SERVER_CANCELLED: i64 = -32802;

const FINDINGS: &str = "textDocument/diagnostic";

/// The requests that may be refused: findings first, then semantic tokens, then those that a client must have listed.
const OF_ONE_VERSION: &[&str] = &[
    FINDINGS,
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/semanticTokens/range",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/foldingRange",
    "textDocument/documentLink",
    "textDocument/documentSymbol",
];

/// Which of them the client asks again when it is refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retries {
    /// Semantic tokens, when told that the server took the request back.
    tokens: bool,
    /// Those of [`OF_ONE_VERSION`], one bit each, of which it is to be told that the text has changed.
    listed: u16,
}

impl Retries {
    /// What a client that offers this does.
    #[must_use]
    pub fn with(client: &ClientCapabilities) -> Self {
        let tokens = client.text_document.as_ref().and_then(|t| t.semantic_tokens.as_ref()?.server_cancel_support).unwrap_or(false);
        let stale = client.general.as_ref().and_then(|g| g.stale_request_support.as_ref());
        let listed = |method: &str| stale.is_some_and(|s| s.retry_on_content_modified.iter().any(|m| m == method));
        Self { tokens, listed: (0u16..).zip(OF_ONE_VERSION).filter(|(_, method)| listed(method)).fold(0, |all, (bit, _)| all | 1 << bit) }
    }

    /// What such a request is answered when its text has changed; `None`: what it asked for.
    #[must_use]
    pub fn refusal(self, method: &str) -> Option<Error> {
        let place = OF_ONE_VERSION.iter().position(|m| *m == method)?;
        let taken_back = |data| Error { code: ErrorCode::ServerError(SERVER_CANCELLED), message: "the text has changed".into(), data };
        match method {
            FINDINGS => Some(taken_back(Some(json!({"retriggerRequest": true})))),
            _ if self.tokens && method.contains("/semanticTokens/") => Some(taken_back(None)),
            _ => (self.listed & 1 << place != 0).then(Error::content_modified),
        }
    }
}

/// Tells when open texts change.
#[derive(Debug, Default)]
pub struct Overtaken(Mutex<HashMap<TextKey, watch::Sender<()>>>);

impl Overtaken {
    /// A text was opened or changed.
    pub fn edited(&self, key: &TextKey) {
        self.0.lock().entry(key.clone()).or_insert_with(|| watch::channel(()).0).send_replace(());
    }

    /// A text was closed: what was asked about it before is answered.
    pub fn closed(&self, key: &TextKey) {
        self.0.lock().remove(key);
    }

    /// To be told when the text changes, for a request that then gets `refusal`.
    #[must_use]
    pub fn watch(&self, key: &TextKey, refusal: Error) -> Option<Passing> {
        let changes = self.0.lock().get(key)?.subscribe();
        Some(Passing { changes, refusal })
    }
}

/// A request that may be overtaken.
#[derive(Debug)]
pub struct Passing {
    changes: watch::Receiver<()>,
    refusal: Error,
}

impl Passing {
    /// Waits until the text changes; for ever when it is closed first.
    async fn overtaken(mut self) -> Error {
        match self.changes.changed().await {
            Ok(()) => self.refusal,
            Err(_closed) => std::future::pending().await,
        }
    }
}

/// Works unless it is overtaken: then the work is dropped, and the refusal is the answer at once.
///
/// # Errors
/// Those of the work, and the refusal.
pub async fn unless<T>(passing: Option<Passing>, work: impl Future<Output = Result<T>>) -> Result<T> {
    let Some(passing) = passing else { return work.await };
    tokio::select! {
        biased;
        answer = work => answer,
        refusal = passing.overtaken() => Err(refusal),
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use tower_lsp::ls_types::Uri;

    use super::*;

    fn client(capabilities: serde_json::Value) -> Retries {
        Retries::with(&serde_json::from_value(capabilities).expect("capabilities"))
    }

    fn codes(retries: Retries) -> Vec<i64> {
        OF_ONE_VERSION.iter().map(|method| retries.refusal(method).map_or(0, |error| error.code.code())).collect()
    }

    #[test]
    fn only_what_the_client_asks_again_is_refused() {
        let tokens = "textDocument/semanticTokens/full";
        assert_eq!(codes(client(json!({}))), [-32802, 0, 0, 0, 0, 0, 0, 0, 0]);
        let listing =
            json!({"general": {"staleRequestSupport": {"cancel": true, "retryOnContentModified": [tokens, "textDocument/hover"]}}});
        assert_eq!(codes(client(listing.clone())), [-32802, -32801, 0, 0, 0, 0, 0, 0, 0]);
        assert!(client(listing).refusal("textDocument/hover").is_none());
        let semantic = json!({"requests": {}, "tokenTypes": [], "tokenModifiers": [], "formats": [], "serverCancelSupport": true});
        assert_eq!(codes(client(json!({"textDocument": {"semanticTokens": semantic}}))), [-32802, -32802, -32802, -32802, 0, 0, 0, 0, 0]);
        let refusal = Retries::default().refusal(FINDINGS).expect("findings are asked for again");
        assert_eq!(refusal.data, Some(json!({"retriggerRequest": true})));
    }

    #[tokio::test]
    async fn work_is_dropped_when_its_text_changes_and_ends_when_it_closes() {
        let key = TextKey::of(&Uri::from_str("file:///a.md").expect("an address"));
        let texts = Overtaken::default();
        assert!(texts.watch(&key, Error::content_modified()).is_none());
        texts.edited(&key);
        let passing = || texts.watch(&key, Error::content_modified());
        let never = unless(passing(), std::future::pending::<Result<()>>());
        let (other, slow) = (passing(), tokio::task::yield_now());
        texts.edited(&key);
        assert_eq!(never.await, Err(Error::content_modified()));
        assert_eq!(unless(other, async { Ok(1) }).await, Ok(1));
        let slow = async {
            slow.await;
            Ok(2)
        };
        let slow = unless(passing(), slow);
        texts.closed(&key);
        assert_eq!(slow.await, Ok(2));
    }
}
