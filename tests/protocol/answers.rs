//! The example corpus in an editor: what is found, shown and jumped to.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::client::Client;

/// An open text of the example corpus.
struct Opened {
    client: Client,
    uri: String,
    text: String,
    asked: i64,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/peacekeeping")
}

fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

impl Opened {
    /// Opens a text of the corpus in a client that counts bytes.
    fn open(path: &str) -> Self {
        let file = corpus().join(path);
        let text = std::fs::read_to_string(&file).expect("a fixture");
        Self::put(&uri_of(&file), &text)
    }

    fn put(uri: &str, text: &str) -> Self {
        Self::put_in(uri, text, true)
    }

    /// The same in a client that watches files or does not.
    fn put_in(uri: &str, text: &str, watches: bool) -> Self {
        let mut client = Client::spawn();
        client.initialize(&json!({
            "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": watches}},
            "general": {"positionEncodings": ["utf-8"]},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {"relatedInformation": true}},
        }));
        client.open(uri, 1, text);
        Self { client, uri: uri.into(), text: text.into(), asked: 0 }
    }

    /// The position of the first place of `words`.
    fn position(&self, words: &str) -> Value {
        let at = self.text.find(words).unwrap_or_else(|| panic!("`{words}` in the text"));
        let line = self.text[..at].matches('\n').count();
        let start = self.text[..at].rfind('\n').map_or(0, |n| n + 1);
        json!({"line": line, "character": at - start + 1})
    }

    fn ask(&mut self, method: &str, words: &str) -> Value {
        self.asked += 1;
        let params = json!({"textDocument": {"uri": self.uri}, "position": self.position(words)});
        self.client.call(self.asked, method, &params);
        let answer = self.client.answer(self.asked);
        assert!(answer.get("error").is_none(), "{answer}");
        answer["result"].clone()
    }

    /// The card at the first place of `words`.
    fn card(&mut self, words: &str) -> String {
        let answer = self.ask("textDocument/hover", words);
        answer["contents"]["value"].as_str().unwrap_or_else(|| panic!("no card at `{words}`: {answer}")).to_owned()
    }

    /// The file and the line to which the first place of `words` leads.
    fn leads_to(&mut self, words: &str) -> (String, String) {
        let answer = self.ask("textDocument/definition", words);
        let target = answer.get(0).unwrap_or_else(|| panic!("`{words}` leads nowhere: {answer}"));
        let path = target["uri"].as_str().expect("an address").strip_prefix("file://").expect("a file").to_owned();
        let text = std::fs::read_to_string(&path).expect("the file is there");
        let line = usize::try_from(target["range"]["start"]["line"].as_u64().expect("a line")).expect("small");
        let path = path.split("/peacekeeping/").last().unwrap_or_default().to_owned();
        (path, text.lines().nth(line).unwrap_or_default().to_owned())
    }

    fn findings(&mut self, version: i64) -> Vec<Value> {
        let uri = self.uri.clone();
        let told = self.client.expect("findings", |m| {
            m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri && m["params"]["version"] == version
        });
        told["params"]["diagnostics"].as_array().expect("a list").clone()
    }
}

/// The rules of what was found; hints, which say what could be better still, are left out.
fn rules(findings: &[Value]) -> Vec<&str> {
    findings.iter().filter(|f| f["severity"] != 4).filter_map(|f| f["code"].as_str()).collect()
}

#[test]
fn a_card_says_who_somebody_was_at_the_texts_date() {
    let mut text = Opened::open("analyses/minsk-2017.md");
    let card = text.card("[[lavrov|");
    assert!(card.starts_with("**Sergey Lavrov** · person") && card.contains("Foreign Minister"), "{card}");
    assert!(card.contains("registry/people.yaml"), "{card}");
}

#[test]
fn a_pinpoint_shows_its_paragraph_and_leads_there() {
    let mut text = Opened::open("analyses/minsk-2017.md");
    let card = text.card("[[unsc-2202#op-1|");
    assert!(card.contains("> Endorses the Package of Measures signed in Minsk"), "{card}");
    let (path, line) = text.leads_to("[[unsc-2202#op-1|");
    assert_eq!(path, "resolutions/unsc-2202.md");
    assert!(line.starts_with("1. Endorses"), "{line}");
    let (path, line) = text.leads_to("[point 3](");
    assert_eq!(path, "agreements/minsk-package.md");
    assert!(line.contains("3."), "{line}");
}

