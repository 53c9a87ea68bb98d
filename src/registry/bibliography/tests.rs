//! Bibliographies as they come, with their faults.

use super::*;
use crate::registry::{Parsed, Source};

fn source(parsed: &Parsed, key: &str) -> Source {
    let record = parsed.records.iter().find(|r| r.id.value == key).unwrap_or_else(|| panic!("{key} is missing: {parsed:?}"));
    *record.source.clone().expect("a source")
}

const BIB: &str = r#"@string{agency = "North Wire"}
% a comment
@online{wire-2017,
  title = {Talks on the {Line} of contact resume in Gen\`eve},
  author = {Ivanova, Anna and de la Cruz, José},
  journaltitle = agency,
  date = {2017-03-16},
  url = {https://example.org/a_b},
  urldate = {2017-04-01},
  file = {Full Text:files/12/talks.pdf:application/pdf;Snapshot:files/13/talks.html:text/html},
  ids = {wire2017, wire-old},
}

@inbook{part, title = "The second part", crossref = {whole}, pages = {10--12}}
@book{whole, title = {The Whole}, publisher = {Press}, year = 2009, month = feb, editor = {Editor, Eve}}
"#;

#[test]
fn an_entry_is_read_with_its_places() {
    let parsed = parse_bib(BIB);
    assert_eq!(parsed.faults, []);
    let record = &parsed.records[0];
    assert_eq!(record.id.span.slice(BIB), "wire-2017");
    assert!(record.span.slice(BIB).starts_with("@online{") && record.span.slice(BIB).ends_with('}'));
    assert_eq!(record.name().map(|n| n.value), Some("Talks on the Line of contact resume in Genève"));
    assert_eq!(record.formerly.len(), 2);
    let wire = source(&parsed, "wire-2017");
    assert_eq!(wire.container.as_deref(), Some("North Wire"));
    assert_eq!(wire.authors[1], ("de la Cruz".into(), "José".into()));
    assert_eq!(wire.url.as_ref().map(|u| u.span.slice(BIB)), Some("https://example.org/a_b"));
    assert_eq!(wire.file.as_ref().map(|f| f.span.slice(BIB)), Some("files/12/talks.pdf"));
    assert_eq!((wire.work.as_str(), wire.accessed.as_deref()), ("webpage", Some("2017-04-01")));
}

#[test]
fn a_part_takes_from_its_whole_what_it_lacks() {
    let parsed = parse_bib(BIB);
    let part = source(&parsed, "part");
    assert_eq!((part.container.as_deref(), part.publisher.as_deref()), (Some("The Whole"), Some("Press")));
    assert_eq!(part.pages.as_deref(), Some("10–12"));
    assert_eq!(parsed.records[1].date.as_ref().map(|d| d.value.as_str()), Some("2009-02"));
}

#[test]
fn a_faulty_entry_costs_only_itself() {
    let text =
        "@book{a, title = {One}}\n@book{b, title = {Two}\n@book{c, title = {Three}, publisher = nobody}\r\n@book{a, title={Again}}\n";
    let parsed = parse_bib(text);
    assert_eq!(parsed.records.iter().map(|r| r.id.value.as_str()).collect::<Vec<_>>(), ["a", "c", "a"]);
    assert_eq!(parsed.faults.iter().map(|f| f.span.slice(text)).collect::<Vec<_>>(), ["@book{b, title = {Two}", "nobody"]);
    assert!(parsed.incomplete);
}

#[test]
fn a_line_of_an_abstract_may_begin_with_an_at_sign() {
    let parsed = parse_bib("@misc{a, title = {T}, abstract = {See\n@home in the\n@office}}\n@misc{b, title = {U}}");
    assert_eq!((parsed.records.len(), parsed.faults.len()), (2, 0), "{parsed:?}");
}

#[test]
fn json_of_reference_managers_is_tolerated() {
    let text = r#"[{"id": "a", "type": "article-newspaper", "title": "Talks", "container-title": ["North Wire"], "custom": {"x": [1]},
 "author": [{"family": "Cruz", "given": "J. L.", "non-dropping-particle": "de la"}, {"literal": "The Desk"}],
 "issued": {"date-parts": [[2017, 3, 16], ["2017", "3", 18]]}, "note": "sha256: abc\norigin: North Wire", "DOI": "https://doi.org/10.1/x"},
 {"id": 7, "issued": {"raw": "spring 2015"}}, {"title": "no id"}, {"id": "b", "title": }, {"id": "c"}]"#;
    let parsed = parse_csl_json(text);
    assert_eq!(parsed.records.iter().map(|r| r.id.value.as_str()).collect::<Vec<_>>(), ["a", "7", "c"]);
    assert_eq!(parsed.faults.len(), 2, "{:?}", parsed.faults);
    let a = source(&parsed, "a");
    assert_eq!((a.sha256.as_deref(), a.origin.as_deref(), a.doi.as_deref()), (Some("abc"), Some("North Wire"), Some("10.1/x")));
    assert_eq!(parsed.records[0].date.as_ref().map(|d| d.value.as_str()), Some("2017-03-16/2017-03-18"));
    assert_eq!(reference(&parsed.records[0]), "de la Cruz, J. L. & The Desk (2017). *Talks*. North Wire, 16 March 2017 – 18 March 2017.");
}

#[test]
fn yaml_of_pandoc_is_read_in_both_shapes() {
    let text = "---\nreferences:\n- id: a\n  type: book\n  title: One\n  issued: {year: 2009}\n- id: b\n  issued:\n  - year: 2010\n    month: 2\n...\n";
    let parsed = parse_csl_yaml(text);
    assert_eq!(parsed.faults, []);
    assert_eq!(parsed.records[1].id.span.slice(text), "b");
    assert_eq!(parsed.records[1].date.as_ref().map(|d| d.value.as_str()), Some("2010-02"));
    let bare = parse_csl_yaml("- id: a\n  title: [open\n- id: b\n  title: Two\n");
    assert_eq!((bare.records.len(), bare.faults.len()), (1, 1));
}

#[test]
fn a_reference_says_what_is_known() {
    let parsed = parse_bib(BIB);
    assert_eq!(
        reference(&parsed.records[0]),
        "Ivanova, A. & de la Cruz, J. (2017). *Talks on the Line of contact resume in Genève*. North Wire, 16 March 2017."
    );
    assert_eq!(reference(&parse_bib("@misc{x,}").records[0]), "`x`.");
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]
        #[test]
        fn any_text_gives_an_answer(text in "(@book\\{|@string\\{|@comment|a|key|, |title|author|date|file|year| = |\\{|\\}|\"|\n|\\\\|\\$|é|%|#|:|;|and |2015|-|--|~|/|\\\\url|\\\\'e|\\^|_|&|\\(|\\)){0,30}") {
            for parsed in [parse_bib(&text), parse_csl_json(&text), parse_csl_yaml(&text)] {
                for span in parsed.faults.iter().map(|f| f.span).chain(parsed.records.iter().map(|r| r.id.span)) {
                    prop_assert!(text.get(span.range()).is_some());
                }
                parsed.records.iter().for_each(|r| drop(reference(r)));
            }
        }
    }
}
