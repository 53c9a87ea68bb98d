//! What is kept between runs costs time when it is wrong, never an answer.

use super::rounds;
use crate::commands::{Corpus, Ran};
use crate::dice::Dice;

/// Rounds of edits when nobody asks for more.
const ROUNDS: usize = 25;

const FILES: &[(&str, &str)] = &[
    ("vidimus.toml", "[rules]\nunsourced-figure = \"error\"\n"),
    (
        "registry.yaml",
        "- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov], roles: [{title: Foreign Minister, from: 2004-03-09, aliases: [the top diplomat]}]}\n\
         - {id: unsc-2202, type: resolution, name: Resolution 2202, symbol: S/RES/2202 (2015), date: 2015-02-17, parts: [op-1..op-4]}\n",
    ),
    ("refs.bib", "@misc{tass-2017, title = {Interview}, date = {2017-03-16}, file = {sources/tass.txt}}\n"),
    ("sources/tass.txt", "The minister spoke.\n\nThere is no alternative to these agreements, he said.\n"),
    ("sources/mid.md", "---\nkind: source-text\nsource: mid-2017\n---\nNothing will change this year.\n"),
    ("notes/minsk.md", "---\nid: minsk\ntype: place\nname: Minsk\n---\n# Minsk\n\n1. A city. {#city}\n"),
    (
        "texts/a.md",
        "---\ndate: 2017-03-16\n---\nLavrov said “There is no alternative to these agreements” [@tass-2017]. See [[b#old]] and [[lavrow]].\n",
    ),
    ("texts/b.md", "---\nid: b\n---\n# New\n\n## Old {#old}\n\nAbout 90,000 people left [[minsk#city]], resolution 2202 (2014) says.\n"),
    (
        "texts/c.md",
        "<!-- vidimus-allow unsourced-figure: rhetorical until=2999-01-01 -->\nAbout 12,000 people came.\n\nSome 700 left [@mid-2017].\n",
    ),
];

fn corpus() -> Corpus {
    Corpus::of(FILES)
}

fn check(corpus: &Corpus, more: &[&str]) -> Ran {
    corpus.run(&[&["check", "--format", "json"], more].concat())
}

/// A run with what is kept is the run without.
fn assert_same(corpus: &Corpus, what: &str) {
    let (kept, anew) = (check(corpus, &[]), check(corpus, &["--no-cache"]));
    assert_eq!((&kept.out, &kept.err, kept.status), (&anew.out, &anew.err, anew.status), "{what}");
}

#[test]
fn after_any_edits_a_run_with_what_is_kept_is_the_run_without() {
    let corpus = corpus();
    let pieces = ["lavrov", "minsk", "tass-2017", "mid-2017", "[[b#new]]", "{#new}", "until=2001-01-01", "90", "no ", "Minsk", "2202"];
    for round in 0..rounds(ROUNDS) {
        let mut dice = Dice::of(round as u64);
        let (path, first) = FILES[dice.roll(FILES.len())];
        let now = std::fs::read_to_string(corpus.path(path)).ok();
        match (dice.roll(10), now) {
            (0, Some(_)) => std::fs::remove_file(corpus.path(path)).expect("removed"),
            (1, _) | (_, None) => corpus.write(path, first.as_bytes()),
            (2, Some(now)) => corpus.write(&format!("texts/new{}.md", dice.roll(3)), now.as_bytes()),
            (3..=6, Some(now)) => {
                let at = (0..=now.len()).filter(|at| now.is_char_boundary(*at)).nth(dice.roll(now.chars().count() + 1)).expect("a place");
                corpus.write(path, format!("{}{}{}", &now[..at], pieces[dice.roll(pieces.len())], &now[at..]).as_bytes());
            }
            (_, Some(now)) => corpus.write(path, dice.edit(&now).as_bytes()),
        }
        assert_same(&corpus, &format!("round {round}: {path}"));
        assert_same(&corpus, &format!("round {round}, again: {path}"));
    }
}

