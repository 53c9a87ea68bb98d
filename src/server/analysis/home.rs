//! A corpus on the disk: how it is read, and what is read of it again.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

use super::early::Remembered;
use super::renewal::Renewal;
use crate::corpus::{Corpus, FileInput, FileKind, Occasion, Snapshot};
use crate::registry::Shelf;
use crate::rules;
use crate::server::findings::Counts;
use crate::workspace::{CONFIG_NAME, DiskTexts, Effort, Found, Keepable, KeptFacts, KeptNames, Listing, Trouble, Workspace, today};

/// A corpus on the disk.
pub(super) struct Home {
    /// Its folder and settings.
    pub workspace: Workspace,
    /// What is in it.
    pub corpus: Corpus,
    /// What it has yet to take in.
    pub renewal: Renewal,
    /// What was counted in its files.
    pub counts: Arc<Counts>,
    /// Paths at which something changed and that have not been read again.
    pub pending: BTreeSet<PathBuf>,
    /// While files are read again: those that an editor opened or closed meanwhile, so that what is read of them is out of date.
    pub touched: Option<HashSet<SmolStr>>,
    /// Tells this reading of the corpus from an earlier or later one.
    pub round: u64,
}

/// A corpus just read.
pub(super) struct Loaded {
    /// The corpus.
    pub home: Home,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
    /// The folders that hold it.
    pub folders: Vec<PathBuf>,
    /// Whether there is more than anybody wants to be read.
    pub exceeded: bool,
    /// What the next start need not read again.
    pub keepable: Keepable,
}

/// Files read again.
pub(super) struct Reread {
    /// What they are now; `None`: gone.
    pub files: Vec<(SmolStr, Option<FileInput>)>,
    /// The folders that hold the corpus, when they had to be looked for.
    pub folders: Vec<PathBuf>,
}

impl Home {
    /// Reads a corpus; `None` when nobody wants it any more. What is `remembered` and lies there as it did is not read again.
    pub(super) fn load(round: u64, effort: &Effort, remembered: &Remembered) -> Option<Loaded> {
        let root = &remembered.root;
        let (workspace, trouble) = Workspace::open(root, &rules::rule_names());
        // First, and not beside the walk, which takes all cores: a definition may be waited for.
        let kept = remembered.facts();
        let listing = workspace.walk_with(&[root], effort);
        let mut loaded = Self::load_listed(workspace, listing, round, effort, (&kept, remembered.names.as_ref()))?;
        loaded.troubles.splice(0..0, trouble);
        Some(loaded)
    }

    fn load_listed(
        workspace: Workspace,
        listing: Listing,
        round: u64,
        effort: &Effort,
        (kept, names): (&KeptFacts, Option<&KeptNames>),
    ) -> Option<Loaded> {
        let mut load = workspace.load_kept(&listing, effort, kept);
        if effort.is_cancelled() {
            return None;
        }
        if effort.is_exceeded() {
            // What is not read may define what seems to be defined nowhere.
            let settings = load.change.files.iter_mut().filter(|(path, _)| path == CONFIG_NAME).filter_map(|(_, input)| input.as_mut());
            settings.for_each(|input| Arc::make_mut(&mut input.facts).incomplete = true);
        }
        let mut corpus = Corpus::new(Arc::new(DiskTexts::new(&workspace.root)));
        corpus.set_occasion(now());
        corpus.begin(load.change, names.map(|names| names as &dyn Shelf));
        // Deleted or renamed since it was listed, as happens while somebody works: no trouble, only one file less.
        let troubles = load.troubles.into_iter().filter(|trouble| !trouble.gone).collect();
        let (renewal, counts) = (Renewal::default(), Arc::default());
        let home = Self { workspace, corpus, renewal, counts, pending: BTreeSet::new(), touched: None, round };
        let exceeded = effort.is_exceeded();
        Some(Loaded { home, troubles, folders: listing.folders, exceeded, keepable: load.keepable })
    }

    /// What a file is in this corpus; `None` when it is not of it.
    pub(super) fn place_of(&self, path: &Path) -> Option<(SmolStr, FileKind)> {
        let relative = self.workspace.place(path)?;
        if relative == CONFIG_NAME {
            return Some((relative.into(), FileKind::Config));
        }
        if self.workspace.classifier.excludes(&relative) {
            return None;
        }
        let snapshot = self.corpus.snapshot();
        // A bibliography that only a text's front matter names is known by then.
        let known = snapshot.file_at(&relative).and_then(|id| snapshot.file(id)).map(|file| file.kind);
        Some((relative.as_str().into(), known.or_else(|| self.workspace.classifier.kind(&relative))?))
    }

