//! The corpus at one moment.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use smol_str::SmolStr;

use super::change::Compiled;
use super::names::Files;
use super::shared_map::SharedMap;
use super::watch::{Asked, answer_of};
use super::{
    Anchor, Anchors, Annotations, Entity, EntityId, FileId, FileState, Names, Occasion, RecordAt, Step, Texts, annotate_again,
    annotate_told,
};
use crate::config::Config;
use crate::registry::Record;
use crate::syntax::{self, Document};

/// The corpus at one moment: never changes, cheap to clone.
#[derive(Clone)]
pub struct Snapshot {
    pub(super) config: Arc<Config>,
    pub(super) compiled: Arc<Compiled>,
    pub(super) texts: Arc<dyn Texts>,
    pub(super) ids: SharedMap<SmolStr, FileId>,
    pub(super) files: Files,
    pub(super) names: Arc<Names>,
    pub(super) held: Arc<BTreeSet<FileId>>,
    /// Another one whenever anything is defined otherwise than before, a paragraph of a note included.
    pub(super) definitions: Arc<()>,
    pub(super) occasion: Arc<Occasion>,
    pub(super) generation: u64,
}

/// What a text's findings stand on besides the text: all names, settings and the occasion. Two are equal when nothing of it changed
/// between their snapshots.
#[derive(Clone, Debug)]
pub struct Ground {
    // Weak: its place in memory is not given away meanwhile.
    definitions: Weak<()>,
    config: Weak<Config>,
    occasion: Weak<Occasion>,
}

/// A text with its marks.
#[derive(Debug)]
pub enum Marks {
    /// Those of its annotations.
    Known(Arc<Annotations>),
    /// Read alone.
    Read(Arc<str>, Box<Document>),
}

impl Marks {
    /// The text they stand in.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        match self {
            Self::Known(notes) => &notes.text,
            Self::Read(text, _) => text,
        }
    }

    /// The marks.
    #[must_use]
    pub fn document(&self) -> &Document {
        match self {
            Self::Known(notes) => &notes.document,
            Self::Read(_, document) => document,
        }
    }
}

impl PartialEq for Ground {
    fn eq(&self, other: &Self) -> bool {
        self.definitions.ptr_eq(&other.definitions) && self.config.ptr_eq(&other.config) && self.occasion.ptr_eq(&other.occasion)
    }
}

impl Eq for Ground {}

impl Snapshot {
    /// The names and settings it was made with, to be compared with those of a later one.
    #[must_use]
    pub fn ground(&self) -> Ground {
        Ground {
            definitions: Arc::downgrade(&self.definitions),
            config: Arc::downgrade(&self.config),
            occasion: Arc::downgrade(&self.occasion),
        }
    }

    /// How many changes the corpus had taken in.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The settings.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// On what occasion it is asked.
    #[must_use]
    pub fn occasion(&self) -> &Occasion {
        &self.occasion
    }

