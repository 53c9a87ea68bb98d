//! Thousands of true quotations, changed by rule: what changes the meaning is found always, what does not never.

use super::*;
use crate::text::Span;

const NEWS: [&str; 2] = [include_str!("../../../fixtures/prose/news_en.txt"), include_str!("../../../fixtures/prose/news_ru.txt")];

/// Paragraphs with figures, units and signs, which the news are short of.
const FIGURES: &[&str] = &[
    "About 1.5 million people, 12% of them children, had crossed the river by 14 May; 90,000 tonnes of grain cost $4.2 billion, not $42 billion.",
    "The wall is 3,200 metres long and 4.5 metres high; at −5 °C it shrinks by 0.3 per cent, and nobody measured it in 1987.",
    "Около 1,5 млн человек, из них 12 % детей, перешли реку к 14 мая; 90 000 тонн зерна стоили 4,2 млрд рублей, а не 42 млрд.",
    "Стена длиной 3200 м и высотой 4,5 м; при −5 °C она сжимается на 0,3 %, и в 1987 году её никто не мерил.",
];

/// Numbers by rule, the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % n.max(1)
    }
}

fn paragraphs() -> Vec<String> {
    let lines = NEWS.iter().flat_map(|file| file.lines()).filter(|l| !l.is_empty() && !l.starts_with('#'));
    lines.map(|l| l.replace(['{', '}'], "")).chain(FIGURES.iter().map(|s| (*s).to_owned())).collect()
}

/// The words between spaces, without marks and in small letters: what a patient reader would compare.
fn plain(text: &str) -> String {
    let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && !"%°$−".contains(c)).to_lowercase().replace('ё', "е");
    let words = text.split(|c: char| c.is_whitespace() || "—–…-".contains(c)).map(word).filter(|w| !w.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

fn stands(source: &Wording, quoted: &str) -> bool {
    source.find(&Quoted::of(quoted, [Span::from(0..quoted.len())])).is_some()
}

/// A run of words of a paragraph.
fn quotation<'p>(paragraph: &'p str, dice: &mut Dice) -> Option<Vec<&'p str>> {
    let words: Vec<&str> = paragraph.split(' ').collect();
    let len = 6 + dice.below(14);
    let from = dice.below(words.len().checked_sub(len)? + 1);
    Some(words[from..from + len].to_vec())
}

/// Whether a word turns the meaning of those beside it.
fn turns(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let small = [
        "not",
        "no",
        "never",
        "nobody",
        "nothing",
        "none",
        "nor",
        "cannot",
        "without",
        "без",
        "не",
        "ни",
        "нет",
        "никто",
        "никого",
        "ничего",
        "никогда",
        "нельзя",
    ];
    small.contains(&bare.as_str()) || bare.ends_with("n't") || bare.ends_with("n’t")
}

/// Whether a word turns those beside it, and none of them does so too: "nobody ever", «никто не».
fn alone(words: &[String], i: usize) -> bool {
    turns(&words[i]) && !turns(&words[i - 1]) && !turns(&words[i + 1]) && words[i + 1].starts_with(char::is_alphanumeric)
}

fn ends_clause(word: &str) -> bool {
    word.ends_with(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || c == '$' || c == '−')
}

/// Whether a word says what a number counts in.
fn counts(word: &str) -> bool {
    ["million", "billion", "per", "%", "°C", "млн", "млрд"].contains(&word.trim_end_matches([',', '.']))
}

/// The quotation with something else in the place of one word, never of the first or last.
fn harmful(words: &[&str], dice: &mut Dice, russian: bool) -> (&'static str, String) {
    let pick = |en: &'static str, ru: &'static str| if russian { ru } else { en };
    let mut all: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
    let at = 1 + dice.below(words.len() - 2);
    let with_digits = |all: &[String]| (0..all.len()).find(|&i| all[i].contains(|c: char| c.is_ascii_digit()));
    let name = |all: &[String]| (1..all.len()).find(|&i| all[i].starts_with(char::is_uppercase));
    let gap = ["…", "...", "[…]", "[...]"][dice.below(4)];
    let what = match dice.below(13) {
        9 => match (1..all.len() - 1).find(|&i| alone(&all, i)) {
            Some(i) => {
                all[i] = gap.to_owned();
                "a not under an ellipsis"
            }
            None => {
                all.insert(at, pick("[not]", "[не]").to_owned());
                "a not in brackets"
            }
        },
        10 => match (1..all.len() - 2).find(|&i| alone(&all, i) && !all[i..=i + 1].iter().any(|w| ends_clause(w)) && !turns(&all[i + 2])) {
            Some(i) => {
                all.splice(i..=i + 1, [gap.to_owned()]);
                "a not and its verb under an ellipsis"
            }
            None => {
                all.swap(at, at - 1);
                "another order"
            }
        },
        11 => match (1..all.len() - 2).find(|&i| is_number(&all[i]) && counts(&all[i + 1])) {
            Some(i) => {
                all[i + 1] = gap.to_owned();
                "the unit under an ellipsis"
            }
            None => {
                all[at] = pick("twelve", "двенадцать").to_owned();
                "a number in words"
            }
        },
        12 => match (1..all.len() - 1).find(|&i| counts(&all[i])) {
            Some(i) => {
                all[i] = pick("thousand", "тысяч").to_owned();
                "another unit"
            }
            None => {
                all.insert(at, pick("nobody", "никто").to_owned());
                "nobody"
            }
        },
        0 => {
            all[at] = pick("lantern", "светильник").to_owned();
            "swapped"
        }
        1 => {
            all.remove(at);
            "dropped"
        }
        2 => {
            all.insert(at, pick("certainly", "безусловно").to_owned());
            "added"
        }
        3 => {
            all.insert(at, pick("not", "не").to_owned());
            "negated"
        }
        4 => {
            all.swap(at, at.saturating_sub(1));
            "exchanged"
        }
        5 => match with_digits(&all) {
            Some(i) => {
                let digit = all[i].find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                let other = if all[i].as_bytes()[digit] == b'7' { "3" } else { "7" };
                all[i].replace_range(digit..=digit, other);
                "number"
            }
            None => {
                all.insert(at, "17".to_owned());
                "number added"
            }
        },
        6 => match all.iter().position(|w| ["1.5", "4.2", "0.3", "4.5", "1,5", "4,2", "0,3", "4,5"].iter().any(|n| w.contains(n))) {
            Some(i) => {
                all[i] = all[i].replace(['.', ','], "");
                "decimal mark"
            }
            None => {
                all[at].push('s');
                "one letter"
            }
        },
        7 => match (1..all.len()).find(|&i| all[i].contains(['%', '$', '°'])) {
            Some(i) => {
                all[i] = all[i].replace('%', "‰").replace('$', "€").replace('°', "");
                "unit"
            }
            None => {
                all[at] = pick("kilometres", "километров").to_owned();
                "unit word"
            }
        },
        _ => match name(&all) {
            Some(i) => {
                all[i] = pick("Petersen", "Петерсен").to_owned();
                "name"
            }
            None => {
                all[at] = pick("never", "никогда").to_owned();
                "never"
            }
        },
    };
    (what, all.join(" "))
}

