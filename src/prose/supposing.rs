//! Sentences that suppose, and assert nothing: "Imagine a town of 10,000 people", «Допустим, пришли 200 человек».
//!
//! Not here: plans and forecasts, which are claims about what will be, and most conditions ("if 90,000 people left"), which often
//! hide one.

use std::sync::LazyLock;

use memchr::memmem;

use super::signs::Literals;

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
static WITHIN: LazyLock<Literals> = LazyLock::new(|| {
    Literals::of([
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
    ])
});

/// Whether a sentence supposes what it says.
#[must_use]
pub fn supposes(sentence: &str) -> bool {
    let sentence = sentence.trim_start();
    let head = behind_lead(sentence);
    // "For example, a model can reach 0 %": what may be, of anything.
    let possible = || [" can ", " could ", " may ", " might "].iter().any(|may| memmem::find(head.as_bytes(), may.as_bytes()).is_some());
    begun(head, IMAGINING, IMAGINING_HEADS).is_some()
        || begun(head, BEGINNINGS, BEGINNING_HEADS).is_some()
        || head.len() < sentence.len() && possible()
        || WITHIN.stand_in(sentence)
}

/// Whether a sentence asks to imagine something: what follows in its paragraph is part of it.
#[must_use]
pub fn imagines(sentence: &str) -> bool {
    begun(behind_lead(sentence.trim_start()), IMAGINING, IMAGINING_HEADS).is_some()
}

fn behind_lead(sentence: &str) -> &str {
    let lead = begun(sentence, LEADS, LEAD_HEADS);
    lead.and_then(|lead| sentence.char_indices().nth(lead.chars().count())).map_or(sentence, |(at, _)| &sentence[at..])
}

/// Beginnings by their first letter: one bit each.
const LEAD_HEADS: u32 = heads(LEADS);
const IMAGINING_HEADS: u32 = heads(IMAGINING);
const BEGINNING_HEADS: u32 = heads(BEGINNINGS);

const fn heads(beginnings: &[&str]) -> u32 {
    let (mut heads, mut at) = (0, 0);
    while at < beginnings.len() {
        heads |= head(beginnings[at]);
        at += 1;
    }
    heads
}

/// The bit of the first letter: one of ASCII has its own whatever its case.
const fn head(words: &str) -> u32 {
    match words.as_bytes() {
        [first, ..] if first.is_ascii_alphabetic() => 1 << (*first & 0x1F),
        _ => 1,
    }
}

/// The first of the beginnings with which words begin. Most sentences are told by their first letter.
fn begun<'a>(words: &str, beginnings: &[&'a str], heads: u32) -> Option<&'a str> {
    let head_of_words = head(words);
    if heads & head_of_words == 0 {
        return None;
    }
    // Of words in ASCII the second letter tells as well.
    let second = |words: &str| words.as_bytes().get(1).filter(|byte| byte.is_ascii()).map(|byte| byte | 0x20);
    let second_of_words = second(words).filter(|_| head_of_words != 1);
    let may_begin =
        |beginning: &str| head(beginning) == head_of_words && (second_of_words.is_none() || second(beginning) == second_of_words);
    beginnings.iter().copied().find(|beginning| may_begin(beginning) && begins(words, beginning))
}

/// Whether words begin so, whatever the case; `beginning` is in small letters.
fn begins(words: &str, beginning: &str) -> bool {
    if let Some(words) = words.as_bytes().get(..beginning.len()).filter(|words| words.is_ascii()) {
        return words.eq_ignore_ascii_case(beginning.as_bytes());
    }
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