    /// All ids and names.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// All files of the corpus, in order of their numbers.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &FileState)> {
        self.all_files().filter(|(_, file)| !super::is_outside(&file.path))
    }

    /// The same, and the texts of works that lie elsewhere: they are read to compare words with, and are nobody's to judge or to change.
    pub fn all_files(&self) -> impl Iterator<Item = (FileId, &FileState)> {
        self.names.tell_whole();
        self.files.iter().filter_map(|(id, file)| Some((FileId(id), &**file.as_ref()?)))
    }

    /// The file at a path relative to the root.
    #[must_use]
    pub fn file_at(&self, path: &str) -> Option<FileId> {
        let found = self.ids.get(path).copied().filter(|id| self.state(*id).is_some());
        self.names.tell(|| Asked::Path(path.into()), || answer_of(found.map(|_| "")));
        found
    }

    /// A file; `None` when it is gone.
    #[must_use]
    pub fn file(&self, id: FileId) -> Option<&FileState> {
        if let Some(watch) = self.watch() {
            watch.file(id);
        }
        self.state(id)
    }

    /// The same, which nobody remembers to have been asked: for its path, and how it is read.
    pub(super) fn state(&self, id: FileId) -> Option<&FileState> {
        self.files.get(id.0)?.as_deref()
    }

    /// A file's path; empty when it is gone.
    #[must_use]
    pub fn path(&self, id: FileId) -> SmolStr {
        self.state(id).map(|f| f.path.clone()).unwrap_or_default()
    }

    /// A file's characters, held or asked for; `None` when they cannot be had.
    #[must_use]
    pub fn text(&self, id: FileId) -> Option<Arc<str>> {
        let file = self.file(id)?;
        file.held.clone().or_else(|| self.texts.text(&file.path))
    }

    /// An entity.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> &Entity {
        self.names.entity(id)
    }

    /// The record written at a place.
    #[must_use]
    pub fn record_at(&self, at: RecordAt) -> Option<&Arc<Record>> {
        self.names.tell_whole();
        super::names::record_at(&self.files, at)
    }

    /// What a text's words mean. Kept for held texts, made anew for others; `None` for other files.
    #[must_use]
    pub fn annotations(&self, id: FileId) -> Option<Arc<Annotations>> {
        self.annotations_told(id, &mut |_| {})
    }

    /// The same; `told` hears of every step that is taken, when it is done.
    #[must_use]
    pub fn annotations_told(&self, id: FileId, told: &mut dyn FnMut(Step)) -> Option<Arc<Annotations>> {
        let file = self.file(id)?;
        if !file.kind.is_text() {
            return None;
        }
        if let Some(text) = &file.held {
            return Some(file.annotated(|latest| match latest {
                Some(latest) => annotate_again(self, id, file, text.clone(), Arc::unwrap_or_clone(latest)),
                None => annotate_told(self, id, file, text.clone(), told),
            }));
        }
        let text = self.texts.text(&file.path)?;
        told(Step::Read);
        Some(Arc::new(annotate_told(self, id, file, text, told)))
    }

    /// A text's marks; `None` for other files, and when it cannot be read any more. Of an open text they are those of its
    /// annotations, which are worked out from the last ones; where there are none yet they are read alone, a tenth of the work.
    #[must_use]
    pub fn marks(&self, id: FileId) -> Option<Marks> {
        let file = self.file(id)?;
        let super::FileKind::Text(format) = file.kind else { return None };
        if file.held.is_some() && file.known().is_some() {
            return Some(Marks::Known(self.annotations(id)?));
        }
        let text = self.text(id)?;
        let document = syntax::parse(&text, format);
        Some(Marks::Read(text, Box::new(document)))
    }

    /// The anchors of a text: a note's are at hand, another's are looked for.
    #[must_use]
    pub fn anchor(&self, id: FileId, name: &str) -> Option<Anchor> {
        let file = self.file(id)?;
        if let Some(found) = file.facts.anchors.find(name) {
            return Some(found.clone());
        }
        if !file.facts.records.is_empty() {
            return None;
        }
        self.looked_for(id, file)?.find(name).cloned()
    }

    /// The anchors of a text that is no note; remembered, since one text may point to hundreds of another.
    fn looked_for<'s>(&self, id: FileId, file: &'s FileState) -> Option<&'s Anchors> {
        if let Some(known) = file.anchors.get() {
            return Some(known);
        }
        let marks = self.marks(id)?;
        Some(file.anchors.get_or_init(|| Anchors::of(marks.text(), marks.document(), &crate::registry::RecordKind::Document)))
    }

    /// All anchors of a text, explicit ones first.
    #[must_use]
    pub fn anchors(&self, id: FileId) -> Vec<Anchor> {
        let Some(file) = self.file(id) else { return Vec::new() };
        if !file.facts.records.is_empty() {
            return file.facts.anchors.as_slice().to_vec();
        }
        self.looked_for(id, file).map(|anchors| anchors.as_slice().to_vec()).unwrap_or_default()
    }

    /// Whether an entity has the place that a pinpoint names: `None` when it says nothing of its parts, so that nobody can tell.
    #[must_use]
    pub fn has_pin(&self, id: EntityId, pin: &str) -> Option<bool> {
        let entity = self.entity(id);
        let home = self.state(entity.home.file)?;
        if home.kind.is_text() {
            self.file(entity.home.file)?;
        }
        let declared = &entity.record.parts;
        if home.facts.anchors.find(pin).is_some() {
            return Some(true);
        }
        let wanted = super::anchors::normal(pin);
        let covers = |part: &str| wanted.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        if declared.iter().any(|p| covers(&super::anchors::normal(&p.value))) {
            return Some(true);
        }
        let silent = declared.is_empty() && home.facts.anchors.as_slice().is_empty();
        (!silent).then_some(false)
    }
}
