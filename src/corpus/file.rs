//! One file of the corpus: what kind it is, its facts, and what its settings are.

use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::record_points::RecordPoints;
use super::{Anchors, Annotations, Facts, SourceText, Uses};
use crate::config::{CitationScope, Level, TextKind};
use crate::syntax::Format;
use crate::text::Points;

/// A file's number in one corpus; it keeps it as long as the corpus lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FileKind {
    /// A text or a note.
    Text(Format),
    /// Records.
    Registry(RegistryFormat),
    /// Annotations that stand beside a text.
    Sidecar,
    /// `vidimus.toml`
    Config,
}

/// How a file of records is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RegistryFormat {
    /// A YAML list.
    Yaml,
    /// One record a line.
    Jsonl,
    /// BibLaTeX.
    Bib,
    /// CSL-JSON.
    CslJson,
    /// CSL-YAML.
    CslYaml,
}

/// Gives the characters of files that a corpus does not hold itself.
pub trait Texts: Send + Sync {
    /// The characters of the file at `path` (relative to the root, parts joined by `/`), or `None` when it
    /// cannot be read any more.
    fn text(&self, path: &str) -> Option<Arc<str>>;
}

/// No files: for corpora that hold all their texts.
impl Texts for () {
    fn text(&self, _: &str) -> Option<Arc<str>> {
        None
    }
}

/// The annotations of an open text that were worked out last, from which others can be worked out sooner.
type Latest = Arc<Mutex<Option<Arc<Annotations>>>>;

/// One file as a snapshot knows it.
#[derive(Debug)]
pub struct FileState {
    /// Relative to the root, parts joined by `/`.
    pub path: SmolStr,
    /// How it is read.
    pub kind: FileKind,
    /// What it defines.
    pub facts: Arc<Facts>,
    /// Its characters, when the corpus holds them: open texts.
    pub held: Option<Arc<str>>,
    /// Its settings.
    pub settings: Settings,
    /// What its words mean, once asked for; only for held texts.
    pub(super) annotations: OnceLock<Arc<Annotations>>,
    /// The anchors of a text that is no note, once asked for.
    pub(super) anchors: OnceLock<Anchors>,
    /// What it names by marks, once asked for.
    pub(super) marked: OnceLock<Arc<Uses>>,
    /// What it names in plain words, once asked for, and by which version of the names.
    pub(super) plain: Mutex<Option<(u64, Arc<Uses>)>>,
    /// Where its records stand, once one of them was jumped to.
    pub(super) record_points: OnceLock<RecordPoints>,
    /// What it says to those who cite it, once asked for, and by which version of the names.
    source: Mutex<Option<(u64, Arc<SourceText>)>>,
    /// What the words of any state of the open text meant that was asked about last: all states share it.
    latest: Latest,
}

impl FileState {
    /// A file as it is read, of which nothing has been asked yet.
    pub(super) fn new(path: SmolStr, kind: FileKind, facts: Arc<Facts>, held: Option<Arc<str>>, settings: Settings) -> Self {
        Self {
            path,
            kind,
            facts,
            held,
            settings,
            annotations: OnceLock::new(),
            anchors: OnceLock::new(),
            marked: OnceLock::new(),
            plain: Mutex::new(None),
            record_points: OnceLock::new(),
            source: Mutex::new(None),
            latest: Latest::default(),
        }
    }

    /// The same as the next state of a file.
    pub(super) fn after(self, old: Option<&Self>) -> Self {
        let latest = old.filter(|old| old.held.is_some() && self.held.is_some()).map(|old| old.latest.clone());
        Self { latest: latest.unwrap_or_default(), ..self }
    }

    /// What the words of an open text mean, by `make`, which may use up what they meant in another state. Where another
    /// thread works that out for another state, it is waited for: so every key costs no more than what it changed.
    pub(super) fn annotated(&self, make: impl FnOnce(Option<Arc<Annotations>>) -> Annotations) -> Arc<Annotations> {
        let make = || {
            let mut latest = self.latest.lock();
            let made = Arc::new(make(latest.take()));
            *latest = Some(made.clone());
            made
        };
        self.annotations.get_or_init(make).clone()
    }

    /// What the words of an open text mean, or meant in the last state that was asked about; `None` while that is worked out.
    pub(super) fn known(&self) -> Option<Arc<Annotations>> {
        self.annotations.get().cloned().or_else(|| self.latest.try_lock()?.clone())
    }

    /// Lines and columns of its `text`, as an editor counts them: as it holds it, or as it will when it opens the file.
    pub(super) fn points<'t>(&self, text: &'t str) -> Points<'t> {
        if self.held.is_some() { Points::of(text) } else { Points::of_file(text) }
    }

    /// It cannot be read, and need not be tried again under these names.
    pub(super) fn give_up(&self, version: u64) {
        let _ = self.marked.set(Arc::default());
        *self.plain.lock() = Some((version, Arc::default()));
    }

    /// What it says to those who cite it, made by `make` unless it was by this version of the names.
    pub(super) fn source_text(&self, version: u64, make: impl FnOnce() -> Option<SourceText>) -> Option<Arc<SourceText>> {
        let mut kept = self.source.lock();
        if let Some((_, source)) = kept.as_ref().filter(|(made, _)| *made == version) {
            return Some(source.clone());
        }
        let source = Arc::new(make()?);
        *kept = Some((version, source.clone()));
        Some(source)
    }

    /// The same with other settings; what its words mean has to be worked out again.
    pub(super) fn with_settings(&self, settings: Settings) -> Self {
        let new = Self::new(self.path.clone(), self.kind, self.facts.clone(), self.held.clone(), settings);
        if let Some(marked) = self.marked.get() {
            let _ = new.marked.set(marked.clone());
        }
        new
    }
}

/// What front matter and `vidimus.toml` together say about one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Its kind.
    pub kind: TextKind,
    /// Its date, EDTF as written.
    pub date: Option<SmolStr>,
    /// Its language tag.
    pub lang: Option<SmolStr>,
    /// How far its citations reach.
    pub scope: CitationScope,
    /// Levels that settings give to rules here, later rows last.
    pub levels: Vec<(SmolStr, Level)>,
}

impl Settings {
    /// The level that settings give to a rule here, when they do.
    #[must_use]
    pub fn level(&self, rule: &str) -> Option<Level> {
        self.levels.iter().rev().find(|(name, _)| name == rule).map(|&(_, level)| level)
    }
}

impl FileKind {
    /// Whether it is a text or note.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text(_))
    }
}
