//! A rope under changes, and the plain text under the same.

use std::str::FromStr;

use proptest::prelude::*;
use tower_lsp::ls_types::{Position, Range};

use super::*;
use crate::text::{LineColumn, LineIndex};

fn uri(uri: &str) -> Uri {
    Uri::from_str(uri).expect("an address")
}

fn at(start: (u32, u32), end: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
    let place = |(line, character)| Position { line, character };
    let range = Some(Range { start: place(start), end: place(end) });
    TextDocumentContentChangeEvent { range, range_length: None, text: text.into() }
}

fn whole(text: &str) -> TextDocumentContentChangeEvent {
    TextDocumentContentChangeEvent { range: None, range_length: None, text: text.into() }
}

/// Opens `text`, makes the changes, and says what stands there.
fn after(text: &str, changes: &[TextDocumentContentChangeEvent]) -> String {
    let mut session = Session::new(Encoding::Utf16);
    session.open(uri("file:///a.md"), 1, text);
    session.change(&uri("file:///a.md"), 2, changes).expect("open").text().to_string()
}

#[test]
fn changes_of_one_message_are_made_one_after_the_other() {
    assert_eq!(after("one two", &[at((0, 0), (0, 3), "1"), at((0, 2), (0, 5), "2")]), "1 2");
    assert_eq!(after("one", &[whole("two\nlines"), at((1, 0), (1, 5), "words")]), "two\nwords");
}

#[test]
fn columns_are_the_clients_units() {
    assert_eq!(after("\u{feff}𝕏y", &[at((0, 3), (0, 4), "z")]), "\u{feff}𝕏z");
}

#[test]
fn places_outside_the_text_are_taken_inside() {
    assert_eq!(after("ab\r\ncd", &[at((0, 9), (0, 99), "!")]), "ab!\r\ncd");
    assert_eq!(after("ab", &[at((7, 0), (9, 9), "\nc")]), "ab\nc");
    assert_eq!(after("ab", &[at((0, 2), (0, 0), "c")]), "abc");
}

#[test]
fn line_ends_of_every_kind_are_joined_and_split() {
    assert_eq!(after("a\rb\nc", &[at((1, 0), (1, 0), "\n")]), "a\r\nb\nc");
    assert_eq!(after("a\r\nb", &[at((0, 1), (1, 0), "")]), "ab");
    assert_eq!(after("a\u{2028}b\u{85}c\nd", &[at((1, 0), (1, 1), "e")]), "a\u{2028}b\u{85}c\ne");
}

#[test]
fn a_text_is_found_under_every_spelling_of_its_address() {
    let mut session = Session::new(Encoding::Utf8);
    session.open(uri("file:///c%3A/a.md"), 1, "a");
    assert!(session.change(&uri("file:///C:/a.md"), 2, &[whole("b")]).is_some());
    assert_eq!(session.close(&uri("file:///c:/a.md")).map(|t| t.version), Some(2));
    assert!(session.change(&uri("file:///C:/a.md"), 3, &[]).is_none());
    assert!(session.keys().is_empty());
}

#[test]
fn a_text_kept_aside_does_not_change() {
    let mut session = Session::new(Encoding::Utf8);
    let old = session.open(uri("untitled:1"), 1, "old").clone();
    session.change(&uri("untitled:1"), 2, &[whole("new")]);
    assert_eq!((&*old.text(), old.version), ("old", 1));
}

type Place = (u32, u32);

fn places() -> impl Strategy<Value = Place> {
    (0u32..6, 0u32..12)
}

proptest! {
    #[test]
    fn a_rope_under_random_changes_is_the_plain_text_under_the_same(
        text in "(?s)[ab\r\né𝕏\u{feff}]{0,40}",
        changes in prop::collection::vec((places(), places(), "(?s)[xy\r\né𝕏]{0,6}", prop::bool::weighted(0.1)), 1..12),
    ) {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let mut model = text.clone();
            let mut session = Session::new(encoding);
            session.open(uri("file:///a.md"), 0, &text);
            for (version, (start, end, new, all)) in (1..).zip(&changes) {
                let change = if *all { whole(new) } else { at(*start, *end, new) };
                session.change(&uri("file:///a.md"), version, &[change]);
                if *all {
                    model.clone_from(new);
                } else {
                    let lines = LineIndex::new(&model);
                    let byte = |p: Place| lines.offset(&model, LineColumn { line: p.0, column: p.1 }, encoding) as usize;
                    let (start, end) = (byte(*start), byte(*end).max(byte(*start)));
                    model.replace_range(start..end, new);
                }
                let opened = session.get(&TextKey::of(&uri("file:///a.md"))).expect("open");
                prop_assert_eq!(&*opened.text(), &*model, "{:?}", encoding);
                prop_assert_eq!(opened.version, version);
            }
        }
    }
}
