//! `vidimus check`

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::Outcome;
use super::arguments::CheckArguments;
use super::corpora::{self, Instead, Job, Opened};
use super::progress::Progress;
use super::selection::Selection;
use super::statistics::Statistics;
use super::terminal::{Out, Terminal};
use crate::config::Level;
use crate::corpus::FileId;
use crate::report::{Finding, Report, Sources, Summary};
use crate::rules;
use crate::text::LineIndex;
use crate::workspace::{Trouble, load};

/// So many files are checked before their findings are written: enough to keep all cores busy, few enough that output flows and
/// no more than their findings is held.
const BATCH: usize = 256;

/// What one run carries from corpus to corpus.
struct Run<'a> {
    terminal: &'a Terminal,
    arguments: &'a CheckArguments,
    wanted: Selection,
    report: Box<dyn Report>,
    out: Out,
    summary: Summary,
    statistics: Statistics,
    outcome: Outcome,
}

pub(super) fn run(terminal: &Terminal, arguments: &CheckArguments) -> io::Result<Outcome> {
    let Some(wanted) = Selection::of(terminal, &arguments.select, &arguments.ignore) else { return Ok(Outcome::Failed) };
    let report = crate::report::Format::from(arguments.format).report(Terminal::width(), terminal.is_styled(), !terminal.is_quiet());
    let mut run = Run {
        terminal,
        arguments,
        wanted,
        report,
        out: terminal.out(),
        summary: Summary::default(),
        statistics: Statistics::begin(),
        outcome: Outcome::Clean,
    };
    run.all()?;
    run.out.write_all(run.report.closing(&run.summary).as_bytes())?;
    run.out.flush()?;
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

    fn corpus(&mut self, job: Job, instead: Option<&Instead>) -> io::Result<()> {
        let listing = job.list_for(instead);
        self.statistics.step("listing files");
        let settings = if job.workspace.config_text.is_some() { "with its vidimus.toml" } else { "with defaults" };
        self.terminal.detail(&format!("corpus {} {settings}, {} files", self.terminal.shown(&job.workspace.root), listing.files.len()));
        let fail_on = self.arguments.fail_on.or(job.workspace.config.fail_on).unwrap_or(Level::Warning);
        let opened = job.open(self.terminal, &listing, instead);
        self.statistics.read(opened.bytes);
        self.statistics.step("reading definitions");
        self.told(&opened.troubles);
        self.summary.files += opened.count();
        self.files(&opened, fail_on)?;
        self.statistics.step("checking");
        self.told(&opened.texts.take_troubles());
        Ok(())
    }

    /// Each text is read, understood, checked and let go; findings are written in order while the next are looked for.
    fn files(&mut self, opened: &Opened, fail_on: Level) -> io::Result<()> {
        let mut progress = Progress::new(opened.files.len(), self.terminal.shows_progress());
        for batch in opened.files.chunks(BATCH) {
            let (report, wanted) = (&*self.report, &self.wanted);
            let found: Vec<Found> = batch.par_iter().map(|id| look(opened, *id, wanted, report)).collect();
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

fn look(opened: &Opened, id: FileId, wanted: &Selection, report: &dyn Report) -> Found {
    let snapshot = &opened.snapshot;
    let notes = snapshot.annotations(id);
    let mut list = rules::check(snapshot, id, notes.as_deref());
    list.retain(|d| wanted.has(d.rule));
    let mut found = Found::default();
    if list.is_empty() {
        return found;
    }
    let text = notes.map(|notes| notes.text.clone()).or_else(|| snapshot.text(id)).unwrap_or_default();
    let lines = LineIndex::new(&text);
    for diagnostic in list {
        if !found.rules.is_empty() {
            found.written.push_str(report.between());
        }
        found.rules.push((diagnostic.rule, diagnostic.level));
        report.finding(&Finding::new(diagnostic, &text, &lines, opened), &mut found.written);
    }
    found
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
