//! Addresses that clients write as they come: `file:///home/мои тексты/a [1].md`.
//!
//! The protocol wants them escaped, and the reader of messages drops one whose address is not: a `didOpen` would be lost without a
//! word. So they are escaped here, before a message is read.

use std::borrow::Cow;
use std::str::FromStr;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// How deep parameters are looked through: addresses lie near the top.
const DEEPEST: u32 = 8;

/// Escapes the addresses in a message's parameters; `None` when all are as they should be.
#[must_use]
pub fn repaired(params: &Value) -> Option<Value> {
    if !any_broken(params, DEEPEST) {
        return None;
    }
    let mut params = params.clone();
    repair(&mut params, DEEPEST);
    Some(params)
}

fn is_address(key: &str) -> bool {
    key == "uri" || key.ends_with("Uri")
}

fn any_broken(value: &Value, depth: u32) -> bool {
    match value {
        _ if depth == 0 => false,
        Value::Object(map) => map.iter().any(|(key, value)| match value {
            Value::String(address) => is_address(key) && is_broken(address),
            value => any_broken(value, depth - 1),
        }),
        Value::Array(all) => all.iter().any(|value| any_broken(value, depth - 1)),
        _ => false,
    }
}

fn repair(value: &mut Value, depth: u32) {
    match value {
        _ if depth == 0 => {}
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                match value {
                    Value::String(address) if is_address(key) && is_broken(address) => *address = escaped(address).into_owned(),
                    value => repair(value, depth - 1),
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|value| repair(value, depth - 1)),
        _ => {}
    }
}

fn is_broken(address: &str) -> bool {
    // A look at the bytes spares reading nearly every address twice.
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~:/%".contains(&b);
    !address.bytes().all(plain) && Uri::from_str(address).is_err() || has_bare_percent(address)
}

fn has_bare_percent(address: &str) -> bool {
    address.split('%').skip(1).any(|rest| !is_escape(rest))
}

fn is_escape(rest: &str) -> bool {
    rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit)
}

/// The same address with everything that cannot stand in one written as `%XX`. One on this machine has neither host in brackets
/// nor question, so that brackets are part of its path; on Windows some clients write it with backslashes.
fn escaped(address: &str) -> Cow<'_, str> {
    let is_file = address.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    let mut out = String::with_capacity(address.len() + 16);
    let mut in_fragment = false;
    for (at, c) in address.char_indices() {
        match c {
            // A fragment holds no second one.
            '#' if std::mem::replace(&mut in_fragment, true) => out.push_str("%23"),
            '%' if !is_escape(&address[at + 1..]) => out.push_str("%25"),
            '\\' if is_file => out.push('/'),
            '[' | ']' if !is_file => out.push(c),
            c if c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c) => out.push(c),
            c => out.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC)),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_escaped_already_stays_as_it_is() {
        for address in
            ["file:///a%20b/%D0%B0.md", "untitled:Untitled-1", "file:///c%3A/a.md", "https://[::1]/x?y#z", "git:/a.md?%7B%22ref%22%7D"]
        {
            assert_eq!(repaired(&json!({"textDocument": {"uri": address}})), None, "{address}");
        }
    }

    #[test]
    fn what_is_not_is_escaped_wherever_it_stands() {
        let params = json!({
            "textDocument": {"uri": "file:///мир/a [1] 100%.md", "text": "file:///a b"},
            "event": {"added": [{"uri": "file:///C:\\Texts\\a b"}]},
            "files": [{"oldUri": "file:///a b.md", "newUri": "file:///c.md"}],
        });
        let wanted = json!({
            "textDocument": {"uri": "file:///%D0%BC%D0%B8%D1%80/a%20%5B1%5D%20100%25.md", "text": "file:///a b"},
            "event": {"added": [{"uri": "file:///C:/Texts/a%20b"}]},
            "files": [{"oldUri": "file:///a%20b.md", "newUri": "file:///c.md"}],
        });
        assert_eq!(repaired(&params), Some(wanted));
    }

    proptest! {
        #[test]
        fn any_path_becomes_an_address(path in "\\PC{0,40}") {
            let address = format!("file:///{path}");
            let params = json!({"uri": address});
            let repaired = repaired(&params).unwrap_or(params);
            let address = repaired["uri"].as_str().expect("an address");
            prop_assert!(Uri::from_str(address).is_ok(), "{}", address);
        }
    }
}
