//! Editor against disk: what counts is what the editor shows, and once it shows no more, what lies there.
//!
//! Every text begins with a mention, and what the server believes is told by the name on its card: [`Race::says`].

use serde_json::{Value, json};

use super::race::{RECORDS, Race};

fn range(from: (u32, u32), to: (u32, u32), text: &str) -> Value {
    let place = |(line, character)| json!({"line": line, "character": character});
    json!({"range": {"start": place(from), "end": place(to)}, "text": text})
}

#[test]
fn what_is_open_beats_the_disk() {
    let mut race = Race::with(&[("a.md", "[[one]]\n")]);
    race.open("a.md", "[[two]]\n");
    assert_eq!(race.says("a.md"), "Two");
}

#[test]
fn on_close_the_disk_wins() {
    let mut race = Race::with(&[("a.md", "[[one]]\n")]);
    race.open("a.md", "[[two]]\n");
    race.close("a.md");
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn saved_elsewhere_while_open_counts_once_it_is_closed() {
    let mut race = Race::with(&[("a.md", "[[one]]\n")]);
    race.open("a.md", "[[one]] of mine\n");
    race.disk("a.md", "[[two]]\n");
    race.settle();
    assert_eq!(race.says("a.md"), "One");
    race.close("a.md");
    assert_eq!(race.says("a.md"), "Two");
}

#[test]
fn deleted_while_open_is_there_until_it_is_closed() {
    let mut race = Race::with(&[("a.md", "[[one]]\n")]);
    race.open("a.md", "[[two]]\n");
    race.gone("a.md");
    race.settle();
    assert_eq!(race.says("a.md"), "Two");
    race.close("a.md");
    assert_eq!(race.says("a.md"), "");
}

#[test]
fn created_while_open_changes_nothing() {
    let mut race = Race::with(&[]);
    race.open("new.md", "[[two]]\n");
    race.disk("new.md", "[[one]]\n");
    race.settle();
    assert_eq!(race.says("new.md"), "Two");
    race.close("new.md");
    assert_eq!(race.says("new.md"), "One");
}

#[test]
fn renamed_while_open_is_the_same_text_under_another_name() {
    let mut race = Race::with(&[("a.md", "[[one]]\n")]);
    race.open("a.md", "[[two]]\n");
    std::fs::rename(race.path("a.md"), race.path("b.md")).expect("renamed");
    race.close("a.md");
    race.open("b.md", "[[two]]\n");
    race.told("a.md", 3);
    race.told("b.md", 1);
    race.settle();
    assert_eq!((race.says("a.md"), race.says("b.md")), (String::new(), "Two".into()));
}

#[test]
fn a_note_closed_unsaved_was_never_there() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[three]]\n");
    race.open("three.md", "---\ntype: org\nname: Three\n---\n");
    assert_eq!(race.says("a.md"), "Three");
    race.close("three.md");
    assert_eq!(race.says("a.md"), "");
}

#[test]
fn two_spellings_of_an_address_are_one_text() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[one]]\n");
    let other = race.uri("a.md").replace("/a.md", "/./%61.md");
    race.open_at(&other, "[[two]]\n");
    assert_eq!(race.says("a.md"), "Two");
}

#[test]
fn opened_again_without_being_closed_is_replaced() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[one]]\n");
    race.open("a.md", "[[two]]\n");
    assert_eq!(race.says("a.md"), "Two");
}

