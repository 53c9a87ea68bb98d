//! The one mutable thing, and what happens to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use globset::{Glob, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::names::{Files, Turn, same_words};
use super::search::names_of_text;
use super::shared_map::SharedMap;
use super::{EntityId, Facts, FileId, FileKind, FileState, Meaning, MentionAt, Names, Occasion, RegistryFormat, Settings, Snapshot, Texts};
use crate::config::{CitationScope, Config, TextKind};
use crate::registry::{Record, Shelf, jsonl};

/// What happened: all of it is taken in at once.
#[derive(Clone, Debug, Default)]
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
    /// The ids whose definitions changed, so that texts that use them may read differently now; sorted, each once. None where an id
    /// came or went: then that is said of all texts, by `outside`.
    pub names: Vec<SmolStr>,
    /// Whether settings changed.
    pub config: bool,
    /// Whether an id came or went, or something is called otherwise: any text may mean something else now.
    pub outside: bool,
    /// Held texts that were not given and whose findings may be others now: all of them after a change of settings or of what
    /// things are called, else those that use one of `names`. In order of their numbers.
    pub texts: Vec<FileId>,
}

/// All texts and registries of one root. Copies are cheap, and share what does not change.
#[derive(Clone)]
pub struct Corpus {
    config: Arc<Config>,
    compiled: Arc<Compiled>,
    texts: Arc<dyn Texts>,
    ids: SharedMap<SmolStr, FileId>,
    files: Files,
    names: Arc<Names>,
    /// The files whose characters are held.
    held: Arc<BTreeSet<FileId>>,
    /// Another one whenever anything is defined otherwise than before.
    definitions: Arc<()>,
    occasion: Arc<Occasion>,
    generation: u64,
}

/// Settings made ready for use.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    pub(super) rows: Vec<GlobSet>,
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

impl Affected {
    /// Adds what another change touched.
    pub fn join(&mut self, other: Self) {
        self.files.extend(other.files);
        self.names.extend(other.names);
        self.names.sort_unstable();
        self.names.dedup();
        self.config |= other.config;
        self.outside |= other.outside;
        self.texts.extend(other.texts);
        self.texts.sort_unstable();
        self.texts.dedup();
    }
}

/// Files of one change that are taken in within a moment.
const FEW_FILES: usize = 128;

/// Records of a file that are compared with those before within a moment.
const FEW_RECORDS: usize = 256;

/// Names that are compiled within a moment.
const FEW_NAMES: usize = 1000;

