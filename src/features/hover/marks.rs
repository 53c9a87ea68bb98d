//! The cards of what a mark is made of: the names and values of attributes, classes, and the keys of front matter.

use super::super::Card;
use super::super::Line;
use crate::corpus::Snapshot;
use crate::features::FilePosition;
use crate::registry::RecordKind;
use crate::syntax::{Attributes, Document, NodeKind};
use crate::text::Span;

/// A word of the markup, and what it says.
type Entry = (&'static str, &'static str);

const ATTRIBUTES: &[Entry] = &[
    ("status", "How the claim stands: `asserted` (when nothing is written), `confirmed`, `contested`, `refuted` or `retracted`."),
    ("conf", "How sure the author is: `low`, `moderate` or `high`. This is not how likely the thing is."),
    ("by", "Who says it: the id of a person or a body. It wins over the speaker that the words name."),
    ("date", "When it was or is so: `2020-11-09`, `2020-11`, `2014~` (about), `2015-02-11/2015-02-12`."),
    ("source", "Where it can be checked: `key, locator`, as in a citation."),
    ("against", "What speaks against it: `key, locator`, as in a citation."),
];

const VALUES: &[(&str, &str, &str)] = &[
    ("status", "asserted", "Somebody says so; nothing more is claimed. This is meant when no status is written."),
    ("status", "confirmed", "Independent sources say the same."),
    ("status", "contested", "Sources disagree; name those that speak against it with `against=`."),
    ("status", "refuted", "Shown to be wrong: it needs no source of its own any more."),
    ("status", "retracted", "Taken back by whoever said it: it needs no source of its own any more."),
    ("conf", "low", "The sources are few, partial or indirect."),
    ("conf", "moderate", "The sources are credible, and not enough for more."),
    ("conf", "high", "Good sources of several origins agree."),
];

const CLASSES: &[Entry] = &[
    ("claim", "A claim: it needs a source, beside it or by `source=`."),
    ("quote", "Somebody's words, whether or not they stand in quotation marks."),
    ("figure", "A figure: how many or how much."),
    ("mention", "A mention of something."),
    ("date", "A date."),
    ("opinion", "The author's opinion: what it says needs no source."),
];

const KEYS: &[Entry] = &[
    ("id", "The id by which other texts name this one; the file's name without its ending when none is written."),
    ("type", "Makes the text a note that defines a record of this type."),
    ("kind", "What kind of text it is, which decides what is asked of it: `analysis` (when nothing is written), `source-text`, `opinion`."),
    ("title", "The title shown."),
    ("date", "When the text was written. It decides who is meant by an office: the same words mean another person in another year."),
    ("lang", "The language of the text, as a tag: `en`, `ru`."),
    ("source", "For a source-text the work whose text it is; for any other text the source of all of it, which is the weakest kind."),
    ("verbatim", "The hash of the words as they were archived: `sha256:…`. It proves that marking the text did not change it."),
    ("bibliography", "Bibliographies that are not found by themselves, relative to this text or to the folder of `vidimus.toml`."),
    ("citation-scope", "How far a citation reaches: `sentence` (when nothing is written), or `paragraph` for one after the last sentence."),
    ("name", "The name shown."),
    ("aliases", "Other names. They are found in plain words, longest first."),
    ("symbol", "The instrument's symbol: `S/RES/2202 (2015)`."),
    ("citable", "Whether it may stand as a source of its own when a pinpoint is given."),
    ("parts", "The pinpoints it has, when its text is not below: `[op-1..op-4, annex-i]`."),
    ("relations", "Other records: `{endorses: [minsk-package]}`."),
    ("same-as", "Addresses that mean the same thing."),
    ("formerly", "Old ids, which keep working."),
    ("roles", "Offices and when they were held; their names mean the holder in that time."),
    ("match", "How the names match: `exact` or `folded`, for all of them."),
    ("note", "A short description."),
];

/// What the markup's own word at a place says; `None` where a mark says nothing by itself.
pub(super) fn at(snapshot: &Snapshot, at: FilePosition) -> Option<(Span, Card)> {
    let marks = snapshot.marks(at.file)?;
    let (text, document) = (marks.text(), marks.document());
    in_front_matter(text, document, at.offset).or_else(|| in_attributes(text, document, at.offset))
}

