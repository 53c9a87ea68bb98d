//! Cues with a speaker, and which of them a quotation takes.

use super::cues::{Cue, Small, Who};
use super::speakers::{Sentence, Subject};
use super::tokens::{Kind, Token};
use super::{Attribution, Said, deeds, reported};
use crate::text::{Span, letters};

/// Tokens of the words that lead in a quotation.
pub(super) const LED: usize = 30;

/// Words of the longest clause that names a matter and nobody.
const MATTER: usize = 4;

/// Words of the longest sentence that only says whom the next one quotes.
pub(super) const SHORT: usize = 7;

/// What somebody's words are: “in Tyson's words”.
pub(super) const WORDS: &[&str] =
    &["words", "view", "opinion", "phrase", "telling", "account", "eyes", "judgment", "judgement", "version", "reckoning", "mind"];

/// Words of the longest sentence about him whom the next one quotes.
pub(super) const ABOUT_HIM: usize = 14;

/// How many cues on either side of a quotation are weighed.
const NEAR: usize = 8;

/// Somebody who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The words that name him.
    pub speaker: Span,
    /// Whom they mean.
    pub named: Option<u32>,
    /// The cue.
    pub cue: Option<Span>,
}

impl Voice {
    /// As an answer.
    pub fn attribution(&self, said: Said) -> Attribution {
        Attribution { said, speaker: Some(self.speaker), named: self.named, cue: self.cue }
    }
}

/// A cue with its speaker, in one sentence.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// Who speaks.
    pub voice: Voice,
    /// What kind of cue.
    class: Cue,
    /// First token of cue and speaker.
    from: usize,
    /// The token after the last.
    to: usize,
    /// Whether only an article speaks for the speaker.
    loose: bool,
    /// Whether it is something done, not said: «начал разбор завала».
    deed: bool,
}

impl Event {
    /// The cue at token `at`.
    pub fn new(tokens: &[Token], at: usize, voice: Voice, subject: Option<&Subject>) -> Self {
        let cue = tokens.get(at).map_or(Span::at(0), |t| t.span);
        let whole = subject.map_or(cue, |s| cue.join(s.span));
        // Both ends are near.
        let before = tokens.get(..at).unwrap_or_default().iter().rev();
        let behind = tokens.get(at..).unwrap_or_default().iter();
        Self {
            voice,
            class: tokens.get(at).map_or(Cue::None, |t| t.cue),
            from: at - before.take_while(|t| t.span.end > whole.start).count(),
            to: at + behind.take_while(|t| t.span.start < whole.end).count(),
            loose: subject.is_some_and(|s| s.loose),
            deed: false,
        }
    }

    /// The same, told whether the words behind the cue make it something done.
    pub fn done(self, sentence: &Sentence<'_>, at: usize) -> Self {
        let done = || sentence.tokens.get(at).is_some_and(|t| reported::is_shape("deed", t.span.slice(sentence.text)));
        let behind = |next: &Token| next.kind == Kind::Word && !next.small.is(Small::THAT);
        Self { deed: self.to == at + 1 && sentence.tokens.get(at + 1).is_some_and(behind) && done(), ..self }
    }

    /// A name before a colon at the beginning of a sentence.
    pub fn named_only(voice: Voice) -> Self {
        Self { voice, class: Cue::Beside, from: 0, to: 1, loose: false, deed: false }
    }
}

impl Event {
    /// Whether whoever this is may speak on: an event that ended does not.
    pub fn may_go_on(&self, text: &str) -> bool {
        !self.deed && !(self.loose && self.class == Cue::Beside && self.voice.cue.is_some_and(|cue| reported::is_course(cue.slice(text))))
    }

    /// Somebody who speaks without any cue.
    pub fn without_cue(voice: Voice, tokens: &[Token]) -> Self {
        let (from, to) =
            (tokens.partition_point(|t| t.span.end <= voice.speaker.start), tokens.partition_point(|t| t.span.start < voice.speaker.end));
        Self { voice, class: Cue::Say, from, to, loose: false, deed: false }
    }
}

/// The tokens of a sentence that are cues: not nouns such as "the report" or "a statement".
pub fn cues<'a>(sentence: &'a Sentence<'_>) -> impl Iterator<Item = usize> + use<'a> {
    let says = move |at: usize| is_verb(sentence, at) && !is_aside(sentence, at) && !is_likeness(sentence, at);
    sentence.points().filter(move |(at, t)| t.cue != Cue::None && says(*at)).map(|(at, _)| at)
}

