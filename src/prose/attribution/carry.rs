//! Whom a pronoun or a role means: the last fitting thing named in this text.
//!
//! Nothing is known of anybody's sex or office: what decides is who was last the subject of a sentence or spoke,
//! and for a role with a capital in it ("the Russian diplomat") beside whom that capital stood.

use super::cues::{Lexicon, Who};
use super::speakers::Subject;
use super::{Named, NamedKind};
use crate::prose::{Prose, QuoteKind};
use crate::text::Span;

/// How many persons and bodies are remembered.
const REMEMBERED: usize = 16;
/// Bytes before and behind a name that tell whose it is.
const AROUND: usize = 90;

/// Somebody named before.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// Index of the latest mention.
    latest: u32,
    /// Last word of the name.
    surname: Span,
    /// The words around the first mention.
    around: Span,
}

/// What the text has named up to a place.
pub struct Carry<'a> {
    text: &'a str,
    prose: &'a Prose,
    named: &'a [Named],
    lexicon: &'a Lexicon,
    next_named: usize,
    next_quote: usize,
    next_sentence: usize,
    /// Persons, the latest last.
    persons: Vec<Known>,
    /// Bodies, the latest last, by index.
    bodies: Vec<u32>,
    /// Who spoke last, or was last the subject of a sentence.
    focus: Option<u32>,
}

impl<'a> Carry<'a> {
    /// Nothing read yet.
    pub fn new(text: &'a str, prose: &'a Prose, named: &'a [Named], lexicon: &'a Lexicon) -> Self {
        Self {
            text,
            prose,
            named,
            lexicon,
            next_named: 0,
            next_quote: 0,
            next_sentence: 0,
            persons: Vec::new(),
            bodies: Vec::new(),
            focus: None,
        }
    }

    /// Reads on to a byte. What is named in quotations counts for nothing: the speakers there are others.
    pub fn advance(&mut self, to: u32) {
        while let Some(named) = self.named.get(self.next_named).filter(|n| n.span.start < to) {
            let index = Span::from(0..self.next_named).end;
            self.next_named += 1;
            if self.is_quoted(named.span) {
                continue;
            }
            match named.kind {
                NamedKind::Person => {
                    self.remember(index, named.span);
                    if self.is_subject(named.span) || self.focus.is_none() {
                        self.focus = Some(index);
                    }
                }
                NamedKind::Org => {
                    self.bodies.push(index);
                    if self.bodies.len() > 2 * REMEMBERED {
                        self.bodies.drain(..REMEMBERED);
                    }
                }
                NamedKind::Place | NamedKind::Other => {}
            }
        }
    }

    fn is_quoted(&mut self, span: Span) -> bool {
        while let Some(quote) = self.prose.quotes.get(self.next_quote) {
            if quote.kind == QuoteKind::Marks && quote.span.end > span.start {
                return quote.span.covers(span);
            }
            self.next_quote += 1;
        }
        false
    }

    /// Whether the name stands near the beginning of its sentence, and behind no preposition.
    fn is_subject(&mut self, span: Span) -> bool {
        let sentences = &self.prose.sentences;
        while sentences.get(self.next_sentence + 1).is_some_and(|s| s.span.start <= span.start) {
            self.next_sentence += 1;
        }
        let start = sentences.get(self.next_sentence).map_or(0, |s| s.span.start);
        let before = Span::new(start, span.start);
        if before.len() > 80 {
            return false;
        }
        let before = before.slice(self.text);
        let clause = before.rsplit(", ").next().unwrap_or_default();
        let first = !self
            .named
            .get(..self.next_named - 1)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(4)
            .any(|n| n.kind == NamedKind::Person && n.span.start >= start);
        let last = clause.split_whitespace().next_back().unwrap_or_default();
        const PREPOSITIONS: &[&str] =
            &["of", "to", "with", "for", "by", "from", "in", "at", "and", "against", "с", "к", "от", "для", "у", "и", "против"];
        let small = clause.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count();
        first && small <= 4 && !PREPOSITIONS.contains(&last)
    }

    fn remember(&mut self, index: u32, span: Span) {
        let surname = self.surname(span);
        let known = self.persons.iter().position(|k| k.surname.slice(self.text) == surname.slice(self.text));
        let mut person = match known {
            Some(at) => self.persons.remove(at),
            None => Known { latest: index, surname, around: self.around(index, span) },
        };
        person.latest = index;
        if self.persons.len() >= REMEMBERED {
            self.persons.remove(0);
        }
        self.persons.push(person);
    }

