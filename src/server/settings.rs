//! The client's settings, as [`config`](crate::config) reads them.
//!
//! ```json
//! {"vidimus": {"inlayHints": {"ids": true, "roles": true, "sources": true}, "codeLens": true}}
//! ```
//!
//! They come with `initialize`, are asked for where the client has `workspace/configuration`, and else are taken from
//! `workspace/didChangeConfiguration`. What else a client may say with `initialize` stands in [`Asks`].

use serde_json::Value;

pub use crate::config::{EditorSettings as Settings, SECTION};

/// What a client asks for in `initializationOptions`, besides settings: what the protocol has no capability for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asks {
    /// `status`: to be told by `vidimus/status` how the corpora stand.
    pub status: bool,
}

impl Asks {
    /// What a client asks for with these options.
    #[must_use]
    pub fn of(options: Option<&Value>) -> Self {
        Self { status: options.and_then(|o| o.get("status")).and_then(Value::as_bool).unwrap_or(false) }
    }
}