/// "It further says, I quote: …": the writer's own aside, not the speaker's verb.
fn is_aside(sentence: &Sentence<'_>, at: usize) -> bool {
    let word = |at: usize| sentence.tokens.get(at).map_or("", |t| t.span.slice(sentence.text));
    at > 0 && word(at) == "quote" && word(at - 1) == "I"
}

/// «Проект напоминал „скатерть“»: it was like one, and reminded nobody.
fn is_likeness(sentence: &Sentence<'_>, at: usize) -> bool {
    let quoted = sentence.tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Kind::Quote(_)));
    quoted && reported::is_shape("likeness", sentence.tokens[at].span.slice(sentence.text))
}

/// Whether a word that is also a noun ("report", "state", "post") is a verb here.
fn is_verb(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = sentence.tokens;
    let token = &tokens[at];
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    // "a father of four told us"
    let counted =
        before.is_some_and(|b| b.small.is(Small::COUNTS)) && at >= 2 && tokens[at - 2].small.is(Small::OF.and(Small::PREPOSITION));
    // ", ruling that the display was …"
    let reports = tokens.get(at + 1).is_some_and(|t| t.small.is(Small::THAT));
    // "one calls it", "another dismissed it": behind these a noun would have the plain form, or end in "-ing".
    let alone = before.is_some_and(|b| b.small.is(Small::COUNTS) && b.who == Who::Determiner);
    let ing = token.span.slice(sentence.text).ends_with("ing");
    if ing && is_gerund(sentence, at) {
        return false;
    }
    // "The recording has her shouting “…”"
    let heard = || {
        let quoted = tokens.get(at + 1).is_some_and(|t| matches!(t.kind, Kind::Quote(_)));
        ing && quoted && before.is_some_and(|b| b.span.slice(sentence.text) == "her")
    };
    let determined = before.is_some_and(|b| b.who == Who::Determiner && b.kind == Kind::Word);
    let after_article = determined && !counted && !(alone && !token.plain && !ing) && !heard();
    let name = token.capital && at > 0 && token.cue != Cue::According;
    !(after_article || name || token.who != Who::None && !reports && before.is_none_or(|b| b.kind != Kind::Word))
}

/// Whether a word in "-ing" is a noun by what stands beside it: "after the profit warning.", "Sheep worrying has cost".
fn is_gerund(sentence: &Sentence<'_>, at: usize) -> bool {
    let tokens = sentence.tokens;
    let after = tokens.get(at + 1);
    let helped = |t: &Token| t.small.is(Small::BE) || matches!(t.span.slice(sentence.text), "has" | "had" | "have" | "will" | "would");
    match at.checked_sub(1).and_then(|i| tokens.get(i)) {
        Some(before) if before.kind == Kind::Word => {
            let governed = before.small.is(Small::BE.and(Small::AS).and(Small::PREPOSITION)) || before.who == Who::Adverb;
            !governed && after.is_none_or(|t| t.kind == Kind::Stop || helped(t))
        }
        // "Writing was not yet good enough."
        before => after.is_some_and(helped) && before.is_none_or(|b| matches!(b.kind, Kind::Stop | Kind::Quote(_))),
    }
}

/// Whether the cue is of the kind "adding".
pub fn is_participle(sentence: &Sentence<'_>, at: usize) -> bool {
    let words = sentence.tokens.get(at).map_or("", |t| t.span.slice(sentence.text));
    let verb = words.split(' ').next().unwrap_or_default();
    ["ing", "в", "ая", "яя", "уя"].iter().any(|ending| verb.ends_with(ending))
}

/// The name before a colon and a quotation: `Smith: "We are ready."`
pub fn before_colon(sentence: &Sentence<'_>) -> Option<Subject> {
    let tokens = sentence.tokens;
    let colon = leading_in(sentence)?;
    let subject = sentence.ending_at(colon).filter(|s| !s.loose)?;
    if subject.head == Who::Document && colon <= 20 {
        return Some(subject);
    }
    let first = tokens.first().filter(|_| colon <= 12)?;
    (subject.head != Who::Pronoun && (subject.span.start == first.span.start || colon <= 4)).then_some(subject)
}

