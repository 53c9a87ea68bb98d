//! Is it what the source says? Quotations and figures against texts of the works they cite, where those lie in the corpus.
//!
//! The text of a work is the source-text whose front matter names it (`kind: source-text`, `source: key`), else the text that its record
//! names as `file`. A text in another language than the source is not compared: a translation shares no words with it.
//!
//! Not here: how words are compared (`prose::wording`), what is said of a difference (`rules`).

mod at_place;
mod cited_paragraphs;
mod source_text;

pub use at_place::{Difference, Incomparable};
pub use source_text::{FigureThere, SourceText};

use std::sync::Arc;

use super::watch::{Asked, answer_of};
use super::{Annotations, Cited, Claim, ClaimKind, EntityId, FileId, Snapshot};
use crate::prose::wording::{Change, Found, Quoted, difference};
use crate::text::Span;

/// One quotation against one work that it cites.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The work.
    pub cited: Cited,
    /// The text of the work.
    pub source: Arc<SourceText>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a comparison. Spans are bytes of the source's file.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The words stand there.
    Same {
        /// Where.
        at: Span,
        /// The number of their paragraph; 0 for none.
        paragraph: u32,
        /// Whether the locator names other paragraphs only.
        elsewhere: bool,
        /// Who says them there, as far as its marks and words tell.
        speaker: Option<EntityId>,
    },
    /// Nearly: the words of the quotation (of the citing file) and those of the source that differ.
    Near {
        /// Where.
        at: Span,
        /// What differs; spans of the running text on our side, of the source's running text on theirs.
        changes: Vec<Change>,
    },
    /// They stand nowhere in it.
    Absent,
}

impl Snapshot {
    /// The text of a work that lies in the corpus, or where settings allow it to be read.
    #[must_use]
    pub fn local_text(&self, key: &str, entity: Option<EntityId>) -> Option<FileId> {
        let named = self.names().local_text(key);
        self.names().tell(|| Asked::Work(key.into()), || answer_of(named.map(|file| self.path(file)).as_deref()));
        if let Some(file) = named {
            return Some(file);
        }
        let entity = self.entity(entity?);
        let named = entity.record.source.as_deref()?.file.as_ref()?;
        let file = self.path_anywhere(entity.home.file, &named.value).and_then(|path| self.file_at(&path))?;
        self.file(file).filter(|f| f.kind.is_text()).map(|_| file)
    }

    /// A text as a source that words are compared with; kept until names or the text change.
    #[must_use]
    pub fn source_text(&self, id: FileId) -> Option<Arc<SourceText>> {
        let file = self.file(id)?;
        // Made once for all who ask: whoever asked first does not depend on all that it was made of.
        let made = || Some(SourceText::of(&*self.unwatched().annotations(id)?));
        let source = file.source_text(self.names().version(), made)?;
        self.names().tell(|| Asked::Said(file.path.clone()), || self.print_of_said(&source));
        Some(source)
    }
}

impl Annotations {
    /// A quotation against each work it cites whose text lies in the corpus and is of the same language.
    #[must_use]
    pub fn compared(&self, snapshot: &Snapshot, claim: &Claim) -> Vec<Compared> {
        let ClaimKind::Quote(index) = claim.kind else { return Vec::new() };
        let at_hand = |cited: Cited| self.text_of(snapshot, &cited).map(|source| (cited, source));
        let texts: Vec<_> = self.cited(snapshot, claim).into_iter().filter_map(at_hand).collect();
        // Most works are not at hand: the words need not be read for them.
        if texts.is_empty() {
            return Vec::new();
        }
        let quoted = self.quoted(index);
        if quoted.is_empty() {
            return Vec::new();
        }
        let with = |(cited, source): (Cited, Arc<SourceText>)| {
            let outcome = outcome(&quoted, &cited, &source);
            Compared { cited, source, outcome }
        };
        texts.into_iter().map(with).collect()
    }

    /// The text of a work, when it can be compared with this one.
    #[must_use]
    pub fn text_of(&self, snapshot: &Snapshot, cited: &Cited) -> Option<Arc<SourceText>> {
        let file = snapshot.local_text(&cited.key, cited.entity).filter(|file| *file != self.file)?;
        if self.is_in_another_language(snapshot, file) {
            return None;
        }
        snapshot.source_text(file).filter(|source| source.language == self.language)
    }

