//! A change of one record costs the texts that name it, or could: and what a run prints is what a run without anything kept prints.

use super::rounds;
use crate::commands::Corpus;
use crate::dice::Dice;

/// Rounds of edits when nobody asks for more.
const ROUNDS: usize = 40;

const NAMES: &[&str] = &[
    "Anna Vale",
    "Vale",
    "Vale Harbour Accord",
    "Harbour Accord",
    "Port Authority",
    "the Port Authority of Vale",
    "Лада Северова",
    "Северова",
    "Ministry of Tides",
    "March",
    "the top pilot",
];

const IDS: &[&str] = &["vale", "accord", "port", "severova", "tides", "march", "unsc-2202", "own"];

const TEXTS: &[&str] = &[
    "Anna Vale said “We leave at dawn” [@report]. The Port Authority of Vale counted 90 boats.\n",
    "The Vale Harbour Accord names 12 piers. See [[accord#op-2]] and [[vale]].\n",
    "Лада Северова сказала: «Мы уходим» [@report]. Северовой не ответили 40 человек.\n",
    "In March about 700 pilots left [[march|in march]]; resolution 2202 (2014) says so.\n",
    "---\ndate: 2019-05-01\n---\nThe top pilot said 30 boats were lost. The March 3 Accord stands. See [[prot]] and [@reprot].\n",
    "The Ministry of *Tides* and the Mini[stry]{.x} of Tides spoke of [[own]] and [[e5]]. About 800 came [@book].\n",
    "Nobody here is named. Some 5,000 people came. See [a note](../notes/accord.md) and [[text-1]].\n",
    "S/RES/2202 (2015) and the Harbour Accord, paragraph 2. Vale said “one two three four five six” [@report, para. 1].\n",
];

fn record(dice: &mut Dice) -> String {
    let mut one = |list: &[&str]| list[dice.roll(list.len())].to_owned();
    let id = one(IDS);
    let kind = one(&["person", "org", "agreement", "resolution", "place", "event"]);
    let mut out = format!("{{id: {id}, type: {kind}, name: {}", one(NAMES));
    for field in [
        format!("aliases: [{}, {}]", one(NAMES), one(NAMES)),
        format!("date: {}", one(&["2019-03-03", "2015-02-17", "2020"])),
        format!("symbol: {}", one(&["S/RES/2202 (2015)", "A/1"])),
        format!("parts: [{}]", one(&["op-1..op-4", "op-1", "annex-1"])),
        format!("formerly: [{}]", one(&["prot", "old", "e5"])),
        format!(
            "roles: [{{title: {}, from: {}, aliases: [the top pilot]}}]",
            one(&["Pilot", "Minister"]),
            one(&["2004", "2019-01-01", "2020"])
        ),
        format!("note: {}", one(&["one", "two"])),
        format!("match: {}", one(&["exact", "folded"])),
        format!("member-of: [{}]", one(IDS)),
    ] {
        if dice.roll(3) == 0 {
            out += &format!(", {field}");
        }
    }
    out + "}"
}

fn write_all(corpus: &Corpus, records: &[String], work: &str) {
    let half = records.len() / 2;
    let list = |records: &[String]| records.iter().map(|one| format!("- {one}\n")).collect::<String>();
    corpus.write("a.registry.yaml", list(&records[..half]).as_bytes());
    corpus.write("registry.yaml", list(&records[half..]).as_bytes());
    corpus.write(
        "refs.bib",
        format!("@misc{{report, title = {{Report}}, date = {{2018}}{work}}}\n@book{{book, title = {{B}}}}\n").as_bytes(),
    );
}

