//! Who speaks in labelled cases, and nobody where nobody does.

use super::*;
use crate::prose::{quotes, sentences};
use proptest::prelude::*;

/// One labelled case.
struct Case {
    paragraphs: Vec<String>,
    quotes: Vec<String>,
    sentences: Vec<String>,
    known: Vec<(String, NamedKind)>,
    language: Language,
}

fn cases() -> Vec<Case> {
    let file = include_str!("../../../fixtures/prose/attribution.txt");
    let (mut found, mut known): (Vec<Case>, Vec<(String, NamedKind)>) = (Vec::new(), Vec::new());
    for run in file.replace("\r\n", "\n").split("\n\n") {
        let mut case =
            Case { paragraphs: Vec::new(), quotes: Vec::new(), sentences: Vec::new(), known: Vec::new(), language: Language::English };
        for line in run.lines() {
            let list = |names: &str, kind| names.split("; ").map(|n| (n.trim().to_owned(), kind)).collect::<Vec<_>>();
            if let Some(names) = line.strip_prefix("@person ") {
                known.extend(list(names, NamedKind::Person));
            } else if let Some(names) = line.strip_prefix("@org ") {
                known.extend(list(names, NamedKind::Org));
            } else if let Some(names) = line.strip_prefix("@place ") {
                known.extend(list(names, NamedKind::Place));
            } else if let Some(label) = line.strip_prefix("= ") {
                case.quotes.push(label.to_owned());
            } else if let Some(label) = line.strip_prefix("~ ") {
                case.sentences.push(label.to_owned());
            } else if !line.starts_with('#') {
                case.paragraphs.push(line.to_owned());
            }
        }
        if !case.paragraphs.is_empty() {
            case.known.clone_from(&known);
            case.language = Language::of(None, &case.paragraphs.concat());
            found.push(case);
        }
    }
    found
}

/// A text of one paragraph a line, read without any registry.
pub(super) struct Read {
    text: String,
    pub(super) passages: Vec<Passage>,
    pub(super) prose: Prose,
    named: Vec<Named>,
}

pub(super) fn read(text: &str, known: &[(String, NamedKind)], language: Language) -> Read {
    let mut passages = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end();
        let span = Span::from(at..at + words.len());
        at += line.len();
        if !words.is_empty() {
            passages.push(Passage { span, kind: PassageKind::Paragraph, block: 0, paragraph: 1 });
        }
    }
    let mut prose = Prose::default();
    for (index, passage) in passages.iter().enumerate() {
        sentences::split(text, passage.span, Span::from(0..index).end, language, &mut prose.sentences);
    }
    quotes::find(text, &passages, &mut prose.quotes);
    Read { text: text.to_owned(), passages, prose, named: find_named(text, known) }
}

/// Longest names first, whole words.
fn find_named(text: &str, known: &[(String, NamedKind)]) -> Vec<Named> {
    let mut known: Vec<_> = known.iter().collect();
    known.sort_by_key(|k| std::cmp::Reverse(k.0.len()));
    let mut named: Vec<Named> = Vec::new();
    for (name, kind) in known {
        for (at, _) in text.match_indices(name.as_str()) {
            let span = Span::from(at..at + name.len());
            let whole = !text[..at].ends_with(char::is_alphanumeric) && !text[at + name.len()..].starts_with(char::is_alphanumeric);
            if whole && !named.iter().any(|n| n.span.overlaps(span)) {
                named.push(Named { span, kind: *kind });
            }
        }
    }
    named.sort_by_key(|n| n.span);
    named
}

pub(super) fn attribute_all(read: &Read, language: Language) -> Vec<Attribution> {
    attribute(&read.text, &read.passages, &read.prose, &read.named, language)
}

/// As the labels have it: `he → Marek`.
fn label(read: &Read, attribution: Option<&Attribution>) -> String {
    let Some(attribution) = attribution else { return "-".to_owned() };
    let speaker = attribution.speaker.map_or("-", |s| s.slice(&read.text));
    match attribution.named.and_then(|n| read.named.get(n as usize)) {
        Some(named) => format!("{speaker} → {}", named.span.slice(&read.text)),
        None => speaker.to_owned(),
    }
}

fn quote_labels(read: &Read, found: &[Attribution]) -> Vec<String> {
    let mut labels = Vec::new();
    for (index, quote) in read.prose.quotes.iter().enumerate() {
        let index = Span::from(0..index).end;
        let attribution = found.iter().find(|a| a.said == Said::Quote(index));
        if quote.is_speech && quote.within.is_none() || attribution.is_some() {
            labels.push(label(read, attribution));
        }
    }
    labels
}

fn sentence_labels(read: &Read, found: &[Attribution]) -> Vec<String> {
    found.iter().filter(|a| matches!(a.said, Said::Sentence(_))).map(|a| label(read, Some(a))).collect()
}

