//! Names changed by difference are the names of a fresh corpus.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use smol_str::SmolStr;

use crate::corpus::{Change, Corpus, EntityId, FileInput, FileKind, RegistryFormat, Snapshot};
use crate::syntax::Format;

/// All that can be asked of names, by ids and paths instead of numbers.
fn told(snapshot: &Snapshot) -> BTreeMap<String, String> {
    let names = snapshot.names();
    let mut out = BTreeMap::new();
    let id = |e: EntityId| names.entity(e).record.id.value.to_string();
    for (_, entity) in names.entities() {
        let places: Vec<_> = entity.places().map(|at| (snapshot.path(at.file), at.index)).collect();
        out.insert(format!("entity {}", entity.record.id.value), format!("{:?} {places:?}", entity.record));
    }
    for word in ["a", "b", "c", "d", "old-a", "old-b", "one", "two", "res-1", "res-2", "x", "y"] {
        out.insert(format!("id {word}"), format!("{:?}", names.by_id(word).map(id)));
        out.insert(format!("old {word}"), format!("{:?}", names.by_old_id(word).map(id)));
        out.insert(format!("text {word}"), format!("{:?}", names.text(word).map(|f| snapshot.path(f))));
        out.insert(format!("near {word}"), format!("{:?}", names.nearest_id(&format!("{word}q"))));
        let hits: Vec<_> = snapshot.search(word, 50).into_iter().map(|h| (h.name, h.score)).collect();
        let mut hits: Vec<String> = hits.into_iter().map(|h| format!("{h:?}")).collect();
        hits.sort();
        out.insert(format!("search {word}"), format!("{hits:?}"));
    }
    for symbol in ["S/1", "S/2"] {
        out.insert(format!("symbol {symbol}"), format!("{:?}", names.by_symbol(symbol).map(id)));
    }
    out.insert("series".into(), format!("{} {} {}", names.has_series("res"), names.has_dated(), names.incomplete));
    let date = crate::prose::dates::Date { year: None, month: Some(2), day: Some(1) };
    out.insert("dated".into(), format!("{:?}", names.dated("resolution", date, Some("2020")).map(id)));
    for (file, state) in snapshot.files() {
        let of_file: Vec<String> = names
            .conflicts_of(file)
            .into_iter()
            .map(|c| {
                format!("{} {} {} {:?} {:?} {:?}", c.at.index, snapshot.path(c.first.file), c.first.index, c.field, c.span, c.first_span)
            })
            .collect();
        out.insert(format!("conflicts {}", state.path), format!("{of_file:?}"));
    }
    let mut hits = Vec::new();
    names.gazetteer.scan("One met Two Bodies and the One Body in Three Places, Лавров too.", |hit| {
        let mut senses: Vec<_> = hit.senses.iter().map(|s| (id(EntityId(s.record)), s.role())).collect();
        senses.sort();
        hits.push((hit.span, senses));
    });
    out.insert("gazetteer".into(), format!("{hits:?}"));
    out
}

fn input(path: &str, text: &str) -> FileInput {
    read(&Corpus::new(Arc::new(())), path, text)
}

/// As a corpus reads it that may know an earlier state.
fn read(corpus: &Corpus, path: &str, text: &str) -> FileInput {
    let kind = match path.rsplit('.').next() {
        Some("yaml") => FileKind::Registry(RegistryFormat::Yaml),
        Some("bib") => FileKind::Registry(RegistryFormat::Bib),
        Some("jsonl") => FileKind::Registry(RegistryFormat::Jsonl),
        _ => FileKind::Text(Format::Markdown),
    };
    corpus.open(&path.into(), kind, Arc::from(text))
}

fn record() -> impl Strategy<Value = String> {
    let id = prop::sample::select(vec!["a", "b", "c", "d", "res-1", "res-2"]);
    let kind = prop::sample::select(vec!["person", "org", "resolution", "statement"]);
    let name = prop::sample::select(vec!["One Body", "Two Bodies", "Three Places", "Лавров"]);
    let more = prop::sample::select(vec![
        "",
        ", aliases: [One]",
        ", formerly: [old-a]",
        ", formerly: [old-a, old-b]",
        ", symbol: S/1",
        ", symbol: s/ 2",
        ", date: 2015-02-01",
        ", note: words",
        ", roles: [{title: The One, from: 2001}]",
    ]);
    (id, kind, name, more).prop_map(|(id, kind, name, more)| format!("{{id: {id}, type: {kind}, name: {name}{more}}}"))
}

