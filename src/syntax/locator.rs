//! Locators: `p. 3`, `paras 4-7`, `{ch. II, p. 9}`, `с. 12`.
//!
//! Labels are CSL's terms in English, with Russian abbreviations; values by the rules of Pandoc's
//! citation processor: words that hold a digit or are roman numerals, joined by commas and dashes.

use super::Locator;
use super::blocks::trimmed;
use crate::text::Span;

/// What is written, in lower case and without a full stop, and CSL's name for it.
static LABELS: &[(&str, &str)] = &[
    ("annex", "appendix"),
    ("appendix", "appendix"),
    ("art", "article-locator"),
    ("article", "article-locator"),
    ("articles", "article-locator"),
    ("arts", "article-locator"),
    ("bk", "book"),
    ("bks", "book"),
    ("book", "book"),
    ("books", "book"),
    ("ch", "chapter"),
    ("chap", "chapter"),
    ("chaps", "chapter"),
    ("chapter", "chapter"),
    ("chapters", "chapter"),
    ("col", "column"),
    ("cols", "column"),
    ("column", "column"),
    ("columns", "column"),
    ("fig", "figure"),
    ("figs", "figure"),
    ("figure", "figure"),
    ("figures", "figure"),
    ("fol", "folio"),
    ("folio", "folio"),
    ("folios", "folio"),
    ("fols", "folio"),
    ("issue", "issue"),
    ("issues", "issue"),
    ("l", "line"),
    ("line", "line"),
    ("lines", "line"),
    ("ll", "line"),
    ("n", "note"),
    ("nn", "note"),
    ("no", "number"),
    ("nos", "number"),
    ("note", "note"),
    ("notes", "note"),
    ("number", "number"),
    ("numbers", "number"),
    ("op", "opus"),
    ("opera", "opus"),
    ("opp", "opus"),
    ("opus", "opus"),
    ("p", "page"),
    ("page", "page"),
    ("pages", "page"),
    ("para", "paragraph"),
    ("paragraph", "paragraph"),
    ("paragraphs", "paragraph"),
    ("paras", "paragraph"),
    ("part", "part"),
    ("parts", "part"),
    ("pp", "page"),
    ("pt", "part"),
    ("pts", "part"),
    ("sec", "section"),
    ("secs", "section"),
    ("section", "section"),
    ("sections", "section"),
    ("v", "verse"),
    ("verse", "verse"),
    ("verses", "verse"),
    ("vol", "volume"),
    ("vols", "volume"),
    ("volume", "volume"),
    ("volumes", "volume"),
    ("vv", "verse"),
    ("абз", "paragraph"),
    ("абзац", "paragraph"),
    ("гл", "chapter"),
    ("глава", "chapter"),
    ("п", "paragraph"),
    ("пп", "paragraph"),
    ("пункт", "paragraph"),
    ("с", "page"),
    ("ст", "article-locator"),
    ("статья", "article-locator"),
    ("стр", "page"),
    ("т", "volume"),
    ("ч", "part"),
];

/// Signs that need no space behind them.
static SIGNS: &[(&str, &str)] = &[("§§", "section"), ("§", "section"), ("¶¶", "paragraph"), ("¶", "paragraph")];

/// Reads the locator at the start of what follows a key; the rest is the suffix.
pub(super) fn read(text: &str, after: Span) -> (Option<Locator>, Span) {
    let raw = after.slice(text);
    let lead = raw.len() - raw.trim_start().len();
    let comma = usize::from(raw[lead..].starts_with(','));
    let body = &raw[lead + comma..];
    let start = lead + comma + (body.len() - body.trim_start().len());
    let none = Span::new(after.start + offset(if comma > 0 { start } else { lead }), after.end);
    let rest = &raw[start..];
    let base = after.start + offset(start);
    let found = if rest.starts_with('{') { braced(text, rest, base) } else { integrated(rest, base) };
    match found {
        Some((locator, used)) => {
            let tail = &rest[used..];
            let tail = Span::new(base + offset(used), base + offset(used + tail.len()));
            (Some(locator), tail)
        }
        None => (None, none),
    }
}

