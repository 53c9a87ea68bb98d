//! `vidimus check`

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::Outcome;
use super::arguments::CheckArguments;
use super::corpora::{self, Instead, Job, Opened};
use super::fix;
use super::progress::Progress;
use super::put_off::PutOff;
use super::selection::Selection;
use super::statistics::Statistics;
use super::terminal::{Out, Terminal};
use crate::config::Level;
use crate::corpus::{FileId, Occasion};
use crate::prose::dates::Day;
use crate::report::{Finding, Report, Sources, Summary};
use crate::rules::{self, Diagnostic, Fixing};
use crate::text::LineIndex;
use crate::workspace::revisions::changed_since;
use crate::workspace::{Listing, Trouble, load, today};

/// So many files are checked before their findings are written: enough to keep all cores busy, few enough that output flows and
/// no more than their findings is held.
const BATCH: usize = 256;

/// What one run carries from corpus to corpus.
struct Run<'a> {
    terminal: &'a Terminal,
    arguments: &'a CheckArguments,
    wanted: Selection,
    today: Option<Day>,
    report: Box<dyn Report>,
    out: Out,
    summary: Summary,
    statistics: Statistics,
    outcome: Outcome,
    put_off: Option<PutOff>,
    /// Where `--changed-since` is given: absolute, no link in the way.
    changed: Option<FxHashSet<PathBuf>>,
    /// Fixes made, and in how many files.
    fixed: (usize, usize),
}

pub(super) fn run(terminal: &Terminal, arguments: &CheckArguments) -> io::Result<Outcome> {
    let Some(wanted) = Selection::of(terminal, &arguments.select, &arguments.ignore) else { return Ok(Outcome::Failed) };
    let report = crate::report::Format::from(arguments.format).report(Terminal::width(), terminal.is_styled(), !terminal.is_quiet());
    let put_off = match &arguments.baseline {
        Some(file) => match PutOff::open(terminal, file, arguments.update_baseline) {
            Some(open) => Some(open),
            None => return Ok(Outcome::Failed),
        },
        None => None,
    };
    let changed = match arguments.changed_since.as_deref().map(|revision| changed_since(terminal.here(), revision)).transpose() {
        Ok(changed) => changed,
        Err(no_answer) => {
            terminal.fault(&no_answer.message, Some(no_answer.help));
            return Ok(Outcome::Failed);
        }
    };
    let mut run = Run {
        terminal,
        arguments,
        wanted,
        today: arguments.today.or_else(today),
        report,
        out: terminal.out(),
        summary: Summary::default(),
        statistics: Statistics::begin(),
        outcome: Outcome::Clean,
        put_off,
        changed,
        fixed: (0, 0),
    };
    run.all()?;
    if !run.prints_texts() {
        run.out.write_all(run.report.closing(&run.summary).as_bytes())?;
    }
    run.out.flush()?;
    run.told_of_fixes();
    let (wanted, partial) = (run.wanted, run.outcome == Outcome::Failed);
    if let Some(put_off) = run.put_off.take_if(|_| !partial)
        && !put_off.end(terminal, |rule| wanted.has(rule))
    {
        run.outcome = Outcome::Failed;
    }
    if arguments.statistics {
        run.statistics.step("writing the report");
        run.statistics.write(&mut io::stderr())?;
    }
    let found = run.outcome == Outcome::Findings && arguments.exit_zero;
    Ok(if found { Outcome::Clean } else { run.outcome })
}

