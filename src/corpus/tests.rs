//! What a citation covers, what a name means, what stands at a place: as small corpora.

use crate::corpus::{Meaning, Place, Symbol};
use crate::fixture::{Fixture, check};

const REFS: &str = "-- refs.bib\n@misc{x, title = {X}}\n@misc{y, title = {Y}}\n-- text.md\n";

#[track_caller]
fn covered(text: &str) {
    check(&format!("{REFS}{text}"));
}

#[test]
fn a_citation_covers_the_span_it_follows_or_is_inside() {
    covered("[Exports fell]{.claim} [@x]. The report came later.\n");
    covered("[Exports fell]{.claim}. The report came later [@x].\n^^^^^^^^^^^^^^^^^^^^^^ unsourced-claim\n");
    covered(
        "[Exports fell]{.claim} [@x] and about 3,000 people left.\n                                ^^^^^^^^^^^^^^^^^^ unsourced-figure\n",
    );
}

#[test]
fn a_citation_covers_its_sentence_also_behind_the_full_stop() {
    covered("About 90,000 people left [@x].\n");
    covered("About 90,000 people left. [@x] The rest stayed.\n");
    covered("He said that \"there is no other way\". [@x]\n");
    covered("The rest stayed [@x]. About 90,000 people left.\n                      ^^^^^^^^^^^^^^^^^^^ unsourced-figure\n");
}

#[test]
fn a_citation_in_an_attribution_line_covers_the_block_quotation() {
    covered("> We expect the mission to go on. It will be paid for.\n>\n> — Sergey Lavrov, 16 March 2017 [@x, p. 3]\n");
}

#[test]
fn a_citation_in_a_table_covers_its_row_and_one_in_a_caption_the_table() {
    covered(
        "| what | people |\n|---|---|\n| left [@x] | about 90,000 people |\n| came | about 100 people |\n         ^^^^^^^^^^^^^^^^ unsourced-figure\n",
    );
    covered("| what | people |\n|---|---|\n| left | about 90,000 people |\n\n: Displaced people [@x]\n");
}

#[test]
fn with_paragraph_scope_a_citation_at_its_end_covers_the_paragraph() {
    let text = "About 90,000 people left. About 100 people came [@x].\n";
    covered(&format!("{text}^^^^^^^^^^^^^^^^^^^ unsourced-figure\n"));
    check(&format!("-- vidimus.toml\ncitation-scope = \"paragraph\"\n{REFS}{text}"));
}

#[test]
fn front_matter_covers_the_text() {
    covered("---\nsource: x\n---\nAbout 90,000 people left.\n");
}

#[test]
fn a_footnote_counts_as_what_it_holds() {
    covered("About 90,000 people left.[^1]\n\n[^1]: See [@x, p. 3].\n");
    covered("About 90,000 people left.[^1]\n^^^^^^^^^^^^^^^^^^^ unsourced-figure\n\n[^1]: A long story.\n");
    covered("It rained.[^1]\n\nAbout 90,000 people left.\n^^^^^^^^^^^^^^^^^^^ unsourced-figure\n\n[^1]: [@x, p. 3]\n");
}

#[test]
fn in_a_source_text_an_attribution_suffices() {
    let people = "-- registry.yaml\n- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}\n-- text.md\n";
    check(&format!("{people}---\nkind: source-text\n---\nLavrov said that about 90,000 people had left.\n"));
}

#[test]
fn what_the_author_marks_as_opinion_needs_no_source() {
    check("[About 90,000 people would disagree]{.opinion}.\n");
}

#[test]
fn a_reason_allows_a_block_or_a_line() {
    check(
        "<!-- vidimus-allow unsourced-figure: rhetorical -->\n\nAbout 90,000 people left.\n\nAbout 100 people came.\n^^^^^^^^^^^^^^^^ unsourced-figure\n",
    );
    check("About 90,000 people left. <!-- vidimus-allow unsourced-figure: rhetorical -->\n");
}

const OFFICES: &str = "-- registry.yaml
- id: ivanov
  type: person
  name: Igor Ivanov
  roles: [{title: Foreign Minister of Russia, from: 1998-09-11, to: 2004-03-09, aliases: [the top diplomat]}]
- id: lavrov
  type: person
  name: Sergey Lavrov
  roles: [{title: Foreign Minister of Russia, from: 2004-03-09, aliases: [the top diplomat]}]
-- text.md
";

fn meaning_at_cursor(notation: &str) -> Option<String> {
    let fixture = Fixture::parse(notation);
    let snapshot = fixture.snapshot();
    let (path, at) = fixture.cursor?;
    let notes = snapshot.annotations(snapshot.file_at(&path)?)?;
    let mention = notes.mentions.iter().find(|m| m.span.touches(at))?;
    Some(match &mention.meaning {
        Meaning::One(c) => snapshot.entity(c.entity).record.id.value.to_string(),
        Meaning::Several(all) => format!("one of {}", all.len()),
        other => format!("{other:?}"),
    })
}

