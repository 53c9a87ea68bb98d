//! From the paths of a command line to the corpora they lie in.
//!
//! A path belongs to the corpus whose `vidimus.toml` is nearest above it. Paths without one are together a corpus with
//! defaults, of these paths alone.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::terminal::Terminal;
use crate::config::Level;
use crate::corpus::{Corpus, FileId, FileKind, FileState, Occasion, Snapshot};
use crate::registry::Shelf;
use crate::rules::rule_names;
use crate::workspace::revisions::Changed;
use crate::workspace::{DiskTexts, KeptNames, Listing, Trouble, Workspace, find_root, unknown_kind};

/// One corpus and which of its files were asked for.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) workspace: Workspace,
    /// Absolute paths in the root.
    asked: Vec<PathBuf>,
    /// Whether only what was asked for is the corpus.
    bare: bool,
    /// Its settings could not be read.
    trouble: Option<Trouble>,
}

/// A text that stands in place of a file.
pub(super) struct Instead {
    /// The file, absolute.
    pub(super) path: PathBuf,
    /// Its characters.
    pub(super) text: Arc<str>,
}

/// A corpus that has been read.
pub(super) struct Opened {
    pub(super) snapshot: Snapshot,
    /// Kept to learn of files that vanish.
    pub(super) texts: Arc<DiskTexts>,
    /// The files that were asked for, sorted by path.
    pub(super) files: Vec<FileId>,
    pub(super) troubles: Vec<Trouble>,
    /// Bytes read.
    pub(super) bytes: u64,
    /// Its folder.
    pub(super) root: PathBuf,
    /// How a reader names a file: this before its path.
    prefix: String,
    /// The folder the reader is in, as its files are named, with a slash behind each part; empty at the root and outside.
    here: String,
    /// Whether something is wrong with the settings.
    wrong_settings: bool,
}

/// The corpora of `paths`, each once; what is not there is a trouble.
pub(super) fn jobs(terminal: &Terminal, paths: &[PathBuf]) -> (Vec<Job>, Vec<Trouble>) {
    let mut by_root: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let mut bare = Vec::new();
    let mut troubles = Vec::new();
    for path in paths {
        let path = absolute(terminal.here(), path);
        match std::fs::symlink_metadata(&path) {
            Err(error) => troubles.push(Trouble::of_io(&path, &error)),
            Ok(_) => match find_root(&path) {
                Some(root) => by_root.entry(root).or_default().push(path),
                None => bare.push(path),
            },
        }
    }
    let mut jobs: Vec<Job> = by_root.into_iter().map(|(root, asked)| Job::new(&root, asked, false)).collect();
    if !bare.is_empty() {
        jobs.push(Job::new(&shared_folder(terminal.here(), &bare), bare, true));
    }
    (jobs, troubles)
}

/// The corpus of a text that stands in place of the file at `path`, which need not be there.
pub(super) fn job_of(path: &Path) -> Job {
    match find_root(path) {
        Some(root) => Job::new(&root, vec![path.to_owned()], false),
        None => Job::new(path.parent().unwrap_or(path), vec![path.to_owned()], true),
    }
}

