//! Commands of our own, as any client calls them: by `workspace/executeCommand`, with one object.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::Client;
use super::race::{RECORDS, Race};

/// A client that makes edits, files too, and counts bytes.
fn capable() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8"]},
        "workspace": {
            "applyEdit": true, "workspaceFolders": true, "didChangeWatchedFiles": {"dynamicRegistration": true},
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]},
        },
    })
}

/// The real binary, with these files beside the registry that knows [[one]] and [[two]].
fn process(files: &[(&str, &str)]) -> Race {
    let mut race = Race::in_client(Client::process(), files);
    race.introduce(&capable());
    race
}

const TEXTS: &[(&str, &str)] = &[
    ("a.md", "[[one]] met [[two]] and [[nobody]].\n\nSo did [[zorin]].\n"),
    ("texts/b.md", "[Half stayed]{.claim} [@hayes]. [None came]{.claim}.\n"),
    ("notes/zorin.md", "---\ntype: person\nname: Leonid Zorin\n---\n"),
    ("refs.bib", "@article{hayes, author = {Hayes, Ann}, date = {2018}, title = {On force}, journaltitle = {Review}}\n"),
];

fn result(answer: &Value) -> &Value {
    assert!(answer.get("error").is_none(), "{answer}");
    &answer["result"]
}

