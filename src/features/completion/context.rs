//! Which construct stands open at the cursor: a reading of the paragraph round it.

use super::entry::{self, Entry};
use super::front_matter_of;
use crate::syntax::Format;
use crate::text::Span;

/// A paragraph is looked at so far back, in bytes; what is longer is no prose.
const WINDOW: usize = 4096;

/// What stands open, and what of it is written.
#[derive(Debug)]
pub(super) struct Context<'t> {
    /// The construct.
    pub(super) open: Open<'t>,
    /// Up to the cursor.
    pub(super) typed: Span,
    /// With what lies ahead.
    pub(super) whole: Span,
}

/// A construct that stands open.
#[derive(Debug)]
pub(super) enum Open<'t> {
    /// `[[…`: `closing` is what an item has to bring with it, `table` that no pipe may.
    Target { closing: &'static str, table: bool },
    /// `[[id|…`
    Surface { target: &'t str },
    /// `[[id#…`, `[words](path.md#…`
    Pin { target: &'t str },
    /// `[words](…`
    Path,
    /// `@…`
    Key,
    /// `[@key, …`; whether a space stands before it.
    Locator { spaced: bool },
    /// `{.…`
    Class,
    /// `{name…`
    Attribute { present: Vec<&'t str> },
    /// `{name=…`
    Value { name: &'t str, quoted: bool },
    /// `<!…`
    Verb,
    /// `<!-- vidimus-allow …`
    Rules { listed: Vec<&'t str> },
    /// `[^…`, at a line's start or not.
    Footnote { definition: bool },
    /// A word of prose.
    Word,
    /// A key or value of front matter.
    FrontMatter(Entry<'t>),
    /// A key or value of a record.
    Record(Entry<'t>),
    /// A key or value of settings.
    Setting(Entry<'t>),
}

/// The text round the cursor.
struct Window<'t> {
    text: &'t str,
    /// Start of the paragraph.
    start: usize,
    /// Start of the line.
    line: usize,
    at: usize,
}

/// What stands open at a byte of a text; `None` where nothing is worth completing.
pub(super) fn in_text(text: &str, offset: u32, format: Format) -> Option<Context<'_>> {
    let at = text.floor_char_boundary(offset as usize);
    if let Some(yaml) = front_matter_of(text, format, offset) {
        return entry::yaml(text, yaml, offset).map(|e| e.context(Open::FrontMatter));
    }
    let line = text[..at].rfind(['\n', '\r']).map_or(0, |n| n + 1);
    let window = Window { text, start: paragraph_start(text, line), line, at };
    if format == Format::Markdown && (in_fence(text, line) || window.in_code()) {
        return None;
    }
    if let Some(open) = window.in_comment() {
        return window.comment(open);
    }
    window
        .attributes()
        .or_else(|| window.mention())
        .or_else(|| window.footnote())
        .or_else(|| window.key())
        .or_else(|| window.destination())
        .or_else(|| window.locator())
        .or_else(|| window.word())
}

impl<'t> Window<'t> {
    /// The paragraph up to the cursor.
    fn before(&self) -> &'t str {
        &self.text[self.start..self.at]
    }

    /// The line up to the cursor.
    fn head(&self) -> &'t str {
        &self.text[self.line..self.at]
    }

    /// The line behind the cursor.
    fn rest(&self) -> &'t str {
        let rest = &self.text[self.at..];
        &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
    }

    /// Length of the word that goes on behind the cursor.
    fn ahead(&self, part: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        rest.find(|c| !part(c)).unwrap_or(rest.len())
    }

    fn context(&self, open: Open<'t>, from: usize, ahead: usize) -> Context<'t> {
        Context { open, typed: Span::from(from..self.at), whole: Span::from(from..self.at + ahead) }
    }

    /// Whether the cursor stands in code between backticks.
    fn in_code(&self) -> bool {
        let paragraph = &self.text[self.start..self.at + self.rest().len()];
        let cursor = self.at - self.start;
        let mut at = 0;
        while let Some(found) = paragraph.get(at..).and_then(|p| p.find('`')) {
            let open = at + found;
            if open >= cursor {
                return false;
            }
            let run = paragraph[open..].bytes().take_while(|b| *b == b'`').count();
            let close = closing_run(&paragraph[open + run..], run);
            match close {
                Some(len) if open + run + len >= cursor => return true,
                Some(len) => at = open + run + len + run,
                None => at = open + run,
            }
        }
        false
    }

    /// Where the comment round the cursor begins in the paragraph, one just being begun included.
    fn in_comment(&self) -> Option<usize> {
        let before = self.before();
        if let Some(open) = ["<!", "<!-"].iter().find(|open| before.ends_with(**open)) {
            return Some(before.len() - open.len());
        }
        before.rfind("<!--").filter(|open| !before[open + 4..].contains("-->"))
    }

    /// In a comment: a directive of ours, or nothing.
    fn comment(&self, open: usize) -> Option<Context<'t>> {
        let inner = self.before()[open..].strip_prefix("<!--").unwrap_or_default();
        let words = inner.trim_start();
        let Some(rest) = words.strip_prefix("vidimus-") else {
            return "vidimus-".starts_with(words).then(|| self.directive(self.start + open));
        };
        let Some((_, list)) = rest.split_once([' ', '\n', '\t']) else { return Some(self.directive(self.start + open)) };
        if list.contains(':') {
            return None;
        }
        let from = list.rfind([',', ' ', '\n']).map_or(0, |i| i + 1);
        let listed = list[..from].split([',', ' ', '\n']).filter(|r| !r.is_empty()).collect();
        let ahead = self.ahead(|c| c.is_ascii_lowercase() || c == '-' && !self.rest().starts_with("--"));
        let ahead = self.rest()[..ahead].find("--").unwrap_or(ahead);
        Some(self.context(Open::Rules { listed }, self.at - (list.len() - from), ahead))
    }

    /// A directive that is being begun; the end of the comment goes with it.
    fn directive(&self, from: usize) -> Context<'t> {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start().len();
        let ahead = if rest[blank..].starts_with("-->") { blank + 3 } else { 0 };
        self.context(Open::Verb, from, ahead)
    }

    /// In `{…}` behind a bracketed span, on a heading or on a div.
    fn attributes(&self) -> Option<Context<'t>> {
        let before = self.before();
        let open = before.rfind('{')?;
        let inner = &before[open + 1..];
        let head = before[..open].rsplit(['\n', '\r']).next().unwrap_or_default().trim_start();
        let ours = before[..open].ends_with(']') || ((head.starts_with('#') || head.starts_with(":::")) && before[..open].ends_with(' '));
        if !ours || inner.contains('}') {
            return None;
        }
        let (mut start, mut quote, mut last) = (0, None, ' ');
        for (i, c) in inner.char_indices() {
            match quote {
                Some(q) if c == q => quote = None,
                Some(_) => {}
                None if matches!(c, '"' | '\'') && last == '=' => quote = Some(c),
                None if c.is_whitespace() => start = i + c.len_utf8(),
                None => {}
            }
            last = c;
        }
        let token = &inner[start..];
        let from = self.at - token.len();
        let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        if let Some((name, value)) = token.split_once('=') {
            let value_from = self.at - value.trim_start_matches(['"', '\'']).len();
            return self.value(name, value_from, quote);
        }
        if token.starts_with('#') || quote.is_some() {
            return None;
        }
        if let Some(dot) = token.rfind('.') {
            return Some(self.context(Open::Class, from + dot + 1, self.ahead(word)));
        }
        let present = inner[..start].split_whitespace().filter_map(|t| t.split_once('=')).map(|(name, _)| name).collect();
        Some(self.context(Open::Attribute { present }, from, self.ahead(word)))
    }

    /// In the value of an attribute; of `source="key, …"` the locator.
    fn value(&self, name: &'t str, from: usize, quote: Option<char>) -> Option<Context<'t>> {
        let typed = &self.text[from..self.at];
        let ahead = self.ahead(|c| quote.map_or(!c.is_whitespace() && c != '}', |q| c != q && c != ',' && c != '}'));
        if matches!(name, "source" | "against") {
            if let Some((_, locator)) = typed.split_once(',') {
                return self.locator_behind(locator);
            }
            let from = from + typed.len() - typed.trim_start_matches('@').len();
            return Some(self.context(Open::Value { name, quoted: quote.is_some() }, from, ahead));
        }
        Some(self.context(Open::Value { name, quoted: quote.is_some() }, from, ahead))
    }

    /// In `[[…`
    fn mention(&self) -> Option<Context<'t>> {
        let head = self.head();
        let open = head.rfind("[[")? + 2;
        let inner = &head[open..];
        if inner.contains(['[', ']']) || inner.len() > 200 {
            return None;
        }
        let from = self.line + open;
        if let Some((left, surface)) = inner.split_once('|') {
            let target = left.split('#').next().unwrap_or_default().trim();
            let ahead = self.rest().find(']').unwrap_or(0);
            return Some(self.context(Open::Surface { target }, self.at - surface.len(), ahead));
        }
        if let Some((target, pin)) = inner.split_once('#') {
            return Some(self.context(Open::Pin { target: target.trim() }, self.at - pin.len(), self.ahead(is_pin)));
        }
        let from = from + inner.len() - inner.trim_start().len();
        let word = self.ahead(|c| c.is_alphanumeric() || c == '-');
        let after = &self.rest()[word..];
        let outer = self.text[self.start..self.line + open - 2].bytes().fold(0i32, |n, b| match b {
            b'[' => n + 1,
            b']' => (n - 1).max(0),
            _ => n,
        });
        // What an editor closed by itself goes with it; a single bracket may be that of `[words [[id` round it.
        let (closing, brackets) = match after {
            a if a.starts_with(['|', '#']) => ("", 0),
            a if a.starts_with("]]") => ("]]", 2),
            a if a.starts_with(']') && outer == 0 => ("]]", 1),
            _ => ("]]", 0),
        };
        let table = head.trim_start().starts_with('|');
        Some(self.context(Open::Target { closing, table }, from, word + brackets))
    }

    /// In `[^…`
    fn footnote(&self) -> Option<Context<'t>> {
        let head = self.head();
        let open = head.rfind("[^")? + 2;
        let inner = &head[open..];
        if inner.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']')) {
            return None;
        }
        let word = self.ahead(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        let closed = usize::from(self.rest()[word..].starts_with(']'));
        let definition = head[..open - 2].trim().is_empty() && !self.rest()[word + closed..].starts_with(':');
        Some(self.context(Open::Footnote { definition }, self.line + open, word + closed))
    }

    /// In `@key`
    fn key(&self) -> Option<Context<'t>> {
        let head = self.head();
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '#' | '$' | '%' | '&' | '-' | '+' | '?' | '~' | '/');
        let typed = head.trim_end_matches(name);
        let sign = typed.strip_suffix('@').or_else(|| typed.strip_suffix("@{"))?;
        if sign.ends_with(|c: char| c.is_alphanumeric() || c == '@') {
            return None;
        }
        let ahead = self.ahead(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-'));
        Some(self.context(Open::Key, self.line + typed.len(), ahead))
    }

    /// In the destination of a link.
    fn destination(&self) -> Option<Context<'t>> {
        let head = self.head();
        let open = head.rfind("](")? + 2;
        let inner = &head[open..];
        if inner.contains(|c: char| c.is_whitespace() || c == ')') || inner.contains("://") {
            return None;
        }
        if let Some((path, pin)) = inner.split_once('#') {
            let target = path.rsplit('/').next()?.strip_suffix(".md")?;
            return Some(self.context(Open::Pin { target }, self.at - pin.len(), self.ahead(is_pin)));
        }
        let ahead = self.ahead(|c| !c.is_whitespace() && !matches!(c, ')' | '#'));
        Some(self.context(Open::Path, self.line + open, ahead))
    }

    /// Behind a key and its comma in a bracket, or in the bracket right behind a key.
    fn locator(&self) -> Option<Context<'t>> {
        let before = self.before();
        let mut depth = 0;
        let open = before.char_indices().rev().find_map(|(i, c)| {
            depth += match c {
                ']' => 1,
                '[' => -1,
                _ => 0,
            };
            (depth < 0).then_some(i)
        })?;
        let inner = &before[open + 1..];
        let part = inner.rsplit(';').next().unwrap_or_default();
        if let Some((_, behind)) = part.rsplit_once('@') {
            let (key, rest) = behind.split_once(',')?;
            return if key.is_empty() || key.contains(char::is_whitespace) { None } else { self.locator_behind(rest) };
        }
        let word = before[..open].trim_end().rsplit(char::is_whitespace).next()?;
        let narrative = word.trim_start_matches(['(', '-']).strip_prefix('@').is_some_and(|key| !key.is_empty());
        if narrative && !inner.contains('@') { self.locator_behind(inner) } else { None }
    }

    /// What is written of a locator; nothing is worth completing behind its number.
    fn locator_behind(&self, words: &'t str) -> Option<Context<'t>> {
        let typed = words.trim_start();
        if !typed.chars().all(|c| c.is_alphabetic() || c == '.') {
            return None;
        }
        let spaced = typed.len() < words.len() || self.text[..self.at - words.len()].ends_with('[');
        Some(self.context(Open::Locator { spaced }, self.at - typed.len(), self.ahead(char::is_alphabetic)))
    }

    /// In a word of three letters or more.
    fn word(&self) -> Option<Context<'t>> {
        let head = self.head();
        let typed = &head[head.trim_end_matches(|c: char| c.is_alphanumeric() || c == '-').len()..];
        let long = typed.starts_with(char::is_alphabetic) && typed.chars().nth(2).is_some();
        long.then(|| self.context(Open::Word, self.at - typed.len(), self.ahead(|c| c.is_alphanumeric() || c == '-')))
    }
}

