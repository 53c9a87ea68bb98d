//! What a text's marks are, as flat lists of spans.

use super::summary::Summary;
use crate::text::{Fault, Span};

/// How a file's characters are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Format {
    /// `.md .markdown .qmd .Rmd`: Markdown with our marks.
    Markdown,
    /// `.txt`: paragraphs between blank lines, in which only the inline marks count.
    Plain,
}

impl Format {
    /// The format a file's name asks for; `None` when it is no text of ours.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (stem, ending) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        match ending.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "qmd" | "rmd" => Some(Self::Markdown),
            "txt" => Some(Self::Plain),
            _ => None,
        }
    }
}

/// One text's syntax. All spans are bytes of the text it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The front matter, when the text begins with one.
    pub front_matter: Option<FrontMatter>,
    /// Blocks in reading order; a block comes before those inside it.
    pub blocks: Vec<Block>,
    /// Inline marks by their start; a mark comes before those inside it.
    pub nodes: Vec<Node>,
    /// Bytes in which no mark is looked for: code, math, raw HTML, comments, link destinations. Sorted, disjoint.
    pub opaque: Vec<Span>,
    /// Signs of Markdown that are no words: emphasis marks, escapes' backslashes, list and quote
    /// prefixes, heading marks. Sorted, disjoint.
    pub signs: Vec<Span>,
    /// What is wrong with the marks.
    pub faults: Vec<Fault>,
    /// What acts at a distance.
    pub(super) summary: Summary,
}

/// The front matter's place; `text_head` and `registry` read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// With its fences and the line end after the last.
    pub span: Span,
    /// The YAML between the fences.
    pub yaml: Span,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// All of it, fences and prefixes included.
    pub span: Span,
    /// What it holds: the words of a heading without `#`, of an item without its marker.
    pub content: Span,
    /// Index of the block it lies in.
    pub parent: Option<u32>,
    /// `{#id .class key=value}` of a heading or div.
    pub attributes: Option<Attributes>,
}

/// The kinds of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// `# …`, level from 1.
    Heading(u8),
    /// Words. In a tight list item, the item's own words are a paragraph too.
    Paragraph,
    /// `> …`
    BlockQuote,
    /// A list; `Some(first)` when ordered.
    List(Option<u64>),
    /// An item; `Some(number)` as Markdown counts it when its list is ordered.
    Item(Option<u64>),
    /// Fenced or indented code.
    Code,
    /// Raw HTML, comments included.
    Html,
    /// A table.
    Table,
    /// A row of one, the head included.
    TableRow,
    /// A cell of a row.
    TableCell,
    /// The caption of a table (`: …` or `Table: …`) beside it.
    Caption,
    /// `::: {…}` … `:::`
    Div,
    /// `[^label]: …`; the label is the span.
    FootnoteDefinition(Span),
    /// A display formula standing alone.
    Math,
    /// `***`
    Rule,
}

/// One inline mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// All of it.
    pub span: Span,
    /// Index of the innermost block it stands in.
    pub block: u32,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of inline mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// `[[id#pin|surface]]` or `[surface](path/to/id.md#pin)`.
    Mention(Mention),
    /// `[see @key, p. 3; -@other]`, `@key [p. 3]`, `@key`.
    Citation(CitationGroup),
    /// `[text]{.class …}`.
    BracketedSpan {
        /// Between the brackets.
        text: Span,
        /// In the braces.
        attributes: Attributes,
    },
    /// `<!-- vidimus-… -->`.
    Directive(Directive),
    /// Any other comment.
    Comment,
    /// `[^label]`.
    FootnoteReference {
        /// Without `[^` and `]`.
        label: Span,
    },
    /// `^[…]`, a note in place; marks inside it are nodes of their own.
    InlineNote {
        /// Between the brackets.
        text: Span,
    },
    /// `[text](destination)`, `[text][ref]`, `<https://…>` or a bare address, not to a note.
    Link {
        /// The words; the address itself for an autolink.
        text: Span,
        /// Where to, as written; empty for a reference whose definition is missing.
        destination: Span,
    },
    /// `![…](…)`.
    Image {
        /// The description.
        text: Span,
        /// Where to, as written.
        destination: Span,
    },
    /// An explicit anchor: `{#op-1}` on a heading, `^op-1` at a paragraph's end, `<a id="op-1">`.
    Anchor {
        /// The id alone.
        id: Span,
    },
}