#[test]
fn every_labelled_case_has_its_speakers() {
    let mut wrong = Vec::new();
    for case in cases() {
        let text = case.paragraphs.join("\n");
        let read = read(&text, &case.known, case.language);
        let found = attribute_all(&read, case.language);
        let quotes = quote_labels(&read, &found);
        if quotes != case.quotes {
            wrong.push(format!("{text}\n  wanted {:?}\n  found  {quotes:?}", case.quotes));
        }
        let sentences = sentence_labels(&read, &found);
        if (!case.sentences.is_empty() || case.quotes.is_empty()) && sentences != case.sentences {
            wrong.push(format!("{text}\n  wanted ~{:?}\n  found  ~{sentences:?}", case.sentences));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// With the words of speaker and cue deleted, nobody may be found.
#[test]
fn a_quotation_whose_speaker_is_deleted_has_none() {
    let (mut deleted, mut kept) = (0, Vec::new());
    for case in cases().iter().filter(|c| c.paragraphs.len() == 1) {
        let text = case.paragraphs.concat();
        let whole = read(&text, &case.known, case.language);
        let quotes: Vec<_> = whole.prose.quotes.iter().filter(|q| q.is_speech).map(|q| q.span.slice(&text)).collect();
        // In Russian the words of the writer may stand within the marks: they are not deleted here.
        let inside = quotes.iter().any(|q| q.contains("— "));
        if inside || quotes.is_empty() || case.quotes.iter().all(|q| q == "-") {
            continue;
        }
        let bare = quotes.join(" ");
        let without = read(&bare, &case.known, case.language);
        deleted += 1;
        if !attribute_all(&without, case.language).is_empty() {
            kept.push(bare);
        }
    }
    assert!(deleted > 20 && kept.is_empty(), "of {deleted}:\n{}", kept.join("\n"));
}

proptest! {
    #[test]
    fn any_words_are_read(text in "(\"|“|”|«|»|,|\\.|:|—| |Marek|the ministry|said|he|who|and|according to|of|by|saying|\n|по словам|заявил|Ж|𝕏){0,40}") {
        let known = [("Marek".to_owned(), NamedKind::Person), ("ministry".to_owned(), NamedKind::Org)];
        for language in [Language::English, Language::Russian] {
            let read = read(&text, &known, language);
            let mut said = Vec::new();
            for attribution in attribute_all(&read, language) {
                for span in [attribution.speaker, attribution.cue].into_iter().flatten() {
                    prop_assert!(text.get(span.range()).is_some_and(|w| !w.is_empty()), "{text:?} {attribution:?}");
                }
                prop_assert!(attribution.named.is_none_or(|n| (n as usize) < read.named.len()));
                prop_assert!(!said.contains(&attribution.said));
                said.push(attribution.said);
            }
        }
    }
}

#[test]
fn a_long_run_of_cues_is_read_in_one_pass() {
    for part in
        ["said ", "he said, ", "\"We go,\" ", "who, ", "(said) ", "Marek and ", "saying ", "to say the ", "\"a\" said: ", "according to "]
    {
        let text = part.repeat(10_000);
        let known = [("Marek".to_owned(), NamedKind::Person)];
        let mut read = read(&text, &[], Language::English);
        if part.contains(&known[0].0) {
            read.named =
                text.match_indices("Marek").map(|(at, _)| Named { span: Span::from(at..at + 5), kind: NamedKind::Person }).collect();
        }
        let begun = std::time::Instant::now();
        let found = attribute_all(&read, Language::English);
        assert!(begun.elapsed().as_secs() < 4, "{part:?} took {:?} for {}", begun.elapsed(), found.len());
    }
}

#[test]
fn from_a_milestone_on_the_same_is_read_as_in_one_go() {
    let cases: Vec<Case> = cases().into_iter().filter(|c| c.language == Language::English).collect();
    let known = cases.last().map(|c| c.known.clone()).unwrap_or_default();
    let lines: Vec<&str> = cases.iter().flat_map(|c| &c.paragraphs).map(String::as_str).collect();
    let read = read(&(lines.join("\n") + "\n").repeat(12), &known, Language::English);
    let Read { text, passages, prose, named } = &read;
    let scene = Scene { text, passages, prose, named, language: Language::English };
    let whole = scene.attribute(None, &[]);
    assert_eq!(scene.attributions(), whole.said);
    assert!(whole.milestones.len() > 3, "{}", whole.milestones.len());
    for (index, milestone) in whole.milestones.iter().enumerate() {
        let is_behind = |a: &&Attribution| match a.said {
            Said::Quote(quote) => prose.quotes[quote as usize].passage >= milestone.passage,
            Said::Sentence(sentence) => prose.sentences[sentence as usize].passage >= milestone.passage,
        };
        let behind: Vec<Attribution> = whole.said.iter().filter(is_behind).copied().collect();
        assert_eq!(scene.attribute(Some(milestone), &[]).said, behind);
        let goals = &whole.milestones[index + 1..];
        assert_eq!(scene.attribute(Some(milestone), goals).goal, (!goals.is_empty()).then_some(0));
    }
}