#[test]
fn the_date_of_a_text_settles_who_held_an_office() {
    let at = |date: &str| meaning_at_cursor(&format!("{OFFICES}---\ndate: {date}\n---\nThe $0top diplomat left.\n"));
    assert_eq!(at("2017-03-16").as_deref(), Some("lavrov"));
    assert_eq!(at("2001").as_deref(), Some("ivanov"));
    assert_eq!(at("1990"), None);
}

#[test]
fn without_a_date_an_office_is_ambiguous_unless_a_full_name_came_before() {
    assert_eq!(meaning_at_cursor(&format!("{OFFICES}The $0top diplomat left.\n")).as_deref(), Some("one of 2"));
    assert_eq!(meaning_at_cursor(&format!("{OFFICES}Sergey Lavrov came. The $0top diplomat left.\n")).as_deref(), Some("lavrov"));
}

fn definition(notation: &str) -> Option<(String, String)> {
    let fixture = Fixture::parse(notation);
    let snapshot = fixture.snapshot();
    let (path, at) = fixture.cursor?;
    let found = snapshot.symbol_at(snapshot.file_at(&path)?, at)?;
    let Place { file, span, .. } = *snapshot.definitions(&found.symbol).first()?;
    let text = snapshot.text(file)?;
    Some((snapshot.path(file).to_string(), span.slice(&text).trim().to_owned()))
}

const NOTE: &str = "-- resolutions/unsc-2202.md
---
type: resolution
name: UNSC Resolution 2202 (2015)
symbol: S/RES/2202 (2015)
---
1. Endorses the Package of Measures.
2. Welcomes the declaration.
-- text.md
";

#[test]
fn a_mention_leads_to_the_paragraph_its_pinpoint_names() {
    let there = Some(("resolutions/unsc-2202.md".to_owned(), "Welcomes the declaration.".to_owned()));
    assert_eq!(definition(&format!("{NOTE}See [[unsc-2202#op-2|its se$0cond paragraph]].\n")), there);
    assert_eq!(definition(&format!("{NOTE}See [it](resolutions/unsc-2202.md#op-2$0).\n")), there);
    assert_eq!(definition(&format!("{NOTE}See paragraph 2 of resolution 22$002 (2015).\n")), there);
}

#[test]
fn a_citation_leads_to_its_entry() {
    assert_eq!(definition(&format!("{REFS}He left [see @$0y, p. 3].\n")), Some(("refs.bib".into(), "y".into())));
}

#[test]
fn what_only_the_built_in_table_knows_is_still_a_symbol() {
    let fixture = Fixture::parse("Resolution 22$002 (2015) endorsed it.\n");
    let snapshot = fixture.snapshot();
    let file = snapshot.file_at("text.md").expect("the text");
    let found = snapshot.symbol_at(file, fixture.cursor.expect("a cursor").1).expect("a symbol");
    assert_eq!(found.symbol, Symbol::Resolution(2202, None));
}

#[test]
fn references_are_found_under_old_names_too() {
    let fixture = Fixture::parse(
        "-- registry.yaml\n- {id: unsc-2202, type: resolution, name: R, formerly: [res-2202]}\n-- a.md\n[[unsc-2202|a]] [[res-2202|b]]\n-- b.md\n[[other|c]]\n",
    );
    let snapshot = fixture.snapshot();
    let entity = snapshot.entity_of("unsc-2202").expect("the record");
    assert_eq!(snapshot.references(&Symbol::Entity(entity, None)).len(), 2);
}

#[test]
fn cyclic_relations_are_taken_as_they_are() {
    check(
        "-- registry.yaml\n- {id: a, type: agreement, name: A One, relations: {amends: [b]}}\n- {id: b, type: agreement, name: B Two, relations: {amends: [a, b]}}\n-- text.md\n[[a|it]]\n",
    );
}

#[test]
fn an_edit_of_a_text_changes_no_name_and_one_of_a_record_its_own() {
    use crate::corpus::{Change, Corpus, FileInput, FileKind, RegistryFormat};
    use crate::syntax::Format;
    use std::sync::Arc;
    let mut corpus = Corpus::new(Arc::new(()));
    let text = |t: &str| ("t.md".into(), Some(FileInput::open("t.md", FileKind::Text(Format::Markdown), Arc::from(t))));
    let list =
        |t: &str| ("registry.yaml".into(), Some(FileInput::open("registry.yaml", FileKind::Registry(RegistryFormat::Yaml), Arc::from(t))));
    let one = "- {id: b, type: org, name: Body Two}\n- {id: a, type: org, name: Body One}\n";
    corpus.apply(Change { config: None, files: vec![text("One."), list(one)] });
    assert!(corpus.apply(Change { config: None, files: vec![text("Two.")] }).names.is_empty());
    let affected = corpus.apply(Change { config: None, files: vec![list(&one.replace("Body One", "Body Uno"))] });
    assert_eq!(affected.names, ["a"]);
}
