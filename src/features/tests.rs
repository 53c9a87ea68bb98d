//! Small corpora with a cursor (`$0`): what is shown there, and where it leads.

mod evidence;
mod navigation;

use super::*;
use crate::corpus::Snapshot;
use crate::fixture::Fixture;

fn at_cursor(notation: &str) -> (Snapshot, FilePosition) {
    let fixture = Fixture::parse(notation);
    let snapshot = fixture.snapshot();
    let (path, offset) = fixture.cursor.expect("a cursor");
    let file = snapshot.file_at(&path).expect("the cursor's file");
    (snapshot, FilePosition { file, offset })
}

/// The card at the cursor as plain text.
fn card(notation: &str) -> String {
    let (snapshot, at) = at_cursor(notation);
    hover(&snapshot, at).map(|h| h.card.plain()).unwrap_or_default()
}

/// `path: words` of each place to which the cursor leads.
fn leads_to(notation: &str) -> Vec<String> {
    let (snapshot, at) = at_cursor(notation);
    let targets = definition(&snapshot, at).map(|d| d.targets).unwrap_or_default();
    let shown = |target: &Target| match target {
        Target::Place(place) => {
            let text = snapshot.text(place.file).unwrap_or_default();
            format!("{}: {}", snapshot.path(place.file), place.span.slice(&text).trim())
        }
        Target::BuiltIn(resolution) => format!("built in: {}", resolution.number),
    };
    targets.iter().map(shown).collect()
}

const PEOPLE: &str = "-- registry.yaml
- id: lavrov
  type: person
  name: Sergey Lavrov
  aliases: [Lavrov]
  roles:
    - {title: Permanent Representative, from: 1994, to: 2004-03, aliases: [the diplomat]}
    - {title: Foreign Minister, from: 2004-03-09, aliases: [the top diplomat]}
- {id: moscow, type: place, name: Moscow, note: A city on a river}
";

#[test]
fn an_office_is_that_of_the_texts_date() {
    let told = |date: &str| card(&format!("{PEOPLE}-- text.md\n---\ndate: {date}\n---\n[[lav$0rov|He]] said so.\n"));
    let now = told("2017-03-16");
    assert!(now.starts_with("Sergey Lavrov (person)\nrole: Foreign Minister (since 2004-03-09)"), "{now}");
    assert!(now.contains("also: Lavrov\ndefined in: registry.yaml"), "{now}");
    let then = told("1999-01-01");
    assert!(then.contains("Permanent Representative (1994 to 2004-03)") && !then.contains("Minister"), "{then}");
}

#[test]
fn a_name_in_plain_words_is_known_too() {
    assert!(card(&format!("{PEOPLE}-- text.md\nIn Mosc$0ow it rained.\n")).contains("A city on a river"));
    assert_eq!(leads_to(&format!("{PEOPLE}-- text.md\nLav$0rov spoke.\n")), ["registry.yaml: lavrov"]);
    assert_eq!(card(&format!("{PEOPLE}-- text.md\nIn Moscow it rai$0ned.\n")), "");
}

const NOTE: &str = "-- unsc-2202.md
---
type: resolution
symbol: S/RES/2202 (2015)
---
# Resolution 2202

1. Endorses the [[minsk-package|Package]].
2. Welcomes the *declaration*.
";

#[test]
fn a_pinpoint_shows_the_words_of_its_paragraph() {
    let text = format!("{NOTE}-- text.md\nSee [[unsc-2202#op$0-1|it]].\n");
    let shown = card(&text);
    assert!(shown.starts_with("Resolution 2202 (resolution)") && shown.contains("\"Endorses the Package.\""), "{shown}");
    assert!(shown.contains("adopted: 2015-02-17"), "the built-in table knows its date: {shown}");
    assert_eq!(leads_to(&text), ["unsc-2202.md: Endorses the [[minsk-package|Package]]."]);
    let absent = card(&format!("{NOTE}-- text.md\nSee [[unsc-2202#op-$09|it]].\n"));
    assert!(absent.contains("does not hold the words"), "{absent}");
}

