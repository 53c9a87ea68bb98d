//! Behind a key and its comma: the labels of a place in a cited work.

use super::{Asked, Item, ItemKind};
use crate::prose::Language;

const ENGLISH: &[(&str, &str)] = &[
    ("para. ", "paragraph"),
    ("p. ", "page"),
    ("pp. ", "pages"),
    ("art. ", "article"),
    ("ch. ", "chapter"),
    ("sec. ", "section"),
    ("annex ", "annex"),
    ("vol. ", "volume"),
    ("fig. ", "figure"),
    ("n. ", "note"),
];

const RUSSIAN: &[(&str, &str)] =
    &[("п. ", "пункт"), ("с. ", "страница"), ("ст. ", "статья"), ("абз. ", "абзац"), ("гл. ", "глава"), ("ч. ", "часть"), ("т. ", "том")];

/// Those of the text's language first. `spaced`: a space stands already.
pub(super) fn offer(asked: &Asked<'_>, spaced: bool) -> Vec<Item> {
    let lang = asked.snapshot.file(asked.file).and_then(|f| f.settings.lang.as_deref());
    let around = asked.context.typed.start as usize;
    let from = asked.text.floor_char_boundary(around.saturating_sub(1000));
    let russian = Language::of(lang, asked.text.get(from..around).unwrap_or_default()) == Language::Russian;
    let order = if russian { [RUSSIAN, ENGLISH] } else { [ENGLISH, RUSSIAN] };
    let space = if spaced { "" } else { " " };
    let item =
        |(label, meaning): &(&str, &str)| Item::plain(label.trim_end(), ItemKind::Value, *meaning).inserts(format!("{space}{label}"));
    order.into_iter().flatten().map(item).collect()
}
