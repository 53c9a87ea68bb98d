//! What does each word name? For colours: persons, bodies, places, instruments, sources, and the parts of marks.

use super::reading_keys;
use crate::corpus::{Annotations, Candidate, FileId, FileKind, Found, Meaning, Snapshot};
use crate::registry::{Record, RecordKind};
use crate::syntax::{Attributes, CitationGroup, Directive, Mention, NodeKind};
use crate::text::Span;

/// What a word names or is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// A person.
    Person,
    /// A body.
    Body,
    /// A place.
    Place,
    /// An agreement, resolution, statement or document.
    Instrument,
    /// An event.
    Event,
    /// A text of the corpus, a thing of a type that the project declares, or one that nothing knows.
    Thing,
    /// A cited work: its key.
    Source,
    /// A pinpoint or locator.
    Pinpoint,
    /// The name of an attribute, or a key of a record or of front matter.
    Attribute,
    /// The value of one.
    Value,
    /// A class of a bracketed span.
    Class,
    /// What a directive asks.
    Directive,
    /// The name of a rule.
    Rule,
    /// A figure.
    Figure,
}

/// What else is known of a word; a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Modifiers(pub u32);

impl Modifiers {
    /// The place that defines it.
    pub const DEFINITION: Self = Self(1);
    /// An old id.
    pub const DEPRECATED: Self = Self(1 << 1);
    /// Only the built-in table knows it.
    pub const BUILT_IN: Self = Self(1 << 2);
    /// Found in plain words, not marked.
    pub const INFERRED: Self = Self(1 << 3);
    /// Nothing knows it.
    pub const UNKNOWN: Self = Self(1 << 4);
    /// Inside a marked claim.
    pub const CLAIM: Self = Self(1 << 5);
    /// Inside a quotation.
    pub const QUOTE: Self = Self(1 << 6);

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// One word or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: TokenKind,
    /// What else.
    pub modifiers: Modifiers,
}

/// The tokens of a file that overlap `within`, in order of place and without overlap. A token may reach over a line end.
#[must_use]
pub fn tokens(snapshot: &Snapshot, file: FileId, within: Span) -> Vec<Token> {
    let Some(state) = snapshot.file(file) else { return Vec::new() };
    let mut reader = Reader { snapshot, within, out: Vec::new() };
    match state.kind {
        FileKind::Text(_) => {
            if let Some(notes) = snapshot.annotations(file) {
                reader.of_text(&notes);
            }
        }
        FileKind::Registry(_) | FileKind::Sidecar | FileKind::Config => {
            if let Some(text) = snapshot.text(file) {
                reader.keys(&text, Span::new(0, Span::from(0..text.len()).end));
            }
        }
    }
    for record in &state.facts.records {
        reader.of_record(record);
    }
    reader.sorted()
}

struct Reader<'a> {
    snapshot: &'a Snapshot,
    within: Span,
    out: Vec<Token>,
}