#[test]
fn closed_twice_is_closed() {
    let mut race = Race::with(&[("a.md", "[[one]]\n")]);
    race.open("a.md", "[[two]]\n");
    race.close("a.md");
    race.close("a.md");
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn an_untitled_text_stands_alone() {
    let mut race = Race::with(&[]);
    race.open_at("untitled:Untitled-1", "See resolution 1325 (2000) and [[one]].\n");
    assert_eq!(race.says_at("untitled:Untitled-1", 0, 6), "S/RES/1325 (2000)");
    assert_eq!(race.says_at("untitled:Untitled-1", 0, 34), "");
}

#[test]
fn a_registry_counts_as_it_is_typed() {
    let mut race = Race::with(&[("a.md", "[[one]]\n")]);
    race.open("a.md", "[[one]]\n");
    race.open("registry.yaml", RECORDS);
    race.change("registry.yaml", json!([range((0, 29), (0, 32), "Won")]));
    assert_eq!(race.says("a.md"), "Won");
    race.disk("registry.yaml", "- {id: one, type: org, name: Disk}\n");
    race.settle();
    assert_eq!(race.says("a.md"), "Won");
    race.close("registry.yaml");
    assert_eq!(race.says("a.md"), "Disk");
}

#[test]
fn settings_count_as_they_are_typed_and_only_until_they_are_closed() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[nobody]]\n");
    race.finds("a.md", &["unknown-entity"]);
    race.open("vidimus.toml", "[rules]\nunknown-entity = \"off\"\n");
    race.finds("a.md", &[]);
    race.disk("vidimus.toml", "[rules]\nunknown-entity = \"note\"\n");
    race.finds("a.md", &[]);
    race.close("vidimus.toml");
    race.finds("a.md", &["unknown-entity"]);
}

#[test]
fn a_bibliography_changed_on_the_disk_is_read_again() {
    let mut race = Race::with(&[("refs.bib", "@misc{x, title = {Old}}\n")]);
    race.open("a.md", "[@x]\n");
    assert_eq!(race.says("a.md"), "Old");
    race.disk("refs.bib", "@misc{x, title = {New}}\n");
    race.becomes("a.md", "New");
}

#[test]
fn a_bibliography_that_is_open_counts_as_it_is_typed() {
    let mut race = Race::with(&[("refs.bib", "@misc{x, title = {Old}}\n")]);
    race.open("a.md", "[@x]\n");
    race.open("refs.bib", "@misc{x, title = {Typed}}\n");
    race.disk("refs.bib", "@misc{x, title = {New}}\n");
    race.settle();
    assert_eq!(race.says("a.md"), "Typed");
    race.close("refs.bib");
    assert_eq!(race.says("a.md"), "New");
}

#[test]
fn a_file_replaced_by_a_folder_and_back() {
    let mut race = Race::with(&[("three.md", "---\ntype: org\nname: Three\n---\n")]);
    race.open("a.md", "[[three]]\n");
    assert_eq!(race.says("a.md"), "Three");
    race.gone("three.md");
    race.disk("three.md/four.md", "---\ntype: org\nname: Four\n---\n");
    race.told("three.md", 1);
    race.becomes("a.md", "");
    race.open("b.md", "[[four]]\n");
    race.becomes("b.md", "Four");
    race.gone("three.md");
    race.disk("three.md", "---\ntype: org\nname: Three again\n---\n");
    race.becomes("a.md", "Three again");
    race.becomes("b.md", "");
}

#[test]
fn a_folder_that_goes_takes_its_texts_along_and_brings_them_back() {
    let mut race = Race::with(&[("notes/three.md", "---\ntype: org\nname: Three\n---\n")]);
    race.open("a.md", "[[three]]\n");
    assert_eq!(race.says("a.md"), "Three");
    std::fs::rename(race.path("notes"), race.path("old")).expect("renamed");
    race.told("notes", 3);
    race.told("old", 1);
    race.settle();
    assert_eq!(race.says("a.md"), "Three");
    race.gone("old");
    race.becomes("a.md", "");
}

#[test]
#[cfg(unix)]
fn a_text_opened_through_a_link_is_the_one_that_lies_there() {
    let mut race = Race::with(&[("notes/three.md", "---\ntype: org\nname: Three\n---\n[[two]]\n")]);
    std::os::unix::fs::symlink("notes", race.path("link")).expect("linked");
    race.open("a.md", "[[three]]\n");
    race.open("link/three.md", "---\ntype: org\nname: Typed\n---\n[[nobody]]\n");
    assert_eq!(race.says("a.md"), "Typed");
    race.finds("link/three.md", &["unknown-entity"]);
    race.close("link/three.md");
    assert_eq!(race.says("a.md"), "Three");
}

