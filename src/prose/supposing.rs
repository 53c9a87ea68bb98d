//! Sentences that suppose, and assert nothing: "Imagine a town of 10,000 people", «Допустим, пришли 200 человек».
//!
//! Not here: plans and forecasts, which are claims about what will be, and most conditions ("if 90,000 people left"), which often
//! hide one.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

/// How a sentence begins that supposes something, and with it what follows in its paragraph.
const IMAGINING: &[&str] = &[
    "imagine ",
    "suppose ",
    "assume ",
    "assuming ",
    "say you ",
    "say that ",
    "say we ",
    "consider a ",
    "consider an ",
    "представим",
    "представьте",
    "допустим",
    "предположим",
    "вообразим",
];

/// How a sentence begins that supposes something itself.
const BEGINNINGS: &[&str] = &[
    "in our example",
    "in this example",
    "let us ",
    "let's ",
    "let’s ",
    "we can ",
    "we could ",
    "you can ",
    "you could ",
    "if we ",
    "if you ",
    "if one ",
    "if a ",
    "if an ",
    "пусть ",
];

/// What may stand before such a beginning.
const LEADS: &[&str] = &[
    "as an example, ",
    "for example, ",
    "for instance, ",
    "to exemplify this, ",
    "to illustrate this, ",
    "to illustrate, ",
    "now ",
    "now, ",
    "например, ",
    "к примеру, ",
];

/// Words anywhere in a sentence that supposes; the first letter, which may be a capital, is left out.
static WITHIN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = [
        "f we would ",
        "f we were ",
        "f you were ",
        "n our example",
        "n this example",
        "n the example",
        "maginary",
        "ictitious",
        "ypothetical",
        " нашем примере",
        " этом примере",
        "сли бы ",
        "ымышленн",
    ];
    Regex::new(&words.join("|")).ok()
});

/// Whether a sentence supposes what it says.
#[must_use]
pub fn supposes(sentence: &str) -> bool {
    let sentence = sentence.trim_start();
    let head = behind_lead(sentence);
    // "For example, a model can reach 0 %": what may be, of anything.
    let possible = || [" can ", " could ", " may ", " might "].iter().any(|may| memmem::find(head.as_bytes(), may.as_bytes()).is_some());
    begins_with(head, IMAGINING)
        || begins_with(head, BEGINNINGS)
        || head.len() < sentence.len() && possible()
        || WITHIN.as_ref().is_some_and(|within| within.is_match(sentence))
}

/// Whether a sentence asks to imagine something: what follows in its paragraph is part of it.
#[must_use]
pub fn imagines(sentence: &str) -> bool {
    begins_with(behind_lead(sentence.trim_start()), IMAGINING)
}

fn behind_lead(sentence: &str) -> &str {
    // Most sentences are told by their first letter.
    let first = first_letter(sentence);
    let lead = LEADS.iter().find(|lead| first_letter(lead) == first && begins(sentence, lead));
    lead.and_then(|lead| sentence.char_indices().nth(lead.chars().count())).map_or(sentence, |(at, _)| &sentence[at..])
}

fn begins_with(words: &str, beginnings: &[&str]) -> bool {
    let first = first_letter(words);
    beginnings.iter().any(|beginning| first_letter(beginning) == first && begins(words, beginning))
}

/// Of words in ASCII their first letter, whatever its case; of others nothing, so that they are read.
fn first_letter(words: &str) -> u8 {
    words.bytes().next().filter(u8::is_ascii).map_or(0, |byte| byte | 0x20)
}

/// Whether words begin so, whatever the case; `beginning` is in small letters.
fn begins(words: &str, beginning: &str) -> bool {
    let mut letters = words.chars().flat_map(char::to_lowercase);
    beginning.chars().all(|letter| letters.next() == Some(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supposition_is_known_by_its_words() {
        assert!(supposes("Imagine a town of 10,000 people."));
        assert!(supposes("As an example, suppose 500 people vote."));
        assert!(supposes("We can simulate ten thousand elections."));
        assert!(supposes("That means that, if we were to ask 1000 people, most would agree."));
        assert!(supposes("For example, a model can reach 0% of them."));
        assert!(supposes("Допустим, пришли 200 человек."));
        assert!(supposes("Если бы пришли 200 человек, им не хватило бы места."));
        assert!(!supposes("The town has 10,000 people."));
        assert!(!supposes("Saying so, he sold 10,000 shares."));
        assert!(!supposes("For example, 10,000 people left in May."));
        assert!(imagines("To illustrate this, imagine a town."));
        assert!(!imagines("We can simulate ten thousand elections."));
    }
}
