//! Sentences that others labelled: where they end, and which of them attribute to nobody.

use std::fs::read_to_string;

use vidimus::prose::{Language, PhraseKind, phrases, sentences};
use vidimus::text::Span;

use super::shared;

/// The Golden Rules of sentence segmentation.
#[test]
fn sentences_end_as_the_golden_rules_say() {
    let Some(shared) = shared() else { return };
    let file = read_to_string(shared.join("data/sentences/golden_rules_en.json")).expect("the rules");
    let rules: serde_json::Value = serde_json::from_str(&file).expect("valid JSON");
    let rules = rules.as_array().expect("a list");
    let mut right = 0;
    for rule in rules {
        let want: Vec<_> = rule["sentences"].as_array().expect("a list").iter().filter_map(|s| s.as_str()).collect();
        let text = rule["text"].as_str().expect("a text");
        let mut found = Vec::new();
        sentences::split(text, Span::from(0..text.len()), 0, Language::English, &mut found);
        let got: Vec<_> = found.iter().map(|s| s.span.slice(text)).collect();
        right += usize::from(got == want);
        if got != want {
            eprintln!("rule {}: {got:#?}", rule["id"]);
        }
    }
    assert!(right >= 48, "{right} of {}", rules.len());
}

/// Measures of the labelled sentences, so that no change loses them unseen.
#[test]
fn what_attributes_to_nobody_is_found_as_it_was_labelled() {
    let Some(shared) = shared() else { return };
    let file = read_to_string(shared.join("data/claims/vague_train.tsv")).expect("the sentences");
    let (mut right, mut wrong, mut missed) = (0.0, 0.0, 0.0);
    for (label, rest) in file.lines().skip(1).filter_map(|line| line.split_once('\t')) {
        let sentence = rest.split('\t').next().unwrap_or_default();
        let mut found = Vec::new();
        phrases::find(sentence, Span::from(0..sentence.len()), Language::English, &mut found);
        found.retain(|p| matches!(p.kind, PhraseKind::Vague | PhraseKind::Unspecific | PhraseKind::Anonymous));
        match (label == "1", found.is_empty()) {
            (true, false) => right += 1.0,
            (false, false) => wrong += 1.0,
            (true, true) => missed += 1.0,
            (false, true) => {}
        }
    }
    let (precision, f1) = (right / (right + wrong), 2.0 * right / (2.0 * right + wrong + missed));
    assert!(precision >= 0.72 && f1 >= 0.60, "P {precision:.4} F1 {f1:.4}");
}
