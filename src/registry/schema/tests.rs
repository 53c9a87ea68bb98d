//! Records in their three homes, whole and faulty.

use crate::registry::{Parsed, RecordKind, jsonl, record, yaml};
use crate::text::Span;

/// The faults of a list, each as the words it marks and its message.
fn faults(parsed: &Parsed, text: &str) -> Vec<String> {
    parsed.faults.iter().map(|f| format!("[{}] {}", f.span.slice(text), f.message)).collect()
}

#[test]
fn a_list_entry_is_read_with_every_place() {
    let text = "- id: keller
  type: person
  name: Anna Keller
  aliases: [Keller, \"Анна Келлер\"]
  roles:
    - {title: Head of the mission, from: 2014-03, to: 2016, aliases: [the head of mission]}
  relations: {member-of: [mission, council]}
  formerly: old-keller
  x-note: ours
";
    let parsed = yaml::parse(text);
    assert_eq!(faults(&parsed, text), [""; 0]);
    let record = &parsed.records[0];
    assert_eq!((record.id.value.as_str(), &record.kind), ("keller", &RecordKind::Person));
    assert_eq!(record.aliases().map(|a| a.span.slice(text)).collect::<Vec<_>>(), ["Keller", "Анна Келлер"]);
    let role = &record.roles[0];
    assert_eq!(role.title.span.slice(text), "Head of the mission");
    assert!(role.during.holds("2015-01-01") && !role.during.holds("2017"));
    assert_eq!(record.relations.iter().map(|r| r.target.value.as_str()).collect::<Vec<_>>(), ["mission", "council"]);
    assert_eq!(record.formerly[0].span.slice(text), "old-keller");
    assert!(record.span.slice(text).starts_with("id: keller"));
}

#[test]
fn a_key_of_another_format_is_told_by_its_name_here() {
    let text = "- id: returns-2004\n  type: source\n  title: Returns of the vote\n  access-date: 2004-05-01\n";
    let parsed = yaml::parse(text);
    assert_eq!(faults(&parsed, text), ["[title] records have no key `title`", "[access-date] records have no key `access-date`"]);
    let helps: Vec<_> = parsed.faults.iter().filter_map(|fault| fault.help.as_deref()).collect();
    assert_eq!(helps, ["did you mean `name`?", "did you mean `accessed`?"]);
}

#[test]
fn every_slip_is_told_at_its_place_and_costs_only_its_field() {
    let text = "- id: Head Office
  type: org
  nmae: Office
  aliases: [in the, {a: b}]
  date: 17 February
  citable: perhaps
  parts: [op-1..op-3, paragraph]
  match: loose
  relations: [x]
- id: second
  type: org
  type: person
- name: Nobody
";
    let parsed = yaml::parse(text);
    let told = faults(&parsed, text);
    let begins: Vec<&str> = told.iter().map(|t| t.split(']').next().unwrap_or_default()).collect();
    assert_eq!(
        begins,
        [
            "[Head Office",
            "[nmae",
            "[{a: b",
            "[in the",
            "[17 February",
            "[perhaps",
            "[paragraph",
            "[loose",
            "[[x",
            "[type",
            "[name",
            "[name"
        ],
        "{told:#?}"
    );
    assert_eq!(parsed.records.len(), 2);
    assert_eq!(parsed.records[0].parts.len(), 3);
    assert_eq!(parsed.faults[0].fix.as_ref().map(|f| f.1.as_str()), Some("head-office"));
}

#[test]
fn one_record_is_the_same_in_yaml_json_and_a_note() {
    let yaml = "- {id: pact, type: agreement, name: The Pact, date: 2015-02, citable: true, parts: [art-1..art-2]}";
    let json = r#"{"id": "pact", "type": "agreement", "name": "The Pact", "date": "2015-02", "citable": true, "parts": ["art-1..art-2"]}"#;
    let note = "---\ntype: agreement\nname: The Pact\nlang: en\ntags: [a]\ndate: 2015-02\ncitable: yes\nparts: art-1..art-2\n---\nText.\n";
    let from_note = record::of_note(note, Span::from(4..note.find("---\nText").unwrap_or(0)), "pact");
    for (parsed, text) in [(yaml::parse(yaml), yaml), (jsonl::parse(json), json), (from_note, note)] {
        assert_eq!(faults(&parsed, text), [""; 0]);
        let record = &parsed.records[0];
        assert_eq!(record.id.value, "pact");
        assert_eq!(record.kind, RecordKind::Agreement);
        assert_eq!(record.name().map(|n| n.span.slice(text)), Some("The Pact"));
        assert_eq!(record.date.as_ref().map(|d| d.span.slice(text)), Some("2015-02"));
        assert!(record.citable && record.parts.len() == 2);
    }
}

#[test]
fn front_matter_without_a_type_is_no_record() {
    let text = "---\nkind: analysis\ndate: soon\n---\n";
    assert_eq!(record::of_note(text, Span::new(4, 29), "a"), Parsed::default());
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
        #[test]
        fn any_text_gives_an_answer(text in "(- |id: |type: |aliases: |\\[|\\]|\\{|\\}|\n|  |a|é|\"|'|&|\\*|:|,|<<: |\\||>|\t|#|!|%|@){0,40}") {
            for parsed in [yaml::parse(&text), jsonl::parse(&text), record::of_note(&text, Span::from(0..text.len()), "stem")] {
                for fault in &parsed.faults {
                    prop_assert!(text.get(fault.span.range()).is_some(), "{:?}", fault);
                }
                for record in &parsed.records {
                    prop_assert!(text.get(record.span.range()).is_some() && text.get(record.id.span.range()).is_some());
                }
            }
        }
    }
}
