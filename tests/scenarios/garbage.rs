//! Any characters in: no panic, no hang, every span inside the text.
//!
//! How many rounds: `VIDIMUS_ROUNDS`, else few enough for every run of the tests. The seed of a failing round is printed.

use std::sync::Arc;

use vidimus::corpus::{Change, Corpus, FileInput, FileKind, RegistryFormat};
use vidimus::syntax::{Format, parse, reading, running_text};
use vidimus::text::Span;

use crate::dice::{Dice, real_texts};

/// Rounds when nobody asks for more.
const ROUNDS: u64 = 3_000;

fn rounds() -> u64 {
    std::env::var("VIDIMUS_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS)
}

const REGISTRY: &str = "- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}\n- {id: a, type: org, name: A}\n";

/// Puts a text through everything a check does, as every kind of file.
fn put_through(text: &str, corpus: &mut Corpus) {
    for (path, kind) in [("t.md", FileKind::Text(Format::Markdown)), ("t.txt", FileKind::Text(Format::Plain))] {
        let FileKind::Text(format) = kind else { continue };
        let document = parse(text, format);
        let words = reading(text, &document);
        assert!(words.text.len() <= text.len());
        let running = running_text(text, &document);
        for passage in &running.passages {
            assert!(running.projection.text.get(passage.span.range()).is_some(), "a passage cuts a character");
        }
        corpus.apply(Change { config: None, files: vec![(path.into(), Some(FileInput::open(path, kind, Arc::from(text))))] });
        let snapshot = corpus.snapshot();
        let id = snapshot.file_at(path).expect("the text");
        let notes = snapshot.annotations(id).expect("a text has annotations");
        for found in vidimus::rules::check(&snapshot, id, Some(&notes)) {
            assert!(text.get(found.span.range()).is_some(), "`{}` at {:?} is no span of the text", found.rule, found.span);
        }
        for mention in &notes.mentions {
            assert!(text.get(mention.span.range()).is_some(), "a mention at {:?} is no span of the text", mention.span);
        }
        let middle = Span::from(0..text.len() / 2).end;
        let _ = snapshot.symbol_at(id, middle).map(|found| snapshot.definitions(&found.symbol));
    }
}

fn put_through_registries(text: &str) {
    use RegistryFormat::{Bib, CslJson, CslYaml, Jsonl, Yaml};
    for format in [Yaml, Jsonl, Bib, CslJson, CslYaml] {
        let input = FileInput::closed("registry/r", FileKind::Registry(format), text);
        for fault in &input.facts.faults {
            assert!(text.get(fault.span.range()).is_some(), "`{}` at {:?} is no span of the {format:?}", fault.message, fault.span);
        }
    }
    let _ = vidimus::config::Config::parse(text, &vidimus::rules::rule_names());
}

fn corpus() -> Corpus {
    let mut corpus = Corpus::new(Arc::new(()));
    let registry = FileInput::open("registry.yaml", FileKind::Registry(RegistryFormat::Yaml), Arc::from(REGISTRY));
    corpus.apply(Change { config: None, files: vec![("registry.yaml".into(), Some(registry))] });
    corpus
}

#[test]
fn random_characters_are_read_and_checked() {
    let mut corpus = corpus();
    for round in 0..rounds() {
        let mut dice = Dice::of(round);
        let text = if round % 3 == 0 { dice.bytes() } else { dice.pieces() };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            put_through(&text, &mut corpus);
            put_through_registries(&text);
        }));
        assert!(outcome.is_ok(), "round {round}: {text:?}");
    }
}

#[test]
fn random_edits_of_real_texts_are_read_and_checked() {
    let texts = real_texts();
    let mut corpus = corpus();
    let rounds = rounds() / 10;
    for round in 0..rounds {
        let mut dice = Dice::of(round);
        let mut text = texts[dice.roll(texts.len())].clone();
        for _ in 0..10 {
            text = dice.edit(&text);
        }
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| put_through(&text, &mut corpus)));
        assert!(outcome.is_ok(), "round {round}: {text:?}");
    }
}
