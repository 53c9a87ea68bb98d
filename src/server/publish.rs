//! Findings to the client: the latest of each open text, and nothing of a closed one.
//!
//! Texts are checked on several threads, and by the time a check is done its text may have changed or been
//! closed. A check therefore holds a [`Ticket`]; an edit, a close or a newer check makes it worthless.

use std::collections::HashMap;

use parking_lot::Mutex;
use serde_json::json;
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::transport::Outbox;
use super::uri::TextKey;

/// Number of one edit of one text; grows from edit to edit over all texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit(u64);

/// The right to publish what one check found.
#[derive(Clone, Debug)]
pub struct Ticket {
    key: TextKey,
    edit: Edit,
    round: u64,
}

/// Sends findings to the client.
#[derive(Debug)]
pub struct Publisher {
    outbox: Outbox,
    wanted: Mutex<Wanted>,
}

#[derive(Debug, Default)]
struct Wanted {
    edits: u64,
    rounds: u64,
    /// The latest edit and the latest check of each open text.
    texts: HashMap<TextKey, (Edit, u64)>,
}

impl Publisher {
    /// Sends to `outbox`.
    #[must_use]
    pub fn new(outbox: Outbox) -> Self {
        Self { outbox, wanted: Mutex::default() }
    }

    /// A text was opened or changed: what was found in it before is out of date.
    pub fn edited(&self, key: &TextKey) -> Edit {
        let mut wanted = self.wanted.lock();
        wanted.edits += 1;
        let edit = Edit(wanted.edits);
        wanted.texts.insert(key.clone(), (edit, 0));
        edit
    }

    /// A text was closed: its findings are taken back.
    pub fn closed(&self, key: &TextKey, uri: &Uri) {
        let mut wanted = self.wanted.lock();
        if wanted.texts.remove(key).is_some() {
            self.send(key, uri, None, &[]);
        }
    }

    /// An open text is no longer looked at: its findings are taken back.
    pub fn take_back(&self, key: &TextKey, uri: &Uri) {
        let mut wanted = self.wanted.lock();
        wanted.rounds += 1;
        let round = wanted.rounds;
        if let Some(current) = wanted.texts.get_mut(key) {
            current.1 = round;
            self.send(key, uri, None, &[]);
        }
    }

    /// The right to publish a check that begins now; `None` when the text has changed since `edit`. Takes the right from
    /// every earlier check of the text.
    #[must_use]
    pub fn ticket(&self, key: &TextKey, edit: Edit) -> Option<Ticket> {
        let mut wanted = self.wanted.lock();
        wanted.rounds += 1;
        let round = wanted.rounds;
        let current = wanted.texts.get_mut(key).filter(|(e, _)| *e == edit)?;
        current.1 = round;
        Some(Ticket { key: key.clone(), edit, round })
    }

    /// Whether it is still worth working for a ticket.
    #[must_use]
    pub fn is_current(&self, ticket: &Ticket) -> bool {
        self.wanted.lock().holds(ticket)
    }

    /// Sends findings, unless the ticket is out of date.
    pub fn publish(&self, ticket: &Ticket, uri: &Uri, version: i32, findings: &[Diagnostic]) {
        let wanted = self.wanted.lock();
        if wanted.holds(ticket) {
            self.send(&ticket.key, uri, Some(version), findings);
        }
    }

    /// Sends a message to be logged by the client; `grave` ones are warnings.
    pub fn log(&self, message: &str, grave: bool) {
        let params = json!({"type": if grave { 2 } else { 4 }, "message": message});
        self.outbox.send(&json!({"jsonrpc": "2.0", "method": "window/logMessage", "params": params}));
    }

    fn send(&self, key: &TextKey, uri: &Uri, version: Option<i32>, findings: &[Diagnostic]) {
        let mut params = json!({"uri": uri, "diagnostics": findings});
        if let Some(version) = version {
            params["version"] = version.into();
        }
        let message = json!({"jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": params});
        let slot = match key {
            TextKey::File(path) => path.to_string_lossy(),
            TextKey::Other(uri) => uri.into(),
        };
        self.outbox.replace(&slot, &message);
    }
}

impl Wanted {
    fn holds(&self, ticket: &Ticket) -> bool {
        self.texts.get(&ticket.key) == Some(&(ticket.edit, ticket.round))
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    fn text() -> (Uri, TextKey) {
        let uri = Uri::from_str("file:///a.md").expect("an address");
        let key = TextKey::of(&uri);
        (uri, key)
    }

    fn sent(outbox: &Outbox) -> Vec<serde_json::Value> {
        std::iter::from_fn(|| outbox.try_next()).map(|m| serde_json::from_slice(&m).expect("JSON")).collect()
    }

    #[test]
    fn only_the_latest_check_of_the_latest_text_is_published() {
        let (uri, key) = text();
        let outbox = Outbox::default();
        let publisher = Publisher::new(outbox.clone());
        let first = publisher.edited(&key);
        let older = publisher.ticket(&key, first).expect("current");
        let newer = publisher.ticket(&key, first).expect("current");
        publisher.publish(&older, &uri, 1, &[]);
        assert!(sent(&outbox).is_empty());
        publisher.publish(&newer, &uri, 1, &[]);
        assert_eq!(sent(&outbox)[0]["params"]["version"], 1);
        publisher.edited(&key);
        publisher.publish(&newer, &uri, 1, &[]);
        assert!(sent(&outbox).is_empty() && publisher.ticket(&key, first).is_none());
    }

    #[test]
    fn a_closed_text_has_no_findings_any_more() {
        let (uri, key) = text();
        let outbox = Outbox::default();
        let publisher = Publisher::new(outbox.clone());
        let ticket = publisher.ticket(&key, publisher.edited(&key)).expect("current");
        publisher.publish(&ticket, &uri, 1, &[Diagnostic::default()]);
        publisher.closed(&key, &uri);
        publisher.publish(&ticket, &uri, 1, &[Diagnostic::default()]);
        let sent = sent(&outbox);
        assert_eq!(sent.len(), 1, "the findings not yet written are never sent");
        assert_eq!(sent[0]["params"]["diagnostics"], json!([]));
    }
}
