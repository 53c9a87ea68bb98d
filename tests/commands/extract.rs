//! `vidimus extract`: one JSON object a line, sorted by path and place.

use serde_json::{Value, json};

use super::corpus::Corpus;

fn corpus() -> Corpus {
    let text = "In 2015 [[lavrov#para-2|the minister]] said \"there is no other way out\" [@x, p. 3]. \
                UNSCR 2202 and Sergey Lavrov: [about 90,000 people]{.claim} left.\n";
    Corpus::of(&[
        ("vidimus.toml", ""),
        ("registry.yaml", "- {id: lavrov, type: person, name: Sergey Lavrov}\n"),
        ("refs.bib", "@misc{x, title = {X}}\n"),
        ("texts/b.md", text),
        ("texts/a.txt", "Calm weather.\n"),
    ])
}

fn rows(kinds: &str) -> Vec<Value> {
    corpus().run(&["extract", "--kinds", kinds, "."]).json_lines()
}

#[test]
fn every_row_says_where_it_stands() {
    let ran = corpus().run(&["extract"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let rows = ran.json_lines();
    let places: Vec<_> = rows.iter().map(|r| (r["path"].as_str().expect("a path"), r["start"].as_u64().expect("a byte"))).collect();
    assert!(places.is_sorted(), "{places:?}");
    assert!(rows.iter().all(|r| r["end"].is_u64() && r["text"].is_string() && r["kind"].is_string()));
}

#[test]
fn sentences_have_their_paragraph() {
    let rows = rows("sentence");
    assert_eq!((&rows[0]["text"], &rows[0]["paragraph"]), (&json!("Calm weather."), &json!(1)));
    assert_eq!(rows.len(), 3, "{rows:?}");
}

#[test]
fn mentions_say_what_they_mean_and_who_marked_them() {
    let rows = rows("mention");
    let marked = &rows[0];
    assert_eq!((&marked["id"], &marked["type"], &marked["marked"]), (&json!("lavrov"), &json!("person"), &json!(true)));
    assert_eq!((&marked["text"], &marked["pin"]), (&json!("the minister"), &json!("para-2")));
    let found = rows.iter().find(|r| r["text"] == "Sergey Lavrov").expect("the name in plain words");
    assert_eq!((&found["id"], &found["marked"], &found["pin"]), (&json!("lavrov"), &json!(false), &Value::Null));
}

#[test]
fn instruments_have_their_symbol() {
    let rows = rows("instrument");
    assert_eq!((&rows[0]["symbol"], &rows[0]["id"]), (&json!("S/RES/2202 (2015)"), &json!("unsc-2202")));
    assert_eq!((&rows[0]["year_as_written"], &rows[0]["pin"]), (&Value::Null, &Value::Null));
}

#[test]
fn citations_have_key_and_locator() {
    let rows = rows("citation");
    assert_eq!((&rows[0]["key"], &rows[0]["locator"]), (&json!("x"), &json!("p. 3")));
}

#[test]
fn claims_say_whether_they_are_sourced() {
    let rows = rows("claim");
    let told: Vec<_> = rows.iter().map(|r| (r["claim_kind"].as_str().expect("a word"), r["sourced"].as_bool().expect("a bool"))).collect();
    assert!(told.contains(&("quote", true)) && told.contains(&("explicit", false)), "{told:?}");
}

#[test]
fn quotations_have_their_speaker_and_cue() {
    let rows = rows("quote");
    assert_eq!((&rows[0]["speaker"]["id"], rows[0]["cue"]["start"].is_u64()), (&json!("lavrov"), true), "{}", rows[0]);
}

#[test]
fn figures_have_value_and_unit() {
    let rows = rows("figure");
    assert_eq!((&rows[0]["value"], &rows[0]["unit"], &rows[0]["approximate"]), (&json!(90000), &json!("people"), &json!(true)));
}

#[test]
fn an_unknown_kind_is_told() {
    let ran = corpus().run(&["extract", "--kinds", "mentions"]);
    assert_eq!((ran.status, ran.err.contains("did you mean `mention`?")), (2, true), "{}", ran.err);
}
