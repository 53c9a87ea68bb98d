//! Figures as texts write them, and numbers that are none.

use super::*;
use crate::prose::Language;
use crate::text::blocks::WordBits;
use proptest::prelude::*;

fn figures(text: &str) -> Vec<Figure> {
    figures_in(text, Span::from(0..text.len()))
}

/// Those of one passage.
fn figures_in(text: &str, passage: Span) -> Vec<Figure> {
    let (mut found, mut places) = (Vec::new(), Places::default());
    let (words, bits) = (passage.slice(text), WordBits::of(passage.slice(text)));
    places.note(text, passage, &bits, &numerals(words, &bits));
    find(text, &places, &mut found);
    found
}

/// Figures stand in `[…]`.
#[track_caller]
fn check(marked: &str) {
    let text = marked.replace(['[', ']'], "");
    let mut got = text.clone();
    for figure in figures(&text).iter().rev() {
        got.insert(figure.span.end as usize, ']');
        got.insert(figure.span.start as usize, '[');
    }
    assert_eq!(got, marked);
}

#[test]
fn numbers_with_units() {
    check("It drove out [about 90,000 people] and [45,000 refugees].");
    check("[40–50 %] of them, [more than 12 per cent] there, and [3.5 percentage points] less.");
    check("It cost [$1.5 million], [€3bn], [USD 20], [5 million US dollars] or [some £200].");
    check("The shell killed [142 civilians] and left [20 wounded]; at least five were lost.");
    check("There were [142 households], [15 armed groups], [150 heavily armed soldiers].");
    check("They seized [120 km] of border, [3 tonnes] of arms and [20km] of road.");
}

#[test]
fn numbers_with_units_in_russian() {
    check("Бежали [около 90 тыс. человек], ещё [45 000 беженцев] вернулись.");
    check("Погибли [свыше ста человек]. Это [более 3,5 млн рублей], или [12 %], или [двадцать процентов].");
    check("[Не менее 30 раненых] и [двести солдат] ждали; [5 тыс. руб]. потеряно.");
    check("Построено [142 объектов].");
}

#[test]
fn numbers_in_words() {
    check("[Forty thousand people] left, [a dozen wounded] stayed, [twenty-two soldiers] fell.");
    check("[Half a million refugees] came; [two hundred and fifty thousand people] went.");
    check("[Thousands of refugees] crossed, [hundreds of thousands of people] waited.");
    check("One of them and two sides met five delegates, three times, for twelve months.");
    check("[At least three people] died.");
}

#[test]
fn an_abbreviated_magnitude_needs_its_number() {
    check("He moved to TN with a bn file, a mln more, млн и млрд.");
    check("It cost [5 bn], and [ten people] came.");
}

#[test]
fn approximators_alone() {
    check("The count stood at [nearly 500], then [up to 700], then 900.");
    check("It lasted [more than 20 years], not 20 years.");
    check("It grew to [1.5 million].");
}

#[test]
fn dates_years_times_and_ages() {
    check("On 9 November 2020, on November 9, since 2013 and around 2015, in the 1990s and 2014–2015.");
    check("In 2016 forces entered; by May 2014 groups left; 2020-11-09, 9.11.2020, 11/9.");
    check("At 11:30, at 5 p.m., at about 10 am; a man aged 34, a 34-year-old, 34 years old.");
    check("9 ноября 2020 года, в 2014 г., до 2015 года, в 1990-х, в возрасте 34 лет.");
}

#[test]
fn numbers_that_name() {
    check("Article 41, articles 25 and 49, paras. 14–16, resolution 2254 (2015), S/RES/2202, page 55.");
    check("G20 leaders, Boeing 737 planes, COVID-19 cases, version 2.1.0 users, No. 5, #12, +7 495 123-45-67.");
    check("The 15 members met for the 3rd time, and the 27 countries agreed 3–2.");
    check("Статья 41, п. 3, ст. 25 и 49, резолюция 2254, № 500, 5-й полк.");
}

#[test]
fn formulas_names_and_methods() {
    check("Where $g=$ 0.58 and $x = 1$, the 95% confidence interval at 59.17°N; the 14 Mile Area; 2^4 models.");
    check("It was [30 °C]; [tens of thousands of civilians] and [640 police personnel] came, [2,000 displaced persons] left.");
    check("They wait up to 30 days, over four years, at least 20 days; it took [nearly 12 months].");
}

