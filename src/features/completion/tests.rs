//! Small corpora with a cursor (`$0`): what is offered there, and what the line becomes.

use proptest::prelude::*;

use super::*;
use crate::fixture::Fixture;

fn asked(notation: &str, invoked: bool) -> (String, Option<Completion>) {
    let fixture = Fixture::parse(notation);
    let snapshot = fixture.snapshot();
    let (path, offset) = fixture.cursor.expect("a cursor");
    let file = snapshot.file_at(&path).expect("the cursor's file");
    let text = snapshot.text(file).expect("held").to_string();
    (text, completion(&snapshot, FilePosition { file, offset }, invoked))
}

/// Labels, in order.
fn offered(notation: &str) -> Vec<String> {
    asked(notation, true).1.map(|c| c.items.into_iter().map(|i| i.label).collect()).unwrap_or_default()
}

/// The last line after the first item is taken; places to fill in `⟨⟩`, or plain.
fn taken(notation: &str, filled: bool) -> String {
    let (text, found) = asked(notation, true);
    let Some(found) = found else { return "nothing is offered".into() };
    let Some(item) = found.items.first() else { return "nothing is offered".into() };
    let written = match item.parts().filter(|_| filled) {
        Some(parts) => parts
            .iter()
            .map(|p| match p {
                Part::Text(words) => words.clone(),
                Part::Hole(words) => format!("⟨{words}⟩"),
            })
            .collect(),
        None => item.insert.clone(),
    };
    let all = crate::text::Edits::replace(found.whole, written).apply(&text);
    all.trim_end_matches(['\n', '\r']).rsplit('\n').next().unwrap_or_default().to_owned()
}

const PEOPLE: &str = "-- registry.yaml
- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Сергей Лавров]}
- {id: lavrenko, type: person, name: Ivan Lavrenko}
- {id: osce, type: org, name: OSCE}
- {id: minsk-package, type: agreement, name: Package of Measures, aliases: [Комплекс мер]}
- {id: unsc-2202, type: resolution, name: Resolution 2202, parts: [op-1..op-3, annex-i]}
-- refs.bib
@misc{tass-2017, author = {{TASS}}, title = {On force}, date = {2017-09-20}}
@misc{mid-2017, author = {{MID}}, title = {A statement}, date = {2017}}
";

fn with_people(text: &str) -> String {
    format!("{PEOPLE}-- text.md\n{text}\n")
}

#[test]
fn a_mention_is_completed_whatever_the_editor_has_closed() {
    for (before, after) in [
        ("He, [[lavro$0", "He, [[lavrov|⟨Sergey Lavrov⟩]]"),
        ("He, [[lavro$0]", "He, [[lavrov|⟨Sergey Lavrov⟩]]"),
        ("He, [[lavro$0]] said", "He, [[lavrov|⟨Sergey Lavrov⟩]] said"),
        ("He, [[lavro$0|he]] said", "He, [[lavrov|he]] said"),
        ("He, [[la$0vrov#p-1]] said", "He, [[lavrov#p-1]] said"),
        ("[He, [[lavro$0]{.claim}", "[He, [[lavrov|⟨Sergey Lavrov⟩]]]{.claim}"),
        ("| [[lavro$0]] | x |", "| [[lavrov]] | x |"),
        ("[[Комп$0]]", "[[minsk-package|⟨Package of Measures⟩]]"),
        ("[[лавр$0]]", "[[lavrov|⟨Sergey Lavrov⟩]]"),
        ("[[package of m$0]]", "[[minsk-package|⟨Package of Measures⟩]]"),
        ("\u{feff}𝕏 [[osc$0]]\r", "\u{feff}𝕏 [[osce|⟨OSCE⟩]]"),
    ] {
        assert_eq!(taken(&with_people(before), true), after, "{before}");
    }
    assert_eq!(taken(&with_people("He, [[lavro$0]"), false), "He, [[lavrov]]");
}

