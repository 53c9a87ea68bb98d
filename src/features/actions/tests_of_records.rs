//! Records, sources, parts and notes that are made for what a text names.

use super::tests::{Scene, rules_found};

/// What stands in `path` after the action of that title, and what is found then.
fn after(notation: &str, select: &str, title: &str, path: &str) -> (String, Vec<&'static str>) {
    let files = Scene::new(notation, select).after(title);
    let text = files.iter().find(|f| f.0 == path).unwrap_or_else(|| panic!("{path} in {files:?}")).1.clone();
    (text, rules_found(files))
}

#[test]
fn a_record_is_written_as_its_neighbours_are() {
    let cases = [
        (
            "- {id: lavrov, type: person, name: Sergey Lavrov}\n",
            "- {id: lavrov, type: person, name: Sergey Lavrov}\n- {id: nemtsova, type: person, name: Zhanna Nemtsova}\n",
        ),
        (
            "# People\n- id: ivanov\n  type: person\n# the foreign minister\n- id: sobchak\n  type: person",
            "# People\n- id: ivanov\n  type: person\n- id: nemtsova\n  type: person\n  name: Zhanna Nemtsova\n# the foreign minister\n- id: sobchak\n  type: person",
        ),
        (
            "  - id: zorin\r\n    type: person\r\n",
            "  - id: zorin\r\n    type: person\r\n  - id: nemtsova\r\n    type: person\r\n    name: Zhanna Nemtsova\r\n",
        ),
        ("", "- id: nemtsova\n  type: person\n  name: Zhanna Nemtsova\n"),
    ];
    for (before, wanted) in cases {
        let notation = format!(
            "-- registry.yaml\n{before}{}-- text.md\n[[nemt$0sova|Zhanna Nemtsova]] left.\n",
            if before.ends_with("person") { "\n" } else { "" }
        );
        let (text, found) = after(&notation, "", "Add `nemtsova` to `registry.yaml` as a person", "registry.yaml");
        assert_eq!(text.trim_end(), wanted.trim_end());
        assert!(found.is_empty(), "{found:?}");
    }
}

#[test]
fn a_record_goes_where_most_of_its_kind_are() {
    let notation = "-- registry/bulk.jsonl\n{\"id\": \"a-a\", \"type\": \"org\"}\n-- registry/bodies.yaml\n- {id: osce, type: org}\n- {id: un, type: org}\n-- registry/people.yaml\n- {id: lavrov, type: person}\n-- text.md\nThe [[moj$0|Ministry of Justice]] left.\n";
    let (text, found) = after(notation, "", "Add `moj` to `registry/bodies.yaml` as an org", "registry/bodies.yaml");
    assert_eq!(text, "- {id: moj, type: org, name: Ministry of Justice}\n- {id: osce, type: org}\n- {id: un, type: org}\n");
    assert!(!found.contains(&"unknown-entity"), "{found:?}");
    let (line, _) = after(
        "-- registry.jsonl\n{\"id\": \"a-a\", \"type\": \"org\"}\n-- text.md\n[[nemt$0sova|Zhanna Nemtsova]] left.\n",
        "",
        "Add `nemtsova` to `registry.jsonl` as a person",
        "registry.jsonl",
    );
    assert!(line.ends_with("\n{\"id\":\"nemtsova\",\"name\":\"Zhanna Nemtsova\",\"type\":\"person\"}\n"), "{line}");
}

#[test]
fn a_name_that_is_selected_is_added_and_then_known() {
    let notation = "Then $0Мария Иванова left Kiev.\n";
    let title = "Add `mariya-ivanova` to `registry.yaml` as a person";
    let (text, _) = after(notation, "Мария Иванова", title, "registry.yaml");
    assert_eq!(text, "- id: mariya-ivanova\n  type: person\n  name: Мария Иванова\n");
    assert!(Scene::new("They left $0Kiev.\n", "Kiev").titles().contains(&"Add `kiev` to `registry.yaml` as a person".to_owned()));
    assert!(Scene::new("They lived in $0Kiev.\n", "Kiev").titles().contains(&"Add `kiev` to `registry.yaml` as a place".to_owned()));
    let quoted = "\"We shall not go home,\" said Zhanna Nem$0tsova.\n";
    assert!(Scene::new(quoted, "").titles().contains(&"Add `zhanna-nemtsova` to `registry.yaml` as a person".to_owned()));
    assert!(!Scene::new("\"We shall not go home,\" s$0he said.\n", "").titles().iter().any(|t| t.starts_with("Add")));
    assert!(!Scene::new("They $0left Kiev.\n", "left").titles().iter().any(|t| t.starts_with("Add")));
}

