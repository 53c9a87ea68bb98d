//! The head of a text: where its front matter lies, and the keys that belong to the text itself.

use smol_str::SmolStr;

use super::{Format, FrontMatter};

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

/// Finds the front matter: `---` on the very first line (after a byte order mark), up to a line of `---` or `...`.
/// A plain text has none.
#[must_use]
pub fn front_matter(text: &str, format: Format) -> Option<FrontMatter> {
    if format == Format::Plain {
        return None;
    }
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = text.len() - body.len();
    let first = body.lines().next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len() + newline(&body[first.len()..])?;
    let yaml = at;
    loop {
        let rest = body.get(at..)?;
        let line = rest.lines().next()?;
        let end = at + line.len() + newline(&rest[line.len()..]).unwrap_or(0);
        if matches!(line.trim_end(), "---" | "...") {
            return Some(FrontMatter { span: Span::from(start..start + end), yaml: Span::from(start + yaml..start + at) });
        }
        if end == at {
            return None;
        }
        at = end;
    }
}

/// Length of the line end that `text` begins with, in bytes.
fn newline(text: &str) -> Option<usize> {
    ["\r\n", "\n"].iter().find(|n| text.starts_with(**n)).map(|n| n.len())
}
