//! Marks put round words: what they look like, and that the words stay.

use super::tests::{Scene, rules_found, words};

const CORPUS: &str = "-- registry/people.yaml
- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, the diplomat]}
- {id: zakharova, type: person, name: Maria Zakharova, aliases: [Zakharova]}
- {id: osce, type: org, name: OSCE}
-- notes/minsk-package.md
---
type: agreement
name: Package of Measures
aliases: [the Package]
citable: true
---
1. Ceasefire.
-- refs.bib
@misc{tass-2017, title = {On the limits of force}}
-- texts/text.md
";

fn scene(text: &str, select: &str) -> Scene {
    Scene::new(&format!("{CORPUS}{text}"), select)
}

/// A text with a cursor, an action, and the text after it. Marks change no word.
const MARKED: &[(&str, &str, &str)] = &[
    ("Lav$0rov left.\n", "Link `Lavrov` to `lavrov`", "[[lavrov|Lavrov]] left.\n"),
    ("*Lav$0rov* left.\n", "Link `Lavrov` to `lavrov`", "*[[lavrov|Lavrov]]* left.\n"),
    ("[Lav$0rov left]{.claim} [@tass-2017].\n", "Link `Lavrov` to `lavrov`", "[[[lavrov|Lavrov]] left]{.claim} [@tass-2017].\n"),
    ("# On the Pack$0age\n", "Link `the Package` to `minsk-package`", "# On [the Package](../notes/minsk-package.md)\n"),
    ("# On Lav$0rov\n", "Link `Lavrov` to `lavrov`", "# On [[lavrov|Lavrov]]\n"),
    (
        "| a | b |\n|---|---|\n| the Pack$0age | x |\n",
        "Link `the Package` to `minsk-package`",
        "| a | b |\n|---|---|\n| [the Package](../notes/minsk-package.md) | x |\n",
    ),
    (
        "# Lavrov\n\nLav$0rov and `Lavrov`, [Lavrov](https://example.org).\n\n> Lavrov, [[lavrov|he]].\n",
        "Link all 2 mentions of `lavrov` in this text",
        "# Lavrov\n\n[[lavrov|Lavrov]] and `Lavrov`, [Lavrov](https://example.org).\n\n> [[lavrov|Lavrov]], [[lavrov|he]].\n",
    ),
    (
        "Lav$0rov met Zakharova of the OSCE.\r\n",
        "Link all names in this text",
        "[[lavrov|Lavrov]] met [[zakharova|Zakharova]] of the [[osce|OSCE]].\r\n",
    ),
    ("[[minsk-pack$0age#point-1|It]] held.\n", "Write this mention as a link", "[It](../notes/minsk-package.md#point-1) held.\n"),
    ("[It](../notes/minsk-pack$0age.md#point-1) held.\n", "Write this mention as a wikilink", "[[minsk-package#point-1|It]] held.\n"),
    ("The Pack$0age held for a year.\n", "Cite `minsk-package`, named here", "The Package held for a year [@minsk-package].\n"),
    (
        "He wrote On the limits of force in a we$0ek.\n",
        "Cite `tass-2017`, named here",
        "He wrote On the limits of force in a week [@tass-2017].\n",
    ),
    (
        "He said of the Pack$0age \"it shall hold.\"\n",
        "Cite `minsk-package`, named here",
        "He said of the Package \"it shall hold.\" [@minsk-package]\n",
    ),
    (
        "One. Exports fe$0ll in May [@tass-2017]. Two.\n",
        "Mark this sentence as a claim",
        "One. [Exports fell in May]{.claim} [@tass-2017]. Two.\n",
    ),
    ("Exports fe$0ll in\nMay.\n", "Mark this sentence as a claim", "[Exports fell in\nMay]{.claim}.\n"),
    ("About 90,$0000 people left.\n", "Mark this sentence as an opinion", "[About 90,000 people left]{.opinion}.\n"),
    (
        "Lavrov said \"there is no other w$0ay\" [@tass-2017].\n",
        "Mark the quotation as said by `lavrov`",
        "Lavrov said [\"there is no other way\"]{.quote by=lavrov} [@tass-2017].\n",
    ),
];

#[test]
fn marks_stand_round_words_and_change_none() {
    for (before, title, after) in MARKED {
        let text = scene(before, "").text_after(title);
        assert_eq!(text, *after, "{title}");
        let plain = before.replace("$0", "");
        if !title.starts_with("Write this") {
            assert_eq!(words(&text), words(&plain), "{title}");
        }
    }
}

#[test]
fn the_words_selected_are_marked() {
    let text = scene("Exports $0fell in May, they said.\n", "fell in May").text_after("Mark the words selected as a claim");
    assert_eq!(text, "Exports [fell in May]{.claim}, they said.\n");
    for (text, select) in [("Exports $0[fell in] May.\n", "[fell in"), ("Exports $0fell.\n\nThey rose.\n", "fell.\n\nThey")] {
        assert!(!scene(text, select).titles().iter().any(|t| t.contains("words selected")), "{text:?}");
    }
    assert!(!scene("Exports $0fell in May.\n", "fell").titles().iter().any(|t| t.contains("words selected")));
}