fn in_attributes(text: &str, document: &Document, offset: u32) -> Option<(Span, Card)> {
    let of_node = |kind: &'_ NodeKind| match kind {
        NodeKind::BracketedSpan { attributes, .. } if attributes.span.touches(offset) => Some(attributes.clone()),
        _ => None,
    };
    let inner = document.nodes.iter().rev().filter(|n| n.span.touches(offset)).find_map(|n| of_node(&n.kind))?;
    attribute(text, &inner, offset)
}

fn attribute(text: &str, attributes: &Attributes, offset: u32) -> Option<(Span, Card)> {
    if let Some(class) = attributes.classes.iter().find(|c| c.touches(offset)) {
        return Some((*class, card(CLASSES, class.slice(text), "class")?));
    }
    let pair = attributes.pairs.iter().find(|p| p.name.touches(offset) || p.value.touches(offset))?;
    let name = pair.name.slice(text);
    if pair.name.touches(offset) {
        return Some((pair.name, card(ATTRIBUTES, name, "attribute")?));
    }
    let value = pair.value.slice(text);
    let (_, _, words) = VALUES.iter().find(|(n, v, _)| *n == name && *v == value)?;
    let mut card = Card::new(value, format!("value of {name}"));
    card.lines.push(Line::Markdown((*words).into()));
    Some((pair.value, card))
}

/// The key of the line, at the top level of the front matter.
fn in_front_matter(text: &str, document: &Document, offset: u32) -> Option<(Span, Card)> {
    let yaml = document.front_matter?.yaml;
    if !yaml.touches(offset) {
        return None;
    }
    let before = text.get(yaml.start as usize..offset as usize)?;
    let start = yaml.start as usize + before.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let len = text.get(start..)?.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
    let key = Span::from(start..start + len);
    let is_key = text.get(start + len..)?.starts_with(':') && key.touches(offset);
    let word = key.slice(text);
    let mut card = card(KEYS, word, "front matter").filter(|_| is_key)?;
    if word == "type" {
        card.field("one of", RecordKind::WORDS.join(", "));
    }
    Some((key, card))
}

fn card(entries: &[Entry], word: &str, kind: &str) -> Option<Card> {
    let (_, words) = entries.iter().find(|(name, _)| *name == word)?;
    let mut card = Card::new(word, kind);
    card.lines.push(Line::Markdown((*words).into()));
    Some(card)
}

#[cfg(test)]
mod tests {
    use super::super::super::{FilePosition, hover};
    use super::*;
    use crate::fixture::Fixture;
    use crate::registry::RECORD_KEYS;

    fn shown(notation: &str) -> String {
        let fixture = Fixture::parse(notation);
        let snapshot = fixture.snapshot();
        let (path, offset) = fixture.cursor.expect("a cursor");
        let file = snapshot.file_at(&path).expect("the file");
        hover(&snapshot, FilePosition { file, offset }).map(|h| h.card.plain()).unwrap_or_default()
    }

    #[test]
    fn attributes_their_values_and_classes_are_explained() {
        let at = |word: &str| shown(&"[It held]{.claim conf=high status=contested colour=red}.\n".replace(word, &format!("{word}$0")));
        assert!(at("con").starts_with("conf (attribute)\nHow sure"), "{}", at("con"));
        assert!(at("hig").starts_with("high (value of conf)"));
        assert!(at("contes").starts_with("contested (value of status)"));
        assert!(at("{.cla").starts_with("claim (class)"));
        assert!(!at("colo").contains("attribute"), "what nobody defined is not explained");
    }

    #[test]
    fn keys_of_front_matter_are_explained() {
        assert!(shown("---\nda$0te: 2017\n---\nWords.\n").starts_with("date (front matter)\nWhen the text was written"));
        assert!(shown("---\nty$0pe: person\n---\n").contains("one of: person, org"));
        assert_eq!(shown("---\nmood: goo$0d\n---\nWords.\n"), "");
    }

    #[test]
    fn every_key_of_a_text_is_explained() {
        let explained = |key: &&str| KEYS.iter().any(|(name, _)| name == key);
        assert!(crate::syntax::KEYS.iter().all(explained));
        // Keys of cited works stand in bibliographies, not in front matter.
        let of_works = ["accessed", "archived", "file", "origin", "publisher", "sha256", "url"];
        assert!(RECORD_KEYS.iter().filter(|k| !of_works.contains(k)).all(explained));
    }
}
