//! Where in a tree of keys the cursor stands: in YAML, in a line of JSON, in TOML.
//!
//! Read from the lines round the cursor alone, and while they are being typed: what is not closed yet is no fault here.

use super::context::{Context, Open};
use crate::text::Span;

/// So many lines are looked at, upwards and down.
const LINES: usize = 300;

/// So many bytes of a line.
const LINE: usize = 32_768;

/// A place for a key or a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry<'t> {
    /// The keys round it, outermost first: `relations`. In TOML the table's name, its parts apart.
    pub(super) path: Vec<&'t str>,
    /// The key whose value is typed; `None` where a key is.
    pub(super) key: Option<&'t str>,
    /// The keys that stand beside it.
    pub(super) present: Vec<&'t str>,
    /// Whether quotation marks stand round what is typed.
    pub(super) quoted: bool,
    /// Whether a key here needs its colon (or equals sign) still.
    pub(super) bare: bool,
    typed: Span,
    whole: Span,
}

impl<'t> Entry<'t> {
    /// As a context of its kind.
    pub(super) fn context(self, open: impl FnOnce(Self) -> Open<'t>) -> Context<'t> {
        let (typed, whole) = (self.typed, self.whole);
        Context { open: open(self), typed, whole }
    }
}

/// How a kind of file writes keys and values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Yaml,
    Json,
    Toml,
}

/// What one bracket holds, or the line itself.
struct Level<'t> {
    map: bool,
    key: Option<&'t str>,
    present: Vec<&'t str>,
    /// Where the word being typed begins.
    token: usize,
}

impl Level<'_> {
    fn new(map: bool, token: usize) -> Self {
        Self { map, key: None, present: Vec::new(), token }
    }
}

/// In a line of JSON.
pub(super) fn json(text: &str, offset: u32) -> Option<Entry<'_>> {
    let (line, at) = line_of(text, offset)?;
    // The line itself is no map; its first bracket is.
    flow(text, line, at, Style::Json).filter(|entry| entry.whole.start as usize > line)
}

/// In YAML that lies in `block`.
pub(super) fn yaml(text: &str, block: Span, offset: u32) -> Option<Entry<'_>> {
    let (line, at) = line_of(text, offset)?;
    let line = line.max(block.start as usize);
    let full = line_at(text, line);
    if full.trim_start().starts_with('#') {
        return None;
    }
    let content = content_column(full);
    if at < line + content {
        return None;
    }
    let mut entry = flow(text, line + content, at, Style::Yaml)?;
    let lines = Lines { text, block };
    let item = full.trim_start().starts_with('-');
    let (outer, siblings) = lines.round(line, content, item);
    if entry.path.is_empty() && entry.key.is_none() {
        entry.present.extend(siblings);
    }
    let bare_value = item && entry.key.is_none() && entry.path.is_empty() && outer.last().is_some_and(|last| *last != "roles");
    if bare_value {
        entry.key = outer.last().copied();
        entry.path = outer[..outer.len() - 1].to_vec();
    } else {
        entry.path.splice(0..0, outer);
    }
    Some(entry)
}

/// In TOML.
pub(super) fn toml(text: &str, offset: u32) -> Option<Entry<'_>> {
    let (line, at) = line_of(text, offset)?;
    let full = line_at(text, line);
    let indent = full.len() - full.trim_start().len();
    if full.trim_start().starts_with('#') || at < line + indent {
        return None;
    }
    if full.trim_start().starts_with('[') {
        let from = line + indent + full.trim_start().chars().take_while(|c| *c == '[').count();
        let typed = text.get(from..at).filter(|t| !t.contains(']'))?;
        let ahead = full[at - line..].find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(full.len() - (at - line));
        let end = at + ahead;
        return Some(Entry {
            path: vec!["["],
            typed: Span::from(at - typed.len()..at),
            whole: Span::from(at - typed.len()..end),
            ..Entry::default()
        });
    }
    let mut entry = flow(text, line + indent, at, Style::Toml)?;
    let mut above = text[..line].lines().rev().take(LINES).peekable();
    // The list that a line above left open.
    if above.peek().is_some_and(|l| l.trim_end().ends_with(['[', ',', '{'])) && entry.key.is_none() {
        return None;
    }
    let mut present = Vec::new();
    for l in above {
        if let Some(name) = l.trim().strip_prefix('[') {
            let name = name.trim_start_matches('[').split(']').next().unwrap_or_default();
            entry.path.splice(0..0, name.split('.').map(str::trim));
            break;
        }
        present.extend(l.split_once('=').map(|(key, _)| key.trim()));
    }
    if entry.key.is_none() {
        entry.present.extend(present);
    }
    Some(entry)
}

/// The line that holds a byte, and the byte.
fn line_of(text: &str, offset: u32) -> Option<(usize, usize)> {
    let at = text.floor_char_boundary(offset as usize);
    let line = text[..at].rfind(['\n', '\r']).map_or(0, |n| n + 1);
    let line = if line == 0 && text.starts_with('\u{feff}') { 3.min(at) } else { line };
    (at - line <= LINE).then_some((line, at))
}