#[test]
fn every_command_is_announced() {
    let mut race = process(&[]);
    let announced = race.client.answer(0)["result"]["capabilities"]["executeCommandProvider"].clone();
    let names: Vec<&str> = announced["commands"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    let wanted = ["status", "explain", "check", "recordTypes", "records", "texts", "citations", "newRecord"];
    assert_eq!(names, wanted.map(|name| format!("vidimus.{name}")));
}

#[test]
fn how_it_stands_is_told_for_every_corpus() {
    let mut race = process(TEXTS);
    race.open("a.md", TEXTS[0].1);
    race.finds("a.md", &["unknown-entity"]);
    let (answer, root) = (race.run("vidimus.status", &json!({})), race.uri(""));
    let status = result(&answer);
    assert_eq!(status["version"], env!("CARGO_PKG_VERSION"));
    let corpus = &status["corpora"][0];
    assert_eq!((&corpus["root"], &corpus["ready"]), (&json!(root), &json!(true)));
    assert_eq!((&corpus["texts"], &corpus["records"]), (&json!(3), &json!(4)));
    assert_eq!((&corpus["checked"], &corpus["errors"], &corpus["warnings"]), (&json!(1), &json!(1), &json!(0)));
    assert!(root.ends_with(corpus["name"].as_str().expect("a name")));
    assert!(corpus["done"].as_f64().is_some_and(|done| (0.5..=1.0).contains(&done)), "{corpus}");
}

#[test]
fn a_place_is_explained_as_markdown() {
    let mut race = process(TEXTS);
    race.open("a.md", TEXTS[0].1);
    let at = |uri: String| json!({"uri": uri, "position": {"line": 0, "character": 30}});
    let answer = race.run("vidimus.explain", &at(race.uri("a.md")));
    assert_eq!(result(&answer)["title"], "a.md:1:31");
    let markdown = result(&answer)["markdown"].as_str().expect("Markdown");
    let uri = race.uri("a.md");
    assert!(markdown.contains(&format!("**error** `unknown-entity` · [1:27-33](<{uri}#L1,27>)")), "{markdown}");
    assert!(markdown.contains("- *level:* error, by default in an analysis"), "{markdown}");
    let outside = at("file:///nowhere/at/all.md".into());
    assert_eq!(result(&race.run("vidimus.explain", &outside)), &Value::Null);
}

#[test]
fn records_are_listed_by_type_in_pages() {
    let mut race = process(TEXTS);
    let root = race.uri("");
    let answer = race.run("vidimus.recordTypes", &json!({"uri": root}));
    let types: Vec<String> = result(&answer).as_array().expect("types").iter().map(|t| format!("{} {}", t["type"], t["count"])).collect();
    assert_eq!(types[..2], ["\"person\" 1", "\"org\" 2"]);
    let page =
        |race: &mut Race, offset: u32| race.run("vidimus.records", &json!({"uri": root, "type": "org", "offset": offset, "limit": 1}));
    let first = page(&mut race, 0);
    let record = &result(&first)["records"][0];
    assert_eq!((&result(&first)["total"], &record["id"], &record["name"]), (&json!(2), &json!("one"), &json!("One")));
    let range = json!({"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 10}});
    assert_eq!(record["location"], json!({"uri": race.uri("registry.yaml"), "range": range}));
    let second = page(&mut race, 1);
    assert_eq!(result(&second)["records"][0]["id"], "two");
    // Who asks at once waits until that is known.
    assert_eq!((&result(&first)["complete"], &record["uses"]), (&json!(true), &json!(1)));
    // The place of a record is one that its uses can be asked for at, in a note as well.
    let answer = race.run("vidimus.records", &json!({"uri": root, "type": "person"}));
    let location = &result(&answer)["records"][0]["location"];
    assert_eq!(location["uri"], race.uri("notes/zorin.md"));
    let params = json!({
        "textDocument": {"uri": location["uri"]}, "position": location["range"]["start"], "context": {"includeDeclaration": false},
    });
    race.client.call(80, "textDocument/references", &params);
    assert_eq!(race.client.answer(80)["result"].as_array().map(Vec::len), Some(1));
}

#[test]
fn texts_are_listed_with_what_is_counted_in_them() {
    let mut race = process(TEXTS);
    let uri = race.uri("texts/b.md");
    let answer = race.run("vidimus.texts", &json!({"uri": uri, "offset": 1}));
    assert_eq!(result(&answer)["total"], 3);
    let texts = result(&answer)["texts"].as_array().expect("texts");
    assert_eq!(texts.len(), 2);
    assert_eq!((&texts[0]["path"], &texts[0]["uri"], &texts[0]["kind"]), (&json!("texts/b.md"), &json!(uri), &json!("analysis")));
    assert_eq!((&texts[0]["sourced"], &texts[0]["unsourced"], &texts[0]["errors"]), (&json!(1), &json!(1), &json!(1)));
    assert_eq!((&texts[1]["path"], &texts[1]["kind"]), (&json!("notes/zorin.md"), &json!("note")));
    // What was looked at is known from then on, and looked at again when it changes.
    race.disk("texts/b.md", "[Half stayed]{.claim} [@hayes].\n");
    race.settle();
    // One more text comes before it: that by which the test knows that the change was taken in.
    let answer = race.run("vidimus.texts", &json!({"uri": uri, "offset": 2, "limit": 1}));
    let text = &result(&answer)["texts"][0];
    assert_eq!((&text["sourced"], &text["unsourced"], &text["errors"]), (&json!(1), &json!(0), &json!(0)), "{answer}");
}

#[test]
fn what_can_be_cited_is_offered_with_what_is_written() {
    let mut race = process(TEXTS);
    let answer = race.run("vidimus.citations", &json!({"uri": race.uri("a.md"), "query": "force"}));
    let wanted = json!([{"key": "hayes", "label": "Hayes 2018. On force", "detail": "article-journal, Review", "insert": "[@hayes]"}]);
    assert_eq!(result(&answer), &wanted);
}

#[test]
fn a_new_record_is_written_by_the_client() {
    let mut race = process(TEXTS);
    race.open("registry.yaml", RECORDS);
    let order = json!({"uri": race.uri("a.md"), "type": "org", "name": "Third Party"});
    let answer = race.run("vidimus.newRecord", &order);
    let edit = race.client.expect("an edit", |m| m["method"] == "workspace/applyEdit")["params"]["edit"].clone();
    let (uri, change) = (race.uri("registry.yaml"), &edit["documentChanges"][0]);
    assert_eq!(change["textDocument"], json!({"uri": uri, "version": 1}));
    // The list is sorted, and stays so.
    assert_eq!(change["edits"][0]["newText"], "- {id: third-party, type: org, name: Third Party}\n");
    assert_eq!(change["edits"][0]["range"]["start"], json!({"line": 1, "character": 0}));
    let range = json!({"start": {"line": 1, "character": 7}, "end": {"line": 1, "character": 18}});
    assert_eq!(result(&answer), &json!({"id": "third-party", "location": {"uri": uri, "range": range}}));
    let refused = race.run("vidimus.newRecord", &json!({"uri": uri, "type": "orgg", "name": "X"}));
    assert_eq!(
        (&refused["error"]["code"], &refused["error"]["message"]),
        (&json!(-32602), &json!("there is no type `orgg`; did you mean `org`?"))
    );
}

#[test]
fn a_registry_is_made_where_there_is_none() {
    let mut race = process(&[]);
    race.gone("registry.yaml");
    race.settle();
    let answer = race.run("vidimus.newRecord", &json!({"uri": race.uri(""), "type": "person", "name": "Anna Q", "id": "aq"}));
    let edit = race.client.expect("an edit", |m| m["method"] == "workspace/applyEdit")["params"]["edit"].clone();
    let uri = race.uri("registry.yaml");
    assert_eq!((&edit["documentChanges"][0]["kind"], &edit["documentChanges"][0]["uri"]), (&json!("create"), &json!(uri)));
    assert_eq!(edit["documentChanges"][1]["edits"][0]["newText"], "- id: aq\n  type: person\n  name: Anna Q\n");
    assert_eq!(result(&answer)["location"]["range"]["start"], json!({"line": 0, "character": 6}));
}

#[test]
fn a_client_that_makes_no_edits_is_told_so() {
    let mut race = Race::with(TEXTS);
    let refused = race.run("vidimus.newRecord", &json!({"uri": race.uri("a.md"), "type": "org", "name": "X"}));
    assert_eq!(refused["error"]["code"], -32803);
    assert!(refused["error"]["message"].as_str().is_some_and(|m| m.contains("applyEdit")), "{refused}");
}

#[test]
fn all_is_checked_with_progress_and_shown_to_those_who_do_not_ask() {
    let mut race = process(TEXTS);
    race.client.call(70, "workspace/executeCommand", &json!({"command": "vidimus.check", "arguments": [{}], "workDoneToken": 5}));
    let answer = race.client.answer(70);
    assert_eq!(result(&answer), &json!({"texts": 3, "errors": 2, "warnings": 0, "notes": 0}));
    race.finds("a.md", &["unknown-entity"]);
    race.finds("texts/b.md", &["unsourced-claim"]);
    let told: Vec<Value> = race.client.received().iter().filter(|m| m["method"] == "$/progress").map(|m| m["params"].clone()).collect();
    assert!(told.iter().all(|p| p["token"] == 5), "{told:?}");
    let kinds: Vec<&str> = told.iter().filter_map(|p| p["value"]["kind"].as_str()).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&"begin"), Some(&"end")));
    // Mended, and checked again: what was shown is taken back.
    race.disk("a.md", "[[one]].\n");
    race.settle();
    let answer = race.run("vidimus.check", &json!({"uri": race.uri("a.md")}));
    assert_eq!((&result(&answer)["errors"], &result(&answer)["texts"]), (&json!(1), &json!(4)));
    race.finds("a.md", &[]);
    let status = race.run("vidimus.status", &json!({}));
    assert_eq!(result(&status)["corpora"][0]["errors"], 1);
    assert_eq!(result(&race.run("vidimus.check", &json!({"uri": "file:///nowhere/a.md"}))), &Value::Null);
}