impl Reader<'_> {
    fn push(&mut self, span: Span, kind: TokenKind, modifiers: Modifiers) {
        if !span.is_empty() && span.overlaps(self.within) {
            self.out.push(Token { span, kind, modifiers });
        }
    }

    /// In order of place; of two that overlap the one that begins first, and of those the longer one, stays.
    fn sorted(mut self) -> Vec<Token> {
        self.out.sort_by_key(|t| (t.span.start, std::cmp::Reverse(t.span.end), t.modifiers.0 & Modifiers::INFERRED.0));
        let mut end = 0;
        self.out.retain(|t| {
            let free = t.span.start >= end;
            if free {
                end = t.span.end;
            }
            free
        });
        self.out
    }

    fn of_text(&mut self, notes: &Annotations) {
        let within = self.within;
        for node in notes.document.nodes.iter().filter(|n| n.span.overlaps(within)) {
            match &node.kind {
                NodeKind::Mention(mention) => self.mention(&notes.text, mention),
                NodeKind::Citation(group) => self.citation(&notes.text, group),
                NodeKind::BracketedSpan { attributes, .. } => self.attributes(&notes.text, attributes),
                NodeKind::Directive(directive) => self.directive(&notes.text, node.span, directive),
                _ => {}
            }
        }
        for block in notes.document.blocks.iter().filter(|b| b.span.overlaps(within)) {
            if let Some(attributes) = &block.attributes {
                self.attributes(&notes.text, attributes);
            }
        }
        if let Some(front) = notes.document.front_matter {
            self.keys(&notes.text, front.yaml);
        }
        self.plain_words(notes);
        self.round_about(notes);
    }

    fn mention(&mut self, text: &str, mention: &Mention) {
        let name = crate::corpus::target_name(mention.target.slice(text));
        let (kind, modifiers) = self.named(name);
        self.push(mention.target, kind, modifiers);
        self.push(mention.pin.unwrap_or_default(), TokenKind::Pinpoint, Modifiers::default());
        if mention.surface != mention.target {
            self.push(mention.surface, kind, modifiers);
        }
    }

    fn citation(&mut self, text: &str, group: &CitationGroup) {
        for item in &group.items {
            let (kind, modifiers) = self.named(item.key.slice(text));
            if group.narrative && modifiers == Modifiers::UNKNOWN {
                // A bare handle of somebody's.
                continue;
            }
            let kind = if modifiers == Modifiers::UNKNOWN { TokenKind::Source } else { kind };
            self.push(item.key, kind, modifiers);
            self.push(item.locator.map(|l| l.span).unwrap_or_default(), TokenKind::Pinpoint, Modifiers::default());
        }
    }

    fn attributes(&mut self, text: &str, attributes: &Attributes) {
        let none = Modifiers::default();
        self.push(attributes.id.unwrap_or_default(), TokenKind::Pinpoint, Modifiers::DEFINITION);
        for class in &attributes.classes {
            self.push(*class, TokenKind::Class, none);
        }
        for pair in &attributes.pairs {
            self.push(pair.name, TokenKind::Attribute, none);
            match pair.name.slice(text) {
                "by" => {
                    let (kind, modifiers) = self.named(pair.value.slice(text));
                    self.push(pair.value, kind, modifiers);
                }
                "source" | "against" => {
                    let key = crate::corpus::attribute_key(text, pair.value);
                    let (_, modifiers) = self.named(key.slice(text));
                    self.push(key, TokenKind::Source, modifiers);
                    let rest = Span::new(key.end, pair.value.end.max(key.end));
                    let skip = rest.slice(text).len() - rest.slice(text).trim_start_matches([',', ' ', ';']).len();
                    self.push(Span::new((rest.start + Span::from(0..skip).end).min(rest.end), rest.end), TokenKind::Pinpoint, none);
                }
                _ => self.push(pair.value, TokenKind::Value, none),
            }
        }
    }

    fn directive(&mut self, text: &str, span: Span, directive: &Directive) {
        let words = span.slice(text);
        if let Some(at) = words.find("vidimus-") {
            let end = words[at..].find(|c: char| !c.is_ascii_alphabetic() && c != '-').map_or(words.len(), |n| at + n);
            self.push(Span::from(at..end).shift(span.start), TokenKind::Directive, Modifiers::default());
        }
        for rule in &directive.rules {
            let known = crate::rules::rule(rule.slice(text)).is_some();
            self.push(*rule, TokenKind::Rule, if known { Modifiers::default() } else { Modifiers::UNKNOWN });
        }
        self.push(directive.until.unwrap_or_default(), TokenKind::Value, Modifiers::default());
    }

    /// Names, instruments and figures that nobody marked.
    fn plain_words(&mut self, notes: &Annotations) {
        for (at, found) in notes.instruments_found() {
            let known = at.entity.is_some() || self.snapshot.lookup(&found.id).is_some();
            let modifiers = match (at.entity, known) {
                (Some(_), _) => Modifiers::INFERRED,
                (None, true) => Modifiers::INFERRED.with(Modifiers::BUILT_IN),
                (None, false) => Modifiers::INFERRED.with(Modifiers::UNKNOWN),
            };
            self.push(at.span, TokenKind::Instrument, modifiers);
        }
        for mention in notes.mentions.iter().filter(|m| m.node.is_none()) {
            let kind = match &mention.meaning {
                Meaning::One(candidate) => self.kind_of(candidate),
                Meaning::Several(all) => all.first().map_or(TokenKind::Thing, |first| self.kind_of(first)),
                Meaning::Resolution(_) => TokenKind::Instrument,
                Meaning::Text(_) => TokenKind::Thing,
                Meaning::Unknown => continue,
            };
            self.push(mention.span, kind, Modifiers::INFERRED);
            self.push(mention.pin_beside.unwrap_or_default(), TokenKind::Pinpoint, Modifiers::INFERRED);
        }
        for figure in &notes.prose.figures {
            self.push(notes.words.to_file(figure.span), TokenKind::Figure, Modifiers::INFERRED);
        }
    }

    /// Says of each token whether it stands in a marked claim or in a quotation.
    fn round_about(&mut self, notes: &Annotations) {
        let claims = notes.document.nodes.iter().filter_map(|n| match &n.kind {
            NodeKind::BracketedSpan { text, attributes } if attributes.has_class(&notes.text, "claim") => Some(*text),
            _ => None,
        });
        let claims: Vec<Span> = claims.collect();
        let quotes: Vec<Span> = notes.quotes.iter().map(|q| q.span).collect();
        for token in &mut self.out {
            if held(&claims, token.span) {
                token.modifiers = token.modifiers.with(Modifiers::CLAIM);
            }
            if held(&quotes, token.span) {
                token.modifiers = token.modifiers.with(Modifiers::QUOTE);
            }
        }
    }

    fn of_record(&mut self, record: &Record) {
        if !record.span.overlaps(self.within) {
            return;
        }
        let none = Modifiers::default();
        self.push(record.id.span, kind_of(&record.kind), Modifiers::DEFINITION);
        self.push(record.kind_span().unwrap_or_default(), TokenKind::Value, none);
        self.push(record.symbol.as_ref().map(|s| s.span).unwrap_or_default(), TokenKind::Instrument, none);
        self.push(record.date.as_ref().map(|d| d.span).unwrap_or_default(), TokenKind::Value, none);
        for part in &record.parts {
            self.push(part.span, TokenKind::Pinpoint, none);
        }
        for relation in &record.relations {
            let (kind, modifiers) = self.named(&relation.target.value);
            self.push(relation.target.span, kind, modifiers);
        }
        for old in &record.formerly {
            self.push(old.span, kind_of(&record.kind), Modifiers::DEPRECATED);
        }
    }

    /// The keys of records or settings in a part of a file.
    fn keys(&mut self, text: &str, part: Span) {
        let part = Span::new(part.start.max(self.within.start), part.end.min(self.within.end));
        if part.start < part.end {
            for key in reading_keys::keys(text, part) {
                self.push(key, TokenKind::Attribute, Modifiers::default());
            }
        }
    }

    fn named(&self, name: &str) -> (TokenKind, Modifiers) {
        let kind = |id| kind_of(&self.snapshot.entity(id).record.kind);
        match self.snapshot.lookup(name) {
            Some(Found::Entity(id)) => (kind(id), Modifiers::default()),
            Some(Found::Renamed(id)) => (kind(id), Modifiers::DEPRECATED),
            Some(Found::Text(_)) => (TokenKind::Thing, Modifiers::default()),
            Some(Found::Resolution(_)) => (TokenKind::Instrument, Modifiers::BUILT_IN),
            None => (TokenKind::Thing, Modifiers::UNKNOWN),
        }
    }

    fn kind_of(&self, candidate: &Candidate) -> TokenKind {
        kind_of(&self.snapshot.entity(candidate.entity).record.kind)
    }
}

fn kind_of(kind: &RecordKind) -> TokenKind {
    match kind {
        RecordKind::Person => TokenKind::Person,
        RecordKind::Org => TokenKind::Body,
        RecordKind::Place => TokenKind::Place,
        RecordKind::Agreement | RecordKind::Resolution | RecordKind::Statement | RecordKind::Document => TokenKind::Instrument,
        RecordKind::Event => TokenKind::Event,
        RecordKind::Source => TokenKind::Source,
        RecordKind::Declared(_) => TokenKind::Thing,
    }
}

/// How many spans are looked back over for one that holds a token: they seldom lie in one another.
const NESTED: usize = 8;

/// Whether one of `spans`, in order of place, holds `span`.
fn held(spans: &[Span], span: Span) -> bool {
    let upto = spans.partition_point(|s| s.start <= span.start);
    spans[..upto].iter().rev().take(NESTED).any(|s| s.covers(span))
}

#[cfg(test)]
mod tests;
