//! Requests whose text changes before they are answered.

use serde_json::{Value, json};

use super::client::{Client, framed};
use super::race::Race;

/// Asks, and changes the text at once: a letter more in its last line.
fn ask_and_type(race: &mut Race, name: &str, questions: &[(&str, Value)], rounds: i64) -> Vec<Value> {
    let uri = race.uri(name);
    let mut messages = Vec::new();
    let mut ids = Vec::new();
    for round in 0..rounds {
        for (method, more) in questions {
            let id = 1000 + i64::try_from(ids.len()).expect("few");
            let mut params = json!({"textDocument": {"uri": uri}});
            params.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
            messages.extend(framed(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})));
            ids.push(id);
        }
        race.version += 1;
        let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
        let change = json!([{"range": range, "text": format!("{} ", round % 10)}]);
        let params = json!({"textDocument": {"uri": uri, "version": race.version}, "contentChanges": change});
        messages.extend(framed(&json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})));
    }
    // All at once, so that no answer can be ready before the change is there.
    race.client.raw(&messages);
    ids.into_iter().map(|id| race.client.answer(id)).collect()
}

fn long_text() -> String {
    "Resolution 2202 (2015) names [[one]] and [[nobody]].\n\n".repeat(400)
}

fn codes(answers: &[Value]) -> Vec<i64> {
    answers.iter().filter_map(|answer| answer["error"]["code"].as_i64()).collect()
}

#[test]
fn findings_asked_for_too_early_are_to_be_asked_for_again() {
    let mut race = Race::offering(&json!({"textDocument": {"diagnostic": {}}}), &[]);
    race.open("a.md", &long_text());
    let answers = ask_and_type(&mut race, "a.md", &[("textDocument/diagnostic", json!({}))], 40);
    let refused: Vec<&Value> = answers.iter().filter(|a| a.get("error").is_some()).collect();
    assert!(refused.len() > 20, "{} of {} are refused", refused.len(), answers.len());
    assert!(refused.iter().all(|a| a["error"]["code"] == -32802 && a["error"]["data"] == json!({"retriggerRequest": true})), "{refused:?}");
    // Asked again, as it was told, the client knows all: nothing is lost.
    let uri = race.uri("a.md");
    race.client.call(1, "textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
    let report = race.client.answer(1);
    let found = report["result"]["items"].as_array().expect("a list");
    assert_eq!(found.iter().filter(|f| f["code"] == "unknown-entity").count(), 400);
    assert_eq!(found[0]["range"]["start"]["character"], 80 + 43, "{}", found[0]);
}

#[test]
fn what_the_client_does_not_ask_again_is_answered() {
    let place = json!({"position": {"line": 0, "character": 32}});
    let range = json!({"range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}});
    let of_the_text = || {
        [("textDocument/semanticTokens/full", json!({})), ("textDocument/inlayHint", range.clone()), ("textDocument/codeLens", json!({}))]
    };
    let by_a_gesture = [
        ("textDocument/hover", place.clone()),
        ("textDocument/references", json!({"position": place["position"], "context": {"includeDeclaration": true}})),
    ];
    // Neovim lists nothing: it looks at the version itself.
    let mut race = Race::offering(&json!({}), &[]);
    race.open("a.md", &long_text());
    let questions: Vec<(&str, Value)> = of_the_text().into_iter().chain(by_a_gesture.clone()).collect();
    assert_eq!(codes(&ask_and_type(&mut race, "a.md", &questions, 3)), [0i64; 0]);
    // VS Code asks again for tokens, and for nothing else; all the more for no card.
    let tokens = json!({"requests": {}, "tokenTypes": [], "tokenModifiers": [], "formats": []});
    let stale = json!({"cancel": true, "retryOnContentModified": ["textDocument/semanticTokens/full", "textDocument/hover"]});
    let mut race = Race::offering(&json!({"textDocument": {"semanticTokens": tokens}, "general": {"staleRequestSupport": stale}}), &[]);
    race.open("a.md", &long_text());
    let refused = codes(&ask_and_type(&mut race, "a.md", &questions, 10));
    assert!((3..=10).contains(&refused.len()) && refused.iter().all(|code| *code == -32801), "{refused:?}");
}

#[test]
fn steps_are_told_to_who_wants_to_know() {
    let mut race = Race::with(&[]);
    race.client.tell("$/setTrace", &json!({"value": "verbose"}));
    race.open("a.md", "[[one]]\n");
    let uri = race.uri("a.md");
    let checked = race.client.expect("a step", |m| m["method"] == "$/logTrace" && m["params"]["message"] == format!("checked {uri}"));
    assert_eq!(checked["params"]["verbose"], "version 1");
    race.client.tell("$/setTrace", &json!({"value": "messages"}));
    race.change("a.md", json!([{"text": "[[two]]\n"}]));
    let checked = race.client.expect("a step", |m| m["method"] == "$/logTrace" && m["params"]["message"] == format!("checked {uri}"));
    assert_eq!(checked["params"].get("verbose"), None);
    race.client.tell("$/setTrace", &json!({"value": "off"}));
    assert_eq!(race.says("a.md"), "Two");
    race.client.received();
    race.change("a.md", json!([{"text": "[[nobody]]\n"}]));
    race.finds("a.md", &["unknown-entity"]);
    race.says("a.md");
    let told = race.client.received().iter().any(|m| m["method"] == "$/logTrace" && m["params"]["message"] == format!("checked {uri}"));
    assert!(!told, "nothing is told any more");
}

#[test]
fn a_trace_that_the_protocol_does_not_know_costs_nothing() {
    for (trace, first) in [(json!("compact"), 1), (json!("verbose"), 1), (json!(7), 0), (Value::Null, 0)] {
        // Before the client: it must outlive the server.
        let folder = tempfile::tempdir().expect("a folder");
        let mut client = Client::spawn();
        client.call(0, "initialize", &json!({"processId": null, "rootUri": null, "capabilities": {}, "trace": trace}));
        assert!(client.answer(0)["result"]["capabilities"].is_object(), "{trace}");
        std::fs::write(folder.path().join("vidimus.toml"), "").expect("written");
        client.open(&format!("file://{}", folder.path().join("a.md").display()), 1, "Nothing.\n");
        for _ in 0..first {
            client.expect("a step", |m| m["method"] == "$/logTrace");
        }
    }
}
