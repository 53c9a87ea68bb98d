//! All files of a corpus, read in parallel into the one change that begins it.

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use dashmap::mapref::entry::Entry;
use dashmap::{DashMap, DashSet};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::classify::bibliography_kind;
use super::kept_facts::ToKeep;
use super::{CONFIG_NAME, Effort, Found, Keepable, KeptFacts, Listing, Stamp, Trouble, Workspace, load};
use crate::corpus::{Change, Facts, FileInput, FileKind, RegistryFormat, is_outside, joined_anywhere};
use crate::registry::jsonl;
use crate::text::Fault;

/// So many files at most are one thread's at a time.
const SHARE: usize = 8;

/// What loading came to.
#[derive(Debug, Default)]
pub struct Load {
    /// All that could be read, sorted by path, with the settings.
    pub change: Change,
    /// What could not, sorted.
    pub troubles: Vec<Trouble>,
    /// Bytes read.
    pub bytes: u64,
    /// What the next start need not read again.
    pub keepable: Keepable,
}

/// What the workers share: they write while others read, for a bibliography may be named by several texts.
struct Shelf<'a> {
    workspace: &'a Workspace,
    kept: Option<&'a KeptFacts>,
    /// Of files of records: a text may name one before its turn comes.
    stamps: FxHashMap<&'a str, Stamp>,
    /// Files that were read although they have a stamp.
    anew: DashSet<SmolStr>,
    read: DashMap<SmolStr, Result<FileInput, Trouble>>,
    /// Whether there is a file where some text's front matter names one: thousands may name the same.
    there: DashMap<String, bool>,
}

impl Workspace {
    /// Reads the files of a listing, and the bibliographies that their texts name. `instead` is a text that stands in place
    /// of what lies on the disk at its path (relative to the root).
    #[must_use]
    pub fn load(&self, listing: &Listing, instead: Option<(&str, FileKind, &Arc<str>)>) -> Load {
        self.load_with(listing, instead, &Effort::default())
    }

    /// The same, seen from outside: what is not begun when nobody wants it any more is left out.
    #[must_use]
    pub fn load_with(&self, listing: &Listing, instead: Option<(&str, FileKind, &Arc<str>)>, effort: &Effort) -> Load {
        self.load_from(listing, instead, effort, None)
    }

    /// The same; what is kept of a file as it lies there now is not read again, and what was read is told for keeping.
    #[must_use]
    pub fn load_kept(&self, listing: &Listing, effort: &Effort, kept: &KeptFacts) -> Load {
        self.load_from(listing, None, effort, Some(kept))
    }

    fn load_from(
        &self,
        listing: &Listing,
        instead: Option<(&str, FileKind, &Arc<str>)>,
        effort: &Effort,
        kept: Option<&KeptFacts>,
    ) -> Load {
        effort.found(listing.files.len());
        let records = listing.files.iter().filter(|found| !found.kind.is_text());
        let stamps = records.filter_map(|found| Some((found.path.as_str(), found.stamp?))).collect();
        let shelf = Shelf { workspace: self, kept, stamps, anew: DashSet::new(), read: DashMap::new(), there: DashMap::new() };
        if let Some((path, kind, text)) = instead {
            shelf.read.insert(path.into(), Ok(FileInput::open(path, kind, text.clone())));
        }
        // The longest work first: a registry at the end would keep one thread busy and the others idle.
        let mut files: Vec<&Found> = listing.files.iter().collect();
        files.sort_by_key(|found| (found.kind.is_text(), std::cmp::Reverse(found.size)));
        files.par_iter().with_max_len(SHARE).for_each(|found| {
            if !effort.is_cancelled() {
                shelf.take(found);
                effort.read_one();
            }
        });
        shelf.texts_elsewhere();
        let mut load = Load { troubles: listing.troubles.clone(), ..Load::default() };
        load.bytes = listing.files.iter().map(|f| f.size).sum();
        if kept.is_some() {
            load.keepable = shelf.keepable(listing);
        }
        for (path, read) in shelf.read {
            match read {
                Ok(input) => load.change.files.push((path, Some(input))),
                Err(trouble) => load.troubles.push(trouble),
            }
        }
        load.change.files.extend(self.config_file());
        load.change.files.sort_by(|a, b| a.0.cmp(&b.0));
        load.change.config = Some(self.config.clone());
        load.troubles.sort();
        load.troubles.dedup();
        load
    }

    /// `vidimus.toml` as a file of the corpus, so that its faults have a place.
    #[must_use]
    pub fn config_file(&self) -> Option<(SmolStr, Option<FileInput>)> {
        let text = self.config_text.as_deref()?;
        let facts = Arc::new(Facts::of_config(self.config_faults.clone()));
        Some((CONFIG_NAME.into(), Some(FileInput { kind: FileKind::Config, facts, held: Some(text.into()) })))
    }

