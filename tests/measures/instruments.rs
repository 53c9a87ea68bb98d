//! How many of the links that the United Nations themselves set in their resolutions are found, whether
//! misprinted years are told and no others, what is found where nothing is; and how fast.
//!
//! Reads `../shared` (or `$VIDIMUS_SHARED`) when it is there; says so when not, and fails then under `CI=true`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use vidimus::prose::instruments::{self, Body, Instrument};
use vidimus::registry::unsc;
use vidimus::text::Span;

use super::shared;

/// Byte offsets of every character and of the end.
fn offsets(text: &str) -> Vec<u32> {
    text.char_indices().map(|(i, _)| i).chain([text.len()]).map(|i| u32::try_from(i).expect("a small text")).collect()
}

/// The instruments of a text, paragraph by paragraph: passages end at empty lines.
fn read(text: &str) -> Vec<Instrument> {
    let mut found = Vec::new();
    let mut from = 0;
    for paragraph in text.split("\n\n") {
        let end = from + paragraph.len();
        instruments::find(text, Span::from(from..end), &mut found);
        from = end + 2;
    }
    found
}

fn file(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("a text of the set")
}

fn plain(symbol: &str) -> String {
    symbol.split_whitespace().collect::<String>().to_uppercase()
}

#[test]
fn links_of_the_united_nations_are_found() {
    let Some(shared) = shared() else { return };
    let folder = shared.join("data/un/dev");
    let mut gold: BTreeMap<String, Vec<serde_json::Value>> = BTreeMap::new();
    for line in file(&folder, "links.jsonl").lines() {
        let link: serde_json::Value = serde_json::from_str(line).expect("a link");
        gold.entry(link["doc"].as_str().expect("a name").to_owned()).or_default().push(link);
    }
    let (mut hit, mut wrong, mut missed) = (0, Vec::new(), Vec::new());
    for (name, links) in &gold {
        let text = file(&folder, name);
        let (found, at) = (read(&text), offsets(&text));
        for link in links {
            let number = |key: &str| at[usize::try_from(link[key].as_u64().expect("an offset")).expect("small")];
            let span = Span::new(number("start"), number("end"));
            let target = link["target"].as_str().expect("a symbol");
            let hits: Vec<_> = found.iter().filter(|i| i.span.overlaps(span)).collect();
            if hits.iter().any(|i| plain(&i.symbol) == plain(target)) {
                hit += 1;
            } else {
                let list = if hits.is_empty() { &mut missed } else { &mut wrong };
                list.push(format!("{name} {}: {target} as {:?}", link["surface"], hits.iter().map(|i| &i.symbol).collect::<Vec<_>>()));
            }
        }
    }
    let all = hit + wrong.len() + missed.len();
    #[expect(clippy::cast_precision_loss, reason = "counts of thousands")]
    let recall = hit as f64 / all as f64;
    eprintln!("references: recall {recall:.5} of {all}; wrong {wrong:?}; missed {missed:?}");
    assert!(recall >= 0.999 && wrong.is_empty());
}

#[test]
fn misprinted_years_are_told_and_no_others() {
    let Some(shared) = shared() else { return };
    let folder = shared.join("data/un/dev");
    let rows = file(&folder, "year_mismatches.tsv");
    let mut gold: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for row in rows.lines().skip(1) {
        let cells: Vec<_> = row.split('\t').collect();
        gold.entry(cells[0]).or_default().push((cells[1].parse().expect("an offset"), cells[2].parse().expect("an offset")));
    }
    let (mut told, mut wanted, mut others) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(&folder).expect("the set") {
        let name = entry.expect("a file").file_name().into_string().expect("a name");
        if !name.ends_with(".txt") {
            continue;
        }
        let text = file(&folder, &name);
        let at = offsets(&text);
        let want: Vec<_> = gold.get(&*name).into_iter().flatten().map(|(a, b)| Span::new(at[*a], at[*b])).collect();
        wanted += want.len();
        for found in read(&text) {
            let (Body::SecurityCouncil(number), Some((year, _))) = (found.body, found.year_as_written) else { continue };
            if unsc::resolution(number).is_some_and(|r| r.year != year) {
                if want.iter().any(|w| w.overlaps(found.span)) {
                    told += 1;
                } else {
                    others.push(format!("{name} {}", found.span.slice(&text)));
                }
            }
        }
    }
    eprintln!("years: told {told} of {wanted}; others {others:?}");
    // Two misprints of the set are not in its list: number and year disagree there by the United Nations' own table too.
    let unlisted = ["S_RES_2364_2017.txt 2242 (2016)", "S_RES_2395_2017.txt 2195 (2015)"];
    others.retain(|other| !unlisted.contains(&other.as_str()));
    assert!(told == wanted && others.is_empty(), "told wrongly: {others:?}");
}

/// All texts under a folder, in order of their names.
fn texts(folder: &Path, into: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            texts(&path, into);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            into.push((path, text));
        }
    }
}

#[test]
fn nothing_is_found_where_nothing_is() {
    let Some(shared) = shared() else { return };
    let mut all = Vec::new();
    for folder in ["data/vaults", "data/claims", "data/entities", "seeds"] {
        texts(&shared.join(folder), &mut all);
    }
    let mut count = 0;
    for (path, text) in &all {
        for found in read(text) {
            count += 1;
            eprintln!("{}: {:?} {} {:?}", path.display(), found.span.slice(text), found.id, found.pin);
        }
    }
    assert!(count < 60, "{count} instruments in texts that name few");
}

/// Throughput where there is nothing to find. The bound is for optimised builds; others print.
#[test]
fn text_without_instruments_costs_little() {
    let Some(shared) = shared() else { return };
    let mut all = Vec::new();
    texts(&shared.join("data/vaults/doing-meta-analysis-bookdown"), &mut all);
    let text: String = all.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "Rmd")).map(|(_, text)| text.as_str()).collect();
    let passages: Vec<Span> = text.split("\n\n").map(|part| Span::of(part, &text)).collect();
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let mut found = Vec::new();
        let start = Instant::now();
        for passage in &passages {
            instruments::find(&text, *passage, &mut found);
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    #[expect(clippy::cast_precision_loss, reason = "megabytes")]
    let speed = text.len() as f64 / 1e6 / best;
    eprintln!("instruments: {speed:.0} MB/s over {} passages of {} bytes", passages.len(), text.len());
    assert!(cfg!(debug_assertions) || speed > 100.0);
}