fn file() -> impl Strategy<Value = (&'static str, Option<String>)> {
    let list = prop::collection::vec(record(), 0..5).prop_map(|all| Some(all.iter().map(|r| format!("- {r}\n")).collect::<String>()));
    let path = prop::sample::select(vec!["m.yaml", "a.yaml", "z.yaml"]);
    let lists = (path, prop_oneof![4 => list, 1 => Just(None)]);
    let note = record().prop_map(|r| Some(format!("---\n{}\n---\n# Words\n\n1. One.\n", &r[1..r.len() - 1].replace(", ", "\n"))));
    let text = prop::sample::select(vec!["---\nid: x\n---\nOne.\n", "---\nid: y\n---\nOne.\n", "One.\n", "---\n{\n---\n"])
        .prop_map(|t| Some(t.to_owned()));
    let notes = (prop::sample::select(vec!["n/a.md", "n/one.md", "b.md", "t/one.md"]), prop_oneof![2 => note, 2 => text, 1 => Just(None)]);
    let line = prop::sample::select(vec![
        "{\"id\": \"a\", \"type\": \"org\", \"name\": \"One Body\"}\n",
        "{\"id\": \"b\", \"type\": \"person\", \"name\": \"Лавров\", \"aliases\": [\"One\"]}\n",
        "{\"id\": \"c\", \"type\": \"person\"}\n",
        "{\"id\": \"d\", \"type\": \"org\", \"name\": \"Two Bodies\"}\n",
        "{\"id\": \"res-1\", \"type\": \"resolution\", \"symbol\": \"S/1\", \"formerly\": [\"old-a\"]}\n",
        "\n",
        "{\"id\": \"d\"\n",
    ]);
    let lines = prop::collection::vec(line, 0..7).prop_map(|lines| ("l.jsonl", Some(lines.concat())));
    prop_oneof![2 => lists, 2 => notes, 2 => lines]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]
    #[test]
    fn random_edits_give_the_names_of_a_fresh_corpus(edits in prop::collection::vec(file(), 1..12)) {
        let mut corpus = Corpus::new(Arc::new(()));
        let mut now: BTreeMap<&str, String> = BTreeMap::new();
        for (path, text) in edits {
            let given = text.as_ref().map(|t| read(&corpus, path, t));
            corpus.apply(Change { config: None, files: vec![(path.into(), given)] });
            match text {
                Some(text) => drop(now.insert(path, text)),
                None => drop(now.remove(path)),
            }
        }
        let mut fresh = Corpus::new(Arc::new(()));
        let files = now.iter().map(|(path, text)| (SmolStr::from(*path), Some(input(path, text)))).collect();
        fresh.apply(Change { config: None, files });
        prop_assert_eq!(told(&corpus.snapshot()), told(&fresh.snapshot()));
    }
}

fn change(path: &str, text: &str) -> Change {
    Change { config: None, files: vec![(path.into(), Some(input(path, text)))] }
}

#[test]
fn only_texts_that_use_what_changed_are_read_again() {
    let mut corpus = Corpus::new(Arc::new(()));
    let list = "- {id: a, type: org, name: Body One, note: first}\n- {id: b, type: org, name: Body Two}\n";
    for (path, text) in
        [("m.yaml", list), ("uses-a.md", "Body One came.\n"), ("uses-b.md", "[[b|It]] went, says [[nobody]].\n"), ("n.md", "None.\n")]
    {
        corpus.apply(change(path, text));
    }
    let read = |corpus: &Corpus| {
        let snapshot = corpus.snapshot();
        snapshot.files().for_each(|(id, _)| drop(snapshot.annotations(id)));
        snapshot
    };
    let snapshot = read(&corpus);
    let paths = |affected: &crate::corpus::Affected| affected.texts.iter().map(|f| snapshot.path(*f).to_string()).collect::<Vec<_>>();
    let moved = corpus.apply(change("m.yaml", &format!("# A remark\n{list}")));
    assert_eq!((moved.names.len(), paths(&moved)), (0, vec![]));
    let inside = corpus.apply(change("m.yaml", &list.replace("first", "second")));
    assert_eq!((inside.names.as_slice(), paths(&inside)), (&["a".into()][..], vec!["uses-a.md".to_owned()]));
    read(&corpus);
    let outside = corpus.apply(change("m.yaml", &list.replace("first", "second").replace("Body Two", "Body Three")));
    assert_eq!(outside.names, ["b"]);
    assert_eq!(paths(&outside), ["uses-a.md", "uses-b.md", "n.md"]);
    assert!(corpus.snapshot().entity_of("b").is_some());
}

