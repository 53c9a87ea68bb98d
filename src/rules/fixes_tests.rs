//! Every fix of every example of every manual is made, and judged by what is found afterwards.

use smol_str::SmolStr;

use super::examples::asked_for;
use super::{Diagnostic, Fix, RULES, fix_all};
use crate::config::Level;
use crate::fixture::Fixture;

/// Examples beside the manuals', for fixes that these do not show.
const MORE: &[&str] = &[
    "One line\n<!-- note -->\nand more.\n",
    "Above.\n\nOne line\n<!-- note -->\nand more.\n",
    "Above.\r\n\r\nOne line\r\n<!-- note -->\r\nand more.\r\n",
    "<!-- vidimus-alow unsourced-figure: rhetorical -->\n\nAbout 90,000 people left.\n",
    "-- refs.bib\n@misc{x, title = {X}}\n@misc{y, title = {Y}}\n-- text.md\n[Exports [@x] fell [see @y, p. 3]]{.claim}.\n",
    "-- registry.yaml\n- {id: lavrov, type: person, name: Sergey Lavrov, formerly: [lavrow]}\n-- text.md\n[[lavrow|He]]{.mention} left, [[lavrow|he]]{.mention} did.\n",
    "-- registry.yaml\n- {id: lavrov, type: person, name: Sergey Lavrov}\n-- text.md\n[[lavrov|Sergey\nLavrov]] left.\n",
    "-- notes/minsk-package.md\n---\ntype: agreement\nformerly: [minsk-accord]\n---\n# Package\n-- texts/text.md\nThe [Package](../notes/minsk-accord.md) and [it](minsk-packag.md).\n",
    "-- refs.bib\n@misc{x, title = {X}}\n-- text.md\n[Exports fell]{.claim src=x conf=banana} and [rose]{.clame} [@x].\n",
    "-- registry.yaml\n- {id: minsk, type: place, name: Minsk}\n-- text.md\nIn [[minsk#op-1|Minsk]] it rained.\n",
    "It recalled \u{410}/RES/68/262 and S/RES/2015/2202 again.\n",
    "| a | b |\n|---|---|\n| [[lavrov|he]] | x |\n",
    "-- vidimus.toml\ncitation-scop = \"paragraph\"\n[rules]\nunsourced-figur = \"off\"\n-- text.md\nA text.\n",
    "-- refs.bib\n@misc{tass, title = {Interview}}\n-- interview.md\n---\nkind: source-text\nsource: tass\n---\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nLavrov said: \"There is no other way out of it.\"\n\nSix.\n-- text.md\nHe said \"there is no other way out of it\" [@tass], and \"there is no other way out of it\" [@tass, para. 2], and \"there is no way out of it\" [@tass, para. 5].\n",
    "-- registry.yaml\n- {id: lavrov, type: person, name: Sergey Lavrov}\n- {id: kerry, type: person, name: John Kerry}\n-- refs.bib\n@misc{tass, title = {Interview}}\n-- interview.md\n---\nkind: source-text\nsource: tass\n---\n[[lavrov|Sergey Lavrov]] said: \"There is no other way out of it.\"\n-- text.md\n[\"There is no other way out of it\"]{.quote by=kerry} [@tass, para. 1].\n",
    "-- registry.yaml\n- {id: minsk, type: place, name: Minsk}\n- {id: lavrov, type: person, name: Sergey Lavrov}\n-- text.md\nIn Minsk Sergey Lavrov said [there is no other way]{.quote by=minsk}.\n",
    "Under article 3 of resolution 2202 (2015) and Art. 4 of S/RES/2254 (2015) it ends.\n",
    "-- registry.yaml\n- {id: lavrov, type: person, name: Сергей Лавров, aliases: [Лавров]}\n-- text.md\nЛавров признался: «Другого выхода у нас нет».\n",
    "-- registry.yaml\n- {id: Head Office, typ: org, name: Head Office}\n-- text.md\nA text.\n",
];

