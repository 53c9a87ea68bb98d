//! The corpora round the open texts.
//!
//! A text belongs to the corpus of the nearest `vidimus.toml` at or above it, which is loaded when its first text or a folder
//! round it is opened. A text without one, excluded from it, of a folder that was taken out of the editor, or on no disk stands
//! alone: it is read and answered, and nothing is found in it; so does a text whose corpus is being loaded, until it is there.
//! What an editor shows takes the place of what lies on the disk.
//!
//! Here is what happens to texts; what happens to corpora on the disk stands in `disk`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use tower_lsp::ls_types::Uri;

use super::checks::Check;
use super::home::{self, Home};
use super::indexer::Indexer;
use super::loading::{Loader, Loading};
use super::queue::Question;
use crate::config::Config;
use crate::corpus::{Affected, Change, Corpus, FileId, FileInput, FileKind, Snapshot};
use crate::rules;
use crate::server::findings::Kept;
use crate::server::publish::{Edit, Publisher};
use crate::server::refresh::Refresh;
use crate::server::session::OpenText;
use crate::server::uri::{TextKey, uri_of};
use crate::syntax::Format;
use crate::workspace::{Watcher, absolute_in, find_root};

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
            None => uri_of(&absolute_in(self.root.as_ref()?, self.snapshot.path(file).as_str())),
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
    pub(super) publisher: Arc<Publisher>,
    refresh: Refresh,
    pub(super) indexer: Indexer,
    pub(super) loader: Loader,
    /// Watches the folders of the corpora when the client does not.
    pub(super) watcher: Option<Watcher>,
    /// The folders that are open in the editor.
    pub(super) folders: BTreeSet<PathBuf>,
    /// Corpora that nobody wants: of folders taken out of the editor, called off, or beyond our reading.
    pub(super) shut: BTreeSet<PathBuf>,
    pub(super) homes: HashMap<PathBuf, Home>,
    /// Corpora that are being read; one that is read again still serves as it was.
    pub(super) loading: HashMap<PathBuf, Loading>,
    alone: HashMap<TextKey, Corpus>,
    pub(super) open: BTreeMap<TextKey, Open>,
    /// Questions that wait for a corpus.
    pub(super) waiting: Vec<Question>,
}

/// An open text.
#[derive(Clone)]
pub(super) struct Open {
    pub(super) text: OpenText,
    pub(super) edit: Edit,
    pub(super) seat: Seat,
    pub(super) kept: Arc<Kept>,
}

/// Where an open text belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    /// The folder of its corpus; `None`: it stands alone.
    pub(super) root: Option<PathBuf>,
    /// Its path in the corpus.
    pub(super) path: SmolStr,
    pub(super) kind: FileKind,
    /// The corpus that it will belong to as soon as that is read.
    pub(super) awaits: Option<PathBuf>,
}

impl Corpora {
    pub(super) fn new(publisher: Arc<Publisher>, watcher: Option<Watcher>, refresh: Refresh, indexer: Indexer, loader: Loader) -> Self {
        Self {
            publisher,
            refresh,
            indexer,
            loader,
            watcher,
            folders: BTreeSet::new(),
            shut: BTreeSet::new(),
            homes: HashMap::new(),
            loading: HashMap::new(),
            alone: HashMap::new(),
            open: BTreeMap::new(),
            waiting: Vec::new(),
        }
    }

    /// Takes in an open text, and answers what is to be checked: it first.
    pub(super) fn put(&mut self, key: TextKey, text: OpenText, edit: Edit) -> Vec<Check> {
        self.answer_before(&key);
        let (seat, kept) = match self.open.remove(&key) {
            Some(open) => (open.seat, open.kept),
            None => (self.seat(&key), Arc::default()),
        };
        let corpus = seat.root.as_ref().and_then(|root| self.homes.get(root)).map(|home| &home.corpus);
        let change = input(&seat, &text, corpus);
        self.open.insert(key.clone(), Open { text, edit, seat: seat.clone(), kept });
        let Some(root) = seat.root else {
            self.alone.entry(key).or_insert_with(|| Corpus::new(Arc::new(()))).apply(change);
            return Vec::new();
        };
        let Some(home) = self.homes.get_mut(&root) else { return Vec::new() };
        home.touch(&seat.path);
        // The server may run for weeks: what was allowed until yesterday is told today.
        home.corpus.set_occasion(home::now());
        let affected = home.corpus.apply(change);
        self.checks(&root, &affected, Some(&key))
    }