#[test]
fn values() {
    let values = |text: &str| {
        let show =
            |f: &Figure| format!("{}{} {}", f.value, f.upper.map_or(String::new(), |u| format!("–{u}")), f.unit.as_deref().unwrap_or("-"));
        figures(text).iter().map(show).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(
        values("40–50 million people, between 5 and 7 tonnes, 1.5 million to 2 million dollars"),
        "40000000–50000000 people; 5–7 t; 1500000–2000000 USD"
    );
    assert_eq!(values("90\u{a0}000 человек, 3,5 млн евро, 90 thousand men"), "90000 people; 3500000 EUR; 90000 men");
    assert_eq!(
        values("two hundred and fifty thousand people, half a million soldiers, a dozen people"),
        "250000 people; 500000 soldiers; 12 people"
    );
    assert_eq!(values("тридцать пять человек, двести тысяч рублей"), "35 people; 200000 RUB");
    assert_eq!(values("$3m, 12,345,678 rubles, 7.25%"), "3000000 USD; 12345678 RUB; 7.25 %");
}

#[test]
fn approximation_is_told() {
    let told: Vec<_> = figures("about 90 people, 90 people, ~90 people, около 90 человек").iter().map(|f| f.approximate).collect();
    assert_eq!(told, [true, false, true, true]);
}

proptest! {
    #[test]
    fn spans_are_sorted_inside_and_on_characters(parts in prop::collection::vec(prop::sample::select(vec![
        "1", "90", ",", "000", ".", " ", "\u{a0}", "–", "-", "$", "€", "%", "тыс.", "million", "people", "about", "hundred", "and", "двести", "𝕏", "°", "\n", "of", "thousands",
    ]), 0..24), any in ".{0,12}") {
        let text = format!("é{}{any}", parts.concat());
        let mut at = 2;
        for figure in figures_in(&text, Span::from(2..text.len())) {
            prop_assert!(figure.span.start >= at || figure.number.start >= at, "{text:?} {figure:?}");
            prop_assert!(figure.span.covers(figure.number) && text.get(figure.span.range()).is_some() && text.get(figure.number.range()).is_some());
            prop_assert!(figure.value.is_finite() && figure.upper.is_none_or(|u| u > figure.value));
            at = figure.span.end;
        }
    }
}

#[test]
#[ignore = "for whoever tends the lists: figures of a file named by FIGURES, a line each"]
fn each_figure() {
    let Some(text) = std::env::var("FIGURES").ok().and_then(|path| std::fs::read_to_string(path).ok()) else { return };
    for line in text.lines() {
        for figure in figures(line) {
            let (from, to) = (
                line.floor_char_boundary((figure.span.start as usize).saturating_sub(40)),
                line.ceil_char_boundary(figure.span.end as usize + 30),
            );
            println!(
                "{}[{}]{}\t{:?}",
                &line[from..figure.span.start as usize],
                figure.span.slice(line),
                &line[figure.span.end as usize..to],
                figure.unit
            );
        }
    }
}

#[test]
#[ignore = "for measuring: megabytes a second over the file named by FIGURES, in the fast profile"]
fn speed() {
    let Some(text) = std::env::var("FIGURES").ok().and_then(|path| std::fs::read_to_string(path).ok()) else { return };
    let passages: Vec<Span> = text.lines().filter(|l| !l.is_empty()).map(|l| Span::of(l, &text)).collect();
    let time = |name: &str, run: &mut dyn FnMut(Span) -> usize| {
        let mut found = 0;
        for _ in 0..2 {
            let start = std::time::Instant::now();
            found = passages.iter().map(|&p| run(p)).sum();
            println!("{name}: {found} in {:.0} MB/s", text.len() as f64 / 1e6 / start.elapsed().as_secs_f64());
        }
        found
    };
    let (mut sentences, mut phrases) = (Vec::new(), Vec::new());
    time("figures", &mut |p| figures_in(&text, p).len());
    time("sentences", &mut |p| {
        sentences.clear();
        crate::prose::sentences::split(&text, p, 0, Language::English, &mut sentences);
        sentences.len()
    });
    time("phrases", &mut |p| {
        phrases.clear();
        crate::prose::phrases::find(&text, p, Language::English, &mut phrases);
        phrases.len()
    });
}
