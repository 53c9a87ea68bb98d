//! The corpora round the open texts.
//!
//! A text belongs to the corpus of the nearest `vidimus.toml` at or above it, which is loaded when its first text is
//! opened. A text without one, excluded from it, or on no disk stands alone: it is read and answered, and
//! nothing is found in it. What an editor shows takes the place of what lies on the disk.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use tower_lsp::ls_types::Uri;

use super::checks::Check;
use super::indexer::Indexer;
use crate::config::Config;
use crate::corpus::{Affected, Change, Corpus, FileId, FileInput, FileKind, Snapshot};
use crate::rules;
use crate::server::findings::Kept;
use crate::server::publish::{Edit, Publisher};
use crate::server::refresh::Refresh;
use crate::server::session::OpenText;
use crate::server::uri::{TextKey, uri_of};
use crate::syntax::Format;
use crate::workspace::{CONFIG_NAME, DiskTexts, Listing, Trouble, Watcher, Workspace, find_root};

/// A corpus as it was when it was asked for.
#[derive(Clone)]
pub struct World {
    /// The corpus.
    pub snapshot: Snapshot,
    /// Its folder; `None` for a text that stands alone.
    pub root: Option<PathBuf>,
    /// The texts of it that are open: under which address, at which version.
    pub open: Arc<HashMap<FileId, (Uri, i32)>>,
    /// What is kept of their findings.
    pub kept: Arc<HashMap<FileId, Arc<Kept>>>,
}

/// One text in its corpus.
#[derive(Clone, Debug)]
pub struct View {
    /// The corpus.
    pub world: World,
    /// The text in it.
    pub file: FileId,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").field("root", &self.root).field("open", &self.open.len()).finish_non_exhaustive()
    }
}

impl World {
    /// The address of a file: the one its client used when it is open.
    #[must_use]
    pub fn uri(&self, file: FileId) -> Option<Uri> {
        match self.open.get(&file) {
            Some((uri, _)) => Some(uri.clone()),
            None => uri_of(&self.root.as_ref()?.join(self.snapshot.path(file).as_str())),
        }
    }

    /// What is kept of an open text's findings.
    #[must_use]
    pub fn kept(&self, file: FileId) -> Option<Arc<Kept>> {
        self.kept.get(&file).cloned()
    }

    /// The version of an open text.
    #[must_use]
    pub fn version(&self, file: FileId) -> Option<i32> {
        self.open.get(&file).map(|(_, version)| *version)
    }
}

/// All corpora and open texts.
pub(super) struct Corpora {
    publisher: Arc<Publisher>,
    refresh: Refresh,
    indexer: Indexer,
    /// Watches the folders of the corpora when the client does not.
    watcher: Option<Watcher>,
    homes: HashMap<PathBuf, Home>,
    alone: HashMap<TextKey, Corpus>,
    open: BTreeMap<TextKey, Open>,
}

/// A corpus on the disk.
struct Home {
    workspace: Workspace,
    corpus: Corpus,
}

#[derive(Clone)]
struct Open {
    text: OpenText,
    edit: Edit,
    seat: Seat,
    kept: Arc<Kept>,
}

/// Where an open text belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seat {
    /// The folder of its corpus; `None`: it stands alone.
    root: Option<PathBuf>,
    /// Its path in the corpus.
    path: SmolStr,
    kind: FileKind,
}

impl Corpora {
    pub(super) fn new(publisher: Arc<Publisher>, watcher: Option<Watcher>, refresh: Refresh, indexer: Indexer) -> Self {
        Self { publisher, refresh, indexer, watcher, homes: HashMap::new(), alone: HashMap::new(), open: BTreeMap::new() }
    }

