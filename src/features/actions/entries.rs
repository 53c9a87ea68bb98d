//! New entries in lists of records, written as the file's author writes them.

use super::here::line_end;
use crate::corpus::{FileKind, FileState, RegistryFormat, Snapshot};
use crate::registry::RecordKind;
use crate::syntax::is_id;
use crate::text::{Edits, Span};

/// A record as far as it is known.
pub(super) struct Entry<'a> {
    pub(super) id: &'a str,
    pub(super) kind: &'a str,
    pub(super) name: Option<&'a str>,
}

/// The file to which a record of that kind is added: of those that can take it the one that holds most of its kind, the first of equals.
pub(super) fn home<'a>(snapshot: &'a Snapshot, kind: &str) -> Option<&'a FileState> {
    let takes = |file: &&FileState| matches!(file.kind, FileKind::Registry(RegistryFormat::Yaml | RegistryFormat::Jsonl));
    let kind = RecordKind::of_word(kind);
    let mut all: Vec<&FileState> = snapshot.files().map(|(_, f)| f).filter(takes).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    let fit = |file: &FileState| {
        let alike = file.facts.records.iter().filter(|r| r.kind == kind).count();
        // Bulk lists are made elsewhere, and would lose what is added by hand.
        (file.kind == FileKind::Registry(RegistryFormat::Yaml), alike)
    };
    all.into_iter().rev().max_by_key(|file| fit(file))
}

/// Where a list of records may be made when there is none.
pub(super) fn new_home(snapshot: &Snapshot) -> Option<String> {
    match snapshot.config().registry.as_deref() {
        None => Some("registry.yaml".into()),
        Some(globs) => globs.iter().find(|g| !g.contains(['*', '?', '[', '{']) && g.ends_with(".yaml")).cloned(),
    }
}

impl Entry<'_> {
    /// The edit that adds it to the file; `None` when the file is no list that can be added to.
    pub(super) fn added_to(&self, file: &FileState, text: &str) -> Option<Edits> {
        match file.kind {
            FileKind::Registry(RegistryFormat::Yaml) => self.in_yaml(file, text),
            FileKind::Registry(RegistryFormat::Jsonl) => Some(at_end(text, &self.json_line())),
            _ => None,
        }
    }

    /// All of a new list.
    pub(super) fn alone(&self) -> String {
        format!("{}\n", self.block("", "\n"))
    }

    fn in_yaml(&self, file: &FileState, text: &str) -> Option<Edits> {
        let end = line_end(text);
        let Some(first) = text.lines().find(|line| line.trim_start().starts_with("- ")) else {
            let bare = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
            return bare.then(|| at_end(text, &self.block("", end)));
        };
        let indent = &first[..first.len() - first.trim_start().len()];
        let flow = first.trim_start()[2..].trim_start().starts_with('{');
        let entry = if flow { self.flow(indent) } else { self.block(indent, end) };
        let records = &file.facts.records;
        let sorted = records.len() > 1 && records.windows(2).all(|w| w[0].id.value < w[1].id.value);
        let next = records.iter().find(|r| sorted && r.id.value.as_str() > self.id);
        match next.and_then(|next| before_item(text, next.span.start)) {
            Some(at) => Some(Edits::replace(Span::at(at), format!("{entry}{end}"))),
            None => Some(at_end(text, &entry)),
        }
    }

    fn flow(&self, indent: &str) -> String {
        let name = self.name.map(|n| format!(", name: {}", scalar(n))).unwrap_or_default();
        format!("{indent}- {{id: {}, type: {}{name}}}", scalar(self.id), scalar(self.kind))
    }

    fn block(&self, indent: &str, end: &str) -> String {
        let name = self.name.map(|n| format!("{end}{indent}  name: {}", scalar(n))).unwrap_or_default();
        format!("{indent}- id: {}{end}{indent}  type: {}{name}", scalar(self.id), scalar(self.kind))
    }

    fn json_line(&self) -> String {
        let mut map = serde_json::Map::new();
        let fields = [("id", Some(self.id)), ("type", Some(self.kind)), ("name", self.name)];
        map.extend(fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), serde_json::Value::from(value?)))));
        serde_json::Value::Object(map).to_string()
    }
}

/// One entry more behind everything, on lines of its own.
pub(super) fn at_end(text: &str, entry: &str) -> Edits {
    let end = line_end(text);
    let kept = text.trim_end_matches([' ', '\t', '\n', '\r']).len();
    let rest = &text[kept..];
    // What follows the last words is kept but for its first line end, which the entry brings with it.
    let gap = if kept == 0 { "" } else { end };
    let tail = if rest.contains('\n') { "" } else { end };
    Edits::replace(Span::at(Span::from(0..kept).end), format!("{gap}{entry}{tail}"))
}

/// The start of the line on which the item at `start` begins, comments above it included.
fn before_item(text: &str, start: u32) -> Option<u32> {
    let line_start = |at: usize| text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    // The file may have changed on the disk since its records were read.
    let mut at = line_start(start as usize);
    if !text[at..].trim_start().starts_with("- ") {
        return None;
    }
    while at > 0 {
        let above = line_start(at - 1);
        if !text[above..at].trim_start().starts_with('#') {
            break;
        }
        at = above;
    }
    Some(Span::from(0..at).end)
}

/// A value of YAML: bare where that is plainly a text, else in quotation marks.
pub(super) fn scalar(value: &str) -> String {
    let bare = value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{2019}'))
        && value.starts_with(char::is_alphabetic)
        && !value.ends_with(' ')
        && !matches!(value.to_lowercase().as_str(), "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n");
    if bare { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

/// Words as a value of BibLaTeX between braces.
pub(super) fn in_bib(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars().filter(|c| !matches!(c, '{' | '}' | '\\')) {
        if matches!(c, '&' | '%' | '$' | '#' | '_') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An id made of a name, Russian letters spelt out; `None` when nothing is left. A number is added when `taken`.
pub(super) fn id_of(name: &str, taken: impl Fn(&str) -> bool) -> Option<String> {
    let mut id = String::new();
    for letter in name.to_lowercase().chars() {
        match letter {
            'a'..='z' | '0'..='9' => id.push(letter),
            '\'' | '\u{2019}' | 'ъ' | 'ь' => {}
            _ => match spelt(letter) {
                Some(letters) => id.push_str(letters),
                None if !id.ends_with('-') && !id.is_empty() => id.push('-'),
                None => {}
            },
        }
    }
    id.truncate(LONGEST_ID);
    let id = id.trim_matches('-').to_owned();
    let numbered = (2..100).map(|n| format!("{id}-{n}"));
    std::iter::once(id.clone()).chain(numbered).find(|id| is_id(id) && !taken(id))
}

/// Room is left for a number.
const LONGEST_ID: usize = 60;

/// A Russian letter as passports and atlases spell it.
fn spelt(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' => "i",
        'й' | 'ы' => "y",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_a_name() {
        let made = |name| id_of(name, |id| id == "minsk-group");
        assert_eq!(made("Maria O'Neill").as_deref(), Some("maria-oneill"));
        assert_eq!(made("Сергей Щукин").as_deref(), Some("sergey-shchukin"));
        assert_eq!(made("Minsk Group").as_deref(), Some("minsk-group-2"));
        assert_eq!(made("2014"), None);
    }

    #[test]
    fn values_of_yaml_are_quoted_where_they_must_be() {
        for (value, written) in [("Sergey Lavrov", "Sergey Lavrov"), ("no", "\"no\""), ("a: b", "\"a: b\""), ("2014", "\"2014\"")] {
            assert_eq!(scalar(value), written);
        }
    }
}