#[test]
fn after_any_edits_of_records_a_run_with_what_is_kept_is_the_run_without() {
    let corpus = Corpus::of(&[
        (
            "vidimus.toml",
            "[rules]\nunlinked-mention = \"note\"\nunlinked-instrument = \"note\"\nsingle-source = \"note\"\nmissing-pinpoint = \"note\"\n",
        ),
        ("sources/report.txt", "Anna Vale opened the meeting.\n\n“We leave at dawn,” Vale said. 90 boats, one two three four six.\n"),
        ("notes/accord.md", "---\nid: accord\ntype: agreement\nname: Harbour Accord\n---\n# Accord\n\n2. Two. {#op-2}\n"),
    ]);
    for (number, text) in TEXTS.iter().enumerate() {
        corpus.write(&format!("texts/text-{number}.md"), text.as_bytes());
    }
    let mut dice = Dice::of(7);
    let mut records: Vec<String> = (0..6).map(|_| record(&mut dice)).collect();
    let mut spared = 0;
    for round in 0..rounds(ROUNDS) {
        match dice.roll(12) {
            0 if records.len() > 1 => drop(records.remove(dice.roll(records.len()))),
            1..=2 => records.insert(dice.roll(records.len() + 1), record(&mut dice)),
            3 => records.reverse(),
            4 => {
                let text = TEXTS[dice.roll(TEXTS.len())];
                corpus.write(&format!("texts/text-{}.md", dice.roll(TEXTS.len() + 2)), dice.edit(text).as_bytes());
            }
            5 => corpus.write(
                "notes/accord.md",
                dice.edit("---\nid: accord\ntype: agreement\nname: Harbour Accord\n---\n\n2. Two. {#op-2}\n").as_bytes(),
            ),
            6 => corpus.write("sources/report.txt", dice.edit("Anna Vale spoke. “We leave at dawn,” Vale said. 90 boats.\n").as_bytes()),
            _ => {
                let at = dice.roll(records.len());
                records[at] = record(&mut dice);
            }
        }
        let works = [", file = {sources/report.txt}", "", ", file = {sources/gone.txt}"];
        write_all(&corpus, &records, works[dice.roll(8).min(2).saturating_sub(1)]);
        let kept = corpus.run(&["check", "-v", "--format", "json"]);
        let anew = corpus.run(&["check", "--format", "json", "--no-cache"]);
        assert_eq!((&kept.out, kept.status), (&anew.out, anew.status), "round {round}: {records:#?}");
        spared += usize::from(kept.err.lines().any(|line| line.contains("looked at ") && !line.contains("looked at 8 of 8")));
    }
    assert!(spared * 2 > rounds(ROUNDS), "{spared} runs of {} spared work", rounds(ROUNDS));
}

#[test]
fn a_change_of_one_record_costs_the_texts_that_could_name_it() {
    let registry = |name: &str| format!("- {{id: vale, type: person, name: {name}}}\n- {{id: port, type: org, name: Port Authority}}\n");
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("registry.yaml", &registry("Anna Vale"))]);
    for number in 0..20 {
        let name = if number == 7 { "Anna Vale" } else { "The Port Authority" };
        corpus.write(&format!("texts/{number}.md"), format!("{name} counted 90 boats in bay {number}.\n").as_bytes());
    }
    let told = || {
        let err = corpus.run(&["check", "-v"]).err;
        err.lines().find_map(|line| Some(line.split_once("looked at ")?.1.split(';').next()?.to_owned())).expect("told")
    };
    assert_eq!(told(), "20 of 20 texts");
    assert_eq!(told(), "0 of 20 texts");
    corpus.write("registry.yaml", registry("Anne Vale").as_bytes());
    assert_eq!(told(), "1 of 20 texts", "it named her, and does no more");
    corpus.write("registry.yaml", registry("Bay").as_bytes());
    assert_eq!(told(), "20 of 20 texts", "a name that all of them hold");
    corpus.write("registry.yaml", registry("Bay").replace("Port Authority", "Port of Call").as_bytes());
    assert_eq!(told(), "19 of 20 texts");
    corpus.write("texts/new.txt", b"A plain text.\n");
    assert_eq!(told(), "1 of 21 texts");
}
