//! Findings to the client: the latest of each open text, and nothing of a closed one.
//!
//! Texts are checked on several threads, and by the time a check is done its text may have changed or been
//! closed. A check therefore holds a [`Ticket`]; an edit, a close or a newer check makes it worthless. But in a text so
//! long that every check is overtaken by the next key, an overtaken one is sent now and then, with the version it is
//! of: late findings are better than none until the author pauses.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use serde::Serialize;
use serde_json::json;
use tower_lsp::ls_types::{ProgressToken, Uri};

use super::findings::NONE;
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
    /// Closed texts of which findings are shown.
    closed: Mutex<HashMap<TextKey, Uri>>,
    /// The client asks for findings, and is told none unasked.
    silent: AtomicBool,
}

#[derive(Debug, Default)]
struct Wanted {
    edits: u64,
    rounds: u64,
    texts: HashMap<TextKey, Latest>,
}

/// What is known of one open text.
#[derive(Debug, Default)]
struct Latest {
    edit: Edit,
    /// Number of the newest check that was begun.
    round: u64,
    /// Number of the newest check that was sent or taken back.
    sent: u64,
    /// How many checks in a row were overtaken by an edit and dropped.
    dropped: u32,
}

/// More messages than these are not made to wait for a client that does not read.
const BACKLOG: usize = 16;

/// So many overtaken checks in a row are dropped; the next one is sent.
const PATIENCE: u32 = 1;

impl Publisher {
    /// Sends to `outbox`.
    #[must_use]
    pub fn new(outbox: Outbox) -> Self {
        Self { outbox, wanted: Mutex::default(), closed: Mutex::default(), silent: AtomicBool::new(false) }
    }

    /// The client asks for findings: from now on it is told none unasked.
    pub fn be_silent(&self) {
        self.silent.store(true, Ordering::Relaxed);
    }

    /// A text was opened or changed: what was found in it before is out of date.
    pub fn edited(&self, key: &TextKey) -> Edit {
        let mut wanted = self.wanted.lock();
        self.closed.lock().remove(key);
        wanted.edits += 1;
        let edit = Edit(wanted.edits);
        // A text that is opened again owes nothing to checks begun before.
        let sent = wanted.rounds;
        wanted.texts.entry(key.clone()).or_insert(Latest { sent, ..Latest::default() }).edit = edit;
        edit
    }

    /// A text was closed: its findings are taken back.
    pub fn closed(&self, key: &TextKey, uri: &Uri) {
        let mut wanted = self.wanted.lock();
        if wanted.texts.remove(key).is_some() {
            self.send_none(key, uri);
        }
    }

    /// An open text is no longer looked at: its findings are taken back.
    pub fn take_back(&self, key: &TextKey, uri: &Uri) {
        let mut wanted = self.wanted.lock();
        wanted.rounds += 1;
        let round = wanted.rounds;
        if let Some(latest) = wanted.texts.get_mut(key) {
            (latest.round, latest.sent) = (round, round);
            self.send_none(key, uri);
        }
    }

    /// The right to publish a check that begins now; `None` when the text has changed since `edit`. Takes the right from
    /// every earlier check of the text.
    #[must_use]
    pub fn ticket(&self, key: &TextKey, edit: Edit) -> Option<Ticket> {
        let mut wanted = self.wanted.lock();
        wanted.rounds += 1;
        let round = wanted.rounds;
        wanted.texts.get_mut(key).filter(|latest| latest.edit == edit)?.round = round;
        Some(Ticket { key: key.clone(), edit, round })
    }

    /// Whether the check has not been overtaken yet.
    #[must_use]
    pub fn is_current(&self, ticket: &Ticket) -> bool {
        let wanted = self.wanted.lock();
        wanted.texts.get(&ticket.key).is_some_and(|latest| latest.edit == ticket.edit && latest.round == ticket.round)
    }

    /// Sends findings, unless the text was closed, a newer check was sent, or this one was overtaken and need not be sent.
    pub fn publish(&self, ticket: &Ticket, uri: &Uri, version: i32, items: &[u8]) {
        // Made before the lock is taken: there may be thousands, and keys wait for the lock.
        let message = message(uri, Some(version), items);
        let mut wanted = self.wanted.lock();
        let Some(latest) = wanted.texts.get_mut(&ticket.key).filter(|latest| latest.sent < ticket.round) else { return };
        let overtaken = latest.edit != ticket.edit || latest.round != ticket.round;
        if overtaken && latest.dropped < PATIENCE {
            latest.dropped += 1;
            return;
        }
        (latest.sent, latest.dropped) = (ticket.round, 0);
        self.send(&ticket.key, message);
    }