#[test]
fn brackets_ahead_may_stay_for_an_editor_that_passes_over_the_range() {
    for (before, typed, written) in [
        ("He, [[lavro$0]].", "lavro", "lavrov|⟨Sergey Lavrov⟩"),
        ("He, [[lavro$0].", "lavro", "lavrov|⟨Sergey Lavrov⟩]"),
        ("He, [[lavro$0.", "lavro", "lavrov|⟨Sergey Lavrov⟩]]"),
        ("He, [[lav$0rov]].", "lavrov]]", "lavrov|⟨Sergey Lavrov⟩]]"),
    ] {
        let (text, found) = asked(&with_people(before), true);
        let found = found.expect("something").leaving_brackets(&text);
        let shown = found.items[0].parts().unwrap_or_default().iter().fold(String::new(), |all, part| match part {
            Part::Text(words) => all + words,
            Part::Hole(words) => all + "⟨" + words + "⟩",
        });
        assert_eq!((found.whole.slice(&text), shown.as_str()), (typed, written), "{before}");
        assert!(shown.replace(['⟨', '⟩'], "").ends_with(found.items[0].insert.trim_start_matches("lavrov")), "{before}");
    }
}

#[test]
fn what_this_text_names_comes_first() {
    assert_eq!(offered(&with_people("[[lav$0")), ["Sergey Lavrov", "Ivan Lavrenko"]);
    assert_eq!(offered(&with_people("[[lavrenko]] and [[lavrenko|he]]. [[lav$0")), ["Ivan Lavrenko", "Sergey Lavrov"]);
    assert_eq!(offered(&with_people("[[osce]] [[$0"))[0], "OSCE");
    assert_eq!(offered(&format!("{}-- other.md\n[[lavrenko]]\n", with_people("[[lav$0")))[0], "Ivan Lavrenko", "then the corpus");
    assert_eq!(offered(&format!("{}-- other.md\n[[minsk-package]]\n", with_people("[[$0")))[0], "Package of Measures");
}

#[test]
fn what_an_item_is_found_by_begins_with_what_fits() {
    let (_, found) = asked(&with_people("[[pack$0"), true);
    let found = found.expect("offered");
    assert_eq!(found.items[0].filter, "Package of Measures minsk-package");
    assert_eq!(found.items[0].about, Some(About::Thing("minsk-package".into(), None)));
    let (_, found) = asked(&with_people("[[lavrov$0"), true);
    assert!(found.expect("offered").items[0].filter.starts_with("lavrov "));
}

#[test]
fn built_in_resolutions_are_offered_by_number() {
    assert_eq!(offered("[[unsc-2254$0")[0], "S/RES/2254 (2015)");
    assert_eq!(taken("[[S/RES/1325$0]]", true), "[[unsc-1325|⟨S/RES/1325 (2000)⟩]]");
    assert!(offered(&with_people("[[unsc-2202$0")).contains(&"Resolution 2202".into()), "the corpus's own has its own name");
    assert_eq!(offered("[[unsc-99999$0"), [""; 0]);
}

#[test]
fn texts_can_be_named_too() {
    let files = "-- minsk-2017.md\n---\ntitle: Two years of Minsk\n---\nWords.\n-- text.md\n";
    assert_eq!(taken(&format!("{files}[[minsk$0]]"), false), "[[minsk-2017]]");
    assert_eq!(offered(&format!("{files}[[two$0")), ["Two years of Minsk"]);
}

#[test]
fn names_of_the_record_are_offered_for_the_words() {
    assert_eq!(offered(&with_people("[[lavrov|$0]]")), ["Sergey Lavrov", "Lavrov", "Сергей Лавров"]);
    assert_eq!(taken(&with_people("[[lavrov|Ser$0gey]]"), true), "[[lavrov|Sergey Lavrov]]");
}

#[test]
fn pinpoints_are_the_anchors_of_the_note_or_the_parts_of_the_record() {
    assert_eq!(offered(&with_people("[[unsc-2202#$0]]")), ["op-1", "op-2", "op-3", "annex-i"]);
    let note = "-- unsc-2202.md\n---\ntype: resolution\n---\n1. Endorses the *Package*.\n2. Welcomes.\n-- text.md\n";
    assert_eq!(offered(&format!("{note}[[unsc-2202#op$0]]"))[..2], ["op-1", "para-1"]);
    let (_, found) = asked(&format!("{note}[it](unsc-2202.md#o$0p-1)"), true);
    let found = found.expect("offered");
    assert_eq!((found.items[0].label.as_str(), found.items[0].detail.as_str()), ("op-1", "Endorses the *Package*."));
    assert_eq!(found.items[0].about, Some(About::Thing("unsc-2202".into(), Some("op-1".into()))));
    assert_eq!(taken(&format!("{note}[it](unsc-2202.md#o$0p-9)"), true), "[it](unsc-2202.md#op-1)");
    assert_eq!(offered("[[unsc-1325#$0]]"), [""; 0], "the table of resolutions holds no texts");
}

