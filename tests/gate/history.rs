//! A long history of random commits: a baseline never hides a new finding nor brings a mended one back.
//!
//! The judge is independent of fingerprints: each faulty sentence bears a number of its own, and a list of numbers says what was
//! put off. `VIDIMUS_ROUNDS=500` makes 500 commits.

use std::collections::{BTreeMap, BTreeSet};

use super::git::{commit, git};
use super::rounds;
use crate::commands::Corpus;
use crate::dice::Dice;

/// Commits when nobody asks for more.
const COMMITS: usize = 40;

/// One paragraph: a fault by its number, or calm words.
#[derive(Clone, PartialEq)]
enum Part {
    Fault(usize),
    Calm(usize),
}

type Texts = BTreeMap<String, Vec<Part>>;

fn text(parts: &[Part]) -> String {
    let line = |part: &Part| match part {
        Part::Fault(n) => format!("About {} people left town {n}.\n", 2000 + n),
        Part::Calm(n) => format!("Calm words, for the {n}th time.\n"),
    };
    parts.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn faults(texts: &Texts) -> BTreeSet<usize> {
    texts.values().flatten().filter_map(|p| if let Part::Fault(n) = p { Some(*n) } else { None }).collect()
}

/// One commit's worth of work; `next` numbers what is new, `mended` are faults that once were.
fn work(dice: &mut Dice, corpus: &Corpus, texts: &mut Texts, next: &mut usize, mended: &[usize]) {
    let path = texts.keys().nth(dice.roll(texts.len())).expect("a text").clone();
    let present = faults(texts);
    let parts = texts.get_mut(&path).expect("there");
    let at = dice.roll(parts.len() + 1);
    *next += 1;
    match dice.roll(8) {
        0 => parts.insert(at, Part::Fault(*next)),
        1 => parts.insert(at, Part::Calm(*next)),
        2 | 3 if at < parts.len() => parts[at] = Part::Calm(*next),
        4 if at < parts.len() => drop(parts.remove(at)),
        5 => parts.reverse(),
        6 if !mended.is_empty() => {
            let back = mended[dice.roll(mended.len())];
            if !present.contains(&back) {
                parts.push(Part::Fault(back));
            }
        }
        7 => {
            let to = format!("texts/{next}.md");
            git(corpus, &["mv", &path, &to]);
            let parts = texts.remove(&path).expect("there");
            texts.insert(to, parts);
        }
        _ => drop(texts.insert(format!("new{next}.md"), vec![Part::Calm(*next), Part::Fault(*next)])),
    }
    for (path, parts) in texts {
        corpus.write(path, text(parts).as_bytes());
    }
}

/// The numbers of the sentences told, and the files they lie in.
fn told(corpus: &Corpus, arguments: &[&str]) -> Vec<(usize, String)> {
    let report = corpus.run(&[&["check", "--format", "json", "--select", "unsourced-figure"], arguments].concat()).json();
    let number = |d: &serde_json::Value| {
        let path = d["path"].as_str().expect("a path").to_owned();
        let text = std::fs::read_to_string(corpus.path(&path)).expect("a text");
        let line = usize::try_from(d["start"]["line"].as_u64().expect("a line")).expect("small");
        let words = text.lines().nth(line - 1).expect("a line").trim_end_matches('.');
        (words.rsplit(' ').next().and_then(|n| n.parse().ok()).expect("a number"), path)
    };
    report["diagnostics"].as_array().expect("a list").iter().map(number).collect()
}

#[test]
fn a_baseline_loses_no_new_finding_and_brings_no_mended_one_back() {
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("texts/none.md", "Calm.\n")]);
    git(&corpus, &["init", "-q", "-b", "main"]);
    let mut texts: Texts = (0..4).map(|n| (format!("t{n}.md"), (0..4).map(|k| Part::Fault(10 * n + k)).collect())).collect();
    for (path, parts) in &texts {
        corpus.write(path, text(parts).as_bytes());
    }
    let mut commits = vec![(commit(&corpus), texts.clone())];
    corpus.run(&["check", "--select", "unsourced-figure", "--baseline", "known.json", "--update-baseline=all"]);
    let (mut put_off, mut mended, mut next) = (faults(&texts), Vec::new(), 100);
    for round in 0..rounds(COMMITS) {
        let mut dice = Dice::of(round as u64);
        work(&mut dice, &corpus, &mut texts, &mut next, &mended);
        let present = faults(&texts);
        let all = told(&corpus, &[]);
        assert_eq!(all.iter().map(|(n, _)| *n).collect::<BTreeSet<_>>(), present, "round {round}: the full run");
        let update: &[&str] = if dice.roll(2) == 0 { &["--update-baseline"] } else { &[] };
        let new: BTreeSet<usize> = told(&corpus, &[&["--baseline", "known.json"], update].concat()).into_iter().map(|(n, _)| n).collect();
        assert_eq!(new, present.difference(&put_off).copied().collect(), "round {round}: new findings");
        if !update.is_empty() {
            mended.extend(put_off.difference(&present));
            put_off.retain(|n| present.contains(n));
        }
        let (since, then) = &commits[dice.roll(commits.len())];
        let changed: Vec<_> = all.iter().filter(|(_, path)| then.get(path) != texts.get(path)).cloned().collect();
        assert_eq!(told(&corpus, &["--changed-since", since]), changed, "round {round}: since {since}");
        commits.push((commit(&corpus), texts.clone()));
    }
}
