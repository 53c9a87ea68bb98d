//! What could be written here?
//!
//! [`context`] reads which construct stands open at the cursor, from the bytes round it alone: a text of a megabyte that was
//! just edited is not read again for it. Every construct then has a file that says what fits it.
//!
//! Not here: documentation of what is offered, which is asked for one item at a time ([`About`] says of what).

mod ahead;
mod attributes;
mod context;
mod directives;
mod entry;
mod footnotes;
mod front_matter;
mod keys;
mod locators;
mod names;
mod paths;
mod pins;
mod prose;
mod ranking;
mod records;
mod settings;
mod terms;
#[cfg(test)]
mod tests;

pub use keys::{Citation, citations};

use smol_str::SmolStr;

use super::FilePosition;
use crate::corpus::{FileId, FileKind, RegistryFormat, Snapshot};
use crate::registry::RecordKind;
use crate::syntax;
use crate::text::Span;
use context::{Context, Open};

/// At most so many things are offered: more is nothing that anybody reads.
pub const MOST: usize = 100;

/// What could be written at a place, the likeliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// What is offered.
    pub items: Vec<Item>,
    /// Whether there is more, or another letter could bring up what is not here.
    pub incomplete: bool,
    /// What is typed already, up to the cursor.
    pub typed: Span,
    /// What an item takes the place of: what is typed, and what of it lies ahead. On one line.
    pub whole: Span,
    /// Whether what lies ahead must go in any case: the brackets that an item brings with it.
    pub closes: bool,
}

/// One thing offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is shown.
    pub label: String,
    /// What it is, in a word or a line.
    pub detail: String,
    /// What sort of thing it is.
    pub kind: ItemKind,
    /// What is typed to find it.
    pub filter: String,
    /// What is written.
    pub insert: String,
    /// The same with places to fill, where more is worth writing than `insert`.
    pub snippet: Option<Vec<Part>>,
    /// What its documentation is about.
    pub about: Option<About>,
}

/// A part of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Characters as they are.
    Text(String),
    /// A place to fill, with what stands there at first.
    Hole(String),
}

/// What an item's documentation is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// What an id or key means, and the place in it.
    Thing(SmolStr, Option<SmolStr>),
    /// A rule.
    Rule(&'static str),
    /// These words.
    Words(&'static str),
}

/// What sort of thing is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A person.
    Person,
    /// A body or place.
    Body,
    /// An agreement, resolution, statement or document.
    Instrument,
    /// An event.
    Event,
    /// A cited work.
    Source,
    /// A text or file of the corpus.
    File,
    /// A place in a text.
    Place,
    /// A key of a record, of front matter or of settings.
    Key,
    /// One of a few values.
    Value,
    /// A rule.
    Rule,
    /// Something whole to be filled in.
    Snippet,
    /// Words.
    Words,
}

impl ItemKind {
    fn of(kind: &RecordKind) -> Self {
        match kind {
            RecordKind::Person => Self::Person,
            RecordKind::Org | RecordKind::Place => Self::Body,
            RecordKind::Event => Self::Event,
            RecordKind::Source => Self::Source,
            _ => Self::Instrument,
        }
    }
}

impl Item {
    /// Something that is written as it is shown.
    fn plain(label: impl Into<String>, kind: ItemKind, detail: impl Into<String>) -> Self {
        let label = label.into();
        Self { filter: label.clone(), insert: label.clone(), label, detail: detail.into(), kind, snippet: None, about: None }
    }

    fn about(self, about: About) -> Self {
        Self { about: Some(about), ..self }
    }

    fn inserts(self, insert: impl Into<String>) -> Self {
        Self { insert: insert.into(), ..self }
    }

    /// What is written for a client that fills in places.
    #[must_use]
    pub fn parts(&self) -> Option<&[Part]> {
        self.snippet.as_deref()
    }
}

/// What the constructs are asked with.
struct Asked<'a> {
    snapshot: &'a Snapshot,
    file: FileId,
    text: &'a str,
    context: &'a Context<'a>,
}

impl Asked<'_> {
    /// The words typed so far.
    fn typed(&self) -> &str {
        self.context.typed.slice(self.text)
    }
}

/// What is offered, and whether there is more.
type Offer = (Vec<Item>, bool);

/// What could be written at a place. `invoked`: somebody asked for it by a key, so that words of prose are worth completing.
#[must_use]
pub fn completion(snapshot: &Snapshot, at: FilePosition, invoked: bool) -> Option<Completion> {
    let state = snapshot.file(at.file)?;
    let text = snapshot.text(at.file)?;
    let context = match state.kind {
        FileKind::Text(format) => context::in_text(&text, at.offset, format),
        FileKind::Config => entry::toml(&text, at.offset).map(|e| e.context(Open::Setting)),
        FileKind::Registry(RegistryFormat::Yaml) => {
            entry::yaml(&text, Span::from(0..text.len()), at.offset).map(|e| e.context(Open::Record))
        }
        FileKind::Registry(RegistryFormat::Jsonl) => entry::json(&text, at.offset).map(|e| e.context(Open::Record)),
        FileKind::Registry(_) | FileKind::Sidecar => None,
    }?;
    if matches!(context.open, Open::Word) && !invoked {
        return None;
    }
    let asked = Asked { snapshot, file: at.file, text: &text, context: &context };
    let (mut items, mut incomplete) = offers(&asked);
    incomplete |= items.len() > MOST;
    items.truncate(MOST);
    let closes = matches!(context.open, Open::Target { .. } | Open::Verb | Open::Footnote { .. });
    (!items.is_empty() || incomplete).then_some(Completion { items, incomplete, typed: context.typed, whole: context.whole, closes })
}

fn offers(asked: &Asked<'_>) -> Offer {
    match &asked.context.open {
        Open::Target { closing, table } => names::targets(asked, closing, *table),
        Open::Surface { target } => (names::surfaces(asked, target), false),
        Open::Pin { target } => pins::offer(asked, target),
        Open::Path => paths::notes(asked),
        Open::Key => keys::offer(asked),
        Open::Locator { spaced } => (locators::offer(asked, *spaced), false),
        Open::Class => (attributes::classes(asked), false),
        Open::Attribute { present } => (attributes::names(present), false),
        Open::Value { name, quoted } => attributes::values(asked, name, *quoted),
        Open::Verb { .. } => (directives::whole(), false),
        Open::Rules { listed } => (directives::rules(listed), false),
        Open::Footnote { definition } => (footnotes::labels(asked, *definition), false),
        Open::Word => prose::names(asked),
        Open::FrontMatter(entry) => front_matter::offer(asked, entry),
        Open::Record(entry) => records::offer(asked, entry),
        Open::Setting(entry) => (settings::offer(asked, entry), false),
    }
}

/// The front matter of a text, also one that is not closed yet.
fn front_matter_of(text: &str, format: syntax::Format, offset: u32) -> Option<Span> {
    if !text.trim_start_matches('\u{feff}').starts_with("---") {
        return None;
    }
    if let Some(front) = syntax::front_matter(text, format) {
        return front.yaml.touches(offset).then_some(front.yaml);
    }
    if format != syntax::Format::Markdown {
        return None;
    }
    let start = text.find(['\n', '\r'])? + 1;
    let head = text.get(start..offset as usize)?;
    // It is being written: every line so far reads like one of front matter.
    let written = head.len() < 4096 && head.lines().all(|l| l.starts_with([' ', '-', '#']) || l.contains(':') || !l.contains(' '));
    (written && !head.contains("\n\n")).then(|| Span::from(start..text.len().min(offset as usize + 4096)))
}
