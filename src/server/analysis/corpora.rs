//! The corpora round the open texts.
//!
//! A text belongs to the corpus of the nearest `vidimus.toml` at or above it, which is loaded when its first text or a folder
//! round it is opened. A text without one, excluded from it, of a folder that was taken out of the editor, or on no disk stands
//! alone: it is read and answered, and nothing is found in it; so does a text whose corpus is being loaded, until it is there.
//! What an editor shows takes the place of what lies on the disk.
//!
//! Here is what happens to texts; what happens to corpora on the disk stands in `disk`, what becomes of questions in `waiting`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;
use tokio::sync::Notify;
use tower_lsp::ls_types::Uri;

use super::checks::Check;
use super::home::{self, Home};
use super::indexer::Indexer;
use super::loading::{Loader, Loading};
use super::renewal::{Renewed, Renewer, Shown, Swapped};
use super::waiting::Waiting;
use crate::config::Config;
use crate::corpus::{Affected, Change, Corpus, FileId, FileInput, FileKind, Snapshot};
use crate::rules;
use crate::server::findings::{Counts, Kept};
use crate::server::publish::{Edit, Publisher};
use crate::server::refresh::Refresh;
use crate::server::session::OpenText;
use crate::server::uri::{TextKey, uri_of};
use crate::syntax::Format;
use crate::text::LineIndex;
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
    /// The open texts of which the corpus has yet to take in what their editor shows.
    pub behind: Arc<HashSet<FileId>>,
    /// What was counted in its files.
    pub counts: Arc<Counts>,
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

    /// Whether the editor shows another state of an open text than the corpus holds.
    #[must_use]
    pub fn is_behind(&self, file: FileId) -> bool {
        self.behind.contains(&file)
    }

    /// The version of an open text, as the corpus holds it.
    #[must_use]
    pub fn version(&self, file: FileId) -> Option<i32> {
        self.open.get(&file).map(|(_, version)| *version)
    }

    /// The lines of a file's `text` as its editor counts columns: as it holds the text, or as it will when it opens the file.
    #[must_use]
    pub fn lines(&self, file: FileId, text: &str) -> LineIndex {
        if self.open.contains_key(&file) { LineIndex::new(text) } else { LineIndex::of_file(text) }
    }
}

/// How it stands with a corpus.
pub struct Survey {
    /// Its folder.
    pub root: PathBuf,
    /// The corpus and what was counted in its files; `None` while it is read for the first time.
    pub known: Option<(Snapshot, Arc<Counts>)>,
    /// Files read, and files to be read, while it is read.
    pub read: (usize, usize),
    /// Files of which it is known what they name, and all.
    pub indexed: (usize, usize),
}

/// All corpora and open texts.
pub(super) struct Corpora {
    pub(super) publisher: Arc<Publisher>,
    refresh: Refresh,
    pub(super) indexer: Indexer,
    pub(super) loader: Loader,
    pub(super) renewer: Renewer,
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
    pub(super) waiting: Vec<Waiting>,
    /// Rung when it may stand otherwise with a corpus.
    pub(super) news: Arc<Notify>,
}

/// Those who work on threads of their own.
pub(super) struct Makers {
    pub(super) indexer: Indexer,
    pub(super) loader: Loader,
    pub(super) renewer: Renewer,
    pub(super) news: Arc<Notify>,
}

/// An open text.
#[derive(Clone)]
pub(super) struct Open {
    pub(super) text: OpenText,
    pub(super) edit: Edit,
    pub(super) seat: Seat,
    pub(super) kept: Arc<Kept>,
    /// The version that its corpus holds; `None` before it has taken in the first.
    pub(super) held: Option<i32>,
    /// Whether its corpus has yet to take it in as it is now.
    pub(super) behind: bool,
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
    pub(super) fn new(publisher: Arc<Publisher>, watcher: Option<Watcher>, refresh: Refresh, makers: Makers) -> Self {
        let Makers { indexer, loader, renewer, news } = makers;
        Self {
            publisher,
            refresh,
            indexer,
            loader,
            renewer,
            watcher,
            folders: BTreeSet::new(),
            shut: BTreeSet::new(),
            homes: HashMap::new(),
            loading: HashMap::new(),
            alone: HashMap::new(),
            open: BTreeMap::new(),
            waiting: Vec::new(),
            news,
        }
    }

