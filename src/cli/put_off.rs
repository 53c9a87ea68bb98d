//! `check --baseline` and `--update-baseline`

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::arguments::Update;
use super::corpora::{Opened, absolute};
use super::terminal::{Terminal, seen_from};
use crate::prose::dates::Day;
use crate::rules::{Baseline, Diagnostic, Entry, Standing, write_baseline};
use crate::workspace::{load, write};

/// A baseline in use.
pub(super) struct PutOff {
    file: PathBuf,
    shown: String,
    baseline: Baseline,
    update: Option<Update>,
    /// The files that were checked, as entries name them.
    checked: FxHashSet<String>,
    /// All findings, when they are to be written.
    all: Vec<Entry>,
    /// How many were not told.
    silent: usize,
    /// Whether only some of a corpus is checked: what was put off in a file that is gone may stand in one that is not looked at.
    partial: bool,
}

impl PutOff {
    /// The baseline in `file`. Told and `None` when it cannot be used.
    pub(super) fn open(terminal: &Terminal, file: &Path, update: Option<Update>, today: Option<Day>) -> Option<Self> {
        let file = absolute(terminal.here(), file);
        let shown = terminal.shown(&file);
        let write_it = format!("`vidimus check --baseline {shown} --update-baseline=all` writes it");
        let restore_it = "take it from the repository as it was; of two branches keep the lines of both (in .gitattributes: merge=union)";
        let text = match load::read_records(&file) {
            Ok(loaded) => loaded.text.to_string(),
            Err(_) if update == Some(Update::All) && is_absent(&file) => write_baseline(Vec::new()),
            Err(trouble) => {
                terminal.fault(&format!("{shown} {}", trouble.message), Some(&write_it));
                return None;
            }
        };
        match Baseline::parse(&text, today) {
            Ok(baseline) => {
                Some(Self { file, shown, baseline, update, checked: FxHashSet::default(), all: Vec::new(), silent: 0, partial: false })
            }
            Err(message) => {
                terminal.fault(&format!("{shown} {message}"), Some(restore_it));
                None
            }
        }
    }

    /// Tells it of a corpus that is about to be checked.
    pub(super) fn begin(&mut self, opened: &Opened) {
        let folder = self.folder();
        self.partial |= !opened.is_whole();
        self.baseline.knows_files(|path| folder.join(path).exists());
        let paths = opened.files.iter().filter_map(|id| opened.snapshot.file(*id));
        self.checked.extend(paths.map(|file| name(&folder, &opened.root, &file.path)));
    }

    /// Whether a finding is to be told.
    pub(super) fn tells(&mut self, root: &Path, finding: &Diagnostic) -> bool {
        let path = name(&self.folder(), root, &finding.path);
        let standing = self.baseline.meet(&path, finding);
        if self.update == Some(Update::All) {
            self.all.push(Entry::of(path, finding));
        }
        let known = standing == Standing::Known || self.update == Some(Update::All);
        self.silent += usize::from(known);
        !known
    }

    /// Says what became of the baseline, and writes it where that was asked for; `reported` tells of each rule whether it was
    /// looked at. Whether all went well.
    pub(super) fn end(self, terminal: &Terminal, reported: impl Fn(&str) -> bool) -> bool {
        let folder = self.folder();
        let looked_for = |entry: &Entry| {
            let gone = || !self.partial && !folder.join(&entry.path).exists();
            reported(&entry.rule) && (self.checked.contains(&entry.path) || gone())
        };
        let (mended, expired) = (self.baseline.mended(looked_for).count(), self.baseline.expired());
        let shown = &self.shown;
        if self.silent > 0 && self.update != Some(Update::All) {
            terminal.note(&format!("{} of {shown} not shown", findings(self.silent)), None);
        }
        if expired > 0 {
            terminal.note(&format!("{} of {shown} past the day until which it was put off, and shown", findings(expired)), None);
        }
        if mended > 0 && self.update.is_none() {
            terminal.note(&format!("{} of {shown} mended", findings(mended)), Some("`--update-baseline` takes them out"));
        }
        let entries = match self.update {
            None => return true,
            Some(Update::Mended) if mended == 0 => return true,
            Some(Update::Mended) => self.baseline.left(looked_for),
            Some(Update::All) => self.baseline.left_and(self.all, looked_for),
        };
        let count = entries.len();
        let text = write_baseline(entries);
        let written = if is_absent(&self.file) { write::create(&self.file, &text) } else { write::replace(&self.file, &text) };
        match written {
            Ok(()) => terminal.note(&format!("{shown} holds {} now", findings(count)), None),
            Err(trouble) => {
                terminal.troubles(&[trouble]);
                return false;
            }
        }
        true
    }

    fn folder(&self) -> PathBuf {
        self.file.parent().map(Path::to_owned).unwrap_or_default()
    }
}

/// How an entry of the baseline in `folder` names a file of the corpus at `root`.
fn name(folder: &Path, root: &Path, path: &str) -> String {
    seen_from(folder, &root.join(path)).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn is_absent(file: &Path) -> bool {
    std::fs::symlink_metadata(file).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

fn findings(count: usize) -> String {
    if count == 1 { "1 finding".to_owned() } else { format!("{count} findings") }
}