/// A reference to an entity, instrument or note in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The id, or the path to the note in the link spelling.
    pub target: Span,
    /// The pinpoint or local anchor after `#`.
    pub pin: Option<Span>,
    /// The words a reader sees; the target when none are given.
    pub surface: Span,
    /// Which of the two spellings.
    pub spelling: Spelling,
}

/// How a mention is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    /// `[[id|surface]]`
    Wikilink,
    /// `[surface](path.md)`
    Link,
}

/// One citation group: a bracket, or a narrative citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationGroup {
    /// `@key says` rather than `[@key]`.
    pub narrative: bool,
    /// The works cited, in order.
    pub items: Vec<Citation>,
}

/// One work of a citation group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The key without `@`.
    pub key: Span,
    /// `-@key`.
    pub suppressed: bool,
    /// Words before, trimmed: `see`.
    pub prefix: Span,
    /// The locator, when one is recognised.
    pub locator: Option<Locator>,
    /// Words after key and locator, trimmed.
    pub suffix: Span,
}

/// Where inside a source: `para. 3`, `pp. 33-35`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locator {
    /// Label and value.
    pub span: Span,
    /// CSL's name of the label: `page` when none is written.
    pub label: &'static str,
    /// The value alone: `3`.
    pub value: Span,
}

/// `{#id .class name=value}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// With the braces.
    pub span: Span,
    /// Without `#`.
    pub id: Option<Span>,
    /// Without their dots.
    pub classes: Vec<Span>,
    /// In order.
    pub pairs: Vec<Pair>,
}

/// `name=value`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name.
    pub name: Span,
    /// The value, without quotation marks.
    pub value: Span,
}

/// `<!-- vidimus-allow rule, rule: reason until=2027-01-01 -->`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// What it asks.
    pub verb: Verb,
    /// The rules named, each alone.
    pub rules: Vec<Span>,
    /// The reason, trimmed; absent when none is given.
    pub reason: Option<Span>,
    /// The date after `until=`.
    pub until: Option<Span>,
    /// Where it stands.
    pub placement: Placement,
}

/// What a directive asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// For the block that follows, or the line it ends.
    Allow,
    /// From here on.
    Disable,
    /// No longer from here on.
    Enable,
    /// For the whole text.
    AllowFile,
}

impl Verb {
    /// Its word behind `vidimus-`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::AllowFile => "allow-file",
        }
    }
}

/// Where a directive or comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// Alone, before a block.
    Alone,
    /// At the end of a line of words.
    EndOfLine,
    /// Between two lines of one paragraph: parsers disagree, a fault.
    SplitsParagraph,
}

impl Attributes {
    /// The value of the first pair of that name.
    #[must_use]
    pub fn value<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        self.pair(text, name).map(|p| p.value.slice(text))
    }

    /// The first pair of that name.
    #[must_use]
    pub fn pair(&self, text: &str, name: &str) -> Option<Pair> {
        self.pairs.iter().copied().find(|p| p.name.slice(text) == name)
    }

    /// Whether it has that class.
    #[must_use]
    pub fn has_class(&self, text: &str, class: &str) -> bool {
        self.classes.iter().any(|c| c.slice(text) == class)
    }
}

impl Document {
    /// The blocks from the one at `index` outwards, itself first.
    pub fn ancestors(&self, index: u32) -> impl Iterator<Item = (u32, &Block)> {
        std::iter::successors(Some(index), |&i| self.blocks.get(i as usize)?.parent).filter_map(|i| Some((i, self.blocks.get(i as usize)?)))
    }
}
