//! Ways through a corpus, in a client that understands everything and in one that understands nothing beyond the protocol's first
//! words.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::client::Client;

struct Opened {
    client: Client,
    uri: String,
    text: String,
    asked: i64,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/peacekeeping")
}

fn full() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8"]},
        "textDocument": {
            "definition": {"linkSupport": true},
            "declaration": {"linkSupport": true},
            "typeDefinition": {"linkSupport": true},
            "implementation": {"linkSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "documentLink": {"tooltipSupport": true},
        },
        "workspace": {"symbol": {"resolveSupport": {"properties": ["location.range"]}}},
    })
}

impl Opened {
    fn full(path: &str) -> Self {
        Self::with(path, &full())
    }

    fn bare(path: &str) -> Self {
        Self::with(path, &json!({}))
    }

    fn with(path: &str, capabilities: &Value) -> Self {
        let file = corpus().join(path);
        let text = std::fs::read_to_string(&file).expect("a fixture");
        Self::put(&format!("file://{}", file.display()), &text, capabilities)
    }

    fn put(uri: &str, text: &str, capabilities: &Value) -> Self {
        let mut client = Client::spawn();
        client.initialize(capabilities);
        client.open(uri, 1, text);
        Self { client, uri: uri.into(), text: text.into(), asked: 0 }
    }

