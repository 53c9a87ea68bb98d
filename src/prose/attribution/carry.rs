//! Whom a pronoun or a role means: the last fitting thing named in this text.
//!
//! Nothing is known of anybody's sex or office: what decides is who was last the subject of a sentence or spoke,
//! and for a role with a capital in it ("the Russian diplomat") beside whom that capital stood.

use super::cues::{Lexicon, Who};
use super::milestones::{Known, Memory, Milestone};
use super::speakers::Subject;
use super::{Named, NamedKind, Scene};
use crate::prose::{Prose, QuoteKind};
use crate::text::{Span, letters};

/// How many persons and bodies are remembered.
const REMEMBERED: usize = 16;
/// Bytes before and behind a name that tell whose it is.
const AROUND: usize = 90;
/// The same, of a text's bytes.
pub(super) const AROUND_BYTES: u32 = 90;

/// What the text has named up to a place.
pub struct Carry<'a> {
    text: &'a str,
    prose: &'a Prose,
    named: &'a [Named],
    lexicon: &'a Lexicon,
    next_named: usize,
    next_quote: usize,
    memory: Memory,
    /// Persons named since the focus was found, by index.
    candidates: Vec<u32>,
}

impl<'a> Carry<'a> {
    /// With what is remembered at a milestone; at none, nothing is read yet.
    pub fn new(scene: &Scene<'a>, lexicon: &'a Lexicon, from: Option<&Milestone>) -> Self {
        let Scene { text, prose, named, .. } = *scene;
        Self {
            text,
            prose,
            named,
            lexicon,
            next_named: from.map_or(0, |m| named.partition_point(|n| n.span.start < m.at)),
            next_quote: from.map_or(0, |m| prose.quotes.partition_point(|q| q.passage < m.passage)),
            memory: from.map(|m| m.memory.clone()).unwrap_or_default(),
            candidates: Vec::new(),
        }
    }

    /// What is remembered at a byte; no later question may be about words before it.
    pub fn memory_at(&mut self, at: u32) -> Memory {
        self.advance(at);
        // Whether somebody named so far is the focus can be asked now as well as later.
        self.focus();
        self.memory.clone()
    }

