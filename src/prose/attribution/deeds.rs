//! Who does something with words in marks, where no verb of speech tells who says them: “The jury commended the play for ‘a rare silence’”.

use super::cues::{Small, Who};
use super::events::LED;
use super::reported;
use super::speakers::{Sentence, Subject};
use super::tokens::Kind;
use crate::prose::{Language, quotes};
use crate::text::letters;

/// Words between a doer and what is done.
const NEAR: usize = 8;

/// Tokens from what is done to the quotation that is its object.
const NEAR_DEED: usize = 4;

/// Words before which whoever does something is named.
const NEAR_DOER: usize = 5;

/// Who does something with words in marks that a preposition ties to it: “The rescue service put the delay down to ‘fog and a flat battery’”.
pub fn acting(sentence: &Sentence<'_>) -> Option<Subject> {
    let tokens = sentence.tokens;
    let quote = sentence.quote?;
    let tied = quote.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| {
        t.kind == Kind::Word
            && matches!(
                t.span.slice(sentence.text),
                "to" | "of" | "as" | "with" | "from" | "for" | "by" | "into" | "against" | "over" | "about"
            )
    });
    // "A columnist detected in the speech “a longing for times that never were”"
    let object = || {
        let words = tokens[quote].span.slice(sentence.text).trim_start_matches(|c: char| !letters::is_alphanumeric(c));
        matches!(words.split(' ').next(), Some("a" | "an" | "the" | "no" | "such" | "too" | "so"))
    };
    let tied = tied || object();
    let plain = tokens[..quote].iter().all(|t| t.kind == Kind::Word && !t.small.is(Small::BE));
    let subject = if tied && plain { sentence.first_subject(quote).or_else(|| agent(sentence, quote)) } else { None }?;
    let speaks =
        subject.named.is_some() || matches!(subject.head, Who::Role | Who::People | Who::Voice | Who::Body | Who::Group | Who::None);
    let far = tokens.partition_point(|t| t.span.start < subject.span.end) + 2 <= quote;
    (speaks && far && !subject.loose).then_some(subject)
}

/// Whoever does something, in a Russian sentence whose object stands in marks: «Наблюдатели зафиксировали „отдельные нарушения“».
pub fn doing(sentence: &Sentence<'_>) -> Option<Subject> {
    if sentence.language != Language::Russian {
        return None;
    }
    let tokens = sentence.tokens;
    let quote = sentence.quote.filter(|&quote| quote <= LED)?;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.span.slice(sentence.text));
    let noun = (0..quote.min(NEAR_DOER)).find(|&i| {
        let known = matches!(tokens[i].who, Who::Role | Who::People | Who::Voice | Who::Body | Who::Group | Who::Pronoun);
        known || tokens[i].who == Who::None && reported::is_russian_agent(word(i))
    })?;
    let own = |i: usize| tokens[i].kind == Kind::Word && !tokens[i].small.is(Small::PREPOSITION.and(Small::CLAUSE).and(Small::NO_SUBJECT));
    let verb = (noun + 1..quote)
        .take(NEAR)
        .find(|&i| tokens[i].who != Who::Adverb && quotes::is_russian_verb(word(i)) && !reported::is_state(word(i)))?;
    let tied = (verb + 1..quote).all(|i| tokens[i].kind == Kind::Word) && quote - verb <= NEAR_DEED;
    // «муж вышел „на пять минут“»: where or when, and no object.
    let wills = verb > 0 && reported::is_shape("will", word(verb - 1));
    let object = wills || !quotes::begins_with_russian_preposition(word(quote));
    let subject =
        if tied && object && (0..noun).all(own) { sentence.ending_at(noun + 1).or_else(|| sentence.words_of(0, noun + 1)) } else { None }?;
    (!sentence.is_object(&subject, verb)).then_some(subject)
}

/// Whoever is called by what he does, before the verb of a sentence: “The band's singer dedicated”.
fn agent(sentence: &Sentence<'_>, quote: usize) -> Option<Subject> {
    const AGENTS: &[&str] = &["er", "or", "eer", "ist", "ian", "man", "men", "ant", "ents", "ers", "ors", "ists", "ians", "ants"];
    let word = |at: usize| sentence.tokens.get(at).map_or("", |t| t.span.slice(sentence.text));
    let verb = (1..quote.min(NEAR)).find(|&i| word(i).len() > 4 && word(i).ends_with("ed"))?;
    let doer = word(verb - 1);
    let called = doer.len() > 4 && AGENTS.iter().any(|ending| doer.ends_with(ending));
    called.then(|| sentence.words_of(0, verb).map(|s| Subject { loose: false, head: Who::Role, ..s })).flatten()
}
