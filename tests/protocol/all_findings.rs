//! All findings of a corpus: asked for at once, asked for text by text, and told by `vidimus check`, they are the same.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::client::Client;
use super::shared;
use crate::copies::copy_of;

/// A finding, as everybody tells it: file, rule, level, range, message.
type Told = (String, String, u64, [u64; 4], String);

struct Session {
    client: Client,
    root: PathBuf,
    asked: i64,
}

impl Session {
    fn start(root: &Path) -> Self {
        let mut client = Client::spawn();
        let uri = format!("file://{}", root.display());
        let capabilities = json!({"general": {"positionEncodings": ["utf-32"]}, "textDocument": {"diagnostic": {}}});
        client.call(0, "initialize", &json!({"processId": null, "rootUri": uri, "capabilities": capabilities}));
        client.tell("initialized", &json!({}));
        Self { client, root: root.to_owned(), asked: 0 }
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.client.call(self.asked, method, params);
        let answer = self.client.answer(self.asked);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// All reports, once the corpus is loaded.
    fn reports(&mut self, previous: &[(String, String)]) -> Vec<Value> {
        let ids: Vec<Value> = previous.iter().map(|(uri, id)| json!({"uri": uri, "value": id})).collect();
        let answer = self.ask("workspace/diagnostic", &json!({"previousResultIds": ids}));
        answer["items"].as_array().expect("a list").clone()
    }

    fn path(&self, report: &Value) -> String {
        let uri = report["uri"].as_str().expect("an address").strip_prefix("file://").expect("a file");
        let path = percent_decoded(uri);
        Path::new(&path).strip_prefix(&self.root).expect("in the corpus").display().to_string()
    }
}

fn percent_decoded(uri: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = uri.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let code =
            (*first == b'%').then(|| tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok())).flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn told_in(path: &str, list: &Value) -> Vec<Told> {
    let one = |f: &Value| {
        let at = |end: &str, key: &str| f["range"][end][key].as_u64().expect("a number");
        let range = [at("start", "line"), at("start", "character"), at("end", "line"), at("end", "character")];
        let words = f["message"].as_str().expect("words").to_owned();
        (path.to_owned(), f["code"].as_str().expect("a rule").to_owned(), f["severity"].as_u64().expect("a level"), range, words)
    };
    // Hints are for open texts alone: a check tells none.
    list.as_array().expect("a list").iter().map(one).filter(|told| told.2 < 4).collect()
}

/// What `vidimus check` tells of the corpus, in the protocol's words.
fn by_check(root: &Path) -> Vec<Told> {
    let output = Command::new(env!("CARGO_BIN_EXE_vidimus"))
        .args(["check", "--format", "json", "--no-cache", "."])
        .current_dir(root)
        .output()
        .expect("the binary runs");
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let one = |f: &Value| {
        let at = |end: &str, key: &str| f[end][key].as_u64().expect("a number") - 1;
        let range = [at("start", "line"), at("start", "column"), at("end", "line"), at("end", "column")];
        let severity = ["error", "warning", "note"].iter().position(|l| f["level"] == *l).expect("a level") as u64 + 1;
        let words = f["message"].as_str().expect("words");
        let words = f["help"].as_str().map_or_else(|| words.to_owned(), |help| format!("{words}\n{help}"));
        (f["path"].as_str().expect("a path").to_owned(), f["rule"].as_str().expect("a rule").to_owned(), severity, range, words)
    };
    told["diagnostics"].as_array().expect("a list").iter().map(one).collect()
}

/// Compares the three; answers how much was told.
#[track_caller]
fn agree(from: &Path) -> usize {
    let folder = copy_of(from);
    let root = folder.path().canonicalize().expect("a folder");
    let mut wanted = by_check(&root);
    wanted.sort();
    let mut session = Session::start(&root);
    // One open text makes sure that the corpus is read before it is asked about.
    let settings = std::fs::read_to_string(root.join("vidimus.toml")).expect("settings");
    session.client.open(&format!("file://{}", root.join("vidimus.toml").display()), 1, &settings);
    let reports = session.reports(&[]);
    let mut told: Vec<Told> = reports.iter().flat_map(|r| told_in(&session.path(r), &r["items"])).collect();
    told.sort();
    assert_eq!(told, wanted, "{} at once", from.display());
    let mut one_by_one = Vec::new();
    for report in &reports {
        let (path, uri) = (session.path(report), report["uri"].as_str().expect("an address").to_owned());
        let Ok(text) = std::fs::read_to_string(root.join(&path)) else { continue };
        session.client.open(&uri, 1, &text);
        let answer = session.ask("textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
        one_by_one.extend(told_in(&path, &answer["items"]));
    }
    one_by_one.sort();
    assert_eq!(one_by_one, wanted, "{} one by one", from.display());
    wanted.len()
}

#[test]
fn check_and_an_editor_find_the_same_in_the_example_corpora() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    assert!(agree(&fixtures.join("broken")) > 0);
    agree(&fixtures.join("peacekeeping"));
}

#[test]
fn check_and_an_editor_find_the_same_in_other_peoples_texts() {
    let Some(data) = shared().map(|shared| shared.join("data")) else { return };
    for entry in std::fs::read_dir(data).expect("a folder").filter_map(Result::ok).filter(|e| e.path().is_dir()) {
        agree(&entry.path());
    }
}

#[test]
fn what_the_client_knows_is_not_told_again() {
    let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("vidimus.toml", "");
    write("a.md", "See [[nobody]].\n");
    write("b.md", "See [[nobody-else]].\n");
    write("clean.md", "Nothing.\n");
    let mut session = Session::start(folder.path());
    let uri = |name: &str| format!("file://{}", folder.path().join(name).display());
    session.client.open(&uri("a.md"), 7, "See [[nobody]].\n");
    let reports = session.reports(&[]);
    assert_eq!(reports.len(), 2, "of a clean text there is nothing to say: {reports:?}");
    let of = |reports: &[Value], name: &str| reports.iter().find(|r| r["uri"] == uri(name)).cloned().unwrap_or_default();
    assert_eq!((&of(&reports, "a.md")["version"], &of(&reports, "b.md")["version"]), (&json!(7), &Value::Null));
    let ids = |reports: &[Value]| -> Vec<(String, String)> {
        let text = |r: &Value, key: &str| r[key].as_str().expect("words").to_owned();
        reports.iter().map(|r| (text(r, "uri"), text(r, "resultId"))).collect()
    };
    let again = session.reports(&ids(&reports));
    assert!(again.len() == 2 && again.iter().all(|r| r["kind"] == "unchanged"), "{again:?}");
    session.client.tell(
        "textDocument/didChange",
        &json!({"textDocument": {"uri": uri("a.md"), "version": 8}, "contentChanges": [{"text": "Nothing.\n"}]}),
    );
    let mut known = ids(&reports);
    known.push((uri("gone.md"), "0".into()));
    let then = session.reports(&known);
    let kinds = ["a.md", "b.md", "gone.md"].map(|name| of(&then, name)["kind"].clone());
    assert_eq!(kinds, ["full", "unchanged", "full"]);
    assert_eq!((&of(&then, "a.md")["items"], &of(&then, "gone.md")["items"]), (&json!([]), &json!([])));
}

#[test]
fn parts_are_sent_as_they_are_found_and_the_end_waits_for_news() {
    let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
    std::fs::write(folder.path().join("vidimus.toml"), "").expect("written");
    for number in 0..70 {
        std::fs::write(folder.path().join(format!("{number}.md")), "See [[nobody]].\n").expect("written");
    }
    let mut session = Session::start(folder.path());
    let uri = format!("file://{}", folder.path().join("0.md").display());
    session.client.open(&uri, 1, "See [[nobody]].\n");
    let parameters = |ids: Value| json!({"previousResultIds": ids, "partialResultToken": "parts", "workDoneToken": "work"});
    session.client.call(900, "workspace/diagnostic", &parameters(json!([])));
    let mut known = Vec::new();
    while known.len() < 70 {
        let part = session.client.expect("a part", |m| m["method"] == "$/progress" && m["params"]["token"] == "parts");
        for report in part["params"]["value"]["items"].as_array().expect("a list") {
            known.push(json!({"uri": report["uri"], "value": report["resultId"]}));
        }
    }
    assert_eq!(session.client.answer(900)["result"]["items"], json!([]));
    for kind in ["begin", "report", "end"] {
        session.client.expect(kind, |m| m["params"]["token"] == "work" && m["params"]["value"]["kind"] == kind);
    }
    session.client.call(901, "workspace/diagnostic", &parameters(json!(known)));
    session.client.call(902, "workspace/diagnostic", &parameters(json!(known)));
    session.client.tell("$/cancelRequest", &json!({"id": 902}));
    assert_eq!(session.client.answer(902)["error"]["code"], -32800);
    session
        .client
        .tell("textDocument/didChange", &json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": "Nothing.\n"}]}));
    assert_eq!(session.client.answer(901)["result"]["items"], json!([]));
    let part = session.client.expect("the change", |m| m["params"]["value"]["items"][0]["version"] == 2);
    assert_eq!(part["params"]["value"]["items"][0]["items"], json!([]));
}
