//! The protocol's messages, each handed to what answers it.
//!
//! What depends on the order of messages happens before a handler's first `await`: nothing is logged, locked
//! asynchronously or asked of the client before it.

use std::sync::Arc;

use parking_lot::Mutex;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, InitializeParams, InitializeResult,
};
use tower_lsp::{Client, LanguageServer};

use super::capabilities;
use super::session::Session;
use super::transport::Outbox;
use crate::text::Encoding;

/// One client's server.
#[derive(Debug)]
pub struct Vidimus {
    client: Client,
    outbox: Outbox,
    session: Arc<Mutex<Session>>,
}

impl Vidimus {
    /// For one client; `outbox` takes what is sent without being asked for.
    #[must_use]
    pub fn new(client: Client, outbox: Outbox) -> Self {
        Self { client, outbox, session: Arc::new(Mutex::new(Session::new(Encoding::Utf16))) }
    }
}

impl LanguageServer for Vidimus {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let encoding = capabilities::encoding(&params.capabilities);
        *self.session.lock() = Session::new(encoding);
        Ok(capabilities::announce(encoding))
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let text = params.text_document;
        self.session.lock().open(text.uri, text.version, &text.text);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let id = params.text_document;
        let known = self.session.lock().change(&id.uri, id.version, &params.content_changes).is_some();
        if !known {
            tracing::warn!("a change of {}, which is not open", id.uri.as_str());
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.session.lock().close(&params.text_document.uri);
    }
}
