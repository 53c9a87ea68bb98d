//! What one file gives to all others: pure, small, made in parallel.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::{Anchors, Annotations, FileKind, RegistryFormat};
use crate::registry::{Parsed, Record, bibliography, jsonl, record, yaml};
use crate::syntax::{self, Document, Format, Node, NodeKind, TextHead};
use crate::text::{Fault, Span};

/// What one file defines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The head of a text.
    pub head: TextHead,
    /// Its records: those of a registry, or the one of a note.
    #[serde(with = "shared")]
    pub records: Vec<Arc<Record>>,
    /// The places inside a note that pinpoints name. Other texts' anchors are found when asked for.
    pub anchors: Anchors,
    /// The first heading, which names a note that says no name.
    pub title: Option<(SmolStr, Span)>,
    /// What is wrong with front matter, records or settings. Not kept: a file with faults is read again.
    #[serde(skip)]
    pub faults: Vec<Fault>,
    /// Whether some records could not be read.
    pub incomplete: bool,
    /// Whether the text says enough of itself that its pinpoints can be counted on.
    pub has_body: bool,
}

/// A place that names something by id or key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The id or key as written; for the link spelling, the stem of the path.
    pub name: SmolStr,
    /// The pinpoint or anchor as written.
    pub pin: Option<SmolStr>,
    /// What to highlight.
    pub span: Span,
    /// What to rename.
    pub key: Span,
    /// In what way it is named.
    pub kind: UseKind,
}

/// The same with words of the text, for who keeps none.
#[derive(Clone, Copy, Debug)]
pub struct Used<'t> {
    /// As [`Use::name`].
    pub name: &'t str,
    /// As [`Use::pin`].
    pub pin: Option<&'t str>,
    /// As [`Use::span`].
    pub span: Span,
    /// As [`Use::key`].
    pub key: Span,
    /// As [`Use::kind`].
    pub kind: UseKind,
}

/// In what way something is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UseKind {
    /// A mention with marks.
    Mention,
    /// A citation.
    Citation,
    /// An attribute: `by=`, `source=`, `against=`.
    Attribute,
    /// A relation of a record, or `source:` in front matter.
    Record,
    /// Plain words: a name, or an instrument in words.
    Plain,
    /// Plain words that may mean this or another.
    Unsettled,
}

impl UseKind {
    /// By its place in the list, the last for numbers past it.
    pub(super) fn of_number(number: u8) -> Self {
        match number {
            0 => Self::Mention,
            1 => Self::Citation,
            2 => Self::Attribute,
            3 => Self::Record,
            4 => Self::Plain,
            _ => Self::Unsettled,
        }
    }

    /// Whether the author marked it: neither of the kinds in plain words.
    #[must_use]
    pub fn is_marked(self) -> bool {
        !matches!(self, Self::Plain | Self::Unsettled)
    }
}

impl Facts {
    /// Reads a file. `path` is relative to the root.
    #[must_use]
    pub fn of(path: &str, kind: FileKind, text: &str) -> Self {
        match kind {
            FileKind::Text(format) => Self::of_text(path, format, text, || syntax::parse(text, format)),
            FileKind::Registry(format) => Self::of_registry(format, text),
            FileKind::Sidecar | FileKind::Config => Self::default(),
        }
    }

    /// Reads an edited text, given the marks of an earlier state of it.
    pub(super) fn of_edited(path: &str, format: Format, text: &str, old: &Annotations) -> Self {
        Self::of_text(path, format, text, || syntax::reparse(&old.text, old.document.clone(), text, format).0)
    }

    /// Every id by which others can name something that this file defines: those of its records, those they had, a text's own.
    pub fn ids<'f>(&'f self, path: &'f str, kind: FileKind) -> impl Iterator<Item = SmolStr> + 'f {
        let records = self.records.iter().flat_map(|record| std::iter::once(&record.id).chain(&record.formerly));
        records.map(|id| id.value.clone()).chain(self.own_id(path, kind))
    }

    /// The id by which a text that is no note can be named.
    pub(super) fn own_id(&self, path: &str, kind: FileKind) -> Option<SmolStr> {
        let named = kind.is_text() && self.records.is_empty() && !super::is_outside(path);
        named.then(|| self.head.id.as_ref().map_or_else(|| stem(path).into(), |(id, _)| id.clone()))
    }