fn is_pin(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_')
}

/// Bytes before the run of exactly so many backticks.
fn closing_run(text: &str, run: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'`', bytes.get(at..)?) {
        let start = at + found;
        let len = bytes[start..].iter().take_while(|b| **b == b'`').count();
        if len == run {
            return Some(start);
        }
        at = start + len;
    }
    None
}

/// Where the paragraph round a line begins: behind the last empty line.
fn paragraph_start(text: &str, line: usize) -> usize {
    let limit = text.floor_char_boundary(line.saturating_sub(WINDOW));
    let mut start = line;
    while start > limit {
        let end = start - 1 - usize::from(text[..start].ends_with("\r\n"));
        let above = text[limit..end].rfind(['\n', '\r']).map_or(limit, |n| limit + n + 1);
        if text[above..end].trim().is_empty() {
            break;
        }
        start = above;
    }
    start
}

/// Whether a line lies in a fenced block of code.
fn in_fence(text: &str, line: usize) -> bool {
    let mut open: Option<(u8, usize)> = None;
    let head = &text.as_bytes()[..line];
    for at in memchr::memchr2_iter(b'`', b'~', head) {
        let sign = head[at];
        let indent = head[..at].iter().rev().take_while(|b| **b == b' ' || **b == b'>').count();
        let begins = at == indent || matches!(head[at - indent - 1], b'\n' | b'\r');
        if !begins || indent > 12 {
            continue;
        }
        let run = head[at..].iter().take_while(|b| **b == sign).count();
        let end = memchr::memchr2(b'\n', b'\r', &head[at..]).map_or(head.len(), |n| at + n);
        let info = &head[at + run..end];
        match open {
            Some((opened, len)) if opened == sign && run >= len && info.trim_ascii().is_empty() => open = None,
            None if run >= 3 && !(sign == b'`' && info.contains(&b'`')) => open = Some((sign, run)),
            _ => {}
        }
    }
    open.is_some()
}
