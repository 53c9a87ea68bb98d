//! Small corpora with a cursor (`$0`): what a new name makes of them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::fixture::Fixture;
use crate::text::Edits;

type Files = BTreeMap<SmolStr, String>;

fn files_of(fixture: &Fixture) -> Files {
    fixture.files.iter().cloned().collect()
}

/// All files after the changes.
fn made(files: &Files, changes: &Changes) -> Files {
    let mut out = files.clone();
    for (path, text) in &changes.created {
        out.insert(path.clone(), text.clone());
    }
    for (path, edits) in &changes.edits {
        let edits: &Edits = edits;
        let text = edits.apply(&files[path]);
        out.insert(path.clone(), text);
    }
    for (from, to) in &changes.renamed {
        let text = out.remove(from).expect("a file to rename");
        out.insert(to.clone(), text);
    }
    out
}

fn renamed(notation: &str, new: &str, with_files: bool) -> Result<(Files, Files), String> {
    let fixture = Fixture::parse(notation);
    let snapshot = fixture.snapshot();
    let (path, offset) = fixture.cursor.clone().expect("a cursor");
    let at = FilePosition { file: snapshot.file_at(&path).expect("the cursor's file"), offset };
    let files = files_of(&fixture);
    let changes = rename(&snapshot, at, new, with_files).map_err(|refusal| refusal.0)?;
    let after = made(&files, &changes);
    Ok((files, after))
}

/// The lines that a new name changes, each with its path; a file that moved under its new path.
fn lines(notation: &str, new: &str, with_files: bool) -> Vec<String> {
    let (before, after) = renamed(notation, new, with_files).unwrap_or_else(|refusal| panic!("{refusal}"));
    let mut out = Vec::new();
    for (path, text) in &after {
        let old: Vec<&str> = before.get(path).map(|t| t.lines().collect()).unwrap_or_default();
        out.extend(text.lines().filter(|line| !old.contains(line)).map(|line| format!("{path}: {line}")));
    }
    out
}

fn refused(notation: &str, new: &str) -> String {
    renamed(notation, new, true).err().unwrap_or_default()
}

const CORPUS: &str = "-- registry.yaml
- id: lavrov
  type: person
  name: Sergey Lavrov
- {id: osce, type: org, name: OSCE}
- id: mid
  type: org
  relations: {member-of: [osce]}