fn all_notations() -> Vec<String> {
    let manuals = RULES.iter().flat_map(|rule| super::examples::examples(rule)).map(|(_, body)| body);
    manuals.chain(MORE.iter().map(|m| (*m).to_owned())).collect()
}

fn applied(fixture: &Fixture, edits: &[(SmolStr, crate::text::Edits)]) -> Fixture {
    let mut files = fixture.files.clone();
    for (path, text) in &mut files {
        if let Some((_, edits)) = edits.iter().find(|(p, _)| p == path) {
            *text = edits.apply(text);
        }
    }
    Fixture { files, expected: Vec::new(), cursor: None }
}

fn errors(found: &[Diagnostic]) -> usize {
    found.iter().filter(|d| d.level == Level::Error).count()
}

fn count(found: &[Diagnostic], rule: &str) -> usize {
    found.iter().filter(|d| d.rule == rule).count()
}

/// What is wrong with a fix, if anything: it must take its finding away, and bring no error.
fn wrong(fixture: &Fixture, before: &[Diagnostic], finding: &Diagnostic, fix: &Fix) -> Option<String> {
    let after = applied(fixture, &fix.edits);
    let found = after.findings_on(asked_for(RULES));
    let stays = count(&found, finding.rule) >= count(before, finding.rule);
    let worse = errors(&found) > errors(before);
    let show = |all: &[Diagnostic]| all.iter().map(|d| format!("{} {}", d.rule, d.message)).collect::<Vec<_>>().join("; ");
    (stays || worse).then(|| format!("`{}` of {}: {:?}\nleaves {}", fix.title, finding.rule, after.files, show(&found)))
}