    fn surname(&self, span: Span) -> Span {
        let words = span.slice(self.text);
        let bare = words.trim_end_matches("’s").trim_end_matches("'s");
        bare.split_whitespace().next_back().map_or(span, |w| Span::of(w, self.text))
    }

    /// The words beside a name, as far as the next person's.
    fn around(&self, index: u32, span: Span) -> Span {
        let index = index as usize;
        let person = |n: &&Named| n.kind == NamedKind::Person;
        let before = self.named.get(index.saturating_sub(4)..index).unwrap_or_default().iter().rev().find(person);
        let after = self.named.iter().skip(index + 1).take(4).find(person);
        let (low, high) = (before.map_or(0, |n| n.span.end as usize), after.map_or(self.text.len(), |n| n.span.start as usize));
        let floor = |mut at: usize| {
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let range = span.range();
        let (start, end) = (range.start.saturating_sub(AROUND).max(low), (range.end + AROUND).min(high).min(self.text.len()));
        Span::from(floor(start.min(range.start))..floor(end.max(range.end)))
    }

    /// Whom a subject means, as an index of what was named; and remembers that he spoke.
    pub fn resolve(&mut self, subject: &Subject) -> Option<u32> {
        self.advance(subject.span.start);
        let meant = match (subject.named, subject.head) {
            (Some(index), _) => Some(index),
            (None, Who::None) => self.by_surname(subject.head_span),
            (None, Who::Pronoun) => self.pronoun(subject.span),
            (None, Who::Role) => self.role(subject),
            (None, Who::Body) => self.body(subject.head_span),
            (None, Who::Group) => {
                if self.is_definite(subject.span) {
                    self.bodies.last().copied()
                } else {
                    None
                }
            }
            _ => None,
        };
        if let Some(index) = meant
            && self.named.get(index as usize).is_some_and(|n| n.kind == NamedKind::Person)
        {
            self.advance(subject.span.end);
            self.focus = Some(index);
        }
        meant
    }

    /// "Smith said", when "Jane Smith" was named before.
    fn by_surname(&self, head: Span) -> Option<u32> {
        let surname = self.surname(head);
        let word = surname.slice(self.text);
        let capital = word.starts_with(char::is_uppercase);
        self.persons.iter().rev().find(|k| capital && self.lexicon.same(k.surname.slice(self.text), word)).map(|k| k.latest)
    }

    fn pronoun(&self, span: Span) -> Option<u32> {
        match span.slice(self.text).to_lowercase().as_str() {
            "he" | "she" | "он" | "она" => self.focus,
            "it" => self.bodies.last().copied(),
            _ => None,
        }
    }

    fn role(&self, subject: &Subject) -> Option<u32> {
        // "Marek's deputy" is somebody else than Marek, and than whoever spoke before.
        if !self.is_definite(subject.span) || self.is_of_person(subject.span) {
            return None;
        }
        let words = subject.span.slice(self.text);
        let mut telling = words.split_whitespace().skip(1).filter(|w| w.starts_with(char::is_uppercase)).peekable();
        if telling.peek().is_none() {
            return self.focus;
        }
        let telling: Vec<&str> = telling.collect();
        let fits = |k: &&Known| telling.iter().all(|w| k.around.slice(self.text).contains(w));
        let focused = self.persons.iter().find(|k| Some(k.latest) == self.focus).filter(fits);
        focused.or_else(|| self.persons.iter().rev().find(fits)).map(|k| k.latest).or(self.focus)
    }

    /// Whether a person is named in the words: the role is one beside that person.
    fn is_of_person(&self, words: Span) -> bool {
        let from = self.named.partition_point(|n| n.span.end <= words.start);
        self.named[from..].iter().take_while(|n| n.span.start < words.end).any(|n| n.kind == NamedKind::Person)
    }

    /// "the ministry": the last body in whose name the word stands.
    fn body(&self, head: Span) -> Option<u32> {
        let word = head.slice(self.text);
        self.bodies.iter().rev().copied().find(|&i| {
            let name = self.named.get(i as usize).map_or("", |n| n.span.slice(self.text));
            name.split_whitespace().take(12).any(|w| self.lexicon.same(w, word))
        })
    }

    fn is_definite(&self, span: Span) -> bool {
        let first = span.slice(self.text).split_whitespace().next().unwrap_or_default().to_lowercase();
        !matches!(first.as_str(), "a" | "an" | "one" | "another" | "some" | "each" | "every" | "один" | "одна" | "другой")
    }
}