/// The first colon with a quotation right behind it.
fn leading_in(sentence: &Sentence<'_>) -> Option<usize> {
    let from = sentence.quote.and(sentence.colon)?;
    let leads = |w: &[Token]| w[0].kind == Kind::Colon && matches!(w[1].kind, Kind::Quote(_));
    sentence.tokens[from..].windows(2).position(leads).map(|at| from + at)
}

/// Who lets a document speak that follows a colon: "The commander released this statement:".
pub fn of_document(sentence: &Sentence<'_>) -> Option<Subject> {
    let tokens = sentence.tokens;
    let colon = sentence.colon?;
    let next = tokens.get(colon + 1);
    let quoted = next.is_some_and(|t| matches!(t.kind, Kind::Quote(_)));
    let document = tokens[..colon].iter().any(|t| t.who == Who::Document);
    if quoted || next.is_none() && document { sentence.first_subject(colon) } else { None }
}

/// Who speaks without any cue: the council “deplores the loss of life”; “We will not pay” — Brenn; “A disgrace” was the verdict of
/// the judge.
pub fn without_cue(sentence: &Sentence<'_>) -> Option<Subject> {
    let tokens = sentence.tokens;
    let quote = sentence.quote?;
    let next = tokens.get(quote + 1);
    if next.is_some_and(|t| t.kind == Kind::Dash) {
        let name = tokens.get(quote + 2..)?;
        let signed = !name.is_empty() && name.len() <= 4 && name.iter().all(|t| t.kind == Kind::Word && t.capital);
        if signed {
            return sentence.ending_at(tokens.len());
        }
    }
    sentence.verdict_behind(quote).or_else(|| {
        // Anybody else may be what the words in marks are about: bridge “will never be a border”.
        let subject = sentence.ending_at(quote).filter(|s| s.named.is_some() || !matches!(s.head, Who::None | Who::Pronoun))?;
        let begins = |t: &Token| begins_with_verb(t.span.slice(sentence.text), subject.head, subject.named.is_some());
        tokens.get(quote).is_some_and(begins).then_some(subject)
    })
}

/// Who is spoken of where a quotation follows as proof, or behind a colon: “Arden is not bitter. ‘Water goes where it likes’”.
pub fn introduced(sentence: &Sentence<'_>) -> Option<Subject> {
    let tokens = sentence.tokens;
    if let Some(colon) = leading_in(sentence).filter(|&colon| colon <= LED) {
        let clause = main_clause(sentence, 0, colon)?;
        // «Ясно одно: „…“», "The upshot: '…'": words about the matter, and nobody's.
        let matter = |at: usize| reported::is_shape("matter", tokens[at].span.slice(sentence.text));
        if clause.len() <= MATTER && clause.clone().any(matter) {
            return None;
        }
        return sentence.words_of(clause.start, clause.end);
    }
    tokens.first().filter(|t| t.capital && !t.small.is(Small::PREPOSITION.and(Small::NO_SUBJECT).and(Small::CLAUSE)))?;
    // A short sentence about somebody, before one in marks.
    let words = tokens.iter().take(ABOUT_HIM + 1).position(|t| t.kind != Kind::Word)?;
    let subject = if tokens[words].kind == Kind::Stop { sentence.first_subject(words) } else { None }?;
    let behind = tokens.iter().find(|t| t.span.start > subject.span.end.saturating_sub(1))?;
    // "She still has the coat. “It was my mother's.”": one person is told of, and then heard.
    let him = subject.head == Who::Pronoun
        && !behind.small.is(Small::BE)
        && matches!(subject.span.slice(sentence.text), "He" | "he" | "She" | "she" | "Он" | "он" | "Она" | "она");
    if him || words > SHORT {
        return him.then_some(subject);
    }
    // "The witness was questioned": something was done to him.
    let next = tokens.iter().find(|t| t.span.start > behind.span.end).map_or("", |t| t.span.slice(sentence.text));
    let suffers = (next.ends_with("ed") || next.ends_with("en")) && !reported::is_shape("feeling", next);
    (!suffers && behind.small.is(Small::BE) && matches!(subject.head, Who::None | Who::Pronoun | Who::Role) && !subject.loose)
        .then_some(subject)
}