fn line_at(text: &str, line: usize) -> &str {
    let rest = &text[line..];
    &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
}

/// The column behind indentation and the dashes of list items.
fn content_column(line: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        at += blank;
        match line[at..].strip_prefix("- ") {
            Some(_) => at += 2,
            None if &line[at..] == "-" => return at + 1,
            None => return at,
        }
    }
}

/// Reads from `from` to the cursor as if all of it were one map whose brackets are not closed.
fn flow(text: &str, from: usize, at: usize, style: Style) -> Option<Entry<'_>> {
    let typed = text.get(from..at)?;
    let mut levels = vec![Level::new(true, 0)];
    let mut quote: Option<char> = None;
    let mut escaped = false;
    let mut chars = typed.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if let Some(q) = quote {
            if escaped || (c == '\\' && q == '"') {
                escaped = !escaped;
            } else if c == q {
                quote = None;
            }
            continue;
        }
        let depth = levels.len();
        let level = levels.last_mut()?;
        let fresh = typed[level.token..i].trim().is_empty();
        let next = chars.peek().map(|(_, c)| *c);
        match c {
            '"' | '\'' if fresh => quote = Some(c),
            '#' if style != Style::Json && (i == 0 || typed[..i].ends_with(' ')) => return None,
            '{' | '[' if fresh && depth < 64 => levels.push(Level::new(c == '{', i + 1)),
            '}' | ']' if depth > 1 => {
                levels.pop();
                levels.last_mut()?.token = i + 1;
            }
            ',' if depth > 1 => {
                level.present.extend(level.key.take());
                level.token = i + 1;
            }
            ':' if style != Style::Toml && level.map && level.key.is_none() && (style == Style::Json || next.is_none_or(|n| n == ' ')) => {
                level.key = Some(word(&typed[level.token..i]));
                level.token = i + 1;
            }
            '=' if style == Style::Toml && level.map && level.key.is_none() => {
                level.key = Some(word(&typed[level.token..i]));
                level.token = i + 1;
            }
            _ => {}
        }
    }
    let top = levels.pop()?;
    let raw = &typed[top.token..];
    let value = raw.trim_start().trim_start_matches(['"', '\'']);
    let quoted = quote.is_some();
    if !quoted && raw.trim_start().starts_with(['"', '\'']) {
        return None;
    }
    let start = at - value.len();
    let rest = line_at(text, at);
    let part = |c: char| if quoted { Some(c) != quote } else { c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.') };
    let ahead = rest.find(|c| !part(c)).unwrap_or(if quoted { 0 } else { rest.len() });
    let mut path: Vec<&str> = levels.iter().filter_map(|l| l.key).collect();
    let key = if top.map { top.key } else { path.pop() };
    let after = rest[ahead..].trim_start_matches(['"', '\'']).trim_start();
    Some(Entry {
        path,
        key,
        present: top.present,
        quoted,
        bare: !after.starts_with(if style == Style::Toml { '=' } else { ':' }),
        typed: Span::from(start..at),
        whole: Span::from(start..at + ahead),
    })
}

fn word(raw: &str) -> &str {
    raw.trim().trim_matches(['"', '\''])
}

/// The lines of a block of YAML.
struct Lines<'t> {
    text: &'t str,
    block: Span,
}

impl<'t> Lines<'t> {
    /// The keys above the line at byte `line`, outermost first, and the keys beside it.
    fn round(&self, line: usize, content: usize, item: bool) -> (Vec<&'t str>, Vec<&'t str>) {
        let (mut outer, mut beside) = (Vec::new(), Vec::new());
        let dash = |l: &str| l.len() - l.trim_start().len();
        let own = line_at(self.text, line);
        // Above an item only what stands at its dash or left of it is round it.
        let (mut column, mut same) = if item { (dash(own) + 1, false) } else { (content, true) };
        for above in self.text[self.block.start as usize..line].lines().rev().take(LINES) {
            if above.trim().is_empty() || above.trim_start().starts_with('#') {
                continue;
            }
            let at = content_column(above);
            let Some((key, value)) = above[at.min(above.len())..].split_once(':') else { continue };
            if same && at == column {
                beside.push(word(key));
            } else if at < column {
                if value.trim().is_empty() {
                    outer.push(word(key));
                }
                (column, same) = (at, false);
            }
            if at <= column && above.trim_start().starts_with("- ") {
                (column, same) = (dash(above) + 1, false);
            }
        }
        outer.reverse();
        let below = self.text[line..self.block.end as usize].lines().skip(1).take(LINES);
        for l in below.filter(|l| !l.trim().is_empty()) {
            let at = content_column(l);
            if at < content || l.trim_start().starts_with("- ") && dash(l) < content {
                break;
            }
            if at == content {
                beside.extend(l.split_once(':').map(|(key, _)| word(key)));
            }
        }
        (outer, beside)
    }
}