    /// Takes in an open text, and answers what is to be checked: it first.
    pub(super) fn put(&mut self, key: TextKey, text: OpenText, edit: Edit) -> Vec<Check> {
        self.answer_before(&key);
        let open = match self.open.remove(&key) {
            Some(open) => Open { text, edit, ..open },
            None => Open { text, edit, seat: self.seat(&key), kept: Arc::default(), held: None, behind: false },
        };
        let (root, change) = (open.seat.root.clone(), open.seat.root.is_none().then(|| input(&open.seat, &open.text, None)));
        self.open.insert(key.clone(), open);
        if let Some(change) = change {
            self.alone.entry(key).or_insert_with(|| Corpus::new(Arc::new(()))).apply(change);
            return Vec::new();
        }
        let affected = self.show(&key);
        root.zip(affected).map(|(root, affected)| self.checks(&root, &affected, Some(&key))).unwrap_or_default()
    }

    /// Has the corpus of an open text take it in; `None` when it cannot yet.
    fn show(&mut self, key: &TextKey) -> Option<Affected> {
        let open = self.open.get_mut(key)?;
        let root = open.seat.root.clone()?;
        let home = self.homes.get_mut(&root)?;
        home.touch(&open.seat.path);
        // The server may run for weeks: what was allowed until yesterday is told today.
        home.corpus.set_occasion(home::now());
        let shown = Shown { kept: open.kept.clone(), version: open.text.version };
        let affected = home.show(&mut self.renewer, &open.seat, &open.text, shown);
        open.behind = affected.is_none();
        if affected.is_some() {
            open.held = Some(open.text.version);
        }
        self.renewer.begin(&root, home);
        affected
    }

    /// Forgets an open text: what lies on the disk counts again, or the same text open under another name.
    pub(super) fn close(&mut self, key: &TextKey) -> Vec<Check> {
        self.answer_before(key);
        self.alone.remove(key);
        let Some(Open { seat, text, .. }) = self.open.remove(key) else { return Vec::new() };
        self.reopen_shut();
        let Some(root) = &seat.root else { return Vec::new() };
        let twin = self.open_in(root).find(|(_, open)| open.seat.path == seat.path).map(|(key, _)| key.clone());
        let affected = match (twin, self.homes.get_mut(root)) {
            (Some(twin), _) => self.show(&twin),
            (None, Some(home)) => {
                home.touch(&seat.path);
                let affected = home.unshow(&mut self.renewer, &seat, text.size());
                self.renewer.begin(root, home);
                affected
            }
            (None, None) => None,
        };
        affected.map(|affected| self.checks(root, &affected, None)).unwrap_or_default()
    }

    /// Seats those of the open texts anew that `whom` chooses, and answers whose findings are to be looked for.
    pub(super) fn seat_again(&mut self, whom: impl Fn(&TextKey, &Open) -> bool) -> Vec<Check> {
        let chosen: Vec<TextKey> = self.open.iter().filter(|(key, open)| whom(key, open)).map(|(key, _)| key.clone()).collect();
        let mut roots = BTreeSet::new();
        for key in chosen {
            let seat = self.seat(&key);
            let Some(open) = self.open.get_mut(&key) else { continue };
            let before = std::mem::replace(&mut open.seat, seat.clone());
            (open.held, open.behind) = (None, false);
            match seat.root {
                Some(root) => {
                    self.alone.remove(&key);
                    self.show(&key);
                    roots.insert(root);
                }
                None => {
                    if before.root.is_some() {
                        self.publisher.take_back(&key, &open.text.uri);
                        // Who asks for findings would keep those it has.
                        self.refresh.changed();
                    }
                    let change = input(&open.seat, &open.text, None);
                    self.alone.entry(key).or_insert_with(|| Corpus::new(Arc::new(()))).apply(change);
                }
            }
        }
        let affected = Affected { config: true, ..Affected::default() };
        roots.iter().flat_map(|root| self.checks(root, &affected, None)).collect()
    }

