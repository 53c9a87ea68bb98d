//! What an editor's keys lead to: which earlier annotations are used, and how much of them. That the answer is right is shown in
//! `tests/scenarios`.

use std::sync::Arc;

use crate::corpus::{Annotations, Change, Corpus, FileInput, FileKind, RegistryFormat};
use crate::syntax::Format;

const PEOPLE: &str = "- {id: orlov, type: person, name: Pavel Orlov, aliases: [Orlov]}\n";

fn corpus() -> Corpus {
    let mut corpus = Corpus::new(Arc::new(()));
    put_people(&mut corpus, PEOPLE);
    corpus
}

fn put_people(corpus: &mut Corpus, people: &str) {
    let input = FileInput::closed("people.yaml", FileKind::Registry(RegistryFormat::Yaml), people);
    corpus.apply(Change { config: None, files: vec![("people.yaml".into(), Some(input))] });
}

fn put(corpus: &mut Corpus, text: &str) {
    let input = FileInput::open("text.md", FileKind::Text(Format::Markdown), Arc::from(text));
    corpus.apply(Change { config: None, files: vec![("text.md".into(), Some(input))] });
}

fn notes(corpus: &Corpus) -> Arc<Annotations> {
    let snapshot = corpus.snapshot();
    snapshot.annotations(snapshot.file_at("text.md").expect("the text")).expect("annotations")
}

/// Paragraphs of about a hundred bytes, none of which leans on another.
fn paragraphs(count: usize) -> String {
    (0..count).map(|n| format!("Pavel Orlov said on day {n} that the bridge would open. About {n}5,000 people crossed it.\n\n")).collect()
}

#[test]
fn a_key_is_read_from_the_last_state_that_anybody_asked_about() {
    let (mut corpus, text) = (corpus(), paragraphs(40));
    put(&mut corpus, &text);
    let first = notes(&corpus);
    assert_eq!(first.stayed, None);
    put(&mut corpus, &text.replacen("bridge", "bride", 1));
    put(&mut corpus, &text.replacen("bridge", "bridges", 1));
    let stayed = notes(&corpus).stayed.expect("a text read again");
    assert_eq!((stayed.of, stayed.front, stayed.by()), (first.number, 0, 1));
    assert!(stayed.back as usize > text.len() - 600, "{stayed:?}");
}

#[test]
fn what_a_change_of_names_means_is_worked_out_anew() {
    let (mut corpus, text) = (corpus(), paragraphs(3));
    put(&mut corpus, &text);
    assert_eq!(notes(&corpus).mentions.len(), 3);
    put_people(&mut corpus, "- {id: orlov, type: person, name: Anna Orlov}\n");
    put(&mut corpus, &text.replacen("bridge", "bridges", 1));
    let notes = notes(&corpus);
    assert_eq!((notes.mentions.len(), notes.stayed), (0, None));
}

#[test]
fn a_pronoun_far_behind_is_led_to_another_when_the_name_before_it_changes() {
    let mut corpus = corpus();
    put_people(&mut corpus, &format!("{PEOPLE}- {{id: duarte, type: person, name: Ines Duarte}}\n"));
    let between = "The river ran high and the road was closed to all but the carts of the mill.\n\n".repeat(400);
    let text = format!("Pavel Orlov spoke first.\n\n{between}“The mission must go on until the end,” he said.\n");
    put(&mut corpus, &text);
    let speaker = |notes: &Annotations| notes.quotes[0].speaker.and_then(|s| s.entity);
    let first = speaker(&notes(&corpus));
    assert!(first.is_some());
    put(&mut corpus, &text.replacen("Pavel Orlov", "Ines Duarte", 1));
    let notes = notes(&corpus);
    assert!(speaker(&notes).is_some() && speaker(&notes) != first, "{:?}", notes.quotes[0]);
    assert!(notes.stayed.is_some_and(|s| s.back < 200), "{:?}", notes.stayed);
}