#[test]
fn a_relation_may_name_what_is_added() {
    let notation = "-- registry.yaml\n- id: lavrov\n  type: person\n  relations: {member-of: [foreign-mini$0stry]}\n";
    let (text, found) = after(notation, "", "Add `foreign-ministry` to `registry.yaml` as an org", "registry.yaml");
    assert!(text.ends_with("\n- id: foreign-ministry\n  type: org\n  name: Foreign ministry\n"), "{text}");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_source_gets_an_entry_with_its_key() {
    let text = "-- refs.bib\n@misc{x, title = {X}}\n-- text.md\nHe left [@ta$0ss-2017, para. 3].\n";
    let (bib, found) = after(text, "", "Add `tass-2017` to `refs.bib`", "refs.bib");
    assert_eq!(bib, "@misc{x, title = {X}}\n@misc{tass-2017,\n  title = {tass-2017},\n}\n");
    assert!(found.is_empty(), "{found:?}");
    let (bib, found) = after("He left [@ta$0ss-2017].\n", "", "Add `tass-2017` to `refs.bib`", "refs.bib");
    assert_eq!(bib, "@misc{tass-2017,\n  title = {tass-2017},\n}\n");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_part_is_declared() {
    let case = |parts: &str, wanted: &str| {
        let note = format!(
            "-- unsc-2202.md\n---\ntype: resolution\n{parts}---\n# Resolution\n\n1. Endorses.\n-- text.md\nSee [[unsc-2202#op-$09|it]].\n"
        );
        let (text, found) = after(&note, "", "Add `op-9` to the parts of `unsc-2202`", "unsc-2202.md");
        assert!(text.contains(wanted), "{text}");
        assert!(!found.contains(&"unknown-pinpoint") && !found.contains(&"invalid-record"), "{found:?}");
    };
    case("", "type: resolution\nparts: [op-9]\n---");
    case("parts: [op-1..op-4]\n", "parts: [op-1..op-4, op-9]\n");
    case("parts: [\"op-1\", \"op-2\"]\n", "parts: [\"op-1\", \"op-2\", op-9]\n");
    case("parts:\n  - op-1\n  - op-2\n", "parts:\n  - op-1\n  - op-2\n  - op-9\n");
}

#[test]
fn a_note_is_made_where_it_belongs() {
    let text = "-- resolutions/unsc-2166.md\n---\ntype: resolution\n---\n# R\n-- text.md\nResolution 22$002 (2015) was adopted.\n";
    let (note, found) = after(text, "", "Make the note `resolutions/unsc-2202.md`", "resolutions/unsc-2202.md");
    let head = "---\nid: unsc-2202\ntype: resolution\nname: UN Security Council Resolution 2202 (2015)\nsymbol: S/RES/2202 (2015)\ndate: 2015-02-17\n---\n";
    assert!(note.starts_with(head), "{note}");
    assert_eq!(found, ["unlinked-instrument"], "now there is something to link to");
    let link = "-- texts/text.md\nIt was [endorsed](../agreements/minsk-pack$0age.md).\n";
    let (note, found) = after(link, "", "Make the note `agreements/minsk-package.md`", "agreements/minsk-package.md");
    assert!(note.starts_with("---\nid: minsk-package\n"), "{note}");
    assert!(found.is_empty(), "{found:?}");
    let unknown = "It recalled S/RES/99$099 (2026).\n";
    let (_, found) = after(unknown, "", "Make the note `unsc-9999.md`", "unsc-9999.md");
    assert!(!found.contains(&"unknown-instrument"), "{found:?}");
}