    /// Sends the findings of a text that is closed; of a clean one only when others are shown.
    pub fn publish_closed(&self, key: &TextKey, uri: &Uri, items: &[u8]) {
        let message = message(uri, None, items);
        let wanted = self.wanted.lock();
        if wanted.texts.contains_key(key) {
            // Opened meanwhile: what is found in what its editor shows is told by others.
            return;
        }
        let mut closed = self.closed.lock();
        let known = if items == NONE { closed.remove(key) } else { closed.insert(key.clone(), uri.clone()) };
        if items != NONE || known.is_some() {
            self.send(key, message);
        }
    }

    /// Takes back what is shown of closed texts.
    pub fn forget_closed(&self, which: impl Fn(&TextKey) -> bool) {
        let gone: Vec<(TextKey, Uri)> = self.closed.lock().extract_if(|key, _| which(key)).collect();
        for (key, uri) in gone {
            self.send_none(&key, &uri);
        }
    }

    /// Sends a notification of our own.
    pub fn notify(&self, method: &str, params: &impl Serialize) {
        self.outbox.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a message that is JSON already.
    pub fn send_bytes(&self, message: Vec<u8>) {
        self.outbox.send_bytes(message);
    }

    /// Whether the client reads slower than is sent.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.outbox.waiting() > BACKLOG
    }

    /// Sends how far something is, or a part of it.
    pub fn progress(&self, token: &ProgressToken, value: &serde_json::Value) {
        self.outbox.send(&json!({"jsonrpc": "2.0", "method": "$/progress", "params": {"token": token, "value": value}}));
    }

    /// Sends a message to be logged by the client; `grave` ones are warnings.
    pub fn log(&self, message: &str, grave: bool) {
        let params = json!({"type": if grave { 2 } else { 4 }, "message": message});
        self.outbox.send(&json!({"jsonrpc": "2.0", "method": "window/logMessage", "params": params}));
    }

    /// Takes all findings of a text back.
    fn send_none(&self, key: &TextKey, uri: &Uri) {
        self.send(key, message(uri, None, NONE));
    }

    fn send(&self, key: &TextKey, message: Vec<u8>) {
        if self.silent.load(Ordering::Relaxed) {
            return;
        }
        let slot = match key {
            TextKey::File(path) => path.to_string_lossy(),
            TextKey::Other(uri) => uri.into(),
        };
        self.outbox.replace(&slot, message);
    }
}

/// The notification, put together from what is written already.
fn message(uri: &Uri, version: Option<i32>, items: &[u8]) -> Vec<u8> {
    let uri = serde_json::to_string(uri).unwrap_or_default();
    let version = version.map(|version| format!("\"version\":{version},")).unwrap_or_default();
    let head = format!(r#"{{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{{"uri":{uri},{version}"diagnostics":"#);
    [head.as_bytes(), items, b"}}"].concat()
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
        publisher.publish(&older, &uri, 1, NONE);
        assert!(sent(&outbox).is_empty());
        publisher.publish(&newer, &uri, 1, NONE);
        assert_eq!(sent(&outbox)[0]["params"]["version"], 1);
        publisher.edited(&key);
        publisher.publish(&newer, &uri, 1, NONE);
        assert!(sent(&outbox).is_empty() && publisher.ticket(&key, first).is_none());
    }

    #[test]
    fn a_text_that_never_rests_has_findings_all_the_same() {
        let (uri, key) = text();
        let outbox = Outbox::default();
        let publisher = Publisher::new(outbox.clone());
        let mut versions = Vec::new();
        for version in 1..=9 {
            let ticket = publisher.ticket(&key, publisher.edited(&key)).expect("current");
            publisher.edited(&key);
            publisher.publish(&ticket, &uri, version, NONE);
            versions.extend(sent(&outbox).iter().map(|m| m["params"]["version"].as_i64().unwrap_or(0)));
        }
        assert_eq!(versions, [2, 4, 6, 8]);
    }

    #[test]
    fn a_closed_text_has_no_findings_any_more() {
        let (uri, key) = text();
        let outbox = Outbox::default();
        let publisher = Publisher::new(outbox.clone());
        let ticket = publisher.ticket(&key, publisher.edited(&key)).expect("current");
        publisher.publish(&ticket, &uri, 1, b"[{}]");
        publisher.closed(&key, &uri);
        publisher.publish(&ticket, &uri, 1, b"[{}]");
        let sent = sent(&outbox);
        assert_eq!(sent.len(), 1, "the findings not yet written are never sent");
        assert_eq!(sent[0]["params"]["diagnostics"], json!([]));
    }
}
