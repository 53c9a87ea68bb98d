//! Every request that is announced, asked at many places by every real client, as they introduce themselves.
//!
//! Fails on a request without an answer, on an answer that is a mistake of ours, and (in [`Client`]) on every message
//! that the protocol's own model does not allow.

use std::path::Path;

use serde_json::{Value, json};

use super::client::Client;
use super::shared;

/// Requests about a place of a text, and what announces them.
const AT_A_PLACE: &[(&str, &str)] = &[
    ("textDocument/hover", "hoverProvider"),
    ("textDocument/definition", "definitionProvider"),
    ("textDocument/declaration", "declarationProvider"),
    ("textDocument/typeDefinition", "typeDefinitionProvider"),
    ("textDocument/implementation", "implementationProvider"),
    ("textDocument/references", "referencesProvider"),
    ("textDocument/documentHighlight", "documentHighlightProvider"),
    ("textDocument/completion", "completionProvider"),
    ("textDocument/prepareRename", "renameProvider"),
    ("textDocument/rename", "renameProvider"),
    ("textDocument/linkedEditingRange", "linkedEditingRangeProvider"),
    ("textDocument/selectionRange", "selectionRangeProvider"),
    ("textDocument/prepareCallHierarchy", "callHierarchyProvider"),
    ("textDocument/prepareTypeHierarchy", "typeHierarchyProvider"),
    ("textDocument/codeAction", "codeActionProvider"),
];

/// Requests about a whole text or a stretch of it.
const OF_A_TEXT: &[(&str, &str)] = &[
    ("textDocument/documentSymbol", "documentSymbolProvider"),
    ("textDocument/documentLink", "documentLinkProvider"),
    ("textDocument/foldingRange", "foldingRangeProvider"),
    ("textDocument/semanticTokens/full", "semanticTokensProvider"),
    ("textDocument/semanticTokens/range", "semanticTokensProvider"),
    ("textDocument/inlayHint", "inlayHintProvider"),
    ("textDocument/codeLens", "codeLensProvider"),
    ("textDocument/diagnostic", "diagnosticProvider"),
];

/// What is asked about each thing that an answer holds: the request answered, the one to follow, and the property that takes the thing
/// (none: the thing is the parameters).
const FOLLOW: &[(&str, &str, Option<&str>)] = &[
    ("textDocument/completion", "completionItem/resolve", None),
    ("textDocument/codeAction", "codeAction/resolve", None),
    ("textDocument/codeLens", "codeLens/resolve", None),
    ("textDocument/documentLink", "documentLink/resolve", None),
    ("textDocument/inlayHint", "inlayHint/resolve", None),
    ("workspace/symbol", "workspaceSymbol/resolve", None),
    ("textDocument/prepareCallHierarchy", "callHierarchy/incomingCalls", Some("item")),
    ("textDocument/prepareCallHierarchy", "callHierarchy/outgoingCalls", Some("item")),
    ("textDocument/prepareTypeHierarchy", "typeHierarchy/supertypes", Some("item")),
    ("textDocument/prepareTypeHierarchy", "typeHierarchy/subtypes", Some("item")),
];

/// The open files: texts of two languages, records, sources, settings.
const OPEN: &[&str] = &["analyses/minsk-2017.md", "analyses/draft-ru.md", "registry/people.yaml", "refs.bib", "vidimus.toml"];

/// Places asked about in each file.
const PLACES: usize = 12;

struct Session {
    client: Client,
    capabilities: Value,
    asked: i64,
}

impl Session {
    fn start(mut params: Value, folder: &Path) -> Self {
        let root = format!("file://{}", folder.display());
        params["processId"] = Value::Null;
        params["rootUri"] = json!(root);
        params["rootPath"] = json!(folder);
        params["workspaceFolders"] = json!([{"uri": root, "name": "corpus"}]);
        let mut client = Client::spawn();
        client.call(0, "initialize", &params);
        client.tell("initialized", &json!({}));
        let capabilities = client.answer(0)["result"]["capabilities"].clone();
        Self { client, capabilities, asked: 0 }
    }

    fn announced(&self, key: &str) -> bool {
        !matches!(self.capabilities[key], Value::Null | Value::Bool(false))
    }

    /// Asks all at once, and answers what came back.
    fn ask_all(&mut self, questions: Vec<(&'static str, Value)>) -> Vec<(&'static str, Value)> {
        let first = self.asked + 1;
        for (method, params) in &questions {
            self.asked += 1;
            self.client.call(self.asked, method, params);
        }
        let answer = |(id, (method, params)): (i64, (&'static str, Value))| {
            let answer = self.client.answer(id);
            let code = answer["error"]["code"].as_i64().unwrap_or(0);
            // -32803: the request fails with words for the author, such as "a built-in resolution cannot be renamed".
            assert!(code == 0 || code == -32803, "{method} {params}: {answer}");
            (method, answer["result"].clone())
        };
        (first..).zip(questions).map(answer).collect()
    }

    fn ask_about(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri});
        let mut questions = Vec::new();
        for at in places(text) {
            let range = json!({"start": at, "end": at});
            let params = json!({
                "textDocument": document, "position": at, "positions": [at], "range": range, "newName": "another-name",
                "context": {"includeDeclaration": true, "diagnostics": [], "triggerKind": 1},
            });
            questions.extend(AT_A_PLACE.iter().filter(|(_, key)| self.announced(key)).map(|(method, _)| (*method, params.clone())));
        }
        let lines = text.lines().count();
        let range = json!({"start": {"line": lines / 3, "character": 0}, "end": {"line": lines / 3 + 12, "character": 0}});
        let params = json!({"textDocument": document, "range": range});
        questions.extend(OF_A_TEXT.iter().filter(|(_, key)| self.announced(key)).map(|(method, _)| (*method, params.clone())));
        let answers = self.ask_all(questions);
        self.follow(uri, &answers);
    }