impl Corpus {
    /// Reads a file and keeps its characters, as [`FileInput::open`] does; of a note or a list of lines that was open before, no more than
    /// changed.
    #[must_use]
    pub fn open(&self, path: &SmolStr, kind: FileKind, text: Arc<str>) -> FileInput {
        let before = self.ids.get(path).and_then(|id| self.files.get(id.0)?.as_ref()).filter(|file| file.kind == kind);
        let Some((file, held)) = before.and_then(|file| Some((file, file.held.as_ref()?))) else {
            return FileInput::open(path, kind, text);
        };
        let facts = match kind {
            FileKind::Text(format) if file.facts.head.record_type.is_some() => {
                file.known().map(|old| Facts::of_edited(path, format, &text, &old))
            }
            FileKind::Registry(RegistryFormat::Jsonl) => {
                Some(Facts::of_records(jsonl::reparse(held, &file.facts.records, &file.facts.faults, &text)))
            }
            _ => None,
        };
        match facts {
            Some(facts) => FileInput { kind, facts: Arc::new(facts), held: Some(text) },
            None => FileInput::open(path, kind, text),
        }
    }

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
            held: Arc::default(),
            definitions: Arc::default(),
            occasion: Arc::default(),
            generation: 0,
        }
    }

    /// A corpus that goes on from a snapshot, for asking what would be if a text were another; the one it came from
    /// does not learn of it.
    #[must_use]
    pub fn from_snapshot(snapshot: &Snapshot) -> Self {
        let Snapshot { config, compiled, texts, ids, files, names, held, definitions, occasion, generation } = snapshot.clone();
        Self { config, compiled, texts, ids, files, names, held, definitions, occasion, generation }
    }

    /// It is asked on this occasion from now on. Findings made on another one are out of date.
    pub fn set_occasion(&mut self, occasion: Occasion) {
        if *self.occasion != occasion {
            self.occasion = Arc::new(occasion);
            self.generation += 1;
        }
    }

    /// Whether taking a change in takes so long that somebody who waits would notice: there is much of it, or all names have to be compiled
    /// anew and they are many.
    #[must_use]
    pub fn is_long(&self, change: &Change) -> bool {
        let names = self.names.gazetteer.count() > FEW_NAMES;
        let is_long = |(path, input): &(SmolStr, Option<FileInput>)| {
            let old = self.ids.get(path).and_then(|id| self.files.get(id.0)?.as_ref());
            let was = old.map_or(&[][..], |f| &f.facts.records);
            let is = input.as_ref().map_or(&[][..], |f| &f.facts.records);
            was.len().max(is.len()) > FEW_RECORDS || (names && !same_words(was, is))
        };
        change.files.len() > FEW_FILES || change.files.iter().any(is_long)
    }

    /// Gives the file at a path its number, whether or not it is ever there: copies that take in other changes number it alike.
    pub fn reserve(&mut self, path: &SmolStr) {
        self.id(path);
    }

    /// Takes a change in.
    pub fn apply(&mut self, change: Change) -> Affected {
        self.begin(change, None)
    }

    /// The same of the change that begins a corpus: its names are compiled unless they lie compiled on a shelf.
    pub fn begin(&mut self, change: Change, shelf: Option<&dyn Shelf>) -> Affected {
        let mut affected = Affected { config: change.config.is_some(), ..Affected::default() };
        if let Some(config) = change.config {
            self.compiled = Arc::new(Compiled::of(&config));
            self.config = Arc::new(config);
            self.settle_again();
        }
        let (mut names, mut turn) = (Names::clone(&self.names), Turn::default());
        for (path, input) in change.files {
            affected.files.push(self.put(path, input, &mut names, &mut turn));
        }
        names.settle(&mut turn, shelf);
        if turn.is_news() {
            self.names = Arc::new(names);
        }
        if turn.is_news() || !turn.names.is_empty() {
            self.definitions = Arc::new(());
        }
        self.reconsider(&turn, &mut affected);
        affected.outside = turn.outside;
        affected.names = turn.names;
        self.generation += 1;
        affected
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
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
            held: self.held.clone(),
            definitions: self.definitions.clone(),
            occasion: self.occasion.clone(),
            generation: self.generation,
        }
    }

    /// Puts one file in its place; tells `names` what it defines otherwise than before.
    fn put(&mut self, path: SmolStr, input: Option<FileInput>, names: &mut Names, turn: &mut Turn) -> FileId {
        let id = self.id(&path);
        let old = self.files.get(id.0).cloned().flatten();
        let state = input.map(|input| {
            let settings = self.compiled.settings(&self.config, &path, &input.facts);
            let state = FileState::new(path, input.kind, input.facts, input.held, settings);
            Arc::new(state.after(old.as_deref()))
        });
        let held = state.as_ref().is_some_and(|s| s.held.is_some());
        if held != self.held.contains(&id) {
            let all = Arc::make_mut(&mut self.held);
            let _ = if held { all.insert(id) } else { all.remove(&id) };
        }
        self.files.set(id.0, state.clone());
        let searched = |f: &Option<Arc<FileState>>| f.as_deref().map(|f| names_of_text(f).collect::<Vec<_>>());
        if searched(&old) != searched(&state) {
            self.files.forget_keys(id.0);
        }
        // Quotations of a source-text are compared with its words, which `names` knows nothing of.
        let works = [old.as_deref(), state.as_deref()].into_iter().flatten().filter_map(work_of);
        turn.works.extend(works);
        names.take(&self.files, id, old.as_deref(), state.as_deref(), turn);
        id
    }

    fn id(&mut self, path: &SmolStr) -> FileId {
        if let Some(&id) = self.ids.get(path) {
            return id;
        }
        let id = FileId(self.files.push(None));
        self.ids.insert(path.clone(), id);
        id
    }

    /// Works out every file's settings anew.
    fn settle_again(&mut self) {
        let (config, compiled) = (&self.config, &self.compiled);
        self.files.replace_all(|file| {
            let file = file.as_ref()?;
            Some(Arc::new(file.with_settings(compiled.settings(config, &file.path, &file.facts))))
        });
    }

    /// Tells which held texts a change concerns besides those given; what they mean has to be worked out again.
    fn reconsider(&mut self, turn: &Turn, affected: &mut Affected) {
        self.tell_who_cites(turn, affected);
        self.tell_sidecars(affected);
        let all = turn.outside || affected.config;
        if !all && turn.names.is_empty() {
            return;
        }
        let changed = if all { FxHashSet::default() } else { turn.set() };
        let mut means_otherwise = Vec::new();
        for &id in &*self.held {
            let Some(file) = self.files.get(id.0).and_then(Option::as_ref) else { continue };
            if !affected.files.contains(&id) && (all || concerns(&self.names, file, &changed)) {
                means_otherwise.push(id);
            }
        }
        affected.texts.extend_from_slice(&means_otherwise);
        affected.texts.sort_unstable();
        affected.texts.dedup();
        if !all && !turn.inside {
            // Only paragraphs that pinpoints name: findings stand on them, meanings do not.
            return;
        }
        for &id in means_otherwise.iter().chain(&affected.files) {
            if let Some(Some(file)) = self.files.get(id.0)
                && file.held.is_some()
            {
                let again = file.with_settings(file.settings.clone());
                self.files.set(id.0, Some(Arc::new(again)));
            }
        }
    }

    /// Tells the held annotations that stand beside a text that was given.
    fn tell_sidecars(&self, affected: &mut Affected) {
        for &id in &*self.held {
            let Some(file) = self.files.get(id.0).and_then(Option::as_ref).filter(|file| file.kind == FileKind::Sidecar) else { continue };
            let text = super::text_of(&file.path).and_then(|text| self.ids.get(text));
            if text.is_some_and(|text| affected.files.contains(text)) && !affected.files.contains(&id) {
                affected.texts.push(id);
            }
        }
        affected.texts.sort_unstable();
    }

    /// Tells the held texts that cite a work whose text was given: what they mean stays, what is found in them may not.
    fn tell_who_cites(&self, turn: &Turn, affected: &mut Affected) {
        if turn.works.is_empty() {
            return;
        }
        let works: FxHashSet<&str> = turn.works.iter().map(SmolStr::as_str).collect();
        for &id in &*self.held {
            let Some(file) = self.files.get(id.0).and_then(Option::as_ref) else { continue };
            if !affected.files.contains(&id) && concerns(&self.names, file, &works) {
                affected.texts.push(id);
            }
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

/// Whether a held file names or defines any of the ids, as far as is known.
fn concerns(names: &Names, file: &FileState, ids: &FxHashSet<&str>) -> bool {
    let defines = |record: &Arc<Record>| {
        ids.contains(record.id.value.as_str()) || record.relations.iter().any(|r| ids.contains(r.target.value.as_str()))
    };
    if file.facts.records.iter().any(defines) {
        return true;
    }
    if !file.kind.is_text() {
        return false;
    }
    let Some(notes) = file.annotations.get() else { return true };
    let source = file.facts.head.source.as_ref().map(|(_, span)| super::facts::attribute_key(&notes.text, *span).slice(&notes.text));
    let is_changed = |id: &EntityId| ids.contains(names.entity(*id).record.id.value.as_str());
    let mentioned = |m: &MentionAt| match &m.meaning {
        Meaning::One(one) => is_changed(&one.entity),
        Meaning::Several(all) => all.iter().any(|c| is_changed(&c.entity)),
        _ => false,
    };
    source.is_some_and(|source| ids.contains(source))
        || notes.mentions.iter().any(mentioned)
        || notes.instruments_found().any(|(at, found)| at.entity.as_ref().is_some_and(is_changed) || ids.contains(found.id.as_str()))
        || super::uses(&notes.text, &notes.document)
            .iter()
            .any(|u| ids.contains(u.name.as_str()) || names.by_old_id(&u.name).as_ref().is_some_and(is_changed))
}

/// The work that a source-text is the text of.
pub(super) fn work_of(file: &FileState) -> Option<SmolStr> {
    let head = &file.facts.head;
    let is_source = head.kind.as_ref().is_some_and(|(kind, _)| kind == "source-text");
    head.source.as_ref().filter(|_| is_source).map(|(key, _)| key.trim_start_matches('@').into())
}

/// The id by which a text that is no note can be named.
pub(super) fn own_id(file: &FileState) -> Option<SmolStr> {
    file.facts.own_id(&file.path, file.kind)
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
