//! The shapes of noun phrases: what ends before a token, what begins at one.

use super::{Sentence, Subject, is_noun};
use crate::prose::Language;
use crate::prose::attribution::cues::{Cue, Small, Who};
use crate::prose::attribution::tokens::Kind;
use crate::prose::attribution::{Named, NamedKind};

/// The longest noun phrase, in words.
const LONGEST: usize = 14;

impl Sentence<'_> {
    /// The noun phrase whose last word stands before a token.
    pub fn ending_at(&self, end: usize) -> Option<Subject> {
        let last = end.checked_sub(1)?;
        let token = self.tokens.get(last).filter(|t| t.kind == Kind::Word)?;
        if token.small.is(Small::CLAUSE.and(Small::CAPITAL_CLAUSE)) {
            return None;
        }
        if token.who == Who::Pronoun {
            return Some(self.subject(last, end, Who::Pronoun, last));
        }
        let begin = self.boundary(end);
        let span = self.span(begin, end);
        if let Some((index, person)) = self.named_in(span).rev().find(|(_, n)| n.kind == NamedKind::Person && n.span.end == token.span.end)
        {
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
        let mut at = end;
        while at > 0 && end - at < LONGEST {
            let token = &self.tokens[at - 1];
            let verb = matches!(token.cue, Cue::Say | Cue::According) && token.who == Who::None && !(token.capital && at > 1);
            if token.kind != Kind::Word || verb || self.is(at - 1, Small::CLAUSE) {
                break;
            }
            if self.is(at - 1, Small::AND) {
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
        let mut from = end - 1;
        let mut at = from;
        while at > begin {
            let token = &self.tokens[at - 1];
            if token.capital && token.who != Who::Adverb {
                from = at - 1;
            } else if !self.is(at - 1, Small::JOINS) {
                break;
            }
            at -= 1;
        }
        let whole = self.widened(begin, from);
        let span = self.span(whole, end);
        let named = self.named_in(self.span(from, end)).rev().find(|(_, n)| n.kind != NamedKind::Other);
        let head = (whole..from).rev().find(|&i| is_noun(self.tokens[i].who));
        // "an official of the OSCE": the official speaks, "a spokesman for the ministry": the ministry.
        let governed = (whole..from).any(|i| self.is(i, Small::OF)) && head.is_some();
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
                // "a spokeswoman for the Harbour Union".
                if i > begin && self.is(i - 1, Small::OF) {
                    continue;
                }
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
            let preposition = self.is(from - 1, Small::PREPOSITION);
            if before.who == Who::Adverb || preposition {
                break;
            }
            from -= 1;
        }
        // "the members of the council": the members speak.
        let governor = from.checked_sub(2).filter(|&g| g >= begin && self.is(from - 1, Small::OF) && is_noun(self.tokens[g].who));
        if let Some(governor) = governor {
            let subject = self.common(begin, governor, governor + 1);
            return Subject { span: subject.span.join(self.span(from, end)), ..subject };
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
        let article = (begin..end).find(|&i| self.tokens[i].who == Who::Determiner);
        let noun = (begin..end.saturating_sub(1)).rev().find(|&i| is_noun(self.tokens[i].who) && self.is(i + 1, Small::BEHIND_NOUN));
        if let Some(noun) = noun {
            let mut subject = self.common(begin, noun, noun + 1);
            subject.span = subject.span.join(self.span(noun, end));
            return Some(subject);
        }
        let first = article.filter(|&i| end - i >= 2 && end - i <= 8 && i <= begin + 1)?;
        // "a driver waiting at the gate".
        if let Some(noun) = (first..end).find(|&i| is_noun(self.tokens[i].who)) {
            return Some(self.subject(first, end, self.tokens[noun].who, noun));
        }
        Some(Subject { loose: true, ..self.subject(first, end, Who::None, end - 1) })
    }

    /// The noun phrase that begins at a token. `bound`: a preposition before it says that it is a speaker.
    pub fn right(&self, from: usize, bound: bool) -> Option<Subject> {
        let mut from = from;
        if self.language == Language::Russian {
            // «заявил в понедельник журналистам глава ведомства», «сообщили в министерстве».
            // «признал в интервью «Ведомостям» глава верфи».
            let skip = (from..from + 5).take_while(|&i| self.is_word(i) || self.is(i, Small::MARKED_NAME)).find(|&i| {
                let t = &self.tokens[i];
                t.kind == Kind::Word && (t.capital || is_noun(t.who) || t.who == Who::Pronoun) && !self.is(i, Small::LISTENER)
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
            let at = self.tokens.partition_point(|t| t.span.end <= person.span.start).max(from);
            let governed = at > from && self.is(at - 1, Small::GOVERNS) || self.is_possessive(person.span, span);
            if !governed {
                return Some(Subject { span: person.span, head: Who::None, head_span: person.span, named: Some(index), loose: false });
            }
        }
        let noun = (from..end).find(|&i| is_noun(self.tokens[i].who));
        let other = self.named_in(span).find(|(_, n)| matches!(n.kind, NamedKind::Org | NamedKind::Place));
        if let Some((index, named)) = other
            && (named.span.start <= first.span.start + 4
                || noun.is_some_and(|n| matches!(self.tokens[n].who, Who::Voice | Who::People | Who::Document)))
            && !self.is_possessive(named.span, span)
        {
            return Some(Subject { span, head: Who::None, head_span: named.span, named: Some(index), loose: false });
        }
        let article = first.who == Who::Determiner && end > from + 1;
        if let Some(noun) = noun {
            // A capital behind the noun is a name: "Foreign Minister Jane Smith".
            let name = (noun + 1..end).any(|i| self.tokens[i].capital) && !self.is(noun + 1, Small::OFFICE);
            let head = if name && self.tokens[noun].who == Who::Role { Who::None } else { self.tokens[noun].who };
            return Some(Subject { ..self.subject(from, end, head, if name { end - 1 } else { noun }) });
        }
        let proper = first.capital && first.who != Who::Adverb || bound && (from..end).any(|i| self.tokens[i].capital);
        (proper || article).then(|| Subject { loose: !proper, ..self.subject(from, end, Who::None, end - 1) })
    }

    /// Where the phrase that begins at a token ends.
    pub(super) fn right_end(&self, from: usize) -> usize {
        let mut end = from;
        while end < self.tokens.len() && end - from < LONGEST && self.is_word(end) {
            let token = &self.tokens[end];
            let verb = matches!(token.cue, Cue::Say) && token.who == Who::None && !token.capital;
            let day = token.who == Who::Adverb && end > from;
            if end > from && (verb || day || self.is(end, Small::ENDS)) {
                break;
            }
            end += 1;
        }
        end.max(from + 1)
    }
}
