//! What an editor shows round the words: colours, hints, lenses, folds, selections.

use serde_json::{Value, json};

use super::client::Client;

const RECORDS: &str = "- id: lavrov
  type: person
  name: Sergey Lavrov
  roles:
    - {title: Foreign Minister of Russia, from: 2004-03-09, aliases: [the top diplomat]}
- {id: osce, type: org, name: OSCE}
";

const TEXT: &str = "---
date: 2017-03-16
---
# Minsk

The top diplomat spoke of 𝕏 and resolution 2202 (2015).

[Half had left]{.claim} [@tass-2017, para. 3].
";

/// A corpus of a registry and an open text.
struct Reading {
    client: Client,
    folder: tempfile::TempDir,
    asked: i64,
}

impl Reading {
    fn of(capabilities: &Value, options: &Value) -> Self {
        let folder = tempfile::Builder::new().prefix("reading").tempdir().expect("a folder");
        for (name, text) in
            [("vidimus.toml", ""), ("registry.yaml", RECORDS), ("refs.bib", "@misc{tass-2017, title = {On force}, date = {2017}}")]
        {
            std::fs::write(folder.path().join(name), text).expect("written");
        }
        let mut client = Client::spawn();
        let params = json!({"processId": null, "rootUri": null, "capabilities": capabilities, "initializationOptions": options});
        client.call(0, "initialize", &params);
        client.tell("initialized", &json!({}));
        let mut reading = Self { client, folder, asked: 0 };
        let uri = reading.uri("text.md");
        reading.client.open(&uri, 1, TEXT);
        reading
    }

    fn uri(&self, name: &str) -> String {
        format!("file://{}", self.folder.path().join(name).display())
    }