    /// Takes in an open text, and answers what is to be checked: it first.
    pub(super) fn put(&mut self, key: TextKey, text: OpenText, edit: Edit) -> Vec<Check> {
        let (seat, kept) = match self.open.remove(&key) {
            Some(open) => (open.seat, open.kept),
            None => (self.seat(&key), Arc::default()),
        };
        let change = input(&seat, &text);
        self.open.insert(key.clone(), Open { text, edit, seat: seat.clone(), kept });
        let Some(root) = seat.root else {
            self.alone.entry(key).or_insert_with(|| Corpus::new(Arc::new(()))).apply(change);
            return Vec::new();
        };
        let Some(home) = self.homes.get_mut(&root) else { return Vec::new() };
        let affected = home.corpus.apply(change);
        self.checks(&root, &affected, Some(&key))
    }

    /// Forgets an open text: what lies on the disk counts again.
    pub(super) fn close(&mut self, key: &TextKey) -> Vec<Check> {
        self.alone.remove(key);
        let Some(open) = self.open.remove(key) else { return Vec::new() };
        let Some((root, home)) = open.seat.root.and_then(|root| self.homes.get_mut(&root).map(|home| (root, home))) else {
            return Vec::new();
        };
        let file = match open.seat.kind {
            FileKind::Config => home.workspace.config_file().and_then(|(_, file)| file),
            kind => home.workspace.read_file(&open.seat.path, kind).ok(),
        };
        let config = (open.seat.kind == FileKind::Config).then(|| home.workspace.config.clone());
        let affected = home.corpus.apply(Change { config, files: vec![(open.seat.path, file)] });
        self.checks(&root, &affected, None)
    }

    /// Loads the corpus of a folder, so that it is there when its first text is opened.
    pub(super) fn prepare(&mut self, folder: &Path) -> Vec<Check> {
        if let Some(root) = find_root(folder) {
            self.load(&root);
        }
        Vec::new()
    }

    /// Takes in what changed on the disk.
    pub(super) fn disk(&mut self, paths: &[PathBuf]) -> Vec<Check> {
        if paths.iter().any(|path| path.file_name().is_some_and(|name| name == CONFIG_NAME)) {
            return self.reload_all();
        }
        let mut checks = Vec::new();
        let roots: Vec<PathBuf> = self.homes.keys().cloned().collect();
        for root in roots {
            let open: Vec<SmolStr> = self.open_in(&root).map(|(_, open)| open.seat.path.clone()).collect();
            let Some(home) = self.homes.get_mut(&root) else { continue };
            let files = home.changed(paths, &open);
            if !files.is_empty() {
                let affected = home.corpus.apply(Change { config: None, files });
                checks.extend(self.checks(&root, &affected, None));
            }
        }
        checks
    }

    /// Reads everything again and seats every open text anew.
    pub(super) fn reload_all(&mut self) -> Vec<Check> {
        self.homes.clear();
        self.alone.clear();
        let mut checks = Vec::new();
        for (key, open) in std::mem::take(&mut self.open) {
            let had_home = open.seat.root.is_some();
            self.put(key.clone(), open.text.clone(), open.edit);
            if had_home && self.open.get(&key).is_some_and(|open| open.seat.root.is_none()) {
                self.publisher.take_back(&key, &open.text.uri);
            }
        }
        let roots: Vec<PathBuf> = self.homes.keys().cloned().collect();
        for root in roots {
            checks.extend(self.checks(&root, &Affected { config: true, ..Affected::default() }, None));
        }
        checks
    }

    /// After a mistake of ours: nothing half done is kept, and the text that led to it waits for its next change.
    pub(super) fn start_over(&mut self, culprit: Option<&TextKey>) -> Vec<Check> {
        if let Some(key) = culprit {
            self.open.remove(key);
        }
        self.reload_all()
    }

    /// A text in its corpus: an open one, or a closed one of a corpus that is loaded.
    pub(super) fn view(&self, key: &TextKey) -> Option<View> {
        let Some(open) = self.open.get(key) else { return self.view_of_closed(key.path()?) };
        let world = match &open.seat.root {
            Some(root) => self.world(root)?,
            None => self.world_of_one(key, open)?,
        };
        let file = world.snapshot.file_at(&open.seat.path)?;
        Some(View { world, file })
    }

