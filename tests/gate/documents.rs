//! Documents checked one by one against a snapshot give what one run over the corpus gives.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::beside;
use crate::commands::{Corpus, Ran, command};

const FILES: &[(&str, &str)] = &[
    ("vidimus.toml", "[rules]\nunsourced-figure = \"error\"\n"),
    ("registry.yaml", "- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}\n"),
    ("refs/more.bib", "@misc{tass-2017, title = {Interview}, file = {../sources/tass.txt}}\n"),
    ("sources/tass.txt", "There is no alternative to these agreements, he said.\n"),
    ("notes/minsk.md", "---\nid: minsk\ntype: place\nname: Minsk\n---\n# Minsk\n\n1. A city. {#city}\n"),
    (
        "texts/a.md",
        "---\nbibliography: ../refs/more.bib\n---\nLavrov said “There is an alternative to these agreements” [@tass-2017]. See [[b#old]], [[b#new]], [[minsk#city]].\n",
    ),
    ("texts/b.md", "# Old {#old}\n\nAbout 90,000 people left.\n\nIt is widely believed.\n"),
];

fn lines(corpus: &Corpus, paths: &[&str]) -> String {
    let line = |path: &&str| {
        let text = std::fs::read_to_string(corpus.path(path)).expect("a text");
        format!("{}\n", json!({"path": path, "text": text}))
    };
    paths.iter().map(line).collect()
}

fn spread(corpus: &Corpus, input: &str) -> Ran {
    corpus.run_with_input(&["check", "--documents", "-", "--snapshot", "corpus.vds", "--format", "json-lines"], input.as_bytes())
}

#[test]
fn documents_and_a_snapshot_give_what_the_corpus_gives() {
    let corpus = Corpus::of(FILES);
    let snapshot = corpus.run(&["snapshot"]);
    assert_eq!((snapshot.status, snapshot.err.as_str()), (0, ""));
    assert!(!snapshot.out.contains("widely believed") || snapshot.out.contains("texts/b.md"), "{}", snapshot.out);
    corpus.write("corpus.vds", snapshot.out.as_bytes());
    let texts = ["texts/a.md", "texts/b.md", "notes/minsk.md", "sources/tass.txt"];
    let whole = corpus.run(&["check", "--no-cache", "--format", "json-lines", "texts", "notes", "sources"]).json_lines();
    assert!(whole.len() > 3, "{whole:?}");
    let together = spread(&corpus, &lines(&corpus, &texts)).json_lines();
    let mut apart: Vec<Value> = texts.iter().flat_map(|text| spread(&corpus, &lines(&corpus, &[text])).json_lines()).collect();
    apart.sort_by_key(|d| (d["path"].to_string(), d["bytes"][0].as_u64(), d["rule"].to_string()));
    assert_eq!(together, whole);
    assert_eq!(apart, whole);
}

#[test]
fn a_line_that_is_no_document_is_told_and_the_rest_goes_on() {
    let corpus = Corpus::of(FILES);
    corpus.write("corpus.vds", corpus.run(&["snapshot"]).out.as_bytes());
    let ran = spread(&corpus, &format!("not JSON\n{}{}", lines(&corpus, &["texts/b.md"]), r#"{"path": "a.png", "text": ""}"#));
    assert_eq!((ran.status, ran.json_lines().len()), (2, 2));
    assert!(
        ran.err.contains("line 1 of standard input is no document: ") && ran.err.contains("a.png is no text by its name"),
        "{}",
        ran.err
    );
    let ran = corpus.run(&["check", "--documents", "-", "--snapshot", "gone.vds"]);
    assert!(
        ran.status == 2 && ran.err.contains("gone.vds is not there") && ran.err.contains("`vidimus snapshot CORPUS > corpus.vds`"),
        "{}",
        ran.err
    );
}

#[test]
fn lines_end_as_they_like_and_one_that_is_not_utf8_costs_itself() {
    let corpus = Corpus::of(FILES);
    corpus.write("corpus.vds", corpus.run(&["snapshot"]).out.as_bytes());
    let (a, b) = (lines(&corpus, &["texts/a.md"]), lines(&corpus, &["texts/b.md"]));
    let plain = spread(&corpus, &[a.as_str(), &b].concat()).json_lines();
    let input =
        [b"\xef\xbb\xbf", a.replace('\n', "\r\n").as_bytes(), b"\r\n{\"path\": \"x.md\", \"text\": \"\xff\"}\n\xef\xbb\xbf", b.as_bytes()]
            .concat();
    let ran = corpus.run_with_input(&["check", "--documents", "-", "--snapshot", "corpus.vds", "--format", "json-lines"], &input);
    assert_eq!((ran.json_lines(), ran.status), (plain, 2));
    assert!(ran.err.starts_with("error: line 3 of standard input is no document: "), "{}", ran.err);
}

/// PySpark spreads the United Nations' texts over two workers, and the findings are those of one process.
#[test]
fn spark_gets_what_one_process_gets() {
    let Some(shared) = beside::shared() else { return };
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools/spark/bin/python");
    if !python.is_file() {
        assert!(std::env::var("CI").as_deref() != Ok("true"), "PySpark is not installed: run tests/run");
        println!("skipped: PySpark is not installed");
        return;
    }
    let corpus = Corpus::of(&[("vidimus.toml", "[[documents]]\nfiles = \"**\"\nkind = \"source-text\"\n")]);
    for entry in std::fs::read_dir(shared.join("data/un/dev")).expect("the texts").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".txt") {
            corpus.write(&format!("un/{name}"), &std::fs::read(entry.path()).expect("read"));
        }
    }
    corpus.write("corpus.vds", corpus.run(&["snapshot"]).out.as_bytes());
    let binary = command(Path::new("."), &[]).get_program().to_owned();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate/spark.py");
    let done = Command::new(python).arg(script).args([binary, corpus.path("").into_os_string()]).output().expect("Python runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mut spread: Vec<Value> =
        String::from_utf8(done.stdout).expect("UTF-8").lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let mut whole = corpus.run(&["check", "--no-cache", "--format", "json-lines"]).json_lines();
    let key = |d: &Value| (d["path"].to_string(), d["bytes"][0].as_u64(), d["bytes"][1].as_u64(), d["rule"].to_string(), d.to_string());
    spread.sort_by_key(key);
    whole.sort_by_key(key);
    assert!(whole.len() > 20, "{} findings", whole.len());
    assert_eq!(spread, whole);
}