    /// Reads one file of the corpus as it lies on the disk.
    pub fn read_file(&self, path: &str, kind: FileKind) -> Result<FileInput, Trouble> {
        let file = self.absolute(path);
        if kind == FileKind::Registry(RegistryFormat::Jsonl) {
            let mut lines = jsonl::Lines::default();
            if load::by_lines(&file, &mut |text| lines.take(text))? {
                return Ok(FileInput { kind, facts: Arc::new(Facts::of_records(lines.end())), held: None });
            }
        }
        let loaded = if kind.is_text() { load::read_text(&file) } else { load::read_records(&file) }?;
        Ok(FileInput::closed(path, kind, &loaded.text))
    }
}

impl Shelf<'_> {
    /// What can be kept of the files of a listing; of those with faults, which also those have whose bibliographies are not where they
    /// say, what they define.
    fn keepable(&self, listing: &Listing) -> Keepable {
        let mut keepable = Keepable::default();
        let mut defining = self.read.iter().filter(|entry| self.defines(entry.key(), entry.value())).count();
        for Found { path, kind, size, stamp } in &listing.files {
            let Some(read) = self.read.get(path.as_str()) else { continue };
            if let (Some(stamp), Ok(input)) = (stamp, read.value())
                && input.kind == *kind
            {
                let whole = input.facts.faults.is_empty();
                keepable.files.push(ToKeep { path: path.into(), kind: *kind, stamp: *stamp, facts: input.facts.clone(), whole });
                defining -= usize::from(self.defines(path, read.value()));
                let known = !whole && self.kept.is_some_and(|kept| kept.knows(path, *kind, *stamp));
                keepable.news += if self.anew.contains(path.as_str()) && !known { *size } else { 0 };
            }
        }
        // What is told before a corpus is read must stand on all that defines.
        if defining == 0 && listing.folder_stamps.len() == listing.folders.len() {
            keepable.folders.clone_from(&listing.folder_stamps);
        }
        keepable
    }

    /// Whether a file defines records, or may though it could not be read.
    fn defines(&self, path: &str, read: &Result<FileInput, Trouble>) -> bool {
        match read {
            Ok(input) => !input.kind.is_text() || !input.facts.records.is_empty(),
            Err(_) => !self.workspace.classifier.kind(path).is_some_and(FileKind::is_text),
        }
    }

    /// Asks the disk, and remembers what it says.
    fn is_there(&self, target: &str) -> bool {
        let is = self.workspace.absolute(target).is_file();
        self.there.insert(target.to_owned(), is);
        is
    }

    fn take(&self, found: &Found) {
        self.read_once(&found.path, found.kind, found.stamp);
    }

    fn read_once(&self, path: &str, kind: FileKind, stamp: Option<Stamp>) {
        // The entry's lock is let go before the file is read: another worker's entry may lie in the same part of the map.
        match self.read.entry(path.into()) {
            Entry::Occupied(_) => return,
            Entry::Vacant(free) => drop(free.insert(Ok(FileInput { kind, facts: Arc::default(), held: None }))),
        }
        let stamped = self.kept.zip(stamp);
        let kept = stamped.and_then(|(kept, stamp)| kept.of(path, kind, stamp));
        let mut read = match kept {
            Some(facts) => Ok(FileInput { kind, facts: Arc::new(facts), held: None }),
            None => {
                if stamped.is_some() {
                    self.anew.insert(path.into());
                }
                self.workspace.read_file(path, kind)
            }
        };
        if let Ok(input) = &mut read {
            self.named_bibliographies(path, input);
        }
        self.read.insert(path.into(), read);
    }

    /// Front matter's `bibliography:` may name files that are not found by default.
    fn named_bibliographies(&self, path: &str, input: &mut FileInput) {
        let is_there =
            |target: &str| self.read.contains_key(target) || self.there.get(target).map_or_else(|| self.is_there(target), |known| *known);
        for (target, format) in bibliographies_beside(path, input, &is_there) {
            let stamp = self.stamps.get(target.as_str()).copied();
            self.read_once(&target, FileKind::Registry(format), stamp);
        }
    }
}

