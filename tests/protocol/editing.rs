//! Completion, renaming and linked editing, as clients of all kinds get them.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;
use super::shared;

const PEOPLE: &str = "- id: lavrov\n  type: person\n  name: Sergey Lavrov\n- {id: osce, type: org, name: OSCE}\n";
const NOTE: &str = "---\ntype: agreement\n---\n# The Package\n\n1. Ceasefire.\n2. Withdrawal.\n";
const TEXT: &str =
    "𝕏 [[lavrov|He]] and [[osce]] met [@tass, p. 2].\n[It](notes/minsk.md#point-1) and [[minsk#point-1]].[^n]\n\n[^n]: See [[la]].\n";

/// A client in a small corpus, its text open.
struct Desk {
    client: Client,
    folder: tempfile::TempDir,
    text: String,
    asked: i64,
}

impl Desk {
    fn with(capabilities: &Value, text: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
        std::fs::create_dir(folder.path().join("notes")).expect("a folder");
        write("vidimus.toml", "");
        write("registry.yaml", PEOPLE);
        write("refs.bib", "@misc{tass, author = {{TASS}}, title = {On force}, date = {2017}}\n");
        write("notes/minsk.md", NOTE);
        write("text.md", text);
        let mut client = Client::spawn();
        client.initialize(capabilities);
        let mut desk = Self { client, folder, text: text.into(), asked: 0 };
        let uri = desk.uri("text.md");
        desk.client.open(&uri, 7, text);
        desk
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}", self.folder.path().join(path).display())
    }

    /// Asks, and answers the whole message.
    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.client.call(self.asked, method, params);
        self.client.answer(self.asked)
    }

    /// Asks about the byte behind `words` in the text.
    fn behind(&mut self, method: &str, words: &str, more: &Value) -> Value {
        let at = self.text.find(words).unwrap_or_else(|| panic!("`{words}` in the text")) + words.len();
        let line = self.text[..at].matches('\n').count();
        let start = self.text[..at].rfind('\n').map_or(0, |n| n + 1);
        let character = self.text[start..at].encode_utf16().count();
        let mut params = json!({"textDocument": {"uri": self.uri("text.md")}, "position": {"line": line, "character": character}});
        params.as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
        self.ask(method, &params)
    }

    fn renamed(&mut self, words: &str, new: &str) -> Value {
        self.behind("textDocument/rename", words, &json!({"newName": new}))["result"].clone()
    }
}

/// What a client that can do everything says of itself.
fn everything() -> Value {
    json!({
        "workspace": {"workspaceEdit": {
            "documentChanges": true, "resourceOperations": ["create", "rename", "delete"], "changeAnnotationSupport": {}
        }},
        "textDocument": {"completion": {"completionItem": {
            "snippetSupport": true, "insertReplaceSupport": true, "documentationFormat": ["markdown"],
            "resolveSupport": {"properties": ["documentation"]}
        }}},
    })
}

#[test]
fn a_mention_is_completed_with_its_words_and_closed() {
    let mut desk = Desk::with(&everything(), TEXT);
    let answer = desk.behind("textDocument/completion", "See [[la", &json!({}));
    let item = answer["result"]["items"][0].clone();
    assert_eq!((item["label"].as_str(), item["insertTextFormat"].as_i64()), (Some("Sergey Lavrov"), Some(2)));
    let range = json!({"start": {"line": 3, "character": 12}, "end": {"line": 3, "character": 16}});
    assert_eq!(item["textEdit"], json!({"range": range, "newText": "lavrov|${1:Sergey Lavrov}]]"}));
    assert_eq!(item.get("documentation"), None);
    let resolved = desk.ask("completionItem/resolve", &item);
    let shown = resolved["result"]["documentation"]["value"].as_str().expect("a card");
    assert!(shown.starts_with("**Sergey Lavrov** · person"), "{shown}");
}

#[test]
fn a_bare_client_gets_plain_words() {
    let mut desk = Desk::with(&json!({}), TEXT);
    let answer = desk.behind("textDocument/completion", "See [[la", &json!({}));
    let item = &answer["result"]["items"][0];
    // The brackets ahead stay: such a client may write an item at the cursor and pass over the range.
    assert_eq!(item["textEdit"]["newText"], "lavrov");
    assert_eq!(item.get("insertTextFormat"), None);
    let answer = desk.behind("textDocument/completion", "[@ta", &json!({}));
    let item = answer["result"]["items"][0].clone();
    assert_eq!((item["label"].as_str(), item["textEdit"]["newText"].as_str()), (Some("tass"), Some("tass")));
    let resolved = desk.ask("completionItem/resolve", &item);
    assert!(resolved["result"]["documentation"]["value"].as_str().is_some_and(|shown| shown.contains("*On force*")), "{resolved}");
    let answer = desk.behind("textDocument/completion", "[[minsk#", &json!({}));
    assert_eq!(answer["result"]["items"][0]["detail"], "Ceasefire.");
}

