//! Findings asked for, and findings told unasked: never both.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::Client;

/// A corpus in a folder of its own, and a client that has it open.
struct Session {
    client: Client,
    folder: TempDir,
    asked: i64,
}

fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

impl Session {
    /// A client with these capabilities of a text, besides counting in bytes.
    fn start(files: &[(&str, &str)], text: &Value, workspace: &Value) -> Self {
        let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
        for (path, words) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, words).expect("written");
        }
        let mut client = Client::spawn();
        let capabilities = json!({"general": {"positionEncodings": ["utf-8"]}, "textDocument": text, "workspace": workspace});
        client.call(0, "initialize", &json!({"processId": null, "rootUri": uri_of(folder.path()), "capabilities": capabilities}));
        client.tell("initialized", &json!({}));
        Self { client, folder, asked: 0 }
    }

    /// A client that asks for findings.
    fn that_asks(files: &[(&str, &str)]) -> Self {
        Self::start(files, &json!({"diagnostic": {}}), &json!({}))
    }

    fn uri(&self, path: &str) -> String {
        uri_of(&self.folder.path().join(path))
    }

    fn open(&mut self, path: &str) {
        let text = std::fs::read_to_string(self.folder.path().join(path)).expect("a text");
        let uri = self.uri(path);
        self.client.open(&uri, 1, &text);
    }

    /// Makes the open text anew.
    fn write(&mut self, path: &str, version: i32, text: &str) {
        let uri = self.uri(path);
        self.client
            .tell("textDocument/didChange", &json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]}));
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.client.call(self.asked, method, params);
        let answer = self.client.answer(self.asked);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    fn pull(&mut self, path: &str, previous: Option<&Value>) -> Value {
        let uri = self.uri(path);
        self.ask("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}, "previousResultId": previous}))
    }

    /// Whether anything was told unasked once everything is quiet.
    fn was_told(&mut self) -> bool {
        self.ask("shutdown", &Value::Null);
        self.client.received().iter().any(|m| m["method"] == "textDocument/publishDiagnostics")
    }
}

fn rules(report: &Value) -> Vec<&str> {
    report["items"].as_array().unwrap_or_else(|| panic!("no list: {report}")).iter().filter_map(|f| f["code"].as_str()).collect()
}

#[test]
fn what_is_asked_for_is_the_text_as_it_stands_and_nothing_is_told_besides() {
    let mut session = Session::that_asks(&[("vidimus.toml", ""), ("a.md", "See [[nobody]].\n")]);
    session.open("a.md");
    let first = session.pull("a.md", None);
    assert_eq!((first["kind"].as_str(), rules(&first)), (Some("full"), vec!["unknown-entity"]));
    let again = session.pull("a.md", Some(&first["resultId"]));
    assert_eq!((again["kind"].as_str(), &again["resultId"], again.get("items")), (Some("unchanged"), &first["resultId"], None));
    session.write("a.md", 2, "So, see [[nobody]].\n");
    let moved = session.pull("a.md", Some(&first["resultId"]));
    assert_eq!(moved["kind"], "full", "the finding stands elsewhere");
    assert_eq!(moved["items"][0]["range"]["start"]["character"], 10);
    session.write("a.md", 3, "See him.\n");
    assert_eq!(rules(&session.pull("a.md", Some(&moved["resultId"]))), [""; 0]);
    session.write("a.md", 4, "See [[nobody]].\n");
    assert_eq!(session.pull("a.md", Some(&first["resultId"]))["kind"], "unchanged", "the same findings have the same name");
    assert!(!session.was_told());
}

#[test]
fn who_does_not_ask_is_told() {
    let mut session = Session::start(&[("vidimus.toml", ""), ("a.md", "See [[nobody]].\n")], &json!({}), &json!({}));
    assert_eq!(session.client.answer(0)["result"]["capabilities"].get("diagnosticProvider"), None);
    session.open("a.md");
    let told = session.client.expect("findings", |m| m["method"] == "textDocument/publishDiagnostics");
    assert_eq!(told["params"]["diagnostics"][0]["code"], "unknown-entity");
}

#[test]
fn nothing_is_found_outside_every_corpus() {
    let mut session = Session::that_asks(&[("a.md", "About 90,000 people had left [[home]].\n")]);
    session.open("a.md");
    let report = session.pull("a.md", None);
    assert_eq!((report["kind"].as_str(), rules(&report)), (Some("full"), vec![]));
    assert_eq!(rules(&session.pull("not-there.md", None)), [""; 0]);
    assert_eq!(session.pull("a.md", Some(&report["resultId"]))["kind"], "unchanged");
}