#[test]
fn keys_are_offered_with_what_they_stand_for() {
    let (_, found) = asked(&with_people("He said so [@$0]."), false);
    let items = found.expect("offered").items;
    let shown: Vec<_> = items.iter().map(|i| format!("{}: {}", i.label, i.detail)).collect();
    assert_eq!(shown[..2], ["mid-2017: MID 2017. A statement", "tass-2017: TASS 2017. On force"]);
    assert_eq!(shown[2..].len(), 2, "instruments can be cited as well: {shown:?}");
    assert_eq!(offered(&with_people("He said so [see @forc$0]."))[0], "tass-2017");
    assert_eq!(taken(&with_people("So [-@ta$0ss-2017, p. 2]."), true), "So [-@tass-2017, p. 2].");
    assert_eq!(offered(&with_people("mail@ta$0")), [""; 0]);
    assert_eq!(offered(&with_people("`@ta$0`")), [""; 0]);
}

#[test]
fn locators_follow_a_key_and_its_comma() {
    assert_eq!(taken(&with_people("So [@tass-2017,$0]."), true), "So [@tass-2017, para. ].");
    assert_eq!(taken(&with_people("So [@tass-2017, $0]."), true), "So [@tass-2017, para. ].");
    assert_eq!(offered(&with_people("So [see @tass-2017, p$0; @x]."))[0], "para.");
    assert_eq!(offered(&with_people("@tass-2017 [p$0] says"))[0], "para.");
    assert_eq!(offered(&with_people("So [@tass-2017, p. 3$0].")), [""; 0]);
    assert_eq!(offered(&with_people("Он сказал это прямо и не раз [@tass-2017, $0]."))[0], "п.");
}

#[test]
fn attributes_have_names_and_values() {
    assert_eq!(offered("[Many left]{.$0}")[0], "claim");
    assert_eq!(offered("[Many left]{.claim $0}"), ["status", "conf", "by", "date", "source", "against"]);
    assert_eq!(offered("[Many left]{.claim conf=low s$0}"), ["status", "by", "date", "source", "against"]);
    assert_eq!(taken("[Many left]{.claim st$0}", true), "[Many left]{.claim status=⟨⟩}");
    assert_eq!(offered("[Many left]{.claim conf=$0}"), ["low", "moderate", "high"]);
    assert_eq!(taken("[Many left]{.claim status=as$0erted}", false), "[Many left]{.claim status=asserted}");
    assert_eq!(offered(&with_people("[Many left]{.claim by=l$0}"))[..2], ["Sergey Lavrov", "Ivan Lavrenko"]);
    assert_eq!(taken(&with_people("[Many left]{.claim by=osc$0}"), true), "[Many left]{.claim by=osce}");
    assert_eq!(taken(&with_people("[Many left]{.claim source=\"ta$0\"}"), true), "[Many left]{.claim source=\"tass-2017\"}");
    assert_eq!(taken(&with_people("[Many left]{.claim source=ta$0}"), true), "[Many left]{.claim source=\"tass-2017⟨⟩\"}");
    assert_eq!(
        taken(&with_people("[Many left]{.claim source=\"tass-2017, $0\"}"), true),
        "[Many left]{.claim source=\"tass-2017, para. \"}"
    );
    assert_eq!(offered("---\ndate: 2017-03-16\n---\n[Then]{.claim date=$0}"), ["2017-03-16", "2017-03", "2017"]);
    assert_eq!(offered("-- vidimus.toml\nclasses = [\"stance\"]\n-- text.md\n[So]{.$0}").last().map(String::as_str), Some("stance"));
    assert_eq!(offered("a set {.$0}"), [""; 0]);
}

