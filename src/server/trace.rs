//! `$/logTrace`: what the server does, for a client that wants to know (`trace` of `initialize`, `$/setTrace`).
//!
//! Only steps that somebody who wonders why nothing happens would ask for: a corpus is read, indexed, a text is checked.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use serde_json::json;
use tower_lsp::ls_types::TraceValue;

use super::transport::Outbox;

const OFF: u8 = 0;
const MESSAGES: u8 = 1;
const VERBOSE: u8 = 2;

/// Tells the client what is done. Clones share what the client wants.
#[derive(Clone, Debug)]
pub struct Trace {
    outbox: Outbox,
    wanted: Arc<AtomicU8>,
}

impl Trace {
    /// Sends to `outbox`; nothing until the client wants it.
    #[must_use]
    pub fn new(outbox: Outbox) -> Self {
        Self { outbox, wanted: Arc::default() }
    }

    /// The client wants so much from now on.
    pub fn set(&self, wanted: TraceValue) {
        let wanted = match wanted {
            TraceValue::Off => OFF,
            TraceValue::Messages => MESSAGES,
            TraceValue::Verbose => VERBOSE,
        };
        self.wanted.store(wanted, Ordering::Relaxed);
    }

    /// A step was taken: its name, and what only a client that wants all of it is told.
    pub fn step(&self, step: impl FnOnce() -> (String, String)) {
        let wanted = self.wanted.load(Ordering::Relaxed);
        if wanted == OFF {
            return;
        }
        let (message, more) = step();
        let mut params = json!({"message": message});
        if wanted == VERBOSE && !more.is_empty() {
            params["verbose"] = more.into();
        }
        self.outbox.send(&json!({"jsonrpc": "2.0", "method": "$/logTrace", "params": params}));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_much_is_told_as_is_wanted() {
        let outbox = Outbox::default();
        let trace = Trace::new(outbox.clone());
        let told = |wanted: Option<TraceValue>| {
            if let Some(wanted) = wanted {
                trace.clone().set(wanted);
            }
            trace.step(|| ("read a corpus".into(), "3 files".into()));
            outbox.try_next().map(|m| serde_json::from_slice::<serde_json::Value>(&m).expect("JSON")["params"].take())
        };
        assert_eq!(told(None), None);
        assert_eq!(told(Some(TraceValue::Messages)), Some(json!({"message": "read a corpus"})));
        assert_eq!(told(Some(TraceValue::Verbose)), Some(json!({"message": "read a corpus", "verbose": "3 files"})));
        assert_eq!(told(Some(TraceValue::Off)), None);
    }
}
