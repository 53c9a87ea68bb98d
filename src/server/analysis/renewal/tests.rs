//! Texts shown, edited and closed while a copy of their corpus is being made.

use std::path::PathBuf;
use std::str::FromStr;

use tower_lsp::ls_types::Uri;

use super::*;
use crate::corpus::{FileId, RegistryFormat, Snapshot};
use crate::server::analysis::early::Remembered;
use crate::server::background;
use crate::server::session::Session;
use crate::server::uri::uri_of;
use crate::text::Encoding;
use crate::workspace::Effort;

/// A corpus with a registry that takes long.
struct Shelf {
    folder: tempfile::TempDir,
    home: Home,
    renewer: Renewer,
    queue: Arc<Queue>,
}

/// A registry of many records; the first is called by `name`.
fn registry(name: &str) -> String {
    let first = format!("{{\"id\": \"first\", \"type\": \"person\", \"name\": \"{name}\"}}\n");
    let rest = (0..400).map(|n| format!("{{\"id\": \"envoy-{n}\", \"type\": \"person\", \"name\": \"Envoy Number{n} of the Mission\"}}\n"));
    std::iter::once(first).chain(rest).collect()
}

const LIST: &str = "registry.jsonl";

impl Shelf {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in [("vidimus.toml", ""), (LIST, &registry("Vera Ivanova")), ("a.md", "Vera Ivanova spoke.\n")] {
            std::fs::write(folder.path().join(path), text).expect("written");
        }
        let home = Home::load(1, &Effort::default(), &Remembered::of(folder.path(), false)).expect("read").home;
        let queue = Arc::<Queue>::default();
        let renewer = Renewer::start(background::start().expect("a thread"), queue.clone()).expect("a thread");
        Self { folder, home, renewer, queue }
    }

    fn seat(&self, path: &str) -> Seat {
        let kind = if path == LIST { FileKind::Registry(RegistryFormat::Jsonl) } else { FileKind::Text(crate::syntax::Format::Markdown) };
        Seat { root: Some(self.folder.path().to_owned()), path: path.into(), kind, awaits: None }
    }

    /// Tells a text; answers whether it was taken in at once.
    fn show(&mut self, path: &str, text: &str) -> bool {
        let uri = uri_of(&self.folder.path().join(path)).unwrap_or_else(|| Uri::from_str("a:").expect("an address"));
        let text = Session::new(Encoding::Utf8).open(uri, 1, text).clone();
        let seat = self.seat(path);
        let taken = self.home.show(&mut self.renewer, &seat, &text, Shown { kept: Arc::default(), version: 1 });
        self.renewer.begin(self.folder.path(), &mut self.home);
        taken.is_some()
    }

    fn close(&mut self, path: &str, size: usize) -> bool {
        let seat = self.seat(path);
        let taken = self.home.unshow(&mut self.renewer, &seat, size);
        self.renewer.begin(self.folder.path(), &mut self.home);
        taken.is_some()
    }

    /// Waits for the copy that is being made; answers what it touched.
    fn swap(&mut self) -> Affected {
        let Some(Job::Renewed { number, renewed: Some(renewed), .. }) = self.queue.next() else { panic!("no copy") };
        let swapped = self.home.swap(number, *renewed).expect("the one awaited");
        self.renewer.begin(&PathBuf::from(self.folder.path()), &mut self.home);
        swapped.affected
    }

    fn now(&self) -> Snapshot {
        self.home.corpus.snapshot()
    }

    /// What the first record is called, and whether `a.md` names it.
    fn first(&self) -> (String, bool) {
        let now = self.now();
        let first = now.names().by_id("first").expect("a record");
        let notes = now.file_at("a.md").and_then(|id| now.annotations(id)).expect("a text");
        let name = now.entity(first).record.name().map(|n| n.value.to_string());
        (name.unwrap_or_default(), !notes.mentions.is_empty())
    }
}

fn number(shelf: &Shelf, path: &str) -> Option<FileId> {
    shelf.now().file_at(path)
}