#[test]
fn an_edit_inside_a_note_compiles_no_names() {
    let mut corpus = Corpus::new(Arc::new(()));
    let note = "---\ntype: resolution\nname: The Act\n---\n1. Endorses.\n2. Welcomes.\n";
    corpus.apply(change("act.md", note));
    let before = corpus.snapshot();
    let affected = corpus.apply(change("act.md", &note.replace("Endorses", "Endorses all")));
    assert_eq!(affected.names, [""; 0]);
    assert!(Arc::ptr_eq(&before.names().gazetteer, &corpus.snapshot().names().gazetteer));
    assert_eq!(before.names().version(), corpus.snapshot().names().version());
}

#[test]
fn texts_that_name_a_note_are_asked_again_only_when_its_anchors_come_or_go() {
    let mut corpus = Corpus::new(Arc::new(()));
    let note = "---\ntype: resolution\nname: The Act\n---\nIt met.\n\n1. Endorses.\n2. Welcomes.\n";
    corpus.apply(change("act.md", note));
    corpus.apply(change("uses.md", "See [[act#op-2]].\n"));
    let snapshot = corpus.snapshot();
    snapshot.files().for_each(|(id, _)| drop(snapshot.annotations(id)));
    for edit in [("It met", "It met again"), ("Welcomes", "Welcomes all"), ("Endorses.\n", "Endorses, and\n   calls.\n")] {
        let affected = corpus.apply(change("act.md", &note.replacen(edit.0, edit.1, 1)));
        assert_eq!((affected.names.len(), affected.texts.len()), (0, 0), "{edit:?}");
        assert_eq!(corpus.snapshot().ground(), snapshot.ground());
    }
    let affected = corpus.apply(change("act.md", &note.replace("2. Welcomes.\n", "")));
    assert_eq!(affected.names, ["act"]);
    assert_eq!(affected.texts, [snapshot.file_at("uses.md").expect("the text")]);
}

#[test]
fn a_text_that_renames_itself_means_the_new_names() {
    let mut corpus = Corpus::new(Arc::new(()));
    let note = "---\ntype: org\nname: The Body\n---\nThe Body met. The Council met.\n";
    corpus.apply(change("n.md", note));
    let met = |corpus: &Corpus| {
        let snapshot = corpus.snapshot();
        let notes = snapshot.annotations(snapshot.file_at("n.md").expect("the note")).expect("a text");
        notes.mentions.iter().map(|m| m.span.slice(&notes.text).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(met(&corpus), ["The Body"]);
    corpus.apply(change("n.md", &note.replace("name: The Body", "name: The Council")));
    assert_eq!(met(&corpus), ["The Council"]);
}

#[test]
fn findings_stand_on_the_paragraphs_of_notes_too() {
    let mut corpus = Corpus::new(Arc::new(()));
    let note = "---\ntype: resolution\nname: The Act\n---\n1. Endorses.\n";
    corpus.apply(change("act.md", note));
    let before = corpus.snapshot().ground();
    corpus.apply(change("t.md", "---\nid: x\n---\nWords.\n"));
    let text = corpus.snapshot().ground();
    corpus.apply(change("t.md", "---\nid: x\n---\nOther words.\n"));
    assert!(before != text && text == corpus.snapshot().ground());
    corpus.apply(change("act.md", &format!("{note}2. Welcomes.\n")));
    assert!(text != corpus.snapshot().ground());
}

#[test]
fn a_search_in_an_old_state_is_not_seen_by_a_new_one() {
    let mut corpus = Corpus::new(Arc::new(()));
    let list = "- {id: a, type: org, name: Body One}\n";
    corpus.apply(change("m.yaml", list));
    corpus.apply(change("one.md", "Words.\n"));
    let old = corpus.snapshot();
    corpus.apply(change("m.yaml", &format!("{list}- {{id: b, type: org, name: Body Two}}\n")));
    corpus.apply(change("two.md", "Words.\n"));
    let found = |snapshot: &Snapshot| ["body", "one", "two"].map(|q| snapshot.search(q, 9).len());
    assert_eq!(found(&old), [1, 2, 0]);
    assert_eq!(found(&corpus.snapshot()), [2, 2, 2]);
}

#[test]
fn of_two_files_that_cannot_be_read_whole_both_count() {
    let mut corpus = Corpus::new(Arc::new(()));
    let incomplete = |corpus: &mut Corpus, path: &str, text: &str| {
        corpus.apply(change(path, text));
        corpus.snapshot().names().incomplete
    };
    let whole = "- {id: a, type: org, name: Body One}\n";
    assert!(!incomplete(&mut corpus, "m.yaml", whole));
    assert!(incomplete(&mut corpus, "m.yaml", &format!("{whole}- {{id: ]\n")));
    assert!(incomplete(&mut corpus, "n.yaml", "- {id: ]\n"));
    assert!(incomplete(&mut corpus, "m.yaml", whole));
    assert!(!incomplete(&mut corpus, "n.yaml", ""));
}
