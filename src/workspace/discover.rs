//! Where a corpus begins.

use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    path.ancestors().find(|folder| is_there(&folder.join(CONFIG_NAME))).map(Path::to_owned)
}

/// Whether settings are meant to lie there: a link that leads nowhere is a fault, not their absence.
fn is_there(file: &Path) -> bool {
    file.is_file() || file.is_symlink() && !file.is_dir()
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

/// Settings may build on others, and those on others, so many times.
const MOST_BASES: usize = 8;

/// The settings of the characters of a file, with those it builds on.
fn settings(file: &Path, text: &str, rule_names: &[&str]) -> (Config, Vec<Fault>) {
    let (alone, faults) = Config::parse(text, rule_names);
    let Some((_, span)) = alone.extend else { return (alone, faults) };
    match base(file, text, rule_names, MOST_BASES) {
        Ok(base) => Config::parse_over(text, base, rule_names),
        Err(wrong) => {
            let (config, mut faults) = Config::parse(text, rule_names);
            faults.push(Fault::new("invalid-config", span, wrong.message).help(wrong.help));
            (config, faults)
        }
    }
}

/// What is wrong with settings that others build on, and the cure.
struct WrongBase {
    message: String,
    help: String,
}

impl WrongBase {
    fn new(message: String) -> Self {
        Self { message, help: "`extend` names a file relative to this one".to_owned() }
    }
}

/// What the settings in `text` build on; the error says what is wrong with it.
fn base(file: &Path, text: &str, rule_names: &[&str], left: usize) -> Result<Option<Arc<Config>>, WrongBase> {
    let (alone, _) = Config::parse(text, rule_names);
    let Some((name, _)) = alone.extend else { return Ok(None) };
    let file = file.parent().unwrap_or(file).join(&name);
    if left == 0 {
        return Err(WrongBase::new(format!("`{name}` builds on more than {MOST_BASES} files, or on itself")));
    }
    let text = load::read_text(&file).map_err(|trouble| WrongBase::new(format!("`{name}` {}", trouble.message)))?.text;
    let below = base(&file, &text, rule_names, left - 1)?;
    let (config, faults) = Config::parse_over(&text, below, rule_names);
    match faults.into_iter().next() {
        Some(Fault { message, help, .. }) => {
            let wrong = WrongBase::new(format!("`{name}`: {message}"));
            Err(WrongBase { help: help.unwrap_or(wrong.help), ..wrong })
        }
        None => Ok(Some(Arc::new(config))),
    }
}

impl Workspace {
    /// The corpus whose folder is `root`, with its `vidimus.toml` when it has one. Settings that cannot be read at all are a
    /// trouble, and defaults stand in.
    #[must_use]
    pub fn open(root: &Path, rule_names: &[&str]) -> (Self, Option<Trouble>) {
        let file = root.join(CONFIG_NAME);
        let (config_text, trouble) = match is_there(&file).then(|| load::read_text(&file)) {
            None => (None, None),
            Some(Ok(loaded)) => (Some(loaded.text.to_string()), None),
            Some(Err(trouble)) => (Some(String::new()), Some(trouble)),
        };
        let (config, config_faults) = config_text.as_deref().map(|text| settings(&file, text, rule_names)).unwrap_or_default();
        let classifier = Classifier::new(&config);
        (Self { root: root.to_owned(), config, config_text, config_faults, classifier }, trouble)
    }

    /// The characters of the settings, behind those they build on; none without settings.
    #[must_use]
    pub fn config_texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.config_text.iter().cloned().collect();
        let (mut file, mut extend) = (self.root.join(CONFIG_NAME), self.config.extend.clone());
        let mut bases = self.config.base.as_deref();
        while let (Some(base), Some((name, _))) = (bases, &extend) {
            file = file.parent().unwrap_or(&file).join(name);
            let Ok(loaded) = load::read_text(&file) else { break };
            texts.insert(0, loaded.text.to_string());
            (bases, extend) = (base.base.as_deref(), base.extend.clone());
        }
        texts
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
