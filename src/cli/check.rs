//! `vidimus check`

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3Default;

use super::Outcome;
use super::arguments::CheckArguments;
use super::corpora::{self, Instead, Job, Opened};
use super::documents::Documents;
use super::fix;
use super::ground::{Ground, program};
use super::known::Known;
use super::look::{Found, Look, Seen};
use super::output::Output;
use super::progress::Progress;
use super::put_off::PutOff;
use super::replay::Replay;
use super::selection::Selection;
use super::statistics::Statistics;
use super::terminal::Terminal;
use crate::config::Level;
use crate::corpus::Occasion;
use crate::prose::dates::Day;
use crate::report::{Ending, Format, PICTURES, Report};
use crate::rules::{self, Fixing};
use crate::workspace::revisions::{Changed, changed_since};
use crate::workspace::{Cache, KeptNames, Listing, Trouble, kept_names, load, today};

/// So many files are checked before their findings are written: enough to keep all cores busy, few enough that output flows and
/// no more than their findings is held.
const BATCH: usize = 256;

/// So many files at most are one thread's at a time, so that no thread waits long for the last of a batch.
const SHARE: usize = 2;

/// What one run carries from corpus to corpus.
struct Run<'a> {
    terminal: &'a Terminal,
    arguments: &'a CheckArguments,
    wanted: Arc<Selection>,
    today: Option<Day>,
    report: Arc<dyn Report>,
    /// How findings are written when there are very many.
    brief: Option<Arc<dyn Report>>,
    /// Whether it began.
    is_brief: bool,
    out: Output,
    ending: Ending,
    statistics: Statistics,
    outcome: Outcome,
    put_off: Option<PutOff>,
    /// Where `--changed-since` is given.
    changed: Option<Changed>,
    /// Fixes made, and in how many files.
    fixed: (usize, usize),
    /// Where what is printed is kept for the next run.
    replay: Option<Replay>,
    /// Whether all was printed as an earlier run did.
    is_replayed: bool,
    /// Corpora that are still to be checked.
    left: usize,
}

/// What was found in some files, and is to be written.
#[derive(Default)]
struct Batch {
    found: Vec<Found>,
    /// What stands before the first finding that is told in brief.
    begins: Option<&'static str>,
}

/// A corpus to check: its files, and what they hold where that may spare work.
struct Asked {
    job: Job,
    listing: Listing,
    ground: Option<Ground>,
}

pub(super) fn run(terminal: &Terminal, arguments: &CheckArguments) -> io::Result<Outcome> {
    if arguments.watch {
        return super::watch::run(terminal, arguments, || once(terminal, arguments));
    }
    once(terminal, arguments)
}

fn once(terminal: &Terminal, arguments: &CheckArguments) -> io::Result<Outcome> {
    let Some(wanted) = Selection::of(terminal, &arguments.select, &arguments.ignore) else { return Ok(Outcome::Failed) };
    if arguments.unsafe_fixes && !arguments.fix && !arguments.diff {
        terminal.note("`--unsafe-fixes` alone mends nothing", Some("add `--fix`, or `--diff` to see what it would change"));
    }
    let today = arguments.today.or_else(today);
    let put_off = match &arguments.baseline {
        Some(file) => match PutOff::open(terminal, file, arguments.update_baseline, today) {
            Some(open) => Some(open),
            None => return Ok(Outcome::Failed),
        },
        None => None,
    };
    let asked = || -> Vec<PathBuf> {
        let paths = arguments.stdin_filename.as_ref().map_or(&arguments.paths[..], std::slice::from_ref);
        paths.iter().map(|path| corpora::absolute(terminal.here(), path)).collect()
    };
    let changed = arguments.changed_since.as_deref().map(|revision| changed_since(terminal.here(), &asked(), revision));
    let changed = match changed.transpose() {
        Ok(changed) => changed,
        Err(no_answer) => {
            terminal.fault(&no_answer.message, Some(no_answer.help));
            return Ok(Outcome::Failed);
        }
    };
    let out = match Output::open(terminal, arguments.output_file.as_deref()) {
        Ok(out) => out,
        Err(trouble) => {
            terminal.troubles(&[trouble]);
            return Ok(Outcome::Failed);
        }
    };
    let styled = if out.is_file() { terminal.styles_files() } else { terminal.is_styled() };
    let format = Format::from(arguments.format);
    let run = Run {
        terminal,
        arguments,
        wanted: Arc::new(wanted),
        today,
        report: format.report(Terminal::width(), styled, !terminal.is_quiet()).into(),
        brief: format.brief(styled).filter(|_| !terminal.is_verbose()).map(Arc::from),
        is_brief: false,
        out,
        ending: Ending::default(),
        statistics: Statistics::begin(),
        outcome: Outcome::Clean,
        put_off,
        changed,
        fixed: (0, 0),
        replay: None,
        is_replayed: false,
        left: 0,
    };
    run.whole()
}

