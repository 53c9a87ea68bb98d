//! A server that remembers an earlier start answers as one that does not, whatever happened to the corpus in between.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::client::Client;

const TEXTS: usize = 24;

/// A corpus large enough to be kept, and a cache.
struct Shelf {
    root: TempDir,
    cache: TempDir,
}

/// One change of the disk.
type Change = (&'static str, fn(&Shelf));

impl Shelf {
    fn new() -> Self {
        // A name without a dot: hidden folders are passed over.
        let root = tempfile::Builder::new().prefix("kept").tempdir().expect("a folder");
        let shelf = Self { root, cache: tempfile::tempdir().expect("a folder") };
        shelf.write("vidimus.toml", "");
        shelf.write("registry.yaml", &registry(&["org-1", "org-2", "org-3"]));
        shelf.write("registry/crowd.jsonl", &crowd(1100));
        shelf.write("refs.bib", &(0..40).map(|n| format!("@book{{work{n}, title = {{Work {n}}}, year = 2001}}\n")).collect::<String>());
        shelf.write("notes/pact.md", "---\ntype: agreement\nname: The Long Pact\n---\n# The Long Pact\n\n1. Cease-fire.\n2. Talks.\n");
        for n in 0..TEXTS {
            let sentence = format!("[[org-{}]] met Karov{n}, Quill 7 and the delegates of Body {n} over the Long Pact [@work{n}]. ", n % 4);
            shelf.write(&format!("texts/t{n}.md"), &format!("---\nid: text-{n}\n---\nSee [[pact#point-2]].\n\n{}\n", sentence.repeat(60)));
        }
        shelf
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().expect("a folder")).expect("made");
        fs::write(self.path(path), text).expect("written");
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}", self.path(path).display())
    }

    /// A server of the corpus that keeps what it reads in that folder.
    fn start(&self, cache: &Path) -> Client {
        let mut client = Client::process_keeping(cache);
        let folder = json!([{"uri": format!("file://{}", self.root.path().display()), "name": "kept"}]);
        let capabilities = json!({"general": {"positionEncodings": ["utf-8"]}, "textDocument": {"diagnostic": {}}});
        client.call(
            0,
            "initialize",
            &json!({"processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folder}),
        );
        client.tell("initialized", &json!({}));
        client
    }

    /// What a server says of some texts: definitions first, while the corpus is being read.
    fn answers(&self, cache: &Path) -> Vec<Value> {
        let mut client = self.start(cache);
        let mut answers = Vec::new();
        let mut id = 1;
        for n in [0, 1, 2, 3, 7] {
            let path = format!("texts/t{n}.md");
            let Ok(text) = fs::read_to_string(self.path(&path)) else { continue };
            let uri = self.uri(&path);
            client.open(&uri, 1, &text);
            let citation = text.lines().nth(5).and_then(|line| line.find("[@")).unwrap_or(0) + 2;
            for (method, line, character) in
                [("definition", 3, 7), ("definition", 5, 3), ("definition", 5, citation), ("hover", 5, 3), ("hover", 5, citation)]
            {
                let at = json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
                client.call(id, &format!("textDocument/{method}"), &at);
                answers.push(client.answer(id)["result"].take());
                id += 1;
            }
            client.call(id, "textDocument/diagnostic", &json!({"textDocument": {"uri": uri}}));
            answers.push(client.answer(id)["result"]["items"].take());
            client.call(id + 1, "workspace/symbol", &json!({"query": "or"}));
            answers.push(client.answer(id + 1)["result"].take());
            id += 2;
        }
        client.call(id, "shutdown", &Value::Null);
        client.answer(id);
        client.tell("exit", &Value::Null);
        client.exit_code();
        answers
    }

    /// What is kept of that sort.
    fn kept(&self, what: &str) -> Option<PathBuf> {
        let mut all = fs::read_dir(self.cache.path().join(what)).ok()?.flatten().map(|entry| entry.path());
        all.find(|path| path.extension().is_some_and(|ending| ending == what))
    }

    /// Changes a byte of it.
    fn damage(&self, what: &str) {
        let kept = self.kept(what).expect("kept");
        let mut bytes = fs::read(&kept).expect("read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&kept, bytes).expect("written");
    }

    /// Starts a server, and lets it keep what it has read.
    fn keep(&self) {
        let _server = self.start(self.cache.path());
        for _ in 0..3000 {
            if self.kept("facts").is_some() {
                return;
            }
            wait(20);
        }
        panic!("nothing was kept");
    }
}

fn registry(ids: &[&str]) -> String {
    ids.iter().map(|id| format!("- {{id: {id}, type: org, name: Body of {id}, aliases: [Body {}]}}\n", id.len())).collect()
}

/// People of two names each, so many that what is compiled of them is kept.
fn crowd(people: usize) -> String {
    let one =
        |n: usize| format!("{{\"id\": \"p-{n}\", \"type\": \"person\", \"name\": \"Karov{n}\", \"aliases\": [\"Quill {}\"]}}\n", n % 900);
    (0..people).map(one).collect()
}

fn wait(milliseconds: u64) {
    std::thread::park_timeout(Duration::from_millis(milliseconds));
}

const CHANGES: [Change; 9] = [
    ("nothing", |_| {}),
    ("compiled names are damaged", |shelf| shelf.damage("names")),
    ("a name comes", |shelf| shelf.write("registry/crowd.jsonl", &crowd(1101))),
    ("a record comes, another goes", |shelf| shelf.write("registry.yaml", &registry(&["org-1", "org-3", "org-0"]))),
    ("an id is defined once more, in a new file", |shelf| {
        shelf.write("registry/more.yaml", "- {id: org-1, type: org, name: Another}\n");
    }),
    ("the bibliography and a note change", |shelf| {
        shelf.write("refs.bib", "@book{work1, title = {Another Work}, year = 1999}\n");
        shelf.write("notes/pact.md", "---\ntype: agreement\nname: The Short Pact\n---\n# The Short Pact\n\n1. Talks.\n");
    }),
    ("a note moves and texts go", |shelf| {
        fs::rename(shelf.path("notes/pact.md"), shelf.path("texts/pact.md")).expect("moved");
        fs::remove_file(shelf.path("texts/t3.md")).expect("removed");
    }),
    ("settings leave the registry out", |shelf| shelf.write("vidimus.toml", "exclude = [\"registry.yaml\", \"registry\"]\n")),
    ("what was kept is damaged", |shelf| shelf.damage("facts")),
];

#[test]
fn a_start_on_what_was_kept_answers_as_a_fresh_one() {
    let shelf = Shelf::new();
    let made = std::time::Instant::now();
    while made.elapsed() < Duration::from_millis(150) {
        wait(20);
    }
    shelf.keep();
    for (what, change) in CHANGES {
        change(&shelf);
        let fresh = tempfile::tempdir().expect("a folder");
        let expected = shelf.answers(fresh.path());
        assert!(expected.iter().any(|answer| !answer.is_null()), "{what}");
        assert_eq!(shelf.answers(shelf.cache.path()), expected, "{what}");
    }
}

#[test]
fn servers_that_keep_the_same_corpus_at_once_leave_one_whole() {
    let shelf = Shelf::new();
    let made = std::time::Instant::now();
    while made.elapsed() < Duration::from_millis(150) {
        wait(20);
    }
    let servers: Vec<Client> = (0..3).map(|_| shelf.start(shelf.cache.path())).collect();
    for _ in 0..3000 {
        let left = fs::read_dir(shelf.cache.path().join("facts")).map_or(0, |all| all.flatten().count());
        if left == 1 && shelf.kept("facts").is_some() {
            break;
        }
        wait(20);
    }
    drop(servers);
    let fresh = tempfile::tempdir().expect("a folder");
    assert_eq!(shelf.answers(shelf.cache.path()), shelf.answers(fresh.path()));
}
