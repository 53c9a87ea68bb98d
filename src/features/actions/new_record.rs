//! A record that somebody asks for by its type and name: written where *Add to the registry* writes, as its file is written.

use smol_str::SmolStr;

use super::{entries, register};
use crate::corpus::{Found, Snapshot};
use crate::features::{Changes, item};
use crate::registry::RecordKind;
use crate::syntax::is_id;
use crate::text::{Span, nearest};

/// Longer names, in bytes, are texts.
const LONGEST_NAME: usize = 500;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The word of `type:`.
    pub kind: &'a str,
    /// The name shown.
    pub name: &'a str,
    /// Its id; made of the name when none is given.
    pub id: Option<&'a str>,
}

/// A record that can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecord {
    /// Its id.
    pub id: String,
    /// What writes it.
    pub changes: Changes,
    /// The file it is written to, which may have to be made.
    pub path: SmolStr,
    /// All that the file holds then.
    pub text: String,
    /// Where the id stands in that.
    pub at: Span,
}

/// Why a record cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub fault: String,
    /// What can be done.
    pub cure: String,
}

impl Refused {
    fn new(fault: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { fault: fault.into(), cure: cure.into() }
    }
}

/// The record that is asked for.
///
/// # Errors
/// When the corpus has no such type, the name is none, the id is none or taken, or no file can take it.
pub fn new_record(snapshot: &Snapshot, order: Order<'_>) -> Result<NewRecord, Refused> {
    let kind = kind_of(snapshot, order.kind)?;
    let name = order.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.len() > LONGEST_NAME {
        return Err(Refused::new("the name is empty, or a whole text", "give the name by which the record is shown"));
    }
    let id = match order.id.map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => given(snapshot, kind, id)?,
        None => entries::id_of(&name, |id| snapshot.lookup(id).is_some()).ok_or_else(|| {
            Refused::new(format!("no id can be made of `{name}`"), "give one: lower-case letters and digits joined by hyphens")
        })?,
    };
    let changes =
        if kind == "source" { register::add_titled_source(snapshot, &id, &name) } else { register::add_record(snapshot, &id, kind, &name) };
    let nowhere = || {
        Refused::new(format!("no file of the corpus can take a record of type `{kind}`"), "make a list of records, such as `registry.yaml`")
    };
    changes.and_then(|changes| written(snapshot, id, changes)).ok_or_else(nowhere)
}

/// A type that a record can have here.
fn kind_of<'a>(snapshot: &Snapshot, word: &'a str) -> Result<&'a str, Refused> {
    let known = || RecordKind::WORDS.iter().copied().chain(snapshot.config().types.iter().map(String::as_str));
    if known().any(|kind| kind == word) {
        return Ok(word);
    }
    let cure = match nearest(word, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of {}; others are declared in `vidimus.toml` under `types`", known().collect::<Vec<_>>().join(", ")),
    };
    Err(Refused::new(format!("there is no type `{word}`"), cure))
}

/// An id that somebody chose.
fn given(snapshot: &Snapshot, kind: &str, id: &str) -> Result<String, Refused> {
    let is_key =
        kind == "source" && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'));
    if !is_id(id) && !is_key {
        let cure = entries::id_of(id, |id| snapshot.lookup(id).is_some()).map(|id| format!("write `{id}`"));
        return Err(Refused::new(
            format!("`{id}` is no id"),
            cure.unwrap_or_else(|| "an id is lower-case letters and digits in groups joined by hyphens".into()),
        ));
    }
    let owner = match snapshot.lookup(id) {
        None => return Ok(id.to_owned()),
        Some(Found::Entity(entity) | Found::Renamed(entity)) => format!(", of {}", item::name_of(snapshot, entity)),
        Some(_) => String::new(),
    };
    Err(Refused::new(format!("the id `{id}` is taken{owner}"), "choose another, or use the record that is there"))
}

