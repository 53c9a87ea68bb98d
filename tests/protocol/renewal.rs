//! A registry of thousands of records is edited: nobody else waits, and nobody is told places of a text that is no more.

use std::path::Path;

use serde_json::{Value, json};

use super::client::Client;

/// So many records that taking them in takes a while.
const RECORDS: usize = 2500;

const TEXT: &str = "Envoy Anselm7 met Clerk Zebediah in Minsk.\n\nClerk Zebediah left. So did [[e8]].\n";

fn registry() -> String {
    (0..RECORDS)
        .map(|n| {
            format!("{{\"id\": \"e{n}\", \"type\": \"person\", \"name\": \"Envoy Anselm{n}\", \"aliases\": [\"A. Number{n}\", \"Legate {n}th\"]}}\n")
        })
        .collect()
}

struct Desk {
    client: Client,
    list: String,
    note: String,
    asked: i64,
}

impl Desk {
    /// A fresh server, shown a registry and a text.
    fn new(folder: &Path, list: &str) -> Self {
        let mut client = Client::spawn();
        let root = format!("file://{}", folder.display());
        let capabilities = json!({
            "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
            "textDocument": {"diagnostic": {}, "documentSymbol": {"hierarchicalDocumentSymbolSupport": true}},
        });
        client.call(0, "initialize", &json!({"processId": null, "rootUri": root, "capabilities": capabilities}));
        client.tell("initialized", &json!({}));
        let mut desk = Self { client, list: format!("{root}/registry.jsonl"), note: format!("{root}/a.md"), asked: 0 };
        desk.client.open(&desk.list, 0, list);
        desk.client.open(&desk.note, 0, TEXT);
        // What makes edits is answered when everything is there.
        let id = desk.ask("codeAction", &desk.note.clone());
        desk.client.answer(id);
        desk
    }

    fn ask(&mut self, method: &str, uri: &str) -> i64 {
        self.asked += 1;
        // The clerk; where a mark is wanted, the mark.
        let position = if method == "rename" { json!({"line": 2, "character": 31}) } else { json!({"line": 0, "character": 20}) };
        let range = json!({"start": {"line": 0, "character": 20}, "end": {"line": 2, "character": 20}});
        let params = json!({
            "textDocument": {"uri": uri}, "position": position, "range": range,
            "context": {"diagnostics": [], "includeDeclaration": true}, "newName": "renamed",
        });
        self.client.call(self.asked, &format!("textDocument/{method}"), &params);
        self.asked
    }

    /// Writes a line before all others of the registry.
    fn insert(&mut self, version: i32, line: &str) {
        let start = json!({"line": 0, "character": 0});
        let change = json!({"range": {"start": start, "end": start}, "text": line});
        self.client
            .tell("textDocument/didChange", &json!({"textDocument": {"uri": self.list, "version": version}, "contentChanges": [change]}));
    }

    fn result(&mut self, method: &str, uri: &str) -> Value {
        let id = self.ask(method, uri);
        let mut answer = self.client.answer(id);
        if let Some(result) = answer["result"].as_object_mut() {
            result.remove("resultId");
        }
        answer["result"].take()
    }

    fn known(&mut self) -> Vec<Value> {
        let (list, note) = (self.list.clone(), self.note.clone());
        let asks = ["hover", "diagnostic", "semanticTokens/full", "documentSymbol"];
        asks.iter().flat_map(|method| [self.result(method, &note), self.result(method, &list)]).collect()
    }
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in [("vidimus.toml", ""), ("registry.jsonl", &registry()), ("a.md", TEXT)] {
        std::fs::write(folder.path().join(path), text).expect("written");
    }
    folder
}

const NEW: &str = "{\"id\": \"zebediah\", \"type\": \"person\", \"name\": \"Clerk Zebediah\"}\n";

#[test]
fn a_text_is_answered_while_a_registry_is_taken_in() {
    let folder = folder();
    let mut desk = Desk::new(folder.path(), &registry());
    let (list, note) = (desk.list.clone(), desk.note.clone());
    assert_eq!(desk.result("hover", &note), Value::Null, "nobody knows the clerk");
    desk.insert(1, NEW);
    let of_list = desk.ask("documentSymbol", &list);
    let of_note = desk.ask("hover", &note);
    let hovered = desk.client.answer(of_note);
    assert!(!desk.client.received().iter().any(|m| m["id"] == of_list && m.get("method").is_none()), "the registry is being taken in");
    assert_eq!(hovered["result"], Value::Null, "by the names as they were");
    let symbols = desk.client.answer(of_list);
    let line_of_last = symbols["result"].as_array().and_then(|all| all.last()).map(|last| last["range"]["start"]["line"].clone());
    assert_eq!(line_of_last, Some(json!(RECORDS)), "places are those of the text as it is");
    assert!(desk.result("hover", &note).to_string().contains("Clerk Zebediah"));
    let mut fresh = Desk::new(folder.path(), &(NEW.to_owned() + &registry()));
    assert!(desk.known() == fresh.known(), "the same as a fresh server");
}

#[test]
fn what_makes_edits_waits_for_the_registry() {
    let folder = folder();
    let mut desk = Desk::new(folder.path(), &registry());
    desk.insert(1, NEW);
    let note = desk.note.clone();
    let renamed = desk.ask("rename", &note);
    let renamed = desk.client.answer(renamed);
    let edits = renamed["result"].to_string();
    assert!(edits.contains("registry.jsonl") && edits.contains("\"line\":9}"), "the ninth record is in the tenth line now: {renamed}");
}

#[test]
fn every_question_is_answered_for_the_state_it_was_asked_about() {
    let folder = folder();
    let mut desk = Desk::new(folder.path(), &registry());
    let list = desk.list.clone();
    let mut asked = Vec::new();
    for version in 1..=3 {
        desk.insert(version, "\n");
        desk.insert(version, "\n");
        asked.push(desk.ask("documentSymbol", &list));
    }
    desk.client.tell("textDocument/didClose", &json!({"textDocument": {"uri": list}}));
    desk.client.open(&list, 1, NEW);
    let after = desk.result("documentSymbol", &list);
    assert_eq!(after.as_array().map(Vec::len), Some(1));
    for (id, lines) in asked.into_iter().zip([2, 4, 6]) {
        let symbols = desk.client.answer(id);
        assert_eq!(symbols["result"][0]["range"]["start"]["line"], lines);
    }
}

#[test]
fn what_makes_edits_is_not_made_of_a_text_that_changed_meanwhile() {
    let folder = folder();
    let mut desk = Desk::new(folder.path(), &registry());
    let note = desk.note.clone();
    desk.insert(1, NEW);
    let renamed = desk.ask("rename", &note);
    let change = json!({"textDocument": {"uri": note, "version": 1}, "contentChanges": [{"text": "Nothing."}]});
    desk.client.tell("textDocument/didChange", &change);
    assert_eq!(desk.client.answer(renamed)["error"]["code"], -32801);
}
