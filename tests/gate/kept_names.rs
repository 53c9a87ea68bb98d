//! Names kept compiled are the names: a run that finds them, or something else in their place, prints what a run without prints.

use std::path::PathBuf;

use super::rounds;
use crate::commands::{Corpus, Ran};
use crate::dice::Dice;

/// Rounds of damage when nobody asks for more.
const ROUNDS: usize = 12;

/// Enough that they are kept.
const PEOPLE: usize = 1200;

fn registry(people: usize) -> String {
    let one = |n: usize| {
        let role = if n.is_multiple_of(40) { r#", "roles": [{"title": "Envoy to Ruritania"}]"# } else { "" };
        let (id, name) = (format!("person-{n}"), format!("Adam Karov{n}"));
        format!(
            "{{\"id\": \"{id}\", \"type\": \"person\", \"name\": \"{name}\", \"aliases\": [\"Karov{n}\", \"Quill {}\"]{role}}}\n",
            n % 900
        )
    };
    (0..people).map(one).collect()
}

const TEXT: &str = "Adam Karov7's answer was short. QUILL 299 and Quill 300 left; the Envoy to Ruritania stayed with Karov1199.\n";

fn corpus() -> Corpus {
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("texts/a.md", TEXT), ("texts/b.md", "Karov3, Karov1200 and Quill 5 spoke.\n")]);
    corpus.write("registry.jsonl", registry(PEOPLE).as_bytes());
    corpus
}

fn check(corpus: &Corpus, more: &[&str]) -> Ran {
    corpus.run(&[&["check", "--format", "json"], more].concat())
}

/// A run that has to look at the texts, with the names that are kept.
fn look(corpus: &Corpus) -> String {
    std::fs::remove_dir_all(corpus.cache().join("checks")).unwrap_or_default();
    check(corpus, &[]).out
}

fn kept(corpus: &Corpus) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(corpus.cache().join("names"));
    entries.into_iter().flatten().map(|entry| entry.expect("listed").path()).collect()
}

#[test]
fn they_are_kept_and_used_and_forgotten() {
    let corpus = corpus();
    let sound = check(&corpus, &["--no-cache"]);
    assert!(sound.out.contains("ambiguous-alias"), "{}", sound.out);
    assert!(kept(&corpus).is_empty() && check(&corpus, &["--statistics"]).out == sound.out && kept(&corpus).is_empty());
    assert_eq!(look(&corpus), sound.out);
    let [file] = kept(&corpus).try_into().expect("the names of one corpus");
    let written = |file: &PathBuf| std::fs::metadata(file).and_then(|meta| meta.modified()).expect("a date");
    let first = written(&file);
    assert_eq!(look(&corpus), sound.out);
    assert_eq!(written(&file), first, "what lies there is used");
    let one = corpus.run_with_input(&["check", "--format", "json", "--stdin-filename", "texts/a.md", "-"], TEXT.as_bytes());
    assert_eq!(one.out, check(&corpus, &["--no-cache", "texts/a.md"]).out);
    let ran = corpus.run(&["clean"]);
    assert!(ran.status == 0 && ran.err.contains("MB of kept names removed from"), "{}", ran.err);
    assert!(kept(&corpus).is_empty());
}

#[test]
fn few_names_are_not_kept() {
    let corpus = corpus();
    corpus.write("registry.jsonl", registry(9).as_bytes());
    assert_eq!(look(&corpus), check(&corpus, &["--no-cache"]).out);
    assert!(kept(&corpus).is_empty());
}

#[test]
fn other_names_do_not_find_them() {
    let corpus = corpus();
    look(&corpus);
    let all = registry(PEOPLE + 1);
    let changes = [
        ("one more", all.clone()),
        ("one fewer", registry(PEOPLE - 1)),
        ("another name", all.replacen("Karov7\"", "Smith\"", 1)),
        ("another alias", all.replacen("Quill 300", "Quill 301", 1)),
        ("another case", all.replacen("\"aliases\"", "\"match\": \"folded\", \"aliases\"", 1)),
        ("another office", all.replace("Envoy to", "Minister of")),
        ("another order", all.lines().rev().collect::<Vec<_>>().join("\n")),
        ("a work", all.replacen("\"person\"", "\"source\"", 8)),
        ("none", String::new()),
        ("those of the beginning", registry(PEOPLE)),
    ];
    for (what, registry) in changes {
        corpus.write("registry.jsonl", registry.as_bytes());
        let sound = check(&corpus, &["--no-cache"]).out;
        assert_eq!(look(&corpus), sound, "{what}");
        assert_eq!(look(&corpus), sound, "{what}, again");
    }
}

#[test]
fn damage_is_not_noticed() {
    let corpus = corpus();
    let sound = look(&corpus);
    let [file] = kept(&corpus).try_into().expect("the names of one corpus");
    for round in 0..rounds(ROUNDS) {
        let mut dice = Dice::of(round as u64);
        let mut bytes = std::fs::read(&file).expect("kept");
        match dice.roll(4) {
            0 => bytes.clear(),
            1 => bytes.truncate(dice.roll(bytes.len())),
            2 => bytes.extend(b"more"),
            _ => {
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
            }
        }
        std::fs::write(&file, bytes).expect("written");
        assert_eq!(look(&corpus), sound, "round {round}");
        assert!(std::fs::metadata(&file).expect("kept again").len() > 1000);
    }
    let folder = corpus.cache().join("names");
    std::fs::remove_dir_all(&folder).expect("removed");
    std::fs::write(&folder, "no folder").expect("written");
    assert_eq!(look(&corpus), sound, "nothing can be kept");
}
