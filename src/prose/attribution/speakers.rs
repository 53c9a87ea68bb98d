//! Who stands beside a cue: the noun phrase left or right of it.
//!
//! There is no grammar here but the shapes of noun phrases: a name, a run of capitals, a pronoun, or words around a
//! noun of the lexicon. Where none fits, nobody is found.

use super::cues::{Cue, Who};
use super::tokens::{Kind, Token};
use super::{Named, NamedKind};
use crate::prose::Language;
use crate::text::Span;

/// The longest noun phrase, in words.
const LONGEST: usize = 14;

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
    /// All that was named in the text.
    pub named: &'a [Named],
}

impl<'a> Sentence<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.span.slice(self.text))
    }

    fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind == Kind::Word)
    }

    fn is_any(&self, at: usize, words: &[&str]) -> bool {
        let word = self.word(at);
        self.is_word(at) && words.iter().any(|w| w.eq_ignore_ascii_case(word) || *w == word)
    }

    fn span(&self, from: usize, to: usize) -> Span {
        match (self.tokens.get(from), self.tokens.get(to.wrapping_sub(1))) {
            (Some(a), Some(b)) if from < to => a.span.join(b.span),
            _ => Span::at(0),
        }
    }

    /// Things named within a span, in order.
    fn named_in(&self, span: Span) -> impl DoubleEndedIterator<Item = (u32, Named)> + use<'a> {
        let from = self.named.partition_point(|n| n.span.start < span.start);
        let to = from + self.named[from..].partition_point(|n| n.span.start < span.end);
        let named = self.named;
        (from..to).filter_map(move |i| named.get(i).map(|n| (Span::from(0..i).end, *n))).filter(move |(_, n)| n.span.end <= span.end)
    }

    /// Who speaks with the cue at a token: the words before it, else after it.
    pub fn speaker(&self, cue: usize) -> Option<Subject> {
        let token = self.tokens.get(cue)?;
        if token.cue == Cue::According {
            return self.right(cue + 1, true);
        }
        let before = self.skip_adverbs(cue);
        if self.is_passive(before, cue) {
            return if self.is_any(cue + 1, &["by"]) { self.right(cue + 2, true) } else { None };
        }
        if before > 0 && self.is_any(before - 1, &["to", "would-be", "it's"]) && !token.capital {
            return self.is_beside_quote(cue).then(|| self.first_subject(before)).flatten();
        }
        let participle = self.language == Language::English && token.span.slice(self.text).ends_with("ing")
            || self.language == Language::Russian && token.span.slice(self.text).ends_with('в');
        if participle || before > 0 && self.is_any(before - 1, &["and", "but", "then", "и", "а", "но"]) {
            return self.first_subject(cue).or_else(|| self.left(before));
        }
        self.left(before).or_else(|| self.may_invert(before).then(|| self.right(cue + 1, false)).flatten())
    }

    /// `is said`, `was told`: nobody speaks, unless a `by` follows.
    fn is_passive(&self, before: usize, cue: usize) -> bool {
        const BE: &[&str] = &["is", "was", "were", "been", "be", "being", "are", "get", "gets", "got"];
        let ing = self.word(cue).ends_with("ing");
        !ing && (before > 0 && self.is_any(before - 1, BE) || before < cue && (before..cue).any(|i| self.is_any(i, BE)))
    }

    fn is_beside_quote(&self, cue: usize) -> bool {
        let right = self.tokens.iter().skip(cue + 1).take(4);
        right.take_while(|t| t.kind != Kind::Stop).any(|t| matches!(t.kind, Kind::Quote(_)))
    }

    /// A verb at the beginning, behind a quotation, comma or dash, or after `as` may have its subject behind it.
    fn may_invert(&self, before: usize) -> bool {
        match before.checked_sub(1).and_then(|i| self.tokens.get(i)).map(|t| t.kind) {
            None | Some(Kind::Quote(_) | Kind::Comma | Kind::Dash | Kind::Close) => true,
            _ => self.language == Language::Russian || self.is_any(before - 1, &["as"]),
        }
    }

    /// The first token of the adverbs, auxiliaries, dates and parentheses before a verb.
    fn skip_adverbs(&self, verb: usize) -> usize {
        let mut at = verb;
        for _ in 0..6 {
            let Some(token) = at.checked_sub(1).and_then(|i| self.tokens.get(i)) else { break };
            let word = token.span.slice(self.text);
            let adverb = token.who == Who::Adverb || word.ends_with("ly") && !token.capital;
            let day = word.starts_with(|c: char| c.is_ascii_digit()) && at >= 3 && self.is_any(at - 3, &["on"]);
            if token.kind == Kind::Word && adverb {
                at -= 1;
            } else if token.kind == Kind::Word && day {
                at -= 3;
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
                if self.is_any(end - 1, &["who", "который", "которая"]) {
                    let end = if self.tokens.get(end.wrapping_sub(2)).is_some_and(|t| t.kind == Kind::Comma) { end - 2 } else { end - 1 };
                    return self.ending_at(end);
                }
                let subject = self.ending_at(end)?;
                Some(self.apposed(&subject).unwrap_or(subject))
            }
            // "Kartapolov, head of the committee, said": the comma before the one before the verb ends the name.
            Kind::Comma => {
                let from = end.saturating_sub(30);
                let inner = (from..end - 1).rev().take_while(|&i| !matches!(self.tokens[i].kind, Kind::Stop | Kind::Quote(_) | Kind::Break));
                let cue = |i: usize| self.tokens[i].cue == Cue::Say && self.tokens[i].who == Who::None;
                let mut inside = inner.take_while(|&i| !cue(i)).filter(|&i| self.tokens[i].kind == Kind::Comma);
                // "Ilichev, the head of the department, and a deputy, stated": the first that ends a name.
                inside.find_map(|comma| self.ending_at(comma).filter(|s| s.head != Who::Pronoun && !s.loose))
            }
            _ => None,
        }
    }

    /// "Joseph Votel, commander of the corps said": the name before the comma is who speaks.
    fn apposed(&self, subject: &Subject) -> Option<Subject> {
        if subject.named.is_some_and(|n| self.named.get(n as usize).is_some_and(|n| n.kind == NamedKind::Person)) || subject.head != Who::Role {
            return None;
        }
        let start = self.tokens.iter().position(|t| t.span.start >= subject.span.start)?;
        let comma = start.checked_sub(1).filter(|&i| self.tokens[i].kind == Kind::Comma)?;
        let article = self.tokens.get(start).is_some_and(|t| t.who == Who::Determiner);
        let name = self.ending_at(comma).filter(|s| s.head == Who::None && !s.loose)?;
        let person = name.named.and_then(|n| self.named.get(n as usize)).map(|n| n.kind);
        let words = name.span.slice(self.text).split(' ').count();
        (person == Some(NamedKind::Person) || person.is_none() && words >= 2 && !article).then_some(name)
    }

    /// The noun phrase whose last word stands before a token.
    pub fn ending_at(&self, end: usize) -> Option<Subject> {
        let last = end.checked_sub(1)?;
        let token = self.tokens.get(last).filter(|t| t.kind == Kind::Word)?;
        if token.who == Who::Pronoun {
            return Some(self.subject(last, end, Who::Pronoun, last));
        }
        let begin = self.boundary(end);
        let span = self.span(begin, end);
        if let Some((index, person)) = self.named_in(span).rev().find(|(_, n)| n.kind == NamedKind::Person && n.span.end == token.span.end) {
            return Some(Subject { span: person.span, head: Who::None, head_span: person.span, named: Some(index), loose: false });
        }
        let proper = token.capital && token.who != Who::Adverb && !(last == 0 && token.who != Who::None);
        if proper && !matches!(token.who, Who::Role | Who::People | Who::Voice) {
            return Some(self.proper(begin, end));
        }
        if matches!(token.who, Who::Role | Who::People | Who::Voice | Who::Body | Who::Group | Who::Document) {
            return Some(self.common(begin, last, end));
        }
        self.around_noun(begin, end)
    }

    /// Where the words of the noun phrase that ends here can begin at the earliest.
    fn boundary(&self, end: usize) -> usize {
        const CLAUSE: &[&str] = &[
            "that", "as", "but", "while", "when", "because", "if", "which", "where", "what", "how", "although", "though", "before", "after",
            "than", "so", "or", "whether", "who", "is", "was", "are", "were", "has", "had", "have", "what's", "meanwhile", "earlier",
            "nonetheless", "however", "later", "still", "besides", "also", "что", "как", "но", "когда", "если", "чтобы", "который", "ранее",
        ];
        let mut at = end;
        while at > 0 && end - at < LONGEST {
            let token = &self.tokens[at - 1];
            let verb = matches!(token.cue, Cue::Say | Cue::According) && token.who == Who::None && !(token.capital && at > 1);
            if token.kind != Kind::Word || verb || self.is_any(at - 1, CLAUSE) {
                break;
            }
            if self.is_any(at - 1, &["and", "и"]) {
                let joined = self.tokens.get(at).is_some_and(|t| t.capital) && at >= 2 && self.tokens[at - 2].capital;
                if !joined {
                    break;
                }
            }
            at -= 1;
        }
        at
    }

    /// A run of capitals at the end: "the head of the Defence Committee Andrey Kartapolov".
    fn proper(&self, begin: usize, end: usize) -> Subject {
        const JOINS: &[&str] = &["of", "the", "for", "de", "von", "van", "al", "bin", "and", "on", "der", "da", "du", "la", "и"];
        let mut from = end - 1;
        let mut at = from;
        while at > begin {
            let token = &self.tokens[at - 1];
            if token.capital && token.who != Who::Adverb {
                from = at - 1;
            } else if !self.is_any(at - 1, JOINS) {
                break;
            }
            at -= 1;
        }
        let whole = self.widened(begin, from);
        let span = self.span(whole, end);
        let named = self.named_in(self.span(from, end)).rev().find(|(_, n)| n.kind != NamedKind::Other);
        let head = (whole..from).rev().find(|&i| is_noun(self.tokens[i].who));
        // "an official of the OSCE": the official speaks, "a spokesman for the ministry": the ministry.
        let governed = (whole..from).any(|i| self.is_any(i, &["of", "for", "in", "at", "from", "with", "to"])) && head.is_some();
        match head {
            Some(noun) if governed => {
                let who = self.tokens[noun].who;
                let voice = matches!(who, Who::Voice | Who::People);
                let body = named.filter(|(_, n)| voice && n.kind == NamedKind::Org).map(|n| n.0);
                Subject { span, head: who, head_span: self.tokens[noun].span, named: body, loose: false }
            }
            _ => {
                let reaches = |n: &Named| n.span.end == self.tokens[end - 1].span.end || n.kind == NamedKind::Person;
                let named = named.filter(|(_, n)| reaches(n));
                let span = named.filter(|(_, n)| n.kind == NamedKind::Person).map_or(span, |(_, n)| n.span);
                let head = if named.is_none() && whole + 1 >= end { self.tokens[end - 1].who } else { Who::None };
                Subject { span, head, head_span: self.tokens[end - 1].span, named: named.map(|n| n.0), loose: false }
            }
        }
    }

    /// Lengthens a phrase to the left: over small nouns and adjectives to its article.
    fn widened(&self, begin: usize, from: usize) -> usize {
        let mut at = from;
        for back in 1..=6 {
            let Some(i) = from.checked_sub(back).filter(|&i| i >= begin) else { break };
            let token = &self.tokens[i];
            if token.who == Who::Adverb {
                break;
            }
            if token.who == Who::Determiner {
                at = i;
                break;
            }
            if is_noun(token.who) {
                at = i;
            }
        }
        at
    }

    /// A noun of the lexicon at the end: "the top Russian diplomat", "Putin’s spokesman".
    fn common(&self, begin: usize, noun: usize, end: usize) -> Subject {
        let mut from = noun;
        while from > begin && noun - from < 6 && self.tokens[from].who != Who::Determiner {
            let before = &self.tokens[from - 1];
            let preposition = self.is_any(from - 1, &["to", "in", "of", "for", "on", "at", "from", "by", "with", "and", "в", "на", "с"]);
            if before.who == Who::Adverb || preposition {
                break;
            }
            from -= 1;
        }
        let span = self.span(from, end);
        let who = self.tokens[noun].who;
        let last = self.tokens[end - 1].span.end;
        let whole = self.named_in(span).rev().find(|(_, n)| n.span.end == last && n.kind != NamedKind::Other);
        let owner = || self.named_in(span).rev().find(|(_, n)| n.kind == NamedKind::Org && matches!(who, Who::Voice | Who::People));
        let named = whole.or_else(owner).map(|n| n.0);
        Subject { span, head: who, head_span: self.tokens[noun].span, named, loose: false }
    }

    /// "a man in the crowd", "the carpenter": a noun of the lexicon with words behind it, or an article alone.
    fn around_noun(&self, begin: usize, end: usize) -> Option<Subject> {
        let article = (begin..end).rev().find(|&i| self.tokens[i].who == Who::Determiner);
        let noun = (begin..end.saturating_sub(1)).rev().find(|&i| {
            is_noun(self.tokens[i].who) && self.is_any(i + 1, &["of", "for", "in", "at", "from", "with", "to", "on", "who", "close"])
        });
        if let Some(noun) = noun {
            let mut subject = self.common(begin, noun, noun + 1);
            subject.span = subject.span.join(self.span(noun, end));
            return Some(subject);
        }
        let first = article.filter(|&i| end - i >= 2 && end - i <= 8 && (i == begin || i == 0))?;
        Some(Subject { loose: true, ..self.subject(first, end, Who::None, end - 1) })
    }

    fn subject(&self, from: usize, to: usize, head: Who, noun: usize) -> Subject {
        Subject { span: self.span(from, to), head, head_span: self.span(noun, noun + 1), named: None, loose: false }
    }

    /// The noun phrase that begins at a token. `bound`: a preposition before it says that it is a speaker.
    fn right(&self, from: usize, bound: bool) -> Option<Subject> {
        let mut from = from;
        if self.language == Language::Russian {
            // «заявил в понедельник журналистам глава ведомства», «сообщили в министерстве».
            let skip = (from..from + 5).take_while(|&i| self.is_word(i)).find(|&i| {
                let t = &self.tokens[i];
                (t.capital || is_noun(t.who) || t.who == Who::Pronoun) && !self.is_any(i, &["журналистам", "журналистов"])
            });
            from = skip?;
        }
        let first = self.tokens.get(from).filter(|t| t.kind == Kind::Word)?;
        if first.who == Who::Pronoun {
            return Some(self.subject(from, from + 1, Who::Pronoun, from));
        }
        let end = self.right_end(from);
        let span = self.span(from, end);
        if let Some((index, person)) = self.named_in(span).find(|(_, n)| n.kind == NamedKind::Person) {
            let at = self.tokens.iter().position(|t| t.span.end > person.span.start).unwrap_or(from);
            let governed = at > from && self.is_any(at - 1, &["of", "for", "to"]) || self.is_possessive(person.span, span);
            if !governed {
                return Some(Subject { span: person.span, head: Who::None, head_span: person.span, named: Some(index), loose: false });
            }
        }
        let noun = (from..end).find(|&i| is_noun(self.tokens[i].who));
        let other = self.named_in(span).find(|(_, n)| matches!(n.kind, NamedKind::Org | NamedKind::Place));
        if let Some((index, named)) = other
            && (named.span.start <= first.span.start + 4 || noun.is_some_and(|n| matches!(self.tokens[n].who, Who::Voice | Who::People | Who::Document)))
            && !self.is_possessive(named.span, span)
        {
            return Some(Subject { span, head: Who::None, head_span: named.span, named: Some(index), loose: false });
        }
        let article = first.who == Who::Determiner && end > from + 1;
        if let Some(noun) = noun {
            // A capital behind the noun is a name: "Foreign Minister Jane Smith".
            let name = (noun + 1..end).any(|i| self.tokens[i].capital) && !self.is_any(noun + 1, &["of", "for", "in", "at"]);
            let head = if name && self.tokens[noun].who == Who::Role { Who::None } else { self.tokens[noun].who };
            return Some(Subject { ..self.subject(from, end, head, if name { end - 1 } else { noun }) });
        }
        let proper = first.capital && first.who != Who::Adverb || bound && (from..end).any(|i| self.tokens[i].capital);
        (proper || article).then(|| Subject { loose: !proper, ..self.subject(from, end, Who::None, end - 1) })
    }

    fn is_possessive(&self, named: Span, within: Span) -> bool {
        let rest = Span::new(named.end, within.end).slice(self.text);
        rest.starts_with("'s ") || rest.starts_with("’s ") || rest.starts_with("' ") || rest.starts_with("’ ")
    }

    fn right_end(&self, from: usize) -> usize {
        const ENDS: &[&str] = &[
            "who", "that", "when", "as", "in", "on", "during", "after", "before", "while", "through", "to", "by", "with", "following", "is", "and",
            "has", "had", "was", "в", "на", "во", "после", "что", "и", "по", "журналистам", "commenting", "speaking", "via",
        ];
        let mut end = from;
        while end < self.tokens.len() && end - from < LONGEST && self.is_word(end) {
            let token = &self.tokens[end];
            let verb = matches!(token.cue, Cue::Say) && token.who == Who::None && !token.capital;
            let day = token.who == Who::Adverb && end > from;
            if end > from && (verb || day || self.is_any(end, ENDS)) {
                break;
            }
            end += 1;
        }
        end.max(from + 1)
    }

    /// The subject of the sentence, for a verb that has none of its own: "Lavrov rejected the plan and called it".
    fn first_subject(&self, verb: usize) -> Option<Subject> {
        let limit = verb.min(16);
        for at in 0..limit {
            let token = &self.tokens[at];
            if token.kind != Kind::Word {
                continue;
            }
            if token.who == Who::Pronoun && !self.is_any(at, &["who"]) {
                return Some(self.subject(at, at + 1, Who::Pronoun, at));
            }
            let named = self.named_in(Span::new(token.span.start, u32::MAX)).next().filter(|(_, n)| n.span.start == token.span.start);
            if let Some((index, named)) = named.filter(|(_, n)| n.kind != NamedKind::Other && !self.is_possessive(n.span, Span::new(n.span.start, u32::MAX)))
                && !(at > 0 && self.is_any(at - 1, &["in", "at", "on", "of", "to", "with", "for", "from"]))
            {
                return Some(Subject { span: named.span, head: Who::None, head_span: named.span, named: Some(index), loose: false });
            }
            let next = self.tokens.get(at + 1);
            let ends = next.is_none_or(|n| n.kind != Kind::Word || !n.capital && !is_noun(n.who));
            let name = token.capital && at > 0 || is_noun(token.who) || token.capital && next.is_some_and(|n| n.capital);
            if ends && name && token.who != Who::Adverb {
                return self.ending_at(at + 1);
            }
        }
        None
    }
}

fn is_noun(who: Who) -> bool {
    matches!(who, Who::Role | Who::People | Who::Voice | Who::Body | Who::Group | Who::Document)
}
