//! The one mutable thing, and what happens to it.

use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::files::Files;
use super::shared_map::SharedMap;
use super::{Facts, FileId, FileKind, FileState, Names, Settings, Snapshot, Texts};
use crate::config::{CitationScope, Config, TextKind};

/// What happened: all of it is taken in at once.
#[derive(Debug, Default)]
pub struct Change {
    /// New settings.
    pub config: Option<Config>,
    /// Files by path (relative to the root, parts joined by `/`): what they are now, or `None` when they are gone.
    pub files: Vec<(SmolStr, Option<FileInput>)>,
}

/// One file as it is now.
#[derive(Clone, Debug)]
pub struct FileInput {
    /// How it is read.
    pub kind: FileKind,
    /// What it defines.
    pub facts: Arc<Facts>,
    /// Its characters, to be held: for open texts. `None`: they are asked of [`Texts`] when needed.
    pub held: Option<Arc<str>>,
}

/// What a change touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affected {
    /// The files that were given.
    pub files: Vec<FileId>,
    /// The ids whose definitions changed, so that texts that use them may read differently now; sorted, each once.
    pub names: Vec<SmolStr>,
    /// Whether settings changed.
    pub config: bool,
}

/// All texts and registries of one root.
pub struct Corpus {
    config: Arc<Config>,
    compiled: Arc<Compiled>,
    texts: Arc<dyn Texts>,
    ids: SharedMap<SmolStr, FileId>,
    files: Files,
    names: Arc<Names>,
    generation: u64,
}

/// Settings made ready for use.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    rows: Vec<GlobSet>,
    pub(super) patterns: crate::prose::instruments::Patterns,
}

impl FileInput {
    /// Reads a file that is closed: its characters are not kept.
    #[must_use]
    pub fn closed(path: &str, kind: FileKind, text: &str) -> Self {
        Self { kind, facts: Arc::new(Facts::of(path, kind, text)), held: None }
    }

    /// The settings' file itself, with what is wrong in it.
    #[must_use]
    pub fn config(text: Arc<str>, faults: Vec<crate::text::Fault>) -> Self {
        Self { kind: FileKind::Config, facts: Arc::new(Facts::of_config(faults)), held: Some(text) }
    }

    /// Reads a file and keeps its characters.
    #[must_use]
    pub fn open(path: &str, kind: FileKind, text: Arc<str>) -> Self {
        Self { kind, facts: Arc::new(Facts::of(path, kind, &text)), held: Some(text) }
    }
}

impl Corpus {
    /// An empty corpus; `texts` gives the characters of files it does not hold.
    #[must_use]
    pub fn new(texts: Arc<dyn Texts>) -> Self {
        Self {
            config: Arc::default(),
            compiled: Arc::default(),
            texts,
            ids: SharedMap::default(),
            files: Files::default(),
            names: Arc::default(),
            generation: 0,
        }
    }

    /// A corpus that goes on from a snapshot, for asking what would be if a text were another; the one it came from
    /// does not learn of it.
    #[must_use]
    pub fn from_snapshot(snapshot: &Snapshot) -> Self {
        let Snapshot { config, compiled, texts, ids, files, names, generation } = snapshot.clone();
        Self { config, compiled, texts, ids, files, names, generation }
    }

    /// Takes a change in.
    pub fn apply(&mut self, change: Change) -> Affected {
        let mut affected = Affected { config: change.config.is_some(), ..Affected::default() };
        if let Some(config) = change.config {
            self.compiled = Arc::new(Compiled::of(&config));
            self.config = Arc::new(config);
            self.settle_again();
        }
        for (path, input) in change.files {
            let file = self.put(path, input, &mut affected.names);
            affected.files.push(file);
        }
        affected.names.sort_unstable();
        affected.names.dedup();
        if !affected.names.is_empty() || affected.config {
            self.names = Arc::new(Names::of(&self.files, &self.names));
            self.forget_annotations();
        }
        self.generation += 1;
        affected
    }

    /// The corpus as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            config: self.config.clone(),
            compiled: self.compiled.clone(),
            texts: self.texts.clone(),
            ids: self.ids.clone(),
            files: self.files.clone(),
            names: self.names.clone(),
            generation: self.generation,
        }
    }

    /// Puts one file in its place; appends the ids whose definitions changed by it.
    fn put(&mut self, path: SmolStr, input: Option<FileInput>, changed: &mut Vec<SmolStr>) -> FileId {
        let id = self.id(&path);
        let old = self.files.get(id).cloned();
        let state = input.map(|input| {
            let settings = self.compiled.settings(&self.config, &path, &input.facts);
            let state = FileState::new(path, input.kind, input.facts, input.held, settings);
            Arc::new(state.after(old.as_deref()))
        });
        difference(old.as_deref(), state.as_deref(), changed);
        self.files.set(id, state);
        id
    }

    fn id(&mut self, path: &SmolStr) -> FileId {
        if let Some(&id) = self.ids.get(path) {
            return id;
        }
        let id = self.files.add();
        self.ids.insert(path.clone(), id);
        id
    }

    /// Works out every file's settings anew.
    fn settle_again(&mut self) {
        let (config, compiled) = (&self.config, &self.compiled);
        self.files.replace_all(|file| file.with_settings(compiled.settings(config, &file.path, &file.facts)));
    }

    /// Names changed: what held texts mean has to be worked out again.
    fn forget_annotations(&mut self) {
        let known: Vec<(FileId, Arc<FileState>)> =
            self.files.iter().filter(|(_, f)| f.annotations.get().is_some()).map(|(id, f)| (id, f.clone())).collect();
        for (id, file) in known {
            self.files.set(id, Some(Arc::new(file.with_settings(file.settings.clone()))));
        }
    }
}