    /// A copy of a corpus has taken in what takes long: it serves from now on.
    pub(super) fn renewed(&mut self, root: &Path, round: u64, number: u64, renewed: Option<Renewed>) -> Vec<Check> {
        let Some(home) = self.homes.get_mut(root).filter(|home| home.round == round && home.renewal.awaits(number)) else {
            self.renewer.discard(renewed);
            return Vec::new();
        };
        let Some(renewed) = renewed else {
            let culprits: Vec<Shown> = home.renewal.shown().to_vec();
            self.open.retain(|_, open| !culprits.iter().any(|shown| Arc::ptr_eq(&shown.kept, &open.kept)));
            tracing::error!("a change could not be taken in; the corpora are read again");
            return self.start_over(None);
        };
        let Some(Swapped { affected, shown, before }) = home.swap(number, renewed) else { return Vec::new() };
        for open in self.open.values_mut() {
            if let Some(shown) = shown.iter().find(|shown| Arc::ptr_eq(&shown.kept, &open.kept)) {
                open.held = Some(shown.version);
                open.behind = home.renewal.holds(&open.seat.path);
            }
        }
        self.renewer.discard(before);
        self.renewer.begin(root, home);
        let checks = self.checks(root, &affected, None);
        self.answer_waiting();
        checks
    }

    /// Every corpus that is loaded, by its folder.
    pub(super) fn worlds(&self) -> Vec<World> {
        let mut roots: Vec<&PathBuf> = self.homes.keys().collect();
        roots.sort_unstable();
        roots.into_iter().filter_map(|root| self.world(root)).collect()
    }

    pub(super) fn world(&self, root: &Path) -> Option<World> {
        let home = self.homes.get(root)?;
        let (snapshot, counts) = (home.corpus.snapshot(), home.counts.clone());
        let (mut open, mut kept, mut behind) = (HashMap::new(), HashMap::new(), HashSet::new());
        for (_, one) in self.open_in(root) {
            if let Some(file) = snapshot.file_at(&one.seat.path) {
                if let Some(version) = one.held {
                    open.insert(file, (one.text.uri.clone(), version));
                    kept.insert(file, one.kept.clone());
                }
                if one.behind {
                    behind.insert(file);
                }
            }
        }
        Some(World { snapshot, root: Some(root.to_owned()), open: Arc::new(open), kept: Arc::new(kept), behind: Arc::new(behind), counts })
    }

    /// How it stands with every corpus that is there or on its way, by its folder.
    pub(super) fn survey(&self) -> Vec<Survey> {
        let roots: BTreeSet<&PathBuf> = self.homes.keys().chain(self.loading.keys()).collect();
        let of = |root: &PathBuf| Survey {
            root: root.clone(),
            known: self.homes.get(root).map(|home| (home.corpus.snapshot(), home.counts.clone())),
            read: self.loading.get(root).map_or((0, 0), |loading| loading.effort.files()),
            indexed: self.indexer.progress(root),
        };
        roots.into_iter().map(of).collect()
    }

    pub(super) fn world_of_one(&self, key: &TextKey, open: &Open) -> Option<World> {
        let snapshot = self.alone.get(key)?.snapshot();
        let file = snapshot.file_at(&open.seat.path)?;
        let texts = HashMap::from([(file, (open.text.uri.clone(), open.text.version))]);
        Some(World { snapshot, root: None, open: Arc::new(texts), kept: Arc::default(), behind: Arc::default(), counts: Arc::default() })
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
        // One that is behind would be told places of a text that nobody sees any more.
        let others = self.open_in(root).filter(|(key, open)| Some(*key) != edited && !open.behind && concerned(open));
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
pub(super) fn input(seat: &Seat, text: &OpenText, corpus: Option<&Corpus>) -> Change {
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