    /// Forgets an open text: what lies on the disk counts again, or the same text open under another name.
    pub(super) fn close(&mut self, key: &TextKey) -> Vec<Check> {
        self.answer_before(key);
        self.alone.remove(key);
        let Some(Open { seat, .. }) = self.open.remove(key) else { return Vec::new() };
        self.reopen_shut();
        let Some(root) = &seat.root else { return Vec::new() };
        let twin = self.open_in(root).find(|(_, open)| open.seat.path == seat.path).map(|(_, open)| input(&seat, &open.text, None));
        let Some(home) = self.homes.get_mut(root) else { return Vec::new() };
        home.touch(&seat.path);
        let from_disk = || {
            let file = match seat.kind {
                FileKind::Config => home.workspace.config_file().and_then(|(_, file)| file),
                kind => home.workspace.read_file(&seat.path, kind).ok(),
            };
            let config = (seat.kind == FileKind::Config).then(|| home.workspace.config.clone());
            Change { config, files: vec![(seat.path.clone(), file)] }
        };
        let change = twin.unwrap_or_else(from_disk);
        let affected = home.corpus.apply(change);
        self.checks(root, &affected, None)
    }

    /// Seats those of the open texts anew that `whom` chooses, and answers whose findings are to be looked for.
    pub(super) fn seat_again(&mut self, whom: impl Fn(&TextKey, &Open) -> bool) -> Vec<Check> {
        let chosen: Vec<TextKey> = self.open.iter().filter(|(key, open)| whom(key, open)).map(|(key, _)| key.clone()).collect();
        let mut changes: BTreeMap<PathBuf, Change> = BTreeMap::new();
        for key in chosen {
            let seat = self.seat(&key);
            let Some(open) = self.open.get_mut(&key) else { continue };
            let before = std::mem::replace(&mut open.seat, seat.clone());
            let change = input(&seat, &open.text, None);
            match &seat.root {
                Some(root) => {
                    self.alone.remove(&key);
                    let all = changes.entry(root.clone()).or_default();
                    all.files.extend(change.files);
                    all.config = change.config.or(all.config.take());
                }
                None => {
                    if before.root.is_some() {
                        self.publisher.take_back(&key, &open.text.uri);
                    }
                    self.alone.entry(key).or_insert_with(|| Corpus::new(Arc::new(()))).apply(change);
                }
            }
        }
        let mut checks = Vec::new();
        for (root, change) in changes {
            if let Some(home) = self.homes.get_mut(&root) {
                home.corpus.apply(change);
                checks.extend(self.checks(&root, &Affected { config: true, ..Affected::default() }, None));
            }
        }
        checks
    }

    /// A question about a text, or about all corpora. Waits for a corpus that is being read for the first time.
    pub(super) fn ask(&mut self, question: Question) {
        let now = home::now();
        self.homes.values_mut().for_each(|home| home.corpus.set_occasion(now.clone()));
        let waits = match &question {
            Question::About { key, .. } => self.is_awaited(key),
            Question::All { .. } => self.loading.iter().any(|(root, loading)| !loading.late && !self.homes.contains_key(root)),
        };
        if waits {
            self.waiting.push(question);
        } else {
            self.answer(question);
        }
    }

    /// Answers the questions whose corpus is there, or has been waited for long enough.
    pub(super) fn answer_waiting(&mut self) {
        for question in std::mem::take(&mut self.waiting) {
            self.ask(question);
        }
    }

