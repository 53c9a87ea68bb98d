//! A corpus of a few files, an editor and a disk, told in few words.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;

pub const RECORDS: &str = "- {id: one, type: org, name: One}\n- {id: two, type: org, name: Two}\n";

/// A corpus whose registry knows [[one]] and [[two]], and a client.
pub struct Race {
    /// The client.
    pub client: Client,
    folder: tempfile::TempDir,
    asked: i64,
    /// The version of the last change.
    pub version: i32,
}

/// Adds what one object holds to another, at any depth.
fn join(into: &mut Value, more: &Value) {
    match (into.as_object_mut(), more) {
        (Some(into), Value::Object(more)) => more.iter().for_each(|(key, value)| join(into.entry(key).or_insert(Value::Null), value)),
        _ => *into = more.clone(),
    }
}

impl Race {
    /// With these files beside the registry, in a client that watches files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        Self::counting("utf-8", files)
    }

    /// The same in a client that counts so.
    pub fn counting(unit: &str, files: &[(&str, &str)]) -> Self {
        Self::offering(&json!({"general": {"positionEncodings": [unit]}}), files)
    }

    /// The same in a client that offers more.
    pub fn offering(more: &Value, files: &[(&str, &str)]) -> Self {
        let mut capabilities = json!({
            "general": {"positionEncodings": ["utf-8"]},
            "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}, "workspaceFolders": true},
        });
        join(&mut capabilities, more);
        let mut race = Self::in_client(Client::spawn(), files);
        race.introduce(&capabilities);
        race
    }

    /// With these files, and nothing said yet.
    pub fn in_client(client: Client, files: &[(&str, &str)]) -> Self {
        let race = Self { client, folder: tempfile::Builder::new().prefix("race").tempdir().expect("a folder"), asked: 0, version: 0 };
        for (name, text) in [("vidimus.toml", ""), ("registry.yaml", RECORDS)].iter().chain(files) {
            race.write(name, text);
        }
        race
    }

    /// Says `initialize` and `initialized`.
    pub fn introduce(&mut self, capabilities: &Value) {
        self.introduce_with(capabilities, &Value::Null);
    }

    /// The same with options of the server's own.
    pub fn introduce_with(&mut self, capabilities: &Value, options: &Value) {
        let folder = json!({"uri": self.uri(""), "name": "race"});
        let mut params = json!({"processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": [folder]});
        if !options.is_null() {
            params["initializationOptions"] = options.clone();
        }
        self.client.call(0, "initialize", &params);
        self.client.tell("initialized", &json!({}));
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn uri(&self, name: &str) -> String {
        let path = self.path(name);
        format!("file://{}", path.display().to_string().trim_end_matches('/'))
    }

    /// Writes to the disk, and tells nobody.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    pub fn told(&mut self, name: &str, kind: u8) {
        let change = json!({"uri": self.uri(name), "type": kind});
        self.client.tell("workspace/didChangeWatchedFiles", &json!({"changes": [change]}));
    }

    /// Somebody else writes a file.
    pub fn disk(&mut self, name: &str, text: &str) {
        self.write(name, text);
        self.told(name, 2);
    }

    /// Somebody else removes a file or folder.
    pub fn gone(&mut self, name: &str) {
        let path = self.path(name);
        if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) }.expect("removed");
        self.told(name, 3);
    }

    /// Waits until what was told of the disk before has been taken in.
    pub fn settle(&mut self) {
        self.asked += 1;
        let name = format!("settled-{}.md", self.asked);
        self.disk(&name, "Resolution 1325 (2000).\n");
        self.becomes(&name, "S/RES/1325 (2000)");
    }

    pub fn open(&mut self, name: &str, text: &str) {
        let uri = self.uri(name);
        self.open_at(&uri, text);
    }

    pub fn open_at(&mut self, uri: &str, text: &str) {
        self.version += 1;
        self.client.open(uri, self.version, text);
    }

    pub fn change(&mut self, name: &str, changes: Value) {
        self.version += 1;
        let params = json!({"textDocument": {"uri": self.uri(name), "version": self.version}, "contentChanges": changes});
        self.client.tell("textDocument/didChange", &params);
    }

    pub fn close(&mut self, name: &str) {
        let uri = self.uri(name);
        self.client.tell("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    }

    /// The answer to a command.
    pub fn run(&mut self, command: &str, argument: &Value) -> Value {
        self.asked += 1;
        self.client.call(self.asked, "workspace/executeCommand", &json!({"command": command, "arguments": [argument]}));
        self.client.answer(self.asked)
    }

    /// The rules that find something in a text, for a client that asks.
    pub fn pulls(&mut self, name: &str) -> Vec<String> {
        self.asked += 1;
        self.client.call(self.asked, "textDocument/diagnostic", &json!({"textDocument": {"uri": self.uri(name)}}));
        let report = self.client.answer(self.asked);
        report["result"]["items"].as_array().into_iter().flatten().filter_map(|found| Some(found["code"].as_str()?.to_owned())).collect()
    }

    /// The name on the card at the beginning of a text; empty when there is none.
    pub fn says(&mut self, name: &str) -> String {
        let uri = self.uri(name);
        self.says_at(&uri, 0, 3)
    }

    pub fn says_at(&mut self, uri: &str, line: u32, character: u32) -> String {
        self.asked += 1;
        let params = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
        self.client.call(self.asked, "textDocument/hover", &params);
        let answer = self.client.answer(self.asked);
        assert!(answer.get("error").is_none(), "{answer}");
        let card = answer["result"]["contents"]["value"].as_str().unwrap_or_default().to_owned();
        if card.contains("defined nowhere") {
            return String::new();
        }
        card.split("**").nth(1).unwrap_or_default().to_owned()
    }

    /// Waits until a text says so.
    #[track_caller]
    pub fn becomes(&mut self, name: &str, wanted: &str) {
        for _ in 0..600 {
            if self.says(name) == wanted {
                return;
            }
            std::thread::park_timeout(Duration::from_millis(20));
        }
        panic!("{name} says {:?}, not {wanted:?}", self.says(name));
    }

    /// Waits for findings of these rules in a text.
    pub fn finds(&mut self, name: &str, rules: &[&str]) {
        let uri = self.uri(name);
        self.client.expect(&format!("{rules:?} in {name}"), |m| {
            let found = m["params"]["diagnostics"].as_array().into_iter().flatten().filter_map(|d| d["code"].as_str());
            m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri && found.eq(rules.iter().copied())
        });
    }
}