#[test]
fn what_cannot_be_marked_says_why() {
    let refused = |text: &str, title: &str| scene(text, "").refused(title).unwrap_or_default().to_owned();
    assert!(refused("Ser$0gey\nLavrov left.\n", "Link `Sergey Lavrov` to `lavrov`").contains("line end"));
    assert!(refused("| a |\n|---|\n| Lav$0rov |\n", "Link `Lavrov` to `lavrov`").contains("in a table"));
    assert!(refused("[[lav$0rov|He]] left.\n", "Write this mention as a link").contains("has none"));
    assert!(refused("| a |\n|---|\n| [It](../notes/minsk-pac$0kage.md) |\n", "Write this mention as a wikilink").contains("pipe"));
}

#[test]
fn a_mark_cures_what_it_says_it_cures() {
    let found = |text: &str, title: &str| rules_found(scene(text, "").after(title));
    let before = "About 90,$0000 people left.\n";
    assert!(!found(before, "Mark this sentence as an opinion").contains(&"unsourced-figure"));
    let before = "It was the lar$0gest protest in the history of the city.\n";
    assert!(rules_found(vec![("text.md".into(), before.replace("$0", ""))]).contains(&"unsourced-superlative"));
    assert!(!found(before, "Mark this sentence as an opinion").contains(&"unsourced-superlative"));
    let before = "About 90,$0000 people left after the Package.\n";
    assert!(!found(before, "Cite `minsk-package`, named here").contains(&"unsourced-figure"));
}

#[test]
fn one_name_is_linked_in_every_text_but_its_own_note() {
    let more = "-- texts/other.md\nThe Package.\n\n```\nthe Package\n```\n-- texts/third.md\nNothing.\n-- notes/minsk-two.md\n---\ntype: agreement\n---\nOf the Pack$0age.\n";
    let files = scene(&format!("The Package.\n{more}"), "").after("Link all mentions of `minsk-package` in the corpus");
    let text = |path: &str| files.iter().find(|f| f.0 == path).map(|f| f.1.as_str()).unwrap_or_default();
    assert_eq!(text("texts/text.md"), "[[minsk-package|The Package]].\n");
    assert_eq!(text("texts/other.md"), "[[minsk-package|The Package]].\n\n```\nthe Package\n```\n");
    assert_eq!(text("texts/third.md"), "Nothing.\n");
    assert!(text("notes/minsk-two.md").contains("[[minsk-package|the Package]]"));
    assert!(text("notes/minsk-package.md").ends_with("1. Ceasefire.\n"));
}

#[test]
fn a_name_of_several_is_linked_to_the_one_chosen() {
    let people = "-- registry.yaml\n- {id: ivanov-igor, type: person, name: Igor Ivanov, aliases: [Ivanov]}\n- {id: ivanov-sergei, type: person, name: Sergei Ivanov, aliases: [Ivanov]}\n";
    for text in ["Iva$0nov left.\n", "Ivanov came. Iva$0nov left.\n"] {
        let scene = Scene::new(&format!("{people}-- text.md\n{text}"), "");
        assert_eq!(scene.titles().iter().filter(|t| t.starts_with("Link `Ivanov`")).count(), 2, "{:?}", scene.titles());
        assert!(scene.text_after("Link `Ivanov` to `ivanov-sergei`").ends_with("[[ivanov-sergei|Ivanov]] left.\n"));
    }
}

mod properties {
    use proptest::prelude::*;

    use super::super::{Reach, Task, changes};
    use super::{CORPUS, words};
    use crate::fixture::Fixture;

    const PIECES: &[&str] = &[
        "Lavrov",
        "Sergey Lavrov",
        "the Package",
        "OSCE",
        "resolution 2202 (2015)",
        " ",
        " ",
        "\n",
        "\n\n",
        "[",
        "]",
        "(",
        ")",
        "{.claim}",
        "!",
        "|",
        "*",
        "_",
        "`",
        "> ",
        "- ",
        "# ",
        "| ",
        "[[lavrov|he]]",
        "[@tass-2017]",
        "[x](y.md)",
        "\\",
        "{",
        "<!-- c -->",
        "\"",
        "said",
        "é",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
        #[test]
        fn linking_all_names_of_any_text_changes_no_word(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
            let text = pieces.concat();
            let mut fixture = Fixture::parse(CORPUS);
            if let Some(last) = fixture.files.last_mut() {
                last.1.clone_from(&text);
            }
            let snapshot = fixture.snapshot();
            let file = snapshot.file_at("texts/text.md").expect("the text");
            let task = Task::LinkAll { id: None, reach: Reach::Text };
            if let Some(done) = changes(&snapshot, file, &task, &|| false) {
                let after = done.edits[0].1.apply(&text);
                prop_assert_eq!(words(&after), words(&text), "{:?}", after);
            }
        }
    }
}
