//! Every format of every fixture corpus against its published schema, and all of them against each other.

use std::path::Path;

use super::tools;
use crate::commands::{Corpus, command};

const FORMATS: [&str; 7] = ["json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"];

/// A corpus of what formats stumble over: names and words with their own marks, control characters, lone carriage returns,
/// nothing at all, and findings that are allowed.
fn awkward() -> Corpus {
    Corpus::of(&[
        ("vidimus.toml", ""),
        ("100 %, :sure? #1 & <b>.md", "\u{feff}It is widely believed.\r\n[[nobody \u{1b}[31m<&\"']] and 𝕏 [[nobody]].\r\r[[a]]"),
        ("тексты/мир ]]>.md", "Он сказал: [[никто]].\n\n\u{b}\u{7f}[[\u{ffff}x]]\n"),
        ("empty.md", ""),
        ("calm.md", "Nothing to see.\n"),
        (
            "allowed.md",
            "<!-- vidimus-allow unknown-entity: a name \"of the time\" & <no> other -->\n\n[[somebody]] was here.\n\n[[anybody]] as well.\n",
        ),
        ("registry/a.yaml", "- id: a\n  type: person\n- id: a\n  type: org\n  nmae: A\n"),
    ])
}

fn reports(folder: &Path) {
    let root = tools::root();
    let awkward = awkward();
    let report = |here: &Path, corpus: &str, name: &str| {
        for format in FORMATS {
            let file = folder.join(format!("{name}.{format}"));
            let file = file.to_str().expect("UTF-8");
            let ran = command(here, &["check", corpus, "--format", format, "--output-file", file]).output().expect("the binary runs");
            assert!(ran.stdout.is_empty() && Path::new(file).is_file(), "{format}: {}", String::from_utf8_lossy(&ran.stderr));
        }
    };
    report(root, "fixtures/peacekeeping", "peacekeeping");
    report(root, "fixtures/broken", "broken");
    report(root, "fixtures/peacekeeping/opinions", "nothing");
    report(&awkward.path(""), ".", "awkward");
    for of in ["config", "record", "settings"] {
        let ran = command(root, &["schema", of]).output().expect("the binary runs");
        std::fs::write(folder.join(format!("{of}.schema")), ran.stdout).expect("written");
    }
}

#[test]
fn every_format_of_every_corpus_holds_its_schema_and_tells_the_same() {
    let Some(mut python) = tools::python("python") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    reports(folder.path());
    let validate = tools::root().join("tests/gate/validate.py");
    let (well, told) = tools::said(python.arg(validate).arg(tools::root().join("fixtures/schemas")).arg(folder.path()));
    assert!(well, "{told}");
    multitool(folder.path());
}

/// The judge of SARIF's makers: no error, and of its warnings only that we have no page on the web.
fn multitool(folder: &Path) {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        return;
    }
    let Some(tool) = tools::node("@microsoft/sarif-multitool-linux/Sarif.Multitool") else { return };
    let mut run = std::process::Command::new(tool);
    run.current_dir(folder).env("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "1");
    run.args(["validate", "peacekeeping.sarif", "broken.sarif", "nothing.sarif", "awkward.sarif", "--output", "judged.json"]);
    let (well, told) = tools::said(&mut run);
    let complaints = |line: &&str| line.contains(": error ") || line.contains(": warning ") && !line.contains("SARIF2005");
    let complaints: Vec<&str> = told.lines().filter(complaints).collect();
    assert!(well && complaints.is_empty(), "{told}");
}

/// Nobody who opens a file sees its byte order mark; who counts bytes counts its bytes.
#[test]
fn columns_count_from_behind_a_byte_order_mark() {
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("a.md", "\u{feff}𝕏 [[nobody]] came.\r\n[[somebody]] left.\r\n")]);
    let expected = [
        ("text", "--> a.md:1:5\n"),
        ("json", r#""start":{"line":1,"column":5},"end":{"line":1,"column":11},"bytes":[10,16]"#),
        ("json-lines", r#""start":{"line":2,"column":3},"end":{"line":2,"column":11}"#),
        ("sarif", r#"{"startLine":1,"startColumn":5,"endLine":1,"endColumn":11}"#),
        ("github", "line=1,endLine=1,col=5,endColumn=11,"),
        ("checkstyle", r#"line="1" column="5""#),
        ("junit", "unknown-entity at 1:5"),
        ("rdjson", r#""start":{"column":11,"line":1}"#),
    ];
    for (format, place) in expected {
        let ran = corpus.run(&["check", "--format", format]);
        assert!(ran.out.contains(place), "{format}: {}", ran.out);
        assert!(!ran.out.contains('\u{feff}'), "{format} shows the mark");
    }
    assert!(corpus.run(&["explain", "a.md:1:5"]).out.contains("`nobody`"));
}

#[test]
fn sarif_lists_what_is_silenced_and_why_and_what_a_baseline_knows() {
    let corpus = awkward();
    let results = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let ran = corpus.run(&[&["check", "allowed.md", "--format", "sarif"], arguments].concat());
        assert_eq!(ran.status, i32::from(!arguments.contains(&"known.json")), "{}", ran.err);
        ran.json()["runs"][0]["results"].as_array().expect("results").clone()
    };
    let plain = results(&[]);
    assert_eq!(plain.len(), 2);
    assert_eq!(plain[0]["suppressions"][0]["justification"], "a name \"of the time\" & <no> other");
    assert_eq!((&plain[1]["suppressions"], &plain[1]["baselineState"]), (&serde_json::json!([]), &serde_json::Value::Null));
    assert_eq!(corpus.run(&["check", "allowed.md", "--format", "json"]).json()["summary"]["errors"], 1);
    corpus.run(&["check", "allowed.md", "--baseline", "known.json", "--update-baseline=all"]);
    let compared = results(&["--baseline", "known.json"]);
    assert_eq!((&compared[0]["baselineState"], &compared[1]["baselineState"]), (&"new".into(), &"unchanged".into()));
}