#[test]
fn a_pinpoint_that_is_a_heading_shows_what_stands_under_it() {
    let note = "-- pact.md\n---\nid: pact\ntype: agreement\nname: Pact\ndate: 2015-02-12\n---\n\n## Point 9. The border\n\nControl returns.\n\n## Point 10. Leaving\n\nAll leave.\n";
    let shown = card(&format!("{note}-- text.md\nSee [[pact#point$0-9|it]].\n"));
    assert!(shown.starts_with("Pact (agreement)\nat: point-9\n\"Point 9. The border"), "the words come first: {shown}");
    assert!(shown.contains("Control returns.") && shown.contains("date: 2015-02-12") && !shown.contains("leave"), "{shown}");
}

#[test]
fn a_citation_shows_its_reference() {
    let text =
        "-- refs.bib\n@misc{tass, author = {{TASS}}, title = {On force}, date = {2017-09-20}}\n-- text.md\nHe said so [@ta$0ss, p. 2].\n";
    let shown = card(text);
    assert!(shown.starts_with("TASS 2017 (source)") && shown.contains("On force"), "{shown}");
    assert_eq!(leads_to(text), ["refs.bib: tass"]);
}

#[test]
fn a_claim_shows_what_supports_it() {
    let refs = "-- refs.bib\n@misc{tass, author = {{TASS}}, title = {On force}, date = {2017}}\n-- text.md\n";
    let sourced = card(&format!("{refs}[Many l$0eft]{{.claim conf=low}} [@tass, p. 2].\n"));
    assert!(sourced.starts_with("Many left (claim)") && sourced.contains("conf: low") && sourced.contains("TASS 2017 (p. 2)"), "{sourced}");
    let bare = card(&format!("{refs}[Many l$0eft]{{.claim}}.\n"));
    assert!(bare.contains("No source covers it."), "{bare}");
}

#[test]
fn a_directive_shows_its_rule() {
    let shown = card("-- text.md\n<!-- vidimus-allow unsourced-fi$0gure: rhetorical -->\nA hundred reasons.\n");
    assert!(shown.starts_with("unsourced-figure (rule)\na figure without a source"), "{shown}");
}

#[test]
fn an_instrument_without_a_note_is_shown_from_the_table() {
    let text = "-- text.md\nUnder resolution 2254$0 (2015) of the Security Council.\n";
    let shown = card(text);
    assert!(shown.starts_with("S/RES/2254 (2015)") && shown.contains("adopted: 2015-12-18"), "{shown}");
    assert_eq!(leads_to(text), ["built in: 2254"]);
    let misspelt = card(&format!("{PEOPLE}-- text.md\n[[lavr$0ow|He]] said so.\n"));
    assert!(misspelt.starts_with("lavrow (unknown)\nThe nearest that is known is lavrov: Sergey Lavrov (person)\n"), "{misspelt}");
    assert!(!misspelt.contains("unknown-entity"), "the client shows the finding itself: {misspelt}");
    assert_eq!(card("-- text.md\n[[some$0body|He]] said so.\n"), "");
    let unknown = card("-- text.md\nUnder S/RES/9$0999 (2026) it ends.\n");
    assert!(unknown.contains("Neither the corpus nor the built-in table knows it."), "{unknown}");
}

#[test]
fn every_place_of_a_text_can_be_asked() {
    let fixture = Fixture::parse(&format!("{PEOPLE}{NOTE}-- text.md\n\u{feff}𝕏 [[lavrov|он]] «сказал», [@x; @y]. \r\n\r[a]{{.claim}}\n"));
    let snapshot = fixture.snapshot();
    for (file, state) in snapshot.files() {
        let end = u32::try_from(snapshot.text(file).map_or(0, |t| t.len())).expect("small");
        for offset in 0..=end + 1 {
            let at = FilePosition { file, offset };
            let shown = hover(&snapshot, at).map(|h| h.card.markdown());
            assert!(shown.is_none_or(|s| s.ends_with('\n')), "{} {offset}", state.path);
            let _ = definition(&snapshot, at);
        }
    }
}
