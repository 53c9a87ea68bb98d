//! Paths of a corpus as texts write them: from the file they stand in, with `/`.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::facts::stem;
use super::{EntityId, FileId, Snapshot};

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
    Some(joined_anywhere(from, path)).filter(|path| !is_outside(path))
}

/// Whether a path, relative to the root, leads out of the corpus: the text of a work that settings allow to be read there.
#[must_use]
pub fn is_outside(path: &str) -> bool {
    path == ".." || path.starts_with("../")
}

/// The path, relative to the root, that `path` means in the file `from`, wherever it leads.
#[must_use]
pub fn joined_anywhere(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { from.split('/').collect() };
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

impl Snapshot {
    /// How a link in the file at `from` names an entity: the path to its note. `None` when it has no note, or one whose
    /// path does not say its id, so that no link in the link spelling can mean it.
    #[must_use]
    pub fn path_to_note(&self, from: &str, entity: EntityId) -> Option<String> {
        let entity = self.entity(entity);
        let mut homes = entity.places();
        let plain = |path: &str| path.bytes().all(|c| c.is_ascii_alphanumeric() || b"-._/".contains(&c) || !c.is_ascii());
        homes.find_map(|home| {
            let file = self.state(home.file)?;
            let path = &file.path;
            let names_it = file.kind.is_text() && path.ends_with(".md") && stem(path) == entity.record.id.value && plain(path);
            names_it.then(|| relative_path(from, path))
        })
    }

    /// The path, relative to the root, that `written` means in a file: relative to its folder, or to the root after a leading `/`;
    /// a fragment or query left out, `%20` undone. `None` for an address with a scheme and for what leads out of the corpus.
    #[must_use]
    pub fn path_from(&self, file: FileId, written: &str) -> Option<String> {
        self.path_anywhere(file, written).filter(|path| !is_outside(path))
    }

    /// The same, wherever it leads.
    pub(super) fn path_anywhere(&self, file: FileId, written: &str) -> Option<String> {
        let written = written.split(['#', '?']).next().unwrap_or_default();
        if written.is_empty() || has_scheme(written) || written.starts_with("//") {
            return None;
        }
        let written = unescaped(written).replace('\\', "/");
        Some(joined_anywhere(&self.path(file), &written)).filter(|path| !path.is_empty())
    }
}

/// Whether an address names its scheme: `https:`, `mailto:`; a drive letter is none.
#[must_use]
pub fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

/// `%20` as a space; a path whose bytes are no text then stays as it is.
fn unescaped(path: &str) -> Cow<'_, str> {
    percent_decode_str(path).decode_utf8().unwrap_or(Cow::Borrowed(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

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

    #[test]
    fn a_path_is_read_from_the_folder_of_its_file() {
        let snapshot = Fixture::parse("-- a/b/text.md\nWords.\n").snapshot();
        let file = snapshot.file_at("a/b/text.md").expect("a file");
        let read = |written| snapshot.path_from(file, written).unwrap_or_default();
        assert_eq!(
            ["../x.md#op-1", "./y%20z.pdf", "/top.bib", "c\\d.md", "../../../out.md", "https://x.example/a", "#here", "%zz%d0"].map(read),
            ["a/x.md", "a/b/y z.pdf", "top.bib", "a/b/c/d.md", "", "", "", "a/b/%zz%d0"]
        );
        assert!(has_scheme("mailto:a@b") && !has_scheme("C:/texts") && !has_scheme("a b:c"));
    }
}
