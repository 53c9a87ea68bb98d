//! A quotation and its source side by side: for a reader who wants to see the words there.

use super::{Compared, Outcome, SourceText};
use crate::corpus::{Annotations, Cited, Claim, ClaimKind, EntityId, FileId, Place, Snapshot};
use crate::prose::Language;
use crate::prose::wording::Change;
use crate::text::Span;

/// Where quotation and source differ: our words and theirs, either of which may be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The quotation's words.
    pub ours: Option<String>,
    /// The source's.
    pub theirs: Option<String>,
}

impl Difference {
    /// In words: "`ours` for `theirs`".
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.ours, &self.theirs) {
            (Some(ours), Some(theirs)) => format!("`{ours}` for `{theirs}`"),
            (Some(ours), None) => format!("`{ours}` is not there"),
            (None, Some(theirs)) => format!("`{theirs}` is left out"),
            (None, None) => String::new(),
        }
    }
}

/// Why a quotation was not compared with a work that it cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// The corpus does not hold the work's text.
    NoText,
    /// The work's text is in another language; its tag, where one is written.
    Language(Option<String>),
    /// The text is the work itself.
    Itself,
}

impl Annotations {
    /// The quotation round a byte of the file: the smallest that is a claim, by its index.
    #[must_use]
    pub fn quotation_at(&self, offset: u32) -> Option<(u32, &Claim)> {
        let quotes = self.claims.iter().enumerate().filter(|(_, c)| matches!(c.kind, ClaimKind::Quote(_)) && c.span.touches(offset));
        let (index, claim) = quotes.min_by_key(|(_, c)| c.span.len())?;
        Some((Span::from(0..index).end, claim))
    }

    /// The works a claim cites with which it was not compared, and why.
    #[must_use]
    pub fn incomparable(&self, snapshot: &Snapshot, claim: &Claim) -> Vec<(Cited, Incomparable)> {
        let why = |cited: &Cited| match snapshot.local_text(&cited.key, cited.entity) {
            None => Some(Incomparable::NoText),
            Some(file) if file == self.file => Some(Incomparable::Itself),
            Some(_) if self.text_of(snapshot, cited).is_some() => None,
            Some(file) => Some(Incomparable::Language(language_of(snapshot, file, cited.entity))),
        };
        self.cited(snapshot, claim).into_iter().filter_map(|cited| why(&cited).map(|why| (cited, why))).collect()
    }

    /// Whether both texts say in which language they are, and it is not the same.
    pub(super) fn is_in_another_language(&self, snapshot: &Snapshot, other: FileId) -> bool {
        let tag = |file: FileId| snapshot.file(file).and_then(|f| f.settings.lang.as_deref()).map(primary);
        matches!((tag(self.file), tag(other)), (Some(ours), Some(theirs)) if ours != theirs)
    }
}

/// The language of a work's text: as its front matter or its record says, else as it was read.
fn language_of(snapshot: &Snapshot, file: FileId, entity: Option<EntityId>) -> Option<String> {
    let written = snapshot.file(file)?.settings.lang.clone();
    let of_record = || snapshot.entity(entity?).record.source.as_deref()?.lang.clone();
    let read = || (snapshot.source_text(file)?.language == Language::Russian).then(|| "ru".into());
    written.or_else(of_record).or_else(read).map(|tag| primary(&tag))
}

/// `en` of `en-GB`.
fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

impl Compared {
    /// What differs, where the words are nearly there; `notes` are the quotation's.
    #[must_use]
    pub fn differences(&self, snapshot: &Snapshot, notes: &Annotations) -> Vec<Difference> {
        let Outcome::Near { changes, .. } = &self.outcome else { return Vec::new() };
        let text = snapshot.text(self.source.file).unwrap_or_default();
        let ours = |span: Span| Some(span.slice(notes.running()).to_owned());
        let theirs = |span: Span| Some(self.source.map.to_source(span).slice(&text).to_owned());
        let one = |change: &Change| match *change {
            Change::Added(a) => Difference { ours: ours(a), theirs: None },
            Change::Dropped(b) => Difference { ours: None, theirs: theirs(b) },
            Change::Swapped(a, b) => Difference { ours: ours(a), theirs: theirs(b) },
        };
        changes.iter().map(one).collect()
    }
}

impl SourceText {
    /// The paragraph that holds a byte of the file: its number (0 for none), and its words' place in the file.
    #[must_use]
    pub fn paragraph_round(&self, offset: u32) -> Option<(u32, Span)> {
        let words = self.wording.words();
        let at = self.wording.at(self.map.from_source(offset));
        let next = self.numbered.partition_point(|(from, _)| *from <= at);
        let (from, number) = *self.numbered.get(next.checked_sub(1)?)?;
        let to = self.numbered.get(next).map_or(words.len(), |(from, _)| *from);
        let (first, last) = (words.get(from)?, words.get(to.checked_sub(1)?)?);
        Some((number, self.map.to_source(first.span.join(last.span))))
    }
}

impl Snapshot {
    /// Where the words of the quotation round a byte of a file stand in the works it cites; and the quotation.
    #[must_use]
    pub fn quoted_words(&self, file: FileId, offset: u32) -> Option<(Span, Vec<Place>)> {
        let notes = self.annotations(file)?;
        let (_, claim) = notes.quotation_at(offset)?;
        let place = |one: &Compared| {
            let (file, span) = one.place()?;
            let full = one.source.paragraph_round(span.start).map_or(span, |(_, full)| full.join(span));
            Some(Place { file, span, full })
        };
        let places: Vec<Place> = notes.compared(self, claim).iter().filter_map(place).collect();
        (!places.is_empty()).then_some((claim.span, places))
    }
}
