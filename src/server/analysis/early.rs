//! What is told of a corpus before it has been read: from what was read of it at an earlier start.
//!
//! Only where it is sure ([`KeptPlaces::defining`]), and only of marks: what they name hangs on no other words. It is told from a corpus of
//! the open text and of what defines the ids that the mark names, made for the one answer. All else waits until the corpus is there.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tower_lsp::ls_types::Uri;

use super::corpora::{Corpora, View, World};
use crate::corpus::{Change, Corpus, FileInput, FileKind, uses_of};
use crate::registry::Gazetteer;
use crate::rules;
use crate::server::session::OpenText;
use crate::server::uri::TextKey;
use crate::syntax;
use crate::workspace::{Cache, DiskTexts, Keepable, KeptFacts, KeptNames, KeptPlaces, Workspace, kept_facts, kept_names};

/// What was read of a corpus at an earlier start.
#[derive(Debug)]
pub(super) struct Remembered {
    /// Its folder.
    pub root: PathBuf,
    /// Where; nowhere when nothing is kept.
    cache: Option<Cache>,
    /// Its names as they were compiled then.
    pub names: Option<KeptNames>,
}

/// An open text whose corpus is being read.
#[derive(Debug)]
pub struct Early {
    remembered: Arc<Remembered>,
    path: PathBuf,
    uri: Uri,
    version: i32,
    text: Arc<str>,
    /// Other open texts, which may be otherwise than on the disk.
    others: HashSet<PathBuf>,
}

impl Remembered {
    pub(super) fn of(root: &Path, keeps: bool) -> Self {
        let names = keeps.then(|| KeptNames::of(kept_names::cache(), root));
        Self { root: root.to_owned(), cache: keeps.then(kept_facts::cache), names }
    }

    /// All of it.
    pub(super) fn facts(&self) -> KeptFacts {
        self.cache.as_ref().map(|cache| KeptFacts::read(cache, &self.root)).unwrap_or_default()
    }

    /// Keeps what was read now, when enough of it is new, and its names as they were compiled; answers whether of what was read.
    pub(super) fn keep(&self, keepable: &Keepable, names: &Gazetteer) -> bool {
        if let Some(kept) = &self.names {
            kept.keep(names);
        }
        let Some(cache) = self.cache.as_ref().filter(|_| keepable.is_much()) else { return false };
        keepable.keep(cache, &self.root);
        true
    }
}

impl Corpora {
    /// An open text whose corpus is being read for the first time.
    pub(super) fn early(&self, key: &TextKey) -> Option<Early> {
        let open = self.open.get(key)?;
        let root = open.seat.awaits.as_ref().filter(|root| !self.homes.contains_key(*root))?;
        let remembered = self.loading.get(root)?.remembered.clone();
        let others = self.open.keys().filter(|other| *other != key).filter_map(|other| other.path().map(Path::to_owned)).collect();
        let OpenText { uri, version, .. } = &open.text;
        let text = open.text.text();
        Some(Early { remembered, path: key.path()?.to_owned(), uri: uri.clone(), version: *version, text, others })
    }
}

