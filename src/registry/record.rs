//! The one shape of a record.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{CaseRule, Name, Names, Written};
use crate::text::{Fault, Span};

/// A value and its place in the file it was read from, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl Spanned<SmolStr> {
    /// The same words, borrowed.
    #[must_use]
    pub fn as_str(&self) -> Spanned<&str> {
        Spanned { value: self.value.as_str(), span: self.span }
    }
}

/// What one file gave: its records, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// In the order of the file.
    pub records: Vec<Arc<Record>>,
    /// Reported under `invalid-record` or `bibliography-unreadable`.
    pub faults: Vec<Fault>,
    /// Whether some of the file could not be read, so that "defined nowhere" is no longer sound.
    pub incomplete: bool,
}

impl Parsed {
    /// Adds what follows in the file.
    pub(super) fn append(&mut self, next: Self) {
        self.records.extend(next.records);
        self.faults.extend(next.faults);
        self.incomplete |= next.incomplete;
    }
}

/// An entity, an instrument or a source. What few of them have stands apart, in [`Rare`], and is read as if it stood here: a
/// registry may have hundreds of thousands that only have names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Its id or citation key.
    pub id: Spanned<SmolStr>,
    /// All of the entry: the list item, the line, the `@book{…}`; a note's front matter.
    pub span: Span,
    /// What it is.
    pub kind: RecordKind,
    /// Its names, and where its type is written.
    pub written: Written,
    /// What few have; nothing of it when absent.
    pub rare: Option<Box<Rare>>,
}

/// What few records have.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rare {
    /// Dated offices.
    pub roles: Vec<Role>,
    /// An instrument's symbol as written: `S/RES/2202 (2015)`.
    pub symbol: Option<Spanned<SmolStr>>,
    /// As written, EDTF.
    pub date: Option<Spanned<SmolStr>>,
    /// Whether it may stand as a source of its own.
    pub citable: bool,
    /// Pinpoints it declares, ranges expanded; used when no text of it is at hand.
    pub parts: Vec<Spanned<SmolStr>>,
    /// To other records.
    pub relations: Vec<Relation>,
    /// Addresses that mean the same thing.
    pub same_as: Vec<Spanned<SmolStr>>,
    /// Old ids that keep working.
    pub formerly: Vec<Spanned<SmolStr>>,
    /// How its names match, when it says so for all of them.
    pub case: Option<CaseOverride>,
    /// What only a cited work has.
    pub source: Option<Box<Source>>,
    /// A short description, as written.
    pub note: Option<Spanned<SmolStr>>,
}

/// `match:` of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CaseOverride {
    /// As written.
    Exact,
    /// In any case.
    Folded,
}

/// What a record is. `Declared` holds a type that `vidimus.toml` declares or nobody does: whether it
/// may is asked where settings are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RecordKind {
    /// A person.
    Person,
    /// A body: state organ, organisation, armed group, company.
    Org,
    /// A place.
    Place,
    /// An agreement or treaty.
    Agreement,
    /// A resolution or decision of a body.
    Resolution,
    /// A statement.
    Statement,
    /// An event.
    Event,
    /// Another document.
    Document,
    /// A cited work, from a bibliography.
    #[default]
    Source,
    /// Any other word written as `type`.
    Declared(#[serde(with = "shared")] Arc<SmolStr>),
}

/// A word that records share is kept with each.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use smol_str::SmolStr;

    pub(super) fn serialize<S: Serializer>(word: &Arc<SmolStr>, to: S) -> Result<S::Ok, S::Error> {
        word.as_str().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<SmolStr>, D::Error> {
        SmolStr::deserialize(from).map(Arc::new)
    }
}

impl RecordKind {
    /// The words of `type:` that mean a built-in kind, for completion and suggestions.
    pub const WORDS: &'static [&'static str] =
        &["person", "org", "place", "agreement", "resolution", "statement", "event", "document", "source"];

    /// By the word of `type:`.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        match word {
            "person" => Self::Person,
            "org" => Self::Org,
            "place" => Self::Place,
            "agreement" => Self::Agreement,
            "resolution" => Self::Resolution,
            "statement" => Self::Statement,
            "event" => Self::Event,
            "document" => Self::Document,
            "source" => Self::Source,
            other => Self::Declared(Arc::new(other.into())),
        }
    }

    /// The word of `type:`.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Person => "person",
            Self::Org => "org",
            Self::Place => "place",
            Self::Agreement => "agreement",
            Self::Resolution => "resolution",
            Self::Statement => "statement",
            Self::Event => "event",
            Self::Document => "document",
            Self::Source => "source",
            Self::Declared(word) => word,
        }
    }

    /// Whether it can say something: a person or a body.
    #[must_use]
    pub fn speaks(&self) -> bool {
        matches!(self, Self::Person | Self::Org)
    }

    /// Whether it has numbered parts that a pinpoint can name.
    #[must_use]
    pub fn is_instrument(&self) -> bool {
        matches!(self, Self::Agreement | Self::Resolution | Self::Statement | Self::Document)
    }
}

