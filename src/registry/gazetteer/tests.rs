//! What is found in a text, and what is not.

use super::*;

/// Names, one sense each, and the text in which they are marked as found.
fn marked(names: &[&str], text: &str) -> String {
    let all = names.iter().zip(0..).map(|(text, record)| Name { text, record, role: None, case: CaseRule::of_name(text) });
    let gazetteer = Gazetteer::compile(all);
    let mut out = String::new();
    let mut at = 0;
    gazetteer.scan(text, |hit| {
        out.push_str(&text[at..hit.span.start as usize]);
        let ending = &text[hit.name.end as usize..hit.span.end as usize];
        let senses: Vec<String> = hit.senses.iter().map(|s| s.record.to_string()).collect();
        out.push_str(&format!("[{}|{}]{}", &text[hit.name], senses.join(","), ending));
        at = hit.span.end as usize;
    });
    out + &text[at..]
}

#[test]
fn the_longest_name_of_whole_words_is_found() {
    let names = ["Minsk", "Minsk Package", "Minsk Package of Measures"];
    assert_eq!(marked(&names, "the Minsk Package of 2015"), "the [Minsk Package|1] of 2015");
    assert_eq!(marked(&names, "the Minsk Package of\n  Measures."), "the [Minsk Package of\n  Measures|2].");
    assert_eq!(marked(&names, "Minsker and preMinsk"), "Minsker and preMinsk");
}

#[test]
fn a_name_does_not_cross_an_empty_line() {
    assert_eq!(marked(&["Minsk Package"], "Minsk\n\nPackage"), "Minsk\n\nPackage");
}

#[test]
fn possessive_endings_belong_to_the_find_but_not_to_the_name() {
    assert_eq!(marked(&["Lavrov", "United States"], "Lavrov's and Lavrov’s"), "[Lavrov|0]'s and [Lavrov|0]’s");
    assert_eq!(marked(&["United States"], "the United States’ view"), "the [United States|0]’ view");
    assert_eq!(marked(&["United States"], "he said 'the United States' twice"), "he said 'the [United States|0]' twice");
}

#[test]
fn hyphens_and_apostrophes_of_any_shape_are_one() {
    assert_eq!(marked(&["Nagorno-Karabakh"], "Nagorno\u{2011}Karabakh"), "[Nagorno\u{2011}Karabakh|0]");
    assert_eq!(marked(&["Cote d'Azur"], "the Cote d’Azur"), "the [Cote d’Azur|0]");
    assert_eq!(marked(&["Nagorno-Karabakh"], "Nagorno - Karabakh"), "Nagorno - Karabakh");
}

#[test]
fn case_counts_as_the_name_is_written() {
    assert_eq!(marked(&["the Hague"], "The Hague and the Hague, not THE hague"), "[The Hague|0] and [the Hague|0], not THE hague");
    assert_eq!(marked(&["top diplomat"], "The Top Diplomat; top diplomat"), "The [Top Diplomat|0]; [top diplomat|0]");
    assert_eq!(marked(&["OSCE"], "osce, OSCE, Osce"), "osce, [OSCE|0], Osce");
    assert_eq!(marked(&["United Nations"], "UNITED NATIONS, 20 September"), "[UNITED NATIONS|0], 20 September");
}

#[test]
fn equal_names_are_all_candidates() {
    assert_eq!(marked(&["Georgia", "Georgia", "Tbilisi"], "in Georgia"), "in [Georgia|0,1]");
}

