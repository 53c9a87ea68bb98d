//! `check --fix`, `--unsafe-fixes` and `--diff`: what can be mended is, before the rest is told.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anstyle::{AnsiColor, Style};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use similar::{ChangeTag, TextDiff};

use super::corpora::Opened;
use crate::config::Config;
use crate::corpus::{Change, Corpus, FileId, FileInput, FileKind};
use crate::rules::{Fixing, fix_file, rule_names};
use crate::workspace::{Trouble, write};

/// One file's fix may make room for one in another; each round looks at all files again.
const MOST_ROUNDS: usize = 5;

/// A file and what it is to hold.
pub(super) struct Mended {
    /// As a reader names it.
    pub(super) shown: String,
    /// Where it lies.
    path: PathBuf,
    before: Arc<str>,
    pub(super) after: Arc<str>,
    /// How many fixes that took.
    pub(super) fixes: usize,
}

/// What all fixes of the files that were asked for come to, in order of path. Nothing is written.
pub(super) fn mend(opened: &Opened, fixing: Fixing<'_>) -> Vec<Mended> {
    let mut corpus = Corpus::from_snapshot(&opened.snapshot);
    let mut mended: FxHashMap<FileId, Mended> = FxHashMap::default();
    for _ in 0..MOST_ROUNDS {
        let snapshot = corpus.snapshot();
        let fixed = |id: &FileId| {
            let fixed = fix_file(&snapshot, *id, fixing)?;
            let before = (!fixed.edits.is_empty()).then(|| snapshot.text(*id))??;
            let after: Arc<str> = fixed.edits.apply(&before).into();
            Some((*id, before, after, fixed.made.len()))
        };
        let round: Vec<_> = opened.files.par_iter().filter_map(fixed).collect();
        if round.is_empty() {
            break;
        }
        let mut change = Change::default();
        for (id, before, after, fixes) in round {
            let Some(file) = snapshot.file(id) else { continue };
            let input = if file.kind == FileKind::Config {
                let (config, faults) = Config::parse_over(&after, snapshot.config().base.clone(), &rule_names());
                change.config = Some(config);
                FileInput::config(after.clone(), faults)
            } else {
                FileInput::open(&file.path, file.kind, after.clone())
            };
            change.files.push((file.path.clone(), Some(input)));
            let (shown, path) = (opened.shown(&file.path), opened.root.join(file.path.as_str()));
            let one = mended.entry(id).or_insert_with(|| Mended { shown, path, before, after: after.clone(), fixes: 0 });
            (one.after, one.fixes) = (after, one.fixes + fixes);
        }
        corpus.apply(change);
    }
    let mut all: Vec<Mended> = mended.into_values().filter(|one| one.before != one.after).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

/// What a run that was killed left beside these files is no text of anybody's.
pub(super) fn clear_left_behind(mended: &[Mended]) {
    let folders: BTreeSet<&Path> = mended.iter().filter_map(|one| one.path.parent()).collect();
    folders.into_iter().for_each(write::clear_left_behind);
}

impl Mended {
    /// Writes it where it lies, unless somebody else did meanwhile.
    pub(super) fn write(&self) -> Result<(), Trouble> {
        write::replace_if(&self.path, &self.before, &self.after)
    }

    /// Prints what changes, as `patch` and `git apply` read it.
    pub(super) fn diff(&self, styled: bool, out: &mut dyn Write) -> io::Result<()> {
        let (bold, plain) = (Style::new().bold(), Style::new());
        let (red, green) = (AnsiColor::Red.on_default(), AnsiColor::Green.on_default());
        let mut line = |style: Style, sign: &str, text: &str| {
            let style = if styled { style } else { plain };
            let end = if text.ends_with('\n') { "" } else { "\n" };
            write!(out, "{style}{sign}{text}{end}{style:#}")
        };
        line(bold, "--- ", &patched("a/", &self.shown))?;
        line(bold, "+++ ", &patched("b/", &self.shown))?;
        let diff = TextDiff::from_lines(&*self.before, &*self.after);
        for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
            line(AnsiColor::Cyan.on_default(), "", &hunk.header().to_string())?;
            for change in hunk.iter_changes() {
                let (style, sign) = match change.tag() {
                    ChangeTag::Delete => (red, "-"),
                    ChangeTag::Insert => (green, "+"),
                    ChangeTag::Equal => (plain, " "),
                };
                line(style, sign, change.value())?;
                if change.missing_newline() {
                    line(plain, "", "\\ No newline at end of file")?;
                }
            }
        }
        Ok(())
    }
}

/// A file's name as `git apply` and `patch` read it: in quotation marks where it holds what they take for an end or a mark, and with
/// a tab behind it where it holds a space.
fn patched(side: &str, name: &str) -> String {
    if !name.contains(|c: char| c.is_ascii_control() || matches!(c, '"' | '\\')) {
        return [side, name, if name.contains(' ') { "\t" } else { "" }].concat();
    }
    let mut quoted = format!("\"{side}");
    for c in name.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_ascii_control() => quoted.push_str(&format!("\\{:03o}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