/// Another name of an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// As written.
    pub text: SmolStr,
    /// Where.
    pub span: Span,
}

/// An office held for a time.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Role {
    /// Where the whole entry lies.
    pub span: Span,
    /// `Foreign Minister of Russia`.
    pub title: Spanned<SmolStr>,
    /// When it was held.
    pub during: DateRange,
    /// Words that mean the holder in that time: `the top diplomat`. The title is one of them by itself.
    pub aliases: Vec<Alias>,
}

/// From and to, each `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; either may be open.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DateRange {
    /// First day, as written.
    pub from: Option<Spanned<SmolStr>>,
    /// Last day, as written.
    pub to: Option<Spanned<SmolStr>>,
}

/// `endorses: [minsk-package]`: one for each id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// `amends supersedes implements endorses party-to member-of`, or a word of the project.
    pub name: SmolStr,
    /// The other record.
    pub target: Spanned<SmolStr>,
}

/// What only a cited work has. Texts are as a reader should see them: BibLaTeX's braces and commands undone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// `article-journal`, `book` …: CSL's names.
    pub work: SmolStr,
    /// Family and given names, or one literal name.
    pub authors: Vec<(SmolStr, SmolStr)>,
    /// The container: journal, newspaper, site.
    pub container: Option<SmolStr>,
    /// Publisher or institution.
    pub publisher: Option<SmolStr>,
    /// Pages, volume and issue as one would print them.
    pub pages: Option<SmolStr>,
    /// Address on the web.
    pub url: Option<Spanned<SmolStr>>,
    /// DOI without its resolver.
    pub doi: Option<SmolStr>,
    /// Day it was looked at.
    pub accessed: Option<SmolStr>,
    /// Address of an archived copy.
    pub archived: Option<SmolStr>,
    /// A local copy, relative to the file that names it.
    pub file: Option<Spanned<SmolStr>>,
    /// Hash of the local copy.
    pub sha256: Option<SmolStr>,
    /// The agency or outlet whose reporting this is; two sources of one origin count once.
    pub origin: Option<SmolStr>,
    /// Language as written.
    pub lang: Option<SmolStr>,
}

impl DateRange {
    /// Whether `date` (EDTF, as written) can lie inside. Comparison is by the shorter precision: a role until 2015 holds all of
    /// 2015. An unreadable or absent date lies inside nothing but an unbounded range.
    #[must_use]
    pub fn holds(&self, date: &str) -> bool {
        let cut = |a: &str, b: &str| -> std::cmp::Ordering {
            let n = a.len().min(b.len());
            a.as_bytes()[..n].cmp(&b.as_bytes()[..n])
        };
        self.from.as_ref().is_none_or(|f| cut(date, &f.value).is_ge()) && self.to.as_ref().is_none_or(|t| cut(date, &t.value).is_le())
    }
}

/// Reads a note's front matter as a record. `yaml` lies in `text`; all spans are bytes of `text`. `stem` is the file's name
/// without its ending, the id when none is written. Front matter without `type` is no record, and front matter that is no YAML
/// is told by whoever reads it as front matter: both give nothing.
#[must_use]
pub fn of_note(text: &str, yaml: Span, stem: &str) -> Parsed {
    let words = yaml.slice(text);
    // Most texts are no records: do not read what cannot hold the key.
    if !words.lines().any(|line| line.starts_with("type") || line.starts_with("\"type\"") || line.starts_with('{')) {
        return Parsed::default();
    }
    match super::yaml::tree(words) {
        Ok(mut node) => {
            node.shift(yaml.start);
            super::schema::of_note(text, &node, yaml, stem)
        }
        Err(_) => Parsed { incomplete: true, ..Parsed::default() },
    }
}

