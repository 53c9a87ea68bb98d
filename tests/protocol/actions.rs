//! Code actions as clients of several kinds meet them: the edits they get, and what comes of them.

use serde_json::{Value, json};

use super::client::Client;

/// A corpus on the disk with one open text.
struct Editor {
    client: Client,
    folder: tempfile::TempDir,
    text: String,
    asked: i64,
}

const REGISTRY: &str = "- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}\n";

impl Editor {
    fn open(capabilities: &Value, text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("vidimus.toml"), "").expect("written");
        std::fs::write(folder.path().join("registry.yaml"), REGISTRY).expect("written");
        std::fs::write(folder.path().join("text.md"), text).expect("written");
        let mut client = Client::spawn();
        client.initialize(capabilities);
        let mut editor = Self { client, folder, text: text.into(), asked: 0 };
        let uri = editor.uri("text.md");
        editor.client.open(&uri, 7, text);
        editor
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}", self.folder.path().join(path).display())
    }

    fn call(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.client.call(self.asked, method, params);
        self.client.answer(self.asked)
    }

    /// What is offered at the first place of `words`, for the findings shown there.
    fn offered(&mut self, words: &str, only: &Value) -> Vec<Value> {
        let at = self.text.find(words).expect("the words");
        let line = self.text[..at].matches('\n').count();
        let column = at - self.text[..at].rfind('\n').map_or(0, |n| n + 1);
        let place = json!({"line": line, "character": column});
        let uri = self.uri("text.md");
        let told = self.client.expect("findings", |m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri);
        let context = json!({"diagnostics": told["params"]["diagnostics"], "only": only});
        let context = if only.is_null() { json!({"diagnostics": told["params"]["diagnostics"]}) } else { context };
        let params = json!({"textDocument": {"uri": uri}, "range": {"start": place, "end": place}, "context": context});
        let answer = self.call("textDocument/codeAction", &params);
        answer["result"].as_array().cloned().unwrap_or_default()
    }
}

fn titled(offered: &[Value], title: &str) -> Value {
    let found = offered.iter().find(|a| a["title"] == title);
    found.unwrap_or_else(|| panic!("`{title}` among {offered:#?}")).clone()
}

/// A client that takes actions and nothing more.
fn bare() -> Value {
    json!({"textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}}})
}

/// A client that takes everything.
fn full() -> Value {
    json!({
        "workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"]}},
        "textDocument": {"codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor", "source"]}},
            "isPreferredSupport": true, "disabledSupport": true, "dataSupport": true, "resolveSupport": {"properties": ["edit"]},
        }},
    })
}

#[test]
fn a_bare_client_gets_the_edit_at_once() {
    let mut editor = Editor::open(&bare(), "See [[lavrow|him]].\n");
    let fix = titled(&editor.offered("lavrow", &Value::Null), "Write `lavrov`");
    assert_eq!(fix["kind"], "quickfix");
    assert_eq!(fix["diagnostics"][0]["code"], "unknown-entity");
    assert!(fix.get("isPreferred").is_none() && fix.get("data").is_none(), "{fix}");
    let uri = editor.uri("text.md");
    let edit = &fix["edit"]["changes"][&uri];
    assert_eq!(edit[0]["newText"], "lavrov");
    assert_eq!(edit[0]["range"], json!({"start": {"line": 0, "character": 6}, "end": {"line": 0, "character": 12}}));
}

#[test]
fn a_client_that_resolves_gets_the_edit_of_what_it_chose() {
    let mut editor = Editor::open(&full(), "See [[lavrow|him]].\n");
    let fix = titled(&editor.offered("lavrow", &Value::Null), "Write `lavrov`");
    assert!(fix.get("edit").is_none(), "{fix}");
    assert_eq!(fix["isPreferred"], true);
    let resolved = editor.call("codeAction/resolve", &fix)["result"].clone();
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": editor.uri("text.md"), "version": 7}));
    assert_eq!(change["edits"][0]["newText"], "lavrov");
}

