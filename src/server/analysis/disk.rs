//! What happens to corpora: folders opened and taken away, files changed on the disk, readings that end.

use std::collections::{BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use smol_str::SmolStr;

use super::checks::Check;
use super::corpora::Corpora;
use super::home::{Home, Loaded, Reread};
use crate::corpus::Change;
use crate::rules;
use crate::server::findings::Counts;
use crate::workspace::{CONFIG_NAME, find_root};

impl Corpora {
    /// A folder was opened: its corpus is read, so that it is there when its first text is opened.
    pub(super) fn open_folder(&mut self, folder: PathBuf) -> Vec<Check> {
        let inside = |root: &PathBuf| root.starts_with(&folder) || find_root(&folder).as_ref() == Some(root);
        self.shut.retain(|root| !inside(root));
        let root = find_root(&folder);
        self.folders.insert(folder);
        if let Some(root) = root {
            self.begin(&root);
        }
        self.seat_again(|key, open| open.seat.root.is_none() && open.seat.awaits.is_none() && key.path().is_some())
    }

    /// A folder was taken away: what no other folder holds is let go, and its open texts stand alone.
    pub(super) fn close_folder(&mut self, folder: &Path) -> Vec<Check> {
        self.folders.remove(folder);
        let held = |root: &Path| self.folders.iter().any(|f| root.starts_with(f) || find_root(f).as_deref() == Some(root));
        let of_folder = |root: &&PathBuf| root.starts_with(folder) || find_root(folder).as_ref() == Some(*root);
        let gone: BTreeSet<PathBuf> =
            self.homes.keys().chain(self.loading.keys()).filter(of_folder).filter(|root| !held(root)).cloned().collect();
        for root in &gone {
            self.let_go(root);
            // A corpus of which nothing is open may be asked for again.
            if self.open.keys().any(|key| key.path().is_some_and(|path| path.starts_with(root))) {
                self.shut.insert(root.clone());
            }
        }
        let is_of = |root: &Option<PathBuf>| root.as_ref().is_some_and(|root| gone.contains(root));
        let checks = self.seat_again(|_, open| is_of(&open.seat.root) || is_of(&open.seat.awaits));
        self.answer_waiting();
        checks
    }

    /// Corpora of which nothing is open any more may be asked for again.
    pub(super) fn reopen_shut(&mut self) {
        let open = &self.open;
        self.shut.retain(|root| open.keys().any(|key| key.path().is_some_and(|path| path.starts_with(root))));
    }

    fn let_go(&mut self, root: &Path) {
        let before = self.homes.remove(root);
        self.renewer.discard(before);
        self.indexer.forget(root);
        if let Some(loading) = self.loading.remove(root) {
            loading.effort.cancel();
        }
        if let Some(watcher) = &mut self.watcher {
            watcher.forget(root);
        }
    }

    /// Begins to read a corpus, unless it is there or on its way.
    pub(super) fn begin(&mut self, root: &Path) {
        if !self.homes.contains_key(root) && !self.loading.contains_key(root) {
            self.begin_anew(root);
        }
    }

    /// Begins to read a corpus, whether or not it is there; until then it serves as it is.
    fn begin_anew(&mut self, root: &Path) {
        // Watched before it is read, so that no change falls in between; the folders below as soon as they are known.
        self.watch(root, &[]);
        let loading = self.loader.begin(root);
        if let Some(before) = self.loading.insert(root.to_owned(), loading) {
            before.effort.cancel();
        }
    }

    /// Watches folders of a corpus; one that is new to the watcher is looked through again.
    fn watch(&mut self, root: &Path, folders: &[PathBuf]) {
        let Some(watcher) = &mut self.watcher else { return };
        match watcher.watch(root, folders) {
            Ok(false) => {}
            Ok(true) => {
                if let Some(home) = self.homes.get_mut(root) {
                    home.pending.extend(folders.iter().filter(|f| *f != root).cloned());
                }
            }
            Err(trouble) => self.publisher.log(&format!("{} {}", trouble.path.display(), trouble.message), trouble.grave),
        }
    }

    /// A corpus has been read.
    pub(super) fn loaded(&mut self, root: &Path, round: u64, loaded: Option<Loaded>) -> Vec<Check> {
        if self.loading.get(root).is_none_or(|loading| loading.round != round) {
            return Vec::new();
        }
        let pending = self.loading.remove(root).map(|l| l.pending).unwrap_or_default();
        match loaded {
            Some(loaded) => {
                for trouble in &loaded.troubles {
                    self.publisher.log(&format!("{} {}", trouble.path.display(), trouble.message), trouble.grave);
                }
                if loaded.exceeded {
                    self.loader.warn(format!(
                        "{} holds more files than a corpus can; some were not read. Put vidimus.toml into the folder of your texts, or name under \
                         `exclude` in it what is none of them.",
                        root.display()
                    ));
                }
                self.indexer.wake(root, loaded.home.corpus.snapshot());
                self.loader.show_indexing(root, round, self.indexer.watch(root));
                let counts = Arc::new(Counts::ringing(self.news.clone()));
                let before = self.homes.insert(root.to_owned(), Home { counts, ..loaded.home });
                self.renewer.discard(before);
                self.watch(root, &loaded.folders);
                if let Some(home) = self.homes.get_mut(root) {
                    // What the reading itself has seen is not read again.
                    home.pending = pending;
                }
            }
            None => {
                // Called off, or a mistake of ours: it is not tried again until somebody asks.
                self.let_go(root);
                self.shut.insert(root.to_owned());
            }
        }
        let is_of = |path: Option<&Path>| path.is_some_and(|path| path.starts_with(root));
        let checks = self.seat_again(|key, _| is_of(key.path()));
        self.reread(root);
        self.answer_waiting();
        checks
    }

    /// A corpus has been waited for long enough.
    pub(super) fn late(&mut self, root: &Path, round: u64) {
        if let Some(loading) = self.loading.get_mut(root).filter(|loading| loading.round == round) {
            loading.late = true;
            self.answer_waiting();
        }
    }

    /// Something changed on the disk.
    pub(super) fn disk(&mut self, paths: Vec<PathBuf>) -> Vec<Check> {
        let (settings, paths): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.into_iter().partition(|path| path.file_name().is_some_and(|name| name == CONFIG_NAME));
        let mut checks = Vec::new();
        for folder in settings.iter().filter_map(|path| path.parent()) {
            checks.extend(self.settings_changed(folder));
        }
        for (root, loading) in &mut self.loading {
            loading.pending.extend(paths.iter().filter(|path| path.starts_with(root)).cloned());
        }
        let roots: Vec<PathBuf> = self.homes.keys().cloned().collect();
        for root in roots {
            let ours: BTreeSet<PathBuf> = paths.iter().filter(|path| path.starts_with(&root)).cloned().collect();
            if ours.is_empty() {
                continue;
            }
            if let Some(watcher) = &mut self.watcher {
                watcher.lost(&root, &ours);
            }
            if let Some(home) = self.homes.get_mut(&root) {
                home.pending.extend(ours);
            }
            self.reread(&root);
        }
        checks
    }

    /// The `vidimus.toml` of a folder changed, appeared or went: its corpus is read again, and no other but the one round it.
    fn settings_changed(&mut self, folder: &Path) -> Vec<Check> {
        let there = find_root(folder).as_deref() == Some(folder);
        let known = self.homes.contains_key(folder) || self.loading.contains_key(folder);
        // A mended file is looked at again.
        self.shut.remove(folder);
        let mut checks = Vec::new();
        if !there && known {
            self.let_go(folder);
        }
        if there != known {
            // The corpus round it holds what this one does not.
            if let Some(outer) = folder.parent().and_then(find_root).filter(|outer| self.homes.contains_key(outer)) {
                self.begin_anew(&outer);
            }
        }
        if there {
            let wanted = known || self.folders.iter().any(|f| find_root(f).as_deref() == Some(folder));
            if wanted {
                self.begin_anew(folder);
            }
        }
        if there != known {
            checks = self.seat_again(|key, _| key.path().is_some_and(|path| path.starts_with(folder)));
            self.answer_waiting();
        }
        checks
    }

    /// Begins to read again what changed of a corpus, unless that is being done.
    fn reread(&mut self, root: &Path) {
        let Some(home) = self.homes.get_mut(root).filter(|home| home.touched.is_none() && !home.pending.is_empty()) else { return };
        home.touched = Some(HashSet::new());
        let paths = std::mem::take(&mut home.pending);
        self.loader.begin_again(home.workspace.clone(), home.corpus.snapshot(), home.round, paths);
    }

    /// Files of a corpus have been read again: all are taken in at once. What is open stays as its editor shows it.
    pub(super) fn took(&mut self, root: &Path, round: u64, read: Option<Reread>) -> Vec<Check> {
        let open: HashSet<SmolStr> = self.open_in(root).map(|(_, open)| open.seat.path.clone()).collect();
        let Some(home) = self.homes.get_mut(root).filter(|home| home.round == round) else { return Vec::new() };
        let touched = home.touched.take().unwrap_or_default();
        let Reread { mut files, folders } = read.unwrap_or(Reread { files: Vec::new(), folders: Vec::new() });
        files.retain(|(path, _)| !open.contains(path) && !touched.contains(path));
        let now = if files.is_empty() { None } else { home.take(&mut self.renewer, Change { config: None, files }, None) };
        self.renewer.begin(root, home);
        let mut affected = now.unwrap_or_default();
        // Whether a record is named anywhere is too much to ask with every key: it is asked when something is saved.
        let snapshot = home.corpus.snapshot();
        let files = open.iter().filter_map(|path| snapshot.file_at(path));
        affected.texts.extend(files.filter(|id| snapshot.file(*id).is_some_and(|file| rules::looks_at_uses_in(&snapshot, file))));
        affected.texts.sort_unstable();
        affected.texts.dedup();
        if !folders.is_empty() {
            self.watch(root, &folders);
        }
        let checks = if affected.files.is_empty() && affected.texts.is_empty() { Vec::new() } else { self.checks(root, &affected, None) };
        self.reread(root);
        checks
    }

    /// Reads everything again and seats every open text anew: after a mistake of ours nothing half done is kept, and the text
    /// that led to it waits for its next change.
    pub(super) fn start_over(&mut self, culprit: Option<&super::TextKey>) -> Vec<Check> {
        if let Some(key) = culprit {
            self.open.remove(key);
        }
        let roots: Vec<PathBuf> = self.homes.keys().cloned().collect();
        for root in roots {
            self.homes.remove(&root);
            self.begin_anew(&root);
        }
        self.seat_again(|_, _| true)
    }
}
