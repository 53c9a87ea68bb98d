//! Whole sessions: many changes and questions at once, and the real clients' first message.

use serde_json::{Value, json};

use super::client::{Client, framed};

const URI: &str = "untitled:Untitled-1";

/// A text that names a resolution which tells the version.
fn text(version: i64) -> String {
    format!("Under resolution {} of the Security Council.\n", 100 + version)
}

#[test]
fn every_hover_sees_exactly_the_changes_sent_before_it() {
    let mut client = Client::start();
    client.open(URI, 0, &text(0));
    let mut messages = Vec::new();
    let ask = |version: i64| {
        let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 8}});
        framed(&json!({"jsonrpc": "2.0", "id": version, "method": "textDocument/hover", "params": params}))
    };
    for version in 1..=2000 {
        // By turns the whole text, and the number alone.
        let change = if version % 2 == 0 {
            json!({"text": text(version)})
        } else {
            let old = (100 + version - 1).to_string().len();
            let range = json!({"start": {"line": 0, "character": 17}, "end": {"line": 0, "character": 17 + old}});
            json!({"range": range, "text": (100 + version).to_string()})
        };
        let params = json!({"textDocument": {"uri": URI, "version": version}, "contentChanges": [change]});
        messages.extend(framed(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})));
        if version % 5 == 0 {
            messages.extend(ask(version));
        }
    }
    client.raw(&messages);
    for version in (5..=2000).step_by(5) {
        let answer = client.answer(version);
        let card = answer["result"]["contents"]["value"].as_str().unwrap_or_default();
        assert!(card.contains(&format!("S/RES/{} (", 100 + version)), "version {version}: {answer}");
    }
}

#[test]
fn a_question_cancelled_at_once_says_so_or_is_answered() {
    let mut client = Client::start();
    client.open(URI, 0, &text(0));
    for id in 1..=50 {
        client.call(id, "textDocument/hover", &json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 8}}));
        client.tell("$/cancelRequest", &json!({"id": id}));
    }
    for id in 1..=50 {
        let answer = client.answer(id);
        assert!(answer["error"]["code"] == -32800 || answer["result"].is_object(), "{answer}");
    }
}

#[test]
fn a_question_about_a_text_that_is_not_open_has_no_answer() {
    let mut client = Client::start();
    client.call(1, "textDocument/hover", &json!({"textDocument": {"uri": "file:///nowhere.md"}, "position": {"line": 0, "character": 0}}));
    assert_eq!(client.answer(1)["result"], Value::Null);
}

#[test]
fn every_real_clients_first_message_is_understood() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/protocol/client-init");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "{} is missing", folder.display());
        println!("skipped: {} is not here", folder.display());
        return;
    };
    let mut seen = 0;
    for entry in entries {
        let path = entry.expect("an entry").path();
        let mut params: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("read")).expect("JSON");
        params["processId"] = Value::Null;
        let mut client = Client::spawn();
        client.call(0, "initialize", &params);
        client.tell("initialized", &json!({}));
        let answer = client.answer(0);
        let chosen =
            answer["result"]["capabilities"]["positionEncoding"].as_str().unwrap_or_else(|| panic!("{}: {answer}", path.display()));
        let offered = &params["capabilities"]["general"]["positionEncodings"];
        let offers = |name: &str| offered.as_array().is_some_and(|all| all.iter().any(|o| o == name));
        assert_eq!(chosen, if offers("utf-8") { "utf-8" } else { "utf-16" }, "{}", path.display());
        client.open(URI, 1, &text(1));
        client.call(1, "textDocument/hover", &json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 8}}));
        assert!(client.answer(1)["result"].is_object(), "{}", path.display());
        let watches = params["capabilities"]["workspace"]["didChangeWatchedFiles"]["dynamicRegistration"] == true;
        if watches {
            client.expect("a wish to watch files", |m| m["method"] == "client/registerCapability");
        }
        seen += 1;
    }
    assert!(seen >= 9, "{seen} clients");
}