#[test]
fn directives_and_the_rules_they_name() {
    assert_eq!(offered("<!-- $0 -->")[0], "vidimus-allow");
    assert_eq!(taken("<!$0", true), "<!-- vidimus-allow ⟨rule⟩: ⟨reason⟩ -->");
    assert_eq!(taken("<!-- vidimus-al$0 -->", true), "<!-- vidimus-allow ⟨rule⟩: ⟨reason⟩ -->");
    let rules = offered("<!-- vidimus-allow unsourced-figure, $0: rhetorical -->");
    assert!(rules.contains(&"unsourced-quote".into()) && !rules.contains(&"unsourced-figure".into()), "{rules:?}");
    assert_eq!(taken("<!-- vidimus-allow ambig$0 -->", true), "<!-- vidimus-allow ambiguous-alias -->");
    assert_eq!(offered("<!-- vidimus-allow unsourced-figure: as $0 -->"), [""; 0]);
    assert_eq!(offered("<!-- a note to $0 -->"), [""; 0]);
}

#[test]
fn footnotes_have_labels() {
    let notes = "One[^$0] two[^two].\n\n[^one]: The first.\n";
    assert_eq!(offered(notes), ["one"]);
    assert_eq!(taken("[^one]: The first.\n\nOne[^o$0]", true), "One[^one]");
    assert_eq!(taken("Two[^two].\n\n[^$0", true), "[^two]: ");
}

#[test]
fn names_in_words_are_offered_only_when_somebody_asks() {
    assert_eq!(offered(&with_people("Later Lavr$0")), ["Lavrov", "[[lavrov|Lavrov]]"]);
    assert_eq!(taken(&with_people("Later Lavr$0"), true), "Later Lavrov");
    assert_eq!(asked(&with_people("Later Lavr$0"), false).1, None);
    assert_eq!(offered(&with_people("Later La$0")), [""; 0]);
}

#[test]
fn front_matter_has_keys_and_values() {
    let head = |line: &str| with_people(&format!("---\nid: a\n{line}\n---\nWords."));
    assert_eq!(offered(&head("k$0"))[..3], ["type", "kind", "title"]);
    assert_eq!(taken(&head("ki$0").replace("---\nWords.", ""), true), "type: ");
    assert_eq!(offered(&head("kind: $0")), ["analysis", "source-text", "opinion"]);
    assert_eq!(offered(&head("lang: $0")), ["en", "ru"]);
    assert_eq!(offered(&head("source: t$0"))[0], "tass-2017");
    assert_eq!(offered(&head("bibliography: $0")), ["registry.yaml", "refs.bib"]);
    assert_eq!(offered(&head("bibliography:\n  - $0")), ["registry.yaml", "refs.bib"]);
    assert_eq!(offered(&head("type: $0"))[..2], ["person", "org"]);
    assert!(offered(&head("type: person\n$0")).contains(&"aliases".into()));
    assert!(!offered(&head("$0")).contains(&"aliases".into()));
    assert_eq!(offered(&head("type: org\nrelations: {member-of: [os$0]}"))[0], "osce");
    assert_eq!(offered(&head("type: org\nrelations:\n  member-of: os$0"))[0], "osce");
    assert_eq!(offered(&head("type: org\nrelations:\n  member-of:\n    - os$0"))[0], "osce");
    assert_eq!(offered(&head("type: person\nroles:\n  - title: X\n    $0")), ["from", "to", "aliases", "body"]);
    assert_eq!(offered("---\nkind: $0"), ["analysis", "source-text", "opinion"], "front matter that is being begun");
}

