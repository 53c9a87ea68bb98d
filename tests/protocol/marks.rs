//! Files that begin with a byte order mark: editors keep it apart from the text, and count columns without it. So do answers about a file
//! that no editor has open.

use std::path::Path;

use serde_json::{Value, json};

use super::client::Client;

/// What an editor shows of each file that has a mark before it on the disk.
const FILES: [(&str, &str); 2] = [
    ("a.md", "[[hayes]] wrote of [[nobody]], and Carla Hayes of herself.\n"),
    ("registry.jsonl", "{\"id\": \"hayes\", \"type\": \"person\", \"name\": \"Carla Hayes\"}\n"),
];

struct Session {
    client: Client,
    root: String,
    asked: i64,
}

impl Session {
    fn start(folder: &Path, encoding: &str) -> Self {
        for (path, text) in FILES {
            std::fs::write(folder.join(path), format!("\u{feff}{text}")).expect("written");
        }
        std::fs::write(folder.join("vidimus.toml"), "").expect("written");
        let root = format!("file://{}", folder.display());
        let mut client = Client::spawn();
        let capabilities = json!({"general": {"positionEncodings": [encoding]}, "textDocument": {"diagnostic": {}}});
        client.call(0, "initialize", &json!({"processId": null, "rootUri": root, "capabilities": capabilities}));
        client.tell("initialized", &json!({}));
        client.open(&format!("{root}/b.md"), 0, "See [[hayes]].\n");
        Self { client, root, asked: 0 }
    }

    fn ask(&mut self, method: &str, more: Value) -> Value {
        self.asked += 1;
        let mut params = json!({"textDocument": {"uri": format!("{}/b.md", self.root)}, "position": {"line": 0, "character": 7}});
        params.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        self.client.call(self.asked, method, &params);
        self.client.answer(self.asked)["result"].clone()
    }

    /// Where on the first line of a marked file something is, from and to.
    fn columns(&self, path: &str, places: &Value) -> Vec<(u64, u64)> {
        let uri = format!("{}/{path}", self.root);
        let column = |place: &Value, end: &str| place["range"][end]["character"].as_u64().expect("a column");
        let own = places.as_array().expect("a list").iter().filter(|place| place["uri"] == uri);
        own.map(|place| (column(place, "start"), column(place, "end"))).collect()
    }

    /// Uses of the person, where she is defined, and what is wrong.
    fn told(&mut self) -> [Vec<(u64, u64)>; 3] {
        let uses = self.ask("textDocument/references", json!({"context": {"includeDeclaration": false}}));
        let definition = self.ask("textDocument/definition", json!({}));
        let definition = if definition.is_array() { definition } else { json!([definition]) };
        let reports = self.ask("workspace/diagnostic", json!({"previousResultIds": []}));
        let of_a = |report: &Value| report["uri"] == format!("{}/a.md", self.root);
        let findings: Vec<Value> = reports["items"].as_array().expect("a list").iter().filter(|report| of_a(report)).cloned().collect();
        let of_rule = |finding: &&Value| finding["code"] == "unknown-entity";
        let findings = findings.iter().flat_map(|report| report["items"].as_array().expect("a list")).filter(of_rule);
        let findings: Vec<Value> =
            findings.map(|finding| json!({"uri": format!("{}/a.md", self.root), "range": finding["range"]})).collect();
        [self.columns("a.md", &uses), self.columns("registry.jsonl", &definition), self.columns("a.md", &json!(findings))]
    }
}

#[test]
fn columns_of_a_file_are_those_of_the_text_that_an_editor_makes_of_it() {
    for encoding in ["utf-8", "utf-16", "utf-32"] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut session = Session::start(folder.path(), encoding);
        let closed = session.told();
        assert_eq!(closed[0], [(0, 9), (35, 46)], "{encoding}");
        assert_eq!(closed[1].len(), 1, "{encoding}");
        assert_eq!(closed[2], [(21, 27)], "{encoding}");
        for (path, text) in FILES {
            let uri = format!("{}/{path}", session.root);
            session.client.open(&uri, 0, text);
        }
        assert_eq!(session.told(), closed, "{encoding}");
    }
}

#[test]
fn a_client_that_shows_the_mark_counts_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut session = Session::start(folder.path(), "utf-16");
    let closed = session.told();
    let further = |columns: &[(u64, u64)]| columns.iter().map(|(start, end)| (start + 1, end + 1)).collect::<Vec<_>>();
    for (path, text) in FILES {
        let uri = format!("{}/{path}", session.root);
        session.client.open(&uri, 0, &format!("\u{feff}{text}"));
    }
    assert_eq!(session.told(), [further(&closed[0]), further(&closed[1]), further(&closed[2])]);
}
