//! In the destination of a link: the notes and texts of the corpus, by their paths from here.

use super::{About, Asked, Item, ItemKind, MOST, Offer};
use crate::corpus::{relative_path, stem};

/// Notes first; what is typed may be any part of the path.
pub(super) fn notes(asked: &Asked<'_>) -> Offer {
    let typed = asked.typed().trim_start_matches("./").trim_start_matches("../");
    let wanted = typed.rsplit('/').next().unwrap_or_default();
    let here = asked.snapshot.path(asked.file);
    let mut items = Vec::new();
    let mut more = false;
    let texts = asked.snapshot.files().filter(|(id, file)| file.kind.is_text() && *id != asked.file && file.path.ends_with(".md"));
    for (_, file) in texts.filter(|(_, file)| stem(&file.path).contains(wanted)) {
        if items.len() == MOST {
            more = true;
            break;
        }
        let path = relative_path(&here, &file.path);
        let record = file.facts.records.first();
        let name = record.and_then(|r| r.name()).map(|n| n.value);
        let id = record.map_or(stem(&file.path), |r| r.id.value.as_str());
        let item = Item::plain(path, ItemKind::File, name.unwrap_or_default());
        items.push(item.about(About::Thing(id.into(), None)));
    }
    (items, more)
}