impl Run<'_> {
    fn all(&mut self) -> io::Result<()> {
        if let Some(name) = &self.arguments.stdin_filename {
            let path = corpora::absolute(self.terminal.here(), name);
            return match read_stdin(&path) {
                Ok(text) => self.corpus(corpora::job_of(&path), Some(&Instead { path, text })),
                Err(trouble) => {
                    self.told(&[trouble]);
                    Ok(())
                }
            };
        }
        if self.arguments.paths.iter().any(|path| path == Path::new("-")) {
            let help = "vidimus check --stdin-filename texts/a.md - < draft.md";
            self.terminal.fault("standard input needs a name, which says what it is and which corpus it belongs to", Some(help));
            self.outcome = Outcome::Failed;
            return Ok(());
        }
        let (jobs, troubles) = corpora::jobs(self.terminal, &self.arguments.paths);
        self.told(&troubles);
        jobs.into_iter().try_for_each(|job| self.corpus(job, None))
    }

    /// Whether texts are printed, or how they would change, and no findings.
    fn prints_texts(&self) -> bool {
        self.arguments.diff || self.arguments.fix && self.arguments.stdin_filename.is_some()
    }

    fn corpus(&mut self, job: Job, instead: Option<&Instead>) -> io::Result<()> {
        let listing = job.list_for(instead);
        self.statistics.step("listing files");
        let settings = if job.workspace.config_text.is_some() { "with its vidimus.toml" } else { "with defaults" };
        self.terminal.detail(&format!("corpus {} {settings}, {} files", self.terminal.shown(&job.workspace.root), listing.files.len()));
        let fail_on = self.arguments.fail_on.or(job.workspace.config.fail_on).unwrap_or(Level::Warning);
        let again = (self.arguments.fix && !self.arguments.diff && instead.is_none()).then(|| job.clone());
        let mut opened = self.open(job, &listing, instead);
        if self.arguments.fix || self.arguments.diff {
            let mended = self.mend(&opened, instead)?;
            self.statistics.step("fixing");
            if self.prints_texts() {
                return Ok(());
            }
            if let Some(job) = again.filter(|_| mended) {
                opened = self.open(job, &listing, None);
            }
        }
        self.told(&opened.troubles);
        if let Some(put_off) = &mut self.put_off {
            put_off.begin(&opened);
        }
        self.summary.files += opened.count();
        self.files(&opened, fail_on)?;
        self.statistics.step("checking");
        self.told(&opened.texts.take_troubles());
        Ok(())
    }

    fn open(&mut self, job: Job, listing: &Listing, instead: Option<&Instead>) -> Opened {
        let occasion = Occasion { today: self.today, selected: self.wanted.asked_for(), ..Occasion::default() };
        let mut opened = job.open(self.terminal, listing, instead, occasion);
        if let Some(changed) = &self.changed {
            opened.only(changed);
        }
        self.statistics.read(opened.bytes);
        self.statistics.step("reading definitions");
        opened
    }

    /// Makes the fixes, or prints them. Whether a file changed.
    fn mend(&mut self, opened: &Opened, instead: Option<&Instead>) -> io::Result<bool> {
        let wanted = &self.wanted;
        let mended = fix::mend(opened, Fixing { wants: &|rule| wanted.has(rule), even_unsafe: self.arguments.unsafe_fixes });
        if self.arguments.diff {
            let styled = self.terminal.is_styled();
            mended.iter().try_for_each(|one| one.diff(styled, &mut self.out))?;
            self.outcome = self.outcome.max(if mended.is_empty() { Outcome::Clean } else { Outcome::Findings });
            return Ok(false);
        }
        if let Some(instead) = instead {
            let text = mended.first().map_or(&*instead.text, |one| &*one.after);
            self.out.write_all(text.as_bytes())?;
            return Ok(false);
        }
        fix::clear_left_behind(&mended);
        let mut changed = false;
        for one in &mended {
            match one.write() {
                Ok(()) => {
                    self.fixed = (self.fixed.0 + one.fixes, self.fixed.1 + 1);
                    self.terminal.detail(&format!("fixed {}", one.shown));
                    changed = true;
                }
                Err(trouble) => self.told(&[trouble]),
            }
        }
        Ok(changed)
    }

    fn told_of_fixes(&self) {
        let (fixes, files) = self.fixed;
        if fixes > 0 {
            let count = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
            self.terminal.note(&format!("made {} in {}", count(fixes, "fix", "fixes"), count(files, "file", "files")), None);
        }
    }

    /// Each text is read, understood, checked and let go; findings are written in order while the next are looked for.
    fn files(&mut self, opened: &Opened, fail_on: Level) -> io::Result<()> {
        let mut progress = Progress::new(opened.files.len(), self.terminal.shows_progress());
        for batch in opened.files.chunks(BATCH) {
            let (report, wanted) = (&*self.report, &self.wanted);
            let found: Vec<Found> = match &mut self.put_off {
                None => batch.par_iter().map(|id| look(opened, *id, wanted).written(opened, report)).collect(),
                // What is put off is sorted out in order, so that the answer is the same on every run.
                Some(put_off) => {
                    let mut seen: Vec<Seen> = batch.par_iter().map(|id| look(opened, *id, wanted)).collect();
                    seen.iter_mut().for_each(|seen| seen.list.retain(|finding| put_off.tells(&opened.root, finding)));
                    seen.into_par_iter().map(|seen| seen.written(opened, report)).collect()
                }
            };
            progress.advance(batch.len());
            progress.aside(|| found.iter().try_for_each(|found| self.write(found, fail_on)))?;
            self.out.flush()?;
        }
        progress.finish();
        Ok(())
    }

    fn write(&mut self, found: &Found, fail_on: Level) -> io::Result<()> {
        if found.written.is_empty() {
            return Ok(());
        }
        let before = if self.summary.findings() == 0 { self.report.opening() } else { self.report.between() };
        for (rule, level) in &found.rules {
            self.summary.count(*level);
            self.statistics.count(rule);
            if *level >= fail_on {
                self.outcome = self.outcome.max(Outcome::Findings);
            }
        }
        self.out.write_all(before.as_bytes())?;
        self.out.write_all(found.written.as_bytes())
    }

    fn told(&mut self, troubles: &[Trouble]) {
        self.terminal.troubles(troubles);
        let grave = troubles.iter().filter(|t| t.grave).count();
        self.summary.skipped += grave;
        if grave > 0 {
            self.outcome = Outcome::Failed;
        }
    }
}

