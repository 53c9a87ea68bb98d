//! One file's stand-off layer: what its marks and words mean in this corpus.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::change::Compiled;
use super::landmarks::Landmark;
use super::{Candidate, EntityId, FileId, FileKind, FileState, Names, Settings, Snapshot, Stayed};
use crate::prose::attribution::Milestone;
use crate::prose::{Figure, Instrument, Language, Named, Prose};
use crate::syntax::{Document, NodeKind, OffsetMap, Passage};
use crate::text::Span;

/// All that one text says and means. Spans are bytes of the file unless a field says otherwise.
#[derive(Clone, Debug)]
pub struct Annotations {
    /// Which file.
    pub file: FileId,
    /// Its characters.
    pub text: Arc<str>,
    /// Its marks.
    pub document: Document,
    /// Its words.
    pub words: Words,
    /// The language its words were read in.
    pub language: Language,
    /// What the words say; spans of the running text.
    pub prose: Prose,
    /// Everything named, marked or not, in order of place.
    pub mentions: Vec<MentionAt>,
    /// One for each of `prose.instruments`.
    pub instruments: Vec<InstrumentAt>,
    /// Every work cited.
    pub citations: Vec<CitationAt>,
    /// One for each of `prose.quotes`.
    pub quotes: Vec<QuoteAt>,
    /// For each sentence that reports somebody's words: its index and who speaks, in order.
    pub reported: Vec<(u32, Speaker)>,
    /// What asserts, with what supports it.
    pub claims: Vec<Claim>,
    /// Sentences that something supports, claim or not, in order.
    pub supported: Vec<u32>,
    /// What is as it was in the annotations that these were made from.
    pub stayed: Option<Stayed>,
    /// Another number for each that is made.
    pub number: u64,
    /// What they were made with.
    pub(super) made: Made,
    /// What attribution knows of each mention.
    pub(super) named: Vec<Named>,
    /// What attribution remembered on its way.
    pub(super) milestones: Vec<Milestone>,
    /// Labels of the footnotes that hold a source.
    pub(super) sourced_notes: FxHashSet<SmolStr>,
    /// Blocks that act at a distance, in order.
    pub(super) landmarks: Vec<Landmark>,
}

/// What annotations depend on besides the text: where it is another, all of them are made anew.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) kind: FileKind,
    pub(super) names: Arc<Names>,
    pub(super) compiled: Arc<Compiled>,
    pub(super) settings: Settings,
    /// Front matter's `source:`.
    pub(super) source: Option<(SmolStr, Span)>,
}

/// A text's running text and the way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The running text where it differs from the file.
    pub(super) own: Option<String>,
    /// From running text to file.
    pub map: OffsetMap,
    /// Its passages.
    pub passages: Vec<Passage>,
}

/// Something named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionAt {
    /// What to highlight: a mark with its brackets, a name without its possessive ending.
    pub span: Span,
    /// The words a reader sees, in the running text.
    pub words: Span,
    /// What it means.
    pub meaning: Meaning,
    /// The node, when the author marked it.
    pub node: Option<u32>,
    /// The pinpoint written in the mark or beside the name.
    pub pin: Option<SmolStr>,
    /// Where it is written beside the name: `Article 41` of "Article 41 of the UN Charter".
    pub pin_beside: Option<Span>,
}

/// What a mention means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This one.
    One(Candidate),
    /// One of these: nothing in the text settles which.
    Several(Vec<Candidate>),
    /// A resolution that only the built-in table knows.
    Resolution(u32),
    /// A text of the corpus.
    Text(FileId),
    /// Nothing known.
    Unknown,
}

/// An instrument recognised, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstrumentAt {
    /// Where it is named.
    pub span: Span,
    /// The record of that symbol or id.
    pub entity: Option<EntityId>,
}

/// A work cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationAt {
    /// The group's node.
    pub node: u32,
    /// Its index in the group.
    pub item: u32,
    /// The key, without `@`.
    pub key: Span,
    /// The record.
    pub entity: Option<EntityId>,
}

/// A quotation in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteAt {
    /// With its marks.
    pub span: Span,
    /// Who says it.
    pub speaker: Option<Speaker>,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The words that name the speaker, or the value of `by=`.
    pub span: Span,
    /// Who that is, as far as the registries tell.
    pub entity: Option<EntityId>,
    /// The verb or noun that says so.
    pub cue: Option<Span>,
}

