//! Characters of closed files, read when they are asked for.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use parking_lot::Mutex;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{Trouble, load};
use crate::corpus::Texts;

thread_local! {
    /// The file this thread read last: checking a text asks for it several times in a row.
    static LAST: RefCell<Option<(Version, Arc<str>)>> = const { RefCell::new(None) };
}

/// One state of one file.
#[derive(PartialEq, Eq)]
struct Version {
    path: PathBuf,
    len: u64,
    modified: Option<SystemTime>,
}

/// Reads a corpus's files. What stands in place of the disk (a text on standard input) is held.
#[derive(Debug, Default)]
pub struct DiskTexts {
    root: PathBuf,
    instead: FxHashMap<SmolStr, Arc<str>>,
    troubles: Mutex<Vec<Trouble>>,
}

impl DiskTexts {
    /// For the corpus in the folder `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), ..Self::default() }
    }

    /// The same with `text` in place of what lies on the disk at `path`, relative to the root.
    #[must_use]
    pub fn instead(mut self, path: &str, text: Arc<str>) -> Self {
        self.instead.insert(path.into(), text);
        self
    }

    /// What could not be read since this was asked last: files that vanished after they were listed. Sorted, each once.
    #[must_use]
    pub fn take_troubles(&self) -> Vec<Trouble> {
        let mut troubles = std::mem::take(&mut *self.troubles.lock());
        troubles.sort();
        troubles.dedup();
        troubles
    }

    fn read(&self, path: &str) -> Result<Arc<str>, Trouble> {
        let path = self.root.join(path);
        let meta = std::fs::metadata(&path).map_err(|error| Trouble::of_io(&path, &error))?;
        let version = Version { path, len: meta.len(), modified: meta.modified().ok() };
        let last = LAST.with_borrow(|last| last.as_ref().filter(|(v, _)| *v == version).map(|(_, text)| text.clone()));
        if let Some(text) = last {
            return Ok(text);
        }
        let text = load::read_records(&version.path)?.text;
        LAST.set(Some((version, text.clone())));
        Ok(text)
    }
}

impl Texts for DiskTexts {
    fn text(&self, path: &str) -> Option<Arc<str>> {
        if let Some(text) = self.instead.get(path) {
            return Some(text.clone());
        }
        self.read(path).map_err(|trouble| self.troubles.lock().push(trouble)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_as_it_is_now_and_a_vanished_one_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        std::fs::write(&file, "one").expect("written");
        let texts = DiskTexts::new(folder.path()).instead("b.md", "held".into());
        assert_eq!((texts.text("a.md").as_deref(), texts.text("b.md").as_deref()), (Some("one"), Some("held")));
        std::fs::write(&file, "three").expect("written");
        assert_eq!(texts.text("a.md").as_deref(), Some("three"));
        std::fs::remove_file(&file).expect("removed");
        assert_eq!(texts.text("a.md"), None);
        assert_eq!(texts.take_troubles().iter().map(|t| t.message.as_str()).collect::<Vec<_>>(), ["is not there (any more)"]);
        assert!(texts.take_troubles().is_empty());
    }
}
