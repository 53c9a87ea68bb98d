//! Phrases as texts use them, and words that only look like one.

use super::*;
use proptest::prelude::*;

/// Vague words stand in `[…]`, unnamed sources in `{…}`.
#[track_caller]
fn check(language: Language, marked: &str) {
    let text = marked.replace(['[', ']', '{', '}'], "");
    let mut found = Vec::new();
    find(&text, Span::from(0..text.len()), language, &mut found);
    let mut got = text.clone();
    for phrase in found.iter().rev() {
        let (open, close) = if phrase.kind == PhraseKind::Vague { ("[", "]") } else { ("{", "}") };
        got.insert_str(phrase.span.end as usize, close);
        got.insert_str(phrase.span.start as usize, open);
    }
    assert_eq!(got, marked);
}

#[test]
fn vague_in_english() {
    let check = |text| check(Language::English, text);
    check("[It is widely believed that] the talks failed.");
    check("[Some critics said] so, and [many believe] it.");
    check("The plan {is considered an} error, [according to some], and so {some critics} left.");
    check("[Critics say] the border is open.");
    check("[It has been suggested that] he left; [it was said that] nobody saw him.");
    check("He [allegedly] sold arms, {probably} to rebels; those {allegedly} responsible fled.");
    check("[RESEARCH SUGGESTS] that the ceasefire held; the research suggests it too.");
    check("[Others say] it held. {Others} left. [One might also argue] against it.");
    check("This, [it is said], was the [popular view]; [much has been said] about it.");
    check("Even so [everyone has to admit] it, and [no one doubts] it.");
    check("{It is possible that} {some studies} differ; [some studies show] that {one of the best} failed.");
}

#[test]
fn not_vague_in_english() {
    let check = |text| check(Language::English, text);
    check("The Council decided that the mission would remain for twelve months.");
    check("Lavrov believes that the agreement was signed by the parties.");
    check("The report was submitted to the Council by the Secretary-General.");
    check("Brown, whose critics were many, resigned.");
    check("The draft was considered by the Council.");
    check("They were not many. People left.");
    check("The agency counts how many people need help; too many displaced people wait.");
    check("Some 2,000 soldiers came. Some 200 people left, and some 90,000 people had fled.");
}

#[test]
fn unnamed_in_english() {
    let check = |text| check(Language::English, text);
    check("{Sources said} the column had stopped.");
    check("{A senior official told} reporters so.");
    check("It fell, said a {diplomat speaking anonymously}.");
    check("{According to informed sources}, the talks go on.");
    check("He spoke {on condition of anonymity}.");
}

#[test]
fn vague_in_russian() {
    let check = |text| check(Language::Russian, text);
    check("[Считается, что] переговоры провалились.");
    check("[Некоторые эксперты против], и [многие считают] так же.");
    check("{Многие люди} уехали, {ряд местных журналистов} тоже.");
    check("[По мнению экспертов], граница открыта, а он [якобы] уехал.");
    check("Совет постановил, что миссия остаётся на двенадцать месяцев.");
}

#[test]
fn unnamed_in_russian() {
    let check = |text| check(Language::Russian, text);
    check("{Источник в министерстве сообщил}, что колонна остановилась.");
    check("{По словам источника}, переговоры идут.");
    check("Он говорил {на условиях анонимности}.");
}

/// The phrases of a text of one passage, by some patterns.
fn found_with(patterns: &Patterns, text: &str) -> Vec<Phrase> {
    let (mut places, mut found) = (Places::default(), Vec::new());
    places.note_with(patterns, text, Span::from(0..text.len()), &WordBits::of(text), |_, _| {});
    find_with(patterns, text, &places, &mut found);
    found
}

#[test]
fn marks_part_phrases_and_hyphens_do_not() {
    let patterns =
        Patterns::compile(&["@who = critic{,s}\tset\tpeople\nsome|many _? @who !of\tvague\twho\nwell , then\tanonymous\tmark"], &[]);
    let spans = |text: &str| found_with(&patterns, text).iter().map(|p| p.span.slice(text).to_owned()).collect::<Vec<_>>();
    assert_eq!(spans("Some critics, many (critics) and some — critics"), ["Some critics"]);
    assert_eq!(spans("many self-critics, some critics of it; some\u{a0}old critics"), ["many self-critics", "some\u{a0}old critics"]);
    assert_eq!(spans("well, then well then"), ["well, then"]);
    assert_eq!(spans("some"), [""; 0]);
}

