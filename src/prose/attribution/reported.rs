//! Whose words are in marks where a sentence has no verb of speech that is known: by what tells it all the same.
//!
//! The words are data (`lexicon/shapes_*.txt`). Asked only where a quotation would have no speaker otherwise.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::cues::{Small, Who};
use super::speakers::{Sentence, Subject};
use super::tokens::Kind;
use crate::prose::{lexicon, quotes};
use crate::text::letters;

/// Tokens of a sentence that are looked at.
const LONGEST: usize = 60;

/// Tokens between a noun of speech and its "that".
const NEAR: usize = 12;

/// Words between a document and its verb.
const NEAR_VERB: usize = 5;

/// Words of the data with their classes.
struct Shapes {
    /// A bit for each length and last byte that a word has: most words have none of them.
    ends: [u64; 64],
    words: FxHashSet<(&'static str, &'static str)>,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let lines = lexicon::SHAPES.into_iter().flat_map(lexicon::entries);
    let words: FxHashSet<_> = lines.flat_map(|line| line.words.split(' ').map(move |word| (line.class, word))).collect();
    let mut ends = [0; 64];
    for (_, word) in &words {
        let (len, bit) = ends_of(word.as_bytes());
        ends[len] |= bit;
    }
    Shapes { ends, words }
});

/// The length of a word and a bit for its last byte, whatever its case.
fn ends_of(word: &[u8]) -> (usize, u64) {
    (word.len() % 64, word.last().map_or(0, |last| 1 << (last & 0x1F)))
}

/// Whether a word is of a class of the data, whatever its first letter.
pub fn is_shape(class: &'static str, word: &str) -> bool {
    let shapes = &*SHAPES;
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        let (len, bit) = ends_of(word.as_bytes());
        return shapes.ends[len] & bit != 0 && shapes.words.contains(&(class, word));
    }
    shapes.words.contains(&(class, &*letters::small(word)))
}

/// Who speaks, by the words that a sentence has for it.
pub fn by_words(sentence: &Sentence<'_>) -> Option<Subject> {
    let quote = sentence.quote.filter(|quote| *quote < LONGEST)?;
    heard(sentence, quote)
        .or_else(|| in_his_words(sentence))
        .or_else(|| in_clause(sentence, quote))
        .or_else(|| what_moves(sentence, quote))
        .or_else(|| sure(sentence, quote))
        .or_else(|| laid_down(sentence, quote))
        .or_else(|| under_which(sentence, quote))
        .or_else(|| held(sentence, quote))
        .or_else(|| being(sentence, quote))
        .or_else(|| for_him(sentence, quote))
}

fn word<'a>(sentence: &Sentence<'a>, at: usize) -> &'a str {
    sentence.tokens.get(at).map_or("", |t| t.span.slice(sentence.text))
}

/// «по его собственному признанию», «на их взгляд».
fn in_his_words(sentence: &Sentence<'_>) -> Option<Subject> {
    let opens = |at: &usize| matches!(word(sentence, *at), "По" | "по" | "На" | "на") && is_shape("his", word(sentence, at + 1));
    let at =
        (0..sentence.tokens.len().min(LONGEST)).filter(opens).find(|at| (at + 2..at + 5).any(|i| is_shape("word", word(sentence, i))))?;
    sentence.words_of(at + 1, at + 2)
}

/// A crowd: “There were cries of ‘Shame’ from the gallery”, «под крики „Позор“».
fn heard(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    let of = quote > 0 && sentence.tokens[quote - 1].small.is(Small::GENITIVE);
    let last = quote.checked_sub(1 + usize::from(of))?;
    is_shape("cry", word(sentence, last)).then(|| sentence.words_of(last, last + 1)).flatten()
}

/// Whoever stands before a clause with «что», whatever his verb: «Инспекция пришла к заключению, что перекрытия „не выдержат“».
fn in_clause(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    let opens = |i: usize| matches!(word(sentence, i), "что" | "будто" | "как" | "мол" | "якобы");
    let that = (2..quote).find(|&i| opens(i) && sentence.tokens[i - 1].kind == Kind::Comma)?;
    let likened = word(sentence, that) == "как" && !sentence.run(0).any(|i| quotes::is_russian_verb(word(sentence, i)));
    if likened {
        return None;
    }
    let end = sentence.run(0).end.min(that - 1);
    // «Говорят, что …»; «Дело в том, что …».
    let matter = word(sentence, that - 2) == "том" && sentence.run(0).any(|i| is_shape("matter", word(sentence, i)));
    let alone = end <= 1 && sentence.tokens[0].who == Who::None;
    let nobody = matter || alone || is_shape("nobody", word(sentence, that - 2));
    // «Компания отказалась говорить, сославшись на то, что …»: the clause before may be short.
    (!nobody && sentence.tokens[that - 2].kind == Kind::Word).then(|| sentence.words_of(0, end)).flatten()
}

/// Whom something moves to say it: “What worries the hydrologist is that the gauge ‘only broke’”.
fn what_moves(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    let what = matches!(word(sentence, 0), "What") && is_english_verb(word(sentence, 1));
    let is = (3..quote.min(NEAR)).find(|&i| sentence.tokens[i].small.is(Small::BE))?;
    (what && sentence.tokens.get(is + 1).is_some_and(|t| t.small.is(Small::THAT))).then(|| sentence.words_of(2, is)).flatten()
}

