//! In the braces of a bracketed span: classes, names of attributes, and their values.

use super::ranking::{self, Uses};
use super::terms::{self, Term};
use super::{About, Asked, Item, ItemKind, Offer, Part, keys, names};
use crate::registry::RecordKind;

/// Classes with a meaning, and those of the project.
pub(super) fn classes(asked: &Asked<'_>) -> Vec<Item> {
    let own = asked.snapshot.config().classes.iter().map(|class| Item::plain(class, ItemKind::Value, "class of this project"));
    terms::CLASSES.iter().map(|term| of_term(term, ItemKind::Value)).chain(own).collect()
}

/// Names that do not stand there yet.
pub(super) fn names(present: &[&str]) -> Vec<Item> {
    let item = |term: &Term| {
        let quoted = matches!(term.word, "source" | "against");
        let (open, close) = if quoted { ("=\"", "\"") } else { ("=", "") };
        let snippet = vec![Part::Text(format!("{}{open}", term.word)), Part::Hole(String::new()), Part::Text(close.into())];
        let item = of_term(term, ItemKind::Key).inserts(format!("{}{open}{close}", term.word));
        Item { snippet: Some(snippet), ..item }
    };
    terms::ATTRIBUTES.iter().filter(|term| !present.contains(&term.word)).map(item).collect()
}

/// Values of one.
pub(super) fn values(asked: &Asked<'_>, name: &str, quoted: bool) -> Offer {
    match name {
        "status" => (terms::STATUS.iter().map(|t| of_term(t, ItemKind::Value)).collect(), false),
        "conf" => (terms::CONFIDENCE.iter().map(|t| of_term(t, ItemKind::Value)).collect(), false),
        "by" => speakers(asked),
        "date" => (dates(asked), false),
        "source" | "against" => {
            let (mut items, more) = keys::offer(asked);
            if !quoted {
                // Bare values end at a space, and a locator has one.
                for item in &mut items {
                    item.snippet = Some(vec![Part::Text(format!("\"{}", item.insert)), Part::Hole(String::new()), Part::Text("\"".into())]);
                }
            }
            (items, more)
        }
        _ => (Vec::new(), false),
    }
}

/// Persons and bodies.
fn speakers(asked: &Asked<'_>) -> Offer {
    let uses = Uses::of(asked.text, "[[");
    let (ranked, more) = ranking::rank(asked.query(), &uses, |r| r.kind.speaks().then_some(u8::from(r.kind == RecordKind::Org)));
    let item = |r: &ranking::Ranked<'_>| {
        let record = &*r.entity.record;
        let name = names::name_of(record);
        let item = Item::plain(name, ItemKind::of(&record.kind), record.kind.word()).inserts(record.id.value.as_str());
        Item { filter: names::filter(&r.matched, name, &record.id.value), ..item }.about(About::Thing(record.id.value.clone(), None))
    };
    (ranked.iter().map(item).collect(), more)
}

/// The text's own date, in its three precisions.
fn dates(asked: &Asked<'_>) -> Vec<Item> {
    let date = asked.snapshot.file(asked.file).and_then(|f| f.settings.date.clone()).unwrap_or_default();
    let cut = [date.len(), 7, 4].into_iter().filter_map(|len| date.get(..len)).filter(|d| !d.is_empty());
    let mut all: Vec<&str> = cut.collect();
    all.dedup();
    all.into_iter().map(|date| Item::plain(date, ItemKind::Value, "date of the text")).collect()
}

pub(super) fn of_term(term: &Term, kind: ItemKind) -> Item {
    Item::plain(term.word, kind, "").about(About::Words(term.meaning))
}