    /// The words of a quotation, those of the paragraphs that continue it included.
    fn quoted(&self, index: u32) -> Quoted {
        let quotes = &self.prose.quotes;
        let mut spans: Vec<Span> = Vec::new();
        let mut last = index;
        for (number, quote) in quotes.iter().enumerate().skip(index as usize) {
            let number = Span::from(0..number).end;
            if number == index || quote.continues == Some(last) {
                spans.extend(self.own_words(number));
                last = number;
            } else if quote.within.is_none() && quote.continues.is_none() {
                break;
            }
        }
        Quoted::of(self.running(), spans)
    }

    /// The words of one quotation without those that tell within it who says it: «Мы, — сказала она, — не обещали».
    fn own_words(&self, quote: u32) -> impl Iterator<Item = Span> {
        let words = self.prose.quotes.get(quote as usize).map(|q| q.words).unwrap_or_default();
        let (first, second) = match self.told_within(quote) {
            Some(told) => (Span::new(words.start, told.start), Some(Span::new(told.end, words.end))),
            None => (words, None),
        };
        std::iter::once(first).chain(second)
    }

    /// Where within a quotation stands who says it, dashes included; in the running text.
    #[must_use]
    pub fn told_within(&self, quote: u32) -> Option<Span> {
        let words = self.prose.quotes.get(quote as usize)?.words;
        let cue = self.quotes.get(quote as usize)?.speaker?.cue?;
        let cue = Span::new(self.words.map.from_source(cue.start), self.words.map.from_source(cue.end));
        if !words.covers(cue) {
            return None;
        }
        let (before, behind) =
            (Span::new(words.start, cue.start).slice(self.running()), Span::new(cue.end, words.end).slice(self.running()));
        let opens = before.rfind(DASHES).filter(|at| before[..*at].trim_end().ends_with([',', '.', '?', '!', '…']))?;
        let closes = behind.find(DASHES).and_then(|at| Some(at + behind[at..].chars().next()?.len_utf8())).unwrap_or(behind.len());
        Some(Span::new(words.start + Span::from(0..opens).end, cue.end + Span::from(0..closes).end))
    }
}

/// The dashes between which Russian tells within a quotation who says it.
const DASHES: [char; 2] = ['—', '–'];

fn outcome(quoted: &Quoted, cited: &Cited, source: &SourceText) -> Outcome {
    let wanted = cited.locator.as_deref().and_then(cited_paragraphs::paragraphs);
    let inside = wanted.as_ref().and_then(|wanted| {
        let (from, to) = source.words_of(wanted)?;
        source.wording.find_within(quoted, from, to)
    });
    if let Some(found) = inside.or_else(|| source.wording.find(quoted)) {
        let paragraph = source.paragraph_at(found.from);
        // A paragraph that the text does not have is another rule's; one without a number is a headline.
        let elsewhere = inside.is_none() && paragraph > 0 && wanted.is_some_and(|wanted| !wanted.contains(&paragraph));
        return Outcome::Same { at: source.span(found), paragraph, elsewhere, speaker: source.speaker_of(found) };
    }
    match source.wording.nearest(quoted) {
        Some(near) => Outcome::Near { at: source.span(near), changes: difference(quoted, &source.wording, near) },
        None => Outcome::Absent,
    }
}

/// Where quoted words stand, for a reader who wants to see them.
impl Compared {
    /// The words' place in the source's file; `None` when they are not there.
    #[must_use]
    pub fn place(&self) -> Option<(FileId, Span)> {
        match &self.outcome {
            Outcome::Same { at, .. } | Outcome::Near { at, .. } => Some((self.source.file, *at)),
            Outcome::Absent => None,
        }
    }
}

impl SourceText {
    fn span(&self, found: Found) -> Span {
        let words = self.wording.words();
        let first = words.get(found.from).map_or(Span::default(), |w| w.span);
        let last = words.get(found.to.saturating_sub(1)).map_or(first, |w| w.span);
        self.map.to_source(first.join(last))
    }
}