/// Whether a Russian noun names somebody by what he does: «биограф», «защитники».
pub fn is_russian_agent(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "тель",
        "тели",
        "ник",
        "ники",
        "ист",
        "исты",
        "истка",
        "лог",
        "логи",
        "граф",
        "графы",
        "щик",
        "щики",
        "чик",
        "чики",
        "вед",
        "веды",
    ];
    word.chars().nth(4).is_some() && ENDINGS.iter().any(|e| word.ends_with(e)) && !is_shape("thing", word)
}

/// “The minister was adamant that the road is ‘not ours to close’”.
fn sure(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    let that = (2..quote).find(|&i| sentence.tokens[i].small.is(Small::THAT) && is_shape("sure", word(sentence, i - 1)))?;
    let be = (1..that).rev().take(4).find(|&i| sentence.tokens[i].small.is(Small::BE))?;
    let nobody = matches!(&*letters::small(word(sentence, be - 1)), "it" | "there" | "this" | "that");
    (!nobody).then(|| sentence.words_of(0, be)).flatten()
}

/// In whose eyes, right before the marks: «реформа для него „машина“».
fn for_him(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    let at = quote.checked_sub(2)?;
    let him = matches!(word(sentence, at + 1), "него" | "неё" | "нее" | "них" | "меня" | "нас" | "him" | "her" | "them");
    (him && matches!(word(sentence, at), "для" | "to" | "for")).then(|| sentence.words_of(at + 1, quote)).flatten()
}

/// Who holds what a noun of speech leads in: “The delegation made the observation that the rooms were ‘still clearly unsuitable’”.
fn held(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    // "The inspectors' verdict was that it was “unfit”"
    let verdict = |that: usize| {
        let words = |i: usize| sentence.tokens[i].who == Who::Document || is_shape("noun", word(sentence, i));
        sentence.tokens[that - 1].small.is(Small::BE) && (that.saturating_sub(NEAR)..that - 1).any(words)
    };
    let leads = |i: usize| is_shape("noun", word(sentence, i - 1)) || verdict(i);
    let that = (3..quote).find(|&i| sentence.tokens[i].small.is(Small::THAT) && leads(i))?;
    let first = sentence.tokens.first()?;
    let nobody = matches!(word(sentence, 0), "It" | "There" | "This" | "That") || first.kind != Kind::Word;
    // "The claim that …": the noun itself begins the sentence, and nobody is said to hold it.
    (!nobody && that >= 5).then(|| sentence.words_of(0, sentence.run(0).end.min(that - 1))).flatten()
}

/// Words that are somebody's, and are given whole: “His first statement was, ‘Both sides should show restraint’”.
fn being(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    let tokens = sentence.tokens;
    let words = sentence.tokens[quote].span.slice(sentence.text).trim_start_matches(|c: char| !letters::is_alphanumeric(c));
    let be = (1..quote).rev().take(4).find(|&i| tokens[i].small.is(Small::BE))?;
    let document = (be.saturating_sub(10)..be).find(|&i| tokens[i].who == Who::Document)?;
    (words.starts_with(char::is_uppercase) || is_shape("maxim", word(sentence, be - 1)))
        .then(|| sentence.words_of(0, document + 1))
        .flatten()
}

/// A document that does something by its words: “The treaty obliges each party to ‘give notice’”.
fn laid_down(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    let tokens = sentence.tokens;
    let document = sentence.run(0).take(5).find(|&i| tokens[i].who == Who::Document)?;
    let plain = tokens[..document].iter().all(|t| !t.small.is(Small::PREPOSITION));
    // "The deal, brokered in Geneva over nine days, commits both armies to “…”"
    let aside = (tokens.get(document + 1).is_some_and(|t| t.kind == Kind::Comma))
        .then(|| (document + 2..quote).find(|&i| tokens[i].kind == Kind::Comma))
        .flatten();
    let at = aside.unwrap_or(document) + 1;
    // «Решение суда обязывает город», "the ruling of the court obliges": the verb is a few words on.
    let of = word(sentence, at) == "of";
    let verb_at = (at..at + NEAR_VERB).find(|&i| quotes::is_russian_verb(word(sentence, i)) || of && is_english_verb(word(sentence, i)));
    let at = verb_at.unwrap_or(at);
    let verb = word(sentence, at);
    let acts = is_english_verb(verb) || quotes::is_russian_verb(verb);
    (plain && acts && at < quote && !is_shape("predicate", verb)).then(|| sentence.words_of(0, document + 1)).flatten()
}

/// A document and what it has in it: “The service published guidance under which the duty ‘does not extend to belongings’”.
fn under_which(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    let tokens = sentence.tokens;
    let relative = |i: usize| matches!(word(sentence, i), "which" | "whereby" | "котором" | "которому" | "которой" | "которым");
    let which = (2..quote).find(|&i| relative(i))?;
    let document = (which.saturating_sub(NEAR_VERB)..which).rev().find(|&i| tokens[i].who == Who::Document)?;
    sentence.words_of(document, document + 1)
}

/// Whether a word may be an English verb in the third person or the past.
fn is_english_verb(word: &str) -> bool {
    word.len() >= 5 && (word.ends_with('s') || word.ends_with("ed")) && word.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Whether a verb may tell the course of an event: “The talks ended.”
pub fn is_course(word: &str) -> bool {
    is_shape("course", word)
}

/// Whether a verb tells how somebody is or fares, and nothing that he says or does with words.
pub fn is_state(word: &str) -> bool {
    is_shape("state", word) || is_shape("predicate", word)
}

/// Whether somebody is told in session: “Jurors were told that …”.
pub fn is_hearer(word: &str) -> bool {
    is_shape("hearer", word)
}
