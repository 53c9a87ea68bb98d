//! What names of real registries find in real texts that others have labelled, measured; and how fast.
//!
//! Reads `../shared` when it is there; says so when not, and fails then under `CI=true`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::shared;
use vidimus::registry::{CaseRule, Gazetteer, Name};

/// Names and aliases with the number of their record.
fn names(folder: &Path) -> Vec<(String, u32)> {
    let mut all = Vec::new();
    let mut record = 0;
    for file in ["actors", "cities", "countries", "un-speakers"] {
        let text = std::fs::read_to_string(folder.join(format!("data/registries/{file}.jsonl"))).expect("a registry");
        for line in text.lines() {
            let value: serde_json::Value = serde_json::from_str(line).expect("a record");
            let mut add = |v: &serde_json::Value| all.extend(v.as_str().map(|s| (s.to_owned(), record)));
            add(&value["name"]);
            value["aliases"].as_array().into_iter().flatten().for_each(&mut add);
            for role in value["roles"].as_array().into_iter().flatten() {
                add(&role["title"]);
            }
            record += 1;
        }
    }
    all
}

fn compile(names: &[(String, u32)]) -> Gazetteer {
    Gazetteer::compile(names.iter().map(|(text, record)| Name { text, record: *record, role: None, case: CaseRule::of_name(text) }))
}

/// Spans of people, bodies, places and nationalities in a brat file, in characters, without a leading "the".
fn gold(ann: &str) -> BTreeSet<(usize, usize)> {
    let mut spans = BTreeSet::new();
    for line in ann.lines().filter(|l| l.starts_with('T')) {
        let mut fields = line.splitn(3, '\t').skip(1);
        let (Some(head), Some(surface)) = (fields.next(), fields.next()) else { continue };
        let head: Vec<&str> = head.split([' ', ';']).collect();
        if ["Person", "Organisation", "Location", "Nationality"].contains(&head[0]) && surface.chars().any(char::is_uppercase) {
            let cut = if surface.to_lowercase().starts_with("the ") { 4 } else { 0 };
            spans.insert((head[1].parse::<usize>().expect("start") + cut, head[head.len() - 1].parse().expect("end")));
        }
    }
    spans
}

fn prf(tp: usize, fp: usize, wanted: usize) -> (f64, f64) {
    (tp as f64 / (tp + fp).max(1) as f64, tp as f64 / wanted.max(1) as f64)
}

#[test]
fn names_of_real_registries_are_found_precisely() {
    let Some(shared) = shared() else { return };
    let names = names(&shared);
    let gazetteer = compile(&names);
    let (mut strict, mut overlap, mut reached, mut found, mut wanted) = (0, 0, 0, 0, 0);
    let verbose = std::env::var_os("MISSES").is_some();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(shared.join("data/entities/re3d-dev")).expect("texts").map(|e| e.expect("entry").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        let want = gold(&std::fs::read_to_string(file.with_extension("ann")).expect("labels"));
        let mut have = BTreeSet::new();
        gazetteer.scan(&text, |hit| {
            let chars = |at: u32| text[..at as usize].chars().count();
            let cut = if hit.name.slice(&text).to_lowercase().starts_with("the ") { 4 } else { 0 };
            have.insert((chars(hit.name.start) + cut, chars(hit.name.end)));
        });
        let touches = |a: &(usize, usize), pool: &BTreeSet<(usize, usize)>| pool.iter().any(|b| a.0 < b.1 && b.0 < a.1);
        let all: Vec<char> = text.chars().collect();
        let show = |s: &(usize, usize)| {
            let of = |a: usize, b: usize| all[a.min(all.len())..b.min(all.len())].iter().collect::<String>().replace('\n', "⏎");
            format!("{}[{}]{}", of(s.0.saturating_sub(30), s.0), of(s.0, s.1), of(s.1, s.1 + 30))
        };
        if verbose {
            have.iter().filter(|h| !touches(h, &want)).for_each(|h| eprintln!("false  {}", show(h)));
            have.difference(&want).filter(|h| touches(h, &want)).for_each(|h| eprintln!("extent {}", show(h)));
            want.iter().filter(|w| !touches(w, &have)).for_each(|w| eprintln!("missed {}", show(w)));
        }
        strict += want.intersection(&have).count();
        overlap += have.iter().filter(|h| touches(h, &want)).count();
        reached += want.iter().filter(|w| touches(w, &have)).count();
        found += have.len();
        wanted += want.len();
    }
    let (p, r) = prf(strict, found - strict, wanted);
    // As the score is defined: what of the labels is reached stands for the true finds.
    let overlapped = reached as f64 / (reached + found - overlap) as f64;
    eprintln!(
        "strict P {p:.4} R {r:.4}; overlap P {overlapped:.4} R {:.4}; {found} found, {wanted} wanted",
        reached as f64 / wanted as f64
    );
    eprintln!("rejected: {}", gazetteer.rejected().len());
    assert!(p >= 0.80 && overlapped >= 0.93, "precision fell");
}

/// Not a test: figures, for whoever changes the scan. `cargo test --profile fast --test main speed -- --ignored --nocapture`
#[test]
#[ignore = "measures"]
fn speed() {
    let Some(shared) = shared() else { return };
    let mut names = names(&shared);
    let mut text = String::new();
    for folder in ["data/un/dev", "data/entities/re3d-dev"] {
        let mut files: Vec<PathBuf> = std::fs::read_dir(shared.join(folder)).expect("texts").map(|e| e.expect("entry").path()).collect();
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "txt")) {
            text.push_str(&std::fs::read_to_string(file).expect("a text"));
            text.push('\n');
        }
    }
    let text = text.repeat(40_000_000 / text.len());
    let step = names.len() / 30_000;
    let few: Vec<_> = names.iter().step_by(step).cloned().collect();
    measure(&few[..1], &text);
    measure(&few[..1000], &text);
    measure(&few, &text);
    measure(&names, &text);
    let real = names.len();
    for n in 0..1_000_000 - real {
        let (name, record) = names[n % real].clone();
        names.push((format!("{name} {}{}", ["Front", "Council", "of", "Vale"][n / real % 4], n / real), record));
    }
    measure(&names, &text);
}

fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Seconds this thread has computed; the wall's clock where that is unknown.
fn computed() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|n| n.parse::<f64>().ok()).map_or_else(|| Instant::now().elapsed().as_secs_f64(), |n| n / 1e9)
}

fn measure(names: &[(String, u32)], text: &str) {
    let before = resident();
    let start = Instant::now();
    let gazetteer = compile(names);
    let built = start.elapsed();
    let held = resident().saturating_sub(before) / 1024;
    let mut best = f64::MAX;
    let mut hits = 0;
    for _ in 0..3 {
        let start = computed();
        hits = 0;
        gazetteer.scan(text, |_| hits += 1);
        best = best.min(computed() - start);
    }
    eprintln!("{} names: built in {built:.2?}, {held} MB more; {:.0} MB/s, {hits} hits", names.len(), text.len() as f64 / best / 1e6);
}
