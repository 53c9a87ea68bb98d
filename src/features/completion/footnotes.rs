//! Behind `[^`: the labels of this text's footnotes.

use super::{Asked, Item, ItemKind};

/// Labels that have a note; where a note is begun, those that have none yet.
pub(super) fn labels(asked: &Asked<'_>, definition: bool) -> Vec<Item> {
    let (mut named, mut defined): (Vec<&str>, Vec<(&str, &str)>) = (Vec::new(), Vec::new());
    let cursor = asked.context.typed.start as usize;
    for at in memchr::memmem::find_iter(asked.text.as_bytes(), b"[^") {
        let inside = &asked.text[at + 2..];
        let Some(len) = inside.bytes().take(100).position(|b| b == b']' || b.is_ascii_whitespace() || b == b'[') else { continue };
        let label = inside.get(..len).filter(|label| !label.is_empty() && inside[len..].starts_with(']') && at + 2 != cursor);
        let Some(label) = label else { continue };
        let begins = asked.text[..at].trim_end_matches([' ', '>']).ends_with(['\n', '\r']) || at == 0;
        match inside[len + 1..].strip_prefix(':') {
            Some(words) if begins => defined.push((label, words.lines().next().unwrap_or_default().trim())),
            _ if !named.contains(&label) && named.len() < 1000 => named.push(label),
            _ => {}
        }
    }
    let known = |label: &str| defined.iter().any(|(known, _)| *known == label);
    if definition {
        let missing = named.into_iter().filter(|label| !known(label));
        return missing
            .map(|label| Item::plain(label, ItemKind::Place, "footnote without its words").inserts(format!("{label}]: ")))
            .collect();
    }
    let shown = |words: &str| words.chars().take(80).collect::<String>();
    defined.iter().map(|(label, words)| Item::plain(*label, ItemKind::Place, shown(words)).inserts(format!("{label}]"))).collect()
}