#[test]
fn a_drives_letter_has_no_case() {
    let mut race = Race::with(&[]);
    race.open_at("file:///c%3A/texts/a.md", "Resolution 1325 (2000).\n");
    assert_eq!(race.says_at("file:///C:/texts/a.md", 0, 3), "S/RES/1325 (2000)");
}

#[test]
fn a_change_of_a_text_nobody_opened_is_passed_over() {
    let mut race = Race::with(&[("a.md", "[[one]]\n")]);
    race.change("a.md", json!([{"text": "[[two]]\n"}]));
    assert_eq!(race.says("a.md"), "One");
    race.open("a.md", "[[two]]\n");
    assert_eq!(race.says("a.md"), "Two");
}

#[test]
fn versions_may_go_backwards() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[one]]\n");
    race.version = -9;
    race.change("a.md", json!([{"text": "[[two]]\n"}]));
    assert_eq!(race.says("a.md"), "Two");
}

#[test]
fn whole_texts_and_ranges_may_be_mixed() {
    let mut race = Race::with(&[]);
    race.open("a.md", "nothing");
    race.change("a.md", json!([range((0, 0), (0, 3), "some"), {"text": "[[oxx]]\n"}, range((0, 3), (0, 5), "ne")]));
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn no_change_is_a_change_of_nothing() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[one]]\n");
    race.change("a.md", json!([]));
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn each_change_counts_from_the_one_before() {
    let mut race = Race::with(&[]);
    race.open("a.md", "]]\n");
    race.change(
        "a.md",
        json!([range((0, 0), (0, 0), "o"), range((0, 0), (0, 0), "tw"), range((0, 0), (0, 0), "[["), range((0, 7), (0, 7), " x")]),
    );
    assert_eq!(race.says("a.md"), "Two");
}

#[test]
fn a_byte_order_mark_is_a_character_of_the_first_line() {
    let mut race = Race::counting("utf-16", &[]);
    race.open("a.md", "\u{feff}[[one]]\n");
    race.change("a.md", json!([range((0, 3), (0, 6), "two")]));
    assert_eq!(race.says("a.md"), "Two");
}

#[test]
fn a_lone_carriage_return_ends_a_line_and_a_line_separator_does_not() {
    let mut race = Race::counting("utf-16", &[]);
    race.open("a.md", "x\u{2028}y\r\r[[one]]\r\nz\n");
    race.change("a.md", json!([range((2, 2), (2, 5), "two")]));
    let uri = race.uri("a.md");
    assert_eq!(race.says_at(&uri, 2, 3), "Two");
}

#[test]
fn places_beyond_the_text_are_its_end() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[on");
    race.change(
        "a.md",
        json!([range((0, 99), (0, 999), "e]]"), range((77, 7), (99, 9), "\n"), range((2_000_000_000, 0), (2_000_000_000, 1), "x")]),
    );
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn a_range_written_backwards_is_where_it_begins() {
    let mut race = Race::with(&[]);
    race.open("a.md", "[[e]]\n");
    race.change("a.md", json!([range((0, 2), (0, 0), "on")]));
    assert_eq!(race.says("a.md"), "One");
}

#[test]
fn astral_characters_are_counted_in_the_units_agreed_on() {
    for (unit, from) in [("utf-8", 8), ("utf-16", 4), ("utf-32", 2)] {
        let mut race = Race::counting(unit, &[]);
        race.open("a.md", "𝕏𝕏[[one]]\n");
        race.change("a.md", json!([range((0, from + 2), (0, from + 5), "two")]));
        let uri = race.uri("a.md");
        assert_eq!(race.says_at(&uri, 0, from + 3), "Two", "{unit}");
    }
}

#[test]
fn an_address_that_is_not_escaped_is_understood() {
    let mut race = Race::with(&[]);
    let uri = race.uri("мои тексты/a [1].md");
    race.open_at(&uri, "[[one]]\n");
    assert_eq!(race.says_at(&uri, 0, 3), "One");
    assert_eq!(race.says_at(&uri.replace(' ', "%20").replace('[', "%5b").replace(']', "%5D"), 0, 3), "One");
}
