//! Behind `@`: the keys of cited works, and instruments, which can be cited as well. The same for whoever picks one from a list.

use super::names::{filter, name_of};
use super::ranking::{self, Query, Uses};
use super::{About, Asked, Item, ItemKind, Offer};
use crate::corpus::{FileId, Snapshot};
use crate::registry::{Record, RecordKind};
use crate::syntax::{self, Format, Node, NodeKind};

/// Works, then instruments.
pub(super) fn offer(asked: &Asked<'_>) -> Offer {
    let uses = Uses::of(asked.text, "@");
    let (ranked, more) = ranking::rank(asked.query(), &uses, citable);
    (ranked.iter().map(|r| key(&r.entity.record, &r.matched)).collect(), more)
}

/// Which records can be cited: works first, then instruments.
fn citable(record: &Record) -> Option<u8> {
    match record.kind {
        RecordKind::Source => Some(0),
        _ if record.citable => Some(0),
        _ if record.kind.is_instrument() => Some(1),
        _ => None,
    }
}

/// Something that can be cited, for whoever chooses from a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Its key.
    pub key: String,
    /// Author, year and title; its key when nothing is known.
    pub label: String,
    /// What it is, and where it was published.
    pub detail: String,
    /// What is written at the cursor.
    pub insert: String,
}

/// What can be cited and fits some letters, the likeliest first, at most `most`: those that `text` cites come before others.
#[must_use]
pub fn citations(snapshot: &Snapshot, text: Option<FileId>, letters: &str, most: usize) -> Vec<Citation> {
    let text = text.and_then(|file| snapshot.text(file)).unwrap_or_default();
    let query = Query { snapshot, typed: letters.trim(), most };
    let (ranked, _) = ranking::rank(query, &Uses::of(&text, "@"), citable);
    ranked.iter().map(|found| citation(&found.entity.record)).collect()
}

fn citation(record: &Record) -> Citation {
    let key = record.id.value.to_string();
    let label = Some(short(record)).filter(|words| !words.is_empty()).unwrap_or_else(|| key.clone());
    let source = record.source.as_deref();
    let sort = source.map(|s| s.work.as_str()).filter(|work| !work.is_empty()).unwrap_or(record.kind.word());
    let found_in =
        source.and_then(|s| s.container.as_deref().or(s.publisher.as_deref())).or(record.symbol.as_ref().map(|s| s.value.as_str()));
    let detail = [Some(sort), found_in].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Citation { insert: written(&key), key, label, detail }
}

/// A citation of a key, in braces where it would end too early without.
fn written(key: &str) -> String {
    let bare = format!("[@{key}]");
    let document = syntax::parse(&bare, Format::Markdown);
    let reads =
        |node: &Node| matches!(&node.kind, NodeKind::Citation(group) if group.items.iter().any(|item| item.key.slice(&bare) == key));
    if document.nodes.iter().any(reads) { bare } else { format!("[@{{{key}}}]") }
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
    let title = record.name().map(|n| n.value).unwrap_or_default();
    if head.is_empty() || title.is_empty() { format!("{head}{title}") } else { format!("{head}. {title}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    const CORPUS: &str = "-- refs.bib
@article{hayes2018, author = {Hayes, Ann}, date = {2018}, title = {On force}, journaltitle = {Review of Law}}
@misc{tass:a--b, title = {Force again}}
-- registry.yaml
- {id: unsc-2202, type: resolution, name: Resolution 2202, symbol: S/RES/2202 (2015)}
- {id: hayes, type: person, name: Ann Hayes}
-- text.md
So it was [@tass:a--b].
";

    fn found(letters: &str) -> Vec<String> {
        let snapshot = Fixture::parse(CORPUS).snapshot();
        let shown = |c: Citation| format!("{} | {} | {}", c.label, c.detail, c.insert);
        citations(&snapshot, snapshot.file_at("text.md"), letters, 9).into_iter().map(shown).collect()
    }

    #[test]
    fn what_can_be_cited_is_listed_with_what_is_written() {
        let hayes = "Hayes 2018. On force | article-journal, Review of Law | [@hayes2018]";
        let mut force = found("force");
        force.sort();
        assert_eq!(force, ["Force again | document | [@{tass:a--b}]", hayes]);
        assert_eq!(found("hayes"), [hayes]);
        assert_eq!(found("2202"), ["Resolution 2202 | resolution, S/RES/2202 (2015) | [@unsc-2202]"]);
        assert!(found("")[0].ends_with("[@{tass:a--b}]"), "what the text cites comes first: {:?}", found(""));
        assert_eq!(found("").len(), 3);
    }
}