fn offset(n: usize) -> u32 {
    Span::from(0..n).end
}

/// `{…}`: all of it is the locator, whatever it says.
fn braced(text: &str, rest: &str, base: u32) -> Option<(Locator, usize)> {
    let mut depth = 0usize;
    let close = rest.char_indices().find_map(|(i, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(i)
    })?;
    let inner = trimmed(text, Span::new(base + 1, base + offset(close)));
    let words = inner.slice(text);
    let (label, skip) = label(words).unwrap_or(("page", 0));
    let value = Span::new(inner.start + offset(skip), inner.end);
    Some((Locator { span: Span::new(base, base + offset(close + 1)), label, value }, close + 1))
}

fn integrated(rest: &str, base: u32) -> Option<(Locator, usize)> {
    let (label, skip) = match label(rest) {
        Some((label, skip)) if value_len(&rest[skip..], true) > 0 => (label, skip),
        _ => ("page", 0),
    };
    let len = value_len(&rest[skip..], skip > 0);
    if len == 0 {
        return None;
    }
    let end = skip + len;
    let value = Span::new(base + offset(skip), base + offset(end));
    Some((Locator { span: Span::new(base, value.end), label, value }, end))
}

/// The label at the start, and the length of label and space.
fn label(text: &str) -> Option<(&'static str, usize)> {
    if let Some((sign, name)) = SIGNS.iter().find(|(sign, _)| text.starts_with(sign)) {
        let rest = &text[sign.len()..];
        return Some((name, sign.len() + rest.len() - rest.trim_start().len()));
    }
    let len = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    if len == 0 || len > 24 {
        return None;
    }
    let word = text[..len].to_lowercase();
    let (_, name) = LABELS.get(LABELS.binary_search_by(|(w, _)| (*w).cmp(&word)).ok()?)?;
    let rest = &text[len..];
    let stop = usize::from(rest.starts_with('.'));
    let space = rest[stop..].len() - rest[stop..].trim_start().len();
    (stop + space > 0).then_some((name, len + stop + space))
}

/// Length of the value: the first word holds a digit or is a roman numeral (only behind a label, unless it is a
/// number), and so does each further word.
fn value_len(text: &str, labelled: bool) -> usize {
    let first = word_len(text);
    let word = &text[..first];
    let begins = if labelled { is_value(word) } else { word.starts_with(|c: char| c.is_ascii_digit()) };
    if !begins {
        return 0;
    }
    let mut end = first;
    loop {
        let rest = &text[end..];
        let joint = rest.len() - rest.trim_start_matches([',', ' ', '\u{a0}', '\n', '-', '–', '—', '&']).len();
        let next = word_len(&rest[joint..]);
        let word = &rest[joint..joint + next];
        let goes_on = joint > 0
            && next > 0
            && is_value(word)
            && !(rest[..joint].trim().is_empty() && !word.starts_with(|c: char| c.is_ascii_digit()));
        if !goes_on {
            return end;
        }
        end += joint + next;
    }
}

/// Length of the word at the start: letters, digits, and brackets that are closed again (`34(1)(i)`).
fn word_len(text: &str) -> usize {
    let mut depth = 0usize;
    let mut end = 0;
    for (i, c) in text.char_indices() {
        let next = i + c.len_utf8();
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    end = next;
                }
            }
            _ if c.is_alphanumeric() || matches!(c, '.' | ':' | '/' | '*' | '#') => {
                if depth == 0 && !matches!(c, '.' | ':' | '/' | '*') {
                    end = next;
                }
            }
            _ => break,
        }
    }
    end
}

fn is_value(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) || is_roman(word)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && (word.bytes().all(|c| b"IVXLCDM".contains(&c)) || word.bytes().all(|c| b"ivxlcdm".contains(&c)))
}