#[test]
fn a_name_whose_entry_has_no_room_for_its_place_is_compared_all_the_same() {
    let names: Vec<String> = (0..1100).map(|number| format!("Minsk Package {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(marked(&names, "MINSK PACKAGE 1099, Minsk Package 7"), "[MINSK PACKAGE 1099|1099], [Minsk Package 7|7]");
    assert_eq!(marked(&names, "Minsk package 1099"), "Minsk package 1099");
}

#[test]
fn russian_names_are_found_in_every_case() {
    let names = ["Сергей Лавров", "Лавров", "Совет Безопасности", "Минские соглашения", "ОБСЕ"];
    assert_eq!(marked(&names, "о Сергее Лаврове"), "о [Сергее Лаврове|0]");
    assert_eq!(marked(&names, "слова Лаврова в Совете Безопасности"), "слова [Лаврова|1] в [Совете Безопасности|2]");
    assert_eq!(marked(&names, "Минских соглашений и ОБСЕ"), "[Минских соглашений|3] и [ОБСЕ|4]");
    assert_eq!(marked(&names, "лавры, Лавра"), "лавры, Лавра");
}

#[test]
fn words_of_grammar_and_of_the_calendar_are_no_names() {
    let given = ["the", "in the", "и", "May", "Us", "2015", "—"];
    let all = given.iter().map(|text| Name { text, record: 0, role: None, case: CaseRule::of_name(text) });
    let gazetteer = Gazetteer::compile(all);
    assert_eq!(gazetteer.rejected().iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), given);
    assert_eq!(marked(&["US"], "the US and us"), "the [US|0] and us");
}

#[test]
fn a_place_that_is_a_common_word_needs_a_capital_inside_a_sentence() {
    assert_eq!(marked(&["Reading"], "Reading is easy, but Reading is far."), "Reading is easy, but [Reading|0] is far.");
}

#[test]
fn a_word_within_a_longer_unknown_name_is_not_the_shorter_name() {
    assert_eq!(marked(&["Washington"], "Denzel Washington came"), "Denzel Washington came");
    assert_eq!(marked(&["Washington"], "President Washington came"), "President [Washington|0] came");
}

#[test]
fn a_title_before_a_name_is_no_part_of_it() {
    assert_eq!(marked(&["Shoigu"], "Mr Shoigu, Dr Shoigu"), "Mr [Shoigu|0], Dr [Shoigu|0]");
}

#[test]
fn an_acronym_that_spells_a_common_word_is_told_by_its_capitals() {
    assert_eq!(marked(&["US"], "US officials and the US President"), "[US|0] officials and the [US|0] President");
    assert_eq!(marked(&["US"], "new US THAAD systems"), "new [US|0] THAAD systems");
    assert_eq!(marked(&["US"], "LET US GO, US TWO, let us go"), "LET US GO, US TWO, let us go");
}

#[test]
fn a_capital_that_opens_a_russian_sentence_says_nothing() {
    assert_eq!(
        marked(&["Лавров"], "Вчера Лавров выступил. Однако Лаврову ответили."),
        "Вчера [Лавров|0] выступил. Однако [Лаврову|0] ответили."
    );
    assert_eq!(marked(&["Ukraine"], "In Ukraine Monday was quiet"), "In [Ukraine|0] Monday was quiet");
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    /// The same by brute force: at every word the longest name that is there, spaces being equal.
    fn naive(names: &[String], text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let inside = at > 0 && text[..at].ends_with(char::is_alphanumeric);
            let best = names.iter().filter(|n| !inside && !n.is_empty()).filter_map(|n| length(n, &text[at..])).max();
            match best {
                Some(len) => {
                    found.push((at, at + len));
                    at += len;
                }
                None => at += text[at..].chars().next().map_or(1, char::len_utf8),
            }
        }
        found
    }

    fn length(name: &str, text: &str) -> Option<usize> {
        let (mut n, mut t) = (name, text);
        while !n.is_empty() {
            if n.starts_with(' ') {
                if !t.starts_with([' ', '\n']) {
                    return None;
                }
                (n, t) = (n.trim_start(), t.trim_start());
                continue;
            }
            let c = n.chars().next()?;
            t = t.strip_prefix(c)?;
            n = &n[c.len_utf8()..];
        }
        (!t.starts_with(char::is_alphanumeric)).then_some(text.len() - t.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn a_scan_finds_what_a_naive_search_finds(
            names in proptest::collection::vec("(Qa|Xb|zq|é|ж)([ ]{1,2}|-)?(Qa|Xb|zq|é|ж){1,2}(( |-)(Qa|zq))?", 1..12),
            text in "(Qa|Xb|zq|é|ж| |-|\n|, ){0,60}",
        ) {
            let text: String = text.replace("\n\n", "\n ");
            prop_assume!(text.split(|c: char| !c.is_whitespace()).all(|gap| gap.matches('\n').count() < 2));
            let all = names.iter().map(|text| Name { text, record: 0, role: None, case: CaseRule::Exact });
            let gazetteer = Gazetteer::compile(all);
            let view = gazetteer.table.view();
            let mut scanner = scan::Scanner::new(&view, &text, &|_| {});
            let (mut found, mut at) = (Vec::new(), 0);
            while let Some(word) = token::next_word(&text, at) {
                at = word.end;
                if let Some(hit) = scanner.longest(word) {
                    found.push((hit.start, hit.end));
                    at = hit.end;
                }
            }
            prop_assert_eq!(found, naive(&names, &text));
        }

        #[test]
        fn any_text_is_scanned_and_spans_slice_it(names in proptest::collection::vec(".{0,12}", 0..8), text in ".{0,200}") {
            let all = names.iter().map(|text| Name { text, record: 0, role: None, case: CaseRule::of_name(text) });
            let gazetteer = Gazetteer::compile(all);
            let mut last = 0;
            gazetteer.scan(&text, |hit| {
                assert!(!hit.name.slice(&text).is_empty() && hit.span.covers(hit.name) && !hit.senses.is_empty());
                assert!(hit.name.start >= last);
                last = hit.span.end;
            });
        }
    }
}