    /// Reads on to a byte. What is named in quotations counts for nothing: the speakers there are others.
    pub fn advance(&mut self, to: u32) {
        while let Some(named) = self.named.get(self.next_named).filter(|n| n.span.start < to) {
            let index = Span::from(0..self.next_named).end;
            self.next_named += 1;
            if !matches!(named.kind, NamedKind::Person | NamedKind::Org) || self.is_quoted(named.span) {
                continue;
            }
            if named.kind == NamedKind::Person {
                self.remember(index, named.span);
                self.candidates.push(index);
            } else {
                if self.memory.bodies.len() >= 2 * REMEMBERED {
                    self.memory.bodies.remove(0);
                }
                self.memory.bodies.push(index);
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

    /// The last subject. Few ask, so those named since the last question are only looked at now.
    fn focus(&mut self) -> Option<u32> {
        let found = self.candidates.iter().rev().copied().find(|&i| self.is_subject(i));
        self.memory.focus = found.or(self.memory.focus).or(self.candidates.first().copied());
        self.candidates.clear();
        self.memory.focus
    }

    /// Whether a name stands near the beginning of its sentence, and behind no preposition.
    fn is_subject(&self, index: u32) -> bool {
        let index = index as usize;
        let Some(span) = self.named.get(index).map(|n| n.span) else { return false };
        let sentences = &self.prose.sentences;
        let sentence = sentences.partition_point(|s| s.span.start <= span.start).saturating_sub(1);
        let start = sentences.get(sentence).map_or(0, |s| s.span.start);
        let before = Span::new(start, span.start);
        if before.len() > 80 {
            return false;
        }
        let before = before.slice(self.text);
        let clause = before.rsplit(", ").next().unwrap_or_default();
        let earlier = self.named.get(..index).unwrap_or_default();
        let first = !earlier.iter().rev().take(4).any(|n| n.kind == NamedKind::Person && n.span.start >= start);
        let last = clause.split_whitespace().next_back().unwrap_or_default();
        const PREPOSITIONS: &[&str] =
            &["of", "to", "with", "for", "by", "from", "in", "at", "and", "against", "с", "к", "от", "для", "у", "и", "против"];
        let small = clause.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count();
        first && small <= 4 && !PREPOSITIONS.contains(&last)
    }

    fn remember(&mut self, index: u32, span: Span) {
        let surname = self.surname(span);
        let words = surname.slice(self.text).as_bytes();
        // Most names differ in length or last letters: few are compared whole.
        let end = words.last_chunk().map_or(0, |two| u16::from_le_bytes(*two));
        let mark = Span::from(0..words.len()).end << 16 | u32::from(end);
        let persons = &mut self.memory.persons;
        let known = persons.iter().rposition(|k| k.mark == mark && k.surname.slice(self.text).as_bytes() == words);
        let first = match known {
            Some(at) => persons.remove(at).first,
            None => index,
        };
        if persons.len() >= REMEMBERED {
            persons.remove(0);
        }
        persons.push(Known { latest: index, surname, mark, first });
    }

    /// The last word of a name, without its `’s`.
    fn surname(&self, span: Span) -> Span {
        let words = span.slice(self.text);
        if let [.., before, last] = words.as_bytes()
            && last.is_ascii_alphanumeric()
            && *before != b'\''
        {
            // Space or a character beyond ASCII, whichever comes first from behind.
            let other = words.bytes().rposition(|b| !b.is_ascii_graphic());
            match other.map(|at| (at, words.as_bytes()[at])) {
                None => return span,
                Some((at, b' ' | b'\t'..=b'\r')) => return Span::new(span.start + Span::from(0..at + 1).end, span.end),
                Some(_) => {}
            }
        }
        let mut bare = words;
        while let Some(rest) = bare.strip_suffix("’s").or_else(|| bare.strip_suffix("'s")) {
            bare = rest;
        }
        let bare = bare.trim_end();
        let start = bare.rfind(char::is_whitespace).map_or(bare, |at| bare[at..].trim_start());
        if start.is_empty() { span } else { Span::of(start, self.text) }
    }

    /// The words beside the first mention of somebody, as far as the next person's.
    fn around(&self, known: &Known) -> &'a str {
        let index = known.first as usize;
        let Some(range) = self.named.get(index).map(|n| n.span.range()) else { return "" };
        let person = |n: &&Named| n.kind == NamedKind::Person;
        let before = self.named.get(index.saturating_sub(4)..index).unwrap_or_default().iter().rev().find(person);
        let after = self.named.iter().skip(index + 1).take(4).find(person);
        let (low, high) = (before.map_or(0, |n| n.span.end as usize), after.map_or(self.text.len(), |n| n.span.start as usize));
        let (start, end) = (range.start.saturating_sub(AROUND).max(low), (range.end + AROUND).min(high).min(self.text.len()));
        let floor = |at| self.text.floor_char_boundary(at);
        self.text.get(floor(start.min(range.start))..floor(end.max(range.end))).unwrap_or_default()
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
                    self.memory.bodies.last().copied()
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
            self.memory.focus = Some(index);
            self.candidates.clear();
        }
        meant
    }

    /// "Smith said", when "Jane Smith" was named before.
    fn by_surname(&self, head: Span) -> Option<u32> {
        let surname = self.surname(head);
        let word = surname.slice(self.text);
        let capital = word.starts_with(char::is_uppercase);
        self.memory.persons.iter().rev().find(|k| capital && self.lexicon.same(k.surname.slice(self.text), word)).map(|k| k.latest)
    }

    fn pronoun(&mut self, span: Span) -> Option<u32> {
        match &*letters::small(span.slice(self.text)) {
            "he" | "she" | "он" | "она" => self.focus(),
            "it" => self.memory.bodies.last().copied(),
            _ => None,
        }
    }

    fn role(&mut self, subject: &Subject) -> Option<u32> {
        // "Marek's deputy" is somebody else than Marek, and than whoever spoke before.
        if !self.is_definite(subject.span) || self.is_of_person(subject.span) {
            return None;
        }
        let words = subject.span.slice(self.text);
        let mut telling = words.split_whitespace().skip(1).filter(|w| w.starts_with(char::is_uppercase)).peekable();
        if telling.peek().is_none() {
            return self.focus();
        }
        let telling: Vec<&str> = telling.collect();
        let focus = self.focus();
        let fits = |k: &&Known| telling.iter().all(|w| self.around(k).contains(w));
        let persons = &self.memory.persons;
        let focused = persons.iter().find(|k| Some(k.latest) == focus).filter(fits);
        focused.or_else(|| persons.iter().rev().find(fits)).map(|k| k.latest).or(focus)
    }

    /// Whether a person is named in the words: the role is one beside that person.
    fn is_of_person(&self, words: Span) -> bool {
        let from = self.named.partition_point(|n| n.span.end <= words.start);
        self.named[from..].iter().take_while(|n| n.span.start < words.end).any(|n| n.kind == NamedKind::Person)
    }

    /// "the ministry": the last body in whose name the word stands.
    fn body(&self, head: Span) -> Option<u32> {
        let word = head.slice(self.text);
        self.memory.bodies.iter().rev().copied().find(|&i| {
            let name = self.named.get(i as usize).map_or("", |n| n.span.slice(self.text));
            name.split_whitespace().take(12).any(|w| self.lexicon.same(w, word))
        })
    }

    fn is_definite(&self, span: Span) -> bool {
        let first = span.slice(self.text).split_whitespace().next().unwrap_or_default();
        !matches!(&*letters::small(first), "a" | "an" | "one" | "another" | "some" | "each" | "every" | "один" | "одна" | "другой")
    }
}
