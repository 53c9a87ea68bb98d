//! Who stands beside a cue: the noun phrase left or right of it.
//!
//! There is no grammar here but the shapes of noun phrases: a name, a run of capitals, a pronoun, or words around a
//! noun of the lexicon. Where none fits, nobody is found.

mod documents;
mod named;
mod noun_phrase;
mod objects;

use std::ops::Range;

use super::cues::{Cue, Small, Who};
use super::tokens::{Kind, Token, Tokens};
use super::{Named, NamedKind, reported};
use crate::prose::Language;
use crate::text::{Span, letters};

/// Words of a name that are looked at.
const LONGEST_NAME: usize = 14;

/// Tokens between a verb and the quotation beside which anybody may speak.
const NEAR_QUOTE: usize = 30;

/// Words between a quotation and a verb behind it that has its subject between the two.
const NEAR_TAG: usize = 9;

/// Tokens of the longest clause that is looked at.
const LONGEST_RUN: usize = 40;

/// A noun phrase that speaks.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Its words.
    pub span: Span,
    /// What its head is; `None` for a name or an unknown noun.
    pub head: Who,
    /// The words of the head.
    pub head_span: Span,
    /// The thing named, when the phrase itself names one.
    pub named: Option<u32>,
    /// Whether only an article speaks for it: `the carpenter`.
    pub loose: bool,
}

/// One sentence with what was named in the text.
#[derive(Clone, Copy)]
pub struct Sentence<'a> {
    /// The text.
    pub text: &'a str,
    /// Its language.
    pub language: Language,
    /// Tokens of the sentence.
    pub tokens: &'a [Token],
    /// Those that are cues, quotations, colons or its end: their indices in all that were read.
    points: &'a [usize],
    /// The index of its first token there.
    from: usize,
    /// All that was named in the text.
    named: &'a [Named],
    /// The first thing named in the sentence, and the one behind the last.
    here: (usize, usize),
    /// Its first token that is a quotation.
    pub quote: Option<usize>,
    /// Its first token that is a colon.
    pub colon: Option<usize>,
}

impl<'a> Sentence<'a> {
    /// A sentence of the tokens and points in a range. `named`: all that was named in the text, in order, of which the sentence may hold
    /// none before the one at `after`.
    pub fn new(
        text: &'a str,
        language: Language,
        read: &'a Tokens,
        (part, points): (Range<usize>, Range<usize>),
        named: &'a [Named],
        after: usize,
    ) -> Self {
        let from = part.start;
        let tokens = &read.all[part];
        let points = &read.points[points];
        let (mut quote, mut colon) = (None, None);
        for at in points.iter().map(|at| at - from) {
            match tokens[at].kind {
                Kind::Quote(_) => quote = quote.or(Some(at)),
                Kind::Colon => colon = colon.or(Some(at)),
                _ => {}
            }
        }
        let here = match tokens {
            [first, ..] => named::among(named, after, first.span.start, tokens.last().unwrap_or(first).span.end),
            [] => (0, 0),
        };
        Self { text, language, tokens, points, from, named, here, quote, colon }
    }

    /// Its tokens that are cues, quotations, colons or its end.
    pub fn points(&self) -> impl Iterator<Item = (usize, &'a Token)> + use<'a> {
        let (tokens, from) = (self.tokens, self.from);
        self.points.iter().map(move |at| (at - from, &tokens[at - from]))
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.span.slice(self.text))
    }

    fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Word)
    }

    /// Whether the word at a token stands in a list of small words.
    fn is(&self, at: usize, list: Small) -> bool {
        self.tokens.get(at).is_some_and(|t| t.small.is(list))
    }

    fn span(&self, from: usize, to: usize) -> Span {
        match (self.tokens.get(from), self.tokens.get(to.wrapping_sub(1))) {
            (Some(a), Some(b)) if from < to => a.span.join(b.span),
            _ => Span::at(0),
        }
    }

    /// Who speaks with the cue at a token.
    pub fn speaker(&self, cue: usize) -> Option<Subject> {
        let token = self.tokens.get(cue)?;
        // "the claim of", "the forecast was"
        let noun = self.language == Language::English
            && (token.plain || self.word(cue).ends_with('s'))
            && self.is(cue + 1, Small::GENITIVE.and(Small::BE))
            && !reported::is_shape("verb", self.word(cue));
        let subject = self.beside(cue).filter(|_| !noun)?;
        let own = subject.head == Who::Pronoun && matches!(subject.span.slice(self.text), "I" | "we" | "We" | "я" | "мы" | "Я" | "Мы");
        // "I quote" and "we urge" are the writer's own words.
        let infinitive = cue > 0 && self.is(cue - 1, Small::TO);
        // "the patient may ask: …"
        let modal =
            |at: usize| matches!(self.word(at), "may" | "might" | "would" | "will" | "can" | "could" | "should" | "must" | "did" | "does");
        // "the spokesman would only say that it was “…”"
        let known = subject.named.is_some() || is_noun(subject.head);
        let quoted = || self.tokens.iter().skip(cue).take(NEAR_QUOTE).any(|t| matches!(t.kind, Kind::Quote(_)));
        let helped = || (cue.saturating_sub(3)..cue).any(modal) && (self.is_beside_quote(cue) || known && quoted());
        // "statements seen by the BBC suggest", "terms of service state that"
        let several = || {
            let noun = |i: usize| self.tokens[i].who == Who::People || is_noun(self.tokens[i].who) && self.word(i).ends_with('s');
            let before = (cue.saturating_sub(NEAR_QUOTE)..cue).rev();
            before.take_while(|&i| !matches!(self.tokens[i].kind, Kind::Stop | Kind::Comma | Kind::Quote(_))).any(noun)
        };
        let agrees = || !token.plain || infinitive || self.is_plural(&subject) || helped() || several();
        let fits = !(own && token.cue != Cue::Say) && agrees() && !self.is_object(&subject, cue);
        fits.then_some(subject)
    }

    /// Whether a subject goes with `say`, not `says`.
    fn is_plural(&self, subject: &Subject) -> bool {
        let words = subject.span.slice(self.text);
        match subject.head {
            Who::Pronoun => matches!(words.to_ascii_lowercase().as_str(), "i" | "we" | "they" | "you" | "who"),
            Who::People => true,
            _ => words.as_bytes().split(|&b| b == b' ').take(LONGEST_NAME).any(|w| w == b"and" || w.len() >= 4 && w.ends_with(b"s")),
        }
    }

    /// The words before a cue that can be its subject, else after it.
    fn beside(&self, cue: usize) -> Option<Subject> {
        let token = self.tokens.get(cue)?;
        if token.cue == Cue::According {
            // According to “royalist circles”; a crowd of words in marks is a name here.
            if let Some(quote) = self.tokens.get(cue + 1).filter(|t| matches!(t.kind, Kind::Quote(_)) && t.small.is(Small::MARKED_NAME)) {
                return Some(Subject { span: quote.span, head: Who::None, head_span: quote.span, named: None, loose: true });
            }
            // "according to carpenters", «по выражению лаборантки»
            let anybody = || self.words_of(cue + 1, self.run(cue + 1).end).filter(|_| !self.is(cue + 1, Small::PREPOSITION));
            return self.right(cue + 1, true).or_else(anybody);
        }
        let before = self.skip_adverbs(cue);
        // «Долину называли „чашей“»: nobody is said to have called it so.
        let object = |at: usize| self.word(at).ends_with(['у', 'ю']) && self.tokens[at].who == Who::None;
        if token.cue == Cue::Name && before == 1 && object(0) && ["ли", "ют", "ят"].iter().any(|e| self.word(cue).ends_with(e)) {
            return None;
        }
        // "was quoted as saying"
        if cue >= 3 && self.is(cue - 1, Small::AS) && self.is(cue - 2, Small::QUOTED) {
            return self.left(self.skip_adverbs(cue - 3));
        }
        if self.is_passive(before, cue) {
            // "Jurors were told that …": in session all is said to somebody.
            let told = cue >= 2 && matches!(self.word(cue), "told" | "heard") && reported::is_hearer(self.word(cue - 2));
            return match told {
                true => self.words_of(cue.saturating_sub(3), cue - 1),
                // "Nurses were told by managers to “…”"
                false if self.is(cue + 1, Small::BY) => {
                    self.right(cue + 2, true).or_else(|| self.words_of(cue + 2, self.run(cue + 2).end.min(cue + 4)))
                }
                false if self.word(cue + 1) == "in" => self.document_at(cue + 2),
                false => None,
            };
        }
        if before > 0 && self.is(before - 1, Small::TO) && !token.capital {
            // “…,” to quote the late justice.
            let quoted = || self.right(cue + 1, true).filter(|_| self.is_behind_quote(cue) && token.cue == Cue::Report);
            // "The commission is expected to recommend that the site be “…”"
            let that = || (cue + 1..cue + 5).any(|i| self.is(i, Small::THAT));
            let subject = (self.is_beside_quote(cue) || self.is_behind_quote(cue) || that()).then(|| self.first_subject(before)).flatten();
            // "The defendant spoke only to say “…”"
            let opens = || self.tokens.first().is_some_and(|t| t.who == Who::Determiner && t.capital && !t.small.is(Small::CLAUSE));
            let whole = || self.words_of(0, self.run(0).end.min(before - 1)).filter(|_| self.is_beside_quote(cue) && opens());
            return subject.or_else(quoted).or_else(whole);
        }
        let ing = |at: usize| self.word(at).as_bytes().split(|&b| b == b' ').next().is_some_and(|verb| verb.ends_with(b"ing"));
        let phrase = cue > 0 && token.cue == Cue::Name && self.word(cue) == "of" && ing(cue - 1);
        let participle = phrase
            || self.language == Language::English && ing(cue)
            || self.language == Language::Russian && ["в", "ая", "яя", "уя"].iter().any(|e| self.word(cue).ends_with(e));
        if participle || before > 0 && self.is(before - 1, Small::SHARES) {
            // "At the end the characters embrace, saying “…”"
            let anybody = || self.words_of(0, self.run(0).end.min(cue)).filter(|_| token.cue == Cue::Say && self.is_beside_quote(cue));
            // "The recording has her shouting “…”"
            let heard = || {
                let at = cue.checked_sub(1).filter(|&i| matches!(self.word(i), "him" | "her" | "them" | "me" | "us"))?;
                self.words_of(at, at + 1)
            };
            return self.first_subject(cue).or_else(|| self.left(before)).or_else(|| self.opening(cue)).or_else(anybody).or_else(heard);
        }
        let inverted = || self.may_invert(before).then(|| self.right(cue + 1, false)).flatten();
        self.left(before).or_else(inverted).or_else(|| self.anybody_behind(cue)).or_else(|| self.anybody_before(before))
    }

    /// The words from one token to another, whoever they name.
    pub fn words_of(&self, from: usize, to: usize) -> Option<Subject> {
        (from < to).then(|| Subject { loose: true, ..self.subject(from, to, Who::None, to - 1) })
    }

    /// The tokens of words that stand in a row from one on, as far as a clause may reach.
    pub fn run(&self, from: usize) -> std::ops::Range<usize> {
        let last = self.tokens.len().min(from + LONGEST_RUN).max(from);
        from..(from..last).find(|&i| !self.is_word(i)).unwrap_or(last)
    }

    /// All words behind a cue: what stands within the marks beside it is the writer's.
    pub fn all_behind(&self, cue: usize) -> Option<Subject> {
        let end = (cue + 1..self.tokens.len()).take_while(|&i| self.is_word(i)).last()? + 1;
        Some(Subject { loose: true, ..self.subject(cue + 1, end, Who::None, end - 1) })
    }

    /// Beside a quotation whatever stands before a verb of speech speaks: «архивариус ответил», "neighbours told us".
    fn anybody_before(&self, verb: usize) -> Option<Subject> {
        let near = self.tokens.get(verb.saturating_sub(NEAR_QUOTE)..(verb + NEAR_QUOTE).min(self.tokens.len())).unwrap_or_default();
        let quoted = near.iter().any(|t| matches!(t.kind, Kind::Quote(_)));
        // "research that claimed “…”": whoever stands before the relative.
        let verb = verb - usize::from(verb > 1 && self.is(verb - 1, Small::THAT) && self.is_word(verb - 2));
        // «Критик „Литературной недели“ увидел»
        let part = |&i: &usize| (self.is_word(i) || self.is(i, Small::MARKED_NAME)) && !self.is(i, Small::CLAUSE);
        let first = (verb.saturating_sub(8)..verb).rev().take_while(part).last().filter(|&i| self.is_word(i))?;
        let nobody = |word: &str| matches!(&*letters::small(word), "it" | "there" | "which" | "this" | "это" | "здесь" | "там");
        let somebody = (first..verb).any(|i| self.word(i).chars().nth(2).is_some() && self.tokens[i].who != Who::Adverb);
        (quoted && somebody && !nobody(self.word(verb - 1)))
            .then(|| Subject { loose: true, ..self.subject(first, verb, Who::None, verb - 1) })
    }

    /// «…», — сообщила береговая охрана; “…,” said neighbours: straight behind a quotation and its verb anybody speaks.
    fn anybody_behind(&self, cue: usize) -> Option<Subject> {
        let token = self.tokens.get(cue).filter(|t| matches!(t.cue, Cue::Say | Cue::Report | Cue::Beside) && !t.capital)?;
        let first = (cue.saturating_sub(3)..=cue).rev().take_while(|&i| self.is_word(i)).last()?;
        let sign = first.checked_sub(1).filter(|&i| matches!(self.tokens[i].kind, Kind::Comma | Kind::Dash | Kind::Quote(_)))?;
        let quoted = (sign.saturating_sub(2)..=sign).any(|i| matches!(self.tokens[i].kind, Kind::Quote(_)));
        let english = self.language == Language::English;
        // An English verb right behind a quotation has its subject behind it; another word between them is the subject.
        let article = self.tokens.get(cue + 1).is_some_and(|t| t.who == Who::Determiner);
        if !quoted || english && (first != cue || token.cue != Cue::Say && !article) {
            return None;
        }
        let heard = |i: usize| self.is(i, Small::LISTENER.and(Small::MARKED_NAME));
        let from = (cue + 1..cue + 4).take_while(|&i| self.is_word(i) || heard(i)).find(|&i| !heard(i))?;
        if self.tokens[from].who == Who::Adverb || self.is(from, Small::ENDS.and(Small::CLAUSE).and(Small::PREPOSITION)) {
            return None;
        }
        let end = self.right_end(from);
        Some(Subject { loose: true, ..self.subject(from, end, Who::None, end - 1) })
    }

    /// `is said`, `was told`: nobody speaks, unless a `by` follows.
    fn is_passive(&self, before: usize, cue: usize) -> bool {
        let ing = self.word(cue).ends_with("ing");
        !ing && (before > 0 && self.is(before - 1, Small::BE) || before < cue && (before..cue).any(|i| self.is(i, Small::BE)))
    }

    fn is_beside_quote(&self, cue: usize) -> bool {
        let right = self.tokens.iter().skip(cue + 1).take(6);
        right.take_while(|t| t.kind != Kind::Stop).any(|t| matches!(t.kind, Kind::Quote(_)))
    }

    /// Whoever a sentence begins with, for a participle beside a quotation: "The airline apologised, calling the delays “…”".
    fn opening(&self, participle: usize) -> Option<Subject> {
        let run = self.run(0);
        let first = self.tokens.first()?;
        let somebody =
            first.capital && first.who != Who::Adverb && !self.is(0, Small::PREPOSITION.and(Small::CLAUSE).and(Small::NO_SUBJECT));
        let quoted = self.tokens.iter().skip(participle).take(NEAR_TAG).any(|t| matches!(t.kind, Kind::Quote(_)));
        (somebody && quoted && run.len() >= 2 && run.end <= participle).then(|| self.words_of(0, run.end)).flatten()
    }

    /// Whether only words part a verb from a quotation before it: “…,” Holm is reported to have told the council.
    fn is_behind_quote(&self, cue: usize) -> bool {
        let before = (cue.saturating_sub(NEAR_TAG)..cue).rev().find(|&i| !self.is_word(i));
        let sign = before.filter(|&i| matches!(self.tokens[i].kind, Kind::Comma | Kind::Dash)).and_then(|i| i.checked_sub(1));
        sign.or(before).is_some_and(|i| matches!(self.tokens[i].kind, Kind::Quote(_)))
    }

    /// A verb at the beginning, behind a quotation, comma or dash, or after `as` may have its subject behind it.
    fn may_invert(&self, before: usize) -> bool {
        match before.checked_sub(1).and_then(|i| self.tokens.get(i)).map(|t| t.kind) {
            None => self.language == Language::Russian,
            Some(Kind::Quote(_) | Kind::Comma | Kind::Dash | Kind::Close) => true,
            _ => self.language == Language::Russian || self.is(before - 1, Small::AS),
        }
    }

    /// The first token of the adverbs, auxiliaries, dates and parentheses before a verb.
    fn skip_adverbs(&self, verb: usize) -> usize {
        let mut at = verb;
        for _ in 0..6 {
            let Some(token) = at.checked_sub(1).and_then(|i| self.tokens.get(i)) else { break };
            let word = token.span.slice(self.text);
            let adverb = token.who == Who::Adverb || word.ends_with("ly") && !token.capital;
            let day = word.starts_with(|c: char| c.is_ascii_digit()) && at >= 3 && self.is(at - 3, Small::ON);
            let year = at >= 2 && word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) && self.is(at - 2, Small::NO_SUBJECT);
            if token.kind == Kind::Word && adverb {
                at -= 1;
            } else if token.kind == Kind::Word && day {
                at -= 3;
            } else if token.kind == Kind::Word && year {
                at -= 2;
            } else if token.kind == Kind::Close {
                let from = at.saturating_sub(10);
                let Some(open) = (from..at).rev().find(|&i| self.tokens[i].kind == Kind::Open) else { break };
                at = open;
            } else {
                break;
            }
        }
        at
    }

    /// The subject that ends before a token.
    fn left(&self, end: usize) -> Option<Subject> {
        let last = self.tokens.get(end.checked_sub(1)?)?;
        match last.kind {
            Kind::Word => {
                if self.is(end - 1, Small::RELATIVE) {
                    let end = if self.tokens.get(end.wrapping_sub(2)).is_some_and(|t| t.kind == Kind::Comma) { end - 2 } else { end - 1 };
                    return self.ending_at(end);
                }
                let subject = self.ending_at(end)?;
                Some(self.apposed(&subject).unwrap_or(subject))
            }
            // "Kartapolov, head of the committee, said": the comma before the one before the verb ends the name.
            Kind::Comma => {
                // "the head of the authority, Ines Duarte, added": the name stands in apposition.
                let inner = self.ending_at(end - 1).filter(|s| s.named.is_some_and(|n| self.is_person(n)));
                let alone = |s: &Subject| {
                    let at = self.tokens.partition_point(|t| t.span.start < s.span.start);
                    at.checked_sub(1).is_some_and(|i| self.tokens[i].kind == Kind::Comma)
                };
                if let Some(inner) = inner.filter(alone) {
                    return Some(inner);
                }
                let from = end.saturating_sub(30);
                // "in an essay, “The Last Field”, he reported": a title parts no more than a name.
                let parts = |i: usize| match self.tokens[i].kind {
                    Kind::Quote(_) => !self.is(i, Small::MARKED_NAME),
                    kind => matches!(kind, Kind::Stop | Kind::Break),
                };
                let inner = (from..end - 1).rev().take_while(|&i| !parts(i));
                let cue = |i: usize| self.tokens[i].cue == Cue::Say && self.tokens[i].who == Who::None;
                let mut inside = inner.take_while(|&i| !cue(i)).filter(|&i| self.tokens[i].kind == Kind::Comma);
                // "Ilichev, the head of the department, and a deputy, stated": the first that ends a name.
                inside
                    .find_map(|comma| self.ending_at(comma).filter(|s| s.head != Who::Pronoun && !s.loose))
                    .or_else(|| self.before_aside(end))
            }
            _ => None,
        }
    }

    /// Whoever stands before an aside in commas, beside a quotation: “…,” one of the miners, who had come late, shouted.
    fn before_aside(&self, verb: usize) -> Option<Subject> {
        let low = verb.saturating_sub(LONGEST_RUN);
        let part = (low..verb).rev().find(|&i| matches!(self.tokens[i].kind, Kind::Quote(_) | Kind::Stop)).map_or(low, |i| i + 1);
        let sign = (part..verb).take(1).filter(|&i| matches!(self.tokens[i].kind, Kind::Comma | Kind::Dash)).count();
        let from = part + sign;
        let comma = (from..verb.saturating_sub(1)).find(|&i| !self.is_word(i)).filter(|&i| self.tokens[i].kind == Kind::Comma)?;
        let quoted = part > 0 && matches!(self.tokens[part - 1].kind, Kind::Quote(_)) || self.is_beside_quote(verb);
        let first = self.tokens.get(from)?;
        let somebody = first.capital || first.who == Who::Determiner || is_noun(first.who) || self.language == Language::Russian;
        let governed = self.is(from, Small::PREPOSITION.and(Small::CLAUSE)) || first.who == Who::Adverb || first.cue != Cue::None;
        (quoted && somebody && !governed && comma > from && comma - from <= LONGEST_NAME)
            .then(|| Subject { loose: true, ..self.subject(from, comma, Who::None, comma - 1) })
    }

    /// Whether a phrase is a role or begins with one: "Minister for the North".
    fn is_role(&self, subject: &Subject) -> bool {
        let first = self.tokens.partition_point(|t| t.span.start < subject.span.start);
        subject.head == Who::Role || subject.named.is_none() && self.tokens.get(first).is_some_and(|t| t.who == Who::Role)
    }

    /// "Joseph Votel, commander of the corps said": the name before the comma is who speaks.
    fn apposed(&self, subject: &Subject) -> Option<Subject> {
        if subject.named.is_some_and(|n| self.is_person(n)) || !self.is_role(subject) {
            return None;
        }
        let start = self.tokens.partition_point(|t| t.span.start < subject.span.start);
        let comma = start.checked_sub(1).filter(|&i| self.tokens[i].kind == Kind::Comma)?;
        let article = self.tokens.get(start).is_some_and(|t| t.who == Who::Determiner);
        let name = self.ending_at(comma).filter(|s| s.head == Who::None && !s.loose)?;
        let person = name.named.and_then(|n| self.named.get(n as usize)).map(|n| n.kind);
        let words = name.span.slice(self.text).split(' ').count();
        (person == Some(NamedKind::Person) || person.is_none() && words >= 2 && !article).then_some(name)
    }

    fn subject(&self, from: usize, to: usize, head: Who, noun: usize) -> Subject {
        Subject { span: self.span(from, to), head, head_span: self.span(noun, noun + 1), named: None, loose: false }
    }

    /// The subject of the sentence, for a verb that has none of its own: "Lavrov rejected the plan and called it".
    pub fn first_subject(&self, verb: usize) -> Option<Subject> {
        let limit = verb.min(16);
        for at in 0..limit {
            let token = &self.tokens[at];
            if token.kind != Kind::Word {
                continue;
            }
            if token.who == Who::Pronoun && !self.is(at, Small::WHO) {
                return Some(self.subject(at, at + 1, Who::Pronoun, at));
            }
            let named = self.named_in(Span::new(token.span.start, u32::MAX)).next().filter(|(_, n)| n.span.start == token.span.start);
            if let Some((index, named)) =
                named.filter(|(_, n)| n.kind != NamedKind::Other && !self.is_possessive(n.span, Span::new(n.span.start, u32::MAX)))
                && !(at > 0 && self.is(at - 1, Small::NO_SUBJECT))
            {
                return Some(Subject { span: named.span, head: Who::None, head_span: named.span, named: Some(index), loose: false });
            }
            let next = self.tokens.get(at + 1);
            let ends = next.is_none_or(|n| n.kind != Kind::Word || !n.capital && !is_noun(n.who));
            let acts = next.is_some_and(|n| {
                n.span.slice(self.text).ends_with("ed") || n.cue != Cue::None || n.small.is(Small::BE) || n.who == Who::Adverb
            });
            let name = token.capital && (at > 0 || acts && token.who == Who::None) || is_noun(token.who);
            let name = name || token.capital && next.is_some_and(|n| n.capital);
            // "In its annual survey the institute speaks of": the noun behind the first preposition is no subject.
            let governed = self.is(0, Small::PREPOSITION) && at > 0 && (1..at).all(|i| self.is_word(i) && !is_noun(self.tokens[i].who));
            if ends && name && token.who != Who::Adverb && !(governed && is_noun(token.who) && !token.capital) {
                return self.ending_at(at + 1);
            }
        }
        None
    }
}

fn is_noun(who: Who) -> bool {
    matches!(who, Who::Role | Who::People | Who::Voice | Who::Body | Who::Group | Who::Document)
}
