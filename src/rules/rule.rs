//! A rule as a value, and what it is asked with.

use std::ops::Range;

use super::Findings;
use super::allow::Allows;
use super::check::WHOLE;
use super::comparisons::Comparisons;
use crate::config::{Level, LevelRow, TextKind};
use crate::corpus::{Annotations, CitationAt, Claim, FileId, FileState, InstrumentAt, MentionAt, Occasion, Snapshot};
use crate::prose::{Instrument, Phrase, PhraseKind, Sentence};
use crate::syntax::Node;
use crate::text::{Fault, Span};

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, after the fault: that of its file, with hyphens.
    pub name: &'static str,
    /// What it flags, in one line.
    pub summary: &'static str,
    /// Its manual, in Markdown.
    pub docs: &'static str,
    /// Whether it can be wrong.
    pub tier: Tier,
    /// How far it looks.
    pub reach: Reach,
    /// Its level by kind of text where it speaks, before settings.
    pub levels: LevelRow,
    /// To whom it speaks unless settings say more.
    pub speaks: Speaks,
    /// Reports what it finds in one file.
    pub check: fn(&Context<'_>, &mut Findings<'_>),
}

/// Whether a rule can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// No guess about language is involved.
    Sound,
    /// It reads language, and may misread it.
    Heuristic,
}

/// To whom a rule speaks when settings say nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaks {
    /// To everybody.
    Unasked,
    /// To an author in an editor, as a hint in open texts; elsewhere when it is asked for.
    InEditors,
    /// To those who ask for it: by `--select`, or by a level in `vidimus.toml`.
    WhenAsked,
}

/// How far a rule looks for what it finds in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// What it finds in a block depends on the annotations of that block, on the words that lead a list or quotation in, on names and
    /// settings, and on whether the text has code or formulas at all. It looks at what [`Context`] gives it, and says when it had to [look
    /// further](crate::rules::Findings::looked_further).
    Passage,
    /// On all of the file, or on others.
    Text,
    /// On what every other text of the corpus names.
    Corpus,
    /// On what the file's directives took away of other rules' findings: it is asked last.
    Directives,
}

/// One file, as a rule sees it.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The corpus.
    pub snapshot: &'a Snapshot,
    /// The file.
    pub id: FileId,
    /// Its facts and settings.
    pub file: &'a FileState,
    /// What its words mean, when it is a text.
    pub notes: Option<&'a Annotations>,
    /// The bytes of it in which something is looked for: whole blocks.
    pub within: Span,
    /// What its directives took away, for a rule that asks.
    pub(super) allows: Option<&'a Allows<'a>>,
    /// What was compared with its sources in this check.
    pub(super) comparisons: &'a Comparisons,
}

/// Annotations that begin in the stretch looked at; none in a file that is no text.
impl<'a> Context<'a> {
    /// Everything named.
    #[must_use]
    pub fn mentions(&self) -> &'a [MentionAt] {
        self.notes.map(|n| self.stretch(&n.mentions, |m| m.span.start)).unwrap_or_default()
    }

    /// Marks.
    #[must_use]
    pub fn nodes(&self) -> &'a [Node] {
        self.notes.map(|n| self.stretch(&n.document.nodes, |n| n.span.start)).unwrap_or_default()
    }

    /// What asserts.
    #[must_use]
    pub fn claims(&self) -> &'a [Claim] {
        self.notes.map(|n| self.stretch(&n.claims, |c| c.span.start)).unwrap_or_default()
    }

    /// Works cited.
    #[must_use]
    pub fn citations(&self) -> &'a [CitationAt] {
        self.notes.map(|n| self.stretch(&n.citations, |c| c.key.start)).unwrap_or_default()
    }

    /// Phrases of one kind.
    pub fn phrases(&self, kind: PhraseKind) -> impl Iterator<Item = &'a Phrase> {
        let all = self.notes.map(|n| self.stretch(&n.prose.phrases, |p| n.words.to_file(p.span).start)).unwrap_or_default();
        all.iter().filter(move |p| p.kind == kind)
    }

    /// Sentences, with their indices.
    pub fn sentences(&self) -> impl Iterator<Item = (u32, &'a Sentence)> {
        let all = self.notes.map(|n| n.prose.sentences.as_slice()).unwrap_or_default();
        let here = self.notes.map(|n| self.range(all, |s| n.words.to_file(s.span).start)).unwrap_or_default();
        let first = here.start;
        all[here].iter().enumerate().map(move |(n, s)| (Span::from(0..first + n).end, s))
    }

    /// Instruments recognised, with what their words say.
    pub fn instruments(&self) -> impl Iterator<Item = (&'a InstrumentAt, &'a Instrument)> {
        let here = self.notes.map(|n| {
            let range = self.range(&n.instruments, |i| i.span.start);
            n.instruments[range.clone()].iter().zip(n.prose.instruments.get(range).unwrap_or_default())
        });
        here.into_iter().flatten()
    }

    /// What is wrong with the marks.
    pub fn faults(&self) -> impl Iterator<Item = &'a Fault> {
        let (all, within) = (self.notes.map(|n| n.document.faults.as_slice()).unwrap_or_default(), self.within);
        all.iter().filter(move |f| within.contains(f.span.start))
    }

    fn stretch<T>(&self, all: &'a [T], start: impl Fn(&T) -> u32) -> &'a [T] {
        &all[self.range(all, start)]
    }

    fn range<T>(&self, all: &[T], start: impl Fn(&T) -> u32) -> Range<usize> {
        // Nearly always all is asked for.
        if self.within == WHOLE {
            return 0..all.len();
        }
        let first = all.partition_point(|one| start(one) < self.within.start);
        first..first + all[first..].partition_point(|one| start(one) < self.within.end)
    }
}

