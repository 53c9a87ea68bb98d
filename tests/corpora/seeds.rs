//! Five real texts, as they are, read with the example corpus's registry.
//!
//! The texts are not part of the repository; what must be found in them is, in `fixtures/seeds_expected`.

use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::findings::{check, vidimus};

const SEEDS: &str = "../shared/seeds";
const EXPECTED: &str = "fixtures/seeds_expected";

/// Rules that no guess about language is involved in; none of them may speak of an unmarked text.
const SOUND: &[&str] = &[
    "bad-attribute",
    "broken-markup",
    "comment-splits-paragraph",
    "duplicate-id",
    "invalid-front-matter",
    "resolution-year-mismatch",
    "suppression-without-reason",
    "unknown-entity",
    "unknown-pinpoint",
    "unknown-source",
    "unsourced-claim",
    "verbatim-drift",
    "wikilink-attributes",
    "wrong-type",
];

/// One seed and what must be found in it.
pub struct Seed {
    /// The file's stem.
    pub name: String,
    /// The text as it is.
    pub text: String,
    date: String,
    /// Surface and id, of bodies, officials and places.
    mentions: Vec<(String, String)>,
    /// Surface and `id` or `id#pin`.
    instruments: Vec<(String, String)>,
    /// Number of the line, from 1, and the speaker of its quotations.
    quotes: Vec<(usize, String)>,
}

impl Seed {
    fn load(path: &Path) -> Self {
        let name = path.file_stem().expect("a stem").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(Path::new(SEEDS).join(format!("{name}.txt"))).expect("a seed");
        let mut seed = Self { name, text, date: String::new(), mentions: Vec::new(), instruments: Vec::new(), quotes: Vec::new() };
        for row in std::fs::read_to_string(path).expect("a list").lines() {
            match row.split('\t').collect::<Vec<_>>()[..] {
                ["date", date] => date.clone_into(&mut seed.date),
                ["mention", surface, id] => seed.mentions.push((surface.into(), id.into())),
                ["instrument", surface, id] => seed.instruments.push((surface.into(), id.into())),
                ["quote", line, id] => seed.quotes.push((line.parse().expect("a line's number"), id.into())),
                _ => panic!("{}: {row}", path.display()),
            }
        }
        seed
    }

    /// Where each surface stands, with what it means; a longer surface hides those within it.
    pub fn places(&self) -> Vec<(Range<usize>, &str, bool)> {
        let rows = self.mentions.iter().map(|(s, id)| (s, id, false)).chain(self.instruments.iter().map(|(s, id)| (s, id, true)));
        let mut all: Vec<_> =
            rows.flat_map(|(s, id, instrument)| occurrences(&self.text, s).map(move |at| (at, id.as_str(), instrument))).collect();
        all.sort_by_key(|(at, ..)| (at.start, std::cmp::Reverse(at.end)));
        let mut end = 0;
        all.retain(|(at, ..)| {
            at.start >= end && {
                end = at.end;
                true
            }
        });
        all
    }

    /// The bytes of line `number`, counted from 1.
    fn line(&self, number: usize) -> Range<usize> {
        let line = self.text.split('\n').nth(number - 1).expect("a line");
        let start = line.as_ptr() as usize - self.text.as_ptr() as usize;
        start..start + line.len()
    }
}

/// Where `surface` stands as whole words, any white space between them; a hyphen makes a word longer.
fn occurrences<'a>(text: &'a str, surface: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let first = surface.split(' ').next().unwrap_or(surface);
    let inside = |c: char| c.is_alphanumeric() || c == '-';
    text.match_indices(first).filter_map(move |(start, _)| {
        let mut end = start;
        for (i, word) in surface.split(' ').enumerate() {
            let rest = &text[end..];
            let gap = if i == 0 { 0 } else { rest.len() - rest.trim_start().len() };
            (rest[gap..].starts_with(word) && (i == 0 || gap > 0)).then_some(())?;
            end += gap + word.len();
        }
        let whole = !text[..start].ends_with(inside) && !text[end..].starts_with(inside);
        whole.then_some(start..end)
    })
}

/// The seeds, or none where they are missing; under CI they may not be.
pub fn seeds() -> Vec<Seed> {
    if !Path::new(SEEDS).is_dir() {
        assert!(std::env::var_os("CI").is_none(), "{SEEDS} is missing");
        eprintln!("skipped: {SEEDS} is missing");
        return Vec::new();
    }
    let mut lists: Vec<PathBuf> = std::fs::read_dir(EXPECTED).expect("lists").flatten().map(|e| e.path()).collect();
    lists.sort();
    lists.iter().map(|path| Seed::load(path)).collect()
}