impl Run<'_> {
    fn whole(mut self) -> io::Result<Outcome> {
        let reports = !self.prints_texts();
        if reports {
            self.out.write_all(self.report.opening().as_bytes())?;
        }
        self.all()?;
        let (wanted, partial) = (&self.wanted, self.outcome == Outcome::Failed);
        if let Some(put_off) = self.put_off.take_if(|_| !partial)
            && !put_off.end(self.terminal, |rule| wanted.has(rule))
        {
            self.outcome = Outcome::Failed;
        }
        if self.outcome == Outcome::Findings && self.arguments.exit_zero {
            self.outcome = Outcome::Clean;
        }
        self.ending.status = self.outcome.status();
        if reports && !self.is_replayed {
            let closing = self.report.closing(&self.ending);
            let apart = if self.is_brief && !closing.is_empty() { "\n" } else { "" };
            self.print(apart.as_bytes())?;
            self.print(closing.as_bytes())?;
        }
        self.out.flush()?;
        if let Some(replay) = self.replay.take_if(|_| self.outcome != Outcome::Failed) {
            replay.end(self.outcome);
        }
        self.told_of_fixes();
        if let Err(trouble) = self.out.finish()? {
            self.terminal.troubles(&[trouble]);
            self.outcome = Outcome::Failed;
        }
        if self.arguments.statistics {
            self.statistics.step("writing the report");
            self.statistics.write(&mut io::stderr())?;
        }
        Ok(self.outcome)
    }

    fn all(&mut self) -> io::Result<()> {
        if let Some(snapshot) = self.arguments.snapshot.as_deref().filter(|_| self.arguments.documents.is_some()) {
            return self.documents(snapshot);
        }
        if let Some(name) = &self.arguments.stdin_filename {
            let path = corpora::absolute(self.terminal.here(), name);
            return match read_stdin(&path) {
                Ok(text) => {
                    let (job, instead) = (corpora::job_of(&path), Instead { path, text });
                    let listing = job.list_for(Some(&instead));
                    self.corpus(Asked { job, listing, ground: None }, Some(&instead))
                }
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
        let jobs: Vec<Asked> = jobs.into_iter().map(|job| self.asked(job)).collect();
        if let Some(mut replay) = self.replay(&jobs) {
            if let Some(outcome) = replay.play(&mut self.out)? {
                self.outcome = outcome;
                self.is_replayed = true;
                return Ok(());
            }
            replay.begin();
            self.replay = Some(replay);
        }
        self.left = jobs.len();
        jobs.into_iter().try_for_each(|asked| self.corpus(asked, None))
    }

    /// Documents from standard input, some at a time.
    fn documents(&mut self, snapshot: &Path) -> io::Result<()> {
        let Some(mut documents) = Documents::open(self.terminal, snapshot, self.occasion()) else {
            self.outcome = Outcome::Failed;
            return Ok(());
        };
        self.statistics.step("reading definitions");
        let fail_on = self.arguments.fail_on.or(documents.config.fail_on).unwrap_or(Level::Warning);
        while let Some(opened) = documents.next()? {
            self.statistics.read(opened.bytes);
            self.told(&opened.troubles);
            if let Some(put_off) = &mut self.put_off {
                put_off.begin(&opened);
            }
            self.ending.summary.files += opened.count();
            self.files(&opened, fail_on, None)?;
            self.statistics.step("checking");
        }
        Ok(())
    }

    fn occasion(&self) -> Occasion {
        Occasion { today: self.today, selected: self.wanted.asked_for(), ..Occasion::default() }
    }

    /// Lists a corpus's files, and reads what they hold where that may spare work.
    fn asked(&mut self, job: Job) -> Asked {
        let listing = job.list();
        self.statistics.step("listing files");
        let spares = !(self.arguments.no_cache || self.arguments.statistics || self.arguments.fix || self.arguments.diff);
        let ground = if spares { Ground::of(&job, &listing, self.today) } else { None };
        Asked { job, listing, ground }
    }

    /// The earlier run with the same arguments over the same files, when nothing but files can have changed what it prints.
    fn replay(&self, jobs: &[Asked]) -> Option<Replay> {
        let arguments = self.arguments;
        let simple = arguments.baseline.is_none() && arguments.changed_since.is_none() && !self.terminal.is_verbose();
        if !simple || self.outcome != Outcome::Clean || jobs.iter().any(|asked| !asked.listing.troubles.is_empty()) {
            return None;
        }
        let mut key = Xxh3Default::new();
        let shown = (Terminal::width(), self.terminal.is_styled(), self.terminal.is_quiet(), self.terminal.here());
        key.update(format!("{}\0{arguments:?}\0{shown:?}", program()).as_bytes());
        let name = key.digest128();
        for asked in jobs {
            key.update(asked.job.workspace.config_text.as_deref().unwrap_or("\0").as_bytes());
            let settings = &asked.job.workspace;
            key.update(format!("{:?}{:?}", settings.config.base, settings.config_faults).as_bytes());
            asked.ground.as_ref()?.add_to(&mut key, &asked.listing);
        }
        Some(Replay::new(Cache::of_checks(), name, key.digest128()))
    }

    /// Whether texts are printed, or how they would change, and no findings.
    fn prints_texts(&self) -> bool {
        self.arguments.diff || self.arguments.fix && self.arguments.stdin_filename.is_some()
    }

    fn corpus(&mut self, asked: Asked, instead: Option<&Instead>) -> io::Result<()> {
        let Asked { job, listing, ground } = asked;
        self.left = self.left.saturating_sub(1);
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
        if ground.as_ref().is_none_or(|ground| !opened.troubles.is_empty() || !ground.is_all(&opened)) {
            self.replay = None;
        }
        if rules::looks_at_uses(&opened.snapshot) {
            opened.snapshot.index_now();
            self.statistics.step("reading what is named");
        }
        self.ending.summary.files += opened.count();
        let known = ground.filter(|_| !self.report.lists_silenced()).and_then(|ground| Known::of(&opened, ground));
        self.files(&opened, fail_on, known.as_ref())?;
        self.statistics.step("checking");
        let troubles = opened.texts.take_troubles();
        self.told(&troubles);
        match known {
            Some(known) if troubles.is_empty() => {
                let (looked_at, all) = known.looked_at();
                self.terminal.detail(&format!("looked at {looked_at} of {all} texts; what was found in the others stands"));
                if !known.end(&opened) {
                    self.replay = None;
                }
            }
            _ => self.replay = None,
        }
        // Who checks a text that stands nowhere does so again in a moment, and may be writing the names.
        if let Some(kept) = self.kept_names(&opened.root).filter(|_| instead.is_none()) {
            kept.keep(&opened.snapshot.names().gazetteer);
        }
        if self.left == 0 && !self.arguments.watch {
            // The process is about to end, and all its memory goes at once: letting go piece by piece would only delay it.
            std::mem::forget(opened);
        }
        Ok(())
    }

    /// The compiled names of a corpus, where what is kept may spare work.
    fn kept_names(&self, root: &Path) -> Option<KeptNames> {
        let spares = !(self.arguments.no_cache || self.arguments.statistics);
        spares.then(|| KeptNames::of(kept_names::cache(), root))
    }

    fn open(&mut self, job: Job, listing: &Listing, instead: Option<&Instead>) -> Opened {
        let occasion = self.occasion();
        let kept = self.kept_names(&job.workspace.root);
        let mut opened = job.open(self.terminal, listing, instead, occasion, kept.as_ref());
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
    fn files(&mut self, opened: &Opened, fail_on: Level, known: Option<&Known>) -> io::Result<()> {
        let mut progress = Progress::new(opened.files.len(), self.terminal.shows_progress());
        let (wanted, report, brief) = (Arc::clone(&self.wanted), Arc::clone(&self.report), self.brief.clone());
        let mut before = Batch::default();
        for batch in opened.files.chunks(BATCH) {
            let marked = report.takes_fingerprints() || self.put_off.is_some() || known.is_some();
            let measured = self.arguments.statistics;
            // What was found before this batch decides: so the answer is the same on every run.
            let brief = brief.as_deref().filter(|_| self.ending.summary.findings() >= PICTURES);
            let look = Look { opened, fail_on, wanted: &wanted, report: brief.unwrap_or(&*report), known, marked, measured };
            let mut found: Vec<Found> = Vec::new();
            if let Some(put_off) = &mut self.put_off {
                // What is put off is sorted out in order, so that the answer is the same on every run.
                let mut seen: Vec<Seen> = batch.par_iter().with_max_len(SHARE).map(|id| look.at(*id)).collect();
                for one in &mut seen {
                    one.compare(|finding| put_off.tells(&opened.root, finding));
                }
                found = seen.into_par_iter().map(|seen| seen.written(look)).collect();
                progress.aside(|| self.write_all(before))?;
            } else {
                rayon::in_place_scope(|pool| {
                    pool.spawn(|_| found = batch.par_iter().with_max_len(SHARE).map(|id| look.at(*id).written(look)).collect());
                    progress.aside(|| self.write_all(before))
                })?;
            }
            self.count(&found, fail_on);
            progress.advance(batch.len());
            before = Batch { found, begins: brief.map(Report::first) };
        }
        progress.aside(|| self.write_all(before))?;
        progress.finish();
        Ok(())
    }

    fn count(&mut self, found: &[Found], fail_on: Level) {
        for one in found {
            if let Some(times) = &one.times {
                self.statistics.add(times);
            }
            for (rule, level) in one.rules.iter().filter(|_| !one.written.is_empty()) {
                self.ending.summary.count(*level);
                if one.times.is_some() {
                    self.statistics.count(rule);
                }
                if *level >= fail_on {
                    self.outcome = self.outcome.max(Outcome::Findings);
                }
            }
        }
    }

    fn write_all(&mut self, batch: Batch) -> io::Result<()> {
        for found in batch.found.into_iter().filter(|found| !found.written.is_empty()) {
            if let Some(begins) = batch.begins.filter(|_| !self.is_brief) {
                self.is_brief = true;
                self.print(begins.as_bytes())?;
            }
            let before = if self.ending.wrote { self.report.between() } else { self.report.first() };
            self.ending.wrote = true;
            self.ending.files.push(found.path);
            self.print(before.as_bytes())?;
            self.print(found.written.as_bytes())?;
        }
        self.out.flush()
    }

    fn print(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(replay) = &mut self.replay {
            replay.copy(bytes);
        }
        self.out.write_all(bytes)
    }

    fn told(&mut self, troubles: &[Trouble]) {
        self.terminal.troubles(troubles);
        let grave = troubles.iter().filter(|t| t.grave).count();
        self.ending.summary.skipped += grave;
        self.ending.troubles.extend(troubles.iter().map(|t| (self.terminal.shown(&t.path), t.message.clone(), t.grave)));
        if grave > 0 {
            self.outcome = Outcome::Failed;
        }
    }
}

fn read_stdin(path: &Path) -> Result<Arc<str>, Trouble> {
    let mut bytes = Vec::new();
    let limit = load::TEXT_LIMIT + 1;
    io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|error| Trouble::of_io(path, &error))?;
    Ok(load::of_bytes(path, &bytes)?.text)
}