#[test]
fn a_key_pressed_in_prose_brings_nothing_up() {
    let mut desk = Desk::with(&everything(), "Later Lavr met.\n");
    let typed = json!({"context": {"triggerKind": 2, "triggerCharacter": " "}});
    assert_eq!(desk.behind("textDocument/completion", "Later Lavr", &typed)["result"], Value::Null);
    let asked = json!({"context": {"triggerKind": 1}});
    let answer = desk.behind("textDocument/completion", "Later Lavr", &asked);
    assert_eq!(answer["result"], Value::Null, "no name of the registry begins so: {answer}");
    let mut desk = Desk::with(&everything(), "Later Serg met.\n");
    let answer = desk.behind("textDocument/completion", "Later Serg", &asked);
    let labels: Vec<_> = answer["result"]["items"].as_array().expect("items").iter().map(|i| i["label"].clone()).collect();
    assert_eq!(labels, ["Sergey Lavrov", "[[lavrov|Sergey Lavrov]]"]);
}

#[test]
fn every_real_client_gets_what_it_understands() {
    let Some(shared) = shared() else { return };
    for entry in std::fs::read_dir(shared.join("protocol/client-init")).expect("the clients' first messages") {
        let path = entry.expect("an entry").path();
        let params: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("read")).expect("JSON");
        let mut capabilities = params["capabilities"].clone();
        capabilities["general"]["positionEncodings"] = json!(["utf-16"]);
        let offers = &capabilities["textDocument"]["completion"]["completionItem"].clone();
        let defaults = capabilities["textDocument"]["completion"]["completionList"]["itemDefaults"].clone();
        let edits = &capabilities["workspace"]["workspaceEdit"].clone();
        let mut desk = Desk::with(&capabilities, TEXT);
        for words in ["See [[la", "[@t", "[[minsk#po"] {
            let answer = desk.behind("textDocument/completion", words, &json!({}));
            for item in answer["result"]["items"].as_array().unwrap_or_else(|| panic!("{}: {answer}", path.display())) {
                assert!(item["insertTextFormat"] != 2 || offers["snippetSupport"] == true, "{}: {item}", path.display());
                let shared = answer["result"].get("itemDefaults").is_some();
                assert_eq!(shared, defaults.as_array().is_some_and(|d| d.contains(&json!("editRange"))), "{}: {answer}", path.display());
                assert_eq!(item.get("textEdit").is_some(), !shared, "{}: {item}", path.display());
                let both = item["textEdit"].get("insert").is_some();
                assert!(!both || offers["insertReplaceSupport"] == true, "{}: {item}", path.display());
            }
        }
        let edit = desk.renamed("[[minsk", "minsk-ii");
        let versioned = edits["documentChanges"] == true;
        assert_eq!((edit.get("documentChanges").is_some(), edit.get("changes").is_some()), (versioned, !versioned), "{}", path.display());
        let moves = edit["documentChanges"].as_array().into_iter().flatten().filter(|c| c["kind"] == "rename").count();
        let can_move = edits["resourceOperations"].as_array().is_some_and(|o| o.contains(&json!("rename")));
        assert_eq!(moves == 1, versioned && can_move, "{}: {edit}", path.display());
        assert!(edit.get("changeAnnotations").is_none() || !edits["changeAnnotationSupport"].is_null(), "{}: {edit}", path.display());
    }
}

#[test]
fn a_rename_names_versions_says_why_and_moves_the_file() {
    let mut desk = Desk::with(&everything(), TEXT);
    let edit = desk.renamed("[[minsk", "minsk-ii");
    let changes = edit["documentChanges"].as_array().expect("changes");
    let text = changes.iter().find(|c| c["textDocument"]["uri"] == desk.uri("text.md")).expect("the text");
    assert_eq!(text["textDocument"]["version"], 7);
    let words: Vec<_> = text["edits"].as_array().expect("edits").iter().map(|e| e["newText"].clone()).collect();
    assert_eq!(words, ["minsk-ii", "minsk-ii"]);
    let note = changes.iter().find(|c| c["textDocument"]["uri"] == desk.uri("notes/minsk.md")).expect("the note");
    let id = note["edits"][0]["annotationId"].as_str().expect("a remark");
    let label = edit["changeAnnotations"][id]["label"].as_str().expect("words");
    assert!(label.contains("`minsk` keeps working"), "{label}");
    let last = changes.last().expect("changes");
    assert_eq!(*last, json!({"kind": "rename", "oldUri": desk.uri("notes/minsk.md"), "newUri": desk.uri("notes/minsk-ii.md")}));
}