    /// Answers what was asked about a text before it changes: with what is there.
    fn answer_before(&mut self, key: &TextKey) {
        let is_about = |question: &Question| matches!(question, Question::About { key: about, .. } if about == key);
        let (now, later) = std::mem::take(&mut self.waiting).into_iter().partition(is_about);
        self.waiting = later;
        for question in now {
            self.answer(question);
        }
    }

    fn answer(&self, question: Question) {
        // Nobody waits any more when the question was cancelled.
        match question {
            Question::About { key, answer } => {
                if let Some(view) = self.view(&key) {
                    let _ = answer.send(view);
                }
            }
            Question::All { answer } => drop(answer.send(self.worlds())),
        }
    }

    /// Whether the corpus of a text is being read, and worth waiting for.
    fn is_awaited(&self, key: &TextKey) -> bool {
        let root = match (self.open.get(key), key.path()) {
            (Some(open), _) => open.seat.awaits.clone(),
            (None, Some(path)) => path.ancestors().find(|folder| self.loading.contains_key(*folder)).map(Path::to_owned),
            (None, None) => None,
        };
        root.is_some_and(|root| !self.homes.contains_key(&root) && self.loading.get(&root).is_some_and(|l| !l.late))
    }

    /// A text in its corpus: an open one, or a closed one of a corpus that is loaded.
    fn view(&self, key: &TextKey) -> Option<View> {
        let Some(open) = self.open.get(key) else { return self.view_of_closed(key.path()?) };
        let world = match &open.seat.root {
            Some(root) => self.world(root)?,
            None => self.world_of_one(key, open)?,
        };
        let file = world.snapshot.file_at(&open.seat.path)?;
        Some(View { world, file })
    }

    /// Every corpus that is loaded, by its folder.
    fn worlds(&self) -> Vec<World> {
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
    pub(super) fn checks(&self, root: &Path, affected: &Affected, edited: Option<&TextKey>) -> Vec<Check> {
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

    pub(super) fn open_in<'c>(&'c self, root: &'c Path) -> impl Iterator<Item = (&'c TextKey, &'c Open)> {
        self.open.iter().filter(move |(_, open)| open.seat.root.as_deref() == Some(root))
    }

    /// The corpus to which a path belongs, loaded or not.
    pub(super) fn root_of(&self, path: &Path) -> Option<PathBuf> {
        find_root(path.parent()?).filter(|root| !self.shut.contains(root))
    }

    /// Where a text belongs; its corpus begins to be read when it is not yet.
    fn seat(&mut self, key: &TextKey) -> Seat {
        let mut awaits = None;
        if let Some((path, root)) = key.path().and_then(|path| Some((path, self.root_of(path)?))) {
            self.begin(&root);
            match self.homes.get(&root) {
                None => awaits = Some(root),
                Some(home) => {
                    if let Some((path, kind)) = home.place_of(path) {
                        return Seat { root: Some(root), path, kind, awaits: None };
                    }
                }
            }
        }
        let name = key.name();
        let kind = FileKind::Text(Format::of_name(name).unwrap_or(Format::Markdown));
        Seat { root: None, path: if name.is_empty() { "text".into() } else { name.into() }, kind, awaits }
    }
}

/// An open text as a change of its corpus, which may know an earlier state of it.
fn input(seat: &Seat, text: &OpenText, corpus: Option<&Corpus>) -> Change {
    let text = text.text();
    let (config, file) = if seat.kind == FileKind::Config {
        let base = corpus.and_then(|corpus| corpus.config().base.clone());
        let (config, faults) = Config::parse_over(&text, base, &rules::rule_names());
        (Some(config), FileInput::config(text, faults))
    } else {
        let read = corpus.map(|corpus| corpus.open(&seat.path, seat.kind, text.clone()));
        (None, read.unwrap_or_else(|| FileInput::open(&seat.path, seat.kind, text)))
    };
    Change { config, files: vec![(seat.path.clone(), Some(file))] }
}
