//! Front matter: the keys of a text, those of a record when it is a note, and their values.

use super::attributes::of_term;
use super::entry::Entry;
use super::terms::{self, Term};
use super::{Asked, Item, ItemKind, Offer, keys, records};
use crate::corpus::{FileKind, relative_path};

/// A key or a value.
pub(super) fn offer(asked: &Asked<'_>, entry: &Entry<'_>) -> Offer {
    let is_note = asked.snapshot.file(asked.file).is_some_and(|f| f.facts.head.record_type.is_some());
    match (entry.path.as_slice(), entry.key) {
        ([], None) => (top(entry, is_note), false),
        ([], Some("kind")) => (values(terms::KINDS), false),
        ([], Some("lang")) => (languages(asked), false),
        ([], Some("citation-scope")) => (values(terms::SCOPES), false),
        ([], Some("source")) => keys::offer(asked),
        ([] | ["bibliography"], Some("bibliography")) | (["bibliography"], None) => (bibliographies(asked), false),
        _ => records::offer(asked, entry),
    }
}

fn top(entry: &Entry<'_>, is_note: bool) -> Vec<Item> {
    let of_text = terms::FRONT_MATTER.iter();
    // A record's keys are offered where there is a record, or `type` could make it one.
    let of_record = terms::RECORD.iter().filter(|t| is_note && !terms::FRONT_MATTER.iter().any(|k| k.word == t.word));
    keys_of(of_text.chain(of_record), entry, ": ")
}

/// Keys that do not stand there yet.
pub(super) fn keys_of<'t>(terms: impl Iterator<Item = &'t Term>, entry: &Entry<'_>, sign: &str) -> Vec<Item> {
    let item = |term: &Term| {
        let item = of_term(term, ItemKind::Key);
        if entry.bare && !entry.quoted { item.inserts(format!("{}{sign}", term.word)) } else { item }
    };
    terms.filter(|term| !entry.present.contains(&term.word)).map(item).collect()
}

pub(super) fn values(terms: &[Term]) -> Vec<Item> {
    terms.iter().map(|term| of_term(term, ItemKind::Value)).collect()
}

/// The languages whose words are understood, then those of the corpus.
pub(super) fn languages(asked: &Asked<'_>) -> Vec<Item> {
    let mut items = values(terms::LANGUAGES);
    for (_, file) in asked.snapshot.files() {
        if let Some(lang) = &file.settings.lang
            && !items.iter().any(|i| i.label == *lang)
            && items.len() < 40
        {
            items.push(Item::plain(lang.as_str(), ItemKind::Value, "language of this corpus"));
        }
    }
    items
}

fn bibliographies(asked: &Asked<'_>) -> Vec<Item> {
    let here = asked.snapshot.path(asked.file);
    let registries = asked.snapshot.files().filter(|(_, f)| matches!(f.kind, FileKind::Registry(_)));
    registries.take(200).map(|(_, f)| Item::plain(relative_path(&here, &f.path), ItemKind::File, "bibliography")).collect()
}