/// The first run of words between two tokens that no preposition, adverb or conjunction opens.
fn main_clause(sentence: &Sentence<'_>, from: usize, to: usize) -> Option<std::ops::Range<usize>> {
    let mut at = from;
    while at < to {
        let run = sentence.run(at);
        let first = sentence.tokens.get(run.start)?;
        if !run.is_empty() && !is_adjunct(first) {
            return Some(run.start..run.end.min(to));
        }
        at = run.end + 1;
    }
    None
}

/// Whether a word opens a time, a place or a clause of its own, and no subject.
fn is_adjunct(first: &Token) -> bool {
    first.who == Who::Adverb
        || first.small.is(Small::PREPOSITION.and(Small::NO_SUBJECT).and(Small::CLAUSE).and(Small::ENDS).and(Small::AND))
}

/// Whoever stands in the words that a comma ties to the end of a quotation: “Never again,” was all the captain had for us;
/// «Скамейка короткая», — перечислил причины капитан.
fn tagged(sentence: &Sentence<'_>) -> Option<Subject> {
    let tokens = sentence.tokens;
    let quote = tokens.first().filter(|_| sentence.quote == Some(0))?.span.slice(sentence.text);
    let end = quote.trim_end_matches(|c: char| !letters::is_alphanumeric(c) && !matches!(c, ',' | '!' | '?' | '…'));
    let kind = |at: usize| tokens.get(at).map(|t| t.kind);
    let led_on = end.ends_with(['!', '?', '…']);
    let dashed = (kind(1)?, kind(2)) == (Kind::Comma, Some(Kind::Dash));
    let from = match (kind(1)?, kind(2)) {
        (Kind::Comma, Some(Kind::Dash)) => 3,
        (Kind::Dash, Some(Kind::Word)) if led_on => 2,
        (Kind::Word, _) if end.ends_with(',') && parted_by_space(sentence) => 1,
        _ => return None,
    };
    let clause = sentence.run(from);
    let first = tokens.get(clause.start)?;
    // «…», — не скрывает обиды глава поселения.
    let adverb = dashed && first.who == Who::Adverb;
    (clause.len() >= 2 && (adverb || !is_adjunct(first))).then(|| sentence.words_of(clause.start, clause.end)).flatten()
}

/// Whether nothing but space stands between the first two tokens.
fn parted_by_space(sentence: &Sentence<'_>) -> bool {
    let [first, second, ..] = sentence.tokens else { return false };
    Span::new(first.span.end, second.span.start).slice(sentence.text).trim().is_empty()
}

/// In whose eyes something is what stands in marks: “To the pensioners the decree is ‘a theft with a stamp on it’”.
fn beholding(sentence: &Sentence<'_>) -> Option<Subject> {
    let tokens = sentence.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.span.slice(sentence.text));
    let quote = sentence.quote?;
    let is = (3..quote).any(|i| tokens[i].small.is(Small::BE) || word(i) == "это" || tokens[i].kind == Kind::Dash);
    let known = tokens.iter().skip(1).take(3).any(|t| t.capital || !matches!(t.who, Who::None | Who::Determiner | Who::Adverb));
    let eyes = matches!(word(0), "To" | "Для") || matches!(word(0), "For" | "Among") && known;
    let article = tokens.get(1).is_some_and(|t| t.who == Who::Determiner);
    let run = sentence.run(1);
    (is && eyes).then(|| sentence.words_of(1, (2 + usize::from(article)).min(run.end))).flatten()
}

/// In whose words it is said: “in Tyson's words”, “in the minister's view”; “as one observer saw it”.
fn worded(sentence: &Sentence<'_>) -> Option<Subject> {
    let tokens = sentence.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.span.slice(sentence.text));
    const HIS: &[&str] = &["his", "her", "their", "its", "my", "our"];
    // "In", "to", "as" behind a sign.
    let mut within = false;
    for (at, token) in tokens.iter().enumerate().take(2 * LED) {
        let opens = !within && token.span.len() == 2 && token.kind == Kind::Word;
        within = token.kind == Kind::Word;
        if !opens {
            continue;
        }
        let run = sentence.run(at);
        let last = run.end.saturating_sub(1);
        let (first, owner) = (word(at), word(last.saturating_sub(1)));
        let short = run.len() >= 3 && run.len() <= 9;
        let owned =
            owner.ends_with("'s") || owner.ends_with("’s") || owner.ends_with("s'") || owner.ends_with("s’") || HIS.contains(&owner);
        if short && matches!(first, "In" | "in" | "To" | "to") && WORDS.contains(&word(last)) && owned {
            return sentence.words_of(at + 1, last);
        }
        let sees = matches!(word(last.saturating_sub(1)), "saw" | "sees" | "has" | "have" | "had" | "tells" | "told" | "puts" | "put");
        if short && matches!(first, "As" | "as") && word(last) == "it" && sees {
            return sentence.words_of(at + 1, last - 1);
        }
        // A phrase of the lexicon is one token: "as the critic once put it".
        if short && matches!(first, "As" | "as") && matches!(word(last), "put it" | "puts it") {
            return sentence.words_of(at + 1, last);
        }
    }
    None
}

