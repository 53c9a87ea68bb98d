//! The client's settings: few, and only about how things are shown. All else stands in `vidimus.toml`, so that every editor
//! and `vidimus check` agree on it.
//!
//! ```json
//! {"vidimus": {"inlayHints": {"ids": true, "roles": true, "sources": true}, "codeLens": true}}
//! ```
//!
//! They come with `initialize`, are asked for where the client has `workspace/configuration`, and else are taken from
//! `workspace/didChangeConfiguration`. What is missing or means nothing keeps its default.

use serde_json::Value;

use crate::features::hints::Wanted;

/// The section of the client's settings that is ours.
pub const SECTION: &str = "vidimus";

/// What one client wants to be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `inlayHints`: which kinds.
    pub hints: Wanted,
    /// `codeLens`
    pub lenses: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { hints: Wanted::default(), lenses: true }
    }
}

impl Settings {
    /// Reads our section, or an object that holds it.
    #[must_use]
    pub fn of(value: &Value) -> Self {
        let section = value.get(SECTION).unwrap_or(value);
        let hints = section.get("inlayHints");
        let on = |value: Option<&Value>| value.and_then(Value::as_bool).unwrap_or(true);
        // `inlayHints: false` turns all of them off.
        let hint = |name: &str| on(hints.filter(|h| h.is_boolean())) && on(hints.and_then(|h| h.get(name)));
        Self { hints: Wanted { ids: hint("ids"), roles: hint("roles"), sources: hint("sources") }, lenses: on(section.get("codeLens")) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_said_counts_and_all_else_keeps_its_default() {
        for nothing in [json!(null), json!({}), json!([1]), json!({"inlayHints": 3, "codeLens": "no"})] {
            assert_eq!(Settings::of(&nothing), Settings::default(), "{nothing}");
        }
        let read = Settings::of(&json!({"vidimus": {"inlayHints": {"roles": false}, "codeLens": false}}));
        assert_eq!((read.hints.ids, read.hints.roles, read.hints.sources, read.lenses), (true, false, true, false));
        let read = Settings::of(&json!({"inlayHints": false}));
        assert_eq!((read.hints.ids, read.hints.roles, read.hints.sources, read.lenses), (false, false, false, true));
    }
}