    /// What is wrong with settings; their values travel as a [`Config`](crate::config::Config).
    #[must_use]
    pub fn of_config(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::default() }
    }

    /// What a file of records defines.
    #[must_use]
    pub fn of_records(parsed: Parsed) -> Self {
        Self::default().with(parsed)
    }

    fn of_registry(format: RegistryFormat, text: &str) -> Self {
        let parsed = match format {
            RegistryFormat::Yaml => yaml::parse(text),
            RegistryFormat::Jsonl => jsonl::parse(text),
            RegistryFormat::Bib => bibliography::parse_bib(text),
            RegistryFormat::CslJson => bibliography::parse_csl_json(text),
            RegistryFormat::CslYaml => bibliography::parse_csl_yaml(text),
        };
        Self::default().with(parsed)
    }

    fn with(mut self, parsed: Parsed) -> Self {
        if self.records.is_empty() {
            self.records = parsed.records;
        } else {
            self.records.extend(parsed.records);
        }
        self.faults.extend(parsed.faults);
        self.incomplete |= parsed.incomplete;
        self
    }

    /// A text's head; when it is a note, its record and anchors too.
    fn of_text(path: &str, format: Format, text: &str, read: impl FnOnce() -> Document) -> Self {
        let Some(front) = syntax::front_matter(text, format) else { return Self::default() };
        let (head, faults) = syntax::text_head(text, front.yaml);
        let is_note = head.record_type.is_some();
        let facts = Self { head, faults, ..Self::default() };
        if is_note { facts.with_note(path, text, &read(), front.yaml) } else { facts }
    }

    fn with_note(self, path: &str, text: &str, document: &Document, yaml: Span) -> Self {
        let mut facts = self.with(record::of_note(text, yaml, stem(path)));
        facts.has_body = document.blocks.iter().any(|b| !b.content.is_empty());
        facts.title = first_heading(text, document);
        let title = facts.title.clone();
        if let Some(record) = facts.records.first_mut().map(Arc::make_mut)
            && record.name().is_none()
            && let Some((value, span)) = title
        {
            record.set_name(crate::registry::Spanned { value: &value, span });
        }
        let kind = facts.records.first().map(|r| r.kind.clone()).unwrap_or_default();
        facts.anchors = Anchors::of(text, document, &kind);
        facts
    }
}

/// All places of a text that name something by marks.
#[must_use]
pub fn uses(text: &str, document: &Document) -> Vec<Use> {
    uses_of(text, &document.nodes)
}

/// The same of some of its marks.
#[must_use]
pub fn uses_of(text: &str, nodes: &[Node]) -> Vec<Use> {
    let mut uses = Vec::new();
    each_use(text, nodes, &mut |Used { name, pin, span, key, kind }| {
        uses.push(Use { name: name.into(), pin: pin.map(Into::into), span, key, kind });
    });
    uses
}

/// Calls `found` with each of them.
pub fn each_use<'t>(text: &'t str, nodes: &[Node], found: &mut dyn FnMut(Used<'t>)) {
    for node in nodes {
        match &node.kind {
            NodeKind::Mention(m) => {
                let (name, pin) = (target_name(m.target.slice(text)), m.pin.map(|pin| pin.slice(text)));
                found(Used { name, pin, span: node.span, key: m.target, kind: UseKind::Mention });
            }
            NodeKind::Citation(group) => {
                for key in group.items.iter().map(|item| item.key) {
                    found(Used { name: key.slice(text), pin: None, span: key, key, kind: UseKind::Citation });
                }
            }
            NodeKind::BracketedSpan { attributes, .. } => {
                for pair in &attributes.pairs {
                    if let "by" | "source" | "against" = pair.name.slice(text) {
                        let key = attribute_key(text, pair.value);
                        found(Used { name: key.slice(text), pin: None, span: pair.value, key, kind: UseKind::Attribute });
                    }
                }
            }
            _ => {}
        }
    }
}

/// The key of `source="key, locator"`: all before the first comma or space, without `@`.
#[must_use]
pub fn attribute_key(text: &str, value: Span) -> Span {
    let words = value.slice(text);
    let skip = words.len() - words.trim_start_matches('@').len();
    let rest = &words[skip..];
    let end = rest.find([',', ' ', ';']).unwrap_or(rest.len());
    Span::from(value.start as usize + skip..value.start as usize + skip + end)
}

/// The id a mention's target means: itself, or the stem of the path to a note.
#[must_use]
pub fn target_name(target: &str) -> &str {
    if target.ends_with(".md") { stem(target) } else { target }
}

/// A path's file name without its ending.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn first_heading(text: &str, document: &Document) -> Option<(SmolStr, Span)> {
    let block = document.blocks.iter().find(|b| matches!(b.kind, syntax::BlockKind::Heading(_)))?;
    let words = block.content.slice(text).trim();
    (!words.is_empty()).then(|| (words.into(), block.content))
}

/// Records are kept as they are, not as something shared.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    use crate::registry::Record;

    pub(super) fn serialize<S: Serializer>(records: &[Arc<Record>], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(records.iter().map(|record| &**record))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Arc<Record>>, D::Error> {
        Ok(Vec::<Shared>::deserialize(from)?.into_iter().map(|Shared(record)| record).collect())
    }

    /// Shared as soon as it is read: records are large, and thousands of them side by side are room that is never given back.
    struct Shared(Arc<Record>);

    impl<'de> Deserialize<'de> for Shared {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            Record::deserialize(from).map(|record| Self(Arc::new(record)))
        }
    }
}