/// The document from which words follow: «Из отчёта следует, что …».
fn followed_from(sentence: &Sentence<'_>) -> Option<Subject> {
    let word = |at: usize| sentence.tokens.get(at).map_or("", |t| t.span.slice(sentence.text));
    const FOLLOWS: &[&str] = &["следует", "явствует", "вытекает", "видно", "ясно", "известно"];
    let verb = matches!(word(0), "Из" | "из").then(|| (1..LED).find(|&i| FOLLOWS.contains(&word(i))))??;
    sentence.words_of(1, sentence.run(1).end.min(verb))
}

/// The document in which words stand, or that shows them: “Under article 4 of the law, whoever …”, “Court papers show …”.
fn found_in(sentence: &Sentence<'_>) -> Option<Subject> {
    let quote = sentence.quote?;
    let tokens = sentence.tokens;
    let word = |at: usize| tokens.get(at).map_or("", |t| t.span.slice(sentence.text));
    const IN: &[&str] = &["In", "Under", "Per", "Upon", "В", "Во", "Согласно", "По"];
    const SHOWS: &[&str] = &[
        "show",
        "shows",
        "showed",
        "contain",
        "contains",
        "contained",
        "include",
        "includes",
        "included",
        "carry",
        "carries",
        "carried",
        "bear",
        "bears",
        "bore",
        "lists",
        "listed",
        "содержит",
        "содержал",
        "содержится",
        "фигурирует",
        "приводится",
        "стоит",
    ];
    let opened = IN.contains(&word(0));
    let document = sentence.run(0).skip(usize::from(opened)).take(5).find(|&i| tokens[i].who == Who::Document)?;
    let plain = tokens[1..document.max(1)].iter().all(|t| !t.small.is(Small::PREPOSITION));
    let shown = (document + 1..quote).any(|i| SHOWS.contains(&word(i)));
    (plain && document < quote && (opened || shown)).then(|| sentence.words_of(usize::from(opened), document + 1)).flatten()
}

/// Whether a sentence that begins with this token may be one that only says "It is stated".
pub fn may_be_impersonal(first: &Token) -> bool {
    first.span.len() == 2
}

/// The document that the sentence before began with, where this one only says: "It is stated that …".
pub fn in_document(sentence: &Sentence<'_>, before: Option<Subject>) -> Option<Subject> {
    let [it, is, said, ..] = sentence.tokens else { return None };
    let impersonal = it.span.slice(sentence.text) == "It" && is.small.is(Small::BE) && matches!(said.cue, Cue::Say | Cue::Report);
    before.filter(|_| impersonal)
}

/// Who speaks without a verb that is known, by the shape of the sentence.
pub fn by_shape(sentence: &Sentence<'_>) -> Option<Subject> {
    tagged(sentence).or_else(|| deeds::acting(sentence)).or_else(|| deeds::doing(sentence)).or_else(|| by_place(sentence))
}

/// Who speaks by what the sentence begins with: a document, or those in whose eyes it is so.
pub fn by_place(sentence: &Sentence<'_>) -> Option<Subject> {
    let by_place = beholding(sentence).or_else(|| worded(sentence)).or_else(|| followed_from(sentence)).or_else(|| found_in(sentence));
    by_place.or_else(|| reported::by_words(sentence))
}