/// What the one file that changes holds then; `None` when it is not one.
fn written(snapshot: &Snapshot, id: String, changes: Changes) -> Option<NewRecord> {
    let (path, text, from) = match (changes.created.as_slice(), changes.edits.as_slice()) {
        ([(path, text)], []) => (path.clone(), text.clone(), 0),
        ([], [(path, edits)]) => {
            let before = snapshot.text(snapshot.file_at(path)?)?;
            (path.clone(), edits.apply(&before), edits.as_slice().first()?.span.start as usize)
        }
        _ => return None,
    };
    // As each kind of file writes it.
    let signs = [format!("id: {id}"), format!("\"id\":\"{id}"), format!("{{{id},"), format!("id: \"{id}")];
    let end = signs.iter().filter_map(|sign| Some(text.get(from..)?.find(sign.as_str())? + sign.trim_end_matches(',').len())).min()?;
    let at = Span::from(from + end - id.len()..from + end);
    Some(NewRecord { id, changes, path, text, at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn made(notation: &str, kind: &str, name: &str, id: Option<&str>) -> Result<String, String> {
        let snapshot = Fixture::parse(notation).snapshot();
        let made = new_record(&snapshot, Order { kind, name, id }).map_err(|r| format!("{}: {}", r.fault, r.cure))?;
        assert_eq!(made.at.slice(&made.text), made.id);
        let line = made.text[..made.at.start as usize].matches('\n').count();
        Ok(format!("{}:{line} {:?}", made.path, made.text))
    }

    #[test]
    fn a_record_is_written_as_its_file_is() {
        let flow = "-- registry.yaml\n- {id: a, type: person, name: A}\n- {id: c, type: person, name: C}\n";
        let all = "registry.yaml:1 \"- {id: a, type: person, name: A}\\n- {id: b, type: person, name: B B}\\n- {id: c, type: person, name: C}\\n\"";
        assert_eq!(made(flow, "person", " B\n B ", Some("b")), Ok(all.into()));
        let lines = "-- registry/people.jsonl\n{\"id\": \"a\", \"type\": \"person\"}\n";
        let all = "registry/people.jsonl:1 \"{\\\"id\\\": \\\"a\\\", \\\"type\\\": \\\"person\\\"}\\n{\\\"id\\\":\\\"id\\\",\\\"name\\\":\\\"Id\\\",\\\"type\\\":\\\"org\\\"}\\n\"";
        assert_eq!(made(lines, "org", "Id", None), Ok(all.into()));
        assert_eq!(
            made("-- a.md\nx\n", "person", "Анна Щ", None),
            Ok("registry.yaml:0 \"- id: anna-shch\\n  type: person\\n  name: Анна Щ\\n\"".into())
        );
        let bib = "-- refs.bib\n@misc{x, title = {X}}\n";
        assert_eq!(
            made(bib, "source", "Law & {force}", Some("hayes:2018")),
            Ok("refs.bib:1 \"@misc{x, title = {X}}\\n@misc{hayes:2018,\\n  title = {Law \\\\& force},\\n}\\n\"".into())
        );
    }

    #[test]
    fn what_cannot_be_written_is_refused_with_a_cure() {
        let corpus = "-- vidimus.toml\ntypes = [\"ship\"]\n-- registry.yaml\n- {id: lavrov, type: person, name: Sergey Lavrov}\n";
        let refused = |kind, name, id| made(corpus, kind, name, id).expect_err("refused");
        assert_eq!(refused("persn", "A", None), "there is no type `persn`: did you mean `person`?");
        assert!(refused("xyz", "A", None).ends_with("source, ship; others are declared in `vidimus.toml` under `types`"));
        assert_eq!(refused("person", "A", Some("Big One")), "`Big One` is no id: write `big-one`");
        assert!(refused("person", "A", Some("lavrov")).starts_with("the id `lavrov` is taken, of Sergey Lavrov: "));
        assert!(refused("person", "2014", None).starts_with("no id can be made of `2014`"));
        assert!(refused("person", " ", None).starts_with("the name is empty"));
        assert!(made(corpus, "ship", "Sergey Lavrov", None).is_ok_and(|text| text.contains("id: sergey-lavrov")));
    }
}
