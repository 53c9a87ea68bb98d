//! Ways through a small corpus: from a name to what it names, back to all who name it, and on.

use super::*;
use crate::corpus::{FileId, Symbol};
use crate::text::Span;

const CORPUS: &str = "-- registry.yaml
- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}
- {id: unsc, type: org, name: Security Council}
- {id: unsc-2202, type: resolution, name: Resolution 2202, symbol: S/RES/2202 (2015)}
- {id: protocol, type: agreement, name: First Protocol, parts: [point-1..point-3]}
- {id: france, type: place, name: France, relations: {member-of: [unsc]}}
-- refs.bib
@misc{tass, author = {{TASS}}, title = {On force}, date = {2017}, url = {https://tass.example/1}, file = {sources/tass.md}}
-- notes/unsc-2202.md
---
type: resolution
name: Resolution 2202
symbol: S/RES/2202 (2015)
relations: {endorses: [package]}
---
# Resolution 2202

1. Endorses the [[package|Package]], as the [[unsc]] had asked.
2. Welcomes it.
-- notes/package.md
---
type: agreement
name: Package of Measures
relations: {implements: [protocol]}
---
# Package

## Article 4

What [[unsc-2202#op-1|was endorsed]].
-- sources/tass.md
---
kind: source-text
source: tass
---
He spoke.
-- a.md
---
title: An analysis
bibliography: refs.bib
---
# One

[[unsc-2202#op-1|The first paragraph]] and [[unsc-2202]] and paragraph 1 of resolution 2202 (2015).
Lavrov told [[lavrov|him]] \"it is over now, and nothing else\" [@tass, p. 2].[^n]

## Two

[Many left]{.claim #c-left conf=low} [@tass]. See [the article](notes/package.md#art-4) and <https://un.example/a>.[^n]

[^n]: [@tass], as [Lavrov](https://mid.example) said.
";

/// The corpus with the cursor in the middle of the first `words` of `path`.
fn at(path: &str, words: &str) -> (Snapshot, FilePosition) {
    let snapshot = Fixture::parse(CORPUS).snapshot();
    let file = snapshot.file_at(path).unwrap_or_else(|| panic!("no {path}"));
    let text = snapshot.text(file).unwrap_or_default();
    let start = text.find(words).unwrap_or_else(|| panic!("`{words}` in {path}"));
    let offset = Span::from(0..start + words.len() / 2).end;
    (snapshot, FilePosition { file, offset })
}

fn shown(snapshot: &Snapshot, file: FileId, span: Span) -> String {
    let text = snapshot.text(file).unwrap_or_default();
    format!("{}: {}", snapshot.path(file), span.slice(&text).lines().next().unwrap_or_default())
}

fn targets(snapshot: &Snapshot, found: Option<Definition>) -> Vec<String> {
    let one = |target: &Target| match target {
        Target::Place(place) => shown(snapshot, place.file, place.span),
        Target::BuiltIn(resolution) => format!("built in: {}", resolution.number),
    };
    found.map(|d| d.targets.iter().map(one).collect()).unwrap_or_default()
}

fn defined(path: &str, words: &str) -> Vec<String> {
    let (snapshot, at) = at(path, words);
    targets(&snapshot, definition(&snapshot, at))
}

fn uses(path: &str, words: &str, declaration: bool) -> Vec<String> {
    let (snapshot, at) = at(path, words);
    let found = references(&snapshot, at, declaration).unwrap_or_default();
    found.into_iter().map(|spot| shown(&snapshot, spot.file, spot.span)).collect()
}

fn marked(path: &str, words: &str) -> Vec<String> {
    let (snapshot, at) = at(path, words);
    let text = snapshot.text(at.file).unwrap_or_default();
    let one = |h: Highlight| format!("{}{}", if h.defines { "=" } else { "" }, h.span.slice(&text).lines().next().unwrap_or_default());
    highlights(&snapshot, at).unwrap_or_default().into_iter().map(one).collect()
}

#[test]
fn footnotes_and_links_lead_to_what_they_mean() {
    assert_eq!(defined("a.md", "[^n]"), ["a.md: n"]);
    assert_eq!(defined("a.md", "refs.bib"), ["refs.bib: "]);
    assert_eq!(defined("sources/tass.md", "tass\n"), ["refs.bib: tass"]);
}

#[test]
fn a_source_leads_to_its_entry_and_the_entry_to_its_words() {
    assert_eq!(defined("a.md", "@tass, p. 2"), ["refs.bib: tass"]);
    assert_eq!(defined("refs.bib", "tass,"), ["sources/tass.md: "]);
    assert_eq!(defined("refs.bib", "On force"), ["sources/tass.md: "]);
}

#[test]
fn a_thing_is_declared_where_its_id_is_and_defined_where_its_words_are() {
    let declared = |path, words| {
        let (snapshot, at) = at(path, words);
        targets(&snapshot, declaration(&snapshot, at))
    };
    assert_eq!(defined("a.md", "[[unsc-2202]]")[0], "notes/unsc-2202.md: resolution");
    assert_eq!(declared("a.md", "[[unsc-2202]]")[0], "registry.yaml: unsc-2202");
    assert_eq!(declared("a.md", "[[unsc-2202#op-1|")[0], "registry.yaml: unsc-2202");
    assert_eq!(declared("a.md", "[^n]"), ["a.md: n"]);
}

#[test]
fn a_pinpoint_is_of_its_instrument_and_a_claim_of_its_speaker() {
    let (snapshot, place) = at("a.md", "op-1|The first");
    assert_eq!(
        targets(&snapshot, definition(&snapshot, place)),
        ["notes/unsc-2202.md: Endorses the [[package|Package]], as the [[unsc]] had asked."]
    );
    assert_eq!(targets(&snapshot, type_definition(&snapshot, place))[0], "notes/unsc-2202.md: resolution");
    let (snapshot, place) = at("a.md", "over now");
    assert_eq!(targets(&snapshot, type_definition(&snapshot, place)), ["registry.yaml: lavrov"]);
}

#[test]
fn an_agreement_is_carried_out_by_what_implements_or_endorses_it() {
    let carried_out = |path, words| {
        let (snapshot, at) = at(path, words);
        targets(&snapshot, implementation(&snapshot, at))
    };
    assert_eq!(carried_out("notes/unsc-2202.md", "[[package|"), ["notes/unsc-2202.md: resolution"]);
    assert_eq!(carried_out("registry.yaml", "id: protocol"), ["notes/package.md: agreement"]);
    assert_eq!(carried_out("notes/unsc-2202.md", "[[unsc]]"), ["registry.yaml: france"], "a body by its members");
    assert_eq!(carried_out("a.md", "@tass, p. 2"), ["sources/tass.md: "], "a work by its text");
}

#[test]
fn the_uses_of_a_pinpoint_are_its_own() {
    let first = ["a.md: [[unsc-2202#op-1|The first paragraph]]", "notes/package.md: [[unsc-2202#op-1|was endorsed]]"];
    let of_pin: Vec<_> = uses("a.md", "#op-1|", false).into_iter().filter(|u| u.contains("[[")).collect();
    assert_eq!(of_pin, first);
    let whole = uses("a.md", "[unsc-2202", false);
    assert!(whole.contains(&"a.md: [[unsc-2202]]".to_owned()) && whole.contains(&first[1].to_owned()), "{whole:?}");
    let from_the_note = uses("notes/unsc-2202.md", "1. ", false);
    assert_eq!(from_the_note.iter().filter(|u| u.contains("[[")).count(), 2, "{from_the_note:?}");
    let with = uses("a.md", "#op-1|", true);
    assert!(with.contains(&"notes/unsc-2202.md: Endorses the [[package|Package]], as the [[unsc]] had asked.".to_owned()), "{with:?}");
}

#[test]
fn relations_and_front_matter_are_uses_too() {
    assert!(uses("a.md", "(notes/package.md", false).contains(&"notes/unsc-2202.md: package".to_owned()));
    let cited = uses("a.md", "@tass, p. 2", true);
    assert!(cited.contains(&"sources/tass.md: tass".to_owned()) && cited.contains(&"refs.bib: tass".to_owned()), "{cited:?}");
    assert_eq!(cited.iter().filter(|u| u.starts_with("a.md")).count(), 3, "{cited:?}");
    assert_eq!(uses("a.md", "[^n]", true).len(), 3);
}

#[test]
fn all_mentions_of_a_thing_are_highlighted() {
    assert_eq!(marked("a.md", "Lavrov"), ["Lavrov", "[[lavrov|him]]", "Lavrov"]);
    assert_eq!(marked("a.md", "@tass, p. 2"), ["tass", "tass", "tass"]);
    assert_eq!(marked("a.md", "[^n]"), ["n", "n", "=n"]);
    let pin = marked("a.md", "op-1|The first");
    assert_eq!(pin, ["[[unsc-2202#op-1|The first paragraph]]", "paragraph 1"]);
    assert_eq!(marked("a.md", "[unsc-2202").len(), 3);
    assert_eq!(marked("notes/unsc-2202.md", "[[package|"), ["package", "[[package|Package]]"]);
    assert_eq!(marked("notes/unsc-2202.md", "1. ")[0], "=Endorses the [[package|Package]], as the [[unsc]] had asked.");
}

#[test]
fn links_lead_to_addresses_files_and_places() {
    let listed = |path| {
        let (snapshot, at) = at(path, "");
        let text = snapshot.text(at.file).unwrap_or_default();
        let one = |link: Link| {
            let leads = match link.leads {
                Leads::Address(address) => address,
                Leads::File(path) => path,
                Leads::Pinpoint(file, pin) => format!("{} at {pin}", snapshot.path(file)),
            };
            format!("{} -> {leads}", link.span.slice(&text))
        };
        links(&snapshot, at.file).into_iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(
        listed("a.md"),
        [
            "refs.bib -> refs.bib",
            "the article -> notes/package.md at art-4",
            "https://un.example/a -> https://un.example/a",
            "Lavrov -> https://mid.example"
        ]
    );
    assert_eq!(listed("refs.bib"), ["https://tass.example/1 -> https://tass.example/1", "sources/tass.md -> sources/tass.md"]);
    assert_eq!(listed("sources/tass.md"), ["tass -> https://tass.example/1"], "a text is no link to itself");
}

#[test]
fn an_outline_has_everything_under_its_heading() {
    fn lines(all: &[Outline], depth: usize, out: &mut Vec<String>) {
        for one in all {
            assert!(one.full.covers(one.span) && one.children.iter().all(|c| one.full.covers(c.full)), "{}", one.name);
            out.push(format!("{}{} ({})", "  ".repeat(depth), one.name, one.detail));
            lines(&one.children, depth + 1, out);
        }
    }
    let drawn = |path| {
        let (snapshot, at) = at(path, "");
        let mut out = Vec::new();
        lines(&outline(&snapshot, at.file), 0, &mut out);
        out
    };
    assert_eq!(
        drawn("a.md"),
        [
            "One ()",
            "  “it is over now, and nothing else” (Sergey Lavrov)",
            "  Two ()",
            "    Many left (#c-left, low)",
            "    [^n] (, as Lavrov said.)"
        ]
    );
    assert_eq!(
        drawn("notes/unsc-2202.md"),
        [
            "Resolution 2202 (resolution, S/RES/2202 (2015))",
            "Resolution 2202 ()",
            "  op-1, para-1 (Endorses the Package, as the unsc had asked.)",
            "  op-2, para-2 (Welcomes it.)"
        ]
    );
    assert_eq!(drawn("notes/package.md")[2], "  Article 4 (art-4)");
    assert_eq!(drawn("refs.bib"), ["On force (source, tass)"]);
    assert_eq!(drawn("registry.yaml").len(), 5);
}

#[test]
fn things_are_found_by_their_names() {
    let snapshot = Fixture::parse(CORPUS).snapshot();
    let found = |query: &str| symbols(&snapshot, query).into_iter().map(|item| item.name).collect::<Vec<_>>();
    assert_eq!(found("lavr")[0], "Sergey Lavrov");
    assert_eq!(found("res2202")[0], "Resolution 2202");
    assert_eq!(found("analysis"), ["An analysis"]);
    assert!(found("").len() > 5 && found("qqq").is_empty());
}

#[test]
fn citations_are_followed_both_ways() {
    let (snapshot, place) = at("notes/unsc-2202.md", "Welcomes");
    let items = calls::prepare(&snapshot, place);
    assert_eq!(items.iter().map(|i| i.name.as_str()).collect::<Vec<_>>(), ["Resolution 2202"], "the note itself, where nothing is named");
    let told = |all: Vec<Call>| all.into_iter().map(|c| format!("{} {}", c.item.name, c.spots.len())).collect::<Vec<_>>();
    let incoming = told(calls::incoming(&snapshot, &items[0].symbol));
    assert!(incoming[0].starts_with("An analysis") && incoming[1] == "Package of Measures 1" && incoming.len() == 2, "{incoming:?}");
    assert_eq!(told(calls::outgoing(&snapshot, &items[0].symbol)), ["Package of Measures 2", "Security Council 1"]);
    let (snapshot, place) = at("a.md", "#op-1|");
    let pin = calls::prepare(&snapshot, place).remove(0);
    assert_eq!(pin.name, "Resolution 2202, op-1");
    assert_eq!(told(calls::outgoing(&snapshot, &pin.symbol)), ["Package of Measures 1", "Security Council 1"]);
    let (snapshot, place) = at("a.md", "# One");
    let text = calls::prepare(&snapshot, place).remove(0);
    assert_eq!(
        told(calls::outgoing(&snapshot, &text.symbol)),
        ["Resolution 2202 3", "Sergey Lavrov 3", "On force 3", "Package of Measures 1"]
    );
}

#[test]
fn relations_are_followed_up_and_down() {
    let (snapshot, place) = at("notes/package.md", "Article");
    let items = relatives::prepare(&snapshot, place);
    let Symbol::Entity(entity, _) = items[0].symbol else { panic!("{items:?}") };
    let told = |all: Vec<Item>| all.into_iter().map(|i| format!("{}: {}", i.detail, i.name)).collect::<Vec<_>>();
    assert_eq!(told(relatives::above(&snapshot, entity)), ["implements: First Protocol"]);
    assert_eq!(told(relatives::below(&snapshot, entity)), ["endorses: Resolution 2202"]);
}

#[test]
fn every_place_can_be_asked_everything() {
    let fixture =
        Fixture::parse(&format!("{CORPUS}-- odd.md\n\u{feff}𝕏 [[lavrov#|он]] [x](a.md#%) [^] ![](\\) \r\n\r[a]{{.claim #é}}\n#\n"));
    let snapshot = fixture.snapshot();
    for (file, _) in snapshot.files() {
        let text = snapshot.text(file).unwrap_or_default();
        let _ = (outline(&snapshot, file), links(&snapshot, file));
        for offset in (0..=text.len() + 1).step_by(if text.len() > 300 { 3 } else { 1 }) {
            let at = FilePosition { file, offset: Span::from(0..offset).end };
            let _ = (declaration(&snapshot, at), type_definition(&snapshot, at), implementation(&snapshot, at));
            let _ = (definition(&snapshot, at), highlights(&snapshot, at), relatives::prepare(&snapshot, at));
            for spot in references(&snapshot, at, true).unwrap_or_default() {
                let text = snapshot.text(spot.file).unwrap_or_default();
                assert!(text.get(spot.span.range()).is_some(), "{spot:?}");
            }
            for item in calls::prepare(&snapshot, at) {
                let _ = (calls::incoming(&snapshot, &item.symbol), calls::outgoing(&snapshot, &item.symbol));
            }
        }
    }
}