/// Whether quoted words go on with a verb of the subject before them. Of somebody who may have done what they tell, or a document of which
/// it may be told, only in the present or as an order: the treaty “obliges”, her son “walked into the woods”.
fn begins_with_verb(quoted: &str, head: Who, named: bool) -> bool {
    let words = quoted.trim_start_matches(|c: char| !letters::is_alphanumeric(c));
    let first = words.split(|c: char| !letters::is_alphabetic(c)).next().unwrap_or_default();
    let present = !named && matches!(head, Who::Role | Who::People | Who::Document);
    let orders = matches!(first, "may" | "must" | "shall") && matches!(head, Who::Document);
    let ends = first.len() > 4 && (first.ends_with('s') && !first.ends_with("ss") || !present && first.ends_with("ed"));
    let helps = matches!(first, "is" | "was" | "are" | "were" | "has" | "had" | "have" | "will" | "would" | "may" | "must" | "can" | "did");
    first.starts_with(|c: char| c.is_ascii_lowercase()) && (ends || orders || !present && helps)
}

/// The event that tells who says the quotation at token `at`.
pub fn choose<'e>(sentence: &Sentence<'_>, at: usize, events: &'e [Event]) -> Option<&'e Event> {
    let tokens = sentence.tokens;
    let next = events.partition_point(|e| e.from <= at);
    // «…», — описывает командир: behind comma and dash a verb of naming is one of speech.
    let dashed = |e: &Event| matches!(tokens.get(at + 1..e.from), Some([a, b]) if (a.kind, b.kind) == (Kind::Comma, Kind::Dash));
    let after = events.get(next..).unwrap_or_default().iter().take(NEAR).find(|e| e.class != Cue::Name || dashed(e));
    let before = events.get(..next).unwrap_or_default().iter().rev().take(NEAR).find(|e| fits_before(tokens, e, at));
    if let Some(after) = after.filter(|e| is_tag(tokens, at, e)) {
        // `He called it "a grave breach," Smith said`: the nearer words win when they lead straight in.
        let led = before.filter(|b| b.class == Cue::Name && at - b.to.min(at) <= 3);
        return led.or(Some(after));
    }
    before.or_else(|| after.filter(|e| matches!(e.class, Cue::Say | Cue::Report | Cue::According) && !e.loose && is_tail(tokens, e)))
}

/// Whether nothing but a comma, a dash and words of the speaker's own ("deputy transport minister") parts a
/// quotation from the speaker behind it.
fn is_tag(tokens: &[Token], at: usize, event: &Event) -> bool {
    let gap = tokens.get(at + 1..event.from).unwrap_or_default();
    let signs = gap.iter().take_while(|t| matches!(t.kind, Kind::Comma | Kind::Dash)).count();
    let words = &gap[signs..];
    let joins = words
        .first()
        .is_some_and(|t| t.kind == Kind::Word && t.span.len() <= 3 && t.who == Who::None && !t.capital && !t.small.is(Small::AS));
    signs <= 2 && words.len() <= 8 && !joins && words.iter().all(|t| t.kind == Kind::Word && (t.cue == Cue::None || t.who != Who::None))
}

/// Whether the speaker and cue stand as a tail of their own: `the "historic" deal is dead, Smith said`.
fn is_tail(tokens: &[Token], event: &Event) -> bool {
    event.from.checked_sub(1).and_then(|i| tokens.get(i)).is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Dash | Kind::Quote(_)))
}

fn fits_before(tokens: &[Token], event: &Event, at: usize) -> bool {
    let gap = tokens.get(event.to..at).unwrap_or_default();
    match event.class {
        // "anyone found guilty of “…”"
        Cue::Beside if event.voice.cue.is_some() && gap.iter().any(|t| t.small.is(Small::GENITIVE)) => false,
        // "The tribunal found that she had been treated “…”"
        Cue::Beside if gap.iter().find(|t| t.kind != Kind::Comma).is_some_and(|t| t.small.is(Small::THAT)) => true,
        // "She gushed about his second album, “…”"
        Cue::Beside if gap.len() <= 10 && gap.last().is_some_and(|t| t.kind == Kind::Comma) => event.voice.cue.is_some(),
        Cue::Beside => gap.len() <= 3 && event.voice.cue.is_some() || gap.iter().take(20).any(|t| t.kind == Kind::Colon),
        Cue::Name => gap.len() <= 10,
        _ => true,
    }
}

/// The event that says who reports what a sentence says: its tail, else its first.
pub fn of_sentence(events: &[Event]) -> Option<&Event> {
    let mut told =
        events.iter().filter(|e| matches!(e.class, Cue::Say | Cue::Report | Cue::According) && !(e.loose && e.class == Cue::Report));
    told.next()
}