/// Declares a rule: its doc comment, name, summary, tier, reach (the whole text, unless it says less), levels, check, and to whom it
/// speaks (everybody, unless it says less).
macro_rules! rule {
    ($(#[doc = $doc:literal])* $name:literal, $summary:literal, $tier:ident, LevelRow::$row:ident($($level:expr),*), $($rest:tt)*) => {
        crate::rules::rule::rule! { $(#[doc = $doc])* $name, $summary, $tier, Text, LevelRow::$row($($level),*), $($rest)* }
    };
    ($(#[doc = $doc:literal])* $name:literal, $summary:literal, $tier:ident, $reach:ident, LevelRow::$row:ident($($level:expr),*), $check:path) => {
        crate::rules::rule::rule! { $(#[doc = $doc])* $name, $summary, $tier, $reach, LevelRow::$row($($level),*), $check, Unasked }
    };
    ($(#[doc = $doc:literal])* $name:literal, $summary:literal, $tier:ident, $reach:ident, $levels:expr, $check:path, $speaks:ident) => {
        $(#[doc = $doc])*
        pub(super) static RULE: crate::rules::Rule = crate::rules::Rule {
            name: $name,
            summary: $summary,
            docs: concat!($($doc, "\n"),*),
            tier: crate::rules::Tier::$tier,
            reach: crate::rules::Reach::$reach,
            levels: $levels,
            speaks: crate::rules::Speaks::$speaks,
            check: $check,
        };
    };
}
pub(super) use rule;

impl Rule {
    /// Its manual as Markdown, without the space that doc comments put before each line.
    #[must_use]
    pub fn manual(&self) -> String {
        self.docs.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n")
    }

    /// Its level for a kind of text where it speaks, before settings.
    #[must_use]
    pub fn level(&self, kind: TextKind) -> Level {
        match kind {
            TextKind::Analysis => self.levels.analysis,
            TextKind::SourceText => self.levels.source_text,
            TextKind::Opinion | TextKind::Note => self.levels.other,
        }
    }

    /// Its level in one file on an occasion: as settings say; where they say nothing its own, if it speaks then.
    #[must_use]
    pub fn level_in(&self, file: &FileState, occasion: &Occasion) -> Level {
        let speaks = match self.speaks {
            Speaks::Unasked => true,
            Speaks::InEditors => occasion.editor && file.held.is_some() || occasion.selects(self.name),
            Speaks::WhenAsked => occasion.selects(self.name),
        };
        let own = if speaks { self.level(file.settings.kind) } else { Level::Off };
        file.settings.level(self.name).unwrap_or(own)
    }

    /// Its level for a kind of text in words, before settings, with the door at which it is heard.
    #[must_use]
    pub fn level_word(&self, kind: TextKind) -> String {
        let word = self.level(kind).word();
        match self.speaks {
            _ if self.level(kind) == Level::Off => word.to_owned(),
            Speaks::Unasked => word.to_owned(),
            Speaks::InEditors => format!("{word} (editors)"),
            Speaks::WhenAsked => format!("{word} (if asked)"),
        }
    }
}