/// The quotation written otherwise, in one way or several.
fn harmless(words: &[&str], dice: &mut Dice, russian: bool) -> (&'static str, String) {
    let text = words.join(" ");
    let mut all: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
    let at = 1 + dice.below(words.len() - 2);
    let other_case = |text: &str| {
        let first = text.chars().next().unwrap_or(' ');
        let turned: String = if first.is_lowercase() { first.to_uppercase().collect() } else { first.to_lowercase().collect() };
        turned + &text[first.len_utf8()..]
    };
    let gap = ["…", "...", "[…]", "[...]"][dice.below(4)];
    // What turns the meaning, or a number's unit, cannot be left out.
    let needed = |i: usize| turns(&all[i]) || i > 0 && counts(&all[i]) && is_number(&all[i - 1]);
    let way = if needed(at) || needed(at + 1) { 3 + dice.below(9) } else { dice.below(12) };
    match way {
        0 => {
            all[at] = gap.to_owned();
            ("ellipsis", all.join(" "))
        }
        1 => {
            all.splice(at..(at + 2).min(words.len() - 1), [gap.to_owned()]);
            ("long ellipsis", all.join(" "))
        }
        2 => {
            all[at] = if russian { "[он]" } else { "[the mayor]" }.to_owned();
            ("brackets", all.join(" "))
        }
        3 => ("first letter", other_case(&text)),
        4 => ("dashes", text.replace(['—', '–'], " - ").replace(" - ", " — ")),
        5 => ("marks", text.replace(['“', '«', '”', '»'], "\"").replace('’', "'")),
        6 => ("wide spaces", text.replace(' ', "  ")),
        7 => ("line ends", text.replace(' ', "\r\n")),
        8 => ("spaces that hold", text.replace(' ', "\u{a0}")),
        9 => {
            let halves = |w: &str| match w.char_indices().nth(3) {
                Some((i, c)) if w[..i].chars().all(char::is_alphabetic) && c.is_alphabetic() => format!("{}\u{ad}{}", &w[..i], &w[i..]),
                _ => w.to_owned(),
            };
            ("soft hyphens", words.iter().map(|w| halves(w)).collect::<Vec<_>>().join(" "))
        }
        10 => ("ё and accents", text.replace('ё', "е").replace('й', "и\u{306}").replace('é', "e\u{301}")),
        _ => ("marks around", format!("«{}»…", text.trim_end_matches([',', '.', ';', ':']))),
    }
}

#[test]
fn harmful_changes_are_always_found_and_harmless_ones_never() {
    let paragraphs = paragraphs();
    let text = paragraphs.join("\n\n");
    let source = Wording::of(&text, [Span::from(0..text.len())]);
    let known = plain(&text);
    let mut dice = Dice(2026);
    let (mut bad, mut good, mut wrong) = (0, 0, Vec::new());
    for round in 0..6000 {
        let paragraph = if round % 4 == 0 { FIGURES[dice.below(FIGURES.len())] } else { &paragraphs[dice.below(paragraphs.len())] };
        let Some(words) = quotation(paragraph, &mut dice) else { continue };
        let russian = paragraph.contains(|c: char| ('а'..='я').contains(&c));
        let (what, changed) = harmful(&words, &mut dice, russian);
        // Two words alike exchanged, or a name for itself, change nothing.
        if !known.contains(&plain(&changed)) {
            bad += 1;
            if stands(&source, &changed) {
                wrong.push(format!("not found ({what}): {changed}"));
            }
        }
        let (what, changed) = harmless(&words, &mut dice, russian);
        good += 1;
        if !stands(&source, &changed) {
            wrong.push(format!("flagged ({what}): {changed}"));
        }
    }
    eprintln!("{bad} harmful changes, {good} harmless ones, {} judged wrongly", wrong.len());
    assert!(bad > 2500 && good > 3000, "{bad} {good}");
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong[..wrong.len().min(30)].join("\n"));
}
