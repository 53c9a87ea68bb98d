//! Settings as somebody writes them, and what is said about the slips.

use proptest::prelude::*;

use crate::config::{CitationScope, Config, Level, TextKind};

const RULES: &[&str] = &["unknown-entity", "unsourced-figure", "vague-attribution"];

fn read(text: &str) -> (Config, Vec<String>) {
    let (config, faults) = Config::parse(text, RULES);
    let told = faults.iter().map(|f| {
        assert_eq!(f.rule, "invalid-config");
        let help = f.help.as_deref().map(|h| format!(" ({h})")).unwrap_or_default();
        format!("{}: {}{help}", f.span.slice(text), f.message)
    });
    (config, told.collect())
}

#[test]
fn every_key_is_read() {
    let (config, faults) = read(
        r#"
lang = "ru"
fail-on = "error"
citation-scope = "paragraph"
classes = ["estimate"]
types = ["ship"]
registry = ["people/*.yaml"]
bibliography = "refs/all.bib"
exclude = ["drafts/**"]
allow-files-from = ["../archive"]

[rules]
unsourced-figure = "off"

[[documents]]
files = "texts/**"
kind = "source-text"
lang = "en"
date = 2020-11-10
citation-scope = "sentence"
rules = { vague-attribution = "note" }

[[instrument]]
pattern = 'decision No\. (\d+)'
id = 'decision-$1'
url = 'https://example.org/$1'
"#,
    );
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!((config.lang.as_deref(), config.fail_on, config.citation_scope), (Some("ru"), Some(Level::Error), CitationScope::Paragraph));
    assert_eq!((config.classes, config.types), (vec!["estimate".to_owned()], vec!["ship".to_owned()]));
    assert_eq!(config.registry.as_deref(), Some(&["people/*.yaml".to_owned()][..]));
    assert_eq!(config.bibliography.as_deref(), Some(&["refs/all.bib".to_owned()][..]));
    assert_eq!(config.rules, [("unsourced-figure".to_owned(), Level::Off)]);
    let row = &config.documents[0];
    assert_eq!((row.files[0].as_str(), row.kind, row.date.as_deref()), ("texts/**", Some(TextKind::SourceText), Some("2020-11-10")));
    assert_eq!((row.citation_scope, row.rules[0].1), (Some(CitationScope::Sentence), Level::Note));
    assert_eq!(config.instruments[0].id, "decision-$1");
}

#[test]
fn a_misspelt_name_is_told_at_its_place_and_the_rest_is_used() {
    let (config, faults) =
        read("exlude = \"a\"\nlang = \"en\"\ncolour = 1\n[rules]\nunknown-entty = \"off\"\nunsourced-figure = \"wraning\"\n");
    assert_eq!(config.lang.as_deref(), Some("en"));
    assert_eq!(faults[0], "exlude: unknown key `exlude` (did you mean `exclude`?)");
    assert!(faults[1].starts_with("colour: unknown key `colour` (keys here are `rules`, "), "{}", faults[1]);
    assert_eq!(faults[2], "unknown-entty: there is no rule `unknown-entty` (did you mean `unknown-entity`?)");
    assert_eq!(faults[3], "\"wraning\": `wraning` is no level (did you mean `warning`?)");
    assert_eq!(faults.len(), 4);
}

#[test]
fn a_value_of_another_shape_is_told() {
    let (_, faults) = read("lang = 3\nexclude = [\"a\", 4]\nrules = \"off\"\nfail-on = true\n[documents]\nfiles = \"x\"\n");
    assert_eq!(
        faults,
        [
            "3: `lang` takes a text, not a number (write a text)",
            "4: `exclude` takes texts, not a number (write texts)",
            "\"off\": `rules` takes a table, not a text (write a table)",
            "true: `level` takes one of `off`, `note`, `warning`, `error`, not true or false (write one of `off`, `note`, `warning`, `error`)",
            "documents: `documents` is a list of tables (write [[documents]])",
        ]
    );
}

#[test]
fn broken_lines_cost_themselves() {
    let (config, faults) = read("lang = \"en\nfail-on = \"error\"\n= 3\nclasses = [\"x\"]\n");
    assert!(!faults.is_empty());
    assert_eq!((config.fail_on, config.classes), (Some(Level::Error), vec!["x".to_owned()]));
}

#[test]
fn globs_and_patterns_that_do_not_compile_are_told_and_left_out() {
    let (config, faults) = read("exclude = [\"a{b\", \"ok\"]\n[[instrument]]\npattern = '('\nid = 'x'\n[[instrument]]\nid = 'y'\n");
    assert_eq!((config.exclude, config.instruments.len()), (vec!["ok".to_owned()], 0));
    assert!(faults[0].starts_with("\"a{b\": `a{b` is no glob"), "{faults:?}");
    assert!(faults[1].starts_with("'(': this pattern cannot be read: unclosed group"), "{faults:?}");
    assert!(faults[2].contains("needs `pattern` and `id`"), "{faults:?}");
}

#[test]
fn a_row_without_files_and_a_pattern_of_nothing_are_told() {
    let (_, faults) = read("[[documents]]\nkind = \"opinion\"\n[[instrument]]\npattern = 'a*'\nid = 'x'\n");
    assert!(faults[0].contains("`documents` without `files` means no text"), "{faults:?}");
    assert!(faults[1].contains("matches the empty text"), "{faults:?}");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_fault() {
    let (config, faults) = read("\u{feff}lang = \"en\"\r\nfail-on = \"note\"\r\n");
    assert_eq!((config.lang.as_deref(), config.fail_on, faults.len()), (Some("en"), Some(Level::Note), 0));
}

#[test]
fn deep_nesting_is_a_fault_and_no_overflow() {
    let (_, faults) = read(&format!("exclude = {}", "[".repeat(100_000)));
    assert!(!faults.is_empty());
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_place_can_be_shown(text in "([a-z=\\[\\]{}\"'.#é𝕏\n-]|rules|files|\\[\\[documents\\]\\]){0,60}") {
        let (_, faults) = Config::parse(&text, RULES);
        for fault in faults {
            prop_assert!(text.get(fault.span.range()).is_some(), "{:?}", fault);
        }
    }
}
