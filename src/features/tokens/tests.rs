//! Small corpora, and what each of their words names.

use super::*;
use crate::fixture::Fixture;

const PEOPLE: &str = "-- registry.yaml
- id: lavrov
  type: person
  name: Sergey Lavrov
  formerly: [s-lavrov]
- {id: moscow, type: place, name: Moscow}
- {id: osce, type: org, name: OSCE, relations: {member-of: [moscow]}}
-- refs.bib
@online{tass-2017, title = {X}, date = {2017}}
";

/// `words: Kind modifiers` of every token of a file.
fn read(notation: &str, path: &str) -> Vec<String> {
    let snapshot = Fixture::parse(&format!("{PEOPLE}{notation}")).snapshot();
    let file = snapshot.file_at(path).expect("the file");
    let text = snapshot.text(file).expect("its text");
    let all = tokens(&snapshot, file, Span::new(0, u32::MAX));
    all.iter().map(|t| format!("{}: {:?} {}", t.span.slice(&text), t.kind, t.modifiers.0)).collect()
}

fn of_text(text: &str) -> Vec<String> {
    read(&format!("-- text.md\n{text}"), "text.md")
}

#[test]
fn marks_are_told_part_by_part() {
    assert_eq!(
        of_text("[[lavrov|He]] and [[s-lavrov]] of [[nobody|them]] [see @tass-2017, para. 3].\n"),
        [
            "lavrov: Person 0",
            "He: Person 0",
            "s-lavrov: Person 2",
            "nobody: Thing 16",
            "them: Thing 16",
            "tass-2017: Source 0",
            "para. 3: Pinpoint 0"
        ]
    );
    assert_eq!(of_text("See [[unsc-2202#op-1|it]].\n"), ["unsc-2202: Instrument 4", "op-1: Pinpoint 0", "it: Instrument 4"]);
}

#[test]
fn attributes_directives_and_front_matter_are_told() {
    assert_eq!(
        of_text(
            "---\ndate: 2017\n---\n[It held]{.claim #c-a by=lavrov conf=high source=\"tass-2017, p. 3\"}.\n\n<!-- vidimus-allow unsourced-figure, nonsense: rhetorical -->\nWords.\n"
        ),
        [
            "date: Attribute 0",
            "claim: Class 0",
            "c-a: Pinpoint 1",
            "by: Attribute 0",
            "lavrov: Person 0",
            "conf: Attribute 0",
            "high: Value 0",
            "source: Attribute 0",
            "tass-2017: Source 0",
            "p. 3: Pinpoint 0",
            "vidimus-allow: Directive 0",
            "unsourced-figure: Rule 0",
            "nonsense: Rule 16"
        ]
    );
}

#[test]
fn plain_words_are_told_and_what_stands_round_them() {
    assert_eq!(
        of_text("Sergey Lavrov said \"we shall leave Moscow at once\". [The OSCE stayed]{.claim}. Resolution 2202 (2015) held.\n"),
        ["Sergey Lavrov: Person 8", "Moscow: Place 72", "OSCE: Body 40", "claim: Class 0", "Resolution 2202 (2015): Instrument 12"]
    );
}

#[test]
fn a_registry_defines_what_it_names() {
    let found = read("", "registry.yaml");
    assert_eq!(found[..5], ["id: Attribute 0", "lavrov: Person 1", "type: Attribute 0", "person: Value 0", "name: Attribute 0"]);
    assert!(found.contains(&"s-lavrov: Person 2".to_owned()) && found.ends_with(&["moscow: Place 0".to_owned()]), "{found:?}");
    assert_eq!(read("", "refs.bib"), ["tass-2017: Source 1", "title: Attribute 0", "date: Attribute 0", "2017: Value 0"]);
}

#[test]
fn only_what_is_asked_for_is_told_and_nothing_overlaps() {
    let fixture = Fixture::parse(&format!("{PEOPLE}-- text.md\nMoscow. OSCE. Moscow.\n"));
    let snapshot = fixture.snapshot();
    let file = snapshot.file_at("text.md").expect("the file");
    let some = tokens(&snapshot, file, Span::new(8, 12));
    assert_eq!(some.iter().map(|t| t.span).collect::<Vec<_>>(), [Span::new(8, 12)]);
    for path in ["text.md", "registry.yaml", "refs.bib"] {
        let all = tokens(&snapshot, snapshot.file_at(path).expect("the file"), Span::new(0, u32::MAX));
        assert!(all.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{path}: {all:?}");
    }
}
