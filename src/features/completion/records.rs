//! Registries: keys of a record, its types, relations and their targets.

use super::attributes::of_term;
use super::entry::Entry;
use super::front_matter::{keys_of, languages, values};
use super::ranking::{self, Uses};
use super::{About, Asked, Item, ItemKind, Offer, names, terms};
use crate::registry::{Record, RecordKind};

/// A key or a value. In JSON and in brackets the same holds as in a list of YAML.
pub(super) fn offer(asked: &Asked<'_>, entry: &Entry<'_>) -> Offer {
    match (entry.path.last().copied(), entry.key) {
        (None, None) => (keys_of(terms::RECORD.iter(), entry, ": "), false),
        (Some("roles"), None) => (keys_of(terms::ROLE.iter(), entry, ": "), false),
        (Some("relations"), None) => (keys_of(terms::RELATIONS.iter(), entry, ": "), false),
        (Some("relations"), Some(_)) => ids(asked, |r| r.kind != RecordKind::Source),
        (Some("roles"), Some("body")) => ids(asked, |r| r.kind == RecordKind::Org),
        (None, Some(key)) => value(asked, key),
        _ => (Vec::new(), false),
    }
}

fn value(asked: &Asked<'_>, key: &str) -> Offer {
    let items = match key {
        "type" => {
            let own = asked.snapshot.config().types.iter().map(|t| Item::plain(t, ItemKind::Value, "type of this project"));
            terms::TYPES.iter().map(|t| of_term(t, ItemKind::Value)).chain(own).collect()
        }
        "match" => values(terms::MATCHES),
        "citable" => values(terms::TRUTHS),
        "lang" => languages(asked),
        "origin" => return ids(asked, |r| r.kind == RecordKind::Org),
        _ => Vec::new(),
    };
    (items, false)
}

/// Ids of records.
fn ids(asked: &Asked<'_>, fits: impl Fn(&Record) -> bool) -> Offer {
    let (ranked, more) = ranking::rank(asked.query(), &Uses::of("", "[["), |r| fits(r).then_some(0));
    let item = |r: &ranking::Ranked<'_>| {
        let record = &*r.entity.record;
        let (id, name) = (record.id.value.as_str(), names::name_of(record));
        let item = Item::plain(id, ItemKind::of(&record.kind), if name == id { record.kind.word() } else { name });
        Item { filter: names::filter(&r.matched, id, name), ..item }.about(About::Thing(record.id.value.clone(), None))
    };
    (ranked.iter().map(item).collect(), more)
}
