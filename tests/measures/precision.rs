//! How many findings of each rule are right, in real texts, at the level the rule has by default.
//!
//! What people judged lies in `fixtures/precision`: places and verdicts without any words of the texts (its README tells how). A finding
//! that nobody judged counts for nothing, and too many of them fail the test: then somebody must read again.
//!
//! Reads `../shared` when it is there; says so when not, and fails then under `CI=true`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::shared;

/// Rules whose precision is below what their level asks; the manual of each says so, and why it speaks all the same.
const BELOW: &[&str] = &[];

/// Folders of the real texts: the folder, its settings, and files that are no texts of it.
const CORPORA: &[(&str, &str, &[&str])] = &[
    ("data/vaults/doing-meta-analysis-bookdown", "", &[]),
    ("data/vaults/deep-review-manubot/content", "", &["response-to-reviewers.md"]),
    ("data/un/dev", "[[documents]]\nfiles = \"**\"\nkind = \"source-text\"\n", &[]),
    ("data/entities/re3d-dev", "", &[]),
    ("seeds", "", &[]),
];

/// Sentences of an encyclopedia, one a line behind a label.
const SENTENCES: &str = "data/claims/vague_train.tsv";

/// Of these only the rules are judged there.
const OF_SENTENCES: &str = "unsourced-figure,unsourced-superlative,unsourced-event,anonymous-source";

/// A place in a file of the real texts.
#[derive(Clone, Debug)]
struct Place {
    path: String,
    from: usize,
    to: usize,
}

struct Judged {
    place: Place,
    hash: String,
    rule: String,
    verdict: String,
}

struct Told {
    place: Place,
    rule: String,
    level: String,
}

fn rows(file: &str) -> Vec<Judged> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/precision").join(file)).expect("labels");
    let number = |cell: &str| cell.parse().expect("an offset");
    let of_row = |row: &str| {
        let cells: Vec<&str> = row.split('\t').collect();
        let place = Place { path: cells[0].into(), from: number(cells[1]), to: number(cells[2]) };
        let word = |at: usize| cells.get(at).copied().unwrap_or_default().to_owned();
        Judged { place, hash: cells[3].into(), rule: word(4), verdict: word(5) }
    };
    text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).map(of_row).collect()
}

/// The first letters of the digest of the bytes at a place.
fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// Labels whose place holds what it held when it was judged.
fn valid(shared: &Path, rows: Vec<Judged>) -> Vec<Judged> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let all = rows.len();
    let kept: Vec<Judged> = rows
        .into_iter()
        .filter(|row| {
            let file =
                files.entry(row.place.path.clone()).or_insert_with(|| std::fs::read(shared.join(&row.place.path)).unwrap_or_default());
            file.get(row.place.from..row.place.to).is_some_and(|bytes| hash(bytes) == row.hash)
        })
        .collect();
    assert!(kept.len() * 20 >= all * 19, "only {} of {all} labels are of these texts", kept.len());
    kept
}