#[test]
fn every_pattern_is_compiled() {
    for file in lexicon::VAGUE {
        for entry in lexicon::entries(file) {
            assert!(matches!(entry.class, "vague" | "unspecific" | "anonymous" | "plain" | "set"), "{entry:?}");
            assert!(entry.words.matches('{').count() == entry.words.matches('}').count(), "{entry:?}");
            let first = entry.words.split_whitespace().next().unwrap_or_default();
            assert!(!first.starts_with(['_', '!', '0']), "{entry:?}: begins with no word");
            assert!(entry.class == "set" || entry.words.split_whitespace().count() < words::MOST, "{entry:?}: too long");
        }
        let defined: Vec<_> = lexicon::entries(file).filter(|e| e.class == "set").filter_map(|e| e.words.split(' ').next()).collect();
        let used = lexicon::entries(file).flat_map(|e| e.words.split([' ', '|'])).filter(|w| w.starts_with(['@']) || w.starts_with("!@"));
        for set in used {
            assert!(defined.contains(&set.trim_start_matches('!').trim_end_matches('?')), "{set}");
        }
    }
}

proptest! {
    #[test]
    fn spans_are_sorted_and_on_words(text in "([a-zA-Zа-я]{0,3}|some|it is |believed| that|«|, |’|𝕏|\u{a0}|источник | сообщил){0,12}") {
        for language in [Language::English, Language::Russian] {
            let mut found = Vec::new();
            find(&text, Span::from(0..text.len()), language, &mut found);
            let mut at = 0;
            for phrase in found {
                prop_assert!(phrase.span.start >= at && phrase.span.end > phrase.span.start);
                prop_assert!(text.get(phrase.span.range()).is_some());
                at = phrase.span.end;
            }
        }
    }
}

/// Labelled sentences, each with whether it is vague, of a file named by SENTENCES: `1` or `0`, a tab, and the sentence.
fn labelled() -> Option<Vec<(bool, String)>> {
    let file = std::fs::read_to_string(std::env::var_os("SENTENCES")?).ok()?;
    let row = |line: &str| {
        let (label, rest) = line.split_once('\t')?;
        Some((label == "1", rest.split('\t').next().unwrap_or_default().to_owned()))
    };
    Some(file.lines().skip(1).filter_map(row).collect())
}

#[test]
#[ignore = "for whoever tends the lexicon: what each line finds in the sentences named by SENTENCES"]
fn each_line() {
    let Some(rows) = labelled() else { return };
    let file: &'static str = Box::leak(std::fs::read_to_string("src/prose/lexicon/vague_en.txt").expect("the lexicon").into_boxed_str());
    let sets: String = file.lines().filter(|l| l.starts_with('@') && l.contains("\tset\t")).map(|l| format!("{l}\n")).collect();
    let hits = |patterns: &Patterns| -> Vec<bool> { rows.iter().map(|(_, s)| !found_with(patterns, s).is_empty()).collect() };
    let mut seen = vec![false; rows.len()];
    for line in file.lines().filter(|l| !l.contains("\tset\t") && l.contains('\t')) {
        let p = Patterns::compile(&[Box::leak(format!("{sets}{line}\n").into_boxed_str())], &[]);
        let h = hits(&p);
        let count =
            |label: bool, fresh: bool| rows.iter().zip(&h).zip(&seen).filter(|((r, h), s)| **h && r.0 == label && (!fresh || !**s)).count();
        println!(
            "{:4} {:4}  new {:4} {:4}  {}",
            count(true, false),
            count(false, false),
            count(true, true),
            count(false, true),
            line.split('\t').next().unwrap()
        );
        for (s, h) in seen.iter_mut().zip(h) {
            *s |= h;
        }
    }
    let all = hits(&Patterns::compile(&[file], &[]));
    let n = |f: &dyn Fn(bool, bool) -> bool| rows.iter().zip(&all).filter(|(r, h)| f(r.0, **h)).count() as f64;
    let (tp, fp, fne) = (n(&|g, h| g && h), n(&|g, h| !g && h), n(&|g, h| g && !h));
    println!("P {:.4} R {:.4} F1 {:.4}", tp / (tp + fp), tp / (tp + fne), 2.0 * tp / (2.0 * tp + fp + fne));
}

#[test]
fn what_surprises_is_told_apart_from_what_names_nobody() {
    let kinds = |language, text: &str| {
        let mut found = Vec::new();
        find(text, Span::from(0..text.len()), language, &mut found);
        found.iter().map(|p| format!("{:?} {}", p.kind, p.span.slice(text))).collect::<Vec<_>>()
    };
    let english = |text| kinds(Language::English, text);
    assert_eq!(english("It was the largest convoy since the war."), ["Superlative the largest convoy since"]);
    assert_eq!(english("Two-thirds of the members left."), ["Proportion Two-thirds of"]);
    assert_eq!(english("Exports have more than doubled."), ["Proportion than doubled"]);
    assert_eq!(english("China voted against the draft."), ["Event voted against"]);
    assert_eq!(english("The largest room was locked."), [""; 0]);
    let russian = |text| kinds(Language::Russian, text);
    assert_eq!(russian("Число домов выросло вдвое."), ["Proportion выросло вдвое"]);
    assert_eq!(russian("Китай проголосовал против проекта."), ["Event проголосовал против"]);
}
