//! Corpora that take long to be read, or are none: what the client is told, and what it can call off.

use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value, json};
use vidimus::server::limits::Limits;

use super::client::Client;
use super::race::Race;

/// A corpus of so many long texts, in a client that shows progress and is told of every reading at once.
fn slow_corpus(texts: usize) -> Race {
    let limits = Limits { short: Duration::ZERO, ..Limits::default() };
    let mut race = Race::in_client(Client::within(limits), &[]);
    let mut text = String::new();
    for n in 0..6000 {
        writeln!(text, "{n}. Resolution 2202 (2015) names [[one]], who “said so” on 9 November 2020.\n").expect("written");
    }
    for n in 0..texts {
        race.write(&format!("long-{n}.md"), &text);
    }
    race.introduce(&json!({"general": {"positionEncodings": ["utf-8"]}, "window": {"workDoneProgress": true}}));
    race
}

/// The next progress of that kind, and its token.
fn progress(race: &mut Race, kind: &str) -> (Value, Value) {
    let mut told = race.client.expect(kind, |m| m["method"] == "$/progress" && m["params"]["value"]["kind"] == kind);
    (told["params"]["token"].take(), told["params"]["value"].take())
}

#[test]
fn reading_that_takes_long_is_shown() {
    // What has been read before the client agreed to show it is not shown: then it is tried with more.
    let shown = [8, 24, 72].into_iter().find_map(|texts| {
        let mut race = slow_corpus(texts);
        let created = race.client.expect("progress", |m| m["method"] == "window/workDoneProgress/create");
        let (token, begun) = progress(&mut race, "begin");
        (token == created["params"]["token"]).then_some((race, token, begun))
    });
    let (mut race, token, begun) = shown.expect("reading is shown");
    assert_eq!(begun["cancellable"], true);
    assert!(begun["title"].as_str().is_some_and(|title| title.starts_with("Reading race")), "{begun}");
    assert_eq!(progress(&mut race, "end").0, token);
    // Then it is worked out what the texts name, and that is shown, too.
    let (token, begun) = progress(&mut race, "begin");
    assert!(begun["title"].as_str().is_some_and(|title| title.starts_with("Indexing race")), "{begun}");
    race.client.expect("the end", |m| m["params"]["token"] == token && m["params"]["value"]["kind"] == "end");
    race.open("a.md", "[[one]]\n");
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn reading_that_is_called_off_ends_and_begins_again_when_a_text_is_opened_anew() {
    // Who calls off late has everything read all the same: then it is tried with more.
    let called_off = [8, 24, 72].into_iter().find_map(|texts| {
        let mut race = slow_corpus(texts);
        race.open("a.md", "[[one]] and [[nobody]]\n");
        let created = race.client.expect("progress", |m| m["method"] == "window/workDoneProgress/create");
        let token = created["params"]["token"].clone();
        race.client.tell("window/workDoneProgress/cancel", &json!({"token": token}));
        progress(&mut race, "begin");
        assert_eq!(progress(&mut race, "end").0, token);
        race.says("a.md").is_empty().then_some((race, token))
    });
    let (mut race, token) = called_off.expect("the text stands alone");
    race.close("a.md");
    race.open("a.md", "[[one]] and [[nobody]]\n");
    assert_ne!(progress(&mut race, "begin").0, token);
    race.finds("a.md", &["unknown-entity"]);
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn a_token_that_nobody_knows_calls_nothing_off() {
    let mut race = Race::with(&[]);
    for token in [json!("vidimus/reading/99"), json!(1)] {
        race.client.tell("window/workDoneProgress/cancel", &json!({"token": token}));
    }
    race.open("a.md", "[[one]]\n");
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn a_folder_too_large_to_be_a_corpus_is_read_in_part_and_told() {
    let mut race = Race::in_client(Client::within(Limits { entries: 40, ..Limits::default() }), &[]);
    for n in 0..120 {
        race.write(&format!("notes/n{n}.md"), &format!("---\ntype: org\nname: Note {n}\n---\n"));
    }
    race.introduce(&json!({"general": {"positionEncodings": ["utf-8"]}}));
    let told = race.client.expect("a warning", |m| m["method"] == "window/showMessage");
    assert_eq!(told["params"]["type"], 2);
    let words = told["params"]["message"].as_str().unwrap_or_default();
    assert!(words.starts_with(&race.path("").display().to_string()[..]) || words.contains("holds more files than a corpus can"), "{words}");
    // What was not read may define what seems to be defined nowhere: it is no error.
    race.open("a.md", "[[nobody]]\n");
    let uri = race.uri("a.md");
    let found = race.client.expect("findings", |m| m["params"]["uri"] == uri && m["params"]["diagnostics"][0]["code"] == "unknown-entity");
    assert_eq!(found["params"]["diagnostics"][0]["severity"], 2);
    // It is told once, and the server goes on.
    assert_eq!(race.says_at("untitled:1", 0, 0), "");
    assert!(!race.client.received().iter().any(|m| m["method"] == "window/showMessage"));
}
