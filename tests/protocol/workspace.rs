//! Folders, settings and the disk: corpora that come, change and go while they are asked about.

use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;
use super::race::Race;

impl Race {
    fn folders(&mut self, added: &[&str], removed: &[&str]) {
        let folders = |names: &[&str]| names.iter().map(|name| json!({"uri": self.uri(name), "name": name})).collect::<Vec<_>>();
        let event = json!({"added": folders(added), "removed": folders(removed)});
        self.client.tell("workspace/didChangeWorkspaceFolders", &json!({"event": event}));
    }

    /// Waits until the findings of a text are taken back.
    fn takes_back(&mut self, name: &str) {
        let uri = self.uri(name);
        self.client.expect("findings taken back", |m| {
            m["params"]["uri"] == uri && m["params"]["diagnostics"] == json!([]) && m["params"].get("version").is_none()
        });
    }
}

#[test]
fn a_folder_taken_out_takes_its_corpus_along_and_brings_it_back() {
    let mut race = Race::with(&[("other/vidimus.toml", ""), ("other/registry.yaml", "- {id: far, type: org, name: Far}\n")]);
    // A folder that lies in one that stays open would stay as well.
    race.folders(&["other"], &[""]);
    race.open("other/a.md", "[[far]] and [[nobody]]\n");
    race.finds("other/a.md", &["unknown-entity"]);
    race.open("b.md", "[[one]]\n");
    race.folders(&[], &["other"]);
    race.takes_back("other/a.md");
    assert_eq!((race.says("other/a.md"), race.says("b.md")), (String::new(), "One".into()));
    race.folders(&["other"], &[]);
    race.finds("other/a.md", &["unknown-entity"]);
    assert_eq!(race.says("other/a.md"), "Far");
}

/// What a client that asks for findings is told when a text's corpus goes away.
fn is_told_to_ask_again(name: &str, added: &[&str], leave: impl FnOnce(&mut Race)) {
    let can = json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": true}}});
    let mut race = Race::offering(&can, &[("other/vidimus.toml", "")]);
    race.folders(added, &[]);
    race.open(name, "[[nobody]]\n");
    assert_eq!(race.says(name), "");
    assert_eq!(race.pulls(name), ["unknown-entity"]);
    let wish = |m: &Value| m["method"] == "workspace/diagnostic/refresh";
    race.client.expect("a wish that comes of the reading", wish);
    race.client.forget("workspace/diagnostic/refresh");
    leave(&mut race);
    race.client.expect("a wish to be asked again", wish);
    assert_eq!(race.pulls(name), [""; 0]);
}

#[test]
fn who_asks_for_findings_is_told_to_ask_again_when_a_folder_takes_its_corpus_along() {
    is_told_to_ask_again("other/a.md", &["other"], |race| race.folders(&[], &["", "other"]));
}

#[test]
fn who_asks_for_findings_is_told_to_ask_again_when_a_corpus_loses_its_settings() {
    is_told_to_ask_again("a.md", &[], |race| race.gone("vidimus.toml"));
}

#[test]
fn two_folders_do_not_know_each_others_names() {
    let mut race = Race::with(&[("other/vidimus.toml", ""), ("other/registry.yaml", "- {id: one, type: org, name: Another}\n")]);
    race.folders(&["other"], &[]);
    race.open("a.md", "[[one]]\n");
    race.open("other/a.md", "[[one]]\n");
    assert_eq!((race.says("a.md"), race.says("other/a.md")), ("One".into(), "Another".into()));
}

#[test]
fn settings_that_appear_inside_make_a_corpus_of_their_own_and_give_it_back() {
    let mut race = Race::with(&[("inner/registry.yaml", "- {id: deep, type: org, name: Deep}\n")]);
    race.open("inner/a.md", "[[one]]\n");
    race.open("b.md", "[[one]]\n");
    assert_eq!(race.says("inner/a.md"), "One");
    race.disk("inner/vidimus.toml", "");
    race.becomes("inner/a.md", "");
    assert_eq!(race.says("b.md"), "One");
    race.gone("inner/vidimus.toml");
    race.becomes("inner/a.md", "One");
}

#[test]
fn a_corpus_without_settings_any_more_is_none() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[nobody]]\n");
    race.finds("a.md", &["unknown-entity"]);
    race.gone("vidimus.toml");
    race.takes_back("a.md");
    race.disk("vidimus.toml", "");
    race.finds("a.md", &["unknown-entity"]);
}

#[test]
fn hundreds_of_files_rewritten_at_once_are_one_change_and_questions_go_on() {
    let file = |n: usize, name: &str| (format!("notes/n{n}.md"), format!("---\ntype: org\nname: {name} {n}\n---\n"));
    let files: Vec<(String, String)> = (0..400).map(|n| file(n, "Old")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut race = Race::with(&files);
    race.open("a.md", "[[n399]]\n");
    assert_eq!(race.says("a.md"), "Old 399");
    let mut changes = Vec::new();
    for n in 0..400 {
        let (path, text) = file(n, "New");
        race.write(&path, &text);
        changes.push(json!({"uri": race.uri(&path), "type": 2}));
    }
    for some in changes.chunks(7) {
        race.client.tell("workspace/didChangeWatchedFiles", &json!({"changes": some}));
    }
    race.becomes("a.md", "New 399");
    race.open("b.md", "[[n0]]\n");
    assert_eq!(race.says("b.md"), "New 0");
}

#[test]
fn after_the_shutdown_nothing_is_answered_but_that() {
    let mut client = Client::start_process();
    client.call(1, "shutdown", &Value::Null);
    client.answer(1);
    client.call(2, "textDocument/hover", &json!({"textDocument": {"uri": "untitled:1"}, "position": {"line": 0, "character": 0}}));
    assert_eq!(client.answer(2)["error"]["code"], -32600);
    client.tell("exit", &Value::Null);
    assert_eq!(client.exit_code(), 0);
}

#[test]
#[cfg(unix)]
fn an_editor_that_died_takes_its_server_along() {
    let mut editor = std::process::Command::new("sleep").arg("600").spawn().expect("a process");
    let mut client = Client::process();
    client.call(0, "initialize", &json!({"processId": editor.id(), "rootUri": null, "capabilities": {}}));
    client.answer(0);
    client.expect_alive(1);
    editor.kill().and_then(|()| editor.wait()).expect("ended");
    // Its pipe stays open: somebody else holds it.
    std::thread::park_timeout(Duration::from_millis(10));
    assert_eq!(client.exit_code(), 1);
}
