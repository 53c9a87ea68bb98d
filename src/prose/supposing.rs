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

/// Words of a text about its own work, likewise.
static OWN: LazyLock<Literals> = LazyLock::new(|| {
    let words = ["ur experience", "e examined", "e simulated", "e trained", "n the output", "о нашему опыту", "ы опросили"];
    Literals::of(words)
});

/// Words of ASCII of which one stands wherever one of those does; those of eight letters and more stand for longer ones as well.
pub(super) const TELLING: &[&str] = &[
    "would",
    "were",
    "example",
    "examples",
    "imaginary",
    "fictitious",
    "hypothetical",
    "experience",
    "examined",
    "simulated",
    "trained",
    "output",
    "outputs",
];

/// Whether a sentence tells what its authors did themselves.
#[must_use]
pub fn tells_own(sentence: &str) -> bool {
    OWN.stand_in(sentence)
}

/// Whether a sentence supposes what it says. `may`: whether words may stand in it that suppose wherever they stand.
#[must_use]
pub fn supposes(sentence: &str, may: bool) -> bool {
    let sentence = sentence.trim_start();
    let head = behind_lead(sentence);
    // "For example, a model can reach 0 %": what may be, of anything.
    let possible = || [" can ", " could ", " may ", " might "].iter().any(|may| memmem::find(head.as_bytes(), may.as_bytes()).is_some());
    begun(head, IMAGINING, &IMAGINING_HEADS).is_some()
        || begun(head, BEGINNINGS, &BEGINNING_HEADS).is_some()
        || head.len() < sentence.len() && possible()
        || may && WITHIN.stand_in(sentence)
}

/// Whether a sentence asks to imagine something: what follows in its paragraph is part of it.
#[must_use]
pub fn imagines(sentence: &str) -> bool {
    begun(behind_lead(sentence.trim_start()), IMAGINING, &IMAGINING_HEADS).is_some()
}

fn behind_lead(sentence: &str) -> &str {
    let lead = begun(sentence, LEADS, &LEAD_HEADS);
    lead.and_then(|lead| sentence.char_indices().nth(lead.chars().count())).map_or(sentence, |(at, _)| &sentence[at..])
}

/// How beginnings begin: for each first letter a bit for each second one.
type Pairs = [u32; 32];

const LEAD_HEADS: Pairs = heads(LEADS);
const IMAGINING_HEADS: Pairs = heads(IMAGINING);
const BEGINNING_HEADS: Pairs = heads(BEGINNINGS);

const fn heads(beginnings: &[&str]) -> Pairs {
    let (mut heads, mut at) = ([0; 32], 0);
    while at < beginnings.len() {
        let (first, seconds) = head(beginnings[at]);
        heads[first] |= seconds;
        at += 1;
    }
    heads
}

/// The first letter, one of ASCII whatever its case, and the bit of the second; all bits where a letter beyond ASCII is one of them.
const fn head(words: &str) -> (usize, u32) {
    match words.as_bytes() {
        [first, second, ..] if first.is_ascii_alphabetic() && second.is_ascii() => ((*first & 0x1F) as usize, 1 << (*second & 0x1F)),
        [first, ..] if first.is_ascii_alphabetic() => ((*first & 0x1F) as usize, u32::MAX),
        _ => (0, u32::MAX),
    }
}

/// The first of the beginnings with which words begin. Most sentences are told by their first two letters.
fn begun<'a>(words: &str, beginnings: &[&'a str], heads: &Pairs) -> Option<&'a str> {
    let (first, second) = head(words);
    if heads[first % heads.len()] & second == 0 {
        return None;
    }
    let two = first_two(words)?;
    beginnings.iter().copied().find(|beginning| beginning.as_bytes().first_chunk() == Some(&two) && begins(words, beginning))
}

/// The first two bytes of words, in small letters: two letters of ASCII, or one of another alphabet.
fn first_two(words: &str) -> Option<[u8; 2]> {
    match words.as_bytes() {
        [first, second, ..] if first.is_ascii() => Some([first | 0x20, second | 0x20]),
        _ => {
            let (mut letter, small) = ([0; 4], words.chars().next()?.to_lowercase().next()?);
            small.encode_utf8(&mut letter);
            Some([letter[0], letter[1]])
        }
    }
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
        let say = |sentence| supposes(sentence, true);
        assert!(say("Imagine a town of 10,000 people."));
        assert!(say("As an example, suppose 500 people vote."));
        assert!(say("We can simulate ten thousand elections."));
        assert!(say("That means that, if we were to ask 1000 people, most would agree."));
        assert!(say("For example, a model can reach 0% of them."));
        assert!(say("Допустим, пришли 200 человек."));
        assert!(say("Если бы пришли 200 человек, им не хватило бы места."));
        assert!(!say("The town has 10,000 people."));
        assert!(!say("Saying so, he sold 10,000 shares."));
        assert!(!say("For example, 10,000 people left in May."));
        assert!(imagines("To illustrate this, imagine a town."));
        assert!(!imagines("We can simulate ten thousand elections."));
    }
}
