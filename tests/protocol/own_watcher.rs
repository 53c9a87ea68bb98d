//! A client that does not watch files: the server does, and findings follow the disk.

use serde_json::{Value, json};

use super::client::Client;
use super::race::{RECORDS, Race};

/// With these files, in a client that tells nothing of the disk.
fn untold(files: &[(&str, &str)]) -> Race {
    let mut race = Race::offering(&json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": false}}}), files);
    // The folders are watched when their corpus has been read.
    race.open("first.md", "[[one]]\n");
    assert_eq!(race.says("first.md"), "One");
    race
}

fn note(name: &str) -> String {
    format!("---\ntype: org\nname: {name}\n---\n")
}

/// Where a mention at the beginning of a text leads.
fn leads_to(race: &mut Race, name: &str) -> Value {
    let uri = race.uri(name);
    race.client.call(5000, "textDocument/definition", &json!({"textDocument": {"uri": uri}, "position": {"line": 0, "character": 3}}));
    let answer = race.client.answer(5000);
    let place = if answer["result"].is_array() { answer["result"][0].clone() } else { answer["result"].clone() };
    place["uri"].clone()
}

#[test]
fn a_file_comes_changes_and_goes() {
    let mut race = untold(&[]);
    race.open("a.md", "[[three]]\n");
    race.finds("a.md", &["unknown-entity"]);
    race.write("three.md", &note("Three"));
    race.finds("a.md", &[]);
    race.becomes("a.md", "Three");
    race.write("three.md", &note("Drei"));
    race.becomes("a.md", "Drei");
    race.client.forget("textDocument/publishDiagnostics");
    std::fs::remove_file(race.path("three.md")).expect("removed");
    race.finds("a.md", &["unknown-entity"]);
    race.becomes("a.md", "");
    race.client.forget("textDocument/publishDiagnostics");
    race.write("registry.yaml", &format!("{RECORDS}- {{id: three, type: org, name: Trois}}\n"));
    race.finds("a.md", &[]);
    race.becomes("a.md", "Trois");
}

#[test]
fn what_an_editor_saves_by_renaming_is_seen() {
    let mut race = untold(&[("three.md", &note("Three"))]);
    race.open("a.md", "[[three]]\n");
    assert_eq!(race.says("a.md"), "Three");
    race.write(".three.md.swp", &note("Drei"));
    std::fs::rename(race.path(".three.md.swp"), race.path("three.md")).expect("renamed");
    race.becomes("a.md", "Drei");
}

#[test]
fn a_folder_that_comes_is_looked_into_and_watched() {
    let mut race = untold(&[]);
    race.open("a.md", "[[deep]]\n");
    race.finds("a.md", &["unknown-entity"]);
    race.write("new/and/below/deep.md", &note("Deep"));
    race.finds("a.md", &[]);
    race.write("new/and/below/deep.md", &note("Deeper"));
    race.becomes("a.md", "Deeper");
    race.client.forget("textDocument/publishDiagnostics");
    std::fs::remove_dir_all(race.path("new")).expect("removed");
    race.finds("a.md", &["unknown-entity"]);
    // The same name again is another folder.
    race.write("new/and/below/deep.md", &note("Deepest"));
    race.becomes("a.md", "Deepest");
}

#[test]
fn a_folder_that_is_renamed_takes_its_files_along() {
    let mut race = untold(&[("old/there.md", &note("There"))]);
    race.open("a.md", "[[there]]\n");
    assert_eq!(leads_to(&mut race, "a.md"), race.uri("old/there.md"));
    std::fs::rename(race.path("old"), race.path("new")).expect("renamed");
    let moved = race.uri("new/there.md");
    for _ in 0..600 {
        if leads_to(&mut race, "a.md") == moved {
            break;
        }
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
    assert_eq!(leads_to(&mut race, "a.md"), moved);
    race.write("new/there.md", &note("Over there"));
    race.becomes("a.md", "Over there");
    race.client.forget("textDocument/publishDiagnostics");
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::rename(race.path("new"), outside.path().join("new")).expect("renamed");
    race.finds("a.md", &["unknown-entity"]);
    std::fs::rename(outside.path().join("new"), race.path("back")).expect("renamed");
    race.becomes("a.md", "Over there");
}

/// How many folders and files a process watches.
#[cfg(target_os = "linux")]
fn watches(process: u32) -> usize {
    let open = std::fs::read_dir(format!("/proc/{process}/fdinfo")).expect("a process");
    let told = open.filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok());
    told.map(|told| told.lines().filter(|line| line.starts_with("inotify ")).count()).sum()
}

#[test]
#[cfg(target_os = "linux")]
fn only_folders_that_hold_the_corpus_are_watched() {
    let mut race =
        Race::in_client(Client::process(), &[("vidimus.toml", "exclude = [\"build\"]\n"), ("notes/a.md", ""), ("notes/deep/b.md", "")]);
    for n in 0..40 {
        race.write(&format!("build/{n}/c.md"), "");
        race.write(&format!(".git/{n}/d.md"), "");
        race.write(&format!("ignored/{n}/e.md"), "");
    }
    race.write(".gitignore", "ignored/\n");
    race.introduce(&json!({"general": {"positionEncodings": ["utf-8"]}}));
    race.open("first.md", "[[one]]\n");
    assert_eq!(race.says("first.md"), "One");
    let watched = watches(race.client.process_id());
    assert!((1..=8).contains(&watched), "{watched} watches for three folders");
    // What happens in the others is nobody's.
    race.open("a.md", "[[five]]\n");
    race.finds("a.md", &["unknown-entity"]);
    race.write("build/3/five.md", &note("Five"));
    race.write("ignored/3/five.md", &note("Five"));
    race.write("notes/six.md", &note("Six"));
    race.open("b.md", "[[six]]\n");
    race.becomes("b.md", "Six");
    assert_eq!(race.says("a.md"), "");
    assert!(watches(race.client.process_id()) <= 8);
}
