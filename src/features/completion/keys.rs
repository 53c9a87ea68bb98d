//! Behind `@`: the keys of cited works, and instruments, which can be cited as well.

use super::names::{filter, name_of};
use super::ranking::{self, Uses};
use super::{About, Asked, Item, ItemKind, Offer};
use crate::registry::{Record, RecordKind};

/// Works, then instruments.
pub(super) fn offer(asked: &Asked<'_>) -> Offer {
    let uses = Uses::of(asked.text, "@");
    let citable = |r: &Record| match r.kind {
        RecordKind::Source => Some(0),
        _ if r.citable => Some(0),
        _ if r.kind.is_instrument() => Some(1),
        _ => None,
    };
    let (ranked, more) = ranking::rank(asked, &uses, citable);
    (ranked.iter().map(|r| key(&r.entity.record, &r.matched)).collect(), more)
}

fn key(record: &Record, matched: &str) -> Item {
    let id = record.id.value.as_str();
    let item = Item::plain(id, ItemKind::of(&record.kind), short(record));
    Item { filter: filter(matched, id, name_of(record)), ..item }.about(About::Thing(record.id.value.clone(), None))
}

/// Author, year and title, for choosing among keys.
pub(super) fn short(record: &Record) -> String {
    let author = record.source.as_deref().and_then(|s| s.authors.first()).map(|(family, _)| family.as_str());
    let year = record.date.as_ref().and_then(|d| d.value.get(..4));
    let head = [author, year].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let title = record.name.as_ref().map(|n| n.value.as_str()).unwrap_or_default();
    if head.is_empty() || title.is_empty() { format!("{head}{title}") } else { format!("{head}. {title}") }
}
