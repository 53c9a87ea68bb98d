//! The head of a text: where its front matter lies, and the keys that belong to the text itself.

use smol_str::SmolStr;

use super::{Format, FrontMatter, yaml_head};
use crate::text::{Fault, Span};

/// What front matter says about the text, each value with its place. The keys of a record are
/// `registry`'s.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    let mut head = TextHead::default();
    // Most front matter is flat; a YAML reader takes 13 MB/s, reading lines takes a hundred times that.
    if flat(text, yaml, true, &mut head).is_some() {
        return (head, Vec::new());
    }
    match yaml_head::read(text, yaml) {
        Ok((head, faults)) => (head, faults),
        Err(fault) => {
            let mut head = TextHead::default();
            flat(text, yaml, false, &mut head);
            (head, vec![fault])
        }
    }
}

/// Finds the front matter: `---` on the very first line (after a byte order mark), up to a line of `---` or `...`.
/// A plain text has none.
#[must_use]
pub fn front_matter(text: &str, format: Format) -> Option<FrontMatter> {
    match format {
        Format::Markdown => split(text, &mut Vec::new()),
        Format::Plain => None,
    }
}

/// The byte behind a byte order mark.
pub(super) fn after_mark(text: &str) -> u32 {
    if text.starts_with('\u{feff}') { 3 } else { 0 }
}

/// Finds front matter: `---` on the first line, up to a line `---` or `...`. pulldown-cmark's own option
/// would also swallow text between two rules in the middle of a text.
pub(super) fn split(text: &str, faults: &mut Vec<Fault>) -> Option<FrontMatter> {
    let start = after_mark(text) as usize;
    let body = text.get(start..)?;
    let first = line_len(body);
    if body[..first].trim_end() != "---" || first == body.len() {
        return None;
    }
    let mut at = first;
    while at < body.len() {
        let len = line_len(&body[at..]);
        let line = body[at..at + len].trim_end();
        if line == "---" || line == "..." {
            let span = Span::from(start..start + at + len);
            return Some(FrontMatter { span, yaml: Span::from(start + first..start + at) });
        }
        // What follows a rule at the top of a text is no front matter when its first line is blank.
        if at == first && line.is_empty() {
            return None;
        }
        at += len;
    }
    if is_key_line(&body[first..first + line_len(&body[first..])]) {
        let fence = Span::from(start..start + 3);
        faults.push(Fault::new("invalid-front-matter", fence, "this front matter is not closed").help("close it with a line `---`"));
    }
    None
}

fn is_key_line(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| !key.is_empty() && key.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_'))
}

/// Length of the first line, its end included.
fn line_len(text: &str) -> usize {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()) {
        None => text.len(),
        Some(at) if text[at..].starts_with("\r\n") => at + 2,
        Some(at) => at + 1,
    }
}

/// Reads flat front matter line by line. When `strict`, `None` for anything but the simplest of YAML; else
/// what could not be read is passed over.
fn flat(text: &str, yaml: Span, strict: bool, head: &mut TextHead) -> Option<()> {
    let raw = yaml.slice(text);
    let mut at = 0;
    let mut open = false;
    while at < raw.len() {
        let len = line_len(&raw[at..]);
        let line = raw[at..at + len].trim_end();
        at += len;
        if line.trim_start().is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with([' ', '-', '\t']) {
            let item = line.trim_start_matches(' ');
            if strict && !(open && item.starts_with("- ") && is_simple(item[1..].trim())) {
                return None;
            }
            continue;
        }
        let Some((key, value)) = line
            .split_once(':')
            .filter(|(key, value)| !strict || (is_key_line(line) && !key.is_empty() && (value.is_empty() || value.starts_with(' '))))
        else {
            if strict {
                return None;
            }
            continue;
        };
        let value = value.trim();
        let value = if value.starts_with('#') { "" } else { value.split(" #").next().unwrap_or_default().trim_end() };
        open = value.is_empty();
        let known = KEYS.contains(&key);
        if strict && ((known && value.is_empty()) || !(is_simple(value) || (!known && is_simple_list(value)))) {
            return None;
        }
        if known && !value.is_empty() {
            let inner = unquoted(value);
            let done = head.set(key, inner, Span::of(inner, text));
            if strict && !done {
                return None;
            }
        }
    }
    Some(())
}

/// A scalar that means itself: plain without any sign of YAML, or quoted without escapes.
fn is_simple(value: &str) -> bool {
    let Some(first) = value.bytes().next() else { return true };
    if first == b'"' || first == b'\'' {
        let inner = &value[1..];
        return inner.len() > 1 && inner.find(first as char) == Some(inner.len() - 1) && !inner.contains('\\');
    }
    !(b"[]{}&*!|>%@`#,?-~:".contains(&first) || value.contains(": ") || value.ends_with(':') || value.contains('\t') || value == "null")
}

fn is_simple_list(value: &str) -> bool {
    let Some(inner) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) else { return false };
    inner.is_empty()
        || inner.split(',').all(|item| is_simple(item.trim()) && !item.trim().is_empty() && !item.contains(['[', ']', '{', '}']))
}

fn unquoted(value: &str) -> &str {
    let quoted = |q: char| value.strip_prefix(q).and_then(|v| v.strip_suffix(q));
    quoted('"').or_else(|| quoted('\'')).unwrap_or(value)
}

impl TextHead {
    /// Sets a key; false when it is set already, or is none.
    pub(super) fn set(&mut self, key: &str, value: &str, span: Span) -> bool {
        let slot = match key {
            "id" => &mut self.id,
            "type" => &mut self.record_type,
            "kind" => &mut self.kind,
            "date" => &mut self.date,
            "lang" => &mut self.lang,
            "source" => &mut self.source,
            "verbatim" => &mut self.verbatim,
            "citation-scope" => &mut self.citation_scope,
            "title" => {
                let fresh = self.title.is_none();
                self.title.get_or_insert_with(|| (value.to_owned(), span));
                return fresh;
            }
            "bibliography" => {
                self.bibliography.push((value.to_owned(), span));
                return true;
            }
            _ => return false,
        };
        let fresh = slot.is_none();
        slot.get_or_insert_with(|| (value.into(), span));
        fresh
    }
}
