//! How far long work is, for a client that gave a token to be told under.

use std::sync::Arc;

use parking_lot::Mutex;
use serde_json::{Value, json};
use tower_lsp::ls_types::ProgressToken;

use crate::server::publish::Publisher;

/// Says how far the work is; the end is said in any case.
pub struct Progress {
    token: Mutex<Option<ProgressToken>>,
    publisher: Arc<Publisher>,
}

impl Progress {
    /// The work begins; without a token nothing is said.
    #[must_use]
    pub fn begin(publisher: &Arc<Publisher>, token: Option<ProgressToken>, title: &str) -> Self {
        let progress = Self { token: Mutex::new(token), publisher: publisher.clone() };
        progress.tell(&json!({"kind": "begin", "title": title, "cancellable": true, "percentage": 0}));
        progress
    }

    /// So many of all files are done.
    pub fn report(&self, done: usize, all: usize) {
        self.tell(&json!({"kind": "report", "message": format!("{done} of {all} files"), "percentage": done * 100 / all.max(1)}));
    }

    /// The work is done.
    pub fn end(&self) {
        self.tell(&json!({"kind": "end"}));
        *self.token.lock() = None;
    }

    fn tell(&self, value: &Value) {
        if let Some(token) = &*self.token.lock() {
            self.publisher.progress(token, value);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
    }
}
