//! Where sentences end, and where they do not.

use super::*;
use proptest::prelude::*;

fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    split(text, Span::from(0..text.len()), 0, Language::English, &mut found);
    found.iter().map(|s| s.span.slice(text)).collect()
}

/// Sentences are parted by ` | `.
#[track_caller]
fn check(marked: &str) {
    let text = marked.replace(" | ", " ");
    assert_eq!(sentences(&text).join(" | "), marked);
}

#[test]
fn marks_end_sentences() {
    check("The talks opened. | The press waited.");
    check("Who signed it? | Nobody knew.");
    check("They left! | The hall was empty.");
    check("Really?! | Yes. | Really!! | No.");
    check("Он приехал. | Мы ждали. | Кто подписал? | Никто не знает.");
}

#[test]
fn dots_inside_words_do_not() {
    check("It cost $2.50. | It was cheap.");
    check("Write to Anna.Berg@example.org. | She answers.");
    check("See https://www.example.org/a.b/c.html. | It is there.");
    check("Version 2.1.0 is out. | Цена выросла на 3.5 процента.");
    check("Look under N°. 22.481.7. | There it lies.");
}

#[test]
fn titles_and_initials() {
    check("Sen. Brown met Gen. Ivanov and Dr. Lee. | They spoke.");
    check("Maria T. Keller signed with J. R. R. Brown and P.D. James. | It was late.");
    check("It was between you and I. | Then Karl I. Brown came.");
    check(
        "Это написал А. С. Пушкин. | Н. В. Гоголь согласился. | Лавров С. В. Он уехал."
            .replace(" | Лавров С. В. Он", " | Лавров С. В. | Он")
            .as_str(),
    );
    check("Театр им. Вахтангова стоит в г. Москве, на ул. Арбат. | Там людно.");
}

#[test]
fn numbers_of_things() {
    check("See p. 12 and pp. 14–16 of vol. 3. | It is clear.");
    check("Under Art. 5 and paras. 14–16 of Res. 2202 it ended. | See ch. IV and No. 7.");
    check("Was it signed? | No. | It was not.");
    check("No. | I know nothing.");
    check("См. ст. 5, п. 3 и с. 15. | Это важно.");
}

#[test]
fn abbreviations_that_may_end() {
    check("He works for the U.S. Government and the U.N. Secretariat. | It pays.");
    check("They live in the E.U. | How about us?");
    check("It was sold to Ivanov & Co. at noon. | It was bought by Brown and co. | They paid.");
    check("At 9 a.m. Mr. Brown rose. | He slept until 6 P.M. | Mr. Brown then ate.");
    check("В 2015 г. Россия подписала его. | Это было в 2014 г. | Они помнят.");
    check("Пришли послы, министры и др. | Они ждали. | Дали хлеб, т. е. еду, и 5 тыс. руб. | Этого мало.");
    check("That is Karl Brown Jr.'s house near 4th st. by St. Anne's.");
}

#[test]
fn quotations_go_on() {
    check("He turned, \"It is late.\" she said.");
    check("He turned, \"It is late.\" | She left the room.");
    check("\"Is it over?\" Lavrov asked. | \"It is!\" the minister said.");
    check("\"We will come. | We will stay,\" he said. | “Good.” | They left.");
    check("«Мы придём!» — сказал он. | «Хорошо». | Они ушли.");
    check("— Пора? — спросил он. | — Пора.");
    check("\"It ended.\" (Brown 12). | The rest is known.");
}

#[test]
fn brackets_and_notes() {
    check("He taught (He had been a clerk before.) at the school. | He left.");
    check("\"They [...] used the word [...]\" (Brown 12).");
    check("It is known.[12] | The next is not. [3] | The last is.");
}

#[test]
fn ellipses() {
    check("I meant ... well, you see...and . . . I did not mean it.");
    check("I never said so.... | He left.");
    check("Leave the words out . . . . | The next begins.");
    check("It was often done. | . . . The habit stayed. . . .");
    check("Ну… ладно. | Я подумал… | Он ушёл.");
}

#[test]
fn lists_in_one_run() {
    check("1.) The first thing | 2.) The second thing");
    check("1) The first thing. | 2) The second thing.");
    check("1. The first thing | 2. The second thing | 3. The third thing");
    check("a. The first thing | b. The second thing | c. The third thing");
    check("• 4. The first thing | • 5. The second thing");
    check("⁃4. The first thing | ⁃5. The second thing");
    check("1. As in paragraph 2. | The rest stands.");
    check("14. Decides to remain seized of the matter.");
}

#[test]
fn line_ends_part_only_items() {
    assert_eq!(sentences("The talks went\non. They\nended."), ["The talks went\non.", "They\nended."]);
    assert_eq!(sentences("We need:\r\n- bread\r\n- water"), ["We need:", "- bread", "- water"]);
    assert_eq!(sentences("1) bread\n2) water\n\nAnd more"), ["1) bread", "2) water", "And more"]);
    assert_eq!(sentences("  \n "), [""; 0]);
}

proptest! {
    #[test]
    fn spans_are_sorted_disjoint_and_cover_all_words(parts in prop::collection::vec(prop::sample::select(vec![
        "U.S.", " ", ".", "\"", "1.", "2)", "\n", "…", "•", "Он", "г.", "𝕏", "a", "B.", "[12]", ")", "(", "?", "!", "\u{a0}", "- ", "слово", "The",
    ]), 0..40), any in ".{0,12}") {
        let text = format!("ab\n{}{any}", parts.concat());
        let passage = Span::from(3..text.len());
        let mut found = Vec::new();
        split(&text, passage, 7, Language::Russian, &mut found);
        let mut at = 3usize;
        for sentence in &found {
            let range = sentence.span.range();
            prop_assert!(range.start >= at && range.end <= text.len() && sentence.passage == 7);
            prop_assert!(text[at..range.start].trim().is_empty());
            let words = &text[range.clone()];
            prop_assert!(!words.is_empty() && words.trim() == words);
            at = range.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }
}
