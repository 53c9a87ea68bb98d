//! Where reports go: files, and again after every change.

use std::io::{BufRead, BufReader};
use std::process::Child;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::corpus::{Corpus, command};

const TEXT: &str = "[[nobody]] spoke.\n";

#[test]
fn a_report_is_written_whole_and_says_what_standard_output_would() {
    let corpus = Corpus::of(&[("a.md", TEXT), ("report.sarif", "old")]);
    let printed = corpus.run(&["check", "--format", "sarif"]);
    let ran = corpus.run(&["check", "--format", "sarif", "--output-file", "report.sarif"]);
    assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (1, "", ""));
    assert_eq!(std::fs::read_to_string(corpus.path("report.sarif")).expect("there"), printed.out);
    assert_eq!(corpus.run(&["check", "--format", "sarif", "--output-file", "-"]).out, printed.out);
    let lost = corpus.run(&["check", "--output-file", "no/folder/here.txt"]);
    assert_eq!((lost.status, lost.out.as_str()), (2, ""));
    assert!(lost.err.starts_with("error: no/folder/here.txt cannot be written"), "{}", lost.err);
    assert_eq!(std::fs::read_dir(corpus.path("")).expect("listed").count(), 2);
}

#[test]
fn a_report_in_a_file_has_colours_only_when_they_are_asked_for() {
    let corpus = Corpus::of(&[("a.md", TEXT)]);
    let written = |color: &str| {
        corpus.run(&["check", "--output-file", "out.log", "--color", color]);
        std::fs::read_to_string(corpus.path("out.log")).expect("there")
    };
    assert!(!written("auto").contains('\u{1b}') && written("always").contains('\u{1b}'));
}

#[test]
fn what_could_not_be_read_is_told_in_sarif_as_well() {
    let corpus = Corpus::of(&[("a.md", TEXT)]);
    corpus.write("b.md", b"a\0b");
    let report = corpus.run(&["check", "--format", "sarif"]).json();
    let run = &report["runs"][0]["invocations"][0];
    assert_eq!((&run["executionSuccessful"], &run["exitCode"]), (&false.into(), &2.into()));
    assert_eq!(run["toolExecutionNotifications"][0]["message"]["text"], "b.md is binary, not text");
}

#[test]
fn a_schema_is_printed_of_settings_and_of_records() {
    let corpus = Corpus::of(&[]);
    assert_eq!(corpus.run(&["schema"]).json()["properties"]["exclude"]["description"], "Globs of files that are not ours.");
    assert_eq!(corpus.run(&["schema", "record"]).json()["definitions"]["record"]["required"], serde_json::json!(["id", "type"]));
    assert_eq!(corpus.run(&["schema", "bibliography"]).status, 2);
}

/// A run that watches, ended when the test is.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn begin(corpus: &Corpus, arguments: &[&str]) -> Self {
        let mut child = command(&corpus.path(""), &[&["check", "--watch"], arguments].concat()).spawn().expect("the binary runs");
        let out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines }
    }

    /// The next closing line.
    fn closing(&self) -> String {
        loop {
            let line = self.lines.recv_timeout(Duration::from_mins(1)).expect("it says something");
            if line.starts_with("checked") {
                return line;
            }
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.child.kill().expect("it runs still");
        self.child.wait().expect("it ends");
    }
}

#[test]
fn after_every_change_it_is_checked_again() {
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("texts/a.md", TEXT)]);
    let watching = Watching::begin(&corpus, &[]);
    assert_eq!(watching.closing(), "checked 1 file: 1 error");
    corpus.write("texts/a.md", b"Nobody spoke.\n");
    assert_eq!(watching.closing(), "checked 1 file: nothing found");
    // A folder that was not there before is watched, too.
    corpus.write("more/b.md", TEXT.as_bytes());
    while watching.closing() != "checked 2 files: 1 error" {}
    corpus.write("registry/people.yaml", b"- {id: nobody, type: person, name: Nemo Nobody}\n");
    while watching.closing() != "checked 3 files: nothing found" {}
}

#[test]
fn a_report_in_a_watched_folder_is_no_change() {
    let corpus = Corpus::of(&[("a.md", TEXT)]);
    let mut watching = Watching::begin(&corpus, &["--output-file", "report.json", "--format", "json"]);
    let told = BufReader::new(watching.child.stderr.take().expect("a pipe"));
    let (sender, notes) = channel();
    std::thread::spawn(move || told.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    let waits = "note: waiting for changes; Ctrl-C ends";
    assert_eq!(notes.recv_timeout(Duration::from_mins(1)).as_deref(), Ok(waits));
    assert!(notes.recv_timeout(Duration::from_millis(500)).is_err());
    corpus.write("b.md", TEXT.as_bytes());
    assert_eq!(notes.recv_timeout(Duration::from_mins(1)).as_deref(), Ok(waits));
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(corpus.path("report.json")).expect("there")).expect("JSON");
    assert_eq!(report["summary"]["files"], 2);
}