    /// Every corpus that is loaded, by its folder.
    pub(super) fn worlds(&self) -> Vec<World> {
        let mut roots: Vec<&PathBuf> = self.homes.keys().collect();
        roots.sort_unstable();
        roots.into_iter().filter_map(|root| self.world(root)).collect()
    }

    fn view_of_closed(&self, path: &Path) -> Option<View> {
        // The innermost corpus: one may lie in the folder of another.
        let root = path.ancestors().find(|folder| self.homes.contains_key(*folder))?;
        let relative = self.homes.get(root)?.workspace.relative(path)?;
        let world = self.world(root)?;
        let file = world.snapshot.file_at(&relative)?;
        Some(View { world, file })
    }

    fn world(&self, root: &Path) -> Option<World> {
        let snapshot = self.homes.get(root)?.corpus.snapshot();
        let (mut open, mut kept) = (HashMap::new(), HashMap::new());
        for (_, one) in self.open_in(root) {
            if let Some(file) = snapshot.file_at(&one.seat.path) {
                open.insert(file, (one.text.uri.clone(), one.text.version));
                kept.insert(file, one.kept.clone());
            }
        }
        Some(World { snapshot, root: Some(root.to_owned()), open: Arc::new(open), kept: Arc::new(kept) })
    }

    fn world_of_one(&self, key: &TextKey, open: &Open) -> Option<World> {
        let snapshot = self.alone.get(key)?.snapshot();
        let file = snapshot.file_at(&open.seat.path)?;
        let texts = HashMap::from([(file, (open.text.uri.clone(), open.text.version))]);
        Some(World { snapshot, root: None, open: Arc::new(texts), kept: Arc::default() })
    }

    /// The open texts to be checked after a change: the one that was edited, and those it concerns.
    fn checks(&self, root: &Path, affected: &Affected, edited: Option<&TextKey>) -> Vec<Check> {
        let Some(world) = self.world(root) else { return Vec::new() };
        if !affected.names.is_empty() || affected.outside || affected.config {
            self.refresh.changed();
        }
        if edited.is_none() || affected.outside || affected.config {
            self.indexer.wake(root, world.snapshot.clone());
        }
        let concerned = |open: &Open| {
            affected.config || world.snapshot.file_at(&open.seat.path).is_some_and(|file| affected.texts.binary_search(&file).is_ok())
        };
        let others = self.open_in(root).filter(|(key, open)| Some(*key) != edited && concerned(open));
        let first = edited.and_then(|key| self.open.get_key_value(key));
        let check = |(key, open): (&TextKey, &Open)| {
            let file = world.snapshot.file_at(&open.seat.path)?;
            let (key, text) = (key.clone(), open.text.clone());
            Some(Check { world: world.clone(), file, key, text, edit: open.edit, kept: open.kept.clone() })
        };
        first.into_iter().chain(others).filter_map(check).collect()
    }

    fn open_in<'c>(&'c self, root: &'c Path) -> impl Iterator<Item = (&'c TextKey, &'c Open)> {
        self.open.iter().filter(move |(_, open)| open.seat.root.as_deref() == Some(root))
    }

    /// Where a text belongs; its corpus is loaded when it is not yet.
    fn seat(&mut self, key: &TextKey) -> Seat {
        let home = key.path().and_then(|path| Some((path, find_root(path.parent()?)?)));
        if let Some((path, root)) = home {
            self.load(&root);
            if let Some(home) = self.homes.get(&root)
                && let Some((relative, kind)) = home.place_of(path)
            {
                return Seat { root: Some(root), path: relative, kind };
            }
        }
        let name = key.name();
        let kind = FileKind::Text(Format::of_name(name).unwrap_or(Format::Markdown));
        Seat { root: None, path: if name.is_empty() { "text".into() } else { name.into() }, kind }
    }

    /// Loads a corpus, unless it is; texts that are open in it take the place of what lies on the disk.
    fn load(&mut self, root: &Path) {
        if self.homes.contains_key(root) {
            return;
        }
        // Watched before it is read, so that no change falls in between.
        let watched = self.watcher.as_mut().map_or(Ok(()), |watcher| watcher.watch(root));
        let (mut home, mut troubles) = Home::load(root);
        troubles.extend(watched.err());
        let open = self.open_in(root).flat_map(|(_, open)| input(&open.seat, &open.text).files);
        let files = open.collect();
        home.corpus.apply(Change { config: None, files });
        self.indexer.wake(root, home.corpus.snapshot());
        self.homes.insert(root.to_owned(), home);
        for trouble in troubles {
            self.publisher.log(&format!("{} {}", trouble.path.display(), trouble.message), trouble.grave);
        }
    }
}

