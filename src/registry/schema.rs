//! The one schema of records: from a tree of values to a [`Record`], in whichever home it was written.
//!
//! Every field is read by itself. A field that is not what it should be is a fault at its place, and
//! the record lives without it.

mod fields;
mod json;
mod keys;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use smol_str::SmolStr;

pub use json::schema;
use keys::ELSEWHERE;
pub use keys::{FIELDS, Field, KEYS, RELATIONS, ROLE, TYPES, Term};

use super::tree::{Key, Node, Value};
use super::{Alias, Parsed, Record, RecordKind, Source, Spanned, Written};
use crate::text::{Fault, Span, is_id, is_trimmed, nearest};

/// Where a record is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// A list or a line: `id` and `type` are required, and every key means something.
    List,
    /// A note's front matter: it holds keys of others as well.
    Note,
}

/// What was reported once for a file and is not said again for the next ten thousand records.
#[derive(Default)]
pub struct Seen {
    keys: BTreeSet<String>,
    /// The last type that is none of ours: most records of a file that have one have the same.
    declared: Option<Arc<SmolStr>>,
    /// Room for the aliases of the record at hand.
    aliases: Vec<Alias>,
}

impl Seen {
    fn share(&mut self, word: &mut Arc<SmolStr>) {
        match &self.declared {
            Some(known) if known == word => *word = known.clone(),
            _ => self.declared = Some(word.clone()),
        }
    }
}

/// Of more keys than this, in hostile input, the later ones are not looked for twice.
const MOST_KEYS: usize = 256;

const RULE: &str = "invalid-record";

/// Reads one record into `parsed`. It lies in a stretch of the file that begins at a byte; spans are bytes of the file, and so are
/// those of `node`.
pub fn record((text, from): (&str, u32), node: &Node<'_>, home: Home, seen: &mut Seen, parsed: &mut Parsed) {
    if !matches!(node.value, Value::Map(_)) {
        let message = format!("a record is a map of keys, and this is {}", node.what());
        parsed.faults.push(Fault::new(RULE, node.span, message).help("write `- id: …`, `type: …` and `name: …`"));
        return;
    }
    let record = Record { span: node.span, kind: RecordKind::Document, ..Record::default() };
    let mut reader = Reader {
        text,
        from,
        home,
        faults: &mut parsed.faults,
        record,
        kind_span: None,
        name: None,
        aliases: std::mem::take(&mut seen.aliases),
    };
    reader.aliases.clear();
    let mut done: Vec<&str> = Vec::with_capacity(node.entries().len().min(MOST_KEYS));
    for (key, value) in node.entries() {
        let again = done.contains(&&*key.text);
        if !again && done.len() < MOST_KEYS {
            done.push(&key.text);
        }
        if again && (home == Home::List || KEYS.contains(&&*key.text)) {
            reader.fault(key.span, format!("`{}` is written twice in this record", key.text));
            continue;
        }
        reader.field(key, value, seen);
    }
    let Reader { mut record, kind_span, name, aliases, .. } = reader;
    if home == Home::List && kind_span.is_none() && !done.contains(&"type") {
        let place = if record.id.value.is_empty() { first_key(node) } else { record.id.span };
        let help = format!("one of {}", RecordKind::WORDS.join(", "));
        parsed.faults.push(Fault::new(RULE, place, "the record has no `type`").help(help));
    }
    if home == Home::List && record.id.value.is_empty() {
        if !done.contains(&"id") {
            parsed
                .faults
                .push(Fault::new(RULE, first_key(node), "the record has no `id`").help("nothing can lead to a record without one"));
        }
        return;
    }
    let others = aliases.iter().map(|alias| Spanned { value: alias.text.as_str(), span: alias.span });
    record.written = Written::of(kind_span, name.as_ref().map(Spanned::as_str), others);
    seen.aliases = aliases;
    if let RecordKind::Declared(word) = &mut record.kind {
        seen.share(word);
    }
    parsed.records.push(Arc::new(record));
}

fn first_key(node: &Node<'_>) -> Span {
    node.entries().first().map_or(node.span, |(key, _)| key.span)
}

