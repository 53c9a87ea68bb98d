//! Paths of a corpus as texts write them: from the file they stand in, with `/`.

use super::facts::stem;
use super::{EntityId, Snapshot};

/// The path to `to` as the file `from` writes it; both are relative to the root.
#[must_use]
pub fn relative_path(from: &str, to: &str) -> String {
    let here: Vec<&str> = from.split('/').collect();
    let there: Vec<&str> = to.split('/').collect();
    let folders = here.len() - 1;
    let common = here.iter().zip(&there).take(folders.min(there.len() - 1)).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; folders - common];
    parts.extend(&there[common..]);
    parts.join("/")
}

/// The path, relative to the root, that `path` means in the file `from`; `None` when it leads out of the corpus.
#[must_use]
pub fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

impl Snapshot {
    /// How a link in the file at `from` names an entity: the path to its note. `None` when it has no note, or one whose
    /// path does not say its id, so that no link in the link spelling can mean it.
    #[must_use]
    pub fn path_to_note(&self, from: &str, entity: EntityId) -> Option<String> {
        let entity = self.entity(entity);
        let mut homes = std::iter::once(&entity.home).chain(&entity.others);
        let plain = |path: &str| path.bytes().all(|c| c.is_ascii_alphanumeric() || b"-._/".contains(&c) || !c.is_ascii());
        homes.find_map(|home| {
            let file = self.file(home.file)?;
            let path = &file.path;
            let names_it = file.kind.is_text() && path.ends_with(".md") && stem(path) == entity.record.id.value && plain(path);
            names_it.then(|| relative_path(from, path))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{joined, relative_path};

    #[test]
    fn a_path_is_written_from_the_file_it_stands_in() {
        for (from, to, path) in [
            ("a.md", "b.md", "b.md"),
            ("texts/a.md", "notes/b.md", "../notes/b.md"),
            ("texts/a.md", "texts/b.md", "b.md"),
            ("a.md", "texts/deep/b.md", "texts/deep/b.md"),
            ("texts/deep/a.md", "texts/b.md", "../b.md"),
            ("x/a.md", "x", "../x"),
        ] {
            assert_eq!(relative_path(from, to), path, "{from} {to}");
            assert_eq!(joined(from, path).as_deref(), Some(to), "{from} {path}");
        }
        assert_eq!(joined("a.md", "../b.md"), None);
        assert_eq!(joined("texts/a.md", "./x/../b.md").as_deref(), Some("texts/b.md"));
        assert_eq!(joined("texts/a.md", "/b.md").as_deref(), Some("b.md"));
    }
}
