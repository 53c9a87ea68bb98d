//! How many findings of a rule are right in paragraphs of our own, for rules that real texts give nothing to find.
//!
//! `fixtures/precision/written/RULE.txt` has the paragraphs, each checked as a text alone beside the corpus of that folder; they were
//! labelled before the rule was run on them (`fixtures/README.md` tells how, and what came of the first run).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Rules that are below what their level asks; each is off by default, and its manual says so.
const BELOW: &[&str] = &[];

struct Paragraph {
    name: String,
    label: char,
    words: String,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/precision/written")
}

/// The labelled lines of one rule as files; a line of a bibliography is a record, any other a text.
fn paragraphs(rule: &str, lines: &str) -> Vec<(Paragraph, String)> {
    let (mut front, mut out) = (String::new(), Vec::new());
    for (number, line) in lines.lines().enumerate() {
        let (label, words) = line.split_at_checked(1).unwrap_or(("#", ""));
        let words = words.trim();
        match label {
            "=" => words.clone_into(&mut front),
            "+" | "-" | "?" => {
                let (name, text) = if rule == "source-not-archived" {
                    (format!("bib/{number:03}.bib"), words.replacen("{x,", &format!("{{x{number},"), 1))
                } else {
                    let head = if front.is_empty() { String::new() } else { format!("---\n{}\n---\n", front.replace("; ", "\n")) };
                    (format!("{number:03}.md"), head + &words.replace(" ¶ >", "\n>").replace(" ¶ ", "\n\n"))
                };
                let label = label.chars().next().unwrap_or('?');
                out.push((Paragraph { name, label, words: format!("[{front}] {words}") }, text + "\n"));
            }
            _ => assert!(label == "#", "`{rule}`: a line without a label: {line}"),
        }
    }
    out
}

/// Rule and level of what is found in each text.
fn found(folder: &Path, rule: &str) -> BTreeMap<String, Vec<String>> {
    let run = Command::new(env!("CARGO_BIN_EXE_vidimus"))
        .args(["check", "--format", "json", "--no-cache", "--exit-zero", "--select", rule])
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in report["diagnostics"].as_array().expect("diagnostics").iter().filter(|one| one["rule"] == rule) {
        let word = |key: &str| one[key].as_str().expect("a word").to_owned();
        found.entry(word("path")).or_default().push(word("level"));
    }
    found
}

/// Of one rule: right, wrong, missed, and what is below its bar.
fn measure(rule: &str, lines: &str) -> Option<String> {
    let copy = crate::copies::copy_of(&folder().join("corpus"));
    std::fs::create_dir_all(copy.path().join("bib")).expect("a folder");
    let mut all = Vec::new();
    for (paragraph, text) in paragraphs(rule, lines) {
        std::fs::write(copy.path().join(&paragraph.name), text).expect("written");
        all.push(paragraph);
    }
    let found = found(copy.path(), rule);
    let level = found.values().flatten().next().cloned().unwrap_or_default();
    let (mut right, mut wrong, mut missed) = (0_u32, Vec::new(), Vec::new());
    for one in &all {
        let findings = found.get(&one.name).map_or(0, Vec::len);
        match one.label {
            '+' if findings == 0 => missed.push(one.words.as_str()),
            '+' => right += 1,
            '-' if findings > 0 => wrong.push(one.words.as_str()),
            _ => {}
        }
    }
    let judged = right + u32::try_from(wrong.len()).unwrap_or(u32::MAX);
    eprintln!("{rule}, {level}: {right} of {judged} right, {} missed", missed.len());
    for (label, words) in wrong.iter().map(|w| ("wrong", w)).chain(missed.iter().map(|w| ("missed", w))) {
        eprintln!("    {label}: {words}");
    }
    let bar = if level == "note" { 0.75 } else { 0.90 };
    let low = judged == 0 || f64::from(right) < bar * f64::from(judged);
    (low && !BELOW.contains(&rule)).then(|| format!("{rule} as {level}: {right} of {judged}, wrong: {wrong:#?}"))
}

#[test]
fn most_findings_in_labelled_paragraphs_are_right() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder()).expect("the paragraphs").flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let of_file = |path: &PathBuf| {
        let rule = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(vidimus::rules::rule(&rule).is_some(), "`{rule}` is no rule");
        measure(&rule, &std::fs::read_to_string(path).expect("paragraphs"))
    };
    let low: Vec<String> = files.iter().filter_map(of_file).collect();
    assert!(files.len() >= 20, "only {} rules", files.len());
    assert!(low.is_empty(), "less than the level asks:\n{}", low.join("\n"));
}