#[test]
fn texts_are_taken_in_while_a_registry_is() {
    let mut shelf = Shelf::new();
    assert!(!shelf.show(LIST, &registry("Anna Petrova")));
    assert_eq!(shelf.first(), ("Vera Ivanova".into(), true));
    assert!(shelf.show("a.md", "Then Anna Petrova spoke.\n"));
    assert!(shelf.show("new.md", "Others did.\n"));
    assert_eq!(shelf.first(), ("Vera Ivanova".into(), false));
    let numbers = ["a.md", "new.md"].map(|path| number(&shelf, path));
    let before = shelf.now();
    let affected = shelf.swap();
    assert_eq!(shelf.first(), ("Anna Petrova".into(), true));
    assert_eq!(["a.md", "new.md"].map(|path| number(&shelf, path)), numbers);
    assert!(affected.outside && affected.texts.contains(&numbers[0].expect("a number")));
    assert!(shelf.now().generation() > before.generation() && shelf.now().names().version() != before.names().version());
    assert_eq!(shelf.home.renewal.last(), None);
}

#[test]
fn of_many_states_of_a_registry_the_last_counts() {
    let mut shelf = Shelf::new();
    for name in ["Anna Petrova", "Bella Petrova", "Clara Petrova"] {
        assert!(!shelf.show(LIST, &registry(name)));
    }
    let running = shelf.home.renewal.number_of("a.md");
    assert_eq!(running, None);
    shelf.swap();
    assert_eq!(shelf.first().0, "Anna Petrova");
    assert!(shelf.home.renewal.holds(LIST));
    shelf.swap();
    assert_eq!(shelf.first().0, "Clara Petrova");
    assert!(!shelf.home.renewal.holds(LIST));
}

#[test]
fn a_registry_closed_meanwhile_is_as_it_lies_on_the_disk() {
    let mut shelf = Shelf::new();
    let text = registry("Anna Petrova");
    assert!(!shelf.show(LIST, &text));
    assert!(!shelf.close(LIST, text.len()));
    shelf.swap();
    shelf.swap();
    assert_eq!(shelf.first(), ("Vera Ivanova".into(), true));
    let list = shelf.now().file_at(LIST).expect("a file");
    assert!(shelf.now().file(list).is_some_and(|file| file.held.is_none()));
}

#[test]
fn a_registry_grown_short_meanwhile_waits_for_its_turn() {
    let mut shelf = Shelf::new();
    assert!(!shelf.show(LIST, &registry("Anna Petrova")));
    assert!(!shelf.show(LIST, "{\"id\": \"first\", \"type\": \"person\", \"name\": \"Dora Petrova\"}\n"));
    shelf.swap();
    shelf.swap();
    assert_eq!(shelf.first().0, "Dora Petrova");
    assert_eq!(shelf.now().names().by_id("envoy-7"), None);
    assert!(shelf.show(LIST, "{\"id\": \"first\", \"type\": \"person\", \"name\": \"Elsa Petrova\"}\n"));
    assert_eq!(shelf.first().0, "Elsa Petrova");
}

/// Keeps the thread that lets go of it until its sender is gone.
struct Busy(std::sync::mpsc::Receiver<()>);

impl Drop for Busy {
    fn drop(&mut self) {
        let _ = self.0.recv();
    }
}

#[test]
fn what_somebody_waits_for_is_made_ahead_of_the_background() {
    let mut shelf = Shelf::new();
    let (free, busy) = std::sync::mpsc::channel();
    shelf.renewer.discard(Busy(busy));
    assert!(!shelf.show(LIST, &registry("Anna Petrova")));
    let number = shelf.home.renewal.last().expect("a renewal");
    shelf.renewer.hurry(&mut shelf.home, &[number]);
    shelf.swap();
    assert_eq!(shelf.first().0, "Anna Petrova");
    // What the background finds then is made already; of the next it makes the copy.
    drop(free);
    assert!(!shelf.show(LIST, &registry("Clara Petrova")));
    shelf.swap();
    assert_eq!((shelf.first().0.as_str(), shelf.home.renewal.last()), ("Clara Petrova", None));
}