    /// Notes that what is being read of a file is out of date.
    pub(super) fn touch(&mut self, path: &SmolStr) {
        if let Some(touched) = &mut self.touched {
            touched.insert(path.clone());
        }
    }
}

/// An author asks, today.
pub(super) fn now() -> Occasion {
    Occasion { today: today(), editor: true, ..Occasion::default() }
}

/// Reads the files at `paths`, those below them and those new there, as they are now. What is not of the corpus is passed over.
pub(super) fn reread(workspace: &Workspace, snapshot: &Snapshot, paths: &BTreeSet<PathBuf>) -> Reread {
    let mut wanted: BTreeMap<SmolStr, FileKind> = BTreeMap::new();
    let mut unknown: BTreeSet<String> = BTreeSet::new();
    for path in paths {
        let Some(relative) = workspace.relative(path).filter(|r| !r.is_empty()) else { continue };
        match snapshot.file_at(&relative).and_then(|id| snapshot.file(id)) {
            Some(file) => drop(wanted.insert(file.path.clone(), file.kind)),
            None => drop(unknown.insert(relative)),
        }
    }
    let mut folders = Vec::new();
    if !unknown.is_empty() {
        // A folder that is gone took its files with it.
        for (_, file) in snapshot.files().filter(|(_, file)| is_below(&unknown, &file.path)) {
            wanted.insert(file.path.clone(), file.kind);
        }
    }
    if unknown.iter().any(|path| may_be_ours(workspace, path)) {
        // Ignore files and settings decide what is ours.
        let listing = workspace.walk(&[&workspace.root]);
        let new = listing.files.into_iter().filter(|f| is_below(&unknown, &f.path));
        wanted.extend(new.map(|f| (SmolStr::from(f.path), f.kind)));
        folders = listing.folders;
    }
    wanted.retain(|_, kind| *kind != FileKind::Config);
    Reread { files: read(workspace, &wanted), folders }
}

/// Reads files in parallel, and the bibliographies that they name.
fn read(workspace: &Workspace, wanted: &BTreeMap<SmolStr, FileKind>) -> Vec<(SmolStr, Option<FileInput>)> {
    let files = wanted.iter().map(|(path, kind)| Found { path: path.to_string(), kind: *kind, size: 0, stamp: None }).collect();
    let load = workspace.load(&Listing { files, ..Listing::default() }, None);
    let mut files: BTreeMap<SmolStr, Option<FileInput>> = wanted.keys().map(|path| (path.clone(), None)).collect();
    files.extend(load.change.files.into_iter().filter(|(path, _)| path != CONFIG_NAME));
    files.into_iter().collect()
}

/// Whether a path or a folder round it is among `paths`.
fn is_below(paths: &BTreeSet<String>, path: &str) -> bool {
    paths.contains(path) || path.match_indices('/').any(|(at, _)| paths.contains(&path[..at]))
}

/// Whether a path that is not known may be a file of the corpus, or a folder that holds some. What is hidden is not ours.
fn may_be_ours(workspace: &Workspace, path: &str) -> bool {
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    let name = path.rsplit('/').next().unwrap_or(path);
    !hidden && (workspace.classifier.kind(path).is_some() || !name.contains('.') || workspace.absolute(path).is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_deleted_between_listing_and_reading_is_no_trouble() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for name in ["a.md", "b.md", CONFIG_NAME] {
            std::fs::write(root.join(name), "").expect("written");
        }
        std::fs::write(root.join("c.md"), [0; 9]).expect("written");
        let (workspace, _) = Workspace::open(root, &rules::rule_names());
        let listing = workspace.walk(&[root]);
        std::fs::remove_file(root.join("a.md")).expect("removed");
        let loaded = Home::load_listed(workspace, listing, 1, &Effort::default(), (&KeptFacts::default(), None)).expect("a corpus");
        let troubles: Vec<_> =
            loaded.troubles.iter().map(|t| (t.path.file_name().expect("a name").to_owned(), t.message.as_str())).collect();
        assert_eq!(troubles, [("c.md".into(), "is binary, not text")]);
        assert!(loaded.home.corpus.snapshot().file_at("a.md").is_none());
    }
}
