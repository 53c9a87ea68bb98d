//! How a record says its id and its old ones, and how that is changed without touching anything else: in YAML by lines or in
//! brackets, in JSON.

use smol_str::SmolStr;

use crate::registry::{Record, Spanned};
use crate::syntax::{self, Format};
use crate::text::Span;

/// How a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// A list of YAML, or front matter.
    Yaml,
    /// A line of JSON.
    Json,
}

/// The edits that add an old id; none where the record does not show where.
pub(super) fn add(text: &str, record: &Record, old: &str, writing: Writing) -> Vec<(Span, String)> {
    let value = if writing == Writing::Json { format!("\"{old}\"") } else { old.to_owned() };
    if let (Some(first), Some(last)) = (record.formerly.first(), record.formerly.last()) {
        let end = behind(text, last.span);
        let start = before(text, first.span);
        let head = line_head(text, before(text, last.span));
        if head.trim_end().ends_with('-') {
            let at = line_end(text, end);
            return vec![(Span::at(at), format!("{}{head}{value}", line_sign(text, at)))];
        }
        if text[..start as usize].trim_end().ends_with(['[', ',']) {
            return vec![(Span::at(end), format!(", {value}"))];
        }
        return vec![(Span::at(start), "[".into()), (Span::at(end), format!(", {value}]"))];
    }
    let Some(mark) = mark(text, record) else { return Vec::new() };
    if in_brackets(text, record) {
        let key = if writing == Writing::Json { "\"formerly\"" } else { "formerly" };
        return vec![(Span::at(behind(text, mark)), format!(", {key}: [{value}]"))];
    }
    let Some(indent) = indent(text, mark) else { return Vec::new() };
    let at = line_end(text, mark.end);
    vec![(Span::at(at), format!("{}{indent}formerly: [{value}]", line_sign(text, at)))]
}

/// What goes when one old id is taken out.
pub(super) fn remove(text: &str, record: &Record, index: usize) -> Option<Span> {
    let all = &record.formerly;
    let one: &Spanned<SmolStr> = all.get(index)?;
    let (start, end) = (before(text, one.span), behind(text, one.span));
    let head = line_head(text, start);
    if head.trim_end().ends_with('-') {
        let from = if all.len() > 1 { start - length(head) } else { key_start(text, record, one)? };
        let line = from - length(line_head(text, from));
        return Some(Span::new(line_before(text, line), line_end(text, end)));
    }
    if all.len() > 1 {
        return Some(match all.get(index + 1) {
            Some(next) if index == 0 => Span::new(start, before(text, next.span)),
            _ => Span::new(behind(text, all[index - 1].span), end),
        });
    }
    let key = key_start(text, record, one)?;
    let rest = text.get(end as usize..)?;
    let blank = length(rest) - length(rest.trim_start());
    let end = if rest.trim_start().starts_with(']') { end + blank + 1 } else { end };
    if in_brackets(text, record) {
        let ahead = text[..key as usize].trim_end();
        return ahead.ends_with(',').then(|| Span::new(length(ahead) - 1, end));
    }
    let line = key - length(line_head(text, key));
    line_head(text, key).trim().is_empty().then(|| Span::new(line_before(text, line), line_end(text, end)))
}

/// The line that gives a note an id of its own.
pub(super) fn id_of_note(text: &str, record: &Record, new: &str) -> Option<(Span, String)> {
    let mark = record.kind_span()?;
    let head = line_head(text, mark.start);
    let key = mark.start - length(head) + length(&head[..head.rfind("type")?]);
    if in_brackets(text, record) {
        return Some((Span::at(key), format!("id: {new}, ")));
    }
    let at = line_end(text, mark.end);
    Some((Span::at(key), format!("id: {new}{}{}", line_sign(text, at), indent(text, mark)?)))
}

/// The same for a text, which may have no front matter yet; `None` for a plain text, which cannot have one.
pub(super) fn id_of_text(text: &str, plain: bool, new: &str) -> Option<(Span, String)> {
    if plain {
        return None;
    }
    let sign = text.find(['\n', '\r']).map_or("\n", |at| line_sign(text, Span::from(0..at).end));
    match syntax::front_matter(text, Format::Markdown) {
        Some(front) if front.yaml.slice(text).trim_start().starts_with('{') => {
            let open = front.yaml.start + length(&front.yaml.slice(text)[..front.yaml.slice(text).find('{')?]) + 1;
            Some((Span::at(open), format!("id: {new}, ")))
        }
        Some(front) => Some((Span::at(front.yaml.start), format!("id: {new}{sign}"))),
        None => {
            let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
            Some((Span::at(start), format!("---{sign}id: {new}{sign}---{sign}{sign}")))
        }
    }
}

/// The value beside which new keys are written: the id, or the type where no id is.
fn mark(text: &str, record: &Record) -> Option<Span> {
    if record.id.span.slice(text) == record.id.value { Some(record.id.span) } else { record.kind_span() }
}

fn in_brackets(text: &str, record: &Record) -> bool {
    record.span.slice(text).trim_start().starts_with('{')
}

/// The space before the key of a value on its line, a list item's dash as a space.
fn indent(text: &str, value: Span) -> Option<String> {
    let head = line_head(text, before(text, value)).trim_end().strip_suffix(':')?.trim_end();
    let key = head.trim_end_matches(|c: char| !c.is_whitespace());
    key.chars().all(|c| c.is_whitespace() || c == '-').then(|| key.replace('-', " "))
}

/// Where the key `formerly` begins, before its first value.
fn key_start(text: &str, record: &Record, value: &Spanned<SmolStr>) -> Option<u32> {
    let head = text.get(record.span.start as usize..value.span.start as usize)?;
    let at = head.rfind("formerly")?;
    let quoted = head[..at].ends_with(['"', '\'']);
    Some(record.span.start + length(&head[..at]) - u32::from(quoted))
}

/// The quotation mark before a value, or the value.
fn before(text: &str, value: Span) -> u32 {
    let quoted = text[..value.start as usize].ends_with(['"', '\'']);
    value.start - u32::from(quoted)
}

/// Behind a value and its quotation mark.
fn behind(text: &str, value: Span) -> u32 {
    let quoted = text[..value.start as usize].ends_with(['"', '\'']) && text[value.end as usize..].starts_with(['"', '\'']);
    value.end + u32::from(quoted)
}

/// What stands before a byte on its line.
fn line_head(text: &str, at: u32) -> &str {
    let head = &text[..at as usize];
    &head[head.rfind(['\n', '\r']).map_or(0, |n| n + 1)..]
}

/// The end of the line that holds a byte, before its end sign.
fn line_end(text: &str, at: u32) -> u32 {
    let rest = &text[at as usize..];
    at + length(&rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())])
}

/// The end of the line before the one that begins at a byte, so that what is taken from there on is whole lines.
fn line_before(text: &str, line: u32) -> u32 {
    let head = &text[..line as usize];
    let sign = if head.ends_with("\r\n") { 2 } else { u32::from(!head.is_empty()) };
    line - sign
}

/// How the line at whose end a byte stands ends.
fn line_sign(text: &str, at: u32) -> &'static str {
    match &text.as_bytes()[at as usize..] {
        [b'\r', b'\n', ..] => "\r\n",
        [b'\r', ..] => "\r",
        _ => "\n",
    }
}

fn length(text: &str) -> u32 {
    Span::from(0..text.len()).end
}