-- more/registry.jsonl
{\"id\": \"un\", \"type\": \"org\", \"relations\": {\"endorses\": [\"minsk-package\"]}}
-- refs.bib
@misc{tass-2017,
  title = {On force},
}
-- agreements/minsk-package.md
---
type: agreement
---
# The Package {#top}

1. Ceasefire. ^first
-- texts/note.md
---
source: tass-2017
---
[[lavrov|He]] and [[osce]] met; Lavrov said so [@tass-2017, p. 2; see @tass-2017].
[It](../agreements/minsk-package.md#first) and [[minsk-package#first|it]], [x](#c-1).[^n]
[Many]{.claim #c-1 by=lavrov source=\"tass-2017, p. 2\"} left. `[[lavrov]]`

[^n]: Words of [[texts-note]].
";

#[test]
fn annotations_beside_a_note_are_renamed_with_it() {
    let corpus = "-- notes/pact.md\n---\ntype: agreement\n---\n-- notes/pact.md.annotations.json\n[]\n-- a.md\n[[pa$0ct]]\n";
    let paths = |files| renamed(corpus, "lake-pact", files).expect("renamed").1.keys().map(SmolStr::to_string).collect::<Vec<_>>();
    assert_eq!(paths(true), ["a.md", "notes/lake-pact.md", "notes/lake-pact.md.annotations.json"]);
    assert_eq!(paths(false), ["a.md", "notes/pact.md", "notes/pact.md.annotations.json"]);
}

#[test]
fn a_record_of_a_list_is_renamed_wherever_it_is_named() {
    let from_text = CORPUS.replace("[[lavrov|He]]", "[[lav$0rov|He]]");
    let expected = [
        "registry.yaml: - id: sergey-lavrov",
        "registry.yaml:   formerly: [lavrov]",
        "texts/note.md: [[sergey-lavrov|He]] and [[osce]] met; Lavrov said so [@tass-2017, p. 2; see @tass-2017].",
        "texts/note.md: [Many]{.claim #c-1 by=sergey-lavrov source=\"tass-2017, p. 2\"} left. `[[lavrov]]`",
    ];
    assert_eq!(lines(&from_text, "sergey-lavrov", true), expected);
    let from_list = CORPUS.replace("id: lavrov", "id: $0lavrov");
    assert_eq!(lines(&from_list, "sergey-lavrov", true), expected);
    assert_eq!(
        lines(&CORPUS.replace("[osce]}", "[os$0ce]}"), "the-osce", true),
        [
            "registry.yaml: - {id: the-osce, formerly: [osce], type: org, name: OSCE}",
            "registry.yaml:   relations: {member-of: [the-osce]}",
            "texts/note.md: [[lavrov|He]] and [[the-osce]] met; Lavrov said so [@tass-2017, p. 2; see @tass-2017].",
        ]
    );
}

#[test]
fn a_key_is_renamed_in_texts_front_matter_and_bibliography() {
    assert_eq!(
        lines(&CORPUS.replace("@tass-2017, p. 2;", "@tass-$02017, p. 2;"), "TASS:2017b", true),
        [
            "refs.bib: @misc{TASS:2017b,",
            "texts/note.md: source: TASS:2017b",
            "texts/note.md: [[lavrov|He]] and [[osce]] met; Lavrov said so [@TASS:2017b, p. 2; see @TASS:2017b].",
            "texts/note.md: [Many]{.claim #c-1 by=lavrov source=\"TASS:2017b, p. 2\"} left. `[[lavrov]]`",
        ]
    );
    let from_bib = CORPUS.replace("@misc{tass", "@misc{ta$0ss");
    assert_eq!(lines(&from_bib, "tass", true).len(), 4);
    assert!(refused(&from_bib, "two words").contains("is no citation key"));
}

#[test]
fn a_note_takes_its_file_with_it_where_files_can_be_renamed() {
    let here = CORPUS.replace("[[minsk-package#first", "[[minsk-pack$0age#first");
    let with = lines(&here, "minsk-ii", true);
    assert!(with.contains(&"agreements/minsk-ii.md: formerly: [minsk-package]".into()), "{with:?}");
    assert!(
        with.contains(&"texts/note.md: [It](../agreements/minsk-ii.md#first) and [[minsk-ii#first|it]], [x](#c-1).[^n]".into()),
        "{with:?}"
    );
    assert!(
        with.contains(&"more/registry.jsonl: {\"id\": \"un\", \"type\": \"org\", \"relations\": {\"endorses\": [\"minsk-ii\"]}}".into())
    );
    assert!(!with.iter().any(|line| line.contains("id: minsk-ii")), "{with:?}");
    let without = lines(&here, "minsk-ii", false);
    assert!(without.contains(&"agreements/minsk-package.md: id: minsk-ii".into()), "{without:?}");
    assert!(
        without.contains(&"texts/note.md: [It](../agreements/minsk-package.md#first) and [[minsk-ii#first|it]], [x](#c-1).[^n]".into()),
        "{without:?}"
    );
    let beside = format!("{here}-- agreements/minsk-ii.txt\nWords.\n-- x/minsk-ii.md\n---\nid: elsewhere\n---\n");
    assert_eq!(refused(&beside, "minsk-ii"), "`minsk-ii` is taken: it is a text (agreements/minsk-ii.txt)");
}

#[test]
fn a_text_is_renamed_by_its_file_or_by_an_id_of_its_own() {
    let texts = "-- a.md\nSee [[b$0]] and [b](notes/b.md).\n-- notes/b.md\nWords.\n";
    assert_eq!(lines(texts, "c", true), ["a.md: See [[c]] and [b](notes/c.md).", "notes/c.md: Words."]);
    let written = renamed(texts, "c", false).expect("renamed").1;
    assert_eq!(written["notes/b.md"], "---\nid: c\n---\n\nWords.\n");
    assert_eq!(written["a.md"], "See [[c]] and [b](notes/b.md).\n");
    assert!(renamed("-- a.md\n[[b$0]]\n-- b.txt\nWords.\n", "c", false).expect_err("a plain text").contains("rename the file"));
}

#[test]
fn an_anchor_is_renamed_with_the_pinpoints_that_name_it() {
    let expected = [
        "agreements/minsk-package.md: 1. Ceasefire. ^point-one",
        "texts/note.md: [It](../agreements/minsk-package.md#point-one) and [[minsk-package#point-one|it]], [x](#c-1).[^n]",
    ];
    for here in ["^fir$0st", "[[minsk-package#fir$0st", "minsk-package.md#fir$0st"] {
        let notation = CORPUS.replace(&here.replace("$0", ""), here);
        assert_eq!(lines(&notation, "point-one", true), expected, "{here}");
    }
    let local = lines(&CORPUS.replace("{.claim #c-1", "{.claim #c$0-1"), "c-many", true);
    assert!(local.len() == 2 && local[0].ends_with("[x](#c-many).[^n]") && local[1].contains("#c-many by="), "{local:?}");
    assert!(refused(&CORPUS.replace("^first", "^fir$0st"), "top").contains("is taken"));
    let structural = "-- unsc-2202.md\n---\ntype: resolution\n---\n1. Endorses.\n-- a.md\n[[unsc-2202#op$0-1]]\n";
    assert!(refused(structural, "op-2").contains("read off the numbers"));
}

#[test]
fn a_footnotes_label_is_renamed_in_its_text() {
    for here in ["[x](#c-1).[^$0n]", "[^n$0]: Words"] {
        let found = lines(&CORPUS.replace(&here.replace("$0", ""), here), "why", true);
        assert!(found.len() == 2 && found[0].ends_with("[^why]") && found[1].starts_with("texts/note.md: [^why]: Words"), "{found:?}");
    }
}

#[test]
fn what_has_no_name_to_change_says_why() {
    let at = |text: &str| refused(&format!("{CORPUS}-- a.md\n{text}\n"), "other");
    assert_eq!(at("See [[unsc-$02254]]."), "`unsc-2254` is the built-in id of S/RES/2254 (2015): it cannot be renamed");
    assert!(at("Then Sergey Lav$0rov said.").contains("are plain words that mean `lavrov`: rename the id in registry.yaml"));
    assert!(at("See [[nobo$0dy]].").contains("defined nowhere"));
    assert!(at("# A head$0ing").contains("nothing here"));
    assert!(at("Words wi$0thout a name.").contains("nothing here"));
    let he = |new: &str| refused(&CORPUS.replace("[[lavrov|He]]", "[[lav$0rov|He]]"), new);
    assert_eq!(he("osce"), "`osce` is taken: it is a record (registry.yaml)");
    assert!(he("Lavrov").contains("is no id: an id is lower-case letters"));
    assert!(he("eq-1").contains("Quarto's own"));
    assert!(he("unsc-2254").contains("a built-in resolution"));
    assert!(refused(&CORPUS.replace("name: Sergey", "name: Ser$0gey"), "x").contains("put the cursor on its id `lavrov`"));
    let two = "-- registry.yaml\n- {id: a, type: person, name: The Chair}\n- {id: b, type: person, name: The Chair}\n-- a.md\nThe Ch$0air left.\n";
    assert_eq!(refused(two, "x"), "\"The Chair\" may mean `a`, `b`: rename one of these where it is defined");
}

#[test]
fn old_ids_are_kept_in_every_writing() {
    let kept = |list: &str| lines(&format!("-- registry.yaml\n{list}\n"), "b", true);
    assert_eq!(kept("- id: \"$0a\"\n  type: org"), ["registry.yaml: - id: \"b\"", "registry.yaml:   formerly: [a]"]);
    assert_eq!(kept("- id: $0a\n  type: org\n  formerly: [x]"), ["registry.yaml: - id: b", "registry.yaml:   formerly: [x, a]"]);
    assert_eq!(kept("- id: $0a\n  type: org\n  formerly: x"), ["registry.yaml: - id: b", "registry.yaml:   formerly: [x, a]"]);
    assert_eq!(kept("- id: $0a\n  type: org\n  formerly:\n    - x\n"), ["registry.yaml: - id: b", "registry.yaml:     - a"]);
    assert_eq!(kept("- type: org\n  id: $0a # the first"), ["registry.yaml:   id: b # the first", "registry.yaml:   formerly: [a]"]);
    assert_eq!(
        lines("-- registry.jsonl\n{\"id\": \"$0a\", \"type\": \"org\"}\n", "b", true),
        ["registry.jsonl: {\"id\": \"b\", \"formerly\": [\"a\"], \"type\": \"org\"}"]
    );
    assert_eq!(kept("- {id: $0a, type: org, formerly: [b]}"), ["registry.yaml: - {id: b, type: org}"]);
    assert_eq!(kept("- id: $0a\n  type: org\n  formerly:\n    - b\n    - c"), ["registry.yaml: - id: b"]);
}

/// A corpus in one of several writings, its line ends as asked, with `id` as the record that is renamed.
fn corpus_of(writing: usize, former: usize, crlf: bool) -> String {
    let former = ["", "formerly: [x]", "formerly: [x, y]"][former];
    let line = if former.is_empty() { String::new() } else { format!("{former}\n") };
    let (path, record) = match writing {
        0 => (
            "registry.yaml",
            format!(
                "- id: old-id\n  type: agreement\n{}  name: The Deal\n- {{id: z, type: org}}\n",
                line.replace("formerly", "  formerly")
            ),
        ),
        1 => (
            "registry.yaml",
            format!(
                "- {{id: old-id, type: agreement{}, name: The Deal}}\n",
                if former.is_empty() { String::new() } else { format!(", {former}") }
            ),
        ),
        2 => (
            "registry/a.jsonl",
            format!("{{\"id\": \"old-id\", \"type\": \"agreement\"{}}}\n", if former.is_empty() { "" } else { ", \"formerly\": [\"x\"]" }),
        ),
        3 => ("notes/old-id.md", format!("---\ntype: agreement\n{line}---\n# The Deal\n")),
        4 => ("notes/old-id.md", format!("---\nid: old-id\ntype: agreement\n{line}---\n# The Deal\n")),
        _ => ("refs.bib", "@misc{old-id, title = {The Deal}}\n".to_owned()),
    };
    let link = if path.ends_with(".md") { "[it](../notes/old-id.md)" } else { "𝕏" };
    let text = format!(
        "{record}-- texts/a.md\nSee [[old-id|it]], [[x]], {link} «[[old-id]]» [@old-id, p. 3]. [a]{{by=old-id source=\"old-id\"}}\n-- texts/b.md\n---\nsource: old-id\n---\nWords [-@old-id].\n"
    );
    let text = if crlf {
        text.replace('\n', "\r\n").replace("-- texts/a.md\r\n", "-- texts/a.md\n").replace("-- texts/b.md\r\n", "-- texts/b.md\n")
    } else {
        text
    };
    format!("-- {path}\n{text}")
}

fn findings(files: &Files) -> Vec<String> {
    let fixture = Fixture { files: files.iter().map(|(p, t)| (p.clone(), t.clone())).collect(), expected: Vec::new(), cursor: None };
    let mut all: Vec<String> = fixture.findings().into_iter().map(|d| d.rule.to_owned()).collect();
    all.sort();
    all
}

proptest! {
    #[test]
    fn a_name_given_back_leaves_no_trace_and_no_name_leaves_a_finding(writing in 0usize..6, former in 0usize..3, crlf: bool, with_files: bool, new in "[a-w]{2,6}(-[0-9]{1,3})?") {
        prop_assume!(!["fig-", "sec-", "tbl-", "eq-"].iter().any(|sign| new.starts_with(sign)));
        let fixture = Fixture::parse(&corpus_of(writing, former, crlf));
        let first = files_of(&fixture);
        let there = |files: &Files, old: &str, new: &str| {
            let fixture = Fixture { files: files.iter().map(|(p, t)| (p.clone(), t.clone())).collect(), expected: Vec::new(), cursor: None };
            let snapshot = fixture.snapshot();
            let file = snapshot.file_at("texts/a.md").expect("the text");
            let offset = u32::try_from(files["texts/a.md"].find(&format!("[[{old}")).expect("named")).expect("small") + 3;
            made(files, &rename(&snapshot, FilePosition { file, offset }, new, with_files).expect("a free name"))
        };
        let second = there(&first, "old-id", &new);
        // A link by its path follows the file alone.
        let by_path = if with_files { "never" } else { "(../notes/old-id.md)" };
        let named = second["texts/a.md"].replace(by_path, "").contains("old-id");
        prop_assert!(!named, "a name was left");
        prop_assert_eq!(findings(&second), findings(&first));
        let third = there(&second, &new, "old-id");
        prop_assert_eq!(findings(&third), findings(&first));
        // A note that had no id of its own keeps the one it was given, where files cannot be renamed.
        prop_assert!(third == first || (!with_files && writing == 3), "{third:?} {first:?}");
    }
}