/// Something asserted.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Why it needs a source.
    pub kind: ClaimKind,
    /// The words that assert it.
    pub span: Span,
    /// The same in the running text.
    pub words: Span,
    /// Index of the sentence it begins in.
    pub sentence: u32,
    /// What supports it, nearest first.
    pub support: Vec<Support>,
    /// Whether it needs no source: refuted, retracted, an opinion.
    pub exempt: bool,
    /// Who is said to say it.
    pub by: Option<Speaker>,
}

/// Why something needs a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// Marked by the author; the node.
    Explicit(u32),
    /// A figure, by its index in `prose.figures`.
    Figure(u32),
    /// A quotation, by its index in `prose.quotes`.
    Quote(u32),
}

/// What supports a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// A citation group; the node.
    Citation(u32),
    /// A footnote that holds one of the others; the reference's node.
    Footnote(u32),
    /// A link out of the corpus: a source, but not a registered one; the node.
    Link(u32),
    /// A mention of a citable instrument with its pinpoint, by its index in [`Annotations::mentions`].
    Pinned(u32),
    /// An instrument in words with its pinpoint, by its index in [`Annotations::instruments`].
    Instrument(u32),
    /// `source=` of the claim itself; its value.
    Attribute(Span),
    /// Front matter's `source:`; its value.
    Document(Span),
    /// Somebody is said to say it, which suffices in a source-text.
    Attribution(Speaker),
}

/// Why words need no source of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spared {
    /// Their sentence has one.
    Supported,
    /// They are a quotation's.
    Quoted,
    /// They are a heading's.
    Heading,
    /// Their author marked them as an opinion.
    Opinion,
}

impl ClaimKind {
    /// Its word in `extract`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Explicit(_) => "explicit",
            Self::Figure(_) => "figure",
            Self::Quote(_) => "quote",
        }
    }
}

impl Words {
    /// Whether some words of the running text are none of the file's, because a mark stands inside or a passage ends there.
    #[must_use]
    pub fn has_other_words(&self, text: &str) -> bool {
        let running = self.own.as_deref().unwrap_or(text);
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}'));
        let cuts = |at: u32| match (running.get(..at as usize), running.get(at as usize..)) {
            (Some(before), Some(behind)) => letter(before.chars().next_back()) && letter(behind.chars().next()),
            _ => true,
        };
        self.passages.iter().any(|p| cuts(p.span.start) || cuts(p.span.end)) || self.map.changes_words(text)
    }

    /// The file's place of a place in the running text.
    #[must_use]
    pub fn to_file(&self, span: Span) -> Span {
        self.map.to_source(span)
    }
}

impl Meaning {
    /// The one entity it means, when it is settled.
    #[must_use]
    pub fn entity(&self) -> Option<EntityId> {
        if let Self::One(candidate) = self { Some(candidate.entity) } else { None }
    }
}

impl Made {
    /// With what a snapshot knows now.
    pub(super) fn of(snapshot: &Snapshot, file: &FileState) -> Self {
        Self {
            kind: file.kind,
            names: snapshot.names.clone(),
            compiled: snapshot.compiled.clone(),
            settings: file.settings.clone(),
            source: file.facts.head.source.clone(),
        }
    }

    /// Whether all of it is the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind
            && Arc::ptr_eq(&self.names, &other.names)
            && Arc::ptr_eq(&self.compiled, &other.compiled)
            && self.settings == other.settings
            && self.source == other.source
    }
}

/// All that a text says and means is the same; how they were made does not count.
impl PartialEq for Annotations {
    fn eq(&self, other: &Self) -> bool {
        self.file == other.file
            && self.text == other.text
            && self.document == other.document
            && self.words == other.words
            && self.language == other.language
            && self.prose == other.prose
            && self.mentions == other.mentions
            && self.instruments == other.instruments
            && self.citations == other.citations
            && self.quotes == other.quotes
            && self.reported == other.reported
            && self.claims == other.claims
            && self.supported == other.supported
    }
}