fn check(folder: &Path, arguments: &[&str]) -> Vec<serde_json::Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_vidimus"))
        .args(["check", "--format", "json", "--no-cache"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the binary runs");
    let report: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
    report["diagnostics"].as_array().expect("diagnostics").clone()
}

fn told(found: &serde_json::Value, place: impl Fn(&str, usize, usize) -> Place) -> Told {
    let word = |key: &str| found[key].as_str().expect("a word").to_owned();
    let at = |i: usize| usize::try_from(found["bytes"][i].as_u64().expect("an offset")).expect("it fits");
    Told { place: place(&word("path"), at(0), at(1)), rule: word("rule"), level: word("level") }
}

/// All findings in the real texts at their default levels.
fn findings(shared: &Path) -> Vec<Told> {
    let mut all = Vec::new();
    for (path, settings, others) in CORPORA {
        let copy = crate::copies::copy_of(&shared.join(path));
        std::fs::write(copy.path().join("vidimus.toml"), settings).expect("written");
        others.iter().for_each(|other| std::fs::remove_file(copy.path().join(other)).expect("removed"));
        let found = check(copy.path(), &[]);
        all.extend(found.iter().map(|f| told(f, |file, from, to| Place { path: format!("{path}/{file}"), from, to })));
    }
    all.extend(findings_of_sentences(shared));
    all
}

/// Each sentence as a paragraph of one text; places are those of the table.
fn findings_of_sentences(shared: &Path) -> Vec<Told> {
    let table = std::fs::read_to_string(shared.join(SENTENCES)).expect("sentences");
    let (mut text, mut starts, mut at) = (String::new(), Vec::new(), 0);
    for line in table.split_inclusive('\n') {
        if let Some(sentence) = line.split('\t').nth(1) {
            let from = at + line.find('\t').expect("a tab") + 1;
            starts.push((text.len(), from));
            text.push_str(sentence.trim_end());
            text.push_str("\n\n");
        }
        at += line.len();
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("vidimus.toml"), "").expect("written");
    std::fs::write(folder.path().join("sentences.md"), &text).expect("written");
    let place = |_: &str, from: usize, to: usize| {
        let (start, there) = starts[starts.partition_point(|(start, _)| *start <= from) - 1];
        Place { path: SENTENCES.into(), from: there + from - start, to: there + to - start }
    };
    check(folder.path(), &["--select", OF_SENTENCES]).iter().map(|f| told(f, place)).collect()
}

fn meets(one: &Place, other: &Place) -> bool {
    one.path == other.path && one.from < other.to && other.from < one.to
}

#[test]
fn most_findings_of_each_rule_are_right() {
    let Some(shared) = shared() else { return };
    let judged = valid(&shared, rows("judged.tsv"));
    let mut counts: BTreeMap<(String, String), [u32; 4]> = BTreeMap::new();
    let mut unread = Vec::new();
    for found in findings(&shared) {
        let of_rule = || judged.iter().filter(|j| j.rule == found.rule);
        // Rules that need no reading, and sentences beyond the sample, are not judged.
        if of_rule().next().is_none() {
            continue;
        }
        let verdict = of_rule().find(|j| meets(&j.place, &found.place)).map(|j| j.verdict.as_str());
        let column = match verdict {
            Some("right") => 0,
            Some("wrong") => 1,
            Some(_) => 2,
            None => 3,
        };
        if column == 3 && found.place.path != SENTENCES {
            unread.push(format!("{} {}..{} {}", found.place.path, found.place.from, found.place.to, found.rule));
        }
        counts.entry((found.rule, found.level)).or_default()[column] += 1;
    }
    let mut low = Vec::new();
    eprintln!("rule, level: right of judged; either, not judged");
    for ((rule, level), [right, wrong, either, not]) in &counts {
        let all = right + wrong;
        let share = f64::from(*right) / f64::from(all.max(1));
        eprintln!("{rule}, {level}: {right} of {all} ({share:.2}); {either}, {not}");
        let bar = if level == "warning" { 0.90 } else { 0.75 };
        if all > 0 && share < bar && !BELOW.contains(&rule.as_str()) {
            low.push(format!("{rule} as {level}: {share:.2} of {all}"));
        }
    }
    assert!(low.is_empty(), "less than the level asks: {low:?}");
    assert!(unread.len() < 12, "findings that nobody judged:\n{}", unread.join("\n"));
}

/// The paragraphs that were read before any rule was run on them: what was wanted there, and what is found.
#[test]
fn paragraphs_labelled_before_running_are_judged() {
    let Some(shared) = shared() else { return };
    let rows = valid(&shared, rows("sample.tsv"));
    let (paragraphs, wanted): (Vec<Judged>, Vec<Judged>) = rows.into_iter().partition(|r| r.rule.is_empty());
    let rules: Vec<&str> = ["figure", "quote", "superlative", "event"].into_iter().collect();
    let (mut right, mut wrong, mut found_wanted) = (0, Vec::new(), 0);
    let all = findings(&shared);
    for found in all.iter().filter(|f| rules.iter().any(|r| f.rule == format!("unsourced-{r}")) && f.place.path != SENTENCES) {
        if !paragraphs.iter().any(|p| meets(&p.place, &found.place)) {
            continue;
        }
        match wanted.iter().find(|w| w.rule == found.rule && meets(&w.place, &found.place)) {
            Some(w) if w.verdict == "right" => right += 1,
            Some(_) => {}
            // The news were read as sources, in which a speaker suffices.
            None if found.place.path.starts_with("seeds/") && found.rule == "unsourced-quote" => {}
            None => wrong.push(format!("{} {}..{} {}", found.place.path, found.place.from, found.place.to, found.rule)),
        }
    }
    for w in wanted.iter().filter(|w| w.verdict == "right") {
        found_wanted += u32::from(all.iter().any(|f| f.rule == w.rule && meets(&f.place, &w.place)));
    }
    let asked = wanted.iter().filter(|w| w.verdict == "right").count();
    eprintln!("{} paragraphs: {right} findings right, wrong {wrong:?}; of {asked} wanted {found_wanted} found", paragraphs.len());
    assert!(paragraphs.len() >= 200 && wrong.len() * 4 <= right, "{right} right, wrong: {wrong:?}");
}

/// Where a finding of the list lies, for somebody who reads it: prints findings that nobody judged, with their words.
#[test]
#[ignore = "prints what is to be judged by a reader"]
fn findings_that_nobody_judged_are_listed() {
    let Some(shared) = shared() else { return };
    let judged = rows("judged.tsv");
    for found in findings(&shared) {
        if judged.iter().any(|j| j.rule == found.rule && meets(&j.place, &found.place)) {
            continue;
        }
        let path: PathBuf = shared.join(&found.place.path);
        let text = std::fs::read(path).expect("a text");
        let around = &text[found.place.from.saturating_sub(100)..(found.place.to + 60).min(text.len())];
        let Place { path, from, to } = &found.place;
        eprintln!("{path}\t{from}\t{to}\t{}\t{}\t{}", found.rule, found.level, String::from_utf8_lossy(around).replace('\n', " "));
    }
}