/// What a record has that has nothing rare.
static NOTHING: Rare = Rare {
    roles: Vec::new(),
    symbol: None,
    date: None,
    citable: false,
    parts: Vec::new(),
    relations: Vec::new(),
    same_as: Vec::new(),
    formerly: Vec::new(),
    case: None,
    source: None,
    note: None,
};

impl Deref for Record {
    type Target = Rare;

    fn deref(&self) -> &Rare {
        self.rare.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for Record {
    fn deref_mut(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }
}

impl Record {
    /// The name written; absent when none is.
    #[must_use]
    pub fn name(&self) -> Option<Spanned<&str>> {
        self.written.name()
    }

    /// Other names.
    #[must_use]
    pub fn aliases(&self) -> Names<'_> {
        self.written.aliases()
    }

    /// The name and the other names: what it is called whatever office it holds.
    #[must_use]
    pub fn own_names(&self) -> Names<'_> {
        self.written.all()
    }

    /// Calls `found` with every name, alias and role that stands for it, whose number is given, and with where
    /// [`name_at`](Self::name_at) finds it.
    pub fn each_name<'a>(&'a self, number: u32, mut found: impl FnMut(Name<'a>, u32)) {
        let name = |text: &'a str, role| Name { text, record: number, role, case: self.case_of(text) };
        self.written.places().for_each(|(at, text)| found(name(text, None), at));
        for (index, role) in (0..u16::MAX).zip(&self.roles) {
            let words = std::iter::once(&role.title.value).chain(role.aliases.iter().map(|alias| &alias.text));
            (0..).zip(words).filter(|(_, text)| !text.is_empty()).for_each(|(at, text)| found(name(text, Some(index)), at));
        }
    }

    /// The name at a place that [`each_name`](Self::each_name) told.
    #[must_use]
    pub fn name_at(&self, role: Option<u16>, at: u32) -> Option<&str> {
        let Some(role) = role else { return self.written.at(at) };
        let role = self.roles.get(usize::from(role))?;
        match at.checked_sub(1) {
            None => Some(&role.title.value),
            Some(alias) => Some(&role.aliases.get(alias as usize)?.text),
        }
    }

    /// The same record so many bytes further on in its file; `None` for one of those that have something rare.
    #[must_use]
    pub(super) fn moved(&self, by: i32) -> Option<Self> {
        let Self { id, span, kind, written, rare: None } = self else { return None };
        let moved = |span: Span| Span::new(span.start.wrapping_add_signed(by), span.end.wrapping_add_signed(by));
        let id = Spanned { value: id.value.clone(), span: moved(id.span) };
        Some(Self { id, span: moved(*span), kind: kind.clone(), written: written.moved(by), rare: None })
    }

    /// Whether it is the same record, at most somewhere else in its file. Of those that have something rare that is not told.
    #[must_use]
    pub fn is_moved(&self, other: &Self) -> bool {
        let is_plain = self.rare.is_none() && other.rare.is_none();
        is_plain && self.id.value == other.id.value && self.kind == other.kind && self.written.is_moved(&other.written)
    }

    /// Where `type` is written.
    #[must_use]
    pub fn kind_span(&self) -> Option<Span> {
        self.written.kind()
    }

    /// Gives it a name.
    pub fn set_name(&mut self, name: Spanned<&str>) {
        self.written = Written::of(self.kind_span(), Some(name), self.aliases());
    }

    /// The name shown; the id when none is written.
    #[must_use]
    pub fn shown_name(&self) -> &str {
        self.name().map_or(self.id.value.as_str(), |n| n.value)
    }

    /// First author and year, to name a work in passing: `Hayes 2018`. The name shown stands for an author who is not told.
    #[must_use]
    pub fn author_year(&self) -> String {
        let author = self.source.as_deref().and_then(|s| s.authors.first()).map(|(family, _)| family.as_str());
        let name = author.unwrap_or_else(|| self.shown_name());
        match self.date.as_ref().and_then(|d| d.value.get(..4)) {
            Some(year) => format!("{name} {year}"),
            None => name.to_owned(),
        }
    }

    /// How one of its names matches: as the record says, or else as the name is written.
    #[must_use]
    pub fn case_of(&self, name: &str) -> CaseRule {
        match self.case {
            Some(CaseOverride::Exact) => CaseRule::Exact,
            Some(CaseOverride::Folded) => CaseRule::Folded,
            None => CaseRule::of_name(name),
        }
    }
}
