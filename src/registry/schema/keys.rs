//! The keys of a record: one row each. The reader, completion and the JSON Schema are made of them.

use super::Reader;
use crate::registry::Role;
use crate::registry::tree::Node;

/// A word and what it means.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    /// The word.
    pub word: &'static str,
    /// What it means, as a sentence.
    pub meaning: &'static str,
}

/// One key, with how it is read.
pub struct Field<R: 'static> {
    /// The key.
    pub word: &'static str,
    /// What it means, as a sentence.
    pub meaning: &'static str,
    /// What stands behind it.
    pub takes: Takes,
    pub(super) read: R,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// An id.
    Id,
    /// One text; numbers and truths are taken as they are written.
    Text,
    /// A text or a list of texts.
    Texts,
    /// A type of record.
    Type,
    /// `true` or `false`.
    Truth,
    /// One of a few words.
    OneOf(&'static [&'static str]),
    /// Offices, each a title or a map with the keys of [`ROLE`].
    Roles,
    /// A map of relations to ids.
    Relations,
}

/// Reads one key of a record.
pub(super) type Read = fn(&mut Reader<'_>, &Node<'_>);
/// Reads one key of an office.
pub(super) type ReadRole = fn(&mut Reader<'_>, &mut Role, &Node<'_>);

const fn field(word: &'static str, takes: Takes, meaning: &'static str, read: Read) -> Field<Read> {
    Field { word, meaning, takes, read }
}

/// Every key of a record, in the order in which one writes them.
#[expect(clippy::redundant_closure_for_method_calls, reason = "a method of `Reader<'a>` is less general than the row's function")]
#[expect(clippy::semicolon_if_nothing_returned, reason = "rows, not statements")]
pub const FIELDS: &[Field<Read>] = &[
    field("id", Takes::Id, "Lower-case letters and digits in groups joined by hyphens.", |r, n| r.id(n)),
    field("type", Takes::Type, "What it is: person, org, place, agreement, resolution and others.", |r, n| r.kind(n)),
    field("name", Takes::Text, "The name shown.", |r, n| r.name = r.words("name", n)),
    field("aliases", Takes::Texts, "Other names, in any language.", |r, n| r.aliases = r.aliases("aliases", n)),
    field("roles", Takes::Roles, "Offices held: title, from, to, aliases.", |r, n| r.roles(n)),
    field("symbol", Takes::Text, "The symbol of an instrument: S/RES/2202 (2015).", |r, n| r.record.symbol = r.words("symbol", n)),
    field("date", Takes::Text, "Its date, as EDTF.", |r, n| r.date(n)),
    field("citable", Takes::Truth, "Whether it may stand as a source of its own: true or false.", |r, n| r.citable(n)),
    field("parts", Takes::Texts, "The parts a pinpoint can name, when its text is not at hand: op-1..op-4.", |r, n| r.parts(n)),
    field("relations", Takes::Relations, "To other records: amends, supersedes, implements, endorses, party-to, member-of.", |r, n| {
        r.relations(n)
    }),
    field("same-as", Takes::Texts, "Addresses that mean the same thing.", |r, n| r.record.same_as = r.list("same-as", n)),
    field("formerly", Takes::Texts, "Old ids, which keep working.", |r, n| r.formerly(n)),
    field("match", Takes::OneOf(&["exact", "folded"]), "How its names match: exact or folded.", |r, n| r.case(n)),
    field("note", Takes::Text, "A short description.", |r, n| r.record.note = r.words("note", n)),
    field("url", Takes::Text, "Its address on the web.", |r, n| r.source("url", n)),
    field("archived", Takes::Text, "The address of an archived copy.", |r, n| r.source("archived", n)),
    field("accessed", Takes::Text, "The day it was looked at.", |r, n| r.source("accessed", n)),
    field("file", Takes::Text, "A local copy, by its path from here.", |r, n| r.source("file", n)),
    field("sha256", Takes::Text, "Hash of the local copy.", |r, n| r.source("sha256", n)),
    field("origin", Takes::Text, "The agency whose reporting it is: sources of one origin count once.", |r, n| r.source("origin", n)),
    field("lang", Takes::Text, "Its language.", |r, n| r.source("lang", n)),
    field("publisher", Takes::Text, "Who published it.", |r, n| r.source("publisher", n)),
];

/// What other formats (CSL, Dublin Core, Wikidata, front matter of site builders) call a key of ours: their word, ours.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("title", "name"),
    ("label", "name"),
    ("kind", "type"),
    ("description", "note"),
    ("abstract", "note"),
    ("issued", "date"),
    ("year", "date"),
    ("issuer", "publisher"),
    ("outlet", "publisher"),
    ("link", "url"),
    ("website", "url"),
    ("uri", "same-as"),
    ("wikidata", "same-as"),
    ("retrieved", "accessed"),
    ("access-date", "accessed"),
    ("archive", "archived"),
    ("archive-url", "archived"),
    ("path", "file"),
    ("language", "lang"),
    ("positions", "roles"),
    ("offices", "roles"),
];

const fn of_role(word: &'static str, takes: Takes, meaning: &'static str, read: ReadRole) -> Field<ReadRole> {
    Field { word, meaning, takes, read }
}

/// Every key of an office.
pub const ROLE: &[Field<ReadRole>] = &[
    of_role("title", Takes::Text, "The office.", |r, role, n| role.title = r.words("title", n).unwrap_or_default()),
    of_role("from", Takes::Text, "The first day: YYYY, YYYY-MM or YYYY-MM-DD.", |r, role, n| role.during.from = r.day("from", n)),
    of_role("to", Takes::Text, "The last day; left out while it is held.", |r, role, n| role.during.to = r.day("to", n)),
    of_role("aliases", Takes::Texts, "Words that mean its holder in that time.", |r, role, n| role.aliases = r.aliases("aliases", n)),
    of_role("body", Takes::Text, "The body it is an office of.", |_, _, _| {}),
];

const fn term(word: &'static str, meaning: &'static str) -> Term {
    Term { word, meaning }
}

/// The relations that mean something to us; others may be written.
pub const RELATIONS: &[Term] = &[
    term("amends", "Changes parts of the other."),
    term("supersedes", "Takes the place of the other."),
    term("implements", "Carries the other out."),
    term("endorses", "Approves the other."),
    term("party-to", "Has signed or joined the other."),
    term("member-of", "Belongs to the other."),
];

/// The built-in types; a corpus may declare others.
pub const TYPES: &[Term] = &[
    term("person", "A person."),
    term("org", "A body: state organ, organisation, armed group, company."),
    term("place", "A place."),
    term("agreement", "An agreement or treaty."),
    term("resolution", "A resolution or decision of a body: its numbered items are `op-N`."),
    term("statement", "A statement."),
    term("event", "An event."),
    term("document", "Another document."),
    term("source", "A cited work."),
];

/// Every key of a record.
pub const KEYS: &[&str] = &words::<_, { FIELDS.len() }>(FIELDS);

const fn words<R, const N: usize>(rows: &[Field<R>]) -> [&'static str; N] {
    let mut words = [""; N];
    let mut at = 0;
    while at < N {
        words[at] = rows[at].word;
        at += 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::RecordKind;

    #[test]
    fn the_types_are_those_that_are_known() {
        assert_eq!(TYPES.iter().map(|t| t.word).collect::<Vec<_>>(), RecordKind::WORDS);
    }
}
