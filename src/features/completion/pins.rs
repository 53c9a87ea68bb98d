//! Behind `#` of a mention: the places in what it names.

use super::{About, Asked, Item, ItemKind, MOST, Offer};
use crate::corpus::{Anchor, Found};
use crate::registry::Record;
use crate::text::Span;

/// So many characters of a paragraph stand beside its pinpoint.
const SHOWN: usize = 80;

/// Anchors of the note, then the parts its record declares. Of the built-in resolutions no text is at hand, so they have none.
pub(super) fn offer(asked: &Asked<'_>, target: &str) -> Offer {
    let snapshot = asked.snapshot;
    let (file, record) = match snapshot.lookup(target) {
        Some(Found::Entity(id) | Found::Renamed(id)) => (snapshot.entity(id).home.file, Some(&*snapshot.entity(id).record)),
        Some(Found::Text(file)) => (file, None),
        _ => return (Vec::new(), false),
    };
    let text = snapshot.text(file).unwrap_or_default();
    let mut items: Vec<Item> =
        snapshot.anchors(file).iter().take(MOST + 1).map(|anchor| item(target, &anchor.name, &words(&text, anchor))).collect();
    for part in record.map(|r: &Record| r.parts.as_slice()).unwrap_or_default() {
        if items.len() <= MOST && !items.iter().any(|i| i.insert == part.value) {
            items.push(item(target, &part.value, ""));
        }
    }
    let more = items.len() > MOST;
    (items, more)
}

fn item(target: &str, name: &str, words: &str) -> Item {
    Item::plain(name, ItemKind::Place, words).about(About::Thing(target.into(), Some(name.into())))
}

/// The first words that stand at a place.
fn words(text: &str, anchor: &Anchor) -> String {
    let raw: &str = Span::slice(anchor.words, text);
    let mut shown = String::new();
    for word in raw.split_whitespace() {
        if shown.chars().count() + word.chars().count() > SHOWN {
            shown.push('…');
            break;
        }
        if !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(word);
    }
    shown
}
