//! Things of lists and hierarchies in the protocol's words.
//!
//! An item is answered by one question and sent back with the next; by then the corpus may be another. So it is remembered by its
//! id or path, not by a number, and by the text it was asked from: a thing that only the built-in table knows has no file in any
//! corpus.

use std::borrow::Cow;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use smol_str::{SmolStr, format_smolstr};
use tower_lsp::ls_types::{CallHierarchyItem, Position, Range, SymbolKind, TypeHierarchyItem, Uri};

use super::places::Places;
use super::requests::Asked;
use crate::corpus::{FileId, Snapshot, Symbol, pin_of};
use crate::features::{Item, Sort};
use crate::registry::RecordKind;

/// What an item is remembered by: its `data`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered<'a> {
    /// The address of a text of the corpus.
    text: Cow<'a, str>,
    /// The thing's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<SmolStr>,
    /// The path of a text, relative to the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<SmolStr>,
    /// The pinpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pin: Option<SmolStr>,
}

impl<'a> Remembered<'a> {
    /// What a thing is remembered by, as it was asked about from `text`; `None` for what has neither id nor path.
    #[must_use]
    pub fn of(snapshot: &Snapshot, text: Cow<'a, str>, symbol: &Symbol) -> Option<Self> {
        let (id, path) = match symbol {
            Symbol::Entity(entity, _) => (Some(snapshot.names().get(*entity)?.record.id.value.clone()), None),
            Symbol::Resolution(number, _) => (Some(format_smolstr!("unsc-{number}")), None),
            Symbol::Text(file, _) => (None, Some(snapshot.path(*file))),
            _ => return None,
        };
        Some(Self { text, id, path, pin: pin_of(symbol).map(SmolStr::from) })
    }
}

/// The sign that clients draw. Only kinds that the first version of the protocol had: a client that says nothing of kinds knows
/// no others.
#[must_use]
pub fn kind(sort: &Sort) -> SymbolKind {
    match sort {
        Sort::Record(record) => match record {
            RecordKind::Person => SymbolKind::VARIABLE,
            RecordKind::Org => SymbolKind::NAMESPACE,
            RecordKind::Place => SymbolKind::CONSTANT,
            RecordKind::Agreement => SymbolKind::INTERFACE,
            RecordKind::Resolution => SymbolKind::CLASS,
            RecordKind::Statement => SymbolKind::METHOD,
            RecordKind::Event => SymbolKind::FUNCTION,
            RecordKind::Document => SymbolKind::FILE,
            RecordKind::Source => SymbolKind::PACKAGE,
            RecordKind::Declared(_) => SymbolKind::ENUM,
        },
        Sort::Text => SymbolKind::FILE,
        Sort::Heading => SymbolKind::MODULE,
        Sort::Claim => SymbolKind::BOOLEAN,
        Sort::Quote => SymbolKind::STRING,
        Sort::Pinpoint => SymbolKind::PROPERTY,
        Sort::Footnote => SymbolKind::FIELD,
    }
}

/// Where an item is, and what it is remembered by.
struct Located {
    uri: Uri,
    full: Range,
    name: Range,
    data: Option<Value>,
}

fn located(asked: &Asked, places: &mut Places<'_>, item: &Item) -> Option<Located> {
    let (uri, full, name) = places.target(&item.target)?;
    let asked_from = asked.view.world.uri(asked.view.file)?;
    let remembered = Remembered::of(&asked.view.world.snapshot, asked_from.as_str().into(), &item.symbol);
    let data = remembered.and_then(|remembered| serde_json::to_value(remembered).ok());
    Some(Located { uri, full, name, data })
}

/// The text to ask about an item that comes back: the one it was asked from, else its own.
#[must_use]
pub fn text_of(data: Option<&Value>, own: &Uri) -> Uri {
    remembered(data).and_then(|data| Uri::from_str(&data.text).ok()).unwrap_or_else(|| own.clone())
}

/// The thing an item means that comes back: as remembered, or for a client that loses what it is given, what stands at its place.
#[must_use]
pub fn symbol(asked: &Asked, data: Option<&Value>, at: Position) -> Option<Symbol> {
    let snapshot = &asked.view.world.snapshot;
    let Some(data) = remembered(data) else {
        let at = asked.at(at);
        return snapshot.subject_at(at.file, at.offset).map(|found| found.symbol);
    };
    let pin = data.pin;
    match (data.id, data.path) {
        (Some(id), _) => snapshot.symbol_of(&id, pin),
        (None, Some(path)) => snapshot.file_at(&path).map(|file: FileId| Symbol::Text(file, pin)),
        (None, None) => None,
    }
}

fn remembered(data: Option<&Value>) -> Option<Remembered<'_>> {
    Remembered::deserialize(data?).ok()
}

/// An item of a call hierarchy.
#[must_use]
pub fn call_item(asked: &Asked, places: &mut Places<'_>, item: Item) -> Option<CallHierarchyItem> {
    let Located { uri, full, name, data } = located(asked, places, &item)?;
    let detail = Some(item.detail).filter(|words| !words.is_empty());
    Some(CallHierarchyItem { kind: kind(&item.sort), name: item.name, tags: None, detail, uri, range: full, selection_range: name, data })
}

/// An item of a type hierarchy.
#[must_use]
pub fn type_item(asked: &Asked, places: &mut Places<'_>, item: Item) -> Option<TypeHierarchyItem> {
    let Located { uri, full, name, data } = located(asked, places, &item)?;
    let detail = Some(item.detail).filter(|words| !words.is_empty());
    Some(TypeHierarchyItem { kind: kind(&item.sort), name: item.name, tags: None, detail, uri, range: full, selection_range: name, data })
}