/// One record being read. Public only in name: the rows of the table say how they are read.
pub struct Reader<'a> {
    /// A stretch of the file, and where it begins.
    text: &'a str,
    from: u32,
    home: Home,
    faults: &'a mut Vec<Fault>,
    record: Record,
    kind_span: Option<Span>,
    /// It is shown and searched for; one that cannot be searched for is still shown.
    name: Option<Spanned<SmolStr>>,
    aliases: Vec<Alias>,
}

impl Reader<'_> {
    fn fault(&mut self, span: Span, message: impl Into<String>) {
        self.faults.push(Fault::new(RULE, span, message));
    }

    fn fault_with(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(Fault::new(RULE, span, message).help(help));
    }

    fn field(&mut self, key: &Key<'_>, value: &Node<'_>, seen: &mut Seen) {
        match FIELDS.iter().find(|field| field.word == key.text) {
            Some(field) => (field.read)(self, value),
            None => self.unknown(key, seen),
        }
    }

    /// A key that is none of ours. In a note only a slip of the pen is worth a word: front matter belongs to others as well.
    fn unknown(&mut self, key: &Key<'_>, seen: &mut Seen) {
        if key.text.starts_with("x-") || seen.keys.contains(&*key.text) {
            return;
        }
        let begun = || KEYS.iter().copied().find(|known| key.text.len() > 3 && known.starts_with(&*key.text));
        let elsewhere = || ELSEWHERE.iter().find(|(theirs, _)| *theirs == key.text).map(|(_, ours)| *ours);
        let near = nearest(&key.text, KEYS.iter().copied()).or_else(begun);
        if self.home == Home::Note && near.is_none() {
            return;
        }
        let near = near.or_else(elsewhere);
        seen.keys.insert(key.text.to_string());
        let fault = Fault::new(RULE, key.span, format!("records have no key `{}`", key.text));
        self.faults.push(match near {
            Some(near) => fault.help(format!("did you mean `{near}`?")).fix(key.span, near),
            None => fault.help("keys of your own begin with `x-`"),
        });
    }

    /// The words of a scalar; anything else is a fault. Nothing is nothing, without a fault.
    fn words(&mut self, field: &str, node: &Node<'_>) -> Option<Spanned<SmolStr>> {
        match &node.value {
            Value::Text(words) => {
                let words = if is_trimmed(words) { words } else { words.trim() };
                (!words.is_empty()).then(|| Spanned { value: SmolStr::new(words), span: self.trimmed(node.span) })
            }
            Value::Null => None,
            _ => {
                self.fault(node.span, format!("`{field}` takes a text, and this is {}", node.what()));
                None
            }
        }
    }

    /// Without the spaces around the words.
    fn trimmed(&self, span: Span) -> Span {
        let words = Span::new(span.start.saturating_sub(self.from), span.end.saturating_sub(self.from)).slice(self.text);
        if is_trimmed(words) {
            return span;
        }
        let bare = words.trim();
        if bare.is_empty() { span } else { Span::of(bare, self.text).shift(self.from) }
    }

    /// The texts of a list, or one text.
    fn list(&mut self, field: &str, node: &Node<'_>) -> Vec<Spanned<SmolStr>> {
        if matches!(node.value, Value::Map(_)) {
            self.fault(node.span, format!("`{field}` takes a list of texts, and this is a map of keys"));
            return Vec::new();
        }
        node.items().iter().filter_map(|item| self.words(field, item)).collect()
    }
}

/// An id made of `text`, when something is left of it.
fn as_id(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let id: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    Some(id.join("-")).filter(|id| is_id(id))
}

/// The front matter of a note as a record: `stem` is its id when none is written. A note without `type` is no record.
pub fn of_note(text: &str, node: &Node<'_>, yaml: Span, stem: &str) -> Parsed {
    let mut parsed = Parsed::default();
    if node.get("type").is_none() {
        return parsed;
    }
    record((text, 0), node, Home::Note, &mut Seen::default(), &mut parsed);
    if let Some(record) = parsed.records.first_mut().map(Arc::make_mut) {
        record.span = yaml;
        if record.id.value.is_empty() {
            record.id = Spanned { value: stem.into(), span: record.kind_span().unwrap_or(Span::at(yaml.start)) };
        }
    }
    parsed
}

/// The part that only sources have, made when first needed.
fn source_of(record: &mut Record) -> &mut Source {
    record.source.get_or_insert_default()
}
