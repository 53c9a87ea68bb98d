//! Rules that are off unless asked for, days that pass, and cures between which only the author can choose.

use super::corpus::{Corpus, Ran};

const REGISTRY: &str =
    "- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}\n- {id: ban, type: person, name: Ban Ki-moon}\n";

fn corpus(settings: &str) -> Corpus {
    Corpus::of(&[("vidimus.toml", settings), ("registry/people.yaml", REGISTRY), ("a.md", "Lavrov left.\n")])
}

fn rules(ran: &Ran) -> Vec<String> {
    ran.json_lines().iter().map(|d| format!("{} {}", d["level"].as_str().expect("a level"), d["rule"].as_str().expect("a rule"))).collect()
}

#[test]
fn what_is_off_unless_asked_for_is_turned_on_by_its_name_or_by_settings() {
    let lines = ["check", "--format", "json-lines"];
    let select = ["check", "--format", "json-lines", "--select", "unused-definition,unlinked-mention"];
    let both = ["note unlinked-mention", "note unused-definition"];
    assert_eq!(rules(&corpus("").run(&lines)), [""; 0]);
    assert_eq!(rules(&corpus("").run(&select)), both);
    assert_eq!(rules(&corpus("[rules]\nunused-definition = \"warning\"\n").run(&lines)), ["warning unused-definition"]);
    // Who asks for a rule by name means it, whatever `[rules]` says; what is said of some files holds.
    assert_eq!(rules(&corpus("[rules]\nunused-definition = \"off\"\n").run(&select)), both);
    let libraries = "[[documents]]\nfiles = \"registry/**\"\nrules = { unused-definition = \"off\" }\n";
    assert_eq!(rules(&corpus(libraries).run(&select)), ["note unlinked-mention"]);
}

#[test]
fn of_a_part_of_a_corpus_nothing_is_called_unused() {
    let select = ["check", "--format", "json-lines", "--select", "unused-definition"];
    let whole = corpus("");
    whole.write("b.md", b"Ban Ki-moon came.\n");
    assert_eq!(rules(&whole.run(&[&select[..], &["registry/people.yaml"]].concat())), [""; 0]);
    let bare = Corpus::of(&[("registry.yaml", REGISTRY), ("b.md", "Ban Ki-moon came.\n")]);
    assert_eq!(rules(&bare.run(&[&select[..], &["registry.yaml"]].concat())), [""; 0]);
    assert_eq!(rules(&bare.run(&[&select[..], &["."]].concat())), ["note unused-definition"]);
}

#[test]
fn a_suppression_ends_with_its_day() {
    let text = "<!-- vidimus-allow unsourced-figure: the ministry will publish it until=2017-06-30 -->\n\nAbout 90,000 people left.\n";
    let corpus = Corpus::of(&[("a.md", text)]);
    let on = |day: &str| rules(&corpus.run(&["check", "--format", "json-lines", "--today", day]));
    assert_eq!(on("2017-06-30"), [""; 0]);
    assert_eq!(on("2017-07-01"), ["warning unused-suppression", "warning unsourced-figure"]);
    let fixed = corpus.run(&["check", "--fix", "--format", "json-lines", "--today", "2017-07-01"]);
    assert_eq!(rules(&fixed), ["warning unsourced-figure"]);
    assert_eq!(std::fs::read_to_string(corpus.path("a.md")).expect("the text"), "\nAbout 90,000 people left.\n");
    assert_eq!(corpus.run(&["check", "--today", "June"]).status, 2);
}

#[test]
fn cures_to_choose_between_are_shown() {
    let people = "- {id: ivanov-i, type: person, name: Igor Ivanov, aliases: [Ivanov]}\n- {id: ivanov-s, type: person, name: Sergei Ivanov, aliases: [Ivanov]}\n";
    let corpus = Corpus::of(&[("registry.yaml", people), ("a.md", "Ivanov left.\n")]);
    insta::assert_snapshot!(corpus.run(&["check"]).out, @r"
    warning[ambiguous-alias]: `Ivanov` fits 2 entities: `ivanov-i`, `ivanov-s`
     --> a.md:1:1
      |
    1 | Ivanov left.
      | ^^^^^^
      |
      = help: mark which: `[[ivanov-i|Ivanov]]`
      = or: Link `Ivanov` to `ivanov-i`
      = or: Link `Ivanov` to `ivanov-s`

    checked 2 files: 1 warning
    ");
    let found = &corpus.run(&["check", "--format", "json"]).json()["diagnostics"][0];
    let titles: Vec<_> = found["alternatives"].as_array().expect("a list").iter().map(|fix| fix["title"].as_str()).collect();
    assert_eq!(titles, [Some("Link `Ivanov` to `ivanov-i`"), Some("Link `Ivanov` to `ivanov-s`")]);
    assert_eq!(found["alternatives"][0]["edits"][0]["text"], "[[ivanov-i|Ivanov]]");
}

#[test]
fn annotations_beside_a_text_are_held_against_it() {
    let quote = |words: &str| format!(r#"{{"target": {{"selector": {{"type": "TextQuoteSelector", "exact": "{words}"}}}}}}"#);
    let beside = format!("[{}, {}]", quote("they left at noon"), quote("He stayed"));
    let corpus = Corpus::of(&[("a.md", "He [stayed](b.md).\nThey left in May.\n"), ("a.md.annotations.json", &beside), ("b.md", "")]);
    let ran = corpus.run(&["check", "--format", "json-lines"]);
    assert_eq!(rules(&ran), ["warning anchor-lost"], "{}", ran.out);
    corpus.write("a.md.annotations.json", b"[{");
    assert_eq!(rules(&corpus.run(&["check", "--format", "json-lines"])), ["warning anchor-lost"]);
    corpus.write("c.md.annotations.json", beside.as_bytes());
    assert!(corpus.run(&["check"]).out.contains("there is no text `c.md`"));
}