#[test]
fn a_fix_takes_its_finding_away_and_brings_no_error() {
    let mut complaints = Vec::new();
    for notation in all_notations() {
        let fixture = Fixture::parse(&notation);
        let found = fixture.findings_on(asked_for(RULES));
        for finding in &found {
            complaints.extend(finding.fixes().filter_map(|fix| wrong(&fixture, &found, finding, fix)));
            assert!(finding.alternatives.iter().all(|f| !f.safe), "an alternative of {} is called safe", finding.rule);
            assert!(finding.fixes().all(|f| f.title.chars().next().is_some_and(char::is_uppercase)), "{:?}", finding.fix);
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

#[test]
fn all_safe_fixes_leave_nothing_to_fix() {
    for notation in all_notations() {
        let fixture = Fixture::parse(&notation);
        let snapshot = fixture.snapshot_on(asked_for(RULES));
        let edits: Vec<_> = snapshot.files().filter_map(|(id, f)| Some((f.path.clone(), fix_all(&snapshot, id)?.edits))).collect();
        let after = applied(&fixture, &edits);
        let left: Vec<_> = after.findings_on(asked_for(RULES)).into_iter().filter(|d| d.fix.as_ref().is_some_and(|f| f.safe)).collect();
        assert!(left.is_empty(), "{left:?}\nin {:?}", after.files);
        assert!(errors(&after.findings_on(asked_for(RULES))) <= errors(&fixture.findings_on(asked_for(RULES))), "{:?}", after.files);
        let again = after.snapshot_on(asked_for(RULES));
        assert!(again.files().all(|(id, _)| fix_all(&again, id).is_none_or(|f| f.edits.is_empty())), "{:?}", after.files);
    }
}

/// The file `text.md` with all its safe fixes made, and the rules that made them.
fn fixed(notation: &str) -> (String, Vec<&'static str>) {
    let fixture = Fixture::parse(notation);
    let snapshot = fixture.snapshot();
    let id = snapshot.file_at("text.md").expect("the text");
    let fixed = fix_all(&snapshot, id).expect("a text");
    (fixed.edits.apply(&snapshot.text(id).expect("its words")), fixed.made)
}

#[test]
fn a_fix_may_make_room_for_another() {
    let people = "-- registry.yaml\n- {id: lavrov, type: person, name: Sergey Lavrov, formerly: [lavrow]}\n-- text.md\n";
    let (text, made) = fixed(&format!("{people}[[lavrow|He]]{{.mention}} left.\n"));
    assert_eq!(text, "[[[lavrov|He]]]{.mention} left.\n");
    assert_eq!(made, ["wikilink-attributes", "renamed-id"]);
    let cited = "-- refs.bib\n@misc{x, title = {X}}\n@misc{y, title = {Y}}\n-- text.md\n[Exports [@x] fell [@y]]{.claim}.\n";
    assert_eq!(fixed(cited).0, "[Exports fell]{.claim} [@x] [@y].\n");
}

/// Texts in which one cure stands in the way of another.
const KNOTS: &[&str] = &[
    "[[a[@x]]{.mention}{.claim conf=x}",
    "[[a[@x]]{.mention}",
    "[[[a]]{.b}[@x]]{.claim conf=x}",
    "[[a]]{.b}[[a[@x]]{.c}",
    "[[a[@x]]{.claim conf=x}{.claim conf=x}",
    "[a [@x]]{.b}(c)",
];

#[test]
fn what_is_knotted_is_undone_once() {
    for knot in KNOTS {
        let (once, _) = fixed(&format!("-- refs.bib\n@misc{{x, title = {{X}}}}\n-- text.md\n{knot}\n"));
        let (twice, made) = fixed(&format!("-- refs.bib\n@misc{{x, title = {{X}}}}\n-- text.md\n{once}"));
        assert_eq!((twice.as_str(), made), (once.as_str(), Vec::new()), "{knot}");
    }
}

#[test]
fn the_words_of_a_sealed_text_stay() {
    let seal = "---\nverbatim: sha256:e2dbb7ae9c6a4bb29a1c4fbd3b4a9a28\n---\n";
    let text = format!("{seal}It recalled S/RES/2015/2202.\n");
    assert_eq!(fixed(&text).0, text);
}

mod properties {
    use proptest::prelude::*;

    use super::{applied, errors};
    use crate::fixture::Fixture;
    use crate::rules::fix_all;

    const PIECES: &[&str] = &[
        "[[lavrow|he]]",
        "[[lavrow",
        "[[a[@x]]",
        "{.claim conf=x}",
        "]]",
        "{.mention}",
        "{.claim conf=hihg}",
        "[Exports ",
        "[@x]",
        "[see @x, p. 3]",
        " fell",
        "]",
        "S/RES/2015/2202",
        "\u{410}/RES/68/262",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "<!-- note -->",
        "<!-- vidimus-alow x: y -->",
        "<!-- vidimus-allow x -- y -->",
        "> ",
        "- ",
        "| ",
        "|---|\n",
        "# ",
        "One line",
        "[[lavrov|Sergey\nLavrov]]",
        "\"",
        "::: {.x}\n",
        ":::\n",
    ];
    const PEOPLE: &str = "-- registry.yaml\n- {id: lavrov, type: person, name: Sergey Lavrov, formerly: [lavrow]}\n-- refs.bib\n@misc{x, title = {X}}\n-- text.md\n";

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]
        #[test]
        fn whatever_is_fixed_stays_fixed(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..20)) {
            let mut fixture = Fixture::parse(PEOPLE);
            if let Some(last) = fixture.files.last_mut() {
                last.1 = pieces.concat();
            }
            let snapshot = fixture.snapshot();
            let file = snapshot.file_at("text.md").expect("the text");
            let edits = fix_all(&snapshot, file).expect("a text").edits;
            let after = applied(&fixture, &[("text.md".into(), edits)]);
            prop_assert!(errors(&after.findings()) <= errors(&fixture.findings()), "{:?}", after.files);
            let again = after.snapshot();
            prop_assert!(fix_all(&again, file).is_some_and(|f| f.edits.is_empty()), "{:?}", after.files);
        }
    }
}