impl Home {
    fn load(root: &Path) -> (Self, Vec<Trouble>) {
        let (workspace, trouble) = Workspace::open(root, &rules::rule_names());
        let load = workspace.load(&workspace.walk(&[root]), None);
        let mut corpus = Corpus::new(Arc::new(DiskTexts::new(root)));
        corpus.apply(load.change);
        let troubles = trouble.into_iter().chain(load.troubles).collect();
        (Self { workspace, corpus }, troubles)
    }

    /// What a file is in this corpus; `None` when it is not of it.
    fn place_of(&self, path: &Path) -> Option<(SmolStr, FileKind)> {
        let relative = self.workspace.relative(path)?;
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

    /// The files among `paths` as they are now; those that are open are left out.
    fn changed(&self, paths: &[PathBuf], open: &[SmolStr]) -> Vec<(SmolStr, Option<FileInput>)> {
        let snapshot = self.corpus.snapshot();
        let mut files = Vec::new();
        let mut new = Vec::new();
        for path in paths {
            let Some(relative) = self.workspace.relative(path) else { continue };
            if snapshot.file_at(&relative).is_none() && self.may_be_ours(&relative) {
                new.push(relative.clone());
            }
            let folder = format!("{relative}/");
            let known = snapshot.files().filter(|(_, file)| file.path == relative || file.path.starts_with(&folder));
            for (_, file) in known.filter(|(_, file)| file.kind != FileKind::Config) {
                files.push((file.path.clone(), self.workspace.read_file(&file.path, file.kind).ok()));
            }
        }
        if !new.is_empty() {
            files.extend(self.found(&new));
        }
        files.retain(|(path, _)| !open.contains(path));
        files
    }

    /// Whether a path that is not known may be a file of the corpus, or a folder that holds some.
    fn may_be_ours(&self, path: &str) -> bool {
        self.workspace.classifier.kind(path).is_some() || !path.rsplit('/').next().unwrap_or(path).contains('.')
    }

    /// Files new to the corpus: what a walk finds of `paths`, since ignore files and settings decide.
    fn found(&self, paths: &[String]) -> Vec<(SmolStr, Option<FileInput>)> {
        let mut listing = self.workspace.walk(&[&self.workspace.root]);
        listing.files.retain(|f| paths.iter().any(|p| f.path.strip_prefix(p.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('/'))));
        let load = self.workspace.load(&Listing { files: listing.files, ..Listing::default() }, None);
        load.change.files.into_iter().filter(|(path, _)| path != CONFIG_NAME).collect()
    }
}

/// An open text as a change of its corpus.
fn input(seat: &Seat, text: &OpenText) -> Change {
    let text = text.text();
    let (config, file) = if seat.kind == FileKind::Config {
        let (config, faults) = Config::parse(&text, &rules::rule_names());
        (Some(config), FileInput::config(text, faults))
    } else {
        (None, FileInput::open(&seat.path, seat.kind, text))
    };
    Change { config, files: vec![(seat.path.clone(), Some(file))] }
}