    fn ask(&mut self, method: &str, name: &str, more: &Value) -> Value {
        let mut params = json!({"textDocument": {"uri": self.uri(name)}});
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.request(method, &params)
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.client.call(self.asked, method, params);
        let answer = self.client.answer(self.asked);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    fn hints(&mut self) -> Vec<Value> {
        let all = json!({"range": {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}});
        self.ask("textDocument/inlayHint", "text.md", &all).as_array().expect("a list").clone()
    }

    fn change(&mut self, version: i32, line: u32, from: u32, to: u32, text: &str) {
        let range = json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
        let params =
            json!({"textDocument": {"uri": self.uri("text.md"), "version": version}, "contentChanges": [{"range": range, "text": text}]});
        self.client.tell("textDocument/didChange", &params);
    }
}

fn numbers(data: &Value) -> Vec<u64> {
    data.as_array().expect("numbers").iter().filter_map(Value::as_u64).collect()
}

/// (line, column, length) of each token.
fn places(data: &[u64]) -> Vec<(u64, u64, u64)> {
    let (mut line, mut column) = (0, 0);
    let token = |five: &[u64]| {
        column = if five[0] == 0 { column + five[1] } else { five[1] };
        line += five[0];
        (line, column, five[2])
    };
    data.chunks(5).map(token).collect()
}

#[test]
fn tokens_are_counted_in_the_units_agreed_on() {
    let column = |encoding: &str| {
        let mut reading = Reading::of(&json!({"general": {"positionEncodings": [encoding]}}), &Value::Null);
        let data = numbers(&reading.ask("textDocument/semanticTokens/full", "text.md", &json!({}))["data"]);
        places(&data).into_iter().find(|(line, column, _)| *line == 5 && *column > 10).expect("the resolution")
    };
    assert_eq!(column("utf-8"), (5, 35, 22));
    assert_eq!(column("utf-16"), (5, 33, 22));
}

#[test]
fn the_changes_of_tokens_make_the_new_ones_of_the_old() {
    let mut reading = Reading::of(&json!({}), &Value::Null);
    let full = reading.ask("textDocument/semanticTokens/full", "text.md", &json!({}));
    let mut data = numbers(&full["data"]);
    let mut id = full["resultId"].as_str().expect("an id").to_owned();
    for (version, (line, from, to, text)) in
        [(5, 0, 0, "OSCE. "), (5, 0, 6, ""), (1, 0, 0, "lang: en\n"), (6, 10, 20, "OSCE")].into_iter().enumerate()
    {
        reading.change(2 + i32::try_from(version).expect("small"), line, from, to, text);
        let delta = reading.ask("textDocument/semanticTokens/full/delta", "text.md", &json!({"previousResultId": id}));
        assert!(delta["resultId"].is_string());
        for edit in delta["edits"].as_array().expect("edits").iter().rev() {
            let start = usize::try_from(edit["start"].as_u64().expect("a number")).expect("small");
            let count = usize::try_from(edit["deleteCount"].as_u64().expect("a number")).expect("small");
            data.splice(start..start + count, numbers(&edit["data"]));
        }
        let whole = reading.ask("textDocument/semanticTokens/full", "text.md", &json!({}));
        assert_eq!(data, numbers(&whole["data"]), "after {text:?}");
        id = whole["resultId"].as_str().expect("an id").to_owned();
    }
    let unknown = reading.ask("textDocument/semanticTokens/full/delta", "text.md", &json!({"previousResultId": "1"}));
    assert_eq!(numbers(&unknown["data"]), data, "an answer nobody remembers is given whole");
}

#[test]
fn the_tokens_of_a_range_are_those_of_the_text_there() {
    let mut reading = Reading::of(&json!({}), &Value::Null);
    let all = places(&numbers(&reading.ask("textDocument/semanticTokens/full", "text.md", &json!({}))["data"]));
    let range = json!({"range": {"start": {"line": 5, "character": 0}, "end": {"line": 6, "character": 0}}});
    let some = places(&numbers(&reading.ask("textDocument/semanticTokens/range", "text.md", &range)["data"]));
    assert_eq!(some, all.into_iter().filter(|(line, ..)| *line == 5).collect::<Vec<_>>());
}

#[test]
fn hints_tell_who_what_and_whence_and_can_be_accepted() {
    let mut reading = Reading::of(&json!({}), &Value::Null);
    let hints = reading.hints();
    let labels: Vec<_> = hints.iter().filter_map(|h| h["label"].as_str()).collect();
    assert_eq!(labels, ["Sergey Lavrov", "unsc-2202", "← On force 2017, para. 3"]);
    let edit = &hints[0]["textEdits"][0];
    assert_eq!((edit["newText"].as_str(), &edit["range"]["start"]["character"]), (Some("[[lavrov|The top diplomat]]"), &json!(0)));
    let resolved = reading.request("inlayHint/resolve", &hints[1]);
    assert!(resolved["tooltip"]["value"].as_str().is_some_and(|card| card.contains("S/RES/2202 (2015)")), "{resolved}");
}

#[test]
fn what_the_client_does_not_want_is_not_shown() {
    let mut reading = Reading::of(&json!({}), &json!({"inlayHints": {"roles": false, "sources": false}, "codeLens": false}));
    assert_eq!(reading.hints().len(), 1);
    assert_eq!(reading.ask("textDocument/codeLens", "text.md", &json!({})), Value::Null);
    reading.client.tell("workspace/didChangeConfiguration", &json!({"settings": {"vidimus": {"inlayHints": {"ids": false}}}}));
    assert_eq!(reading.hints().len(), 2);
}

#[test]
fn settings_are_asked_for_where_the_client_has_them() {
    let capabilities = json!({"workspace": {"configuration": true, "inlayHint": {"refreshSupport": true}}});
    let mut reading = Reading::of(&capabilities, &Value::Null);
    for (settings, hints) in [(json!({"inlayHints": false}), 0), (json!({}), 3), (json!({"inlayHints": {"ids": false}}), 2)] {
        reading.client.settings = settings;
        reading.client.tell("workspace/didChangeConfiguration", &json!({"settings": null}));
        let asked = reading.client.expect("a question about settings", |m| m["method"] == "workspace/configuration");
        assert_eq!(asked["params"]["items"], json!([{"section": "vidimus"}]));
        // What was read of the corpus is a reason to ask again as well.
        while reading.hints().len() != hints {
            reading.client.expect("a wish to be asked again", |m| m["method"] == "workspace/inlayHint/refresh");
        }
    }
}

#[test]
fn lenses_are_words_alone_and_counted_when_they_are_shown() {
    let mut reading = Reading::of(&json!({}), &Value::Null);
    let top = reading.ask("textDocument/codeLens", "text.md", &json!({}));
    assert_eq!(top[0]["command"], json!({"title": "1 claim, all sourced", "command": ""}));
    let records = reading.ask("textDocument/codeLens", "registry.yaml", &json!({}));
    let titles: Vec<Value> =
        records.as_array().expect("a list").iter().map(|l| reading.request("codeLens/resolve", l)["command"]["title"].clone()).collect();
    assert_eq!(titles, ["named nowhere", "named nowhere"]);
    reading.change(2, 5, 0, 0, "[[osce|It]] stayed. ");
    let resolved = reading.request("codeLens/resolve", &records[1]);
    assert_eq!(resolved["command"]["title"], "1 mention in 1 text");
}

#[test]
fn folds_are_lines_and_no_more_than_the_client_takes() {
    let folds = |capabilities: Value| {
        let mut reading = Reading::of(&json!({"textDocument": {"foldingRange": capabilities}}), &Value::Null);
        let all = reading.ask("textDocument/foldingRange", "text.md", &json!({}));
        let lines = |f: &Value| (f["startLine"].as_u64(), f["endLine"].as_u64(), f.get("startCharacter").is_some());
        all.as_array().expect("a list").iter().map(lines).collect::<Vec<_>>()
    };
    assert_eq!(folds(json!({"lineFoldingOnly": true})), [(Some(0), Some(2), false), (Some(3), Some(7), false)]);
    assert_eq!(folds(json!({"rangeLimit": 1})), [(Some(3), Some(7), false)]);
}

#[test]
fn each_place_has_a_selection_that_widens() {
    let mut reading = Reading::of(&json!({}), &Value::Null);
    let positions = json!({"positions": [{"line": 7, "character": 3}, {"line": 99, "character": 9}]});
    let all = reading.ask("textDocument/selectionRange", "text.md", &positions);
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    let mut widths = Vec::new();
    let mut at = &all[0];
    while at.is_object() {
        let (start, end) = (&at["range"]["start"], &at["range"]["end"]);
        widths.push((start["line"].as_u64(), start["character"].as_u64(), end["line"].as_u64(), end["character"].as_u64()));
        at = &at["parent"];
    }
    assert_eq!(widths[..2], [(Some(7), Some(1), Some(7), Some(5)), (Some(7), Some(1), Some(7), Some(14))]);
    assert_eq!(widths.last(), Some(&(Some(0), Some(0), Some(8), Some(0))));
}