/// `path` as seen from `here`, with `.` and `..` resolved by their names.
pub(super) fn absolute(here: &Path, path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// The nearest folder that holds all of `paths`: `here` when it does.
fn shared_folder(here: &Path, paths: &[PathBuf]) -> PathBuf {
    let folder_of = |path: &Path| if path.is_dir() { path.to_owned() } else { path.parent().unwrap_or(path).to_owned() };
    if paths.len() == 1 && !paths[0].starts_with(here) || paths.len() == 1 && paths[0].is_dir() {
        return folder_of(&paths[0]);
    }
    let mut folder = here.to_owned();
    while !paths.iter().all(|path| path.starts_with(&folder)) {
        if !folder.pop() {
            break;
        }
    }
    folder
}

impl Job {
    fn new(root: &Path, asked: Vec<PathBuf>, bare: bool) -> Self {
        let (workspace, trouble) = Workspace::open(root, &rule_names());
        Self { workspace, asked, bare, trouble }
    }

    /// All files of the corpus. In one with settings that is more than what was asked for: names are defined elsewhere.
    pub(super) fn list(&self) -> Listing {
        if self.bare {
            return self.workspace.walk(&self.asked);
        }
        let mut starts = vec![self.workspace.root.clone()];
        starts.extend(self.asked.iter().filter(|path| !path.is_dir()).cloned());
        self.workspace.walk(&starts)
    }

    /// The same when a text stands in place of the one file that was asked for, which need not be there.
    pub(super) fn list_for(&self, instead: Option<&Instead>) -> Listing {
        let Some(instead) = instead else { return self.list() };
        let mut listing = if self.bare { Listing::default() } else { self.workspace.walk(&[&self.workspace.root]) };
        if self.workspace.relative(&instead.path).is_none_or(|path| self.workspace.classifier.kind(&path).is_none()) {
            listing.troubles.push(unknown_kind(&instead.path));
        }
        listing
    }

    /// Reads the files of a listing, to be asked on an occasion. A rule asked for by name speaks though `[rules]` turns it off; what turns
    /// it off for some of the files, under `[[documents]]`, holds. Names that are kept compiled are used so.
    pub(super) fn open(
        self,
        terminal: &Terminal,
        listing: &Listing,
        instead: Option<&Instead>,
        occasion: Occasion,
        kept: Option<&KeptNames>,
    ) -> Opened {
        let mut texts = DiskTexts::new(&self.workspace.root);
        let mut place = None;
        if let Some(instead) = instead
            && let Some(path) = self.workspace.relative(&instead.path)
            && let Some(kind) = self.workspace.classifier.kind(&path)
        {
            texts = texts.instead(&path, instead.text.clone());
            place = Some((path, kind));
        }
        let instead = place.as_ref().zip(instead).map(|((path, kind), i)| (path.as_str(), *kind, &i.text));
        let mut load = self.workspace.load(listing, instead);
        load.troubles.extend(self.trouble.clone());
        let texts = Arc::new(texts);
        let mut corpus = Corpus::new(texts.clone());
        if let Some(config) = &mut load.change.config {
            config.rules.retain(|(rule, level)| *level != Level::Off || !occasion.selects(rule));
        }
        let partial = self.bare && (instead.is_some() || !self.asked.iter().all(|path| path.is_dir()));
        corpus.set_occasion(Occasion { partial, ..occasion });
        corpus.begin(load.change, kept.map(|kept| kept as &dyn Shelf));
        let snapshot = corpus.snapshot();
        let mut prefix = terminal.shown(&self.workspace.root);
        prefix = if prefix == "." { String::new() } else { format!("{}/", prefix.trim_end_matches('/')) };
        let here = self.workspace.relative(terminal.here()).filter(|here| !here.is_empty()).map(|here| here + "/").unwrap_or_default();
        let wrong_settings = !self.workspace.config_faults.is_empty();
        let files = self.asked_files(&snapshot, wrong_settings && place.is_none());
        Opened {
            snapshot,
            texts,
            files,
            troubles: load.troubles,
            bytes: load.bytes,
            root: self.workspace.root,
            prefix,
            here,
            wrong_settings,
        }
    }

    /// Settings are checked when all of their corpus is, and whenever something is wrong with them: the texts are checked by them.
    fn asked_files(&self, snapshot: &Snapshot, with_settings: bool) -> Vec<FileId> {
        let asked: Vec<String> = self.asked.iter().filter_map(|path| self.workspace.relative(path)).collect();
        let below = |path: &str, asked: &str| {
            asked.is_empty() || path.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_asked = |file: &FileState| file.kind == FileKind::Config && with_settings || asked.iter().any(|a| below(&file.path, a));
        let mut files: Vec<_> = snapshot.files().filter(|(_, file)| is_asked(file)).collect();
        files.sort_by(|a, b| a.1.path.cmp(&b.1.path));
        files.into_iter().map(|(id, _)| id).collect()
    }
}

impl Opened {
    /// A corpus that lies nowhere: its texts were given.
    pub(super) fn carried(snapshot: Snapshot, texts: Arc<DiskTexts>, files: Vec<FileId>, troubles: Vec<Trouble>, bytes: u64) -> Self {
        Self {
            snapshot,
            texts,
            files,
            troubles,
            bytes,
            root: PathBuf::new(),
            prefix: String::new(),
            here: String::new(),
            wrong_settings: false,
        }
    }

    /// Only those of its files that changed, and settings that are wrong: the others were checked by them.
    pub(super) fn only(&mut self, changed: &Changed) {
        let root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let snapshot = &self.snapshot;
        self.files.retain(|id| {
            let file = snapshot.file(*id);
            file.is_some_and(|f| f.kind == FileKind::Config && self.wrong_settings || changed.has(&root.join(f.path.as_str())))
        });
    }

    /// How a reader names the file at `path`.
    pub(super) fn shown(&self, path: &str) -> String {
        // Who stands in a folder of the corpus climbs no further than must be.
        let mut prefix = self.prefix.as_str();
        let (mut here, mut rest) = (self.here.as_str(), path);
        while let Some(up) = prefix.strip_prefix("../")
            && let (Some((folder, deeper)), Some((first, below))) = (here.split_once('/'), rest.split_once('/'))
            && folder == first
        {
            (prefix, here, rest) = (up, deeper, below);
        }
        [prefix, rest].concat()
    }

    /// Whether all of the corpus was asked for.
    pub(super) fn is_whole(&self) -> bool {
        self.files.len() == self.snapshot.files().count()
    }

    /// The texts among the files that were asked for.
    pub(super) fn asked_texts(&self) -> Vec<FileId> {
        let is_text = |id: &FileId| self.snapshot.file(*id).is_some_and(|f| f.kind.is_text());
        self.files.iter().copied().filter(is_text).collect()
    }

    /// How many of the files that were asked for can be checked; settings are no text of anybody's.
    pub(super) fn count(&self) -> usize {
        self.files.iter().filter(|id| self.snapshot.file(**id).is_some_and(|f| f.kind != FileKind::Config)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_by_their_names() {
        let here = Path::new("/home/a");
        assert_eq!(absolute(here, Path::new("./x/../y.md")), Path::new("/home/a/y.md"));
        assert_eq!(absolute(here, Path::new("/z")), Path::new("/z"));
        assert_eq!(absolute(here, Path::new("../../../..")), Path::new("/"));
    }

    #[test]
    fn paths_without_settings_share_the_nearest_folder() {
        let here = Path::new("/home/a");
        let folder = |paths: &[&str]| shared_folder(here, &paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(folder(&["/home/a/x.md", "/home/a/b/y.md"]), Path::new("/home/a"));
        assert_eq!(folder(&["/home/b/x.md", "/home/a/y.md"]), Path::new("/home"));
        assert_eq!(folder(&["/srv/b/x.md"]), Path::new("/srv/b"));
    }
}
