//! What is in the corpus? Records by their type, and texts: in pages, since there may be a hundred thousand of them.

use smol_str::SmolStr;

use super::{Spot, item};
use crate::config::TextKind;
use crate::corpus::{EntityId, FileId, RecordAt, Snapshot, Symbol};
use crate::registry::RecordKind;
use crate::text::Span;

/// A type of record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordType {
    /// The word of `type:`.
    pub word: SmolStr,
    /// What records of it are called.
    pub label: String,
    /// How many there are.
    pub count: usize,
}

/// Some of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// How many there are.
    pub total: usize,
    /// Those of the page.
    pub rows: Vec<T>,
}

/// A record in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// Its id or key.
    pub id: SmolStr,
    /// The name shown.
    pub name: String,
    /// How often it is known to be named, see [`Snapshot::knows_all_uses`].
    pub uses: u32,
    /// Where its id or, in a note that bears none, its type stands.
    pub home: Spot,
}

/// The types that a record can have here, those without records too: the built-in ones, the declared ones, others that somebody wrote.
#[must_use]
pub fn record_types(snapshot: &Snapshot) -> Vec<RecordType> {
    let declared = snapshot.config().types.iter().map(SmolStr::from);
    let known = RecordKind::WORDS.iter().map(|word| SmolStr::new_static(word)).chain(declared);
    let mut types: Vec<RecordType> = Vec::new();
    for word in known {
        if !types.iter().any(|t| t.word == word) {
            types.push(RecordType { label: label(&word), word, count: 0 });
        }
    }
    let known = types.len();
    for (_, entity) in snapshot.names().entities() {
        let word = entity.record.kind.word();
        match types.iter_mut().find(|t| t.word == word) {
            Some(found) => found.count += 1,
            None => types.push(RecordType { word: word.into(), label: label(word), count: 1 }),
        }
    }
    types[known..].sort_by(|a, b| a.word.cmp(&b.word));
    types
}

/// What records of a type are called; a word of the author's own is shown as it is.
fn label(word: &str) -> String {
    let built_in = match RecordKind::of_word(word) {
        RecordKind::Person => "People",
        RecordKind::Org => "Bodies",
        RecordKind::Place => "Places",
        RecordKind::Agreement => "Agreements",
        RecordKind::Resolution => "Resolutions",
        RecordKind::Statement => "Statements",
        RecordKind::Event => "Events",
        RecordKind::Document => "Documents",
        RecordKind::Source => "Sources",
        RecordKind::Declared(word) => return word.to_string(),
    };
    built_in.to_owned()
}

/// Records of a type, by their names. Costs a look at the records of that type, and a count for those of the page.
#[must_use]
pub fn records(snapshot: &Snapshot, word: &str, offset: usize, limit: usize) -> Page<RecordRow> {
    let kind = RecordKind::of_word(word);
    let of_kind = snapshot.names().entities().filter(|(_, entity)| entity.record.kind == kind);
    let mut all: Vec<(String, EntityId)> = of_kind.map(|(id, entity)| (item::name(&entity.record).to_lowercase(), id)).collect();
    all.sort_unstable();
    let rows = all.iter().skip(offset).take(limit).map(|(_, id)| row(snapshot, *id)).collect();
    Page { total: all.len(), rows }
}

fn row(snapshot: &Snapshot, id: EntityId) -> RecordRow {
    let entity = snapshot.entity(id);
    RecordRow {
        id: entity.record.id.value.clone(),
        name: item::name(&entity.record).to_owned(),
        uses: snapshot.count_known(&Symbol::Entity(id, None)),
        home: home(snapshot, entity.home),
    }
}

fn home(snapshot: &Snapshot, at: RecordAt) -> Spot {
    let record = snapshot.record_at(at);
    let span = record.map(|record| if record.id.span.is_empty() { Span::at(record.span.start) } else { record.id.span });
    Spot::new(at.file, span.unwrap_or_default())
}

/// All texts, by path, records' notes behind the others.
#[must_use]
pub fn texts(snapshot: &Snapshot) -> Vec<FileId> {
    let mut all: Vec<(bool, &str, FileId)> = snapshot
        .files()
        .filter(|(_, file)| file.kind.is_text())
        .map(|(id, file)| (file.settings.kind == TextKind::Note, file.path.as_str(), id))
        .collect();
    all.sort_unstable();
    all.into_iter().map(|(_, _, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    const CORPUS: &str = "-- vidimus.toml
types = [\"ship\", \"org\"]
-- registry.yaml
- {id: lavrov, type: person, name: Sergey Lavrov}
- {id: akhmatova, type: person, name: anna Akhmatova}
- {id: aurora, type: ship}
- {id: mars, type: planet}
-- notes/zorin.md
---
type: person
name: Leonid Zorin
---
-- b.md
[[lavrov|He]] met [[lavrov]] and [[zorin]].
-- a.md
[[lavrov]].
";

    #[test]
    fn types_are_counted_those_without_records_too() {
        let snapshot = Fixture::parse(CORPUS).snapshot();
        let shown = |t: &RecordType| format!("{} {} {}", t.word, t.label, t.count);
        let all: Vec<String> = record_types(&snapshot).iter().map(shown).collect();
        assert_eq!(all[..2], ["person People 3", "org Bodies 0"]);
        assert_eq!(all[8..], ["source Sources 0", "ship ship 1", "planet planet 1"]);
    }

    #[test]
    fn records_come_by_name_in_pages_with_their_uses() {
        let snapshot = Fixture::parse(CORPUS).snapshot();
        let page = |offset, limit| {
            let page = records(&snapshot, "person", offset, limit);
            let shown = |r: &RecordRow| {
                let text = snapshot.text(r.home.file).expect("a file");
                format!("{} {} {}:{}", r.name, r.uses, snapshot.path(r.home.file), r.home.span.slice(&text))
            };
            (page.total, page.rows.iter().map(shown).collect::<Vec<_>>())
        };
        let all =
            ["anna Akhmatova 0 registry.yaml:akhmatova", "Leonid Zorin 1 notes/zorin.md:person", "Sergey Lavrov 3 registry.yaml:lavrov"];
        assert_eq!(page(0, 9), (3, all.map(str::to_owned).to_vec()));
        assert_eq!(page(1, 1), (3, vec![all[1].to_owned()]));
        assert_eq!(page(7, 1), (3, Vec::new()));
    }

    #[test]
    fn texts_come_by_path_and_notes_last() {
        let snapshot = Fixture::parse(CORPUS).snapshot();
        let paths: Vec<_> = texts(&snapshot).into_iter().map(|id| snapshot.path(id)).collect();
        assert_eq!(paths, ["a.md", "b.md", "notes/zorin.md"]);
    }
}