#[test]
fn a_citation_shows_its_reference_and_leads_to_its_entry() {
    let mut text = Opened::open("analyses/minsk-2017.md");
    let card = text.card("@tass-2017, para. 2");
    assert!(card.contains("*On the limits of force in peacekeeping*") && card.contains("20 September 2017"), "{card}");
    assert_eq!(text.leads_to("@tass-2017, para. 2"), ("refs.bib".into(), "@online{tass-2017,".into()));
}

#[test]
fn a_claim_shows_where_it_can_be_checked() {
    let mut text = Opened::open("analyses/minsk-2017.md");
    let card = text.card("wants it on the border");
    assert!(card.contains("claim") && card.contains("TASS 2017 (para. 7)") && card.contains("moderate"), "{card}");
}

#[test]
fn an_instrument_that_only_the_table_knows_leads_to_a_page_made_for_reading() {
    let mut text = Opened::put("untitled:Untitled-1", "See resolution 1325 (2000) of the Security Council.\n");
    let card = text.card("resolution 1325");
    assert!(card.starts_with("**S/RES/1325 (2000)**") && card.contains("2000-10-31"), "{card}");
    let (path, line) = text.leads_to("resolution 1325");
    assert!(path.ends_with("unsc-1325.md"), "{path}");
    assert_eq!(line, "# S/RES/1325 (2000)");
}