#[test]
fn a_closed_text_of_the_corpus_is_answered_for_as_the_disk_has_it() {
    let mut session = Session::that_asks(&[("vidimus.toml", ""), ("a.md", "See [[nobody]].\n"), ("b.md", "Well.\n")]);
    session.open("b.md");
    assert_eq!(rules(&session.pull("a.md", None)), ["unknown-entity"]);
    session.open("a.md");
    session.write("a.md", 2, "Well.\n");
    assert_eq!(rules(&session.pull("a.md", None)), [""; 0]);
    let uri = session.uri("a.md");
    session.client.tell("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    assert_eq!(rules(&session.pull("a.md", None)), ["unknown-entity"]);
    assert!(!session.was_told());
}

#[test]
fn a_finding_says_what_the_client_can_use() {
    let files = [
        ("vidimus.toml", ""),
        ("registry.yaml", "- {id: new-body, type: org, name: A body, formerly: [old-body], parts: [art-1]}\n"),
        ("a.md", "See [[old-body]].\n\nSee [[new-body#art-9]].\n"),
    ];
    let can = json!({"diagnostic": {}, "publishDiagnostics": {
        "relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}, "codeDescriptionSupport": true, "dataSupport": true,
    }});
    let mut session = Session::start(&files, &can, &json!({}));
    session.open("a.md");
    let report = session.pull("a.md", None);
    let finding = |rule: &str| {
        let found = report["items"].as_array().into_iter().flatten().find(|f| f["code"] == rule);
        found.unwrap_or_else(|| panic!("no `{rule}`: {report}")).clone()
    };
    let renamed = finding("renamed-id");
    assert_eq!(renamed["tags"], json!([2]), "struck through");
    assert_eq!(renamed["data"]["rule"], "renamed-id");
    assert_eq!(renamed["data"]["fix"], "Write `new-body`");
    assert_eq!(renamed["data"]["fingerprint"].as_str().map(str::len), Some(24));
    let page = renamed["codeDescription"]["href"].as_str().and_then(|href| href.strip_prefix("file://")).expect("a file");
    let page = std::fs::read_to_string(page).expect("a page");
    assert!(page.starts_with("# renamed-id\n") && page.contains("## Why"), "{page}");
    let pin = finding("unknown-pinpoint");
    assert_eq!(pin["relatedInformation"][0]["location"]["uri"], session.uri("registry.yaml"));
    let mut bare = Session::that_asks(&files);
    bare.open("a.md");
    let report = bare.pull("a.md", None);
    for finding in report["items"].as_array().expect("a list") {
        for key in ["tags", "data", "codeDescription", "relatedInformation"] {
            assert_eq!(finding.get(key), None, "{finding}");
        }
    }
}

#[test]
fn names_that_change_are_told_to_who_asks_again() {
    let files = [("vidimus.toml", ""), ("a.md", "See [[new-body]].\n"), ("note.md", "Nothing.\n")];
    let mut session = Session::start(&files, &json!({"diagnostic": {}}), &json!({"diagnostics": {"refreshSupport": true}}));
    session.open("a.md");
    session.open("note.md");
    assert_eq!(rules(&session.pull("a.md", None)), ["unknown-entity"]);
    session.write("note.md", 2, "---\nid: new-body\ntype: org\nname: A new body\n---\n");
    let wish = session.client.expect("a wish to be asked again", |m| m["method"] == "workspace/diagnostic/refresh");
    session.client.send(&json!({"jsonrpc": "2.0", "id": wish["id"], "result": null}));
    assert_eq!(rules(&session.pull("a.md", None)), [""; 0]);
    assert!(!session.was_told());
}

#[test]
fn an_answer_brings_the_findings_of_other_texts_that_its_own_changed() {
    let files = [("vidimus.toml", ""), ("a.md", "See [[new-body]].\n"), ("b.md", "Well.\n"), ("note.md", "Nothing.\n")];
    let mut session = Session::start(&files, &json!({"diagnostic": {"relatedDocumentSupport": true}}), &json!({}));
    for path in ["a.md", "b.md", "note.md"] {
        session.open(path);
        assert_eq!(session.pull(path, None).get("relatedDocuments"), None);
    }
    session.write("note.md", 2, "---\nid: new-body\ntype: org\nname: A new body\n---\n");
    let report = session.pull("note.md", None);
    let others = report["relatedDocuments"].as_object().expect("others");
    assert_eq!(others.len(), 1, "b.md has what it had: {others:?}");
    assert_eq!(others[&session.uri("a.md")]["items"], json!([]));
    assert_eq!(session.pull("note.md", None).get("relatedDocuments"), None, "told once");
}