#[test]
fn what_texts_depend_on_is_looked_at_again() {
    let corpus = corpus();
    assert_same(&corpus, "first");
    let changes = [
        ("sources/tass.txt", "There is an alternative.\n"),
        ("sources/mid.md", "---\nkind: source-text\nsource: mid-2017\n---\nEverything will.\n"),
        ("notes/minsk.md", "---\nid: minsk\ntype: place\nname: Minsk\n---\n# Minsk\n\n1. A town. {#town}\n"),
        ("texts/b.md", "---\nid: b\n---\n# New\n\nAbout 90,000 people left.\n"),
        ("texts/b.md", "---\nid: bb\n---\n# New {#old}\n\nAbout 90,000 people left.\n"),
        ("refs.bib", "@misc{mid-2017, title = {Statement}}\n"),
        ("registry.yaml", "- {id: lavrow, type: person, name: Lavrow}\n"),
        ("vidimus.toml", "[rules]\nunsourced-figure = \"note\"\n"),
        (".gitignore", "texts/c.md\n"),
        ("texts/.vidimusignore", "a.md\n"),
    ];
    for (path, text) in changes {
        let before = check(&corpus, &["--no-cache"]).out;
        corpus.write(path, text.as_bytes());
        assert!(check(&corpus, &["--no-cache"]).out != before, "{path} matters");
        assert_same(&corpus, path);
    }
}

#[test]
fn every_way_of_asking_is_answered_by_itself() {
    let corpus = corpus();
    let ways: &[&[&str]] = &[
        &[],
        &["--select", "unsourced-figure"],
        &["--ignore", "unsourced-figure"],
        &["texts/a.md"],
        &["texts"],
        &["--exit-zero"],
        &["--format", "text"],
    ];
    for _ in 0..2 {
        for way in ways {
            let way = [&["check"], *way].concat();
            let (kept, anew) = (corpus.run(&way), corpus.run(&[&way[..], &["--no-cache"]].concat()));
            assert_eq!((&kept.out, kept.status), (&anew.out, anew.status), "{way:?}");
        }
    }
    let late = |day: &str| corpus.run(&["check", "--format", "json", "--today", day]).out;
    assert!(late("2026-01-01") != late("2999-01-02"), "a day that is past is told");
}

#[test]
fn damage_is_not_noticed_but_by_the_clock() {
    let corpus = corpus();
    let sound = check(&corpus, &[]).out;
    let folder = corpus.cache().join("checks");
    let files: Vec<_> = std::fs::read_dir(&folder).expect("kept").map(|entry| entry.expect("listed").path()).collect();
    assert_eq!(files.len(), 2, "the output, and what was found in each text");
    for round in 0..rounds(ROUNDS) {
        let mut dice = Dice::of(round as u64);
        for file in &files {
            let mut bytes = std::fs::read(file).unwrap_or_default();
            match dice.roll(3) {
                0 => bytes.truncate(dice.roll(bytes.len())),
                1 if !bytes.is_empty() => {
                    let at = dice.roll(bytes.len());
                    bytes[at] ^= 1 << dice.roll(8);
                }
                _ => bytes.extend(b"more"),
            }
            std::fs::write(file, bytes).expect("written");
        }
        assert_eq!(check(&corpus, &[]).out, sound, "round {round}");
    }
    std::fs::remove_dir_all(&folder).expect("removed");
    std::fs::write(&folder, "no folder").expect("written");
    assert_eq!(check(&corpus, &[]).out, sound, "nothing can be kept");
}

#[test]
fn what_is_kept_can_be_forgotten() {
    let corpus = corpus();
    check(&corpus, &[]);
    let ran = corpus.run(&["clean"]);
    assert!(ran.status == 0 && ran.err.contains("MB of kept findings removed from"), "{}", ran.err);
    assert_eq!(std::fs::read_dir(corpus.cache().join("checks")).expect("listed").count(), 0);
    assert_eq!(corpus.run(&["clean"]).status, 0);
}

#[test]
fn many_runs_at_once_agree() {
    let corpus = corpus();
    let sound = check(&corpus, &["--no-cache"]).out;
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(|| check(&corpus, &[]).out)).collect();
        for run in runs {
            assert_eq!(run.join().expect("ran"), sound);
        }
    });
}
