//! What rules say of what they pass over.

use super::{Pass, Verdict, judged};
use crate::corpus::Occasion;
use crate::fixture::Fixture;
use crate::text::Span;

/// What one rule says of all that it looks at in a file: the words, and why they pass; `!` for a finding.
fn said(notation: &str, path: &str, rule: &str, occasion: Occasion) -> Vec<String> {
    let snapshot = Fixture::parse(notation).snapshot_on(occasion);
    let file = snapshot.file_at(path).expect("the file");
    let (text, notes) = (snapshot.text(file).expect("its text"), snapshot.annotations(file));
    let all = judged(&snapshot, file, notes.as_deref(), Span::new(0, u32::MAX));
    let shown = |verdict: &Verdict| match verdict {
        Verdict::Passed(Pass::Because(why)) => why.clone(),
        Verdict::Passed(Pass::Near(at)) => format!("near {}", at.slice(&text)),
        Verdict::Passed(Pass::Told(at)) => format!("told at {}", at.start),
        Verdict::Passed(other) => format!("{other:?}"),
        Verdict::Finding(_) | Verdict::Allowed(..) => "!".into(),
    };
    all.iter().filter(|one| one.rule.name == rule).map(|one| format!("{}: {}", one.span.slice(&text), shown(&one.verdict))).collect()
}

#[test]
fn a_bare_number_says_why_it_is_clear() {
    let said = |text: &str| said(&format!("-- a.md\n{text}\n"), "a.md", "ambiguous-resolution", Occasion::default());
    assert_eq!(said("They rely on resolution 181 and on resolution 181."), ["resolution 181: !", "resolution 181: told at 13"]);
    assert_eq!(said("A resolution 300 times finer."), ["resolution 300: it tells how fine something is: it is no body's resolution"]);
    let unknown = "resolution 9999: neither the built-in table nor the corpus knows a resolution of that number";
    assert_eq!(said("They rely on resolution 9999."), [unknown]);
    let whose = said("Resolution 181 (1963) was read. Resolution 181 binds.");
    assert_eq!(whose.len(), 2, "{whose:?}");
    assert!(whose.iter().all(|why| why.ends_with("it is `S/RES/181 (1963)`: its words say so, or those of a mention before")), "{whose:?}");
    assert_eq!(said("He said: \"They rely on resolution 181.\""), ["resolution 181: Quoted"]);
}

#[test]
fn a_name_says_why_it_needs_no_link() {
    let list = "-- registry.yaml\n- {id: orlov, type: person, name: Anna Orlov, aliases: [Orlov]}\n- {id: pact, type: agreement, name: Lake Pact}\n";
    let all = |path: &str, text: &str| said(&format!("{list}-- {path}\n{text}\n"), path, "unlinked-mention", Occasion::default());
    assert_eq!(all("a.md", "[[orlov|She]] left, and Orlov came back."), ["Orlov: near [[orlov|She]]"]);
    assert_eq!(all("a.md", "Orlov left, and Orlov came back."), ["Orlov: !", "Orlov: told at 0"]);
    assert_eq!(all("a.md", "They read \"Orlov is coming back today\"."), ["Orlov: Quoted"]);
    assert_eq!(all("a.txt", "Orlov left."), ["Orlov: a mark in a plain text is no mark"]);
    let own = "---\ntype: person\nname: Boris Zorin\n---\nBoris Zorin left.";
    assert_eq!(all("zorin.md", own), ["Boris Zorin: it stands in the note of what it names"]);
}

#[test]
fn a_record_says_why_it_is_no_leftover() {
    let corpus = "-- registry.yaml\n- {id: orlov, type: person}\n- {id: zorin, type: person}\n- {id: pact, type: agreement}\n\
                  -- notes/pact.md\n---\nid: pact\ntype: agreement\n---\n-- a.md\n[[orlov]] and [[pact]].\n";
    let all = said(corpus, "registry.yaml", "unused-definition", Occasion::default());
    assert_eq!(all, ["orlov: the corpus names it", "zorin: !", "pact: it is judged where `pact` is at home, in `notes/pact.md`"]);
    let partial = said(corpus, "registry.yaml", "unused-definition", Occasion { partial: true, ..Occasion::default() });
    assert_eq!(partial[1], "zorin: only single files are checked: others may name it");
}

#[test]
fn an_annotation_says_that_its_words_are_there() {
    let one = |words: &str| {
        format!("{{\"target\": {{\"source\": \"a.md\", \"selector\": {{\"type\": \"TextQuoteSelector\", \"exact\": \"{words}\"}}}}}}")
    };
    let list = format!("[{}, {}]", one("the bridge"), one("a tunnel"));
    let corpus = format!("-- a.md\nWe keep the bridge open.\n-- a.md.annotations.json\n{list}\n");
    let all = said(&corpus, "a.md.annotations.json", "anchor-lost", Occasion::default());
    assert_eq!(all, ["the bridge: its words stand in `a.md`", "a tunnel: !"]);
}