impl Shelf<'_> {
    /// The texts of works that lie outside, in folders that `allow-files-from` names: nothing else outside is ever read.
    fn texts_elsewhere(&self) {
        let root = &self.workspace.root;
        // Links are followed before anything is compared, so that none leads further than the folder.
        let folders = self.workspace.config.allow_files_from.iter().filter_map(|folder| root.join(folder).canonicalize().ok());
        let folders: Vec<PathBuf> = folders.collect();
        if folders.is_empty() {
            return;
        }
        let allowed = |path: &str| root.join(path).canonicalize().is_ok_and(|lies| folders.iter().any(|folder| lies.starts_with(folder)));
        let mut wanted: Vec<String> = Vec::new();
        for entry in &self.read {
            let Ok(input) = entry.value() else { continue };
            for record in &input.facts.records {
                let Some(file) = record.source.as_deref().and_then(|source| source.file.as_ref()) else { continue };
                let path = joined_anywhere(entry.key(), &file.value.replace('\\', "/"));
                if is_outside(&path) && allowed(&path) {
                    wanted.push(path);
                }
            }
        }
        for path in wanted {
            if let Some(kind) = self.workspace.classifier.kind(path.trim_start_matches("../")).filter(|kind| kind.is_text()) {
                self.read_once(&path, kind, None);
            }
        }
    }
}

/// The bibliographies that the front matter of a text names, by their paths relative to the root. One that cannot be read is a
/// fault of the text, and its sources may then be defined there.
pub fn bibliographies_beside(path: &str, input: &mut FileInput, is_file: &dyn Fn(&str) -> bool) -> Vec<(String, RegistryFormat)> {
    let (mut faults, mut found) = (Vec::new(), Vec::new());
    for (name, span) in &input.facts.head.bibliography {
        let kind = name.rsplit_once('.').and_then(|(_, ending)| bibliography_kind(ending));
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        // Pandoc looks where it is run, which is the root as often as the text's folder.
        let beside = inside(folder, name);
        let is_there = |target: &Option<String>| target.as_deref().is_some_and(is_file);
        let target = if is_there(&beside) { beside } else { inside("", name).filter(|t| is_file(t)).or(beside) };
        match (kind, target) {
            (Some(format), Some(target)) if is_file(&target) => found.push((target, format)),
            (None, _) => faults.push(unusable(*span, format!("`{name}` is no bibliography by its name"), "use .bib, .json or .yaml")),
            (_, None) => faults.push(unusable(*span, format!("`{name}` leads out of the corpus"), "copy it into the corpus")),
            (_, Some(target)) => {
                let help = "paths are relative to this text, or to the folder of vidimus.toml";
                faults.push(unusable(*span, format!("there is no file `{target}`"), help));
            }
        }
    }
    if !faults.is_empty() {
        let facts = Arc::make_mut(&mut input.facts);
        facts.incomplete = true;
        facts.faults.extend(faults);
    }
    found
}

fn unusable(span: crate::text::Span, message: String, help: &str) -> Fault {
    Fault::new("bibliography-unreadable", span, message).help(help)
}

/// `name`, written in a text of `folder`, relative to the root; `None` when it leads out of the corpus.
fn inside(folder: &str, name: &str) -> Option<String> {
    let mut parts = PathBuf::new();
    for part in Path::new(folder).join(name).components() {
        match part {
            Component::Normal(part) => parts.push(part),
            Component::CurDir => {}
            Component::ParentDir => {
                if !parts.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_path_is_resolved_inside_the_corpus_only() {
        assert_eq!(inside("texts/a", "../refs/x.bib").as_deref(), Some("texts/refs/x.bib"));
        assert_eq!(inside("", "./x.bib").as_deref(), Some("x.bib"));
        assert_eq!(inside("texts", "../../x.bib"), None);
        assert_eq!(inside("texts", "/etc/x.bib"), None);
    }

    #[test]
    fn what_can_be_read_is_and_the_rest_is_told() {
        let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
        let write = |path: &str, bytes: &[u8]| fs::write(folder.path().join(path), bytes).expect("written");
        write("vidimus.toml", b"exlude = 1\n");
        write("a.md", b"---\nbibliography: zotero.json\n---\ntext\n");
        write("b.md", b"a\0b");
        write("zotero.json", b"[]");
        let (workspace, trouble) = Workspace::open(folder.path(), &[]);
        assert_eq!(trouble, None);
        let load = workspace.load(&workspace.walk(&[folder.path()]), None);
        let paths: Vec<&str> = load.change.files.iter().map(|(path, _)| path.as_str()).collect();
        assert!(paths.starts_with(&["a.md"]) && paths.contains(&"vidimus.toml"), "{paths:?}");
        assert_eq!(load.troubles.iter().map(|t| t.message.as_str()).collect::<Vec<_>>(), ["is binary, not text"]);
        assert_eq!(load.change.files.iter().filter_map(|(_, f)| f.as_ref()).map(|f| f.facts.faults.len()).sum::<usize>(), 1);
    }
}
