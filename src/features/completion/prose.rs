//! In words of prose, when somebody asks: names that begin so, plain and as a mention.

use super::ranking::{self, Uses};
use super::{About, Asked, Item, ItemKind, Offer, names};
use crate::registry::RecordKind;

/// So many names, each twice.
const NAMES: usize = 20;

/// Names of records that begin with the word.
pub(super) fn names(asked: &Asked<'_>) -> Offer {
    let uses = Uses::of(asked.text, "[[");
    let (ranked, more) = ranking::rank(asked.query(), &uses, |r| (r.kind != RecordKind::Source).then_some(0));
    let mut items = Vec::new();
    for r in ranked.iter().filter(|r| r.begins && r.matched != r.entity.record.id.value).take(NAMES) {
        let record = &*r.entity.record;
        let words = r.matched.as_str();
        let about = About::Thing(record.id.value.clone(), None);
        let plain = Item::plain(words, ItemKind::of(&record.kind), record.kind.word());
        let filter = names::filter(words, words, "");
        let mark = format!("[[{}|{words}]]", record.id.value);
        items.push(Item { filter: filter.clone(), ..plain.clone() }.about(about.clone()));
        if !words.contains(['[', ']', '|']) {
            items.push(Item { label: mark.clone(), filter, ..plain }.inserts(mark).about(about));
        }
    }
    let more = more || items.len() == NAMES * 2;
    (items, more)
}
