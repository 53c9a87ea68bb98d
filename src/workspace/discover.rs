//! Where a corpus begins.

use std::path::{Path, PathBuf};

use super::{Classifier, Trouble, load};
use crate::config::Config;
use crate::text::Fault;

/// The file that makes a folder a corpus.
pub const CONFIG_NAME: &str = "vidimus.toml";

/// One corpus on the disk.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Its folder.
    pub root: PathBuf,
    /// Its settings, defaults where no file says otherwise.
    pub config: Config,
    /// The characters of `vidimus.toml`; `None` where there is none, so that the folder is no corpus by itself.
    pub config_text: Option<String>,
    /// What is wrong with `vidimus.toml`, spans in bytes of its characters.
    pub config_faults: Vec<Fault>,
    /// Tells what its files are.
    pub classifier: Classifier,
}

/// The nearest folder at or above `path` that holds `vidimus.toml`. `path` is absolute.
#[must_use]
pub fn find_root(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|folder| folder.join(CONFIG_NAME).is_file()).map(Path::to_owned)
}

/// Where the file lies that the corpus at `root` knows as `relative`: below it, or where the text of a work lies outside.
#[must_use]
pub fn absolute_in(root: &Path, relative: &str) -> PathBuf {
    let (mut folder, mut rest) = (root, relative);
    while let (Some(above), Some(below)) = (folder.parent(), rest.strip_prefix("../")) {
        (folder, rest) = (above, below);
    }
    folder.join(rest)
}

impl Workspace {
    /// The corpus whose folder is `root`, with its `vidimus.toml` when it has one. Settings that cannot be read at all are a
    /// trouble, and defaults stand in.
    #[must_use]
    pub fn open(root: &Path, rule_names: &[&str]) -> (Self, Option<Trouble>) {
        let file = root.join(CONFIG_NAME);
        let (config_text, trouble) = match file.is_file().then(|| load::read_text(&file)) {
            None => (None, None),
            Some(Ok(loaded)) => (Some(loaded.text), None),
            Some(Err(trouble)) => (Some(String::new()), Some(trouble)),
        };
        let (config, config_faults) = config_text.as_deref().map(|text| Config::parse(text, rule_names)).unwrap_or_default();
        let classifier = Classifier::new(&config);
        (Self { root: root.to_owned(), config, config_text, config_faults, classifier }, trouble)
    }

    /// `path` as the corpus knows it: relative to the root, with `/`. `None` outside the root or where a name is not UTF-8.
    #[must_use]
    pub fn relative(&self, path: &Path) -> Option<String> {
        let mut out = String::new();
        for part in path.strip_prefix(&self.root).ok()?.components() {
            if !out.is_empty() {
                out.push('/');
            }
            out.push_str(part.as_os_str().to_str()?);
        }
        Some(out)
    }

    /// The same for a file that may be reached through a link: where it lies, which is where a walk finds it.
    #[must_use]
    pub fn place(&self, path: &Path) -> Option<String> {
        let lies = || path.canonicalize().ok()?.strip_prefix(self.root.canonicalize().ok()?).ok().map(|inside| self.root.join(inside));
        lies().and_then(|path| self.relative(&path)).or_else(|| self.relative(path))
    }

    /// Where the file that the corpus knows as `relative` lies.
    #[must_use]
    pub fn absolute(&self, relative: &str) -> PathBuf {
        absolute_in(&self.root, relative)
    }
}