#[test]
fn registries_have_keys_and_values() {
    let list = |text: &str| format!("{PEOPLE}-- registry/more.yaml\n{text}\n");
    assert_eq!(offered(&list("- id: x\n  ty$0"))[0], "type");
    assert!(!offered(&list("- id: x\n  $0\n  name: X\n- id: y")).contains(&"name".into()));
    assert_eq!(offered(&list("- {id: x, type: $0}"))[0], "person");
    assert_eq!(offered(&list("- {id: x, $0}"))[0], "type");
    assert_eq!(offered(&list("- {id: x, relations: {$0}}"))[0], "amends");
    assert_eq!(offered(&list("- id: x\n  relations:\n    endorses: [mi$0]")), ["minsk-package"]);
    let lines = |text: &str| format!("{PEOPLE}-- registry/more.jsonl\n{text}\n");
    assert_eq!(taken(&lines("{\"id\": \"x\", \"ty$0\": \"org\"}"), true), "{\"id\": \"x\", \"type\": \"org\"}");
    assert_eq!(offered(&lines("{\"id\": \"x\", \"type\": \"$0\"}"))[0], "person");
    assert_eq!(offered(&lines("{\"relations\": {\"endorses\": [\"mi$0\"]}}")), ["minsk-package"]);
}

#[test]
fn settings_have_tables_keys_rules_and_levels() {
    let settings = |text: &str| format!("-- vidimus.toml\n{text}\n");
    assert_eq!(offered(&settings("[$0")), ["rules", "documents", "instrument"]);
    assert_eq!(taken(&settings("fail$0"), true), "rules = ");
    assert_eq!(offered(&settings("fail-on = \"$0\"")), ["off", "note", "warning", "error"]);
    assert_eq!(taken(&settings("[rules]\nunknown-entity = $0"), true), "unknown-entity = \"off\"");
    let rules = offered(&settings("[rules]\nunknown-entity = \"off\"\nun$0"));
    assert!(rules.contains(&"unknown-source".into()) && !rules.contains(&"unknown-entity".into()), "{rules:?}");
    assert_eq!(offered(&settings("[[documents]]\nfiles = \"a\"\n$0"))[0], "kind");
    assert_eq!(offered(&settings("[[documents]]\nrules = {unknown-entity = \"$0\"}"))[0], "off");
    assert_eq!(offered(&settings("[[documents]]\nkind = \"$0\"")), ["analysis", "source-text", "opinion"]);
}

#[test]
fn links_lead_to_notes_by_their_paths() {
    let files = "-- notes/minsk.md\n---\ntype: agreement\nname: The Package\n---\n-- texts/a.md\n";
    assert_eq!(taken(&format!("{files}[it](min$0)"), true), "[it](../notes/minsk.md)");
    assert_eq!(taken(&format!("{files}[it](../notes/mi$0nsk.md#p-1)"), true), "[it](../notes/minsk.md#p-1)");
}

#[test]
fn nothing_is_offered_in_code() {
    assert_eq!(offered(&with_people("```\n[[lav$0\n```")), [""; 0]);
    assert_eq!(offered(&with_people("~~~ text\n```\n[[lav$0\n~~~")), [""; 0]);
    assert_eq!(offered(&with_people("a `[[lav$0` b")), [""; 0]);
    assert_eq!(offered(&with_people("```\ncode\n```\n\na ` b [[lavrov$0")), ["Sergey Lavrov"]);
}

proptest! {
    #[test]
    fn every_place_of_any_text_can_be_asked(text in "(?s)([\\[\\]{}@#^|.,:;<!=\"'` \n\r-]|lav|kind|claim|é|𝕏|---\n|\\[\\[|\\]\\(){0,30}", path in 0usize..4) {
        let path = ["text.md", "registry/x.yaml", "registry/x.jsonl", "vidimus.toml"][path];
        let fixture = Fixture::parse(&format!("{PEOPLE}-- {path}\n{text}"));
        let snapshot = fixture.snapshot();
        let file = snapshot.file_at(path).expect("a file");
        let held = snapshot.text(file).expect("held");
        for offset in 0..=u32::try_from(held.len()).expect("small") + 1 {
            if let Some(found) = completion(&snapshot, FilePosition { file, offset }, true) {
                let line = found.whole.slice(&held);
                prop_assert!(found.whole.covers(found.typed) && found.whole.start == found.typed.start);
                prop_assert!(!line.contains(['\n', '\r']), "{line:?}");
                prop_assert!(held.is_char_boundary(found.whole.start as usize) && held.is_char_boundary(found.whole.end as usize));
                prop_assert!(found.items.len() <= MOST);
            }
        }
    }
}