/// What was found in one file.
#[derive(Default)]
struct Found {
    /// Rule and level of each finding.
    rules: Vec<(&'static str, Level)>,
    /// All of them as the report writes them.
    written: String,
}

/// What was found in one file, and its text.
struct Seen {
    list: Vec<Diagnostic>,
    text: Arc<str>,
}

fn look(opened: &Opened, id: FileId, wanted: &Selection) -> Seen {
    let snapshot = &opened.snapshot;
    let notes = snapshot.annotations(id);
    let mut list = rules::check(snapshot, id, notes.as_deref());
    list.retain(|d| wanted.has(d.rule));
    if list.is_empty() {
        return Seen { list, text: Arc::default() };
    }
    let text = notes.map(|notes| notes.text.clone()).or_else(|| snapshot.text(id)).unwrap_or_default();
    Seen { list, text }
}

impl Seen {
    fn written(self, opened: &Opened, report: &dyn Report) -> Found {
        let mut found = Found::default();
        let lines = LineIndex::new(&self.text);
        for diagnostic in self.list {
            if !found.rules.is_empty() {
                found.written.push_str(report.between());
            }
            found.rules.push((diagnostic.rule, diagnostic.level));
            report.finding(&Finding::new(diagnostic, &self.text, &lines, opened), &mut found.written);
        }
        found
    }
}

impl Sources for Opened {
    fn text(&self, path: &str) -> Option<Arc<str>> {
        self.snapshot.text(self.snapshot.file_at(path)?)
    }

    fn shown(&self, path: &str) -> String {
        Self::shown(self, path)
    }
}

fn read_stdin(path: &Path) -> Result<Arc<str>, Trouble> {
    let mut bytes = Vec::new();
    let limit = load::TEXT_LIMIT + 1;
    io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|error| Trouble::of_io(path, &error))?;
    Ok(load::of_bytes(path, bytes)?.text.into())
}