impl Annotations {
    /// Of a text whose marks and words are known, and nothing else yet.
    pub(super) fn begun(file: FileId, text: Arc<str>, document: Document, words: Words, language: Language, made: Made) -> Self {
        Self {
            file,
            text,
            document,
            words,
            language,
            prose: Prose::default(),
            mentions: Vec::new(),
            instruments: Vec::new(),
            citations: Vec::new(),
            quotes: Vec::new(),
            reported: Vec::new(),
            claims: Vec::new(),
            supported: Vec::new(),
            stayed: None,
            number: super::stayed::next_number(),
            made,
            named: Vec::new(),
            milestones: Vec::new(),
            sourced_notes: FxHashSet::default(),
            landmarks: Vec::new(),
        }
    }

    /// The running text.
    #[must_use]
    pub fn running(&self) -> &str {
        self.words.own.as_deref().unwrap_or(&self.text)
    }

    /// Whether the mention was marked by the author.
    #[must_use]
    pub fn mention_target(&self, mention: &MentionAt) -> Option<&str> {
        match &self.document.nodes.get(mention.node? as usize)?.kind {
            NodeKind::Mention(m) => Some(super::facts::target_name(m.target.slice(&self.text))),
            _ => None,
        }
    }

    /// Index of the sentence that holds a byte of the running text, or the last before it.
    #[must_use]
    pub fn sentence_at(&self, offset: u32) -> Option<u32> {
        let i = self.prose.sentences.partition_point(|s| s.span.start <= offset);
        i.checked_sub(1).map(|i| Span::from(0..i).end)
    }

    /// A sentence's bytes in the file.
    #[must_use]
    pub fn sentence_span(&self, sentence: u32) -> Span {
        self.prose.sentences.get(sentence as usize).map(|s| self.words.to_file(s.span)).unwrap_or_default()
    }

    /// Whether words (of the running text) stand inside a quotation.
    #[must_use]
    pub fn is_quoted(&self, words: Span) -> bool {
        let quotes = &self.prose.quotes;
        let upto = quotes.partition_point(|q| q.span.start <= words.start);
        quotes[..upto].iter().rev().take(8).any(|q| q.span.covers(words))
    }

    /// Whether words (of the running text) assert something that nothing supports: they are no quotation's, no marked opinion's and no
    /// heading's, and their sentence has no source.
    #[must_use]
    pub fn asserts(&self, words: Span) -> bool {
        self.spared(words).is_none()
    }

    /// Why words (of the running text) need no source of their own; `None` when they do.
    #[must_use]
    pub fn spared(&self, words: Span) -> Option<Spared> {
        if self.sentence_at(words.start).is_some_and(|s| self.has_support(s)) {
            Some(Spared::Supported)
        } else if self.is_quoted(words) {
            Some(Spared::Quoted)
        } else if self.is_heading(words) {
            Some(Spared::Heading)
        } else if self.is_opinion(words) {
            Some(Spared::Opinion)
        } else {
            None
        }
    }

    fn is_heading(&self, words: Span) -> bool {
        let passages = &self.words.passages;
        let at = passages.partition_point(|p| p.span.end <= words.start);
        passages.get(at).is_some_and(|p| p.kind == crate::syntax::PassageKind::Heading)
    }

    fn is_opinion(&self, words: Span) -> bool {
        let span = self.words.to_file(words);
        let upto = self.document.nodes.partition_point(|n| n.span.start <= span.start);
        // Marks lie in one another seldom and not deep.
        self.document.nodes[..upto].iter().rev().take(32).any(|n| match &n.kind {
            NodeKind::BracketedSpan { attributes, .. } => n.span.covers(span) && attributes.has_class(&self.text, "opinion"),
            _ => false,
        })
    }

    /// Whether anything supports a sentence.
    #[must_use]
    pub fn has_support(&self, sentence: u32) -> bool {
        self.supported.binary_search(&sentence).is_ok()
    }

    /// The figure of a claim.
    #[must_use]
    pub fn figure(&self, claim: &Claim) -> Option<&Figure> {
        if let ClaimKind::Figure(i) = claim.kind { self.prose.figures.get(i as usize) } else { None }
    }

    /// An instrument recognised, with what its words say.
    pub fn instruments_found(&self) -> impl Iterator<Item = (&InstrumentAt, &Instrument)> {
        self.instruments.iter().zip(&self.prose.instruments)
    }
}
