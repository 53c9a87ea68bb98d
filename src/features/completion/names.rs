//! Behind `[[`: everything that a mention can name.

use super::ranking::{self, Uses};
use super::{About, Asked, Item, ItemKind, MOST, Offer, Part};
use crate::corpus::{Entity, FileKind, stem};
use crate::registry::{Record, RecordKind, unsc};
use crate::syntax::is_id;

/// Longest text that is compared with what is typed, in bytes: clients compare no more than some hundred characters.
const FILTER: usize = 96;

/// Ids. `closing` is what has to follow; in a table nothing may stand behind a pipe.
pub(super) fn targets(asked: &Asked<'_>, closing: &str, table: bool) -> Offer {
    let typed = asked.typed();
    let uses = Uses::of(asked.text, "[[");
    let (ranked, more) = ranking::rank(asked.query(), &uses, |r| (r.kind != RecordKind::Source).then_some(0));
    let mut items: Vec<Item> = ranked.iter().map(|r| mention(r.entity, &r.matched, closing, table)).collect();
    let room = MOST.saturating_sub(items.len());
    items.extend(texts(asked, typed, closing).into_iter().take(room));
    let room = MOST.saturating_sub(items.len());
    items.extend(built_in(asked, typed, closing, table).into_iter().take(room));
    // Texts and resolutions of the table come up only as letters come in.
    (items, more || typed.chars().count() < 3)
}

fn mention(entity: &Entity, matched: &str, closing: &str, table: bool) -> Item {
    let record = &*entity.record;
    let id = record.id.value.as_str();
    let name = name_of(record);
    let item = Item {
        filter: filter(matched, name, id),
        ..with_surface(Item::plain(name, ItemKind::of(&record.kind), record.kind.word()), id, name, closing, table)
    };
    item.about(About::Thing(record.id.value.clone(), None))
}

/// `id|surface]]` where places are filled in, else `id]]`.
fn with_surface(item: Item, id: &str, surface: &str, closing: &str, table: bool) -> Item {
    let fits = !closing.is_empty() && !table && !surface.contains(['[', ']', '|', '\n', '\r']) && surface != id;
    let snippet = fits.then(|| vec![Part::Text(format!("{id}|")), Part::Hole(surface.to_owned()), Part::Text(closing.to_owned())]);
    Item { snippet, insert: format!("{id}{closing}"), ..item }
}

/// What is compared with the letters typed: first the name they fit, from the word on that they begin.
pub(super) fn filter(matched: &str, name: &str, id: &str) -> String {
    let mut filter = String::with_capacity(matched.len() + name.len() + id.len() + 2);
    for words in [matched, name, id] {
        if !filter.ends_with(words) && filter.len() < FILTER {
            if !filter.is_empty() {
                filter.push(' ');
            }
            filter.push_str(words);
        }
    }
    filter.truncate(filter.floor_char_boundary(FILTER));
    filter
}

pub(super) fn name_of(record: &Record) -> &str {
    record.shown_name()
}

/// Texts of the corpus whose id begins so.
fn texts(asked: &Asked<'_>, typed: &str, closing: &str) -> Vec<Item> {
    if typed.is_empty() {
        return Vec::new();
    }
    let own = asked.snapshot.texts_begun_by(typed).filter(|(id, file)| matches!(file.kind, FileKind::Text(_)) && *id != asked.file);
    let mut items = Vec::new();
    for (_, file) in own.filter(|(_, file)| file.facts.records.is_empty()) {
        let id = file.facts.head.id.as_ref().map_or_else(|| stem(&file.path), |(id, _)| id.as_str());
        let title = file.facts.head.title.as_ref().map_or(id, |(title, _)| title.as_str());
        let fits = id.starts_with(typed) || title.get(..typed.len()).is_some_and(|head| head.eq_ignore_ascii_case(typed));
        if fits && is_id(id) {
            let filter = if id.starts_with(typed) { filter(id, title, "") } else { filter(title, id, "") };
            let item = Item { filter, ..Item::plain(title, ItemKind::File, "text") };
            items.push(item.inserts(format!("{id}{closing}")).about(About::Thing(id.into(), None)));
            if items.len() == MOST {
                break;
            }
        }
    }
    items
}

/// Resolutions that only the built-in table knows, by their number: `unsc-22`, `2202`, `S/RES/22`.
fn built_in(asked: &Asked<'_>, typed: &str, closing: &str, table: bool) -> Vec<Item> {
    let lower = typed.to_ascii_lowercase();
    let number = ["unsc-", "s/res/"].iter().find_map(|sign| lower.strip_prefix(sign)).unwrap_or(&lower);
    let Some(digits) = number.parse::<u32>().ok().filter(|n| *n > 0 && !number.starts_with('0')) else { return Vec::new() };
    let mut items = Vec::new();
    for (low, high) in [(digits, digits), (digits * 10, digits * 10 + 9)] {
        for found in (low..=high.min(unsc::last())).filter_map(unsc::resolution) {
            let id = format!("unsc-{}", found.number);
            if asked.snapshot.entity_of(&id).is_some() {
                continue;
            }
            let symbol = found.symbol();
            let item = with_surface(Item::plain(&symbol, ItemKind::Instrument, found.title), &id, &symbol, closing, table);
            let start = &typed[..typed.len() - number.len()];
            items.push(Item { filter: format!("{start}{} {symbol}", found.number), ..item }.about(About::Thing(id.into(), None)));
        }
    }
    items
}

/// Behind `[[id|`: the names that its record bears.
pub(super) fn surfaces(asked: &Asked<'_>, target: &str) -> Vec<Item> {
    let Some(entity) = asked.snapshot.entity_of(target) else { return Vec::new() };
    let record = &*asked.snapshot.entity(entity).record;
    let names = record.own_names().map(|n| n.value);
    let roles = record.roles.iter().flat_map(|r| r.aliases.iter().map(|a| a.text.as_str()));
    let fits = |words: &&str| !words.contains(['[', ']', '|', '\n', '\r']);
    names.chain(roles).filter(fits).take(MOST).map(|words| Item::plain(words, ItemKind::Words, record.kind.word())).collect()
}