impl Snapshot {
    /// The corpus as it would be with another text in one file; the same when the file is gone or holds settings.
    #[must_use]
    pub fn with_text(&self, id: FileId, text: Arc<str>) -> Self {
        let Some(file) = self.file(id).filter(|f| f.kind != FileKind::Config) else { return self.clone() };
        let mut corpus = Corpus::from_snapshot(self);
        let input = FileInput::open(&file.path, file.kind, text);
        corpus.apply(Change { files: vec![(file.path.clone(), Some(input))], ..Change::default() });
        corpus.snapshot()
    }
}

/// Appends the ids that one state of a file defines otherwise than the other.
fn difference(old: Option<&FileState>, new: Option<&FileState>, into: &mut Vec<SmolStr>) {
    let records = |f: Option<&FileState>| f.map(|f| f.facts.records.clone()).unwrap_or_default();
    let (was, is) = (records(old), records(new));
    let moved = match (old, new) {
        (Some(a), Some(b)) => a.facts.anchors != b.facts.anchors || a.facts.incomplete != b.facts.incomplete,
        _ => false,
    };
    if was != is || moved {
        let known: FxHashMap<&str, &crate::registry::Record> = was.iter().map(|r| (r.id.value.as_str(), &**r)).collect();
        let kept = |r: &crate::registry::Record| known.get(r.id.value.as_str()).is_some_and(|old| **old == *r);
        let mut same: rustc_hash::FxHashSet<&str> = rustc_hash::FxHashSet::default();
        for record in &is {
            if !moved && kept(record) {
                same.insert(&record.id.value);
            } else {
                into.push(record.id.value.clone());
            }
        }
        into.extend(was.iter().map(|r| r.id.value.clone()).filter(|id| !same.contains(id.as_str())));
    }
    let (a, b) = (old.and_then(own_id), new.and_then(own_id));
    if a != b {
        into.extend(a.into_iter().chain(b));
    }
}

/// The id by which a text that is no note can be named.
pub(super) fn own_id(file: &FileState) -> Option<SmolStr> {
    let named = file.kind.is_text() && file.facts.records.is_empty();
    named.then(|| file.facts.head.id.as_ref().map_or_else(|| super::facts::stem(&file.path).into(), |(id, _)| id.clone()))
}

impl Compiled {
    fn of(config: &Config) -> Self {
        let rows = config.documents.iter().map(|row| globs(&row.files)).collect();
        let (patterns, _) = crate::prose::instruments::Patterns::compile(&config.instruments);
        Self { rows, patterns }
    }

    /// What front matter and settings together say about a text: front matter wins, later rows win over earlier.
    fn settings(&self, config: &Config, path: &str, facts: &Facts) -> Settings {
        let mut kind = None;
        let mut date = None;
        let mut lang = config.lang.as_deref().map(SmolStr::from);
        let mut scope = config.citation_scope;
        let mut levels: Vec<_> = config.rules.iter().map(|(rule, level)| (SmolStr::from(rule), *level)).collect();
        for (row, _) in config.documents.iter().zip(&self.rows).filter(|(_, globs)| globs.is_match(path)) {
            kind = row.kind.or(kind);
            date = row.date.as_deref().map(SmolStr::from).or(date);
            lang = row.lang.as_deref().map(SmolStr::from).or(lang);
            scope = row.citation_scope.unwrap_or(scope);
            levels.extend(row.rules.iter().map(|(rule, level)| (SmolStr::from(rule), *level)));
        }
        let head = &facts.head;
        let said = head.kind.as_ref().and_then(|(k, _)| TextKind::of_word(k));
        let note = head.record_type.is_some().then_some(TextKind::Note);
        Settings {
            kind: note.or(said).or(kind).unwrap_or_default(),
            date: head.date.as_ref().map(|(d, _)| d.clone()).or(date),
            lang: head.lang.as_ref().map(|(l, _)| l.clone()).or(lang),
            scope: match head.citation_scope.as_ref().map(|(s, _)| s.as_str()) {
                Some("paragraph") => CitationScope::Paragraph,
                Some("sentence") => CitationScope::Sentence,
                _ => scope,
            },
            levels,
        }
    }
}

/// Globs that match; a faulty one was reported when the settings were read.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in patterns.iter().filter_map(|p| Glob::new(p).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}