#[test]
fn an_action_for_a_text_that_changed_is_refused() {
    let mut editor = Editor::open(&full(), "See [[lavrow|him]].\n");
    let fix = titled(&editor.offered("lavrow", &Value::Null), "Write `lavrov`");
    let document = json!({"uri": editor.uri("text.md"), "version": 8});
    editor.client.tell("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [{"text": "Other words.\n"}]}));
    assert_eq!(editor.call("codeAction/resolve", &fix)["error"]["code"], -32801);
}

#[test]
fn a_client_that_knows_commands_alone_is_offered_nothing() {
    let mut editor = Editor::open(&json!({}), "See [[lavrow|him]].\n");
    assert!(editor.offered("lavrow", &Value::Null).is_empty());
}

#[test]
fn only_the_kinds_asked_for_are_offered() {
    let text = "See [[lavrow|him]] in S/RES/2015/2202.\n";
    let mut editor = Editor::open(&full(), text);
    let all = editor.offered("lavrow", &json!(["source.fixAll"]));
    assert_eq!(all.len(), 1, "{all:?}");
    let resolved = editor.call("codeAction/resolve", &all[0])["result"].clone();
    assert_eq!(resolved["kind"], "source.fixAll.vidimus");
    let edits = resolved["edit"]["documentChanges"][0]["edits"].as_array().cloned().unwrap_or_default();
    assert_eq!(edits.len(), 1, "what is not safe stays: {edits:?}");
    assert_eq!(edits[0]["newText"], "S/RES/2202 (2015)");
}

#[test]
fn a_note_is_made_where_the_client_can_make_files() {
    let text = "Resolution 2202 (2015) was adopted.\n";
    let mut editor = Editor::open(&full(), text);
    let make = titled(&editor.offered("2202", &Value::Null), "Make the note `unsc-2202.md`");
    let resolved = editor.call("codeAction/resolve", &make)["result"].clone();
    let changes = resolved["edit"]["documentChanges"].as_array().cloned().unwrap_or_default();
    let uri = editor.uri("unsc-2202.md");
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(uri)));
    assert!(changes[1]["edits"][0]["newText"].as_str().is_some_and(|t| t.contains("symbol: S/RES/2202 (2015)")), "{changes:?}");
    let mut editor = Editor::open(&bare(), text);
    let titles: Vec<_> = editor.offered("2202", &Value::Null).iter().map(|a| a["title"].to_string()).collect();
    assert!(!titles.is_empty() && titles.iter().all(|t| !t.contains("Make the note")), "{titles:?}");
}

#[test]
fn what_cannot_be_chosen_is_shown_with_its_reason_to_those_who_show_it() {
    let text = "Then Sergey\nLavrov left.\n";
    let mut editor = Editor::open(&full(), text);
    let link = titled(&editor.offered("Sergey", &Value::Null), "Link `Sergey Lavrov` to `lavrov`");
    assert_eq!(link["disabled"]["reason"], "the words run over a line end");
    let mut editor = Editor::open(&bare(), text);
    assert!(editor.offered("Sergey", &Value::Null).iter().all(|a| a["title"] != link["title"]));
}

#[test]
fn what_reads_the_whole_corpus_waits_until_it_is_chosen() {
    let title = "Link all mentions of `lavrov` in the corpus";
    let mut editor = Editor::open(&full(), "Lavrov left.\n");
    std::fs::write(editor.folder.path().join("other.md"), "Then Lavrov came.\n").expect("written");
    let link = titled(&editor.offered("Lavrov", &Value::Null), title);
    let resolved = editor.call("codeAction/resolve", &link)["result"].clone();
    let changes = resolved["edit"]["documentChanges"].as_array().cloned().unwrap_or_default();
    assert!(changes.iter().any(|c| c["edits"][0]["newText"] == "[[lavrov|Lavrov]]" && c["textDocument"]["version"] == 7), "{changes:?}");
    let mut editor = Editor::open(&bare(), "Lavrov left.\n");
    assert!(editor.offered("Lavrov", &Value::Null).iter().all(|a| a["title"] != title));
}

#[test]
fn settings_are_changed_where_they_stand() {
    let mut editor = Editor::open(&full(), "See [[lavrow|him]].\n");
    let off = titled(&editor.offered("lavrow", &json!(["quickfix"])), "Turn `unknown-entity` off in `vidimus.toml`");
    let resolved = editor.call("codeAction/resolve", &off)["result"].clone();
    let change = &resolved["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"]["uri"], editor.uri("vidimus.toml"));
    assert_eq!(change["textDocument"]["version"], Value::Null);
    assert_eq!(change["edits"][0]["newText"], "[rules]\nunknown-entity = \"off\"\n");
    assert!(editor.folder.path().join("vidimus.toml").exists());
}