#[test]
fn findings_follow_the_text_and_leave_with_it() {
    let mut text = Opened::open("analyses/minsk-2017.md");
    assert_eq!(rules(&text.findings(1)), [""; 0], "the text is clean");
    let uri = text.uri.clone();
    let end = text.text.lines().count();
    let place = json!({"line": end, "character": 0});
    let change = json!({"range": {"start": place, "end": place}, "text": "\nSee [[nobody-known|him]].\n"});
    text.client.tell("textDocument/didChange", &json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": [change]}));
    let findings = text.findings(2);
    assert_eq!(rules(&findings), ["unknown-entity"]);
    let unknown = findings.iter().find(|f| f["code"] == "unknown-entity").expect("it was found");
    assert_eq!((&unknown["range"]["start"]["line"], &unknown["source"]), (&(end + 1).into(), &"vidimus".into()));
    text.client.tell("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    let told =
        text.client.expect("findings taken back", |m| m["params"]["diagnostics"] == json!([]) && m["params"].get("version").is_none());
    assert_eq!(told["params"]["uri"], uri);
}

#[test]
fn a_text_outside_every_corpus_is_answered_but_not_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let uri = uri_of(&folder.path().join("README.md"));
    let mut text = Opened::put(&uri, "About 90,000 people had left, says resolution 1325 (2000).\n");
    assert!(text.card("resolution 1325").contains("S/RES/1325"));
    text.client.call(99, "shutdown", &Value::Null);
    text.client.answer(99);
    assert!(text.client.received().iter().all(|m| m["method"] != "textDocument/publishDiagnostics"));
}

#[test]
fn a_name_defined_in_one_open_text_is_known_in_the_other() {
    let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
    std::fs::write(folder.path().join("vidimus.toml"), "").expect("written");
    let mut text = Opened::put(&uri_of(&folder.path().join("a.md")), "See [[new-body]].\n");
    assert_eq!(rules(&text.findings(1)), ["unknown-entity"]);
    let note = "---\ntype: org\nname: A new body\n---\n";
    text.client.open(&uri_of(&folder.path().join("new-body.md")), 1, note);
    assert_eq!(rules(&text.findings(1)), [""; 0]);
    assert!(text.card("[[new-body]]").starts_with("**A new body** · org"));
}

#[test]
fn files_that_change_on_the_disk_are_read_again() {
    let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("vidimus.toml", "");
    let mut text = Opened::put(&uri_of(&folder.path().join("a.md")), "See [[new-body]].\n");
    assert_eq!(rules(&text.findings(1)), ["unknown-entity"]);
    let mut told = |name: &str, kind: u8| {
        let change = json!({"uri": uri_of(&folder.path().join(name)), "type": kind});
        text.client.tell("workspace/didChangeWatchedFiles", &json!({"changes": [change]}));
        text.findings(1).len()
    };
    write("registry.yaml", "- {id: new-body, type: org, name: A new body}\n");
    assert_eq!(told("registry.yaml", 1), 0);
    write("registry.yaml", "- {id: other-body, type: org, name: Another}\n");
    assert_eq!(told("registry.yaml", 2), 1);
    write("vidimus.toml", "[rules]\nunknown-entity = \"off\"\n");
    assert_eq!(told("vidimus.toml", 2), 0);
    std::fs::remove_file(folder.path().join("vidimus.toml")).expect("removed");
    let change = json!({"uri": uri_of(&folder.path().join("vidimus.toml")), "type": 3});
    text.client.tell("workspace/didChangeWatchedFiles", &json!({"changes": [change]}));
    text.client.expect("findings taken back", |m| m["params"]["diagnostics"] == json!([]) && m["params"].get("version").is_none());
}

#[test]
fn a_client_that_does_not_watch_files_hears_of_their_changes_all_the_same() {
    let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("vidimus.toml", "");
    let mut text = Opened::put_in(&uri_of(&folder.path().join("a.md")), "See [[new-body]].\n", false);
    assert_eq!(rules(&text.findings(1)), ["unknown-entity"]);
    write("new-body.md", "---\ntype: org\n---\n# A new body\n");
    assert_eq!(rules(&text.findings(1)), [""; 0]);
    std::fs::remove_file(folder.path().join("new-body.md")).expect("removed");
    assert_eq!(rules(&text.findings(1)), ["unknown-entity"]);
}

#[test]
fn settings_count_as_they_are_typed() {
    let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
    std::fs::write(folder.path().join("vidimus.toml"), "").expect("written");
    let mut text = Opened::put(&uri_of(&folder.path().join("a.md")), "See [[nobody-known]].\n");
    assert_eq!(rules(&text.findings(1)), ["unknown-entity"]);
    let settings = uri_of(&folder.path().join("vidimus.toml"));
    text.client.open(&settings, 1, "[rules]\nunknown-entity = \"of\"\n");
    let of_settings = |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == settings.as_str();
    let told = text.client.expect("findings in the settings", of_settings);
    assert_eq!(told["params"]["diagnostics"][0]["code"], "invalid-config");
    assert_eq!(rules(&text.findings(1)), ["unknown-entity"]);
    let change = json!({"text": "[rules]\nunknown-entity = \"off\"\n"});
    text.client.tell("textDocument/didChange", &json!({"textDocument": {"uri": settings, "version": 2}, "contentChanges": [change]}));
    let told = text.client.expect("findings in the settings", of_settings);
    assert_eq!(told["params"]["diagnostics"], json!([]));
    assert_eq!(rules(&text.findings(1)), [""; 0]);
    text.client.tell("textDocument/didClose", &json!({"textDocument": {"uri": settings}}));
    assert_eq!(rules(&text.findings(1)), ["unknown-entity"], "what is not saved counts no more");
}

#[test]
fn a_list_of_records_is_a_text_like_any_other() {
    let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
    std::fs::write(folder.path().join("vidimus.toml"), "").expect("written");
    std::fs::write(folder.path().join("un.md"), "---\ntype: org\n---\n# The United Nations\n").expect("written");
    let list = "- {id: unsc, type: org, name: Security Council, relations: {member-of: [un]}}\n- {id: unsc, type: org}\n";
    let mut list = Opened::put(&uri_of(&folder.path().join("registry.yaml")), list);
    assert!(rules(&list.findings(1)).contains(&"duplicate-id"));
    assert!(list.card("unsc").starts_with("**Security Council** · org"));
    assert!(list.card("[un]").starts_with("**The United Nations** · org"));
    let answer = list.ask("textDocument/definition", "[un]");
    assert!(answer[0]["uri"].as_str().is_some_and(|uri| uri.ends_with("/un.md")), "{answer}");
}

#[test]
fn a_quotation_shows_the_sources_words_and_why_no_rule_speaks() {
    let mut opened = Opened::open("analyses/minsk-2017.md");
    let quoted = "They may fire to protect";
    let shown = opened.ask("textDocument/hover", quoted).to_string();
    assert!(shown.contains("In the source, paragraph") && shown.contains("*why:* unsourced-quote is silent"), "{shown}");
}
