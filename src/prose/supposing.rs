//! Sentences that suppose, and assert nothing: "Imagine a town of 10,000 people", «Допустим, пришли 200 человек».
//!
//! Not here: plans and forecasts, which are claims about what will be, and conditions ("if 90,000 people left"), which often
//! hide one.

/// How a sentence begins that supposes something.
const BEGINNINGS: &[&str] = &[
    "imagine ",
    "suppose ",
    "assume ",
    "assuming ",
    "in our example",
    "in this example",
    "let us ",
    "let's ",
    "let’s ",
    "say you ",
    "say that ",
    "say we ",
    "consider a ",
    "we can ",
    "we could ",
    "you can ",
    "you could ",
    "представим",
    "представьте",
    "допустим",
    "предположим",
    "пусть ",
    "вообразим",
];

/// Whether a sentence supposes what it says.
#[must_use]
pub fn supposes(sentence: &str) -> bool {
    let head = sentence.trim_start();
    let letters = || head.chars().flat_map(char::to_lowercase);
    let first = letters().next();
    BEGINNINGS.iter().any(|beginning| {
        // Most sentences are told by their first letter.
        if beginning.chars().next() != first {
            return false;
        }
        let mut letters = letters();
        beginning.chars().all(|letter| letters.next() == Some(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_supposition_is_known_by_how_it_begins() {
        assert!(supposes("Imagine a town of 10,000 people."));
        assert!(supposes("We can simulate ten thousand elections."));
        assert!(supposes("Допустим, пришли 200 человек."));
        assert!(!supposes("The town has 10,000 people."));
        assert!(!supposes("Saying so, he sold 10,000 shares."));
    }
}