/// A corpus of the seeds as source-texts with their dates, and the records of the example corpus.
pub fn corpus(seeds: &[Seed]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for part in ["registry", "agreements", "resolutions"] {
        let to = folder.path().join(part);
        std::fs::create_dir(&to).expect("a folder");
        for file in std::fs::read_dir(Path::new("fixtures/peacekeeping").join(part)).expect("records").flatten() {
            std::fs::copy(file.path(), to.join(file.file_name())).expect("a copy");
        }
    }
    let mut settings = String::new();
    std::fs::create_dir(folder.path().join("texts")).expect("a folder");
    for seed in seeds {
        std::fs::write(folder.path().join(format!("texts/{}.txt", seed.name)), &seed.text).expect("a copy");
        let row = ["[[documents]]\nfiles = \"texts/", &seed.name, ".txt\"\nkind = \"source-text\"\ndate = \"", &seed.date, "\"\n\n"];
        settings += &row.concat();
    }
    std::fs::write(folder.path().join("vidimus.toml"), settings).expect("settings");
    folder
}

/// All rows of `extract`, by seed.
fn extracted(folder: &Path, seed: &Seed) -> Vec<Value> {
    let path = format!("texts/{}.txt", seed.name);
    let printed = vidimus(folder, &["extract", &path]);
    let rows = printed.lines().map(|line| serde_json::from_str::<Value>(line).expect("a JSON object a line"));
    rows.filter(|row| row["path"] == path.as_str()).collect()
}

fn bytes(row: &Value) -> Range<usize> {
    let at = |key: &str| usize::try_from(row[key].as_u64().expect("an offset")).expect("it fits");
    at("start")..at("end")
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether `row` names `id`, or `id#pin`.
fn names(row: &Value, wanted: &str) -> bool {
    let (id, pin) = wanted.split_once('#').map_or((wanted, None), |(id, pin)| (id, Some(pin)));
    (row["kind"] == "mention" || row["kind"] == "instrument") && row["id"] == id && pin.is_none_or(|p| row["pin"] == p)
}

/// Runs `story` over every seed's rows; it says what it misses.
fn each(story: impl Fn(&Seed, &[Value]) -> Vec<String>) {
    let seeds = seeds();
    let folder = corpus(&seeds);
    let missing: Vec<_> = seeds
        .iter()
        .flat_map(|seed| story(seed, &extracted(folder.path(), seed)).into_iter().map(move |miss| format!("{}: {miss}", seed.name)))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_official_body_place_and_instrument_is_found() {
    each(|seed, rows| {
        let found = |at: &Range<usize>, id: &str, instrument: bool| {
            rows.iter().filter(|row| names(row, id)).any(|row| {
                let span = bytes(row);
                if instrument { overlap(&span, at) } else { span.start <= at.start && at.end <= span.end }
            })
        };
        let places = seed.places();
        let misses = places.iter().filter(|(at, id, instrument)| !found(at, id, *instrument));
        misses.map(|(at, id, _)| format!("{}: {} is not found to be {id}", at.start, &seed.text[at.clone()])).collect()
    });
}

#[test]
fn every_surface_listed_stands_in_its_seed() {
    for seed in seeds() {
        for (surface, _) in seed.mentions.iter().chain(&seed.instruments) {
            assert!(occurrences(&seed.text, surface).next().is_some(), "{}: {surface}", seed.name);
        }
    }
}

#[test]
fn each_quotation_gets_its_speaker() {
    each(|seed, rows| {
        let quotes: Vec<_> =
            rows.iter().filter(|r| r["kind"] == "quote" && r["text"].as_str().is_some_and(|t| t.split_whitespace().count() > 3)).collect();
        let mut misses = Vec::new();
        for (number, speaker) in &seed.quotes {
            let line = seed.line(*number);
            let here: Vec<_> = quotes.iter().filter(|q| line.contains(&bytes(q).start)).collect();
            if here.is_empty() {
                misses.push(format!("line {number}: no quotation"));
            }
            let wrong = here.iter().filter(|q| q["speaker"]["id"] != speaker.as_str());
            misses.extend(wrong.map(|q| format!("line {number}: the speaker of {} is {} instead of {speaker}", q["text"], q["speaker"])));
        }
        misses
    });
}

#[test]
fn no_sound_rule_speaks_of_an_unmarked_text() {
    let seeds = seeds();
    if seeds.is_empty() {
        return;
    }
    let folder = corpus(&seeds);
    let wrong: Vec<_> =
        check(folder.path()).into_iter().filter(|f| f.path.starts_with("texts/") && SOUND.contains(&f.rule.as_str())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