impl Early {
    /// Its characters.
    #[must_use]
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The text in a corpus of what defines the ids that the marks at a byte name; `None` when these are not known for sure.
    #[must_use]
    pub fn view(&self, offset: u32) -> Option<View> {
        let root = &self.remembered.root;
        let mut known = KeptPlaces::open(self.remembered.cache.as_ref()?, root)?;
        let (workspace, _) = Workspace::open(root, &rules::rule_names());
        let path = workspace.place(&self.path)?;
        let kind = workspace.classifier.kind(&path).filter(|_| !workspace.classifier.excludes(&path))?;
        let FileKind::Text(format) = kind else { return None };
        let document = syntax::parse(&self.text, format);
        let nodes: Vec<_> = document.nodes.into_iter().filter(|node| node.span.touches(offset)).collect();
        let uses = uses_of(&self.text, &nodes);
        let ids: Vec<&str> = uses.iter().map(|used| used.name.as_str()).collect();
        let defining = known.defining(&workspace, &ids)?;
        if defining.iter().any(|(other, _)| *other == path || self.others.contains(&workspace.absolute(other))) {
            return None;
        }
        let mut files: Vec<_> = defining.into_iter().map(|(path, input)| (path, Some(input))).collect();
        files.push((path.as_str().into(), Some(FileInput::open(&path, kind, self.text.clone()))));
        let mut corpus = Corpus::new(Arc::new(DiskTexts::new(root)));
        corpus.apply(Change { config: None, files });
        let snapshot = corpus.snapshot();
        let file = snapshot.file_at(&path)?;
        let open = Arc::new(HashMap::from([(file, (self.uri.clone(), self.version))]));
        let (kept, behind, counts) = (Arc::default(), Arc::default(), Arc::default());
        Some(View { world: World { snapshot, root: Some(root.clone()), open, kept, behind, counts }, file })
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::features::{FilePosition, definition_of_mark};
    use crate::workspace::Effort;

    const TEXT: &str = "See [[lavrov]], [@hayes2018] and Sergey Lavrov.\n";

    fn early(root: &Path, cache: &Cache, others: &[&str]) -> Early {
        let remembered = Arc::new(Remembered { root: root.to_owned(), cache: Some(cache.clone()), names: None });
        let (path, uri) = (root.join("a.md"), Uri::from_str("file:///a.md").expect("an address"));
        let others = others.iter().map(|path| root.join(path)).collect();
        Early { remembered, path, uri, version: 1, text: TEXT.into(), others }
    }

    /// The files that what stands before some words leads to.
    fn leads(early: &Early, to: &str) -> Option<Vec<String>> {
        let offset = u32::try_from(TEXT.find(to).expect("there")).expect("short") + 3;
        let View { world, file } = early.view(offset)?;
        let found = definition_of_mark(&world.snapshot, FilePosition { file, offset })?;
        let place = |target: &crate::features::Target| match target {
            crate::features::Target::Place(place) => world.snapshot.path(place.file).to_string(),
            crate::features::Target::BuiltIn(_) => String::new(),
        };
        Some(found.targets.iter().map(place).collect())
    }

    #[test]
    fn marks_lead_to_what_is_known_for_sure() {
        let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
        let cache = tempfile::tempdir().expect("a folder");
        let (root, cache) = (folder.path(), Cache::in_folder(cache.path().to_owned()));
        let write = |path: &str, text: &str| std::fs::write(root.join(path), text).expect("written");
        write("registry.yaml", "- {id: lavrov, type: person, name: Sergey Lavrov}\n");
        write("refs.bib", "@book{hayes2018, title = {A Book}, year = 2018}\n");
        write("a.md", TEXT);
        let until = Instant::now() + Duration::from_millis(120);
        while Instant::now() < until {
            std::thread::park_timeout(Duration::from_millis(20));
        }
        let (workspace, _) = Workspace::open(root, &rules::rule_names());
        let listing = workspace.walk(&[root]);
        workspace.load_kept(&listing, &Effort::default(), &KeptFacts::default()).keepable.keep(&cache, root);
        let known = early(root, &cache, &["b.md"]);
        assert_eq!(leads(&known, "[[lavrov]]"), Some(vec!["registry.yaml".into()]));
        assert_eq!(leads(&known, "[@hayes2018]"), Some(vec!["refs.bib".into()]));
        assert_eq!(leads(&known, "Sergey"), None, "what words mean hangs on all names");
        assert_eq!(leads(&early(root, &cache, &["registry.yaml"]), "[[lavrov]]"), None, "its list may be otherwise in the editor");
        assert_eq!(leads(&early(root, &Cache::in_folder(root.join("no")), &[]), "[[lavrov]]"), None, "nothing is kept");
        write("vidimus.toml", "registry = [\"other.yaml\"]\n");
        assert_eq!(leads(&known, "[[lavrov]]"), None, "the list is no longer one");
    }
}