    fn request(&mut self, method: &str, params: &Value) -> Value {
        self.asked += 1;
        self.client.call(self.asked, method, params);
        let answer = self.client.answer(self.asked);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Asks about the second byte of the first place of `words`; all before it must be ASCII where the client counts otherwise.
    fn at(&mut self, method: &str, words: &str) -> Value {
        let at = self.text.find(words).unwrap_or_else(|| panic!("`{words}` in the text"));
        let start = self.text[..at].rfind('\n').map_or(0, |n| n + 1);
        let place = json!({"line": self.text[..at].matches('\n').count(), "character": at - start + 1});
        let params = json!({"textDocument": {"uri": self.uri}, "position": place, "context": {"includeDeclaration": true}});
        self.request(method, &params)
    }

    fn of_text(&mut self, method: &str) -> Value {
        self.request(method, &json!({"textDocument": {"uri": self.uri}}))
    }
}

/// `path:line` of every location or link of an answer, lines from 1.
fn places(answer: &Value) -> Vec<String> {
    let all = answer.as_array().cloned().unwrap_or_default();
    let one = |place: &Value| {
        let (uri, range) = if place["targetUri"].is_null() { ("uri", "range") } else { ("targetUri", "targetSelectionRange") };
        place_of(place[uri].as_str().unwrap_or_default(), &place[range])
    };
    all.iter().map(one).collect()
}

fn place_of(uri: &str, range: &Value) -> String {
    let path = uri.split("/peacekeeping/").last().unwrap_or_default();
    format!("{path}:{}", range["start"]["line"].as_u64().map_or(0, |line| line + 1))
}

fn names(answer: &Value) -> Vec<&str> {
    answer.as_array().map(|all| all.iter().filter_map(|one| one["name"].as_str()).collect()).unwrap_or_default()
}

const TEXT: &str = "analyses/minsk-2017.md";

#[test]
fn type_hierarchies_are_announced_although_their_type_has_no_field() {
    let mut client = Client::start();
    let announced = client.answer(0);
    assert_eq!(announced["result"]["capabilities"]["typeHierarchyProvider"], true);
}

#[test]
fn a_thing_is_followed_to_its_record_its_place_and_those_who_carry_it_out() {
    for mut text in [Opened::full(TEXT), Opened::bare(TEXT)] {
        assert_eq!(places(&text.at("textDocument/definition", "[[unsc-2202#op-1|"))[0], "resolutions/unsc-2202.md:31");
        assert_eq!(places(&text.at("textDocument/typeDefinition", "[[unsc-2202#op-1|"))[0], "resolutions/unsc-2202.md:2");
        assert_eq!(places(&text.at("textDocument/declaration", "[[lavrov|")).len(), 1);
        assert_eq!(places(&text.at("textDocument/implementation", "[[minsk-package|"))[0], "resolutions/unsc-2202.md:2");
        assert_eq!(places(&text.at("textDocument/implementation", "[[minsk-protocol#point-4|"))[0], "agreements/minsk-package.md:2");
        assert_eq!(places(&text.at("textDocument/definition", "[^averin]"))[0].split(':').next(), Some(TEXT));
    }
    let links = Opened::full(TEXT).at("textDocument/implementation", "[[minsk-package|");
    assert!(links[0]["originSelectionRange"].is_object() && links[0]["targetRange"].is_object(), "{links}");
    let plain = Opened::bare(TEXT).at("textDocument/implementation", "[[minsk-package|");
    assert!(plain[0]["uri"].is_string() && plain[0]["targetUri"].is_null(), "{plain}");
}

#[test]
fn references_are_of_the_pinpoint_or_of_all_of_it() {
    let mut text = Opened::full(TEXT);
    let of_pin = places(&text.at("textDocument/references", "#op-1|the first"));
    for place in
        ["agreements/minsk-agreements.md:23", "agreements/minsk-package.md:19", "analyses/minsk-2017.md:30", "resolutions/unsc-2202.md:31"]
    {
        assert!(of_pin.iter().any(|p| p == place), "{place} in {of_pin:?}");
    }
    let whole = places(&text.at("textDocument/references", "unsc-2202#op-1|the"));
    let by_place = |place: &String| place.split_once(':').map(|(path, line)| (path.to_owned(), line.parse::<u32>().ok()));
    assert!(whole.len() > of_pin.len() && whole.is_sorted_by_key(by_place), "{whole:?}");
    let footnote = places(&text.at("textDocument/references", "[^averin]"));
    assert_eq!(footnote.len(), 2, "{footnote:?}");
}

#[test]
fn mentions_are_highlighted_and_their_definitions_told_apart() {
    let mut text = Opened::full(TEXT);
    let found = text.at("textDocument/documentHighlight", "[[lavrov|");
    assert_eq!(found.as_array().map(Vec::len), Some(3), "{found}");
    let notes = text.at("textDocument/documentHighlight", "[^averin]");
    assert_eq!([&notes[0]["kind"], &notes[1]["kind"]], [2, 3], "{notes}");
    assert_eq!(text.at("textDocument/documentHighlight", "may fire"), Value::Null);
}

#[test]
fn links_lead_to_files_and_lines() {
    let mut text = Opened::full(TEXT);
    let links = text.of_text("textDocument/documentLink");
    let links = links.as_array().expect("a list");
    let pinned = links.iter().find(|link| link["tooltip"].as_str().is_some_and(|t| t.ends_with(", art-41"))).expect("a link to an article");
    assert!(pinned["target"].is_null());
    let resolved = text.request("documentLink/resolve", pinned);
    let target = resolved["target"].as_str().expect("a target");
    let line: usize =
        target.split_once("/agreements/un-charter.md#L").and_then(|(_, line)| line.parse().ok()).expect("a line of the Charter");
    let charter = std::fs::read_to_string(corpus().join("agreements/un-charter.md")).expect("a fixture");
    assert!(charter.lines().nth(line - 1).is_some_and(|l| l.contains("Article 41")), "{target}");
    let whole = links.iter().filter_map(|link| link["target"].as_str()).find(|t| t.ends_with("/agreements/minsk-package.md"));
    assert!(whole.is_some(), "{links:?}");
    let odd = text.request("documentLink/resolve", &json!({"range": pinned["range"], "data": {"text": 3}}));
    assert!(odd["target"].is_null(), "a link that is not ours comes back as it was");
    let mut bib = Opened::bare("refs.bib");
    let links = bib.of_text("textDocument/documentLink");
    let targets: Vec<_> = links.as_array().expect("a list").iter().filter_map(|link| link["target"].as_str()).collect();
    assert!(targets.contains(&"https://tass.example/world/2017-09-20"), "{targets:?}");
    assert!(targets.iter().any(|t| t.starts_with("file://") && t.ends_with("/sources/tass-2017.md")), "{targets:?}");
    assert!(links[0].get("tooltip").is_none());
}

#[test]
fn an_outline_is_a_tree_or_a_list() {
    let tree = Opened::full(TEXT).of_text("textDocument/documentSymbol");
    assert_eq!(names(&tree), ["A mission for the monitors"]);
    let sections = &tree[0]["children"];
    assert!(names(sections).contains(&"The proposal"), "{sections}");
    let list = Opened::bare(TEXT).of_text("textDocument/documentSymbol");
    let claim = list.as_array().expect("a list").iter().find(|s| s["name"] == "Kiev wants it on the border as well").expect("a claim");
    assert_eq!(claim["containerName"], "The proposal");
    assert!(claim["location"]["uri"].as_str().is_some_and(|uri| uri.ends_with(TEXT)));
    assert!(names(&Opened::bare("registry/people.yaml").of_text("textDocument/documentSymbol")).contains(&"Ilham Aliyev"));
}

#[test]
fn a_symbol_is_found_at_once_or_in_two_steps() {
    let mut text = Opened::full(TEXT);
    let found = text.request("workspace/symbol", &json!({"query": "лавров"}));
    let person = found.as_array().expect("a list").iter().find(|s| s["containerName"] == "person, lavrov").expect("a person");
    assert!(person["location"]["range"].is_null());
    let resolved = text.request("workspaceSymbol/resolve", person);
    assert!(
        place_of(resolved["location"]["uri"].as_str().unwrap_or_default(), &resolved["location"]["range"])
            .starts_with("registry/people.yaml:")
    );
    assert!(resolved["location"]["range"].is_object(), "{resolved}");
    let mut bare = Opened::bare(TEXT);
    let found = bare.request("workspace/symbol", &json!({"query": "mnsk pack"}));
    assert!(
        found[0]["location"]["range"].is_object() && found[0]["location"]["uri"].as_str().is_some_and(|u| u.ends_with("minsk-package.md")),
        "{found}"
    );
}

#[test]
fn citations_are_followed_through_closed_files() {
    for capabilities in [json!({}), full()] {
        let mut text = Opened::with(TEXT, &capabilities);
        let item = text.at("textDocument/prepareCallHierarchy", "[[minsk-package|")[0].clone();
        assert!(item["uri"].as_str().is_some_and(|uri| uri.ends_with("agreements/minsk-package.md")), "{item}");
        let incoming = text.request("callHierarchy/incomingCalls", &json!({"item": item}));
        let from: Vec<&str> = incoming.as_array().expect("a list").iter().filter_map(|c| c["from"]["name"].as_str()).collect();
        assert!(from.contains(&"A mission for the monitors") && from.contains(&"UNSC Resolution 2202 (2015)"), "{from:?}");
        assert!(incoming[0]["fromRanges"].as_array().is_some_and(|ranges| !ranges.is_empty()));
        let outgoing = text.request("callHierarchy/outgoingCalls", &json!({"item": item}));
        let to: Vec<&str> = outgoing.as_array().expect("a list").iter().filter_map(|c| c["to"]["name"].as_str()).collect();
        assert!(to.contains(&"UNSC Resolution 2202 (2015)"), "{to:?}");
        // From there on, in a file that nobody opened.
        let resolution =
            outgoing.as_array().expect("a list").iter().find(|c| c["to"]["name"] == "UNSC Resolution 2202 (2015)").expect("it");
        let on = text.request("callHierarchy/outgoingCalls", &json!({"item": resolution["to"]}));
        assert!(on.as_array().is_some_and(|all| !all.is_empty()), "{on}");
        // A client that loses what it was given asks by the place.
        let mut lost = item.clone();
        lost.as_object_mut().expect("an object").remove("data");
        let again = text.request("callHierarchy/incomingCalls", &json!({"item": lost}));
        let ranges = |calls: &Value| calls.as_array().expect("a list").iter().map(|c| c["fromRanges"].clone()).collect::<Vec<_>>();
        assert_eq!(ranges(&again), ranges(&incoming));
    }
}

#[test]
fn who_cites_a_resolution_that_only_the_table_knows() {
    let mut text = Opened::put("untitled:Untitled-1", "Under resolution 1325 (2000), and again [[unsc-1325]].\n", &json!({}));
    let item = text.at("textDocument/prepareCallHierarchy", "resolution 1325")[0].clone();
    assert_eq!(item["name"], "S/RES/1325 (2000)");
    let incoming = text.request("callHierarchy/incomingCalls", &json!({"item": item}));
    assert_eq!(incoming[0]["fromRanges"].as_array().map(Vec::len), Some(2), "{incoming}");
    assert_eq!(incoming[0]["from"]["uri"], "untitled:Untitled-1");
}

#[test]
fn relations_are_followed_both_ways() {
    let mut text = Opened::full(TEXT);
    let item = text.at("textDocument/prepareTypeHierarchy", "[[minsk-package|")[0].clone();
    let above = text.request("typeHierarchy/supertypes", &json!({"item": item}));
    assert_eq!((names(&above), &above[0]["detail"]), (vec!["Minsk Protocol"], &json!("implements")));
    let below = text.request("typeHierarchy/subtypes", &json!({"item": item}));
    assert_eq!((names(&below), &below[0]["detail"]), (vec!["UNSC Resolution 2202 (2015)"], &json!("endorses")));
    let back = text.request("typeHierarchy/supertypes", &json!({"item": below[0]}));
    assert_eq!(names(&back), names(&json!([item])));
}