#[test]
fn a_rename_in_a_bare_client_changes_words_alone() {
    let mut desk = Desk::with(&json!({}), TEXT);
    let edit = desk.renamed("[[minsk", "minsk-ii");
    let (text, note) = (desk.uri("text.md"), desk.uri("notes/minsk.md"));
    let written: Vec<_> = edit["changes"][&note].as_array().expect("edits").iter().map(|e| e["newText"].clone()).collect();
    assert_eq!(written, ["id: minsk-ii\n", "\nformerly: [minsk]"]);
    let edits = edit["changes"][&text].as_array().expect("edits");
    assert_eq!(edits.len(), 1, "the link by its path still leads to the file: {edits:?}");
    assert_eq!(edits[0]["range"]["start"], json!({"line": 1, "character": 35}));
}

#[test]
fn what_cannot_be_renamed_says_why() {
    let mut desk = Desk::with(&everything(), TEXT);
    let found = desk.behind("textDocument/prepareRename", "[[lav", &json!({}));
    assert_eq!(found["result"]["placeholder"], "lavrov");
    assert_eq!(found["result"]["range"]["start"], json!({"line": 0, "character": 5}), "an astral character counts two");
    let refused = desk.behind("textDocument/rename", "[[lav", &json!({"newName": "Lavrov S."}));
    assert_eq!(refused["error"]["code"], -32803);
    assert!(refused["error"]["message"].as_str().is_some_and(|m| m.contains("`Lavrov S.` is no id")), "{refused}");
    let nothing = desk.behind("textDocument/prepareRename", "met", &json!({}));
    assert_eq!(nothing["result"], Value::Null);
}

#[test]
fn files_that_move_are_followed() {
    let mut desk = Desk::with(&everything(), TEXT);
    let (old, new) = (desk.uri("notes/minsk.md"), desk.uri("agreements/minsk.md"));
    let answer = desk.ask("workspace/willRenameFiles", &json!({"files": [{"oldUri": old, "newUri": new}]}));
    let changes = answer["result"]["documentChanges"].as_array().expect("changes");
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0]["edits"][0]["newText"], "agreements/minsk.md");
    let from = desk.folder.path().join("notes");
    std::fs::rename(&from, desk.folder.path().join("agreements")).expect("renamed");
    desk.client.tell("workspace/didRenameFiles", &json!({"files": [{"oldUri": desk.uri("notes"), "newUri": desk.uri("agreements")}]}));
    // What happens on the disk is taken in by and by, while questions go on being answered.
    let led = (0..200).any(|_| {
        let found = desk.behind("textDocument/definition", "[[minsk#po", &json!({}));
        let there = found["result"][0]["uri"].as_str().is_some_and(|uri| Path::new(uri).ends_with("agreements/minsk.md"));
        if !there {
            std::thread::park_timeout(Duration::from_millis(20));
        }
        there
    });
    assert!(led, "the note was not found where it moved to");
}

#[test]
fn annotations_beside_a_text_are_renamed_with_it_where_the_client_renames_files() {
    let files = json!({"workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename"]}}});
    for (capabilities, taken) in [(files, true), (json!({}), false)] {
        let mut desk = Desk::with(&capabilities, TEXT);
        std::fs::write(desk.folder.path().join("notes/minsk.md.annotations.json"), "[]\n").expect("written");
        let (old, new) = (desk.uri("notes/minsk.md"), desk.uri("notes/dayton.md"));
        let made = json!({"files": [{"uri": format!("{old}.annotations.json")}]});
        desk.client.tell("workspace/didCreateFiles", &made);
        let wanted = json!({"kind": "rename", "oldUri": format!("{old}.annotations.json"), "newUri": format!("{new}.annotations.json")});
        let found = (0..200).any(|_| {
            let answer = desk.ask("workspace/willRenameFiles", &json!({"files": [{"oldUri": old, "newUri": new}]}));
            let there = answer["result"]["documentChanges"].as_array().is_some_and(|all| all.contains(&wanted));
            if taken && !there {
                std::thread::park_timeout(Duration::from_millis(20));
            }
            // Without it all else is still told.
            assert!(taken || answer["result"]["changes"].is_object(), "{answer}");
            there || !taken
        });
        assert!(found, "the annotations stay behind");
    }
}

#[test]
fn a_footnotes_labels_are_typed_together() {
    let mut desk = Desk::with(&everything(), TEXT);
    let found = desk.behind("textDocument/linkedEditingRange", "[^", &json!({}));
    let ranges = found["result"]["ranges"].as_array().expect("ranges");
    assert_eq!(ranges.len(), 2, "{found}");
    assert_eq!(ranges[1], json!({"start": {"line": 3, "character": 2}, "end": {"line": 3, "character": 3}}));
}