    /// Asks what a client asks next.
    fn follow(&mut self, uri: &str, answers: &[(&'static str, Value)]) {
        let mut next = Vec::new();
        for (method, answer) in answers {
            for (_, then, property) in FOLLOW.iter().filter(|(first, ..)| first == method) {
                let things = answer.as_array().or_else(|| answer["items"].as_array());
                for thing in things.into_iter().flatten().take(3).filter(|_| self.resolves(method, then)) {
                    next.push((*then, property.map_or_else(|| thing.clone(), |name| json!({name: thing}))));
                }
            }
            if let ("textDocument/semanticTokens/full", Some(id)) = (*method, answer["resultId"].as_str()) {
                next.push(("textDocument/semanticTokens/full/delta", json!({"textDocument": {"uri": uri}, "previousResultId": id})));
            }
            if let ("textDocument/diagnostic", Some(id)) = (*method, answer["resultId"].as_str()) {
                next.push(("textDocument/diagnostic", json!({"textDocument": {"uri": uri}, "previousResultId": id})));
            }
        }
        self.ask_all(next);
    }

    /// Whether a thing may be asked about again: hierarchies always, others when the server says that it resolves them.
    fn resolves(&self, method: &str, then: &str) -> bool {
        let provider = match method {
            "textDocument/completion" => "completionProvider",
            "textDocument/codeAction" => "codeActionProvider",
            "textDocument/codeLens" => "codeLensProvider",
            "textDocument/documentLink" => "documentLinkProvider",
            "textDocument/inlayHint" => "inlayHintProvider",
            "workspace/symbol" => "workspaceSymbolProvider",
            _ => return true,
        };
        then.ends_with("/resolve") && self.capabilities[provider]["resolveProvider"] == true
    }
}

/// Places spread over a text, the words of marks among them; characters are counted as bytes or UTF-16 units alike, for the protocol
/// takes a place outside a line to its end.
fn places(text: &str) -> Vec<Value> {
    let lines: Vec<&str> = text.lines().collect();
    let mut marks: Vec<(usize, usize)> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        marks.extend(
            ["[[", "[@", "{.", "id:", "S/RES", "resolution", "резолюц", "@"].iter().filter_map(|m| Some((number, line.find(m)? + 3))),
        );
    }
    let step = marks.len().div_ceil(PLACES).max(1);
    let mut all: Vec<Value> = marks.iter().step_by(step).map(|(line, at)| json!({"line": line, "character": at})).collect();
    all.extend((0..4).map(|n| json!({"line": lines.len() * n / 4, "character": 9})));
    all.push(json!({"line": 9_000, "character": 9_000}));
    all
}

fn whole_session(params: Value) {
    let folder = crate::copies::peacekeeping();
    let mut session = Session::start(params, folder.path());
    for path in OPEN {
        let file = folder.path().join(path);
        let (uri, text) = (format!("file://{}", file.display()), std::fs::read_to_string(&file).expect("a fixture"));
        session.client.open(&uri, 1, &text);
        session.ask_about(&uri, &text);
        // The same with a line typed before everything, while the answers are still on their way.
        let change =
            json!([{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "# One line more\n"}]);
        session.client.tell("textDocument/didChange", &json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": change}));
        session.ask_about(&uri, &format!("# One line more\n{text}"));
    }
    if session.announced("workspaceSymbolProvider") {
        let found = session.ask_all(["", "Minsk", "лавр", "2202", "zzzz"].map(|q| ("workspace/symbol", json!({"query": q}))).to_vec());
        session.follow("", &found);
    }
    if session.capabilities["diagnosticProvider"]["workspaceDiagnostics"] == true {
        session.ask_all(vec![("workspace/diagnostic", json!({"previousResultIds": []}))]);
    }
    for path in OPEN {
        let uri = format!("file://{}", folder.path().join(path).display());
        session.client.tell("textDocument/didClose", &json!({"textDocument": {"uri": uri}}));
    }
    session.ask_all(vec![("shutdown", Value::Null)]);
    session.client.tell("exit", &Value::Null);
    assert_eq!(session.client.exit_code(), 0);
    assert_eq!(session.client.unanswered(), [""; 0]);
}

#[test]
fn a_client_that_knows_nothing_gets_an_answer_to_everything() {
    whole_session(json!({"capabilities": {}}));
}

#[test]
fn every_real_client_gets_an_answer_to_everything() {
    let Some(shared) = shared() else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(shared.join("protocol/client-init")).expect("the clients' first messages") {
        let path = entry.expect("an entry").path();
        whole_session(serde_json::from_str(&std::fs::read_to_string(&path).expect("read")).expect("JSON"));
        seen += 1;
    }
    assert!(seen >= 9, "{seen} clients");
}