#[test]
fn a_check_can_be_called_off() {
    let files: Vec<(String, String)> = (0..600).map(|n| (format!("t{n}.md"), "About 90,000 people left. ".repeat(200))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut race = process(&files);
    race.settle();
    race.client.call(70, "workspace/executeCommand", &json!({"command": "vidimus.check", "arguments": [], "workDoneToken": "check"}));
    race.client.expect("progress", |m| m["params"]["value"]["kind"] == "report");
    race.client.tell("window/workDoneProgress/cancel", &json!({"token": "check"}));
    assert_eq!(race.client.answer(70)["error"]["code"], -32800);
    race.client.expect("the end", |m| m["params"]["value"]["kind"] == "end");
    race.client.forget("textDocument/publishDiagnostics");
}

#[test]
fn who_wants_to_know_is_told_how_it_stands_and_not_too_often() {
    let mut race = Race::in_client(Client::process(), TEXTS);
    race.introduce_with(&capable(), &json!({"status": true}));
    let indexed = |m: &Value| m["method"] == "vidimus/status" && m["params"]["corpora"][0]["done"] == 1.0;
    let told = race.client.expect("all indexed", indexed);
    assert_eq!((&told["params"]["corpora"][0]["records"], &told["params"]["corpora"][0]["checked"]), (&json!(4), &json!(0)));
    race.client.forget("vidimus/status");
    let begun = Instant::now();
    race.open("a.md", "");
    for n in 0..40 {
        race.change("a.md", json!([{"text": format!("[[nobody{n}]]\n").repeat(n)}]));
        std::thread::park_timeout(Duration::from_millis(20));
    }
    let last = race.client.expect("the last count", |m| m["method"] == "vidimus/status" && m["params"]["corpora"][0]["errors"] == 39);
    assert_eq!(last["params"]["corpora"][0]["checked"], 1);
    let quarters = begun.elapsed().as_millis() / 250;
    let count = race.client.received().iter().filter(|m| m["method"] == "vidimus/status").count();
    assert!(u128::try_from(count).is_ok_and(|count| count <= quarters + 1), "{count} times in {quarters} quarters of a second");
}

#[test]
fn arguments_that_mean_nothing_are_refused_with_a_cure() {
    let mut race = process(&[]);
    for (command, argument, message) in [
        ("vidimus.recrods", json!({}), "there is no command `vidimus.recrods`; did you mean `vidimus.records`?"),
        ("vidimus.texts", json!({}), "`vidimus.texts`: missing field `uri`; it takes `{uri, offset?, limit?}` as its one argument"),
        ("vidimus.check", json!("a"), "`vidimus.check` was given something else than one object; it takes `{uri?}` as its one argument"),
    ] {
        let refused = race.run(command, &argument);
        assert_eq!((&refused["error"]["code"], &refused["error"]["message"]), (&json!(-32602), &json!(message)));
    }
    let outside = json!({"uri": "untitled:1", "type": "org", "name": "A"});
    for command in ["recordTypes", "records", "texts", "citations", "newRecord"] {
        assert_eq!(result(&race.run(&format!("vidimus.{command}"), &outside)), &Value::Null, "{command}");
    }
}
